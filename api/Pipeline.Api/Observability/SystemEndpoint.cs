using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;

namespace Pipeline.Api.Observability;

/// <summary>How the system does, for whoever runs it.</summary>
public static class SystemEndpoint
{
    public static void MapSystem(this IEndpointRouteBuilder api) =>
        api.MapGet("/system", Handle)
            .WithName("getSystem")
            .WithSummary("Tell how the system does")
            .WithDescription(
                "Versions, instances, rounds of the workers of the instance that answers, queues, disk, mail, the last backup and anchor, what was removed after its time, and the clock. What is not known is left out; how many reports and moves wait is told to auditors alone."
            )
            .WithTags("Service")
            .Allows(Act.ReadSystem)
            .Answers<SystemView>();

    /// <summary>The queues that tell of work, not of projects.</summary>
    private static readonly string[] Technical = ["imports", "mails", "webhooks"];

    private static async Task<IResult> Handle(Call call, SystemState state)
    {
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        var facts = await state.Look();

        // How many reports and moves wait tells of projects, which an administrator of accounts does not read (R20).
        var readsProjects = call.Caller.Role is not Role.Admin;
        var migrations = await call.Read(session => session.Query<AppliedMigration>(Migrator.AppliedScripts));
        return Reply.Plain(
            new SystemView(
                state.Presence.Version,
                state.Dialect.Name,
                state.Presence.Knows,
                migrations,
                [
                    .. facts.Instances.Select(one => new InstanceView(
                        one.Host,
                        one.Program,
                        one.Knows,
                        one.StartedAt,
                        one.SeenAt,
                        one.Id == state.Presence.Id
                    )),
                ],
                [
                    .. state
                        .Workers.All.OrderBy(one => one.Key, StringComparer.Ordinal)
                        .Select(one => new WorkerView(
                            one.Key,
                            one.Value.LastSuccessAt,
                            one.Value.FailingSince,
                            one.Value.Failures
                        )),
                ],
                [.. facts.Queues.Where(queue => readsProjects || Technical.Contains(queue.Queue))],
                facts.FailedSettlements,
                facts.Disk is { } disk ? new DiskView(disk.Free, disk.Total) : null,
                state.SendsMail,
                facts.LastBackup is { } backup
                    ? new BackupView(backup.MadeAt, backup.FileName, backup.Size, backup.Hash)
                    : null,
                facts.LastAnchor is { } anchor
                    ? new AnchorView(anchor.At, anchor.AuditSeq, anchor.ReceiptSequence)
                    : null,
                (long?)facts.AnchorOverdue?.TotalSeconds,
                new ClockState(facts.Now, facts.ClockTrusted),
                [
                    .. facts.Retention.Select(round => new RetentionView(
                        round.Kind,
                        round.BeganAt,
                        round.EndedAt,
                        round.RuleSetId,
                        round.RemovedBefore,
                        round.Removed,
                        round.RemovedEver
                    )),
                ]
            )
        );
    }
}

/// <param name="Engine"><c>sqlite</c> or <c>sqlserver</c>.</param>
/// <param name="Schema">The number of the newest migration that this program knows.</param>
/// <param name="Migrations">What was applied to the database, the newest first.</param>
/// <param name="Workers">The last rounds of the workers of the instance that answers.</param>
/// <param name="FailedSettlements">Projects whose claims could not be settled.</param>
/// <param name="Disk">The room beside the embedded database; left out: unknown, or a server's.</param>
/// <param name="SendsMail">Whether a mail server is configured.</param>
/// <param name="LastBackup">The last backup on record; left out: none is.</param>
/// <param name="LastAnchor">The last anchor that the instance that answers kept; left out: none.</param>
/// <param name="AnchorOverdueSeconds">How long the oldest entry that no anchor holds has waited; left out: none waits.</param>
/// <param name="Retention">The last round of each kind of record that is removed after its time.</param>
public sealed record SystemView(
    string Version,
    string Engine,
    string Schema,
    IReadOnlyList<AppliedMigration> Migrations,
    IReadOnlyList<InstanceView> Instances,
    IReadOnlyList<WorkerView> Workers,
    IReadOnlyList<QueueLength> Queues,
    long FailedSettlements,
    DiskView? Disk,
    bool SendsMail,
    BackupView? LastBackup,
    AnchorView? LastAnchor,
    long? AnchorOverdueSeconds,
    ClockState Clock,
    IReadOnlyList<RetentionView> Retention
);

/// <summary>How the last round of removing what was kept long enough went.</summary>
/// <param name="Kind"><c>read-notices</c>, <c>import-rows</c> or <c>import-files</c>.</param>
/// <param name="BeganAt">Left out: there was none yet.</param>
/// <param name="EndedAt">Left out: it goes on.</param>
/// <param name="RuleSetId">By which rule set.</param>
/// <param name="RemovedBefore">What was read, or ended, before was removed; left out: the rule set keeps all.</param>
/// <param name="Removed">How many in that round.</param>
/// <param name="RemovedEver">How many in all.</param>
public sealed record RetentionView(
    string Kind,
    DateTimeOffset? BeganAt,
    DateTimeOffset? EndedAt,
    string? RuleSetId,
    DateTimeOffset? RemovedBefore,
    long Removed,
    long RemovedEver
);

/// <param name="IsThis">Whether it is the one that answers.</param>
public sealed record InstanceView(
    string Host,
    string Version,
    string Schema,
    DateTimeOffset StartedAt,
    DateTimeOffset SeenAt,
    bool IsThis
);

/// <param name="Failures">How many rounds failed in a row.</param>
public sealed record WorkerView(string Name, DateTimeOffset? LastSuccessAt, DateTimeOffset? FailingSince, int Failures);

public sealed record DiskView(long FreeBytes, long TotalBytes);

/// <param name="Hash">SHA-256 of the file, in hexadecimal.</param>
public sealed record BackupView(DateTimeOffset MadeAt, string FileName, long SizeBytes, string Hash);

public sealed record AnchorView(DateTimeOffset At, long AuditSeq, long ReceiptSequence);

public sealed record ClockState(DateTimeOffset Now, bool Trusted);
