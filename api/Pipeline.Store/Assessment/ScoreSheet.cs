using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Assessment;

/// <summary>The scores of a period by a model, with all that they are made from, as far as a caller may count it.</summary>
public sealed class ScoreSheet
{
    public required ScoreModel Model { get; init; }
    public required FigureFacts Figures { get; init; }
    public required IReadOnlyList<IndicatorDefinition> Definitions { get; init; }
    public required ScoreFacts Facts { get; init; }
    public required IReadOnlyList<ScoreMarkRow> Marks { get; init; }

    /// <summary>The units of which the caller reads scores.</summary>
    public required IReadOnlyList<UnitScore> Scores { get; init; }

    public IndicatorDefinition? DefinitionOf(string id) => Definitions.FirstOrDefault(one => one.Id == id);

    /// <summary>Makes the scores of a period.</summary>
    /// <param name="modelId">Whose marks count; null: nobody's, as of a rehearsal.</param>
    public static async Task<ScoreSheet> Load(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        FigureSums sums,
        ScoreModel model,
        string? modelId,
        FigurePeriod period
    )
    {
        // A closed period is scored by the figures of its snapshot (R108).
        var snapshot = await SnapshotRow.Telling(session, period.Text);
        var closed = snapshot is null ? null : await ClosedFigures.Load(session, caller, snapshot, period.Text);
        if (closed is not null)
            period = FigurePeriod.Over(period.Text);

        // A model is fixed, so what it names counts on though it went out of use.
        var named = model.ListIndicators();
        List<IndicatorDefinition> definitions =
        [
            .. (closed?.Tables.Select(table => table.Definition) ?? await IndicatorRow.Known(session)).Where(one =>
                named.Contains(one.Id)
            ),
        ];
        var figures = closed is null
            ? await FigureFacts.Load(session, caller, ruleBooks, definitions, period, sums: sums)
            : await FigureFacts.Of(session, caller, ruleBooks, closed, period, withRows: false);
        var city = Permissions.ReadsCity(caller);
        List<string> units =
        [
            .. model.Groups.SelectMany(group => group.Units).Where(unit => city || unit == caller.Unit),
        ];
        var marks = modelId is null ? [] : await ScoreMarkRow.Standing(session, modelId);
        var facts = new ScoreFacts
        {
            Figures = FiguresOf(definitions, figures, units),
            Marks = marks
                .Where(mark => mark.Mark is not null)
                .ToDictionary(
                    mark => (mark.UnitId, mark.ItemId),
                    mark => new ManualMark(mark.Number!.Value, mark.Reason)
                ),
            Projects = await ProjectsOf(session, caller, ruleBooks, model, definitions, period, units, closed),
            ComparesUnits = city,
        };
        return new ScoreSheet
        {
            Model = model,
            Figures = figures,
            Definitions = definitions,
            Facts = facts,
            Marks = marks,
            Scores = Scoring.Score(model, facts, units),
        };
    }

    /// <summary>The scores group by group, the best first, and who has no rank after the others.</summary>
    public IEnumerable<UnitScore> InOrder() =>
        Model.Groups.SelectMany(group =>
            Scores
                .Where(score => score.GroupId == group.Id)
                .OrderBy(score => score.Rank ?? int.MaxValue)
                .ThenByDescending(score => score.Total ?? -1)
        );

    /// <summary>The ranks of the last closed month of the year before the period, by the same model, which ranks have moved against (R116); null where no month is closed, or the caller reads no ranks.</summary>
    public async Task<Dictionary<string, int?>?> RanksBefore(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        FigureSums sums,
        string modelId
    )
    {
        var period = Figures.Period;
        if (
            !Permissions.ReadsCity(caller)
            || await SnapshotRow.LastBefore(session, period.ToDate.First, period.Own.Last) is not { } before
        )
            return null;
        var sheet = await Load(session, caller, ruleBooks, sums, Model, modelId, FigurePeriod.Over(before.Period));
        return sheet.Scores.ToDictionary(score => score.UnitId, score => score.Rank, StringComparer.Ordinal);
    }

    private static Dictionary<(string, string), ScoreFigure> FiguresOf(
        IReadOnlyList<IndicatorDefinition> definitions,
        FigureFacts figures,
        IReadOnlyList<string> units
    )
    {
        var found = new Dictionary<(string, string), ScoreFigure>();
        foreach (var definition in definitions)
        {
            var table = figures.TableOf(definition);
            foreach (var unit in units)
            {
                if (table.Units.GetValueOrDefault(unit) is { } cell)
                    found[(unit, definition.Id)] = new ScoreFigure(
                        cell.Cumulative,
                        cell.Target?.Value,
                        cell.Target?.Binding ?? false,
                        definition.Direction,
                        cell.UncertainToDate
                    );
            }
        }

        return found;
    }

    /// <summary>Whether its projects can earn bonuses: it counts projects by what the ledger alone says of them.</summary>
    public static bool CanEarnBonus(IndicatorDefinition definition) =>
        definition is { IsStated: false, Aggregate: IndicatorAggregate.Count, CountsLateNotices: false };

    /// <summary>The projects that may earn the bonuses of a model, by unit: those of its indicator in the year to the end of the period, each once.</summary>
    private static async Task<Dictionary<(string, string), IReadOnlyList<BonusProject>>> ProjectsOf(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        ScoreModel model,
        IReadOnlyList<IndicatorDefinition> definitions,
        FigurePeriod period,
        IReadOnlyList<string> units,
        ClosedFigures? closed
    )
    {
        var bonuses = model.Bonuses.Where(bonus => bonus.Method == ExtraMethod.Projects).ToList();
        var found = new Dictionary<(string, string), IReadOnlyList<BonusProject>>();
        if (bonuses.Count == 0)
            return found;
        var book = await ruleBooks.Load(session);
        var invested = bonuses.Any(bonus => bonus.LeastInvested > 0)
            ? await InvestedIn(session, caller, book, period.Year, closed?.Snapshot.LedgerSeq)
            : [];
        foreach (var bonus in bonuses)
        {
            if (definitions.FirstOrDefault(one => one.Id == bonus.Sources[0].Indicator) is not { } definition)
                continue;
            var counted = definition.Compile();
            var rows = (
                closed is null
                    ? await VisibleLedger.Read(
                        session,
                        caller,
                        [.. counted.Kinds],
                        period.ToDate.First,
                        period.ToDate.Last
                    )
                    : await closed.Rows(session, caller, period)
            )
                .Where(row => period.ToDate.Takes(row) && counted.Kinds.Contains(row.Fact.Kind))
                .ToList();
            var agreements = closed?.Agreements ?? await AgreementRow.Named(session, rows);
            var projects = EarnedBy(counted.Whole, rows, book, agreements, invested)
                .ToLookup(one => one.Unit, one => one.Project);
            foreach (var unit in units)
                found[(unit, bonus.Id)] = [.. projects[unit]];
        }

        return found;
    }

    private static IEnumerable<(string Unit, BonusProject Project)> EarnedBy(
        Indicator indicator,
        IReadOnlyList<LedgerRow> all,
        RuleBook book,
        IReadOnlyDictionary<string, AgreedShares> agreements,
        IReadOnlyDictionary<string, decimal?> invested
    )
    {
        foreach (var rows in all.GroupBy(row => row.ProjectId))
        {
            // What was taken back does not count; of what was changed the last counts.
            var taken = rows.Select(row => (Row: row, Takes: indicator.Takes(row, book.ById(row.RuleSetId))))
                .Where(row => row.Takes != Counts.No)
                .ToList();
            if (taken.Sum(row => row.Row.Sign) <= 0)
                continue;
            var (last, takes) = taken.Last(row => row.Row.Sign > 0);
            var rules = book.ById(last.RuleSetId);
            var total =
                takes == Counts.Yes && last.Fact.Amount is { } amount
                    ? rules.In("CNY", amount, last.Fact.OccurredOn)
                    : null;
            foreach (var share in Crediting.SharesOf(last, indicator, rules, agreements))
                yield return (
                    share.UnitId,
                    new BonusProject(
                        last.ProjectId,
                        total,
                        invested.GetValueOrDefault(last.ProjectId),
                        (decimal)share.Bp / CreditShares.Whole
                    )
                );
        }
    }

    /// <summary>The year's fixed investment by project, in yuan; of others it is not known.</summary>
    private static async Task<Dictionary<string, decimal?>> InvestedIn(
        Session session,
        Caller caller,
        RuleBook book,
        int year,
        long? upTo
    )
    {
        var text = year.ToString(CultureInfo.InvariantCulture);
        return (await VisibleLedger.Read(session, caller, [FactKind.FixedInvestment], $"{text}-01", null, upTo: upTo))
            .Where(row => row.Fact.Subject == text)
            .GroupBy(row => row.ProjectId)
            .Where(rows => rows.Sum(row => row.Sign) > 0)
            .ToDictionary(
                rows => rows.Key,
                rows =>
                {
                    var last = rows.Last(row => row.Sign > 0);
                    return last.Fact.Amount is { } amount
                        ? book.ById(last.RuleSetId).In("CNY", amount, last.Fact.OccurredOn)
                        : null;
                },
                StringComparer.Ordinal
            );
    }
}
