using Pipeline.Domain.Duties;

namespace Pipeline.Domain.Tests.Duties;

/// <summary>Duties as checks, green, red or unknown (R117); what nobody stated is never judged.</summary>
public sealed class DutyRulesTests
{
    private static readonly DateOnly Day = new(2026, 12, 31);

    // 690 of 1 000 mu = 69.00 % is red, 700 green: the test of the rule.
    [TestCase(690, 310, DutyState.Red)]
    [TestCase(700, 300, DutyState.Green)]
    public void R117_seventy_per_cent_of_the_land_goes_to_provincial_zones(
        decimal inside,
        decimal outside,
        DutyState expected
    )
    {
        var duty = DutyRules.JudgeGrants(
            DutyKind.LandToZones,
            [new GrantedAmount(inside, true), new GrantedAmount(outside, false)],
            0.70m
        );
        (duty.State, duty.Part, duty.Whole, duty.Share).ShouldBe((expected, inside, 1000m, inside / 1000m));
        duty.Missing.ShouldBeEmpty();
    }

    // Of 1000 mu 600 are inside and 100 unknown: between 60 % and 70 %. With 99 unknown it cannot be reached; 700 inside are enough whatever the rest is.
    [TestCase(600, 100, 300, DutyState.Unknown)]
    [TestCase(600, 99, 301, DutyState.Red)]
    [TestCase(700, 100, 200, DutyState.Green)]
    public void R117_land_of_unknown_place_decides_nothing_by_being_unknown(
        decimal inside,
        decimal unknown,
        decimal outside,
        DutyState expected
    ) =>
        DutyRules
            .JudgeGrants(DutyKind.LandToZones, [new(inside, true), new(unknown, null), new(outside, false)], 0.70m)
            .State.ShouldBe(expected);

    [Test]
    public void R117_nothing_granted_is_unknown_and_no_zero()
    {
        var duty = DutyRules.JudgeGrants(DutyKind.EnergyToZones, [], 0.70m);
        (duty.State, duty.Part, duty.Share).ShouldBe((DutyState.Unknown, null, null));
        duty.Missing.ShouldBe([DutyGap.NothingGranted]);
    }

    [TestCase(29, DutyState.Red)]
    [TestCase(30, DutyState.Green)]
    public void R117_thirty_people_are_posted_out(int posted, DutyState expected)
    {
        List<PromotionOfficer> people =
        [
            .. Enumerable.Repeat(new PromotionOfficer(Day, true), posted),
            new(Day, false),
        ];
        var duty = DutyRules.JudgePeople(people, Day)[0];
        (duty.Kind, duty.State, duty.Part, duty.Limit).ShouldBe((DutyKind.PostedOut, expected, posted, 30m));
    }

    // Two years are over on the day itself: since 2024-12-31 counts on 2026-12-31, since 2025-01-01 does not. 5 of 10 are half, 4 are not.
    [TestCase(5, 0, DutyState.Green)]
    [TestCase(4, 0, DutyState.Red)]
    [TestCase(4, 1, DutyState.Unknown)]
    [TestCase(3, 1, DutyState.Red)]
    public void R117_half_of_the_officers_have_two_years(int old, int unknown, DutyState expected)
    {
        List<PromotionOfficer> people =
        [
            .. Enumerable.Repeat(new PromotionOfficer(new DateOnly(2024, 12, 31), false), old),
            .. Enumerable.Repeat(new PromotionOfficer(null, false), unknown),
            .. Enumerable.Repeat(new PromotionOfficer(new DateOnly(2025, 1, 1), false), 10 - old - unknown),
        ];
        var duty = DutyRules.JudgePeople(people, Day)[1];
        (duty.Kind, duty.State, duty.Part, duty.Whole).ShouldBe((DutyKind.Tenure, expected, old, 10m));
    }

    [Test]
    public void R117_people_that_nobody_stated_are_unknown()
    {
        DutyRules
            .JudgePeople(null, Day)
            .Select(duty => (duty.Kind, duty.State))
            .ShouldBe([(DutyKind.PostedOut, DutyState.Unknown), (DutyKind.Tenure, DutyState.Unknown)]);

        // That there is nobody is stated: nobody is posted out; a half of nobody is nothing.
        DutyRules.JudgePeople([], Day).Select(duty => duty.State).ShouldBe([DutyState.Red, DutyState.Unknown]);
    }

    // 超亿美元: 100 000 000 itself does not count, 50亿 itself does.
    [Test]
    public void R117_the_head_leads_two_projects_over_usd_100m_and_two_from_50亿()
    {
        LedProject over = new(100_000_000.01m, 700_000_000m),
            at = new(100_000_000m, 700_000_000m),
            large = new(700_000_000m, 5_000_000_000m);
        DutyRules
            .JudgeHead([over, at, large])
            .Select(duty => (duty.State, duty.Part))
            .ShouldBe([(DutyState.Green, 2m), (DutyState.Red, 1m)]);
        DutyRules.JudgeHead([over, at]).Select(duty => duty.State).ShouldBe([DutyState.Red, DutyState.Red]);
        var unsure = DutyRules.JudgeHead([over, new LedProject(null, null)]);
        unsure.Select(duty => duty.State).ShouldBe([DutyState.Unknown, DutyState.Red]);
        unsure[0].Missing.ShouldBe([DutyGap.AmountUnknown]);
        DutyRules.JudgeHead(null).ShouldAllBe(duty => duty.State == DutyState.Unknown && duty.Part == null);
    }

    // 7 of 10 are 70 %. One that may be major: 7/10 with one more outside is 7/11 = 63.6 %, so it is not known.
    [Test]
    public void R117_seventy_per_cent_of_the_major_projects_land_in_provincial_zones()
    {
        List<LandedProject> Of(int inside, int outside, int small = 0) =>
            [
                .. Enumerable.Repeat(new LandedProject(true, true), inside),
                .. Enumerable.Repeat(new LandedProject(true, false), outside),
                .. Enumerable.Repeat(new LandedProject(false, false), small),
            ];
        DutyRules.JudgeMajorProjects(Of(7, 3, 9), 0.7m).State.ShouldBe(DutyState.Green);
        DutyRules.JudgeMajorProjects(Of(69, 31), 0.7m).State.ShouldBe(DutyState.Red);
        DutyRules.JudgeMajorProjects([.. Of(7, 3), new(null, false)], 0.7m).State.ShouldBe(DutyState.Unknown);
        DutyRules.JudgeMajorProjects([.. Of(8, 3), new(null, true)], 0.7m).State.ShouldBe(DutyState.Green);
        DutyRules.JudgeMajorProjects([.. Of(1, 9), new(null, true)], 0.7m).State.ShouldBe(DutyState.Red);
        DutyRules.JudgeMajorProjects(Of(0, 0, 5), 0.7m).Missing.ShouldBe([DutyGap.NoMajorProjects]);
    }

    [Test]
    public void R117_foreign_enterprises_are_unknown_until_there_is_a_library()
    {
        var duty = DutyRules.JudgeForeignEnterprises(null);
        (duty.State, duty.Limit).ShouldBe((DutyState.Unknown, 100m));
        duty.Missing.ShouldBe([DutyGap.NoLibrary]);
    }
}
