using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pipeline.Api.Http;
using Pipeline.Data;

namespace Pipeline.Api.Features.Projects;

/// <summary>What a timeline entry tells of (R6).</summary>
public enum EntryKind
{
    Registered,
    Reported,
    Edited,
    Progress,
    AgreementRecorded,
    MoveSubmitted,
    MoveVerified,
    MoveReturned,
    MoveWithdrawn,
    MovedBack,
    Terminated,
    Reactivated,
    ClaimActivated,
    ClaimQueued,
    ClaimUnderReview,
    ClaimConverted,
    ClaimExpired,
    ClaimReleased,
    ClaimRevoked,
    ClaimTransferred,
    ClaimWithdrawn,
    ClaimRejected,
    ClaimExtended,
    ClaimSuspended,
    ClaimResumed,
    DisputeFiled,
    DisputeAnswered,
    DisputeDecided,
    DisputeAppealed,
    DisputeWithdrawn,
    OwnerChanged,
    FileAdded,
    Imported,
}

/// <summary>The project's timeline: every move, claim and decision, with who, when, before and after. Entries are only ever added (R6).</summary>
public static class Timeline
{
    /// <summary>Adds an entry.</summary>
    /// <param name="unitId">The unit it concerns: it and the centre see it, other units only when it is public.</param>
    public static void Add(
        Session session,
        string projectId,
        EntryKind kind,
        Caller? actor,
        string? unitId,
        DateTimeOffset? at = null,
        DateOnly? occurredOn = null,
        string? note = null,
        object? before = null,
        object? after = null,
        IReadOnlyList<FileRef>? files = null,
        bool isPublic = false,
        string? id = null
    )
    {
        session.Note(
            new AuditEntry(Slug.Of(kind))
            {
                SubjectKind = "project",
                SubjectId = projectId,
                ProjectId = projectId,
                Reason = note,
                Changes = AuditEntry.Between(Json.Node(before), Json.Node(after)),
                Origin =
                    session.Origin == Origin.System && actor is not null
                        ? Origin.System with
                        {
                            Doer = actor.Doer(),
                        }
                        : null,
            }
        );
        session.Add(
            Table,
            [
                id ?? Ids.New(),
                projectId,
                at ?? session.Now,
                occurredOn,
                Slug.Of(kind),
                actor?.UserId,
                actor?.DisplayName,
                actor?.JurisdictionName,
                unitId,
                note,
                before is null ? null : Json.Write(before),
                after is null ? null : Json.Write(after),
                files is { Count: > 0 } ? Json.Write(files) : null,
                isPublic ? 1 : 0,
            ]
        );
    }

    private static readonly BulkTable Table = new(
        "timeline",
        "id",
        "project_id",
        "at",
        "occurred_on",
        "kind",
        "actor_id",
        "actor_name",
        "actor_unit",
        "jurisdiction_id",
        "note",
        "before_json",
        "after_json",
        "files",
        "is_public"
    );
}

/// <summary>A file by id and name.</summary>
public sealed record FileRef(string Id, string Name);

/// <summary>Reads a project's timeline, oldest first; each caller gets the entries of its own unit and the public ones.</summary>
public static class ReadTimeline
{
    public sealed record Actor(string? Id, string? Name, string? Jurisdiction);

    public sealed record Entry
    {
        public required string Id { get; init; }
        public required DateTimeOffset At { get; init; }
        public DateOnly? OccurredOn { get; init; }
        public required EntryKind Kind { get; init; }

        /// <summary>Who did it; null where it came about by the rules alone, or may not be known.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public Actor? Actor { get; init; }
        public string? Note { get; init; }
        public JsonNode? Before { get; init; }
        public JsonNode? After { get; init; }
        public IReadOnlyList<FileRef>? Files { get; init; }
    }

    public static async Task<IResult> Handle(string id, Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var limit = query.Limit();
        var cursor = query.Cursor(cursors);
        var refusal = query.Refusal();
        return await call.Read<IResult>(async session =>
        {
            if (await LoadProject.For(session, call.Caller, id) is not { } project)
                return (Reply)Problems.NotFound;
            if (refusal is not null)
                return (Reply)refusal;
            var relation = project.RelationOf(call.Caller);
            var rows = await session.Query<Row>(
                relation == Relations.City ? SelectAll : SelectMine,
                // What became of a secret project is not for who had it before (R17a).
                new
                {
                    id,
                    seq = cursor?.Seq ?? 0,
                    unit = call.Caller.Unit ?? "",
                    told = relation == Relations.Former && project.Secret ? 0 : 1,
                    limit = limit + 1,
                }
            );
            return Reply.Plain(
                Pages.Of(
                    call.Request,
                    cursors,
                    rows,
                    limit,
                    row => new Cursor(null, row.Seq),
                    row => View(row, relation, call.Caller)
                )
            );
        });
    }

    private static Entry View(Row row, Relations relation, Caller caller)
    {
        var mine = relation == Relations.City || row.JurisdictionId == caller.Unit;
        return new Entry
        {
            Id = row.Id,
            At = row.At,
            OccurredOn = row.OccurredOn,
            Kind = Slug.To<EntryKind>(row.Kind),
            Actor = mine && row.ActorName is not null ? new Actor(row.ActorId, row.ActorName, row.ActorUnit) : null,
            Note = mine ? row.Note : null,
            Before = mine && row.BeforeJson is not null ? JsonNode.Parse(row.BeforeJson) : null,
            After = mine && row.AfterJson is not null ? JsonNode.Parse(row.AfterJson) : null,
            Files = mine && row.Files is not null ? Json.Read<List<FileRef>>(row.Files) : null,
        };
    }

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public DateTimeOffset At { get; init; }
        public DateOnly? OccurredOn { get; init; }
        public required string Kind { get; init; }
        public string? ActorId { get; init; }
        public string? ActorName { get; init; }
        public string? JurisdictionId { get; init; }
        public string? ActorUnit { get; init; }
        public string? Note { get; init; }
        public string? BeforeJson { get; init; }
        public string? AfterJson { get; init; }
        public string? Files { get; init; }
    }

    private const string Columns = """
        SELECT t.seq, t.id, t.at, t.occurred_on, t.kind, t.actor_id, t.actor_name, t.actor_unit, t.jurisdiction_id, t.note, t.before_json, t.after_json, t.files
        FROM timeline t
        """;

    private const string SelectAll = $"{Columns} WHERE t.project_id = @id AND t.seq > @seq ORDER BY t.seq {{page}}";
    private const string SelectMine =
        $"{Columns} WHERE t.project_id = @id AND t.seq > @seq AND (t.jurisdiction_id = @unit OR (t.is_public = 1 AND @told = 1)) ORDER BY t.seq {{page}}";
}
