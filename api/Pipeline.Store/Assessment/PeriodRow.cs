using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;

namespace Pipeline.Store.Assessment;

/// <summary>Whether facts are still booked in a period (R105).</summary>
public enum PeriodStatus
{
    Open,
    Closed,
}

/// <summary>A period was closed (R105).</summary>
public sealed record PeriodClosed(string Period, string SnapshotId, Caller Actor) : IDomainEvent;

/// <summary>An administrator asks to open a closed period again; a coordinator has to confirm it (R109).</summary>
public sealed record PeriodReopenAsked(string Period, string Reason, Caller Actor) : IDomainEvent;

/// <summary>A closed period was opened again (R109).</summary>
public sealed record PeriodReopened(string Period, string Reason, Caller Actor) : IDomainEvent;

/// <summary>A period that was closed at least once, as it is stored.</summary>
public sealed class PeriodRow
{
    public required string Period { get; init; }
    public required string Status { get; init; }

    /// <summary>The last snapshot that was made of it.</summary>
    public required string SnapshotId { get; init; }
    public required string ClosedBy { get; init; }
    public required string ClosedByName { get; init; }
    public DateTimeOffset ClosedAt { get; init; }
    public string? ReopenReason { get; init; }
    public string? ReopenAskedBy { get; init; }
    public string? ReopenAskedByName { get; init; }
    public DateTimeOffset? ReopenAskedAt { get; init; }
    public string? ReopenedBy { get; init; }
    public string? ReopenedByName { get; init; }
    public DateTimeOffset? ReopenedAt { get; init; }
    public long Version { get; init; }
    public long SnapshotVersion { get; init; }
    public required string SnapshotHash { get; init; }

    public PeriodStatus At => Slug.To<PeriodStatus>(Status);

    /// <summary>Whether somebody asked to open it again and nobody confirmed it yet.</summary>
    public bool AwaitsReopening => At == PeriodStatus.Closed && ReopenAskedAt is not null;

    public static Task<List<PeriodRow>> All(Session session) =>
        session.Query<PeriodRow>($"{Select} ORDER BY p.period DESC");

    public static Task<PeriodRow?> Of(Session session, string period) =>
        session.One<PeriodRow>($"{Select} WHERE p.period = @period", new { period });

    /// <summary>Has a period closed with its snapshot, whether it was closed before or not.</summary>
    public static async Task Close(Session session, Caller by, string period, string snapshotId, PeriodRow? before)
    {
        var values = new
        {
            period,
            snapshotId,
            by = by.UserId,
            byName = by.DisplayName,
            now = session.Now,
        };
        if (before is null)
            await session.Execute(Insert, values);
        else
            await session.ExecuteOnOne(SetClosed, values);
    }

    public static Task AskReopening(Session session, Caller by, string period, string reason) =>
        session.ExecuteOnOne(
            SetAsked,
            new
            {
                period,
                reason,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );

    public static Task Reopen(Session session, Caller by, string period) =>
        session.ExecuteOnOne(
            SetReopened,
            new
            {
                period,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );

    private const string Select = """
        SELECT p.period, p.status, p.snapshot_id, p.closed_by, p.closed_by_name, p.closed_at, p.reopen_reason, p.reopen_asked_by, p.reopen_asked_by_name, p.reopen_asked_at,
          p.reopened_by, p.reopened_by_name, p.reopened_at, p.version, s.version AS snapshot_version, s.hash AS snapshot_hash
        FROM periods p JOIN snapshots s ON s.id = p.snapshot_id
        """;
    private const string Insert = """
        INSERT INTO periods (period, status, snapshot_id, closed_by, closed_by_name, closed_at, version, updated_at)
        VALUES (@period, 'closed', @snapshotId, @by, @byName, @now, 1, @now)
        """;
    private const string SetClosed = """
        UPDATE periods SET status = 'closed', snapshot_id = @snapshotId, closed_by = @by, closed_by_name = @byName, closed_at = @now, reopen_reason = NULL, reopen_asked_by = NULL,
          reopen_asked_by_name = NULL, reopen_asked_at = NULL, version = version + 1, updated_at = @now
        WHERE period = @period AND status = 'open'
        """;
    private const string SetAsked = """
        UPDATE periods SET reopen_reason = @reason, reopen_asked_by = @by, reopen_asked_by_name = @byName, reopen_asked_at = @now, version = version + 1, updated_at = @now
        WHERE period = @period AND status = 'closed'
        """;
    private const string SetReopened = """
        UPDATE periods SET status = 'open', reopened_by = @by, reopened_by_name = @byName, reopened_at = @now, version = version + 1, updated_at = @now
        WHERE period = @period AND status = 'closed'
        """;
}
