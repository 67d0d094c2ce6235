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
        (await App.As("centre").Act($"claims/{second["id"]}", "resolve", new { decision = "distinct", reason = "另一项目" })).Is(200);
        (await Everything()).ShouldBe(before, "a rival resolved as distinct");

        async Task<string> Everything()
        {
            var text = "";
            foreach (var path in new[] { $"projects/{id}", $"projects/{id}/timeline", $"claims/{claim["id"]}", "projects?count=true", "claims?count=true", "moves?count=true", "lists/in-talks", "summary", "me" })
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
        waiting.Body!.AsObject().Select(member => member.Key).Intersect(["projectId", "activatedAt", "expiresAt"]).ShouldBeEmpty();
        waiting.Text.ShouldNotContain("南湖");
        waiting.Text.ShouldNotContain(App.As("nanhu").UnitId);
        (await App.As("xiuzhou").Get("projects?count=true"))["total"].GetValue<int>().ShouldBe(0);
    }

    [Test]
    public async Task A_former_owner_of_a_secret_project_learns_nothing_of_what_comes_after()
    {
        var secret = Given.Project(secret: true);
        var claim = (await App.As("jiashan").Reports(secret)).Is(201);
        var id = (string)claim["projectId"]!;
        var rival = (await App.As("nanhu").Reports(secret)).Is(201);
        (await App.As("centre").Act($"claims/{rival["id"]}", "resolve", new { decision = "same", projectId = id, reason = "同一项目" })).Is(200);
        (await App.As("jiashan").Act($"claims/{claim["id"]}", "release", new { reason = "改由他人跟进" })).Is(200);
        var before = (await App.As("jiashan").Get($"projects/{id}/timeline")).Is(200).Text;
        var move = (await App.As("nanhu").Submits(id, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        (await App.As("jiashan").Get($"projects/{id}/timeline")).Is(200).Text.ShouldBe(before);
        (await App.As("jiashan").Get($"projects/{id}")).Is(200)["stage"].ToString().ShouldBe("in-talks");
    }
}
