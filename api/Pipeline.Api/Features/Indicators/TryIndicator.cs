using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Indicators;

/// <summary>Tries a definition before it is stored (R100): what it comes to in a period, by unit, and the projects in it. Nothing is stored.</summary>
public static class TryIndicator
{
    private const int MostProjects = 200;

    public sealed record Request
    {
        public IndicatorBody? Definition { get; init; }

        /// <summary>A month `YYYY-MM`, a quarter `YYYY-Qn` or a year `YYYY`; without it the current year.</summary>
        public string? Period { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Definition)
                .NotNull()
                .Coded("required")
                .SetValidator(new DefineIndicator.Validator()!);
            RuleFor(request => request.Period)
                .Must(period => period is null || Periods.Months(period) is not null)
                .Coded("period");
        }
    }

    /// <summary>What a unit comes to, or the city where it is absent.</summary>
    public sealed record TriedValue
    {
        public UnitRef? Unit { get; init; }

        /// <summary>Null: not known.</summary>
        [System.Text.Json.Serialization.JsonIgnore(
            Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never
        )]
        public decimal? Value { get; init; }
    }

    /// <summary>A project in it.</summary>
    public sealed record TriedProject(string Id, string Code, string Name, Counts Counts);

    /// <summary>A fact in it that is no project's; without a subject where the caller may not know it.</summary>
    public sealed record TriedFact
    {
        public required FactKind Kind { get; init; }
        public NamedSubject? Subject { get; init; }

        /// <summary>The unit that it counts for; absent: the city's alone.</summary>
        public UnitRef? Unit { get; init; }
        public required DateOnly OccurredOn { get; init; }

        /// <summary>What it adds to the count; below 0 what it takes away.</summary>
        public required int Count { get; init; }
        public Money? Amount { get; init; }
        public required Counts Counts { get; init; }
    }

    public sealed record Trial
    {
        public required string Period { get; init; }
        public required TriedValue City { get; init; }
        public required IReadOnlyList<TriedValue> Units { get; init; }

        /// <summary>By the limits of its brackets what the city comes to in each.</summary>
        public required IReadOnlyList<decimal> Brackets { get; init; }

        /// <summary>Facts of which nobody can say whether they count.</summary>
        public required int Undecided { get; init; }
        public required IReadOnlyList<TriedProject> Projects { get; init; }

        /// <summary>How many projects there are beyond those listed.</summary>
        public required int ProjectsLeftOff { get; init; }

        /// <summary>The facts in it that are no project's: entries of libraries, events, financing, investments of funds; the newest first.</summary>
        public required IReadOnlyList<TriedFact> Facts { get; init; }

        /// <summary>How many facts there are beyond those listed.</summary>
        public required int FactsLeftOff { get; init; }
    }

    public static async Task<IResult> Handle(Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        var unknown = call.UnknownParameters();
        return await call.Read<IResult>(async session =>
        {
            if ((body.Refusal ?? unknown) is { } malformed)
                return (Reply)malformed;
            var definition = body.Value!.Definition!.Definition();
            if (DefineIndicator.Faulty(definition, "definition.") is { } faulty)
                return (Reply)faulty;
            var period = new FigurePeriod(
                body.Value!.Period ?? session.Today.Year.ToString(System.Globalization.CultureInfo.InvariantCulture),
                session.Today,
                ByOccurrence: false
            );
            var facts = await FigureFacts.Load(session, call.Caller, ruleBooks, [definition], period);
            var table = facts.TableOf(definition);
            var whole = definition.IsStated ? null : definition.Compile().Whole;
            var taken = whole is null
                ? []
                : facts
                    .Rows.Where(period.Own.Takes)
                    .Select(row => (Row: row, Counts: whole.Takes(row, facts.Book.ById(row.RuleSetId))))
                    .Where(row => row.Counts != Counts.No)
                    .ToList();
            var besides = taken.Where(row => !row.Row.IsOfProject).OrderByDescending(row => row.Row.Seq).ToList();
            var told = besides.Take(MostProjects).ToList();
            var subjects = await NamedSubjects.Of(session, call.Caller, told.Select(row => row.Row));
            var counted = taken
                .Where(row => row.Row.IsOfProject)
                .GroupBy(row => row.Row.ProjectId)
                .Where(project => project.Sum(row => row.Row.Sign) > 0)
                .ToDictionary(project => project.Key, project => project.Max(row => row.Counts));
            var listed = counted.Keys.Order(StringComparer.Ordinal).Take(MostProjects).ToList();
            var names = await ProjectNames.Of(session, call.Caller, listed);
            var units = (await JurisdictionRow.All(session)).ToDictionary(unit => unit.Id, unit => unit.Name);
            return Reply.Plain(
                new Trial
                {
                    Period = period.Text,
                    City = new TriedValue { Value = Millionths.Told(table.City.Value) },
                    Units =
                    [
                        .. table.Units.Select(unit => new TriedValue
                        {
                            Unit = new UnitRef(unit.Key, units.GetValueOrDefault(unit.Key, "")),
                            Value = Millionths.Told(unit.Value.Value),
                        }),
                    ],
                    Brackets = [.. table.Brackets.Select(bracket => bracket.Tallies.City.Whole.Count)],
                    Undecided = table.City.Undecided,
                    Projects =
                    [
                        .. listed
                            .Select(id => new TriedProject(id, names[id].Code, names[id].Name, counted[id]))
                            .OrderBy(project => project.Code, StringComparer.Ordinal),
                    ],
                    ProjectsLeftOff = counted.Count - listed.Count,
                    Facts =
                    [
                        .. told.Select(row => new TriedFact
                        {
                            Kind = row.Row.Fact.Kind,
                            Subject = subjects.GetValueOrDefault(row.Row.ProjectId),
                            Unit = units.TryGetValue(row.Row.Fact.LandingId, out var name)
                                ? new UnitRef(row.Row.Fact.LandingId, name)
                                : null,
                            OccurredOn = row.Row.Fact.OccurredOn,
                            Count = row.Row.Counted,
                            Amount = row.Row.Fact.Amount,
                            Counts = row.Counts,
                        }),
                    ],
                    FactsLeftOff = besides.Count - told.Count,
                }
            );
        });
    }
}
