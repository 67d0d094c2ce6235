using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Sheets of capital (R60), signing notices (R31) and statistics (R65): every row is accounted for (R50), and the same sheet adds nothing twice (R53).</summary>
public sealed class RecordImportTests(string engine) : OnEachEngine(engine)
{
    private const string Capital = "项目编号,到账日期,金额（万元）,币种,出资方式,出资方,凭证种类,凭证编号,凭证文件";

    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");
    private Actor Centre => App.As("centre");

    private sealed record Given_(string Id, string Code);

    private async Task<Given_> Signed(Actor unit, int number)
    {
        var project = (string)(await unit.Reports(Given.Another(number))).Is(201)["projectId"]!;
        var move = (await unit.Submits(project, Given.Signing("2026-05-04"))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        return new Given_(project, (string)(await unit.Get($"projects/{project}")).Is(200)["code"]!);
    }

    private async Task<Given_> InTalks(Actor unit, int number)
    {
        var project = (string)(await unit.Reports(Given.Another(number))).Is(201)["projectId"]!;
        return new Given_(project, (string)(await unit.Get($"projects/{project}")).Is(200)["code"]!);
    }

    private static (int Total, int Accepted, int Unchanged, int Rejected, int Doubtful) Counts(Answer import) =>
        (
            (int)import["rowsTotal"]!,
            (int)import["rowsAccepted"]!,
            (int)import["rowsUnchanged"]!,
            (int)import["rowsRejected"]!,
            (int)import["rowsDoubtful"]!
        );

    private static string[] Issues(Answer import, int row) =>
        [
            .. import["rows"][row]!["issues"]!
                .AsArray()
                .Select(issue => $"{(string?)issue!["column"]}: {(string)issue["code"]!}"),
        ];

    private async Task<int> Entries() => (int)(await Centre.Get("capital?count=true")).Is(200)["total"]!;

    [Test]
    public async Task R60_every_row_of_capital_is_accounted_for_and_what_is_taken_waits_for_verification()
    {
        var (a, talks) = (await Signed(Nanhu, 1), await InTalks(Nanhu, 2));
        var theirs = await Signed(Pinghu, 3);
        await Nanhu.Uploads("回单1.pdf");
        await Nanhu.Uploads("回单2.pdf");
        var sheet = Registers.Csv(
            Capital,
            $"{a.Code},2026-05-04,1200,人民币,境内现金,,银行进账单,NH-001,回单1.pdf", // taken: 12 000 000 yuan
            $"{a.Code},2026-05-04,1200,人民币,境内现金,,银行进账单,nh 001,回单1.pdf", // the same voucher, the same entry
            $"{a.Code},2026-05-04,5,CNY,domestic-cash,,customs-form,NH-002,回单1.pdf", // not that kind's voucher (R60)
            $"{a.Code},2026-05-05,5,CNY,境内现金,,银行进账单,NH-003,回单1.pdf", // tomorrow
            $"{talks.Code},2026-05-04,5,CNY,境内现金,,银行进账单,NH-004,回单2.pdf", // nothing is paid into what is not signed
            $"{theirs.Code},2026-05-04,5,CNY,境内现金,,银行进账单,NH-005,回单1.pdf", // another unit's
            "2026-000000,2026-05-04,5,CNY,境内现金,,银行进账单,NH-006,回单1.pdf", // nobody's
            $"{a.Code},五月,约5,XYZ,现金支票,某某,银行进账单,,别的.pdf", // nothing of it can be read
            $"{a.Code},2026-05-04,5,CNY,境内现金,,银行进账单,NH-007," // a unit shows the voucher's file
        );
        var trial = (await Nanhu.SendsSheet("capital", sheet, query: "&dryRun=true")).Is(200);
        Counts(trial).ShouldBe((9, 1, 1, 7, 0));
        trial.Body!["id"].ShouldBeNull();
        (await Entries()).ShouldBe(0);

        var import = (await Nanhu.SendsSheet("capital", sheet)).Is(201);
        Counts(import).ShouldBe((9, 1, 1, 7, 0));
        Enumerable
            .Range(0, 9)
            .Select(row => string.Join(", ", Issues(import, row)))
            .ShouldBe([
                "",
                "",
                "凭证种类: voucher-kind",
                "到账日期: future",
                ": capital-not-due",
                "项目编号: project-unknown",
                "项目编号: project-unknown",
                "到账日期: date-no-year, 金额（万元）: approximate, 出资方式: choice, 凭证编号: required, 凭证文件: unknown-file",
                "凭证文件: required",
            ]);

        // Another's project and none at all cannot be told apart (R20).
        import["rows"][5]!["issues"]!.ToJsonString().ShouldBe(import["rows"][6]!["issues"]!.ToJsonString());
        ((string)import["rows"][7]!["original"]!["到账日期"]!).ShouldBe("五月"); // as it stood (R50)
        var entry = (await Nanhu.Get($"capital/{import["rows"][0]!["recordId"]}")).Is(200);
        (
            (string)entry["status"]!,
            (decimal)entry["amount"]["amount"]!,
            (string)entry["amount"]["currency"]!,
            (string)entry["files"][0]!["name"]!
        ).ShouldBe(("pending", 12_000_000m, "CNY", "回单1.pdf"));

        // The same sheet again adds nothing (R53); what is kept of it is read again by its unit and the centre.
        Counts((await Nanhu.SendsSheet("capital", sheet)).Is(201)).ShouldBe((9, 0, 2, 7, 0));
        (await Entries()).ShouldBe(1);
        (await Nanhu.Get($"record-imports/{import["id"]}")).Is(200)["rows"].AsArray().Count.ShouldBe(9);
        (await Centre.Get($"record-imports/{import["id"]}")).Is(200);
        (await Pinghu.Get($"record-imports/{import["id"]}")).Is(404);
        (await Pinghu.Get("record-imports")).Is(200)["items"].AsArray().ShouldBeEmpty();

        // The centre is told once, and verifies as ever.
        (await Centre.Get("notices"))["items"]
            .AsArray()
            .Count(notice => (string)notice!["kind"]! == "capital-imported")
            .ShouldBe(1);
        (await Centre.Act($"capital/{entry["id"]}", "verify", new { })).Is(200);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R62_the_centre_is_told_of_a_voucher_used_twice_and_a_unit_of_its_own_alone()
    {
        var (a, b, other) = (await Signed(Nanhu, 1), await Signed(Pinghu, 2), await Signed(Nanhu, 3));
        const string heads = "项目编号,到账日期,金额,出资方式,凭证种类,凭证编号,凭证文件";
        string Row(Given_ project, string file = "") =>
            $"{project.Code},2026-05-04,500000,境内现金,银行进账单,V-9,{file}";
        var file = await Nanhu.Uploads("一.pdf");
        Counts((await Nanhu.SendsSheet("capital", Registers.Csv(heads, Row(a, file)))).Is(201))
            .ShouldBe((1, 1, 0, 0, 0));

        // Pinghu has the same voucher: nothing tells it that another unit has.
        var theirs = await Pinghu.Uploads("二.pdf");
        Counts((await Pinghu.SendsSheet("capital", Registers.Csv(heads, Row(b, theirs)))).Is(201))
            .ShouldBe((1, 1, 0, 0, 0));

        // Nanhu for another project of its own: a doubt. The centre, for anybody's: a doubt, and the file may follow (R51).
        var again = await Nanhu.Uploads("三.pdf");
        var own = (
            await Nanhu.SendsSheet("capital", Registers.Csv(heads, Row(other, again)), query: "&dryRun=true")
        ).Is(200);
        Issues(own, 0).ShouldBe(["凭证编号: duplicate-voucher"]);
        var centres = (await Centre.SendsSheet("capital", Registers.Csv(heads, Row(other)))).Is(201);
        Counts(centres).ShouldBe((1, 1, 0, 0, 1));
        Issues(centres, 0).ShouldBe(["凭证编号: duplicate-voucher", "凭证文件: voucher-file-missing"]);

        // Nobody verifies what the same person submitted, from a sheet either (R3, R61).
        var id = (string)centres["rows"][0]!["recordId"]!;
        (await Centre.Act($"capital/{id}", "verify", new { })).IsProblem(403, "self-verification");
        ((string)(await App.As("centre2").Get($"capital/{id}")).Is(200)["doubts"][0]!).ShouldBe("duplicate-voucher");
        (await App.As("centre2").Act($"capital/{id}", "verify", new { })).Is(200);
    }

    [Test]
    public async Task Whatever_is_exported_is_recognised_when_it_comes_back()
    {
        var a = await Signed(Nanhu, 1);
        var talks = await InTalks(Nanhu, 2);
        var sheet = Registers.Csv(
            Capital,
            $"{a.Code},2026-05-04,1200.55,USD,境外现汇,,外资入账登记,NH-001,{await Nanhu.Uploads("=凭证.pdf")}"
        );
        Counts((await Nanhu.SendsSheet("capital", sheet)).Is(201)).ShouldBe((1, 1, 0, 0, 0));
        (
            await Nanhu.Post(
                $"projects/{talks.Id}/signing-notices",
                new
                {
                    plannedSigningOn = "2026-05-20",
                    parties = "区政府、企业",
                    agreedAmount = new { amount = 1_500_000_000.25m, currency = "CNY" },
                    place = "会展中心",
                    leadersWanted = new[] { "分管市领导", "区长" },
                }
            )
        ).Is(201);
        foreach (var (kind, path) in new[] { ("capital", "capital"), ("signing-notices", "signing-notices") })
        {
            foreach (var extension in new[] { "csv", "xlsx" })
            {
                foreach (var language in new[] { "zh-CN", "en" })
                {
                    var file = await Centre.Downloads($"exports/{path}.{extension}", ("Accept-Language", language));
                    Counts((await Centre.SendsSheet(kind, file, $"export.{extension}")).Is(201))
                        .ShouldBe((1, 0, 1, 0, 0), $"{path}.{extension} {language}");
                }
            }
        }

        var text = Encoding.UTF8.GetString(await Nanhu.Downloads("exports/capital.csv"));
        text.ShouldContain("12005500");
        text.ShouldContain("'=凭证.pdf"); // no formula comes out of a name
        Encoding.UTF8.GetString(await Pinghu.Downloads("exports/capital.csv")).ShouldNotContain(a.Code);
        Encoding.UTF8.GetString(await Pinghu.Downloads("exports/signing-notices.csv")).ShouldNotContain(talks.Code);
        Encoding.UTF8.GetString(await Centre.Downloads("exports/capital.csv?status=verified")).ShouldNotContain(a.Code);
        (await Nanhu.Get("exports/capital.csv?status=nothing")).Is(400);
    }

    [Test]
    public async Task R31_notices_come_by_a_sheet_as_filed_today_and_the_open_one_is_superseded()
    {
        var (a, b) = (await InTalks(Nanhu, 1), await Signed(Nanhu, 2));
        const string heads = "Code,Planned signing,Parties,Agreed amount,Currency,Place";
        var sheet = Registers.Csv(
            heads,
            $"{a.Code},2026-05-11,District and firm,12亿元,,Hall",
            $"{b.Code},2026-05-20,District and firm,1200000000,CNY,Hall",
            $"{a.Code},2026-05-12,District and firm,12亿元,,Hall"
        );
        var import = (await Nanhu.SendsSheet("signing-notices", sheet, headers: ("Accept-Language", "en"))).Is(201);
        Counts(import).ShouldBe((3, 1, 0, 2, 0));
        Issues(import, 1).ShouldBe([": illegal-move"]);
        Issues(import, 2).ShouldBe(["Code: repeated"]);
        var notice = (await Nanhu.Get($"signing-notices/{import["rows"][0]!["recordId"]}")).Is(200);

        // Filed 05-04 for 05-11: 11 − 4 = 7 days → in time (R30).
        ((string)notice["filedOn"]!, (int)notice["daysAhead"]!, (bool)notice["timely"]!).ShouldBe(
            ("2026-05-04", 7, true)
        );
        Counts(
                (
                    await Nanhu.SendsSheet(
                        "signing-notices",
                        Registers.Csv(heads, $"{a.Code},2026-05-10,District and firm,12亿元,,Hall")
                    )
                ).Is(201)
            )
            .ShouldBe((1, 1, 0, 0, 0));
        ((string)(await Nanhu.Get($"signing-notices/{notice["id"]}")).Is(200)["status"]!).ShouldBe("superseded");
    }

    [Test]
    public async Task R65_fixed_investment_of_the_year_comes_from_statistics_and_is_never_derived_from_entries()
    {
        var (a, b) = (await Signed(Nanhu, 1), await Signed(Pinghu, 2));
        const string heads = "项目编号,年度,固定资产投资（亿元）,来源";
        var sheet = Registers.Csv(
            heads,
            $"{a.Code},2025,1.5,2025年统计年报",
            $"{a.Code},2026年,0.25,2026年5月月报",
            $"{b.Code},2027,1,月报",
            $"{b.Code},1979,1,月报",
            $"{a.Code},2025,1.6,重复"
        );
        (await Nanhu.SendsSheet("fixed-investment", sheet)).IsProblem(403, "forbidden");
        var import = (await Centre.SendsSheet("fixed-investment", sheet)).Is(201);
        Counts(import).ShouldBe((5, 2, 0, 3, 0));
        (Issues(import, 2)[0], Issues(import, 3)[0], Issues(import, 4)[0]).ShouldBe(
            ("年度: future", "年度: range", "年度: repeated")
        );
        var year = (await Nanhu.Get($"projects/{a.Id}/fixed-investment/2025")).Is(200);
        ((decimal)year["amount"]["amount"]!, (string)year["source"]!).ShouldBe((150_000_000m, "2025年统计年报"));
        (await Nanhu.Get($"projects/{a.Id}/capital/summary"))
            .Is(200)["fixedInvestment"]
            .AsArray()
            .Select(each => (decimal)each!["amount"]!["amount"]!)
            .ShouldBe([150_000_000m, 25_000_000m]);
        Counts((await Centre.SendsSheet("fixed-investment", sheet)).Is(201)).ShouldBe((5, 0, 2, 3, 0));

        // A later account takes the place of the earlier one, in the ledger too.
        var later = Registers.Csv(heads, $"{a.Code},2025,1.45,2025年统计年报（修订）");
        Counts((await Centre.SendsSheet("fixed-investment", later)).Is(201)).ShouldBe((1, 1, 0, 0, 0));
        ((decimal)(await Nanhu.Get($"projects/{a.Id}/fixed-investment/2025"))["amount"]["amount"]!).ShouldBe(
            145_000_000m
        );
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_sheet_that_cannot_be_one_is_refused_as_a_whole()
    {
        async Task Refused(string code, string content) =>
            (await Nanhu.SendsSheet("capital", Registers.Csv(content)))
                .IsProblem(400, "validation-failed")
                .Codes("file")
                .ShouldBe([code]);
        await Refused("no-headings", "甲,乙\r\n1,2");
        await Refused("columns-missing", "项目编号,到账日期\r\n2026-000001,2026-05-04");
        await Refused("sheet-empty", Capital);
        (await Nanhu.SendsSheet("nothing", Registers.Csv(Capital))).Is(400).Codes("kind").ShouldBe(["choice"]);
        (
            await Nanhu.Post(
                "record-imports",
                new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.csv" } }
            )
        )
            .Is(400)
            .Codes("kind")
            .ShouldBe(["required"]);
    }

    [Test]
    public async Task The_same_request_is_answered_as_before_and_stores_nothing_twice()
    {
        var a = await Signed(Nanhu, 1);
        var file = await Nanhu.Uploads("一.pdf");
        var sheet = Registers.Csv(Capital, $"{a.Code},2026-05-04,1200,CNY,境内现金,,银行进账单,NH-001,{file}");
        async Task<Answer> Sends() =>
            await Nanhu.Post(
                "record-imports?kind=capital",
                new MultipartFormDataContent("limit") { { new ByteArrayContent(sheet), "file", "表.csv" } },
                ("Idempotency-Key", "once")
            );
        var first = (await Sends()).Is(201);
        ((string)(await Sends()).Is(201)["id"]!).ShouldBe((string)first["id"]!);
        (await Entries()).ShouldBe(1);
    }
}
