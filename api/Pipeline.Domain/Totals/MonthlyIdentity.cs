using Pipeline.Domain.Credit;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Totals;

/// <summary>How a project came into the work of a unit, or left it (R95).</summary>
public enum FlowKind
{
    /// <summary>It stood there before flows were kept.</summary>
    Opening,

    /// <summary>It entered the library, or came back: reactivated, moved back.</summary>
    Entered,
    TransferredIn,
    TransferredOut,

    /// <summary>It reached the stage for which credit is given.</summary>
    Landed,

    /// <summary>It was terminated, for whatever reason.</summary>
    Removed,
}

/// <summary>One project in or out of what a unit works on, in a month.</summary>
/// <param name="Period">The month in which it was recorded (<c>YYYY-MM</c>); of an opening empty, before every month.</param>
public sealed record LibraryFlow(string Unit, FlowKind Kind, string Period)
{
    /// <summary>+1 in, −1 out.</summary>
    public int Delta => Kind is FlowKind.Opening or FlowKind.Entered or FlowKind.TransferredIn ? 1 : -1;
}

/// <summary>How many projects flowed in and out in a period; opening + entered + transferred in − transferred out − landed − removed = closing.</summary>
public sealed record IdentityRow(
    long Opening,
    long Entered,
    long TransferredIn,
    long TransferredOut,
    long Landed,
    long Removed
)
{
    /// <summary>What stands at the end.</summary>
    public long Closing => Opening + Entered + TransferredIn - TransferredOut - Landed - Removed;
}

/// <summary>The monthly identity of the library by unit (R95): a project counts for its owner from when it enters until it lands or is removed.</summary>
public static class MonthlyIdentity
{
    /// <summary>The unit that a project counts for; null: it has landed or ended.</summary>
    /// <param name="landsAt">The stage for which credit is given.</param>
    public static string? CountsFor(string owner, Stage stage, Stage landsAt) =>
        stage != Stage.Terminated && stage < landsAt ? owner : null;

    /// <summary>What flows when a project that counted for a unit (null: for none) stands so now.</summary>
    public static IReadOnlyList<LibraryFlow> Between(
        string? counted,
        string owner,
        Stage stage,
        Stage landsAt,
        string month
    )
    {
        var now = CountsFor(owner, stage, landsAt);
        if (counted == now)
            return [];
        if (counted is null)
            return [new LibraryFlow(now!, FlowKind.Entered, month)];
        var flows = new List<LibraryFlow>();

        // Where owner and stage change at once, it left the stage as the new owner's.
        if (counted != owner)
        {
            flows.Add(new LibraryFlow(counted, FlowKind.TransferredOut, month));
            flows.Add(new LibraryFlow(owner, FlowKind.TransferredIn, month));
        }

        if (now is null)
            flows.Add(new LibraryFlow(owner, stage == Stage.Terminated ? FlowKind.Removed : FlowKind.Landed, month));
        return flows;
    }

    /// <summary>The rows of a period by unit; its city is their sum.</summary>
    /// <param name="period">A month, quarter or year.</param>
    public static IReadOnlyDictionary<string, IdentityRow> Of(IEnumerable<LibraryFlow> flows, string period)
    {
        var (first, last) = Periods.Months(period)
            ?? throw new ArgumentException($"No period: {period}", nameof(period));
        return flows
            .Where(flow => string.CompareOrdinal(flow.Period, last) <= 0)
            .GroupBy(flow => flow.Unit)
            .ToDictionary(
                unit => unit.Key,
                unit =>
                {
                    long Within(FlowKind kind) =>
                        unit.Count(flow => flow.Kind == kind && string.CompareOrdinal(flow.Period, first) >= 0);
                    return new IdentityRow(
                        unit.Where(flow => string.CompareOrdinal(flow.Period, first) < 0).Sum(flow => flow.Delta),
                        Within(FlowKind.Entered),
                        Within(FlowKind.TransferredIn),
                        Within(FlowKind.TransferredOut),
                        Within(FlowKind.Landed),
                        Within(FlowKind.Removed)
                    );
                },
                StringComparer.Ordinal
            );
    }

    /// <summary>The sum of rows: what one unit gave to another stands in it as in and as out.</summary>
    public static IdentityRow Sum(IEnumerable<IdentityRow> rows) =>
        rows.Aggregate(new IdentityRow(0, 0, 0, 0, 0, 0), (sum, row) =>
            new IdentityRow(
                sum.Opening + row.Opening,
                sum.Entered + row.Entered,
                sum.TransferredIn + row.TransferredIn,
                sum.TransferredOut + row.TransferredOut,
                sum.Landed + row.Landed,
                sum.Removed + row.Removed
            )
        );
}
