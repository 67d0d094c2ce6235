using Dapper;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>Writers that wait for the one place share a durable commit; what becomes of one is nothing to the others.</summary>
public sealed class GroupedWriteTests
{
    private EmptyLibrary library = null!;
    private Database database = null!;

    [SetUp]
    public async Task Open()
    {
        library = await EmptyLibrary.Make();
        database = library.Database;
    }

    [TearDown]
    public void Close() => library.Dispose();

    [Test]
    public async Task Those_that_wait_together_share_a_transaction_and_are_answered_after_its_commit()
    {
        var (first, last) = (new Gate(), new Gate());
        var ahead = database.Write(first.Passed);
        await first.Reached;
        var transactions = new List<object?>();
        var waiting = Enumerable
            .Range(0, 5)
            .Select(n =>
                database.Write(async session =>
                {
                    transactions.Add(session.Transaction);
                    await Keep(session, $"w{n}");
                })
            )
            .ToList();
        var slow = database.Write(last.Passed);
        first.Open();
        await ahead;
        await last.Reached;

        // The others have done their part, but nobody is told before it is durable.
        waiting.ShouldAllBe(write => !write.IsCompleted);
        (await Kept()).ShouldBeEmpty();
        last.Open();
        await Task.WhenAll([.. waiting, slow]);
        transactions.Distinct().Count().ShouldBe(1);
        (await Kept()).ShouldBe(["w0", "w1", "w2", "w3", "w4"]);
    }

    [Test]
    public async Task A_large_one_shares_with_nobody_and_keeps_its_place()
    {
        var first = new Gate();
        var ahead = database.Write(first.Passed);
        await first.Reached;
        var transactions = new List<object?>();
        var waiting = new[] { false, false, true, false, true, true }
            .Select(
                (alone, n) =>
                    database.Write(
                        async session =>
                        {
                            transactions.Add(session.Transaction);
                            await Keep(session, $"w{n}");
                        },
                        alone
                    )
            )
            .ToList();
        first.Open();
        await Task.WhenAll([ahead, .. waiting]);
        var groups = transactions.Distinct().ToList();
        transactions.Select(transaction => groups.IndexOf(transaction)).ShouldBe([0, 0, 1, 2, 3, 4]);
        (await Kept()).ShouldBe(["w0", "w1", "w2", "w3", "w4", "w5"]);
    }

    [Test]
    public async Task Whoever_writes_knows_whether_others_wait_but_for_workers()
    {
        var first = new Gate();
        var ahead = database.Write(first.Passed);
        await first.Reached;
        var alone = database.OthersWait;
        Database.IsUnhurried = true;
        var worker = database.Write(_ => Task.CompletedTask);
        Database.IsUnhurried = false;
        var withWorker = database.OthersWait;
        var person = database.Write(_ => Task.CompletedTask);
        var withPerson = database.OthersWait;
        first.Open();
        await Task.WhenAll(ahead, worker, person);
        (alone, withWorker, withPerson, database.OthersWait).ShouldBe((false, false, true, false));
    }

    [Test]
    public async Task Each_is_done_as_part_of_its_own_request_whoever_does_it()
    {
        var request = new AsyncLocal<string>();
        var first = new Gate();
        var ahead = database.Write(first.Passed);
        await first.Reached;
        var waiting = Enumerable
            .Range(0, 5)
            .Select(n =>
            {
                request.Value = $"request {n}";
                return database.Write(async session =>
                {
                    await Keep(session, $"w{n}");
                    return request.Value;
                });
            })
            .ToList();
        first.Open();
        await ahead;
        (await Task.WhenAll(waiting)).ShouldBe(["request 0", "request 1", "request 2", "request 3", "request 4"]);
    }

    [Test]
    public async Task What_fails_or_is_refused_is_undone_alone()
    {
        var first = new Gate();
        var ahead = database.Write(first.Passed);
        await first.Reached;
        var good = database.Write(session => Keep(session, "good"));
        var failing = database.Write(async session =>
        {
            await Keep(session, "failing");
            throw new FormatException("of its own");
        });
        var clashing = database.Write(async session =>
        {
            await Keep(session, "clashing");
            await Keep(session, "good");
        });
        var refused = database.Write(
            async session =>
            {
                await Keep(session, "refused");
                return "no";
            },
            answer => answer == "yes"
        );
        var other = database.Write(session => Keep(session, "other"));
        first.Open();
        await ahead;
        await Task.WhenAll(good, other);
        (await Should.ThrowAsync<FormatException>(failing)).Message.ShouldBe("of its own");
        library
            .Dialect.IsDuplicateKey(await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(clashing))
            .ShouldBeTrue();
        (await refused).ShouldBe("no");
        (await Kept()).ShouldBe(["good", "other"]);
    }

    [Test]
    public async Task When_the_database_fails_nobody_is_told_that_anything_was_kept()
    {
        var first = new Gate();
        var ahead = database.Write(first.Passed);
        await first.Reached;
        var good = database.Write(session => Keep(session, "good"));
        var full = database.Write(async session =>
        {
            await session.Connection.ExecuteAsync("PRAGMA max_page_count = 1", transaction: session.Transaction);
            await Keep(session, new string('x', 400));
            foreach (var n in Enumerable.Range(0, 4000))
                await Keep(session, $"{n}{new string('x', 350)}");
        });
        first.Open();
        await ahead;
        await Should.ThrowAsync<DatabaseUnavailableException>(good);
        await Should.ThrowAsync<DatabaseUnavailableException>(full);
        (await Kept()).ShouldBeEmpty();
    }

    private static Task Keep(Session session, string name) =>
        session.Execute("INSERT INTO counters (name, value) VALUES (@name, 1)", new { name });

    private Task<List<string>> Kept() =>
        database.Read(session => session.Query<string>("SELECT name FROM counters ORDER BY name"));

    /// <summary>Holds a write at its end until it is opened.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => reached.Task;

        public void Open() => opened.SetResult();

        public async Task Passed(Session session)
        {
            reached.SetResult();
            await opened.Task;
        }
    }
}
