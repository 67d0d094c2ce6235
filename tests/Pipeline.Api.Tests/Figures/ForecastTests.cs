using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Figures;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Figures;

/// <summary>The forecast of landings (§15.12), and the daily proof that the books balance (§15.2).</summary>
public sealed class ForecastTests(string engine) : OnEachEngine(engine)
{
    private Actor Nanhu => App.As("nanhu");
    private Actor Pinghu => App.As("pinghu");
    private Actor Centre => App.As("centre");

    private void On(string day) => App.Time.Advance(DateTimeOffset.Parse($"{day}T01:00:00Z") - App.Time.GetUtcNow());

    private async Task<string> Talks(Actor unit, int number, bool secret = false)
    {
        var body = Given.Another(number);
        body["secret"] = secret;
        return (string)(await unit.Reports(body)).Is(201)["projectId"]!;
    }

    /// <summary>Moves a project to the stage at which it is credited.</summary>
    private async Task Lands(Actor unit, string project, string on)
    {
        var signing = (await unit.Submits(project, Given.Signing(on))).Is(201);
        (await Centre.Post($"moves/{signing["id"]}/verify")).Is(200);
        var move = (
            await unit.Submits(
                project,
                new
                {
                    to = "registered",
                    occurredOn = on,
                    evidence = new { filingCode = "F-1", filedOn = on },
                }
            )
        ).Is(201);
        (await Centre.Post($"moves/{move["id"]}/verify")).Is(200);
    }

    private Task Count() => App.Services.GetRequiredService<CountDwells>().DoToday();

    [Test]
    public async Task Landings_are_forecast_from_how_long_projects_took()
    {
        var unmade = (await Centre.Get("figures/forecast")).Is(200).Body!.AsObject();
        unmade.ContainsKey("madeAt").ShouldBeFalse("nothing was counted yet");
        unmade.ContainsKey("items").ShouldBeFalse();

        // 12 enter the talks in May, of which ten land in May; two are left.
        for (var number = 1; number <= 12; number++)
        {
            var project = await Talks(number == 11 ? Pinghu : Nanhu, number, secret: number == 12);
            if (number <= 10)
                await Lands(Nanhu, project, "2026-05-04");
        }

        On("2026-06-02");
        await Count();
        var forecast = (await Centre.Get("figures/forecast?months=2")).Is(200);
        ((string)forecast["lastMonth"]!, (long)forecast["open"]!, (long)forecast["unknownBeginning"]!).ShouldBe(
            ("2026-05", 2L, 0L)
        );

        // 10 of 12 landed in their first month, which few reached: one chance for all ages. Of the two that are left 2 · 10/12 = 1.7, of 12 newcomers 10: 11.7.
        forecast["items"].AsArray().Select(month => (string)month!["month"]!).ShouldBe(["2026-06", "2026-07"]);
        ((decimal)forecast["items"][0]!["expected"]!, (decimal)forecast["items"][0]!["fromNewcomers"]!).ShouldBe(
            (11.7m, 10m)
        );
        forecast.Body!.AsObject().ContainsKey("error").ShouldBeFalse("no quarter before could have been forecast");

        // A unit reads its own, leaders all but secret projects.
        ((long)(await Pinghu.Get("figures/forecast")).Is(200)["open"]!).ShouldBe(1);
        ((long)(await Nanhu.Get("figures/forecast")).Is(200)["open"]!).ShouldBe(1);
        var leader = (await App.As("leader").Get("figures/forecast")).Is(200);
        ((long)leader["open"]!, (bool)leader["withoutSecret"]!).ShouldBe((1L, true));
        (await Nanhu.Get($"figures/forecast?jurisdictionId={Pinghu.UnitId}")).Is(404);
        (await Centre.Get("figures/forecast?months=13")).IsProblem(400, "validation-failed");
    }

    [Test]
    public async Task The_books_are_proved_once_a_day_and_tables_say_what_was_found()
    {
        var prove = App.Services.GetRequiredService<ProveInTheBackground>();
        (await Centre.Get("boards?period=2026")).Is(200).Body!.AsObject().ContainsKey("proof").ShouldBeFalse();

        var project = await Talks(Nanhu, 1);
        await Lands(Nanhu, project, "2026-05-04");
        await prove.DoToday();
        foreach (var path in new[] { "boards?period=2026", "figures?period=2026", "summary/identity" })
        {
            var proof = (await Centre.Get(path)).Is(200)["proof"];
            ((bool)proof["holds"]!).ShouldBeTrue();
            proof["differences"]!.AsArray().ShouldBeEmpty();
        }

        // A flow that nobody knows of: found the next day, told to who reads everything, and recorded for the auditor.
        App.Sql(connection =>
            Dapper.SqlMapper.Execute(
                connection,
                "UPDATE library_flows SET delta = 2 WHERE project_id = @project",
                new { project }
            )
        );
        On("2026-05-05");
        await prove.DoToday();
        var broken = (await Centre.Get("summary/identity")).Is(200)["proof"];
        ((bool)broken["holds"]!).ShouldBeFalse();
        ((string)broken["differences"]![0]!).ShouldContain(project);
        var own = (await Nanhu.Get("summary/identity")).Is(200)["proof"].AsObject();
        ((bool)own["holds"]!).ShouldBeFalse();
        own.ContainsKey("differences").ShouldBeFalse("they name projects of others");
        (await App.As("auditor").Get("audit?action=books-unbalanced")).Is(200)["items"].AsArray().Count.ShouldBe(1);
    }
}
