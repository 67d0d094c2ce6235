using Pipeline.Api.Tests.Imports;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Claims;

/// <summary>Nothing tells a unit what others negotiate (R20).</summary>
public sealed class SecrecyTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task The_holder_cannot_tell_that_others_report_wait_withdraw_or_are_told_apart()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var id = (string)claim["projectId"]!;
        var before = await Everything();
        var waiting = (await App.As("xiuzhou").Reports(Given.Project())).Is(201);
        ((string)waiting["status"]!).ShouldBe("queued");
        (await Everything()).ShouldBe(before, "a queued rival");
        var second = (await App.As("haining").Reports(Given.Project())).Is(201);
        (await App.As("xiuzhou").Act($"claims/{waiting["id"]}", "withdraw", new { reason = "不再跟进" })).Is(200);
        (await Everything()).ShouldBe(before, "a rival that withdrew");
        (
            await App.As("centre")
                .Act($"claims/{second["id"]}", "resolve", new { decision = "distinct", reason = "另一项目" })
        ).Is(200);
        (await Everything()).ShouldBe(before, "a rival resolved as distinct");

        async Task<string> Everything()
        {
            var text = "";
            foreach (
                var path in new[]
                {
                    $"projects/{id}",
                    $"projects/{id}/timeline",
                    $"claims/{claim["id"]}",
                    "projects?count=true",
                    "claims?count=true",
                    "moves?count=true",
                    "notices?count=true",
                    "lists/in-talks",
                    "summary",
                    "me",
                }
            )
            {
                var answer = await App.As("nanhu").Get(path);
                text += $"{path} {answer.Status} {answer.ETag} {answer.Text}\n";
            }

            return text;
        }
    }

    [Test]
    public async Task Who_waits_learns_the_place_in_the_queue_and_no_name_holder_or_date()
    {
        (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var waiting = (await App.As("xiuzhou").Reports(Given.Project())).Is(201);
        waiting["queuePosition"].GetValue<int>().ShouldBe(1);
        waiting
            .Body!.AsObject()
            .Select(member => member.Key)
            .Intersect(["projectId", "activatedAt", "expiresAt"])
            .ShouldBeEmpty();
        waiting.Text.ShouldNotContain("南湖");
        waiting.Text.ShouldNotContain(App.As("nanhu").UnitId);
        (await App.As("xiuzhou").Get("projects?count=true"))["total"].GetValue<int>().ShouldBe(0);
    }

    [Test]
    public async Task The_claims_of_a_project_are_found_by_who_may_open_it_and_are_none_for_who_waits_for_it()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var waiting = (await App.As("xiuzhou").Reports(Given.Project())).Is(201);
        (await App.As("nanhu").Reports(Given.Another(1))).Is(201);
        var path = $"claims?projectId={claim["projectId"]}&sort=sequence&count=true";
        (await Found("centre", path)).ShouldBe([(string)claim["id"]!, (string)waiting["id"]!]);
        (await Found("leader", path)).ShouldBe([(string)claim["id"]!, (string)waiting["id"]!]);
        (await Found("centre", $"{path}&status=queued")).ShouldBe([(string)waiting["id"]!]);
        (await Found("nanhu", path)).ShouldBe([(string)claim["id"]!]);
        (await Found("xiuzhou", path)).ShouldBeEmpty();
        (await Found("centre", "claims?projectId=nowhere&count=true")).ShouldBeEmpty();
        // To ask for a project that one waits for and for one that is none is the same.
        (await App.As("xiuzhou").Get(path)).Text.ShouldBe(
            (await App.As("xiuzhou").Get("claims?projectId=nowhere&count=true")).Text
        );

        async Task<List<string>> Found(string who, string asked)
        {
            var page = (await App.As(who).Get(asked)).Is(200);
            var found = page["items"].AsArray().Select(each => (string)each!["id"]!).ToList();
            page["total"].GetValue<int>().ShouldBe(found.Count);
            return found;
        }
    }

    [Test]
    public async Task A_former_owner_of_a_secret_project_learns_nothing_of_what_comes_after()
    {
        var secret = Given.Project(secret: true);
        var claim = (await App.As("jiashan").Reports(secret)).Is(201);
        var id = (string)claim["projectId"]!;
        var rival = (await App.As("nanhu").Reports(secret)).Is(201);
        (
            await App.As("centre")
                .Act(
                    $"claims/{rival["id"]}",
                    "resolve",
                    new
                    {
                        decision = "same",
                        projectId = id,
                        reason = "同一项目",
                    }
                )
        ).Is(200);
        (await App.As("jiashan").Act($"claims/{claim["id"]}", "release", new { reason = "改由他人跟进" })).Is(200);
        var before = (await App.As("jiashan").Get($"projects/{id}/timeline")).Is(200).Text;
        var move = (await App.As("nanhu").Submits(id, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        (await App.As("jiashan").Get($"projects/{id}/timeline")).Is(200).Text.ShouldBe(before);
        (await App.As("jiashan").Get($"projects/{id}")).Is(200)["stage"].ToString().ShouldBe("in-talks");
    }

    [Test]
    public async Task The_new_owner_reads_the_facts_and_nothing_that_the_unit_before_did()
    {
        const string word = "底价一点二亿";
        var (jiashan, nanhu) = (App.As("jiashan"), App.As("nanhu"));
        var file = await jiashan.Uploads($"{word}.pdf");
        var project = Given.Project();
        project["contacts"] = new[] { new { name = word, phone = "1" } };
        project["referrer"] = word;
        var claim = (
            await jiashan.Reports(
                project,
                new[]
                {
                    new
                    {
                        kind = "visit",
                        occurredOn = "2026-04-20",
                        note = word,
                        files = new[] { file },
                    },
                }
            )
        ).Is(201);
        var id = (string)claim["projectId"]!;
        var proof = await jiashan.Uploads($"{word}协议.pdf");
        (
            await jiashan.Post(
                $"projects/{id}/progress",
                new
                {
                    occurredOn = "2026-05-01",
                    kind = "visit",
                    note = word,
                    files = new[] { file },
                }
            )
        ).Is(201);
        var moves = new List<string>();
        foreach (var kind in new[] { "framework", "formal" })
            moves.Add(
                (string)
                    (
                        await jiashan.Submits(
                            id,
                            new
                            {
                                to = "signed",
                                occurredOn = "2026-05-04",
                                note = word,
                                evidence = new
                                {
                                    agreementKind = kind,
                                    agreementNo = word,
                                    parties = word,
                                    agreedAmount = new { amount = 120_000_000, currency = "CNY" },
                                    files = new[] { proof },
                                },
                            }
                        )
                    ).Is(201)["id"]!
            );
        (await nanhu.Reports(Given.Project())).Is(201);
        (await jiashan.Act($"claims/{claim["id"]}", "release", new { reason = word })).Is(200);

        // nanhu owns it now.
        var owned = (await nanhu.Get($"projects/{id}")).Is(200);
        ((string)owned["owner"]["id"]!).ShouldBe(nanhu.UnitId);
        (await nanhu.Get($"moves?projectId={id}&count=true"))["total"].GetValue<int>().ShouldBe(0);
        foreach (var move in moves)
            (await nanhu.Get($"moves/{move}")).IsProblem(404, "not-found");
        foreach (var one in new[] { file, proof })
        {
            (await nanhu.Get($"files/{one}")).IsProblem(404, "not-found");
            (
                await nanhu.Post(
                    $"projects/{id}/progress",
                    new
                    {
                        occurredOn = "2026-05-04",
                        kind = "visit",
                        note = "x",
                        files = new[] { one },
                    }
                )
            ).IsProblem(422, "evidence-missing").Codes("files[0]").ShouldBe(["unknown-file"]);
            (
                await nanhu.Submits(
                    id,
                    new
                    {
                        to = "signed",
                        occurredOn = "2026-05-04",
                        evidence = new
                        {
                            agreementKind = "formal",
                            parties = "x",
                            agreedAmount = new { amount = 1, currency = "CNY" },
                            files = new[] { one },
                        },
                    }
                )
            ).IsProblem(422, "evidence-missing").Codes("evidence.files[0]").ShouldBe(["unknown-file"]);
        }

        foreach (
            var path in new[]
            {
                $"projects/{id}",
                $"projects/{id}/timeline",
                $"projects/{id}/files",
                "moves",
                "claims",
                "notices",
                "projects",
                "exports/projects.csv",
            }
        )
        {
            var text = (await nanhu.Get(path)).Is(200).Text;
            text.ShouldNotContain(word);
            foreach (var hidden in moves.Append(file).Append(proof).Append(jiashan.UnitId))
                text.ShouldNotContain(hidden);
        }

        // The centre reads it all, and may prove with it.
        (await App.As("centre").Get($"moves?projectId={id}&count=true"))["total"].GetValue<int>().ShouldBe(2);
        App.Time.Advance(TimeSpan.FromDays(40));
        (
            await App.As("centre")
                .Post(
                    $"projects/{id}/progress",
                    new
                    {
                        occurredOn = "2026-05-04",
                        kind = "visit",
                        note = "x",
                        files = new[] { file },
                    }
                )
        ).Is(201);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_a_former_owner_reads_stays_as_it_stood_when_it_was_the_owner(bool secretLater)
    {
        const string since = "新业主改后的名称";
        var (jiashan, nanhu) = (App.As("jiashan"), App.As("nanhu"));
        var import = await jiashan.Imports(
            Registers.Csv(
                "项目名称,投资方,国别,总投资(亿元),行业代码,落户地,阶段,接洽方式,接洽日期,接洽说明",
                "氢能装备制造基地项目,上海远景氢动力装备有限公司,中国,12,3411,,在谈,来访,2026-04-20,来访"
            )
        );
        var claim = (string)(await jiashan.RowsOf(import)).Single()["claimId"]!;
        var id = (string)(await jiashan.Get($"claims/{claim}"))["projectId"]!;
        var move = (await jiashan.Submits(id, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/return", new { reason = "缺盖章页" })).Is(200);
        var rival = (string)(await nanhu.Reports(Given.Project())).Is(201)["id"]!;
        var dispute = (string)
            (await nanhu.Post($"claims/{rival}/disputes", new { grounds = "我们先到" })).Is(201)["id"]!;
        (await jiashan.Act($"claims/{claim}", "release", new { reason = "改由他人跟进" })).Is(200);

        var paths = new[]
        {
            $"projects/{id}",
            $"projects/{id}/timeline",
            $"projects/{id}/files",
            $"moves/{move["id"]}",
            "moves?count=true",
            $"claims/{claim}",
            "claims?count=true",
            $"disputes/{dispute}",
            "disputes?count=true",
            "notices?count=true",
            "projects?count=true",
            $"imports/{import["id"]}/rows",
            "exports/projects.csv",
        };
        var before = new List<(string Path, string Text, string? ETag)>();
        foreach (var path in paths)
            before.Add(await Read(path));

        var now = (await nanhu.Get($"projects/{id}")).Is(200);
        (
            await nanhu.Patch(
                $"projects/{id}",
                new
                {
                    name = since,
                    secret = secretLater,
                    chain = since,
                },
                now.ETag
            )
        ).Is(200);
        (
            await nanhu.Post(
                $"projects/{id}/progress",
                new
                {
                    occurredOn = "2026-05-04",
                    kind = "visit",
                    note = since,
                }
            )
        ).Is(201);
        var signing = (await nanhu.Submits(id, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{signing["id"]}/return", new { reason = since })).Is(200);
        foreach (var (path, text, etag) in before)
        {
            var after = await Read(path);
            (after.Text, after.ETag).ShouldBe((text, etag), path);
        }

        // Nor does an import tell the new name by a row that is known already.
        var again = await jiashan.RowsOf(
            await jiashan.Imports(
                Registers.Csv(
                    "项目名称,投资方,国别,总投资(亿元),行业代码,落户地,阶段,接洽方式,接洽日期,接洽说明",
                    "氢能装备制造基地项目,上海远景氢动力装备有限公司,中国,12,3411,,在谈,来访,2026-04-20,来访",
                    "氢能装备制造基地项目,上海远景氢动力装备有限公司,中国,12.1,3411,,在谈,来访,2026-04-20,来访"
                ),
                query: "?dryRun=true"
            )
        );
        string.Concat(again.Select(row => row.ToJsonString())).ShouldNotContain(since);

        async Task<(string Path, string Text, string? ETag)> Read(string path)
        {
            var answer = (await jiashan.Get(path)).Is(200);
            return (path, answer.Text, answer.ETag);
        }
    }

    [Test]
    public async Task Why_the_centre_ended_a_project_is_not_told_to_who_waited_for_it()
    {
        var claim = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var waiting = (string)(await App.As("xiuzhou").Reports(Given.Project())).Is(201)["id"]!;
        const string why = "南湖区谈判破裂，投资方退出";
        (
            await App.As("centre")
                .Submits(
                    (string)claim["projectId"]!,
                    new
                    {
                        to = "terminated",
                        occurredOn = "2026-05-04",
                        reasonCode = "investor-withdrew",
                        note = why,
                    }
                )
        ).Is(201);
        var ended = (await App.As("xiuzhou").Get($"claims/{waiting}")).Is(200);
        ((string)ended["status"]!).ShouldBe("rejected");
        ended.Body!.AsObject().ContainsKey("endReason").ShouldBeFalse();
        (await App.As("xiuzhou").Get("notices")).Text.ShouldNotContain(why);
        ((string)(await App.As("nanhu").Get($"claims/{claim["id"]}"))["endReason"]!).ShouldBe(why);
    }

    [Test]
    public async Task A_secret_project_is_open_to_the_leaders_named_on_it_from_the_next_request()
    {
        (
            await App.As("admin")
                .Post(
                    "users",
                    new
                    {
                        username = "leader2",
                        displayName = "分管市领导",
                        role = "leader",
                    }
                )
        ).Is(201);
        var leaders = (await App.As("nanhu").Get("leaders")).Is(200)["items"].AsArray();
        leaders.Select(leader => (string)leader!["name"]!).ShouldBe(["市领导", "分管市领导"]);
        var named = (string)leaders[1]!["id"]!;
        var project = (await App.As("nanhu").Post("projects", Given.Project(amount: 5_000_000m, secret: true))).Is(201);
        (await App.As("leader2").Get($"projects/{project["id"]}")).IsProblem(404, "not-found");
        var edited = (
            await App.As("nanhu").Patch($"projects/{project["id"]}", new { leaders = new[] { named } }, project.ETag)
        ).Is(200);
        (await App.As("leader2").Get($"projects/{project["id"]}")).Is(200);
        (await App.As("leader2").Get("projects"))["items"].AsArray().Count.ShouldBe(1);
        (await App.As("leader").Get($"projects/{project["id"]}")).IsProblem(404, "not-found");
        (await App.As("leader").Get("projects"))["items"].AsArray().ShouldBeEmpty();
        (await App.As("nanhu").Patch($"projects/{project["id"]}", new { leaders = (object?)null }, edited.ETag)).Is(
            200
        );
        (await App.As("leader2").Get($"projects/{project["id"]}")).IsProblem(404, "not-found");
        (
            await App.As("nanhu")
                .Post(
                    "projects",
                    new Dictionary<string, object?>(Given.Another(3, 5_000_000m - 2_100_000_000m + 1_000m))
                    {
                        ["totalInvestment"] = new { amount = 1_000_000, currency = "CNY" },
                        ["leaders"] = new[] { "nobody" },
                    }
                )
        )
            .IsProblem(400, "validation-failed")
            .Codes("leaders[0]")
            .ShouldBe(["unknown-leader"]);
    }
}
