using System.Text.Json.Nodes;
using Dapper;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain.Assessment;

namespace Pipeline.Api.Features.Audit;

public static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapGet("/receipts/export", ExportReceipts.Handle)
            .WithName("exportReceipts")
            .WithSummary("Export the receipts for verification elsewhere")
            .WithTags("Claims")
            .Allows(Act.VerifyReceipts)
            .Produces(200, contentType: "application/jsonl");
        var audit = api.MapGroup("/audit").Tagged("Audit", "The trail of everything that was done, chained by hashes.");
        audit
            .MapGet("/", ReadAudit.Handle)
            .WithName("listAudit")
            .WithSummary("List the audit trail")
            .Allows(Act.ReadAudit)
            .Reads([
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
                .. Query.Pages,
            ])
            .Answers<Page<AuditView>>();
        audit
            .MapGet("/patterns", ReadPatterns.Handle)
            .WithName("readPatterns")
            .WithSummary("Read what looks unusual in the facts of a year")
            .Allows(Act.ReadPatterns)
            .Reads(
                Query.Whole("year", "The year in which facts are booked; without it the present one."),
                Query.Choice<PatternKind>("kind", "Only patterns of this kind.")
            )
            .Answers<PatternsPage>();
        audit
            .MapGet("/verify", VerifyAudit.Handle)
            .WithName("verifyAudit")
            .WithSummary("Verify the chain of the audit trail")
            .Allows(Act.VerifyAudit)
            .Reads(
                Query.Whole("from", "The first entry to verify; without it the first of all."),
                Query.Whole("to", "The last entry to verify; without it the last of all.")
            )
            .Answers<VerifyAudit.Verification>();
        audit
            .MapGet("/anchor", VerifyAudit.Anchor)
            .WithName("readAuditAnchor")
            .WithSummary("Read the last entry's hash, to be kept elsewhere")
            .Allows(Act.VerifyAudit)
            .Answers<Anchor>();
    }
}

/// <summary>Who did it.</summary>
/// <param name="Kind">`person`, `key`, `system` or `nobody`.</param>
/// <param name="Role">The role of a person, the scopes of a key.</param>
/// <param name="OnBehalfOf">The unit for which it was done.</param>
public sealed record AuditActor(string Kind, string? Id, string? Name, string? Role, string? OnBehalfOf);

/// <summary>What it was done to.</summary>
/// <param name="Name">What it is called, where it is a person, a key, a unit or a rule set.</param>
public sealed record AuditSubject(string Kind, string Id, string? Name = null);

/// <summary>The project it was about.</summary>
public sealed record AuditProject(string Id, string? Code, string? Name);

/// <summary>A field before and after.</summary>
public sealed record AuditChange(string Field, JsonNode? Before, JsonNode? After);

/// <summary>An entry of the audit trail.</summary>
public sealed record AuditView
{
    public required string Id { get; init; }
    public required long Seq { get; init; }
    public required DateTimeOffset At { get; init; }
    public required AuditActor Actor { get; init; }
    public required string Action { get; init; }
    public required AuditOutcome Outcome { get; init; }
    public AuditSubject? Subject { get; init; }
    public AuditProject? Project { get; init; }
    public string? Address { get; init; }
    public string? Client { get; init; }
    public string? Request { get; init; }
    public string? RequestId { get; init; }
    public string? Reason { get; init; }
    public string? RuleSetId { get; init; }
    public required IReadOnlyList<AuditChange> Changes { get; init; }
    public required string Hash { get; init; }
    public required string PreviousHash { get; init; }
}

/// <summary>Reads the audit trail, newest first. The administrator, who has no project data, gets what concerns accounts, keys and the city's set-up.</summary>
public static class ReadAudit
{
    public static async Task<IResult> Handle(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
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
        var page = query.Page(cursors, counted: false);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        if (!Permissions.Allows(call.Caller, Act.ReadAudit, Relations.City))
            where.Add(NoProjectData);
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<Row>(
                $"{Select} WHERE {where.Sql}{page.Behind("a.seq", where.Values, descending: true)} ORDER BY a.seq DESC {{page}}",
                where.Values
            );
            session.Note(new AuditEntry("read-audit") { Outcome = AuditOutcome.Read });
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View()));
        });
    }

    /// <summary>An entry with the names that belong to its ids.</summary>
    private sealed class Row : AuditRow
    {
        public string? SubjectName { get; init; }
        public string? ProjectCode { get; init; }
        public string? ProjectName { get; init; }

        public AuditView View() =>
            new()
            {
                Id = Id,
                Seq = Seq,
                At = At,
                Actor = new AuditActor(ActorKind, ActorId, ActorName, ActorRole, OnBehalfOf),
                Action = Action,
                Outcome = Slug.To<AuditOutcome>(Outcome),
                Subject =
                    SubjectKind is { } kind && SubjectId is { } subject
                        ? new AuditSubject(kind, subject, SubjectName)
                        : null,
                Project = ProjectId is { } project ? new AuditProject(project, ProjectCode, ProjectName) : null,
                Address = Address,
                Client = Client,
                Request = Request,
                RequestId = RequestId,
                Reason = Reason,
                RuleSetId = RuleSetId,
                Changes = Changes is null
                    ? []
                    :
                    [
                        .. JsonNode
                            .Parse(Changes)!
                            .AsArray()
                            .Select(change => new AuditChange(
                                change!["field"]!.GetValue<string>(),
                                change["before"]?.DeepClone(),
                                change["after"]?.DeepClone()
                            )),
                    ],
                Hash = Hash,
                PreviousHash = PreviousHash,
            };
    }

    private const string NoProjectData =
        "a.project_id IS NULL AND (a.subject_kind IS NULL OR a.subject_kind IN ('user', 'api-key', 'jurisdiction', 'rule-set', 'me', 'auth', 'audit', 'clock', 'permission'))";

    private const string Select = """
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
