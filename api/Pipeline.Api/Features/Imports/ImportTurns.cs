using System.Collections.Concurrent;
using Pipeline.Data;

namespace Pipeline.Api.Features.Imports;

/// <summary>The right of a process to run an import, as long as it keeps its lease.</summary>
/// <param name="Attempts">How often the import was begun since a row of it was last taken.</param>
public sealed record ImportTurn(string Id, string Unit, string Lease, int Attempts);

/// <summary>Whose import runs next, and who runs it: units take turns, none has two running at once, and a lease keeps two processes from running the same one.</summary>
public sealed class ImportTurns(Database database, ILogger<ImportTurns> log)
{
    /// <summary>How many imports that wait are looked at: more than all units together may have.</summary>
    private const int MostLookedAt = 2_000;

    /// <summary>How long a process has an import without renewing its lease.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(15);

    // When units had their turn, by a count of turns.
    private readonly ConcurrentDictionary<string, long> served = new(StringComparer.Ordinal);
    private long count;

    /// <summary>The import whose turn it is; null when none waits.</summary>
    public async Task<string?> Next() =>
        (await Waiting()).MinBy(row => (served.GetValueOrDefault(row.Unit), row.Seq))?.Id;

    /// <summary>Whether another unit waits for its turn.</summary>
    public async Task<bool> OthersWait(ImportTurn turn) => (await Waiting()).Exists(row => row.Unit != turn.Unit);

    /// <summary>Takes an import; null when another process has it, or it has ended.</summary>
    public async Task<ImportTurn?> Take(string id)
    {
        var lease = Ids.New();
        var row = await database.Write(async session =>
            await session.Execute(
                Acquire,
                new
                {
                    id,
                    lease,
                    now = session.Now,
                    until = session.Now + Lease,
                }
            ) == 0
                ? null
                : await session.One<OpenRow>(Acquired, new { id })
        );
        if (row is null)
            return null;
        served[row.Unit] = Interlocked.Increment(ref count);
        return new ImportTurn(id, row.Unit, lease, row.Attempts);
    }

    /// <summary>Renews the lease until the import ends, while its file is being read too. Who finds it lost, or the import cancelled, stops the run.</summary>
    public async Task Keep(ImportTurn turn, CancellationTokenSource going)
    {
        while (!going.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(RenewEvery, going.Token);
                if (!await Renew(turn))
                    await going.CancelAsync();
            }
            catch (OperationCanceledException) { }
            catch (Exception error) when (error is DatabaseUnavailableException or LockTimeoutException)
            {
                log.LogWarning(
                    error,
                    "The lease of import {Import} could not be renewed; it will be tried again",
                    turn.Id
                );
            }
        }
    }

    /// <summary>Gives the import back, so that whoever comes next may go on with it at once.</summary>
    public async Task LetGo(ImportTurn turn)
    {
        try
        {
            await database.WriteAnyway(session => session.Execute(Release, new { id = turn.Id, lease = turn.Lease }));
        }
        catch (DatabaseUnavailableException error)
        {
            log.LogWarning(error, "Import {Import} waits until its lease is over", turn.Id);
        }
    }

    /// <summary>Renews the lease; false when it was lost, or the import cancelled.</summary>
    public Task<bool> Renew(ImportTurn turn) =>
        database.WriteAnyway(async session =>
            await session.Execute(
                Extend,
                new
                {
                    id = turn.Id,
                    lease = turn.Lease,
                    until = session.Now + Lease,
                }
            ) == 1
        );

    /// <summary>The imports that could run now: those of units of which none is running.</summary>
    private Task<List<OpenRow>> Waiting() =>
        database.Read(async session =>
        {
            var open = await session.Query<OpenRow>(Open, new { limit = MostLookedAt });
            var busy = open.Where(row => row.IsRunning(session.Now)).Select(row => row.Unit).ToHashSet();
            return open.FindAll(row => !busy.Contains(row.Unit));
        });

    private sealed class OpenRow
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public string? JurisdictionId { get; init; }
        public required string Status { get; init; }
        public DateTimeOffset? LeasedUntil { get; init; }
        public int Attempts { get; init; }

        public string Unit => JurisdictionId ?? "";

        public bool IsRunning(DateTimeOffset now) => Status == "running" && LeasedUntil >= now;
    }

    private const string Columns = "SELECT seq, id, jurisdiction_id, status, leased_until, attempts FROM imports";
    private const string Open = $"{Columns} WHERE status IN ('queued', 'running') ORDER BY seq {{page}}";
    private const string Acquired = $"{Columns} WHERE id = @id";
    private const string Acquire =
        "UPDATE imports SET status = 'running', lease = @lease, leased_until = @until, attempts = attempts + 1, version = version + 1 WHERE id = @id AND (status = 'queued' OR (status = 'running' AND leased_until < @now))";
    private const string Extend =
        "UPDATE imports SET leased_until = @until WHERE id = @id AND lease = @lease AND status = 'running'";

    // It was begun, but not brought down: that attempt does not count.
    private const string Release =
        "UPDATE imports SET status = 'queued', lease = NULL, leased_until = NULL, attempts = CASE WHEN attempts > 0 THEN attempts - 1 ELSE 0 END, version = version + 1 WHERE id = @id AND lease = @lease";
}
