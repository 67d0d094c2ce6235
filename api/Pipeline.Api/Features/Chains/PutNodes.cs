using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Chains;
using Pipeline.Store.Chains;

namespace Pipeline.Api.Features.Chains;

/// <summary>Puts the nodes of a chain in place of those that were there (R133): the department in charge, or a coordinator.</summary>
public static class PutNodes
{
    public const int MostNodes = 100;

    public sealed record Node
    {
        /// <summary>Of a node that is there: its id, by which it keeps its projects.</summary>
        public string? Id { get; init; }
        public NodePosition? Position { get; init; }
        public string? Name { get; init; }
        public NodeState? State { get; init; }

        /// <summary>Classes of industry, by their first two to four digits.</summary>
        public IReadOnlyList<string>? IndustryClasses { get; init; }
        public string? Note { get; init; }
    }

    public sealed record Request
    {
        public IReadOnlyList<Node>? Nodes { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Nodes).NotNull().Coded("required");
            RuleFor(request => request.Nodes).AtMost(MostNodes);
            RuleForEach(request => request.Nodes)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(node =>
                {
                    node.RuleFor(each => each.Id).RecordId();
                    node.RuleFor(each => each.Position).NotNull().Coded("required");
                    node.RuleFor(each => each.Name).Required().Line(100);
                    node.RuleFor(each => each.State).NotNull().Coded("required");
                    node.RuleFor(each => each.IndustryClasses).AtMost(40);
                    node.RuleForEach(each => each.IndustryClasses)
                        .Cascade(CascadeMode.Continue)
                        .Must(code => code is { Length: >= 2 and <= 4 } && code.All(char.IsAsciiDigit))
                        .Coded("industry-digits");
                    node.RuleFor(each => each.Note).Text(2000);
                });
        }
    }

    public static async Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            await session.Lock(LockName.Resources);
            if (await ChainRow.ById(session, id) is not { } row)
                return Refusal.NotFound;
            if (!Permissions.Allows(caller, Act.TendChains, row.RelationOf(caller)))
                return Refusal.Forbidden;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            var nodes = body.Value!.Nodes!;
            var known = (
                await session.Query<ChainNodeRow>($"{ChainNodeRow.Select} WHERE n.chain_id = @id", new { id })
            ).ToDictionary(node => node.Id, StringComparer.Ordinal);
            var kept = new HashSet<string>(StringComparer.Ordinal);
            List<FieldError> wrong =
            [
                .. nodes
                    .Index()
                    .Where(node => node.Item.Id is { } given && (!known.ContainsKey(given) || !kept.Add(given)))
                    .Select(node => new FieldError($"nodes[{node.Index}].id", "unknown-node")),
            ];
            if (wrong.Count > 0)
                return Refusal.Invalid([.. wrong]);
            session.Note(
                new AuditEntry("put-chain-nodes")
                {
                    SubjectKind = "chain",
                    SubjectId = id,
                    Changes = AuditEntry.Between(
                        Json.Node(
                            new
                            {
                                nodes = known.Values.Select(node => new
                                {
                                    node.Id,
                                    node.Name,
                                    node.State,
                                }),
                            }
                        ),
                        Json.Node(
                            new
                            {
                                nodes = nodes.Select(node => new
                                {
                                    node.Id,
                                    node.Name,
                                    node.State,
                                }),
                            }
                        )
                    ),
                }
            );
            foreach (var gone in known.Keys.Where(node => !kept.Contains(node)))
                await session.Execute(Delete, new { node = gone });
            foreach (var (place, node) in nodes.Index())
                await Store(session, id, place, node);
            await session.ExecuteOnOne(
                Touch,
                new
                {
                    id,
                    now = session.Now,
                    version = row.Version,
                }
            );
            return await ReadChains.ToldNodes(session, caller, ruleBooks, id);
        });
    }

    /// <summary>Stores a node that was checked, a new one where it has no id. The caller holds the lock.</summary>
    internal static Task Store(Session session, string chainId, int place, Node node) =>
        session.Execute(
            node.Id is null ? Insert : Update,
            new
            {
                node = node.Id ?? Ids.New(),
                id = chainId,
                place,
                position = Slug.Of(node.Position!.Value),
                name = node.Name!.Trim(),
                state = Slug.Of(node.State!.Value),
                classes = node.IndustryClasses is { Count: > 0 } classes ? Json.Write(classes) : null,
                note = string.IsNullOrWhiteSpace(node.Note) ? null : node.Note.Trim(),
            }
        );

    private const string Delete =
        "DELETE FROM chain_projects WHERE node_id = @node; DELETE FROM chain_nodes WHERE id = @node";
    private const string Insert = """
        INSERT INTO chain_nodes (id, chain_id, position, place, name, state, classes, note)
        VALUES (@node, @id, @position, @place, @name, @state, @classes, @note)
        """;
    private const string Update = """
        UPDATE chain_nodes SET position = @position, place = @place, name = @name, state = @state, classes = @classes, note = @note
        WHERE id = @node AND chain_id = @id
        """;
    private const string Touch =
        "UPDATE chains SET version = version + 1, updated_at = @now WHERE id = @id AND version = @version";
}
