using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Pipeline.Data.Sqlite;

/// <summary>The file of the embedded database. Copies are made while the service runs, checked before they are trusted, and put back when it does not run.</summary>
internal sealed class SqliteFile(string connectionString) : IDatabaseFile
{
    public string Path => System.IO.Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    public async Task<IHeldFile> Hold()
    {
        var held = Unpooled();
        await held.OpenAsync();
        await held.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sqlite_master");
        return new Held(held);
    }

    private sealed class Held(SqliteConnection connection) : IHeldFile
    {
        private readonly SemaphoreSlim turn = new(1, 1);

        public async Task Checkpoint()
        {
            await turn.WaitAsync();
            try
            {
                // The engine does it in the thread that asks.
                await Task.Run(() => connection.Execute("PRAGMA wal_checkpoint(PASSIVE)"));
            }
            finally
            {
                turn.Release();
            }
        }

        public void Dispose()
        {
            turn.Wait();
            connection.Dispose();
            turn.Dispose();
        }
    }

    public string KeyFile => KeyOf(Path);

    public void TakeAlone()
    {
        SqliteConnection.ClearAllPools();
        if (File.Exists(Path))
            Alone(Path);
    }

    public void Delete()
    {
        SqliteConnection.ClearAllPools();
        foreach (var end in new[] { "", "-wal", "-shm" })
            File.Delete(Path + end);
    }

    // Damaged, or no database.
    public bool IsDamaged(DbException error) => error is SqliteException { SqliteErrorCode: 11 or 26 };

    public void CopyTo(string file)
    {
        file = System.IO.Path.GetFullPath(file);
        if (File.Exists(file))
            throw new InvalidOperationException($"{file} exists already; it was left as it is.");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        using (var source = Unpooled())
        using (var copy = Plain(file))
        {
            source.Open();
            copy.Open();
            source.BackupDatabase(copy);
            Run(copy, "PRAGMA journal_mode = DELETE");
        }

        if (FindDamage(file) is { } damage)
            throw new InvalidOperationException($"The copy {file} is damaged: {damage}");
        if (File.Exists(KeyOf(Path)))
            File.Copy(KeyOf(Path), KeyOf(file), overwrite: false);
    }

    public string? ReplaceBy(string file, DateTimeOffset now)
    {
        file = System.IO.Path.GetFullPath(file);
        if (!File.Exists(file))
            throw new InvalidOperationException($"{file} does not exist.");
        if (FindDamage(file) is { } damage)
            throw new InvalidOperationException($"{file} is damaged: {damage}");
        var target = Path;
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

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        File.Copy(file, target);
        if (File.Exists(KeyOf(file)))
            File.Copy(KeyOf(file), KeyOf(target), overwrite: true);
        return kept;
    }

    public string? FindDamage(string file)
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

    /// <summary>A connection that ends when it is closed.</summary>
    private SqliteConnection Unpooled() =>
        new(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());

    private static SqliteConnection Plain(string file) =>
        new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());

    private static string KeyOf(string database) => System.IO.Path.ChangeExtension(database, ".key");

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
