using FsCheck.NUnit;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Bulletins;
using Pipeline.Domain.Credit;

namespace Pipeline.Domain.Tests.Bulletins;

/// <summary>The rules of bulletins (R118, regime §15.5).</summary>
public sealed class BulletinTests
{
    // R116's scores: 92.4, 90, 90, 88 stand at 1, 2, 2, 4.
    private static readonly (string, decimal?)[] Group = [("a", 92.4m), ("b", 90m), ("c", 90m), ("d", 88m)];

    [TestCase(1, "a", "d")]
    // Two places: the second is shared, so both are on the list; of the rest the last stands alone.
    [TestCase(2, "a b c", "d")]
    // Three places reach the same; the fourth is last.
    [TestCase(3, "a b c", "d")]
    [TestCase(4, "a b c d", "")]
    public void R118_red_and_black_lists_have_the_first_and_last_n_with_ties_whole(int places, string red, string black)
    {
        var lists = HonourLists.Of(Group, places);
        string.Join(' ', lists.Red).ShouldBe(red);
        string.Join(' ', lists.Black).ShouldBe(black);
    }

    [Test]
    public void R118_the_last_of_a_shared_place_are_all_on_the_black_list_and_who_has_no_target_on_none()
    {
        // 5, 4, 3, 3 and one without: the last place is shared by two, so one place has both.
        var lists = HonourLists.Of([("a", 5m), ("b", 4m), ("c", 3m), ("d", 3m), ("e", null)], 1);
        lists.Red.ShouldBe(["a"]);
        lists.Black.ShouldBe(["c", "d"]);
    }

    [Property]
    public void R118_who_has_the_same_completion_is_on_the_same_list_and_nobody_on_both(int[] values, byte places)
    {
        var n = (places % 10) + 1;
        var group = values.Select((value, at) => (Unit: $"u{at}", Completion: (decimal?)(value % 5))).ToList();
        var lists = HonourLists.Of(group, n);
        lists.Red.Intersect(lists.Black).ShouldBeEmpty();
        foreach (var same in group.GroupBy(one => one.Completion))
        {
            same.Select(one => lists.Red.Contains(one.Unit)).Distinct().Count().ShouldBe(1);
            same.Select(one => lists.Black.Contains(one.Unit)).Distinct().Count().ShouldBe(1);
        }

        lists.Red.Count.ShouldBeGreaterThanOrEqualTo(Math.Min(n, group.Count));
    }

    [TestCase(BulletinKind.Monthly, "2026-06", true)]
    [TestCase(BulletinKind.Monthly, "2026-13", false)]
    [TestCase(BulletinKind.Monthly, "2026-Q2", false)]
    [TestCase(BulletinKind.Quarterly, "2026-Q2", true)]
    [TestCase(BulletinKind.Quarterly, "2026-Q5", false)]
    [TestCase(BulletinKind.Quarterly, "2026", false)]
    [TestCase(BulletinKind.HalfYearly, "2026-Q2", true)]
    [TestCase(BulletinKind.HalfYearly, "2026-Q4", true)]
    [TestCase(BulletinKind.HalfYearly, "2026-Q1", false)]
    [TestCase(BulletinKind.HalfYearly, "2026-06", false)]
    [TestCase(BulletinKind.HalfYearly, "2026", false)]
    [TestCase(BulletinKind.Annual, "2026-Q4", false)]
    [TestCase(BulletinKind.Annual, "2026", true)]
    [TestCase(BulletinKind.Annual, "2026-12", false)]
    [TestCase(BulletinKind.Annual, "year", false)]
    public void R118_a_kind_tells_of_months_quarters_or_years(BulletinKind kind, string period, bool tells) =>
        BulletinRules.Tells(kind, period).ShouldBe(tells);

    [TestCase(BulletinStep.Issue, BulletinStatus.Draft, false, null)]
    [TestCase(BulletinStep.Issue, BulletinStatus.Draft, true, "second-person-required")]
    [TestCase(BulletinStep.Issue, BulletinStatus.Issued, true, "bulletin-issued")]
    [TestCase(BulletinStep.Issue, BulletinStatus.Superseded, false, "bulletin-superseded")]
    [TestCase(BulletinStep.Supersede, BulletinStatus.Draft, true, null)]
    [TestCase(BulletinStep.Supersede, BulletinStatus.Issued, true, null)]
    [TestCase(BulletinStep.Supersede, BulletinStatus.Superseded, false, "bulletin-superseded")]
    public void R118_drafts_are_issued_by_a_second_person_and_then_superseded(
        BulletinStep step,
        BulletinStatus status,
        bool isOwnDraft,
        string? slug
    ) => BulletinRules.MayTake(step, status, isOwnDraft)?.Slug.ShouldBe(slug);

    [Test]
    public void Every_template_but_the_full_one_leaves_parts_out_and_keeps_their_order()
    {
        BulletinRules.PartsOf(BulletinTemplate.Full).ShouldBe(Enum.GetValues<BulletinPart>());
        foreach (var template in new[] { BulletinTemplate.League, BulletinTemplate.Progress })
        {
            var parts = BulletinRules.PartsOf(template);
            parts.Count.ShouldBeInRange(1, Enum.GetValues<BulletinPart>().Length - 1);
            parts.ShouldBe(parts.Order());
        }

        // No part is in no template but the full one.
        BulletinRules
            .PartsOf(BulletinTemplate.League)
            .Concat(BulletinRules.PartsOf(BulletinTemplate.Progress))
            .Order()
            .ShouldBe(Enum.GetValues<BulletinPart>());
    }

    [TestCase(1, null, DifferenceCause.New)]
    [TestCase(1, "2026-06", DifferenceCause.New)]
    [TestCase(1, "2026-05", DifferenceCause.Adjusting)]
    [TestCase(1, "2025-11", DifferenceCause.Adjusting)]
    [TestCase(-1, null, DifferenceCause.Reversed)]
    [TestCase(-1, "2026-05", DifferenceCause.Reversed)]
    public void S15_5_a_fact_is_new_adjusting_or_reversed_against_a_bulletin_of_May(
        int sign,
        string? belongsTo,
        DifferenceCause cause
    ) => FigureDifference.CauseOf(Row(sign, belongsTo), "2026-05").ShouldBe(cause);

    [Test]
    public void S15_5_what_no_fact_explains_is_the_rules()
    {
        // May 10, June 14: 6 new, 1 late for May, 2 taken back make 5; 4 − 5 = −1 is left.
        var difference = FigureDifference.Of(
            Cell(10),
            Cell(14),
            new Dictionary<DifferenceCause, decimal>
            {
                [DifferenceCause.New] = 6,
                [DifferenceCause.Adjusting] = 1,
                [DifferenceCause.Reversed] = -2,
            }
        );
        (difference.Change, difference.Rule).ShouldBe((4m, -1m));

        // A stated value, or one that the earlier did not know.
        FigureDifference.Of(Cell(10), Cell(14), null).Rule.ShouldBeNull();
        var unknown = FigureDifference.Of(null, Cell(14), new Dictionary<DifferenceCause, decimal>());
        (unknown.Change, unknown.Rule).ShouldBe((null, null));
    }

    private static FigureCell Cell(decimal cumulative) =>
        new(null, cumulative, null, null, null, null, null, null, 0, 0);

    private static LedgerRow Row(int sign, string? belongsTo) =>
        new(
            1,
            "p",
            new CountedFact
            {
                Kind = FactKind.Signed,
                Subject = "",
                OccurredOn = new DateOnly(2026, 6, 1),
                Counted = 1,
                LandingId = "u",
            },
            DateTimeOffset.UnixEpoch,
            "2026-06",
            belongsTo,
            sign,
            false,
            null,
            "r",
            "move",
            "m",
            null
        );
}
