using Dapper;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Views;

/// <summary>What somebody made of the lists, under a name: one's own, and what colleagues share.</summary>
public sealed class SavedViewTests(string engine) : OnEachEngine(engine)
{
    private static object View(string name = "本月签约", bool shared = false) =>
        new
        {
            name,
            page = "lists",
            query = "view=table&stage=signed&sort=-totalInvestment",
            columns = new[] { "*name", "stage", "total-investment" },
            shared,
        };

    [Test]
    public async Task A_view_is_kept_as_it_was_saved_and_is_ones_own()
    {
        var made = (await App.As("nanhu").Post("views", View())).Is(201);
        made.Headers.Location!.ToString().ShouldBe($"/api/v1/views/{made["id"]}");
        var read = (await App.As("nanhu").Get($"views/{made["id"]}")).Is(200);
        ((string)read["name"]!).ShouldBe("本月签约");
        ((string)read["query"]!).ShouldBe("view=table&stage=signed&sort=-totalInvestment");
        read["columns"].AsArray().Select(column => (string)column!).ShouldBe(["*name", "stage", "total-investment"]);
        ((bool)read["shared"]!).ShouldBeFalse();
        (await Names("nanhu")).ShouldBe(["本月签约"]);
        (await Names("xiuzhou")).ShouldBeEmpty();
        (await App.As("xiuzhou").Get($"views/{made["id"]}")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task A_shared_view_is_read_by_colleagues_of_the_unit_and_changed_by_its_owner_only()
    {
        var colleague = await Colleague("nanhu2", "nanhu");
        var made = (await App.As("nanhu").Post("views", View(shared: true))).Is(201);
        await App.As("nanhu").Post("views", View("自己看"));
        (await Names(colleague)).ShouldBe(["本月签约"]);
        (await Names("xiuzhou")).ShouldBeEmpty();
        (await Names("centre")).ShouldBeEmpty();
        (await App.As(colleague).Patch($"views/{made["id"]}", new { name = "我的" }, made.ETag)).IsProblem(
            403,
            "forbidden"
        );
        (
            await App.As(colleague).Send(HttpMethod.Delete, $"views/{made["id"]}", null, ("If-Match", made.ETag!))
        ).IsProblem(403, "forbidden");
        (await App.As("nanhu").Patch($"views/{made["id"]}", new { shared = false }, made.ETag)).Is(200);
        (await Names(colleague)).ShouldBeEmpty();
    }

    [Test]
    public async Task What_coordinators_share_is_for_the_centre()
    {
        await App.As("centre").Post("views", View("待认定", shared: true));
        (await Names("centre2")).ShouldBe(["待认定"]);
        (await Names("nanhu")).ShouldBeEmpty();
        (await Names("leader")).ShouldBeEmpty();
    }

    [Test]
    public async Task Who_has_left_the_unit_no_longer_reads_what_it_shares()
    {
        var colleague = await Colleague("nanhu2", "nanhu");
        await App.As("nanhu").Post("views", View(shared: true));
        App.Sql(connection =>
            connection.Execute(
                "UPDATE users SET jurisdiction_id = (SELECT id FROM jurisdictions WHERE code = 'xiuzhou') WHERE username = 'nanhu2'"
            )
        );
        (await Names(colleague)).ShouldBeEmpty();
    }

    [Test]
    public async Task A_view_is_changed_and_removed_by_who_read_it_last()
    {
        var made = (await App.As("nanhu").Post("views", View())).Is(201);
        var path = $"views/{made["id"]}";
        (await App.As("nanhu").Patch(path, new { name = "上月签约" }, null)).IsProblem(428, "precondition-required");
        var changed = (await App.As("nanhu").Patch(path, new { name = "上月签约" }, made.ETag)).Is(200);
        ((string)changed["name"]!).ShouldBe("上月签约");
        ((string)changed["query"]!).ShouldBe("view=table&stage=signed&sort=-totalInvestment");
        (await App.As("nanhu").Patch(path, new { name = "再改" }, made.ETag)).IsProblem(412, "precondition-failed");
        (await App.As("nanhu").Send(HttpMethod.Delete, path, null, ("If-Match", made.ETag!))).IsProblem(
            412,
            "precondition-failed"
        );
        (await App.As("nanhu").Send(HttpMethod.Delete, path, null, ("If-Match", changed.ETag!))).Is(204);
        (await App.As("nanhu").Get(path)).IsProblem(404, "not-found");
        (await Names("nanhu")).ShouldBeEmpty();
    }

    [Test]
    public async Task A_view_without_a_name_or_of_no_page_is_refused()
    {
        (await App.As("nanhu").Post("views", new { page = "lists", query = "" }))
            .IsProblem(400, "validation-failed")
            .Text.ShouldContain("\"name\"");
        (await App.As("nanhu").Post("views", new { name = "无页面" }))
            .IsProblem(400, "validation-failed")
            .Text.ShouldContain("\"page\"");
        (
            await App.As("nanhu")
                .Post(
                    "views",
                    new
                    {
                        name = "列太怪",
                        page = "lists",
                        columns = new[] { "a,b" },
                    }
                )
        ).IsProblem(400, "validation-failed");
    }

    [Test]
    public async Task Fifty_views_are_kept_and_one_more_once_another_is_gone()
    {
        var first = (await App.As("nanhu").Post("views", View("1"))).Is(201);
        for (var n = 2; n <= 50; n++)
            (await App.As("nanhu").Post("views", View($"{n}"))).Is(201);
        (await App.As("nanhu").Post("views", View("51"))).IsProblem(409, "too-many-views").Text.ShouldContain("50");
        (await App.As("xiuzhou").Post("views", View("1"))).Is(201);
        (await App.As("nanhu").Send(HttpMethod.Delete, $"views/{first["id"]}", null, ("If-Match", first.ETag!))).Is(
            204
        );
        (await App.As("nanhu").Post("views", View("51"))).Is(201);
    }

    [Test]
    public async Task The_trail_says_that_a_view_changed_and_not_what_it_looks_for()
    {
        var made = (
            await App.As("nanhu")
                .Post(
                    "views",
                    new
                    {
                        name = "王经理的项目",
                        page = "lists",
                        query = "q=王经理",
                    }
                )
        ).Is(201);
        var trail = (await App.As("auditor").Get($"audit?subjectKind=view&subjectId={made["id"]}")).Is(200);
        ((string)trail["items"].AsArray().Single()!["action"]!).ShouldBe("view-created");
        trail.Text.ShouldNotContain("王经理");
    }

    private async Task<List<string>> Names(string who) =>
        [.. (await App.As(who).Get("views")).Is(200)["items"].AsArray().Select(view => (string)view!["name"]!)];

    private async Task<string> Colleague(string username, string unit)
    {
        (
            await App.As("admin")
                .Post(
                    "users",
                    new
                    {
                        username,
                        displayName = "同事",
                        role = "officer",
                        jurisdictionId = App.As(unit).UnitId,
                    }
                )
        ).Is(201);
        return username;
    }
}
