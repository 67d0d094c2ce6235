using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Calendars;

namespace Pipeline.Api.Features.Calendars;

/// <summary>What a calendar tells of.</summary>
public enum CalendarKind
{
    /// <summary>Windows that end, and disputes of them.</summary>
    Claims,

    /// <summary>Signings, and the last days of their notices.</summary>
    Signings,
    Problems,

    /// <summary>Meetings, and what they gave to do.</summary>
    Meetings,

    /// <summary>Lights that turn, removals, planned steps, leaders' contacts.</summary>
    Turns,

    /// <summary>Events, and results that are to get unit, carrier and person.</summary>
    Events,

    /// <summary>What is due of resources: matches, leads of offices, reviews of chains, entries of libraries.</summary>
    Resources,
}

/// <summary>A calendar that somebody subscribes to.</summary>
public sealed record CalendarView
{
    public required string Id { get; init; }
    public required IReadOnlyList<CalendarKind> Kinds { get; init; }

    /// <summary>How long before each entry it reminds; absent: it does not.</summary>
    public IsoDuration? Alarm { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a program read it last; absent: none has yet.</summary>
    public DateTimeOffset? LastReadAt { get; init; }

    /// <summary>Once, where it was made by this request: the secret link. In full where the address of the pages is known (<c>Public:Url</c>), else from the host on.</summary>
    public string? Url { get; init; }
}

/// <summary>A calendar as it is stored.</summary>
public sealed class CalendarRow
{
    public required string Id { get; init; }
    public required string UserId { get; init; }
    public required string Kinds { get; init; }
    public string? Alarm { get; init; }
    public required string Language { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastReadAt { get; init; }
    public string? LastReadAddress { get; init; }

    public IReadOnlyList<CalendarKind> Told => [.. Kinds.Split(' ').Select(Slug.To<CalendarKind>)];

    public IsoDuration? AlarmBefore => Alarm is null ? null : IsoDuration.Parse(Alarm);

    public CalendarView View(string? url = null) =>
        new()
        {
            Id = Id,
            Kinds = Told,
            Alarm = AlarmBefore,
            CreatedAt = CreatedAt,
            LastReadAt = LastReadAt,
            Url = url,
        };

    public static Task<List<CalendarRow>> Of(Session session, string userId) =>
        session.Query<CalendarRow>($"{Select} WHERE user_id = @userId ORDER BY seq", new { userId });

    public static Task<CalendarRow?> ByToken(Session session, string hash) =>
        session.One<CalendarRow>($"{Select} WHERE token_hash = @hash", new { hash });

    private const string Select =
        "SELECT id, user_id, kinds, alarm, language, created_at, last_read_at, last_read_address FROM calendars";
}

/// <summary>An entry of a calendar as it was told last.</summary>
public sealed class CalendarEntryRow
{
    public required string Uid { get; init; }
    public required string Title { get; init; }
    public DateOnly? OnDay { get; init; }
    public DateTimeOffset? AtInstant { get; init; }
    public string? ProjectId { get; init; }
    public int Sequence { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
    public bool Cancelled { get; init; }

    /// <summary>Whether its project is secret by now.</summary>
    public bool Secret { get; init; }

    public ToldItem Told =>
        new(new CalendarItem(Uid, Title, OnDay, AtInstant, ProjectId), Sequence, ChangedAt, Cancelled);

    public static Task<List<CalendarEntryRow>> Of(Session session, string calendarId) =>
        session.Query<CalendarEntryRow>(Select, new { calendarId });

    /// <summary>Keeps what is told now. The caller holds the calendar's lock.</summary>
    public static async Task Keep(Session session, string calendarId, CalendarChange change)
    {
        foreach (var told in change.Changed)
        {
            var values = new
            {
                calendarId,
                uid = told.Item.Uid,
                title = told.Item.Title,
                onDay = told.Item.On,
                atInstant = told.Item.At,
                projectId = told.Item.ProjectId,
                sequence = told.Sequence,
                changedAt = told.ChangedAt,
                cancelled = told.Cancelled ? 1 : 0,
            };
            if (await session.Execute(Update, values) == 0)
                await session.Execute(Insert, values);
        }

        foreach (var uid in change.Dropped)
            await session.Execute(Delete, new { calendarId, uid });
    }

    private const string Select = """
        SELECT e.uid, e.title, e.on_day, e.at_instant, e.project_id, e.sequence, e.changed_at, e.cancelled, CASE WHEN p.secret = 1 THEN 1 ELSE 0 END AS secret
        FROM calendar_entries e LEFT JOIN projects p ON p.id = e.project_id
        WHERE e.calendar_id = @calendarId
        """;
    private const string Update = """
        UPDATE calendar_entries SET title = @title, on_day = @onDay, at_instant = @atInstant, project_id = @projectId, sequence = @sequence, changed_at = @changedAt, cancelled = @cancelled
        WHERE calendar_id = @calendarId AND uid = @uid
        """;
    private const string Insert = """
        INSERT INTO calendar_entries (calendar_id, uid, title, on_day, at_instant, project_id, sequence, changed_at, cancelled)
        VALUES (@calendarId, @uid, @title, @onDay, @atInstant, @projectId, @sequence, @changedAt, @cancelled)
        """;
    private const string Delete = "DELETE FROM calendar_entries WHERE calendar_id = @calendarId AND uid = @uid";
}
