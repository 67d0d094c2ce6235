using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Reasons;

namespace Pipeline.Api.Features.Reasons;

/// <summary>A text that may be given as the reason of a decision.</summary>
public sealed record ReasonTemplate
{
    public required string Id { get; init; }
    public required ReasonKind Kind { get; init; }
    public required string Text { get; init; }
    public required PersonRef CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>The texts that the centre keeps for the reasons of its decisions. A decision keeps the text that was sent, whatever becomes of the template.</summary>
public static class ReasonEndpoints
{
    /// <summary>So many of a kind can still be chosen from.</summary>
    private const int MostOfAKind = 50;

    public sealed record Body
    {
        public ReasonKind? Kind { get; init; }
        public string? Text { get; init; }

        public sealed class Validator : AbstractValidator<Body>
        {
            public Validator()
            {
                RuleFor(body => body.Kind).Required();
                RuleFor(body => body.Text).Required().Text(500);
            }
        }
    }

    public static void MapReasonTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/reason-templates")
            .Tagged("Reasons", "Texts that the centre keeps for the reasons of its decisions.");
        templates
            .MapGet("/", List)
            .WithName("listReasonTemplates")
            .WithSummary("List the texts kept for reasons")
            .Allows(Act.ReadReasonTemplates)
            .Reads([Query.Choice<ReasonKind>("kind", "Only those for decisions of this kind."), .. Query.Pages])
            .Answers<Page<ReasonTemplate>>();
        templates
            .MapGet("/{id}", Single)
            .WithName("getReasonTemplate")
            .WithSummary("Get a text kept for reasons")
            .Allows(Act.ReadReasonTemplates)
            .Answers<ReasonTemplate>()
            .Refuses(404);
        templates
            .MapPost("/", Post)
            .WithName("createReasonTemplate")
            .WithSummary("Keep a text for reasons")
            .Allows(Act.ManageReasonTemplates)
            .Takes<Body>()
            .Example(
                """
                { "kind": "report-return", "text": "接洽材料不全，请补充盖章的投资意向书" }
                """
            )
            .Answers<ReasonTemplate>(201)
            .Refuses(400)
            .Refuses("reason-known", "too-many-reasons");
        templates
            .MapDelete("/{id}", Delete)
            .WithName("deleteReasonTemplate")
            .WithSummary("Forget a text kept for reasons")
            .Allows(Act.ManageReasonTemplates)
            .NeedsIfMatch()
            .Produces(204)
            .Refuses(404);
    }

    private static async Task<IResult> List(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var kind = query.Choice<ReasonKind>("kind");
        var page = query.Page(cursors, counted: false);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<Row>(
                kind is null ? SelectPage : SelectPageOfKind,
                new
                {
                    kind = kind is { } only ? Slug.Of(only) : "",
                    after = page.After?.Seq ?? 0,
                    limit = page.Limit + 1,
                }
            );
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View()));
        });
    }

    private static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await session.One<Row>(SelectOne, new { id }) is { } row
                ? Reply.Resource(row.View(), row.Version)
                : (Reply)Refusal.NotFound
        );

    private static async Task<IResult> Post(Call call)
    {
        var body = await call.Body(Validation.Of<Body.Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            await session.Lock(LockName.RuleSets);
            var (kind, text) = (Slug.Of(body.Value!.Kind!.Value), body.Value.Text!.Trim());
            var known = await session.Query<Row>(SelectOfKind, new { kind });
            if (known.Any(row => row.Text == text))
                return new Refusal(RefusalKind.Conflict, "reason-known");
            if (known.Count >= MostOfAKind)
                return new Refusal(RefusalKind.Conflict, "too-many-reasons", MostOfAKind);
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var id = Ids.New();
            await session.Execute(
                Insert,
                new
                {
                    id,
                    kind,
                    text,
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    now = session.Now,
                }
            );
            session.Note(
                new AuditEntry("reason-template-kept")
                {
                    SubjectKind = "reason-template",
                    SubjectId = id,
                    Changes = AuditEntry.Between(null, Json.Node(new { kind, text })),
                }
            );
            var row = (await session.One<Row>(SelectOne, new { id }))!;
            return Reply.Resource(row.View(), row.Version, 201, $"/api/v1/reason-templates/{id}");
        });
    }

    private static Task<IResult> Delete(string id, Call call) =>
        call.Write(async session =>
        {
            await session.Lock(LockName.RuleSets);
            if (await session.One<Row>(SelectOne, new { id }) is not { } row)
                return Refusal.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            await session.Execute("DELETE FROM reason_templates WHERE id = @id", new { id });
            session.Note(
                new AuditEntry("reason-template-deleted")
                {
                    SubjectKind = "reason-template",
                    SubjectId = id,
                    Changes = AuditEntry.Between(Json.Node(new { kind = row.Kind, text = row.Text }), null),
                }
            );
            return Reply.NoContent();
        });

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string Kind { get; init; }
        public required string Text { get; init; }
        public required string CreatedBy { get; init; }
        public required string CreatedByName { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public long Version { get; init; }

        public ReasonTemplate View() =>
            new()
            {
                Id = Id,
                Kind = Slug.To<ReasonKind>(Kind),
                Text = Text,
                CreatedBy = new PersonRef(CreatedBy, CreatedByName),
                CreatedAt = CreatedAt,
                Version = Version,
            };
    }

    private const string Select =
        "SELECT seq, id, kind, text, created_by, created_by_name, created_at, version FROM reason_templates";
    private const string SelectPage = $"{Select} WHERE seq > @after ORDER BY seq {{page}}";
    private const string SelectPageOfKind = $"{Select} WHERE kind = @kind AND seq > @after ORDER BY seq {{page}}";
    private const string SelectOfKind = $"{Select} WHERE kind = @kind ORDER BY seq";
    private const string SelectOne = $"{Select} WHERE id = @id";
    private const string Insert = """
        INSERT INTO reason_templates (id, kind, text, created_by, created_by_name, created_at, version)
        VALUES (@id, @kind, @text, @by, @byName, @now, 1)
        """;
}
