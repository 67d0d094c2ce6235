using Microsoft.Extensions.Logging;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Removals;

namespace Pipeline.Store.Removals;

/// <summary>Proposes the removal of what has stood still for so long, and tells its owner, who has its days from then on (R94).</summary>
public sealed class ProposeRemovals(Database database, RuleBooks ruleBooks, ILogger<ProposeRemovals> log)
{
    private const int Batch = 100;

    /// <summary>Proposes some of what is due, each in its own transaction: one that fails keeps no other from it. The rest comes with the next round.</summary>
    public async Task WhatIsDue()
    {
        var (due, now) = await database.Read(async session =>
            (await session.Query<string>(Due, new { today = session.Today, limit = Batch }), session.Now)
        );
        if (due.Count == 0 || !database.Clock.MaySettle(now))
            return;
        foreach (var projectId in due)
        {
            try
            {
                await database.Write(async session =>
                {
                    await session.Lock(LockName.Project(projectId));
                    await Propose(session, projectId);
                });
            }
            catch (Exception error) when (SettlementFailures.IsOfTheProject(error))
            {
                log.LogError(error, "The removal of project {ProjectId} could not be proposed", projectId);
            }
        }
    }

    private async Task Propose(Session session, string projectId)
    {
        var project = (await LoadProject.ById(session, projectId))!;
        if (!EndRemoval.IsDue(project, session.Today) || await RemovalRow.OpenOn(session, projectId) is not null)
            return;
        var book = await ruleBooks.Load(session);
        var rules = book.At(session.Now);
        var since = (await KeepLights.FactsOf(session, book, projectId)).Since!.Value;
        var id = Ids.New();
        var until = RemovalRules.ContestUntil(
            session.Now,
            rules.Lights.RemovalContestOrDefault(),
            await WorkCalendars.Load(session)
        );
        await session.Execute(
            Insert,
            new
            {
                id,
                projectId,
                unit = project.OwnerId,
                since,
                dueOn = project.Days.RemovalOn,
                now = session.Now,
                until,
                ruleSetId = rules.Id,
            }
        );
        Timeline.Add(
            session,
            projectId,
            EntryKind.RemovalProposed,
            null,
            project.OwnerId,
            after: new
            {
                removalId = id,
                idleSince = since,
                contestUntil = until,
            }
        );
        await StoreProject.Touch(session, projectId, publicly: false);
        await session.Raise(new RemovalProceeded((await RemovalRow.ById(session, id))!, null));
    }

    private const string Due = """
        SELECT p.id FROM projects p WHERE p.removal_on IS NOT NULL AND p.removal_on <= @today AND p.stage = 'in-talks'
          AND NOT EXISTS (SELECT 1 FROM removals r WHERE r.project_id = p.id AND r.status = 'proposed') ORDER BY p.removal_on, p.seq {page}
        """;
    private const string Insert = """
        INSERT INTO removals (id, project_id, jurisdiction_id, status, idle_since, due_on, proposed_at, contest_until, rule_set_id, version, updated_at)
        VALUES (@id, @projectId, @unit, 'proposed', @since, @dueOn, @now, @until, @ruleSetId, 1, @now)
        """;
}

/// <summary>Ends a removal: by the centre's step, or because the facts propose it no longer. The caller holds the project's lock.</summary>
public static class EndRemoval
{
    /// <summary>Whether the facts propose that a project be removed on a day.</summary>
    public static bool IsDue(ProjectRow project, DateOnly today) =>
        project.At == Stage.InTalks && project.Days.RemovalOn <= today;

    public static async Task As(Session session, RemovalRow row, RemovalStatus status, Caller? actor, string? reason)
    {
        await session.ExecuteOnOne(
            Update,
            new
            {
                id = row.Id,
                status = Slug.Of(status),
                by = actor?.UserId,
                byName = actor?.DisplayName,
                reason,
                now = session.Now,
                version = row.Version,
            }
        );
        Timeline.Add(
            session,
            row.ProjectId,
            status switch
            {
                RemovalStatus.Confirmed => EntryKind.RemovalConfirmed,
                RemovalStatus.Kept => EntryKind.RemovalKept,
                _ => EntryKind.RemovalCancelled,
            },
            actor,
            row.JurisdictionId,
            note: reason,
            after: new { removalId = row.Id }
        );
        await session.Raise(new RemovalProceeded((await RemovalRow.ById(session, row.Id))!, actor));
    }

    private const string Update = """
        UPDATE removals SET status = @status, ended_at = @now, ended_by = @by, ended_by_name = @byName, end_reason = @reason, version = version + 1, updated_at = @now
        WHERE id = @id AND status = 'proposed' AND version = @version
        """;
}

/// <summary>A removal is off once something substantive happened, the project left the talks or became another unit's (R94).</summary>
public sealed class RemovalSubscriber : IEventSubscriber
{
    public async Task On(Session session, IDomainEvent happened)
    {
        var projectId = happened switch
        {
            ProgressRecorded recorded => recorded.ProjectId,
            MoveTookEffect taken => taken.Move.ProjectId,
            ClaimsSettled settled => settled.ProjectId,
            ProjectTransferred transferred => transferred.ProjectId,
            _ => null,
        };
        if (projectId is null || await RemovalRow.OpenOn(session, projectId) is not { } open)
            return;
        var project = (await LoadProject.ById(session, projectId))!;
        if (!EndRemoval.IsDue(project, session.Today) || project.OwnerId != open.JurisdictionId)
            await EndRemoval.As(session, open, RemovalStatus.Cancelled, null, null);
    }
}
