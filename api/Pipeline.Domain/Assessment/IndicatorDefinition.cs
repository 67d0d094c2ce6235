using System.Globalization;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Assessment;

/// <summary>Where the figures of an indicator come from (R100).</summary>
public enum IndicatorSource
{
    /// <summary>Stages that were reached, each for the unit where the project landed.</summary>
    Moves,

    /// <summary>Stages that were reached, credited by the mode of the rule set (R44).</summary>
    Credit,

    /// <summary>Capital paid in, credited by the mode of the rule set.</summary>
    Capital,

    /// <summary>Statistics: with a filter the fixed investment of projects (R65), without one values that were imported.</summary>
    Statistics,

    /// <summary>Investments of funds that a second person verified (R131), each for the unit that kept the fund.</summary>
    Funds,

    /// <summary>Entries of the libraries with a day and a paper (R130, R140): technology enterprises, listings, institutions, funds, each for the unit that kept the entry.</summary>
    Libraries,

    /// <summary>Events that were held (R134), each for the unit that held it.</summary>
    Events,

    /// <summary>Money that needs of financing got (R135), each for its unit.</summary>
    Financing,

    /// <summary>Values that the centre states.</summary>
    Manual,
}

/// <summary>What the values of an indicator are.</summary>
public enum IndicatorUnit
{
    Projects,

    /// <summary>Yuan.</summary>
    Cny,

    /// <summary>US dollars.</summary>
    Usd,

    /// <summary>A part of a whole: 0.65 is 65 %.</summary>
    Share,

    /// <summary>Whatever is counted: enterprises, events, funds.</summary>
    Items,
}

/// <summary>What an indicator makes of the rows that it takes.</summary>
public enum IndicatorAggregate
{
    Count,
    Sum,

    /// <summary>A part of them by all of them.</summary>
    Ratio,
}

/// <summary>Which facts belong to a part of a ratio (R104); the two are never mixed.</summary>
public enum RatioView
{
    /// <summary>Those of the same period.</summary>
    Period,

    /// <summary>Those of the same projects, whenever they came about.</summary>
    Cohort,
}

/// <summary>Whether what is in a higher bracket is in the lower ones too (C6).</summary>
public enum BracketMode
{
    Nested,
    Disjoint,
}

/// <summary>Brackets of size by which an indicator is told beside its whole; never added (R101).</summary>
/// <param name="Limits">In ascending order and one currency.</param>
public sealed record IndicatorBrackets(IReadOnlyList<Threshold> Limits, BracketMode Mode);

/// <summary>An indicator as data (R100).</summary>
public sealed record IndicatorDefinition
{
    /// <summary>Lower-case letters, digits and hyphens; never changes.</summary>
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public required IndicatorUnit Unit { get; init; }
    public required IndicatorSource Source { get; init; }

    /// <summary>The rows of the ledger that it takes (<see cref="FactFilter"/>); null where values are stated.</summary>
    public string? Filter { get; init; }
    public IndicatorAggregate Aggregate { get; init; }

    /// <summary>Of a ratio: the rows that make up the part; in a cohort a filter of its own, else beside <see cref="Filter"/>.</summary>
    public string? Part { get; init; }

    /// <summary>Of a ratio: whether facts or their amounts are held against each other.</summary>
    public IndicatorAggregate PartBy { get; init; }
    public RatioView View { get; init; }
    public Direction Direction { get; init; }
    public IndicatorBrackets? Brackets { get; init; }

    /// <summary>What it counts, as a text: the same for definitions that count the same.</summary>
    public string CountingKey =>
        string.Join(
            '\n',
            [
                Id,
                Source.ToString(),
                Unit.ToString(),
                Aggregate.ToString(),
                Filter,
                Part,
                PartBy.ToString(),
                View.ToString(),
                .. Brackets is null
                    ? Array.Empty<string>()
                    : [Brackets.Mode.ToString(), .. Brackets.Limits.Select(limit => limit.ToString())],
            ]
        );

    /// <summary>Whether its values are stated, and not made from the ledger.</summary>
    public bool IsStated => Filter is null;

    /// <summary>Whether it tells late signing notices from others.</summary>
    public bool CountsLateNotices => (Filter + " " + Part).Contains(FactFilter.LateNotice, StringComparison.Ordinal);

    /// <summary>Whether values of months, or of units, may be added up.</summary>
    public bool Adds => Aggregate != IndicatorAggregate.Ratio;

    /// <summary>What is wrong with it, member by member; empty where it can be counted.</summary>
    public IReadOnlyList<FieldError> Faults()
    {
        var faults = new List<FieldError>();
        if (Source == IndicatorSource.Manual || (Source == IndicatorSource.Statistics && Filter is null))
        {
            if (Filter is not null)
                faults.Add(new FieldError("filter", "stated-filter"));
            if (Part is not null)
                faults.Add(new FieldError("part", "stated-filter"));
            if (Brackets is not null)
                faults.Add(new FieldError("brackets", "stated-filter"));
            if (View == RatioView.Cohort)
                faults.Add(new FieldError("view", "cohort-ratio"));
            return faults;
        }

        var filter = Read("filter", Filter, faults);
        var part =
            Aggregate == IndicatorAggregate.Ratio ? Read("part", Part, faults)
            : Part is null ? null
            : Refused<FactFilter>(faults, "part", "only-of-ratio");
        if (View == RatioView.Cohort && Aggregate != IndicatorAggregate.Ratio)
            faults.Add(new FieldError("view", "cohort-ratio"));
        if (PartBy == IndicatorAggregate.Ratio)
            faults.Add(new FieldError("partBy", "part-by"));
        var needed = Aggregate switch
        {
            IndicatorAggregate.Count => Unit is IndicatorUnit.Projects or IndicatorUnit.Items,
            IndicatorAggregate.Sum => Unit is IndicatorUnit.Cny or IndicatorUnit.Usd,
            _ => Unit == IndicatorUnit.Share,
        };
        if (!needed)
            faults.Add(new FieldError("unit", "unit-of-aggregate"));
        if (Brackets is { } brackets)
            CheckBrackets(brackets, faults);
        if (filter is not null)
            CheckKinds("filter", filter, faults);
        if (filter is not null && part is not null)
            CheckKinds("part", View == RatioView.Cohort ? part : filter.And(part), faults);
        return faults;
    }

    private void CheckBrackets(IndicatorBrackets brackets, List<FieldError> faults)
    {
        if (Aggregate != IndicatorAggregate.Count || Source is not (IndicatorSource.Moves or IndicatorSource.Credit))
            faults.Add(new FieldError("brackets", "brackets-of-count"));
        if (brackets.Limits.Count is 0 or > 10)
            faults.Add(new FieldError("brackets.limits", "count", 1, 10));
        if (
            brackets.Limits.Select(limit => limit.Currency).Distinct().Count() > 1
            || brackets.Limits.Zip(brackets.Limits.Skip(1)).Any(pair => pair.First.Amount >= pair.Second.Amount)
        )
            faults.Add(new FieldError("brackets.limits", "brackets-ascending"));
    }

    /// <summary>A project counts for one of its stages, and money is not added to money of another kind.</summary>
    private void CheckKinds(string member, FactFilter filter, List<FieldError> faults)
    {
        if (!filter.IsOfOneKind)
        {
            faults.Add(new FieldError(member, "filter-kinds"));
            return;
        }

        var kind = filter.Kinds[0];
        var fits = Source switch
        {
            IndicatorSource.Capital => kind == FactKind.Capital,
            IndicatorSource.Statistics => kind == FactKind.FixedInvestment,
            IndicatorSource.Funds => kind == FactKind.FundInvestment,
            IndicatorSource.Libraries => kind
                is FactKind.Enterprise
                    or FactKind.Listing
                    or FactKind.Institution
                    or FactKind.Fund,
            IndicatorSource.Events => kind == FactKind.Event,
            IndicatorSource.Financing => kind == FactKind.Financing,
            _ => LedgerRow.IsStage(kind),
        };
        var sums = Aggregate == IndicatorAggregate.Sum || (!Adds && PartBy == IndicatorAggregate.Sum);
        if (!fits)
            faults.Add(new FieldError(member, "filter-source"));
        else if (LedgerRow.IsMoneyAlone(kind) && !sums)
            faults.Add(new FieldError("aggregate", "money-is-summed"));
        else if (LedgerRow.HasNoAmount(kind) && sums)
            faults.Add(new FieldError("aggregate", "no-money-to-sum"));
    }

    private static FactFilter? Read(string member, string? text, List<FieldError> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Refused<FactFilter>(faults, member, "required");
        var (filter, error) = FactFilter.Parse(text);
        return error is null ? filter : Refused<FactFilter>(faults, member, error.Code, error.Position, error.Found);
    }

    private static T? Refused<T>(List<FieldError> faults, string member, string code, params object[] args)
        where T : class
    {
        faults.Add(new FieldError(member, code, args));
        return null;
    }

    /// <summary>The built-in indicators, by the ids of the contract.</summary>
    public static readonly IReadOnlyList<IndicatorDefinition> BuiltIn =
    [
        BuiltInOf("foreign-capital-used", "实际利用外资", "Foreign capital used", IndicatorUnit.Usd) with
        {
            Source = IndicatorSource.Capital,
            Aggregate = IndicatorAggregate.Sum,
        },
        BuiltInOf("capital-paid-in", "到位资金", "Capital paid in", IndicatorUnit.Cny) with
        {
            Source = IndicatorSource.Capital,
            Aggregate = IndicatorAggregate.Sum,
        },
        BuiltInOf(
            "manufacturing-share",
            "制造业到位资金占比",
            "Manufacturing share of capital paid in",
            IndicatorUnit.Share
        ) with
        {
            Source = IndicatorSource.Capital,
            Aggregate = IndicatorAggregate.Ratio,
            Filter = "kind = capital",
            Part = "manufacturing",
            PartBy = IndicatorAggregate.Sum,
        },
        Counted("projects-fortune-500", "世界500强投资项目", "Projects by Fortune Global 500 investors"),
        Counted("projects-usd-100m", "总投资超亿美元项目", "Projects over USD 100 million"),
        Counted("projects-1b", "总投资10亿元以上项目", "Projects from CNY 1 billion"),
        Counted("projects-5b", "总投资50亿元以上项目", "Projects from CNY 5 billion"),
        Counted("projects-10b", "总投资100亿元以上项目", "Projects from CNY 10 billion"),
        Counted("projects-signed", "签约项目", "Projects signed"),
        Counted("projects-registered", "注册项目", "Projects registered"),
        Counted("projects-started", "开工项目", "Projects started"),
        Counted("projects-in-production", "投产项目", "Projects in production"),
        BuiltInOf("fund-institutions", "引进股权投资机构", "Equity investment institutions", IndicatorUnit.Items),
        BuiltInOf("fund-cluster", "基金集群规模", "Size of the cluster of funds", IndicatorUnit.Cny),
        BuiltInOf("fund-investment", "基金投资额", "Investment by funds", IndicatorUnit.Cny),
        BuiltInOf("tech-events", "科技招商活动", "Technology events", IndicatorUnit.Items),
        BuiltInOf("tech-enterprises", "引进科技型企业", "Technology enterprises", IndicatorUnit.Items),
        BuiltInOf(
            "tech-enterprises-parks",
            "其中：园区引进科技型企业",
            "of which technology enterprises in parks",
            IndicatorUnit.Items
        ),
        BuiltInOf(
            "tech-enterprises-incubators",
            "其中：孵化器引进科技型企业",
            "of which technology enterprises in incubators",
            IndicatorUnit.Items
        ),
        BuiltInOf("road-shows", "路演活动", "Road-shows", IndicatorUnit.Items),
        BuiltInOf("financing", "企业融资额", "Financing of enterprises", IndicatorUnit.Cny),
        BuiltInOf("listed-companies", "上市企业", "Listed companies", IndicatorUnit.Items),
        Counted("late-notices", "签约备案逾期", "Late or missing signing notices") with
        {
            Source = IndicatorSource.Moves,
            Direction = Direction.Down,
            Filter = "kind = signed and late-notice",
        },
    ];

    /// <summary>The built-in indicators that are stated and could be counted instead, as they would be: a city chooses (decision 90).</summary>
    public static readonly IReadOnlyDictionary<string, IndicatorDefinition> CountedForms = new[]
    {
        CountedForm("fund-institutions", IndicatorSource.Libraries, "kind = institution"),
        CountedForm("fund-cluster", IndicatorSource.Libraries, "kind = fund"),
        CountedForm("fund-investment", IndicatorSource.Funds, "kind = fund-investment"),
        CountedForm("tech-events", IndicatorSource.Events, "kind = event and technology"),
        CountedForm("tech-enterprises", IndicatorSource.Libraries, "kind = enterprise"),
        CountedForm("tech-enterprises-parks", IndicatorSource.Libraries, "kind = enterprise and park"),
        CountedForm("tech-enterprises-incubators", IndicatorSource.Libraries, "kind = enterprise and incubator"),
        CountedForm("road-shows", IndicatorSource.Events, "kind = event and road-show"),
        CountedForm("financing", IndicatorSource.Financing, "kind = financing"),
        CountedForm("listed-companies", IndicatorSource.Libraries, "kind = listing"),
    }.ToDictionary(definition => definition.Id, StringComparer.Ordinal);

    private static IndicatorDefinition CountedForm(string id, IndicatorSource source, string filter) =>
        BuiltIn.Single(one => one.Id == id) with
        {
            Source = source,
            Filter = filter,
        };

    private static IndicatorDefinition BuiltInOf(string id, string name, string nameEn, IndicatorUnit unit) =>
        new()
        {
            Id = id,
            Name = name,
            NameEn = nameEn,
            Unit = unit,
            Source = IndicatorSource.Manual,
            Aggregate = unit is IndicatorUnit.Cny or IndicatorUnit.Usd
                ? IndicatorAggregate.Sum
                : IndicatorAggregate.Count,
            Filter = Indicator.All.GetValueOrDefault(id)?.Filter.Text,
        };

    private static IndicatorDefinition Counted(string id, string name, string nameEn) =>
        BuiltInOf(id, name, nameEn, IndicatorUnit.Projects) with
        {
            Source = IndicatorSource.Credit,
        };

    /// <summary>The definition made ready for counting.</summary>
    /// <exception cref="InvalidOperationException">Its values are stated.</exception>
    /// <exception cref="ArgumentException">It has faults.</exception>
    public CountingIndicator Compile()
    {
        if (Filter is null)
            throw new InvalidOperationException($"The values of {Id} are stated.");
        var measure = Unit switch
        {
            IndicatorUnit.Usd => Measure.Usd,
            IndicatorUnit.Cny => Measure.Cny,
            _ => Measure.Projects,
        };
        Indicator Of(FactFilter filter) =>
            new(Id, measure, filter)
            {
                ToLandingAlone =
                    Source
                        is IndicatorSource.Moves
                            or IndicatorSource.Funds
                            or IndicatorSource.Libraries
                            or IndicatorSource.Events
                            or IndicatorSource.Financing,
            };
        var whole = FactFilter.Known(Filter);
        var part = Part is null ? null : FactFilter.Known(Part);
        var limits = (Brackets?.Limits ?? []).Select(limit => (Limit: limit, Filter: From(limit))).ToList();
        return new CountingIndicator(
            this,
            Of(whole),
            part is null ? null
                : View == RatioView.Cohort ? Of(part)
                : Of(whole.And(part)),
            [
                .. limits.Select(
                    (limit, at) =>
                        (
                            limit.Limit,
                            Of(
                                Brackets!.Mode == BracketMode.Disjoint && at + 1 < limits.Count
                                    ? whole.And(limit.Filter).Except(limits[at + 1].Filter)
                                    : whole.And(limit.Filter)
                            )
                        )
                ),
            ]
        );
    }

    private static FactFilter From(Threshold limit) =>
        FactFilter.Known(
            string.Create(
                CultureInfo.InvariantCulture,
                $"amount {(limit.Comparator == Comparator.Gt ? ">" : ">=")} {limit.Amount:0.##} {limit.Currency}"
            )
        );
}

/// <summary>An indicator that is made from the ledger, ready for counting.</summary>
/// <param name="Whole">What it counts; of a ratio what the part is held against.</param>
/// <param name="Part">Of a ratio the part.</param>
/// <param name="Brackets">What is told beside the whole, by size.</param>
public sealed record CountingIndicator(
    IndicatorDefinition Definition,
    Indicator Whole,
    Indicator? Part,
    IReadOnlyList<(Threshold Limit, Indicator Indicator)> Brackets
)
{
    /// <summary>One of its brackets, counted like an indicator of its own.</summary>
    public CountingIndicator OfBracket(int at) =>
        this with
        {
            Whole = Brackets[at].Indicator,
            Part = null,
            Brackets = [],
        };

    /// <summary>The kinds of rows that have to be read.</summary>
    public IEnumerable<FactKind> Kinds => Whole.Kinds.Union(Part?.Kinds ?? []);
}
