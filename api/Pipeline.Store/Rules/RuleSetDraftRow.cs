using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Store.Rules;

/// <summary>Where a draft of a rule set stands (C13).</summary>
public enum DraftStatus
{
    Draft,
    Published,
    Withdrawn,
}

/// <summary>A rule set waits for a second person.</summary>
public sealed record RuleSetDrafted(RuleSetDraftRow Draft, string Name, Caller Actor) : IDomainEvent;

/// <summary>A rule set was made: out of a draft, or by the administrator at once.</summary>
public sealed record RuleSetPublished(string RuleSetId, string Name, DateOnly From, Caller Actor) : IDomainEvent;

/// <summary>A draft of a rule set as it is stored.</summary>
public sealed class RuleSetDraftRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Status { get; init; }
    public required string Body { get; init; }

    /// <summary>The rule set that it was drafted after, as it stood then.</summary>
    public required string BasisId { get; init; }
    public long BasisVersion { get; init; }
    public required string DraftedBy { get; init; }
    public required string DraftedByName { get; init; }
    public DateTimeOffset DraftedAt { get; init; }

    /// <summary>Who published or withdrew it.</summary>
    public string? EndedBy { get; init; }
    public string? EndedByName { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Reason { get; init; }

    /// <summary>The rule set that came out of it.</summary>
    public string? RuleSetId { get; init; }
    public long Version { get; init; }

    public DraftStatus At => Slug.To<DraftStatus>(Status);

    public RuleSetBody Rules => Json.Read<RuleSetBody>(Body);

    /// <summary>All drafts, the newest first.</summary>
    public static Task<List<RuleSetDraftRow>> All(Session session) =>
        session.Query<RuleSetDraftRow>($"{Select} ORDER BY seq DESC");

    public static Task<RuleSetDraftRow?> ById(Session session, string id) =>
        session.One<RuleSetDraftRow>($"{Select} WHERE id = @id", new { id });

    /// <summary>Whether a rule set was published by two persons, so that it is not one person's to change.</summary>
    public static async Task<bool> MadeRuleSet(Session session, string ruleSetId) =>
        await session.One<string>("SELECT id FROM rule_set_drafts WHERE rule_set_id = @ruleSetId", new { ruleSetId })
            is not null;

    private const string Select = """
        SELECT seq, id, status, body, basis_id, basis_version, drafted_by, drafted_by_name, drafted_at, ended_by, ended_by_name, ended_at, reason, rule_set_id, version
        FROM rule_set_drafts
        """;
}
