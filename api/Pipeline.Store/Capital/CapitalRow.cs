using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Capital;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Capital;

/// <summary>Capital paid in (到位资金), for its unit and those who read the whole city.</summary>
public sealed record CapitalView
{
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string ProjectName { get; init; }
    public required string ProjectCode { get; init; }
    public required UnitRef Jurisdiction { get; init; }
    public required CapitalStatus Status { get; init; }

    /// <summary>The date of value.</summary>
    public required DateOnly OccurredOn { get; init; }
    public required Money Amount { get; init; }
    public required CapitalKind Kind { get; init; }
    public string? Payer { get; init; }
    public required VoucherKind VoucherKind { get; init; }
    public required string VoucherNo { get; init; }

    /// <summary>The files of its voucher; for its own unit and the centre.</summary>
    public required IReadOnlyList<FileRef> Files { get; init; }

    /// <summary>Whether it is foreign capital (R60).</summary>
    public required bool Foreign { get; init; }

    /// <summary>What it is in dollars; absent where a rate is missing.</summary>
    public Money? Usd { get; init; }
    public required PersonRef SubmittedBy { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public PersonRef? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The month in which it counts (R61).</summary>
    public string? Period { get; init; }

    /// <summary>The month to which it belongs, where that is another.</summary>
    public string? BelongsTo { get; init; }
    public PersonRef? ReversedBy { get; init; }
    public DateTimeOffset? ReversedAt { get; init; }

    /// <summary>Why it was returned or reversed.</summary>
    public string? Reason { get; init; }

    /// <summary>For the centre's eyes: <c>duplicate-voucher</c> (R62).</summary>
    public IReadOnlyList<string>? Doubts { get; init; }
    public required string RuleSetId { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>An entry as it is stored, with the names that belong to its ids.</summary>
public sealed class CapitalRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string ProjectId { get; init; }
    public required string ProjectName { get; set; }
    public required string ProjectCode { get; init; }
    public required string OwnerId { get; init; }
    public bool Secret { get; init; }
    public required string JurisdictionId { get; init; }
    public required string JurisdictionName { get; init; }
    public required string Status { get; init; }
    public DateOnly OccurredOn { get; init; }
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public required string Kind { get; init; }
    public string? Payer { get; init; }
    public required string VoucherKind { get; init; }
    public required string VoucherNo { get; init; }
    public required string Files { get; init; }
    public bool IsForeign { get; init; }
    public required string SubmittedBy { get; init; }
    public required string SubmittedByName { get; init; }
    public DateTimeOffset SubmittedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string? DecidedByName { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Period { get; init; }
    public string? BelongsTo { get; init; }
    public string? ReversedBy { get; init; }
    public string? ReversedByName { get; init; }
    public DateTimeOffset? ReversedAt { get; init; }
    public string? Reason { get; init; }
    public required string RuleSetId { get; init; }
    public long Version { get; init; }
    public bool DuplicateVoucher { get; init; }

    public CapitalStatus At => Slug.To<CapitalStatus>(Status);

    public Money Paid => Money.FromHundredths(Amount, Currency);

    /// <summary>How a caller stands to it: a unit sees what was submitted for it, no other's (R20).</summary>
    public Relations RelationOf(Caller caller) => Permissions.RelationTo(caller, JurisdictionId, ProjectId, Secret);

    public CapitalView View(Caller caller, RuleBook book)
    {
        var relation = RelationOf(caller);
        var actions = new List<string>();
        if (Permissions.Allows(caller, Act.DecideCapital, relation))
        {
            if (At == CapitalStatus.Pending && SubmittedBy != caller.UserId)
                actions.Add("verify");
            if (At == CapitalStatus.Pending)
                actions.Add("return");
            if (At == CapitalStatus.Verified)
                actions.Add("reverse");
        }

        PersonRef? Person(string? id, string? name) => id is null ? null : new PersonRef(id, name!);
        return new CapitalView
        {
            Id = Id,
            ProjectId = ProjectId,
            ProjectName = ProjectName,
            ProjectCode = ProjectCode,
            Jurisdiction = new UnitRef(JurisdictionId, JurisdictionName),
            Status = At,
            OccurredOn = OccurredOn,
            Amount = Paid,
            Kind = Slug.To<CapitalKind>(Kind),
            Payer = Payer,
            VoucherKind = Slug.To<VoucherKind>(VoucherKind),
            VoucherNo = VoucherNo,
            Files = Json.Read<List<FileRef>>(Files),
            Foreign = IsForeign,
            Usd = book.ById(RuleSetId).In("USD", Paid, OccurredOn) is { } usd
                ? new Money(Math.Round(usd, 2, MidpointRounding.AwayFromZero), "USD")
                : null,
            SubmittedBy = new PersonRef(SubmittedBy, SubmittedByName),
            SubmittedAt = SubmittedAt,
            DecidedBy = Person(DecidedBy, DecidedByName),
            DecidedAt = DecidedAt,
            Period = Period,
            BelongsTo = BelongsTo,
            ReversedBy = Person(ReversedBy, ReversedByName),
            ReversedAt = ReversedAt,
            Reason = Reason,
            Doubts = relation == Relations.City && DuplicateVoucher ? ["duplicate-voucher"] : null,
            RuleSetId = RuleSetId,
            AllowedActions = actions,
            Version = Version,
        };
    }

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "capital", Id, ProjectId);

    /// <summary>The entry, or null when it does not exist for this caller.</summary>
    public static async Task<CapitalRow?> For(Session session, Caller caller, string id)
    {
        var row = await ById(session, id);
        if (row is null || !Permissions.Allows(caller, Act.ReadCapital, row.RelationOf(caller)))
            return null;
        if (row.Secret)
            session.Note(row.SecretRead());
        await NameAsKnown(session, caller, [row]);
        return row;
    }

    public static Task<CapitalRow?> ById(Session session, string id) =>
        session.One<CapitalRow>($"{Select} WHERE e.id = @id", new { id });

    /// <summary>Has entries of projects that are another's by now tell the name that the caller knows them by (R17a).</summary>
    public static async Task NameAsKnown(Session session, Caller caller, IReadOnlyList<CapitalRow> rows)
    {
        if (caller.Unit is not { } unit)
            return;
        var left = rows.Where(row => row.OwnerId != unit).ToList();
        var names = await FormerNames.Of(session, unit, left.Select(row => row.ProjectId));
        foreach (var row in left)
            row.ProjectName = names.GetValueOrDefault(row.ProjectId, row.ProjectCode);
    }

    public const string From =
        "FROM capital_entries e JOIN projects p ON p.id = e.project_id JOIN jurisdictions j ON j.id = e.jurisdiction_id";

    public const string Select = $"""
        SELECT e.seq, e.id, e.project_id, p.name AS project_name, p.code AS project_code, p.owner_id, p.secret, e.jurisdiction_id, j.name AS jurisdiction_name, e.status, e.occurred_on, e.amount,
          e.currency, e.kind, e.payer, e.voucher_kind, e.voucher_no, e.files, e.is_foreign, e.submitted_by, e.submitted_by_name, e.submitted_at, e.decided_by, e.decided_by_name, e.decided_at,
          e.period, e.belongs_to, e.reversed_by, e.reversed_by_name, e.reversed_at, e.reason, e.rule_set_id, e.version,
          CASE WHEN EXISTS (SELECT 1 FROM capital_entries d WHERE d.voucher_key = e.voucher_key AND d.voucher_kind = e.voucher_kind AND d.amount = e.amount AND d.currency = e.currency AND d.id <> e.id
            AND d.status IN ('pending', 'verified')) THEN 1 ELSE 0 END AS duplicate_voucher
        {From}
        """;
}

/// <summary>Fixed-asset investment of a project in a year, from statistics (R65).</summary>
public sealed record FixedInvestmentView
{
    public required int Year { get; init; }

    /// <summary>Absent: statistics have said nothing yet.</summary>
    public Money? Amount { get; init; }
    public string? Source { get; init; }
    public PersonRef? RecordedBy { get; init; }
    public DateTimeOffset? RecordedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>What statistics say of a project's years.</summary>
public sealed class FixedInvestmentRow
{
    public int Year { get; init; }
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public required string Source { get; init; }
    public required string RecordedBy { get; init; }
    public required string RecordedByName { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    public long Version { get; init; }

    public FixedInvestmentView View() =>
        new()
        {
            Year = Year,
            Amount = Money.FromHundredths(Amount, Currency),
            Source = Source,
            RecordedBy = new PersonRef(RecordedBy, RecordedByName),
            RecordedAt = RecordedAt,
            Version = Version,
        };

    public static async Task<FixedInvestmentView> Of(Session session, string projectId, int year) =>
        await session.One<FixedInvestmentRow>($"{Select} AND year = @year", new { projectId, year }) is { } row
            ? row.View()
            : new FixedInvestmentView { Year = year, Version = 0 };

    public static Task<List<FixedInvestmentRow>> All(Session session, string projectId) =>
        session.Query<FixedInvestmentRow>($"{Select} ORDER BY year", new { projectId });

    private const string Select =
        "SELECT year, amount, currency, source, recorded_by, recorded_by_name, recorded_at, version FROM fixed_investments WHERE project_id = @projectId";
}
