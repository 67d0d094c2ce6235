using Pipeline.Api.Queries;
using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Features.Changes;

/// <summary>Forgets changes after their time, some thousands at a time.</summary>
public sealed class ForgetChanges(Database database, WorkerParts parts) : TimedWorker(TimeSpan.FromHours(1), parts)
{
    private const int Batch = 5000;

    /// <summary>A day longer than cursors hold, so that none finds a gap.</summary>
    private static readonly TimeSpan Kept = ChangeCursors.Kept + TimeSpan.FromDays(1);

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await Run(stopping);
        return true;
    }

    public async Task Run(CancellationToken cancel = default)
    {
        await database.WorkThrough(Batch, Some, cancel);
    }

    private static async Task<bool> Some(Session session, int limit)
    {
        var oldest = await session.Query<Row>(SelectOldest, new { limit });
        var before = session.Now - Kept;
        var gone = oldest.TakeWhile(row => row.RecordedAt < before).ToList();
        if (gone.Count == 0)
            return false;
        await session.Lock(LockName.Audit);
        await session.Execute(DeleteReaders, new { upTo = gone[^1].Seq });
        await session.Execute(DeleteChanges, new { upTo = gone[^1].Seq });
        return gone.Count == limit;
    }

    private sealed class Row
    {
        public long Seq { get; init; }
        public DateTimeOffset RecordedAt { get; init; }
    }

    private const string SelectOldest = "SELECT seq, recorded_at FROM changes ORDER BY seq {page}";
    private const string DeleteReaders = "DELETE FROM change_readers WHERE seq <= @upTo";
    private const string DeleteChanges = "DELETE FROM changes WHERE seq <= @upTo";
}
