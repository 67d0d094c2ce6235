using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Figures;

/// <summary>A project in a figure.</summary>
public sealed record FigureProject(string Id, string Code, string Name);

/// <summary>What a fund put into a company, in a figure.</summary>
public sealed record FigureInvestment(string FundId, string Fund, string Company);

/// <summary>The act by which a fact came to count.</summary>
public sealed record FigureCause(string Kind, string Id);

/// <summary>A fact that makes a figure, as the ledger tells it.</summary>
public sealed record FigureFact
{
    /// <summary>Its number in the ledger, for who reads all of it (R20).</summary>
    public long? Seq { get; init; }

    /// <summary>Absent: it became secret after the period was closed and is not open to the caller (R108).</summary>
    public FigureProject? Project { get; init; }

    /// <summary>Of what a fund invested: the fund and the company.</summary>
    public FigureInvestment? Investment { get; init; }

    /// <summary>Of a fact that is no project's: what it tells of, for who may know it.</summary>
    public NamedSubject? Subject { get; init; }
    public required FactKind Kind { get; init; }
    public required DateOnly OccurredOn { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The month in which it counts, and the one it belongs to where that is another.</summary>
    public required string Period { get; init; }
    public string? BelongsTo { get; init; }

    /// <summary>Whether it takes an earlier fact back.</summary>
    public required bool Reversal { get; init; }

    /// <summary>`unknown`: nobody can say whether it counts.</summary>
    public required Counts Counts { get; init; }

    /// <summary>Of a ratio: whether it is in the part.</summary>
    public bool? InPart { get; init; }

    /// <summary>The share of it that the unit is credited with, in basis points; absent for the city, which has the whole.</summary>
    public int? ShareBp { get; init; }
    public CreditRole? Role { get; init; }

    /// <summary>What it adds to the count; below 0 what it takes away.</summary>
    public required decimal Count { get; init; }

    /// <summary>What it adds in the indicator's currency; absent where that is not known.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The amount in its own currency.</summary>
    public Money? Original { get; init; }
    public required string RuleSet { get; init; }
    public FigureCause? Cause { get; init; }
}

/// <summary>A value that was stated, and by whom.</summary>
public sealed record FigureStatement
{
    public UnitRef? Unit { get; init; }
    public required string Period { get; init; }
    public decimal? Value { get; init; }
    public required string Source { get; init; }
    public required PersonRef StatedBy { get; init; }
    public required DateTimeOffset StatedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>A figure, opened (§15.1).</summary>
public sealed record FigureExplanation
{
    public required FigureIndicator Indicator { get; init; }

    /// <summary>Absent: the city.</summary>
    public UnitRef? Unit { get; init; }
    public required FigureView Figure { get; init; }

    /// <summary>How the figure comes about, line by line, in the language of the request.</summary>
    public required IReadOnlyList<string> Formula { get; init; }

    /// <summary>Which facts count; absent where values are stated.</summary>
    public string? Filter { get; init; }
    public string? Part { get; init; }

    /// <summary>The facts, the newest first.</summary>
    public required IReadOnlyList<FigureFact> Items { get; init; }

    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public string? NextCursor { get; init; }

    /// <summary>How many facts, and how many projects, make the figure.</summary>
    public required int Facts { get; init; }
    public required int Projects { get; init; }

    /// <summary>Projects that became secret after the period was closed and are not open to the caller: their facts stay in the figure and are told without name, cause and amount in their own currency (R108).</summary>
    public int? Masked { get; init; }

    /// <summary>The snapshot that the figure is read from; absent while the period is open.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>What was stated, where the figure is made from that.</summary>
    public IReadOnlyList<FigureStatement>? Statements { get; init; }

    /// <summary>Secret projects that are not open to the caller are not counted.</summary>
    public required bool WithoutSecret { get; init; }
}

/// <summary>Explains a figure: formula with numbers, the rows of the ledger, their projects (§15.1).</summary>
public static class ExplainFigure
{
    public static async Task<IResult> Handle(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var asked = FigureQuery.Read(query);
        var id = query.Text("indicator", 40);
        var unit = query.Text("jurisdictionId", 32);
        var page = query.Page(cursors, counted: false);
        if ((query.Refusal() ?? asked.Refusal) is { } refusal)
            return (Reply)refusal;
        var language = Messages.Language(call.Request);
        return await call.Read<IResult>(async session =>
        {
            var found = await asked.Find(session, call.Caller);
            if (found.Refusal is { } unfound)
                return (Reply)unfound;
            var source = found.Value;
            var chosen = id ?? $"projects-{Slug.Of((await ruleBooks.Current(session)).CreditStage)}";
            if ((await source.Indicators(session)).FirstOrDefault(one => one.Id == chosen) is not { } definition)
                return (Reply)Refusal.Invalid(new FieldError("indicator", "indicator"));
            var city = Permissions.ReadsCity(call.Caller);
            if (!city)
            {
                // A unit's own figures are all that there is for it.
                unit ??= call.Caller.Unit;
                if (unit is null || unit != call.Caller.Unit)
                    return (Reply)Refusal.NotFound;
            }

            var of = unit is null or TargetRow.City ? null : unit;
            var units = (await JurisdictionRow.All(session)).ToDictionary(one => one.Id);
            if (of is not null && !units.ContainsKey(of))
                return (Reply)Refusal.NotFound;
            var period = source.Period;
            var facts = await source.Facts(
                session,
                call.Caller,
                ruleBooks,
                [definition],
                asked.KnownAt,
                withRows: true
            );
            var table = facts.TableOf(definition);
            var cell =
                of is null ? table.City
                : table.Units.TryGetValue(of, out var known) ? known
                : new FigureCell(0, 0, null, null, null, null, null, null, 0, 0);
            var rows = definition.IsStated ? [] : FactsOf(definition, facts, of);
            var behind = page.After;
            var shown = rows.Where(row => behind is null || row.Row.Seq < behind.Seq).Take(page.Limit + 1).ToList();
            var masked =
                source.Closed is null || definition.IsStated
                    ? []
                    : await BecameSecret(session, call.Caller, [.. definition.Compile().Kinds], period.Own);
            masked.IntersectWith(rows.Select(row => row.Row.ProjectId));
            var names = await ProjectNames.Of(
                session,
                call.Caller,
                shown.Take(page.Limit).Select(row => row.Row.ProjectId).Where(project => !masked.Contains(project))
            );
            var subjects = await NamedSubjects.Of(session, call.Caller, shown.Take(page.Limit).Select(row => row.Row));
            var told = page.Of(
                shown,
                row => row.Row.Seq,
                row => FactView(row, names, subjects, facts.Book, call.Caller)
            );
            var view = FigureView.From(cell, definition.Id, period.Text);
            var place = of is null
                ? null
                : new UnitRef(of, (facts.Units.FirstOrDefault(one => one.Id == of) ?? units[of]).Name);
            return Reply.Plain(
                new FigureExplanation
                {
                    Indicator = FigureIndicator.Of(definition),
                    Unit = place,
                    Figure = view with { Unit = place },
                    Formula = FormulaOf(definition, cell, period, language),
                    Filter = definition.Filter,
                    Part = definition.Part,
                    Items = told.Items,
                    NextCursor = told.NextCursor,
                    Facts = rows.Count,
                    Projects = rows.Where(row => row.Row.IsOfProject)
                        .Select(row => row.Row.ProjectId)
                        .Distinct()
                        .Count(),
                    Masked = masked.Count == 0 ? null : masked.Count,
                    SnapshotId = source.Closed?.Snapshot.Id,
                    Statements = definition.IsStated ? StatementsOf(definition, facts, of, units) : null,
                    WithoutSecret = city && source.WithoutSecret(call.Caller),
                }
            );
        });
    }

    /// <summary>The projects with facts in a closed period that are secret by now and not open to who reads the city (R108).</summary>
    private static async Task<HashSet<string>> BecameSecret(
        Session session,
        Caller caller,
        IReadOnlyList<FactKind> kinds,
        FigureSpan span
    )
    {
        if (kinds.Count == 0 || !Permissions.ReadsCity(caller) || Permissions.ReadsSecret(caller))
            return [];
        var secret = await session.Query<string>(
            SelectSecret,
            new
            {
                kinds = kinds.Select(Slug.Of).ToList(),
                first = span.First,
                last = span.Last,
            }
        );
        return [.. secret.Except(caller.NamedOn)];
    }

    private const string SelectSecret = """
        SELECT DISTINCT l.project_id FROM ledger l JOIN projects p ON p.id = l.project_id
        WHERE l.kind IN @kinds AND l.period >= @first AND l.period <= @last AND p.secret = 1
        """;

    /// <summary>A row of the ledger, and what of it the unit is credited with; null: the city, which has the whole.</summary>
    private sealed record Credited(LedgerRow Row, Counts Counts, bool? InPart, UnitShare? Share, long? Amount);

    /// <summary>The rows that make a figure, the newest first.</summary>
    private static List<Credited> FactsOf(IndicatorDefinition definition, FigureFacts facts, string? unit)
    {
        var indicator = definition.Compile();
        var found = new List<Credited>();
        foreach (var row in facts.Rows.Where(facts.Period.Own.Takes).OrderByDescending(row => row.Seq))
        {
            var rules = facts.Book.ById(row.RuleSetId);
            var counts = indicator.Whole.Takes(row, rules);
            if (counts == Counts.No)
                continue;
            bool? inPart =
                indicator.Part is { } part && definition.View == RatioView.Period
                    ? part.Takes(row, rules) == Counts.Yes
                    : null;
            var shares = Crediting.SharesOf(row, indicator.Whole, rules, facts.Agreements);
            var value = indicator.Whole.Value(row.Fact, rules) is { } known ? row.Sign * known : (long?)null;
            if (unit is null)
            {
                found.Add(new Credited(row, counts, inPart, null, value));
                continue;
            }

            var at = shares.ToList().FindIndex(share => share.UnitId == unit);
            if (at >= 0)
                found.Add(
                    new Credited(
                        row,
                        counts,
                        inPart,
                        shares[at],
                        value is { } whole ? CreditShares.Parts(whole, shares)[at] : null
                    )
                );
        }

        return found;
    }

    private static FigureFact FactView(
        Credited credited,
        Dictionary<string, NamedProject> names,
        Dictionary<string, NamedSubject> subjects,
        RuleBook book,
        Caller caller
    )
    {
        var (row, fact) = (credited.Row, credited.Row.Fact);
        var name = names.GetValueOrDefault(row.ProjectId);
        var subject = subjects.GetValueOrDefault(row.ProjectId);
        var isMasked = name is null && subject is null;
        return new FigureFact
        {
            Seq = VisibleLedger.IsWhole(caller) ? row.Seq : null,
            Project = name is null ? null : new FigureProject(row.ProjectId, name.Code, name.Name),
            Investment = subject is { Kind: SubjectKind.FundInvestment }
                ? new FigureInvestment(subject.ParentId!, subject.By!, subject.Name)
                : null,
            Subject = subject,
            Kind = fact.Kind,
            OccurredOn = fact.OccurredOn,
            RecordedAt = row.RecordedAt,
            Period = row.Period,
            BelongsTo = row.BelongsTo,
            Reversal = row.Reverses is not null,
            Counts = credited.Counts,
            InPart = credited.InPart,
            ShareBp = credited.Share?.Bp,
            Role = credited.Share?.Role,
            Count = (decimal)row.Counted * (credited.Share?.Bp ?? CreditShares.Whole) / CreditShares.Whole,
            Amount = credited.Amount is { } hundredths ? hundredths / 100m : null,
            Original = isMasked ? null : fact.Amount,
            RuleSet = book.ById(row.RuleSetId).Name,
            Cause = isMasked ? null : new FigureCause(row.CauseKind, row.CauseId),
        };
    }

    private static IReadOnlyList<FigureStatement> StatementsOf(
        IndicatorDefinition definition,
        FigureFacts facts,
        string? unit,
        Dictionary<string, JurisdictionRow> units
    )
    {
        var months = facts.Period.Own.Months.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. facts
                .Stated.Where(row =>
                    row.IndicatorId == definition.Id
                    && (unit is null || row.UnitId == unit)
                    && (row.Period == facts.Period.Text || months.Contains(row.Period))
                )
                .Select(row => new FigureStatement
                {
                    Unit = row.UnitId.Length == 0 ? null : new UnitRef(row.UnitId, units[row.UnitId].Name),
                    Period = row.Period,
                    Value = row.Number,
                    Source = row.Source,
                    StatedBy = new PersonRef(row.StatedBy, row.StatedByName),
                    StatedAt = row.StatedAt,
                    Version = row.Version,
                }),
        ];
    }

    /// <summary>How completion, pace and growth come about, with their numbers.</summary>
    private static List<string> FormulaOf(
        IndicatorDefinition definition,
        FigureCell cell,
        FigurePeriod period,
        string language
    )
    {
        string Say(string key, params object[] args) => Messages.Text(language, $"figure.{key}", args);
        string Number(decimal? value) =>
            value is { } known
                ? Math.Round(known, 4, MidpointRounding.AwayFromZero).ToString("#,0.####", CultureInfo.InvariantCulture)
                : "—";
        string Percent(decimal? ratio) =>
            ratio is { } known
                ? (Math.Round(known * 10_000, MidpointRounding.AwayFromZero) / 100m).ToString(
                    "0.00",
                    CultureInfo.InvariantCulture
                ) + "%"
                : "—";
        var lines = new List<string>
        {
            definition.IsStated
                ? Say("stated", period.Text, Number(cell.Value))
                : definition.Aggregate switch
                {
                    IndicatorAggregate.Count => Say("counted", period.Text, Number(cell.Value)),
                    IndicatorAggregate.Sum => Say("summed", period.Text, Number(cell.Value)),
                    _ => Say("ratio", period.Text, Percent(cell.Value)),
                },
        };
        if (cell.Adjusting is { } adjusting and not 0)
            lines.Add(Say("adjusting", Number(adjusting)));
        if (cell.Target is not { } target)
            lines.Add(Say("no-target"));
        else if (cell.Completion is null)
            lines.Add(Say("no-completion", Number(target.Value)));
        else
        {
            lines.Add(
                definition.Direction == Direction.Up
                    ? Say("completion-up", Number(cell.Cumulative), Number(target.Value), Percent(cell.Completion))
                    : Say("completion-down", Number(target.Value), Number(cell.Cumulative), Percent(cell.Completion))
            );
            lines.Add(
                Say(
                    "pace",
                    Percent(cell.Completion),
                    period.MonthsOver,
                    (Math.Round(cell.Pace!.Value * 10_000, MidpointRounding.AwayFromZero) / 100m).ToString(
                        "+0.00;-0.00;0.00",
                        CultureInfo.InvariantCulture
                    )
                )
            );
        }

        lines.Add(
            cell.YearOnYear is null
                ? Say("no-growth")
                : Say("growth", Number(cell.Value), Number(cell.Previous), Percent(cell.YearOnYear))
        );
        if (cell.Unknown > 0)
            lines.Add(definition.IsStated ? Say("unstated", cell.Unknown) : Say("unknown", cell.Unknown));
        if (cell.Undecided > 0)
            lines.Add(Say("undecided", cell.Undecided));
        return lines;
    }
}
