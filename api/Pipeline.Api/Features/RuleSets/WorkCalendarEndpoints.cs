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
            RuleFor(body => body.Holidays).NotNull().Coded("required").AtMost(366);
            RuleForEach(body => body.Holidays)
                .Cascade(CascadeMode.Continue)
                .Must(day => day.Year == year)
                .Coded("year", year);
            RuleForEach(body => body.Holidays).Cascade(CascadeMode.Continue).Day();
            RuleFor(body => body.Workdays).NotNull().Coded("required").AtMost(366);
            RuleForEach(body => body.Workdays)
                .Cascade(CascadeMode.Continue)
                .Must(day => day.Year == year)
                .Coded("year", year)
                .Must(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                .Coded("not-a-weekend")
                .Must((body, day) => body.Holidays?.Contains(day) != true)
                .Coded("worked-and-off");
            RuleForEach(body => body.Workdays).Cascade(CascadeMode.Continue).Day();
        }
    }
}

/// <summary>The calendars of working days over HTTP.</summary>
public static class WorkCalendarEndpoints
{
    private static readonly QueryParameter Year = Query.Text("year", "A year of the calendar, in four digits.");

    public static void MapWorkCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/work-calendars").WithTags("Rule sets");
        calendars
            .MapGet("/", All)
            .WithName("listWorkCalendars")
            .WithSummary("List the working calendars by year")
            .Allows(Act.ReadReference)
            .Answers<Page<WorkCalendarView>>();
        calendars
            .MapGet("/{year}", Single)
            .WithName("getWorkCalendar")
            .WithSummary("Get the working calendar of a year")
            .ReadsPath(Year)
            .Allows(Act.ReadReference)
            .Answers<WorkCalendarView>()
            .Refuses(404);
        calendars
            .MapPut("/{year}", Put)
            .WithName("putWorkCalendar")
            .WithSummary("Set the working calendar of a year")
            .ReadsPath(Year)
            .Allows(Act.ManageRuleSets)
            .Takes<WorkCalendarBody>()
            .Example(
                """
                { "holidays": ["2026-01-01"], "workdays": ["2026-01-04"] }
                """
            )
            .NeedsIfMatch()
            .Answers<WorkCalendarView>()
            .Refuses(400, 404);
    }

    public static async Task<IResult> All(Call call)
    {
        if (new QueryReader(call.Request).Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
            Reply.Plain(new Page<WorkCalendarView> { Items = await WorkCalendars.Rows(session) })
        );
    }

    public static Task<IResult> Single(string year, Call call) =>
        call.Read<IResult>(async session =>
            YearOf(year) is { } known && await WorkCalendars.Of(session, known) is var calendar
                ? Reply.Resource(calendar, calendar.Version)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Put(string year, Call call)
    {
        var body = await call.Body(new WorkCalendarBody.Validator(YearOf(year) ?? 0));
        return await call.Write(async session =>
        {
            await session.Lock(LockName.RuleSets);
            if (YearOf(year) is not { } known)
                return Refusal.NotFound;
            var before = await WorkCalendars.Of(session, known);
            if (ETags.Check(call.Request, before.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (call.ValidateOnly)
                return Reply.NothingStored;
            await WorkCalendars.Keep(session, known, body.Value!.Holidays!, body.Value.Workdays!);
            var after = await WorkCalendars.Of(session, known);
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

    private static int? YearOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        && year is >= 2000 and <= 2200
        && text.Length == 4
            ? year
            : null;
}
