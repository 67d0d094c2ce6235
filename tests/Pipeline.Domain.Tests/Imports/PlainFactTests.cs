using Pipeline.Domain.Imports;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Tests.Imports;

/// <summary>The facts that are one value each are read from registers by what the catalogue says of them.</summary>
public sealed class PlainFactTests
{
    private static (object? Value, string Doubts) Read(string name, string header, string cell)
    {
        var row = Register.Read(["项目名称", header], "甲传动项目", cell);
        return (
            PlainFact.Named(name)!.Of(row.Plain),
            string.Join(' ', row.Issues.Where(issue => issue.Field == name).Select(issue => issue.Code))
        );
    }

    [TestCase("energyTce", "能耗（吨标煤）", "12000.5", 12000.5, "")]
    [TestCase("energyTce", "年综合能耗", "1.2万吨标准煤", 12000, "")]
    [TestCase("energyTce", "年综合能耗", "800吨标煤", 800, "")]
    [TestCase("energyTce", "Energy (tce)", "800", 800, "")]
    // Which unit is meant is not known.
    [TestCase("energyTce", "年综合能耗", "800", null, "unit-missing")]
    [TestCase("energyTce", "能耗（吨标煤）", "待定", null, "quantity-unreadable")]
    [TestCase("energyTce", "能耗（吨标煤）", "20000000", 20000000, "implausible")]
    [TestCase("landMu", "用地面积", "120亩", 120, "")]
    public void Numbers_are_read_in_their_unit(string name, string header, string cell, double? value, string doubts) =>
        Read(name, header, cell).ShouldBe(((decimal?)value, doubts));

    [TestCase("就业人数", "350", 350, "")]
    [TestCase("用工人数", "约300人", 300, "approximate")]
    [TestCase("新增就业人数（人）", "1200", 1200, "")]
    [TestCase("吸纳就业", "1.2万人", 12000, "")]
    [TestCase("Jobs", "350", 350, "")]
    [TestCase("就业人数", "1.5", null, "quantity-unreadable")]
    [TestCase("就业人数", "若干", null, "quantity-unreadable")]
    [TestCase("就业人数", "", null, "")]
    public void People_are_whole(string header, string cell, int? value, string doubts) =>
        Read("jobs", header, cell).ShouldBe((value, doubts));

    [TestCase("建设性质", "扩建", BuildKind.Expansion, "")]
    [TestCase("建设性质", "技术改造", BuildKind.Renovation, "")]
    [TestCase("Kind of building", "New", BuildKind.New, "")]
    [TestCase("建设性质", "翻建", null, "choice-unreadable")]
    [TestCase("建设性质", "", null, "")]
    public void A_choice_is_one_of_its_titles(string header, string cell, BuildKind? value, string doubts) =>
        Read("buildKind", header, cell).ShouldBe((value, doubts));

    [TestCase("年产值（亿元）", "3.5", 350_000_000)]
    [TestCase("达产后年产值(万元)", "35000", 350_000_000)]
    public void An_amount_is_read_in_the_unit_of_its_header(string header, string cell, double yuan) =>
        Read("annualOutput", header, cell).Value.ShouldBe(new Money((decimal)yuan, "CNY"));

    [Test]
    public void The_unit_that_a_title_gives_is_each_amounts_and_each_quantitys()
    {
        var map = Columns.WithUnits(
            Columns.Map(["项目名称", "总投资", "固定资产投资", "年产值", "用地面积", "年综合能耗", "就业人数"]),
            ["某市项目表", "单位：万元、亩、吨标煤"]
        );
        map.Columns.Select(column => column.Unit).ShouldBe([null, "万元", "万元", "万元", "亩", "吨标煤", null]);
    }

    [Test]
    public void Every_fact_is_read_under_the_titles_it_is_written_under()
    {
        foreach (var fact in PlainFact.All)
        {
            Columns.Map([fact.Zh]).Columns[0].Field.ShouldBe(fact.Name, fact.Zh);
            Columns.Map([fact.En]).Columns[0].Field.ShouldBe(fact.Name, fact.En);
            foreach (var alias in fact.Aliases)
                Columns.Map([alias]).Columns[0].Field.ShouldBe(fact.Name, alias);
        }
    }

    [Test]
    public void No_header_means_two_fields() =>
        ImportFields
            .All.SelectMany(field => field.Aliases.Select(alias => (Written.Bare(alias), field.Key)))
            .Distinct()
            .GroupBy(each => each.Item1)
            .Where(same => same.Count() > 1)
            .Select(same => same.Key)
            .ShouldBeEmpty();
}
