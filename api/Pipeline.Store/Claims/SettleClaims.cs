using System.Data.Common;
using Microsoft.Extensions.Logging;
using Pipeline.Data;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Claims;

/// <summary>A claim as settlement reads it.</summary>
public sealed class SettlingRow
{
    public required string Id { get; init; }
    public long Sequence { get; init; }
    public required string JurisdictionId { get; init; }
    public required string Status { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ActivatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public required string RuleSetId { get; init; }
    public DateTimeOffset? SuspendedAt { get; init; }
    public DateTimeOffset? ReturnedUntil { get; init; }

    public Claim ToClaim() =>
        new(
            Id,
            Sequence,
            JurisdictionId,
            Slug.To<ClaimStatus>(Status),
            ReceivedAt,
            ActivatedAt,
            ExpiresAt,
            EndedAt,
            RuleSetId,
            SuspendedAt,
            ReturnedUntil
        );

    public const string Columns =
        "id, sequence, jurisdiction_id, status, received_at, activated_at, expires_at, ended_at, rule_set_id, suspended_at, returned_until";
}

/// <summary>Keeps the stored claims what the rules say they are by now (R17): one probe before reading, again inside every write.</summary>
public sealed class SettleClaims(Database database, RuleBooks ruleBooks, StoreProject store, ILogger<SettleClaims> log)
    : IDueWork
{
    private const int Batch = 100;

    /// <summary>Whether any project has something due: one indexed probe.</summary>
    public static async Task<bool> AnythingDue(Session session) =>
        await session.One<long>(AnyDue, new { now = session.Now }) == 1;

    Task<bool> IDueWork.IsAnythingDue(Session session) => AnythingDue(session);

    Task IDueWork.DoWhatIsDue() => WhatIsDue();

    /// <summary>Settles every project with something due, each in its own transaction; one indexed probe when there is nothing.</summary>
    /// <remarks>A project that cannot be settled is set aside: it is reported, tried again later, and keeps nobody else from theirs.</remarks>
    public async Task WhatIsDue()
    {
        await ReportsDue();
        var tried = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var (due, now) = await database.Read(async session =>
            {
                var asOf = new { now = session.Now, limit = Batch };
                List<string> projects =
                [
                    .. await session.Query<string>(Due, asOf),
                    .. await session.Query<string>(ForfeitInQueue, asOf),
                ];
                return (projects.Distinct().ToList(), session.Now);
            });
            due.RemoveAll(projectId => !tried.Add(projectId));
            if (due.Count == 0 || !database.Clock.MaySettle(now))
                return;
            foreach (var projectId in due)
            {
                try
                {
                    await database.Write(async session =>
                    {
                        await Project(session, projectId);
                        await session.Execute(ForgetFailure, new { projectId });
                    });
                }
                catch (Exception error) when (SettlementFailures.IsOfTheProject(error))
                {
                    log.LogError(error, "The claims of project {ProjectId} could not be settled", projectId);
                    await database.Write(session => SettlementFailures.SetAside(session, projectId, error));
                }
            }
        }
    }

    /// <summary>Settles the reports under review: those that were not completed in time.</summary>
    private async Task ReportsDue()
    {
        var (isDue, now) = await database.Read(async session =>
            (await session.One<string>(AnyForfeitReport, new { now = session.Now, limit = 1 }) is not null, session.Now)
        );
        if (isDue && database.Clock.MaySettle(now))
            await database.Write(async session =>
            {
                await session.Lock(LockName.Intake);
                await Reports(session);
            });
    }

    /// <summary>Withdraws the reports under review that were returned and not completed in time, each at the last instant it had (R14b). The caller holds the lock of the intake.</summary>
    public static async Task Reports(Session session)
    {
        foreach (var row in await session.Query<SettlingRow>(ForfeitReports, new { now = session.Now }))
        {
            var at = row.ReturnedUntil!.Value;
            await StageTotals.ChangingClaims(session, [row.Id]);
            await session.ExecuteOnOne(
                WithdrawForfeit,
                new
                {
                    id = row.Id,
                    at,
                    now = session.Now,
                }
            );
            await session.Raise(new ReportEnded(row.Id, row.JurisdictionId, ClaimStatus.Withdrawn, null, null, at));
        }
    }

    /// <summary>Settles one project inside a write, and guards it until the end of the transaction.</summary>
    public async Task Project(Session session, string projectId)
    {
        await session.Lock(LockName.Project(projectId));
        if (await session.One<string>(IsDue, new { projectId, now = session.Now }) is null)
            return;
        try
        {
            var settled = Settlement.Settle(
                await Live(session, projectId),
                session.Now,
                await ruleBooks.Load(session),
                await SigningPendingSince(session, projectId)
            );
            await Apply(session, projectId, settled, null, null);
        }
        catch (Exception error)
            when (SettlementFailures.IsOfTheProject(error)
                && !(error is DbException failure && session.Dialect.IsAway(failure))
            )
        {
            throw new UnreadableRecordException($"The claims of project {projectId} cannot be settled.", error);
        }
    }

    /// <summary>A project's live claims, as a settlement in which nothing has happened yet.</summary>
    public static async Task<Settlement> Standing(Session session, string projectId) =>
        new(await Live(session, projectId), []);

    /// <summary>Does what follows from a report that was just received, and stored as the settlement places it: nobody else's claim changes by it, so nobody is told.</summary>
    /// <param name="isNew">The project is new with it, and its own.</param>
    public async Task Received(Session session, string projectId, Settlement settlement, Caller reporter, bool isNew)
    {
        var (claim, at) = settlement.Changes.Select(change => (change.After, change.At)).Single();
        if (claim.Status == ClaimStatus.Active && !isNew)
        {
            await Own(session, projectId, claim, at);
            await StoreProject.Touch(session, projectId, publicly: false);
        }

        Tell(session, projectId, claim, reporter, at, null, null);
    }

    /// <summary>Stores what a settlement changed: the claims, the owner (R17a), and an entry for each step.</summary>
    public async Task Apply(Session session, string projectId, Settlement settlement, Caller? actor, string? reason)
    {
        await StageTotals.ChangingClaims(session, [.. settlement.Changes.Select(change => change.After.Id)]);
        foreach (var change in settlement.Changes)
        {
            var (before, after) = (change.Before, change.After);
            if (before.Status != after.Status || before.ExpiresAt != after.ExpiresAt)
            {
                await session.ExecuteOnOne(
                    Update,
                    new
                    {
                        id = after.Id,
                        projectId,
                        before = Slug.Of(before.Status),
                        status = Slug.Of(after.Status),
                        activatedAt = after.ActivatedAt,
                        expiresAt = after.ExpiresAt,
                        endedAt = after.EndedAt,
                        suspendedAt = after.SuspendedAt,
                        returnedUntil = after.ReturnedUntil,
                        reason = after.EndedAt is null ? null : Told(change, actor, reason),
                        ruleSetId = after.RuleSetId,
                        now = session.Now,
                    }
                );
            }

            if (after.Status == ClaimStatus.Active && before.ActivatedAt is null)
                await Own(session, projectId, after, change.At);
            Tell(
                session,
                projectId,
                after,
                actor,
                change.At,
                after.EndedAt is null ? null : Told(change, actor, reason),
                before.ReceivedAt == change.At ? null : new { status = before.Status }
            );
        }

        // Who queues behind the holder must not show in what the holder reads, the version included (R20).
        if (
            settlement.Changes.Any(change =>
                change.Before.Status == ClaimStatus.Active || change.After.Status == ClaimStatus.Active
            )
        )
            await StoreProject.Touch(session, projectId, publicly: false);
        await session.Raise(new ClaimsSettled(projectId, settlement, actor, reason));
    }

    /// <summary>The reason of a change, as far as it is for the unit of the claim: why the queue was closed is between the centre and the holder.</summary>
    internal static string? Told(ClaimChange change, Caller? actor, string? reason) =>
        change.Before.Status == ClaimStatus.Queued && actor?.JurisdictionId != change.After.JurisdictionId
            ? null
            : reason;

    /// <summary>The unit whose claim became active becomes the owner; the former one keeps the facts as they stood.</summary>
    private async Task Own(Session session, string projectId, Claim claim, DateTimeOffset at)
    {
        var project = (await LoadProject.ById(session, projectId))!;
        await session.Execute(SetClaim, new { projectId, claimId = claim.Id });
        if (project.OwnerId == claim.JurisdictionId)
        {
            await session.Execute(ForgetFormerOwner, new { projectId, unit = claim.JurisdictionId });
            return;
        }

        var report = await session.One<string>(SelectPeople, new { id = claim.Id });
        await HandOver(
            session,
            project,
            claim.JurisdictionId,
            at,
            report is null ? null : Json.Read<ClaimPeople>(session.Vault.Open(report))
        );
    }

    /// <summary>Makes a project that nobody ever claimed another unit's (R43): it gets the facts, and nobody's people.</summary>
    public async Task HandOver(Session session, string projectId, string unit, DateTimeOffset at) =>
        await HandOver(session, (await LoadProject.ById(session, projectId))!, unit, at, new ClaimPeople());

    private async Task HandOver(Session session, ProjectRow project, string unit, DateTimeOffset at, ClaimPeople? own)
    {
        var projectId = project.Id;
        var rules = (await ruleBooks.Load(session)).At(at);
        var stood = ToldProject.ToKeep(project, rules, Domain.Shanghai.DateOf(at));
        await session.Execute(ForgetFormerOwner, new { projectId, unit = project.OwnerId });
        await session.Execute(ForgetFormerOwner, new { projectId, unit });
        await session.Execute(
            RememberFormerOwner,
            new
            {
                projectId,
                unit = project.OwnerId,
                at,
                snapshot = session.Vault.Seal(Json.Write(stood)),
            }
        );
        if (await MoveRow.PendingOn(session, projectId) is { } pending)
            await session.Raise(new MoveDecided(pending, MoveStatus.Returned, null, null));
        await session.Execute(ReturnPendingMoves, new { projectId, now = session.Now });
        await StageTotals.Changing(session, projectId);
        await session.Execute(SetOwner, new { projectId, unit });

        // The new owner sees the facts, and its own report; the former unit's people are not the new owner's to know (R17a).
        if (own is not null)
        {
            var body = project.Body() with
            {
                Contacts = own.People,
                Referrer = own.Referrer,
                Channel = own.Channel,
                FirstContactOn = own.FirstContactOn,
            };
            await store.Change(session, projectId, body, Json.Read<List<string>>(project.Flags), rules);
        }

        foreach (var concerned in new[] { project.OwnerId, unit })
            Timeline.Add(
                session,
                projectId,
                EntryKind.OwnerChanged,
                null,
                concerned,
                at: at,
                after: concerned == unit ? new { owner = unit } : null
            );
    }

    private static void Tell(
        Session session,
        string projectId,
        Claim claim,
        Caller? actor,
        DateTimeOffset at,
        string? note,
        object? before
    ) =>
        Timeline.Add(
            session,
            projectId,
            Entry(claim.Status),
            actor,
            claim.JurisdictionId,
            at: at,
            note: note,
            before: before,
            after: new
            {
                claimId = claim.Id,
                status = claim.Status,
                claim.ExpiresAt,
            }
        );

    private static EntryKind Entry(ClaimStatus status) =>
        status switch
        {
            ClaimStatus.Active => EntryKind.ClaimActivated,
            ClaimStatus.Queued => EntryKind.ClaimQueued,
            ClaimStatus.UnderReview => EntryKind.ClaimUnderReview,
            ClaimStatus.Converted => EntryKind.ClaimConverted,
            ClaimStatus.Expired => EntryKind.ClaimExpired,
            ClaimStatus.Released => EntryKind.ClaimReleased,
            ClaimStatus.Revoked => EntryKind.ClaimRevoked,
            ClaimStatus.Transferred => EntryKind.ClaimTransferred,
            ClaimStatus.Withdrawn => EntryKind.ClaimWithdrawn,
            _ => EntryKind.ClaimRejected,
        };

    private static async Task<List<Claim>> Live(Session session, string projectId) =>
        [.. (await session.Query<SettlingRow>(SelectLive, new { projectId })).Select(row => row.ToClaim())];

    private static Task<DateTimeOffset?> SigningPendingSince(Session session, string projectId) =>
        session.One<DateTimeOffset?>(SelectPendingSigning, new { projectId });

    private const string NotSetAside =
        "NOT EXISTS (SELECT 1 FROM settlement_failures f WHERE f.project_id = c.project_id AND f.retry_at > @now)";
    private const string ForgetFailure = "DELETE FROM settlement_failures WHERE project_id = @projectId";

    private const string Due =
        $"SELECT c.project_id FROM claims c WHERE {DueClaims.Due} AND {NotSetAside} ORDER BY c.expires_at {{page}}";
    private const string ForfeitInQueue =
        $"SELECT c.project_id FROM claims c WHERE {DueClaims.Forfeit} AND c.project_id IS NOT NULL AND {NotSetAside} ORDER BY c.returned_until {{page}}";
    private const string AnyDue = $"""
        SELECT CASE WHEN EXISTS (SELECT 1 FROM claims c WHERE {DueClaims.Due} AND {NotSetAside})
          OR EXISTS (SELECT 1 FROM claims c WHERE {DueClaims.Forfeit} AND {NotSetAside}) THEN 1 ELSE 0 END
        """;
    private const string AnyForfeitReport =
        $"SELECT c.id FROM claims c WHERE {DueClaims.Forfeit} AND c.project_id IS NULL ORDER BY c.returned_until {{page}}";
    private const string ForfeitReports =
        $"SELECT {SettlingRow.Columns} FROM claims c WHERE {DueClaims.Forfeit} AND c.project_id IS NULL ORDER BY c.returned_until, c.sequence";
    private const string WithdrawForfeit =
        "UPDATE claims SET status = 'withdrawn', ended_at = @at, returned_until = NULL, version = version + 1, updated_at = @now WHERE id = @id AND status = 'under-review'";
    private const string IsDue = $"""
        SELECT c.id FROM claims c WHERE c.project_id = @projectId AND {DueClaims.Due}
        UNION ALL SELECT c.id FROM claims c WHERE c.project_id = @projectId AND {DueClaims.Forfeit}
        """;
    private const string SelectLive =
        $"SELECT {SettlingRow.Columns} FROM claims WHERE project_id = @projectId AND status IN ('active', 'queued') ORDER BY sequence";
    private const string SelectPendingSigning =
        "SELECT submitted_at FROM moves WHERE project_id = @projectId AND status = 'pending' AND kind = 'forward' AND from_stage = 'in-talks'";

    private const string Update = """
        UPDATE claims SET project_id = @projectId, status = @status, activated_at = @activatedAt, expires_at = @expiresAt, ended_at = @endedAt, end_reason = COALESCE(@reason, end_reason), suspended_at = @suspendedAt, returned_until = @returnedUntil,
          rule_set_id = @ruleSetId, version = version + 1, updated_at = @now
        WHERE id = @id AND status = @before
        """;

    private const string SetClaim =
        "UPDATE projects SET claim_id = @claimId, report_required = 0 WHERE id = @projectId";

    // The first-talk unit follows the holder until the first approved transfer freezes it for ever (R41).
    private const string SetOwner = """
        UPDATE projects SET owner_id = @unit, landing_id = NULL, moved_at = updated_at,
          first_talk_id = CASE WHEN EXISTS (SELECT 1 FROM transfers t WHERE t.project_id = @projectId AND t.status = 'approved') THEN first_talk_id ELSE @unit END
        WHERE id = @projectId
        """;
    private const string ForgetFormerOwner =
        "DELETE FROM former_owners WHERE project_id = @projectId AND jurisdiction_id = @unit";
    private const string RememberFormerOwner =
        "INSERT INTO former_owners (project_id, jurisdiction_id, lost_at, snapshot) VALUES (@projectId, @unit, @at, @snapshot)";
    private const string ReturnPendingMoves =
        "UPDATE moves SET status = 'returned', decided_at = @now, version = version + 1 WHERE project_id = @projectId AND status = 'pending'";
    private const string SelectPeople = "SELECT contacts FROM claims WHERE id = @id";
}

/// <summary>What of a report is about people, kept apart from its facts.</summary>
public sealed record ClaimPeople
{
    public IReadOnlyList<PersonBody> People { get; init; } = [];
    public string? Referrer { get; init; }
    public Channel? Channel { get; init; }
    public DateOnly? FirstContactOn { get; init; }
    public IReadOnlyList<ReportContact> Contacts { get; init; } = [];
}
