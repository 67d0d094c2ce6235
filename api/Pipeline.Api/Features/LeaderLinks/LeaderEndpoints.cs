using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;

namespace Pipeline.Api.Features.LeaderLinks;

public static class LeaderEndpoints
{
    private const string Tag = "Leader links";

    public static void MapLeaderLinks(this IEndpointRouteBuilder api)
    {
        var links = api.MapGroup("/leader-links")
            .Tagged(Tag, "Leaders linked to projects, in numbered batches that the centre issues.");
        links
            .MapGet("/", ListLinks.Handle)
            .WithName("listLeaderLinks")
            .WithSummary("List links of leaders to projects, the newest first")
            .Allows(Act.ReadLeaderLinks)
            .Reads([
                .. LeaderLinkFilter.Parameters,
                Query.Flag(
                    "noContact",
                    "Only links of which the leader has had no contact for long (R83), or only the others."
                ),
                .. Query.CountedPages,
            ])
            .Answers<Page<LeaderLinkView>>();
        links
            .MapGet("/eligible", ListEligible.Handle)
            .WithName("listEligibleProjects")
            .WithSummary("List projects that could be linked to a leader and are not, the largest first")
            .Allows(Act.DraftLeaderBatch)
            .Reads([Query.Unit, .. Query.CountedPages])
            .Answers<Page<EligibleProjectView>>();
        links
            .MapGet("/summary", SumUpLinks.Handle)
            .WithName("sumUpLeaderLinks")
            .WithSummary("Sum up how many projects were ever linked, and how many landed")
            .Allows(Act.ReadLeaderBatches)
            .Answers<LinkSummary>();

        var batches = api.MapGroup("/leader-batches").WithTags(Tag);
        batches
            .MapGet("/", ReadBatches.Handle)
            .WithName("listLeaderBatches")
            .WithSummary("List batches of leader links, the newest first")
            .Allows(Act.ReadLeaderBatches)
            .Reads(Query.Pages)
            .Answers<Page<LeaderBatchView>>();
        batches
            .MapGet("/{id}", ReadBatches.Single)
            .WithName("getLeaderBatch")
            .WithSummary("Get a batch of leader links")
            .Allows(Act.ReadLeaderBatches)
            .Answers<LeaderBatchView>()
            .Refuses(404);
        batches
            .MapGet("/{n}/difference", ReadDifference.Handle)
            .WithName("readBatchDifference")
            .WithSummary("Tell what an issued batch changed against the one before it")
            .Allows(Act.ReadLeaderBatches)
            .Answers<BatchDifference>()
            .Refuses(404);
        batches
            .MapPost("/", DraftBatch.Post)
            .WithName("draftLeaderBatch")
            .WithSummary("Draft a batch of leader links")
            .Allows(Act.DraftLeaderBatch)
            .Takes<LeaderBatchBody>()
            .Answers<LeaderBatchView>(201)
            .Refuses(400)
            .Refuses("not-eligible");
        batches
            .MapPut("/{id}", DraftBatch.Put)
            .WithName("editLeaderBatch")
            .WithSummary("Change the draft of a batch")
            .Allows(Act.DraftLeaderBatch)
            .Takes<LeaderBatchBody>()
            .NeedsIfMatch()
            .Answers<LeaderBatchView>()
            .Refuses(400, 404, 422)
            .Refuses("batch-issued");
        batches
            .MapPost("/{id}/issue", DraftBatch.Issue)
            .WithName("issueLeaderBatch")
            .WithSummary("Issue a batch under the next number: all of it at once, at most one a month")
            .Allows(Act.DraftLeaderBatch)
            .NeedsIfMatch()
            .Answers<LeaderBatchView>()
            .Refuses(400, 404, 422)
            .Refuses("batch-empty", "batch-issued", "batch-too-soon");
    }
}
