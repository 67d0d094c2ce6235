using Pipeline.Domain.Projects;
using Pipeline.Domain.Transfers;

namespace Pipeline.Domain.Tests.Transfers;

/// <summary>The blind market (§15.9): fits by what landed in a unit, and where an offer stands.</summary>
public sealed class MarketTests
{
    private static readonly Dictionary<string, IReadOnlyList<MarketNeeds>> Landed = new()
    {
        // Three of machinery, of which one took 120 mu; 9 000 tce at most.
        ["pinghu"] =
        [
            MarketNeeds.Of("3511", 120m, 9_000m),
            MarketNeeds.Of("3821", 40m, null),
            MarketNeeds.Of("3899", null, 5_000m),
            MarketNeeds.Of("38", 30m, 100m),
        ],
        // One of machinery, on 80 mu; of its energy nothing is known.
        ["haiyan"] = [MarketNeeds.Of("3812", 80m, null)],
        // Nothing landed at all.
        ["jxport"] = [],
    };

    [Test]
    public void A_project_fits_where_its_class_landed_and_as_much_land_and_energy_was_found_before()
    {
        // Class 38, 100 mu, 6 000 tce.
        var fits = Market.Fits(MarketNeeds.Of("3832", 100m, 6_000m), Landed, NoLand);
        fits.Select(fit => fit.UnitId).ShouldBe(["pinghu", "haiyan", "jxport"]);
        fits[0]
            .For.ShouldBe([
                new FitReason(FitBy.Class, Count: 3),
                new FitReason(FitBy.Land, Most: 120m),
                new FitReason(FitBy.Energy, Most: 9_000m),
            ]);
        fits[0].Against.ShouldBeEmpty();
        fits[1].For.ShouldBe([new FitReason(FitBy.Class, Count: 1)]);
        fits[1].Against.ShouldBe([new FitReason(FitBy.Land, Most: 80m)]);
        fits[1].Unknown.ShouldBe([FitBy.Energy, FitBy.Parcels]);
        fits[2].Against.ShouldBe([new FitReason(FitBy.Class, Count: 0)]);
        fits[2].Unknown.ShouldBe([FitBy.Land, FitBy.Energy, FitBy.Parcels]);
    }

    [Test]
    public void As_much_as_was_taken_before_is_enough_and_a_hair_more_is_not()
    {
        Market.Fits(MarketNeeds.Of(null, 120m, null), Landed, NoLand)[0].For.Single().By.ShouldBe(FitBy.Land);
        Market
            .Fits(MarketNeeds.Of(null, 120.01m, null), Landed, NoLand)
            .Single(fit => fit.UnitId == "pinghu")
            .Against.Single()
            .ShouldBe(new FitReason(FitBy.Land, Most: 120m));
    }

    [Test]
    public void What_a_project_does_not_say_is_unknown_and_never_nought()
    {
        foreach (var fit in Market.Fits(MarketNeeds.Of("3", null, null), Landed, NoLand))
            (fit.For.Count, fit.Against.Count, fit.Unknown.Count).ShouldBe((0, 0, 4), fit.UnitId);
    }

    [TestCase(false, false, true, Stage.InTalks, false, MarketStatus.Open)]
    [TestCase(false, false, true, Stage.InTalks, true, MarketStatus.Proposed)]
    [TestCase(false, true, false, Stage.InTalks, false, MarketStatus.Transferred)]
    [TestCase(false, true, false, Stage.Signed, false, MarketStatus.Transferred)]
    [TestCase(false, false, false, Stage.InTalks, false, MarketStatus.Ended)]
    [TestCase(false, false, true, Stage.Signed, false, MarketStatus.Ended)]
    [TestCase(true, false, true, Stage.InTalks, false, MarketStatus.Withdrawn)]
    public void Where_an_offer_stands(
        bool withdrawn,
        bool transferred,
        bool stillOwn,
        Stage stage,
        bool openTransfer,
        MarketStatus expected
    ) => Market.StatusOf(withdrawn, transferred, stillOwn, stage, openTransfer).ShouldBe(expected);

    private static readonly ILookup<string, decimal> NoLand = Array.Empty<decimal>().ToLookup(_ => "");

    // Free in one piece: 102.76 and 80 mu. For 100 mu one is enough, for 110 none.
    [Test]
    public void R132_free_land_of_a_unit_speaks_for_it_or_against_it()
    {
        var unit = Landed.Keys.First();
        var free = new[] { 102.76128m, 80m }.ToLookup(_ => unit);
        Market
            .Fits(MarketNeeds.Of(null, 100m, null), Landed, free)
            .Single(fit => fit.UnitId == unit)
            .For.ShouldContain(new FitReason(FitBy.Parcels, Count: 1));
        Market
            .Fits(MarketNeeds.Of(null, 110m, null), Landed, free)
            .Single(fit => fit.UnitId == unit)
            .Against.ShouldContain(new FitReason(FitBy.Parcels, Count: 0));
    }
}
