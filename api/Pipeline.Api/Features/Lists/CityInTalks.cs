using System.Globalization;
using Pipeline.Data;

namespace Pipeline.Api.Features.Lists;

/// <summary>How many projects of the city were in talks at a month's end, others' and secret ones included: all that a unit learns of others' talks (R20).</summary>
/// <remarks>It is counted once the month has ended, and kept. What somebody records later with an earlier date does not show in it: a unit that sees the figure move would know that others do something.</remarks>
public static class CityInTalks
{
    private const string Name = "city-in-talks";

    /// <summary>The end of the last month that has ended.</summary>
    public static DateOnly LastEnd(DateOnly today) => new DateOnly(today.Year, today.Month, 1).AddDays(-1);

    /// <summary>The figure of the last month's end; null while it is not kept.</summary>
    public static Task<long?> Kept(Session session) =>
        session.One<long?>(Select, new { name = Name, period = Period(LastEnd(session.Today)) });

    /// <summary>Counts the figure of the last month's end, if it is not kept already. A library in its first month, or older than this, keeps it as it is counted at that moment.</summary>
    public static async Task Keep(Database database)
    {
        if (await database.Read(Kept) is not null)
            return;
        await database.Write(async session =>
        {
            await session.Lock(LockName.Totals);
            if (await Kept(session) is not null)
                return;
            var end = LastEnd(session.Today);
            await session.Execute(
                Insert,
                new
                {
                    name = Name,
                    period = Period(end),
                    value = await StageTotals.CityInTalks(session, end),
                    now = session.Now,
                }
            );
        });
    }

    /// <summary>Keeps it if that is possible now: a figure that cannot be kept is not told, but nothing else depends on it.</summary>
    public static async Task TryKeep(Database database)
    {
        try
        {
            await Keep(database);
        }
        catch (Exception error)
            when (error is DatabaseUnavailableException or ClockUnreliableException or LockTimeoutException) { }
    }

    private static string Period(DateOnly end) => end.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private const string Select = "SELECT value FROM kept_figures WHERE name = @name AND period = @period";
    private const string Insert =
        "INSERT INTO kept_figures (name, period, value, kept_at) VALUES (@name, @period, @value, @now)";
}
