using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>A row copied from a spreadsheet, for the form: understood as an import would, and nothing more.</summary>
public sealed class PastedRowTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task A_row_with_its_headers_fills_what_an_import_would()
    {
        var read = await Parses(
            "项目名称\t投资方\t统一社会信用代码\t总投资（亿元）\t行业代码\t落户地\t签约时间\t用地（亩）\t接洽方式\t接洽日期\t接洽情况\n固态电池项目\t华为技术有限公司\t914403001922038216\t12.5\t3841\t南湖区\t2026年6月30日\t120\t拜访\t2026-04-20\t赴总部\n"
        );
        var project = read["project"];
        ((string)project["name"]!).ShouldBe("固态电池项目");
        ((decimal)project["totalInvestment"]!["amount"]!).ShouldBe(1_250_000_000m);
        ((string)project["totalInvestment"]!["currency"]!).ShouldBe("CNY");
        ((string)project["investors"]![0]!["name"]!).ShouldBe("华为技术有限公司");
        ((string)project["investors"]![0]!["uscc"]!).ShouldBe("914403001922038216");
        ((string)project["industryCode"]!).ShouldBe("3841");
        ((decimal)project["landMu"]!).ShouldBe(120m);
        ((string)project["plannedSigningOn"]!).ShouldBe("2026-06-30");
        ((string)read["contact"]["kind"]!).ShouldBe("visit");
        ((string)read["contact"]["occurredOn"]!).ShouldBe("2026-04-20");
        ((bool)read["headers"]!).ShouldBeTrue();
        read["unread"].AsArray().ShouldBeEmpty();
    }

    // The form has fields for the contact person, and nothing of what is pasted is kept.
    [Test]
    public async Task A_row_names_its_contact_person()
    {
        var read = await Parses("项目名称\t联系人\t联系电话\t职务\n固态电池项目\t黎总\t13800000000\t副总裁");
        var person = read["project"]["contacts"]!.AsArray().Single()!;
        ((string)person["name"]!, (string)person["phone"]!, (string)person["title"]!).ShouldBe(
            ("黎总", "13800000000", "副总裁")
        );
        read["unread"].AsArray().ShouldBeEmpty();

        // A telephone number of nobody is said to be left out.
        (await Parses("项目名称\t电话\n固态电池项目\t13800000000"))["unread"].AsArray().Count.ShouldBe(1);
    }

    [TestCase("1.2亿", 120_000_000, "CNY")]
    [TestCase("8000万美元", 80_000_000, "USD")]
    [TestCase("1.5亿欧元", 150_000_000, "EUR")]
    public async Task Without_headers_the_columns_are_told_by_their_content(
        string amount,
        decimal units,
        string currency
    )
    {
        var read = await Parses($"{amount}\t固态电池项目\t上海远景氢动力装备有限公司\t3841");
        ((bool)read["headers"]!).ShouldBeFalse();
        ((string)read["project"]["name"]!).ShouldBe("固态电池项目");
        ((string)read["project"]["investors"]![0]!["name"]!).ShouldBe("上海远景氢动力装备有限公司");
        ((decimal)read["project"]["totalInvestment"]!["amount"]!).ShouldBe(units);
        ((string)read["project"]["totalInvestment"]!["currency"]!).ShouldBe(currency);
        ((string)read["project"]["industryCode"]!).ShouldBe("3841");
    }

    [Test]
    public async Task What_is_not_understood_is_said()
    {
        var read = await Parses("项目名称\t总投资\t神秘列\n固态电池项目\t很多钱\t第七");
        read["unread"]
            .AsArray()
            .Select(cell => ((string)cell!["column"]!, (string)cell["text"]!))
            .ShouldBe([("神秘列", "第七")]);
        var issue = read["issues"].AsArray().Single(each => (string?)each!["field"] == "totalInvestment")!;
        ((string)issue["code"]!).ShouldBe("amount-unreadable");
        ((string)issue["original"]!).ShouldBe("很多钱");
        read["project"]["totalInvestment"].ShouldBeNull();
    }

    [Test]
    public async Task Of_several_rows_the_first_is_read_and_the_others_are_counted()
    {
        var read = await Parses("项目名称\t投资方\n甲项目\t甲公司\n乙项目\t乙公司");
        ((string)read["project"]["name"]!).ShouldBe("甲项目");
        ((int)read["rows"]!).ShouldBe(2);
    }

    [Test]
    public async Task A_wrong_check_digit_is_a_doubt_and_the_code_is_kept()
    {
        var read = await Parses("项目名称\t投资方\t统一社会信用代码\n甲项目\t甲公司\t914403001922038217");
        ((string)read["project"]["investors"]![0]!["uscc"]!).ShouldBe("914403001922038217");
        read["issues"].AsArray().Select(issue => (string)issue!["code"]!).ShouldContain("uscc-check-digit");
    }

    [Test]
    public async Task It_is_compared_with_nothing_that_others_negotiate()
    {
        var before = (await Parses("项目名称\t投资方\t总投资\n固态电池项目\t甲科技公司和乙科技公司\t12亿元")).Text;
        (await App.As("xiuzhou").Reports(Given.Project("固态电池项目", "甲科技公司", 1_200_000_000m))).Is(201);
        (await Parses("项目名称\t投资方\t总投资\n固态电池项目\t甲科技公司和乙科技公司\t12亿元")).Text.ShouldBe(before);
    }

    [Test]
    public async Task Nothing_pasted_is_refused()
    {
        (await App.As("nanhu").Post("imports/parse", new { text = " \t\n" })).IsProblem(400, "validation-failed");
    }

    private async Task<Answer> Parses(string text) =>
        (await App.As("nanhu").Post("imports/parse", new { text })).Is(200);
}
