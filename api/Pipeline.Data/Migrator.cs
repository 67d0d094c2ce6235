using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;

namespace Pipeline.Data;

/// <summary>A script that was applied to a database.</summary>
public sealed class AppliedMigration
{
    public required string Name { get; init; }
    public DateTimeOffset AppliedAt { get; init; }
}

/// <summary>Brings the schema up to date: <c>db/&lt;engine&gt;/NNNN_what.sql</c>, forward only, each once, under an exclusive lock, with checksums.</summary>
public static partial class Migrator
{
    /// <summary>Applies what is missing; the names of the scripts that were applied.</summary>
    /// <remarks>All in one transaction: broken off anywhere, nothing was done. A program goes on with a database that a newer one has only added to; a script that takes away (<c>-- contracts NNNN</c>: programs that do not know NNNN cannot bear it) is not applied while such a program runs, and turns it away from then on.</remarks>
    /// <param name="database">The database whose schema it is.</param>
    /// <param name="folder">The folder that has a folder of scripts for each engine.</param>
    /// <param name="newer">Told of each script that a newer program has applied.</param>
    /// <exception cref="LockTimeoutException">Another process is migrating this database.</exception>
    /// <exception cref="InvalidOperationException">An applied script was changed, or is gone, the database is too new, or a program is in the way: the message says which.</exception>
    public static async Task<IReadOnlyList<string>> Migrate(
        Database database,
        string folder,
        Action<string>? newer = null
    )
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
        var newest = scripts.Count > 0 ? NumberOf(scripts[^1].Name) : "";
        foreach (
            var unknown in applied.Keys.Except(scripts.Select(script => script.Name)).Order(StringComparer.Ordinal)
        )
        {
            if (string.CompareOrdinal(NumberOf(unknown), newest) <= 0)
                throw new InvalidOperationException(
                    $"The database knows migration {unknown}, which this program does not have: it is another program's."
                );
            if (IsTooOld(newest, await connection.ExecuteScalarAsync<string>(OldestProgram, transaction: transaction)))
                throw new InvalidOperationException(
                    $"The database knows migration {unknown}, after which programs that know migrations up to {newest}, as this one does, can no longer work on it: start the newer program."
                );
            newer?.Invoke(unknown);
        }

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

            if (NeedsProgram(text) is { } needed)
                await TurnAway(database, connection, transaction, name, needed);

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

    /// <summary>The number of a script.</summary>
    public static string NumberOf(string name) => name.Split('_')[0];

    /// <summary>The number of the newest script of a folder, whichever engine's.</summary>
    public static string Newest(string folder) =>
        Directory
            .GetFiles(folder, "*.sql", SearchOption.AllDirectories)
            .Select(path => NumberOf(Path.GetFileNameWithoutExtension(path)))
            .Where(number => number.Length == 4 && number.All(char.IsAsciiDigit))
            .Max(StringComparer.Ordinal)!;

    /// <summary>The number that a program must know to bear what a script takes away; null where it only adds.</summary>
    public static string? NeedsProgram(string script) =>
        Contracts().Match(script) is { Success: true } match ? match.Groups["needed"].Value : null;

    /// <summary>Whether a program that knows scripts up to a number can no longer work on a database that needs the oldest one.</summary>
    public static bool IsTooOld(string knows, string? oldest) =>
        oldest is not null && string.CompareOrdinal(knows, oldest) < 0;

    /// <summary>Notes that programs that do not know a script are turned away from now on; refuses while one serves the database.</summary>
    private static async Task TurnAway(
        Database database,
        DbConnection connection,
        DbTransaction transaction,
        string name,
        string needed
    )
    {
        var now = await database.Clock.Now(connection, transaction, database.Dialect);
        var older = await connection.QueryAsync<string>(
            Instances.OlderHosts,
            new { since = now - Instances.Silence, knows = needed },
            transaction
        );
        if (string.Join(", ", older) is { Length: > 0 } hosts)
            throw new InvalidOperationException(
                $"Migration {name} takes away what an older program needs, and one still serves this database: {hosts}. Nothing was changed. Stop it first; one that was killed is forgotten after {(int)Instances.Silence.TotalSeconds} seconds."
            );
        if (await connection.ExecuteAsync(RaiseOldest, new { needed }, transaction) == 0)
            await connection.ExecuteAsync(InsertOldest, new { needed }, transaction);
    }

    /// <summary>The batches of a script, as they are separated by GO.</summary>
    public static IEnumerable<string> Batches(string script) =>
        Go().Split(script).Where(batch => !string.IsNullOrWhiteSpace(batch));

    /// <summary>The number that a program must know to work on this database; none: every program may.</summary>
    public const string OldestProgram = "SELECT value FROM settings WHERE name = 'oldest-program'";
    private const string RaiseOldest = "UPDATE settings SET value = @needed WHERE name = 'oldest-program'";
    private const string InsertOldest = "INSERT INTO settings (name, value) VALUES ('oldest-program', @needed)";

    /// <summary>What was applied, the newest first: <see cref="AppliedMigration"/>.</summary>
    public const string AppliedScripts = "SELECT name, applied_at FROM schema_migrations ORDER BY name DESC";
    internal const string AppliedNames = "SELECT name FROM schema_migrations";
    private const string Applied = "SELECT name, checksum FROM schema_migrations";
    private const string Record =
        "INSERT INTO schema_migrations (name, checksum, applied_at) VALUES (@name, @checksum, @at)";

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Go();

    [GeneratedRegex(@"^-- contracts (?<needed>\d{4})\b", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Contracts();
}
