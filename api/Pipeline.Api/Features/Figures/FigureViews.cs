using System.Text.Json.Serialization;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Figures;

/// <summary>Groups of units that are ranked among themselves (R116).</summary>
public enum UnitGroup
{
    /// <summary>Counties, districts and county-level cities.</summary>
    Counties,

    /// <summary>Development zones.</summary>
    Zones,

    /// <summary>Out-posted offices.</summary>
    Offices,
}

/// <summary>The target that a figure is held against.</summary>
public sealed record FigureTarget(decimal Value, bool Binding, long Version);

/// <summary>One figure. What is not known is null, never 0.</summary>
public sealed record FigureView
{
    /// <summary>Absent: the city, or a figure by something else.</summary>
    public UnitRef? Unit { get; init; }

    /// <summary>The month, the division of industries or the chain, where figures are told apart by it; null where that is not known.</summary>
    public string? Of { get; init; }
    public required string Indicator { get; init; }
    public required string Period { get; init; }

    /// <summary>What the period comes to, adjustments included.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal? Value { get; init; }

    /// <summary>The year to the end of the period.</summary>
    public decimal? Cumulative { get; init; }
    public FigureTarget? Target { get; init; }

    /// <summary>Cumulative by target; of what should be little target by cumulative. A decimal text of up to six places.</summary>
    public string? Completion { get; init; }

    /// <summary>Completion less the part of the year that is over.</summary>
    public string? Pace { get; init; }

    /// <summary>Growth on the same time of the year before.</summary>
    public string? YearOnYear { get; init; }

    /// <summary>What of the value belongs to another period (R107).</summary>
    public decimal? Adjusting { get; init; }

    /// <summary>Among the units of the group, by completion; absent without a target.</summary>
    public int? Rank { get; init; }

    /// <summary>How many places it went up or, below 0, down since the last closed month of the year; while none is closed, in the last month that is over.</summary>
    public int? Movement { get; init; }

    /// <summary>Facts that are left out of an amount as theirs is not known; of stated figures months that nobody stated.</summary>
    public int? Unknown { get; init; }

    /// <summary>Facts of which nobody can say whether they count.</summary>
    public int? Undecided { get; init; }

    /// <summary>By brackets, beside the whole; never added.</summary>
    public IReadOnlyList<decimal>? Brackets { get; init; }

    /// <summary>Where the figure opens to what it is made of.</summary>
    public string? Explain { get; init; }

    public static FigureView From(FigureCell cell, string indicator, string period) =>
        new()
        {
            Indicator = indicator,
            Period = period,
            Value = Millionths.Told(cell.Value),
            Cumulative = Millionths.Told(cell.Cumulative),
            Target = cell.Target is { } target ? new FigureTarget(target.Value, target.Binding, target.Version) : null,
            Completion = Ratios.Text(cell.Completion),
            Pace = Ratios.Text(cell.Pace),
            YearOnYear = Ratios.Text(cell.YearOnYear),
            Adjusting = cell.Adjusting is 0 ? null : Millionths.Told(cell.Adjusting),
            Unknown = cell.Unknown == 0 ? null : cell.Unknown,
            Undecided = cell.Undecided == 0 ? null : cell.Undecided,
        };
}

/// <summary>By how much the units together exceed the city, which counts each project once (R47).</summary>
public sealed record DoubleCount(string Indicator, decimal Value);

/// <summary>An indicator as tables show it.</summary>
public sealed record FigureIndicator
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public required IndicatorUnit Unit { get; init; }
    public required Direction Direction { get; init; }

    public static FigureIndicator Of(IndicatorDefinition definition) =>
        new()
        {
            Id = definition.Id,
            Name = definition.Name,
            NameEn = definition.NameEn,
            Unit = definition.Unit,
            Direction = definition.Direction,
        };
}

/// <summary>Figures of a period.</summary>
public sealed record FigurePage
{
    public required string Period { get; init; }

    /// <summary>How many months of the year are over, up to the end of the period: what pace is held against.</summary>
    public required int MonthsOver { get; init; }
    public required IReadOnlyList<FigureIndicator> Indicators { get; init; }
    public required IReadOnlyList<FigureView> Items { get; init; }

    /// <summary>The city's figures, for those who read the whole city.</summary>
    public IReadOnlyList<FigureView>? City { get; init; }
    public IReadOnlyList<DoubleCount>? DoubleCounted { get; init; }

    /// <summary>The snapshot that the figures are read from; absent while the period is open (R108).</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Secret projects that are not open to the caller are not counted.</summary>
    public required bool WithoutSecret { get; init; }

    /// <summary>Facts of an older library are still being taken up, so that figures are not complete.</summary>
    public required bool Incomplete { get; init; }

    /// <summary>What the daily proof that the books balance found last; absent: none yet, or the period is closed.</summary>
    public ProofView? Proof { get; init; }
}

/// <summary>A league table.</summary>
public sealed record BoardView
{
    public required string Period { get; init; }
    public required int MonthsOver { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public UnitGroup? Group { get; init; }

    /// <summary>The indicator by which the units stand in order; absent where none has a figure.</summary>
    public string? Indicator { get; init; }
    public required IReadOnlyList<FigureIndicator> Indicators { get; init; }
    public required IReadOnlyList<BoardRow> Items { get; init; }
    public BoardRow? City { get; init; }
    public IReadOnlyList<DoubleCount>? DoubleCounted { get; init; }

    /// <summary>The snapshot that the table is read from; absent while the period is open (R108).</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Secret projects that are not open to the caller are not counted.</summary>
    public required bool WithoutSecret { get; init; }
    public required bool Incomplete { get; init; }

    /// <summary>What the daily proof that the books balance found last; absent: none yet, or the period is closed.</summary>
    public ProofView? Proof { get; init; }
}

/// <summary>A unit's row of a league table, with a figure by indicator in their order.</summary>
public sealed record BoardRow
{
    /// <summary>Absent: the city.</summary>
    public UnitRef? Unit { get; init; }

    /// <summary>By the indicator of the table; units that share a rank follow each other.</summary>
    public int? Rank { get; init; }
    public int? Movement { get; init; }
    public required IReadOnlyList<FigureView> Figures { get; init; }
}
