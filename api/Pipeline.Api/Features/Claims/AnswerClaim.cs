using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Claims;

/// <summary>Claims as HTTP has them: with versions.</summary>
public static class AnswerClaim
{
    /// <summary>The claim as this caller gets it after an act on it.</summary>
    public static Reply With(
        Session session,
        Caller caller,
        ClaimRow row,
        Domain.Rules.RuleBook book,
        int status = 200,
        string? location = null
    )
    {
        var view = row.View(caller, book, session.Now, single: true);
        return Reply.Resource(view, row.Version, status, location, view.ProjectId);
    }

    /// <summary>The claim for a write: its project settled first, then 404, 403, 428, 412.</summary>
    public static async Task<Result<ClaimRow>> ForWrite(
        Session session,
        SettleClaims settle,
        Call call,
        string id,
        Act act
    )
    {
        var loaded = await LoadClaim.ForWrite(session, settle, call.Caller, id, act);
        return loaded.Refusal is null && ETags.Check(call.Request, loaded.Value.Version) is { } stale ? stale : loaded;
    }
}
