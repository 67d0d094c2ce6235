using Dapper;
using Microsoft.Data.Sqlite;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>What is committed stands in the write-ahead log, and is brought into the file in the background.</summary>
public sealed class CheckpointTests
{
    [Test]
    public async Task What_was_committed_comes_into_the_file_while_others_read_and_write()
    {
        using var library = await EmptyLibrary.Make();
        var (file, database) = (library.File, library.Database);
        await database.Hold();
        await database.Checkpoint();

        // More than the thousand pages after which the engine, left alone, has the one who commits do it.
        await database.Write(async session =>
        {
            for (var n = 0; n < 40; n++)
                await Keep(session, $"n{n}");
        });
        InFile(file).ShouldBe(0);

        // Somebody writes, and somebody reads what was committed; neither keeps the rest from coming into the file, nor is kept waiting.
        var (reads, writes) = (new TaskCompletionSource(), new TaskCompletionSource());
        var reading = database.Read(async session =>
        {
            await session.One<long>("SELECT COUNT(*) FROM settings");
            reads.SetResult();
            await writes.Task;
            return true;
        });
        await reads.Task;
        await database.Write(async session =>
        {
            await Keep(session, "last");
            await database.Checkpoint();
            InFile(file).ShouldBe(40);
        });
        writes.SetResult();
        await reading;
        await database.Checkpoint();
        InFile(file).ShouldBe(41);
    }

    private static Task Keep(Session session, string name) =>
        session.Execute(
            "INSERT INTO settings (name, value) VALUES (@name, @value)",
            new { name, value = new string('x', 200_000) }
        );

    /// <summary>How many are in the file itself, as a copy without its log tells.</summary>
    private static long InFile(TestDatabase file)
    {
        var copy = file.File + ".copy";
        File.Copy(file.File, copy, overwrite: true);
        using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
        return connection.ExecuteScalar<long>("SELECT COUNT(*) FROM settings WHERE LENGTH(value) = 200000");
    }
}
