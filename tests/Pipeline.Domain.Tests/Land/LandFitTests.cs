using Pipeline.Domain.Land;

namespace Pipeline.Domain.Tests.Land;

/// <summary>How projects fit parcels, with reasons (R132).</summary>
public sealed class LandFitTests
{
    // The worked test of R132: 68 507.52 m² × 3 ÷ 2000 = 102.761 28 mu; at 2.5 million yuan a mu 256 903 200 yuan.
    private static readonly FitParcel Parcel = new(
        68_507.52m,
        68_507.52m,
        LandUse.Industrial,
        ["38", "39"],
        2_500_000m,
        3_000_000m,
        150_000m,
        new DateOnly(2026, 9, 1),
        ZoneRank.Provincial,
        300_000m
    );

    private static readonly FitProject Project = new(
        100m,
        "3841",
        true,
        260_000_000m,
        400_000_000m,
        20_000_000m,
        new DateOnly(2026, 10, 1),
        true
    );

    [Test]
    public void R132_mu_are_square_metres_times_3_over_2000()
    {
        LandArea.ToMu(68_507.52m).ShouldBe(102.76128m);
        ParcelRules
            .ListsOf(ParcelStatus.Offered, null, LandArea.ToMu(68_507.52m), 0, LandOffer.Default)
            .ShouldBe([LandList.Offer]);
    }

    [Test]
    public void R132_a_project_of_250_million_does_not_fit_and_one_of_260_million_does()
    {
        var fits = LandFit.Of(Project, Parcel);
        fits.Fits.ShouldBe(true);
        fits.Against.ShouldBeEmpty();
        fits.Unknown.ShouldBeEmpty();
        fits.For.Select(reason => reason.By)
            .ShouldBe([
                LandFitBy.Area,
                LandFitBy.Class,
                LandFitBy.Intensity,
                LandFitBy.Output,
                LandFitBy.Tax,
                LandFitBy.Date,
                LandFitBy.Zone,
                LandFitBy.Price,
            ]);
        fits.For.Single(reason => reason.By == LandFitBy.Intensity)
            .ShouldBe(new LandReason(LandFitBy.Intensity, 256_903_200m, 260_000_000m));

        var less = LandFit.Of(Project with { Total = 250_000_000m }, Parcel);
        less.Fits.ShouldBe(false);
        less.Against.ShouldBe([new LandReason(LandFitBy.Intensity, 256_903_200m, 250_000_000m)]);

        // The boundary itself fits.
        LandFit.Of(Project with { Total = 256_903_200m }, Parcel).Fits.ShouldBe(true);
        LandFit.Of(Project with { Total = 256_903_199.99m }, Parcel).Fits.ShouldBe(false);
    }

    [Test]
    public void R132_what_nobody_knows_is_neither_for_nor_against()
    {
        var nothing = LandFit.Of(
            new FitProject(null, null, false, null, null, null, null, false),
            Parcel with
            {
                Zone = ZoneRank.Other,
            }
        );
        nothing.Fits.ShouldBeNull();
        nothing.For.ShouldBeEmpty();
        nothing.Against.ShouldBeEmpty();
        nothing.Unknown.ShouldBe(Enum.GetValues<LandFitBy>());

        // A parcel of which nothing but its area is stated says nothing but that.
        var bare = LandFit.Of(
            Project,
            new FitParcel(68_507.52m, 68_507.52m, null, [], null, null, null, null, null, null)
        );
        bare.For.ShouldBe([new LandReason(LandFitBy.Area, 100m, 102.76128m)]);
        bare.Fits.ShouldBeNull();
    }

    [Test]
    public void R132_area_class_date_and_zone_speak_against()
    {
        var fit = LandFit.Of(
            Project with
            {
                LandMu = 102.77m,
                IndustryCode = "2710",
                StartsOn = new DateOnly(2026, 8, 31),
            },
            Parcel with
            {
                Zone = ZoneRank.Other,
            }
        );
        fit.Fits.ShouldBe(false);
        fit.Against.Select(reason => reason.By)
            .ShouldBe([LandFitBy.Area, LandFitBy.Class, LandFitBy.Date, LandFitBy.Zone]);
        fit.Against[2].NeededOn.ShouldBe(new DateOnly(2026, 8, 31));
        fit.Against[2].ThereOn.ShouldBe(new DateOnly(2026, 9, 1));
    }

    [Test]
    public void R132_other_parcels_of_the_group_make_up_what_one_lacks()
    {
        // 102.761 28 mu alone; 200 000 m² in one piece = 300 mu.
        var fit = LandFit.Of(Project with { LandMu = 250m }, Parcel with { ContiguousArea = 200_000m });
        fit.For.First().ShouldBe(new LandReason(LandFitBy.Area, 250m, 300m, WithGroup: true));
    }

    [Test]
    public void R132_without_classes_manufacturing_goes_on_industrial_land_and_of_all_else_nobody_knows()
    {
        var open = Parcel with { Classes = [] };
        LandFit.Of(Project, open).For.ShouldContain(reason => reason.By == LandFitBy.Class);
        LandFit.Of(Project with { Manufacturing = false }, open).Unknown.ShouldBe([LandFitBy.Class]);
        LandFit.Of(Project, open with { Use = LandUse.Commercial }).Unknown.ShouldBe([LandFitBy.Class]);
    }

    [Test]
    [TestCase(ParcelStatus.Offered, null, "100", "0", "offer")]
    [TestCase(ParcelStatus.Offered, null, "99.99999", "0", "")]
    [TestCase(ParcelStatus.Reserve, true, "200", "200", "reserve")]
    [TestCase(ParcelStatus.Reserve, true, "200", "199.99", "")]
    [TestCase(ParcelStatus.Reserve, false, "300", "0", "")]
    [TestCase(ParcelStatus.Offered, true, "200", "200", "offer reserve")]
    [TestCase(ParcelStatus.Sold, true, "500", "500", "")]
    public void R132_lists_begin_at_100_mu_in_one_piece_and_200_mu_cleared(
        ParcelStatus status,
        bool? cleared,
        string contiguous,
        string clearedMu,
        string lists
    ) =>
        string.Join(
                ' ',
                ParcelRules
                    .ListsOf(
                        status,
                        cleared,
                        decimal.Parse(contiguous, System.Globalization.CultureInfo.InvariantCulture),
                        decimal.Parse(clearedMu, System.Globalization.CultureInfo.InvariantCulture),
                        LandOffer.Default
                    )
                    .Select(list => list.ToString().ToLowerInvariant())
            )
            .ShouldBe(lists);

    [Test]
    public void R132_what_is_sold_or_taken_is_refused_to_others()
    {
        ParcelRules.MayTake(ParcelStep.Negotiate, ParcelStatus.Sold)!.Slug.ShouldBe("parcel-taken");
        ParcelRules.MayHave("a", "b")!.Slug.ShouldBe("parcel-taken");
        ParcelRules.MayHave("a", "a").ShouldBeNull();
        ParcelRules.MayTake(ParcelStep.Negotiate, ParcelStatus.Reserve)!.Slug.ShouldBe("parcel-state");
        ParcelRules.MayTake(ParcelStep.Offer, ParcelStatus.Negotiating).ShouldBeNull();
        ParcelRules.MayTake(ParcelStep.Withdraw, ParcelStatus.Sold)!.Slug.ShouldBe("parcel-state");
    }
}
