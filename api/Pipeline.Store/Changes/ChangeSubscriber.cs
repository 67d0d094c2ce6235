using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Capital;
using Pipeline.Domain.Changes;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Removals;
using Pipeline.Domain.Transfers;

namespace Pipeline.Store.Changes;

/// <summary>Notes for the change feed what happened. What causes a change is told only where every reader of the change may know it: why one unit's claim moved up is another's matter (R20).</summary>
public sealed class ChangeSubscriber : IEventSubscriber
{
    public Task On(Session session, IDomainEvent happened)
    {
        var notes = ChangeNotes.Of(session);
        switch (happened)
        {
            case ProjectsEntered entered:
                foreach (var project in entered.Projects)
                    notes.Project(project.Id).Enter(project);
                break;
            case ProjectTouched touched:
                notes.Project(touched.ProjectId).Touch(touched.Publicly);
                break;
            case PartnersChanged partners:
                notes.Project(partners.ProjectId);
                break;
            case MoveTookEffect { Move: { What: not MoveKind.Agreement } move }:
                notes.Project(move.ProjectId).Happens(ChangeTypes.ProjectMoved, move.Kind);
                break;
            case PersonErased erased:
                Erased(notes, erased);
                break;
            case ReportReceived report:
                Received(notes, report);
                break;
            case ClaimsSettled settled:
                Settled(notes, settled);
                break;
            case QueueMovedUp moved:
                foreach (var claim in moved.After.Where((claim, at) => moved.Before[at].Id != claim.Id))
                    notes.Add(Claim(ChangeTypes.ClaimQueued, claim, null) with { Cause = "moved-up" });
                break;
            case ReportEnded ended:
                notes.Add(
                    new NotedRecord(ChangeTypes.ClaimEnded, "claims", ended.ClaimId, ended.UnitId)
                    {
                        At = ended.At,
                        Cause = Slug.Of(ended.Status),
                        State = Slug.Of(ended.Status),
                    }
                );
                break;
            case ReportReturned returned:
                notes.Add(
                    new NotedRecord(ChangeTypes.ClaimReturned, "claims", returned.ClaimId, returned.UnitId)
                    {
                        State = Slug.Of(returned.Status),
                    }
                );
                break;
            case ReportCompleted completed:
                notes.Add(
                    new NotedRecord(ChangeTypes.ClaimCompleted, "claims", completed.ClaimId, completed.UnitId)
                    {
                        State = Slug.Of(completed.Status),
                    }
                );
                break;
            case ClaimEnding ending:
                notes.Add(
                    new NotedRecord(ChangeTypes.ClaimEnding, "claims", ending.ClaimId, ending.UnitId)
                    {
                        At = ending.ExpiresAt.AddDays(-ending.Days),
                        ProjectId = ending.ProjectId,
                        State = Slug.Of(ClaimStatus.Active),
                    }
                );
                break;
            case LightTurned turned:
                notes.Add(OfLight(turned.ProjectId, turned.Light, null));
                break;
            default:
                OfRecords(notes, happened);
                break;
        }

        return Task.CompletedTask;
    }

    /// <summary>A light that turned, for the unit that has the project.</summary>
    public static NotedRecord OfLight(string projectId, Light light, DateTimeOffset? at) =>
        new(ChangeTypes.LightTurned, "projects", projectId)
        {
            At = at,
            ProjectId = projectId,
            State = Slug.Of(light),
            IsOwners = true,
        };

    private static void OfRecords(ChangeNotes notes, IDomainEvent happened)
    {
        var noted = happened switch
        {
            MoveSubmitted { Move: var move } => Move(ChangeTypes.MoveSubmitted, move, MoveStatus.Pending),
            MoveDecided { Decision: MoveStatus.Verified } decided => Move(
                ChangeTypes.MoveVerified,
                decided.Move,
                decided.Decision
            ),
            MoveDecided decided => Move(ChangeTypes.MoveReturned, decided.Move, decided.Decision),
            SigningNoticeFiled { Notice: var notice } => new NotedRecord(
                ChangeTypes.NoticeFiled,
                "signing-notices",
                notice.Id,
                notice.JurisdictionId
            )
            {
                ProjectId = notice.ProjectId,
                Version = notice.Version,
                State = notice.Status,
            },
            SigningFlagged flagged => Move(ChangeTypes.NoticeLate, flagged.Move, MoveStatus.Verified) with
            {
                Cause = flagged.Flag,
            },
            TransferProceeded { Transfer: var transfer } proceeded => Transfer(transfer, proceeded.Actor is null),
            CapitalDecided { Entry: { At: CapitalStatus.Verified } entry } => Capital(
                ChangeTypes.CapitalVerified,
                entry
            ),
            CapitalDecided { Entry: { At: CapitalStatus.Reversed } entry } => Capital(
                ChangeTypes.CapitalReversed,
                entry
            ),
            ProblemRaised raised => Problem(ChangeTypes.ProblemRaised, raised.Problem, null),
            ProblemProceeded proceeded => Problem(TypeOf(proceeded.Step), proceeded.Problem, Slug.Of(proceeded.Step)),
            RemovalProceeded { Removal: { At: RemovalStatus.Proposed } removal } => Removal(
                ChangeTypes.RemovalProposed,
                removal
            ),
            RemovalProceeded { Removal: { At: RemovalStatus.Confirmed } removal } => Removal(
                ChangeTypes.RemovalConfirmed,
                removal
            ),
            Financing.MatchAdvanced { Match: var match } => new NotedRecord(
                ChangeTypes.MatchAdvanced,
                "matches",
                match.Id,
                match.UnitId
            )
            {
                ProjectId = match.ProjectId,
                Version = match.Version,
                State = match.State,
            },
            AgendaIssued issued => ForAll(ChangeTypes.MeetingIssued, "meetings", issued.Meeting.Id),
            LeaderBatchIssued issued => new NotedRecord(
                ChangeTypes.LeaderBatchIssued,
                "leader-batches",
                issued.BatchId
            ),
            PeriodClosed closed => ForAll(ChangeTypes.PeriodClosed, "periods", closed.Period),
            PeriodReopened reopened => ForAll(ChangeTypes.PeriodReopened, "periods", reopened.Period),
            BulletinIssued issued => ForAll(ChangeTypes.BulletinIssued, "bulletins", issued.Bulletin.Id),
            BulletinSuperseded superseded => ForAll(
                ChangeTypes.BulletinSuperseded,
                "bulletins",
                superseded.Bulletin.Id
            ),
            TargetsPublished published => ForAll(
                ChangeTypes.TargetChanged,
                "targets",
                published.Year.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ),
            _ => null,
        };
        if (noted is not null)
            notes.Add(noted);
    }

    private static void Erased(ChangeNotes notes, PersonErased erased)
    {
        if (erased.IsClaim)
            notes.Add(
                new NotedRecord(ChangeTypes.ClaimRedacted, "claims", erased.RecordId, erased.UnitId)
                {
                    ProjectId = erased.ProjectId,
                }
            );
        else
            notes.Project(erased.RecordId).Happens(ChangeTypes.ProjectRedacted, null);
    }

    private static void Received(ChangeNotes notes, ReportReceived report)
    {
        var received = new NotedRecord(ChangeTypes.ClaimReceived, "claims", report.ClaimId, report.UnitId)
        {
            ProjectId = report.ProjectId,
            Version = 1,
            State = Slug.Of(report.Status),
            Secret = report.Secret,

            // A match with a secret project is under review, never queued (R14).
            ProjectIsOpen = report.Status == ClaimStatus.Queued,
        };
        notes.Add(received);
        if (TypeOf(report.Status) is { } became)
            notes.Add(received with { Type = became });
    }

    private static void Settled(ChangeNotes notes, ClaimsSettled settled)
    {
        foreach (var (before, after, at) in settled.Settlement.Changes)
        {
            if (after.Status == ClaimStatus.Active && before.ActivatedAt is null)
                notes.Project(settled.ProjectId).At ??= at;
            if (before.Status != after.Status && TypeOf(after.Status) is { } type)
                notes.Add(
                    Claim(type, after, settled.ProjectId) with
                    {
                        At = at,
                        Cause = type == ChangeTypes.ClaimEnded ? Slug.Of(after.Status) : null,
                    }
                );
        }

        // Whoever waits behind a claim that left the queue has another place in it.
        var left = settled
            .Settlement.Changes.Where(change =>
                change.Before.Status == ClaimStatus.Queued && change.After.Status != ClaimStatus.Queued
            )
            .Select(change => change.Before.Sequence)
            .DefaultIfEmpty(long.MaxValue)
            .Min();
        foreach (var waiting in settled.Settlement.Queue.Where(claim => claim.Sequence > left))
            notes.Add(Claim(ChangeTypes.ClaimQueued, waiting, settled.ProjectId) with { Cause = "moved-up" });
    }

    private static NotedRecord Claim(string type, Claim claim, string? projectId) =>
        new(type, "claims", claim.Id, claim.JurisdictionId) { ProjectId = projectId, State = Slug.Of(claim.Status) };

    private static string? TypeOf(ClaimStatus status) =>
        status switch
        {
            ClaimStatus.Active => ChangeTypes.ClaimActivated,
            ClaimStatus.Queued => ChangeTypes.ClaimQueued,
            ClaimStatus.UnderReview => null,
            _ => ChangeTypes.ClaimEnded,
        };

    private static NotedRecord Move(string type, MoveRow move, MoveStatus status) =>
        new(type, "moves", move.Id, move.JurisdictionId) { ProjectId = move.ProjectId, State = Slug.Of(status) };

    private static NotedRecord Transfer(TransferRow transfer, bool byTime) =>
        new(
            transfer.Stored switch
            {
                TransferStatus.Proposed => ChangeTypes.TransferProposed,
                TransferStatus.Accepted => ChangeTypes.TransferAccepted,
                TransferStatus.Approved => ChangeTypes.TransferApproved,
                _ => ChangeTypes.TransferEnded,
            },
            "transfers",
            transfer.Id,
            transfer.FromId,
            transfer.ToId
        )
        {
            At = byTime ? transfer.EndedAt : null,
            ProjectId = transfer.ProjectId,
            Version = transfer.Version,
            Cause = transfer.Status,
            State = transfer.Status,
        };

    private static NotedRecord Capital(string type, CapitalRow entry) =>
        new(type, "capital", entry.Id, entry.JurisdictionId)
        {
            ProjectId = entry.ProjectId,
            Version = entry.Version,
            State = entry.Status,
        };

    private static string TypeOf(ProblemStep step) =>
        step switch
        {
            ProblemStep.Answer => ChangeTypes.ProblemAnswered,
            ProblemStep.Close => ChangeTypes.ProblemClosed,
            ProblemStep.Reopen => ChangeTypes.ProblemRaised,
            _ => ChangeTypes.ProblemAssigned,
        };

    /// <summary>A problem is its unit's and its department's; of a secret project it is told to no department.</summary>
    public static NotedRecord Problem(string type, ProblemRow problem, string? cause) =>
        new(type, "problems", problem.Id, problem.OwnerId, problem.Secret ? null : problem.DepartmentId)
        {
            ProjectId = problem.ProjectId,
            Version = problem.Version,
            Cause = cause,
            State = problem.Status,
        };

    private static NotedRecord Removal(string type, RemovalRow removal) =>
        new(type, "removals", removal.Id, removal.JurisdictionId)
        {
            ProjectId = removal.ProjectId,
            Version = removal.Version,
            State = removal.Status,
        };

    /// <summary>What concerns the city; who may read it is asked when it is told.</summary>
    private static NotedRecord ForAll(string type, string kind, string id) =>
        new(type, kind, id, ProjectAudience.Everybody);
}
