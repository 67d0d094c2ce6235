using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Imports;

/// <summary>A column of the registers that the product writes.</summary>
/// <param name="Key">Its name in queries: <c>columns=name,stage</c>.</param>
/// <param name="Zh">Its heading in Chinese.</param>
/// <param name="En">Its heading in English.</param>
/// <param name="Field">The import field as which it is read back; null: it is told, and not read.</param>
public sealed record RegisterColumn(string Key, string Zh, string En, string? Field)
{
    /// <summary>Its heading in a language.</summary>
    public string Title(string language) => language == "en" ? En : Zh;
}

/// <summary>What the product's own registers call their columns, and what each is when it is read: one list, so that what is exported is read back.</summary>
public static class RegisterColumns
{
    public static readonly RegisterColumn Code = new("code", "项目编号", "Code", ImportFields.ProjectCode),
        Name = new("name", "项目名称", "Project name", ImportFields.Name),
        Stage = new("stage", "阶段", "Stage", ImportFields.Stage),
        Owner = new("owner", "归属单位", "Owner", ImportFields.Jurisdiction),
        FirstTalk = new("first-talk", "首谈单位", "First in talks", null),
        Investors = new("investors", "投资方", "Investors", ImportFields.Investor),
        Country = new("country", "主要投资方国别", "Primary investor's country", ImportFields.Country),
        Uscc = new("uscc", "主要投资方统一社会信用代码", "Primary investor's credit code (USCC)", ImportFields.Uscc),
        TotalInvestment = new("total-investment", "总投资", "Total investment", ImportFields.TotalInvestment),
        Currency = new("currency", "币种", "Currency", ImportFields.Currency),
        Cny = new("cny", "折合人民币（元）", "In CNY", null),
        IndustryCode = new("industry-code", "行业代码", "Industry class", ImportFields.IndustryCode),
        Chain = new("chain", "产业链", "Industry chain", ImportFields.Chain),
        LandingPlace = new("landing-place", "承接地点", "Landing place", ImportFields.Place),
        InTalksOn = new("in-talks-on", "在谈日期", "In talks on", ImportFields.ReportedOn),
        SignedOn = new("signed-on", "签约日期", "Signed on", ImportFields.SignedOn),
        RegisteredOn = new("registered-on", "注册日期", "Registered on", ImportFields.RegisteredOn),
        StartedOn = new("started-on", "开工日期", "Started on", ImportFields.StartedOn),
        InProductionOn = new("in-production-on", "投产日期", "In production on", ImportFields.InProductionOn),
        Light = new("light", "亮灯", "Light", null),
        Flags = new("flags", "标记", "Flags", null),
        ClaimStatus = new("claim-status", "首报状态", "Claim", null),
        ClaimExpiresAt = new("claim-expires-at", "首谈期至（北京时间）", "Claim expires (Shanghai time)", null),
        CreatedAt = new("created-at", "登记时间（北京时间）", "Entered (Shanghai time)", null),
        UpdatedAt = new("updated-at", "更新时间（北京时间）", "Updated (Shanghai time)", null);

    // Files have these plain facts in places that people know by now; what came later stands at the end.
    private static readonly IReadOnlyList<PlainFact> Early =
        [Plain(nameof(PlainFacts.FixedInvestment)), Plain(nameof(PlainFacts.ForeignCapital))],
        Planned =

        [
            Plain(nameof(PlainFacts.PlannedSigningOn)),
            Plain(nameof(PlainFacts.PlannedStartOn)),
            Plain(nameof(PlainFacts.PlannedProductionOn)),
        ];
    private static readonly PlainFact Land = Plain(nameof(PlainFacts.LandMu));

    public static readonly IReadOnlyList<RegisterColumn> All =
    [
        Code,
        Name,
        Stage,
        Owner,
        FirstTalk,
        Investors,
        Country,
        Uscc,
        TotalInvestment,
        Currency,
        Cny,
        .. Early.SelectMany(OfPlain),
        IndustryCode,
        Chain,
        LandingPlace,
        .. OfPlain(Land),
        InTalksOn,
        SignedOn,
        RegisteredOn,
        StartedOn,
        InProductionOn,
        .. Planned.SelectMany(OfPlain),
        Light,
        Flags,
        ClaimStatus,
        ClaimExpiresAt,
        CreatedAt,
        UpdatedAt,
        .. PlainFact.All.Except([.. Early, Land, .. Planned]).SelectMany(OfPlain),
    ];

    /// <summary>The columns of a plain fact: itself, and of an amount its currency.</summary>
    public static IEnumerable<RegisterColumn> OfPlain(PlainFact fact)
    {
        yield return new(fact.Key, fact.Zh, fact.En, fact.Name);
        if (fact.Shape == FactShape.Money)
            yield return new(fact.Key + "-currency", CurrencyZh(fact), CurrencyEn(fact), fact.CurrencyName);
    }

    internal static string CurrencyZh(PlainFact fact) => fact.Zh + "币种";

    internal static string CurrencyEn(PlainFact fact) =>
        $"Currency of {char.ToLowerInvariant(fact.En[0])}{fact.En[1..]}";

    private static PlainFact Plain(string member) => PlainFact.All.First(fact => fact.Member.Name == member);
}
