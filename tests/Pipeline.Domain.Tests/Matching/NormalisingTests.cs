using FsCheck;
using FsCheck.NUnit;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Tests.Matching;

/// <summary>R13: NFKC, case, spaces and punctuation dropped, legal suffixes longest first, repeatedly, never to nothing; numerals equated.</summary>
public class NormalisingTests
{
    [TestCase("浙江华友钴业股份有限公司", "浙江华友钴业")]
    [TestCase("浙江湖钠能源有限责任公司", "浙江湖钠能源")]
    [TestCase("德国湛新树脂集团", "德国湛新树脂")]
    [TestCase("新凤鸣集团股份有限公司", "新凤鸣")]
    [TestCase("睿泰新能源公司", "睿泰新能源")]
    [TestCase("中国海洋石油总公司", "中国海洋石油")]
    [TestCase("格科微电子（上海）有限公司", "格科微电子上海")]
    [TestCase("格科微电子(上海) 有限公司", "格科微电子上海")]
    [TestCase("Acme Trading Co., Ltd.", "acmetrading")]
    [TestCase("Acme Trading Company Limited", "acmetrading")]
    [TestCase("ACME  TRADING", "acmetrading")]
    [TestCase("Siemens AG", "siemens")]
    [TestCase("SAP SE", "sap")]
    [TestCase("Nestlé S.A.", "nestlé")]
    [TestCase("Philips N.V.", "philips")]
    [TestCase("LithiumWerks B.V.", "lithiumwerks")]
    [TestCase("Bosch GmbH & Co. KG", "bosch")]
    [TestCase("Ｓｈｅｌｌ　ＰＬＣ", "shell")]
    [TestCase("ニデック株式会社", "ニデック")]
    [TestCase("삼성전자 주식회사", "삼성전자")]
    public void Legal_suffixes_go_longest_first_and_repeatedly(string name, string expected) =>
        Normalised.InvestorName(name).ShouldBe(expected);

    [TestCase("Visa", "visa")]
    [TestCase("VISA Inc.", "visa")]
    [TestCase("Zinc", "zinc")]
    [TestCase("Nokia", "nokia")]
    [TestCase("Volkswag", "volkswag")]
    [TestCase("Casablanca Cosa", "casablancacosa")]
    [TestCase("中国电信嘉兴分公司", "中国电信嘉兴分公司")]
    [TestCase("桐乡平安养生养老综合服务社区", "桐乡平安养生养老综合服务社区")]
    public void What_only_looks_like_a_suffix_stays(string name, string expected) =>
        Normalised.InvestorName(name).ShouldBe(expected);

    [TestCase("有限公司", "有限公司")]
    [TestCase("集团有限公司", "集团")]
    [TestCase("Ltd", "ltd")]
    [TestCase("SA AG", "sa")]
    [TestCase("公司", "公司")]
    public void A_name_is_never_cut_to_nothing(string name, string expected) =>
        Normalised.InvestorName(name).ShouldBe(expected);

    [TestCase("")]
    [TestCase(" 　\t\u200b\ufeff")]
    [TestCase("—·（）「」")]
    [TestCase("\ud800")]
    [TestCase("\udc00\ufffe\uffff")]
    public void What_holds_no_letter_is_empty(string name) => Normalised.InvestorName(name).ShouldBe("");

    [Test]
    public void Astral_letters_and_combining_marks_stay()
    {
        Normalised.InvestorName("𠮷野家").ShouldBe("𠮷野家");
        Normalised.InvestorName("Nestle\u0301").ShouldBe("nestlé");
        Normalised.InvestorName("葛\U000E0100城").ShouldBe("葛城");
        Normalised.InvestorName("हिन्दी").ShouldBe("हिन्दी");
    }

    [TestCase("十万", "100000")]
    [TestCase("10万", "100000")]
    [TestCase("１００，０００", "100000")]
    [TestCase("100,000", "100000")]
    [TestCase("二期", "2期")]
    [TestCase("一百二十", "120")]
    [TestCase("一百零二", "102")]
    [TestCase("十二", "12")]
    [TestCase("二十", "20")]
    [TestCase("两千", "2000")]
    [TestCase("三千五百", "3500")]
    [TestCase("一万零五百", "10500")]
    [TestCase("1.5亿", "150000000")]
    [TestCase("12 万", "120000")]
    [TestCase("1亿2千万", "120000000")]
    [TestCase("1.2万亿", "1200000000000")]
    [TestCase("二〇二三年", "2023年")]
    [TestCase("400,000万", "4000000000")]
    [TestCase("0.42亿箱", "42000000箱")]
    [TestCase("10万千瓦", "100000千瓦")]
    [TestCase("10万二期", "1000002期")]
    [TestCase("贰佰万", "2000000")]
    [TestCase("万科", "万科")]
    [TestCase("百联", "百联")]
    [TestCase("亿纬锂能", "亿纬锂能")]
    [TestCase("两江", "两江")]
    [TestCase("3000台", "3000台")]
    [TestCase("123456789012345678901234567890", "123456789012345678901234567890")]
    public void Chinese_and_Arabic_numerals_are_equated(string written, string expected) =>
        Normalised.ProjectName(written).ShouldBe(expected);

    [TestCase("９１４４０３００１９２２０３８２１６", "914403001922038216")]
    [TestCase(" 9144 0300 7152 6726xg ", "9144030071526726XG")]
    [TestCase("91440300192203821", null)]
    [TestCase("91440300192203821I", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void A_uscc_is_compared_in_one_form_or_not_at_all(string? written, string? expected) =>
        Normalised.Uscc(written).ShouldBe(expected);

    // Public codes of Huawei, Tencent Computer and Alibaba (China), as the national register shows them.
    [TestCase("914403001922038216", true)]
    [TestCase("9144030071526726XG", true)]
    [TestCase("91330100799655058B", true)]
    [TestCase("914403001922038217", false)]
    [TestCase("9144030071526726XH", false)]
    [TestCase("too short", false)]
    public void The_check_digit_of_GB_32100_holds_for_real_codes(string code, bool holds) =>
        Uscc.CheckDigitHolds(code).ShouldBe(holds);

    [TestCase("2311-330402-04-01-123456", "2311-330402-04-01-123456")]
    [TestCase("２３１１－３３０４０２－０４－０１－１２３４５６", "2311-330402-04-01-123456")]
    [TestCase("2311–330402–04–01–123456", "2311-330402-04-01-123456")]
    [TestCase("2311-330402-04-01-12345", null)]
    [TestCase("2311-330402-04-01-1234567", null)]
    [TestCase("231133040204011234 56", null)]
    public void A_national_code_is_well_formed_or_none(string written, string? expected)
    {
        Normalised.NationalCode(written).ShouldBe(expected);
        Normalised.IsNationalCode(written).ShouldBe(expected is not null);
    }

    [TestCase("3841", "384")]
    [TestCase("C3841", "384")]
    [TestCase("384", "384")]
    [TestCase("38", "38")]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void A_class_is_compared_by_its_first_three_digits(string? code, string? expected) =>
        Normalised.IndustryClass(code).ShouldBe(expected);

    [TestCase("项目一期", new[] { 1 })]
    [TestCase("项目（一期）", new[] { 1 })]
    [TestCase("首期工程", new[] { 1 })]
    [TestCase("第2期", new[] { 2 })]
    [TestCase("三期扩建", new[] { 3 })]
    [TestCase("Ⅱ期", new[] { 2 })]
    [TestCase("十二期", new[] { 12 })]
    [TestCase("一、二期", new[] { 1, 2 })]
    [TestCase("一期、二期", new[] { 1, 2 })]
    [TestCase("一二期", new[] { 1, 2 })]
    [TestCase("Phase 1", new[] { 1 })]
    [TestCase("phase II works", new[] { 2 })]
    [TestCase("Second phase of the plant", new[] { 2 })]
    [TestCase("十三五期间项目", new int[0])]
    [TestCase("近期建设项目", new int[0])]
    [TestCase("年产80万吨PTA项目", new int[0])]
    public void Phase_marks_are_read(string name, int[] phases) => PhaseMarks.Of(name).ShouldBe(phases);

    [TestCase("某省属国企")]
    [TestCase("某企业")]
    [TestCase("某知名半导体公司")]
    [TestCase("日本投资方")]
    [TestCase("台湾客商")]
    [TestCase("段志辉团队")]
    [TestCase("XX团队")]
    [TestCase("××科技有限公司")]
    [TestCase("一家世界500强企业")]
    [TestCase("德国企业")]
    [TestCase("上市公司")]
    [TestCase("A公司")]
    [TestCase("待定")]
    [TestCase("/")]
    [TestCase("")]
    [TestCase("N/A")]
    [TestCase("a Japanese investor")]
    [TestCase("Undisclosed")]
    public void A_placeholder_identifies_nobody(string name) => InvestorIdentity.IsGeneric(name).ShouldBeTrue();

    [TestCase("上海汽车集团")]
    [TestCase("日本电产")]
    [TestCase("ExxonMobil")]
    [TestCase("诺华")]
    [TestCase("中粮")]
    [TestCase("(ADM)公司")]
    [TestCase("丰茂股份")]
    [TestCase("许村镇文桥经济合作社")]
    [TestCase("红杉中国")]
    [TestCase("台升国际集团")]
    [TestCase("French Morin Company")]
    [TestCase("浙江高端投资有限公司")]
    [TestCase("邮政EMS")]
    [TestCase("中国巨石")]
    public void A_name_identifies_its_bearer(string name) => InvestorIdentity.IsGeneric(name).ShouldBeFalse();

    [Property(MaxTest = 500)]
    public bool No_text_makes_normalising_fail(string? text)
    {
        var name = text ?? "";
        PhaseMarks.Of(name);
        InvestorIdentity.IsGeneric(name);
        Normalised.Uscc(name);
        Normalised.NationalCode(name);
        return Normalised.InvestorName(name) == Normalised.ProjectName(name);
    }

    [Property(MaxTest = 500)]
    public bool Case_spaces_and_width_make_no_difference(NonNull<string> text)
    {
        var plain = string.Concat(text.Get.Where(char.IsAsciiLetter));
        var wide = string.Concat(plain.Select(c => (char)(c + 0xFEE0)));
        return Normalised.ProjectName(wide) == Normalised.ProjectName(plain.ToUpperInvariant());
    }
}
