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
    public sealed record Request
    {
        public IReadOnlyList<NodeBody>? Nodes { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Nodes).NotNull().Coded("required");
            RuleFor(request => request.Nodes).AtMost(StoreNode.MostNodes);
            RuleForEach(request => request.Nodes)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .SetValidator(Validation.Of<NodeBodyRules>());
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
                await StoreNode.Remove(session, gone);
            foreach (var (place, node) in nodes.Index())
                await StoreNode.Put(session, id, place, node);
            await StoreNode.Touch(session, row);
            return await ReadChains.ToldNodes(session, caller, ruleBooks, id);
        });
    }
}
