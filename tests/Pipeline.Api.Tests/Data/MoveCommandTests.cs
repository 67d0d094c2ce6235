using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using Pipeline.Api.Tests.Support;
using Pipeline.Data.Moving;

namespace Pipeline.Api.Tests.Data;

/// <summary>The command that moves a library: what it needs, what it says, and that it goes on after it was killed.</summary>
public sealed class MoveCommandTests : MovedLibrary
{
    [Test]
    public async Task The_command_moves_brings_the_key_and_says_what_it_needs()
    {
        using var here = new TestDatabase("sqlite");
        using var there = new TestDatabase("sqlite");
        File.Copy(City.File, here.File);
        var folder = Path.GetDirectoryName(here.File)!;
        (string, string)[] settings = [("ConnectionStrings__Pipeline", here.ConnectionString)];
        var key = Path.ChangeExtension(here.File, ".key");

        // The library's own key, which the configuration bears in the tests, as a file beside it.
        await File.WriteAllBytesAsync(
            key,
            System.Security.Cryptography.SHA256.HashData("a signing key that only the tests know of"u8)
        );
        var (code, said) = await ProgramProcess.Ends(folder, ["move-to"], settings);
        (code, said.Contains("move-to sqlite|sqlserver", StringComparison.Ordinal)).ShouldBe((1, true), said);
        (code, said) = await ProgramProcess.Ends(folder, ["move-to", "sqlserver", "Server=nowhere"], settings);
        (code, said.Contains("Auth__SigningKey=\"base64:", StringComparison.Ordinal)).ShouldBe((1, true), said);

        // The target may stand in a file.
        var file = Path.Combine(folder, "target");
        await File.WriteAllTextAsync(file, there.ConnectionString + "\n");
        (code, said) = await ProgramProcess.Ends(
            folder,
            ["move-to", "sqlite"],
            [.. settings, ("ConnectionStrings__Target__File", file)]
        );
        code.ShouldBe(0, said);
        said.ShouldContain("everything holds");
        (await File.ReadAllBytesAsync(Path.ChangeExtension(there.File, ".key"))).ShouldBe(
            await File.ReadAllBytesAsync(key)
        );

        // With the key in the configuration, as a server needs it, the copy is read alike.
        File.Delete(Path.ChangeExtension(there.File, ".key"));
        (code, said) = await ProgramProcess.Ends(
            folder,
            ["check"],
            ("ConnectionStrings__Pipeline", there.ConnectionString),
            ("Auth__SigningKey", $"base64:{Convert.ToBase64String(await File.ReadAllBytesAsync(key))}")
        );
        code.ShouldBe(0, said);
        (code, said) = await ProgramProcess.Ends(
            folder,
            ["check"],
            ("ConnectionStrings__Pipeline", there.ConnectionString),
            ("Auth__SigningKey", "base64:AAAA")
        );
        (code, said.Contains("Auth:SigningKey", StringComparison.Ordinal)).ShouldBe((1, true), said);
    }

    [Test]
    public async Task A_move_that_was_killed_goes_on_when_it_is_started_again()
    {
        using var here = new TestDatabase("sqlite");
        File.Copy(City.File, here.File);
        for (var attempts = 1; ; attempts++)
        {
            using var there = new TestDatabase("sqlite");
            (string, string)[] settings =
            [
                ("ConnectionStrings__Pipeline", here.ConnectionString),
                ("ConnectionStrings__Target", there.ConnectionString),
                ("Auth__SigningKey", "a signing key that only the tests know of"),
            ];
            string[] command = ["move-to", "sqlite"];
            var folder = Path.GetDirectoryName(here.File)!;

            // It is killed while it waits for this test, which writes to the target as well, in the middle of the tables.
            SqliteConnection? beside = null;
            await ProgramProcess.Killed(folder, command, () => (beside = InTheMiddle(there)) is not null, settings);
            if (beside is null)
            {
                attempts.ShouldBeLessThan(10, "the move was always through before it could be killed");
                continue;
            }

            await beside.DisposeAsync();
            var (code, said) = await ProgramProcess.Ends(
                Path.GetDirectoryName(there.File)!,
                [],
                ("ConnectionStrings__Pipeline", there.ConnectionString),
                ("Auth__SigningKey", "a signing key that only the tests know of")
            );
            (code, said.Trim()).ShouldBe((1, LibraryMove.Unfinished));
            (code, said) = await ProgramProcess.Ends(folder, command, settings);
            code.ShouldBe(0, said);
            said.ShouldContain("Going on where the move was broken off");
            var (source, copy) = (Dump(here), Dump(there));
            foreach (var table in source.Keys)
                copy[table].ShouldBe(source[table], table);
            return;
        }
    }

    /// <summary>Holds a database that is being moved to, so that nobody else writes to it; null while the move has not begun to copy, or is through.</summary>
    private static SqliteConnection? InTheMiddle(TestDatabase there)
    {
        if (!File.Exists(there.File))
            return null;
        var connection = new SqliteConnection($"Data Source={there.File};Pooling=false;Default Timeout=1");
        try
        {
            connection.Open();

            // Past the driver, which would try again only after 150 ms: between two tables there is less than that.
            SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle!, 0);
            var patience = Stopwatch.StartNew();
            var begun = false;
            while (!begun && patience.Elapsed < TimeSpan.FromSeconds(1))
                begun = SQLitePCL.raw.sqlite3_exec(connection.Handle!, "BEGIN IMMEDIATE") == SQLitePCL.raw.SQLITE_OK;
            if (
                begun
                && connection.ExecuteScalar<long>(
                    "SELECT COUNT(*) FROM sqlite_master WHERE name = 'relocation' AND type = 'table'"
                ) == 1
                && connection.ExecuteScalar<long>("SELECT COUNT(*) FROM relocation WHERE ended = 1") > 3
                && connection.ExecuteScalar<long>("SELECT COUNT(*) FROM relocation WHERE ended = 0") > 3
            )
                return connection;
        }
        catch (SqliteException)
        {
            // Somebody else was at it.
        }

        connection.Dispose();
        return null;
    }
}
