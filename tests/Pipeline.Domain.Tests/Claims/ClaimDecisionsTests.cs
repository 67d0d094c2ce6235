using Pipeline.Domain.Claims;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Claims;

/// <summary>What may be decided about a claim as it stands (R14a, R18, R21).</summary>
public sealed class ClaimDecisionsTests
{
    private static readonly DateTimeOffset End = DateTimeOffset.Parse("2026-02-20T15:59:59.999Z");

    [TestCase(ClaimStatus.Active, "released revoked")]
    [TestCase(ClaimStatus.Queued, "withdrawn distinct")]
    [TestCase(ClaimStatus.UnderReview, "withdrawn same distinct")]
    [TestCase(ClaimStatus.Converted, "")]
    [TestCase(ClaimStatus.Expired, "")]
    [TestCase(ClaimStatus.Released, "")]
    [TestCase(ClaimStatus.Revoked, "")]
    [TestCase(ClaimStatus.Transferred, "")]
    [TestCase(ClaimStatus.Withdrawn, "")]
    [TestCase(ClaimStatus.Rejected, "")]
    public void Each_status_is_open_to_its_decisions_and_to_no_other(ClaimStatus status, string open)
    {
        var decisions = new (string Name, Refusal? Refusal)[]
        {
            ("released", ClaimDecisions.RefuseEnd(status, ClaimStatus.Released)),
            ("revoked", ClaimDecisions.RefuseEnd(status, ClaimStatus.Revoked)),
            ("withdrawn", ClaimDecisions.RefuseEnd(status, ClaimStatus.Withdrawn)),
            ("expired", ClaimDecisions.RefuseEnd(status, ClaimStatus.Expired)),
            ("same", ClaimDecisions.RefuseSame(status)),
            ("distinct", ClaimDecisions.RefuseDistinct(status)),
        };
        string.Join(' ', decisions.Where(decision => decision.Refusal is null).Select(decision => decision.Name))
            .ShouldBe(open);
    }

    [TestCase(0, false, 0, null)]
    [TestCase(1, false, 0, "claim-not-active")]
    [TestCase(1, true, 0, null)]
    [TestCase(0, false, 1, "extension-limit")]
    [TestCase(1, false, 1, "claim-not-active")]
    public void A_window_is_lengthened_once_and_only_while_it_runs_or_stands_still(
        int millisecondsPast,
        bool suspended,
        int extensions,
        string? refused
    )
    {
        var refusal = ClaimDecisions.RefuseExtension(
            ClaimStatus.Active,
            End,
            suspended ? End.AddDays(-1) : null,
            extensions,
            Given.Rules() with
            {
                ExtensionsMax = 1,
            },
            End.AddMilliseconds(millisecondsPast)
        );
        (refusal?.Slug).ShouldBe(refused);
    }
}
