using Pipeline.Domain.Industries;
using Pipeline.Domain.Tests.Imports;

namespace Pipeline.Domain.Tests.Industries;

/// <summary>Classes of GB/T 4754-2017 by what people type; the codes are the standard's.</summary>
public sealed class IndustryFinderTests
{
    private static readonly IndustryFinder Finder = new(Register.Classes);

    // What the officers who tried the page typed and did not find, and where the standard has it.
    [TestCase("芯片", "3973")]
    [TestCase("储能", "3849")]
    [TestCase("动力电池", "3841")]
    [TestCase("氢能", "2619")]
    [TestCase("生物医药", "276")]
    [TestCase("数据中心", "6450")]
    [TestCase("机器人", "3491")]
    [TestCase("物流", "58")]
    [TestCase("酒店", "61")]
    [TestCase("新材料", "3985")]
    [TestCase("锂电", "3841")]
    [TestCase("3021", "3021")]
    [TestCase("锂离子", "3841")]
    [TestCase("电池 锂", "3841")]
    [TestCase("dldc", "3841")]
    [TestCase("xinpian", "3973")]
    [TestCase("chuneng", "3849")]
    [TestCase("wuliu", "58")]
    [TestCase("insurance", "68")]
    public void A_search_finds_the_class(string typed, string code) =>
        Finder.Find(typed).Take(20).Select(entry => entry.Code).ShouldContain(code);

    [Test]
    public void The_nearest_comes_first()
    {
        Finder.Find("384").Select(entry => entry.Code).Take(2).ShouldBe(["384", "3841"]);
        Finder.Find("锂离子电池制造").First().Code.ShouldBe("3841");
        Finder.Find("没有这个行业").ShouldBeEmpty();
        Finder.Find("  ").ShouldBeEmpty();
    }

    [TestCase("年产10GWh动力电池项目", "3841", "动力电池")]
    [TestCase("工业机器人研发制造基地", "3491", "工业机器人")]
    [TestCase("紧固件智能工厂", "3482", "紧固件")]
    [TestCase("再生涤纶纤维绿色工厂", "2822", "涤纶纤维")]
    [TestCase("集成电路设计中心", "6520", "集成电路设计")]
    public void A_name_suggests_its_class_with_the_word_that_says_so(string name, string code, string because)
    {
        var first = Finder.Suggest(name)[0];
        (first.Entry.Code, first.Because).ShouldBe((code, because));
    }

    [Test]
    public void A_word_within_a_longer_one_suggests_nothing_of_its_own()
    {
        Finder.Suggest("动力电池").Select(one => one.Because).Distinct().ShouldBe(["动力电池"]);
        Finder.Suggest("某某项目").ShouldBeEmpty();
        Finder.Suggest("").ShouldBeEmpty();
    }
}
