using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Duties;

public static class DutyEndpoints
{
    public static void MapDuties(this IEndpointRouteBuilder api)
    {
        var duties = api.MapGroup("/duties")
            .Tagged(
                "Duties",
                "What each unit owes in a year, green or red: its head's projects, its people, its elements."
            );
        duties
            .MapGet("/", ReadDuties.Handle)
            .WithName("readDuties")
            .WithSummary("Read the duties of units in a year")
            .Allows(Act.ReadDuties)
            .Reads([
                Query.Whole("year", "The year; without it the current one."),
                Query.Text("jurisdictionId", "Only those of this unit."),
            ])
            .Answers<DutyPage>();
        var people = api.MapGroup("/jurisdictions/{id}/posted-people").WithTags("Duties");
        people
            .MapGet("/", PostedPeople.Read)
            .WithName("getPostedPeople")
            .WithSummary("Get who heads a unit, its officers and where they are posted")
            .Allows(Act.ReadDuties)
            .Answers<PostedPeopleView>()
            .Refuses(404);
        people
            .MapPut("/", PostedPeople.Put)
            .WithName("putPostedPeople")
            .WithSummary("State who heads a unit, its officers and where they are posted")
            .Allows(Act.StatePostedPeople)
            .Takes<PostedPeople.Request>()
            .NeedsIfMatch()
            .Answers<PostedPeopleView>()
            .Refuses(400, 403, 404);
        var elements = api.MapGroup("/projects/{id}/elements").WithTags("Duties");
        elements
            .MapGet("/", Elements.Read)
            .WithName("getElements")
            .WithSummary("Get what a project needs and was granted of land, energy and emission rights")
            .Allows(Act.ReadElements)
            .Answers<ElementsView>()
            .Refuses(404);
        elements
            .MapPut("/", Elements.Put)
            .WithName("putElements")
            .WithSummary("Record what a project was granted of land, energy and emission rights")
            .Allows(Act.RecordElements)
            .Takes<Elements.Request>()
            .NeedsIfMatch()
            .Answers<ElementsView>()
            .Refuses(400, 404)
            .Refuses("claim-held-by-another");
    }
}
