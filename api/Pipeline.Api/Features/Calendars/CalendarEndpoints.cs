using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Calendars;

public static class CalendarEndpoints
{
    public static void MapCalendars(this WebApplication app, IEndpointRouteBuilder api)
    {
        var mine = api.MapGroup("/me/calendars")
            .Tagged("Calendars", "What comes due, as calendars that other programs subscribe to by a secret link.");
        mine.MapGet("/", MakeCalendar.All)
            .WithName("listCalendars")
            .WithSummary("List the calendars that you made")
            .Allows(Act.ManageSelf)
            .Answers<Page<CalendarView>>();
        mine.MapPost("/", MakeCalendar.Post)
            .WithName("makeCalendar")
            .WithSummary("Make a calendar to subscribe to; its secret link is in the answer, once")
            .Allows(Act.ManageSelf)
            .Takes<MakeCalendar.Request>()
            .Example(
                """
                { "kinds": ["claims", "signings"] }
                """
            )
            .Answers<CalendarView>(201)
            .Refuses(400)
            .Refuses("too-many-calendars");
        mine.MapDelete("/{id}", MakeCalendar.Revoke)
            .WithName("revokeCalendar")
            .WithSummary("Revoke a calendar: its link is dead at once")
            .Allows(Act.ManageSelf)
            .Produces(204)
            .Refuses(404);
        app.MapGet("/calendars/{token}.ics", TellCalendar.Handle)
            .WithName("tellCalendar")
            .WithTags("Calendars")
            .Open()
            .ExcludeFromDescription();
    }
}
