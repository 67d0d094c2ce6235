using System.Text;
using Pipeline.Api.Tests.Exports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>What the product exports it reads back: in both formats, in both languages, every field.</summary>
public sealed class OwnExportTests(string engine) : OnEachEngine(engine)
{
    private async Task Fill(Actor centre)
    {
        await centre.Imports(Registers.Demo);
        (
            await App.As("nanhu")
                .Post(
                    "projects",
                    new Dictionary<string, object?>(
                        Given.Project("=智能传动基地项目", "甲传动科技有限公司", 80_000_000m, industry: "3451")
                    )
                    {
                        ["fixedInvestment"] = new { amount = 50_000_000m, currency = "CNY" },
                        ["foreignCapital"] = new { amount = 1_500_000.5m, currency = "USD" },
                        ["plannedStartOn"] = "2027-03-01",
                        ["plannedSigningOn"] = "2026-12-20",
                        ["plannedProductionOn"] = "2028-01-01",
                        ["landMu"] = 35.5m,
                        ["energyTce"] = 12_000.25m,
                        ["jobs"] = 350,
                        ["buildKind"] = "expansion",
                        ["channel"] = "intermediary",
                        ["annualOutput"] = new { amount = 320_000_000m, currency = "CNY" },
                        ["annualTax"] = new { amount = 9_000_000m, currency = "CNY" },
                        ["firstContactOn"] = "2024-03-05",
                    }
                )
        ).Is(201);
    }

    private static byte[] Csv(IEnumerable<Dictionary<string, string>> rows)
    {
        static string Cell(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var all = rows.ToList();
        return Encoding.UTF8.GetBytes(
            string.Join(
                "\r\n",
                all.Select(row => string.Join(',', row.Values.Select(Cell)))
                    .Prepend(string.Join(',', all[0].Keys.Select(Cell)))
            )
        );
    }

    [TestCase("csv", "zh-CN")]
    [TestCase("csv", "en")]
    [TestCase("xlsx", "zh-CN")]
    [TestCase("xlsx", "en")]
    public async Task Its_own_export_changes_nothing_and_doubts_nothing(string format, string language)
    {
        var centre = App.As("centre");
        await Fill(centre);
        var file = await centre.Downloads($"exports/projects.{format}", ("Accept-Language", language));
        var import = await centre.Imports(file, $"projects.{format}", fields: ("dryRun", "true"));
        var rows = await centre.RowsOf(import);
        rows.Count.ShouldBe(240);
        foreach (var row in rows)
        {
            ((string)row["action"]!).ShouldBe("none", row.ToJsonString());
            row["issues"]!.AsArray().ShouldBeEmpty(row.ToJsonString());
            row["changes"].ShouldBeNull();
        }
    }

    [Test]
    public async Task What_was_changed_in_it_is_proposed_for_the_project_of_that_code_and_nothing_else()
    {
        var centre = App.As("centre");
        await Fill(centre);
        var table = Exports.Files.ReadCsv(await centre.Downloads("exports/projects.csv"));
        var changed = table.First(row => row["总投资"].Length > 0 && row["首谈单位"].Length > 0);
        changed["项目名称"] = "改了名字的项目";
        changed["总投资"] = "123000000";
        var rows = await centre.RowsOf(await centre.Imports(Csv(table), fields: ("dryRun", "true")));
        var proposed = rows.Single(row => (string)row["action"]! != "none");
        ((string)proposed["action"]!).ShouldBe("update-proposed");
        ((string)(await centre.Get($"projects/{proposed["projectId"]}")).Is(200)["code"]!).ShouldBe(
            changed["项目编号"]
        );
        proposed["changes"]!
            .AsObject()
            .Select(change => change.Key)
            .ShouldBe(["name", "totalInvestment"], ignoreOrder: true);
        ((decimal)proposed["changes"]!["totalInvestment"]!["to"]!["amount"]!).ShouldBe(123_000_000m);
    }

    [Test]
    public async Task An_empty_city_reads_every_column_of_it()
    {
        var centre = App.As("centre");
        await Fill(centre);
        var file = await centre.Downloads("exports/projects.xlsx");
        var before = Exports.Files.ReadCsv(await centre.Downloads("exports/projects.csv?sort=name"));
        using var empty = new PipelineApp(Engine);
        var import = await empty.As("centre").Imports(file, "projects.xlsx");
        ((int)import["rowsAccepted"]!).ShouldBe(before.Count, import.Text);
        var after = Exports.Files.ReadCsv(await empty.As("centre").Downloads("exports/projects.csv?sort=name"));
        after.Count.ShouldBe(before.Count);
        string[] kept =
        [
            "项目名称",
            "阶段",
            "归属单位",
            "投资方",
            "主要投资方国别",
            "主要投资方统一社会信用代码",
            "总投资",
            "币种",
            "固定资产投资",
            "固定资产投资币种",
            "计划外资",
            "计划外资币种",
            "行业代码",
            "产业链",
            "承接地点",
            "用地（亩）",
            "在谈日期",
            "签约日期",
            "注册日期",
            "开工日期",
            "投产日期",
            "计划签约日期",
            "计划开工日期",
            "计划投产日期",
        ];
        static string Of(Dictionary<string, string> row, string[] columns) =>
            string.Join('|', columns.Select(column => row[column]));
        after.Select(row => Of(row, kept)).Order().ShouldBe(before.Select(row => Of(row, kept)).Order());
    }
}
