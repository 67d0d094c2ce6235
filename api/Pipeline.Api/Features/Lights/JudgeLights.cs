using System.Globalization;
using Pipeline.Api.Workers;
using Pipeline.Data;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Lights;

/// <summary>Judges the lights of all projects anew where the limits changed: by another rule set, or by the rates of another year; a few hundred at a time, and on from where it, or another process, was stopped.</summary>
public sealed class JudgeLights(Database database, RuleBooks ruleBooks, WorkerParts parts)
    : TimedWorker(TimeSpan.FromMinutes(1), parts)
{
    private const int Batch = 200;
    private const string Done = "done";

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await Run(stopping);
        return false;
    }

    public async Task Run(CancellationToken cancel = default)
    {
        await database.WorkThrough(Batch, Some, cancel);
    }

    /// <summary>Whether every project was judged by the limits that are in force.</summary>
    public static async Task<bool> IsDone(Session session, RuleSet rules) =>
        await session.One<string>(SelectState, new { name = Name }) == $"{Limits(session, rules)} {Done}";

    private async Task<bool> Some(Session session, int limit)
    {
        var book = await ruleBooks.Load(session);
        var limits = Limits(session, book.At(session.Now));
        if (await session.One<string>(SelectState, new { name = Name }) == $"{limits} {Done}")
            return false;
        await session.Lock(LockName.Intake);
        var state = (await session.One<string>(SelectState, new { name = Name }))?.Split(' ');
        var after = state?[0] == limits && state[1] != Done ? long.Parse(state[1], CultureInfo.InvariantCulture) : 0;
        var rows = await session.Query<Row>(SelectProjects, new { after, limit });
        await KeepLights.Of(session, book, [.. rows.Select(row => row.Id)]);
        var value = rows.Count == 0 ? $"{limits} {Done}" : $"{limits} {rows[^1].Seq}";
        if (await session.Execute(Advance, new { name = Name, value }) == 0)
            await session.Execute(Begin, new { name = Name, value });
        return rows.Count > 0;
    }

    /// <summary>What the lights are judged by: a rule set in force never changes, but a currency may have other rates in another year.</summary>
    private static string Limits(Session session, RuleSet rules) => $"{rules.Id}:{session.Today.Year}";

    private sealed class Row
    {
        public required string Id { get; init; }
        public long Seq { get; init; }
    }

    private const string Name = "lights-judged";
    private const string SelectState = "SELECT value FROM settings WHERE name = @name";
    private const string SelectProjects = "SELECT id, seq FROM projects WHERE seq > @after ORDER BY seq {page}";
    private const string Advance = "UPDATE settings SET value = @value WHERE name = @name";
    private const string Begin = "INSERT INTO settings (name, value) VALUES (@name, @value)";
}
