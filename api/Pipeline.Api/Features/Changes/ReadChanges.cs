using System.Diagnostics;
using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Changes;
using Pipeline.Store.Changes;

namespace Pipeline.Api.Features.Changes;

/// <summary>The change feed: what changed since a cursor, at once or as soon as something does.</summary>
public static class ReadChanges
{
    /// <summary>How long a request is held at most.</summary>
    private const int LongestWait = 25;

    private const string FromTheStart = "start";

    private sealed record Asked(string? Since, int Limit, IReadOnlySet<string>? Types, string? ProjectId);

    public static async Task<IResult> Handle(
        Call call,
        Cursors cursors,
        VisibleChanges changes,
        ChangeWaker waker,
        Vault vault
    )
    {
        var query = new QueryReader(call.Request);
        var asked = new Asked(query.Text("since", 2000), query.Limit(), Types(query), query.Text("projectId", 32));
        if (query.Refusal() is { } malformed)
            return (Reply)malformed;
        var wait = TimeSpan.FromSeconds(SecondsToWait(call.Request));
        var begun = Stopwatch.StartNew();
        Position? position = null;
        while (true)
        {
            var read = await call.Read(session => Read(session, call.Caller, cursors, changes, asked, position));
            if (read.Refusal is { } refusal)
                return Refused(call, refusal);
            var told = read.Value;
            position = new Position(told.UpTo, told.UpToAt);
            var left = wait - begun.Elapsed;
            if (
                told.Items.Count > 0
                || !told.CaughtUp
                || left <= TimeSpan.Zero
                || !await waker.Wait(call.Caller, told.UpTo, left, call.Context.RequestAborted)
            )
            {
                if (wait > TimeSpan.Zero)
                    call.Context.Response.Headers["Preference-Applied"] = $"wait={wait.TotalSeconds}";
                return Reply.Plain(Page(call.Caller, cursors, vault, told));
            }
        }
    }

    private static async Task<Result<ToldChanges>> Read(
        Session session,
        Caller caller,
        Cursors cursors,
        VisibleChanges changes,
        Asked asked,
        Position? position
    )
    {
        if (position is null && asked.Since is null)
            return new ToldChanges([], await ChangeReader.Head(session), session.Now, true);
        if (position is null && asked.Since != FromTheStart)
        {
            (position, var expired) = ChangeCursors.Read(cursors, caller, asked.Since!, session.Now);
            if (position is null)
                return new Refusal(RefusalKind.Invalid, expired ? "cursor-expired" : "cursor-invalid");
        }

        return await changes.After(session, caller, position?.Seq ?? 0, asked.Limit, asked.Types, asked.ProjectId);
    }

    /// <summary>Where to begin anew is said beside the refusal: with a list of all there is, or with what is still kept.</summary>
    private static Reply Refused(Call call, Refusal refusal)
    {
        if (refusal.Slug == "cursor-expired")
            call.Context.Response.Headers.Link =
                "</api/v1/projects>; rel=\"collection\", </api/v1/changes?since=start>; rel=\"first\"";
        return refusal;
    }

    private static ChangePage Page(Caller caller, Cursors cursors, Vault vault, ToldChanges told) =>
        new()
        {
            Items =
            [
                .. told.Items.Select(change => new ChangeView
                {
                    Id = ChangeIds.Of(vault, change.Row.Seq),
                    Cursor = ChangeCursors.Write(cursors, caller, new Position(change.Row.Seq, change.Row.RecordedAt)),
                    Type = change.Type,
                    At = change.Row.At,
                    Subject = new ChangeSubject(change.Row.SubjectKind, change.Row.SubjectId),
                    Version = change.Version,
                    Cause = change.IsPlain ? change.Row.Cause : null,
                    State = change.IsTombstone ? null : change.Row.State,
                    Data = change.Project is null ? null : Json.Read<ProjectView>(Json.Write(change.Project)),
                }),
            ],
            Next = ChangeCursors.Write(cursors, caller, new Position(told.UpTo, told.UpToAt)),
            CaughtUp = told.CaughtUp,
        };

    /// <summary>The types that are asked for; null: all.</summary>
    private static HashSet<string>? Types(QueryReader query)
    {
        if (query.Text("types", 2000) is not { } text)
            return null;
        var named = text.Split(',', StringSplitOptions.TrimEntries)
            .Select(pattern => ChangeTypes.Named(pattern))
            .ToList();
        if (named.Exists(types => types.Count == 0))
            query.Refuse("types", "choice", string.Join(", ", ChangeTypes.All));
        return named.SelectMany(types => types).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>For how many seconds the caller prefers to wait (RFC 7240); a preference that cannot be read is none.</summary>
    private static int SecondsToWait(HttpRequest request)
    {
        foreach (
            var preference in request
                .Headers["Prefer"]
                .SelectMany(value => (value ?? "").Split([',', ';'], StringSplitOptions.TrimEntries))
        )
        {
            if (
                preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            )
                return Math.Min(seconds, LongestWait);
        }

        return 0;
    }
}
