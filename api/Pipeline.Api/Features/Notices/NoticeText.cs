using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Notices;

/// <summary>A notice as a sentence, made when it is read, in the reader's language.</summary>
public static class NoticeText
{
    /// <param name="openly">Whether it leaves the house: the name of a secret project does not.</param>
    public static string Of(string language, NoticeKind kind, NoticeFacts facts, bool openly = false)
    {
        var name =
            facts.Name is null || (openly && facts.Secret)
                ? Messages.Text(language, "notice.unnamed")
                : Messages.Text(language, "notice.named", facts.Name);
        var text = kind switch
        {
            NoticeKind.ClaimExpiring or NoticeKind.ClaimExpired => Say(kind, name, Time(facts.Until)),
            NoticeKind.ClaimActivated
            or NoticeKind.ClaimReturned
            or NoticeKind.ClaimNotCompleted
            or NoticeKind.ClaimCompletionDue
            or NoticeKind.ClaimResumed
            or NoticeKind.DisputeAnswerDue
            or NoticeKind.DisputeDecisionDue => Say(kind, name, Time(facts.Until)),
            NoticeKind.DisputeFiled when facts.Until is not null && facts.Unit is null => Messages.Text(
                language,
                "notice.dispute-against",
                name,
                Time(facts.Until)
            ),
            NoticeKind.ClaimDecided => Say(kind, name, facts.Claim ?? ClaimStatus.Rejected),
            NoticeKind.QueueMoved => Say(kind, name, facts.Place ?? 1),
            NoticeKind.MoveSubmitted => Say(kind, name, (object?)facts.To ?? ""),
            NoticeKind.AccountChanged => Messages.Text(
                language,
                $"notice.account-{Slug.Of(facts.Account ?? AccountChange.Changed)}",
                name
            ),
            NoticeKind.MoveDecided => Messages.Text(
                language,
                facts.Move == MoveStatus.Returned ? "notice.move-returned" : "notice.move-verified",
                name,
                (object?)facts.To ?? ""
            ),
            NoticeKind.TransferProposed or NoticeKind.TransferAccepted => Say(kind, name, Time(facts.Until)),
            NoticeKind.TransferEnded => Say(kind, name, facts.Transfer ?? Domain.Transfers.TransferStatus.Lapsed),
            NoticeKind.CapitalSubmitted => Say(kind, name, (object?)facts.On ?? ""),
            NoticeKind.CapitalDecided => Say(
                kind,
                name,
                (object?)facts.On ?? "",
                facts.Capital ?? Domain.Capital.CapitalStatus.Pending
            ),
            NoticeKind.SigningNoticeFiled => Say(kind, name, (object?)facts.On ?? ""),
            NoticeKind.SigningFlagged => Say(kind, name, Messages.Text(language, $"enum.flag.{facts.Flag}")),
            NoticeKind.ProblemEscalated => Say(kind, name, Title(), (object?)facts.On ?? "", facts.Level ?? 1),
            NoticeKind.ProblemRaised
            or NoticeKind.ProblemAssigned
            or NoticeKind.ProblemAnswered
            or NoticeKind.ProblemClosed
            or NoticeKind.ProblemReopened
            or NoticeKind.ProblemDueChanged
            or NoticeKind.ProblemOverridden => Say(kind, name, Title(), (object?)facts.On ?? ""),
            NoticeKind.AgendaIssued => Say(kind, Meeting(), (object?)facts.On ?? ""),
            NoticeKind.ActionEscalated => Say(kind, Title(), (object?)facts.On ?? "", facts.Level ?? 1),
            NoticeKind.ActionDecided
            or NoticeKind.ActionDone
            or NoticeKind.ActionDueChanged
            or NoticeKind.ActionReopened
            or NoticeKind.ActionWithdrawn => Say(kind, Title(), (object?)facts.On ?? ""),
            NoticeKind.RemovalProposed => Say(kind, name, Time(facts.Until)),
            NoticeKind.RemovalEnded => Say(kind, name, facts.Removal ?? Domain.Removals.RemovalStatus.Cancelled),
            NoticeKind.LeadProceeded => Say(kind, name, facts.Lead ?? Domain.OfficeLeads.OfficeLeadStatus.Answered),
            NoticeKind.DueWeek or NoticeKind.ResourcesDue => Say(
                kind,
                string.Join(
                    Messages.Text(language, "notice.due-separator"),
                    (facts.Due ?? []).Select(due => Messages.Text(language, "notice.due-part", due.Kind, due.Count))
                ) + (facts.More ? Messages.Text(language, "notice.due-more") : "")
            ),
            NoticeKind.LeaderBatchIssued => Say(kind, facts.Name ?? "", facts.Linked ?? 0, facts.Closed ?? 0),
            NoticeKind.LeaderLinked => Say(kind, name, facts.Title ?? ""),
            NoticeKind.LeaderUnlinked => Say(
                kind,
                name,
                facts.Title ?? "",
                facts.End ?? Domain.LeaderLinks.LinkEnd.WeakIntent
            ),
            NoticeKind.LightsTurned => Say(kind, facts.Yellow ?? 0, facts.Red ?? 0),
            NoticeKind.RateMissing
            or NoticeKind.RuleSetDrafted
            or NoticeKind.CapitalImported
            or NoticeKind.IndicatorDrafted
            or NoticeKind.ScoreModelDrafted
            or NoticeKind.ScoreModelPublished
            or NoticeKind.PeriodClosed
            or NoticeKind.PeriodReopenAsked
            or NoticeKind.PeriodReopened
            or NoticeKind.BulletinDrafted
            or NoticeKind.BulletinIssued
            or NoticeKind.BulletinSuperseded => Say(kind, facts.Name ?? ""),
            NoticeKind.DeprecatedUsed => Say(kind, facts.Name ?? "", facts.Title ?? "", (object?)facts.On ?? ""),
            NoticeKind.WebhookEnded => Say(kind, facts.Title ?? "", facts.Name ?? ""),
            NoticeKind.TargetsPublished => Say(kind, facts.Name ?? "", facts.Targets ?? 0),
            NoticeKind.RuleSetPublished => Say(kind, facts.Name ?? "", (object?)facts.On ?? ""),
            _ => Say(kind, name),
        };
        return facts.Unit is null ? text : Messages.Text(language, "notice.of-unit", facts.Unit, text);

        // What a problem of a secret project is does not leave the house either.
        string Title() => openly && facts.Secret ? "" : Messages.Text(language, "notice.titled", facts.Title ?? "");

        object Meeting() => facts.Meeting ?? Domain.Meetings.MeetingKind.Monthly;

        string Say(NoticeKind what, params object[] args) => Messages.Text(language, $"notice.{Slug.Of(what)}", args);
    }

    /// <summary>The reason given for what the notice tells; null when there is none, or it may not leave the house.</summary>
    public static string? Reason(NoticeFacts facts, bool openly) => openly && facts.Secret ? null : facts.Reason;

    private static string Time(DateTimeOffset? instant) =>
        instant?.ToOffset(Shanghai.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
