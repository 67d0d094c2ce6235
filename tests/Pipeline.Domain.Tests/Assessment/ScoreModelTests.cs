using Pipeline.Domain.Assessment;

namespace Pipeline.Domain.Tests.Assessment;

/// <summary>Score models as data, scored by every method over two units, and what is not known of them (R111–R116).</summary>
public sealed class ScoreModelTests
{
    private const string North = "north",
        South = "south";

    private static ScoreItem Item(
        string id,
        decimal weight,
        ScoreMethod method,
        params (string Indicator, decimal? Each)[] sources
    ) =>
        new()
        {
            Id = id,
            Name = id,
            Weight = weight,
            Method = method,
            Sources =
            [
                .. sources.Select(source => new ScoreSource { Indicator = source.Indicator, Each = source.Each }),
            ],
        };

    private static ScoreModel Model(params ScoreItem[] items) =>
        new()
        {
            Year = 2026,
            Name = "2026",
            Groups =
            [
                new ScoreGroup
                {
                    Id = "counties",
                    Name = "县",
                    Units = [North, South],
                },
            ],
            Items = items,
        };

    private static ScoreFacts Facts(
        params (string Unit, string Indicator, decimal? Value, decimal? Target)[] figures
    ) =>
        new()
        {
            Figures = figures.ToDictionary(
                one => (one.Unit, one.Indicator),
                one => new ScoreFigure(one.Value, one.Target, true, Direction.Up, 0)
            ),
        };

    private static IReadOnlyList<decimal?> ScoresOf(UnitScore unit) => [.. unit.Items.Select(item => item.Score)];

    // Test 1 [S8] as a model: six items of half a mark each. The first unit: 0.96 → 0.48; 1.2 under a cap of 1.2 → 0.60; (28/27 + 177.7/54) ÷ 2 over 1 → 0.50; nothing missing → 0.50; 0·0.2 + 1·0.2 + 1·0.1 = 0.30; 0.5 − 1·0.1 = 0.40; together 2.78.
    // The second: 0.90 → 0.45; 1.5 → 0.60; over 1 → 0.50; 0.50; 1·0.2 + 1·0.2 + 1·0.1 = 0.50; 0.40; together 2.95.
    [Test]
    public void R111_test_1_two_units_score_as_published_by_a_model()
    {
        var model = Model(
            Item("linear", 0.5m, ScoreMethod.Linear, ("a", null)),
            Item("capped", 0.5m, ScoreMethod.Linear, ("b", null)) with
            {
                Cap = 1.2m,
            },
            Item("mixed", 0.5m, ScoreMethod.Mixed, ("c", null), ("d", null)) with
            {
                FirstShare = 0.5m,
            },
            Item("shortfall", 0.5m, ScoreMethod.Shortfall, ("e", 0.1m)),
            Item("points", 0.5m, ScoreMethod.Points, ("f", 0.2m), ("g", 0.2m), ("h", 0.1m)),
            Item("deduct", 0.5m, ScoreMethod.Deduct, ("i", 0.1m))
        );
        var facts = Facts(
            (North, "a", 96, 100),
            (North, "b", 1.3m, 1),
            (North, "c", 28, 27),
            (North, "d", 177.7m, 54),
            (North, "e", 5, 5),
            (North, "f", 0, null),
            (North, "g", 1, null),
            (North, "h", 1, null),
            (North, "i", 1, null),
            (South, "a", 90, 100),
            (South, "b", 1.5m, 1),
            (South, "c", 28, 27),
            (South, "d", 54, 54),
            (South, "e", 6, 5),
            (South, "f", 1, null),
            (South, "g", 1, null),
            (South, "h", 1, null),
            (South, "i", 1, null)
        );
        var scores = Scoring.Score(model, facts);
        ScoresOf(scores[0]).ShouldBe([0.48m, 0.60m, 0.50m, 0.50m, 0.30m, 0.40m]);
        ScoresOf(scores[1]).ShouldBe([0.45m, 0.60m, 0.50m, 0.50m, 0.50m, 0.40m]);
        scores.Select(unit => unit.Total).ShouldBe([2.78m, 2.95m]);
        scores.Select(unit => unit.Rank).ShouldBe([2, 1]);
        scores.ShouldAllBe(unit => unit.Complete && unit.OutOf == 3m);
    }

    // A year of two units, 110 marks:
    // linear 20: 8 of 10 → 16; 12 of 10 → 20.
    // mixed 10, a = 0.4, cap 1.2: 0.4·0.5 + 0.6·1 = 0.8 → 8; 0.4·1.5 + 0.6·1.5 = 1.5 → cap 1.2 → 12.
    // efficacy 10 of 300 and 100: most → 10; least → 10·60/100 = 6.
    // relative 10 of 300 and 100: 10; 3.3333….
    // shortfall 10, 2 for each of two targets: 3 of 5 and 4 of 4 → 10 − 2·2 = 6; 0 of 5 and 1 of 4 → 10 − 2·5 − 2·3 < 0 → 0.
    // deduct 10, 1 and 3 each: 2·1 + 1·3 → 5; none → 10.
    // points 10, 4 each for 亿: 1.5亿 → 6; 3亿 → 12 → 10.
    // steps 20, 100/80/50 → 100/75/50 %: c 0.83 → 15; 0.499 → 0.
    // manual 10: 9 and 7.
    // Bonus by projects, cap 10: 12亿/0.7 +4, 60亿/3.0 +8 → 12 → 10; 55亿/2.0 → 0. Deduction 0.5 for each of 3 → 1.5; none.
    // First: 16+8+10+10+6+5+6+15+9 = 85 + 10 − 1.5 = 93.5. Second: 20+12+6+10/3+0+10+10+0+7 = 65 + 10/3 = 68.3333….
    [Test]
    public void A_year_of_two_units_by_every_method()
    {
        var (model, facts) = WholeYear();
        var scores = Scoring.Score(model, facts);
        ScoresOf(scores[0]).ShouldBe([16m, 8m, 10m, 10m, 6m, 5m, 6m, 15m, 9m]);
        ScoresOf(scores[1]).ShouldBe([20m, 12m, 6m, 10m / 3, 0m, 10m, 10m, 0m, 7m]);
        (scores[0].Bonuses[0].Score, scores[1].Bonuses[0].Score).ShouldBe((10m, 0m));
        (scores[0].Deductions[0].Score, scores[1].Deductions[0].Score).ShouldBe((1.5m, 0m));
        scores[0].Total.ShouldBe(93.5m);
        Math.Round(scores[1].Total!.Value, 4).ShouldBe(68.3333m);
        scores.Select(unit => unit.Rank).ShouldBe([1, 2]);
        model.SumWeights().ShouldBe(110m);
        scores[0].Bonuses[0].Projects!.Select(project => project.Points).ShouldBe([4m, 8m]);
        (scores[1].Items[2].Least, scores[1].Items[2].Most).ShouldBe((100m, 300m));
        scores[0].Items[7].Step.ShouldBe(0.8m);
    }

    private static (ScoreModel, ScoreFacts) WholeYear()
    {
        const decimal Yi = 100_000_000;
        var model = Model(
            Item("linear", 20, ScoreMethod.Linear, ("signed", null)),
            Item("mixed", 10, ScoreMethod.Mixed, ("capital", null), ("foreign", null)) with
            {
                FirstShare = 0.4m,
                Cap = 1.2m,
            },
            Item("efficacy", 10, ScoreMethod.Efficacy, ("output", null)),
            Item("relative", 10, ScoreMethod.Relative, ("output", null)),
            Item("shortfall", 10, ScoreMethod.Shortfall, ("large", 2), ("huge", 2)),
            Item("deduct", 10, ScoreMethod.Deduct, ("late", 1), ("false", 3)),
            Item("points", 10, ScoreMethod.Points, ("funds", 4)) with
            {
                Sources =
                [
                    new ScoreSource
                    {
                        Indicator = "funds",
                        Each = 4,
                        Per = Yi,
                    },
                ],
            },
            Item("steps", 20, ScoreMethod.Steps, ("started", null)) with
            {
                Steps =
                [
                    new ScoreStep { From = 1, Share = 1 },
                    new ScoreStep { From = 0.8m, Share = 0.75m },
                    new ScoreStep { From = 0.5m, Share = 0.5m },
                ],
            },
            Item("manual", 10, ScoreMethod.Manual)
        ) with
        {
            Bonuses =
            [
                new ScoreExtra
                {
                    Id = "large-projects",
                    Name = "large",
                    Method = ExtraMethod.Projects,
                    Cap = 10,
                    Sources = [new ScoreSource { Indicator = "signed" }],
                    LeastInvested = 0.05m,
                    Brackets =
                    [
                        new BonusBracket { From = 10 * Yi, Points = 4 },
                        new BonusBracket { From = 50 * Yi, Points = 8 },
                    ],
                },
            ],
            Deductions =
            [
                new ScoreExtra
                {
                    Id = "overdue",
                    Name = "overdue",
                    Method = ExtraMethod.Counted,
                    Cap = 5,
                    Sources = [new ScoreSource { Indicator = "overdue", Each = 0.5m }],
                },
            ],
        };
        var facts = Facts(
            (North, "signed", 8, 10),
            (North, "capital", 5, 10),
            (North, "foreign", 10, 10),
            (North, "output", 300, null),
            (North, "large", 3, 5),
            (North, "huge", 4, 4),
            (North, "late", 2, null),
            (North, "false", 1, null),
            (North, "funds", 1.5m * Yi, null),
            (North, "started", 83, 100),
            (North, "overdue", 3, null),
            (South, "signed", 12, 10),
            (South, "capital", 15, 10),
            (South, "foreign", 15, 10),
            (South, "output", 100, null),
            (South, "large", 0, 5),
            (South, "huge", 1, 4),
            (South, "late", 0, null),
            (South, "false", 0, null),
            (South, "funds", 3 * Yi, null),
            (South, "started", 499, 1000),
            (South, "overdue", 0, null)
        ) with
        {
            Marks = new Dictionary<(string, string), ManualMark>
            {
                [(North, "manual")] = new(9, "民主测评"),
                [(South, "manual")] = new(7, "民主测评"),
            },
            Projects = new Dictionary<(string, string), IReadOnlyList<BonusProject>>
            {
                [(North, "large-projects")] = [new("p1", 12 * Yi, 0.7m * Yi, 1), new("p2", 60 * Yi, 3.0m * Yi, 1)],
                [(South, "large-projects")] = [new("p3", 55 * Yi, 2.0m * Yi, 1)],
            },
        };
        return (model, facts);
    }

    [Test]
    public void R103_without_a_target_nothing_is_scored_and_what_is_unknown_is_not_zero()
    {
        var model = Model(
            Item("no-target", 10, ScoreMethod.Linear, ("a", null)),
            Item("target-zero", 10, ScoreMethod.Linear, ("b", null)),
            Item("unknown", 10, ScoreMethod.Linear, ("c", null)),
            Item("no-mark", 10, ScoreMethod.Manual),
            Item("scored", 10, ScoreMethod.Linear, ("d", null))
        );
        var score = Scoring.Score(
            model,
            Facts((North, "a", 5, null), (North, "b", 5, 0), (North, "c", null, 5), (North, "d", 1, 2))
        )[0];
        ScoresOf(score).ShouldBe([null, null, null, null, 5m]);
        score
            .Items.Select(item => item.Why)
            .ShouldBe([NotScored.NoTarget, NotScored.NoTarget, NotScored.NotKnown, NotScored.NoMark, null]);
        (score.Total, score.OutOf, score.Complete).ShouldBe((5m, 10m, false));

        // The other unit has nothing at all: no total, no rank; and the first one has nobody before it.
        var nothing = Scoring.Score(model, Facts())[1];
        (nothing.Total, nothing.Rank).ShouldBe((null, null));
    }

    [Test]
    public void R116_who_lacks_what_others_are_scored_on_has_no_rank_but_what_nobody_has_yet_is_left_aside()
    {
        var model = Model(
            Item("linear", 10, ScoreMethod.Linear, ("a", null)),
            Item("second", 10, ScoreMethod.Linear, ("b", null)),
            Item("manual", 10, ScoreMethod.Manual)
        );
        var both = Facts((North, "a", 1, 2), (North, "b", 1, 2), (South, "a", 2, 2), (South, "b", 2, 2));
        Scoring.Score(model, both).Select(unit => unit.Rank).ShouldBe([2, 1]);
        var lacking = Facts((North, "a", 1, 2), (North, "b", 1, 2), (South, "a", 2, 2), (South, "b", 2, null));
        Scoring.Score(model, lacking).Select(unit => unit.Rank).ShouldBe([1, null]);
    }

    // Ranks 1, 2, 2, 4: 92.4, 90, 90, 88. A third of 30 three times over and 30 are the same, though not to the last decimal.
    [Test]
    public void R116_equal_totals_share_a_rank()
    {
        var model = Model(Item("linear", 100, ScoreMethod.Linear, ("a", null))) with
        {
            Groups =
            [
                new ScoreGroup
                {
                    Id = "all",
                    Name = "all",
                    Units = ["u1", "u2", "u3", "u4"],
                },
            ],
        };
        Scoring
            .Score(
                model,
                Facts(("u1", "a", 924, 1000), ("u2", "a", 90, 100), ("u3", "a", 90, 100), ("u4", "a", 88, 100))
            )
            .Select(unit => unit.Rank)
            .ShouldBe([1, 2, 2, 4]);
        var thirds = Model(
            Item("first", 10, ScoreMethod.Linear, ("a", null)),
            Item("second", 10, ScoreMethod.Linear, ("b", null)),
            Item("third", 10, ScoreMethod.Linear, ("c", null))
        );
        Scoring
            .Score(
                thirds,
                Facts(
                    (North, "a", 1, 3),
                    (North, "b", 1, 3),
                    (North, "c", 1, 3),
                    (South, "a", 1, 1),
                    (South, "b", 0, 1),
                    (South, "c", 0, 1)
                )
            )
            .Select(unit => unit.Rank)
            .ShouldBe([1, 1]);
    }

    // Completion of what should be little is target ÷ actual: 2 of at most 4 is capped, none at all is beyond every number.
    [Test]
    public void R103_of_what_should_be_little_nothing_at_all_has_the_full_mark()
    {
        var model = Model(
            Item("linear", 10, ScoreMethod.Linear, ("late", null)) with
            {
                Cap = 1.2m,
            },
            Item("shortfall", 10, ScoreMethod.Shortfall, ("late", 3))
        );
        ScoreFacts Late(decimal value) =>
            new()
            {
                Figures = new Dictionary<(string, string), ScoreFigure>
                {
                    [(North, "late")] = new(value, 4, true, Direction.Down, 0),
                },
            };
        ScoresOf(Scoring.Score(model, Late(0))[0]).ShouldBe([12m, 10m]);
        ScoresOf(Scoring.Score(model, Late(4))[0]).ShouldBe([10m, 10m]);

        // 4 ÷ 5 = 0.8; one too many takes off 3.
        ScoresOf(Scoring.Score(model, Late(5))[0]).ShouldBe([8m, 7m]);
    }

    [Test]
    public void R112_a_project_whose_investment_nobody_stated_earns_nothing_certain()
    {
        var (model, facts) = WholeYear();
        ScoredPart Bonus(params BonusProject[] projects) =>
            Scoring
                .Score(
                    model,
                    facts with
                    {
                        Projects = new Dictionary<(string, string), IReadOnlyList<BonusProject>>
                        {
                            [(North, "large-projects")] = projects,
                        },
                    }
                )[0]
                .Bonuses[0];
        const decimal Yi = 100_000_000;
        var unknown = Bonus(new BonusProject("p1", 12 * Yi, null, 1));
        (unknown.Score, unknown.Why, unknown.Unknown).ShouldBe((null, NotScored.NotKnown, 1));

        // Beside a known one it is told; one that is too small for any bracket leaves no doubt.
        var beside = Bonus(
            new BonusProject("p1", 12 * Yi, null, 1),
            new BonusProject("p2", 60 * Yi, 3 * Yi, 0.5m),
            new BonusProject("p3", 2 * Yi, null, 1)
        );
        (beside.Score, beside.Why, beside.Unknown).ShouldBe((4m, null, 1));
        beside.Projects!.Select(project => project.Points).ShouldBe([null, 4m, 0m]);
    }

    [Test]
    public void A_unit_that_reads_itself_alone_is_not_compared()
    {
        var (model, facts) = WholeYear();
        var own = Scoring.Score(model, facts with { ComparesUnits = false }, [North]).Single();
        own.Items.Where(item => item.Why == NotScored.Withheld)
            .Select(item => item.Id)
            .ShouldBe(["efficacy", "relative"]);
        (own.Rank, own.Complete, own.OutOf).ShouldBe((null, false, 90m));
    }

    // w 50/30/20, c 0.62/0.80/1.30: 0.31 + 0.24 + 0.20 = 0.75. To 0.70 nothing is missing.
    // With c 0.50 for the first: 0.25 + 0.24 + 0.20 = 0.69, so 0.01 is missing: the first alone 0.01·100/50 = 0.02 more of 100 → 2; the second 0.01·100/30 = 0.0333… of 60 → 2; the third is at its full.
    [Test]
    public void R115_the_bar_and_what_is_missing_to_it()
    {
        var model = Model(Item("linear", 10, ScoreMethod.Linear, ("a", null))) with
        {
            Binding =
            [
                new BindingWeight { Indicator = "a", Weight = 50 },
                new BindingWeight { Indicator = "b", Weight = 30 },
                new BindingWeight { Indicator = "c", Weight = 20 },
            ],
        };
        var facts = Facts((North, "a", 62, 100), (North, "b", 48, 60), (North, "c", 13, 10));
        var bars = Scoring.Score(model, facts)[0].Bars!;
        (bars.Overall, bars.NotExcellent).ShouldBe((0.75m, false));
        bars.Warnings.ShouldBe([0]);
        ScoreGaps.ToBar(model, facts, North).Missing.ShouldBe(0m);

        var below = Facts((North, "a", 50, 100), (North, "b", 48, 60), (North, "c", 13, 10));
        var gap = ScoreGaps.ToBar(model, below, North);
        (gap.Overall, gap.Missing).ShouldBe((0.69m, 0.01m));
        gap.Ways.Select(way => (way.Indicator, Math.Round(way.Amount, 9))).ShouldBe([("a", 2m), ("b", 2m)]);

        // 0.699 96 shows as 70.00 % and is barred: 0.31 + 0.189 96 + 0.20.
        var shown = Facts((North, "a", 62, 100), (North, "b", 0.6332m, 1), (North, "c", 10, 10));
        var barred = Scoring.Score(model, shown)[0].Bars!;
        (barred.Overall, barred.NotExcellent).ShouldBe((0.69996m, true));

        // A binding figure that is not known leaves the whole unknown.
        var unknown = Scoring.Score(model, Facts((North, "a", null, 100), (North, "b", 48, 60)))[0].Bars!;
        (unknown.Overall, unknown.NotExcellent).ShouldBe((null, false));
    }

    // Of 8 signed of 10 two are missing, worth 20·2/10 = 4 marks; capital 5 of 10 worth 10·(1.0 − 0.8) = 2; large 3 of 5 worth 2·2 = 4; started 83 of 100 worth 20 − 15 = 5.
    [Test]
    public void What_is_missing_to_the_targets_and_what_it_would_bring()
    {
        var (model, facts) = WholeYear();
        ScoreGaps
            .ToTargets(model, facts, North)
            .Select(gap => (gap.Indicator, gap.Missing, gap.Gain))
            .ShouldBe(
                [("started", 17m, 5m), ("large", 2m, 4m), ("signed", 2m, 4m), ("capital", 5m, 2m)],
                ignoreOrder: false
            );
        var group = Scoring.Score(model, facts);
        ScoreGaps.ToRank(group, North, 1).Missing.ShouldBe(0m);

        // 93.5 − 68.3333… = 25.1666….
        Math.Round(ScoreGaps.ToRank(group, South, 1).Missing!.Value, 4).ShouldBe(25.1667m);
    }

    // Two years of four units: 1, 2, 2, 4 and 2, 1, 4, 3. Last are the fourth and the third: nobody two years running.
    // In the second year the fourth is last again, once the third is before it: that calls for a talk. Missing the targets two years running does too; once does not.
    [Test]
    public void R115_reminder_talks_after_two_years()
    {
        static UnitScore Ranked(string unit, int? rank, decimal? overall) =>
            new(unit, "all", [], [], [], 1, 1, true, rank, new BarStanding(overall, false, []));
        static bool Talks(string unit, UnitScore[] first, UnitScore[] second) =>
            Bars.CallsForTalk(
                [
                    .. Bars.StandingsOf(2025, first)
                        .Concat(Bars.StandingsOf(2026, second))
                        .Where(one => one.UnitId == unit)
                        .Select(one => one.Standing),
                ],
                2026
            );
        UnitScore[] before = [Ranked("u1", 1, 1), Ranked("u2", 2, 0.9m), Ranked("u3", 2, 1), Ranked("u4", 4, 1)];
        UnitScore[] after = [Ranked("u1", 2, 0.99m), Ranked("u2", 1, 0.99m), Ranked("u3", 4, 1), Ranked("u4", 3, 1)];
        new[] { "u1", "u2", "u3", "u4" }.Where(unit => Talks(unit, before, after)).ShouldBe(["u2"]);
        UnitScore[] again = [Ranked("u1", 1, 1), Ranked("u3", 2, 1), Ranked("u4", 3, 1)];
        new[] { "u1", "u2", "u3", "u4" }.Where(unit => Talks(unit, before, again)).ShouldBe(["u4"]);

        // Where all share the first place nobody is last, and without a rank nobody knows.
        UnitScore[] equal = [Ranked("u3", 1, 1), Ranked("u4", 1, 1)];
        Talks("u4", before, equal).ShouldBeFalse();
        Talks("u4", before, [Ranked("u4", null, 0.5m)]).ShouldBeFalse();
    }

    [Test]
    public void A_model_says_where_it_is_wrong()
    {
        var known = new HashSet<string> { "a", "b" };
        var units = new HashSet<string> { North, South };
        Model(Item("linear", 10, ScoreMethod.Linear, ("a", null))).Faults(known, units).ShouldBeEmpty();
        var (whole, facts) = WholeYear();
        whole
            .Faults(facts.Figures.Keys.Select(key => key.Indicator).ToHashSet(), units)
            .Select(fault => (fault.Field, fault.Code))
            .ShouldBeEmpty();

        string[] Places(ScoreModel model) =>
            [.. model.Faults(known, units).Select(fault => $"{fault.Field} {fault.Code}")];
        Places(Model(Item("linear", 0, ScoreMethod.Linear, ("z", null))))
            .ShouldBe(["items[0].weight marks", "items[0].sources[0].indicator indicator"]);
        Places(Model(Item("one", 1, ScoreMethod.Mixed, ("a", null))))
            .ShouldBe(["items[0].sources count-between", "items[0].firstShare part-of-one"]);
        Places(
                Model(
                    Item("one", 1, ScoreMethod.Manual),
                    Item("one", 1, ScoreMethod.Steps, ("a", null)) with
                    {
                        Steps = [new ScoreStep { From = 0.5m, Share = 1 }, new ScoreStep { From = 1, Share = 0.5m }],
                    }
                )
            )
            .ShouldBe(["items[1].id twice", "items[1].steps steps-descending"]);
        Places(new ScoreModel { Groups = null!, Items = null! })
            .ShouldBe(["year range", "name required", "groups count-between", "items count-between"]);
        Places(
                Model(Item("one", 1, ScoreMethod.Deduct, ("a", null))) with
                {
                    Groups =
                    [
                        new ScoreGroup
                        {
                            Id = "one",
                            Name = "one",
                            Units = [North, North, "elsewhere"],
                        },
                    ],
                }
            )
            .ShouldBe([
                "groups[0].units[1] twice",
                "groups[0].units[2] unit-does-not-report",
                "items[0].sources[0].each marks",
            ]);
    }
}
