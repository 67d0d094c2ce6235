using System.Reflection;
using System.Text.Json;

namespace Pipeline.Domain.Projects;

/// <summary>How a project is built.</summary>
public enum BuildKind
{
    [Titles("新建", "New")]
    New,

    [Titles("扩建", "Expansion")]
    Expansion,

    [Titles("技术改造", "Technical renovation")]
    Renovation,
}

/// <summary>How the first contact came about.</summary>
public enum Channel
{
    [Titles("基金", "Fund")]
    Fund,

    [Titles("中介机构", "Intermediary")]
    Intermediary,

    [Titles("驻外机构", "Out-posted office")]
    Office,

    [Titles("招商活动", "Event")]
    Event,

    [Titles("其他", "Other")]
    Other,
}

/// <summary>
/// The facts of a project that are one value each and mean nothing to the rules by being plain: a member here with its titles is all there is to add. It is validated, stored, told, exported, imported,
/// proposed as an update, described and shown in forms and lists by what <see cref="PlainFact"/> says of it.
/// </summary>
public record PlainFacts
{
    /// <summary>The part of the total investment that goes into fixed assets.</summary>
    [Fact(
        "固定资产投资",
        "Fixed-asset investment",
        "固定资产投资额",
        "固投",
        "其中固定资产投资",
        "fixedassetinvestment",
        "fixedinvestment"
    )]
    public Money? FixedInvestment { get; init; }

    /// <summary>The foreign capital contracted.</summary>
    [Fact(
        "计划外资",
        "Planned foreign capital",
        "拟利用外资",
        "计划利用外资",
        "合同外资",
        "协议外资",
        "foreigncapital"
    )]
    public Money? ForeignCapital { get; init; }

    /// <summary>Whether it is built new, enlarged or rebuilt.</summary>
    [Fact("建设性质", "Kind of building", "建设类型", "buildkind")]
    public BuildKind? BuildKind { get; init; }

    /// <summary>Land needed, in mu (a mu is 2000/3 m²).</summary>
    [Fact(
        "用地（亩）",
        "Land (mu)",
        "用地",
        "用地需求亩",
        "项目用地",
        "项目用地面积",
        "拟供地面积",
        "拟用地亩",
        "landareamu",
        "用地面积",
        "用地亩",
        "占地",
        "占地面积",
        "土地面积",
        "用地需求",
        "土地需求",
        "用地规模",
        "拟用地",
        "拟用地面积",
        "供地面积",
        "亩数",
        "land",
        "landarea",
        "landmu",
        "area",
        "siteArea",
        Most = 10_000_000,
        Measure = Measure.Land
    )]
    public decimal? LandMu { get; init; }

    /// <summary>Energy needed a year, in tonnes of standard coal.</summary>
    [Fact(
        "能耗（吨标煤）",
        "Energy (tce)",
        "能耗",
        "年能耗",
        "综合能耗",
        "年综合能耗",
        "年综合能源消费量",
        "用能",
        "用能需求",
        "energy",
        "energytce",
        "energydemand",
        Most = 1_000_000_000_000,
        Measure = Measure.Energy
    )]
    public decimal? EnergyTce { get; init; }

    /// <summary>Jobs planned.</summary>
    [Fact(
        "就业人数",
        "Jobs",
        "用工人数",
        "用工需求",
        "新增就业",
        "新增就业人数",
        "吸纳就业",
        "吸纳就业人数",
        "带动就业",
        "带动就业人数",
        "plannedjobs",
        "employees",
        Most = 10_000_000,
        Measure = Measure.People
    )]
    public int? Jobs { get; init; }

    /// <summary>Output planned a year once in production.</summary>
    [Fact(
        "预计年产值",
        "Expected annual output",
        "年产值",
        "达产年产值",
        "达产后年产值",
        "达产产值",
        "预期年产值",
        "annualoutput",
        "outputperyear"
    )]
    public Money? AnnualOutput { get; init; }

    /// <summary>Tax planned a year once in production.</summary>
    [Fact(
        "预计年税收",
        "Expected annual tax",
        "年税收",
        "年纳税额",
        "达产年税收",
        "达产后年税收",
        "达产税收",
        "预期年税收",
        "annualtax",
        "taxperyear"
    )]
    public Money? AnnualTax { get; init; }

    /// <summary>How it came.</summary>
    [Fact("招商渠道", "Channel", "引进渠道", "招引渠道", "channel")]
    public Channel? Channel { get; init; }

    /// <summary>The day of the first contact.</summary>
    [Fact("首次洽谈日期", "First contact on", "首次洽谈时间", "firstcontacton", Past = true)]
    public DateOnly? FirstContactOn { get; init; }

    /// <summary>The day it is to be signed.</summary>
    [Fact(
        "计划签约日期",
        "Planned signing",
        "计划签约时间",
        "拟签约时间",
        "拟签约日期",
        "预计签约时间",
        "预计签约日期"
    )]
    public DateOnly? PlannedSigningOn { get; init; }

    /// <summary>The day works are to start.</summary>
    [Fact("计划开工日期", "Planned start", "计划开工时间", "拟开工时间", "拟开工日期", "预计开工时间", "预计开工日期")]
    public DateOnly? PlannedStartOn { get; init; }

    /// <summary>The day production is to begin.</summary>
    [Fact(
        "计划投产日期",
        "Planned production",
        "计划投产时间",
        "拟投产时间",
        "预计投产时间",
        "预计投产日期",
        "计划竣工投产时间"
    )]
    public DateOnly? PlannedProductionOn { get; init; }
}

/// <summary>What a plain fact is called, in the pages, in files written and in the headers of files read.</summary>
/// <param name="zh">Its title in Chinese, which heads its column in files; a unit stands in brackets.</param>
/// <param name="en">Its title in English.</param>
/// <param name="aliases">Other headers that mean it, without spaces and punctuation.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FactAttribute(string zh, string en, params string[] aliases) : Attribute
{
    public string Zh => zh;
    public string En => en;
    public IReadOnlyList<string> Aliases => aliases;

    /// <summary>Of a number the largest it may be, of a text its greatest length.</summary>
    public double Most { get; init; }

    /// <summary>Of a number the units in which registers write it.</summary>
    public Measure Measure { get; init; }

    /// <summary>Of a day: whether it has come to pass, today at the latest.</summary>
    public bool Past { get; init; }
}

/// <summary>What a choice is called.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class TitlesAttribute(string zh, string en) : Attribute
{
    public string Zh => zh;
    public string En => en;
}

/// <summary>What a number counts, which tells the units it may be written in.</summary>
public enum Measure
{
    /// <summary>Bare numbers.</summary>
    None,

    /// <summary>Area in mu.</summary>
    Land,

    /// <summary>Energy in tonnes of standard coal.</summary>
    Energy,

    /// <summary>People.</summary>
    People,
}

/// <summary>What kind of value a plain fact is.</summary>
public enum FactShape
{
    Text,
    Number,
    Whole,
    Money,
    Day,
    Choice,
}

/// <summary>One of several values a fact can have.</summary>
public sealed record FactChoice(object Value, string Slug, string Zh, string En)
{
    /// <summary>Its title in a language.</summary>
    public string Title(string language) => language == "en" ? En : Zh;
}

/// <summary>One of the <see cref="PlainFacts"/>: its name, what it is called, and its value.</summary>
public sealed class PlainFact
{
    private readonly PropertyInfo member;
    private readonly FactAttribute about;

    private PlainFact(PropertyInfo member, FactAttribute about)
    {
        (this.member, this.about) = (member, about);
        Name = JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        Key = JsonNamingPolicy.KebabCaseLower.ConvertName(member.Name);
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        Shape =
            type == typeof(string) ? FactShape.Text
            : type == typeof(decimal) ? FactShape.Number
            : type == typeof(int) ? FactShape.Whole
            : type == typeof(Money) ? FactShape.Money
            : type == typeof(DateOnly) ? FactShape.Day
            : type.IsEnum ? FactShape.Choice
            : throw new NotSupportedException($"{member.Name} is of no shape that a plain fact can have.");
        Choices = type.IsEnum ? [.. Enum.GetValues(type).Cast<Enum>().Select(ChoiceOf)] : [];
    }

    /// <summary>All of them, in the order in which a project shows them.</summary>
    public static readonly IReadOnlyList<PlainFact> All =
    [
        .. typeof(PlainFacts)
            .GetProperties()
            .Select(member => (Member: member, About: member.GetCustomAttribute<FactAttribute>()))
            .Where(each => each.About is not null)
            .Select(each => new PlainFact(each.Member, each.About!)),
    ];

    /// <summary>The one of a name.</summary>
    public static PlainFact? Named(string name) => All.FirstOrDefault(fact => fact.Name == name);

    /// <summary>Its name in JSON and as a field of imports: <c>landMu</c>.</summary>
    public string Name { get; }

    /// <summary>Its name in queries and as a column: <c>land-mu</c>.</summary>
    public string Key { get; }

    public FactShape Shape { get; }

    /// <summary>The values it can have, if it is a choice.</summary>
    public IReadOnlyList<FactChoice> Choices { get; }
    public string Zh => about.Zh;
    public string En => about.En;
    public IReadOnlyList<string> Aliases => about.Aliases;
    public decimal Most => (decimal)about.Most;
    public Measure Measure => about.Measure;
    public bool Past => about.Past;

    /// <summary>The member that holds it.</summary>
    public PropertyInfo Member => member;

    /// <summary>The import field of its currency, if it is an amount.</summary>
    public string CurrencyName => Name + "Currency";

    /// <summary>Its title in a language.</summary>
    public string Title(string language) => language == "en" ? En : Zh;

    /// <summary>What some facts say of it; null: not known.</summary>
    public object? Of(PlainFacts facts) => member.GetValue(facts);

    /// <summary>Says it, of facts that nobody else has seen yet.</summary>
    internal void Set(PlainFacts facts, object? value) => member.SetValue(facts, value);

    private static FactChoice ChoiceOf(Enum value)
    {
        var titles = value.GetType().GetField(value.ToString())!.GetCustomAttribute<TitlesAttribute>()
            ?? throw new NotSupportedException($"{value} has no titles.");
        return new(value, JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), titles.Zh, titles.En);
    }
}
