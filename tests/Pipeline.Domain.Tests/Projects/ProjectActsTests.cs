using FsCheck.NUnit;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Tests.Rules;

namespace Pipeline.Domain.Tests.Projects;

/// <summary>What may be done with a project as it stands, and by whom (R5, R10a, R19).</summary>
public sealed class ProjectActsTests
{
    private static readonly DateOnly Today = new(2026, 5, 4);

    private static readonly RuleSet Rules = Given.Rules("r");

    private static readonly ActingUnit Holder = new("nanhu"),
        Other = new("xiuzhou"),
        Beside = new("xiuzhou", CoNegotiates: true),
        Centre = new(null, ByCentre: true);

    private static ActedOnProject Project(
        Stage stage = Stage.InTalks,
        string? holder = "nanhu",
        bool reportRequired = false,
        bool movePending = false
    ) =>
        stage == Stage.Terminated
            ? new(stage, Stage.Signed, Today.AddDays(-10), reportRequired, movePending, holder)
            : new(stage, stage, null, reportRequired, movePending, holder);

    [Test]
    public void R19_during_exclusivity_the_holder_records_progress_gives_notice_and_moves()
    {
        ProjectActs.RefuseProgress(Project(), Holder).ShouldBeNull();
        ProjectActs.RefuseNotice(Project(), Holder).ShouldBeNull();
        ProjectActs.RefuseForward(Project(), Holder).ShouldBeNull();
        ProjectActs.RefuseProgress(Project(), Other)!.Slug.ShouldBe("claim-held-by-another");
        ProjectActs.RefuseNotice(Project(), Other)!.Slug.ShouldBe("claim-held-by-another");
        ProjectActs.RefuseForward(Project(), Other)!.Slug.ShouldBe("claim-held-by-another");
        ProjectActs.RefuseForward(Project(holder: null), Other).ShouldBeNull();
    }

    [Test]
    public void R23_who_negotiates_beside_the_holder_records_progress_and_does_not_move()
    {
        ProjectActs.RefuseProgress(Project(), Beside).ShouldBeNull();
        ProjectActs.RefuseForward(Project(), Beside)!.Slug.ShouldBe("claim-held-by-another");
        ProjectActs.RefuseNotice(Project(), Beside)!.Slug.ShouldBe("claim-held-by-another");
    }

    [Test]
    public void R31_the_centre_gives_notice_for_the_holder_and_moves_nothing_forward_in_its_place()
    {
        ProjectActs.RefuseNotice(Project(), Centre).ShouldBeNull();
        ProjectActs.RefuseForward(Project(), Centre)!.Slug.ShouldBe("claim-held-by-another");
        ProjectActs.RefuseProgress(Project(), Centre)!.Slug.ShouldBe("claim-held-by-another");
        ProjectActs.RefuseNotice(Project(Stage.Signed, holder: null), Centre)!.Slug.ShouldBe("illegal-move");
    }

    [Test]
    public void R10a_what_has_to_be_reported_first_can_only_be_edited_or_ended()
    {
        var project = Project(holder: null, reportRequired: true);
        ProjectActs.RefuseEdit(project).ShouldBeNull();
        ProjectActs.RefuseTeamMember(project).ShouldBeNull();
        ProjectActs.RefuseProgress(project, Holder)!.Slug.ShouldBe("report-required");
        ProjectActs.RefuseNotice(project, Holder)!.Slug.ShouldBe("report-required");
        ProjectActs.RefuseProblem(project)!.Slug.ShouldBe("report-required");
        ProjectActs.RefuseFile(project)!.Slug.ShouldBe("report-required");
        ProjectActs.OpenMoves(project, Holder, Today, Rules).ShouldBe([Stage.Terminated]);
    }

    [Test]
    public void R5_an_ended_project_takes_files_and_is_taken_up_again_by_the_centre()
    {
        var project = Project(Stage.Terminated, holder: null);
        ProjectActs.RefuseFile(project).ShouldBeNull();
        ProjectActs.RefuseEdit(project)!.Slug.ShouldBe("illegal-move");
        ProjectActs.RefuseProgress(project, Holder)!.Slug.ShouldBe("illegal-move");
        ProjectActs.RefuseProblem(project)!.Slug.ShouldBe("illegal-move");
        ProjectActs.RefuseTeamMember(project)!.Slug.ShouldBe("illegal-move");
        ProjectActs.OpenMoves(project, Holder, Today, Rules).ShouldBeEmpty();

        // It had been signed when it was ended.
        ProjectActs.OpenMoves(project, Centre, Today, Rules).ShouldBe([Stage.InTalks, Stage.Signed]);
    }

    [Test]
    public void R4_the_centre_moves_back_by_one_and_no_unit_does()
    {
        var project = Project(Stage.Registered, holder: null);
        ProjectActs.OpenMoves(project, Centre, Today, Rules).ShouldContain(Stage.Signed);
        ProjectActs.OpenMoves(project, Centre, Today, Rules).ShouldNotContain(Stage.InTalks);
        ProjectActs.OpenMoves(project, Holder, Today, Rules).ShouldNotContain(Stage.Signed);
    }

    [Test]
    public void R3_while_a_move_waits_the_centre_may_end_the_project_and_nobody_anything_else()
    {
        var project = Project(Stage.Signed, holder: null, movePending: true);
        ProjectActs.OpenMoves(project, Holder, Today, Rules).ShouldBeEmpty();
        ProjectActs.OpenMoves(project, Centre, Today, Rules).ShouldBe([Stage.Terminated]);
    }

    /// <summary>What is told to be open is what the judge lets through once every proof is there, and nothing else.</summary>
    [Property]
    public void A_move_is_open_when_with_every_proof_it_is_judged_to_be_made(
        Stage stage,
        Stage to,
        bool held,
        bool reportRequired,
        bool movePending,
        int who
    )
    {
        if (stage == to)
            return;
        var project = Project(stage, held ? "nanhu" : null, reportRequired, movePending);
        ActingUnit unit = (who % 3) switch
        {
            0 => Holder,
            1 => Other,
            _ => Centre,
        };
        var evidence = new Evidence
        {
            AgreementKind = AgreementKind.Formal,
            Parties = "甲方、乙方",
            AgreedAmount = new Money(1_000_000m, "CNY"),
            SignedOn = Today,
            Uscc = "91330400MA28A1XX0X",
            RegisteredOn = Today,
            PermitNo = "3304012026",
            PermittedOn = Today,
            AcceptedOn = Today,
            Files = ["f"],
        };
        var judged = Moves.Judge(
            project,
            new StageDates(null, null, null, null, null),
            new MoveRequest(to, Today, evidence, ReasonCode.Market, "理由", unit),
            Today,
            Rules
        );
        ProjectActs
            .OpenMoves(project, unit, Today, Rules)
            .Contains(to)
            .ShouldBe(judged.Refusal is null, $"{judged.Refusal}");
    }
}
