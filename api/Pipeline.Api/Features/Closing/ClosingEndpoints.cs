using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Closing;

public static class ClosingEndpoints
{
    private static readonly QueryParameter Named = Query.Text(
        "period",
        "A month `YYYY-MM`, or the 13th period of a year `YYYY-13`."
    );

    public static void MapClosing(this IEndpointRouteBuilder api)
    {
        var periods = api.MapGroup("/periods")
            .Tagged("Closing", "The months of the books: which are closed, and what they came to then.");
        periods
            .MapGet("/", ReadPeriods.All)
            .WithName("listPeriods")
            .WithSummary("List the periods of the books, the newest first")
            .Allows(Act.ReadPeriods)
            .Answers<Page<PeriodView>>();
        periods
            .MapGet("/{period}", ReadPeriods.Single)
            .ReadsPath(Named)
            .WithName("getPeriod")
            .WithSummary("Get a period of the books, with its snapshots")
            .Allows(Act.ReadPeriods)
            .Answers<PeriodView>()
            .Refuses(404);
        periods
            .MapGet("/{period}/readiness", ReadReadiness.Handle)
            .ReadsPath(Named)
            .WithName("readReadiness")
            .WithSummary("Read what still waits before a period is closed; it bars nothing")
            .Allows(Act.ReadReadiness)
            .Answers<ReadinessView>()
            .Refuses(404);
        periods
            .MapPost("/{period}/close", ClosePeriod.Handle)
            .ReadsPath(Named)
            .WithName("closePeriod")
            .RunsInBackground()
            .WithSummary("Close a period into a snapshot")
            .Allows(Act.ClosePeriod)
            .NeedsIfMatch()
            .Answers<PeriodView>()
            .Refuses(404)
            .Refuses("ledger-incomplete", "period-closed", "period-not-over", "period-order");
        periods
            .MapPost("/{period}/reopen", ReopenPeriod.Ask)
            .ReadsPath(Named)
            .WithName("reopenPeriod")
            .WithSummary("Ask to open the last closed period again; a coordinator has to confirm it")
            .Allows(Act.ReopenPeriod)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<PeriodView>()
            .Refuses(400, 404)
            .Refuses("period-open", "period-order", "reopening-asked");
        periods
            .MapPost("/{period}/confirm", ReopenPeriod.Confirm)
            .ReadsPath(Named)
            .WithName("confirmReopening")
            .WithSummary("Confirm that a period is opened again")
            .Allows(Act.ClosePeriod)
            .NeedsIfMatch()
            .Answers<PeriodView>()
            .Refuses(404)
            .Refuses("period-open", "reopening-not-asked", "second-person-required");
        var snapshots = api.MapGroup("/snapshots").WithTags("Closing");
        snapshots
            .MapGet("/{id}", ReadSnapshots.Single)
            .WithName("getSnapshot")
            .WithSummary("Get a snapshot: of which period, who made it when, and which figures it has")
            .Allows(Act.ReadPeriods)
            .Answers<SnapshotView>()
            .Refuses(404);
        snapshots
            .MapGet("/{id}/verify", ReadSnapshots.Verify)
            .WithName("verifySnapshot")
            .RunsInBackground()
            .WithSummary("Hold a snapshot against its hash, the ledger and the audit trail")
            .Allows(Act.VerifySnapshot)
            .Answers<SnapshotCheck>()
            .Refuses(404);
    }
}
