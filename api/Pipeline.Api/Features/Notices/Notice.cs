using Pipeline.Data;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Notices;

/// <summary>What a notice tells of.</summary>
public enum NoticeKind
{
    ClaimExpiring,
    ClaimExpired,
    ClaimActivated,
    ClaimDecided,
    ClaimReturned,
    ClaimCompleted,
    ClaimNotCompleted,
    ClaimCompletionDue,
    QueueMoved,
    MoveSubmitted,
    MoveDecided,
    ReviewWaiting,
    DisputeFiled,
    DisputeAnswered,
    DisputeAnswerDue,
    DisputeDecisionDue,
    DisputeDecided,
    DisputeAppealed,
    DisputeWithdrawn,
    ClaimSuspended,
    ClaimResumed,
    KeyWaiting,
    AccountChanged,
    RateMissing,
    TransferProposed,
    TransferAccepted,
    TransferEnded,
    SigningNoticeFiled,
    SigningFlagged,
    CapitalSubmitted,
    CapitalDecided,
    ProblemRaised,
    ProblemAssigned,
    ProblemAnswered,
    ProblemClosed,
    ProblemReopened,
    ProblemDueChanged,
    ProblemOverridden,
    ProblemEscalated,
    AgendaIssued,
    ActionDecided,
    ActionDone,
    ActionDueChanged,
    ActionReopened,
    ActionWithdrawn,
    ActionEscalated,
    LightsTurned,
    RemovalProposed,
    RemovalEnded,
    CapitalImported,
    LandingCorrected,
    RuleSetDrafted,
    RuleSetPublished,
    RemovalWaiting,
    DueWeek,
    LeaderBatchIssued,
    LeaderLinked,
    LeaderUnlinked,
    IndicatorDrafted,
    TargetsPublished,
    ScoreModelDrafted,
    ScoreModelPublished,
    PeriodClosed,
    PeriodReopenAsked,
    PeriodReopened,
    BulletinDrafted,
    BulletinIssued,
    BulletinSuperseded,
    WebhookEnded,
    ResourcesDue,
    LeadSubmitted,
    LeadAssigned,
    LeadProceeded,
    DeprecatedUsed,
}

/// <summary>Who is told: a unit's officers, a department's members, the centre's coordinators, the administrators, or one person.</summary>
public sealed record Audience
{
    private const string Centre = "coordinators";
    private const string Keepers = "administrators";

    private Audience(string? name, string? person) => (Name, PersonId) = (name, person);

    /// <summary>The unit, or the centre; null for one person.</summary>
    public string? Name { get; }

    public string? PersonId { get; }

    public static Audience Coordinators { get; } = new(Centre, null);

    public static Audience Administrators { get; } = new(Keepers, null);

    public static Audience Unit(string unitId) => new(unitId, null);

    public static Audience Person(string userId) => new(null, userId);

    /// <summary>The audience that somebody belongs to now; what was told to another one is no longer his to read. A key belongs to its unit.</summary>
    public static string Of(Role? role, string? unitId) =>
        role switch
        {
            null or Role.Officer or Role.Department => unitId ?? "",
            Role.Coordinator => Centre,
            Role.Admin => Keepers,
            _ => "",
        };
}

/// <summary>What the text of a notice is made of, as it stood when it was told.</summary>
public sealed record NoticeFacts
{
    /// <summary>The project's name, as the audience knows it; or that of the key or account.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the project is secret: mail then does not name it.</summary>
    public bool Secret { get; init; }

    /// <summary>The unit concerned, where the audience is the centre.</summary>
    public string? Unit { get; init; }
    public DateTimeOffset? Until { get; init; }
    public ClaimStatus? Claim { get; init; }
    public int? Place { get; init; }
    public string? MoveId { get; init; }
    public MoveStatus? Move { get; init; }
    public Stage? To { get; init; }
    public string? Reason { get; init; }
    public AccountChange? Account { get; init; }
    public Domain.Transfers.TransferStatus? Transfer { get; init; }

    public Domain.Capital.CapitalStatus? Capital { get; init; }

    /// <summary>The planned day of a signing, or the date of value.</summary>
    public DateOnly? On { get; init; }

    /// <summary>A problem, as it was put, and how far it was taken.</summary>
    public string? Title { get; init; }
    public string? ProblemId { get; init; }
    public int? Level { get; init; }

    /// <summary>A meeting, and what it decided.</summary>
    public string? MeetingId { get; init; }
    public string? BulletinId { get; init; }
    public Domain.Meetings.MeetingKind? Meeting { get; init; }
    public string? ActionId { get; init; }

    /// <summary>A lead of an office, and what became of it.</summary>
    public string? OfficeLeadId { get; init; }
    public Domain.OfficeLeads.OfficeLeadStatus? Lead { get; init; }

    public Domain.Removals.RemovalStatus? Removal { get; init; }

    /// <summary>How many projects turned yellow, and red.</summary>
    public int? Yellow { get; init; }
    public int? Red { get; init; }

    /// <summary>What comes due in a week, by kind, and whether there is more than was counted.</summary>
    public IReadOnlyList<DueCount>? Due { get; init; }
    public bool More { get; init; }

    /// <summary>How many links a batch made and closed for a leader, and why one was closed.</summary>
    public int? Linked { get; init; }
    public int? Closed { get; init; }
    public Domain.LeaderLinks.LinkEnd? End { get; init; }

    /// <summary>How many targets of a unit were published.</summary>
    public int? Targets { get; init; }

    /// <summary>What a signing was marked with.</summary>
    public string? Flag { get; init; }
}

/// <summary>Tells people what concerns them, in the transaction of what happened: both are there afterwards, or neither.</summary>
public static class Notice
{
    /// <summary>Tells an audience as it is composed now; false when this occasion was told already.</summary>
    /// <param name="occasion">What makes it this one and no other: the subject and the instant. With kind and audience it is the notice's unique key.</param>
    /// <param name="claimId">The claim it leads to; one that the audience may read.</param>
    /// <param name="projectId">The project it leads to; one that the audience may read (R20).</param>
    /// <param name="by">Who did it, and need not be told.</param>
    public static async Task<bool> Tell(
        Session session,
        NoticeKind kind,
        Audience audience,
        string occasion,
        NoticeFacts facts,
        string? claimId = null,
        string? projectId = null,
        string? disputeId = null,
        Caller? by = null,
        string? transferId = null
    )
    {
        var id = Ids.New();
        var told = await session.Execute(
            Insert,
            new
            {
                id,
                key = Key(kind, occasion, audience),
                kind = Slug.Of(kind),
                audience = audience.Name,
                claimId,
                projectId,
                disputeId,
                transferId,
                facts = Json.Write(facts),
                now = session.Now,
            }
        );
        if (told == 0)
            return false;
        var recipients =
            audience.PersonId is not null ? ToPerson
            : audience == Audience.Coordinators ? ToCoordinators
            : audience == Audience.Administrators ? ToAdministrators
            : ToOfficers;
        await session.Execute(
            recipients,
            new
            {
                id,
                who = audience.PersonId ?? audience.Name,
                by = by?.UserId ?? "",
                now = session.Now,
            }
        );
        return true;
    }

    /// <summary>What was to be done of this occasion is done: nobody of the audience need read it any more.</summary>
    public static Task Done(Session session, NoticeKind kind, Audience audience, string occasion) =>
        session.Execute(ReadByAll, new { key = Key(kind, occasion, audience), now = session.Now });

    /// <summary>What a kind of notice told of a claim is done: nobody need read it any more.</summary>
    public static Task DoneOfClaim(Session session, string claimId, NoticeKind kind) =>
        session.Execute(
            ReadOfClaim,
            new
            {
                claimId,
                kind = Slug.Of(kind),
                now = session.Now,
            }
        );

    private const string ReadOfClaim =
        "UPDATE notice_recipients SET read_at = @now WHERE read_at IS NULL AND notice_id IN (SELECT n.id FROM notices n WHERE n.claim_id = @claimId AND n.kind = @kind)";

    /// <summary>Some projects are out of the library: what was told of them need not be read any more.</summary>
    public static async Task DoneWith(Session session, IReadOnlyList<string> projectIds)
    {
        foreach (var ids in projectIds.Chunk(MostProjects))
            await session.Execute(ReadOfProjects, new { ids, now = session.Now });
    }

    private const int MostProjects = 400;
    private const string ReadOfProjects =
        "UPDATE notice_recipients SET read_at = @now WHERE read_at IS NULL AND notice_id IN (SELECT n.id FROM notices n WHERE n.project_id IN @ids)";
    private const string ReadByAll =
        "UPDATE notice_recipients SET read_at = @now WHERE read_at IS NULL AND notice_id IN (SELECT n.id FROM notices n WHERE n.notice_key = @key)";

    /// <summary>The key under which an occasion is told once.</summary>
    public static string Key(NoticeKind kind, string occasion, Audience audience) =>
        $"{Slug.Of(kind)}:{occasion}:{audience.Name ?? audience.PersonId}";

    private const string Insert = """
        INSERT INTO notices (id, notice_key, kind, audience, claim_id, project_id, dispute_id, transfer_id, facts, at)
        SELECT @id, @key, @kind, @audience, @claimId, @projectId, @disputeId, @transferId, @facts, @now
        WHERE NOT EXISTS (SELECT 1 FROM notices WHERE notice_key = @key)
        """;

    private const string Recipients = """
        INSERT INTO notice_recipients (user_id, seq, notice_id, mail, mail_due, mail_attempts)
        SELECT u.id, n.seq, n.id, 'waiting', @now, 0 FROM notices n CROSS JOIN users u
        WHERE n.id = @id AND u.active = 1 AND u.id <> @by
        """;

    private const string ToOfficers =
        $"{Recipients} AND u.role IN ('officer', 'department') AND u.jurisdiction_id = @who";
    private const string ToCoordinators = $"{Recipients} AND u.role = 'coordinator' AND @who = n.audience";
    private const string ToAdministrators = $"{Recipients} AND u.role = 'admin' AND @who = n.audience";
    private const string ToPerson = $"{Recipients} AND u.id = @who";
}
