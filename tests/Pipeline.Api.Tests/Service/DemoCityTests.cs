using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Service;

/// <summary>What a newcomer finds: the real register, and an invented year with targets, so that this year's league table means something.</summary>
public sealed class DemoCityTests
{
    [Test]
    public async Task The_first_start_shows_a_league_table_of_this_year_and_a_closed_month()
    {
        using var database = new TestDatabase("sqlite");
        using var app = new PipelineApp(
            "sqlite",
            new FakeTime(new DateTimeOffset(2026, 11, 20, 2, 0, 0, TimeSpan.Zero)),
            database,
            new Dictionary<string, string?> { ["Demo:Register"] = null }
        );
        var centre = app.As("centre");

        // Haining of db/seed/sample-year.csv: signed on days of January, March, May, July and September, five of a target of five; one of them from 1 billion, of two.
        var year = (await centre.Get("boards?period=2026")).Is(200);
        ((string)year["period"]!).ShouldBe("2026");
        Figure(year, "海宁市", "projects-signed").ShouldBe((5m, 1m));
        Figure(year, "海宁市", "projects-1b").ShouldBe((1m, 0.5m));

        // Tongxiang has 21, 14.2 and 52 hundred million.
        Figure(year, "桐乡市", "projects-1b").ShouldBe((3m, 1.5m));

        // August is closed, and a bulletin can be made of it: four signed until then, one of them in July.
        var closed = (await centre.Get("periods"))
            .Is(200)["items"]
            .AsArray()
            .First(one => one!["snapshotId"] is not null)!;
        ((string)closed["period"]!).ShouldBe("2026-08");
        var draft = (
            await centre.Post(
                "bulletins",
                new
                {
                    period = "2026-08",
                    kind = "monthly",
                    template = "full",
                }
            )
        ).Is(201);
        var row = draft["content"]["tables"]!
            .AsArray()
            .Single(table => (string)table!["indicator"]! == "projects-signed")!["rows"]!
            .AsArray()
            .Single(row => (string)row!["unit"]!["name"]! == "海宁市")!;
        ((decimal)row["value"]!, (decimal)row["cumulative"]!).ShouldBe((0m, 4m));

        // Nothing invented is taken for a doubt's cause or for somebody else's project.
        var import = (await centre.Get("imports"))
            .Is(200)["items"]
            .AsArray()
            .Single(one => (string)one!["fileName"]! == "sample-year.csv")!;
        ((int)import["rowsAccepted"]!, (int)import["rowsDoubtful"]!, (int)import["duplicates"]!).ShouldBe((36, 0, 0));
    }

    private static (decimal Value, decimal Completion) Figure(Answer board, string unit, string indicator)
    {
        var figure = board["items"].AsArray().Single(item => (string)item!["unit"]!["name"]! == unit)!["figures"]!
            .AsArray()
            .SingleOrDefault(figure => (string)figure!["indicator"]! == indicator)
            ?? throw new AssertionException(board.Text);
        return (
            (decimal)figure["value"]!,
            decimal.Parse((string)figure["completion"]!, System.Globalization.CultureInfo.InvariantCulture)
        );
    }
}
