using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Store.Chains;

namespace Pipeline.Api.Features.Chains;

public static class ChainEndpoints
{
    public static void MapChains(this IEndpointRouteBuilder api)
    {
        var chains = api.MapGroup("/chains")
            .Tagged(
                "Chains",
                "Industry chains: their nodes, how far they are covered, gaps, and reviews each quarter."
            );
        chains
            .MapGet("/", ReadChains.List)
            .WithName("listChains")
            .WithSummary("List the industry chains by name")
            .Allows(Act.ReadChains)
            .Reads([
                Query.Flag("overdue", "Whether only chains whose review is overdue are told, or only others."),
                Query.Flag("active", "Whether only chains that are worked on are told, or only others."),
            ])
            .Answers<Page<ChainView>>();
        chains
            .MapPost("/", KeepChain.Add)
            .WithName("addChain")
            .WithSummary("Draw up an industry chain")
            .Allows(Act.ManageChains)
            .Takes<KeepChain.Request>()
            .Example("""{ "name": "新型储能", "masters": ["嘉兴储电科技有限公司"] }""")
            .Answers<ChainView>(201)
            .Refuses(400)
            .Refuses("chain-exists");
        chains
            .MapGet("/{id}", ReadChains.Single)
            .WithName("getChain")
            .WithSummary("Get an industry chain with its latest reviews")
            .Allows(Act.ReadChains)
            .Answers<ChainView>()
            .Refuses(404);
        chains
            .MapPatch("/{id}", KeepChain.Edit)
            .WithName("editChain")
            .WithSummary("Change who leads an industry chain, or that it is worked on")
            .Allows(Act.ManageChains)
            .TakesPatchOf<KeepChain.Request>()
            .Answers<ChainView>()
            .Refuses(400, 404, 409);
        chains
            .MapGet("/{id}/nodes", ReadChains.Nodes)
            .WithName("listChainNodes")
            .WithSummary("List the nodes of a chain with the projects on them that the caller may know")
            .Allows(Act.ReadChains)
            .Answers<ChainNodeList>()
            .Refuses(404);
        chains
            .MapPut("/{id}/nodes", PutNodes.Handle)
            .WithName("putChainNodes")
            .WithSummary(
                "Put the nodes of a chain in place of those that were there; a node that is told by its id keeps its projects"
            )
            .Allows(Act.TendChains)
            .Takes<PutNodes.Request>()
            .NeedsIfMatch()
            .Answers<ChainNodeList>()
            .Refuses(400, 404);
        chains
            .MapGet("/{id}/gaps", ReadGaps.Handle)
            .WithName("listChainGaps")
            .WithSummary("List what a chain lacks, and what might fill it")
            .Allows(Act.ReadChains)
            .Answers<ChainGapList>()
            .Refuses(404);
        chains
            .MapPost("/{id}/reviews", ReviewChain.Handle)
            .WithName("reviewChain")
            .WithSummary("Say that a chain was reviewed, and what came of it")
            .Allows(Act.TendChains)
            .Takes<ReviewChain.Request>()
            .Answers<ChainView>(201)
            .Refuses(400, 404);
        var projects = api.MapGroup("/projects/{id}/chain-nodes").WithTags("Chains");
        projects
            .MapGet("/", ProjectNodes.Read)
            .WithName("listProjectNodes")
            .WithSummary("List the nodes of chains that a project is on, and those that might be its own, with reasons")
            .Allows(Act.ReadFits)
            .Answers<ProjectNodeList>()
            .Refuses(404);
        projects
            .MapPost("/", ProjectNodes.Join)
            .WithName("joinChainNode")
            .WithSummary("Put a project on a node of a chain")
            .Allows(Act.JoinChains)
            .Takes<ProjectNodes.Request>()
            .Answers<ProjectNodeList>(201)
            .Refuses(400, 404)
            .Refuses("claim-held-by-another", "illegal-move", "on-node");
        projects
            .MapDelete("/{nodeId}", ProjectNodes.Leave)
            .WithName("leaveChainNode")
            .WithSummary("Take a project off a node of a chain")
            .Allows(Act.JoinChains)
            .NeedsIfMatch()
            .Answers<ProjectNodeList>()
            .Refuses(404, 409);
    }
}
