using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Credit;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Credit;

/// <summary>The ledger of facts that count (R45).</summary>
public sealed class LedgerTests(string engine) : OnEachEngine(engine)
{
    private sealed record Row(
        long Seq,
        string Kind,
        string Period,
        string? BelongsTo,
        long Sign,
        long? Amount,
        string CauseKind,
        long? Reverses
    );

    private List<Row> Rows(string project) =>
        App.Sql(connection =>
            connection
                .Query<(long, string, string, string?, long, long?, string, long?)>(
                    "SELECT seq, kind, period, belongs_to, sign, amount, cause_kind, reverses FROM ledger WHERE project_id = @project ORDER BY seq",
                    new { project }
                )
                .Select(row => new Row(
                    row.Item1,
                    row.Item2,
                    row.Item3,
                    row.Item4,
                    row.Item5,
                    row.Item6,
                    row.Item7,
                    row.Item8
                ))
                .ToList()
        );

    private async Task<string> Signed(string on = "2026-05-04", decimal amount = 1_200_000_000m)
    {
        var claim = (await App.As("nanhu").Reports(Given.Project(amount: amount))).Is(201);
        var project = (string)claim["projectId"]!;
        var move = (await App.As("nanhu").Submits(project, Given.Signing(on, amount))).Is(201);
        Rows(project).ShouldBeEmpty("what waits for the centre does not count");
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        return project;
    }

    private async Task Registers(string project, string on)
    {
        var move = (
            await App.As("nanhu")
                .Submits(
                    project,
                    new
                    {
                        to = "registered",
                        occurredOn = on,
                        evidence = new { filingCode = "F-1", filedOn = on },
                    }
                )
        ).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
    }

    private async Task Ends(string project, string on) =>
        (
            await App.As("centre")
                .Submits(
                    project,
                    new
                    {
                        to = "terminated",
                        occurredOn = on,
                        reasonCode = "market",
                        note = "市场变化",
                    }
                )
        ).Is(201);

    [Test]
    public async Task A_verified_move_is_a_row_of_its_own_month_and_pinned_to_its_rule_set()
    {
        var project = await Signed();
        var row = Rows(project).ShouldHaveSingleItem();
        (row.Kind, row.Period, row.BelongsTo, row.Sign, row.Amount, row.CauseKind).ShouldBe(
            ("signed", "2026-05", null, 1, 120_000_000_000, "move")
        );
        App.Sql(connection => connection.QuerySingle<string>("SELECT landing_id FROM ledger WHERE seq = 1"))
            .ShouldBe(App.As("nanhu").UnitId);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_termination_takes_back_in_its_own_month_what_counted_before()
    {
        var project = await Signed();
        await Registers(project, "2026-05-04");
        App.Time.Advance(TimeSpan.FromDays(120)); // 2026-09-01
        await Ends(project, "2026-09-01");
        Rows(project)
            .Select(row => (row.Kind, row.Period, row.BelongsTo, row.Sign, row.Reverses))
            .ShouldBe([
                ("signed", "2026-05", null, 1, null),
                ("registered", "2026-05", null, 1, null),
                ("signed", "2026-09", "2026-05", -1, 1),
                ("registered", "2026-09", "2026-05", -1, 2),
            ]);
        (await Violations()).ShouldBeEmpty();

        // What comes back counts from then on.
        (
            await App.As("centre")
                .Submits(
                    project,
                    new
                    {
                        to = "signed",
                        occurredOn = "2026-09-01",
                        note = "恢复",
                    }
                )
        ).Is(201);
        var again = Rows(project).Last();
        (again.Kind, again.Period, again.BelongsTo, again.Sign).ShouldBe(("signed", "2026-09", "2026-05", 1));
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_move_back_is_taken_back()
    {
        var project = await Signed();
        (
            await App.As("centre")
                .Submits(
                    project,
                    new
                    {
                        to = "in-talks",
                        occurredOn = "2026-05-04",
                        note = "协议未生效",
                    }
                )
        ).Is(201);
        Rows(project).Select(row => row.Sign).ShouldBe([1, -1]);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_corrected_amount_reverses_and_is_written_anew_and_other_facts_change_nothing()
    {
        var project = await Signed();
        App.Time.Advance(TimeSpan.FromDays(30)); // 2026-06-03
        var nanhu = App.As("nanhu");
        (await nanhu.Patch($"projects/{project}", new { jobs = 300, chain = "氢能" }, "*")).Is(200);
        Rows(project).Count.ShouldBe(1);
        (
            await nanhu.Patch(
                $"projects/{project}",
                new { totalInvestment = new { amount = 5_000_000_000m, currency = "CNY" } },
                "*"
            )
        ).Is(200);
        Rows(project)
            .Select(row => (row.Period, row.BelongsTo, row.Sign, row.Amount, row.CauseKind))
            .ShouldBe([
                ("2026-05", null, 1, 120_000_000_000, "move"),
                ("2026-06", "2026-05", -1, 120_000_000_000, "edit"),
                ("2026-06", "2026-05", 1, 500_000_000_000, "edit"),
            ]);
        (await nanhu.Patch($"projects/{project}", new { industryCode = "6510" }, "*")).Is(200);
        Rows(project).Count.ShouldBe(5);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task An_edit_in_talks_is_none_of_the_ledgers()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        (await App.As("nanhu").Patch($"projects/{claim["projectId"]}", new { industryCode = "6510" }, "*")).Is(200);
        Rows((string)claim["projectId"]!).ShouldBeEmpty();
    }

    [Test]
    public async Task A_library_that_is_older_gets_its_ledger_with_what_is_known_and_goes_on_after_a_stop()
    {
        var project = await Signed();
        await Registers(project, "2026-05-04");
        App.Time.Advance(TimeSpan.FromDays(40)); // 2026-06-13
        await Ends(project, "2026-06-13");
        App.Sql(connection =>
            connection.Execute(
                "DELETE FROM ledger; UPDATE ledger_head SET seq = 0, hash = '0000000000000000000000000000000000000000000000000000000000000000'; INSERT INTO settings (name, value) SELECT 'ledger-below', CAST(MAX(seq) + 1 AS varchar(20)) FROM projects"
            )
        );
        (await Violations()).ShouldBeEmpty("what is not yet written is not missed");
        await App.Services.GetRequiredService<BuildLedger>().Run();
        Rows(project)
            .Select(row => (row.Kind, row.Period, row.Sign))
            .ShouldBe([
                ("signed", "2026-05", 1),
                ("signed", "2026-06", -1),
                ("registered", "2026-05", 1),
                ("registered", "2026-06", -1),
            ]);
        (await Violations()).ShouldBeEmpty();
        await App.Services.GetRequiredService<BuildLedger>().Run();
        Rows(project).Count.ShouldBe(4);
    }

    [TestCase("UPDATE ledger SET amount = 1 WHERE seq = 1", "ledger: hash at 1")]
    [TestCase("UPDATE ledger SET amount = 1 WHERE seq = 1", "otherwise")]
    [TestCase("DELETE FROM ledger WHERE seq = 1", "ledger: sequence-gap at 1")]
    [TestCase("DELETE FROM ledger WHERE seq = 2", "ledger: missing at 2")]
    [TestCase("DELETE FROM ledger WHERE seq = 2", "lacks what is so")]
    [TestCase("UPDATE projects SET industry_code = '6510'", "otherwise")]
    [TestCase("UPDATE projects SET stage = 'signed'", "what is not so")]
    public async Task What_was_touched_is_found(string statement, string words)
    {
        var project = await Signed();
        await Registers(project, "2026-05-04");
        App.Sql(connection => connection.Execute(statement));
        (await Violations()).ShouldContain(violation => violation.Contains(words, StringComparison.Ordinal));
    }
}
