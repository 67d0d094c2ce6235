using Pipeline.Domain.Imports;

namespace Pipeline.Domain.Tests.Imports;

/// <summary>Whole rows: the register that the city starts with, and the habits of others.</summary>
public class RegisterTests
{
    private static string Codes(UnderstoodRow row, string? field = null) =>
        string.Join(',', row.Issues.Where(i => field is null || i.Field == field).Select(i => i.Code));

    [Test]
    public void Every_row_of_the_register_is_accepted_but_the_one_without_a_name()
    {
        Register.Rows.Count.ShouldBe(241);
        Register.Rows.Where(r => r.IsRefused).Select(r => r.Number).ShouldBe(["239"]);
        Codes(Register.Row(239)).ShouldContain("name-missing");
    }

    [Test]
    public void The_gaps_of_the_register_are_the_ones_its_description_counts()
    {
        Register.Rows.Count(r => r.Issues.Any(i => i.Code == ImportCodes.StageUnknown)).ShouldBe(90);
        Register.Rows.Count(r => r.Investors.Count == 0).ShouldBe(105);
        // 116 without an amount, and two that only give a bound (137, 218).
        Register.Rows.Count(r => r.TotalInvestment is null).ShouldBe(118);
    }

    [Test]
    public void Its_hardest_rows_are_read_as_a_person_would()
    {
        var row = Register.Row(94);
        row.Investors.Select(i => i.Name).ShouldBe(["采埃孚", "北汽福田"]);
        row.Country.ShouldBe("DE");
        row.TotalInvestment.ShouldBe(new Money(800_000_000, "CNY"));
        row.OwnerId.ShouldBe("jxedz");
        row.Stage.ShouldBe("signed");
        row.SignedOn.ShouldBe(new DateOnly(2017, 6, 20));

        Register.Row(58).TotalInvestment.ShouldBe(new Money(714_000_000, "HKD"));
        Register.Row(59).TotalInvestment.ShouldBe(new Money(700_000_000, "HKD"));
        Codes(Register.Row(112), ImportFields.TotalInvestment).ShouldBe("implausible");
        Codes(Register.Row(137), ImportFields.TotalInvestment).ShouldBe("bound-only");
        Codes(Register.Row(186), ImportFields.TotalInvestment).ShouldBe("upper-bound");
        Register.Row(186).TotalInvestment.ShouldBe(new Money(4_000_000_000, "CNY"));
        Register.Row(216).Plain.LandMu.ShouldBe(900);
        Register.Row(129).OwnerId.ShouldBeNull();
        Codes(Register.Row(129), ImportFields.Place).ShouldBe("place-several");
        Codes(Register.Row(66), ImportFields.StartedOn).ShouldBe("date-no-year");
        foreach (var number in (int[])[33, 107, 108])
            Codes(Register.Row(number), ImportFields.Name).ShouldBe("maybe-no-project");
    }

    [Test]
    public void Project_names_with_a_pause_mark_stay_whole()
    {
        Register
            .Row(2)
            .Name.ShouldBe("氢能源(含液氮和氦气分装等工业气体综合配套)、氢能装备设计、制造以及氢能源综合利用项目");
        Register.Row(82).Name.ShouldStartWith("佑昌包装年产1万吨泡沫板、6万吨");
    }

    [Test]
    public void Every_doubt_keeps_what_stood_there()
    {
        var sheet = Register.Csv("register.csv");
        foreach (var issue in Register.Rows.SelectMany(r => r.Issues.Select(i => (Row: r.RowNumber, Issue: i))))
            issue.Issue.Original.ShouldBe(sheet[issue.Row - 1][sheet[0].IndexOf(issue.Issue.Column!)]);
    }

    [Test]
    public void English_headers_are_understood()
    {
        var row = Register.Read(
            [
                "No.",
                "Project name",
                "Investor",
                "Country",
                "Total investment (USD million)",
                "Location",
                "Stage",
                "Signed on",
            ],
            "1",
            "Ice cream plant",
            "Michelangelo GmbH",
            "Germany",
            "30",
            "Jiashan",
            "Signed",
            "5 May 2021"
        );
        row.Issues.ShouldBeEmpty();
        row.TotalInvestment.ShouldBe(new Money(30_000_000, "USD"));
        row.OwnerId.ShouldBe("jiashan");
        row.SignedOn.ShouldBe(new DateOnly(2021, 5, 5));
    }

    [Test]
    public void Headers_with_units_brackets_stars_and_line_breaks_are_understood()
    {
        var map = Columns.Map([
            "*项目名称\n（必填）",
            "计划总投资（亿元）",
            "投资额：万美元",
            "用地面积(平方米)",
            "县（市、区）",
            "统一社会信用代码",
            "联系人",
        ]);
        map.Columns.Select(c => c.Field)
            .ShouldBe(["name", "totalInvestment", null, "landMu", "jurisdiction", "uscc", null]);
        map.Columns[1].Unit.ShouldBe("亿元");
        map.Columns[3].Unit.ShouldBe("平方米");
        map.Doubts.Single().Code.ShouldBe("second-column");
    }

    [Test]
    public void An_explicit_mapping_goes_before_the_aliases()
    {
        var map = Columns.Map(
            ["项目", "主体", "备注"],
            new Dictionary<string, string>
            {
                ["主体"] = "investor",
                ["备注"] = "",
                ["项目"] = "name",
            }
        );
        map.Columns.Select(c => c.Field).ShouldBe(["name", "investor", null]);
    }

    [Test]
    public void The_header_is_found_below_title_rows()
    {
        string[][] rows =
        [
            ["嘉兴市招商引资项目台账", "", ""],
            ["填报单位：南湖区", "", "单位：亿元"],
            ["序号", "项目名称", "总投资"],
            ["1", "甲", "3"],
        ];
        Columns.FindHeader(rows).ShouldBe(2);
        Columns
            .FindHeader([
                ["a", "b"],
                ["c", "d"],
            ])
            .ShouldBe(-1);
    }

    [Test]
    public void A_header_of_two_rows_is_one()
    {
        var headers = Columns
            .Combine(["序号", "项目名称", "总投资", "时间", "", "用地"], ["", "", "亿元", "签约", "开工", "亩"])
            .ShouldNotBeNull();
        var map = Columns.Map([.. headers]);
        map.Columns.Select(c => c.Field)
            .ShouldBe(["number", "name", "totalInvestment", "signedOn", "startedOn", "landMu"]);
        map.Columns.Select(c => c.Unit).ShouldBe([null, null, "亿元", null, null, "亩"]);
        Columns.Combine(["序号", "项目名称", "总投资"], ["1", "甲厂", "3亿元"]).ShouldBeNull();
        Columns.Combine(["项目名称", "阶段", "落户地"], ["", "签约", "平湖市"]).ShouldBeNull();
    }

    [Test]
    public void A_unit_above_the_table_counts_for_columns_without_one_of_their_own()
    {
        var map = Columns.WithUnits(
            Columns.Map(["项目名称", "总投资", "用地面积"]),
            ["嘉兴市招商项目台账", "填报单位：南湖区    单位：万元、亩"]
        );
        map.Columns.Select(c => c.Unit).ShouldBe([null, "万元", "亩"]);
        Columns.WithUnits(Columns.Map(["项目名称", "总投资(亿元)"]), ["单位：万元"]).Columns[1].Unit.ShouldBe("亿元");
    }

    [TestCase("合计", "", "total-row")]
    [TestCase("", "小计", "total-row")]
    [TestCase("合计", "3个项目", "total-row")]
    [TestCase("5", "待定", "name-missing")]
    [TestCase("", "合计 12个项目", "total-row")]
    [TestCase("序号", "项目名称", "header-row")]
    [TestCase("5", "", "name-missing")]
    [TestCase("5", "——", "name-missing")]
    public void Rows_that_are_no_projects_are_refused_and_say_why(string number, string name, string code)
    {
        var row = Register.Read(["序号", "项目名称", "总投资"], number, name, "");
        row.IsRefused.ShouldBeTrue();
        row.Issues.Where(i => i.Severity == Severity.Refusal).Select(i => i.Code).ShouldBe([code]);
    }

    [Test]
    public void Full_width_forms_are_understood_and_kept()
    {
        var row = Register.Read(
            ["项目名称", "总投资", "签约日期", "阶段"],
            "ＡＢＣ项目",
            "１０亿元",
            "２０２３／２／９",
            "签约"
        );
        row.Name.ShouldBe("ＡＢＣ项目");
        row.TotalInvestment.ShouldBe(new Money(1_000_000_000, "CNY"));
        row.SignedOn.ShouldBe(new DateOnly(2023, 2, 9));
    }

    [Test]
    public void Dates_out_of_order_are_doubts()
    {
        var headers = (string[])["项目名称", "阶段", "签约日期", "注册日期", "开工日期", "落户地"];
        Codes(Register.Read(headers, "甲", "开工", "2023-05-01", "2023-04-01", "2023-06-01", "南湖区"))
            .ShouldBe("registered-before-signed");
        Codes(Register.Read(headers, "甲", "开工", "2023-05-01", "2023-06-01", "2023-04-01", "南湖区"))
            .ShouldBe("date-order,date-order");
        Codes(Register.Read(headers, "甲", "签约", "2023-05-01", "", "2023-06-01", "南湖区"))
            .ShouldBe("stage-behind-dates");
        Codes(Register.Read(headers, "甲", "签约", "2027-05-01", "", "", "南湖区")).ShouldBe("date-future");
    }

    [Test]
    public void The_reporting_unit_goes_before_the_landing_place_and_a_difference_is_said()
    {
        var headers = (string[])["项目名称", "阶段", "申报单位", "落户地"];
        var row = Register.Read(headers, "甲", "签约", "南湖区", "平湖经开区");
        row.OwnerId.ShouldBe("nanhu");
        Codes(row).ShouldBe("owner-differs");
        Register.Read(headers, "甲", "签约", "嘉善县", "姚庄镇").LandingId.ShouldBe("yaozhuang");
    }

    [Test]
    public void Codes_are_checked_and_kept()
    {
        var headers = (string[])["项目名称", "阶段", "投资方", "统一社会信用代码", "项目代码", "落户地", "国别"];
        Codes(
                Register.Read(
                    headers,
                    "甲",
                    "签约",
                    "华为技术有限公司",
                    "914403001922038216",
                    "2311-330402-04-01-123456",
                    "南湖",
                    "中国"
                )
            )
            .ShouldBe("");
        var row = Register.Read(
            headers,
            "甲",
            "签约",
            "华为技术有限公司",
            "914403001922038217",
            "2311-330402",
            "南湖",
            "中国"
        );
        Codes(row).ShouldBe("uscc-check-digit,national-code-malformed");
        row.NationalCode.ShouldBe("2311-330402");
        Codes(Register.Read(headers, "甲", "签约", "华为技术有限公司", "123", "", "南湖", "中国"))
            .ShouldBe("uscc-malformed");
    }

    [Test]
    public void A_currency_column_gives_the_currency()
    {
        var headers = (string[])["项目名称", "阶段", "总投资(万元)", "币种", "落户地"];
        Register
            .Read(headers, "甲", "签约", "5000", "美元", "南湖")
            .TotalInvestment.ShouldBe(new Money(50_000_000, "USD"));
        Register
            .Read(headers, "甲", "签约", "5000", "EUR", "南湖")
            .TotalInvestment.ShouldBe(new Money(50_000_000, "EUR"));
        Codes(Register.Read(headers, "甲", "签约", "5000", "贝壳", "南湖"))
            .ShouldBe("currency-unknown,currency-assumed");
    }

    [Test]
    public void Contact_columns_make_a_contact()
    {
        var headers = (string[])["项目名称", "阶段", "接洽方式", "接洽日期", "接洽说明", "落户地"];
        Register
            .Read(headers, "甲", "在谈", "来访接待", "2026-11-01", "总经理来访", "南湖")
            .Contact.ShouldBe(new ContactReading("reception", new DateOnly(2026, 11, 1), "总经理来访"));
        Register.Read(headers, "甲", "在谈", "", "", "", "南湖").Contact.ShouldBeNull();
        Codes(Register.Read(headers, "甲", "在谈", "托梦", "2026-11-01", "", "南湖")).ShouldBe("contact-kind-unknown");
    }

    [Property(MaxTest = 300)]
    public bool No_row_makes_reading_fail(string?[] cells)
    {
        var headers = ImportFields.All.Select(f => f.Zh).ToArray();
        return Register.Read(headers, [.. cells.Select(c => c ?? "")]).RowNumber == 2;
    }

    [TestCase("2026.3.15", "", "signed")]
    [TestCase("2026.3.15", "2026.6.1", "started")]
    [TestCase("2026.3.15", "2026.12.30", "signed")] // a day that is yet to come is a plan
    [TestCase("2026.12.1", "", null)]
    [TestCase("待定", "", null)]
    public void Where_no_column_says_how_far_a_project_is_the_days_do(string signed, string started, string? stage)
    {
        var row = Register.Read(["项目名称", "签约日期", "开工日期"], "甲项目", signed, started);
        row.Stage.ShouldBe(stage);
        row.Issues.Select(issue => issue.Code).ShouldContain(stage is null ? "stage-unknown" : "stage-assumed");
        row.Issues.Select(issue => issue.Code).ShouldNotContain(stage is null ? "stage-assumed" : "stage-unknown");
    }

    [Test]
    public void A_stage_that_is_left_empty_beside_days_is_unknown() // R51
    {
        var row = Register.Read(["项目名称", "阶段", "签约日期"], "甲项目", "", "2026.3.15");
        row.Stage.ShouldBeNull();
        row.Issues.Select(issue => issue.Code).ShouldContain("stage-unknown");
    }

    [TestCase("签约日期", "2026年3月15日签约")]
    [TestCase("签约日期", "已于2026年3月15日正式签约")]
    [TestCase("签约日期", "于2026.3.15")]
    [TestCase("签约日期", "2026.3.15（已签）")]
    [TestCase("签约日期", "2026、3、15")]
    [TestCase("签约日期", "2026，3，15")]
    [TestCase("签约日期", "15/Mar/2026")]
    [TestCase("注册日期", "2026年3月15日完成工商登记")]
    [TestCase("开工日期", "2026年3月15日开工建设")]
    [TestCase("投产日期", "2026-03-15竣工投产")]
    public void A_day_beside_which_stands_what_happened_is_that_day(string header, string written)
    {
        var row = Register.Read(["项目名称", header], "甲项目", written);
        (row.SignedOn ?? row.RegisteredOn ?? row.StartedOn ?? row.InProductionOn).ShouldBe(new DateOnly(2026, 3, 15));
    }

    [TestCase("2026年3月15日开工", "date-unreadable")] // the day of something else
    [TestCase("拟于2026年3月15日签约", "date-planned")]
    [TestCase("2026Q1", "date-period")]
    [TestCase("Mar-2026", "date-month-only")]
    public void What_is_not_the_day_of_the_signing_gives_none(string written, string code)
    {
        var row = Register.Read(["项目名称", "签约日期"], "甲项目", written);
        row.SignedOn.ShouldBeNull();
        row.Issues.Where(issue => issue.Field == "signedOn").Select(issue => issue.Code).ShouldBe([code]);
    }
}
