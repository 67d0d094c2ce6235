using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Financing;

namespace Pipeline.Store.Financing;

/// <summary>A match went a step (R135).</summary>
public sealed record MatchAdvanced(MatchRow Match, Caller Actor) : IDomainEvent;

/// <summary>A step of a match.</summary>
public sealed record MatchStep(MatchState To, string Note, PersonRef By, DateTimeOffset At);

/// <summary>The institution or fund of a match.</summary>
public sealed record MatchParty(PartyKind Kind, string Id, string Name);

/// <summary>A need brought together with who may finance it (R135).</summary>
public sealed record MatchView
{
    public required string Id { get; init; }
    public required string NeedId { get; init; }

    /// <summary>The project or enterprise in need.</summary>
    public required string NeedOf { get; init; }
    public required Money Needed { get; init; }
    public required UnitRef Jurisdiction { get; init; }
    public string? ProjectId { get; init; }
    public required MatchParty Party { get; init; }
    public required MatchState State { get; init; }

    /// <summary>The day of the last step.</summary>
    public required DateOnly LastOn { get; init; }

    /// <summary>How long nothing was heard of it: yellow from the 30th day on, red from the 60th.</summary>
    public required Silence Light { get; init; }

    /// <summary>What was got.</summary>
    public Money? Amount { get; init; }

    /// <summary>Only of a single match.</summary>
    public IReadOnlyList<MatchStep>? Steps { get; init; }

    /// <summary>Where it can go now.</summary>
    public required IReadOnlyList<MatchState> Next { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>A match as it is stored, with what is needed of its need.</summary>
public sealed class MatchRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string NeedId { get; init; }
    public required string NeedOf { get; init; }
    public long NeedAmount { get; init; }
    public required string NeedCurrency { get; init; }
    public required string UnitId { get; init; }
    public required string UnitName { get; init; }
    public string? ProjectId { get; init; }
    public bool? Secret { get; init; }
    public required string PartyKind { get; init; }
    public required string PartyId { get; init; }
    public required string PartyName { get; init; }
    public required string State { get; init; }
    public DateOnly LastOn { get; init; }
    public long? Amount { get; init; }
    public string? Currency { get; init; }
    public long Version { get; init; }

    public MatchState At => Slug.To<MatchState>(State);

    public Relations RelationOf(Caller caller) =>
        Permissions.RelationTo(caller, UnitId, ProjectId ?? "", Secret == true);

    public MatchView View(Caller caller, DateOnly today, IReadOnlyList<MatchStep>? steps = null)
    {
        var may = MatchRules.IsOpen(At) && Permissions.Allows(caller, Act.ManageNeeds, RelationOf(caller));
        return new MatchView
        {
            Id = Id,
            NeedId = NeedId,
            NeedOf = NeedOf,
            Needed = Money.FromHundredths(NeedAmount, NeedCurrency),
            Jurisdiction = new UnitRef(UnitId, UnitName),
            ProjectId = ProjectId,
            Party = new MatchParty(Slug.To<PartyKind>(PartyKind), PartyId, PartyName),
            State = At,
            LastOn = LastOn,
            Light = MatchRules.SilenceOn(At, LastOn, today),
            Amount = Amount is { } got ? Money.FromHundredths(got, Currency!) : null,
            Steps = steps,
            Next = may ? [.. MatchRules.Next(At)] : [],
            AllowedActions = may ? ["advance"] : [],
            Version = Version,
        };
    }

    /// <summary>The match, or null when it does not exist for this caller.</summary>
    public static async Task<MatchRow?> For(Session session, Caller caller, string id)
    {
        var row = await session.One<MatchRow>($"{Select} WHERE m.id = @id", new { id });
        if (row is null || !Permissions.Allows(caller, Act.ReadNeeds, row.RelationOf(caller)))
            return null;
        if (row.Secret == true)
            session.Note(row.SecretRead());
        return row;
    }

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "match", Id, ProjectId);

    public static async Task<IReadOnlyList<MatchStep>> Steps(Session session, string id) =>
        [
            .. (await session.Query<StepRow>(SelectSteps, new { id })).Select(row => new MatchStep(
                Slug.To<MatchState>(row.ToState),
                row.Note,
                new PersonRef(row.SteppedBy, row.SteppedByName),
                row.SteppedAt
            )),
        ];

    private sealed class StepRow
    {
        public required string ToState { get; init; }
        public required string Note { get; init; }
        public required string SteppedBy { get; init; }
        public required string SteppedByName { get; init; }
        public DateTimeOffset SteppedAt { get; init; }
    }

    private const string SelectSteps =
        "SELECT to_state, note, stepped_by, stepped_by_name, stepped_at FROM match_steps WHERE match_id = @id ORDER BY seq";

    public const string Select = $"""
        SELECT m.seq, m.id, m.need_id, COALESCE(p.name, n.enterprise) AS need_of, n.amount AS need_amount, n.currency AS need_currency, {NeedRow.Owner} AS unit_id, j.name AS unit_name, n.project_id, p.secret,
          m.party_kind, m.party_id, le.name AS party_name, m.state, m.last_on, m.amount, m.currency, m.version
        FROM matches m JOIN financing_needs n ON n.id = m.need_id JOIN library_entries le ON le.id = m.party_id LEFT JOIN projects p ON p.id = n.project_id
        JOIN jurisdictions j ON j.id = {NeedRow.Owner}
        """;
}
