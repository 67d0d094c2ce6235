using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;

namespace Pipeline.Data;

/// <summary>Brings the schema up to date: <c>db/&lt;engine&gt;/NNNN_what.sql</c>, forward only, each once, under an exclusive lock, with checksums.</summary>
public static partial class Migrator
{
    /// <summary>Applies what is missing; the names of the scripts that were applied.</summary>
    /// <exception cref="LockTimeoutException">Another process is migrating this database.</exception>
    /// <exception cref="InvalidOperationException">An applied script was changed, or is gone: the message says which.</exception>
    public static async Task<IReadOnlyList<string>> Migrate(Database database, string folder)
    {
        var dialect = database.Dialect;
        var scripts = Directory
            .GetFiles(Path.Combine(folder, dialect.Name), "*.sql")
            .Order(StringComparer.Ordinal)
            .Select(path =>
                (Name: Path.GetFileNameWithoutExtension(path), Text: File.ReadAllText(path).ReplaceLineEndings("\n"))
            )
            .ToList();

        await using var connection = await database.Open();
        await using var transaction = await dialect.BeginWrite(connection);
        if (dialect.LockSql is { } lockSql)
        {
            var outcome = await connection.QuerySingleAsync<LockOutcome>(
                lockSql,
                LockName.Migrate.Parameters,
                transaction
            );
            outcome.Check(LockName.Migrate);
        }
        if (await connection.ExecuteScalarAsync<long>(dialect.CountMigrationTable, transaction: transaction) == 0)
            await connection.ExecuteAsync(dialect.CreateMigrationTable, transaction: transaction);

        var applied = (
            await connection.QueryAsync<(string Name, string Checksum)>(Applied, transaction: transaction)
        ).ToDictionary(row => row.Name, row => row.Checksum);
        if (applied.Keys.Except(scripts.Select(script => script.Name)).Order().FirstOrDefault() is { } gone)
            throw new InvalidOperationException(
                $"The database knows migration {gone}, which this program does not have: it is older than the database."
            );

        var done = new List<string>();
        foreach (var (name, text) in scripts)
        {
            var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            if (applied.TryGetValue(name, out var known))
            {
                if (known != checksum)
                    throw new InvalidOperationException($"Migration {name} was changed after it had been applied.");
                continue;
            }

            // An index of a large library takes longer than a driver waits by itself.
            foreach (var batch in Batches(text))
                await connection.ExecuteAsync(batch, transaction: transaction, commandTimeout: 0);
            await connection.ExecuteAsync(
                Record,
                new
                {
                    name,
                    checksum,
                    at = database.Clock.HostNow,
                },
                transaction
            );
            done.Add(name);
        }

        await transaction.CommitAsync();
        return done;
    }

    /// <summary>The batches of a script, as they are separated by GO.</summary>
    public static IEnumerable<string> Batches(string script) =>
        Go().Split(script).Where(batch => !string.IsNullOrWhiteSpace(batch));

    private const string Applied = "SELECT name, checksum FROM schema_migrations";
    private const string Record =
        "INSERT INTO schema_migrations (name, checksum, applied_at) VALUES (@name, @checksum, @at)";

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Go();
}
