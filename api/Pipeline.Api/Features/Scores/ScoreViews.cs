using Pipeline.Api.Http;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Scores;

/// <summary>An indicator's part in a score, with its numbers.</summary>
public sealed record ScoreTermView
{
    public required string Indicator { get; init; }
    public string? Name { get; init; }
    public string? NameEn { get; init; }

    /// <summary>The year to the end of the period; absent where it is not known.</summary>
    public decimal? Value { get; init; }
    public decimal? Target { get; init; }

    /// <summary>A decimal text of up to six places; absent where it cannot be told.</summary>
    public string? Completion { get; init; }

    /// <summary>The marks for each, and how many of the indicator's unit are one.</summary>
    public decimal? Each { get; init; }
    public decimal? Per { get; init; }

    /// <summary>How many count; of a shortfall how many are missing.</summary>
    public decimal? Counted { get; init; }

    /// <summary>Facts that are left out, or of which nobody can say whether they count; months that nobody stated.</summary>
    public int? Uncertain { get; init; }

    /// <summary>Where the figure opens to what it is made of.</summary>
    public required string Explain { get; init; }
}

/// <summary>A mark that a person gave.</summary>
public sealed record ScoreMarkView(decimal Mark, string Reason, PersonRef? GivenBy);

/// <summary>An item, a bonus or a deduction of a unit, scored.</summary>
public sealed record ScorePartView
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }

    /// <summary>The full mark of an item, the most of a bonus or a deduction.</summary>
    public required decimal Weight { get; init; }

    /// <summary>How it is scored.</summary>
    public required string Method { get; init; }

    /// <summary>At most six places; absent where it is not scored.</summary>
    public decimal? Score { get; init; }

    /// <summary>Why it is not scored.</summary>
    public NotScored? NotScored { get; init; }
    public required IReadOnlyList<ScoreTermView> Terms { get; init; }

    /// <summary>The least and the largest value of the group, where they are compared.</summary>
    public decimal? Least { get; init; }
    public decimal? Most { get; init; }

    /// <summary>How many facts, projects or units it leaves out as they are not known.</summary>
    public int? Unknown { get; init; }
    public ScoreMarkView? Mark { get; init; }
}

/// <summary>How a unit stands to the bars (R115).</summary>
public sealed record BarsView
{
    /// <summary>Overall completion of the binding targets, a decimal text of up to six places; absent where it is not known.</summary>
    public string? Overall { get; init; }

    /// <summary>Whether it is barred from "excellent"; absent where that is not known.</summary>
    public bool? NotExcellent { get; init; }

    /// <summary>The binding indicators that are below the bar by themselves.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>What a score gives in an outer assessment (R113).</summary>
public sealed record OuterScore(string Name, string? NameEn, decimal Weight, decimal Score);

/// <summary>The score of a unit.</summary>
public sealed record ScoreView
{
    public required UnitRef Unit { get; init; }
    public required string Group { get; init; }

    /// <summary>Of all that is scored; absent where nothing is.</summary>
    public decimal? Total { get; init; }

    /// <summary>The full marks of the items that are scored.</summary>
    public required decimal OutOf { get; init; }

    /// <summary>Whether every item is scored.</summary>
    public required bool Complete { get; init; }

    /// <summary>In its group (R116); absent to a unit, and where it lacks what others are scored on.</summary>
    public int? Rank { get; init; }

    /// <summary>How many places it went up or, below 0, down since the last closed month of the year; absent where it had or has no rank.</summary>
    public int? Movement { get; init; }
    public required IReadOnlyList<ScorePartView> Items { get; init; }
    public required IReadOnlyList<ScorePartView> Bonuses { get; init; }
    public required IReadOnlyList<ScorePartView> Deductions { get; init; }
    public required IReadOnlyList<OuterScore> Outer { get; init; }

    /// <summary>Absent where the model has none.</summary>
    public BarsView? Bars { get; init; }

    /// <summary>Whether it is on the list of reminder talks (R115), after a year that is over; absent where two years are not known.</summary>
    public bool? ReminderTalk { get; init; }

    /// <summary>Where the score opens to what it is made of.</summary>
    public required string Explain { get; init; }
}

/// <summary>Makes what is told of scores.</summary>
internal sealed class ScoreTelling(ScoreSheet sheet, IReadOnlyDictionary<string, JurisdictionRow> units, string modelId)
{
    private string Period => sheet.Figures.Period.Text;

    public UnitRef UnitOf(string id) => new(id, units.TryGetValue(id, out var unit) ? unit.Name : id);

    public ScoreView Of(UnitScore score, bool? reminderTalk = null) =>
        new()
        {
            Unit = UnitOf(score.UnitId),
            Group = score.GroupId,
            Total = Millionths.Told(score.Total),
            OutOf = score.OutOf,
            Complete = score.Complete,
            Rank = score.Rank,
            Items = [.. sheet.Model.Items.Zip(score.Items, (item, part) => PartOf(item, part, score.UnitId))],
            Bonuses = [.. sheet.Model.Bonuses.Zip(score.Bonuses, (extra, part) => PartOf(extra, part, score.UnitId))],
            Deductions =
            [
                .. sheet.Model.Deductions.Zip(score.Deductions, (extra, part) => PartOf(extra, part, score.UnitId)),
            ],
            Outer =
            [
                .. sheet
                    .Model.Outer.Where(_ => score.Total is not null)
                    .Select(outer => new OuterScore(
                        outer.Name,
                        outer.NameEn,
                        outer.Weight,
                        Millionths.Told(ScoreMethods.Outer(score.Total!.Value, outer.Weight))!.Value
                    )),
            ],
            Bars = score.Bars is { } bars ? BarsOf(bars) : null,
            ReminderTalk = reminderTalk,
            Explain = $"/api/v1/scores/{score.UnitId}/explain?model={modelId}&period={Period}",
        };

    public ScorePartView PartOf(ScoreItem item, ScoredPart part, string unit) =>
        PartOf(part, unit, item.Name, item.NameEn, item.Weight, Slug.Of(item.Method));

    public ScorePartView PartOf(ScoreExtra extra, ScoredPart part, string unit) =>
        PartOf(part, unit, extra.Name, extra.NameEn, extra.Cap, Slug.Of(extra.Method));

    private ScorePartView PartOf(
        ScoredPart part,
        string unit,
        string name,
        string? nameEn,
        decimal weight,
        string method
    ) =>
        new()
        {
            Id = part.Id,
            Name = name,
            NameEn = nameEn,
            Weight = weight,
            Method = method,
            Score = Millionths.Told(part.Score),
            NotScored = part.Why,
            Terms = [.. part.Terms.Select(term => TermOf(term, unit))],
            Least = Millionths.Told(part.Least),
            Most = Millionths.Told(part.Most),
            Unknown = part.Unknown == 0 ? null : part.Unknown,
            Mark = part.Mark is { } mark ? new ScoreMarkView(mark.Mark, mark.Reason, GiverOf(unit, part.Id)) : null,
        };

    private PersonRef? GiverOf(string unit, string item) =>
        sheet.Marks.FirstOrDefault(mark => mark.UnitId == unit && mark.ItemId == item) is { } given
            ? new PersonRef(given.GivenBy, given.GivenByName)
            : null;

    private ScoreTermView TermOf(ScoreTerm term, string unit)
    {
        var id = term.Source.Indicator;
        var definition = sheet.DefinitionOf(id);
        return new ScoreTermView
        {
            Indicator = id,
            Name = definition?.Name,
            NameEn = definition?.NameEn,
            Value = Millionths.Told(term.Figure?.Value),
            Target = term.Figure?.Target,
            Completion = Ratios.Text(term.Figure?.Completion),
            Each = term.Source.Each,
            Per = term.Source.Per,
            Counted = Millionths.Told(term.Counted),
            Uncertain = term.Figure is { Uncertain: > 0 } figure ? figure.Uncertain : null,
            Explain = LinkOf(id, unit),
        };
    }

    public string LinkOf(string indicator, string unit) =>
        $"/api/v1/figures/explain?indicator={indicator}&period={Period}&jurisdictionId={unit}";

    private BarsView BarsOf(BarStanding bars) =>
        new()
        {
            Overall = Ratios.Text(bars.Overall),
            NotExcellent = bars.Overall is null ? null : bars.NotExcellent,
            Warnings = [.. bars.Warnings.Select(at => sheet.Model.Binding[at].Indicator)],
        };
}
