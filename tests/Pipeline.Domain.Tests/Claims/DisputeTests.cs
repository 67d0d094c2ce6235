using Pipeline.Domain.Claims;
using Pipeline.Domain.Rules;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Claims;

/// <summary>Disputes (R23), as far as they are arithmetic.</summary>
public sealed class DisputeTests
{
    private static readonly DateTimeOffset T0 = DateTimeOffset.Parse("2026-01-20T02:00:00Z");
    private static readonly RuleBook Book = new([Given.Rules("month")]);

    [Test]
    public void The_times_are_those_of_the_rule() =>
        DisputeRules.Default.ShouldBe(new DisputeRules(5, 3, 5, 5, IsoDuration.Parse("P90D")));

    [TestCase(ClaimStatus.Queued, true)]
    [TestCase(ClaimStatus.Rejected, true)]
    [TestCase(ClaimStatus.Revoked, true)]
    [TestCase(ClaimStatus.Expired, true)]
    [TestCase(ClaimStatus.Active, false)]
    [TestCase(ClaimStatus.UnderReview, false, Description = "nothing is decided yet")]
    [TestCase(ClaimStatus.Released, false, Description = "its own doing")]
    [TestCase(ClaimStatus.Withdrawn, false, Description = "its own doing")]
    [TestCase(ClaimStatus.Converted, false)]
    public void What_did_not_go_ones_way_may_be_contested(ClaimStatus status, bool may) =>
        Disputes.Contestable(status).ShouldBe(may);

    [Test]
    public void A_suspended_window_does_not_end_and_nobody_moves_up()
    {
        var standing = Admitted("a", "b");
        var held = standing
            .Claims.Select(claim => claim.Id == "a" ? claim with { SuspendedAt = T0.AddDays(3) } : claim)
            .ToList();
        Settlement.Settle(held, T0.AddYears(1), Book).Active!.Id.ShouldBe("a");
        Settlement.Settle(standing.Claims, T0.AddYears(1), Book).Active.ShouldBeNull();
    }

    // 20 January + 1 month: the end of 20 February. Still from 2 to 12 February: ten days more.
    [TestCase("P1M", "2026-02-02T10:00:00Z", "2026-02-12T09:00:00Z", "2026-03-02T23:59:59.999+08:00")]
    [TestCase("P1M", "2026-02-02T10:00:00Z", "2026-02-02T12:00:00Z", "2026-02-20T23:59:59.999+08:00")]
    [TestCase(
        "P1M",
        "2026-02-02T10:00:00Z",
        "2026-02-02T16:00:00Z",
        "2026-02-21T23:59:59.999+08:00",
        Description = "already the 3rd in the city"
    )]
    [TestCase("PT10H", "2026-01-20T04:00:00Z", "2026-01-20T05:30:00Z", "2026-01-20T13:30:00Z")]
    public void A_window_gets_back_what_it_stood_still(string length, string suspended, string resumed, string expected)
    {
        var rules = Given.Rules(exclusivity: length);
        Disputes
            .Resumed(
                CalendarWindow.End(T0, rules.Exclusivity),
                DateTimeOffset.Parse(suspended),
                DateTimeOffset.Parse(resumed),
                rules
            )
            .ShouldBe(DateTimeOffset.Parse(expected));
    }

    [Test]
    public void Reassigning_revokes_the_holder_and_passes_over_those_who_wait()
    {
        var at = T0.AddDays(2);
        var standing = Admitted("a", "b", "c");
        var after = standing.Reassign(standing.Claims.Single(claim => claim.Id == "c"), at, Book);
        after
            .Claims.Select(claim => (claim.Id, claim.Status))
            .ShouldBe([("a", ClaimStatus.Revoked), ("b", ClaimStatus.Queued), ("c", ClaimStatus.Active)]);
        (after.Claims[0].EndedAt, after.Active!.ActivatedAt).ShouldBe((at, at));
        after.Active.ExpiresAt.ShouldBe(DateTimeOffset.Parse("2026-02-22T23:59:59.999+08:00"));
    }

    [TestCase(DisputeStatus.AwaitingAnswer, "2026-01-23T15:59:59.999Z", DisputeStatus.AwaitingAnswer)]
    [TestCase(DisputeStatus.AwaitingAnswer, "2026-01-23T16:00:00Z", DisputeStatus.AwaitingDecision)]
    [TestCase(DisputeStatus.Decided, "2026-01-27T15:59:59.999Z", DisputeStatus.Decided)]
    [TestCase(DisputeStatus.Decided, "2026-01-27T16:00:00Z", DisputeStatus.Final)]
    [TestCase(DisputeStatus.Appealed, "2030-01-01T00:00:00Z", DisputeStatus.Appealed)]
    public void Deadlines_move_a_dispute_on_by_themselves(DisputeStatus stored, string now, DisputeStatus expected) =>
        Disputes
            .StatusAt(
                stored,
                DateTimeOffset.Parse("2026-01-23T23:59:59.999+08:00"),
                DateTimeOffset.Parse("2026-01-27T23:59:59.999+08:00"),
                DateTimeOffset.Parse(now)
            )
            .ShouldBe(expected);

    private static Settlement Admitted(params string[] ids) =>
        ids.Select(
                (id, index) => new Claim(id, index + 1, $"unit-{id}", ClaimStatus.Queued, T0, null, null, null, "month")
            )
            .Aggregate(new Settlement([], []), (standing, claim) => standing.Admit(claim, T0, Book));
}
