using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Projects;

/// <summary>Edits the facts of a project by merge patch. A lift to the threshold asks for a report; a change of what R13 looks at is matched again (R10a).</summary>
public static class EditProject
{
    public static async Task<IResult> Handle(
        string id,
        Call call,
        SettleClaims settle,
        RuleBooks ruleBooks,
        ChangeFacts facts
    )
    {
        var patch = await call.Patch();
        return await call.Write(session =>
            Take(session, call, id, version => ETags.Check(call.Request, version), patch, settle, ruleBooks, facts)
        );
    }

    /// <summary>Edits a project.</summary>
    /// <param name="stale">Why a version is not the one that is to be changed; null when it is.</param>
    public static async Task<Reply> Take(
        Session session,
        Call call,
        string id,
        Func<long, Refusal?> stale,
        Parsed<JsonObject> patch,
        SettleClaims settle,
        RuleBooks ruleBooks,
        ChangeFacts facts
    )
    {
        await session.Lock(LockName.Intake);
        var loaded = await LoadProject.ForWrite(session, settle, call.Caller, id, Act.EditProject);
        if (loaded.Refusal is { } refusal)
            return refusal;
        var project = loaded.Value;
        if (stale(project.Version) is { } changed)
            return changed;
        if (patch.Refusal is { } malformed)
            return malformed;
        var before = project.Body();
        var merged = Json.MergePatch(Json.Node(before), patch.Value)!;
        var parsed = Call.Parse(merged, ChangeFacts.ValidatorOf(project), session.Today);
        if (parsed.Refusal is { } invalid)
            return invalid;
        var after = parsed.Value!;
        if (await ChangeFacts.RefusalOf(session, project, after) is { } refused)
            return refused;
        if (call.ValidateOnly)
            return Reply.NothingStored;

        await facts.Store(session, call.Caller, project, before, after);
        return await ProjectEndpoints.Answer(
            session,
            call.Caller,
            ruleBooks,
            (await LoadProject.For(session, call.Caller, id))!
        );
    }
}
