using System.Globalization;
using System.Text.Json.Nodes;

namespace Pipeline.Data;

/// <summary>Who does something: a person, a machine with a key, the system by its rules, or nobody known.</summary>
/// <param name="Kind"><c>person</c>, <c>key</c>, <c>system</c> or <c>nobody</c>.</param>
/// <param name="Role">The role of a person, the scopes of a key.</param>
/// <param name="OnBehalfOf">The unit for which a person or a machine acts.</param>
public sealed record Doer(string Kind, string? Id, string? Name, string? Role, string? OnBehalfOf)
{
    public static readonly Doer System = new("system", null, null, null, null);
    public static readonly Doer Nobody = new("nobody", null, null, null, null);
}

/// <summary>Where an act came from.</summary>
/// <param name="Request">Method and path.</param>
public sealed record Origin(Doer Doer, string? Address, string? Client, string? Request, string? RequestId)
{
    public static readonly Origin System = new(Doer.System, null, null, null, null);
}

/// <summary>What came of it.</summary>
public enum AuditOutcome
{
    Done,
    Read,
    Denied,
    Failed,
}

/// <summary>An entry of the audit trail before it has its place in the chain.</summary>
public sealed record AuditEntry(string Action)
{
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Done;
    public string? SubjectKind { get; init; }
    public string? SubjectId { get; init; }
    public string? ProjectId { get; init; }
    public string? Reason { get; init; }

    /// <summary>Field by field: <c>[{field, before, after}]</c>. Never personal data, never a secret.</summary>
    public JsonArray? Changes { get; init; }

    /// <summary>Where it came from, when that is not the session's origin.</summary>
    public Origin? Origin { get; init; }

    /// <summary>The fields in which two objects differ.</summary>
    public static JsonArray? Between(JsonNode? before, JsonNode? after)
    {
        var changes = new JsonArray();
        Compare("", before, after, changes);
        return changes.Count == 0 ? null : changes;
    }

    private static void Compare(string path, JsonNode? before, JsonNode? after, JsonArray changes)
    {
        if (JsonNode.DeepEquals(before, after))
            return;
        if (before is JsonObject or null && after is JsonObject or null && (before ?? after) is not null)
        {
            var (from, to) = (before as JsonObject ?? [], after as JsonObject ?? []);
            foreach (
                var name in from.Select(member => member.Key)
                    .Union(to.Select(member => member.Key))
                    .Order(StringComparer.Ordinal)
            )
                Compare(path.Length == 0 ? name : $"{path}.{name}", from[name], to[name], changes);
            return;
        }

        changes.Add(
            (JsonNode)
                new JsonObject
                {
                    ["field"] = path,
                    ["before"] = before?.DeepClone(),
                    ["after"] = after?.DeepClone(),
                }
        );
    }
}

/// <summary>An entry as it is stored.</summary>
public class AuditRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public DateTimeOffset At { get; init; }
    public required string ActorKind { get; init; }
    public string? ActorId { get; init; }
    public string? ActorName { get; init; }
    public string? ActorRole { get; init; }
    public string? OnBehalfOf { get; init; }
    public required string Action { get; init; }
    public required string Outcome { get; init; }
    public string? SubjectKind { get; init; }
    public string? SubjectId { get; init; }
    public string? ProjectId { get; init; }
    public string? Address { get; init; }
    public string? Client { get; init; }
    public string? Request { get; init; }
    public string? RequestId { get; init; }
    public string? Reason { get; init; }
    public string? RuleSetId { get; init; }
    public string? Changes { get; init; }
    public string Hash { get; init; } = "";
    public required string PreviousHash { get; init; }

    /// <summary>The hash over everything else in the row, the hash of the one before included.</summary>
    public string Seal() =>
        Canonical.Hash(
            Canonical.Text(
                ("seq", Seq),
                ("id", Id),
                ("at", At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
                ("actorKind", ActorKind),
                ("actorId", ActorId),
                ("actorName", ActorName),
                ("actorRole", ActorRole),
                ("onBehalfOf", OnBehalfOf),
                ("action", Action),
                ("outcome", Outcome),
                ("subjectKind", SubjectKind),
                ("subjectId", SubjectId),
                ("projectId", ProjectId),
                ("address", Address),
                ("client", Client),
                ("request", Request),
                ("requestId", RequestId),
                ("reason", Reason),
                ("ruleSetId", RuleSetId),
                ("changes", Changes),
                ("previousHash", PreviousHash)
            )
        );

    public const string Columns = """
        seq, id, at, actor_kind, actor_id, actor_name, actor_role, on_behalf_of, action, outcome, subject_kind, subject_id, project_id, address, client, request, request_id,
        reason, rule_set_id, changes, hash, previous_hash
        """;
}

/// <summary>The append-only, hash-chained record of everything done. Entries join the chain at the very end of the transaction they belong to.</summary>
public static class AuditTrail
{
    /// <summary>Gives entries their places. Whoever has the lock is alone with the chain until the commit that follows.</summary>
    public static async Task Append(Session session)
    {
        var entries = session.Entries;
        if (entries.Count == 0)
        {
            if (session.Changes.Count > 0)
                throw new InvalidOperationException("A change that no entry of the audit trail tells of.");
            return;
        }

        var head = await session.LockTrail<Head>(SelectHead);
        var (seq, previous) = (head.Seq, head.Hash);
        var changeSeq = ChangeFeed.Append(session, head.ChangeSeq, auditSeq: seq + 1);
        foreach (var entry in entries)
        {
            var origin = entry.Origin ?? session.Origin;
            var row = new AuditRow
            {
                Seq = ++seq,
                Id = Guid.NewGuid().ToString("N"),
                At = session.Now,
                ActorKind = origin.Doer.Kind,
                ActorId = origin.Doer.Id,
                ActorName = origin.Doer.Name,
                ActorRole = origin.Doer.Role,
                OnBehalfOf = origin.Doer.OnBehalfOf,
                Action = entry.Action,
                Outcome = entry.Outcome.ToString().ToLowerInvariant(),
                SubjectKind = entry.SubjectKind,
                SubjectId = Cut(entry.SubjectId, 100),
                ProjectId = entry.ProjectId,
                Address = Cut(origin.Address, 45),
                Client = Cut(origin.Client, 300),
                Request = Cut(origin.Request, 300),
                RequestId = Cut(origin.RequestId, 64),
                Reason = Cut(entry.Reason, 2000),
                RuleSetId = session.RuleSetId,
                Changes = entry.Changes is { } changes ? Canonical.Text(changes) : null,
                PreviousHash = previous,
            };
            previous = row.Seal();
            session.Add(
                Table,
                [
                    row.Seq,
                    row.Id,
                    row.At,
                    row.ActorKind,
                    row.ActorId,
                    row.ActorName,
                    row.ActorRole,
                    row.OnBehalfOf,
                    row.Action,
                    row.Outcome,
                    row.SubjectKind,
                    row.SubjectId,
                    row.ProjectId,
                    row.Address,
                    row.Client,
                    row.Request,
                    row.RequestId,
                    row.Reason,
                    row.RuleSetId,
                    row.Changes,
                    previous,
                    row.PreviousHash,
                ]
            );
        }

        session.Later(
            SetHead,
            new
            {
                seq,
                hash = previous,
                changeSeq,
            }
        );
    }

    private static string? Cut(string? text, int max) =>
        text is null || text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];

    private sealed class Head
    {
        public long Seq { get; init; }
        public required string Hash { get; init; }
        public long ChangeSeq { get; init; }
    }

    private const string SelectHead = "SELECT seq, hash, change_seq FROM audit_head WHERE id = 1";
    private const string SetHead =
        "UPDATE audit_head SET seq = @seq, hash = @hash, change_seq = @changeSeq WHERE id = 1";

    private static readonly BulkTable Table = new(
        "audit",
        AuditRow.Columns.Split([',', ' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
    );
}

/// <summary>Records what is no write of its own: sensitive reads, refusals, failed sign-ins. Whoever asks waits until the entry is durable; those who ask together share a transaction.</summary>
public sealed class AuditLog(Database database)
{
    private readonly Lock gate = new();
    private List<Waiting> queue = [];
    private bool writing;

    public Task Add(params AuditEntry[] entries)
    {
        var mine = new Waiting(entries, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            queue.Add(mine);
            if (writing)
                return mine.Done.Task;
            writing = true;
        }

        _ = Task.Run(WriteAll);
        return mine.Done.Task;
    }

    /// <summary>Writes until nobody waits: who comes while a transaction is under way shares the next.</summary>
    private async Task WriteAll()
    {
        while (true)
        {
            List<Waiting> batch;
            lock (gate)
            {
                if (queue.Count == 0)
                {
                    writing = false;
                    return;
                }

                (batch, queue) = (queue, []);
            }

            try
            {
                await database.Log(batch.SelectMany(waiting => waiting.Entries));
                batch.ForEach(waiting => waiting.Done.SetResult());
            }
            catch (Exception error)
            {
                batch.ForEach(waiting => waiting.Done.SetException(error));
            }
        }
    }

    private sealed record Waiting(IReadOnlyList<AuditEntry> Entries, TaskCompletionSource Done);
}
