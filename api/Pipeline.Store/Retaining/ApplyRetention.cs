using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Retaining;

/// <summary>How the last round of a kind went.</summary>
public sealed class RetentionRow
{
    public required string Kind { get; init; }
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>Null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    public string? RuleSetId { get; init; }

    /// <summary>What was older was removed; null: the rule set keeps all.</summary>
    public DateTimeOffset? RemovedBefore { get; init; }
    public long Removed { get; init; }
    public long RemovedEver { get; init; }
}

/// <summary>Removes what has been kept as long as the rule set in force says: each kind once a day, by one process, a few at a time so that nobody waits for it.</summary>
public sealed class ApplyRetention(Database database, RuleBooks ruleBooks, IEnumerable<IRetained> kinds)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Does what is due today and nobody else does.</summary>
    public async Task Run(CancellationToken cancel = default)
    {
        foreach (var kind in kinds)
        {
            var lease = Ids.New();
            if (await database.Write(session => Begin(session, kind, lease)) is not { } round)
                continue;
            while (
                !cancel.IsCancellationRequested && await database.Write(session => Step(session, kind, round, lease))
            ) { }
        }
    }

    /// <summary>How the last rounds went, in the order of their kinds.</summary>
    public static Task<List<RetentionRow>> Rounds(Session session) => session.Query<RetentionRow>(Select);

    private async Task<RetentionRound?> Begin(Session session, IRetained kind, string lease)
    {
        var rules = await ruleBooks.Current(session);
        var round = kind.LengthBy(rules.Retention) is { } length
            ? new RetentionRound(rules.Id, Retention.Before(length, session.Now))
            : null;
        var had = await session.Execute(
            round is null ? KeepAll : Acquire,
            new
            {
                kind = kind.Kind,
                lease,
                now = session.Now,
                until = session.Now + Lease,
                today = Shanghai.StartOf(session.Today),
                ruleSetId = rules.Id,
                before = round?.Before,
            }
        );
        return had == 1 ? round : null;
    }

    private static async Task<bool> Step(Session session, IRetained kind, RetentionRound round, string lease)
    {
        if (
            await session.Execute(
                Renew,
                new
                {
                    kind = kind.Kind,
                    lease,
                    until = session.Now + Lease,
                }
            ) == 0
        )
            return false;
        session.RuleSetId = round.RuleSetId;
        var removed = await kind.RemoveSome(session, round);
        await session.Execute(
            removed.More ? Count : End,
            new
            {
                kind = kind.Kind,
                removed = removed.Count,
                now = session.Now,
            }
        );
        return removed.More;
    }

    private const string Select =
        "SELECT kind, began_at, ended_at, rule_set_id, removed_before, removed, removed_ever FROM retention_rounds ORDER BY kind";

    // What a round that was broken off removed counts with the one that goes on from it.
    private const string Acquire = """
        UPDATE retention_rounds SET removed = CASE WHEN ended_at IS NULL THEN removed ELSE 0 END, began_at = @now, ended_at = NULL, rule_set_id = @ruleSetId, removed_before = @before, lease = @lease, leased_until = @until
        WHERE kind = @kind AND (leased_until IS NULL OR leased_until < @now) AND (ended_at IS NULL OR ended_at < @today)
        """;

    private const string KeepAll = """
        UPDATE retention_rounds SET removed = 0, began_at = @now, ended_at = @now, rule_set_id = @ruleSetId, removed_before = @before, lease = NULL, leased_until = NULL
        WHERE kind = @kind AND (leased_until IS NULL OR leased_until < @now) AND (ended_at IS NULL OR ended_at < @today)
        """;

    private const string Renew =
        "UPDATE retention_rounds SET leased_until = @until WHERE kind = @kind AND lease = @lease";
    private const string Count =
        "UPDATE retention_rounds SET removed = removed + @removed, removed_ever = removed_ever + @removed WHERE kind = @kind";
    private const string End =
        "UPDATE retention_rounds SET removed = removed + @removed, removed_ever = removed_ever + @removed, ended_at = @now, lease = NULL, leased_until = NULL WHERE kind = @kind";
}
