using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Pipeline.Api.Http.Access;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Support;

/// <summary>The program on a database of its own, at a clock that the test moves. The city and its accounts are the demo's.</summary>
public sealed class PipelineApp : IDisposable
{
    public const string Password = "correct horse battery staple";

    private static readonly Lazy<byte[]> Template = new(MakeTemplate);

    private readonly ConcurrentDictionary<string, (string Id, string Session, string? Unit)> users = new();
    private readonly WebApplicationFactory<Program> factory;
    private readonly bool ownsDatabase;
    private readonly StatementRules rules = new();
    private readonly RefusalRules refusals = new();

    public PipelineApp(
        string engine,
        FakeTime? time = null,
        TestDatabase? database = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null
    )
    {
        Time = time ?? new FakeTime(Start);
        ownsDatabase = database is null;
        Database = database ?? new TestDatabase(engine);
        if (engine == "sqlite" && database is null && settings is null)
            File.WriteAllBytes(Database.File, Template.Value);
        factory = Host(Database, Time, settings, more =>
        {
            more.AddSingleton<IStartupFilter>(refusals);
            services?.Invoke(more);
        });
        _ = factory.Server;
        Observe(null);
    }

    /// <summary>Monday 2026-05-04, 09:00 in the city.</summary>
    public static DateTimeOffset Start => new(2026, 5, 4, 1, 0, 0, TimeSpan.Zero);

    public FakeTime Time { get; }

    public TestDatabase Database { get; }

    public IServiceProvider Services => factory.Services;

    /// <summary>Has somebody see every statement from now on.</summary>
    public void Observe(IStatementObserver? observer) =>
        Services.GetRequiredService<Pipeline.Data.Database>().Observer = observer is null
            ? rules
            : new Both(rules, observer);

    public DateOnly Today => Domain.Shanghai.DateOf(Time.GetUtcNow());

    /// <summary>Somebody with an account, by user name.</summary>
    public Actor As(string username)
    {
        var (user, session, unit) = Person(username);
        return new Actor(Client(), () => Services.GetRequiredService<AccessTokens>().Issue(user, session), unit);
    }

    /// <summary>The ids of somebody's account and of one more session, which nothing depends on.</summary>
    public (string User, string Session) SpareSession(string username) =>
        (Person(username).Id, Sql(connection => AddSession(connection, Person(username).Id)));

    private (string Id, string Session, string? Unit) Person(string username) => users.GetOrAdd(username, name => Sql(
                connection =>
                {
                    var (id, unit) = connection.QuerySingle<(string Id, string? Unit)>(
                        "SELECT id, jurisdiction_id FROM users WHERE username = @name",
                        new { name }
                    );
                    return (id, AddSession(connection, id), unit);
                }
            ));

    private static string AddSession(System.Data.Common.DbConnection connection, string user)
    {
        var session = Guid.NewGuid().ToString("N");
        connection.Execute(
            "INSERT INTO sessions (id, user_id, method, address, started_at, seen_at, expires_at) VALUES (@session, @user, 'password', 'test', @start, @start, @end)",
            new
            {
                session,
                user,
                start = Start,
                end = Start.AddYears(50),
            }
        );
        return session;
    }

    /// <summary>A machine's key with a secret that the test knows; its id.</summary>
    public string AddKey(string secret, string? unit, string scopes) =>
        Sql(connection =>
        {
            var id = Guid.NewGuid().ToString("N");
            var values = new
            {
                id,
                secret,
                hash = Callers.HashOf(secret),
                unit,
                scopes,
                now = Start,
            };
            connection.Execute(
                """
                INSERT INTO api_keys (id, name, hint, scopes, jurisdiction_id, created_by, created_by_name, created_at, last_used_at, last_used_address, version, updated_at)
                VALUES (@id, @secret, 'ppl_', @scopes, (SELECT id FROM jurisdictions WHERE code = @unit), 'test', 'test', @now, @now, 'local', 1, @now)
                """,
                values
            );
            connection.Execute(
                "INSERT INTO api_key_secrets (secret_hash, key_id, issued_at, confirmed_at) VALUES (@hash, @id, @now, @now)",
                values
            );
            return id;
        });

    /// <summary>A notice that only this person was told; its id.</summary>
    public string AddNotice(string username) =>
        Sql(connection =>
        {
            var values = new
            {
                id = Guid.NewGuid().ToString("N"),
                user = Person(username).Id,
                now = Start,
            };
            connection.Execute(
                "INSERT INTO notices (id, notice_key, kind, facts, at) VALUES (@id, @id, 'queue-moved', '{}', @now)",
                values
            );
            connection.Execute(
                "INSERT INTO notice_recipients (user_id, seq, notice_id, mail, mail_due, mail_attempts) SELECT @user, seq, id, 'none', at, 0 FROM notices WHERE id = @id",
                values
            );
            return values.id;
        });

    /// <summary>A machine with a key.</summary>
    public Actor With(string secret, string? unitId = null) => new(Client(), () => secret, unitId);

    /// <summary>Somebody who did not sign in.</summary>
    public Actor Nobody() => new(Client(), null, null);

    public HttpClient Client() =>
        factory.CreateClient(
            new WebApplicationFactoryClientOptions
            {
                BaseAddress = new Uri("https://localhost"),
                HandleCookies = true,
                AllowAutoRedirect = false,
            }
        );

    /// <summary>Looks into the database, behind the program's back.</summary>
    public T Sql<T>(Func<System.Data.Common.DbConnection, T> work)
    {
        using var connection = Services.GetRequiredService<IDialect>().Connect();
        connection.Open();
        return work(connection);
    }

    public void Dispose()
    {
        factory.Dispose();
        if (ownsDatabase)
            Database.Dispose();
        rules.Violations.ShouldBeEmpty();
        refusals.Violations.ShouldBeEmpty();
    }

    private static WebApplicationFactory<Program> Host(
        TestDatabase database,
        FakeTime time,
        IReadOnlyDictionary<string, string?>? settings,
        Action<IServiceCollection>? more = null
    ) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            var configuration = new Dictionary<string, string?>
            {
                ["Database:Provider"] = database.Engine,
                ["ConnectionStrings:Pipeline"] = database.ConnectionString,
                ["Auth:SigningKey"] = "a signing key that only the tests know of",
                ["Demo:Enabled"] = "true",
                ["Demo:Password"] = Password,
                ["Demo:Register"] = "",
                ["RateLimit:Enabled"] = "false",
                ["Webhooks:AllowPrivate"] = "true",
                ["Audit:AnchorFile"] = database.AnchorFile,
            };
            foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
                configuration[key] = value;

            // Null takes a setting away; it would arrive as an empty text.
            foreach (var (key, value) in configuration.Where(setting => setting.Value is not null))
                host.UseSetting(key, value);
            host.ConfigureLogging(logging => logging.ClearProviders());
            host.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
                more?.Invoke(services);
            });
        });

    /// <summary>Migrating and seeding is done once; every test starts from a copy.</summary>
    private static byte[] MakeTemplate()
    {
        using var database = new TestDatabase("sqlite");
        using (var host = Host(database, new FakeTime(Start), null))
            _ = host.Server;
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection(database.ConnectionString))
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return File.ReadAllBytes(database.File);
    }
}

/// <summary>What the program answered.</summary>
public sealed record Answer(int Status, JsonNode? Body, HttpResponseHeaders Headers, string Text, string? ContentType)
{
    public string? ETag => Headers.ETag?.ToString();

    public JsonNode this[string member] => Body?[member] ?? throw new AssertionException($"No {member} in {Text}");

    public string Slug => ((string?)Body?["type"])?.Replace("/problems/", "") ?? "";

    /// <summary>The codes of a problem's errors at a field.</summary>
    public IReadOnlyList<string> Codes(string field) =>
        [.. Body?["errors"]?[field]?.AsArray().Select(error => (string)error!["code"]!) ?? []];

    public Answer Is(int status)
    {
        if (Status != status)
            throw new AssertionException($"Expected {status}, got {Status}: {Text}");
        return this;
    }

    /// <summary>It is this problem, in full shape.</summary>
    public Answer IsProblem(int status, string slug)
    {
        Is(status);
        Slug.ShouldBe(slug);
        ContentType.ShouldBe("application/problem+json");
        foreach (var member in new[] { "type", "title", "status", "detail", "instance", "traceId" })
            Body![member].ShouldNotBeNull();
        return this;
    }
}

/// <summary>Somebody who calls, with what people do as methods.</summary>
public sealed class Actor(HttpClient client, Func<string>? token, string? unitId)
{
    public string UnitId => unitId!;

    public HttpClient Client => client;

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, null, headers);

    public Task<Answer> Post(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body, headers);

    public Task<Answer> Patch(string path, object body, string? ifMatch) =>
        Send(HttpMethod.Patch, path, body, ifMatch is null ? [] : [("If-Match", ifMatch)]);

    public Task<Answer> Put(string path, object body, string? ifMatch) =>
        Send(HttpMethod.Put, path, body, ifMatch is null ? [] : [("If-Match", ifMatch)]);

    /// <summary>A file's bytes.</summary>
    public async Task<byte[]> Downloads(string path, params (string Name, string Value)[] headers)
    {
        using var response = await Fetches(path, headers);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    /// <summary>A response as soon as its head is there.</summary>
    public Task<HttpResponseMessage> Fetches(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token!());
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<Answer> Send(
        HttpMethod method,
        string path,
        object? body,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(
            method,
            path.StartsWith('/') || path.StartsWith("http", StringComparison.Ordinal) ? path : $"/api/v1/{path}"
        );
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token());
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Content = body switch
        {
            null => method == HttpMethod.Get ? null : new StringContent("{}", Encoding.UTF8, "application/json"),
            HttpContent content => content,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        var json = response.Content.Headers.ContentType?.MediaType?.Contains("json") == true && answer.Length > 0;
        return new Answer(
            (int)response.StatusCode,
            json ? JsonNode.Parse(answer) : null,
            response.Headers,
            answer,
            response.Content.Headers.ContentType?.MediaType
        );
    }

    /// <summary>Does an action on a record after reading it, with its ETag.</summary>
    public async Task<Answer> Act(string record, string action, object body) =>
        await Post($"{record}/{action}", body, ("If-Match", (await Get(record)).Is(200).ETag!));

    /// <summary>Sends a request just as it is, but for the caller's token; the response with its body read.</summary>
    public Task<HttpResponseMessage> Asks(HttpRequestMessage request)
    {
        if (token is not null && !request.Headers.Contains("Authorization"))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token());
        return client.SendAsync(request);
    }

    public async Task<string> Uploads(string name = "evidence.pdf")
    {
        var file = new ByteArrayContent("%PDF-1.4 evidence"u8.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        var answer = await Post("files", new MultipartFormDataContent { { file, "file", name } });
        return (string)answer.Is(201)["id"]!;
    }

    public Task<Answer> Reports(
        object project,
        object? contacts = null,
        params (string Name, string Value)[] headers
    ) => Post("claims", new { project, contacts = contacts ?? Given.Contacts() }, headers);

    public async Task<Answer> Submits(string projectId, object move) =>
        await Act($"projects/{projectId}", "moves", move);
}

/// <summary>Projects and contacts as they are reported.</summary>
public static class Given
{
    /// <summary>A lead of an out-posted office that names all that a valid one has to (R137).</summary>
    public static Dictionary<string, object?> Lead() =>
        new()
        {
            ["title"] = "储能电池生产基地",
            ["investor"] = "上海储电科技有限公司",
            ["content"] = "年产2GWh储能电池",
            ["scale"] = "总投资约5亿元，用地100亩",
            ["contacts"] = new[] { new { name = "黎总", phone = "021-5550123" } },
        };

    /// <summary>A draft of an indicator: projects signed of 10亿 or more in manufacturing.</summary>
    public static Dictionary<string, object?> Indicator(
        string id,
        string filter = "kind = signed and amount >= 10亿 and manufacturing"
    ) =>
        new()
        {
            ["id"] = id,
            ["name"] = $"指标{id}",
            ["nameEn"] = $"Indicator {id}",
            ["unit"] = "projects",
            ["source"] = "credit",
            ["filter"] = filter,
        };

    /// <summary>A score model of 2026: signed projects held against their targets, large ones against the best, late notices and a mark by hand; a bonus by size.</summary>
    public static Dictionary<string, object?> ScoreModel(params string[] units) =>
        new()
        {
            ["year"] = 2026,
            ["name"] = "二〇二六年度评分",
            ["nameEn"] = "Scores of 2026",
            ["groups"] = new[]
            {
                new
                {
                    id = "counties",
                    name = "县（市、区）",
                    units,
                },
            },
            ["items"] = new object[]
            {
                new
                {
                    id = "signed",
                    name = "签约",
                    weight = 40,
                    method = "linear",
                    cap = 1.2,
                    sources = new[] { new { indicator = "projects-signed" } },
                },
                new
                {
                    id = "large",
                    name = "大项目",
                    weight = 20,
                    method = "relative",
                    sources = new[] { new { indicator = "projects-signed" } },
                },
                new
                {
                    id = "notices",
                    name = "签约备案",
                    weight = 20,
                    method = "deduct",
                    sources = new[] { new { indicator = "late-notices", each = 3 } },
                },
                new
                {
                    id = "service",
                    name = "服务",
                    weight = 20,
                    method = "manual",
                },
            },
            ["bonuses"] = new object[]
            {
                new
                {
                    id = "size",
                    name = "大项目加分",
                    method = "projects",
                    cap = 10,
                    sources = new[] { new { indicator = "projects-signed" } },
                    brackets = new[]
                    {
                        new { from = 1_000_000_000m, points = 4 },
                        new { from = 5_000_000_000m, points = 8 },
                    },
                },
            },
            ["outer"] = new[] { new { name = "红旗", weight = 0.15 } },
            ["binding"] = new[] { new { indicator = "projects-signed", weight = 50 } },
        };

    public static object[] Contacts(string on = "2026-04-20", string kind = "visit") =>
        [
            new
            {
                kind,
                occurredOn = on,
                note = "赴企业总部拜访",
            },
        ];

    public static object Investor(
        string name,
        string country = "CN",
        string? uscc = null,
        string? groupParent = null,
        bool primary = true
    ) =>
        new
        {
            name,
            country,
            uscc,
            groupParent,
            primary,
        };

    public static Dictionary<string, object?> Project(
        string name = "氢能装备制造基地项目",
        string investor = "上海远景氢动力装备有限公司",
        decimal amount = 1_200_000_000m,
        string currency = "CNY",
        string industry = "3411",
        bool secret = false,
        string? nationalCode = null,
        string? uscc = null
    ) =>
        new()
        {
            ["name"] = name,
            ["investors"] = new[] { Investor(investor, uscc: uscc) },
            ["totalInvestment"] = new { amount, currency },
            ["industryCode"] = industry,
            ["secret"] = secret,
            ["nationalCode"] = nationalCode,
        };

    /// <summary>A project that is nothing like any other.</summary>
    public static Dictionary<string, object?> Another(int number, decimal amount = 1_500_000_000m)
    {
        string[] words =
        [
            "晶圆",
            "火锅",
            "齿轮",
            "冷链",
            "卫星",
            "疫苗",
            "光缆",
            "橡胶",
            "酒店",
            "玻璃",
            "轴承",
            "饲料",
            "钟表",
            "纸箱",
            "船舶",
            "陶瓷",
        ];
        var word = words[number % words.Length];
        return Project(
            $"{word}{(char)('甲' + number)}{(char)('万' + (number * 37))}园",
            $"{(char)('永' + (number * 53))}{(char)('和' + (number * 41))}{word}有限公司",
            amount + (number * 700_000_000m),
            industry: $"{13 + (number % 30)}"
        );
    }

    public static object Signing(string on, decimal amount = 1_200_000_000m) =>
        new
        {
            to = "signed",
            occurredOn = on,
            evidence = new
            {
                agreementKind = "formal",
                agreementNo = "NH-2026-001",
                parties = "南湖区人民政府、上海远景氢动力装备有限公司",
                agreedAmount = new { amount, currency = "CNY" },
            },
        };
}
