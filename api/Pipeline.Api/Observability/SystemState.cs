using Pipeline.Api.Features.Audit;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Observability;

/// <summary>How many wait in a queue.</summary>
public sealed record QueueLength(string Queue, long Waiting);

/// <summary>What does not grow with the city's history and tells how the system does: asked by whoever runs it, and twice a minute for the metrics.</summary>
/// <param name="FailedSettlements">Projects whose claims could not be settled.</param>
/// <param name="LastAnchor">The last anchor that this instance kept.</param>
/// <param name="AnchorOverdue">How long entries of the trail have waited for an anchor; null: none waits.</param>
public sealed record SystemFacts(
    DateTimeOffset Now,
    IReadOnlyList<QueueLength> Queues,
    long FailedSettlements,
    IReadOnlyList<InstanceRow> Instances,
    BackupMade? LastBackup,
    Anchor? LastAnchor,
    TimeSpan? AnchorOverdue,
    bool ClockTrusted,
    DiskSpace? Disk,
    IReadOnlyList<RetentionRow> Retention
);

/// <summary>The room on the disk that the embedded database lies on.</summary>
public sealed record DiskSpace(long Free, long Total);

/// <summary>Finds out how the system does.</summary>
public sealed class SystemState(
    Database database,
    Anchors anchors,
    WorkerStates workers,
    Presence presence,
    MailSettings mail
)
{
    public WorkerStates Workers => workers;

    public Presence Presence => presence;

    public bool SendsMail => mail.Host is not null;

    public IDialect Dialect => database.Dialect;

    public Task<SystemFacts> Look() =>
        database.Read(async session =>
        {
            var last = anchors.Last();
            var head = await session.One<long>(SelectHead);
            return new SystemFacts(
                session.Now,
                await session.Rows(SelectQueues, row => new QueueLength(row.Text(0), row.Number(1))),
                await session.One<long>(CountFailures),
                await Data.Instances.Alive(session),
                await Backups.Last(session),
                last,
                head > (last?.AuditSeq ?? 0) ? await Waiting(session, last) : null,
                !database.Clock.Unreliable,
                Space(),
                await ApplyRetention.Rounds(session)
            );
        });

    /// <summary>Since when the oldest entry that no anchor holds has waited.</summary>
    private static async Task<TimeSpan?> Waiting(Session session, Anchor? last) =>
        await session.One<DateTimeOffset?>(SelectFirstAfter, new { seq = last?.AuditSeq ?? 0 }) is { } since
            ? session.Now - since
            : null;

    private DiskSpace? Space()
    {
        if (database.Dialect.File is not { } file)
            return null;
        try
        {
            var drive = new DriveInfo(Path.GetDirectoryName(file.Path)!);
            return new DiskSpace(drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // not known
        }
    }

    private const string SelectHead = "SELECT seq FROM audit_head WHERE id = 1";
    private const string SelectFirstAfter = "SELECT at FROM audit WHERE seq = @seq + 1";
    private const string CountFailures = "SELECT COUNT(*) FROM settlement_failures";
    private const string SelectQueues = """
        SELECT 'claims' AS queue, COUNT(*) AS waiting FROM claims WHERE status = 'queued'
        UNION ALL SELECT 'reviews' AS queue, COUNT(*) AS waiting FROM claims WHERE status = 'under-review'
        UNION ALL SELECT 'moves' AS queue, COUNT(*) AS waiting FROM moves WHERE status = 'pending'
        UNION ALL SELECT 'imports' AS queue, COUNT(*) AS waiting FROM imports WHERE status = 'queued'
        UNION ALL SELECT 'mails' AS queue, COUNT(*) AS waiting FROM notice_recipients WHERE mail = 'waiting'
        UNION ALL SELECT 'webhooks' AS queue, COUNT(*) AS waiting FROM webhook_deliveries WHERE status = 'waiting'
        """;
}
