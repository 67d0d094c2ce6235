using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Store.Changes;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells people of what happened, in its transaction.</summary>
public sealed class NoticeSubscriber : IEventSubscriber
{
    public Task On(Session session, IDomainEvent happened) =>
        happened switch
        {
            ClaimsSettled settled => ClaimNotices.Settled(session, settled),
            QueueMovedUp moved => ClaimNotices.MovedUp(session, moved),
            ReportEnded ended => ClaimNotices.Ended(session, ended),
            ReportReturned returned => ClaimNotices.Returned(session, returned),
            ReportCompleted completed => ClaimNotices.Completed(session, completed),
            ReportUnderReview report => ClaimNotices.ReviewWaiting(session, report.ClaimId),
            AmountWithoutRate amount => RateNotices.Missing(session, amount),
            ProjectUnderReview project => ClaimNotices.ReviewWaiting(session, project.ProjectId, project.Body),
            MoveSubmitted submitted => MoveNotices.Submitted(session, submitted.Move, submitted.Actor),
            MoveDecided { Decision: not MoveStatus.Withdrawn } decided => MoveNotices.Decided(
                session,
                decided.Move,
                decided.Decision,
                decided.Actor,
                decided.Reason
            ),
            MoveDecided withdrawn => MoveNotices.Withdrawn(session, withdrawn.Move),
            ImportWasUndone undone => Notice.DoneWith(session, undone.ProjectIds),
            TransferProceeded step => TransferNotices.Proceeded(session, step),
            SigningNoticeFiled filed => SigningNoticeNotices.Filed(session, filed),
            SigningFlagged flagged => SigningNoticeNotices.Flagged(session, flagged),
            CapitalSubmitted capital => CapitalNotices.Submitted(session, capital),
            CapitalImported sheet => CapitalNotices.Imported(session, sheet),
            CapitalDecided capital => CapitalNotices.Decided(session, capital),
            RemovalProceeded removal => RemovalNotices.Proceeded(session, removal),
            ProblemRaised problem => ProblemNotices.Raised(session, problem),
            ProblemProceeded problem => ProblemNotices.Proceeded(session, problem),
            LeaderBatchIssued batch => LeaderNotices.Issued(session, batch),
            LeadProceeded lead => LeadNotices.Proceeded(session, lead),
            AgendaIssued agenda => MeetingNotices.Issued(session, agenda),
            ActionDecided action => MeetingNotices.Decided(session, action),
            ActionProceeded action => MeetingNotices.Proceeded(session, action),
            LandingCorrected landing => LandingNotices.Corrected(session, landing),
            RuleSetDrafted draft => RuleSetNotices.Drafted(session, draft),
            RuleSetPublished rules => RuleSetNotices.Published(session, rules),
            IndicatorDrafted draft => AssessmentNotices.Drafted(session, draft),
            TargetsPublished targets => AssessmentNotices.Published(session, targets),
            ScoreModelDrafted draft => AssessmentNotices.Drafted(session, draft),
            ScoreModelPublished model => AssessmentNotices.Published(session, model),
            PeriodClosed closed => PeriodNotices.Closed(session, closed),
            PeriodReopenAsked asked => PeriodNotices.ReopenAsked(session, asked),
            PeriodReopened reopened => PeriodNotices.Reopened(session, reopened),
            BulletinDrafted draft => BulletinNotices.Drafted(session, draft),
            BulletinIssued bulletin => BulletinNotices.Issued(session, bulletin),
            BulletinSuperseded bulletin => BulletinNotices.Superseded(session, bulletin),
            DisputeProceeded step => DisputeNotices.Proceeded(session, step),
            AccountChanged changed => AccountNotices.Changed(session, changed),
            WebhookDisabled webhook => WebhookNotices.Disabled(session, webhook),
            DeprecatedOperationUsed used => AccountNotices.WillGo(session, used),
            KeyAwaitsConfirmation key => AccountNotices.KeyWaits(session, key),
            _ => Task.CompletedTask,
        };
}
