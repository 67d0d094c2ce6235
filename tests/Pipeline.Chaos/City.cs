using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.SqlClient;
using Pipeline.Data;
using Pipeline.Data.Sqlite;
using Pipeline.Data.SqlServer;

namespace Pipeline.Chaos;

/// <summary>What a process answered.</summary>
public sealed record Answer(int Status, JsonNode? Body, string Text, string? ETag, string RequestId, bool Replayed)
{
    public bool Done => Status is >= 200 and < 300;

    /// <summary>The problem's slug; else empty.</summary>
    public string Slug =>
        Done ? "" : ((string?)Body?["type"])?.Replace("/problems/", "", StringComparison.Ordinal) ?? "";

    public IEnumerable<JsonNode> Items => Body?["items"]?.AsArray().OfType<JsonNode>() ?? [];
}

/// <summary>A demo city that two processes serve from one database: SQLite, or a database of its own on the server that PIPELINE_TEST_SQLSERVER names.</summary>
public sealed class City : IAsyncDisposable
{
    private const string Password = "a password for the run";

    public static readonly IReadOnlyList<string> Units =
    [
        "nanhu",
        "xiuzhou",
        "jiashan",
        "pinghu",
        "haiyan",
        "haining",
        "tongxiang",
        "jxedz",
        "jxport",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("pipeline-chaos-").FullName;
    private readonly string? serverDatabase;
    private readonly Dictionary<string, string> settings;
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset At)> tokens = new();
    private readonly Instance[] instances;

    private HttpClient? front;

    private City(IReadOnlyDictionary<string, string>? more, string? firstProgram)
    {
        string connection;
        if (Environment.GetEnvironmentVariable("PIPELINE_TEST_SQLSERVER") is { Length: > 0 } server)
        {
            serverDatabase = $"pipeline_chaos_{Guid.NewGuid():N}";
            using var master = new SqlConnection(server);
            master.Execute($"CREATE DATABASE {serverDatabase}");
            connection = new SqlConnectionStringBuilder(server) { InitialCatalog = serverDatabase }.ConnectionString;
            Dialect = new SqlServerDialect(connection);
        }
        else
        {
            connection = $"Data Source={Path.Combine(folder, "pipeline.db")}";
            Dialect = new SqliteDialect(connection);
        }

        settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Database__Provider"] = Dialect.Name,
            ["ConnectionStrings__Pipeline"] = connection,
            ["Auth__SigningKey"] = "the same key in both processes of this run",
            ["Demo__Enabled"] = "true",
            ["Demo__Password"] = Password,
            ["Demo__Register"] = "",
            ["RateLimit__Enabled"] = "false",
            ["Webhooks__AllowPrivate"] = "true",
            ["Logging__LogLevel__Default"] = "Error",
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            settings[name] = value;
        instances = [new Instance(folder, settings, firstProgram), new Instance(folder, settings)];
    }

    public IDialect Dialect { get; }

    /// <summary>Starts both processes, and lets windows of exclusivity last as long as the run wants them to (R15).</summary>
    public static async Task<City> Start(string exclusivity, IReadOnlyDictionary<string, string>? more = null)
    {
        var city = await Begin(exclusivity, more);
        await city.Join();
        return city;
    }

    /// <summary>Starts the first process alone, perhaps of another program; the second one is to <see cref="Join"/>.</summary>
    public static async Task<City> Begin(
        string exclusivity,
        IReadOnlyDictionary<string, string>? more = null,
        string? firstProgram = null
    )
    {
        var city = new City(more, firstProgram);
        await city.instances[0].Start();
        var today = Domain.Shanghai.DateOf(DateTimeOffset.UtcNow);
        var posted = await city.Send(
            0,
            "admin",
            HttpMethod.Post,
            "rule-sets",
            new
            {
                name = "Rehearsal",
                effectiveFrom = today,
                exclusivity,
            }
        );
        return posted is { Status: 201 }
            ? city
            : throw new InvalidOperationException($"The rule set was not taken: {posted?.Text}");
    }

    /// <summary>Starts the second process.</summary>
    public Task Join() => instances[1].Start();

    /// <summary>The number under which requests go to the proxy (<see cref="StandsBehind"/>).</summary>
    public const int Front = -1;

    /// <summary>Where the processes are reached.</summary>
    public string[] Urls => [.. instances.Select(instance => instance.Url)];

    /// <summary>Has requests to <see cref="Front"/> go to a proxy before both processes.</summary>
    public void StandsBehind(string url) =>
        front = new HttpClient(
            new SocketsHttpHandler { ActivityHeadersPropagator = null, ConnectTimeout = TimeSpan.FromSeconds(5) }
        )
        {
            BaseAddress = new Uri(url),
            Timeout = TimeSpan.FromMinutes(1),
        };

    /// <summary>The client of one process, or of the proxy.</summary>
    public HttpClient Client(int to) => to == Front ? front! : instances[to].Http;

    /// <summary>The process asked for when it is up, else the other one.</summary>
    public int Up(int wanted) => instances[wanted].IsUp ? wanted : 1 - wanted;

    /// <summary>Kills a process and starts it again.</summary>
    public async Task KillAndRestart(int number)
    {
        await instances[number].Kill();
        await instances[number].Start();
    }

    /// <summary>Kills both, for good.</summary>
    public async Task KillBoth()
    {
        foreach (var instance in instances)
            await instance.Kill();
    }

    /// <summary>Has what nanhu sees of claims sent to a receiver, by a key of its own; the key.</summary>
    public Task<string> SendsTo(Receiver receiver) => SendsTo(receiver.Url, "claim.*", receiver.Secret);

    /// <summary>Has what nanhu sees sent to an address, by a key of its own and signed by a secret; the key.</summary>
    public async Task<string> SendsTo(string url, string types, string signedBy)
    {
        var unit = (await Send(0, "nanhu", HttpMethod.Get, "me"))!.Body!["jurisdiction"]!["id"]!;
        var key = await Send(
            0,
            "admin",
            HttpMethod.Post,
            "api-keys",
            new
            {
                name = "Mirror",
                scopes = new[] { "projects:read", "webhooks:manage" },
                jurisdictionId = (string)unit!,
            }
        );
        var secret = (string)key!.Body!["secret"]!;
        var made = await Send(
            0,
            secret,
            HttpMethod.Post,
            "webhooks",
            new
            {
                url,
                types = new[] { types },
                secret = signedBy,
            }
        );
        if (made is not { Status: 201 })
            throw new InvalidOperationException($"The webhook was not taken: {made?.Text}");
        webhook = (string)made.Body!["id"]!;
        return secret;
    }

    private string? webhook;

    /// <summary>Waits until nothing waits to be sent; what is not through by then, two minutes unless said otherwise, shows as missing.</summary>
    public async Task HasSentAll(string key, TimeSpan? atMost = null)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (patience.Elapsed < (atMost ?? TimeSpan.FromMinutes(2)))
        {
            var waiting = await Send(
                Up(0),
                key,
                HttpMethod.Get,
                $"webhooks/{webhook}/deliveries?status=waiting&limit=1"
            );
            if (waiting is { Done: true } && !waiting.Items.Any())
                return;
            await Task.Delay(200);
        }
    }

    /// <summary>The program's own check of its database (<c>check</c>).</summary>
    public Task<(int Code, string Text)> Check() => Instance.Run(folder, settings, "check");

    /// <summary>Sends a request to one process; null when no answer came, be it that the process died or that the caller hung up.</summary>
    public async Task<Answer?> Send(
        int to,
        string user,
        HttpMethod method,
        string path,
        object? body = null,
        string? ifMatch = null,
        string? key = null,
        TimeSpan? patience = null,
        string? prefer = null
    )
    {
        try
        {
            var token = await Token(to, user);
            using var hangUp = new CancellationTokenSource();
            using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (ifMatch is not null)
                request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
            if (key is not null)
                request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            if (prefer is not null)
                request.Headers.TryAddWithoutValidation("Prefer", prefer);
            if (method != HttpMethod.Get)
                request.Content = JsonContent.Create(body ?? new { });
            if (patience is { } limit)
                hangUp.CancelAfter(limit);
            using var response = await Client(to).SendAsync(request, hangUp.Token);
            var text = await response.Content.ReadAsStringAsync(hangUp.Token);
            return new Answer(
                (int)response.StatusCode,
                text.Length > 0 && response.Content.Headers.ContentType?.MediaType != "text/html"
                    ? JsonNode.Parse(text)
                    : null,
                text,
                response.Headers.ETag?.ToString(),
                response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.Single() : "",
                response.Headers.Contains("Idempotency-Replayed")
            );
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in instances)
            await instance.DisposeAsync();
        front?.Dispose();
        (Dialect as IDisposable)?.Dispose();
        Directory.Delete(folder, recursive: true);
        if (serverDatabase is null)
            return;
        SqlConnection.ClearAllPools();
        await using var master = new SqlConnection(Environment.GetEnvironmentVariable("PIPELINE_TEST_SQLSERVER"));
        await master.ExecuteAsync($"DROP DATABASE {serverDatabase}");
    }

    private async Task<string> Token(int to, string user)
    {
        if (user.StartsWith("ppl_", StringComparison.Ordinal))
            return user;
        if (tokens.TryGetValue(user, out var known) && DateTimeOffset.UtcNow - known.At < TimeSpan.FromMinutes(10))
            return known.Token;
        using var content = new StringContent(
            $$"""{"username":"{{user}}","password":"{{Password}}"}""",
            Encoding.UTF8,
            "application/json"
        );
        using var response = await Client(to).PostAsync("/api/v1/auth/token", content);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync());
        if ((string?)answer?["accessToken"] is not { } token)
            throw new HttpRequestException($"{user} could not sign in: {answer}");
        tokens[user] = (token, DateTimeOffset.UtcNow);
        return token;
    }
}
