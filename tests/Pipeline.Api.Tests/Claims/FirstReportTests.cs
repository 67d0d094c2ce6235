using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Claims;

/// <summary>Who is first (R10–R15, R20).</summary>
public sealed class FirstReportTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task The_first_complete_report_is_active_until_the_same_day_of_the_next_month_ends()
    {
        var answer = (await App.As("nanhu").Reports(Given.Project())).Is(201);

        ((string)answer["status"]!).ShouldBe("active");
        ((string)answer["activatedAt"]!).ShouldBe("2026-05-04T01:00:00.000Z");
        ((string)answer["expiresAt"]!).ShouldBe("2026-06-04T15:59:59.999Z"); // 4 June, 23:59:59.999 in Shanghai (R15)
        ((long)answer["sequence"]!).ShouldBe(1);
        ((string)answer["receipt"]["previousHash"]!).ShouldBe(new string('0', 64));
        answer.Headers.Location!.ToString().ShouldBe($"/api/v1/claims/{answer["id"]}");
        var project = (await App.As("nanhu").Get($"projects/{answer["projectId"]}")).Is(200);
        ((string)project["stage"]!).ShouldBe("in-talks");
        ((string)project["owner"]["id"]!).ShouldBe(App.As("nanhu").UnitId);
        ((string)project["claim"]["status"]!).ShouldBe("active");
    }

    [Test]
    public async Task A_second_unit_is_queued_and_learns_nothing_of_the_first()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var second = (await App.As("xiuzhou").Reports(Given.Project("氢能装备制造基地"))).Is(201);

        ((string)second["status"]!).ShouldBe("queued");
        ((int)second["queuePosition"]!).ShouldBe(1);
        second.Body!["projectId"].ShouldBeNull();
        foreach (
            var secret in new[]
            {
                (string)first["id"]!,
                (string)first["projectId"]!,
                App.As("nanhu").UnitId,
                "南湖",
                "氢能装备制造基地项目",
            }
        )
            second.Text.ShouldNotContain(secret);
        (await App.As("xiuzhou").Get($"projects/{first["projectId"]}")).IsProblem(404, "not-found");
        (await App.As("xiuzhou").Get($"claims/{first["id"]}")).IsProblem(404, "not-found");
        (await App.As("xiuzhou").Get("projects"))["items"].AsArray().ShouldBeEmpty();
        (await App.As("xiuzhou").Get("projects?q=氢能"))["items"].AsArray().ShouldBeEmpty();
        (await App.As("xiuzhou").Get("lists/in-talks"))["count"].GetValue<long>().ShouldBe(0);
    }

    [Test]
    public async Task What_does_not_exist_and_what_may_not_be_known_answer_alike()
    {
        var first = await App.As("nanhu").Reports(Given.Project());
        var foreign = await App.As("xiuzhou").Get($"projects/{first["projectId"]}");
        var absent = await App.As("xiuzhou").Get("projects/0123456789abcdef0123456789abcdef");

        static string Bare(Answer answer) =>
            System.Text.RegularExpressions.Regex.Replace(answer.Text, "\"(instance|traceId)\":\"[^\"]*\"", "");
        Bare(foreign).ShouldBe(Bare(absent));
    }

    [Test]
    public async Task The_same_unit_cannot_report_twice()
    {
        await App.As("nanhu").Reports(Given.Project());
        (await App.As("nanhu").Reports(Given.Project())).IsProblem(409, "claim-already-held");
        await App.As("xiuzhou").Reports(Given.Project());
        (await App.As("xiuzhou").Reports(Given.Project())).IsProblem(409, "claim-already-held");
    }

    [TestCase(1_000_000_000, "CNY", 201)]
    [TestCase(999_999_999.99, "CNY", 422)]
    [TestCase(100_000_000, "USD", 201)]
    [TestCase(99_999_999.99, "USD", 422)]
    [TestCase(100_000_000, "EUR", 201)] // 770 million yuan at the planning rate, more than USD 100 million
    [TestCase(90_000_000, "EUR", 422)]
    public async Task The_threshold_is_tested_in_the_projects_own_currency(decimal amount, string currency, int status)
    {
        var answer = await App.As("nanhu").Reports(Given.Project(amount: amount, currency: currency));
        answer.Is(status);
        if (status == 422)
            answer.Slug.ShouldBe("below-threshold");
        var registered = await App.As("jiashan")
            .Post(
                "projects",
                Given.Another(3, amount: 0) is var project
                && (project["totalInvestment"] = new { amount, currency }) is not null
                    ? project
                    : null
            );
        registered.Is(status == 201 ? 422 : 201);
        if (status == 201)
            registered.Slug.ShouldBe("report-required");
    }

    [Test]
    public async Task An_incomplete_report_is_refused_member_by_member()
    {
        var answer = (
            await App.As("nanhu")
                .Post("claims", new { project = new { totalInvestment = new { amount = 2e9, currency = "CNY" } } })
        ).IsProblem(422, "report-incomplete");
        answer.Codes("project.name").ShouldBe(["required"]);
        answer.Codes("project.investors").ShouldBe(["primary-investor-needed"]);
        answer.Codes("project.industryCode").ShouldBe(["required"]);
        answer.Codes("contacts").ShouldBe(["substantive-contact-needed"]);
    }

    [TestCase("call", "2026-05-01")] // a call is no substantive contact
    [TestCase("other", "2026-05-01")]
    [TestCase("visit", "2026-02-02")] // 91 days before 4 May
    [TestCase("visit", "2026-05-05")] // tomorrow
    public async Task A_report_rests_on_a_substantive_contact_of_the_last_ninety_days(string kind, string on) =>
        (await App.As("nanhu").Reports(Given.Project(), Given.Contacts(on, kind)))
            .IsProblem(422, "report-incomplete")
            .Codes("contacts")
            .ShouldNotBeEmpty();

    [Test]
    public async Task A_contact_exactly_ninety_days_old_counts() =>
        (await App.As("nanhu").Reports(Given.Project(), Given.Contacts("2026-02-03"))).Is(201);

    [TestCase(2)]
    [TestCase(12)]
    public async Task Several_investors_are_compared_each_with_those_that_are_known(int count)
    {
        var joint = Given.Project();
        joint["investors"] = Enumerable
            .Range(0, count)
            .Select(at => Given.Investor($"第{at}号星河卫星动力装备有限公司", primary: at == 0))
            .ToArray();
        (await App.As("nanhu").Reports(joint)).Is(201);
        var similar = Given.Project("另一个园区", $"第{count - 1}号星河卫星动力设备有限公司", industry: "6510");
        ((string)(await App.As("xiuzhou").Reports(similar)).Is(201)["status"]!).ShouldBe("under-review");
    }

    [Test]
    public async Task A_generic_investor_is_no_investor() =>
        (await App.As("nanhu").Reports(Given.Project(investor: "某企业")))
            .IsProblem(422, "report-incomplete")
            .Codes("project.investors")
            .ShouldBe(["investor-not-identified"]);

    [Test]
    public async Task Another_units_project_that_was_never_claimed_is_for_the_centre_to_decide()
    {
        var small = Given.Project(amount: 950_000_000m);
        (await App.As("nanhu").Post("projects", small)).Is(201);
        var answer = (await App.As("xiuzhou").Reports(Given.Project(amount: 1_000_000_000m))).Is(201);
        ((string)answer["status"]!).ShouldBe("under-review");
        answer.Body!["projectId"].ShouldBeNull();
    }

    [Test]
    public async Task Any_match_with_a_secret_project_is_under_review()
    {
        await App.As("nanhu").Reports(Given.Project(secret: true));
        var answer = (await App.As("xiuzhou").Reports(Given.Project())).Is(201);
        ((string)answer["status"]!).ShouldBe("under-review");
    }

    [Test]
    public async Task A_signed_project_can_no_longer_be_reported()
    {
        var claim = await App.As("nanhu").Reports(Given.Project());
        var move = (await App.As("nanhu").Submits((string)claim["projectId"]!, Given.Signing("2026-05-04"))).Is(201);
        (await App.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        (await App.As("xiuzhou").Reports(Given.Project())).IsProblem(409, "project-already-signed");
    }

    [Test]
    public async Task A_check_without_storing_never_matches_for_a_unit()
    {
        await App.As("nanhu").Reports(Given.Project());
        var answer = (
            await App.As("xiuzhou")
                .Post("claims?validateOnly=true", new { project = Given.Project(), contacts = Given.Contacts() })
        ).Is(200);
        ((string)answer["matching"]!).ShouldBe("not-run");
        (await App.As("xiuzhou").Get("claims"))["items"].AsArray().ShouldBeEmpty();
    }

    [Test]
    public async Task Ones_own_project_lifted_to_the_threshold_is_claimed_by_its_id()
    {
        var project = (await App.As("nanhu").Post("projects", Given.Project(amount: 900_000_000m))).Is(201);
        var path = $"projects/{project["id"]}";
        var lifted = (
            await App.As("nanhu")
                .Patch(path, new { totalInvestment = new { amount = 1_100_000_000m, currency = "CNY" } }, project.ETag)
        ).Is(200);
        ((bool)lifted["reportRequired"]!).ShouldBeTrue();
        (
            await App.As("nanhu")
                .Post(
                    $"{path}/progress",
                    new
                    {
                        kind = "visit",
                        occurredOn = "2026-05-01",
                        note = "考察",
                    }
                )
        ).IsProblem(422, "report-required");
        (await App.As("nanhu").Submits((string)project["id"]!, Given.Signing("2026-05-04"))).IsProblem(
            422,
            "report-required"
        );

        var claim = (
            await App.As("nanhu")
                .Post("claims", new { projectId = (string)project["id"]!, contacts = Given.Contacts() })
        ).Is(201);
        ((string)claim["status"]!).ShouldBe("active");
        ((string)claim["projectId"]!).ShouldBe((string)project["id"]!);
        ((bool)(await App.As("nanhu").Get(path))["reportRequired"]!).ShouldBeFalse();
    }

    [Test]
    public async Task Under_sixty_four_callers_exactly_one_is_active_and_the_others_wait_in_order()
    {
        string[] units = ["nanhu", "xiuzhou", "jiashan", "pinghu", "haiyan", "haining", "tongxiang", "jxedz", "jxport"];
        var calls = Enumerable
            .Range(0, 64)
            .Select(number => App.As(units[number % units.Length]).Reports(Given.Project()));
        var answers = await Task.WhenAll(calls);

        answers.Count(answer => answer.Status == 201).ShouldBe(units.Length);
        answers.Count(answer => answer.Slug == "claim-already-held").ShouldBe(64 - units.Length);
        var claims = (await App.As("centre").Get("claims?sort=sequence"))["items"].AsArray();
        claims.Count(claim => (string)claim!["status"]! == "active").ShouldBe(1);
        ((string)claims[0]!["status"]!).ShouldBe("active");
        claims.Skip(1).Select(claim => (int)claim!["queuePosition"]!).ShouldBe(Enumerable.Range(1, units.Length - 1));
        ((bool)(await App.As("auditor").Get("receipts/verify"))["valid"]!).ShouldBeTrue();
    }
}
