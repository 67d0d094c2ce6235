using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Chaos;

/// <summary>Two processes behind a real nginx, with the configuration that docs/operations.md gives: whoever asks does not know that there are two, nor that one is killed.</summary>
public sealed class TwoBehindNginxTests
{
    private const int Callers = 8,
        Each = 20,
        ChecksPerMinute = 30;

    [Test]
    public async Task Callers_cannot_tell_that_there_are_two_nor_that_each_was_killed_once()
    {
        using var receiver = new Receiver();
        await using var city = await City.Start(
            "P30D",
            new Dictionary<string, string>
            {
                ["Proxy__Known"] = "127.0.0.1",
                ["RateLimit__Enabled"] = "true",
                ["RateLimit__PerSecond"] = "100000",
                ["RateLimit__StrangersPerMinute"] = "100000",
                ["RateLimit__ChecksPerMinute"] = ChecksPerMinute.ToString(CultureInfo.InvariantCulture),
            }
        );
        using var nginx = await Nginx.Before(city.Urls);
        city.StandsBehind(nginx.Url);
        var key = await city.SendsTo(receiver.Url, "project.*", receiver.Secret);

        await A_session_begun_at_one_goes_on_at_the_other_and_ends_at_both(city);
        await An_answer_given_by_one_is_repeated_by_the_other(city);
        var made = await Projects(city);

        // Nothing that was acknowledged is missing, and nothing is there twice, whichever process answered.
        var known = await Names(city);
        known
            .Where(name => name.StartsWith("under fire", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ShouldBe(made.Keys.Order(StringComparer.Ordinal));
        made.Values.Distinct().Count().ShouldBe(Callers * Each);

        // What a killed process was to send, the other one sent.
        await city.HasSentAll(key);
        var feed = (await FeedOf(city, key))
            .Where(item => ((string)item["type"]!).StartsWith("project.", StringComparison.Ordinal))
            .ToList();
        receiver.Rest();
        receiver.Violations(feed, feed).ShouldBeEmpty();
        var told = feed.Select(item => (string)item["subject"]!["id"]!).ToHashSet(StringComparer.Ordinal);
        made.Values.Where(id => !told.Contains(id)).ShouldBeEmpty();

        await A_limit_holds_over_both(city);
        await city.KillBoth();
        var (code, text) = await city.Check();
        code.ShouldBe(0, text);
    }

    private static async Task A_session_begun_at_one_goes_on_at_the_other_and_ends_at_both(City city)
    {
        foreach (var to in new[] { 0, 1, City.Front, City.Front })
            (await city.Send(to, "nanhu", HttpMethod.Get, "me"))!.Status.ShouldBe(200);
        var front = city.Client(City.Front);
        using var signedIn = await front.PostAsJsonAsync(
            "/api/v1/auth/token",
            new { username = "xiuzhou", password = "a password for the run" }
        );
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (cookie, token) = await Session(signedIn);
        for (var times = 0; times < 4; times++)
        {
            // A refresh token counts once: the next request goes to the other process, which knows the new one.
            using var refreshed = await Post(front, "/api/v1/auth/refresh", cookie);
            refreshed.StatusCode.ShouldBe(HttpStatusCode.OK);
            (cookie, token) = await Session(refreshed);
        }

        (await Me(front, token)).ShouldBe(HttpStatusCode.OK);
        using var ended = await Post(front, "/api/v1/auth/logout", cookie);
        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        for (var times = 0; times < 4; times++)
            (await Me(front, token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<(string Cookie, string Token)> Session(HttpResponseMessage answer) =>
        (
            answer.Headers.GetValues("Set-Cookie").First().Split(';')[0],
            (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["accessToken"]!
        );

    private static async Task<HttpResponseMessage> Post(HttpClient client, string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("Cookie", cookie);
        return await client.SendAsync(request);
    }

    private static async Task<HttpStatusCode> Me(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task An_answer_given_by_one_is_repeated_by_the_other(City city)
    {
        var first = await city.Send(0, "nanhu", HttpMethod.Post, "projects", Project("once"), key: "once");
        var second = await city.Send(1, "nanhu", HttpMethod.Post, "projects", Project("once"), key: "once");
        first!.Status.ShouldBe(201, first.Text);
        second!.Text.ShouldBe(first.Text);
        second.Replayed.ShouldBeTrue();
    }

    /// <summary>Makes projects through the proxy, each until it was acknowledged, while each process is killed once; the ids by name.</summary>
    private static async Task<ConcurrentDictionary<string, string>> Projects(City city)
    {
        var made = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var kills = Task.CompletedTask;
        var begun = 0;
        var gate = new Lock();
        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(async caller =>
                {
                    for (var number = 0; number < Each; number++)
                    {
                        if (
                            Interlocked.Increment(ref begun) is var all
                            && all % (Callers * Each / 3) == 0
                            && all / (Callers * Each / 3) <= 2
                        )
                        {
                            lock (gate)
                                kills = KillAfter(city, kills, (all / (Callers * Each / 3)) - 1);
                        }

                        var name = string.Create(CultureInfo.InvariantCulture, $"under fire {caller}-{number}");
                        made[name] = await Made(city, name);
                    }
                })
        );
        await kills;
        return made;
    }

    private static async Task KillAfter(City city, Task earlier, int instance)
    {
        await earlier;
        await city.KillAndRestart(instance);
    }

    private static async Task<string> Made(City city, string name)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(100))
        {
            var answer = await city.Send(
                City.Front,
                "nanhu",
                HttpMethod.Post,
                "projects",
                Project(name),
                key: name,
                patience: TimeSpan.FromSeconds(20)
            );
            if (answer is { Status: 201 })
                return (string)answer.Body!["id"]!;

            // No answer, or one of the proxy's: the caller asks again with its key.
            if (answer is not null and not { Status: 409 or 429 or 502 or 503 or 504 })
                throw new AssertionException($"{name}: {answer.Status} {answer.Text}");
        }

        throw new AssertionException($"{name} was not answered within two minutes");
    }

    private static async Task<List<string>> Names(City city)
    {
        var names = new List<string>();
        string? next = "projects?limit=200";
        while (next is not null)
        {
            var page = await city.Send(City.Front, "nanhu", HttpMethod.Get, next);
            names.AddRange(page!.Items.Select(item => (string)item["name"]!));
            next = (string?)page.Body!["nextCursor"] is { } cursor ? $"projects?limit=200&cursor={cursor}" : null;
        }

        return names;
    }

    private static async Task<List<JsonNode>> FeedOf(City city, string key)
    {
        var items = new List<JsonNode>();
        for (var since = "start"; ; )
        {
            var page = await city.Send(City.Front, key, HttpMethod.Get, $"changes?limit=200&since={since}");
            page!.Status.ShouldBe(200, page.Text);
            items.AddRange(page.Items);
            since = (string)page.Body!["next"]!;
            if ((bool)page.Body["caughtUp"]!)
                return items;
        }
    }

    /// <summary>Receipts are checked so many times a minute from one address, however many processes there are.</summary>
    private static async Task A_limit_holds_over_both(City city)
    {
        // A minute that began or ends meanwhile would count twice.
        while (DateTimeOffset.UtcNow.Second > 45)
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        var answers = new List<int>();
        for (var times = 0; times < 3 * ChecksPerMinute; times++)
        {
            using var answer = await city.Client(City.Front).GetAsync($"/check/{new string('a', 64)}");
            answers.Add((int)answer.StatusCode);
        }

        answers.Count(status => status == 200).ShouldBeInRange(1, ChecksPerMinute);
        answers.ShouldContain(429);
    }

    private static object Project(string name) =>
        new
        {
            name,
            industryCode = "3841",
            investors = new[]
            {
                new
                {
                    name = $"{name} Co.",
                    country = "CN",
                    primary = true,
                },
            },
            totalInvestment = new { amount = 30_000_000, currency = "CNY" },
        };
}
