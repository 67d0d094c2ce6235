using System.Text.Json.Nodes;
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
            .Reads([.. AuditFilter.Parameters, .. Query.Pages])
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
            .RunsInBackground()
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
        var where = AuditFilter.Read(query, call.Caller);
        var page = query.Page(cursors, counted: false);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<NamedAuditRow>(
                $"{NamedAuditRow.Select} WHERE {where.Sql}{page.Behind("a.seq", where.Values, descending: true)} ORDER BY a.seq DESC {{page}}",
                where.Values
            );
            session.Note(new AuditEntry("read-audit") { Outcome = AuditOutcome.Read });
            return Reply.Plain(page.Of(rows, row => row.Seq, View));
        });
    }

    private static AuditView View(NamedAuditRow row) =>
        new()
        {
            Id = row.Id,
            Seq = row.Seq,
            At = row.At,
            Actor = new AuditActor(row.ActorKind, row.ActorId, row.ActorName, row.ActorRole, row.OnBehalfOf),
            Action = row.Action,
            Outcome = Slug.To<AuditOutcome>(row.Outcome),
            Subject =
                row.SubjectKind is { } kind && row.SubjectId is { } subject
                    ? new AuditSubject(kind, subject, row.SubjectName)
                    : null,
            Project = row.ProjectId is { } project ? new AuditProject(project, row.ProjectCode, row.ProjectName) : null,
            Address = row.Address,
            Client = row.Client,
            Request = row.Request,
            RequestId = row.RequestId,
            Reason = row.Reason,
            RuleSetId = row.RuleSetId,
            Changes = row.Changes is null
                ? []
                :
                [
                    .. JsonNode
                        .Parse(row.Changes)!
                        .AsArray()
                        .Select(change => new AuditChange(
                            change!["field"]!.GetValue<string>(),
                            change["before"]?.DeepClone(),
                            change["after"]?.DeepClone()
                        )),
                ],
            Hash = row.Hash,
            PreviousHash = row.PreviousHash,
        };
}
