using Microsoft.Data.Sqlite;
using Pipeline.Api.Data;

namespace Pipeline.Api.Features.Service;

/// <summary>Copies of the embedded database: made while the service runs, checked before they are trusted, put back when it does not run.</summary>
public static class Backup
{
    /// <summary>Copies the database, and the key beside it, to a new file.</summary>
    /// <exception cref="InvalidOperationException">It cannot be done; the message says why, and nothing was overwritten.</exception>
    public static void Make(SqliteDialect dialect, string file)
    {
        file = Path.GetFullPath(file);
        if (File.Exists(file))
            throw new InvalidOperationException($"{file} exists already; it was left as it is.");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using (var source = dialect.Unpooled())
        using (var copy = Plain(file))
        {
            source.Open();
            copy.Open();
            source.BackupDatabase(copy);
            Run(copy, "PRAGMA journal_mode = DELETE");
        }

        if (Integrity(file) is { } damage)
            throw new InvalidOperationException($"The copy {file} is damaged: {damage}");
        if (File.Exists(KeyOf(dialect.File)))
            File.Copy(KeyOf(dialect.File), KeyOf(file), overwrite: false);
    }

    /// <summary>Puts a copy in the place of the database. What was there is kept beside it; its new name is answered.</summary>
    /// <exception cref="InvalidOperationException">The copy is damaged or no database of this system, or the service still runs; nothing was changed.</exception>
    public static string? Restore(SqliteDialect dialect, string file, DateTimeOffset now)
    {
        file = Path.GetFullPath(file);
        if (!File.Exists(file))
            throw new InvalidOperationException($"{file} does not exist.");
        if (Integrity(file) is { } damage)
            throw new InvalidOperationException($"{file} is damaged: {damage}");
        var target = dialect.File;
        if (target == file)
            throw new InvalidOperationException($"{file} is the database itself.");
        string? kept = null;
        if (File.Exists(target))
        {
            Alone(target);
            kept = $"{target}.{now:yyyyMMddHHmmss}.replaced";
            File.Move(target, kept);
            foreach (var rest in new[] { "-wal", "-shm" })
                File.Delete(target + rest);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
        if (File.Exists(KeyOf(file)))
            File.Copy(KeyOf(file), KeyOf(target), overwrite: true);
        return kept;
    }

    /// <summary>What is damaged in a file, or null when it is whole and a database of this system.</summary>
    public static string? Integrity(string file)
    {
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder
                {
                    DataSource = file,
                    Mode = SqliteOpenMode.ReadOnly,
                    Pooling = false,
                }.ToString()
            );
            connection.Open();
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check(1)";
            if (check.ExecuteScalar() as string is var answer and not "ok")
                return answer;
            using var known = connection.CreateCommand();
            known.CommandText =
                "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name IN ('schema_migrations', 'claims', 'projects')";
            return (long)known.ExecuteScalar()! == 3 ? null : "it is no database of this system";
        }
        catch (SqliteException error)
        {
            return error.Message;
        }
    }

    /// <summary>Takes the database for itself for a moment, with everything committed in the main file; fails while another process has it open.</summary>
    private static void Alone(string target)
    {
        try
        {
            using var connection = Plain(target);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandTimeout = 1;

            // Only who is alone can leave the write-ahead log, and gathers what is in it into the main file.
            command.CommandText = "PRAGMA journal_mode = DELETE";
            if (command.ExecuteScalar() is not "delete")
                throw InUse(target);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is 5 or 6)
        {
            throw InUse(target);
        }
        catch (SqliteException)
        {
            // It cannot even be read: that is why it is being replaced; it is kept all the same.
        }
    }

    private static InvalidOperationException InUse(string target) =>
        new($"{target} is in use: stop the service first.");

    private static SqliteConnection Plain(string file) =>
        new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());

    private static string KeyOf(string database) => Path.ChangeExtension(database, ".key");

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
