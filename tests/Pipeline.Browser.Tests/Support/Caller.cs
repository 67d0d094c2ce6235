using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Pipeline.Browser.Tests.Support;

/// <summary>Somebody who calls the running program without a page: to make what a page is then looked at with.</summary>
public sealed class Caller(string url) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = new Uri(url + "/api/v1/") };

    public static string Today =>
        DateOnly
            .FromDateTime(DateTime.UtcNow.AddHours(8))
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<Caller> As(string username, string? at = null)
    {
        var api = new Caller(at ?? City.Url);
        var token = await api.Post("auth/token", new { username, password = City.Password });
        api.client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (string)token["accessToken"]!
        );
        return api;
    }

    public async Task<JsonNode> Get(string path) => await Read(await client.GetAsync(path));

    public async Task<JsonNode> Post(string path, object body) => await Read(await client.PostAsJsonAsync(path, body));

    public async Task<JsonNode> Upload(string path, HttpContent content) =>
        await Read(await client.PostAsync(path, content));

    public async Task<JsonNode> Edits(string path, object patch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path)
        {
            Content = JsonContent.Create(patch, new MediaTypeHeaderValue("application/merge-patch+json")),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        return await Read(await client.SendAsync(request));
    }

    /// <summary>A first report of a project that is like others only by its investor.</summary>
    public Task<JsonNode> Reports(string name, string investor, string industryCode, decimal amount = 1_200_000_000m) =>
        Post(
            "claims",
            new
            {
                project = new
                {
                    name,
                    investors = new[]
                    {
                        new
                        {
                            name = investor,
                            country = "CN",
                            primary = true,
                        },
                    },
                    totalInvestment = new { amount, currency = "CNY" },
                    industryCode,
                },
                contacts = new[]
                {
                    new
                    {
                        kind = "meeting",
                        occurredOn = Today,
                        note = "会谈",
                    },
                },
            }
        );

    /// <summary>Registers a project below the threshold and submits its signing.</summary>
    public async Task<JsonNode> Signs(string name, string investor)
    {
        var project = await Post(
            "projects",
            new
            {
                name,
                investors = new[]
                {
                    new
                    {
                        name = investor,
                        country = "CN",
                        primary = true,
                    },
                },
                totalInvestment = new { amount = 300_000_000m, currency = "CNY" },
                industryCode = "3971",
            }
        );
        return await Moves(
            (string)project["id"]!,
            new
            {
                to = "signed",
                occurredOn = Today,
                evidence = new
                {
                    agreementKind = "formal",
                    parties = "区政府、企业",
                    agreedAmount = new { amount = 300_000_000m, currency = "CNY" },
                },
            }
        );
    }

    /// <summary>Submits a move of a project as it stands.</summary>
    public async Task<JsonNode> Moves(string project, object move)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"projects/{project}/moves")
        {
            Content = JsonContent.Create(move),
        };
        request.Headers.TryAddWithoutValidation(
            "If-Match",
            (await client.GetAsync($"projects/{project}")).Headers.ETag!.ToString()
        );
        return await Read(await client.SendAsync(request));
    }

    public void Dispose() => client.Dispose();

    private static async Task<JsonNode> Read(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{response.RequestMessage!.RequestUri}: {text}");
    }
}
