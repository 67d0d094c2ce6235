using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.FaultTolerance;

/// <summary>The fault-tolerance file of a termination (R96), on 2026-05-04.</summary>
public sealed class FaultToleranceTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");

    private async Task<string> Ended(string reason)
    {
        var project = (string)
            (await Nanhu.Post("projects", Given.Project("小厂", "小厂公司", 100_000_000m))).Is(201)["id"]!;
        (
            await Nanhu.Submits(
                project,
                new
                {
                    to = "terminated",
                    occurredOn = "2026-05-04",
                    reasonCode = reason,
                    note = "情况变化",
                }
            )
        ).Is(201);
        return project;
    }

    private async Task<Answer> Attaches(
        Actor who,
        string project,
        string kind,
        string datedOn,
        string supports = "terminated"
    ) =>
        await who.Post(
            $"projects/{project}/fault-tolerance",
            new
            {
                kind,
                datedOn,
                supports,
                files = new[] { await who.Uploads("论证.pdf") },
            }
        );

    private static string[] Missing(Answer file) => [.. file["missing"].AsArray().Select(kind => (string)kind!)];

    [TestCase("policy")]
    [TestCase("market")]
    [TestCase("force-majeure")]
    public async Task R96_the_file_lists_what_is_there_and_what_is_missing(string reason)
    {
        var project = await Ended(reason);
        var empty = (await Nanhu.Get($"projects/{project}/fault-tolerance")).Is(200);
        ((bool)empty["applies"]!, (string)empty["reasonCode"]!).ShouldBe((true, reason));
        Missing(empty).ShouldBe(["admission-argument", "risk-assessment", "collective-decision"]);

        // Dated before the step that it supports: not on its day.
        (await Attaches(Nanhu, project, "risk-assessment", "2026-05-04"))
            .IsProblem(422, "date-order")
            .Codes("datedOn")
            .ShouldBe(["before-step"]);
        (await Attaches(Nanhu, project, "risk-assessment", "2026-04-01", "signed"))
            .IsProblem(422, "date-order")
            .Codes("supports")
            .ShouldBe(["step-not-taken"]);
        Missing((await Attaches(Nanhu, project, "risk-assessment", "2026-05-03")).Is(201))
            .ShouldBe(["admission-argument", "collective-decision"]);
        var file = (await App.As("centre").Get($"projects/{project}/fault-tolerance")).Is(200);
        var paper = file["papers"].AsArray().ShouldHaveSingleItem()!;
        ((string)paper["stepOn"]!, (string)paper["files"]![0]!["name"]!).ShouldBe(("2026-05-04", "论证.pdf"));
        (await Nanhu.Get($"projects/{project}/timeline")).Text.ShouldContain("tolerance-paper-attached");
    }

    [TestCase("land")]
    [TestCase("weak-intent")]
    [TestCase("idle")]
    public async Task R96_other_terminations_have_no_such_file(string reason)
    {
        var project = await Ended(reason);
        ((bool)(await Nanhu.Get($"projects/{project}/fault-tolerance")).Is(200)["applies"]!).ShouldBeFalse();
        (await Attaches(Nanhu, project, "risk-assessment", "2026-05-03")).IsProblem(409, "not-tolerable");
    }

    [Test]
    public async Task R96_it_is_the_unit_s_and_the_city_s_alone()
    {
        var project = await Ended("market");
        (await App.As("xiuzhou").Get($"projects/{project}/fault-tolerance")).IsProblem(404, "not-found");
        (await Attaches(App.As("xiuzhou"), project, "risk-assessment", "2026-05-03")).IsProblem(404, "not-found");
        (await App.As("auditor").Get($"projects/{project}/fault-tolerance"))
            .Is(200)["allowedActions"]
            .AsArray()
            .ShouldBeEmpty();
        (await Nanhu.Post($"projects/{project}/fault-tolerance", new { kind = "risk-assessment" }))
            .IsProblem(400, "validation-failed")
            .Codes("files")
            .ShouldBe(["required"]);
    }
}
