using Pipeline.Domain.Changes;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Tests.Changes;

/// <summary>Who is told what of a change (R20, contract "Visibility").</summary>
public sealed class SightTests
{
    // type, when it was open to the reader, whether it is open today, what is told.
    [TestCase("project.changed", Seen.Throughout, true, "project.changed")]
    [TestCase("project.changed", Seen.Throughout, false, null)]
    [TestCase("project.changed", Seen.After, true, "project.appeared")]
    [TestCase("project.changed", Seen.After, false, null)]
    [TestCase("project.moved", Seen.After, true, "project.appeared")]
    [TestCase("project.moved", Seen.Before, true, "project.gone")]
    [TestCase("project.moved", Seen.Before, false, "project.gone")]
    [TestCase("project.registered", Seen.After, true, "project.registered")]
    [TestCase("project.registered", Seen.After, false, null)]
    [TestCase("project.changed", Seen.Never, true, null)]
    [TestCase("claim.ended", Seen.Throughout, true, "claim.ended")]
    [TestCase("claim.ended", Seen.Throughout, false, null)]
    public void A_change_is_told_as_what_it_is_to_the_reader(string type, Seen seen, bool openNow, string? told) =>
        Sight.Told(type, seen, openNow).ShouldBe(told);

    [Test]
    public void A_project_in_talks_is_open_to_its_unit_its_partners_and_all_leaders() =>
        ProjectAudience
            .Of("nanhu", Stage.InTalks, null, false, ["pinghu"], ["li"])
            .ShouldBe(["nanhu", "pinghu", "leaders"], ignoreOrder: true);

    [Test]
    public void A_signed_project_is_open_to_everybody_and_to_no_partner() =>
        ProjectAudience
            .Of("nanhu", Stage.Signed, new DateOnly(2026, 5, 4), false, ["pinghu"], ["li"])
            .ShouldBe(["nanhu", "leaders", "*"], ignoreOrder: true);

    [Test]
    public void A_secret_project_is_open_to_its_unit_and_the_leaders_named_on_it() =>
        ProjectAudience
            .Of("nanhu", Stage.Signed, new DateOnly(2026, 5, 4), true, [], ["li"])
            .ShouldBe(["nanhu", "li"], ignoreOrder: true);

    // What ended in talks was never public; what ended after its signing stays so.
    [TestCase(null, false)]
    [TestCase("2026-05-04", true)]
    public void What_has_ended_is_public_if_it_was_signed(string? signedOn, bool isPublic) =>
        ProjectAudience
            .IsPublished(Stage.Terminated, signedOn is null ? null : DateOnly.Parse(signedOn))
            .ShouldBe(isPublic);

    [TestCase("project.*", 6)]
    [TestCase("light.turned", 1)]
    [TestCase("project.renamed", 0)]
    [TestCase("*", 0)]
    [TestCase("pro.*", 0)]
    public void A_pattern_names_a_type_or_a_family(string pattern, int types) =>
        ChangeTypes.Named(pattern).Count.ShouldBe(types);

    // R7 in talks: yellow after two months, red after three.
    [Test]
    public void Turns_that_are_noticed_late_are_told_each_on_its_day()
    {
        var days = new LightDays(new DateOnly(2026, 7, 4), new DateOnly(2026, 8, 4), null);
        LightTurns
            .Until(days, Light.Green, new DateOnly(2026, 8, 20))
            .ShouldBe([(Light.Yellow, new DateOnly(2026, 7, 4)), (Light.Red, new DateOnly(2026, 8, 4))]);
        LightTurns
            .Until(days, Light.Yellow, new DateOnly(2026, 8, 20))
            .ShouldBe([(Light.Red, new DateOnly(2026, 8, 4))]);
        LightTurns.Until(days, Light.Red, new DateOnly(2026, 8, 20)).ShouldBeEmpty();
        LightTurns.Until(days, Light.Green, new DateOnly(2026, 7, 3)).ShouldBeEmpty();
        LightTurns
            .Until(days with { YellowOn = days.RedOn }, Light.Green, new DateOnly(2026, 8, 4))
            .ShouldBe([(Light.Red, new DateOnly(2026, 8, 4))]);
    }
}
