using System.Globalization;
using System.Text.Json.Serialization;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Scores;

/// <summary>To what something is missing.</summary>
public enum GapTo
{
    /// <summary>To the year's targets.</summary>
    Target,

    /// <summary>To the bar of the binding targets (R115).</summary>
    Bar,

    /// <summary>To a place of the group.</summary>
    Rank,
}

/// <summary>A project of the unit that would add to an indicator.</summary>
public sealed record GapProjectView
{
    public required string Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required Stage Stage { get; init; }

    /// <summary>What would have to come about: a stage, or capital paid in.</summary>
    public required FactKind Needs { get; init; }

    /// <summary>What that adds, in the indicator's unit; absent where that hangs on what is not known.</summary>
    public decimal? Adds { get; init; }
}

/// <summary>What is missing in one indicator, and which projects would do it.</summary>
public sealed record GapView
{
    public required string Indicator { get; init; }
    public string? Name { get; init; }
    public string? NameEn { get; init; }
    public required IndicatorUnit Unit { get; init; }

    /// <summary>The year to the end of the period; absent where it is not known.</summary>
    public decimal? Value { get; init; }
    public decimal? Target { get; init; }
    public required bool Binding { get; init; }

    /// <summary>In the indicator's unit: to its target, or so much of it as would alone reach the bar.</summary>
    public required decimal Missing { get; init; }

    /// <summary>The marks that reaching the target would bring; absent where that cannot be told.</summary>
    public decimal? Gain { get; init; }

    /// <summary>The unit's own projects that would add to it, the nearest first; at most 20.</summary>
    public required IReadOnlyList<GapProjectView> Projects { get; init; }

    /// <summary>How many there are.</summary>
    public required int ProjectsTotal { get; init; }
}

/// <summary>What a unit still lacks (§15.2).</summary>
public sealed record GapPage
{
    public required ScoreModelRef Model { get; init; }
    public required long ModelVersion { get; init; }
    public required string Period { get; init; }
    public required UnitRef Unit { get; init; }
    public required GapTo To { get; init; }

    /// <summary>The place that is asked for.</summary>
    public int? Place { get; init; }

    /// <summary>The unit's score, and the lowest that has the place; absent where it is not known.</summary>
    public decimal? Total { get; init; }
    public decimal? Needed { get; init; }

    /// <summary>Overall completion of the binding targets, and the bar; decimal texts.</summary>
    public string? Overall { get; init; }
    public string? Bar { get; init; }

    /// <summary>To a place in marks, to the bar in overall completion, a decimal text; 0 where it is reached, null where that is not known; absent to the targets.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Missing { get; init; }

    /// <summary>By indicator, what would bring most first.</summary>
    public required IReadOnlyList<GapView> Items { get; init; }
}

/// <summary>Reads what a unit lacks to its targets, to the bar or to a place, and which of its own projects would do it (§15.2).</summary>
public static class ReadGap
{
    private const int MostProjects = 20;
    private const int MostPlace = 200;
    private const string RankPrefix = "rank:";

    public static async Task<IResult> Handle(string unitId, Call call, RuleBooks ruleBooks, FigureSums sums)
    {
        var query = new QueryReader(call.Request);
        var asked = ScoreQuery.Read(query);
        var to = Asked(query);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var found = await ScoreOfUnit.Find(session, call.Caller, ruleBooks, sums, asked, unitId);
            if (found.Refusal is { } missing)
                return (Reply)missing;

            // What is missing to a place tells what others have (R20).
            if (to.To == GapTo.Rank && !Permissions.ReadsCity(call.Caller))
                return (Reply)new Refusal(RefusalKind.Forbidden, "ranks-withheld");
            var (row, sheet, score, telling) = found.Value;
            var projects = await GapProjects.Load(session, call.Caller, ruleBooks, unitId);
            var bar = to.To == GapTo.Bar ? ScoreGaps.ToBar(sheet.Model, sheet.Facts, unitId) : null;
            var ranks =
                to.To == GapTo.Rank
                    ? ScoreGaps.ToRank([.. sheet.Scores.Where(one => one.GroupId == score.GroupId)], unitId, to.Place)
                    : null;
            var targets = ScoreGaps.ToTargets(sheet.Model, sheet.Facts, unitId);
            var gaps = bar is null
                ? targets
                    .Where(gap => to.To == GapTo.Target || (gap.Gain > 0 && ranks?.Missing > 0))
                    .Select(gap => (gap.Indicator, gap.Figure, gap.Missing, gap.Gain))
                    .ToList()
                :
                [
                    .. bar.Ways.Select(way =>
                        (
                            way.Indicator,
                            Figure: sheet.Facts.Figures[(unitId, way.Indicator)],
                            Missing: way.Amount,
                            Gain: (decimal?)null
                        )
                    ),
                ];
            var ways = gaps.Select(gap => (Gap: gap, Definition: sheet.DefinitionOf(gap.Indicator)!))
                .Select(one => (one.Gap, one.Definition, Projects: projects.For(one.Definition)))
                .ToList();
            var names = await ProjectNames.Of(
                session,
                call.Caller,
                ways.SelectMany(way => way.Projects.Take(MostProjects)).Select(project => project.ProjectId)
            );
            return Reply.Plain(
                new GapPage
                {
                    Model = ScoreModelRef.Of(row, sheet.Model),
                    ModelVersion = row.Number,
                    Period = sheet.Figures.Period.Text,
                    Unit = telling.UnitOf(unitId),
                    To = to.To,
                    Place = to.To == GapTo.Rank ? to.Place : null,
                    Total = Millionths.Told(score.Total),
                    Needed = Millionths.Told(ranks?.Needed),
                    Overall = Ratios.Text(bar?.Overall),
                    Bar = bar is null ? null : Ratios.Text(Bars.Excellent),
                    Missing = Ratios.Text(bar?.Missing ?? ranks?.Missing),
                    Items =
                    [
                        .. ways.Select(way => new GapView
                        {
                            Indicator = way.Definition.Id,
                            Name = way.Definition.Name,
                            NameEn = way.Definition.NameEn,
                            Unit = way.Definition.Unit,
                            Value = Millionths.Told(way.Gap.Figure.Value),
                            Target = way.Gap.Figure.Target,
                            Binding = way.Gap.Figure.Binding,
                            Missing = Millionths.Told(way.Gap.Missing)!.Value,
                            Gain = Millionths.Told(way.Gap.Gain),
                            Projects = [.. way.Projects.Take(MostProjects).Select(project => ViewOf(project, names))],
                            ProjectsTotal = way.Projects.Count,
                        }),
                    ],
                }
            );
        });
    }

    private static (GapTo To, int Place) Asked(QueryReader query)
    {
        switch (query.Text("to", 10))
        {
            case null or "target":
                return (GapTo.Target, 0);
            case "bar":
                return (GapTo.Bar, 0);
            case { } text
                when text.StartsWith(RankPrefix, StringComparison.Ordinal)
                    && int.TryParse(
                        text.AsSpan(RankPrefix.Length),
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var place
                    )
                    && place is >= 1 and <= MostPlace:
                return (GapTo.Rank, place);
            default:
                query.Refuse("to", "gap-to");
                return default;
        }
    }

    private static GapProjectView ViewOf(GapProject project, IReadOnlyDictionary<string, NamedProject> names)
    {
        var name = names[project.ProjectId];
        return new GapProjectView
        {
            Id = name.Id,
            Code = name.Code,
            Name = name.Name,
            Stage = project.Stage,
            Needs = project.Kind,
            Adds = Millionths.Told(project.Adds),
        };
    }
}
