using Pipeline.Api.Features.RuleSets;
using Pipeline.Domain;
using Pipeline.Domain.Rules;
using Pipeline.Store.Rules;

namespace Pipeline.Api.Tests.RuleSets;

/// <summary>A number of a rule set is declared where it is reckoned with, where it is posted and where it is told, by one name; all else follows.</summary>
public sealed class RuleSetMembersTests
{
    private static string[] MembersOf(Type type) =>
        [.. type.GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order()];

    [Test]
    public void What_is_posted_is_what_is_reckoned_with_and_what_is_told()
    {
        var posted = MembersOf(typeof(RuleSetBody));
        MembersOf(typeof(RuleSet)).Except(["Id", "StartsAt", "EndsAt"]).ShouldBe(posted.Except(["EffectiveFrom"]));
        MembersOf(typeof(RuleSetView))
            .Except(["Id", "EffectiveTo", "StartsAt", "YearsWithoutRates", "Version", "AllowedActions"])
            .ShouldBe(posted);
    }

    [Test]
    public void What_is_not_said_is_the_one_before_and_then_the_standard()
    {
        var before = new RuleSetBody
        {
            Name = "before",
            MaxTransfers = 3,
            LeaderContact = IsoDuration.Parse("P1M"),
        };
        var after = new RuleSetBody { Name = "after", MaxTransfers = 1 }.Over(before);
        (after.Name, after.MaxTransfers, after.LeaderContact).ShouldBe(("after", 1, IsoDuration.Parse("P1M")));
        after.ElementsShare.ShouldBeNull();

        // 70 % where nobody said otherwise (R117); what every rule set has to say has no standard.
        var whole = after.Complete();
        whole.ElementsShare.ShouldBe(0.70m);
        whole.LeaderContact.ShouldBe(IsoDuration.Parse("P1M"));
        whole.Exclusivity.ShouldBeNull();
        whole.NoticeThresholds.ShouldBeEmpty();
    }
}
