using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Domain.Events;
using Pipeline.Store.Events;

namespace Pipeline.Api.Features.Events;

public static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("/events")
            .Tagged("Events", "Promotions, road-shows, signings, contests and talks, and what came of them.");
        events
            .MapGet("/", ReadEvents.List)
            .WithName("listEvents")
            .WithSummary("List events, the latest first")
            .Allows(Act.ReadEvents)
            .Reads([.. EventFilter.Parameters, .. Query.CountedPages])
            .Answers<Page<EventView>>();
        events
            .MapPost("/", KeepEvent.Add)
            .WithName("addEvent")
            .WithSummary("Put an event on record")
            .Allows(Act.ManageEvents)
            .Takes<EventBody>()
            .Example(
                """
                { "kind": "road-show", "name": "新型储能专场路演", "startsOn": "2026-06-10", "place": "上海", "technology": true }
                """
            )
            .Answers<EventView>(201)
            .Refuses(400);
        events
            .MapGet("/{id}", ReadEvents.Single)
            .WithName("getEvent")
            .WithSummary("Get an event")
            .Allows(Act.ReadEvents)
            .Answers<EventView>()
            .Refuses(404);
        events
            .MapPatch("/{id}", KeepEvent.Edit)
            .WithName("editEvent")
            .WithSummary("Change an event that is not called off")
            .Allows(Act.ManageEvents)
            .TakesPatchOf<EventBody>()
            .Answers<EventView>()
            .Refuses(400, 404)
            .Refuses("event-cancelled");
        events
            .MapPost("/{id}/cancel", KeepEvent.Cancel)
            .WithName("cancelEvent")
            .WithSummary("Call an event off, with a reason")
            .Allows(Act.ManageEvents)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<EventView>()
            .Refuses(400, 404)
            .Refuses("event-cancelled");
        events
            .MapPost("/{id}/results", KeepResult.Add)
            .WithName("addEventResult")
            .WithSummary("Say what came of an event: a project, a signing, a prize")
            .Allows(Act.RecordResults)
            .Takes<KeepResult.Request>()
            .Answers<EventResultView>(201)
            .Refuses(400, 404)
            .Refuses("event-cancelled", "result-known");
        var results = api.MapGroup("/event-results").WithTags("Events");
        results
            .MapGet("/", ReadEvents.Results)
            .WithName("listEventResults")
            .WithSummary("List what came of events, the latest first: a unit's own, or the city's")
            .Allows(Act.ReadResults)
            .Reads([
                .. EventResultFilter.Parameters,
                Query.Flag(
                    "overdue",
                    "Whether only results are told that should have unit, carrier and person, or only others."
                ),
                Query.Choice<ResultOutcome>("outcome", "Only results that stand so."),
                .. Query.Pages,
            ])
            .Answers<Page<EventResultView>>();
        results
            .MapGet("/{id}", ReadEvents.Result)
            .WithName("getEventResult")
            .WithSummary("Get what came of an event")
            .Allows(Act.ReadResults)
            .Answers<EventResultView>()
            .Refuses(404);
        results
            .MapPatch("/{id}", KeepResult.Edit)
            .WithName("editEventResult")
            .WithSummary("Give a result its unit, carrier and person, or its project")
            .Allows(Act.RecordResults)
            .TakesPatchOf<KeepResult.Request>()
            .Answers<EventResultView>()
            .Refuses(400, 404)
            .Refuses("result-closed");
        results
            .MapPost("/{id}/close", KeepResult.Close)
            .WithName("closeEventResult")
            .WithSummary("Say how a result without a project ended")
            .Allows(Act.RecordResults)
            .Takes<KeepResult.CloseRequest>()
            .NeedsIfMatch()
            .Answers<EventResultView>()
            .Refuses(400, 404)
            .Refuses("result-closed", "result-follows-project");
    }
}
