using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Data.Sqlite;

namespace Pipeline.Benchmarks;

/// <summary>Somebody of a city who asks.</summary>
public sealed record Person(string UserId, string SessionId, string? UnitId);

/// <summary>A city of so many projects: always the same one for a number, kept from run to run.</summary>
public sealed class City
{
    private static readonly IConfiguration Configuration = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Auth:SigningKey"] = Server.SigningKey })
        .Build();
    private static readonly AccessTokens Tokens = new(Secrets, TimeProvider.System);

    private City(string file, int projects) => (File, Projects) = (file, projects);

    public static Secrets Secrets => new(Configuration, new SqliteDialect("Data Source=:memory:"));

    public string File { get; }

    public int Projects { get; }

    public Person Centre { get; private init; } = null!;

    /// <summary>The officers of the 64 units that report.</summary>
    public IReadOnlyList<Person> Officers { get; private init; } = null!;

    /// <summary>A token that holds for a quarter of an hour.</summary>
    public static string TokenOf(Person person) => Tokens.Issue(person.UserId, person.SessionId);

    /// <summary>A cursor for a coordinator in a list of projects, newest first.</summary>
    /// <param name="query">What the list is asked with, from the question mark on.</param>
    public static string CursorBefore(long seq, Person centre, string query)
    {
        var context = new DefaultHttpContext();
        context.User = new System.Security.Claims.ClaimsPrincipal(
            new CallerIdentity(new Caller(centre.UserId, "", "", Role.Coordinator, centre.UnitId, null, null))
        );
        context.Request.Path = "/api/v1/projects";
        context.Request.QueryString = new QueryString(query);
        return new Cursors(Secrets).Write(context.Request, new Cursor(null, seq));
    }

    /// <summary>The city of this size, made now if it was not made before with this schema.</summary>
    public static async Task<City> Of(int projects)
    {
        var file = Path.Combine(Bench.Folder, $"city-{projects}-{Schema()}.db");
        if (!System.IO.File.Exists(file))
            await Make(file, projects);
        return await Open(file, projects);
    }

    /// <summary>A copy that may be written to; it is overwritten by the next.</summary>
    public async Task<City> Copy()
    {
        var copy = Path.Combine(Bench.Folder, "copy.db");
        foreach (var rest in new[] { copy, copy + "-wal", copy + "-shm" })
            System.IO.File.Delete(rest);
        System.IO.File.Copy(File, copy);
        return await Open(copy, Projects);
    }

    /// <summary>Looks into the city.</summary>
    public async Task<List<T>> Query<T>(string sql, object? parameters = null)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    private static async Task<City> Open(string file, int projects)
    {
        var city = new City(file, projects);
        var people = await city.Query<(string Username, string Id, string Session, string? Unit)>(
            "SELECT u.username, u.id, s.id, u.jurisdiction_id FROM users u JOIN sessions s ON s.user_id = u.id AND s.client = 'bench' ORDER BY u.username"
        );
        var known = people.ToDictionary(
            person => person.Username,
            person => new Person(person.Id, person.Session, person.Unit)
        );
        return new City(file, projects)
        {
            Centre = known["centre"],
            Officers =
            [
                .. people
                    .Where(person => person.Username is not ("centre" or "leader" or "auditor" or "admin" or "centre2"))
                    .Select(person => known[person.Username])
                    .Take(64),
            ],
        };
    }

    private static async Task Make(string file, int projects)
    {
        Console.WriteLine($"Making a city of {projects} projects …");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var making = file + ".making";
        foreach (var rest in new[] { making, making + "-wal", making + "-shm" })
            System.IO.File.Delete(rest);
        using (
            await Server.Api(
                making,
                new Dictionary<string, string>
                {
                    ["Demo__Enabled"] = "true",
                    ["Demo__Register"] = "",
                    ["Demo__Password"] = "measured and forgotten",
                }
            )
        )
        {
            // Migrates and makes the demo's units and accounts.
        }

        var rules = await On(making, database => database.Read(new RuleBooks().Current));
        await using (var connection = new SqliteConnection($"Data Source={making};Pooling=False"))
        {
            await connection.OpenAsync();
            People(connection);
            new CityMaker(connection, Secrets.Vault(), rules, projects).Make();
        }

        await On(making, async database =>
        {
            await database.Write(StageTotals.Rebuild);
            return true;
        });

        System.IO.File.Move(making, file);
        Console.WriteLine($"… made in {watch.Elapsed.TotalSeconds:0} s, {new FileInfo(file).Length >> 20} MiB");
    }

    /// <summary>Works on a file as the product does. With the dialect its connections end, and what they wrote is in the file.</summary>
    private static async Task<T> On<T>(string file, Func<Database, Task<T>> work)
    {
        using var dialect = new SqliteDialect($"Data Source={file}");
        using var database = new Database(dialect, new Clock(TimeProvider.System), Secrets.Vault());
        return await work(database);
    }

    /// <summary>Units up to 64, an officer for each, and a session for everybody.</summary>
    private static void People(SqliteConnection connection)
    {
        var now = DateTimeOffset.UtcNow;
        var reporting = connection.ExecuteScalar<int>("SELECT COUNT(*) FROM jurisdictions WHERE reports = 1");
        for (var number = reporting; number < 64; number++)
        {
            var unit = Guid.NewGuid().ToString("N");
            connection.Execute(
                "INSERT INTO jurisdictions (id, code, name, kind, reports, active, aliases, version, updated_at) VALUES (@unit, @code, @name, 'county', 1, 1, '[]', 1, @now)",
                new
                {
                    unit,
                    code = $"unit{number}",
                    name = $"第{number}区",
                    now,
                }
            );
            connection.Execute(
                "INSERT INTO users (id, username, display_name, role, jurisdiction_id, password_hash, active, demo, created_at) VALUES (@id, @name, @name, 'officer', @unit, '', 1, 1, @now)",
                new
                {
                    id = Guid.NewGuid().ToString("N"),
                    name = $"unit{number}",
                    unit,
                    now,
                }
            );
        }

        foreach (var user in connection.Query<string>("SELECT id FROM users").ToList())
        {
            connection.Execute(
                "INSERT INTO sessions (id, user_id, method, address, client, started_at, seen_at, expires_at) VALUES (@id, @user, 'password', 'bench', 'bench', @now, @now, @end)",
                new
                {
                    id = Guid.NewGuid().ToString("N"),
                    user,
                    now,
                    end = now.AddYears(50),
                }
            );
        }
    }

    /// <summary>Another schema, or maker, is another city.</summary>
    private static string Schema()
    {
        var scripts = Directory
            .GetFiles(Path.Combine(Bench.Folder, "api", "db", "sqlite"), "*.sql")
            .Order(StringComparer.Ordinal)
            .Select(System.IO.File.ReadAllText);
        return Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(scripts.Append(CityMaker.Version))))
        )[..8];
    }
}
