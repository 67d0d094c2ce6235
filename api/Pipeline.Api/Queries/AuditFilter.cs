using Pipeline.Api.Http;
using Pipeline.Data;

namespace Pipeline.Api.Queries;

/// <summary>Which entries of the audit trail a list or an export is of, among those that the caller may read.</summary>
public static class AuditFilter
{
    public static readonly QueryParameter[] Parameters =
    [
        Query.Text("actorId", "Only what this person or key did."),
        Query.Text("actorKind", "Only what was done by a `person`, a `key`, the `system`, or `nobody` known."),
        Query.Text("action", "Only this action."),
        Query.Choice<AuditOutcome>("outcome", "Only what ended so."),
        Query.Text("subjectKind", "Only what was done to records of this kind."),
        Query.Text("subjectId", "Only what was done to this record."),
        Query.Project,
        Query.Text("requestId", "Only what was done in this request."),
        Query.Instant("from", "Only what was done at this instant or later."),
        Query.Instant("to", "Only what was done at this instant or before."),
    ];

    /// <summary>The administrator, who has no project data, gets what concerns accounts, keys and the city's set-up.</summary>
    public static Conditions Read(QueryReader query, Caller caller)
    {
        var where = new Conditions();
        where.Add("a.actor_id = @actorId", "actorId", query.Text("actorId", 32));
        where.Add("a.actor_kind = @actorKind", "actorKind", query.Text("actorKind", 10));
        where.Add("a.action = @action", "action", query.Text("action", 60));
        where.Add(
            "a.outcome = @outcome",
            "outcome",
            query.Choice<AuditOutcome>("outcome") is { } outcome ? Slug.Of(outcome) : null
        );
        where.Add("a.subject_kind = @subjectKind", "subjectKind", query.Text("subjectKind", 30));
        where.Add("a.subject_id = @subjectId", "subjectId", query.Text("subjectId", 100));
        where.Add("a.project_id = @projectId", "projectId", query.Text("projectId", 32));
        where.Add("a.request_id = @requestId", "requestId", query.Text("requestId", 64));
        where.Add("a.at >= @since", "since", query.Instant("from"));
        where.Add("a.at <= @until", "until", query.Instant("to"));
        if (!Permissions.Allows(caller, Act.ReadAudit, Relations.City))
            where.Add(NoProjectData);
        return where;
    }

    private const string NoProjectData =
        "a.project_id IS NULL AND (a.subject_kind IS NULL OR a.subject_kind IN ('user', 'api-key', 'jurisdiction', 'rule-set', 'me', 'auth', 'audit', 'clock', 'permission'))";
}

/// <summary>An entry with the names that belong to its ids.</summary>
public sealed class NamedAuditRow : AuditRow
{
    public string? SubjectName { get; init; }
    public string? ProjectCode { get; init; }
    public string? ProjectName { get; init; }

    public const string Select = """
        SELECT a.seq, a.id, a.at, a.actor_kind, a.actor_id, a.actor_name, a.actor_role, a.on_behalf_of, a.action, a.outcome, a.subject_kind, a.subject_id, a.project_id,
          COALESCE(u.display_name, k.name, j.name, r.name) AS subject_name, p.code AS project_code, p.name AS project_name, a.address, a.client, a.request, a.request_id, a.reason, a.rule_set_id, a.changes, a.hash, a.previous_hash
        FROM audit a
        LEFT JOIN projects p ON p.id = a.project_id
        LEFT JOIN users u ON u.id = a.subject_id AND a.subject_kind = 'user'
        LEFT JOIN api_keys k ON k.id = a.subject_id AND a.subject_kind = 'api-key'
        LEFT JOIN jurisdictions j ON j.id = a.subject_id AND a.subject_kind = 'jurisdiction'
        LEFT JOIN rule_sets r ON r.id = a.subject_id AND a.subject_kind = 'rule-set'
        """;
}
