using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Http;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Store.People;

namespace Pipeline.Api.Tests.Contract;

/// <summary>What will go is said in its answers and in one list (api-regime.md, Versions and deprecation).</summary>
public sealed class DeprecationTests(string engine) : OnEachEngine(engine)
{
    private static readonly Deprecated Sample = new(
        new DateOnly(2026, 5, 1),
        new DateOnly(2026, 11, 1),
        "Use GET /api/v1/projects."
    );

    [Test]
    public async Task The_list_is_for_every_caller()
    {
        (await App.As("nanhu").Get("deprecations")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await App.Nobody().Get("deprecations")).IsProblem(401, "unauthenticated");
    }

    [Test]
    public void A_sample_is_told_by_the_headers_of_its_standards()
    {
        var headers = new DefaultHttpContext().Response.Headers;
        Deprecations.Tell(headers, Sample);

        // The day begins in the city: 2026-04-30 16:00 UTC.
        headers["Deprecation"].ToString().ShouldBe("@1777564800");
        headers["Sunset"].ToString().ShouldBe("Sat, 31 Oct 2026 16:00:00 GMT");
        headers["Link"].ToString().ShouldBe("</api/v1/deprecations>; rel=\"deprecation\"");
    }

    [Test]
    public void A_sample_stands_in_the_list_with_its_method_and_path()
    {
        var route = new RouteEndpoint(
            _ => Task.CompletedTask,
            RoutePatternFactory.Parse("/api/v1/old/{id}"),
            0,
            new EndpointMetadataCollection(Sample, new HttpMethodMetadata(["GET"])),
            "old"
        );
        Deprecations
            .Of([route])
            .Items.ShouldBe([
                new DeprecationView("GET", "/api/v1/old/{id}", Sample.Since, Sample.Sunset, Sample.Replacement),
            ]);
    }

    // "each key's owner told if it was used": once for each operation, its unit and those who administer keys.
    [Test]
    public async Task The_owner_of_a_key_is_told_once_that_it_calls_what_will_go()
    {
        var database = App.Services.GetRequiredService<Database>();
        var unit = App.As("nanhu").UnitId;
        var key = new Caller("a-key", "台账同步", "台账同步", null, unit, "330402", "南湖区");

        await Deprecations.TellOwner(database, key, "GET /api/v1/old/{id}", Sample);
        await Deprecations.TellOwner(database, key, "GET /api/v1/old/{id}", Sample);
        await Deprecations.TellOwner(database, key, "GET /api/v1/older", Sample);

        foreach (var who in new[] { "nanhu", "admin" })
            (await Notices(who)).ShouldBe(
                [
                    "密钥台账同步仍在调用 GET /api/v1/older，该接口自 2026-11-01 起可能停用：替代办法见“将停用的接口”",
                    "密钥台账同步仍在调用 GET /api/v1/old/{id}，该接口自 2026-11-01 起可能停用：替代办法见“将停用的接口”",
                ],
                who
            );
        (await Notices("pinghu")).ShouldBeEmpty();

        async Task<List<string>> Notices(string who) =>
            [
                .. (await App.As(who).Get("notices?limit=200"))
                    .Is(200)["items"]
                    .AsArray()
                    .Where(notice => (string?)notice!["kind"] == "deprecated-used")
                    .Select(notice => (string)notice!["text"]!),
            ];
    }
}
