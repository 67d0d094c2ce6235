using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Scores;

/// <summary>A project that may earn a bonus, and what it earns.</summary>
public sealed record BonusProjectView
{
    public required string Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>Total investment and the year's fixed investment, in yuan; absent where they are not known.</summary>
    public decimal? Total { get; init; }
    public decimal? Invested { get; init; }

    /// <summary>The unit's share, in basis points.</summary>
    public required int ShareBp { get; init; }

    /// <summary>Absent where that hangs on what is not known.</summary>
    public decimal? Points { get; init; }
}

/// <summary>An item, a bonus or a deduction, explained.</summary>
public sealed record ExplainedPart
{
    public required ScorePartView Part { get; init; }

    /// <summary>How the score comes about, line by line, with its numbers, in the language of the request.</summary>
    public required IReadOnlyList<string> Formula { get; init; }

    /// <summary>The projects that may earn a bonus.</summary>
    public IReadOnlyList<BonusProjectView>? Projects { get; init; }

    /// <summary>How many more there are that became secret after the period was closed, and are not open to the caller.</summary>
    public int? Masked { get; init; }
}

/// <summary>The score of a unit, opened (R114).</summary>
public sealed record ScoreExplanation
{
    public required ScoreModelRef Model { get; init; }
    public required long ModelVersion { get; init; }
    public required string Period { get; init; }
    public required ScoreView Score { get; init; }

    /// <summary>How the total comes about.</summary>
    public required IReadOnlyList<string> Formula { get; init; }
    public required IReadOnlyList<ExplainedPart> Items { get; init; }
    public required IReadOnlyList<ExplainedPart> Bonuses { get; init; }
    public required IReadOnlyList<ExplainedPart> Deductions { get; init; }

    /// <summary>Secret projects that are not open to the caller are not counted.</summary>
    public required bool WithoutSecret { get; init; }
}

/// <summary>Explains the score of a unit (R114): every item's formula with its numbers, and where each figure opens to the rows of the ledger and their projects.</summary>
public static class ExplainScore
{
    public static async Task<IResult> Handle(string unitId, Call call, RuleBooks ruleBooks, FigureSums sums)
    {
        var query = new QueryReader(call.Request);
        var asked = ScoreQuery.Read(query);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var language = Messages.Language(call.Request);
        return await call.Read<IResult>(async session =>
        {
            var found = await ScoreOfUnit.Find(session, call.Caller, ruleBooks, sums, asked, unitId);
            if (found.Refusal is { } missing)
                return (Reply)missing;
            var (row, sheet, score, telling) = found.Value;
            var formulas = new ScoreFormulas(language, id => NameOf(sheet.DefinitionOf(id), language) ?? id);
            var projects = score
                .Bonuses.SelectMany(bonus => bonus.Projects ?? [])
                .Select(one => one.Project.ProjectId)
                .ToList();
            var masked = await ProjectNames.SecretTo(session, call.Caller, projects);
            var names = await ProjectNames.Of(session, call.Caller, projects.Where(id => !masked.Contains(id)));
            return Reply.Plain(
                new ScoreExplanation
                {
                    Model = ScoreModelRef.Of(row, sheet.Model),
                    ModelVersion = row.Number,
                    Period = sheet.Figures.Period.Text,
                    Score = telling.Of(score),
                    Formula = formulas.OfTotal(score, sheet.Model),
                    Items =
                    [
                        .. sheet.Model.Items.Zip(score.Items, (item, part) =>
                            new ExplainedPart
                            {
                                Part = telling.PartOf(item, part, unitId),
                                Formula = formulas.OfItem(item, part),
                            }
                        ),
                    ],
                    Bonuses = Extras(sheet.Model.Bonuses, score.Bonuses),
                    Deductions = Extras(sheet.Model.Deductions, score.Deductions),
                    WithoutSecret = Permissions.ReadsCity(call.Caller) && !Permissions.ReadsSecret(call.Caller),
                }
            );

            List<ExplainedPart> Extras(IReadOnlyList<ScoreExtra> extras, IReadOnlyList<ScoredPart> parts) =>
                [.. extras.Zip(parts, (extra, part) => new ExplainedPart
                        {
                            Part = telling.PartOf(extra, part, unitId),
                            Formula = formulas.OfExtra(extra, part),
                            Projects = part
                                .Projects?.Where(one => !masked.Contains(one.Project.ProjectId))
                                .Select(one => ViewOf(one, names))
                                .ToList(),
                            Masked = MaskedIn(part, masked),
                        })];
        });
    }

    private static int? MaskedIn(ScoredPart part, HashSet<string> masked) =>
        part.Projects?.Count(one => masked.Contains(one.Project.ProjectId)) is > 0 and var hidden ? hidden : null;

    private static string? NameOf(IndicatorDefinition? indicator, string language) =>
        language == Messages.English ? indicator?.NameEn ?? indicator?.Name : indicator?.Name;

    private static BonusProjectView ViewOf(ProjectPoints points, IReadOnlyDictionary<string, NamedProject> names)
    {
        var name = names[points.Project.ProjectId];
        return new BonusProjectView
        {
            Id = name.Id,
            Code = name.Code,
            Name = name.Name,
            Total = Millionths.Told(points.Project.Total),
            Invested = Millionths.Told(points.Project.Invested),
            ShareBp = (int)(points.Project.Share * 10_000),
            Points = Millionths.Told(points.Points),
        };
    }
}

/// <summary>The score of one unit, with what it is made from.</summary>
internal sealed record ScoreOfUnit(ScoreModelRow Row, ScoreSheet Sheet, UnitScore Score, ScoreTelling Telling)
{
    /// <summary>Finds it: a unit its own alone.</summary>
    public static async Task<Result<ScoreOfUnit>> Find(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        FigureSums sums,
        ScoreQuery asked,
        string unit
    )
    {
        if (!Permissions.ReadsCity(caller) && unit != caller.Unit)
            return Refusal.NotFound;
        var units = (await JurisdictionRow.All(session)).ToDictionary(one => one.Id, StringComparer.Ordinal);
        if (!units.ContainsKey(unit))
            return Refusal.NotFound;
        var completed = await asked.Complete(session);
        if (completed.Refusal is { } invalid)
            return invalid;
        var (row, period) = completed.Value;
        if (row is null || row.Model.GroupOf(unit) is null)
            return new Refusal(RefusalKind.Conflict, "not-scored");
        var sheet = await ScoreSheet.Load(session, caller, ruleBooks, sums, row.Model, row.Id, period);
        return new ScoreOfUnit(
            row,
            sheet,
            sheet.Scores.Single(one => one.UnitId == unit),
            new ScoreTelling(sheet, units, row.Id)
        );
    }
}

/// <summary>Formulas of scores with their numbers, in one language.</summary>
internal sealed class ScoreFormulas(string language, Func<string, string> nameOf)
{
    public IReadOnlyList<string> OfItem(ScoreItem item, ScoredPart part)
    {
        if (part.Why is { } why)
            return [Say($"not-scored-{Slug.Of(why)}")];
        var weight = Number(item.Weight);
        var score = Number(part.Score);
        var first = part.Terms.Count > 0 ? part.Terms[0] : null;
        List<string> lines = item.Method switch
        {
            ScoreMethod.Manual => [Say("manual", score, part.Mark!.Reason)],
            ScoreMethod.Linear =>
            [
                .. part.Terms.Select(Completion),
                Say("linear", weight, Percent(first!.Figure), Number(item.Cap ?? 1), score),
            ],
            ScoreMethod.Mixed =>
            [
                .. part.Terms.Select(Completion),
                Say(
                    "mixed",
                    weight,
                    Number(item.FirstShare),
                    Percent(first!.Figure),
                    Number(1 - item.FirstShare),
                    Percent(part.Terms[1].Figure),
                    Number(item.Cap ?? 1),
                    score
                ),
            ],
            ScoreMethod.Steps =>
            [
                .. part.Terms.Select(Completion),
                part.Step is { } step
                    ? Say("steps", Percent(first!.Figure), Ratio(step), Ratio(part.Score / item.Weight), weight, score)
                    : Say("steps-none", Percent(first!.Figure)),
            ],
            ScoreMethod.Efficacy when part.Least == part.Most => [Say("efficacy-equal", score)],
            ScoreMethod.Efficacy when first!.Figure!.Direction == Direction.Down =>
            [
                Say("efficacy-down", weight, Number(part.Most), Number(first.Figure.Value), Number(part.Least), score),
            ],
            ScoreMethod.Efficacy =>
            [
                Say("efficacy", weight, Number(first!.Figure!.Value), Number(part.Least), Number(part.Most), score),
            ],
            ScoreMethod.Relative when part.Most == 0 => [Say("relative-zero")],
            ScoreMethod.Relative => [Say("relative", weight, Number(first!.Figure!.Value), Number(part.Most), score)],
            ScoreMethod.Shortfall =>
            [
                .. part.Terms.Select(term =>
                    Say(
                        "missing",
                        Name(term),
                        Number(term.Figure!.Value),
                        Number(term.Figure.Target),
                        Number(term.Counted),
                        Number(term.Source.Each)
                    )
                ),
                Say("less", weight, Number(SumOf(part)), score),
            ],
            ScoreMethod.Deduct => [.. part.Terms.Select(Counted), Say("less", weight, Number(SumOf(part)), score)],
            _ => [.. part.Terms.Select(Counted), Say("at-most", Number(SumOf(part)), weight, score)],
        };
        return [.. lines, .. Unknown(part)];
    }

    public IReadOnlyList<string> OfExtra(ScoreExtra extra, ScoredPart part)
    {
        if (part.Why is { } why)
            return [Say($"not-scored-{Slug.Of(why)}")];
        var (cap, score) = (Number(extra.Cap), Number(part.Score));
        List<string> lines = extra.Method switch
        {
            ExtraMethod.Manual => [Say("manual", score, part.Mark!.Reason)],
            ExtraMethod.Projects =>
            [
                Say("projects", part.Projects!.Count, Number(part.Projects.Sum(one => one.Points ?? 0)), cap, score),
            ],
            _ => [.. part.Terms.Select(Counted), Say("at-most", Number(SumOf(part)), cap, score)],
        };
        return [.. lines, .. Unknown(part)];
    }

    public IReadOnlyList<string> OfTotal(UnitScore score, ScoreModel model)
    {
        if (score.Total is not { } total)
            return [Say("nothing")];
        var lines = new List<string>
        {
            Say(
                "total",
                Number(score.Items.Sum(item => item.Score ?? 0)),
                Number(score.Bonuses.Sum(bonus => bonus.Score ?? 0)),
                Number(score.Deductions.Sum(deduction => deduction.Score ?? 0)),
                Number(total)
            ),
        };
        if (!score.Complete)
            lines.Add(Say("out-of", Number(score.OutOf), Number(model.SumWeights())));
        lines.AddRange(
            model.Outer.Select(outer =>
                Say(
                    "outer",
                    language == Messages.English ? outer.NameEn ?? outer.Name : outer.Name,
                    Number(total),
                    Ratio(outer.Weight),
                    Number(ScoreMethods.Outer(total, outer.Weight))
                )
            )
        );
        return lines;
    }

    private string Completion(ScoreTerm term) =>
        term.Figure!.IsBeyond
            ? Say("beyond", Name(term), Number(term.Figure.Target))
            : Say(
                term.Figure.Direction == Direction.Up ? "completion-up" : "completion-down",
                Name(term),
                Number(term.Figure.Value),
                Number(term.Figure.Target),
                Percent(term.Figure)
            );

    private string Counted(ScoreTerm term) =>
        Say(
            "counted",
            Name(term),
            Number(term.Counted),
            Number(term.Source.Each),
            Number(term.Counted * term.Source.Each)
        );

    private IEnumerable<string> Unknown(ScoredPart part) => part.Unknown > 0 ? [Say("unknown", part.Unknown)] : [];

    private static decimal? SumOf(ScoredPart part) => part.Terms.Sum(term => term.Counted * term.Source.Each);

    private string Name(ScoreTerm term) => nameOf(term.Source.Indicator);

    private string Say(string key, params object[] args) => Messages.Text(language, $"score.{key}", args);

    private static string Percent(ScoreFigure? figure) =>
        figure is { IsBeyond: true } ? "∞" : Ratio(figure?.Completion);

    private static string Number(decimal? value) =>
        value is { } known
            ? Math.Round(known, 4, MidpointRounding.AwayFromZero).ToString("#,0.####", CultureInfo.InvariantCulture)
            : "—";

    private static string Ratio(decimal? ratio) =>
        ratio is { } known
            ? (Math.Round(known * 10_000, MidpointRounding.AwayFromZero) / 100m).ToString(
                "0.00",
                CultureInfo.InvariantCulture
            ) + "%"
            : "—";
}
