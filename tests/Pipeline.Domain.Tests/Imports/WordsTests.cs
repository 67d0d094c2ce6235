using Pipeline.Domain.Imports;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Tests.Imports;

/// <summary>Words of progress, amounts and repetition: what is done counts, what is meant does not.</summary>
public class WordsTests
{
    [TestCase("已签约", "signed")]
    [TestCase("8月15日签约", "signed")]
    [TestCase("2026年3月签约", "signed")]
    [TestCase("签约", "signed")]
    [TestCase("已完成签约", "signed")]
    [TestCase("完成工商注册", "registered")]
    [TestCase("已签约，正在办理注册手续", "signed")]
    [TestCase("已备案；拟于明年开工", "registered")]
    [TestCase("6月已开工，预计年底投产", "started")]
    [TestCase("正在建设", "started")]
    [TestCase("正在施工", "started")]
    [TestCase("9月底正式动工建设，预计明年年底建成投产", "started")]
    [TestCase("已签约、已开工", "started")]
    [TestCase("已竣工投产", "in-production")]
    [TestCase("一期已投产，二期在建", "in-production")]
    [TestCase("正在推进签约事宜", "in-talks")]
    [TestCase("预签约", "in-talks")]
    [TestCase("定于12月签约", "in-talks")]
    [TestCase("待签约", "in-talks")]
    [TestCase("即将签约", "in-talks")]
    [TestCase("在谈，推进签约", "in-talks")]
    [TestCase("签约手续办理中", "in-talks")]
    [TestCase("已签约未注册", "signed")]
    [TestCase("已签约尚未注册", "signed")]
    [TestCase("签约未开工", "signed")]
    [TestCase("已签约但尚未落地", "signed")]
    [TestCase("已签约待供地", "signed")]
    [TestCase("已注册未开工", "registered")]
    [TestCase("完成注册待开工", "registered")]
    [TestCase("已开工未投产", "started")]
    [TestCase("已签约正在办理注册", "signed")]
    [TestCase("未签约", "in-talks")]
    [TestCase("尚未签约", "in-talks")]
    [TestCase("开工准备", null)]
    [TestCase("签约待定", "in-talks")]
    [TestCase("注册手续待办理", null)]
    [TestCase("签约中", "in-talks")]
    [TestCase("注册中", null)]
    [TestCase("洽谈签约", "in-talks")]
    [TestCase("待签", "in-talks")]
    [TestCase("拟签", "in-talks")]
    [TestCase("未签", "in-talks")]
    [TestCase("已签", "signed")]
    [TestCase("已签投资意向书", "in-talks")]
    [TestCase("LOI signed", "in-talks")]
    [TestCase("已取得营业执照", "registered")]
    [TestCase("营业执照办理中", null)]
    [TestCase("开工在即", null)]
    [TestCase("2026年底前开工", null)]
    [TestCase("6月前签约", "in-talks")]
    [TestCase("3月前已签约", "signed")]
    [TestCase("桩基施工", "started")]
    [TestCase("厂房建设中", "started")]
    [TestCase("主体封顶", "started")]
    [TestCase("设备安装", "started")]
    [TestCase("施工招标中", null)]
    [TestCase("施工许可证已办理", null)]
    [TestCase("试运行", "in-production")]
    [TestCase("正常生产", "in-production")]
    [TestCase("Contract signed, construction to start in Q3", "signed")]
    [TestCase("Signed, registration in progress", "signed")]
    [TestCase("正在办理公司注册", null)]
    [TestCase("正在办理备案手续", null)]
    [TestCase("正办理开工前手续", null)]
    [TestCase("即将全面开工建设", null)]
    [TestCase("拟开工", null)]
    [TestCase("计划2027年投产", null)]
    [TestCase("具备开工条件", null)]
    [TestCase("施工图审查", null)]
    [TestCase("About to be signed", "in-talks")]
    [TestCase("construction expected in May", null)]
    public void A_stage_counts_only_when_it_is_reached(string text, string? stage) =>
        Stages.Parse(text).Value.ShouldBe(stage);

    [TestCase("签约10亿元", "1000000000", "")]
    [TestCase("协议投资10亿元", "1000000000", "")]
    [TestCase("约10亿元", "1000000000", "approximate")]
    [TestCase("签约投资约10亿元", "1000000000", "approximate")]
    [TestCase("10亿元（一期）", "1000000000", "partial")]
    [TestCase("8亿元?", "800000000", "extra-text")]
    [TestCase("8亿元？", "800000000", "extra-text")]
    [TestCase("5亿元（暂定）", "500000000", "planned")]
    [TestCase("3个亿", "300000000", "currency-assumed")]
    [TestCase("3个亿元", "300000000", "")]
    [TestCase("1.5个亿人民币", "150000000", "")]
    [TestCase("两个亿", "200000000", "currency-assumed")]
    [TestCase("数个亿", null, "bound-only")]
    public void An_amount_says_what_is_certain_of_it(string text, string? amount, string codes)
    {
        var cell = Amounts.Parse(text);
        cell.Value?.Amount.ShouldBe(decimal.Parse(amount!));
        (cell.Value is null).ShouldBe(amount is null);
        string.Join(',', cell.Codes).ShouldBe(codes);
    }

    [TestCase("1,234亩", NumberHabit.CommaGroups, 1234, "")]
    [TestCase("1,234亩", NumberHabit.CommaDecimals, null, "amount-ambiguous")]
    [TestCase("48,5亩", NumberHabit.CommaGroups, null, "land-unreadable")]
    [TestCase("48,5亩", NumberHabit.CommaDecimals, 48.5, "")]
    public void An_area_takes_a_comma_as_the_file_does(string text, NumberHabit habit, double? mu, string codes)
    {
        var cell = Quantities.Parse(text, Measure.Land, null, habit);
        ((double?)cell.Value).ShouldBe(mu);
        string.Join(',', cell.Codes).ShouldBe(codes);
    }

    [TestCase("同上", true)]
    [TestCase("（同上）", true)]
    [TestCase("同上行", true)]
    [TestCase("〃", true)]
    [TestCase("″", true)]
    [TestCase("\"", true)]
    [TestCase(" 〃 ", true)]
    [TestCase("ditto", true)]
    [TestCase("同左", true)]
    [TestCase("同仁堂", false)]
    [TestCase("同上海合作", false)]
    [TestCase("双同上城", false)]
    [TestCase("", false)]
    public void A_mark_of_repetition_is_known(string text, bool isOne) => Ditto.Is(text).ShouldBe(isOne);
}
