using System.Globalization;
using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Features.Projects;

/// <summary>Makes the projects that were there before searches knew pinyin initials found by them too, a few at a time, the newest first.</summary>
public sealed class IndexInitials(Database database, WorkerParts parts) : TimedWorker(TimeSpan.FromMinutes(1), parts)
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
        while (!cancel.IsCancellationRequested && await database.Write(Some)) { }
    }

    private static async Task<bool> Some(Session session)
    {
        await session.Lock(LockName.Intake);
        if (await session.One<string>(SelectBelow) is not { } below || below == Ended)
            return false;
        var rows = await session.Query<Row>(
            SelectRows,
            new { below = long.Parse(below, CultureInfo.InvariantCulture), limit = Batch }
        );
        foreach (var seq in rows.Select(row => row.Seq).Order())
            await Again(session, rows.Single(row => row.Seq == seq));
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
        var lines = SearchText.Lines(row.Code, Json.Read<ProjectBody>(stored.Facts));
        await session.Execute(Update, new { row.Id, text = string.Join('\n', lines) });
        await SearchText.Again(session, row.Seq, stored.SearchText.Split('\n'), lines);
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

    private const string SelectBelow = "SELECT value FROM settings WHERE name = 'search-initials-below'";
    private const string Advance = "UPDATE settings SET value = @below WHERE name = 'search-initials-below'";
    private const string SelectRows = "SELECT seq, id, code FROM projects WHERE seq < @below ORDER BY seq DESC {page}";
    private const string SelectStored = "SELECT facts, search_text FROM projects WHERE id = @Id";
    private const string Update = "UPDATE projects SET search_text = @text WHERE id = @Id";
}
