using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Scores;

/// <summary>Score models by two persons, scores, what explains them and what is missing (R111–R116, §15.2, §15.8).</summary>
public sealed class ScoreApiTests(string engine) : OnEachEngine(engine)
{
    private Actor Centre => App.As("centre");
    private Actor Second => App.As("centre2");
    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");
    private Actor Leader => App.As("leader");
    private Actor Auditor => App.As("auditor");

    /// <summary>A project of 12亿 that was signed; without a notice beforehand.</summary>
    private async Task<string> Signed(Actor unit, int number, bool secret = false, string on = "2026-05-04")
    {
        var body = Given.Another(number);
        if (secret)
            body["secret"] = true;
        var project = (string)(await unit.Reports(body)).Is(201)["projectId"]!;
        var move = (await unit.Submits(project, Given.Signing(on))).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
        return project;
    }

    private async Task Targets(params (string Unit, decimal Value)[] targets)
    {
        foreach (var (unit, value) in targets)
            (
                await Centre.Put(
                    $"targets/2026/{unit}/projects-signed",
                    new
                    {
                        value,
                        binding = true,
                        reason = "责任书",
                    },
                    "*"
                )
            ).Is(200);
        (await Second.Post("targets/publish", new { year = 2026 })).Is(200);
    }

    private Task<string> Model() => SampleCity.PublishScoreModel(App, "nanhu", "pinghu");

    private static JsonNode Of(Answer scores, Actor unit) =>
        scores["items"].AsArray().Single(item => (string)item!["unit"]!["id"]! == unit.UnitId)!;

    private static JsonNode Part(JsonNode score, string id, string members = "items") =>
        score[members]!.AsArray().Single(item => (string)item!["id"]! == id)!;

    private static string[] Actions(Answer answer) =>
        [.. answer["allowedActions"].AsArray().Select(action => (string)action!)];

    [Test]
    public async Task C13_a_second_person_publishes_a_model_and_then_it_is_fixed()
    {
        var draft = (await Centre.Post("score-models", Given.ScoreModel(Nanhu.UnitId))).Is(201);
        var path = $"score-models/{draft["id"]}";
        ((string)draft["status"]!, (int)draft["modelVersion"]!, (decimal)draft["fullMark"]!).ShouldBe(
            ("draft", 1, 100m)
        );
        Actions(draft).ShouldBe(["edit", "withdraw", "rehearse"]);
        (await Nanhu.Get(path)).Is(404);
        (await Nanhu.Get("score-models")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await Centre.Act(path, "publish", new { })).IsProblem(403, "second-person-required");
        (await Second.Patch(path, new { name = "改名" }, "*")).IsProblem(403, "forbidden");
        (await Centre.Patch(path, new { name = "改名" }, null)).Is(428);
        ((string)(await Centre.Patch(path, new { name = "改名" }, "*")).Is(200)["name"]!).ShouldBe("改名");
        (await Centre.Patch(path, new { year = 2027 }, "*"))
            .IsProblem(400, "validation-failed")
            .Codes("year")
            .ShouldBe(["fixed"]);
        Actions((await Second.Get(path)).Is(200)).ShouldBe(["publish", "withdraw", "rehearse"]);
        (await Second.Act(path, "publish", new { })).Is(200);
        (await Centre.Patch(path, new { name = "再改" }, "*")).IsProblem(409, "model-published");
        (await App.As("admin").Act(path, "publish", new { })).IsProblem(409, "model-published");
        ((bool)(await Nanhu.Get(path)).Is(200)["inForce"]!).ShouldBeTrue();

        // The units of its groups are told, and a later model of the year takes its place.
        (await Nanhu.Get("notices"))
            .Is(200)["items"]
            .AsArray()
            .ShouldContain(notice => (string)notice!["kind"]! == "score-model-published");
        var later = (await Second.Post("score-models", Given.ScoreModel(Nanhu.UnitId))).Is(201);
        ((int)later["modelVersion"]!).ShouldBe(2);
        (await App.As("admin").Act($"score-models/{later["id"]}", "publish", new { })).Is(200);
        ((bool)(await Nanhu.Get(path)).Is(200)["inForce"]!).ShouldBeFalse();
        ((int)(await Centre.Get("scores?period=2026")).Is(200)["modelVersion"]!).ShouldBe(2);
        ((int)(await Centre.Get($"scores?model={draft["id"]}")).Is(200)["modelVersion"]!).ShouldBe(1);
    }

    [Test]
    public async Task R111_a_model_that_cannot_be_scored_by_is_refused_with_its_places()
    {
        var model = Given.ScoreModel(Nanhu.UnitId, Nanhu.UnitId, "nowhere");
        model["items"] = new object[]
        {
            new
            {
                id = "one",
                name = "一",
                weight = 0,
                method = "linear",
                sources = new[] { new { indicator = "no-such" } },
            },
        };
        model["bonuses"] = new object[]
        {
            new
            {
                id = "size",
                name = "加分",
                method = "projects",
                cap = 10,
                sources = new[] { new { indicator = "capital-paid-in" } },
                brackets = new[] { new { from = 1, points = 1 } },
            },
        };
        var refused = (await Centre.Post("score-models", model)).IsProblem(400, "validation-failed");
        refused.Codes("groups[0].units[1]").ShouldBe(["twice"]);
        refused.Codes("groups[0].units[2]").ShouldBe(["unit-does-not-report"]);
        refused.Codes("items[0].weight").ShouldBe(["marks"]);
        refused.Codes("items[0].sources[0].indicator").ShouldBe(["indicator"]);
        refused.Codes("bonuses[0].sources[0].indicator").ShouldBe(["indicator-of-projects"]);
        (await Centre.Post("score-models", new { })).IsProblem(400, "validation-failed");
        (await Centre.Post("score-models", new { items = new object?[] { null } })).Is(400);
    }

    // Nanhu signed 1 of 2: 40 · 0.5 = 20; Pinghu 2 of 2: 40. Relative 20 · 1/2 = 10 and 20. No notice was filed, so 3 for each signing: 20 − 3 = 17 and 20 − 6 = 14. Bonus 4 for each of 12亿: 4 and 8.
    // Nanhu 20 + 10 + 17 + 4 = 51 of 80; Pinghu 40 + 20 + 14 + 8 = 82. Marks by hand nobody has yet. Red flag 51 · 0.15 = 7.65.
    [Test]
    public async Task R111_units_are_scored_and_ranked()
    {
        await Signed(Nanhu, 1);
        await Signed(Pinghu, 2);
        await Signed(Pinghu, 3);
        await Targets((Nanhu.UnitId, 2), (Pinghu.UnitId, 2));
        var model = await Model();
        var scores = (await Centre.Get("scores?period=2026")).Is(200);
        ((string)scores["model"]!["id"]!, (int)scores["modelVersion"]!).ShouldBe((model, 1));
        var (nanhu, pinghu) = (Of(scores, Nanhu), Of(scores, Pinghu));
        ((decimal)nanhu["total"]!, (decimal)nanhu["outOf"]!, (bool)nanhu["complete"]!).ShouldBe((51m, 80m, false));
        ((decimal)pinghu["total"]!).ShouldBe(82m);
        ((int)nanhu["rank"]!, (int)pinghu["rank"]!).ShouldBe((2, 1));
        nanhu["items"]!.AsArray().Select(item => (decimal?)item!["score"]).ShouldBe([20m, 10m, 17m, null]);
        ((string)Part(nanhu, "service")["notScored"]!).ShouldBe("no-mark");
        ((decimal)Part(nanhu, "size", "bonuses")["score"]!).ShouldBe(4m);
        ((decimal)nanhu["outer"]![0]!["score"]!).ShouldBe(7.65m);
        ((string)nanhu["bars"]!["overall"]!, (bool)nanhu["bars"]!["notExcellent"]!).ShouldBe(("0.5", true));
        ((string)nanhu["bars"]!["warnings"]![0]!).ShouldBe("projects-signed");

        // Its term opens to the figure, and that to its facts.
        var term = Part(nanhu, "signed")["terms"]![0]!;
        ((decimal)term["value"]!, (decimal)term["target"]!, (string)term["completion"]!).ShouldBe((1m, 2m, "0.5"));
        var opened = (await Centre.Get(((string)term["explain"]!)["/api/v1/".Length..])).Is(200);
        ((int)opened["facts"]!).ShouldBe(1);

        // The leader and the auditor see the same; a group that is none is refused.
        ((decimal)Of((await Auditor.Get("scores")).Is(200), Nanhu)["total"]!).ShouldBe(51m);
        (await Centre.Get("scores?group=none"))
            .IsProblem(400, "validation-failed")
            .Codes("group")
            .ShouldBe(["score-group"]);
        (await Centre.Get($"scores?model={model}&period=2025"))
            .IsProblem(400, "validation-failed")
            .Codes("period")
            .ShouldBe(["period-of-model"]);
        (await Centre.Get("scores?model=none")).Is(400);
        (await Centre.Get("scores?period=2025")).Is(200)["items"].AsArray().ShouldBeEmpty();

        // By the end of April nothing was signed: 0 of 2 is scored 0, and a relative of nothing is 0.
        var april = Of((await Centre.Get("scores?period=2026-04")).Is(200), Nanhu);
        april["items"]!.AsArray().Select(item => (decimal?)item!["score"]).ShouldBe([0m, 0m, 20m, null]);
    }

    [Test]
    public async Task R111_a_mark_by_hand_has_a_reason_and_versions()
    {
        var model = await Model();
        var path = $"score-models/{model}/marks/{Nanhu.UnitId}/service";
        var none = (await Centre.Get(path)).Is(200);
        ((decimal)none["most"]!, (int)none["version"]!).ShouldBe((20m, 0));
        (await Centre.Put(path, new { mark = 18, reason = "测评" }, null)).Is(428);
        (await Centre.Put(path, new { mark = 21, reason = "测评" }, "*"))
            .IsProblem(400, "validation-failed")
            .Codes("mark")
            .ShouldBe(["mark"]);
        (await Centre.Put(path, new { mark = 18 }, "*"))
            .IsProblem(400, "validation-failed")
            .Codes("reason")
            .ShouldBe(["required"]);
        (await Centre.Put(path, new { mark = 18, reason = "测评" }, "*")).Is(200);
        ((decimal)(await Second.Put(path, new { mark = 17.5, reason = "复核" }, "*")).Is(200)["mark"]!).ShouldBe(17.5m);
        (await Centre.Get(path)).Is(200)["versions"].AsArray().Count.ShouldBe(2);
        var part = Part(Of((await Centre.Get("scores")).Is(200), Nanhu), "service");
        ((decimal)part["score"]!, (string)part["mark"]!["reason"]!).ShouldBe((17.5m, "复核"));
        (await Centre.Put(path, new { reason = "撤回" }, "*")).Is(200);
        ((string)Part(Of((await Centre.Get("scores")).Is(200), Nanhu), "service")["notScored"]!).ShouldBe("no-mark");
        (await Centre.Get($"score-models/{model}/marks/{Nanhu.UnitId}/signed")).Is(404);
        (await Centre.Get($"score-models/{model}/marks/{App.As("haining").UnitId}/service")).Is(404);
        (await Nanhu.Put(path, new { mark = 20, reason = "自评" }, "*")).Is(403);
    }

    [Test]
    public async Task R20_a_unit_reads_its_own_score_without_rank_or_comparison()
    {
        await Signed(Nanhu, 1);
        await Signed(Pinghu, 2);
        await Targets((Nanhu.UnitId, 2), (Pinghu.UnitId, 2));
        await Model();
        var scores = (await Nanhu.Get("scores?period=2026")).Is(200);
        scores["items"].AsArray().Count.ShouldBe(1);
        var own = Of(scores, Nanhu).AsObject();
        own.ContainsKey("rank").ShouldBeFalse("a rank would tell what the others have");
        ((string)Part(own, "large")["notScored"]!).ShouldBe("withheld");

        // 20 + 17 + 4, without the 20 of the comparison and of the mark.
        ((decimal)own["total"]!, (decimal)own["outOf"]!).ShouldBe((41m, 60m));
        (await Nanhu.Get($"scores/{Pinghu.UnitId}/explain")).Is(404);
        (await Nanhu.Get($"scores/{Pinghu.UnitId}/gap")).Is(404);
        (await Nanhu.Get($"scores/{Nanhu.UnitId}/gap?to=rank:1")).IsProblem(403, "ranks-withheld");
        (await Nanhu.Get($"scores/{Nanhu.UnitId}/explain")).Is(200);
    }

    [Test]
    public async Task What_one_may_not_count_is_left_out_of_scores_and_said()
    {
        await Signed(Nanhu, 1);
        await Signed(Nanhu, 2, secret: true);
        await Targets((Nanhu.UnitId, 2));
        await Model();

        // All of two: 40; without the secret one half of it.
        decimal Score(Answer scores) => (decimal)Part(Of(scores, Nanhu), "signed")["score"]!;
        var centre = (await Centre.Get("scores")).Is(200);
        (Score(centre), (bool)centre["withoutSecret"]!).ShouldBe((40m, false));
        var leader = (await Leader.Get("scores")).Is(200);
        (Score(leader), (bool)leader["withoutSecret"]!).ShouldBe((20m, true));
        var opened = (await Leader.Get($"scores/{Nanhu.UnitId}/explain")).Is(200);
        opened["bonuses"][0]!["projects"]!.AsArray().Count.ShouldBe(1);
    }

    [Test]
    public async Task R114_a_score_opens_to_its_formulas_and_projects()
    {
        var project = await Signed(Nanhu, 1);
        await Signed(Pinghu, 2);
        await Signed(Pinghu, 3);
        await Targets((Nanhu.UnitId, 2), (Pinghu.UnitId, 2));
        await Model();
        var opened = (await Centre.Get($"scores/{Nanhu.UnitId}/explain?period=2026")).Is(200);
        string[] Lines(string members, int at) =>
            [.. opened[members][at]!["formula"]!.AsArray().Select(line => (string)line!)];
        Lines("items", 0)
            .ShouldBe(["签约项目：完成率 = 本年累计 1 ÷ 目标 2 = 50.00%", "得分 = 40 × min(50.00%, 1.2) = 20"]);
        Lines("items", 1).ShouldBe(["得分 = 20 × 1 ÷ 组内最好 2 = 10"]);
        Lines("items", 2).ShouldBe(["签约备案逾期：1 × 3 = 3", "得分 = max(0, 20 − 3) = 17"]);
        Lines("items", 3).ShouldBe(["尚未评分"]);
        Lines("bonuses", 0).ShouldBe(["1 个项目各按最高一档共 4 分，最多 10，得 4"]);
        ((string)opened["bonuses"][0]!["projects"]![0]!["id"]!).ShouldBe(project);
        opened["formula"]
            .AsArray()
            .Select(line => (string)line!)
            .ShouldBe([
                "总分 = 各项 47 + 加分 4 − 扣分 0 = 51（不低于 0）",
                "已计分的各项满分共 80，全部为 100",
                "红旗：51 × 15.00% = 7.65",
            ]);
        (await Centre.Get($"scores/{App.As("haining").UnitId}/explain")).IsProblem(409, "not-scored");
    }

    // One of two is signed: one is missing, worth 40 · 0.5 = 20 and, as the best of the group, 20 · 2/2 − 20 · 1/2 = 10 more… of the relative item: own 2 against the best 2 gives 20 instead of 10. So 30.
    [Test]
    public async Task S15_2_what_is_missing_and_which_own_projects_would_do_it()
    {
        await Signed(Nanhu, 1);
        var talks = (string)(await Nanhu.Reports(Given.Another(4))).Is(201)["projectId"]!;
        await Signed(Pinghu, 2);
        await Signed(Pinghu, 3);
        await Targets((Nanhu.UnitId, 2), (Pinghu.UnitId, 2));
        await Model();
        var gap = (await Centre.Get($"scores/{Nanhu.UnitId}/gap?period=2026")).Is(200);
        var item = gap["items"].AsArray().Single()!;
        ((string)item["indicator"]!, (decimal)item["missing"]!, (decimal)item["gain"]!).ShouldBe(
            ("projects-signed", 1m, 30m)
        );
        var candidate = item["projects"]!.AsArray().Single()!;
        ((string)candidate["id"]!, (string)candidate["stage"]!, (string)candidate["needs"]!).ShouldBe(
            (talks, "in-talks", "signed")
        );
        ((decimal)candidate["adds"]!).ShouldBe(1m);

        // To the bar: 0.70 − 0.50; of two 0.4 would do. To the first place 82 − 51 = 31 marks.
        var bar = (await Nanhu.Get($"scores/{Nanhu.UnitId}/gap?to=bar")).Is(200);
        ((string)bar["missing"]!, (decimal)bar["items"][0]!["missing"]!).ShouldBe(("0.2", 0.4m));
        var rank = (await Centre.Get($"scores/{Nanhu.UnitId}/gap?to=rank:1")).Is(200);
        ((string)rank["missing"]!, (decimal)rank["needed"]!).ShouldBe(("31", 82m));
        ((string)(await Centre.Get($"scores/{Pinghu.UnitId}/gap?to=rank:1")).Is(200)["missing"]!).ShouldBe("0");
        (await Centre.Get($"scores/{Nanhu.UnitId}/gap?to=rank:0")).Is(400);
        (await Centre.Get($"scores/{Nanhu.UnitId}/gap?to=elsewhere")).Is(400);
    }

    [Test]
    public async Task S15_8_a_draft_is_rehearsed_on_a_years_facts_beside_the_model_in_force()
    {
        await Signed(Nanhu, 1);
        await Targets((Nanhu.UnitId, 2));
        await Model();
        var body = Given.ScoreModel(Nanhu.UnitId);
        body["items"] = new object[]
        {
            new
            {
                id = "signed",
                name = "签约",
                weight = 100,
                method = "linear",
                sources = new[] { new { indicator = "projects-signed" } },
            },
        };
        body["bonuses"] = Array.Empty<object>();
        var draft = (string)(await Centre.Post("score-models", body)).Is(201)["id"]!;
        var run = (await Centre.Post($"score-models/{draft}/rehearse", new { year = 2026 })).Is(202);
        var path = run.Headers.Location!.OriginalString["/api/v1/".Length..];

        // In force 20 + 20 + 17 + 4 = 61, alone in doing anything; rehearsed 100 · 0.5 = 50.
        void Holds(Answer answer)
        {
            var score = answer["items"].AsArray().Single()!;
            (
                (decimal)score["rehearsed"]!["total"]!,
                (decimal)score["totalInForce"]!,
                (decimal)score["difference"]!
            ).ShouldBe((50m, 61m, -11m));
        }

        Holds(run);

        // A later change of the draft does not matter to it, and nothing of it is a score.
        (
            await Centre.Patch(
                $"score-models/{draft}",
                new { bonuses = Given.ScoreModel(Nanhu.UnitId)["bonuses"] },
                "*"
            )
        ).Is(200);
        Holds((await Auditor.Get(path)).Is(200));
        ((decimal)Of((await Centre.Get("scores")).Is(200), Nanhu)["total"]!).ShouldBe(61m);
        (await Centre.Get($"scores?model={draft}")).Is(400);
        (await Centre.Post($"score-models/{draft}/rehearse", new { year = 2030 })).Is(400);

        // Without a year it is the one before the model's, of which nothing is known here.
        ((int)(await Centre.Post($"score-models/{draft}/rehearse", new { })).Is(202)["year"]!).ShouldBe(2025);
        (await Nanhu.Get(path)).Is(403);
    }

    // Nanhu signed 0 of 2 in both years: overall 0 < 1 twice. Pinghu has no target, so it lacks what Nanhu is scored on, has no place, and nobody can tell.
    [Test]
    public async Task R115_who_missed_the_targets_two_years_running_is_on_the_list_of_reminder_talks()
    {
        foreach (var year in new[] { 2024, 2025 })
        {
            (
                await Centre.Put(
                    $"targets/{year}/{Nanhu.UnitId}/projects-signed",
                    new
                    {
                        value = 2,
                        binding = true,
                        reason = "责任书",
                    },
                    "*"
                )
            ).Is(200);
            (await Second.Post("targets/publish", new { year })).Is(200);
            var body = Given.ScoreModel(Nanhu.UnitId, Pinghu.UnitId);
            body["year"] = year;
            var model = (await Centre.Post("score-models", body)).Is(201);
            (await Second.Act($"score-models/{model["id"]}", "publish", new { })).Is(200);
        }

        bool? Talk(Answer scores, Actor unit) => (bool?)Of(scores, unit)["reminderTalk"];
        var scores = (await Centre.Get("scores?period=2025")).Is(200);
        Talk(scores, Nanhu).ShouldBe(true);
        Talk(scores, Pinghu).ShouldBeNull();

        // Of the first year nobody knows the one before; within a year nobody is on the list; and a unit compares nobody.
        Talk((await Centre.Get("scores?period=2024")).Is(200), Nanhu).ShouldBeNull();
        Talk((await Centre.Get("scores?period=2025-12")).Is(200), Nanhu).ShouldBeNull();
        Talk((await Nanhu.Get("scores?period=2025")).Is(200), Nanhu).ShouldBeNull();
    }

    // Nanhu signed 1 of 2 in May, and May is closed: 20, and 4 for a project of 12亿. A target that is raised to 4 and a project that becomes secret change nothing of it; the open year has 1 of 4: 10.
    [Test]
    public async Task R108_a_closed_month_is_scored_by_its_snapshot_alone()
    {
        var project = await Signed(Nanhu, 1);
        await Targets((Nanhu.UnitId, 2));
        await Model();
        App.Time.Advance(new DateTimeOffset(2026, 6, 5, 2, 0, 0, TimeSpan.Zero) - App.Time.GetUtcNow());
        (await Centre.Act("periods/2026-05", "close", new { })).Is(200);
        var closed = Of((await Centre.Get("scores?period=2026-05")).Is(200), Nanhu);
        ((decimal)Part(closed, "signed")["score"]!, (decimal)Part(closed, "size", "bonuses")["score"]!).ShouldBe(
            (20m, 4m)
        );

        await Targets((Nanhu.UnitId, 4));
        (await Centre.Patch($"projects/{project}", new { secret = true }, "*")).Is(200);
        Of((await Centre.Get("scores?period=2026-05")).Is(200), Nanhu).ToJsonString().ShouldBe(closed.ToJsonString());
        ((decimal)Part(Of((await Centre.Get("scores?period=2026")).Is(200), Nanhu), "signed")["score"]!).ShouldBe(10m);

        // It counts on for who may not know it, and is not named.
        var opened = (await Leader.Get($"scores/{Nanhu.UnitId}/explain?period=2026-05")).Is(200);
        (opened["bonuses"][0]!["projects"]!.AsArray().Count, (int)opened["bonuses"][0]!["masked"]!).ShouldBe((0, 1));
        ((decimal)opened["bonuses"][0]!["part"]!["score"]!).ShouldBe(4m);
        opened.Text.ShouldNotContain(project);
    }

    [Test]
    public async Task A_key_with_assessment_read_reads_the_scores_of_its_unit()
    {
        await Model();
        App.AddKey("ppl_assessed", "nanhu", "assessment:read");
        App.AddKey("ppl_reports", "nanhu", "reports:read");
        var key = App.With("ppl_assessed");
        (await key.Get("scores")).Is(200)["items"].AsArray().Count.ShouldBe(1);
        (await key.Get("figures?period=2026")).Is(200);
        (await App.With("ppl_reports").Get("scores")).Is(403);
        (await key.Post("score-models", Given.ScoreModel(Nanhu.UnitId))).Is(403);
    }

    [Test]
    public async Task R111_a_draft_is_withdrawn_with_a_reason_and_is_over()
    {
        var draft = (await Centre.Post("score-models", Given.ScoreModel(Nanhu.UnitId))).Is(201);
        var path = $"score-models/{draft["id"]}";
        (await Second.Act(path, "withdraw", new { }))
            .IsProblem(400, "validation-failed")
            .Codes("reason")
            .ShouldBe(["required"]);
        var over = (await Second.Act(path, "withdraw", new { reason = "改用新办法" })).Is(200);
        ((string)over["status"]!).ShouldBe("withdrawn");
        Actions(over).ShouldBeEmpty();
        (await Centre.Patch(path, new { name = "再改" }, "*")).IsProblem(409, "draft-decided");
        (await Second.Act(path, "publish", new { })).IsProblem(409, "draft-decided");
        (await Centre.Act(path, "withdraw", new { reason = "再次" })).IsProblem(409, "draft-decided");
        (await Centre.Post($"{path}/rehearse", new { year = 2025 })).IsProblem(409, "draft-decided");
        (await Nanhu.Get(path)).Is(404);

        // Its number is not given again; what is published is not withdrawn.
        var next = (await Centre.Post("score-models", Given.ScoreModel(Nanhu.UnitId))).Is(201);
        ((int)next["modelVersion"]!).ShouldBe(2);
        (await Second.Act($"score-models/{next["id"]}", "publish", new { })).Is(200);
        (await Centre.Act($"score-models/{next["id"]}", "withdraw", new { reason = "撤回" })).IsProblem(
            409,
            "model-published"
        );
    }

    // By March Pinghu has signed one of two (40 · 0.5), Nanhu none; in May Nanhu has two of two: from second to first, and Pinghu down.
    [Test]
    public async Task R116_ranks_have_moved_against_the_last_closed_month_and_units_compare_closed_ones()
    {
        await Targets((Nanhu.UnitId, 2), (Pinghu.UnitId, 2));
        await Model();
        await Signed(Pinghu, 3);
        App.Time.Advance(TimeSpan.FromDays(31));
        (await Centre.Post("periods/2026-05/close", new { }, ("If-Match", "*"))).Is(200);
        await Signed(Nanhu, 1, on: "2026-06-04");
        await Signed(Nanhu, 2, on: "2026-06-04");
        var scores = (await Centre.Get("scores?period=2026-06")).Is(200);
        int? Movement(JsonNode score) => (int?)score["movement"];
        ((int)Of(scores, Nanhu)["rank"]!, Movement(Of(scores, Nanhu)), Movement(Of(scores, Pinghu))).ShouldBe(
            (1, 1, -1)
        );

        // Of the open month a unit reads itself alone; of the closed one what all come to.
        (await Nanhu.Get("scores?period=2026-06")).Is(200).Body!["comparison"].ShouldBeNull();
        var closed = (await Nanhu.Get("scores?period=2026-05")).Is(200);
        closed["items"].AsArray().Count.ShouldBe(1);
        var totals = closed["comparison"].AsArray();
        totals
            .Select(total => ((string)total!["unit"]!["id"]!, (int)total["rank"]!))
            .ShouldBe([(Pinghu.UnitId, 1), (Nanhu.UnitId, 2)]);
        (await Centre.Get("scores?period=2026-05")).Is(200).Body!["comparison"].ShouldBeNull();
        ((decimal)totals[0]!["total"]!).ShouldBe(
            (decimal)Of((await App.As("leader").Get("scores?period=2026-05")).Is(200), Pinghu)["total"]!
        );
    }

    [Test]
    public async Task Scores_are_exported_as_they_are_listed()
    {
        await Signed(Nanhu, 1);
        await Targets((Nanhu.UnitId, 2), (Pinghu.UnitId, 2));
        await Model();
        var lines = (await Centre.Get("exports/scores.csv?period=2026"))
            .Is(200)
            .Text.TrimStart('\uFEFF')
            .Trim()
            .Split("\r\n");
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("期间,评分模型,属地,分组,名次,名次升降,总分,已计分满分,");
        var nanhu = lines[1].Split(',');
        var score = Of((await Centre.Get("scores?period=2026")).Is(200), Nanhu);
        (nanhu[0], nanhu[4], decimal.Parse(nanhu[6])).ShouldBe(("2026", "1", (decimal)score["total"]!));
        (await Nanhu.Get("exports/scores.csv?period=2026")).Is(200).Text.Trim().Split("\r\n").Length.ShouldBe(2);
        (await Centre.Get("exports/scores.csv?period=2026&group=none"))
            .IsProblem(400, "validation-failed")
            .Codes("group")
            .ShouldBe(["score-group"]);
        (await Centre.Get("exports/scores.csv?period=1999")).Is(200).Text.Trim().Split("\r\n").Length.ShouldBe(1);
    }
}
