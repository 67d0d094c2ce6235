using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Ledger;

/// <summary>Writes what funds invested into the ledger (R45, R131): at the commit that verified it, and of older libraries in the background.</summary>
internal static class KeepInvestments
{
    /// <summary>Writes those of some that the ledger does not tell yet. Their month is the day's, or the open one where that is closed (R107).</summary>
    public static async Task Write(
        Session session,
        LedgerWriter writer,
        RuleBook book,
        IReadOnlyList<CountedInvestment> investments
    )
    {
        if (investments.Count == 0)
            return;
        var closed = await ClosedBooks.Load(session);
        var rows = (await LedgerRows.OfProjects(session, [.. investments.Select(one => one.Id)])).ToLookup(row =>
            row.ProjectId
        );
        foreach (var investment in investments.OrderBy(one => one.Seq))
        {
            List<LedgerRow> known = [.. rows[investment.Id]];
            foreach (var (fact, _) in Ledgers.Compare(known, investment.Now(known)).Additions)
            {
                var booking = Periods.Of(fact.OccurredOn, session.Today, closed.Includes);
                writer.Add(
                    session,
                    new LedgerRow(
                        0,
                        investment.Id,
                        fact,
                        investment.DecidedAt,
                        booking.Period,
                        booking.BelongsTo,
                        1,
                        false,
                        null,
                        book.At(investment.DecidedAt).Id,
                        CountedInvestment.Cause,
                        investment.Id,
                        null
                    )
                );
            }
        }
    }

    /// <summary>Writes the next of those that were verified before the ledger knew of them, from the newest down; whether there are more.</summary>
    public static async Task<bool> BuildSome(Session session, RuleBook book, int limit)
    {
        if (await Below(session) is not ({ } below and > 0))
            return false;
        var investments = await CountedInvestment.Below(session, below, limit);
        if (investments.Count > 0)
        {
            var writer = await LedgerWriter.Begin(session);
            await Write(session, writer, book, investments);
            writer.End(session);
        }

        await session.Execute(
            Advance,
            new
            {
                below = investments.Count == 0
                    ? KeepLedger.Built
                    : investments[^1].Seq.ToString(CultureInfo.InvariantCulture),
            }
        );
        return investments.Count > 0;
    }

    /// <summary>The number below which investments are still to be written; 0: none are.</summary>
    public static async Task<long> Below(Session session) =>
        await session.One<string>(SelectBelow) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;

    private const string SelectBelow = "SELECT value FROM settings WHERE name = 'ledger-investments-below'";
    private const string Advance = "UPDATE settings SET value = @below WHERE name = 'ledger-investments-below'";
}
