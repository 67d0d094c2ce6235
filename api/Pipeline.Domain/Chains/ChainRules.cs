namespace Pipeline.Domain.Chains;

/// <summary>Where a node stands in a chain (R133).</summary>
public enum NodePosition
{
    Up,
    Mid,
    Down,
}

/// <summary>How well the city has a node of a chain.</summary>
public enum NodeState
{
    Strong,
    Weak,
    Missing,

    /// <summary>Everybody depends on a few abroad for it.</summary>
    Choke,
}

/// <summary>Why a node is suggested for a project.</summary>
public enum NodeReason
{
    /// <summary>The project's class is one of the node's.</summary>
    Class,

    /// <summary>The project names the chain.</summary>
    Chain,
}

/// <summary>Industry chains (产业链): nodes, coverage, reviews, and which projects may belong to a node (R133).</summary>
public static class ChainRules
{
    /// <summary>The part of the nodes that has a landed project; null: there is no node.</summary>
    public static decimal? Coverage(int covered, int nodes) => nodes == 0 ? null : (decimal)covered / nodes;

    /// <summary>What becomes of a node when a project lands there: a missing one turns weak.</summary>
    public static NodeState AfterLanding(NodeState state) => state == NodeState.Missing ? NodeState.Weak : state;

    /// <summary>The day by which a chain is to be reviewed: the end of the quarter after that of its last review; one that never was, by the end of the quarter in which it was drawn up.</summary>
    public static DateOnly ReviewDueOn(DateOnly drawnUp, DateOnly? lastReview) =>
        lastReview is { } on ? EndOfQuarter(EndOfQuarter(on).AddDays(1)) : EndOfQuarter(drawnUp);

    /// <summary>Why a node may be one of a project's; empty: nothing speaks for it. Nobody's class is guessed.</summary>
    /// <param name="nodeClasses">The node's classes, by their first digits.</param>
    public static IReadOnlyList<NodeReason> Suggest(
        string? industryCode,
        string? chainText,
        string chainName,
        IReadOnlyList<string> nodeClasses
    )
    {
        if (!HasClass(industryCode, nodeClasses))
            return [];
        return string.Equals(chainText?.Trim(), chainName, StringComparison.Ordinal)
            ? [NodeReason.Class, NodeReason.Chain]
            : [NodeReason.Class];
    }

    /// <summary>Whether a class is one of some that are told by their first digits.</summary>
    public static bool HasClass(string? industryCode, IReadOnlyList<string> classes) =>
        industryCode is { } code && classes.Any(each => code.StartsWith(each, StringComparison.Ordinal));

    private static DateOnly EndOfQuarter(DateOnly day)
    {
        var last = ((day.Month - 1) / 3 * 3) + 3;
        return new DateOnly(day.Year, last, DateTime.DaysInMonth(day.Year, last));
    }
}
