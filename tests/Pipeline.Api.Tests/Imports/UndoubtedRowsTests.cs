using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Only the rows without a doubt are taken, the others are held back and stay open (R50).</summary>
public sealed class UndoubtedRowsTests(string engine) : OnEachEngine(engine)
{
    // The second row says no place that is known, the third is about so much, the fourth has no name.
    private static readonly byte[] Register = Registers.Csv(
        "项目名称,投资方,国别,总投资(亿元),行业代码,落户地,阶段,首报日期",
        "电池工厂,甲电池有限公司,德国,3,3841,南湖区,在谈,2026-02-01",
        "光缆工厂,乙光缆有限公司,中国,2,3831,无名乡,在谈,2026-02-01",
        "风机工厂,丙风机有限公司,日本,约5,3811,平湖市,在谈,2026-02-01",
        ",丁机械有限公司,中国,1,3411,海宁市,在谈,2026-02-01"
    );

    [Test]
    public async Task Rows_with_doubts_are_held_back_and_every_row_is_accounted_for()
    {
        var centre = App.As("centre");
        var import = await centre.Imports(Register, query: "?rows=undoubted");
        ((string)import["rows"]!).ShouldBe("undoubted");
        ((int)import["rowsTotal"]!).ShouldBe(4);
        ((int)import["rowsAccepted"]!).ShouldBe(1);
        ((int)import["rowsDoubtful"]!).ShouldBe(0);
        ((int)import["rowsRejected"]!).ShouldBe(3);
        ((int)import["rowsHeldBack"]!).ShouldBe(2, "the fourth is refused for itself");
        (await centre.Get("projects?count=true"))
            .Is(200)["items"]
            .AsArray()
            .Select(project => (string)project!["name"]!)
            .ShouldBe(["电池工厂"]);
        var held = await centre.RowsOf(import, "&code=held-back");
        held.Select(row => string.Join(',', Registers.CodesOf(row)))
            .ShouldBe(["owner-unknown,held-back", "approximate,held-back"]);
    }

    [Test]
    public async Task What_was_held_back_stays_open_and_is_taken_once_it_was_looked_at()
    {
        var centre = App.As("centre");
        var dry = await centre.Imports(Register, query: "?dryRun=true");
        ((int)dry["rowsDoubtful"]!).ShouldBe(2);
        var taken = (await centre.Post($"imports/{dry["id"]}/rerun", new { dryRun = false, rows = "undoubted" })).Is(
            202
        );
        var import = await centre.AwaitsImport((string)taken["id"]!);
        ((int)import["rowsHeldBack"]!).ShouldBe(2);
        (await centre.Get("imports?unfinished=true"))
            .Is(200)["items"]
            .AsArray()
            .Select(one => (string)one!["id"]!)
            .ShouldBe([(string)import["id"]!]);

        var again = await centre.AwaitsImport(
            (string)(await centre.Post($"imports/{import["id"]}/rerun", new { dryRun = true })).Is(202)["id"]!
        );
        (
            await centre.Post(
                $"imports/{again["id"]}/corrections",
                new
                {
                    items = new[]
                    {
                        new
                        {
                            rowNumber = 3,
                            column = "落户地",
                            text = "秀洲区",
                        },
                    },
                }
            )
        ).Is(200);
        var rest = await centre.AwaitsImport(
            (string)(await centre.Post($"imports/{again["id"]}/rerun", new { dryRun = false })).Is(202)["id"]!
        );
        ((string)rest["rows"]!).ShouldBe("all");
        ((int)rest["rowsAccepted"]!).ShouldBe(3);
        ((int)rest["duplicates"]!).ShouldBe(1, "the row that was taken before is not taken twice");
        ((int)rest["rowsHeldBack"]!).ShouldBe(0);
        (await centre.Get("projects?count=true")).Is(200)["items"].AsArray().Count.ShouldBe(3);
        (await centre.Post($"imports/{rest["id"]}/rerun", new { dryRun = true })).IsProblem(409, "import-stored");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_units_rows_with_doubts_are_held_back_too()
    {
        var nanhu = App.As("nanhu");
        var import = await nanhu.Imports(
            Registers.Csv(
                "项目名称,投资方,国别,总投资(亿元),行业代码,落户地,阶段",
                "电池工厂,甲电池有限公司,德国,3,3841,南湖区,在谈",
                "风机工厂,丙风机有限公司,日本,约5,3811,南湖区,在谈"
            ),
            query: "?rows=undoubted"
        );
        ((int)import["rowsAccepted"]!).ShouldBe(1);
        ((int)import["rowsHeldBack"]!).ShouldBe(1);
    }

    [Test]
    public async Task Nothing_is_held_back_where_it_is_all_rows_or_none()
    {
        var centre = App.As("centre");
        var refused = await centre.SendsIn(Register, query: "?mode=atomic&rows=undoubted");
        refused.IsProblem(400, "validation-failed");
        ((string)refused["errors"]["rows"]![0]!["code"]!).ShouldBe("rowwise-only");
        (await centre.SendsIn(Register, query: "?rows=some")).IsProblem(400, "validation-failed");
        var dry = await centre.Imports(Register, query: "?dryRun=true&mode=atomic");
        (await centre.Post($"imports/{dry["id"]}/rerun", new { dryRun = false, rows = "undoubted" })).IsProblem(
            400,
            "validation-failed"
        );
    }
}
