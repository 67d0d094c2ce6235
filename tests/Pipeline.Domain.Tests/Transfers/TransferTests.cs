using Pipeline.Domain.Projects;
using Pipeline.Domain.Transfers;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Transfers;

/// <summary>Transfers (R40–R43a), by the rules' own examples.</summary>
public sealed class TransferTests
{
    private static readonly DateTimeOffset Until = DateTimeOffset.Parse("2024-10-10T15:59:59.999Z");
    private static readonly TransferableProject Free = new(Stage.InTalks, false, false, false, false, false, 0);

    // Fri 2024-09-27; Sun 09-29 is worked for the holiday, 10-01 to 10-07 are off, Sat 10-12 is worked.
    private static readonly WorkCalendar Calendar = new(
        Enumerable.Range(1, 7).Select(day => new DateOnly(2024, 10, day)),
        [new DateOnly(2024, 9, 29), new DateOnly(2024, 10, 12)],
        [2024]
    );

    [Test]
    public void R43a_acceptance_ends_with_the_fifth_working_day() =>
        Calendar.Deadline(DateTimeOffset.Parse("2024-09-27T02:00:00Z"), IsoDuration.Parse("P5D")).ShouldBe(Until);

    [Test]
    public void R43a_a_length_with_a_time_ends_exactly_then() =>
        Calendar
            .Deadline(DateTimeOffset.Parse("2024-09-27T02:00:00Z"), IsoDuration.Parse("PT2S"))
            .ShouldBe(DateTimeOffset.Parse("2024-09-27T02:00:02Z"));

    [Test]
    public void R43a_lapse_is_a_function_of_the_facts_and_now()
    {
        var proposed = new Transfer(TransferStatus.Proposed, false, Until);
        Domain.Transfers.TransferRules.StatusAt(proposed, Until).ShouldBe(TransferStatus.Proposed);
        Domain.Transfers.TransferRules.StatusAt(proposed, Until.AddMilliseconds(1)).ShouldBe(TransferStatus.Lapsed);

        // What was accepted waits for the centre, however long.
        Domain
            .Transfers.TransferRules.StatusAt(proposed with { Status = TransferStatus.Accepted }, Until.AddYears(1))
            .ShouldBe(TransferStatus.Accepted);
    }

    [Test]
    public void R43_only_what_is_in_talks_and_free_is_transferred()
    {
        static string? Why(TransferableProject project) =>
            Domain.Transfers.TransferRules.MayPropose(project, Given.Rules())?.Errors.Single().Code;
        Why(Free).ShouldBeNull();
        Why(Free with { Stage = Stage.Signed }).ShouldBe("not-in-talks");
        Why(Free with { PendingMove = true }).ShouldBe("move-pending");
        Why(Free with { InDispute = true }).ShouldBe("in-dispute");
        Why(Free with { UnderReview = true }).ShouldBe("under-review");
        Why(Free with { ReportRequired = true }).ShouldBe("report-required");
        Why(Free with { OpenTransfer = true }).ShouldBe("transfer-open");

        // R41: at most one a project.
        Why(Free with { Approved = 1 }).ShouldBe("transfers-used");
    }

    [TestCase(TransferStep.Accept, TransferStatus.Proposed, "receiving", null)]
    [TestCase(TransferStep.Accept, TransferStatus.Proposed, "giving", "forbidden")]
    [TestCase(TransferStep.Accept, TransferStatus.Proposed, "centre", "forbidden")]
    [TestCase(TransferStep.Accept, TransferStatus.Accepted, "receiving", "transfer-ended")]
    [TestCase(TransferStep.Decline, TransferStatus.Proposed, "receiving", null)]
    [TestCase(TransferStep.Cancel, TransferStatus.Proposed, "giving", null)]
    [TestCase(TransferStep.Cancel, TransferStatus.Accepted, "giving", null)]
    [TestCase(TransferStep.Cancel, TransferStatus.Accepted, "receiving", "forbidden")]
    [TestCase(TransferStep.Cancel, TransferStatus.Approved, "giving", "transfer-ended")]
    [TestCase(TransferStep.Approve, TransferStatus.Proposed, "centre", "transfer-not-accepted")]
    [TestCase(TransferStep.Approve, TransferStatus.Accepted, "centre", null)]
    [TestCase(TransferStep.Approve, TransferStatus.Accepted, "giving", "forbidden")]
    [TestCase(TransferStep.Reject, TransferStatus.Accepted, "centre", null)]
    [TestCase(TransferStep.Reject, TransferStatus.Lapsed, "centre", "transfer-ended")]
    public void R40_who_may_take_which_step(TransferStep step, TransferStatus status, string side, string? refusal) =>
        Domain
            .Transfers.TransferRules.MayTake(
                step,
                new Transfer(status, false, Until),
                new TransferSide(side == "giving", side == "receiving", side == "centre"),
                Until
            )
            ?.Slug.ShouldBe(refusal);

    [Test]
    public void R40_nobody_accepts_after_the_last_instant() =>
        Domain
            .Transfers.TransferRules.MayTake(
                TransferStep.Accept,
                new Transfer(TransferStatus.Proposed, false, Until),
                new TransferSide(false, true, false),
                Until.AddMilliseconds(1)
            )!
            .Slug.ShouldBe("transfer-ended");
}
