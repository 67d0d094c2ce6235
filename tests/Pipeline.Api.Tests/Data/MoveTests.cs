using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Commands;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Data.Moving;
using Pipeline.Data.Sqlite;
using Pipeline.Data.SqlServer;
using Pipeline.TSql;

namespace Pipeline.Api.Tests.Data;

/// <summary>A library that is moved to another database is the same there, row by row, wherever the move was broken off.</summary>
public sealed class MoveTests : MovedLibrary
{
    private static readonly string Migrations = Layout.Find().Migrations;

    [TestCaseSource(typeof(Engines), nameof(Engines.AtHand))]
    public async Task Everything_is_there_afterwards_and_everything_holds(string engine)
    {
        using var there = new TestDatabase(engine, fresh: true);
        using (var move = Move.Of(City, there))
        {
            await move.Copy();
            await move.End();
        }

        using (var app = new PipelineApp(engine, database: there, settings: new Dictionary<string, string?>()))
        {
            (
                await app
                    .Services.GetRequiredService<Database>()
                    .Read(session =>
                        Invariants.Violations(
                            session,
                            app.Services.GetRequiredService<Anchors>(),
                            app.Services.GetRequiredService<RuleBooks>()
                        )
                    )
            ).ShouldBeEmpty();

            // People find what they knew, and contacts can be read.
            (await app.As("centre").Get("projects?count=true"))["items"].AsArray().ShouldNotBeEmpty();
        }

        // On a server the way back is part of it.
        using var back = new TestDatabase("sqlite");
        if (engine == "sqlite")
            return;
        using var second = Move.Of(there, back);
        await second.Copy();
    }

    [Test]
    public async Task Every_row_of_every_table_is_equal_and_so_is_how_rows_are_numbered()
    {
        using var there = new TestDatabase("sqlite");
        using (var move = Move.Of(City, there))
        {
            await move.Copy();
            await move.End();
        }

        var (source, copy) = (Dump(City), Dump(there));
        copy.Keys.Order().ShouldBe(source.Keys.Order());
        foreach (var table in source.Keys)
            copy[table].ShouldBe(source[table], table);
        source.Count(table => table.Value.Count > 0).ShouldBeGreaterThan(60); // or this would prove little
    }

    [Test]
    public async Task A_move_that_is_broken_off_anywhere_goes_on_from_there()
    {
        using var there = new TestDatabase("sqlite");
        var breaks = 0;
        for (var rounds = 0; ; rounds++)
        {
            // Each round is broken off some lines after the last one was: within tables, between them, while comparing.
            var lines = 0;
            using var move = Move.Of(City, there, mostRows: 7, say: _ =>
            {
                if (++lines > 5 + (rounds * 3))
                    throw new IOException("The power went");
            });
            try
            {
                await move.Copy();
                await move.End();
                break;
            }
            catch (IOException)
            {
                breaks++;
            }

            // Nobody takes a part for the whole.
            Should
                .Throw<InvalidOperationException>(() =>
                    new PipelineApp("sqlite", database: there, settings: new Dictionary<string, string?>())
                )
                .Message.ShouldBe(LibraryMove.Unfinished);
        }

        breaks.ShouldBeGreaterThan(10);
        var (source, copy) = (Dump(City), Dump(there));
        foreach (var table in source.Keys)
            copy[table].ShouldBe(source[table], table);
    }

    [Test]
    public async Task What_is_not_empty_is_not_moved_to()
    {
        using var there = new TestDatabase("sqlite");
        using (new PipelineApp("sqlite", database: there, settings: new Dictionary<string, string?>())) { }
        SqliteConnection.ClearAllPools();
        var before = Dump(there);
        using var move = Move.Of(City, there);
        (await Should.ThrowAsync<InvalidOperationException>(move.Copy)).Message.ShouldContain("is not empty");
        var after = Dump(there);
        foreach (var table in before.Keys)
            after[table].ShouldBe(before[table], table);
    }

    [Test]
    public async Task What_was_only_migrated_counts_as_empty()
    {
        using var there = new TestDatabase("sqlite");
        var (code, said) = await ProgramProcess.Ends(
            Path.GetDirectoryName(there.File)!,
            ["migrate"],
            ("ConnectionStrings__Pipeline", there.ConnectionString)
        );
        code.ShouldBe(0, said);
        Dump(there)
            .Where(table => table.Value.Count > 0 && table.Key is not "sqlite_sequence")
            .Select(table => table.Key)
            .Order()
            .ShouldBe(LibraryMove.Prepared);
        using var move = Move.Of(City, there);
        await move.Copy();
    }

    [Test]
    public async Task A_library_that_is_served_is_not_moved()
    {
        using var served = new TestDatabase("sqlite");
        using var there = new TestDatabase("sqlite");
        using var app = new PipelineApp("sqlite", database: served, settings: new Dictionary<string, string?>());
        using var move = Move.Of(served, there);
        (await Should.ThrowAsync<InvalidOperationException>(move.Copy)).Message.ShouldContain("stop the service");
    }

    [Test]
    public async Task A_library_that_was_changed_meanwhile_is_moved_anew()
    {
        using var own = new TestDatabase("sqlite");
        using var there = new TestDatabase("sqlite");
        File.Copy(City.File, own.File);
        using (var move = Move.Of(own, there, say: _ => throw new IOException("The power went")))
            await Should.ThrowAsync<IOException>(move.Copy);
        using (var connection = new SqliteConnection($"Data Source={own.File};Pooling=false"))
            connection.Execute("UPDATE audit_head SET hash = 'another'");
        using var again = Move.Of(own, there);
        (await Should.ThrowAsync<InvalidOperationException>(again.Copy)).Message.ShouldContain("changed since");
    }

    [Test]
    public async Task A_copy_that_differs_is_found_and_nobody_starts_on_it()
    {
        using var there = new TestDatabase("sqlite");
        using var move = Move.Of(City, there, say: line =>
        {
            if (!line.StartsWith("Comparing", StringComparison.Ordinal))
                return;
            using var connection = new SqliteConnection($"Data Source={there.File};Pooling=false");
            connection.Execute("UPDATE users SET display_name = display_name || ' ' WHERE username = 'centre'");
        });
        (await Should.ThrowAsync<InvalidOperationException>(move.Copy)).Message.ShouldContain("users: ");
    }

    /// <summary>A move between two databases of tests.</summary>
    private sealed class Move : IDisposable
    {
        private readonly Database source;
        private readonly Database target;
        private readonly LibraryMove move;

        private Move(TestDatabase from, TestDatabase to, int mostRows, Action<string> say)
        {
            (source, target) = (Open(from), Open(to));
            move = new LibraryMove(source, target, Migrations, say) { MostRows = mostRows };
        }

        public static Move Of(TestDatabase from, TestDatabase to, int mostRows = 5000, Action<string>? say = null) =>
            new(from, to, mostRows, say ?? (_ => { }));

        public Task Copy() => move.Copy();

        public Task End() => move.End();

        public void Dispose()
        {
            foreach (var database in new[] { source, target })
            {
                database.Dispose();
                (database.Dialect as IDisposable)?.Dispose();
            }
        }

        private static Database Open(TestDatabase database) =>
            new(
                DatabaseEngines.Choose(database.Engine, database.ConnectionString),
                new Clock(TimeProvider.System),
                new Vault([], new byte[32], new byte[32])
            );
    }
}
