using FsCheck;
using FsCheck.Fluent;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Tests.Matching;

/// <summary>R13: one firm, one project, written otherwise: for review, never L1.</summary>
public class SpellingTests
{
    private static Match? Of(string a, string b, string nameA = "甲厂", string nameB = "乙楼") =>
        Matcher.Compare(
            new MatchFacts(nameA, null, [new MatchInvestor(a, null, null)], new Money(1_000_000_000, "CNY"), "3841"),
            new MatchFacts(nameB, null, [new MatchInvestor(b, null, null)], new Money(2_000_000_000, "CNY"), "3841")
        );

    [TestCase("瑞泰(浙江)精密制造有限公司", "浙江瑞泰精密制造有限公司")]
    [TestCase("华锐中国投资有限公司", "华锐(中国)投资有限公司")]
    [TestCase("西马克(中国)有限公司", "西马克")]
    [TestCase("嘉兴市瑞泰精密制造有限公司", "瑞泰精密制造股份有限公司")]
    [TestCase("華碩電腦股份有限公司", "华硕电脑股份有限公司")]
    [TestCase("臺灣聯發科技電子股份有限公司", "台湾联发科技电子股份有限公司")]
    [TestCase("綠能發展有限公司", "绿能发展有限公司")]
    [TestCase("鍾鼎機械有限公司", "钟鼎机械有限公司")]
    [TestCase("中瑞新材集团有限公司", "中瑞新材(嘉兴)有限公司")]
    [TestCase("中瑞新材集团股份有限公司", "中瑞新材有限公司平湖分公司")]
    [TestCase("中瑞新材股份有限公司", "中瑞新材股份有限公司浙江分公司")]
    [TestCase("杭州海润软件股份有限公司", "海润软件")]
    [TestCase("隆基乐叶", "隆基乐叶光伏科技有限公司")]
    [TestCase("恒力泰半导体有限公司", "恒立泰半导体有限公司")]
    [TestCase("恒力泰半导体有限公司", "恒力泰导体有限公司")]
    [TestCase("Northwind Optics (诺丰光学)", "诺丰光学有限公司")]
    [TestCase("Northwind Optics (诺丰光学)", "Northwind Optics Ltd.")]
    [TestCase("诺丰光学（Northwind Optics）有限公司", "northwind optics GmbH")]
    public void One_firm_written_otherwise_is_for_review(string a, string b)
    {
        var match = Of(a, b).ShouldNotBeNull();
        match.Level.ShouldBe(MatchLevel.L2);
        Of(b, a).ShouldNotBeNull().Reasons.ShouldBe(match.Reasons);
    }

    [TestCase("浙江能源集团有限公司", "上海能源集团有限公司")]
    [TestCase("上海银行股份有限公司", "杭州银行股份有限公司")]
    [TestCase("上海石化", "嘉兴石化有限公司")]
    [TestCase("中铁一局集团有限公司", "中铁二局集团有限公司")]
    [TestCase("中国南车", "中国北车")]
    [TestCase("第一建筑有限公司", "第二建筑有限公司")]
    [TestCase("恒力", "恒翔")]
    [TestCase("甲公司(浙江)有限公司", "乙公司(浙江)有限公司")]
    [TestCase("ABB", "ADB")]
    [TestCase("ABC", "鑫ABC")]
    [TestCase("好牛食品有限公司", "一鸣食品有限公司")]
    [TestCase("华芯科技(有限合伙)", "联创资本(有限合伙)")]
    [TestCase("新能源科技有限公司", "浙江恒力新能源科技有限公司")]
    public void Places_generic_words_numbers_and_points_of_the_compass_make_no_firm_one(string a, string b) =>
        Of(a, b).ShouldBeNull();

    [Test]
    public void Another_spelling_never_makes_one_project_certain() =>
        Matcher
            .Compare(
                new MatchFacts("綠能電池項目", null, [new("臺達電子", null, null)], new Money(1000, "CNY"), "3841"),
                new MatchFacts("绿能电池项目", null, [new("台达电子", null, null)], new Money(1000, "CNY"), "3841")
            )
            .ShouldNotBeNull()
            .Level.ShouldBe(MatchLevel.L2);

    [Test]
    public void An_alias_is_for_review_whichever_side_knows_it()
    {
        var (plain, known) = (
            new MatchFacts("甲厂", null, [new("罗伯特穆斯特(中国)投资有限公司", null, null)], null, null),
            new MatchFacts("乙楼", null, [new("Robert Muster GmbH", null, null, ["罗伯特穆斯特投资"])], null, null)
        );
        Matcher.Compare(plain, known).ShouldNotBeNull().Reasons.ShouldBe(["alias"]);
        Matcher.Compare(known, plain).ShouldNotBeNull().Level.ShouldBe(MatchLevel.L2);
    }

    [TestCase("硅基纳米气凝胶复合材料项目", "30万立方米/年硅基纳米气凝胶复合材料项目")]
    [TestCase("硅基纳米气凝胶复合材料项目", "平湖市年产三十万立方米硅基纳米气凝胶复合材料生产线建设项目（一期）")]
    [TestCase("濮院数字时尚星城项目", "桐乡濮院數字時尚星城工程")]
    [TestCase("年产80万吨PTA项目", "嘉兴石化有限公司80万吨PTA项目")]
    public void A_project_is_found_under_its_name_without_capacity_place_and_frame(string a, string b)
    {
        MatchFacts Facts(string name, string investor, decimal? amount) =>
            new(name, null, [new(investor, null, null)], amount is { } cny ? new Money(cny, "CNY") : null, null);
        Matcher.Compare(Facts(a, "恒翔", null), Facts(b, "桐昆", 1000)).ShouldBe(MatchLevel.L3, "name-core");
        // Amounts that differ say that these are two.
        Matcher.Compare(Facts(a, "恒翔", 2000), Facts(b.Replace("（一期）", ""), "桐昆", 1000)).ShouldBeNull();
    }

    [TestCase("高端装备产业园项目", "湘家荡高端装备产业园二期")]
    [TestCase("动力电池项目", "年产10GWh动力电池生产基地")]
    [TestCase("标准厂房建设项目", "平湖标准厂房建设项目")]
    public void Names_of_generic_words_alone_are_no_likeness(string a, string b) =>
        Matcher
            .Compare(
                new MatchFacts(a, null, [new("恒翔", null, null)], null, null),
                new MatchFacts(b, null, [new("桐昆", null, null)], null, null)
            )
            .ShouldBeNull();

    [Test]
    public void A_project_named_after_an_investor_is_for_review() =>
        Matcher
            .Compare(
                new MatchFacts("蘭鈞新能源三期", null, [], null, null),
                new MatchFacts("兰钧嘉善GT项目", null, [new("兰钧新能源", null, null)], null, null)
            )
            .ShouldBe(MatchLevel.L3, "investor-named");

    [TestCase("發", "髮")]
    [TestCase("臺", "颱")]
    [TestCase("乾", "幹")]
    [TestCase("鍾", "鐘")]
    [TestCase("匯", "彙")]
    public void What_one_simplified_character_stands_for_is_one_class(string a, string b) =>
        HanFolding.Fold(a).ShouldBe(HanFolding.Fold(b));

    [Property(Arbitrary = [typeof(Names)], MaxTest = 3000)]
    public bool Whatever_is_alike_is_found_by_its_keys(string a, string b)
    {
        var (forms, others) = (InvestorSpellings.Of(a), InvestorSpellings.Of(b));
        var (core, other) = (ProjectCores.Of(a), ProjectCores.Of(b));
        var stored = others.SelectMany(SpellingKeys.OfForm).ToHashSet();
        var cores = SpellingKeys.OfCore(other).ToHashSet();
        return (
                !InvestorSpellings.AreAlike(forms, others)
                || forms.SelectMany(SpellingKeys.SeekForms).Any(stored.Contains)
            )
            && (!ProjectCores.AreAlike(core, other) || SpellingKeys.SeekCores(core).Any(cores.Contains))
            && (
                !forms.Any(form => ProjectCores.Names(other, form))
                || forms.SelectMany(SpellingKeys.SeekCoresNaming).Any(cores.Contains)
            )
            && (
                !others.Any(form => ProjectCores.Names(core, form))
                || SpellingKeys.SeekFormsIn(core).Any(stored.Contains)
            );
    }

    private static class Names
    {
        private static readonly Gen<string> Word = Gen.Elements(
            "浙江",
            "嘉兴",
            "恒力泰",
            "恒立泰",
            "華芯",
            "华芯",
            "半导体",
            "科技",
            "有限公司",
            "集团",
            "分公司",
            "(",
            ")",
            "新能源",
            "瑞泰",
            "精密",
            "𬭎",
            "一期",
            "年产10万吨",
            "项目",
            "气凝胶",
            "纳米",
            "abc",
            "optics",
            "x",
            "7",
            "东",
            "西",
            "泰"
        );

        public static Arbitrary<string> Name() =>
            Gen.Choose(0, 7)
                .SelectMany(count => Word.ArrayOf(count))
                .Select(words => string.Concat(words))
                .ToArbitrary();
    }
}

internal static class MatchExpectations
{
    /// <summary>Holds a match against its level and its only reason.</summary>
    public static void ShouldBe(this Match? match, MatchLevel level, string reason)
    {
        match.ShouldNotBeNull().Level.ShouldBe(level);
        match.Reasons.ShouldBe([reason]);
    }
}
