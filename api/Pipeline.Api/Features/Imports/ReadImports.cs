using Dapper;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>What columns can be mapped to.</summary>
public sealed record ImportFieldsView(IReadOnlyList<ImportField> Items);

/// <summary>Imports and their rows: a unit's own, the centre all.</summary>
public static class ReadImports
{
    public static IResult Fields(Call call) =>
        new QueryReader(call.Request).Refusal() is { } refusal
            ? (Reply)refusal
            : Reply.Plain(new ImportFieldsView(ImportFields.All));

    public static async Task<IResult> List(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var page = query.Page(cursors);
        var unfinished = query.Flag("unfinished");
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var filter = Permissions.ReadsCity(call.Caller) ? "1 = 1" : "i.jurisdiction_id = @unit";
        if (unfinished)
            filter += Unfinished;
        var values = Parameters.Of(new { me = call.Caller.UserId, unit = call.Caller.JurisdictionId ?? "" });
        var language = Messages.Language(call.Request);
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<ImportRow>(
                $"{ImportRow.Select} WHERE {filter}{page.Behind("i.seq", values, descending: true)} ORDER BY i.seq DESC {{page}}",
                values
            );
            var total = await page.Total(session, $"SELECT COUNT(*) FROM imports i WHERE {filter}", values);
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(language), total));
        });
    }

    public static async Task<IResult> Single(string id, Call call)
    {
        var refusal = new QueryReader(call.Request).Refusal();
        return await call.Read<IResult>(async session =>
        {
            if (await Load(session, call.Caller, id) is not { } import)
                return (Reply)Refusal.NotFound;
            return refusal is not null
                ? (Reply)refusal
                : Reply.Resource(import.View(Messages.Language(call.Request)), import.Version);
        });
    }

    public static async Task<IResult> Rows(string id, Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var outcome = query.Choice<OutcomeFilter>("outcome");
        var code = query.Text("code", 60);
        var action = query.Choice<RowAction>("action");
        var page = query.Page(cursors);
        var refusal = query.Refusal();
        var where = "r.import_id = @id";
        if (outcome is { } wanted)
            where += wanted switch
            {
                OutcomeFilter.Accepted => " AND r.outcome = 'accepted'",
                OutcomeFilter.Rejected => " AND r.outcome = 'rejected'",
                _ => " AND r.outcome = 'accepted' AND r.doubtful = 1",
            };
        if (code is not null)
            where += " AND r.codes LIKE @pattern ESCAPE '!'";
        if (action is not null)
            where += " AND r.action_taken = @action";
        var values = Parameters.Of(
            new
            {
                id,
                action = action is { } taken ? Slug.Of(taken) : null,
                pattern = $"%|{Like.Escaped(code)}|%",
            }
        );
        var language = Messages.Language(call.Request);
        return await call.Read<IResult>(async session =>
        {
            if (await Load(session, call.Caller, id) is not { } import)
                return (Reply)Refusal.NotFound;
            if (refusal is not null)
                return (Reply)refusal;
            var rows = await session.Query<StoredRow>(
                $"{StoredRow.Select} WHERE {where}{page.Behind("r.row_number", values)} ORDER BY r.row_number {{page}}",
                values
            );
            await Trace(session, rows.Take(page.Limit));
            var corrections = (await StoredCorrection.Of(session, id, rows.Select(row => row.RowNumber))).ToLookup(
                each => each.RowNumber
            );
            var total = await page.Total(session, $"SELECT COUNT(*) FROM import_rows r WHERE {where}", values);
            return Reply.Plain(
                page.Of(
                    rows,
                    row => row.RowNumber,
                    row => row.View(language, !import.DryRun, corrections[row.RowNumber]),
                    total
                )
            );
        });
    }

    /// <summary>One's own imports that one may go on with: those that wait or run, and those that ended before everything went in and from which no other went on.</summary>
    private const string Unfinished = $"""
         AND i.created_by = @me AND i.set_aside = 0 AND i.undone_at IS NULL AND (i.status IN ('queued', 'running')
          OR ((i.dry_run = 1 OR i.status <> 'completed' OR i.rows_held_back > 0) AND NOT (i.status = 'failed' AND i.based_on IS NOT NULL) AND NOT EXISTS (SELECT n.id FROM {ImportRow.Followers})))
        """;

    /// <summary>Rows tell of the projects and reports that they became or are like; of secret ones the trail keeps that they were read.</summary>
    internal static Task Trace(Session session, IEnumerable<StoredRow> rows)
    {
        var told = rows.Select(row => (row.ProjectId, row.ClaimId))
            .Concat(
                rows.SelectMany(row => Json.Read<List<RowMatch>>(row.Matches))
                    .Select(match => (match.ProjectId, match.ClaimId))
            )
            .ToList();
        return SecretReads.Note(
            session,
            told.Select(one => one.ProjectId).OfType<string>(),
            told.Select(one => one.ClaimId).OfType<string>()
        );
    }

    /// <summary>The import, or null when it does not exist for this caller.</summary>
    public static async Task<ImportRow?> Load(Session session, Caller caller, string id)
    {
        var import = await session.One<ImportRow>($"{ImportRow.Select} WHERE i.id = @id", new { id });
        return import is not null && (Permissions.ReadsCity(caller) || import.JurisdictionId == caller.JurisdictionId)
            ? import
            : null;
    }
}
