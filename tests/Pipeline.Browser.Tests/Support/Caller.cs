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

    public static async Task<Caller> As(string username, string? at = null, string password = City.Password)
    {
        var api = new Caller(at ?? City.Url);
        var token = await api.Post("auth/token", new { username, password });
        api.client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (string)token["accessToken"]!
        );
        return api;
    }

    /// <summary>Gives somebody an account, who then signs in as everybody does.</summary>
    public static async Task AddsUser(string username, string displayName, string role)
    {
        const string First = "rivers-run-2231-east";
        using var admin = await As("admin");
        await admin.Post(
            "users",
            new
            {
                username,
                displayName,
                role,
                password = First,
            }
        );
        using var person = await As(username, password: First);
        await person.Post("me/password", new { currentPassword = First, newPassword = City.Password });
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

    /// <summary>Takes a step with a record as it stands.</summary>
    public Task<JsonNode> Acts(string record, string step, object body) =>
        Sends(HttpMethod.Post, $"{record}/{step}", body);

    /// <summary>Issues the agenda of a meeting held today with an item about a project, and has the unit that holds it do something.</summary>
    public async Task<string> Issues(string project)
    {
        var meeting = (string)
            (
                await Post(
                    "meetings",
                    new
                    {
                        kind = "fortnightly",
                        heldOn = Today,
                        cutOffAt = DateTime.UtcNow.ToString(
                            "yyyy-MM-dd'T'HH:mm:ss'Z'",
                            System.Globalization.CultureInfo.InvariantCulture
                        ),
                        chair = "王主任",
                    }
                )
            )["id"]!;
        var owner = (string)(await Get($"projects/{project}"))["owner"]!["id"]!;
        await Sends(
            HttpMethod.Put,
            $"meetings/{meeting}/agenda/items/{project}",
            new
            {
                title = "用地指标",
                projectId = project,
                reason = "单位提出",
            }
        );
        await Acts($"meetings/{meeting}", "issue", new { });
        await Acts(
            $"meetings/{meeting}",
            "minutes",
            new
            {
                decisions = new[]
                {
                    new
                    {
                        projectId = project,
                        text = "报送用地方案",
                        ownerId = owner,
                        dueOn = Today,
                    },
                },
            }
        );
        return meeting;
    }

    /// <summary>Registers a project below the threshold and ends it for the market; its id.</summary>
    public async Task<string> Ends(string name, string investor)
    {
        var project = (string)(await Registers(name, investor))["id"]!;
        await Moves(
            project,
            new
            {
                to = "terminated",
                occurredOn = Today,
                reasonCode = "market",
                note = "市场变化",
            }
        );
        return project;
    }

    /// <summary>States what an indicator came to in the city in a period.</summary>
    public Task<JsonNode> States(string indicator, string period, decimal value) =>
        Sends(HttpMethod.Put, $"indicators/{indicator}/values/{period}/city", new { value, source = "统计快报" });

    private async Task<JsonNode> Sends(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
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
        var project = await Registers(name, investor);
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

    /// <summary>Registers a project below the threshold.</summary>
    public Task<JsonNode> Registers(string name, string investor) =>
        Post(
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
            ? JsonNode.Parse(text is "" ? "{}" : text)!
            : throw new InvalidOperationException($"{response.RequestMessage!.RequestUri}: {text}");
    }
}
