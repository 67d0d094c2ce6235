using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Data;

namespace Pipeline.Store.Integration;

/// <summary>A caller's own reference to a record: the system it comes from, and its number there.</summary>
public sealed record ExternalRef
{
    /// <summary>The caller's system, by a name of its own choice: <c>crm</c>.</summary>
    public string? System { get; init; }

    /// <summary>The record's number there.</summary>
    public string? Id { get; init; }
}

/// <summary>What a caller's reference leads to.</summary>
public sealed record ReferredTo
{
    public required string SubjectId { get; init; }

    /// <summary>The hash of what was pushed last.</summary>
    public required string ContentHash { get; init; }
}

/// <summary>The references under which callers know records: unique to a caller, and for good. Written under the lock of the intake, so that of two pushes of one reference the second sees the first.</summary>
public static class ExternalRefs
{
    public const string Projects = "projects",
        Capital = "capital";

    public static string HashOf(JsonObject content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical.Text(content))));

    public static Task<ReferredTo?> Find(Session session, Caller caller, string kind, ExternalRef reference) =>
        session.One<ReferredTo?>(
            Select,
            new
            {
                callerId = caller.UserId,
                kind,
                system = reference.System,
                reference = reference.Id,
            }
        );

    /// <summary>The caller's own reference to a record; null where it has none.</summary>
    public static Task<ExternalRef?> Of(Session session, Caller caller, string kind, string subjectId) =>
        session.One<ExternalRef?>(
            SelectOf,
            new
            {
                callerId = caller.UserId,
                kind,
                subjectId,
                limit = 1,
            }
        );

    /// <summary>Keeps a reference that is new.</summary>
    public static Task Add(
        Session session,
        Caller caller,
        string kind,
        ExternalRef reference,
        string subjectId,
        string projectId,
        string contentHash
    ) =>
        session.Execute(
            Insert,
            new
            {
                callerId = caller.UserId,
                kind,
                system = reference.System,
                reference = reference.Id,
                subjectId,
                projectId,
                contentHash,
                now = session.Now,
            }
        );

    /// <summary>Keeps what was pushed last under a reference.</summary>
    public static Task Renew(Session session, Caller caller, string kind, ExternalRef reference, string contentHash) =>
        session.Execute(
            Update,
            new
            {
                callerId = caller.UserId,
                kind,
                system = reference.System,
                reference = reference.Id,
                contentHash,
                now = session.Now,
            }
        );

    private const string Select =
        "SELECT subject_id, content_hash FROM external_refs WHERE caller_id = @callerId AND kind = @kind AND system = @system AND ref = @reference";
    private const string SelectOf = """
        SELECT r.system, r.ref AS id FROM external_refs r
        WHERE r.caller_id = @callerId AND r.kind = @kind AND r.subject_id = @subjectId
        ORDER BY r.pushed_at, r.system, r.ref {page}
        """;
    private const string Insert = """
        INSERT INTO external_refs (caller_id, kind, system, ref, subject_id, project_id, content_hash, pushed_at)
        VALUES (@callerId, @kind, @system, @reference, @subjectId, @projectId, @contentHash, @now)
        """;
    private const string Update =
        "UPDATE external_refs SET content_hash = @contentHash, pushed_at = @now WHERE caller_id = @callerId AND kind = @kind AND system = @system AND ref = @reference";
}
