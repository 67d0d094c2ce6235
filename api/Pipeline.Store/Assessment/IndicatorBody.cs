using Pipeline.Domain.Assessment;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Assessment;

/// <summary>Brackets as they are posted.</summary>
public sealed record BracketsBody
{
    public IReadOnlyList<Threshold>? Limits { get; init; }

    /// <summary>Without it `nested`.</summary>
    public BracketMode? Mode { get; init; }
}

/// <summary>An indicator as it is posted and edited.</summary>
public sealed record IndicatorBody
{
    /// <summary>Lower-case letters, digits and hyphens; never changes.</summary>
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? NameEn { get; init; }
    public IndicatorUnit? Unit { get; init; }
    public IndicatorSource? Source { get; init; }

    /// <summary>Which facts count, in the grammar of filters: `kind = signed and amount >= 10亿 and manufacturing`. Absent where values are stated.</summary>
    public string? Filter { get; init; }
    public IndicatorAggregate? Aggregate { get; init; }

    /// <summary>Of a ratio: which facts make up the part.</summary>
    public string? Part { get; init; }

    /// <summary>Of a ratio: whether facts are counted or their amounts added.</summary>
    public IndicatorAggregate? PartBy { get; init; }
    public RatioView? View { get; init; }
    public Direction? Direction { get; init; }
    public BracketsBody? Brackets { get; init; }

    /// <summary>As it is counted.</summary>
    public IndicatorDefinition Definition() =>
        new()
        {
            Id = Id!,
            Name = Name!.Trim(),
            NameEn = Texts.Trimmed(NameEn),
            Unit = Unit!.Value,
            Source = Source!.Value,
            Filter = Texts.Trimmed(Filter),
            Aggregate = Aggregate ?? IndicatorAggregate.Count,
            Part = Texts.Trimmed(Part),
            PartBy = PartBy ?? IndicatorAggregate.Count,
            View = View ?? RatioView.Period,
            Direction = Direction ?? Domain.Assessment.Direction.Up,
            Brackets = Brackets is { } brackets
                ? new IndicatorBrackets(brackets.Limits!, brackets.Mode ?? BracketMode.Nested)
                : null,
        };

    /// <summary>As it is posted.</summary>
    public static IndicatorBody Of(IndicatorDefinition definition) =>
        new()
        {
            Id = definition.Id,
            Name = definition.Name,
            NameEn = definition.NameEn,
            Unit = definition.Unit,
            Source = definition.Source,
            Filter = definition.Filter,
            Aggregate = definition.Aggregate,
            Part = definition.Part,
            PartBy = definition.PartBy,
            View = definition.View,
            Direction = definition.Direction,
            Brackets = definition.Brackets is { } brackets
                ? new BracketsBody { Limits = brackets.Limits, Mode = brackets.Mode }
                : null,
        };
}
