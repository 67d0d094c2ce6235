using Pipeline.Domain.Claims;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Tests.Claims;

/// <summary>What becomes of a report (R14), rule by rule.</summary>
public sealed class IntakeTests
{
    private const string Me = "nanhu";
    private const string Other = "xiuzhou";
    private static readonly Contact[] Contacts = [new(ContactKind.Visit, new DateOnly(2026, 5, 1))];

    [Test]
    public void Distinct_becomes_a_new_project() => Judge().ShouldBeOfType<IntakeOutcome.NewProject>();

    [Test]
    public void The_same_under_anothers_active_claim_is_queued() =>
        Judge(Same(Project(active: Other))).ShouldBe(new IntakeOutcome.QueuedOn("p"));

    [Test]
    public void Ones_own_project_never_claimed_is_active() =>
        Judge(Same(Project(owner: Me))).ShouldBe(new IntakeOutcome.ActiveOn("p"));

    [Test]
    public void Anothers_project_never_claimed_is_under_review() =>
        Judge(Same(Project(owner: Other))).ShouldBeOfType<IntakeOutcome.Review>();

    [Test]
    public void A_live_claim_of_ones_own_refuses_another()
    {
        Slug(Judge(Same(Project(owner: Me, active: Me)))).ShouldBe("claim-already-held");
        Slug(Judge(Same(Project(owner: Other, active: Other, waiting: [Me])))).ShouldBe("claim-already-held");
        Slug(Judge(new Found(L(MatchLevel.L1), null, "claim", Me))).ShouldBe("claim-already-held");
    }

    [Test]
    public void A_project_signed_or_later_refuses()
    {
        foreach (var stage in new[] { Stage.Signed, Stage.Registered, Stage.Started, Stage.InProduction })
            Slug(Judge(Same(Project(stage: stage)))).ShouldBe("project-already-signed");
    }

    [Test]
    public void After_the_last_window_others_are_active_at_once_and_the_former_holder_with_a_later_contact()
    {
        var ended = DateTimeOffset.Parse("2026-05-10T15:59:59.999Z");
        Judge(Same(Project(ever: true, last: (Other, ended)))).ShouldBe(new IntakeOutcome.ActiveOn("p"));
        Slug(Judge(Same(Project(owner: Me, ever: true, last: (Me, ended))))).ShouldBe("report-incomplete");
        Judge(
                [new Contact(ContactKind.Visit, new DateOnly(2026, 5, 10))],
                Same(Project(owner: Me, ever: true, last: (Me, ended)))
            )
            .ShouldBeOfType<IntakeOutcome.Refused>();
        Judge(
                [new Contact(ContactKind.Call, new DateOnly(2026, 5, 11))],
                Same(Project(owner: Me, ever: true, last: (Me, ended)))
            )
            .ShouldBeOfType<IntakeOutcome.Refused>();
        Judge(
                [new Contact(ContactKind.Visit, new DateOnly(2026, 5, 11))],
                Same(Project(owner: Me, ever: true, last: (Me, ended)))
            )
            .ShouldBe(new IntakeOutcome.ActiveOn("p"));
    }

    [Test]
    public void Any_match_with_anothers_secret_project_is_under_review_before_all_else()
    {
        Judge(new Found(L(MatchLevel.L3), Project(secret: true), null, null)).ShouldBeOfType<IntakeOutcome.Review>();
        Judge(Same(Project(stage: Stage.Signed, secret: true))).ShouldBeOfType<IntakeOutcome.Review>();
        Judge(Same(Project(active: Other, secret: true))).ShouldBeOfType<IntakeOutcome.Review>();
    }

    [Test]
    public void Doubt_is_for_the_centre()
    {
        Judge(new Found(L(MatchLevel.L2), Project(), null, null)).ShouldBeOfType<IntakeOutcome.Review>();
        Judge(new Found(L(MatchLevel.L3), Project(), null, null)).ShouldBeOfType<IntakeOutcome.Review>();
        Judge(Same(Project("p")), Same(Project("q"))).ShouldBeOfType<IntakeOutcome.Review>(); // the same as two
        Judge(Same(Project(active: Other)), new Found(L(MatchLevel.L2), null, "claim", Other))
            .ShouldBeOfType<IntakeOutcome.Review>(); // behind one under review
        Intake.Judge(Me, null, [], tooMany: true, Contacts).ShouldBeOfType<IntakeOutcome.Review>();
    }

    [Test]
    public void The_same_and_something_similar_is_the_same() =>
        Judge(Same(Project(active: Other)), new Found(L(MatchLevel.L2), Project("q"), null, null))
            .ShouldBe(new IntakeOutcome.QueuedOn("p"));

    [Test]
    public void Ones_own_named_project_is_active_unless_it_matches_another()
    {
        var own = Project("own", owner: Me);
        Intake.Judge(Me, own, [], false, Contacts).ShouldBe(new IntakeOutcome.ActiveOn("own"));
        Intake.Judge(Me, own, [Same(Project("p"))], false, Contacts).ShouldBeOfType<IntakeOutcome.Review>();
    }

    private static IntakeOutcome Judge(params Found[] found) => Judge(Contacts, found);

    private static IntakeOutcome Judge(Contact[] contacts, params Found[] found) =>
        Intake.Judge(Me, null, found, false, contacts);

    private static Match L(MatchLevel level) => new(level, []);

    private static Found Same(KnownProject project) => new(L(MatchLevel.L1), project, null, null);

    private static KnownProject Project(
        string id = "p",
        Stage stage = Stage.InTalks,
        string owner = Other,
        bool secret = false,
        bool ever = false,
        string? active = null,
        string[]? waiting = null,
        (string, DateTimeOffset)? last = null
    ) => new(id, stage, owner, secret, ever || active is not null, active, waiting ?? [], last);

    private static string Slug(IntakeOutcome outcome) => outcome.ShouldBeOfType<IntakeOutcome.Refused>().Refusal.Slug;
}
