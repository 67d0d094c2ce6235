using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Ledger;

/// <summary>Writes in the background what counts and is of no project: what is older than its place in the ledger, and events when their day has come.</summary>
internal static class KeepSubjects
{
    private static readonly IReadOnlyDictionary<string, string> NoAgreements = new Dictionary<string, string>();

    /// <summary>Writes the next of what is still to be written, from the newest down; whether there is more.</summary>
    public static async Task<bool> BuildSome(Session session, KeepLedger ledger, RuleBook book, int limit)
    {
        foreach (var source in SubjectSource.All)
        {
            if (source.Setting is not { } setting || await Below(session, setting) is not (var below and > 0))
                continue;
            await session.Lock(source.Guard);
            var subjects = await source.Below(session, below, limit);
            if (source == CountedMatches.Source && subjects.Count < limit)
                await BookOfProjects(session, ledger);
            await Write(session, book, subjects);
            await session.Execute(
                Advance,
                new
                {
                    name = setting,
                    value = subjects.Count == 0
                        ? KeepLedger.Built
                        : subjects[^1].Seq.ToString(CultureInfo.InvariantCulture),
                }
            );
            return true;
        }

        return await WriteHeld(session, book);
    }

    /// <summary>What projects got by their needs before the ledger told of it: some hundreds at most.</summary>
    private static async Task BookOfProjects(Session session, KeepLedger ledger)
    {
        foreach (var project in await session.Query<string>(SelectFinancedProjects))
            ledger.AtCommit(session, project, CountedMatches.Cause, project);
    }

    /// <summary>Writes the events whose last day has come since it was last looked.</summary>
    private static async Task<bool> WriteHeld(Session session, RuleBook book)
    {
        var through = await HeldThrough(session);
        if (through >= session.Today)
            return false;
        await session.Lock(CountedEvents.Source.Guard);
        var ended = await CountedEvents.Ended(session, through, session.Today);
        foreach (var ids in ended.Chunk(200))
            await Write(session, book, await CountedEvents.Source.ByIds(session, ids), asKnown: false);
        await session.Execute(
            Advance,
            new { name = EventsThrough, value = session.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }
        );
        return false;
    }

    private static async Task Write(
        Session session,
        RuleBook book,
        IReadOnlyList<CountedSubject> subjects,
        bool asKnown = true
    )
    {
        if (subjects.Count == 0)
            return;
        var writer = await LedgerWriter.Begin(session);
        var closed = await ClosedBooks.Load(session);
        var rows = (await LedgerRows.OfProjects(session, [.. subjects.Select(one => one.Id)])).ToLookup(row =>
            row.ProjectId
        );
        foreach (var subject in subjects.OrderBy(one => one.Seq))
        {
            List<LedgerRow> known = [.. rows[subject.Id]];
            var change = Ledgers.Compare(known, subject.Now(known));
            if (!change.IsNothing)
                KeepLedger.Write(
                    session,
                    writer,
                    book,
                    closed,
                    subject,
                    known,
                    change,
                    (subject.Cause, subject.Id),
                    NoAgreements,
                    asKnown
                );
        }

        writer.End(session);
    }

    /// <summary>Whether older subjects are still to be written.</summary>
    public static async Task<bool> IsBeingBuilt(Session session)
    {
        foreach (var source in SubjectSource.All)
        {
            if (source.Setting is { } setting && await Below(session, setting) > 0)
                return true;
        }

        return false;
    }

    /// <summary>The number below which subjects are still to be written; 0: none are.</summary>
    public static async Task<long> Below(Session session, string setting) =>
        await session.One<string>(SelectSetting, new { name = setting }) is { } text
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : 0;

    /// <summary>The last day whose events were written.</summary>
    public static async Task<DateOnly> HeldThrough(Session session) =>
        DateOnly.ParseExact(
            (await session.One<string>(SelectSetting, new { name = EventsThrough }))!,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture
        );

    private const string EventsThrough = "ledger-events-through";
    private const string SelectSetting = "SELECT value FROM settings WHERE name = @name";
    private const string Advance = "UPDATE settings SET value = @value WHERE name = @name";
    private const string SelectFinancedProjects =
        "SELECT DISTINCT n.project_id FROM matches m JOIN financing_needs n ON n.id = m.need_id WHERE m.state = 'financed' AND n.project_id IS NOT NULL";
}
