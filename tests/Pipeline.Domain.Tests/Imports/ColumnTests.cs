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

    // How registers of other cities head what they tell.
    [TestCase("落地区县", "place")]
    [TestCase("落户区县", "place")]
    [TestCase("落地县区", "place")]
    [TestCase("落户县市区", "place")]
    [TestCase("承接区县", "place")]
    [TestCase("所在区县", "place")]
    [TestCase("所在县区", "place")]
    [TestCase("项目所在区县", "place")]
    [TestCase("项目落地区县", "place")]
    [TestCase("建设地", "place")]
    [TestCase("项目建设地点", "place")]
    [TestCase("建设位置", "place")]
    [TestCase("拟落户地", "place")]
    [TestCase("拟落地园区", "place")]
    [TestCase("落户开发区", "place")]
    [TestCase("所属园区", "place")]
    [TestCase("所在开发区", "place")]
    [TestCase("属地镇街", "place")]
    [TestCase("所属镇街", "place")]
    [TestCase("承接平台", "place")]
    [TestCase("签约区县", "jurisdiction")]
    [TestCase("Host county", "place")]
    [TestCase("Location", "place")]
    [TestCase("责任区县", "jurisdiction")]
    [TestCase("申报区县", "jurisdiction")]
    [TestCase("报送区县", "jurisdiction")]
    [TestCase("牵头区县", "jurisdiction")]
    [TestCase("引进区县", "jurisdiction")]
    [TestCase("招引区县", "jurisdiction")]
    [TestCase("首谈区县", "jurisdiction")]
    [TestCase("首报区县", "jurisdiction")]
    [TestCase("归属区县", "jurisdiction")]
    [TestCase("所属市县区", "jurisdiction")]
    [TestCase("所属县（市、区）", "jurisdiction")]
    [TestCase("District/County", "jurisdiction")]
    [TestCase("计划总投资额", "totalInvestment")]
    [TestCase("项目计划总投资", "totalInvestment")]
    [TestCase("项目总投资额", "totalInvestment")]
    [TestCase("签约金额", "totalInvestment")]
    [TestCase("合同金额", "totalInvestment")]
    [TestCase("协议金额", "totalInvestment")]
    [TestCase("意向投资", "totalInvestment")]
    [TestCase("意向总投资", "totalInvestment")]
    [TestCase("拟投资额", "totalInvestment")]
    [TestCase("拟投资总额", "totalInvestment")]
    [TestCase("预计总投资额", "totalInvestment")]
    [TestCase("概算总投资", "totalInvestment")]
    [TestCase("总投资金额", "totalInvestment")]
    [TestCase("投资总额", "totalInvestment")]
    [TestCase("投资总规模", "totalInvestment")]
    [TestCase("估算投资", "totalInvestment")]
    [TestCase("合同总投资", "totalInvestment")]
    [TestCase("签约总投资", "totalInvestment")]
    [TestCase("项目投资额", "totalInvestment")]
    [TestCase("项目投资", "totalInvestment")]
    [TestCase("投资额度", "totalInvestment")]
    [TestCase("计划投资总额", "totalInvestment")]
    [TestCase("Investment value", "totalInvestment")]
    [TestCase("Capex (USD million)", "totalInvestment")]
    [TestCase("Planned total investment", "totalInvestment")]
    [TestCase("Deal value", "totalInvestment")]
    [TestCase("意向投资方", "investor")]
    [TestCase("投资方单位", "investor")]
    [TestCase("投资方（企业）", "investor")]
    [TestCase("外方投资者", "investor")]
    [TestCase("意向企业", "investor")]
    [TestCase("客商", "investor")]
    [TestCase("客商名称", "investor")]
    [TestCase("引进企业名称", "investor")]
    [TestCase("投资企业（全称）", "investor")]
    [TestCase("Investor name", "investor")]
    [TestCase("Investing company", "investor")]
    [TestCase("项目签约时间", "signedOn")]
    [TestCase("签约时间", "signedOn")]
    [TestCase("签约日", "signedOn")]
    [TestCase("签订时间", "signedOn")]
    [TestCase("签订日期", "signedOn")]
    [TestCase("协议签订时间", "signedOn")]
    [TestCase("合同签订日期", "signedOn")]
    [TestCase("正式签约日期", "signedOn")]
    [TestCase("签约年月", "signedOn")]
    [TestCase("Date signed", "signedOn")]
    [TestCase("Signing date", "signedOn")]
    [TestCase("注册时间", "registeredOn")]
    [TestCase("注册日期", "registeredOn")]
    [TestCase("工商注册时间", "registeredOn")]
    [TestCase("公司注册日期", "registeredOn")]
    [TestCase("注册登记时间", "registeredOn")]
    [TestCase("Date of registration", "registeredOn")]
    [TestCase("开工时间", "startedOn")]
    [TestCase("实际开工时间", "startedOn")]
    [TestCase("开工日期", "startedOn")]
    [TestCase("动工时间", "startedOn")]
    [TestCase("开工年月", "startedOn")]
    [TestCase("Construction start date", "startedOn")]
    [TestCase("Groundbreaking date", "startedOn")]
    [TestCase("投产时间", "inProductionOn")]
    [TestCase("竣工投产时间", "inProductionOn")]
    [TestCase("投产日期", "inProductionOn")]
    [TestCase("建成投产时间", "inProductionOn")]
    [TestCase("Production start date", "inProductionOn")]
    [TestCase("拟签约时间", "plannedSigningOn")]
    [TestCase("计划签约时间", "plannedSigningOn")]
    [TestCase("预计签约时间", "plannedSigningOn")]
    [TestCase("预计签约日期", "plannedSigningOn")]
    [TestCase("Expected signing date", "plannedSigningOn")]
    [TestCase("预计开工时间", "plannedStartOn")]
    [TestCase("拟开工时间", "plannedStartOn")]
    [TestCase("计划开工日期", "plannedStartOn")]
    [TestCase("预计开工年月", "plannedStartOn")]
    [TestCase("计划投产时间", "plannedProductionOn")]
    [TestCase("预计投产时间", "plannedProductionOn")]
    [TestCase("预计投产年月", "plannedProductionOn")]
    [TestCase("项目阶段", "stage")]
    [TestCase("目前所处阶段", "stage")]
    [TestCase("项目所处阶段", "stage")]
    [TestCase("当前进度", "stage")]
    [TestCase("进展状况", "stage")]
    [TestCase("最新动态", "stage")]
    [TestCase("工作进度", "stage")]
    [TestCase("目前情况", "stage")]
    [TestCase("洽谈进展", "stage")]
    [TestCase("推进状态", "stage")]
    [TestCase("Current status", "stage")]
    [TestCase("Project stage", "stage")]
    [TestCase("国别", "country")]
    [TestCase("国家/地区", "country")]
    [TestCase("国别（地区）", "country")]
    [TestCase("投资来源地", "country")]
    [TestCase("投资方国别", "country")]
    [TestCase("外资来源地", "country")]
    [TestCase("Country of origin", "country")]
    [TestCase("产业赛道", "chain")]
    [TestCase("产业集群", "chain")]
    [TestCase("所属产业链条", "chain")]
    [TestCase("产业门类", "chain")]
    [TestCase("所属赛道", "chain")]
    public void A_heading_says_what_stands_below_it(string header, string field) =>
        Columns.Map([header]).Columns.Single().Field.ShouldBe(field);

    // Words that look alike, and are none of it.
    [TestCase("建设单位", "investor")]
    [TestCase("招商单位", "jurisdiction")]
    [TestCase("建设规模", null)]
    [TestCase("建设性质", "buildKind")]
    [TestCase("投资强度", null)]
    [TestCase("投资方式", null)]
    [TestCase("累计完成投资", null)]
    [TestCase("开工率", null)]
    [TestCase("签约人", null)]
    [TestCase("注册地", null)]
    [TestCase("投资方所在地", null)]
    public void A_heading_that_only_looks_alike_says_nothing_else(string header, string? field) =>
        Columns.Map([header]).Columns.Single().Field.ShouldBe(field);
}
