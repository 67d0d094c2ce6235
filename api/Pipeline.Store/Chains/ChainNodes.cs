using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Chains;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Chains;

/// <summary>A node as it is stored.</summary>
public sealed class ChainNodeRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string ChainId { get; init; }
    public required string ChainName { get; init; }
    public required string Position { get; init; }
    public required string Name { get; init; }
    public required string State { get; init; }
    public string? Classes { get; init; }
    public string? Note { get; init; }

    public IReadOnlyList<string> ClassList => Classes is null ? [] : Json.Read<List<string>>(Classes);

    public const string Select =
        "SELECT n.seq, n.id, n.chain_id, c.name AS chain_name, n.position, n.name, n.state, n.classes, n.note FROM chain_nodes n JOIN chains c ON c.id = n.chain_id";
}

/// <summary>The nodes of chains, with the projects on them.</summary>
public static class ChainNodes
{
    /// <summary>The nodes of some chains, in their order, with the projects that the caller may know.</summary>
    public static async Task<ILookup<string, NodeView>> Of(
        Session session,
        Caller caller,
        IReadOnlyCollection<string> chains,
        RuleSet rules
    )
    {
        if (chains.Count == 0)
            return Enumerable.Empty<NodeView>().ToLookup(_ => "");
        var nodes = await session.Query<ChainNodeRow>(
            $"{ChainNodeRow.Select} WHERE n.chain_id IN @chains ORDER BY n.chain_id, n.place, n.seq",
            new { chains }
        );
        var projects = await session.Query<ProjectRow>(
            $"{SelectProjects} WHERE n.chain_id IN @chains AND {VisibleTo(caller)} ORDER BY cp.seq",
            new
            {
                chains,
                mine = caller.Unit ?? "",
                me = caller.UserId,
            }
        );
        foreach (var secret in projects.Where(project => project.Secret))
            session.Note(SecretReads.OfProject(secret.Id));
        var byNode = projects.ToLookup(project => project.NodeId);
        return nodes.ToLookup(
            node => node.ChainId,
            node => View(node, [.. byNode[node.Id].Select(one => one.View(rules))])
        );
    }

    private static NodeView View(ChainNodeRow node, IReadOnlyList<ChainProject> projects) =>
        new()
        {
            Id = node.Id,
            Position = Slug.To<NodePosition>(node.Position),
            Name = node.Name,
            State = Slug.To<NodeState>(node.State),
            IndustryClasses = node.ClassList,
            Note = node.Note,
            Projects = projects,
            Landed = projects.Count(project => project.Landed),
        };

    /// <summary>Whether a project in this stage has landed: it reached the stage at which credit is given, and has not ended.</summary>
    public static bool HasLanded(Stage stage, RuleSet rules) => stage != Stage.Terminated && stage >= rules.CreditStage;

    /// <summary>Has the missing nodes of a project turn weak once it has landed (R133). A secret project moves no node: that would tell of it. The caller holds the lock.</summary>
    public static async Task TurnOnLanding(Session session, string projectId)
    {
        foreach (var node in await session.Query<ChainNodeRow>(SelectMissing, new { projectId }))
        {
            var after = ChainRules.AfterLanding(Slug.To<NodeState>(node.State));
            await session.ExecuteOnOne(SetState, new { id = node.Id, state = Slug.Of(after) });
            await session.ExecuteOnOne(Touch, new { id = node.ChainId, now = session.Now });
            session.Note(
                new AuditEntry("chain-node-turned")
                {
                    SubjectKind = "chain",
                    SubjectId = node.ChainId,
                    ProjectId = projectId,
                    Changes = AuditEntry.Between(
                        Json.Node(new { node = node.Name, state = node.State }),
                        Json.Node(new { node = node.Name, state = after })
                    ),
                }
            );
        }
    }

    /// <summary>The projects (<c>p</c>) on nodes that a caller may know, with <c>@mine</c> and <c>@me</c>: a unit its own and what is published, who reads the city what is open to it.</summary>
    private static string VisibleTo(Caller caller) =>
        caller.Unit is not null ? $"(p.owner_id = @mine OR ({ProjectVisibility.Published}))"
        : Permissions.ReadsSecret(caller) ? "1 = 1"
        : Permissions.ReadsCity(caller) ? $"(p.secret = 0 OR {ProjectVisibility.Named})"
        : $"({ProjectVisibility.Published})";

    private sealed class ProjectRow
    {
        public required string NodeId { get; init; }
        public required string Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string OwnerId { get; init; }
        public required string OwnerName { get; init; }
        public required string Stage { get; init; }
        public bool Secret { get; init; }

        public ChainProject View(RuleSet rules)
        {
            var stage = Slug.To<Stage>(Stage);
            return new ChainProject(Id, Code, Name, new UnitRef(OwnerId, OwnerName), stage, HasLanded(stage, rules));
        }
    }

    private const string SelectProjects = """
        SELECT cp.node_id, p.id, p.code, p.name, p.owner_id, o.name AS owner_name, p.stage, p.secret
        FROM chain_nodes n JOIN chain_projects cp ON cp.node_id = n.id JOIN projects p ON p.id = cp.project_id JOIN jurisdictions o ON o.id = p.owner_id
        """;
    private const string SelectMissing = $"""
        {ChainNodeRow.Select} JOIN chain_projects cp ON cp.node_id = n.id JOIN projects p ON p.id = cp.project_id
        WHERE cp.project_id = @projectId AND n.state = 'missing' AND p.secret = 0
        """;
    private const string SetState = "UPDATE chain_nodes SET state = @state WHERE id = @id";
    internal const string Touch = "UPDATE chains SET version = version + 1, updated_at = @now WHERE id = @id";
}

/// <summary>Has nodes turn when a project lands there.</summary>
public sealed class ChainSubscriber(RuleBooks ruleBooks) : IEventSubscriber
{
    public async Task On(Session session, IDomainEvent happened)
    {
        if (happened is not MoveTookEffect { Move: var move })
            return;
        if (await session.One<string>(SelectStage, new { projectId = move.ProjectId }) is not { } stage)
            return;
        if (!ChainNodes.HasLanded(Slug.To<Stage>(stage), await ruleBooks.Current(session)))
            return;
        await session.Lock(LockName.Resources);
        await ChainNodes.TurnOnLanding(session, move.ProjectId);
    }

    // Of a project that is on no node there is nothing to do.
    private const string SelectStage =
        "SELECT p.stage FROM projects p WHERE p.id = @projectId AND EXISTS (SELECT 1 FROM chain_projects cp WHERE cp.project_id = p.id)";
}
