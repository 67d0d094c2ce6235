using Pipeline.Data;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Ledger;

/// <summary>Keeps the ledger what the facts are (R45): whatever changes what counts of a project has it held against the ledger before the commit, in its own transaction.</summary>
public sealed class KeepLedger(RuleBooks ruleBooks)
{
    public const int Batch = 200;

    /// <summary>The cause of reversals of what an import should never have brought.</summary>
    internal const string ImportUndone = "import-undone";

    /// <summary>Says that what counts of a project may have changed; its ledger is brought up to it at the commit.</summary>
    /// <param name="causeKind">What changed it: <c>move</c>, <c>edit</c>, <c>capital</c> …</param>
    public void AtCommit(Session session, string projectId, string causeKind, string causeId)
    {
        if (session.Booked.Count == 0)
            session.BeforeCommit.Add(() => WriteBooked(session));
        session.Booked[projectId] = (causeKind, causeId);
    }

    /// <summary>The same of something that is no project's.</summary>
    /// <param name="cause">What its rows name as their cause: it tells what it is.</param>
    public void AtCommit(Session session, string subjectId, string cause) =>
        AtCommit(session, subjectId, cause, subjectId);

    private async Task WriteBooked(Session session)
    {
        var book = await ruleBooks.Load(session);
        LedgerWriter? writer = null;
        var closed = ClosedMonths.None;
        foreach (var ids in session.Booked.Keys.Order(StringComparer.Ordinal).Chunk(Batch))
        {
            List<ICounted> counted = [.. await CountedProject.Load(session, ids)];
            foreach (var source in SubjectSource.All)
            {
                List<string> booked = [.. ids.Where(id => session.Booked[id].Kind == source.Cause)];
                if (booked.Count > 0)
                    counted.AddRange(await source.ByIds(session, booked));
            }

            var rows = (await LedgerRows.OfProjects(session, ids)).ToLookup(row => row.ProjectId);
            var agreements = (await session.Query<InForce>(SelectAgreements, new { ids })).ToDictionary(
                agreement => agreement.ProjectId,
                agreement => agreement.Id,
                StringComparer.Ordinal
            );
            foreach (var one in counted)
            {
                List<LedgerRow> known = [.. rows[one.Id]];
                var change = Ledgers.Compare(known, one.Now(known));
                if (change.IsNothing)
                    continue;
                if (writer is null)
                {
                    // Under the ledger's lock no month is closed while rows are booked.
                    writer = await LedgerWriter.Begin(session);
                    closed = await ClosedBooks.Load(session);
                }

                Write(session, writer, book, closed, one, known, change, session.Booked[one.Id], agreements);
            }
        }

        writer?.End(session);
    }

    /// <summary>Writes what has to be written of a project, or of what is none.</summary>
    /// <param name="asKnown">Whether new rows are recorded as of the instant at which their fact came to be known, and not now.</param>
    internal static void Write(
        Session session,
        LedgerWriter writer,
        RuleBook book,
        ClosedMonths closed,
        ICounted counted,
        List<LedgerRow> known,
        LedgerChange change,
        (string Kind, string Id) cause,
        IReadOnlyDictionary<string, string> agreements,
        bool asKnown = false
    )
    {
        foreach (var row in change.Reversals)
            writer.Add(
                session,
                Reversal(
                    row,
                    cause.Kind == ImportUndone
                        ? Periods.OfUndone(new Booking(row.Period, row.BelongsTo), session.Today, closed.Includes)
                        : Periods.OfChange(row.BelongsTo ?? row.Period, session.Today),
                    cause,
                    session.Now
                )
            );
        foreach (var (fact, replaces) in change.Additions)
        {
            var first = counted.CauseOf(fact);
            var again = known.Any(row => row.Fact.Kind == fact.Kind && row.Fact.Subject == fact.Subject);
            var booking =
                replaces is not null ? Periods.OfChange(replaces.BelongsTo ?? replaces.Period, session.Today)
                : again ? Periods.OfChange(Periods.MonthOf(fact.OccurredOn), session.Today)
                : counted.BookingOf(fact, session.Today, closed.Includes);
            if (closed.Includes(booking.Period))
                throw new WriteConflictException($"{booking.Period} was closed meanwhile.");
            var (kind, id) = replaces is not null || again ? cause : (first.Kind, first.Id);
            var at = asKnown ? first.At : session.Now;
            writer.Add(
                session,
                new LedgerRow(
                    0,
                    counted.Id,
                    fact,
                    at,
                    booking.Period,
                    booking.BelongsTo,
                    1,
                    counted.Secret,
                    replaces is null ? agreements.GetValueOrDefault(counted.Id) : replaces.AgreementId,
                    replaces?.RuleSetId ?? first.RuleSetId ?? book.At(at).Id,
                    kind,
                    id,
                    null
                )
            );
        }
    }

    /// <summary>A reversal has the parties and the rule set of what it reverses (R45).</summary>
    private static LedgerRow Reversal(
        LedgerRow row,
        Booking booking,
        (string Kind, string Id) cause,
        DateTimeOffset at
    ) =>
        row with
        {
            RecordedAt = at,
            Period = booking.Period,
            BelongsTo = booking.BelongsTo,
            Sign = -1,
            CauseKind = cause.Kind,
            CauseId = cause.Id,
            Reverses = row.Seq,
        };

    /// <summary>Whether facts of projects that were there before the ledger are still to be written.</summary>
    public static async Task<bool> IsBeingBuilt(Session session) =>
        (await session.One<string>(SelectBelow) is { } below && below != Built)
        || await KeepSubjects.IsBeingBuilt(session);

    /// <summary>Writes the facts of the next projects that were there before the ledger was, from the newest down, with the instants that are known; whether there are more.</summary>
    /// <remarks>What was written meanwhile by the acts of the day is left as it is.</remarks>
    public async Task<bool> BuildSome(Session session, int limit)
    {
        await session.Lock(LockName.Intake);
        if (await session.One<string>(SelectBelow) is not { } below || below == Built)
            return await KeepSubjects.BuildSome(session, this, await ruleBooks.Load(session), limit);
        var projects = await CountedProject.Below(
            session,
            long.Parse(below, System.Globalization.CultureInfo.InvariantCulture),
            limit
        );
        var book = await ruleBooks.Load(session);
        var rows = (
            projects.Count == 0 ? [] : await LedgerRows.OfProjects(session, [.. projects.Select(project => project.Id)])
        ).ToLookup(row => row.ProjectId);
        LedgerWriter? writer = null;
        foreach (var project in projects.OrderBy(project => project.Seq).Where(project => !rows[project.Id].Any()))
        {
            var facts = project.IsTerminated ? project.BeforeItsEnd() : project.Now([]);
            if (facts.Count == 0)
                continue;
            writer ??= await LedgerWriter.Begin(session);
            Build(session, writer, book, project, facts);
        }

        writer?.End(session);
        await session.Execute(
            Advance,
            new
            {
                below = projects.Count == 0
                    ? Built
                    : projects[^1].Seq.ToString(System.Globalization.CultureInfo.InvariantCulture),
            }
        );
        return true;
    }

    private static void Build(
        Session session,
        LedgerWriter writer,
        RuleBook book,
        CountedProject project,
        IReadOnlyList<CountedFact> facts
    )
    {
        foreach (var fact in facts)
        {
            var (kind, id, at, ruleSetId) = project.CauseOf(fact);
            var row = writer.Add(
                session,
                new LedgerRow(
                    0,
                    project.Id,
                    fact,
                    at,
                    Periods.MonthOf(fact.OccurredOn),
                    null,
                    1,
                    project.Secret,
                    null,
                    ruleSetId ?? book.At(at).Id,
                    kind,
                    id,
                    null
                )
            );
            if (project is { IsTerminated: true, TerminatedOn: { } ended } && fact.Counted > 0)
                writer.Add(
                    session,
                    Reversal(row, Periods.OfChange(row.Period, ended), ("project", project.Id), session.Now)
                );
        }
    }

    private sealed class InForce
    {
        public required string ProjectId { get; init; }
        public required string Id { get; init; }
    }

    private const string SelectAgreements =
        "SELECT project_id, id FROM credit_agreements WHERE project_id IN @ids AND status = 'approved'";
    internal const string Built = "0";
    internal const string SelectBelow = "SELECT value FROM settings WHERE name = 'ledger-below'";
    private const string Advance = "UPDATE settings SET value = @below WHERE name = 'ledger-below'";
}
