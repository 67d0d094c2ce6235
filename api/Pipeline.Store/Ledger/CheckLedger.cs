using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain.Credit;

namespace Pipeline.Store.Ledger;

/// <summary>Derives the ledger again from projects, moves and entries, and holds it against what is written (R45).</summary>
public static class CheckLedger
{
    private const int Batch = 500;

    /// <summary>What does not hold, in words; empty when all does.</summary>
    public static async Task<IReadOnlyList<string>> Violations(Session session)
    {
        var found = new List<string>();
        if (await Chain(session) is { } broken)
            found.Add($"ledger: {broken.Reason} at {broken.Seq}");

        // What is older than the ledger and not yet written into it is not missed.
        var below =
            await session.One<string>(KeepLedger.SelectBelow) is { } text && text != KeepLedger.Built
                ? long.Parse(text, CultureInfo.InvariantCulture)
                : 0;
        for (var seq = 0L; ; )
        {
            var projects = await CountedProject.After(session, seq, Batch);
            if (projects.Count == 0)
                break;
            seq = projects[^1].Seq;
            var rows = (await LedgerRows.OfProjects(session, [.. projects.Select(project => project.Id)])).ToLookup(
                row => row.ProjectId
            );
            foreach (var project in projects)
            {
                List<LedgerRow> known = [.. rows[project.Id]];
                if (project.Seq >= below || known.Count > 0)
                {
                    var change = Ledgers.Compare(known, project.Now());
                    found.AddRange(
                        change
                            .Reversals.Where(row => change.Additions.All(added => added.Replaces != row))
                            .Select(row => $"ledger tells what is not so: {project.Id} {Slug.Of(row.Fact.Kind)}")
                    );
                    found.AddRange(
                        change.Additions.Select(added =>
                            added.Replaces is null
                                ? $"ledger lacks what is so: {project.Id} {Slug.Of(added.Fact.Kind)}"
                                : $"ledger tells otherwise what is so: {project.Id} {Slug.Of(added.Fact.Kind)}"
                        )
                    );
                }

                found.AddRange(WrongReversals(known).Select(row => $"reversal unlike what it reverses: {row.Seq}"));
            }
        }

        found.AddRange(await OfFunds(session));
        return found;
    }

    /// <summary>Investments of funds that count and are not told once as they are.</summary>
    private static async Task<IReadOnlyList<string>> OfFunds(Session session)
    {
        var found = new List<string>();
        var below = await KeepInvestments.Below(session);
        var told = 0L;
        for (var seq = 0L; ; )
        {
            var investments = await CountedInvestment.After(session, seq, Batch);
            if (investments.Count == 0)
                break;
            seq = investments[^1].Seq;
            var rows = (await LedgerRows.OfProjects(session, [.. investments.Select(one => one.Id)])).ToLookup(row =>
                row.ProjectId
            );
            foreach (var investment in investments)
            {
                List<LedgerRow> known = [.. rows[investment.Id]];
                told += known.Count;
                if (known.Count > 1)
                    found.Add($"ledger tells twice what a fund invested: {investment.Id}");
                else if (
                    (investment.Seq >= below || known.Count > 0)
                    && !Ledgers.Compare(known, investment.Now(known)).IsNothing
                )
                    found.Add(
                        known.Count == 0
                            ? $"ledger lacks what a fund invested: {investment.Id}"
                            : $"ledger tells otherwise what a fund invested: {investment.Id}"
                    );
            }
        }

        if (await session.One<long>(CountOfFunds) is var all && all != told)
            found.Add($"ledger tells of investments by funds that do not count: {all - told}");
        return found;
    }

    /// <summary>Reversals that are not of an earlier row, with its parties and rule set and the other sign.</summary>
    private static IEnumerable<LedgerRow> WrongReversals(List<LedgerRow> rows)
    {
        var bySeq = rows.ToDictionary(row => row.Seq);
        return rows.Where(row =>
            row.Reverses is { } reversed
            && !(
                bySeq.TryGetValue(reversed, out var original)
                && original.Seq < row.Seq
                && original.Fact == row.Fact
                && original.RuleSetId == row.RuleSetId
                && original.AgreementId == row.AgreementId
                && original.Sign == -row.Sign
            )
        );
    }

    /// <summary>Where the chain of seals first fails to hold.</summary>
    public static async Task<(long Seq, string Reason)?> Chain(Session session)
    {
        var head = (await session.One<LedgerWriter.Head>(LedgerWriter.SelectHead))!;
        var (expected, next) = (Pipeline.Data.Canonical.Genesis, 1L);
        (long Seq, string Reason)? broken = null;
        await session.Each(SelectAll, row =>
        {
            if (broken is not null)
                return;
            var read = LedgerRows.Read(row);
            var (hash, previous) = (row.Text(26), row.Text(27));
            var reason =
                read.Seq != next ? "sequence-gap"
                : previous != expected ? "previous-hash"
                : LedgerRows.Seal(read, previous) != hash ? "hash"
                : null;
            if (reason is not null)
                broken = (Math.Min(read.Seq, next), reason);
            (expected, next) = (hash, next + 1);
        });
        return broken
            ?? (head.Seq != next - 1 || head.Hash != expected ? (Math.Min(head.Seq + 1, next), "missing") : null);
    }

    private const string CountOfFunds = "SELECT COUNT(*) FROM ledger WHERE kind = 'fund-investment'";
    private const string SelectAll =
        $"SELECT {LedgerRows.Columns}, l.hash, l.previous_hash FROM ledger l ORDER BY l.seq";
}
