using System.Globalization;
using Pipeline.Api.Workers;
using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Projects;

/// <summary>Makes the projects and investors that were there before other spellings were known findable by them, and by what searches look through by now (folded texts, pinyin initials); a few at a time, the newest first.</summary>
public sealed class IndexSpellings(Database database, WorkerParts parts) : TimedWorker(TimeSpan.FromMinutes(1), parts)
{
    private const int Batch = 50;
    private const string Ended = "0";

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await Run(stopping);
        return false;
    }

    /// <summary>Goes on from where it, or another process, was stopped.</summary>
    public async Task Run(CancellationToken cancel = default)
    {
        await database.WorkThrough(Batch, Some, cancel);
    }

    private static async Task<bool> Some(Session session, int limit)
    {
        await session.Lock(LockName.Intake);
        if (await session.One<string>(SelectBelow) is not { } below || below == Ended)
            return false;
        var rows = await session.Query<Row>(
            SelectRows,
            new { below = long.Parse(below, CultureInfo.InvariantCulture), limit }
        );
        foreach (var row in rows.OrderBy(row => row.Seq))
            await Again(session, row);
        await session.Execute(
            Advance,
            new { below = rows.Count == 0 ? Ended : rows[^1].Seq.ToString(CultureInfo.InvariantCulture) }
        );
        return rows.Count > 0;
    }

    private static async Task Again(Session session, Row row)
    {
        await session.Lock(LockName.Project(row.Id));
        var stored = (await session.One<Stored>(SelectStored, new { row.Id }))!;
        var body = Json.Read<ProjectBody>(stored.Facts);
        var lines = SearchText.Lines(row.Code, body);
        await session.Execute(Update, new { row.Id, text = string.Join('\n', lines) });
        await SearchText.Again(session, row.Seq, stored.SearchText.Split('\n'), lines);

        // What was stored meanwhile, by an edit, is stored anew.
        await StoreSpellings.ForgetProject(session, row.Seq, body.Name ?? "");
        await StoreSpellings.OfProject(session, row.Seq, null, body.Name ?? "");
        var names = body.Investors ?? [];
        foreach (var investor in await session.Query<Investor>(SelectInvestors, new { row.Id }))
        {
            if (investor.Ordinal < names.Count)
                await StoreSpellings.OfKnownInvestor(session, investor.InvestorId, names[investor.Ordinal].Name!);
        }
    }

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string Code { get; init; }
    }

    private sealed class Stored
    {
        public required string Facts { get; init; }
        public required string SearchText { get; init; }
    }

    private sealed class Investor
    {
        public int Ordinal { get; init; }
        public required string InvestorId { get; init; }
    }

    private const string SelectBelow = "SELECT value FROM settings WHERE name = 'spellings-below'";
    private const string Advance = "UPDATE settings SET value = @below WHERE name = 'spellings-below'";
    private const string SelectRows = "SELECT seq, id, code FROM projects WHERE seq < @below ORDER BY seq DESC {page}";
    private const string SelectStored = "SELECT facts, search_text FROM projects WHERE id = @Id";
    private const string SelectInvestors =
        "SELECT ordinal, investor_id FROM project_investors WHERE project_id = @Id ORDER BY ordinal";
    private const string Update = "UPDATE projects SET search_text = @text WHERE id = @Id";
}
