using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Tests.Projects;

/// <summary>The move by which a register brings a project to the stage it says (R52).</summary>
public sealed class MovesTests
{
    private static readonly DateOnly Today = new(2026, 11, 28),
        March = new(2026, 3, 1),
        May = new(2026, 5, 20);

    private static StageDates Days(DateOnly? signed = null, DateOnly? registered = null, DateOnly? started = null) =>
        new(null, signed, registered, started, null);

    [Test]
    public void A_register_reaches_every_stage_up_to_the_one_it_says_and_the_centre_verifies()
    {
        var plan = Moves.OfRegister(Stage.Registered, Days(March, May), Today);
        plan.Kind.ShouldBe(MoveKind.Forward);
        plan.From.ShouldBe(Stage.InTalks);
        plan.To.ShouldBe(Stage.Registered);
        plan.Reaches.ShouldBe([(Stage.Signed, March), (Stage.Registered, May)]);
        plan.NeedsVerification.ShouldBeTrue();
        plan.Flags.ShouldBe(["imported"]);
    }

    [Test]
    public void A_stage_passed_without_a_day_was_reached_when_the_stage_was()
    {
        Moves
            .OfRegister(Stage.Started, Days(signed: March, started: May), Today)
            .Reaches.ShouldBe([(Stage.Signed, March), (Stage.Registered, May), (Stage.Started, May)]);
    }

    [Test]
    public void A_stage_whose_day_is_not_said_counts_from_today_and_says_so()
    {
        var plan = Moves.OfRegister(Stage.Signed, Days(), Today);
        plan.Reaches.ShouldBe([(Stage.Signed, Today)]);
        plan.Flags.ShouldBe(["imported", "date-unknown"]);
    }

    [Test]
    public void A_registration_before_the_signing_is_flagged()
    {
        Moves
            .OfRegister(Stage.Registered, Days(May, March), Today)
            .Flags.ShouldBe(["imported", "registered-before-signed"]);
    }
}
