using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Disputes;

/// <summary>What a dispute is decided on, frozen as it stood when it was filed (R23): claims with their sealed reports and what completed them (R14b), the project's facts, matches, timeline and files. People are in it by the receipts' salted hashes only.</summary>
public static class Evidence
{
    /// <summary>The frozen evidence, its seal (SHA-256 over its canonical JSON), and whether the two still agree.</summary>
    public sealed record View(DateTimeOffset FrozenAt, string Hash, bool Intact, JsonNode Evidence);

    /// <summary>The evidence as it stands now, as canonical JSON.</summary>
    public static async Task<string> Freeze(Session session, string claimId, string? projectId)
    {
        var of = new { claimId, projectId = projectId ?? "" };
        var facts = await session.One<string>(Facts, of);
        return Pipeline.Data.Canonical.Text(
            Json.Node(
                new
                {
                    frozenAt = session.Now,
                    claims = await session.Query<ClaimFact>(Claims, of),
                    completions = await session.Query<CompletionFact>(Completions, of),
                    project = facts is null
                        ? null
                        : Json.Read<ProjectBody>(facts) with
                        {
                            Contacts = null,
                            Referrer = null,
                        },
                    matches = await session.Query<MatchFact>(Matches, of),
                    timeline = (await session.Query<EntryFact>(Entries, of)).Select(entry => new
                    {
                        entry.Id,
                        entry.At,
                        entry.Kind,
                        entry.JurisdictionId,
                        hash = entry.Hash(),
                    }),
                    files = await session.Query<FileFact>(Files, of),
                }
            )
        );
    }

    public static Task<IResult> Read(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            if (await DisputeRow.For(session, call.Caller, id) is not { } dispute)
                return (Reply)Refusal.NotFound;
            session.Note(
                new AuditEntry("read-evidence")
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = "dispute",
                    SubjectId = id,
                    ProjectId = dispute.ProjectId,
                }
            );
            var evidence = (await session.One<string>("SELECT evidence FROM disputes WHERE id = @id", new { id }))!;
            return Reply.Plain(
                new View(
                    dispute.FiledAt,
                    dispute.EvidenceHash,
                    Pipeline.Data.Canonical.Hash(evidence) == dispute.EvidenceHash,
                    JsonNode.Parse(evidence)!
                )
            );
        });

    private sealed class ClaimFact
    {
        public long Sequence { get; init; }
        public required string Id { get; init; }
        public required string JurisdictionId { get; init; }
        public required string Status { get; init; }
        public DateTimeOffset ReceivedAt { get; init; }
        public DateTimeOffset? ActivatedAt { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public string? EndReason { get; init; }
        public required string ReceiptHash { get; init; }
        public required string Canonical { get; init; }
    }

    private sealed class CompletionFact
    {
        public required string ClaimId { get; init; }
        public int Completion { get; init; }
        public DateTimeOffset ReturnedAt { get; init; }
        public required string Reason { get; init; }
        public DateTimeOffset CompletedAt { get; init; }
        public required string ReceiptHash { get; init; }
        public required string Canonical { get; init; }
    }

    private sealed class MatchFact
    {
        public required string ClaimId { get; init; }
        public required string SubjectId { get; init; }
        public required string Level { get; init; }
        public required string Reasons { get; init; }
        public string? Decision { get; init; }
        public DateTimeOffset? DecidedAt { get; init; }
    }

    private sealed class EntryFact
    {
        public required string Id { get; init; }
        public DateTimeOffset At { get; init; }
        public required string Kind { get; init; }
        public string? JurisdictionId { get; init; }
        public string? Note { get; init; }
        public string? BeforeJson { get; init; }
        public string? AfterJson { get; init; }

        public string Hash() => Pipeline.Data.Canonical.Hash($"{Note}\n{BeforeJson}\n{AfterJson}");
    }

    private sealed class FileFact
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string Sha256 { get; init; }
        public DateTimeOffset UploadedAt { get; init; }
    }

    private const string Facts = "SELECT facts FROM projects WHERE id = @projectId";

    private const string Claims = """
        SELECT sequence, id, jurisdiction_id, status, received_at, activated_at, expires_at, ended_at, end_reason, receipt_hash, canonical
        FROM claims WHERE id = @claimId OR project_id = @projectId ORDER BY sequence
        """;

    private const string Completions = """
        SELECT r.claim_id, r.number AS completion, r.returned_at, r.reason, r.completed_at, r.receipt_hash, r.canonical
        FROM claim_returns r JOIN claims c ON c.id = r.claim_id WHERE (c.id = @claimId OR c.project_id = @projectId) AND r.completed_at IS NOT NULL ORDER BY c.sequence, r.number
        """;

    private const string Matches = """
        SELECT x.claim_id, x.subject_id, x.level, x.reasons, x.decision, x.decided_at
        FROM claim_matches x JOIN claims c ON c.id = x.claim_id WHERE c.id = @claimId OR c.project_id = @projectId ORDER BY c.sequence, x.subject_id
        """;

    private const string Entries =
        "SELECT id, at, kind, jurisdiction_id, note, before_json, after_json FROM timeline WHERE project_id = @projectId ORDER BY seq";
    private const string Files =
        "SELECT id, name, sha256, uploaded_at FROM files WHERE project_id = @projectId OR claim_id = @claimId ORDER BY seq";
}
