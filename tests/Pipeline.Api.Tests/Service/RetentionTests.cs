using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Store.Retaining;

namespace Pipeline.Api.Tests.Service;

/// <summary>What is kept as long as the rule set in force says, and not a day longer; and what is never removed (decision 107).</summary>
public sealed class RetentionTests(string engine) : OnEachEngine(engine)
{
    private const string Header = "项目名称,投资方,总投资,行业代码,落户地,阶段";
    private const string Accepted = "光缆工厂,乙光缆有限公司,2亿元,3831,南湖区,在谈";
    private const string Rejected = "电池工厂,甲电池有限公司,三个多亿,3841,南湖区,在谈";

    private static DateTimeOffset Day(int year, int month, int day) =>
        new DateTimeOffset(year, month, day, 9, 0, 0, TimeSpan.FromHours(8)).ToUniversalTime();

    [Test]
    public async Task The_text_of_rows_and_the_file_go_after_their_time_and_what_became_of_each_row_stays()
    {
        // Ended on 4 May 2026. Kept for a year: on 4 May 2027 nothing from before 4 May 2026 is removed, on the 5th what ended on the 4th is.
        await Publish(new { importRows = "P1Y", importFiles = "P2Y" });
        var nanhu = App.As("nanhu");
        var dry = await nanhu.Imports(Registers.Csv(Header, Accepted, Rejected), fields: ("dryRun", "true"));
        (
            await nanhu.Post(
                $"imports/{dry["id"]}/corrections",
                new
                {
                    items = new[]
                    {
                        new
                        {
                            rowNumber = 3,
                            column = "总投资",
                            text = "3.2亿元",
                        },
                    },
                }
            )
        ).Is(200);
        var import = await nanhu.Imports(Registers.Csv(Header, Accepted, Rejected));
        var before = await nanhu.RowsOf(import);

        App.Time.AdvanceTo(Day(2027, 5, 4));
        await Round();
        (await nanhu.Get($"imports/{import["id"]}")).Is(200).Body!["rowsRemoved"].ShouldBeNull();
        ((string)(await nanhu.RowsOf(import))[0]["original"]!["总投资"]!).ShouldBe("2亿元");

        App.Time.AdvanceTo(Day(2027, 5, 5));
        await Round();
        var after = (await nanhu.Get($"imports/{import["id"]}")).Is(200);
        ((string)after["rowsRemoved"]!["ruleSetName"]!).ShouldBe("有期限");
        ((string)after["rowsRemoved"]!["at"]!).ShouldBe("2027-05-05T01:00:00.000Z");
        after.Body!["fileRemoved"].ShouldBeNull();
        foreach (var count in new[] { "rowsTotal", "rowsDone", "rowsAccepted", "rowsRejected", "rowsDoubtful" })
            ((int)after[count]!).ShouldBe((int)import[count]!, count);
        after["issueCounts"].ToJsonString().ShouldBe(import["issueCounts"].ToJsonString());
        after["columns"].AsArray().ShouldAllBe(column => column!["samples"]!.AsArray().Count == 0);
        var rows = await nanhu.RowsOf(import);
        rows.Select(row => $"{row["rowNumber"]} {row["outcome"]} {row["action"]} {row["projectId"]}")
            .ShouldBe(before.Select(row => $"{row["rowNumber"]} {row["outcome"]} {row["action"]} {row["projectId"]}"));
        foreach (var row in rows)
        {
            row["original"]!.AsObject().ShouldBeEmpty();
            row["parsed"]!.AsObject().ShouldBeEmpty();
            row["issues"]!.AsArray().ShouldBeEmpty();
        }

        // Whoever needs the text is told what became of it; the same register is recognised all the same (R54).
        (await nanhu.Get($"imports/{import["id"]}/corrections.xlsx")).IsProblem(409, "import-rows-removed");
        (await nanhu.Post($"imports/{dry["id"]}/rerun", new { dryRun = true })).IsProblem(409, "import-rows-removed");
        (
            await nanhu.Post(
                $"imports/{import["id"]}/decisions",
                new { items = new[] { new { rowNumber = 2, decision = "accept" } } }
            )
        ).IsProblem(409, "import-rows-removed");
        var again = (await nanhu.RowsOf(await nanhu.Imports(Registers.Csv(Header, Accepted)))).Single();
        ((string)again["action"]!).ShouldBe("none");
        ((string)again["projectId"]!).ShouldBe((string)before[0]["projectId"]!);

        // Two years: both files. The entries of the trail say so, and it holds.
        App.Time.AdvanceTo(Day(2028, 5, 5));
        await Round();
        ((string)(await nanhu.Get($"imports/{import["id"]}")).Is(200)["fileRemoved"]!["ruleSetName"]!).ShouldBe(
            "有期限"
        );
        App.Sql(connection => connection.ExecuteScalar<long>("SELECT COUNT(DISTINCT import_id) FROM import_files"))
            .ShouldBe(1, "the last register of 2027");
        var told = (await App.As("auditor").Get($"audit?action=retention-applied&subjectId={import["id"]}"))
            .Is(200)["items"]
            .AsArray();
        told.Select(entry => (string)entry!["changes"]!.AsArray().Last()!["field"]!)
            .ShouldBe(["fileRemoved", "rowsRemoved"]);
        await Holds();
    }

    [Test]
    public async Task A_file_that_an_import_went_on_with_stays_until_that_one_ended_long_enough_ago()
    {
        await Publish(new { importFiles = "P1Y" });
        var nanhu = App.As("nanhu");
        var dry = await nanhu.Imports(Registers.Csv(Header, Accepted), fields: ("dryRun", "true"));
        App.Time.AdvanceTo(Day(2026, 12, 1));
        var posted = (await nanhu.Post($"imports/{dry["id"]}/rerun", new { dryRun = false })).Is(202);
        var taken = await nanhu.AwaitsImport((string)posted["id"]!);
        App.Time.AdvanceTo(Day(2027, 11, 30));
        await Round();
        (await nanhu.Get($"imports/{dry["id"]}")).Is(200).Body!["fileRemoved"].ShouldBeNull();
        App.Time.AdvanceTo(Day(2027, 12, 2)); // ended on 1 December 2026
        await Round();
        foreach (var import in new[] { dry, taken })
        {
            var told = (await nanhu.Get($"imports/{import["id"]}")).Is(200);
            told.Body!["fileRemoved"].ShouldNotBeNull();
            told.Body!["rowsRemoved"].ShouldBeNull();
        }
    }

    [Test]
    public async Task Notices_go_a_year_after_each_reader_read_them_and_unread_ones_stay()
    {
        // By the rule set of the start, which says nothing of it.
        var (shared, unread) = (App.AddNotice("nanhu"), App.AddNotice("nanhu"));
        App.Sql(connection =>
            connection.Execute(
                "INSERT INTO notice_recipients (user_id, seq, notice_id, mail, mail_due, mail_attempts) SELECT (SELECT id FROM users WHERE username = 'xiuzhou'), seq, id, 'none', at, 0 FROM notices WHERE id = @shared",
                new { shared }
            )
        );
        (await App.As("nanhu").Post($"notices/{shared}/read")).Is(204);
        App.Time.AdvanceTo(Day(2026, 8, 1));
        (await App.As("xiuzhou").Post($"notices/{shared}/read")).Is(204);

        App.Time.AdvanceTo(Day(2027, 5, 4));
        await Round();
        Recipients().ShouldBe(3);
        App.Time.AdvanceTo(Day(2027, 5, 5)); // read on 4 May 2026 by the first, on 1 August by the second
        await Round();
        Recipients().ShouldBe(2);
        Notices().ShouldBe([shared, unread], ignoreOrder: true);
        App.Time.AdvanceTo(Day(2027, 8, 2));
        await Round();
        Recipients().ShouldBe(1);
        Notices().ShouldBe([unread]);
        await Holds();
    }

    [Test]
    public async Task By_the_rules_of_the_start_nothing_of_an_import_is_ever_removed()
    {
        var nanhu = App.As("nanhu");
        var import = await nanhu.Imports(Registers.Csv(Header, Accepted));
        App.Time.AdvanceTo(Day(2046, 5, 5));
        await Round();
        ((string)(await nanhu.RowsOf(import)).Single()["original"]!["总投资"]!).ShouldBe("2亿元");
        var rounds = (await App.As("admin").Get("system")).Is(200)["retention"].AsArray();
        rounds
            .Select(round => $"{round!["kind"]} {round["removedBefore"]} {round["removed"]}")
            .ShouldBe(["import-files  0", "import-rows  0", "read-notices 2045-05-04T16:00:00.000Z 0"]);
    }

    [Test]
    public async Task Two_instances_do_a_round_once_a_day_and_the_page_of_the_system_says_what_it_removed()
    {
        await Publish(new { importRows = "P1Y", readNotices = "P1Y" });
        var nanhu = App.As("nanhu");
        await nanhu.Imports(Registers.Csv(Header, Accepted, Rejected));
        using var other = new PipelineApp(Engine, App.Time, App.Database);
        App.Time.AdvanceTo(Day(2027, 5, 5));
        await Task.WhenAll(Round(), Round(other), Round(), Round(other));
        var round = (await App.As("admin").Get("system"))
            .Is(200)["retention"]
            .AsArray()
            .Single(one => (string)one!["kind"]! == "import-rows")!;
        ((long)round["removed"]!).ShouldBe(2);
        ((long)round["removedEver"]!).ShouldBe(2);
        ((string)round["removedBefore"]!).ShouldBe("2026-05-04T16:00:00.000Z"); // 5 May 2026 in the city
        App.Sql(connection =>
                connection.ExecuteScalar<long>("SELECT COUNT(*) FROM audit WHERE action = 'retention-applied'")
            )
            .ShouldBe(1);
        App.Time.AdvanceTo(Day(2027, 5, 6));
        await Round();
        round = (await App.As("admin").Get("system"))
            .Is(200)["retention"]
            .AsArray()
            .Single(one => (string)one!["kind"]! == "import-rows")!;
        ((long)round["removed"]!).ShouldBe(0);
        ((long)round["removedEver"]!).ShouldBe(2);
    }

    [Test]
    public async Task A_round_that_was_broken_off_goes_on_where_it_was_once_its_lease_is_over()
    {
        await Publish(new { importRows = "P1Y" });
        var nanhu = App.As("nanhu");
        var import = await nanhu.Imports(Registers.Csv(Header, Accepted, Rejected));
        App.Time.AdvanceTo(Day(2027, 5, 5));

        // Whoever had the lease ended after the first row.
        App.Sql(connection =>
            connection.Execute(
                """
                UPDATE retention_rounds SET began_at = @now, removed = 1, removed_ever = 1, lease = 'gone', leased_until = @until WHERE kind = 'import-rows';
                UPDATE imports SET rows_removed_at = @now, rows_removed_by = (SELECT MAX(id) FROM rule_sets), rows_removed_to = 2 WHERE id = @id
                """,
                new
                {
                    now = App.Time.GetUtcNow(),
                    until = App.Time.GetUtcNow().AddMinutes(5),
                    id = (string)import["id"]!,
                }
            )
        );
        await Round();
        (await nanhu.RowsOf(import))[1]["original"]!.AsObject().ShouldNotBeEmpty();
        App.Time.Advance(TimeSpan.FromMinutes(6));
        await Round();
        (await nanhu.RowsOf(import))[1]["original"]!.AsObject().ShouldBeEmpty();
        var round = (await App.As("admin").Get("system"))
            .Is(200)["retention"]
            .AsArray()
            .Single(one => (string)one!["kind"]! == "import-rows")!;
        ((long)round["removed"]!).ShouldBe(2);
    }

    [Test]
    public async Task A_time_of_less_than_half_a_year_is_refused_by_its_field()
    {
        foreach (var length in new[] { "P5M", "P179D", "PT9000H" })
        {
            var refused = (
                await App.As("admin")
                    .Post(
                        "rule-sets",
                        new
                        {
                            name = "太短",
                            effectiveFrom = "2026-06-01",
                            retention = new { importRows = length },
                        }
                    )
            ).IsProblem(400, "validation-failed");
            var error = refused["errors"].AsObject().Single();
            error.Key.ShouldBe("retention.importRows");
            ((string)error.Value![0]!["code"]!).ShouldBe("retention");
        }

        await Publish(new { importRows = "P180D" });
        var kept = (await App.As("nanhu").Get("rule-sets/current")).Is(200)["retention"];
        ((string)kept["importRows"]!).ShouldBe("P180D");
        kept["readNotices"].ShouldBeNull(); // given whole: what is absent is kept for ever
    }

    private async Task Publish(object retention) =>
        (
            await App.As("admin")
                .Post(
                    "rule-sets",
                    new
                    {
                        name = "有期限",
                        effectiveFrom = "2026-05-04",
                        retention,
                    }
                )
        ).Is(201);

    private Task Round(PipelineApp? of = null) => (of ?? App).Services.GetRequiredService<ApplyRetention>().Run();

    private long Recipients() =>
        App.Sql(connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM notice_recipients"));

    private List<string> Notices() =>
        App.Sql(connection => connection.Query<string>("SELECT id FROM notices").AsList());

    private async Task Holds()
    {
        var trail = (await App.As("auditor").Get("audit/verify")).Is(200);
        ((bool)trail["valid"]!).ShouldBeTrue();
        ((bool)(await App.As("auditor").Get("receipts/verify")).Is(200)["valid"]!).ShouldBeTrue();
    }
}
