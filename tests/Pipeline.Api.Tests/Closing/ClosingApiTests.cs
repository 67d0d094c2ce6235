using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Store;
using Pipeline.Store.Assessment;

namespace Pipeline.Api.Tests.Closing;

/// <summary>Closing periods into snapshots, adjusting what comes late, opening again (R105–R110, R116).</summary>
public sealed class ClosingApiTests(string engine) : OnEachEngine(engine)
{
    private Actor Centre => App.As("centre");
    private Actor Second => App.As("centre2");
    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");
    private Actor Leader => App.As("leader");
    private Actor Admin => App.As("admin");

    private void OnDay(int month, int day, int hour = 2)
    {
        var at = new DateTimeOffset(2026, month, day, hour, 0, 0, TimeSpan.Zero);
        App.Time.Advance(at - App.Time.GetUtcNow());
    }

    private async Task<string> Submitted(Actor unit, int number, bool secret = false, string on = "2026-05-04")
    {
        var body = Given.Another(number);
        if (secret)
            body["secret"] = true;
        var project = (string)(await unit.Reports(body)).Is(201)["projectId"]!;
        (await unit.Submits(project, Given.Signing(on))).Is(201);
        return project;
    }

    private async Task Verify(string project)
    {
        var move = (await Centre.Get("moves?status=pending"))
            .Is(200)["items"]
            .AsArray()
            .Single(one => (string)one!["projectId"]! == project)!;
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
    }

    private async Task<string> Signed(Actor unit, int number, bool secret = false, string on = "2026-05-04")
    {
        var project = await Submitted(unit, number, secret, on);
        await Verify(project);
        return project;
    }

    private async Task Targets(params (string Unit, decimal Value)[] targets)
    {
        foreach (var (unit, value) in targets)
            (await Centre.Put($"targets/2026/{unit}/projects-signed", new { value, reason = "责任书" }, "*")).Is(200);
        (await Second.Post("targets/publish", new { year = 2026 })).Is(200);
    }

    private Task<Answer> Closes(string period, Actor? by = null) =>
        (by ?? Centre).Act($"periods/{period}", "close", new { });

    private static JsonNode Of(Answer figures, Actor unit) =>
        figures["items"].AsArray().Single(item => (string?)item!["unit"]?["id"] == unit.UnitId)!;

    private async Task<JsonNode> City(string query) =>
        (await Centre.Get($"figures?indicators=projects-signed&{query}")).Is(200)["city"][0]!;

    [Test]
    public async Task R105_months_are_closed_in_order_when_they_are_over_by_a_coordinator()
    {
        (await Closes("2026-05")).IsProblem(409, "period-not-over");
        OnDay(7, 2);
        (await Nanhu.Post("periods/2026-05/close", new { }, ("If-Match", "*"))).IsProblem(403, "forbidden");
        (await Centre.Post("periods/2026-05/close", new { })).Is(428);
        (await Centre.Post("periods/2026-05/close", new { }, ("If-Match", "\"7\""))).Is(412);
        (await Centre.Post("periods/2026-08/close", new { }, ("If-Match", "*"))).Is(404);
        (await Centre.Post("periods/2026-Q2/close", new { }, ("If-Match", "*"))).Is(404);
        ((await Centre.Get("periods/2026-05")).Is(200)["allowedActions"].ToJsonString()).ShouldBe("[\"close\"]");
        var closed = (await Closes("2026-05")).Is(200);
        ((string)closed["status"]!, (int)closed["snapshotVersion"]!).ShouldBe(("closed", 1));
        (await Closes("2026-05")).IsProblem(409, "period-closed");
        (await Centre.Post("periods/2026-04/close", new { }, ("If-Match", "*"))).IsProblem(409, "period-closed");
        (await Centre.Post("periods/2026-07/close", new { }, ("If-Match", "*"))).IsProblem(409, "period-order");
        var listed = (await Nanhu.Get("periods")).Is(200)["items"].AsArray();
        ((string)listed[0]!["period"]!).ShouldBe("2026-07");

        // The books begin with the January of the year in which they were first closed.
        ((string)listed[^1]!["period"]!, (string)listed[^1]!["status"]!).ShouldBe(("2026-01", "closed"));
        listed.Single(one => (string)one!["period"]! == "2026-05")!["status"]!.GetValue<string>().ShouldBe("closed");

        // The units and the administrators are told, and it stands in the audit trail with its hash.
        foreach (var told in new[] { Nanhu, Second, Admin })
            (await told.Get("notices"))
                .Is(200)["items"]
                .AsArray()
                .ShouldContain(notice => (string)notice!["kind"]! == "period-closed");
        var snapshot = (await Centre.Get($"snapshots/{closed["snapshotId"]}")).Is(200);
        (await App.As("auditor").Get("audit?action=period-closed"))
            .Is(200)
            .Text.ShouldContain((string)snapshot["hash"]!);
        (await Nanhu.Get($"snapshots/{closed["snapshotId"]}"))
            .Is(200)
            .Body!.AsObject()
            .ContainsKey("hash")
            .ShouldBeFalse();
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R110_what_is_verified_after_the_closing_is_adjusting_in_June_and_May_stays_0()
    {
        var project = await Submitted(Nanhu, 1);
        OnDay(6, 5);
        (await Closes("2026-05")).Is(200);
        OnDay(6, 12);
        await Verify(project);

        // The two clocks know it by occurrence; the books do not.
        ((decimal)(await City("period=2026-05&asOf=2026-05-31&knownAt=2026-06-05T12:00:00Z"))["value"]!).ShouldBe(0);
        ((decimal)(await City("period=2026-05&asOf=2026-05-31&knownAt=2026-06-30T00:00:00Z"))["value"]!).ShouldBe(1);
        ((decimal)(await City("period=2026-05"))["value"]!).ShouldBe(0);
        var june = await City("period=2026-06");
        ((decimal)june["value"]!, (decimal)june["adjusting"]!, (decimal)june["cumulative"]!).ShouldBe((1m, 1m, 1m));
        ((decimal)(await City("period=2026-Q2"))["value"]!).ShouldBe(1);

        // Closed, June and the quarter say the same.
        OnDay(7, 2);
        (await Closes("2026-06")).Is(200);
        (await City("period=2026-06")).ToJsonString().ShouldContain("\"adjusting\":1");
        ((decimal)(await City("period=2026-Q2"))["value"]!).ShouldBe(1);
        var row = (await Centre.Get("figures/explain?indicator=projects-signed&period=2026-06")).Is(200)["items"][0]!;
        ((string)row["period"]!, (string)row["belongsTo"]!).ShouldBe(("2026-06", "2026-05"));
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task What_comes_while_a_period_is_counted_is_in_its_snapshot_as_if_it_had_been_there()
    {
        await Targets((Nanhu.UnitId!, 10));
        await Signed(Nanhu, 1);
        await Signed(Pinghu, 2, secret: true);
        OnDay(6, 12);
        var late = await Submitted(Nanhu, 3, on: "2026-06-12");
        var hidden = await Submitted(Pinghu, 6, secret: true, on: "2026-06-12");
        await Signed(Nanhu, 4, on: "2026-06-12");
        await Signed(Pinghu, 5, secret: true, on: "2026-06-12");
        OnDay(7, 2);
        (await Closes("2026-05")).Is(200);

        // The end of a quarter tells of two periods.
        var counted = await Database.Read(session => Count(session, "2026-06"));
        await Verify(late);
        await Verify(hidden);
        await Targets((Pinghu.UnitId!, 5));
        var once = await Sealed(counted);
        once.ShouldBe(await Sealed(null));

        // Who became secret was not, when it was counted.
        counted = await Database.Read(session => Count(session, "2026-06"));
        var open = (await Nanhu.Get($"projects/{late}")).ETag;
        (await Nanhu.Patch($"projects/{late}", new { secret = true }, open)).Is(200);
        var then = await Sealed(counted);
        then.ShouldBe(await Sealed(null));
        then.ShouldNotBe(once);
    }

    private Database Database => App.Services.GetRequiredService<Database>();

    private Task<CountedSnapshot> Count(Session session, string period) =>
        MakeSnapshot.Count(session, Whole, App.Services.GetRequiredService<RuleBooks>(), period);

    /// <summary>The hash of the snapshot that would be stored now: of what was counted before, or of all counted anew.</summary>
    private Task<string> Sealed(CountedSnapshot? counted) =>
        Database.Write(
            async session =>
            {
                await session.Lock(LockName.Assessment);
                await session.Lock(LockName.Ledger);
                var caught = counted is null
                    ? await Count(session, "2026-06")
                    : await MakeSnapshot.CatchUp(session, Whole, App.Services.GetRequiredService<RuleBooks>(), counted);
                return (await MakeSnapshot.Store(session, Whole, caught)).Hash;
            },
            keep: _ => false
        );

    private static readonly Caller Whole = new("", "", "", Role.Auditor, null, null, null);

    [Test]
    public async Task R61_capital_of_a_month_that_is_open_at_verification_counts_in_it_else_in_the_open_one()
    {
        var project = await Signed(Nanhu, 1);
        async Task<string> Paid(string number)
        {
            var entry = new
            {
                occurredOn = "2026-05-28",
                amount = new { amount = 1_000_000m, currency = "CNY" },
                kind = "domestic-cash",
                voucherKind = "bank-slip",
                voucherNo = number,
                files = new[] { await Nanhu.Uploads() },
            };
            return (string)(await Nanhu.Post($"projects/{project}/capital", entry)).Is(201)["id"]!;
        }

        async Task<(string?, string?)> Verified(string id)
        {
            var entry = (await Centre.Act($"capital/{id}", "verify", new { })).Is(200);
            return ((string?)entry["period"], (string?)entry.Body!["belongsTo"]);
        }

        // Value 05-28; submitted 06-04, May closed 06-05 10:00 Shanghai: verified at 09:00 → May, on 06-12 → June; submitted 06-06 → June.
        OnDay(6, 4);
        var (early, late) = (await Paid("V-1"), await Paid("V-2"));
        OnDay(6, 5, 1);
        (await Verified(early)).ShouldBe(("2026-05", null));
        OnDay(6, 5, 2);
        (await Closes("2026-05")).Is(200);
        OnDay(6, 6);
        var last = await Paid("V-3");
        OnDay(6, 12);
        (await Verified(late)).ShouldBe(("2026-06", "2026-05"));
        (await Verified(last)).ShouldBe(("2026-06", "2026-05"));
        async Task<decimal> Of(string period) =>
            (decimal)
                (await Centre.Get($"figures?indicators=capital-paid-in&period={period}")).Is(200)["city"][0]!["value"]!;
        (await Of("2026-05"), await Of("2026-06")).ShouldBe((1_000_000m, 2_000_000m));
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R108_a_closed_month_reads_the_same_after_rules_owner_amount_targets_names_and_secrecy_have_changed()
    {
        var project = await Signed(Nanhu, 1);
        await Signed(Pinghu, 2);
        await Targets((Nanhu.UnitId, 4), (Pinghu.UnitId, 4), ("city", 10));
        OnDay(6, 5);
        var snapshot = (string)(await Closes("2026-05")).Is(200)["snapshotId"]!;
        string[] paths =
        [
            "figures?period=2026-05",
            $"figures?snapshot={snapshot}",
            "figures?period=2026-05&by=industry&indicators=projects-signed",
            "figures?period=2026-05&group=counties",
            "boards?period=2026-05",
            $"boards?snapshot={snapshot}&indicator=projects-1b",
        ];
        async Task<List<string>> Read()
        {
            var read = new List<string>();
            foreach (var reader in new[] { Centre, Leader, Nanhu, Pinghu, App.As("auditor") })
            foreach (var path in paths)
                read.Add((await reader.Get(path)).Is(200).Text);
            read.Add(
                (
                    await Centre.Get(
                        $"figures/explain?indicator=projects-signed&period=2026-05&jurisdictionId={Nanhu.UnitId}"
                    )
                )
                    .Is(200)
                    .Text
            );
            return read;
        }

        var before = await Read();
        OnDay(6, 6);

        // The landing place, the amount and what is secret of the project; the mode of credit; a target; a unit's name.
        (
            await Centre.Act(
                $"projects/{project}",
                "landing",
                new { jurisdictionId = App.As("haining").UnitId, reason = "实际落户于该地" }
            )
        ).Is(200);
        var etag = (await Centre.Get($"projects/{project}")).Is(200).ETag;
        (
            await Centre.Patch(
                $"projects/{project}",
                new { totalInvestment = new { amount = 7_000_000_000m, currency = "CNY" }, secret = true },
                etag
            )
        ).Is(200);
        (
            await Admin.Post(
                "rule-sets",
                new
                {
                    name = "各半",
                    effectiveFrom = "2026-06-06",
                    credit = new object[]
                    {
                        new
                        {
                            indicator = "*",
                            mode = "split",
                            shares = new { firstTalk = 5000, landing = 5000 },
                        },
                    },
                }
            )
        ).Is(201);
        await Targets((Nanhu.UnitId, 8));
        var unit = (await Admin.Get($"jurisdictions/{Nanhu.UnitId}")).Is(200);
        (await Admin.Patch($"jurisdictions/{Nanhu.UnitId}", new { name = "南湖新区" }, unit.ETag)).Is(200);
        OnDay(6, 20);
        foreach (var (then, now) in before.Zip(await Read()))
            (now == then).ShouldBeTrue($"{then}\n{now}");

        // The open year knows all of it.
        var year = (await Centre.Get("figures?period=2026&indicators=projects-signed")).Is(200);
        ((decimal)Of(year, Nanhu)["target"]!["value"]!).ShouldBe(8);
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R108_who_may_not_know_a_project_that_became_secret_finds_its_row_masked()
    {
        var project = await Signed(Nanhu, 1);
        OnDay(6, 5);
        (await Closes("2026-05")).Is(200);
        (
            await Centre.Patch(
                $"projects/{project}",
                new { secret = true },
                (await Centre.Get($"projects/{project}")).Is(200).ETag
            )
        ).Is(200);
        const string Path = "figures/explain?indicator=projects-signed&period=2026-05";
        var masked = (await Leader.Get(Path)).Is(200);
        ((decimal)masked["figure"]["value"]!, (int)masked["facts"]!, (int)masked["masked"]!).ShouldBe((1m, 1, 1));
        foreach (var member in new[] { "project", "cause", "original", "seq" })
            masked["items"][0]!.AsObject().ContainsKey(member).ShouldBeFalse(member);
        masked.Text.ShouldNotContain(project);
        ((string)(await Centre.Get(Path)).Is(200)["items"][0]!["project"]!["id"]!).ShouldBe(project);

        // The open year leaves it out for the leader.
        (
            (decimal)(await Leader.Get("figures?period=2026&indicators=projects-signed")).Is(200)["city"][0]!["value"]!
        ).ShouldBe(0);
    }

    [Test]
    public async Task S13_units_read_others_of_closed_months_as_totals_and_nobody_what_was_secret_then()
    {
        await Signed(Nanhu, 1);
        await Signed(Pinghu, 2);
        await Signed(Pinghu, 3, secret: true);
        await Targets((Nanhu.UnitId, 4), (Pinghu.UnitId, 4));
        (await Nanhu.Get("boards?period=2026-05")).Is(200)["items"].AsArray().Count.ShouldBe(1);
        OnDay(6, 5);
        (await Closes("2026-05")).Is(200);
        const string Path = "figures?period=2026-05&indicators=projects-signed";
        async Task<decimal> Value(Actor reader, Actor of) =>
            (decimal)Of((await reader.Get(Path)).Is(200), of)["value"]!;
        (await Value(Centre, Pinghu), await Value(Pinghu, Pinghu)).ShouldBe((2m, 2m));
        (await Value(Nanhu, Pinghu), await Value(Leader, Pinghu)).ShouldBe((1m, 1m));
        var read = (await Nanhu.Get(Path)).Is(200);
        ((bool)read["withoutSecret"]!).ShouldBeTrue();
        ((int)Of(read, Nanhu)["rank"]!, (int)Of(read, Pinghu)["rank"]!).ShouldBe((1, 1), "1 of 4 each");

        // As totals: only its own opens.
        Of(read, Pinghu).AsObject().ContainsKey("explain").ShouldBeFalse();
        (await Nanhu.Get(((string)Of(read, Nanhu)["explain"]!)["/api/v1/".Length..])).Is(200);
        (
            await Nanhu.Get($"figures/explain?indicator=projects-signed&period=2026-05&jurisdictionId={Pinghu.UnitId}")
        ).Is(404);
        var opened = (await Leader.Get("figures/explain?indicator=projects-signed&period=2026-05")).Is(200);
        ((int)opened["facts"]!, opened.Body!.AsObject().ContainsKey("masked")).ShouldBe((2, false));
    }

    [Test]
    public async Task R109_two_persons_open_a_month_again_which_makes_a_second_version_and_keeps_the_first()
    {
        var project = await Submitted(Nanhu, 1);
        OnDay(6, 5);
        var first = (string)(await Closes("2026-05")).Is(200)["snapshotId"]!;
        (await Centre.Act("periods/2026-05", "reopen", new { reason = "漏记" })).IsProblem(403, "forbidden");
        (await Centre.Act("periods/2026-05", "confirm", new { })).IsProblem(409, "reopening-not-asked");
        (await Admin.Act("periods/2026-05", "reopen", new { })).Is(400);
        var asked = (await Admin.Act("periods/2026-05", "reopen", new { reason = "漏记一个项目" })).Is(200);
        ((string)asked["status"]!, (string)asked["reopening"]["reason"]!).ShouldBe(("closed", "漏记一个项目"));
        (await Admin.Act("periods/2026-05", "reopen", new { reason = "再次" })).IsProblem(409, "reopening-asked");
        (await Admin.Act("periods/2026-05", "confirm", new { })).IsProblem(403, "forbidden");
        (await Centre.Get("notices"))
            .Is(200)["items"]
            .AsArray()
            .ShouldContain(notice => (string)notice!["kind"]! == "period-reopen-asked");
        var opened = (await Centre.Act("periods/2026-05", "confirm", new { })).Is(200);
        ((string)opened["status"]!, (string)opened["reopenReason"]!).ShouldBe(("open", "漏记一个项目"));
        (await Centre.Act("periods/2026-05", "confirm", new { })).IsProblem(409, "period-open");

        // Open, May takes its own fact, and is closed again.
        await Verify(project);
        ((decimal)(await City("period=2026-05"))["value"]!).ShouldBe(1);
        var closed = (await Closes("2026-05", Second)).Is(200);
        ((int)closed["snapshotVersion"]!).ShouldBe(2);
        closed["snapshots"]
            .AsArray()
            .Select(one => ((int)one!["version"]!, (bool)one["current"]!))
            .ShouldBe([(1, false), (2, true)]);
        ((decimal)(await City("period=2026-05"))["value"]!).ShouldBe(1);
        ((decimal)(await City($"snapshot={first}"))["value"]!).ShouldBe(0);
        ((bool)(await Centre.Get($"snapshots/{first}")).Is(200)["current"]!).ShouldBeFalse();

        // Only the last one.
        OnDay(7, 2);
        (await Closes("2026-06")).Is(200);
        (await Admin.Act("periods/2026-05", "reopen", new { reason = "漏记" })).IsProblem(409, "period-order");
        (await Violations()).ShouldBeEmpty();
    }

    [Test]
    public async Task R109_an_administrator_who_became_coordinator_does_not_confirm_what_he_asked()
    {
        OnDay(6, 5);
        (await Closes("2026-05")).Is(200);
        (await Admin.Act("periods/2026-05", "reopen", new { reason = "漏记" })).Is(200);
        App.Sql(connection =>
            connection.Execute(
                "UPDATE periods SET reopen_asked_by = (SELECT id FROM users WHERE username = 'centre') WHERE period = '2026-05'"
            )
        );
        (await Centre.Act("periods/2026-05", "confirm", new { })).IsProblem(403, "second-person-required");
        (await Second.Act("periods/2026-05", "confirm", new { })).Is(200);
    }

    [Test]
    public async Task R108_a_snapshot_that_was_touched_is_found()
    {
        await Signed(Nanhu, 1);
        OnDay(6, 5);
        var snapshot = (string)(await Closes("2026-05")).Is(200)["snapshotId"]!;
        var sound = (await App.As("auditor").Get($"snapshots/{snapshot}/verify")).Is(200);
        ((bool)sound["valid"]!).ShouldBeTrue();
        (await Nanhu.Get($"snapshots/{snapshot}/verify")).IsProblem(403, "forbidden");
        App.Sql(connection =>
            connection.Execute("UPDATE snapshot_tables SET body = REPLACE(body, '\"value\":1', '\"value\":2')")
        );
        var touched = (await App.As("auditor").Get($"snapshots/{snapshot}/verify")).Is(200);
        (
            (bool)touched["valid"]!,
            (bool)touched["contents"]!,
            (bool)touched["ledger"]!,
            (bool)touched["trail"]!
        ).ShouldBe((false, false, true, true));
        (await Violations()).ShouldContain("snapshot that was touched: 2026-05 version 1");

        // So is a hash that was touched with it, as the trail has the old one.
        App.Sql(connection =>
            connection.Execute("UPDATE snapshots SET hash = @hash", new { hash = new string('0', 64) })
        );
        (await Violations()).ShouldContain("snapshot whose hash is not in the audit trail: 2026-05 version 1");
    }

    [Test]
    public async Task A_snapshot_takes_no_instant_and_tells_only_its_own_periods()
    {
        OnDay(7, 2);
        (await Closes("2026-05")).Is(200);
        var june = (string)(await Closes("2026-06")).Is(200)["snapshotId"]!;
        foreach (var path in new[] { "figures", "figures/explain" })
        {
            (await Centre.Get($"{path}?snapshot={june}&asOf=2026-06-30")).IsProblem(400, "snapshot-with-instant");
            (await Centre.Get($"{path}?snapshot={june}&knownAt=2026-06-30T00:00:00Z")).IsProblem(
                400,
                "snapshot-with-instant"
            );
        }

        (await Centre.Get("figures?snapshot=0123456789abcdef0123456789abcdef"))
            .Codes("snapshot")
            .ShouldBe(["snapshot"]);
        (await Centre.Get($"figures?snapshot={june}&period=2026-05")).Codes("period").ShouldBe(["snapshot-period"]);
        ((string)(await Centre.Get($"figures?snapshot={june}&period=2026-Q2")).Is(200)["period"]!).ShouldBe("2026-Q2");
        ((string)(await Centre.Get($"boards?snapshot={june}")).Is(200)["period"]!).ShouldBe("2026-06");
        (await Centre.Get($"snapshots/{june}")).Is(200)["periods"]!
            .ToJsonString()
            .ShouldBe("[\"2026-06\",\"2026-Q2\"]");
    }

    [Test]
    public async Task R105_what_still_waits_is_told_and_bars_nothing()
    {
        var project = await Submitted(Nanhu, 1);
        OnDay(6, 5);
        var readiness = (await Centre.Get("periods/2026-05/readiness")).Is(200);
        ((int)readiness["moves"]["count"]!, (int)readiness["capital"]["count"]!).ShouldBe((1, 0));
        ((string)readiness["moves"]["items"]![0]!["projectId"]!).ShouldBe(project);
        ((string)readiness["moves"]["units"]![0]!["unit"]!["id"]!).ShouldBe(Nanhu.UnitId);
        readiness.Body!.AsObject().ContainsKey("barred").ShouldBeFalse();
        ((int)(await Centre.Get("periods/2026-04/readiness")).Is(200)["moves"]["count"]!).ShouldBe(0);
        ((string)(await Centre.Get("periods/2026-06/readiness")).Is(200)["barred"]!).ShouldBe("period-not-over");
        (await Nanhu.Get("periods/2026-05/readiness")).IsProblem(403, "forbidden");
        (await Closes("2026-05")).Is(200);
    }

    [Test]
    public async Task R116_places_have_moved_against_the_last_closed_month()
    {
        // May: Nanhu 1 of 2, Pinghu 0 of 2. June: Pinghu gets 2 of 2 and goes up from 2 to 1.
        await Signed(Nanhu, 1);
        await Targets((Nanhu.UnitId, 2), (Pinghu.UnitId, 2));
        OnDay(6, 5);
        (await Closes("2026-05")).Is(200);
        OnDay(6, 10);
        await Signed(Pinghu, 2, on: "2026-06-10");
        await Signed(Pinghu, 3, on: "2026-06-10");
        async Task<(int, int)> Moved(string period)
        {
            var figures = (await Centre.Get($"figures?period={period}&indicators=projects-signed")).Is(200);
            return ((int)Of(figures, Pinghu)["movement"]!, (int)Of(figures, Nanhu)["movement"]!);
        }

        (await Moved("2026")).ShouldBe((1, -1));
        (await Moved("2026-06")).ShouldBe((1, -1));
        OnDay(7, 2);
        (await Closes("2026-06")).Is(200);
        (await Moved("2026-06")).ShouldBe((1, -1));

        // The open year moves against June by now.
        (await Moved("2026")).ShouldBe((0, 0));
    }

    [Test]
    public async Task R106_a_year_is_closed_with_its_13th_period()
    {
        var project = await Submitted(Nanhu, 1);
        App.Time.Advance(new DateTimeOffset(2027, 1, 8, 2, 0, 0, TimeSpan.Zero) - App.Time.GetUtcNow());
        for (var month = 5; month <= 12; month++)
            (await Closes($"2026-{month:00}")).Is(200);
        await Verify(project);
        ((decimal)(await City("period=2026-12"))["value"]!).ShouldBe(0);
        var late = await City("period=2026-13");
        ((decimal)late["value"]!, (decimal)late["adjusting"]!).ShouldBe((1m, 1m));
        ((decimal)(await City("period=2026"))["value"]!).ShouldBe(1);
        (await Centre.Post("periods/2027-01/close", new { }, ("If-Match", "*"))).IsProblem(409, "period-order");
        (await Closes("2026-13")).Is(200);
        ((decimal)(await City("period=2026"))["value"]!).ShouldBe(1);
        (await Centre.Get("figures?period=2026&indicators=projects-signed&by=month"))
            .Is(200)["items"]
            .AsArray()
            .Select(item => ((string)item!["of"]!, (decimal)item["value"]!))
            .Last()
            .ShouldBe(("2026-13", 1m));
        (await Violations()).ShouldBeEmpty();
    }
}
