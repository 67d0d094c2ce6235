using Pipeline.Data;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Store.Ledger;

namespace Pipeline.Store.Assessment;

/// <summary>A project that would add to an indicator.</summary>
/// <param name="Stage">Where it stands.</param>
/// <param name="Kind">What would have to come about.</param>
/// <param name="Adds">What that adds for the unit, in the indicator's unit; null where that hangs on what is not known.</param>
public sealed record GapProject(string ProjectId, Stage Stage, FactKind Kind, decimal? Adds);

/// <summary>Which own projects would fill a gap, as they stand (§15.2).</summary>
public sealed class GapProjects
{
    /// <summary>How many of a unit's projects are looked at, the newest first.</summary>
    private const int Most = 400;
    private static readonly FactKind[] Stages =
    [
        FactKind.Signed,
        FactKind.Registered,
        FactKind.Started,
        FactKind.InProduction,
    ];

    private readonly IReadOnlyList<CountedProject> projects;
    private readonly string unit;
    private readonly RuleSet rules;
    private readonly DateOnly today;

    private GapProjects(IReadOnlyList<CountedProject> projects, string unit, RuleSet rules, DateOnly today) =>
        (this.projects, this.unit, this.rules, this.today) = (projects, unit, rules, today);

    /// <summary>Reads the projects of a unit that are under way, as far as the caller may know them.</summary>
    public static async Task<GapProjects> Load(Session session, Caller caller, RuleBooks ruleBooks, string unit)
    {
        var secret = !Permissions.ReadsCity(caller) || Permissions.ReadsSecret(caller);
        var parameters = new Parameters { { "unit", unit }, { "limit", Most } };
        if (!secret)
            parameters.Add("me", caller.UserId);
        var ids = await session.Query<string>(secret ? SelectOpen : SelectOpenlyKnown, parameters);
        return new GapProjects(
            ids.Count == 0 ? [] : await CountedProject.Load(session, ids),
            unit,
            await ruleBooks.Current(session),
            session.Today
        );
    }

    /// <summary>The projects that would add to an indicator, the nearest first and of these the largest.</summary>
    public IReadOnlyList<GapProject> For(IndicatorDefinition definition)
    {
        if (definition.IsStated || !definition.Adds)
            return [];
        var counted = definition.Compile();
        return
        [
            .. projects
                .Select(project => Would(project, definition, counted))
                .OfType<GapProject>()
                .OrderByDescending(project => project.Stage)
                .ThenByDescending(project => project.Adds ?? -1)
                .ThenBy(project => project.ProjectId, StringComparer.Ordinal),
        ];
    }

    private GapProject? Would(CountedProject project, IndicatorDefinition definition, CountingIndicator counted)
    {
        var stage = Slug.To<Stage>(project.Stage);
        foreach (var kind in Stages.Append(FactKind.Capital).Where(counted.Kinds.Contains))
        {
            var isAhead =
                kind == FactKind.Capital ? stage != Stage.InTalks : LedgerRow.KindOf(stage) is not { } at || at < kind;
            var fact =
                !isAhead ? null
                : kind == FactKind.Capital ? project.IfPaidIn(today)
                : project.IfReached(kind, today);
            if (fact is null)
                continue;
            var row = new LedgerRow(
                0,
                project.Id,
                fact,
                default,
                Periods.MonthOf(today),
                null,
                1,
                project.Secret,
                null,
                rules.Id,
                "project",
                project.Id,
                null
            );
            var takes = counted.Whole.Takes(row, rules);
            if (takes == Counts.No)
                continue;
            var shares = Crediting.SharesOf(row, counted.Whole, rules, new Dictionary<string, AgreedShares>());
            var place = shares.ToList().FindIndex(share => share.UnitId == unit);
            if (place < 0)
                continue;
            decimal? adds =
                takes == Counts.Unknown ? null
                : definition.Aggregate == IndicatorAggregate.Count ? (decimal)shares[place].Bp / CreditShares.Whole
                : counted.Whole.Value(fact, rules) is { } hundredths
                    ? CreditShares.Parts(hundredths, shares)[place] / 100m
                : null;
            return new GapProject(project.Id, stage, kind, adds);
        }

        return null;
    }

    private const string SelectOpen =
        "SELECT p.id FROM projects p WHERE p.owner_id = @unit AND p.stage IN ('in-talks', 'signed', 'registered', 'started') ORDER BY p.seq DESC {page}";
    private const string SelectOpenlyKnown =
        $"SELECT p.id FROM projects p WHERE p.owner_id = @unit AND p.stage IN ('in-talks', 'signed', 'registered', 'started') AND (p.secret = 0 OR {ProjectVisibility.Named}) ORDER BY p.seq DESC {{page}}";
}
