using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Chains;
using Pipeline.Domain.Libraries;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Store.Chains;
using Pipeline.Store.Libraries;

namespace Pipeline.Api.Features.Chains;

/// <summary>The nodes of a chain.</summary>
public sealed record ChainNodeList
{
    public required IReadOnlyList<NodeView> Items { get; init; }

    /// <summary>The version of the chain, which putting its nodes asks for.</summary>
    public required long Version { get; init; }
}

/// <summary>Chains as a caller may know them: of the projects on them those that are open to it.</summary>
public static class ReadChains
{
    public static async Task<IResult> List(Call call, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var overdue = query.FlagOrNull("overdue");
        var active = query.FlagOrNull("active");
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<ChainRow>($"{ChainRow.Select} ORDER BY c.name");
            var nodes = await ChainNodes.Of(
                session,
                call.Caller,
                [.. rows.Select(row => row.Id)],
                await ruleBooks.Current(session)
            );
            return Reply.Plain(
                new Page<ChainView>
                {
                    Items =
                    [
                        .. rows.Select(row => row.View(call.Caller, [.. nodes[row.Id]], session.Today))
                            .Where(view =>
                                (overdue is null || view.ReviewOverdue == overdue)
                                && (active is null || view.Active == active)
                            ),
                    ],
                }
            );
        });
    }

    public static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session => await Told(session, call.Caller, ruleBooks, id));

    internal static async Task<Reply> Told(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        string id,
        int status = 200
    )
    {
        if (await ChainRow.ById(session, id) is not { } row)
            return Refusal.NotFound;
        var nodes = (await ChainNodes.Of(session, caller, [id], await ruleBooks.Current(session)))[id];
        return Reply.Resource(
            row.View(caller, [.. nodes], session.Today, await ChainRow.Reviews(session, id)),
            row.Version,
            status,
            status == 201 ? $"/api/v1/chains/{id}" : null
        );
    }

    public static Task<IResult> Nodes(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session => await ToldNodes(session, call.Caller, ruleBooks, id));

    internal static async Task<Reply> ToldNodes(Session session, Caller caller, RuleBooks ruleBooks, string id)
    {
        if (await ChainRow.ById(session, id) is not { } row)
            return Refusal.NotFound;
        var nodes = (await ChainNodes.Of(session, caller, [id], await ruleBooks.Current(session)))[id];
        return Reply.Resource(new ChainNodeList { Items = [.. nodes], Version = row.Version }, row.Version);
    }
}

/// <summary>An enterprise that is sought for a chain.</summary>
public sealed record ChainTarget(string Id, string Name, TargetState? State, UnitRef? Keeper);

/// <summary>What a chain lacks at a node.</summary>
public sealed record ChainGap
{
    public required NodeView Node { get; init; }

    /// <summary>Projects in talks or signed of a class of the node that are on none of its: the caller's own, or all that are open to it. A person decides.</summary>
    public required IReadOnlyList<ChainProject> Projects { get; init; }

    /// <summary>Target enterprises of the libraries that are sought for the chain and tagged with the node's name, those that the caller may know.</summary>
    public required IReadOnlyList<ChainTarget> Targets { get; init; }
}

/// <summary>The gaps of a chain.</summary>
public sealed record ChainGapList
{
    public required IReadOnlyList<ChainGap> Items { get; init; }

    /// <summary>Whether there were more projects than were looked at.</summary>
    public required bool Incomplete { get; init; }
}

/// <summary>The nodes of a chain that are not strong, and those without a landed project, with what might fill them (R133).</summary>
public static class ReadGaps
{
    public static Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            if (await ChainRow.ById(session, id) is not { } chain)
                return (Reply)Refusal.NotFound;
            var rules = await ruleBooks.Current(session);
            var targets = await TargetsOf(session, call.Caller, chain.Name);
            var nodes = (await ChainNodes.Of(session, call.Caller, [id], rules))[id];
            var (candidates, incomplete) = call.Has(Act.ReadFits)
                ? await CandidateProjects.Latest(session, call.Caller)
                : ([], false);
            var classed = candidates.Select(one => (One: one, Class: one.Body.IndustryCode)).ToList();
            return Reply.Plain(
                new ChainGapList
                {
                    Items =
                    [
                        .. nodes
                            .Where(node => node.State != NodeState.Strong || node.Landed == 0)
                            .Select(node => new ChainGap
                            {
                                Node = node,
                                Projects =
                                [
                                    .. classed
                                        .Where(each =>
                                            ChainRules.HasClass(each.Class, node.IndustryClasses)
                                            && node.Projects.All(on => on.Id != each.One.Id)
                                        )
                                        .Select(each => Told(each.One, rules)),
                                ],
                                Targets =
                                [
                                    .. targets
                                        .Where(target => Json.Read<List<string>>(target.Tags).Contains(node.Name))
                                        .Select(target => new ChainTarget(
                                            target.Id,
                                            target.Name,
                                            Json.Read<TargetEnterpriseDetails>(target.Details).State,
                                            target.KeeperId is null
                                                ? null
                                                : new UnitRef(target.KeeperId, target.KeeperName!)
                                        )),
                                ],
                            }),
                    ],
                    Incomplete = incomplete,
                }
            );
        });

    /// <summary>The enterprises that are sought for a chain and open to the caller.</summary>
    private static async Task<List<LibraryRow>> TargetsOf(Session session, Caller caller, string chain) =>
        [
            .. (
                await session.Query<LibraryRow>(
                    $"SELECT {LibraryRow.Columns} {LibraryRow.From} WHERE e.library = 'target-enterprises' AND e.chain = @chain AND e.retired_at IS NULL ORDER BY e.seq",
                    new { chain }
                )
            ).Where(row => Permissions.Allows(caller, Act.ReadLibraries, row.RelationOf(caller))),
        ];

    private static ChainProject Told(CandidateProject one, RuleSet rules)
    {
        var stage = Slug.To<Stage>(one.Stage);
        return new ChainProject(
            one.Id,
            one.Code,
            one.Name,
            new UnitRef(one.OwnerId, one.OwnerName),
            stage,
            ChainNodes.HasLanded(stage, rules)
        );
    }
}
