using System.Globalization;
using CsvHelper;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.RuleSets;

/// <summary>The days of a year that are not as the week says: public holidays, and the weekends that are worked to make up for them.</summary>
public sealed record WorkCalendarBody
{
    public IReadOnlyList<DateOnly>? Holidays { get; init; }

    /// <summary>Saturdays and Sundays that are worked.</summary>
    public IReadOnlyList<DateOnly>? Workdays { get; init; }

    public sealed class Validator : AbstractValidator<WorkCalendarBody>
    {
        public Validator(int year)
        {
            RuleFor(body => body.Holidays)
                .NotNull()
                .Coded("required")
                .Must(days => days!.Count <= 366)
                .Coded("count", 366);
            RuleForEach(body => body.Holidays).Must(day => day.Year == year).Coded("year", year);
            RuleForEach(body => body.Holidays).Day();
            RuleFor(body => body.Workdays)
                .NotNull()
                .Coded("required")
                .Must(days => days!.Count <= 366)
                .Coded("count", 366);
            RuleForEach(body => body.Workdays)
                .Must(day => day.Year == year)
                .Coded("year", year)
                .Must(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                .Coded("not-a-weekend")
                .Must((body, day) => body.Holidays?.Contains(day) != true)
                .Coded("worked-and-off");
            RuleForEach(body => body.Workdays).Day();
        }
    }
}

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
    public static void MapWorkCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/work-calendars").WithTags("Rule sets");
        calendars
            .MapGet("/", All)
            .WithName("listWorkCalendars")
            .Allows(Act.ReadReference)
            .Answers<Page<WorkCalendarView>>();
        calendars
            .MapGet("/{year}", Single)
            .WithName("getWorkCalendar")
            .Allows(Act.ReadReference)
            .Answers<WorkCalendarView>()
            .Refuses(404);
        calendars
            .MapPut("/{year}", Put)
            .WithName("putWorkCalendar")
            .Allows(Act.ManageRuleSets)
            .Takes<WorkCalendarBody>()
            .NeedsIfMatch()
            .Answers<WorkCalendarView>()
            .Refuses(400, 404);
    }

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

    public static async Task<IResult> All(Call call)
    {
        if (new QueryReader(call.Request).Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
            Reply.Plain(new Page<WorkCalendarView> { Items = await Rows(session) })
        );
    }

    public static Task<IResult> Single(string year, Call call) =>
        call.Read<IResult>(async session =>
            YearOf(year) is { } known && await Of(session, known) is var calendar
                ? Reply.Resource(calendar, calendar.Version)
                : (Reply)Problems.NotFound
        );

    public static async Task<IResult> Put(string year, Call call)
    {
        var body = await call.Body(new WorkCalendarBody.Validator(YearOf(year) ?? 0));
        return await call.Write(async session =>
        {
            await session.Lock(LockName.RuleSets);
            if (YearOf(year) is not { } known)
                return Problems.NotFound;
            var before = await Of(session, known);
            if (ETags.Check(call.Request, before.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (call.ValidateOnly)
                return Reply.NothingStored;
            await Store(session, known, body.Value!.Holidays!, body.Value.Workdays!);
            var after = await Of(session, known);
            session.Note(
                new AuditEntry("work-calendar-changed")
                {
                    SubjectKind = "rule-set",
                    SubjectId = year,
                    Changes = AuditEntry.Between(Json.Node(before), Json.Node(after)),
                }
            );
            return Reply.Resource(after, after.Version);
        });
    }

    /// <summary>Takes the days of a file (date, kind: holiday or workday) for the years that nobody has entered.</summary>
    public static async Task Seed(Session session, string file)
    {
        using var csv = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        var days = csv.GetRecords(new { date = default(DateOnly), kind = "" }).ToList();
        var known = (await Rows(session)).Select(year => year.Year).ToHashSet();
        foreach (var year in days.GroupBy(day => day.date.Year).Where(year => !known.Contains(year.Key)))
            await Store(
                session,
                year.Key,
                [.. year.Where(day => day.kind == "holiday").Select(day => day.date)],
                [.. year.Where(day => day.kind == "workday").Select(day => day.date)]
            );
    }

    private static async Task Store(
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

    private static int? YearOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        && year is >= 2000 and <= 2200
        && text.Length == 4
            ? year
            : null;

    private static async Task<WorkCalendarView> Of(Session session, int year) =>
        await session.One<Row>($"{Select} WHERE year = @year", new { year }) is { } row
            ? row.View()
            : new WorkCalendarView(year, [], [], 0);

    private static async Task<List<WorkCalendarView>> Rows(Session session) =>
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
