using System.Data;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pipeline.Benchmarks;

/// <summary>A project as the bare endpoint answers it.</summary>
public sealed record BareProject(
    long Seq,
    string Id,
    string Code,
    string Name,
    string OwnerId,
    string OwnerName,
    string Stage,
    bool Secret,
    long? Amount,
    string? Currency,
    string Facts,
    string Flags,
    string? InTalksOn,
    string? SignedOn,
    string? RegisteredOn,
    string? StartedOn,
    string? InProductionOn,
    long Version,
    string CreatedAt,
    string UpdatedAt
);

/// <summary>A page of them.</summary>
public sealed record BarePage(List<BareProject> Items, long? Next);

/// <summary>What the bare endpoint stores.</summary>
public sealed record BareReport(string Name, decimal Amount);

[JsonSerializable(typeof(BareProject))]
[JsonSerializable(typeof(BarePage))]
[JsonSerializable(typeof(BareReport))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
public sealed partial class BareJson : JsonSerializerContext;

/// <summary>What the API is held against: bare endpoints with hand-written ADO.NET and generated JSON on the same database and settings, without callers, rules or records.</summary>
public static class Reference
{
    private const string Columns = """
        SELECT p.seq, p.id, p.code, p.name, p.owner_id, o.name, p.stage, p.secret, p.amount, p.currency, p.facts, p.flags,
          p.in_talks_on, p.signed_on, p.registered_on, p.started_on, p.in_production_on, p.version, p.created_at, p.updated_at
        FROM projects p JOIN jurisdictions o ON o.id = p.owner_id
        """;

    private const string One = $"{Columns} WHERE p.id = @id";
    private const string Page = $"{Columns} WHERE p.stage = @stage AND p.seq < @before ORDER BY p.seq DESC LIMIT 50";
    private const string Insert = "INSERT INTO bench_reports (name, amount) VALUES (@name, @amount)";

    public static async Task<int> Serve(string database)
    {
        var connectionString = $"Data Source={database};Foreign Keys=False";
        await using (var first = await Open(connectionString))
            await Run(
                first,
                "CREATE TABLE IF NOT EXISTS bench_reports (seq INTEGER PRIMARY KEY, name TEXT NOT NULL, amount INTEGER NOT NULL)"
            );
        var writer = new SemaphoreSlim(1, 1);
        var app = Build();
        app.MapGet("/", () => "ready");
        app.MapGet("/projects/{id}", async (string id) =>
        {
            await using var connection = await Open(connectionString);
            await using var command = connection.CreateCommand();
            command.CommandText = One;
            command.Parameters.AddWithValue("@id", id);
            await using var reader = await command.ExecuteReaderAsync();
            return await reader.ReadAsync()
                ? Results.Json(Read(reader), BareJson.Default.BareProject)
                : Results.NotFound();
        });
        app.MapGet("/projects", async (string stage, long? before) =>
        {
            await using var connection = await Open(connectionString);
            await using var command = connection.CreateCommand();
            command.CommandText = Page;
            command.Parameters.AddWithValue("@stage", stage);
            command.Parameters.AddWithValue("@before", before ?? long.MaxValue);
            await using var reader = await command.ExecuteReaderAsync();
            var items = new List<BareProject>(50);
            while (await reader.ReadAsync())
                items.Add(Read(reader));
            return Results.Json(
                new BarePage(items, items.Count == 50 ? items[^1].Seq : null),
                BareJson.Default.BarePage
            );
        });
        app.MapPost("/reports", async (BareReport report) =>
        {
            await writer.WaitAsync();
            try
            {
                await using var connection = await Open(connectionString);
                await using var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = Insert;
                command.Parameters.AddWithValue("@name", report.Name);
                command.Parameters.AddWithValue("@amount", (long)(report.Amount * 100));
                await command.ExecuteNonQueryAsync();
                await transaction.CommitAsync();
            }
            finally
            {
                writer.Release();
            }

            return Results.Json(report, BareJson.Default.BareReport, statusCode: 201);
        });
        await app.RunAsync();
        return 0;
    }

    /// <summary>The smallest program that answers.</summary>
    public static async Task<int> Hello()
    {
        var app = Build();
        app.MapGet("/", () => "hello");
        await app.RunAsync();
        return 0;
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, BareJson.Default)
        );
        return builder.Build();
    }

    private static async Task<SqliteConnection> Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await Run(
            connection,
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY"
        );
        return connection;
    }

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static BareProject Read(SqliteDataReader row)
    {
        string? Text(int at) => row.IsDBNull(at) ? null : row.GetString(at);
        return new BareProject(
            row.GetInt64(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetString(6),
            row.GetInt64(7) == 1,
            row.IsDBNull(8) ? null : row.GetInt64(8),
            Text(9),
            row.GetString(10),
            row.GetString(11),
            Text(12),
            Text(13),
            Text(14),
            Text(15),
            Text(16),
            row.GetInt64(17),
            row.GetString(18),
            row.GetString(19)
        );
    }
}
