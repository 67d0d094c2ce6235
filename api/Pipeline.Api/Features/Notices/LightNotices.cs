using System.Globalization;
using Pipeline.Data;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells each unit once a day how many of its projects' lights turned (R93): of all days since it was told last, so that no outage loses one.</summary>
public static class LightNotices
{
    public static async Task Tell(Database database)
    {
        var (isTold, now) = await database.Read(async session =>
            (await session.One<string>(SelectTold) == Text(session.Today), session.Now)
        );
        if (!isTold && database.Clock.MaySettle(now))
            await database.Write(Tell);
    }

    private static async Task Tell(Session session)
    {
        var today = Text(session.Today);
        var last = await session.One<string>(SelectTold);
        if (last is null)
        {
            // What turned before anybody was to be told is on the lists.
            await session.Execute(Begin, new { value = today });
            return;
        }

        if (await session.Execute(Advance, new { value = today, last }) == 0 || last == today)
            return;
        var since = DateOnly.ParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var unit in await session.Query<Turned>(SelectTurned, new { since, today = session.Today }))
            await Notice.Tell(
                session,
                NoticeKind.LightsTurned,
                Audience.Unit(unit.OwnerId),
                today,
                new NoticeFacts { Yellow = unit.Yellow, Red = unit.Red }
            );
        session.Note(new AuditEntry("lights-turned-told"));
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Turned
    {
        public required string OwnerId { get; init; }
        public int Yellow { get; init; }
        public int Red { get; init; }
    }

    private const string SelectTold = "SELECT value FROM settings WHERE name = 'lights-told'";
    private const string Begin = "INSERT INTO settings (name, value) VALUES ('lights-told', @value)";
    private const string Advance =
        "UPDATE settings SET value = @value WHERE name = 'lights-told' AND value = @last AND value < @value";
    private const string SelectTurned = """
        SELECT p.owner_id, SUM(CASE WHEN p.yellow_on > @since AND (p.red_on IS NULL OR p.red_on > @today) THEN 1 ELSE 0 END) AS yellow, SUM(CASE WHEN p.red_on > @since AND p.red_on <= @today THEN 1 ELSE 0 END) AS red
        FROM projects p WHERE (p.yellow_on > @since AND p.yellow_on <= @today) OR (p.red_on > @since AND p.red_on <= @today)
        GROUP BY p.owner_id
        """;
}
