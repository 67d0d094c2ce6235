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
        var awaitsFinancings = await KeepSubjects.Below(session, CountedMatches.Source.Setting!) > 0;
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
                    var change = Ledgers.Compare(known, project.Now(known));
                    found.AddRange(
                        change
                            .Reversals.Where(row => change.Additions.All(added => added.Replaces != row))
                            .Select(row => $"ledger tells what is not so: {project.Id} {Slug.Of(row.Fact.Kind)}")
                    );
                    found.AddRange(
                        change
                            .Additions.Where(added => !awaitsFinancings || added.Fact.Kind != FactKind.Financing)
                            .Select(added =>
                                added.Replaces is null
                                    ? $"ledger lacks what is so: {project.Id} {Slug.Of(added.Fact.Kind)}"
                                    : $"ledger tells otherwise what is so: {project.Id} {Slug.Of(added.Fact.Kind)}"
                            )
                    );
                }

                found.AddRange(WrongReversals(known).Select(row => $"reversal unlike what it reverses: {row.Seq}"));
            }
        }

        foreach (var source in SubjectSource.All)
            found.AddRange(await OfSubjects(session, source));
        return found;
    }

    /// <summary>What counts and is of no project, and is not told once as it is.</summary>
    private static async Task<IReadOnlyList<string>> OfSubjects(Session session, SubjectSource source)
    {
        var found = new List<string>();
        var below = source.Setting is { } setting ? await KeepSubjects.Below(session, setting) : 0;
        var heldThrough = await KeepSubjects.HeldThrough(session);
        var told = 0L;
        for (var seq = 0L; ; )
        {
            var subjects = await source.After(session, seq, Batch);
            if (subjects.Count == 0)
                break;
            seq = subjects[^1].Seq;
            var rows = (await LedgerRows.OfProjects(session, [.. subjects.Select(one => one.Id)])).ToLookup(row =>
                row.ProjectId
            );
            foreach (var subject in subjects)
            {
                List<LedgerRow> known = [.. rows[subject.Id]];
                told += known.Count;

                // What is older than its place in the ledger, and the events of today, are written in the background.
                var isAwaited =
                    known.Count == 0
                    && (
                        subject.Seq < below
                        || (source.Setting is null && subject.Facts.Any(fact => fact.On > heldThrough))
                    );
                if (!isAwaited && !Ledgers.Compare(known, subject.Now(known)).IsNothing)
                    found.Add(
                        known.Count == 0
                            ? $"ledger lacks what counts of {source.Cause}: {subject.Id}"
                            : $"ledger tells otherwise what counts of {source.Cause}: {subject.Id}"
                    );
                found.AddRange(WrongReversals(known).Select(row => $"reversal unlike what it reverses: {row.Seq}"));
            }
        }

        var all = await session.One<long>(CountOfKinds, new { kinds = source.Kinds.Select(Slug.Of).ToList() });
        if (all != told)
            found.Add($"ledger tells of {source.Cause} that does not count: {all - told}");
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

    private const string CountOfKinds = "SELECT COUNT(*) FROM ledger WHERE kind IN @kinds AND project_id = subject";
    private const string SelectAll =
        $"SELECT {LedgerRows.Columns}, l.hash, l.previous_hash FROM ledger l ORDER BY l.seq";
}
