using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Targets;

public static class TargetEndpoints
{
    private static readonly QueryParameter Year = Query.Text("year", "The year, `YYYY`.");
    private static readonly QueryParameter Unit = Query.Text("unit", "The unit's id, or `city`.");
    private static readonly QueryParameter Indicator = Query.Text("indicator", "The indicator's id.");

    public static void MapTargets(this IEndpointRouteBuilder api)
    {
        var targets = api.MapGroup("/targets").Tagged("Targets", "What units are to reach in a year, by indicator.");
        targets
            .MapGet("/", ReadTargets.All)
            .WithName("listTargets")
            .WithSummary("List the targets of a year")
            .Allows(Act.ReadTargets)
            .Reads([
                Query.Whole("year", "The year; without it the current one."),
                Query.Text("jurisdictionId", "Only those of this unit, or of the `city`."),
                Query.Text("indicator", "Only those of this indicator."),
            ])
            .Answers<TargetPage>();
        targets
            .MapGet("/{year}/{unit}/{indicator}", ReadTargets.Single)
            .ReadsPath(Year)
            .ReadsPath(Unit)
            .ReadsPath(Indicator)
            .WithName("getTarget")
            .WithSummary("Get a target")
            .Allows(Act.ReadTargets)
            .Answers<TargetView>()
            .Refuses(404);
        targets
            .MapPut("/{year}/{unit}/{indicator}", PutTarget.Handle)
            .ReadsPath(Year)
            .ReadsPath(Unit)
            .ReadsPath(Indicator)
            .WithName("putTarget")
            .WithSummary("Set a target for a second person to publish")
            .Allows(Act.SetTarget)
            .Takes<PutTarget.Request>()
            .Example(
                """
                { "value": 25, "binding": true, "reason": "年度目标责任书" }
                """
            )
            .NeedsIfMatch()
            .Answers<TargetView>()
            .Refuses(400, 404);
        targets
            .MapGet("/{year}/{unit}/{indicator}/versions", ReadTargets.Versions)
            .ReadsPath(Year)
            .ReadsPath(Unit)
            .ReadsPath(Indicator)
            .WithName("listTargetVersions")
            .WithSummary("List the versions of a target, the newest first")
            .Allows(Act.ReadTargets)
            .Answers<Page<TargetVersion>>()
            .Refuses(404);
        targets
            .MapPost("/publish", PublishTargets.Handle)
            .WithName("publishTargets")
            .WithSummary("Publish the targets of a year that others have set")
            .Allows(Act.PublishTargets)
            .Takes<PublishTargets.Request>()
            .Answers<PublishTargets.Published>()
            .Refuses(400)
            .Refuses("nothing-to-publish", "second-person-required");
    }
}
