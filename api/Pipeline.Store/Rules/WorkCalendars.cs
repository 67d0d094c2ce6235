using System.Globalization;
using CsvHelper;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Store.Rules;

/// <summary>A year's calendar; one that nobody has entered yet has <c>version</c> 0 and no days of its own.</summary>
public sealed record WorkCalendarView(
    int Year,
    IReadOnlyList<DateOnly> Holidays,
    IReadOnlyList<DateOnly> Workdays,
    long Version
);

/// <summary>The city's working days, as data that the administrator keeps: deadlines that run already keep the day they were given.</summary>
public static class WorkCalendars
{
    /// <summary>All that is known; years without an entry go by the week alone.</summary>
    public static async Task<WorkCalendar> Load(Session session)
    {
        var years = await Rows(session);
        return new WorkCalendar(
            years.SelectMany(year => year.Holidays),
            years.SelectMany(year => year.Workdays),
            years.Select(year => year.Year)
        );
    }

    /// <summary>Takes the days of a file (date, kind: holiday or workday) for the years that nobody has entered.</summary>
    public static async Task Seed(Session session, string file)
    {
        using var csv = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        var days = csv.GetRecords(new { date = default(DateOnly), kind = "" }).ToList();
        var known = (await Rows(session)).Select(year => year.Year).ToHashSet();
        foreach (var year in days.GroupBy(day => day.date.Year).Where(year => !known.Contains(year.Key)))
            await Keep(
                session,
                year.Key,
                [.. year.Where(day => day.kind == "holiday").Select(day => day.date)],
                [.. year.Where(day => day.kind == "workday").Select(day => day.date)]
            );
    }

    public static async Task Keep(
        Session session,
        int year,
        IEnumerable<DateOnly> holidays,
        IEnumerable<DateOnly> workdays
    )
    {
        var values = new
        {
            year,
            holidays = Json.Write(holidays.Distinct().Order()),
            workdays = Json.Write(workdays.Distinct().Order()),
            now = session.Now,
        };
        if (await session.Execute(Update, values) == 0)
            await session.Execute(Insert, values);
    }

    public static async Task<WorkCalendarView> Of(Session session, int year) =>
        await session.One<Row>($"{Select} WHERE year = @year", new { year }) is { } row
            ? row.View()
            : new WorkCalendarView(year, [], [], 0);

    public static async Task<List<WorkCalendarView>> Rows(Session session) =>
        [.. (await session.Query<Row>($"{Select} ORDER BY year")).Select(row => row.View())];

    private sealed class Row
    {
        public int Year { get; init; }
        public required string Holidays { get; init; }
        public required string Workdays { get; init; }
        public long Version { get; init; }

        public WorkCalendarView View() =>
            new(Year, Json.Read<List<DateOnly>>(Holidays), Json.Read<List<DateOnly>>(Workdays), Version);
    }

    private const string Select = "SELECT year, holidays, workdays, version FROM work_calendars";
    private const string Update =
        "UPDATE work_calendars SET holidays = @holidays, workdays = @workdays, version = version + 1, updated_at = @now WHERE year = @year";
    private const string Insert =
        "INSERT INTO work_calendars (year, holidays, workdays, version, updated_at) VALUES (@year, @holidays, @workdays, 1, @now)";
}
