using FsCheck;
using FsCheck.Fluent;
using FsCheck.NUnit;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Tests.Matching;

/// <summary>R13: same, for review, or distinct.</summary>
public class MatcherTests
{
    private static MatchFacts Facts(
        string name,
        string? investor = null,
        decimal? cny = null,
        string? industry = null,
        string? uscc = null,
        string? group = null,
        string? national = null,
        string currency = "CNY"
    ) =>
        new(
            name,
            national,
            investor is null ? [] : [new MatchInvestor(investor, uscc, group)],
            cny is { } amount ? new Money(amount, currency) : null,
            industry
        );

    private static void ShouldMatch(MatchFacts a, MatchFacts b, MatchLevel level, params string[] reasons)
    {
        var match = Matcher.Compare(a, b).ShouldNotBeNull();
        match.Level.ShouldBe(level);
        match.Reasons.ShouldBe(reasons);
        Matcher.Compare(b, a).ShouldNotBeNull().Reasons.ShouldBe(reasons);
    }

    private static void ShouldBeDistinct(MatchFacts a, MatchFacts b)
    {
        Matcher.Compare(a, b).ShouldBeNull();
        Matcher.Compare(b, a).ShouldBeNull();
    }

    [Test]
    public void One_national_code_is_one_project() =>
        ShouldMatch(
            Facts("甲厂", national: "2311-330402-04-01-123456"),
            Facts("something else", national: "２３１１-330402-04-01-123456"),
            MatchLevel.L1,
            "national-code"
        );

    [Test]
    public void A_malformed_national_code_says_nothing() =>
        ShouldBeDistinct(Facts("甲厂", national: "2311-330402"), Facts("乙楼", national: "2311-330402"));

    [Test]
    public void An_investor_and_an_equal_name_are_one_project() =>
        ShouldMatch(
            Facts("年产十万吨项目（二期）", "浙江恒翔新材料有限公司"),
            Facts("年产 10万吨项目(2期)", "浙江恒翔新材料"),
            MatchLevel.L1,
            "investor-and-name"
        );

    [Test]
    public void Two_credit_codes_decide_against_equal_names() =>
        ShouldMatch(
            Facts("厂房", "恒翔有限公司", uscc: "914403001922038216"),
            Facts("另一处基地", "恒翔有限公司", uscc: "9144030071526726XG"),
            MatchLevel.L2,
            "similar-investor"
        );

    [Test]
    public void One_credit_code_is_one_investor_under_any_name() =>
        ShouldMatch(
            Facts("厂房", "恒翔", uscc: "914403001922038216"),
            Facts("另一处基地", "完全不同的名字", uscc: "914403001922038216"),
            MatchLevel.L2,
            "same-investor"
        );

    [Test]
    public void A_malformed_credit_code_leaves_the_names_to_decide() =>
        ShouldMatch(
            Facts("厂房", "恒翔", uscc: "91440300"),
            Facts("另一处基地", "恒翔", uscc: "914403001922038216"),
            MatchLevel.L2,
            "same-investor"
        );

    [TestCase(1000, 900, true)]
    [TestCase(1000, 899.99, false)]
    [TestCase(900, 1000, true)]
    public void Amounts_within_ten_per_cent_of_the_larger_make_one_project_of_one_class(double a, double b, bool same)
    {
        var (x, y) = (Facts("厂房", "恒翔", (decimal)a, "3841"), Facts("另一处基地", "恒翔", (decimal)b, "3849"));
        if (same)
            ShouldMatch(x, y, MatchLevel.L1, "investor-class-amount");
        else
            ShouldMatch(x, y, MatchLevel.L2, "same-investor");
    }

    [Test]
    public void Amounts_of_two_currencies_are_never_near() =>
        ShouldMatch(
            Facts("厂房", "恒翔", 1000, "3841"),
            Facts("另一处基地", "恒翔", 1000, "3841", currency: "USD"),
            MatchLevel.L2,
            "same-investor"
        );

    [Test]
    public void Missing_classes_and_amounts_never_agree() =>
        ShouldMatch(Facts("厂房", "恒翔"), Facts("另一处基地", "恒翔"), MatchLevel.L2, "same-investor");

    // Ten code points each; six stay, so the similarity is 0.60 exactly; the pair after that has 0.50.
    [TestCase("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己子丑寅卯", true)]
    [TestCase("甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊子丑寅卯辰", false)]
    public void A_name_at_least_sixty_per_cent_alike_makes_one_project_of_one_class(string a, string b, bool same)
    {
        var (x, y) = (Facts(a, "恒翔", industry: "384"), Facts(b, "恒翔", industry: "3842"));
        if (same)
            ShouldMatch(x, y, MatchLevel.L1, "investor-class-name");
        else
            ShouldMatch(x, y, MatchLevel.L2, "same-investor");
    }

    // Twenty code points, three apart: 0.85 exactly.
    [TestCase("abcdefghijklmnopqrst", "abcdefghijklmnopq123", true)]
    [TestCase("abcdefghijklmnopqrst", "abcdefghijklmnop1234", false)]
    public void Investors_at_least_eighty_five_per_cent_alike_are_for_review(string a, string b, bool review)
    {
        if (review)
            ShouldMatch(Facts("厂房", a), Facts("另一处基地", b), MatchLevel.L2, "similar-investor");
        else
            ShouldBeDistinct(Facts("厂房", a), Facts("另一处基地", b));
    }

    [Test]
    public void Similar_names_and_near_amounts_are_for_review_whoever_invests()
    {
        ShouldMatch(
            Facts("甲乙丙丁戊己庚辛壬癸", "恒翔", 1000),
            Facts("甲乙丙丁戊己子丑寅卯", "桐昆", 1100),
            MatchLevel.L3,
            "similar-name-amount"
        );
        ShouldBeDistinct(Facts("甲乙丙丁戊己庚辛壬癸", "恒翔", 1000), Facts("甲乙丙丁戊己子丑寅卯", "桐昆", 1112));
        ShouldBeDistinct(Facts("甲乙丙丁戊己庚辛壬癸", "恒翔", 1000), Facts("甲乙丙丁戊子丑寅卯辰", "桐昆", 1000));
    }

    [Test]
    public void A_group_parent_and_a_class_in_common_are_for_review()
    {
        ShouldMatch(
            Facts("厂房", "恒翔", industry: "2651", group: "桐昆集团"),
            Facts("另一处基地", "嘉兴石化", industry: "2652", group: "桐昆"),
            MatchLevel.L3,
            "group-and-class"
        );
        ShouldBeDistinct(
            Facts("厂房", "恒翔", industry: "2651", group: "桐昆集团"),
            Facts("另一处基地", "嘉兴石化", industry: "2822", group: "桐昆")
        );
        ShouldBeDistinct(
            Facts("厂房", "恒翔", industry: "2651", group: ""),
            Facts("另一处基地", "嘉兴石化", industry: "2651", group: " ")
        );
    }

    [Test]
    public void A_phase_is_not_its_whole()
    {
        ShouldMatch(
            Facts("湖钠能源钠离子电池及系统项目", "浙江湖钠能源有限责任公司", 2_000_000_000, "3841"),
            Facts("湖钠能源钠离子电池及系统项目一期", "浙江湖钠能源有限责任公司", 2_000_000_000, "3841"),
            MatchLevel.L2,
            "same-investor",
            "phase",
            "similar-name-amount"
        );
        ShouldMatch(
            Facts("湖钠能源钠离子电池项目二期", "湖钠能源", null, "3841"),
            Facts("湖钠能源钠离子电池项目一期", "湖钠能源", null, "3841"),
            MatchLevel.L2,
            "same-investor",
            "phase"
        );
        ShouldMatch(
            Facts("湖钠能源钠离子电池项目（一期）", "湖钠能源", null, "3841"),
            Facts("湖钠能源钠离子电池系统项目首期", "湖钠能源", null, "3841"),
            MatchLevel.L1,
            "investor-class-name"
        );
    }

    [Test]
    public void Any_investor_in_common_is_enough() =>
        ShouldMatch(
            new MatchFacts(
                "重型汽车自动变速箱项目",
                null,
                [new("采埃孚", null, null), new("北汽福田", null, null)],
                new Money(800_000_000, "CNY"),
                "3670"
            ),
            new MatchFacts(
                "高端自动变速箱项目",
                null,
                [new("北汽福田", null, null), new("采埃孚", null, null)],
                null,
                "3670"
            ),
            MatchLevel.L1,
            "investor-class-name"
        );

    [Test]
    public void A_generic_investor_is_never_the_same_as_another()
    {
        ShouldBeDistinct(Facts("厂房", "日本投资方"), Facts("另一处基地", "日本投资方"));
        ShouldBeDistinct(Facts("厂房", "某省属国企"), Facts("另一处基地", "某省属国企"));
        ShouldBeDistinct(Facts("厂房", "待定"), Facts("另一处基地", "待定"));
    }

    [Test]
    public void Empty_names_never_match()
    {
        ShouldBeDistinct(Facts("", ""), Facts("", ""));
        ShouldBeDistinct(Facts("——", "（）", 1000), Facts("——", "（）", 1000));
    }

    [Test]
    public void Reasons_of_lower_levels_follow_the_telling_ones() =>
        ShouldMatch(
            Facts("甲乙丙丁戊己庚辛壬癸", "恒翔", 1000, "3841", group: "桐昆", national: "2311-330402-04-01-123456"),
            Facts("甲乙丙丁戊己子丑寅卯", "恒翔", 950, "3841", group: "桐昆", national: "2311-330402-04-01-123456"),
            MatchLevel.L1,
            "national-code",
            "investor-class-amount",
            "investor-class-name",
            "similar-name-amount",
            "group-and-class"
        );

    // Pairs of a real register; row numbers as in db/seed/register.csv.
    [Test]
    public void Real_pairs_of_a_register_end_where_the_rule_puts_them()
    {
        // 49/50: one project under two names; the investor is spelt with its Latin name once.
        Matcher
            .Compare(
                Facts("德铁信可DB Schenker物流项目", "德铁信可集团", 100_000_000, currency: "USD"),
                Facts("德国德铁信可(DB Schenker)投资项目", "德铁信可")
            )
            .ShouldNotBeNull()
            .Level.ShouldBe(MatchLevel.L2);
        // 63/80: one group, two counties, nothing else in common: for a person, not merged.
        ShouldMatch(
            Facts("桐昆集团浙江恒翔新材料项目", "桐昆集团"),
            Facts("桐昆集团锅炉超低排放节能改造项目", "桐昆集团"),
            MatchLevel.L2,
            "same-investor"
        );
        // 84/227: one project, once for each step, no investor named.
        ShouldMatch(
            Facts("中国航天瑞华泰高分子新材料项目", cny: 11_500_000_000),
            Facts("中国航天瑞华泰高分子新材料项目", cny: 11_500_000_000),
            MatchLevel.L3,
            "similar-name-amount"
        );
        // 90/184: two units report one project, 30.7 and 30.4 (亿元). Numerals equated, 嘉兴石化有限公司 against 年产 is eight edits in twenty: 0.60.
        ShouldMatch(
            Facts("嘉兴石化有限公司80万吨PTA项目", "嘉兴石化有限公司", 3_070_000_000),
            Facts("年产80万吨PTA项目", null, 3_040_000_000),
            MatchLevel.L3,
            "similar-name-amount"
        );
        // 185/187: one investor, one class, two counties, 40 against 9 (亿元), names far apart.
        ShouldMatch(
            Facts("浙江冠宇电池有限公司年产10Gwh动力电池项目", "浙江冠宇电池有限公司", 4_000_000_000, "3841"),
            Facts("动力电池项目", "浙江冠宇电池有限公司", 900_000_000, "3841"),
            MatchLevel.L2,
            "same-investor"
        );
        // 66/191: signed and started rows of one project.
        Matcher
            .Compare(
                Facts(
                    "中晶(嘉兴)半导体有限公司年产480万片300mm 大硅片项目",
                    "上海康峰投资管理有限公司",
                    11_000_000_000,
                    "3985"
                ),
                Facts("中晶(嘉兴)半导体大硅片项目", "上海康峰投资管理有限公司", 11_000_000_000, "3985")
            )
            .ShouldBe(new Match(MatchLevel.L1, ["investor-class-amount"]), new ByValue());
        // 164/165: a phase against its whole.
        ShouldMatch(
            Facts("湖钠能源钠离子电池及系统项目", "浙江湖钠能源有限责任公司", 11_000_000_000, "3841"),
            Facts("湖钠能源钠离子电池及系统项目一期", "浙江湖钠能源有限责任公司", 2_000_000_000, "3841"),
            MatchLevel.L2,
            "same-investor",
            "phase"
        );
        // 214/215: one investor spelt in two ways that share little, but for its Latin name in brackets.
        ShouldMatch(
            Facts("绿色储能锂电池项目", "荷兰锂能沃克斯公司(LithiumWerksB.V.)", 1_600_000_000, currency: "EUR"),
            Facts("锂电池gigafactory", "锂威克斯(LithiumWerksBV)", 1_600_000_000, currency: "EUR"),
            MatchLevel.L2,
            "other-spelling"
        );
    }

    [Property(Arbitrary = [typeof(Projects)], MaxTest = 2000)]
    public bool The_order_of_two_projects_makes_no_difference(MatchFacts a, MatchFacts b)
    {
        var (forth, back) = (Matcher.Compare(a, b), Matcher.Compare(b, a));
        return forth?.Level == back?.Level && (forth?.Reasons ?? []).SequenceEqual(back?.Reasons ?? []);
    }

    [Property(Arbitrary = [typeof(Projects)], MaxTest = 500)]
    public bool A_project_with_an_identified_investor_is_the_same_as_itself(MatchFacts facts) =>
        facts.Investors.All(i => InvestorIdentity.IsGeneric(i.Name))
        || Normalised.ProjectName(facts.Name).Length == 0
        || Matcher.Compare(facts, facts)?.Level == MatchLevel.L1;

    private sealed class ByValue : IEqualityComparer<Match?>
    {
        public bool Equals(Match? x, Match? y) =>
            x?.Level == y?.Level && (x?.Reasons ?? []).SequenceEqual(y?.Reasons ?? []);

        public int GetHashCode(Match? match) => 0;
    }

    private static class Projects
    {
        private static readonly Gen<string> Name = Gen.Elements(
            "年产十万吨项目",
            "年产10万吨项目",
            "年产10万吨项目一期",
            "动力电池项目",
            "锂电池项目",
            "",
            "综合产业园"
        );
        private static readonly Gen<string> Investor = Gen.Elements(
            "浙江冠宇电池有限公司",
            "浙江冠宇",
            "浙江冠宇电池股份有限公司",
            "某企业",
            "桐昆集团",
            ""
        );
        private static readonly Gen<string?> Code = Gen.Elements<string?>(
            null,
            "2311-330402-04-01-123456",
            "2311-330402-04-01-123457",
            "bad"
        );
        private static readonly Gen<string?> Credit = Gen.Elements<string?>(
            null,
            null,
            "914403001922038216",
            "9144030071526726XG",
            "bad"
        );
        private static readonly Gen<string?> Group = Gen.Elements<string?>(null, "桐昆集团", "桐昆", "");
        private static readonly Gen<string?> Industry = Gen.Elements<string?>(null, "3841", "3849", "38", "2651");
        private static readonly Gen<Money?> Amount = Gen.Elements<Money?>(
            null,
            new Money(1000, "CNY"),
            new Money(900, "CNY"),
            new Money(899, "CNY"),
            new Money(1000, "USD"),
            new Money(0, "CNY")
        );

        public static Arbitrary<MatchFacts> Any() =>
            Arb.From(
                from name in Name
                from code in Code
                from investors in Gen.ListOf(
                    from n in Investor
                    from c in Credit
                    from g in Group
                    select new MatchInvestor(n, c, g)
                )
                from amount in Amount
                from industry in Industry
                select new MatchFacts(name, code, [.. investors.Take(3)], amount, industry)
            );
    }
}
