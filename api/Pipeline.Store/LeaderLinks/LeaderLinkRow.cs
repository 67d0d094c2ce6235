using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.LeaderLinks;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.LeaderLinks;

/// <summary>The project of a link.</summary>
public sealed record LinkedProject
{
    public required string Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required Stage Stage { get; init; }
    public Money? TotalInvestment { get; init; }
    public required Light Light { get; init; }
}

/// <summary>A link of a leader to a project (R80), for the project's unit, the leader, the centre and auditors.</summary>
public sealed record LeaderLinkView
{
    public required string Id { get; init; }
    public required PersonRef Leader { get; init; }
    public required LinkedProject Project { get; init; }
    public required UnitRef Jurisdiction { get; init; }
    public required LeaderRole Role { get; init; }

    /// <summary>The level whose leaders a project of this size is for, where a tier says.</summary>
    public string? Level { get; init; }
    public required DateOnly Since { get; init; }

    /// <summary>The batch that made the link.</summary>
    public required long Batch { get; init; }
    public required LinkStatus Status { get; init; }

    /// <summary>The link that it took the place of.</summary>
    public string? ReplacesId { get; init; }
    public DateOnly? EndedOn { get; init; }

    /// <summary>The batch that closed it, and why.</summary>
    public long? EndBatch { get; init; }
    public LinkEnd? EndReason { get; init; }
    public DateOnly? LastContactOn { get; init; }

    /// <summary>The day from which on it counts among those without a contact of the leader (R83).</summary>
    public required DateOnly ContactDueOn { get; init; }

    /// <summary>Whether that day has come.</summary>
    public required bool NoContact { get; init; }
}

/// <summary>A link as it is stored, with the names that belong to its ids.</summary>
public sealed class LeaderLinkRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string LeaderId { get; init; }
    public required string LeaderName { get; init; }
    public required string ProjectId { get; init; }
    public required string ProjectName { get; init; }
    public required string ProjectCode { get; init; }
    public required string ProjectStage { get; init; }
    public long? Amount { get; init; }
    public string? Currency { get; init; }
    public DateOnly? YellowOn { get; init; }
    public DateOnly? RedOn { get; init; }
    public DateOnly? RemovalOn { get; init; }
    public bool Secret { get; init; }
    public required string OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required string Role { get; init; }
    public DateOnly Since { get; init; }
    public long Batch { get; init; }
    public string? ReplacesId { get; init; }
    public DateOnly? LastContactOn { get; init; }
    public DateOnly ContactDueOn { get; init; }
    public DateOnly? EndedOn { get; init; }
    public long? EndBatch { get; init; }
    public string? EndReason { get; init; }

    public LinkEnd? End => EndReason is null ? null : Slug.To<LinkEnd>(EndReason);

    public LeaderLinkView View(DateOnly today, RuleSet rules)
    {
        Money? total = Amount is { } amount ? Money.FromHundredths(amount, Currency!) : null;
        return new LeaderLinkView
        {
            Id = Id,
            Leader = new PersonRef(LeaderId, LeaderName),
            Project = new LinkedProject
            {
                Id = ProjectId,
                Code = ProjectCode,
                Name = ProjectName,
                Stage = Slug.To<Stage>(ProjectStage),
                TotalInvestment = total,
                Light = new LightDays(YellowOn, RedOn, RemovalOn).On(today),
            },
            Jurisdiction = new UnitRef(OwnerId, OwnerName),
            Role = Slug.To<LeaderRole>(Role),
            Level = LeaderRules.LevelOf(total, rules, today.Year),
            Since = Since,
            Batch = Batch,
            Status = EndedOn is null ? LinkStatus.Active : LinkStatus.Closed,
            ReplacesId = ReplacesId,
            EndedOn = EndedOn,
            EndBatch = EndBatch,
            EndReason = End,
            LastContactOn = LastContactOn,
            ContactDueOn = ContactDueOn,
            NoContact = EndedOn is null && ContactDueOn <= today,
        };
    }

    public AuditEntry SecretRead() => SecretReads.Of("read-secret-project", "leader-link", Id, ProjectId);

    public const string From =
        "FROM leader_links k JOIN projects p ON p.id = k.project_id JOIN jurisdictions o ON o.id = p.owner_id JOIN users u ON u.id = k.leader_id";

    public const string Select = $"""
        SELECT k.seq, k.id, k.leader_id, u.display_name AS leader_name, k.project_id, p.name AS project_name, p.code AS project_code, p.stage AS project_stage, p.amount, p.currency,
          p.yellow_on, p.red_on, p.removal_on, p.secret, p.owner_id, o.name AS owner_name, k.role, k.since, k.batch, k.replaces_id, k.last_contact_on, k.contact_due_on, k.ended_on,
          k.end_batch, k.end_reason
        {From}
        """;

    /// <summary>The project (<c>p</c>) has a link that stands to the leader <c>@me</c>.</summary>
    public const string LinkedToMe =
        "EXISTS (SELECT 1 FROM leader_links k WHERE k.project_id = p.id AND k.leader_id = @me AND k.ended_on IS NULL)";
}

/// <summary>Who leads which project is asked for where leaders are told of it.</summary>
public static class LinkedLeaders
{
    /// <summary>The active leaders linked to a project who may know of it; a secret one only those named on it.</summary>
    public static Task<List<string>> Of(Session session, string projectId) =>
        session.Query<string>(Select, new { id = projectId });

    /// <summary>Whom a matter of the project comes up to in the end (R71): the linked leaders; where nobody is linked, those named on it.</summary>
    public static async Task<List<string>> OrNamed(Session session, string projectId) =>
        await Of(session, projectId) is { Count: > 0 } linked
            ? linked
            : await session.Query<string>(SelectNamed, new { id = projectId });

    private const string SelectNamed =
        "SELECT l.user_id FROM project_leaders l JOIN users u ON u.id = l.user_id WHERE l.project_id = @id AND u.role = 'leader' AND u.active = 1";
    private const string Select = """
        SELECT k.leader_id FROM leader_links k JOIN users u ON u.id = k.leader_id JOIN projects p ON p.id = k.project_id
        WHERE k.project_id = @id AND k.ended_on IS NULL AND u.active = 1 AND u.role = 'leader'
          AND (p.secret = 0 OR EXISTS (SELECT 1 FROM project_leaders l WHERE l.project_id = p.id AND l.user_id = k.leader_id))
        ORDER BY k.seq
        """;
}

/// <summary>A leader was in contact with a project that he or she is linked to (R83).</summary>
public static class LeaderContacts
{
    /// <summary>Whether somebody is linked to the project now.</summary>
    public static async Task<bool> IsLinked(Session session, string projectId, string leaderId) =>
        await session.One<string>(Open, new { projectId, leaderId }) is not null;

    /// <summary>Remembers the day. The caller holds the project's lock.</summary>
    public static async Task Remember(Session session, RuleSet rules, string projectId, string leaderId, DateOnly on)
    {
        var row = (
            await session.Query<LeaderLinkRow>(
                $"{LeaderLinkRow.Select} WHERE k.project_id = @projectId AND k.leader_id = @leaderId AND k.ended_on IS NULL",
                new { projectId, leaderId }
            )
        ).FirstOrDefault();
        if (row is null || row.LastContactOn >= on)
            return;
        await session.Execute(
            Update,
            new
            {
                id = row.Id,
                on,
                due = LeaderRules.ContactDueOn(row.Since, on, rules),
            }
        );
    }

    private const string Open =
        "SELECT id FROM leader_links WHERE project_id = @projectId AND leader_id = @leaderId AND ended_on IS NULL";
    private const string Update = "UPDATE leader_links SET last_contact_on = @on, contact_due_on = @due WHERE id = @id";
}
