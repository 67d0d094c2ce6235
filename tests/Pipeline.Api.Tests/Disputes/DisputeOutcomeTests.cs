using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Disputes;

/// <summary>What a dispute can be decided to be is told before, outcome by outcome, and is what the decision then answers (R23).</summary>
public sealed class DisputeOutcomeTests(string engine) : OnEachEngine(engine)
{
    private static readonly string[] Outcomes = ["uphold", "reassign", "co-negotiate", "revoke"];

    private async Task<(string Project, string Dispute)> Contested()
    {
        var first = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var second = (string)(await App.As("xiuzhou").Reports(Given.Project())).Is(201)["id"]!;
        var dispute = (
            await App.As("xiuzhou").Post($"claims/{second}/disputes", new { grounds = "我们先签订了备忘录" })
        ).Is(201);
        return ((string)first["projectId"]!, (string)dispute["id"]!);
    }

    /// <summary>Each outcome as it is told, held against what a decision answers that stores nothing.</summary>
    private async Task<string[]> Told(string who, string dispute)
    {
        var view = (await App.As(who).Get($"disputes/{dispute}/outcomes")).Is(200);
        var told = new List<string>();
        foreach (var item in view["items"].AsArray())
        {
            var outcome = (string)item!["outcome"]!;
            var onlyAsFalse = (bool)item["onlyAsFalseReport"]!;
            var slug = ((string?)item["problem"]?["type"])?.Split('/')[^1];
            var tried = await App.As(who)
                .Post(
                    $"disputes/{dispute}/decide?validateOnly=true",
                    new
                    {
                        outcome,
                        reason = "x",
                        falseReport = onlyAsFalse,
                    }
                );
            ((bool)item["possible"]!).ShouldBe(tried.Status == 200, tried.Text);
            (slug ?? "").ShouldBe(tried.Status == 200 ? "" : ((string)tried["type"]!).Split('/')[^1]);
            told.Add($"{outcome} {slug ?? (onlyAsFalse ? "as-false" : "possible")}");
        }

        return [.. told];
    }

    [Test]
    public async Task While_the_answer_is_awaited_nothing_is_possible_and_then_all_of_it()
    {
        var (_, dispute) = await Contested();
        (await Told("centre", dispute)).ShouldBe(Outcomes.Select(outcome => $"{outcome} answer-awaited"));
        var view = await App.As("centre").Get($"disputes/{dispute}/outcomes");
        ((string)view["problem"]["detail"]!).ShouldNotBeEmpty();
        (await App.As("nanhu").Post($"disputes/{dispute}/answer", new { answer = "材料齐全" })).Is(200);
        (await Told("centre", dispute)).ShouldBe(Outcomes.Select(outcome => $"{outcome} possible"));
        (await App.As("xiuzhou").Get($"disputes/{dispute}/outcomes")).IsProblem(403, "forbidden");
        (await App.As("centre").Get($"disputes/{SampleCity.NoId}/outcomes")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task Once_the_project_is_signed_nobody_else_is_given_it()
    {
        var (project, dispute) = await Contested();
        (await App.As("nanhu").Post($"disputes/{dispute}/answer", new { answer = "材料齐全" })).Is(200);
        var move = (await App.As("nanhu").Submits(project, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        // The claim has ended with the signing: nobody can share it, and it can only be found false.
        (await Told("centre", dispute)).ShouldBe([
            "uphold possible",
            "reassign project-already-signed",
            "co-negotiate claim-not-active",
            "revoke as-false",
        ]);
    }

    [Test]
    public async Task An_appeal_is_decided_by_another_and_what_the_first_decision_took_can_be_given_back()
    {
        var (_, dispute) = await Contested();
        (await App.As("nanhu").Post($"disputes/{dispute}/answer", new { answer = "材料齐全" })).Is(200);
        (await App.As("centre").Post($"disputes/{dispute}/decide", new { outcome = "reassign", reason = "改派" })).Is(
            200
        );
        (await Told("centre2", dispute)).ShouldBe(Outcomes.Select(outcome => $"{outcome} dispute-decided"));
        (await App.As("nanhu").Post($"disputes/{dispute}/appeal", new { grounds = "认定有误" })).Is(200);
        (await Told("centre", dispute)).ShouldBe(Outcomes.Select(outcome => $"{outcome} own-decision"));
        (await Told("centre2", dispute)).ShouldBe(Outcomes.Select(outcome => $"{outcome} possible"));
    }

    [Test]
    public async Task A_dry_run_says_what_would_be_refused_to_who_would_rather_be_told()
    {
        var (_, dispute) = await Contested();
        var body = new { outcome = "uphold", reason = "x" };
        var path = $"disputes/{dispute}/decide?validateOnly=true";
        (await App.As("centre").Post(path, body)).IsProblem(409, "answer-awaited");
        var told = (await App.As("centre").Post(path, body, ("Prefer", "handling=lenient"))).Is(200);
        told.ContentType.ShouldBe("application/vnd.pipeline.dry-run+json");
        ((bool)told["valid"]!, (string)told["problem"]["type"]!).ShouldBe((false, "/problems/answer-awaited"));

        // Who may not, and what is not there, is refused as ever; so is a call that is meant.
        (await App.As("nanhu").Post(path, body, ("Prefer", "handling=lenient"))).IsProblem(403, "forbidden");
        (
            await App.As("centre")
                .Post($"disputes/{SampleCity.NoId}/decide?validateOnly=true", body, ("Prefer", "handling=lenient"))
        ).IsProblem(404, "not-found");
        (await App.As("centre").Post($"disputes/{dispute}/decide", body, ("Prefer", "handling=lenient"))).IsProblem(
            409,
            "answer-awaited"
        );
    }
}
