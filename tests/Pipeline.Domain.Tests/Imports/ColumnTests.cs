using Pipeline.Domain.Imports;

namespace Pipeline.Domain.Tests.Imports;

/// <summary>What headings mean, in the words of other offices and in traditional script; and what several columns of a kind give.</summary>
public class ColumnTests
{
    [TestCase("协议投资(亿元)", "totalInvestment", "亿元")]
    [TestCase("合同投资额（万元）", "totalInvestment", "万元")]
    [TestCase("估算总投资", "totalInvestment", null)]
    [TestCase("所属区县", "jurisdiction", null)]
    [TestCase("落户镇街", "place", null)]
    [TestCase("引进单位", "jurisdiction", null)]
    [TestCase("项目进展情况", "stage", null)]
    [TestCase("实际签约时间", "signedOn", null)]
    [TestCase("计划开工时间", "plannedStartOn", null)]
    [TestCase("国民经济行业分类", "industry", null)]
    [TestCase("Investment (USD m)", "totalInvestment", "usd m")]
    [TestCase("City / County", "jurisdiction", null)]
    [TestCase("項目名稱", "name", null)]
    [TestCase("總投資（萬美元）", "totalInvestment", "万美元")]
    [TestCase("投資方名稱", "investor", null)]
    [TestCase("簽約時間", "signedOn", null)]
    [TestCase("註冊日期", "registeredOn", null)]
    [TestCase("開工日期", "startedOn", null)]
    [TestCase("產業鏈", "chain", null)]
    [TestCase("用地面積（畝）", "landMu", "亩")]
    [TestCase("國別地區", "country", null)]
    [TestCase("備註", "note", null)]
    [TestCase("進展情況", "stage", null)]
    [TestCase("縣（市、區）", "jurisdiction", null)]
    [TestCase("登记时间（北京时间）", null, null)]
    [TestCase("联系人", null, null)]
    public void A_heading_means_what_offices_mean_by_it(string header, string? field, string? unit)
    {
        var column = Columns.Map([header]).Columns.Single();
        (column.Field, column.Unit).ShouldBe((field, unit));
    }

    [TestCase("已簽約", "signed")]
    [TestCase("註冊", "registered")]
    [TestCase("開工", "started")]
    [TestCase("投產", "in-production")]
    [TestCase("洽談中", "in-talks")]
    [TestCase("終止", "terminated")]
    public void A_stage_in_traditional_script_is_one(string text, string stage) =>
        Stages.Parse(text).Value.ShouldBe(stage);

    [Test]
    public void A_million_of_a_currency_in_a_heading_is_one()
    {
        foreach (var unit in (string[])["USD m", "m USD", "USD million", "EUR mn"])
            Amounts.Parse("12.5", Amounts.Unit(unit)).Value!.Value.Amount.ShouldBe(12_500_000m, unit);
    }

    [Test]
    public void The_first_column_that_says_something_gives_the_field_and_what_another_says_besides_is_a_doubt()
    {
        var headers = (string[])
            ["项目名称", "阶段", "投资方", "建设单位", "落户地", "建设地点", "签约日期", "签约时间"];
        var first = Register.Read(headers, "甲", "签约", "", "乙轴承有限公司", "嘉善县", "嘉善", "", "2026-03-01");
        first.Investors.Single().Name.ShouldBe("乙轴承有限公司");
        first.SignedOn.ShouldBe(new DateOnly(2026, 3, 1));
        first.OwnerId.ShouldBe("jiashan");
        first.Issues.Select(issue => (issue.Column, issue.Code)).ShouldBe([("建设地点", "second-column")]);

        var both = Register.Read(
            headers,
            "甲",
            "签约",
            "甲轴承有限公司",
            "乙轴承有限公司",
            "嘉善县",
            "",
            "2026-03-01",
            "2026-03-01"
        );
        both.Investors.Select(investor => investor.Name).ShouldBe(["甲轴承有限公司", "乙轴承有限公司"]);
        both.Issues.ShouldBeEmpty();

        // A place that names no unit gives way to one that does.
        Register
            .Read(headers, "甲", "签约", "甲轴承有限公司", "", "三号地块", "海盐县", "", "")
            .OwnerId.ShouldBe("haiyan");
    }

    [Test]
    public void Two_amounts_by_currency_are_one_field()
    {
        var headers = (string[])["项目名称", "阶段", "落户地", "总投资(亿元)", "总投资(万美元)"];
        Register.Read(headers, "甲", "签约", "嘉善", "", "1200").TotalInvestment.ShouldBe(new Money(12_000_000, "USD"));
        Register
            .Read(headers, "甲", "签约", "嘉善", "/", "1200")
            .TotalInvestment.ShouldBe(new Money(12_000_000, "USD"));
        Register
            .Read(headers, "甲", "签约", "嘉善", "面议", "1200")
            .TotalInvestment.ShouldBe(new Money(12_000_000, "USD"));
        var both = Register.Read(headers, "甲", "签约", "嘉善", "3", "1200");
        both.TotalInvestment.ShouldBe(new Money(300_000_000, "CNY"));
        both.Issues.Single().Code.ShouldBe("two-amounts");
    }

    [Test]
    public void A_responsible_unit_that_is_none_gives_way_to_the_place_but_the_centre_does_not()
    {
        var headers = (string[])["项目名称", "阶段", "落户地", "责任单位"];
        foreach (var unit in (string[])["县发改局", "市商务局", "投促一部", "张三"])
        {
            var row = Register.Read(headers, "甲", "签约", "嘉善县", unit);
            row.OwnerId.ShouldBe("jiashan");
            row.Issues.Single().Code.ShouldBe("owner-by-place");
        }
        Register.Read(headers, "甲", "签约", "", "县发改局").OwnerId.ShouldBeNull();
    }
}
