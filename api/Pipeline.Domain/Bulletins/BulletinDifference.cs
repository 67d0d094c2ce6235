using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;

namespace Pipeline.Domain.Bulletins;

/// <summary>Why a figure of one bulletin differs from that of an earlier one (regime §15.5).</summary>
public enum DifferenceCause
{
    /// <summary>A fact of the time since.</summary>
    New,

    /// <summary>A fact of the time that the earlier one told, booked later (R107).</summary>
    Adjusting,

    /// <summary>A fact that was taken back.</summary>
    Reversed,
}

/// <summary>What makes a unit's, or the city's, figure of the year so far differ between two bulletins.</summary>
/// <param name="Before">The year so far in the earlier one; null where it did not know it.</param>
/// <param name="Change">After less before; null where either is not known.</param>
/// <param name="ByCause">What the facts between them come to, by cause; empty where values are stated or a ratio, which facts do not add up to.</param>
/// <param name="Rule">What no fact explains: a definition, a division between units or what is counted at all changed; null where that is not known.</param>
public sealed record FigureDifference(
    decimal? Before,
    decimal? After,
    decimal? Change,
    IReadOnlyDictionary<DifferenceCause, decimal> ByCause,
    decimal? Rule
)
{
    /// <summary>Why a row of the ledger is in the later bulletin and not in the earlier one.</summary>
    /// <param name="last">The last period of the books that the earlier one told.</param>
    public static DifferenceCause CauseOf(LedgerRow row, string last) =>
        row.Sign < 0 ? DifferenceCause.Reversed
        : row.BelongsTo is { } month && string.CompareOrdinal(month, last) <= 0 ? DifferenceCause.Adjusting
        : DifferenceCause.New;

    /// <summary>The difference of a figure.</summary>
    /// <param name="byCause">What the rows come to, by cause; null where facts do not add up to it.</param>
    public static FigureDifference Of(
        FigureCell? before,
        FigureCell? after,
        IReadOnlyDictionary<DifferenceCause, decimal>? byCause
    )
    {
        var change = after?.Cumulative - before?.Cumulative;
        return new FigureDifference(
            before?.Cumulative,
            after?.Cumulative,
            change,
            byCause ?? new Dictionary<DifferenceCause, decimal>(),
            byCause is null ? null : change - byCause.Values.Sum()
        );
    }
}
