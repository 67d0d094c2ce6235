using System.ComponentModel.DataAnnotations;

namespace Pipeline.Domain.Assessment;

/// <summary>How an item is scored (R111); its weight is the full mark.</summary>
public enum ScoreMethod
{
    /// <summary>w · min(c, cap), of one indicator.</summary>
    Linear,

    /// <summary>w · min(a·c₁ + (1 − a)·c₂, cap), of two.</summary>
    Mixed,

    /// <summary>Efficacy coefficient (功效系数法) within the group, of one indicator's value.</summary>
    Efficacy,

    /// <summary>w · x ÷ the best of the group, of one indicator's value.</summary>
    Relative,

    /// <summary>w less so much for each that is missing to the targets of some indicators.</summary>
    Shortfall,

    /// <summary>w less so much for each that some indicators count.</summary>
    Deduct,

    /// <summary>So much for each that some indicators count, at most w.</summary>
    Points,

    /// <summary>A share of w by the highest step that completion reaches.</summary>
    Steps,

    /// <summary>A mark that a person gives, with a reason.</summary>
    Manual,
}

/// <summary>How a bonus or a deduction is reckoned (R112).</summary>
public enum ExtraMethod
{
    /// <summary>By size of projects, each in its highest bracket only. Of bonuses alone.</summary>
    Projects,

    /// <summary>So much for each that some indicators count.</summary>
    Counted,

    /// <summary>A mark that a person gives, with a reason.</summary>
    Manual,
}

/// <summary>An indicator that an item is scored by.</summary>
public sealed record ScoreSource
{
    public string Indicator
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>Of shortfalls, deductions and points: the marks for each.</summary>
    public decimal? Each { get; init; }

    /// <summary>How many of the indicator's unit are one: 100 000 000 where each 亿 counts. Without it 1.</summary>
    public decimal? Per { get; init; }
}

/// <summary>From which completion on, and the share of the weight that it earns; both as parts of 1.</summary>
public sealed record ScoreStep
{
    public decimal From { get; init; }
    public decimal Share { get; init; }
}

/// <summary>An item of a model (R111).</summary>
public sealed record ScoreItem
{
    /// <summary>Lower-case letters, digits and hyphens; one of its own among items, bonuses and deductions.</summary>
    public string Id
    {
        get;
        init => field = value ?? "";
    } = "";

    [Required]
    public string Name
    {
        get;
        init => field = value ?? "";
    } = "";
    public string? NameEn { get; init; }

    /// <summary>The full mark, more than 0.</summary>
    public decimal Weight { get; init; }
    public ScoreMethod Method { get; init; }
    public IReadOnlyList<ScoreSource> Sources
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Of linear and mixed items: the completion beyond which nothing is added. Without it 1.</summary>
    public decimal? Cap { get; init; }

    /// <summary>Of mixed items: the part of the first completion, 0 to 1.</summary>
    public decimal? FirstShare { get; init; }
    public IReadOnlyList<ScoreStep> Steps
    {
        get;
        init => field = value ?? [];
    } = [];
}

/// <summary>From which total investment on, in yuan, and the points of it.</summary>
public sealed record BonusBracket
{
    public decimal From { get; init; }
    public decimal Points { get; init; }
}

/// <summary>A bonus or a deduction (R112).</summary>
public sealed record ScoreExtra
{
    public string Id
    {
        get;
        init => field = value ?? "";
    } = "";

    [Required]
    public string Name
    {
        get;
        init => field = value ?? "";
    } = "";
    public string? NameEn { get; init; }
    public ExtraMethod Method { get; init; }

    /// <summary>The most that it can come to.</summary>
    public decimal Cap { get; init; }

    /// <summary>What is counted; by projects the one indicator whose projects may earn it.</summary>
    public IReadOnlyList<ScoreSource> Sources
    {
        get;
        init => field = value ?? [];
    } = [];
    public IReadOnlyList<BonusBracket> Brackets
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>By projects: the least share of the total that the year's fixed investment must be, 0 to 1.</summary>
    public decimal? LeastInvested { get; init; }
}

/// <summary>Units that are ranked among themselves.</summary>
public sealed record ScoreGroup
{
    public string Id
    {
        get;
        init => field = value ?? "";
    } = "";

    [Required]
    public string Name
    {
        get;
        init => field = value ?? "";
    } = "";
    public string? NameEn { get; init; }

    /// <summary>The ids of the units; each is in one group only.</summary>
    public IReadOnlyList<string> Units
    {
        get;
        init => field = value ?? [];
    } = [];
}

/// <summary>An outer assessment that takes the score at a weight (R113).</summary>
public sealed record OuterAssessment
{
    [Required]
    public string Name
    {
        get;
        init => field = value ?? "";
    } = "";
    public string? NameEn { get; init; }

    /// <summary>A part of 1.</summary>
    public decimal Weight { get; init; }
}

/// <summary>The weight of an indicator among the binding ones (R115).</summary>
public sealed record BindingWeight
{
    public string Indicator
    {
        get;
        init => field = value ?? "";
    } = "";
    public decimal Weight { get; init; }
}

/// <summary>A score model as data (R111): drafted by one person, published by another, then fixed.</summary>
public sealed record ScoreModel
{
    public const int FirstYear = 1980,
        LastYear = 2200,
        MostGroups = 20,
        MostItems = 50,
        MostExtras = 20,
        MostSources = 20,
        MostName = 60;

    /// <summary>No weight, cap or mark is larger.</summary>
    public const decimal MostMarks = 1000;
    private const int MostUnits = 200;
    private const decimal MostPer = 1_000_000_000_000m;

    public int Year { get; init; }

    [Required]
    public string Name
    {
        get;
        init => field = value ?? "";
    } = "";
    public string? NameEn { get; init; }
    public IReadOnlyList<ScoreGroup> Groups
    {
        get;
        init => field = value ?? [];
    } = [];
    public IReadOnlyList<ScoreItem> Items
    {
        get;
        init => field = value ?? [];
    } = [];
    public IReadOnlyList<ScoreExtra> Bonuses
    {
        get;
        init => field = value ?? [];
    } = [];
    public IReadOnlyList<ScoreExtra> Deductions
    {
        get;
        init => field = value ?? [];
    } = [];
    public IReadOnlyList<OuterAssessment> Outer
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>What weighs how much for the bars of the year; only binding targets count.</summary>
    public IReadOnlyList<BindingWeight> Binding
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>The marks that all items together can give.</summary>
    public decimal SumWeights() => Items.Sum(item => item.Weight);

    /// <summary>The indicators that it reads.</summary>
    public IReadOnlySet<string> ListIndicators() =>
        Items
            .SelectMany(item => item.Sources)
            .Concat(Bonuses.Concat(Deductions).SelectMany(extra => extra.Sources))
            .Select(source => source.Indicator)
            .Concat(Binding.Select(binding => binding.Indicator))
            .ToHashSet(StringComparer.Ordinal);

    public ScoreGroup? GroupOf(string unit) => Groups.FirstOrDefault(group => group.Units.Contains(unit));

    /// <summary>The most that a person may give of an item, a bonus or a deduction; null where no person gives it.</summary>
    public decimal? MostByHand(string id) =>
        Items.FirstOrDefault(item => item.Id == id) is { Method: ScoreMethod.Manual } manual ? manual.Weight
        : Bonuses.Concat(Deductions).FirstOrDefault(extra => extra.Id == id) is { Method: ExtraMethod.Manual } given
            ? given.Cap
        : null;

    /// <summary>What is wrong with it, member by member; empty where it can be scored by.</summary>
    /// <param name="indicators">The ids of the indicators that are in use.</param>
    /// <param name="units">The ids of the units that report.</param>
    public IReadOnlyList<FieldError> Faults(IReadOnlySet<string> indicators, IReadOnlySet<string> units)
    {
        var faults = new List<FieldError>();
        void Refuse(string field, string code, params object[] args) => faults.Add(new FieldError(field, code, args));

        void Named(string at, string name, string? nameEn)
        {
            if (string.IsNullOrWhiteSpace(name))
                Refuse($"{at}name", "required");
            foreach (var (member, text) in new[] { ("name", name), ("nameEn", nameEn ?? "") })
            {
                if (text.Length > MostName)
                    Refuse($"{at}{member}", "length", 0, MostName);
                else if (text.Any(one => char.IsControl(one) || one is (char)0x2028 or (char)0x2029))
                    Refuse($"{at}{member}", "one-line");
            }
        }

        bool Counted<T>(string field, IReadOnlyList<T> list, int least, int most)
        {
            if (list.Count < least || list.Count > most)
                Refuse(field, "count-between", least, most);
            foreach (var (at, one) in list.Index().Where(one => one.Item is null))
                Refuse($"{field}[{at}]", "required");
            return list.Count <= most && list.All(one => one is not null);
        }

        void Marks(string field, decimal marks, bool zero = false)
        {
            if (marks < 0 || (marks == 0 && !zero) || marks > MostMarks || HasMoreThan(6, marks))
                Refuse(field, "marks", MostMarks);
        }

        void Share(string field, decimal? share)
        {
            if (share is not (>= 0 and <= 1) || HasMoreThan(6, share.Value))
                Refuse(field, "part-of-one");
        }

        void Indicator(string field, string id)
        {
            if (!indicators.Contains(id))
                Refuse(field, "indicator", id);
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        void Unique(string at, string id)
        {
            if (!IsId(id))
                Refuse($"{at}id", "indicator-id");
            else if (!ids.Add(id))
                Refuse($"{at}id", "twice");
        }

        void Sources(string at, IReadOnlyList<ScoreSource> sources, int least, int most, bool each)
        {
            if (!Counted($"{at}sources", sources, least, most))
                return;
            foreach (var (index, source) in sources.Index())
            {
                var place = $"{at}sources[{index}].";
                Indicator($"{place}indicator", source.Indicator);
                if (each)
                    Marks($"{place}each", source.Each ?? 0);
                else if (source.Each is not null)
                    Refuse($"{place}each", "not-of-method");
                if (source.Per is { } per && (!each || per <= 0 || per > MostPer || HasMoreThan(6, per)))
                    Refuse($"{place}per", each ? "amount" : "not-of-method");
            }
        }

        if (Year is < FirstYear or > LastYear)
            Refuse("year", "range", FirstYear, LastYear);
        Named("", Name, NameEn);
        if (Counted("groups", Groups, 1, MostGroups))
        {
            var placed = new HashSet<string>(StringComparer.Ordinal);
            var groups = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (index, group) in Groups.Index())
            {
                var at = $"groups[{index}].";
                if (!IsId(group.Id))
                    Refuse($"{at}id", "indicator-id");
                else if (!groups.Add(group.Id))
                    Refuse($"{at}id", "twice");
                Named(at, group.Name, group.NameEn);
                if (!Counted($"{at}units", group.Units, 1, MostUnits))
                    continue;
                foreach (var (place, unit) in group.Units.Index())
                {
                    if (!units.Contains(unit))
                        Refuse($"{at}units[{place}]", "unit-does-not-report");
                    else if (!placed.Add(unit))
                        Refuse($"{at}units[{place}]", "twice");
                }
            }
        }

        if (Counted("items", Items, 1, MostItems))
        {
            foreach (var (index, item) in Items.Index())
            {
                var at = $"items[{index}].";
                Unique(at, item.Id);
                Named(at, item.Name, item.NameEn);
                Marks($"{at}weight", item.Weight);
                if (!Enum.IsDefined(item.Method))
                    Refuse($"{at}method", "required");
                var several = item.Method is ScoreMethod.Shortfall or ScoreMethod.Deduct or ScoreMethod.Points;
                var (least, most) = item.Method switch
                {
                    ScoreMethod.Manual => (0, 0),
                    ScoreMethod.Mixed => (2, 2),
                    _ when several => (1, MostSources),
                    _ => (1, 1),
                };
                Sources(at, item.Sources, least, most, several);
                if (item.Method is not (ScoreMethod.Linear or ScoreMethod.Mixed) && item.Cap is not null)
                    Refuse($"{at}cap", "not-of-method");
                else if (item.Cap is { } cap)
                    Marks($"{at}cap", cap);
                if (item.Method == ScoreMethod.Mixed)
                    Share($"{at}firstShare", item.FirstShare);
                else if (item.FirstShare is not null)
                    Refuse($"{at}firstShare", "not-of-method");
                if (item.Method != ScoreMethod.Steps && item.Steps.Count > 0)
                    Refuse($"{at}steps", "not-of-method");
                else if (item.Method == ScoreMethod.Steps && Counted($"{at}steps", item.Steps, 1, MostSources))
                {
                    foreach (var (place, step) in item.Steps.Index())
                    {
                        Marks($"{at}steps[{place}].from", step.From, zero: true);
                        Share($"{at}steps[{place}].share", step.Share);
                    }

                    if (
                        item
                            .Steps.Zip(item.Steps.Skip(1))
                            .Any(pair => pair.First.From <= pair.Second.From || pair.First.Share < pair.Second.Share)
                    )
                        Refuse($"{at}steps", "steps-descending");
                }
            }
        }

        foreach (var (list, extras) in new[] { ("bonuses", Bonuses), ("deductions", Deductions) })
        {
            if (!Counted(list, extras, 0, MostExtras))
                continue;
            foreach (var (index, extra) in extras.Index())
            {
                var at = $"{list}[{index}].";
                Unique(at, extra.Id);
                Named(at, extra.Name, extra.NameEn);
                Marks($"{at}cap", extra.Cap);
                var byProjects = extra.Method == ExtraMethod.Projects;
                if (!Enum.IsDefined(extra.Method) || (byProjects && list == "deductions"))
                    Refuse($"{at}method", "not-of-method");
                var (least, most) = extra.Method switch
                {
                    ExtraMethod.Manual => (0, 0),
                    ExtraMethod.Projects => (1, 1),
                    _ => (1, MostSources),
                };
                Sources(at, extra.Sources, least, most, extra.Method == ExtraMethod.Counted);
                if (!byProjects)
                {
                    if (extra.Brackets.Count > 0)
                        Refuse($"{at}brackets", "not-of-method");
                    if (extra.LeastInvested is not null)
                        Refuse($"{at}leastInvested", "not-of-method");
                    continue;
                }

                if (extra.LeastInvested is not null)
                    Share($"{at}leastInvested", extra.LeastInvested);
                if (!Counted($"{at}brackets", extra.Brackets, 1, MostSources))
                    continue;
                foreach (var (place, bracket) in extra.Brackets.Index())
                {
                    if (bracket.From <= 0 || bracket.From > MostPer || HasMoreThan(2, bracket.From))
                        Refuse($"{at}brackets[{place}].from", "amount");
                    Marks($"{at}brackets[{place}].points", bracket.Points);
                }

                if (
                    extra
                        .Brackets.Zip(extra.Brackets.Skip(1))
                        .Any(pair => pair.First.From >= pair.Second.From || pair.First.Points > pair.Second.Points)
                )
                    Refuse($"{at}brackets", "ascending");
            }
        }

        if (Counted("outer", Outer, 0, MostExtras))
        {
            foreach (var (index, outer) in Outer.Index())
            {
                Named($"outer[{index}].", outer.Name, outer.NameEn);
                Share($"outer[{index}].weight", outer.Weight);
            }
        }

        if (Counted("binding", Binding, 0, MostItems))
        {
            var bound = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (index, binding) in Binding.Index())
            {
                Indicator($"binding[{index}].indicator", binding.Indicator);
                if (!bound.Add(binding.Indicator))
                    Refuse($"binding[{index}].indicator", "twice");
                Marks($"binding[{index}].weight", binding.Weight);
            }
        }

        return faults;
    }

    private static bool HasMoreThan(int places, decimal value) =>
        decimal.Round(value, places, MidpointRounding.ToZero) != value;

    private static bool IsId(string id) =>
        id.Length is >= 3 and <= 40
        && char.IsAsciiLetterLower(id[0])
        && id[^1] != '-'
        && id.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one == '-');
}
