using Pipeline.Domain.OfficeLeads;

namespace Pipeline.Domain.Tests.OfficeLeads;

/// <summary>Leads of out-posted offices (R137).</summary>
public sealed class OfficeLeadRulesTests
{
    private static readonly DateOnly Submitted = new(2026, 5, 4);

    [Test]
    public void R137_a_valid_lead_names_investor_content_scale_and_contact()
    {
        OfficeLeadRules.Missing("嘉兴储电", "储能电池", "5亿元", true).ShouldBeEmpty();
        OfficeLeadRules
            .Missing(null, " ", "5亿元", false)
            .ShouldBe([OfficeLeadPart.Investor, OfficeLeadPart.Content, OfficeLeadPart.Contacts]);
        OfficeLeadRules.MayBeValid([]).ShouldBeNull();
        var refused = OfficeLeadRules.MayBeValid([OfficeLeadPart.Scale, OfficeLeadPart.Contacts])!;
        (refused.Kind, refused.Slug).ShouldBe((RefusalKind.Rule, "lead-incomplete"));
        refused.Errors.Select(error => error.Field).ShouldBe(["scale", "contacts"]);
    }

    // Submitted on 05-04: answered in 1 day = 05-05, judged in 3 = 05-07, assigned or declined in 7 = 05-11, all from the submission;
    // reported on every 14: assigned or last reported on 05-09 → 05-23.
    [TestCase(OfficeLeadStatus.Submitted, "2026-05-05")]
    [TestCase(OfficeLeadStatus.Answered, "2026-05-07")]
    [TestCase(OfficeLeadStatus.Valid, "2026-05-11")]
    [TestCase(OfficeLeadStatus.Assigned, "2026-05-23")]
    [TestCase(OfficeLeadStatus.Invalid, null)]
    [TestCase(OfficeLeadStatus.Declined, null)]
    [TestCase(OfficeLeadStatus.Project, null)]
    [TestCase(OfficeLeadStatus.Ended, null)]
    public void R137_each_step_has_its_last_day(OfficeLeadStatus status, string? due) =>
        OfficeLeadRules
            .DueOn(status, Submitted, new DateOnly(2026, 5, 9))
            .ShouldBe(due is null ? null : DateOnly.Parse(due));

    [Test]
    public void R137_the_last_day_is_in_time()
    {
        OfficeLeadRules.IsOverdue(new DateOnly(2026, 5, 5), new DateOnly(2026, 5, 5)).ShouldBeFalse();
        OfficeLeadRules.IsOverdue(new DateOnly(2026, 5, 5), new DateOnly(2026, 5, 6)).ShouldBeTrue();
        OfficeLeadRules.IsOverdue(null, new DateOnly(2030, 1, 1)).ShouldBeFalse();
    }

    // submitted → answered → valid | invalid → assigned | declined → reports → project | ended
    [TestCase(OfficeLeadStatus.Submitted, new[] { OfficeLeadStep.Answer })]
    [TestCase(OfficeLeadStatus.Answered, new[] { OfficeLeadStep.Judge })]
    [TestCase(OfficeLeadStatus.Valid, new[] { OfficeLeadStep.Assign, OfficeLeadStep.Decline })]
    [TestCase(OfficeLeadStatus.Assigned, new[] { OfficeLeadStep.Report, OfficeLeadStep.Close })]
    [TestCase(OfficeLeadStatus.Invalid, new OfficeLeadStep[0])]
    [TestCase(OfficeLeadStatus.Declined, new OfficeLeadStep[0])]
    [TestCase(OfficeLeadStatus.Project, new OfficeLeadStep[0])]
    [TestCase(OfficeLeadStatus.Ended, new OfficeLeadStep[0])]
    public void R137_a_lead_goes_step_by_step(OfficeLeadStatus status, OfficeLeadStep[] next)
    {
        foreach (var step in Enum.GetValues<OfficeLeadStep>())
            OfficeLeadRules.MayTake(status, step)?.Slug.ShouldBe(next.Contains(step) ? null : "lead-state");
        OfficeLeadRules.Next(status).ShouldBe(next);
    }
}
