using System.Globalization;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Notices;

/// <summary>How many items of a kind come due.</summary>
public sealed record DueCount(DueKind Kind, int Count);

/// <summary>Tells each unit, department and leader, and the centre, on Monday morning what comes due in the next seven days (regime §15.3); where nothing ran on Monday, as soon as it does.</summary>
public static class WeekNotices
{
    /// <summary>Nobody is told before it, by the city's clock.</summary>
    private static readonly TimeSpan Morning = TimeSpan.FromHours(7);

    /// <summary>More than these are not counted: the notice then says that there are at least so many.</summary>
    private const int Most = 1000;

    public static async Task Tell(Database database, DueItems due)
    {
        var (people, week, last, now) = await database.Read(async session =>
        {
            var monday = session.Today.AddDays(-(((int)session.Today.DayOfWeek + 6) % 7));
            var told = await session.One<string>(SelectTold);
            var isTime = session.Now >= Shanghai.StartOf(monday) + Morning && told != Text(monday);
            return (
                isTime && told is not null ? await session.Query<Person>(SelectPeople) : [],
                isTime ? monday : (DateOnly?)null,
                told,
                session.Now
            );
        });
        if (week is not { } first || !database.Clock.MaySettle(now))
            return;
        var value = Text(first);
        if (last is null)
        {
            // The first week is on the pages; telling begins with the next.
            await database.Write(session => session.Execute(Begin, new { value }));
            return;
        }

        foreach (var person in people)
        {
            var counts = await database.Read(session => CountFor(session, due, person.ToCaller()));
            if (counts.Counts.Count > 0)
                await database.Write(session =>
                    Notice.Tell(
                        session,
                        NoticeKind.DueWeek,
                        person.Audience,
                        value,
                        new NoticeFacts
                        {
                            On = first,
                            Due = counts.Counts,
                            More = counts.More,
                        }
                    )
                );
        }

        await database.Write(async session =>
        {
            await session.Execute(Advance, new { value, last });
            session.Note(new AuditEntry("due-week-told"));
        });
    }

    private static async Task<(IReadOnlyList<DueCount> Counts, bool More)> CountFor(
        Session session,
        DueItems due,
        Caller caller
    )
    {
        var found = await due.Find(session, caller, session.Today.AddDays(7), Most);
        return (
            [
                .. found
                    .GroupBy(one => one.Item.Kind)
                    .OrderBy(kind => kind.Key)
                    .Select(kind => new DueCount(kind.Key, kind.Count())),
            ],
            found.Count == Most
        );
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Somebody, or everybody, who is told the same: the members of a unit or department, the coordinators, one leader.</summary>
    private sealed class Person
    {
        public required string Role { get; init; }
        public string? UnitId { get; init; }
        public string? UserId { get; init; }

        private Role Is => Slug.To<Role>(Role);

        public Caller ToCaller() => new(UserId ?? "", "", "", Is, UnitId, null, null);

        public Audience Audience =>
            UserId is { } user ? Audience.Person(user)
            : Is == Store.People.Role.Coordinator ? Audience.Coordinators
            : Audience.Unit(UnitId!);
    }

    private const string SelectTold = "SELECT value FROM settings WHERE name = 'due-week-told'";
    private const string Begin = "INSERT INTO settings (name, value) VALUES ('due-week-told', @value)";
    private const string Advance =
        "UPDATE settings SET value = @value WHERE name = 'due-week-told' AND value = @last AND value < @value";
    private const string SelectPeople = """
        SELECT DISTINCT u.role, u.jurisdiction_id AS unit_id, NULL AS user_id FROM users u WHERE u.active = 1 AND u.role IN ('officer', 'department') AND u.jurisdiction_id IS NOT NULL
        UNION SELECT u.role, NULL, NULL FROM users u WHERE u.active = 1 AND u.role = 'coordinator'
        UNION SELECT u.role, NULL, u.id FROM users u WHERE u.active = 1 AND u.role = 'leader'
        """;
}
