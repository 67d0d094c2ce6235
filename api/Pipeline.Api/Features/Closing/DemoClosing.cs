using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Closing;

/// <summary>One closed month of the demo city, so that league tables, scores and bulletins have a snapshot from the start: the third last, closed by a coordinator; once, at the first start.</summary>
/// <remarks>The months behind it are left to be closed by whoever tries it. Where it would be of another year than the last month nothing is closed: the 13th period would have to follow.</remarks>
public static class DemoClosing
{
    private const int MonthsAgo = 3;

    public static Task Seed(Database database, RuleBooks ruleBooks) =>
        database.WriteAnyway(async session =>
        {
            await session.Lock(LockName.Seed);
            if (await session.One<string>("SELECT value FROM settings WHERE name = 'demo-closing'") is not null)
                return false;
            await session.Execute("INSERT INTO settings (name, value) VALUES ('demo-closing', 'seeded')");
            await session.Lock(LockName.Assessment);
            await session.Lock(LockName.Ledger);
            var month = session.Today.AddMonths(-MonthsAgo);
            var period = Periods.MonthOf(month);
            if (
                month.Year != session.Today.AddMonths(-1).Year
                || (await ClosedBooks.Load(session)).MayClose(period, session.Today) is not null
                || await KeepLedger.IsBeingBuilt(session)
            )
                return false;
            var centre = (
                await Callers.Person(
                    session,
                    (await session.One<string>("SELECT id FROM users WHERE username = 'centre'"))!
                )
            )!;
            var counted = await MakeSnapshot.Count(session, centre, ruleBooks, period);
            await ClosePeriod.Store(session, centre, counted, await PeriodRow.Of(session, period));
            return true;
        });
}
