using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pipeline.Api.Http;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Projects;

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
        public JsonObject? Before { get; init; }
        public JsonObject? After { get; init; }
        public IReadOnlyList<FileRef>? Files { get; init; }
    }

    public static async Task<IResult> Handle(string id, Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var page = query.Page(cursors, counted: false);
        var refusal = query.Refusal();
        return await call.Read<IResult>(async session =>
        {
            if (await LoadProject.For(session, call.Caller, id) is not { } project)
                return (Reply)Refusal.NotFound;
            if (refusal is not null)
                return (Reply)refusal;
            var relation = project.RelationOf(call.Caller);
            var rows = await session.Query<Row>(
                relation == Relations.City ? SelectAll : SelectMine,
                // What became of a secret project is not for who had it before (R17a).
                new
                {
                    id,
                    seq = page.After?.Seq ?? 0,
                    unit = call.Caller.Unit ?? "",
                    told = relation == Relations.Former && project.Secret ? 0 : 1,
                    limit = page.Limit + 1,
                }
            );
            return Reply.Plain(page.Of(rows, row => row.Seq, row => View(row, relation, call.Caller)));
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
            Before = mine && row.BeforeJson is not null ? JsonNode.Parse(row.BeforeJson)!.AsObject() : null,
            After = mine && row.AfterJson is not null ? JsonNode.Parse(row.AfterJson)!.AsObject() : null,
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
