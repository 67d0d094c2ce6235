using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Transfers;

namespace Pipeline.Store.Transfers;

/// <summary>What the receiver learns of a project before the transfer is approved (R43a): as it stood when it was offered.</summary>
public sealed record OfferedProject
{
    /// <summary>Only for who may open it.</summary>
    public string? Id { get; init; }
    public string? Code { get; init; }

    /// <summary>Absent, with the investors and the amount, as long as the receiver of a blind transfer has not accepted (§15.9).</summary>
    public string? Name { get; init; }
    public IReadOnlyList<string>? Investors { get; init; }
    public Money? TotalInvestment { get; init; }
    public string? IndustryCode { get; init; }
    public decimal? LandMu { get; init; }
    public decimal? EnergyTce { get; init; }
}

/// <summary>A transfer (流转), for its two units and those who read the whole city.</summary>
public sealed record TransferView
{
    public required string Id { get; init; }
    public required TransferStatus Status { get; init; }
    public required OfferedProject Project { get; init; }

    /// <summary>Absent for the receiver of a blind transfer as long as it has not accepted.</summary>
    public UnitRef? From { get; init; }
    public required UnitRef To { get; init; }
    public required string Reason { get; init; }

    /// <summary>Whether the receiver learns what it is only once it has accepted (§15.9).</summary>
    public required bool Blind { get; init; }

    /// <summary>Whether the centre proposed it.</summary>
    public required bool ByCentre { get; init; }
    public PersonRef? ProposedBy { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>The last instant at which the receiver may accept; fixed when it was proposed (R43a).</summary>
    public required DateTimeOffset AcceptUntil { get; init; }

    /// <summary>The day is provisional: it lies in, or the days to it run through, a year without a work calendar.</summary>
    public bool? AcceptUntilProvisional { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public PersonRef? AcceptedBy { get; init; }

    /// <summary>Until when the centre should have decided; nothing lapses after it.</summary>
    public DateTimeOffset? DecideUntil { get; init; }

    /// <summary>The centre is late with its decision.</summary>
    public required bool Overdue { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public PersonRef? EndedBy { get; init; }

    /// <summary>Why it ended by itself.</summary>
    public TransferEnd? EndReason { get; init; }

    /// <summary>The reason given by who declined or rejected it.</summary>
    public string? EndNote { get; init; }

    /// <summary>The receiver's claim; for who may read it.</summary>
    public string? ClaimId { get; init; }
    public required string RuleSetId { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A transfer as it is stored, with the names that belong to its ids.</summary>
public sealed class TransferRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string ProjectCode { get; init; }
    public bool Secret { get; init; }
    public required string FromId { get; init; }
    public required string FromName { get; init; }
    public required string ToId { get; init; }
    public required string ToName { get; init; }
    public required string Status { get; init; }
    public required string Reason { get; init; }
    public required string Offer { get; init; }
    public bool ByCentre { get; init; }
    public required string ProposedBy { get; init; }
    public required string ProposedByName { get; init; }
    public DateTimeOffset ProposedAt { get; init; }
    public DateTimeOffset AcceptUntil { get; init; }
    public string? AcceptedBy { get; init; }
    public string? AcceptedByName { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public DateTimeOffset? DecideUntil { get; init; }
    public string? EndedBy { get; init; }
    public string? EndedByName { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndReason { get; init; }
    public string? EndNote { get; init; }
    public string? ClaimId { get; init; }
    public required string RuleSetId { get; init; }
    public bool Blind { get; init; }
    public long Version { get; init; }

    public TransferStatus Stored => Slug.To<TransferStatus>(Status);

    public Transfer Facts => new(Stored, ByCentre, AcceptUntil);

    public OfferedProject Offered => Json.Read<OfferedProject>(Offer);

    /// <summary>What a unit that is to get it may know of it: of a blind transfer that it has not accepted what it needs alone.</summary>
    public OfferedProject Told(bool knows)
    {
        var offered = Offered;
        if (knows)
            return offered;
        var needs = MarketNeeds.Of(offered.IndustryCode, offered.LandMu, offered.EnergyTce);
        return new OfferedProject
        {
            IndustryCode = needs.Division,
            LandMu = needs.LandMu,
            EnergyTce = needs.EnergyTce,
        };
    }

    /// <summary>Whether its receiver knows what it is.</summary>
    public bool IsKnownToReceiver => !Blind || AcceptedAt is not null;

    /// <summary>How a caller stands to it: its two units own it, the city reads it; a secret project's not every leader.</summary>
    public Relations RelationOf(Caller caller)
    {
        if (caller.Unit is { } unit)
            return unit == FromId || unit == ToId ? Relations.Own : Relations.None;
        if (!Permissions.ReadsCity(caller))
            return Relations.None;
        return Secret && !Permissions.ReadsSecret(caller) && !caller.NamedOn.Contains(ProjectId)
            ? Relations.None
            : Relations.City;
    }

    public TransferSide SideOf(Caller caller) =>
        new(
            caller.Unit is { } unit && unit == FromId,
            caller.Unit is { } other && other == ToId,
            caller.Role == Role.Coordinator
        );

    /// <summary>The right that a step needs.</summary>
    public static Act ActOf(TransferStep step) =>
        step switch
        {
            TransferStep.Accept or TransferStep.Decline => Act.AnswerTransfer,
            TransferStep.Cancel => Act.CancelTransfer,
            _ => Act.DecideTransfer,
        };

    /// <summary>Makes the representation for a caller who may read it.</summary>
    public TransferView View(Caller caller, DateTimeOffset now, WorkCalendar calendar)
    {
        var status = Domain.Transfers.TransferRules.StatusAt(Facts, now);
        var relation = RelationOf(caller);
        var city = relation == Relations.City;
        var side = SideOf(caller);
        var knows = !side.Receiving || IsKnownToReceiver;
        var opens = city || side.Giving || status == TransferStatus.Approved;
        var lapsed = status == TransferStatus.Lapsed && Stored != TransferStatus.Lapsed;
        PersonRef? Person(bool known, string? id, string? name) =>
            known && id is not null ? new PersonRef(id, name!) : null;
        return new TransferView
        {
            Id = Id,
            Status = status,
            Project = Told(knows) with { Id = opens ? ProjectId : null, Code = opens ? ProjectCode : null },
            From = knows ? new UnitRef(FromId, FromName) : null,
            To = new UnitRef(ToId, ToName),
            Reason = Reason,
            Blind = Blind,
            ByCentre = ByCentre,
            ProposedBy = Person(city || (side.Giving && !ByCentre), ProposedBy, ProposedByName),
            ProposedAt = ProposedAt,
            AcceptUntil = AcceptUntil,
            AcceptUntilProvisional = calendar.IsProvisional(ProposedAt, AcceptUntil) ? true : null,
            AcceptedAt = AcceptedAt,
            AcceptedBy = Person(city || side.Receiving, AcceptedBy, AcceptedByName),
            DecideUntil = DecideUntil,
            Overdue = status == TransferStatus.Accepted && now > DecideUntil,
            EndedAt = lapsed ? AcceptUntil : EndedAt,
            EndedBy = Person(city, EndedBy, EndedByName),
            EndReason =
                lapsed ? TransferEnd.NotAnswered
                : EndReason is null ? null
                : Slug.To<TransferEnd>(EndReason),
            EndNote = EndNote,
            ClaimId = city || side.Receiving ? ClaimId : null,
            RuleSetId = RuleSetId,
            AllowedActions =
            [
                .. Enum.GetValues<TransferStep>()
                    .Where(step =>
                        Permissions.Allows(caller, ActOf(step), relation)
                        && Domain.Transfers.TransferRules.MayTake(step, Facts, side, now) is null
                    )
                    .Select(Slug.Of),
            ],
            Version = Version,
        };
    }

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "transfer", Id, ProjectId);

    /// <summary>The transfer, or null when it does not exist for this caller.</summary>
    public static async Task<TransferRow?> For(Session session, Caller caller, string id)
    {
        var row = await ById(session, id);
        if (row is null || !Permissions.Allows(caller, Act.ReadTransfers, row.RelationOf(caller)))
            return null;
        if (row.Secret)
            session.Note(row.SecretRead());
        return row;
    }

    public static Task<TransferRow?> ById(Session session, string id) =>
        session.One<TransferRow>($"{Select} WHERE t.id = @id", new { id });

    /// <summary>The transfer of a project that is open, as it is stored.</summary>
    public static Task<TransferRow?> OpenOn(Session session, string projectId) =>
        session.One<TransferRow>($"{Select} WHERE t.project_id = @projectId AND t.ended_at IS NULL", new { projectId });

    public const string From =
        "FROM transfers t JOIN projects p ON p.id = t.project_id JOIN jurisdictions f ON f.id = t.from_id JOIN jurisdictions r ON r.id = t.to_id";

    public const string Select = $"""
        SELECT t.seq, t.id, t.project_id, p.code AS project_code, p.secret, t.from_id, f.name AS from_name, t.to_id, r.name AS to_name, t.status, t.reason, t.offer, t.by_centre, t.proposed_by,
          t.proposed_by_name, t.proposed_at, t.accept_until, t.accepted_by, t.accepted_by_name, t.accepted_at, t.decide_until, t.ended_by, t.ended_by_name, t.ended_at, t.end_reason,
          t.end_note, t.claim_id, t.rule_set_id, CASE WHEN t.blind = 1 THEN 1 ELSE 0 END AS blind, t.version
        {From}
        """;
}
