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
