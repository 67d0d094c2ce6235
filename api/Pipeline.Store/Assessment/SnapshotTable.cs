using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;

namespace Pipeline.Store.Assessment;

/// <summary>Which projects a snapshot's figures take in.</summary>
public enum SnapshotScope
{
    /// <summary>All.</summary>
    Whole,

    /// <summary>All that were not secret when the period was closed.</summary>
    Open,
}

/// <summary>A unit as it was when a period was closed.</summary>
public sealed record SnapshotUnit(string Id, string Code, string Name, JurisdictionKind Kind);

/// <summary>A figure as it was when its period was closed.</summary>
public sealed record SnapshotCell
{
    public decimal? Value { get; init; }
    public decimal? Cumulative { get; init; }
    public SnapshotTarget? Target { get; init; }
    public decimal? Completion { get; init; }
    public decimal? Pace { get; init; }
    public decimal? Previous { get; init; }
    public decimal? YearOnYear { get; init; }
    public decimal? Adjusting { get; init; }
    public int Unknown { get; init; }
    public int Undecided { get; init; }

    /// <summary>The same of the year to the end of the period; null in snapshots that did not keep it.</summary>
    public int? UncertainToDate { get; init; }

    /// <summary>Among the units of its group (R116).</summary>
    public int? Rank { get; init; }

    /// <summary>How many there are in each bracket.</summary>
    public IReadOnlyList<decimal>? Brackets { get; init; }

    public static SnapshotCell Of(FigureCell cell) =>
        new()
        {
            Value = cell.Value,
            Cumulative = cell.Cumulative,
            Target = cell.Target is { } target
                ? new SnapshotTarget(target.Value, target.Binding, target.Version)
                : null,
            Completion = cell.Completion,
            Pace = cell.Pace,
            Previous = cell.Previous,
            YearOnYear = cell.YearOnYear,
            Adjusting = cell.Adjusting,
            Unknown = cell.Unknown,
            Undecided = cell.Undecided,
            UncertainToDate = cell.UncertainToDate,
        };

    public FigureCell Cell(string indicator, string? unit) =>
        new(
            Value,
            Cumulative,
            Target is { } target ? new Target(indicator, unit, target.Value, target.Binding, target.Version) : null,
            Completion,
            Pace,
            Previous,
            YearOnYear,
            Adjusting,
            Unknown,
            Undecided
        )
        {
            // Where it was not kept, at least what was uncertain in the period itself.
            UncertainToDate = UncertainToDate ?? Unknown + Undecided,
        };
}

/// <summary>The target that a figure was held against.</summary>
public sealed record SnapshotTarget(decimal Value, bool Binding, long Version);

/// <summary>An indicator's figures as they were when their period was closed, with its definition of then.</summary>
public sealed record SnapshotIndicator
{
    public required IndicatorBody Definition { get; init; }
    public required IReadOnlyDictionary<string, SnapshotCell> Units { get; init; }
    public required SnapshotCell City { get; init; }
    public decimal? DoubleCounted { get; init; }

    /// <summary>As it is kept.</summary>
    /// <param name="groups">The units by the groups in which they are ranked.</param>
    public static SnapshotIndicator Of(FigureTable table, IReadOnlyList<IReadOnlyList<string>> groups)
    {
        var ranks = groups
            .SelectMany(group => table.RanksOf(group))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        SnapshotCell Kept(FigureCell cell, Func<Tallies, Tally> of) =>
            SnapshotCell.Of(cell) with
            {
                Brackets =
                    table.Brackets.Count == 0
                        ? null
                        : [.. table.Brackets.Select(bracket => of(bracket.Tallies).Whole.Count)],
            };
        return new SnapshotIndicator
        {
            Definition = IndicatorBody.Of(table.Definition),
            Units = table
                .Units.OrderBy(unit => unit.Key, StringComparer.Ordinal)
                .ToDictionary(
                    unit => unit.Key,
                    unit =>
                        Kept(unit.Value, tallies => tallies.Of(unit.Key)) with
                        {
                            Rank = ranks.GetValueOrDefault(unit.Key),
                        },
                    StringComparer.Ordinal
                ),
            City = Kept(table.City, tallies => tallies.City),
            DoubleCounted = table.DoubleCounted,
        };
    }

    /// <summary>As figures are told.</summary>
    /// <param name="own">What replaces the cell of a unit that reads its own secret projects.</param>
    public FigureTable Table(string? unit = null, SnapshotIndicator? own = null)
    {
        var definition = Definition.Definition();
        var cells =
            unit is not null && own?.Units.GetValueOrDefault(unit) is { } mine
                ? new Dictionary<string, SnapshotCell>(Units, StringComparer.Ordinal) { [unit] = mine }
                : Units;
        var limits = definition.Brackets?.Limits ?? [];
        static Tally Counted(IReadOnlyList<decimal>? brackets, int at) =>
            brackets is not null && at < brackets.Count
                ? Tally.Nothing with
                {
                    Whole = Figure.Zero with { Count = brackets[at] },
                }
                : Tally.Nothing;
        return new FigureTable(
            definition,
            cells.ToDictionary(
                cell => cell.Key,
                cell => cell.Value.Cell(definition.Id, cell.Key),
                StringComparer.Ordinal
            ),
            City.Cell(definition.Id, null),
            DoubleCounted
        )
        {
            Brackets =
            [
                .. limits.Select(
                    (limit, at) =>
                        (
                            limit,
                            new Tallies(
                                cells.ToDictionary(
                                    cell => cell.Key,
                                    cell => Counted(cell.Value.Brackets, at),
                                    StringComparer.Ordinal
                                ),
                                Tally.Nothing,
                                Counted(City.Brackets, at)
                            )
                        )
                ),
            ],
        };
    }
}

/// <summary>All figures of a period as they were when it was closed (R108), as they are kept.</summary>
public sealed record SnapshotTable
{
    public required string Period { get; init; }
    public required IReadOnlyList<SnapshotUnit> Units { get; init; }
    public required IReadOnlyList<SnapshotIndicator> Indicators { get; init; }
}

/// <summary>What beside the ledger a snapshot's figures were made from.</summary>
public sealed record SnapshotBasis
{
    /// <summary>How many rows of the ledger are booked in the period.</summary>
    public required int Facts { get; init; }

    /// <summary>The projects with facts that were secret then.</summary>
    public required IReadOnlyList<string> Secret { get; init; }

    /// <summary>The rows of signings whose notice was late or missing, as the centre judged it then (R32).</summary>
    public required IReadOnlyList<long> Late { get; init; }

    /// <summary>The agreements as they divided then (R46).</summary>
    public required IReadOnlyList<SnapshotAgreement> Agreements { get; init; }
}

/// <summary>An agreement as it divided when a period was closed.</summary>
public sealed record SnapshotAgreement
{
    public required string Id { get; init; }
    public required IReadOnlyList<SnapshotShare> Shares { get; init; }
    public required IReadOnlyList<string> Indicators { get; init; }
    public DateOnly? Until { get; init; }

    public static SnapshotAgreement Of(AgreedShares agreed) =>
        new()
        {
            Id = agreed.Id,
            Shares = [.. agreed.Shares.Select(share => new SnapshotShare(share.UnitId, share.Bp))],
            Indicators = agreed.Indicators,
            Until = agreed.Until,
        };

    public AgreedShares Agreed() => new(Id, [.. Shares.Select(share => (share.UnitId, share.Bp))], Indicators, Until);
}

/// <summary>A unit's share in basis points.</summary>
public sealed record SnapshotShare(string UnitId, int Bp);
