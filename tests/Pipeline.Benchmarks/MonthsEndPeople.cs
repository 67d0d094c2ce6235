using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Pipeline.Api.Http.Access;
using Pipeline.Domain;

namespace Pipeline.Benchmarks;

/// <summary>Who works at a month's end, and what each of them does: 200 officers of 64 units, 20 coordinators, 5 machines with keys.</summary>
public sealed class MonthsEndPeople
{
    private const int OfficersInAll = 200,
        CoordinatorsInAll = 20,
        Most = 20_000;

    private static readonly TimeSpan TokensLast = TimeSpan.FromMinutes(5);
    private static readonly string[] Keys = ["ppl_portal", "ppl_statistics", "ppl_zone", "ppl_crm", "ppl_erp"];

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset At)> tokens = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentQueue<string> pending = new();
    private readonly ConcurrentDictionary<string, string> positions = new(StringComparer.Ordinal);
    private readonly Random random = new(11);
    private long pushed;

    /// <summary>Projects of a unit that are signed, each to be moved once; and those that its officers open and record progress of.</summary>
    private Dictionary<string, Queue<string>> toMove = [];
    private Dictionary<string, List<string>> own = [];
    private List<string> any = [];

    public IReadOnlyList<Person> Officers { get; private init; } = [];

    public IReadOnlyList<Person> Coordinators { get; private init; } = [];

    private static string Today =>
        Shanghai.DateOf(DateTimeOffset.UtcNow).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Adds whoever the city has too few of.</summary>
    public static async Task<MonthsEndPeople> Of(City city)
    {
        await using var connection = new SqliteConnection($"Data Source={city.File};Pooling=False");
        await connection.OpenAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            foreach (var number in Enumerable.Range(0, OfficersInAll - city.Officers.Count))
                AddPerson(
                    connection,
                    $"officer-{number}",
                    "officer",
                    city.Officers[number % city.Officers.Count].UnitId
                );
            foreach (var number in Enumerable.Range(0, CoordinatorsInAll - 1))
                AddPerson(connection, $"coordinator-{number}", "coordinator", city.Centre.UnitId);
            foreach (var (secret, number) in Keys.Select((secret, number) => (secret, number)))
                AddKey(connection, secret, number < 2 ? null : city.Officers[number].UnitId);
            await transaction.CommitAsync();
        }

        var added = (
            await connection.QueryAsync<(string Role, string Id, string Session, string? Unit)>(
                "SELECT u.role, u.id, s.id, u.jurisdiction_id FROM users u JOIN sessions s ON s.user_id = u.id WHERE u.username LIKE 'officer-%' OR u.username LIKE 'coordinator-%' ORDER BY u.username"
            )
        )
            .Select(row => (row.Role, Person: new Person(row.Id, row.Session, row.Unit)))
            .ToList();
        var units = city.Officers.Select(officer => officer.UnitId!).Distinct().ToList();
        var signed = (
            await connection.QueryAsync<(string Id, string Owner)>(
                """
                SELECT p.id, p.owner_id FROM projects p
                WHERE p.stage = 'signed' AND p.secret = 0 AND NOT EXISTS (SELECT 1 FROM moves m WHERE m.project_id = p.id AND m.status = 'pending')
                ORDER BY p.seq DESC LIMIT @Most
                """,
                new { Most }
            )
        ).Where(project => units.Contains(project.Owner)).ToLookup(project => project.Owner, project => project.Id);
        var opened = (
            await connection.QueryAsync<string>(
                "SELECT id FROM projects WHERE secret = 0 AND seq % @every = 0 LIMIT @Most",
                new { every = Math.Max(1, city.Projects / Most), Most }
            )
        ).AsList();
        return new MonthsEndPeople
        {
            Officers = [.. city.Officers, .. added.Where(each => each.Role == "officer").Select(each => each.Person)],
            Coordinators =
            [
                city.Centre,
                .. added.Where(each => each.Role == "coordinator").Select(each => each.Person),
            ],
            toMove = units.ToDictionary(
                unit => unit,
                unit => new Queue<string>(signed[unit].Where((_, at) => at % 2 == 0))
            ),
            own = units.ToDictionary(unit => unit, unit => signed[unit].Where((_, at) => at % 2 == 1).ToList()),
            any = opened,
        };
    }

    /// <summary>A token of somebody, renewed before it ends as the pages renew theirs.</summary>
    public string Token(Person person)
    {
        if (tokens.TryGetValue(person.UserId, out var known) && DateTimeOffset.UtcNow - known.At < TokensLast)
            return known.Token;
        var token = City.TokenOf(person);
        tokens[person.UserId] = (token, DateTimeOffset.UtcNow);
        return token;
    }

    /// <summary>What all of them do, so many calls a second together.</summary>
    public IReadOnlyList<Deed> Deeds(int rate)
    {
        var year = Shanghai.DateOf(DateTimeOffset.UtcNow).Year;
        Deed By(IReadOnlyList<Person> people, string name, double share, Func<Person, string> path) =>
            new(name, share * rate, () => Get(Token(Any(people)), path(Any(people))));
        Deed ByOwner(string name, double share, Func<string, string?> path) =>
            new(name, share * rate, () =>
                Any(Officers) is var officer && path(officer.UnitId!) is { } asked ? Get(Token(officer), asked) : null
            );
        return
        [
            By(Officers, "officer: own list, newest first", 0.16, _ => "/api/v1/projects?limit=50"),
            ByOwner("officer: open an own project", 0.22, unit =>
                own[unit].Count > 0 ? $"/api/v1/projects/{Any(own[unit])}" : null
            ),
            By(Officers, "officer: search", 0.08, _ =>
                $"/api/v1/projects?limit=20&q={Uri.EscapeDataString(CityMaker.Common)}"
            ),
            By(Officers, "officer: figures of the home page", 0.08, _ => "/api/v1/summary"),
            By(Officers, "officer: what is due", 0.08, _ => "/api/v1/due?limit=20"),
            By(Officers, "officer: notices", 0.08, _ => "/api/v1/notices?limit=20"),
            new("officer: first report", 0.02 * rate, () =>
                Post(Token(Any(Officers)), "/api/v1/claims", Writes.Body())
            ),
            new("officer: record progress", 0.05 * rate, RecordProgress),
            new("officer: submit a move", 0.015 * rate, SubmitMove, HearMove),
            By(Coordinators, "coordinator: reports to review", 0.03, _ =>
                "/api/v1/claims?status=under-review&limit=50"
            ),
            By(Coordinators, "coordinator: moves to verify", 0.04, _ => "/api/v1/moves?status=pending&limit=50"),
            new("coordinator: verify a move", 0.015 * rate, VerifyMove),
            By(Coordinators, "coordinator: open a project", 0.06, _ => $"/api/v1/projects/{Any(any)}"),
            By(Coordinators, "coordinator: league table of the year", 0.015, _ => $"/api/v1/boards?period={year}"),
            By(Coordinators, "coordinator: figures of the city", 0.01, _ => "/api/v1/summary?by=jurisdiction"),
            .. Keys.Select(key => new Deed(
                "integration: read the changes",
                0.04 * rate / Keys.Length,
                () =>
                    Get(
                        key,
                        $"/api/v1/changes?limit=100{(positions.TryGetValue(key, out var since) ? $"&since={Uri.EscapeDataString(since)}" : "")}"
                    ),
                (status, body) => HearChanges(key, status, body)
            )),
            new("integration: push 20 projects", 0.005 * rate, Push, HearPush),
            new("integration: a page of projects", 0.015 * rate, () =>
                Get(Keys[random.Next(2)], "/api/v1/projects?limit=100")
            ),
        ];
    }

    private byte[]? RecordProgress()
    {
        var officer = Any(Officers);
        return own[officer.UnitId!] is { Count: > 0 } projects
            ? Post(
                Token(officer),
                $"/api/v1/projects/{Any(projects)}/progress",
                $$"""{"kind":"visit","occurredOn":"{{Today}}","note":"赴企业总部拜访，商谈下一步安排"}"""
            )
            : null;
    }

    private byte[]? SubmitMove()
    {
        var officer = Any(Officers);
        return toMove[officer.UnitId!].TryDequeue(out var project)
            ? Post(
                Token(officer),
                $"/api/v1/projects/{project}/moves",
                $$"""{"to":"registered","occurredOn":"{{Today}}","evidence":{"uscc":"91330400MA2B8K1X0Q","registeredOn":"{{Today}}"} }""",
                "If-Match: *"
            )
            : null;
    }

    private string? HearMove(int status, string body)
    {
        if (status == 201)
            pending.Enqueue(JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!);
        return null;
    }

    private byte[]? VerifyMove() =>
        pending.TryDequeue(out var move) ? Post(Token(Any(Coordinators)), $"/api/v1/moves/{move}/verify", "{}") : null;

    private string? HearChanges(string key, int status, string body)
    {
        if (status == 200 && JsonDocument.Parse(body).RootElement.TryGetProperty("next", out var next))
            positions[key] = next.GetString()!;
        return null;
    }

    /// <summary>Each item of a batch has an answer of its own.</summary>
    private static string? HearPush(int status, string body)
    {
        if (status != 207)
            return $"{status} is no answer to a batch";
        var refused = JsonDocument
            .Parse(body)
            .RootElement.GetProperty("items")
            .EnumerateArray()
            .Count(item => item.GetProperty("status").GetInt32() >= 400);
        return refused == 0 ? null : $"{refused} items refused";
    }

    private byte[] Push()
    {
        var key = Keys[2 + random.Next(Keys.Length - 2)];
        var items = Enumerable
            .Range(0, 20)
            .Select(_ =>
            {
                var number = Interlocked.Increment(ref pushed);
                return $$"""{"key":"{{number}}","op":"create","externalRef":{"system":"{{key}}","id":"{{number}}"},"body":{{Small()}} }""";
            });
        return Post(key, "/api/v1/projects/batch", $$"""{"items":[{{string.Join(',', items)}}]}""");
    }

    /// <summary>A project below the threshold that resembles no other.</summary>
    private string Small()
    {
        string Word(int letters) =>
            string.Concat(Enumerable.Range(0, letters).Select(_ => (char)random.Next(0x4e00, 0x9f00)));
        return $$"""{"name":"{{Word(10)}}","industryCode":"3411","investors":[{"name":"{{Word(8)}}有限公司","country":"CN","primary":true}],"totalInvestment":{"amount":5000000,"currency":"CNY"} }""";
    }

    private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private static byte[] Get(string token, string path) => Load.Request("GET", path, token);

    private static byte[] Post(string token, string path, string body, string? header = null)
    {
        var request = Load.Request("POST", path, token, body);
        if (header is null)
            return request;
        var at = request.AsSpan().IndexOf("\r\n"u8) + 2;
        return [.. request.AsSpan(0, at), .. Encoding.ASCII.GetBytes(header + "\r\n"), .. request.AsSpan(at)];
    }

    private static void AddPerson(SqliteConnection connection, string name, string role, string? unit)
    {
        var values = new
        {
            id = Guid.NewGuid().ToString("N"),
            session = Guid.NewGuid().ToString("N"),
            name,
            role,
            unit,
            now = DateTimeOffset.UtcNow,
            end = DateTimeOffset.UtcNow.AddYears(50),
        };
        connection.Execute(
            "INSERT INTO users (id, username, display_name, role, jurisdiction_id, password_hash, active, demo, created_at) VALUES (@id, @name, @name, @role, @unit, '', 1, 1, @now)",
            values
        );
        connection.Execute(
            "INSERT INTO sessions (id, user_id, method, address, client, started_at, seen_at, expires_at) VALUES (@session, @id, 'password', 'bench', 'bench', @now, @now, @end)",
            values
        );
    }

    private static void AddKey(SqliteConnection connection, string secret, string? unit)
    {
        var values = new
        {
            id = Guid.NewGuid().ToString("N"),
            secret,
            hash = Callers.HashOf(secret),
            unit,
            now = DateTimeOffset.UtcNow,
        };
        connection.Execute(
            """
            INSERT INTO api_keys (id, name, hint, scopes, jurisdiction_id, created_by, created_by_name, created_at, last_used_at, last_used_address, version, updated_at)
            VALUES (@id, @secret, 'ppl_', 'projects:read projects:write', @unit, 'bench', 'bench', @now, @now, 'local', 1, @now)
            """,
            values
        );
        connection.Execute(
            "INSERT INTO api_key_secrets (secret_hash, key_id, issued_at, confirmed_at) VALUES (@hash, @id, @now, @now)",
            values
        );
    }
}
