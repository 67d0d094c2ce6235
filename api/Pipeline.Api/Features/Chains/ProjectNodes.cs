using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Chains;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Store.Chains;

namespace Pipeline.Api.Features.Chains;

/// <summary>A node as a project stands to it.</summary>
public sealed record ProjectNode
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required NodePosition Position { get; init; }
    public required NodeState State { get; init; }
    public required string ChainId { get; init; }
    public required string ChainName { get; init; }

    /// <summary>Why it is suggested; of a node that the project is on, what still speaks for it.</summary>
    public required IReadOnlyList<NodeReason> Reasons { get; init; }
}

/// <summary>The nodes of a project.</summary>
public sealed record ProjectNodeList
{
    public required IReadOnlyList<ProjectNode> Items { get; init; }

    /// <summary>Nodes that it might be on. Nobody is put anywhere but by a person.</summary>
    public required IReadOnlyList<ProjectNode> Suggestions { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
}

/// <summary>Which nodes of chains a project is on (R133): suggested by its class, confirmed by its unit or the centre.</summary>
public static class ProjectNodes
{
    public sealed record Request
    {
        public string? NodeId { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.NodeId).Required().RecordId();
    }

    public static Task<IResult> Read(string id, Call call) =>
        call.Read<IResult>(async session =>
            await LoadProject.For(session, call.Caller, id) is { } project
            && Permissions.Allows(call.Caller, Act.ReadFits, project.RelationOf(call.Caller))
                ? await Told(session, call.Caller, project)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Join(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var loaded = await LoadProject.ForWrite(session, settle, call.Caller, id, Act.JoinChains);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var project = loaded.Value;
            if (ProjectActs.RefuseEdit(project.Acted()) is { } ended)
                return ended;
            await session.Lock(LockName.Resources);
            var node = await session.One<ChainNodeRow>(
                $"{ChainNodeRow.Select} WHERE n.id = @node",
                new { node = body.Value!.NodeId! }
            );
            if (node is null)
                return Refusal.Invalid(new FieldError("nodeId", "unknown-node"));
            if ((await session.Query<string>(SelectJoined, new { id })).Contains(node.Id))
                return new Refusal(RefusalKind.Conflict, "on-node", node.Name);
            await Store(session, call.Caller, project, node, await ruleBooks.Current(session));
            return await Told(session, call.Caller, project, 201);
        });
    }

    internal static async Task Store(Session session, Caller by, ProjectRow project, ChainNodeRow node, RuleSet rules)
    {
        await session.Execute(
            Insert,
            new
            {
                node = node.Id,
                id = project.Id,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );
        Tell(session, project, by, EntryKind.ChainJoined, node);
        if (ChainNodes.HasLanded(project.At, rules))
            await ChainNodes.TurnOnLanding(session, project.Id);
        await StoreProject.Touch(session, project.Id, publicly: false);
    }

    public static Task<IResult> Leave(string id, string nodeId, Call call, SettleClaims settle) =>
        call.Write(async session =>
        {
            var loaded = await LoadProject.ForWrite(session, settle, call.Caller, id, Act.JoinChains);
            if (loaded.Refusal is { } refusal)
                return refusal;
            await session.Lock(LockName.Resources);
            var project = loaded.Value;
            if (
                !Ids.IsWellFormed(nodeId)
                || !(await session.Query<string>(SelectJoined, new { id })).Contains(nodeId)
                || await session.One<ChainNodeRow>($"{ChainNodeRow.Select} WHERE n.id = @nodeId", new { nodeId })
                    is not { } node
            )
                return Refusal.NotFound;
            if (ETags.Check(call.Request, project.Version) is { } stale)
                return stale;
            await session.ExecuteOnOne(Delete, new { nodeId, id });
            Tell(session, project, call.Caller, EntryKind.ChainLeft, node);
            await StoreProject.Touch(session, id, publicly: false);
            return await Told(session, call.Caller, project);
        });

    private static void Tell(Session session, ProjectRow project, Caller caller, EntryKind kind, ChainNodeRow node) =>
        Timeline.Add(
            session,
            project.Id,
            kind,
            caller,
            project.OwnerId,
            after: new { chainName = node.ChainName, nodeName = node.Name }
        );

    private static async Task<Reply> Told(Session session, Caller caller, ProjectRow project, int status = 200)
    {
        var body = project.Body();
        var joined = (await session.Query<string>(SelectJoined, new { id = project.Id })).ToHashSet(
            StringComparer.Ordinal
        );
        var nodes = (
            await session.Query<ChainNodeRow>($"{ChainNodeRow.Select} WHERE c.active = 1 ORDER BY c.name, n.place")
        )
            .Select(node =>
                (Row: node, Reasons: ChainRules.Suggest(body.IndustryCode, body.Chain, node.ChainName, node.ClassList))
            )
            .ToList();
        static ProjectNode View((ChainNodeRow Row, IReadOnlyList<NodeReason> Reasons) each) =>
            new()
            {
                Id = each.Row.Id,
                Name = each.Row.Name,
                Position = Slug.To<NodePosition>(each.Row.Position),
                State = Slug.To<NodeState>(each.Row.State),
                ChainId = each.Row.ChainId,
                ChainName = each.Row.ChainName,
                Reasons = each.Reasons,
            };
        var may =
            Permissions.Allows(caller, Act.JoinChains, project.RelationOf(caller))
            && ProjectActs.RefuseEdit(project.Acted()) is null;
        return Reply.Plain(
            new ProjectNodeList
            {
                Items = [.. nodes.Where(each => joined.Contains(each.Row.Id)).Select(View)],
                Suggestions =
                [
                    .. nodes
                        .Where(each => each.Reasons.Count > 0 && !joined.Contains(each.Row.Id))
                        .OrderByDescending(each => each.Reasons.Count)
                        .Select(View),
                ],
                AllowedActions = may ? ["join", "leave"] : [],
            },
            status
        );
    }

    private const string SelectJoined = "SELECT node_id FROM chain_projects WHERE project_id = @id";
    private const string Insert = """
        INSERT INTO chain_projects (node_id, project_id, confirmed_by, confirmed_by_name, confirmed_at)
        VALUES (@node, @id, @by, @byName, @now)
        """;
    private const string Delete = "DELETE FROM chain_projects WHERE node_id = @nodeId AND project_id = @id";
}
