namespace Pipeline.Domain.Assessment;

/// <summary>A unit's figure as scores take it: the year to the end of the period, held against the year's target.</summary>
/// <param name="Value">Null: not known.</param>
/// <param name="Target">Null: there is none.</param>
/// <param name="Uncertain">Facts that are left out, or of which nobody can say whether they count.</param>
public sealed record ScoreFigure(decimal? Value, decimal? Target, bool Binding, Direction Direction, int Uncertain)
{
    /// <summary>Exact (R103); null where it cannot be told, or is <see cref="IsBeyond"/> every number.</summary>
    public decimal? Completion => Achievement.Completion(Value, Target, Direction);

    /// <summary>Of what should be little there is nothing at all: completion, which divides by it, is beyond every cap.</summary>
    public bool IsBeyond => Direction == Direction.Down && Value == 0 && HasTarget;

    /// <summary>Whether there is a target other than 0.</summary>
    public bool HasTarget => Target is not (null or 0);

    /// <summary>What is missing to the target; 0 where it is reached, null where that cannot be told.</summary>
    public decimal? Missing =>
        !HasTarget ? null
        : Direction == Direction.Up ? Positive(Target - Value)
        : Positive(Value - Target);

    private static decimal? Positive(decimal? value) => value is { } known ? Math.Max(0, known) : null;
}

/// <summary>A mark that a person gave of an item, a bonus or a deduction.</summary>
public sealed record ManualMark(decimal Mark, string Reason);

/// <summary>A project that may earn a bonus.</summary>
/// <param name="Total">In yuan; null: not known.</param>
/// <param name="Invested">The year's fixed investment in yuan; null: not known.</param>
/// <param name="Share">The part of the project that the unit is credited with, 0 to 1.</param>
public sealed record BonusProject(string ProjectId, decimal? Total, decimal? Invested, decimal Share);

/// <summary>What scores are made from.</summary>
public sealed record ScoreFacts
{
    /// <summary>By unit and indicator; what is absent is not known.</summary>
    public required IReadOnlyDictionary<(string Unit, string Indicator), ScoreFigure> Figures { get; init; }

    /// <summary>By unit and item, bonus or deduction.</summary>
    public IReadOnlyDictionary<(string Unit, string Item), ManualMark> Marks { get; init; } =
        new Dictionary<(string, string), ManualMark>();

    /// <summary>By unit and bonus.</summary>
    public IReadOnlyDictionary<(string Unit, string Bonus), IReadOnlyList<BonusProject>> Projects { get; init; } =
        new Dictionary<(string, string), IReadOnlyList<BonusProject>>();

    /// <summary>Whether the figures of whole groups are there, so that units can be compared; a unit that reads itself alone knows no others.</summary>
    public bool ComparesUnits { get; init; } = true;
}

/// <summary>Why something is not scored.</summary>
public enum NotScored
{
    /// <summary>There is no target, or it is 0 (R103).</summary>
    NoTarget,

    /// <summary>The figure is not known.</summary>
    NotKnown,

    /// <summary>Nobody has given the mark yet.</summary>
    NoMark,

    /// <summary>It compares units, of which the reader sees only one.</summary>
    Withheld,
}

/// <summary>An indicator's part in a score: the numbers that go into the formula.</summary>
/// <param name="Counted">How many count, by the source's unit; of shortfalls how many are missing.</param>
public sealed record ScoreTerm(ScoreSource Source, ScoreFigure? Figure, decimal? Counted);

/// <summary>What a project earns of a bonus.</summary>
/// <param name="Points">Its own part; null where total or investment is not known.</param>
public sealed record ProjectPoints(BonusProject Project, decimal? Points);

/// <summary>An item, a bonus or a deduction of one unit, scored, with what explains it.</summary>
/// <param name="Score">Exact; null where it is not scored.</param>
/// <param name="Why">Why it is not scored.</param>
/// <param name="Least">Of comparing methods the least value in the group.</param>
/// <param name="Most">Of comparing methods the largest value in the group.</param>
/// <param name="Unknown">How many facts, projects or units it leaves out as they are not known.</param>
public sealed record ScoredPart(
    string Id,
    decimal? Score,
    NotScored? Why,
    IReadOnlyList<ScoreTerm> Terms,
    decimal? Least = null,
    decimal? Most = null,
    int Unknown = 0,
    ManualMark? Mark = null,
    IReadOnlyList<ProjectPoints>? Projects = null
)
{
    /// <summary>Of a step table: the completion from which the step that was reached counts.</summary>
    public decimal? Step { get; init; }
}

/// <summary>The score of a unit.</summary>
/// <param name="Total">Of everything that is scored, not below 0 (R112); null where no item is.</param>
/// <param name="OutOf">The full marks of the items that are scored.</param>
/// <param name="Complete">Whether every item is scored.</param>
/// <param name="Rank">In its group (R116); null where others are scored on something that it is not.</param>
/// <param name="Bars">How it stands to the bars (R115); null where the model has none.</param>
public sealed record UnitScore(
    string UnitId,
    string GroupId,
    IReadOnlyList<ScoredPart> Items,
    IReadOnlyList<ScoredPart> Bonuses,
    IReadOnlyList<ScoredPart> Deductions,
    decimal? Total,
    decimal OutOf,
    bool Complete,
    int? Rank,
    BarStanding? Bars
);

/// <summary>Scores as one pure function of a model and the facts (R111–R116). What is not known stays unknown: it is not scored, and never 0 in silence.</summary>
public static class Scoring
{
    /// <summary>Totals are the same where they differ by less than decimals can carry.</summary>
    private const int ExactPlaces = 12;

    /// <summary>Scores every unit of the model's groups, or those of which facts are there.</summary>
    /// <param name="units">The units to score; without it all.</param>
    public static IReadOnlyList<UnitScore> Score(
        ScoreModel model,
        ScoreFacts facts,
        IReadOnlyCollection<string>? units = null
    ) =>
        [
            .. model.Groups.SelectMany(group =>
                Ranked(
                    [
                        .. group
                            .Units.Where(unit => units is null || units.Contains(unit))
                            .Select(unit => ScoreUnit(model, group, unit, facts)),
                    ],
                    facts.ComparesUnits
                )
            ),
        ];

    private static UnitScore ScoreUnit(ScoreModel model, ScoreGroup group, string unit, ScoreFacts facts)
    {
        List<ScoredPart> items = [.. model.Items.Select(item => ScoreItemOf(item, group, unit, facts))];
        List<ScoredPart> bonuses = [.. model.Bonuses.Select(bonus => ScoreExtraOf(bonus, unit, facts))];
        List<ScoredPart> deductions = [.. model.Deductions.Select(deduction => ScoreExtraOf(deduction, unit, facts))];
        var isScored = items.Any(item => item.Score is not null);
        return new UnitScore(
            unit,
            group.Id,
            items,
            bonuses,
            deductions,
            isScored ? ScoreMethods.Total(items.Select(Known), bonuses.Sum(Known), deductions.Sum(Known)) : null,
            model.Items.Zip(items).Where(pair => pair.Second.Score is not null).Sum(pair => pair.First.Weight),
            items.All(item => item.Score is not null),
            null,
            BarsOf(model, unit, facts)
        );
    }

    private static decimal Known(ScoredPart part) => part.Score ?? 0;

    /// <summary>Ranks units by their totals. What nobody is scored on yet is left aside; who lacks what another has cannot be compared, and has no rank.</summary>
    private static IEnumerable<UnitScore> Ranked(List<UnitScore> units, bool compares)
    {
        if (!compares)
            return units;
        var scoredOn = units.SelectMany(ScoredOn).ToHashSet(StringComparer.Ordinal);
        var ranks = Ranking.Of([
            .. units.Select(unit =>
                unit.Total is { } total && scoredOn.SetEquals(ScoredOn(unit)) ? Exactly(total) : (decimal?)null
            ),
        ]);
        return units.Zip(ranks, (unit, rank) => unit with { Rank = rank });
    }

    private static IEnumerable<string> ScoredOn(UnitScore unit) =>
        unit.Items.Where(item => item.Score is not null).Select(item => item.Id);

    /// <summary>A total as it is compared: what differs only by the end of a decimal is equal.</summary>
    public static decimal Exactly(decimal total) => Math.Round(total, ExactPlaces, MidpointRounding.AwayFromZero);

    private static ScoredPart ScoreItemOf(ScoreItem item, ScoreGroup group, string unit, ScoreFacts facts)
    {
        if (item.Method == ScoreMethod.Manual)
            return Given(item.Id, unit, facts, item.Weight);
        var missing = item.Method == ScoreMethod.Shortfall;
        var terms = TermsOf(item.Sources, unit, facts, missing);
        var part = new ScoredPart(item.Id, null, null, terms, Unknown: UnknownIn(terms));
        var figures = terms.Select(term => term.Figure).ToList();
        if (figures.Any(figure => figure?.Value is null))
            return part with { Why = NotScored.NotKnown };
        var first = figures[0]!;
        switch (item.Method)
        {
            case ScoreMethod.Deduct:
                return part with
                {
                    Score = ScoreMethods.Deduct(item.Weight, terms.Select(term => (term.Counted!.Value, EachOf(term)))),
                };
            case ScoreMethod.Points:
                return part with
                {
                    Score = ScoreMethods.Points(item.Weight, terms.Select(term => (term.Counted!.Value, EachOf(term)))),
                };
            case ScoreMethod.Efficacy or ScoreMethod.Relative:
                return Compared(item, part, group, first, facts);
            default:
                break;
        }

        if (figures.Any(figure => !figure!.HasTarget))
            return part with { Why = NotScored.NoTarget };
        return item.Method switch
        {
            ScoreMethod.Shortfall => part with
            {
                Score = ScoreMethods.Shortfall(
                    item.Weight,
                    1,
                    terms.Select(term => EachOf(term) * term.Counted!.Value)
                ),
            },
            ScoreMethod.Steps => part with
            {
                Score = first.IsBeyond
                    ? item.Weight * item.Steps.Max(step => step.Share)
                    : ScoreMethods.Steps(
                        item.Weight,
                        first.Completion!.Value,
                        item.Steps.Select(step => (step.From, step.Share))
                    ),
                Step = item
                    .Steps.Where(step => first.IsBeyond || first.Completion >= step.From)
                    .Select(step => (decimal?)step.From)
                    .FirstOrDefault(),
            },
            ScoreMethod.Mixed => part with { Score = Mixed(item, first, figures[1]!) },
            _ => part with
            {
                Score = first.IsBeyond
                    ? item.Weight * (item.Cap ?? 1)
                    : ScoreMethods.Linear(item.Weight, first.Completion!.Value, item.Cap ?? 1),
            },
        };
    }

    private static decimal Mixed(ScoreItem item, ScoreFigure first, ScoreFigure second)
    {
        var (share, cap) = (item.FirstShare ?? 0, item.Cap ?? 1);
        return (first.IsBeyond && share > 0) || (second.IsBeyond && share < 1)
            ? item.Weight * cap
            : ScoreMethods.Mixed(item.Weight, share, first.Completion ?? 0, second.Completion ?? 0, cap);
    }

    /// <summary>Scores a value by those of the group that are known.</summary>
    private static ScoredPart Compared(
        ScoreItem item,
        ScoredPart part,
        ScoreGroup group,
        ScoreFigure own,
        ScoreFacts facts
    )
    {
        if (!facts.ComparesUnits)
            return part with { Why = NotScored.Withheld };
        var all = group
            .Units.Select(unit => facts.Figures.GetValueOrDefault((unit, item.Sources[0].Indicator))?.Value)
            .ToList();
        var known = all.OfType<decimal>().ToList();
        return part with
        {
            Score =
                item.Method == ScoreMethod.Efficacy
                    ? ScoreMethods.Efficacy(item.Weight, own.Value!.Value, known, own.Direction)
                    : ScoreMethods.Relative(item.Weight, own.Value!.Value, known),
            Least = known.Min(),
            Most = known.Max(),
            Unknown = part.Unknown + all.Count - known.Count,
        };
    }

    private static ScoredPart ScoreExtraOf(ScoreExtra extra, string unit, ScoreFacts facts)
    {
        if (extra.Method == ExtraMethod.Manual)
            return Given(extra.Id, unit, facts, extra.Cap);
        if (extra.Method == ExtraMethod.Projects)
            return ByProjects(extra, unit, facts);
        var terms = TermsOf(extra.Sources, unit, facts, missing: false);
        var part = new ScoredPart(extra.Id, null, null, terms, Unknown: UnknownIn(terms));
        return terms.Any(term => term.Counted is null)
            ? part with
            {
                Why = NotScored.NotKnown,
            }
            : part with
            {
                Score = ScoreMethods.Points(extra.Cap, terms.Select(term => (term.Counted!.Value, EachOf(term)))),
            };
    }

    private static ScoredPart ByProjects(ScoreExtra extra, string unit, ScoreFacts facts)
    {
        if (!facts.Projects.TryGetValue((unit, extra.Id), out var projects))
            return new ScoredPart(extra.Id, null, NotScored.NotKnown, []);
        var bonus = new ProjectBonus(
            [.. extra.Brackets.Select(bracket => (bracket.From, bracket.Points))],
            extra.LeastInvested ?? 0,
            extra.Cap
        );
        List<ProjectPoints> points =
        [
            .. projects.Select(project => new ProjectPoints(project, PointsOf(bonus, project))),
        ];
        var known = points.Sum(project => project.Points ?? 0);
        var unknown = points.Count(project => project.Points is null);
        return new ScoredPart(
            extra.Id,
            known == 0 && unknown > 0 ? null : Math.Min(extra.Cap, known),
            known == 0 && unknown > 0 ? NotScored.NotKnown : null,
            [],
            Unknown: unknown,
            Projects: points
        );
    }

    /// <summary>What a project earns; null where that hangs on what is not known.</summary>
    private static decimal? PointsOf(ProjectBonus bonus, BonusProject project)
    {
        if (project.Total is not { } total)
            return null;
        if (project.Invested is { } invested)
            return project.Share * bonus.Of(total, invested);

        // Too small for any bracket it earns nothing, and without a condition its investment does not matter.
        var most = project.Share * bonus.Of(total, total);
        return most == 0 || bonus.LeastInvested == 0 ? most : null;
    }

    private static ScoredPart Given(string id, string unit, ScoreFacts facts, decimal most) =>
        facts.Marks.TryGetValue((unit, id), out var mark)
            ? new ScoredPart(id, Math.Min(most, mark.Mark), null, [], Mark: mark)
            : new ScoredPart(id, null, NotScored.NoMark, []);

    private static List<ScoreTerm> TermsOf(
        IReadOnlyList<ScoreSource> sources,
        string unit,
        ScoreFacts facts,
        bool missing
    ) =>
        [
            .. sources.Select(source =>
            {
                var figure = facts.Figures.GetValueOrDefault((unit, source.Indicator));
                var number = missing ? figure?.Missing : figure?.Value;
                return new ScoreTerm(source, figure, number / (source.Per ?? 1));
            }),
        ];

    private static decimal EachOf(ScoreTerm term) => term.Source.Each ?? 0;

    private static int UnknownIn(IEnumerable<ScoreTerm> terms) => terms.Sum(term => term.Figure?.Uncertain ?? 0);

    /// <summary>How a unit stands to the bars: by the binding targets, each at the model's weight.</summary>
    private static BarStanding? BarsOf(ScoreModel model, string unit, ScoreFacts facts)
    {
        if (model.Binding.Count == 0)
            return null;
        var figures = model
            .Binding.Select(binding =>
                (binding.Weight, Figure: facts.Figures.GetValueOrDefault((unit, binding.Indicator)))
            )
            .ToList();
        List<BindingResult> results =
        [
            .. figures.Select(one => new BindingResult(
                one.Weight,
                one.Figure is { Binding: true, HasTarget: true } bound
                    ? bound.IsBeyond
                        ? 1
                        : bound.Completion
                    : null
            )),
        ];
        var standing = Bars.Of(results);

        // Where a binding figure is not known, nobody can say how the unit stands.
        return figures.Any(one => one.Figure is { Binding: true, HasTarget: true, Value: null })
            ? standing with
            {
                Overall = null,
                NotExcellent = false,
            }
            : standing;
    }
}
