using FluentValidation;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Chains;

namespace Pipeline.Store.Chains;

/// <summary>A node of a chain (R133).</summary>
public sealed record NodeBody
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

public sealed class NodeBodyRules : AbstractValidator<NodeBody>
{
    public NodeBodyRules()
    {
        RuleFor(each => each.Id).RecordId();
        RuleFor(each => each.Position).NotNull().Coded("required");
        RuleFor(each => each.Name).Required().Line(100);
        RuleFor(each => each.State).NotNull().Coded("required");
        RuleFor(each => each.IndustryClasses).AtMost(40);
        RuleForEach(each => each.IndustryClasses)
            .Cascade(CascadeMode.Continue)
            .Must(code => code is { Length: >= 2 and <= 4 } && code.All(char.IsAsciiDigit))
            .Coded("industry-digits");
        RuleFor(each => each.Note).Text(2000);
    }
}

/// <summary>Puts nodes of chains on record, and changes them (R133). The caller holds the lock of the resources.</summary>
public static class StoreNode
{
    /// <summary>So many nodes may a chain have.</summary>
    public const int MostNodes = 100;

    /// <summary>The facts of a node as they were stated.</summary>
    public static NodeBody FactsOf(ChainNodeRow row) =>
        new()
        {
            Id = row.Id,
            Position = Slug.To<NodePosition>(row.Position),
            Name = row.Name,
            State = Slug.To<NodeState>(row.State),
            IndustryClasses = row.ClassList,
            Note = row.Note,
        };

    /// <summary>Stores a node that was checked, a new one where it has no id.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> Put(Session session, string chainId, int place, NodeBody node)
    {
        var id = node.Id ?? Ids.New();
        await session.Execute(
            node.Id is null ? Insert : Update,
            new
            {
                node = id,
                id = chainId,
                place,
                position = Slug.Of(node.Position!.Value),
                name = node.Name!.Trim(),
                state = Slug.Of(node.State!.Value),
                classes = node.IndustryClasses is { Count: > 0 } classes ? Json.Write(classes) : null,
                note = Texts.Trimmed(node.Note),
            }
        );
        return id;
    }

    /// <summary>Takes a node off its chain, and the projects off the node.</summary>
    public static Task Remove(Session session, string node) => session.Execute(Delete, new { node });

    /// <summary>Marks a chain as changed.</summary>
    public static Task Touch(Session session, ChainRow chain) =>
        session.ExecuteOnOne(
            Mark,
            new
            {
                id = chain.Id,
                now = session.Now,
                version = chain.Version,
            }
        );

    private const string Insert = """
        INSERT INTO chain_nodes (id, chain_id, position, place, name, state, classes, note)
        VALUES (@node, @id, @position, @place, @name, @state, @classes, @note)
        """;

    private const string Update = """
        UPDATE chain_nodes SET position = @position, place = @place, name = @name, state = @state, classes = @classes, note = @note
        WHERE id = @node AND chain_id = @id
        """;
    private const string Delete =
        "DELETE FROM chain_projects WHERE node_id = @node; DELETE FROM chain_nodes WHERE id = @node";
    private const string Mark =
        "UPDATE chains SET version = version + 1, updated_at = @now WHERE id = @id AND version = @version";
}
