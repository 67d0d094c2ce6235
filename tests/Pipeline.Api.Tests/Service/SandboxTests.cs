using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Service;

/// <summary>A demo city with a clock that can be moved (`Demo__Clock`): what time brings about is rehearsed, over a restart too, and the city begins anew.</summary>
public sealed class SandboxTests
{
    [Test]
    public async Task A_window_ends_when_the_clock_is_moved_and_a_reset_brings_back_a_fresh_city()
    {
        using var program = await ProgramProcess.Serving(("Demo__Clock", "true"));
        using var client = new HttpClient { BaseAddress = new Uri($"{program.Url}/api/v1/") };
        await SignIn(client, "nanhu");
        var today = DateOnly.FromDateTime(DateTime.UtcNow).ToString("O", CultureInfo.InvariantCulture);
        var contacts = new[]
        {
            new
            {
                kind = "visit",
                occurredOn = today,
                note = "赴企业总部拜访",
            },
        };
        var claim = await Sent(client, HttpMethod.Post, "claims", new { project = Given.Another(1), contacts });
        var expires = DateTimeOffset.Parse((string)claim["expiresAt"]!, CultureInfo.InvariantCulture);

        // Only the administrator moves it, and never back.
        (await Status(client, HttpMethod.Post, "demo/clock", new { by = "P1M" })).ShouldBe(HttpStatusCode.Forbidden);
        await SignIn(client, "admin");
        (await Status(client, HttpMethod.Post, "demo/clock", new { to = expires.AddYears(-1) })).ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await Status(client, HttpMethod.Post, "demo/clock", new { })).ShouldBe(HttpStatusCode.BadRequest);
        foreach (var operation in new[] { "demo/clock", "demo/reset" })
            (await Sent(client, HttpMethod.Post, $"{operation}?validateOnly=true", new { by = "P2M" }))
                .AsObject()
                .Select(member => member.Key)
                .ShouldBe(["valid", "matching"]);
        Now(await Sent(client, HttpMethod.Get, "demo", null)).ShouldBeLessThan(expires);
        Now(await Sent(client, HttpMethod.Post, "demo/clock", new { to = expires.AddMinutes(1) }))
            .ShouldBeGreaterThan(expires);

        // The administrator's token has ended with the month; the window too, whoever reads it first.
        (await Status(client, HttpMethod.Get, "me", null)).ShouldBe(HttpStatusCode.Unauthorized);
        await SignIn(client, "nanhu");
        var ended = await Sent(client, HttpMethod.Get, $"claims/{claim["id"]}", null);
        ((string)ended["status"]!).ShouldBe("expired");
        using (var answer = await client.GetAsync("me"))
            answer.Headers.Date!.Value.ShouldBeGreaterThan(expires);

        // It begins anew: what was in it is gone, its clock is the host's again.
        await SignIn(client, "admin");
        (await Status(client, HttpMethod.Post, "demo/reset", new { })).ShouldBe(HttpStatusCode.Accepted);
        await program.Until(async () =>
            await Status(client, HttpMethod.Get, "me", null) == HttpStatusCode.Unauthorized
        );
        await SignIn(client, "nanhu");
        (await Sent(client, HttpMethod.Get, "claims", null))["items"]!.AsArray().ShouldBeEmpty();
        await SignIn(client, "admin");
        Now(await Sent(client, HttpMethod.Get, "demo", null)).ShouldBeLessThan(expires);
    }

    [Test]
    public async Task A_moved_clock_stands_where_it_was_left_after_a_restart()
    {
        using var program = await ProgramProcess.Serving(("Demo__Clock", "true"));
        using var client = new HttpClient { BaseAddress = new Uri($"{program.Url}/api/v1/") };
        await SignIn(client, "admin");
        var moved = Now(await Sent(client, HttpMethod.Post, "demo/clock", new { by = "P40D" }));
        await program.Restart();
        await SignIn(client, "admin");
        var now = Now(await Sent(client, HttpMethod.Get, "demo", null));
        now.ShouldBeInRange(moved, moved.AddMinutes(5));
        await SignIn(client, "nanhu");
        (await Status(client, HttpMethod.Post, "projects", Given.Project(amount: 5_000_000m))).ShouldBe(
            HttpStatusCode.Created
        );
    }

    [Test]
    public async Task Outside_a_demo_city_it_is_a_wrong_setting_and_without_it_there_is_nothing_to_move()
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-sandbox-").FullName;
        var (code, said) = await ProgramProcess.Ends(folder, [], ("Demo__Enabled", "false"), ("Demo__Clock", "true"));
        code.ShouldNotBe(0);
        said.ShouldContain("Demo:Clock");
        Directory.Delete(folder, recursive: true);
        using var app = new PipelineApp("sqlite");
        (await app.As("admin").Post("demo/clock", new { by = "P1M" })).IsProblem(409, "no-sandbox");
        (await app.As("admin").Post("demo/reset", new { })).IsProblem(409, "no-sandbox");
    }

    private static DateTimeOffset Now(JsonNode clock) =>
        DateTimeOffset.Parse((string)(clock["now"] ?? clock["clock"])!, CultureInfo.InvariantCulture);

    private static async Task SignIn(HttpClient client, string username)
    {
        client.DefaultRequestHeaders.Authorization = null;
        var token = await Sent(
            client,
            HttpMethod.Post,
            "auth/token",
            new { username, password = PipelineApp.Password }
        );
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string)token["accessToken"]!);
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, HttpMethod method, string path, object? body)
    {
        try
        {
            using var answer = await Send(client, method, path, body);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private static async Task<JsonNode> Sent(HttpClient client, HttpMethod method, string path, object? body)
    {
        using var answer = await Send(client, method, path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static async Task<HttpResponseMessage> Send(HttpClient client, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await client.SendAsync(request);
    }
}
