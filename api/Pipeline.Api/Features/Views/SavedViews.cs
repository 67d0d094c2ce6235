using System.Text;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Views;

/// <summary>The pages of which views can be saved.</summary>
public enum ViewPage
{
    Lists,
}

/// <summary>A view as it is sent in: what a page shows, under a name.</summary>
public sealed record ViewBody
{
    public string? Name { get; init; }
    public ViewPage? Page { get; init; }

    /// <summary>The page's address from `?` on: its filters and order.</summary>
    public string? Query { get; init; }

    /// <summary>The columns in order; `*` before one that is pinned.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Whether the colleagues of one's unit read it too.</summary>
    public bool Shared { get; init; }

    public sealed class Validator : AbstractValidator<ViewBody>
    {
        public Validator()
        {
            RuleFor(body => body.Name).Required().Line(100);
            RuleFor(body => body.Page).Required();
            RuleFor(body => body.Query).Line(1000);
            RuleFor(body => body.Columns)
                .Must(columns => columns is null || columns.Count <= 40)
                .Coded("length", 0, 40);
            RuleForEach(body => body.Columns)
                .Cascade(CascadeMode.Continue)
                .Required()
                .Line(40)
                .Must(column => column is null || !column.Contains(','))
                .Coded("characters");
        }
    }
}

/// <summary>A view as its owner and those it is shared with read it.</summary>
public sealed record SavedView
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required ViewPage Page { get; init; }
    public required string Query { get; init; }
    public required IReadOnlyList<string> Columns { get; init; }
    public required bool Shared { get; init; }
    public required PersonRef Owner { get; init; }
    public required long Version { get; init; }
}

/// <summary>A view as it is stored.</summary>
public sealed class ViewRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required string Name { get; init; }
    public required string Page { get; init; }
    public required string Query { get; init; }
    public required string ColumnsShown { get; init; }
    public bool Shared { get; init; }
    public long Version { get; init; }

    public SavedView View() =>
        new()
        {
            Id = Id,
            Name = Name,
            Page = Slug.To<ViewPage>(Page),
            Query = Query,
            Columns = ColumnsShown.Split(',', StringSplitOptions.RemoveEmptyEntries),
            Shared = Shared,
            Owner = new PersonRef(OwnerId, OwnerName),
            Version = Version,
        };

    /// <summary>The caller's own, and what is shared by people who stand where the caller stands: the same role in the same unit, for coordinators the centre.</summary>
    public static object Reader(Caller caller, string? id = null, long after = 0, int limit = 1) =>
        new
        {
            me = caller.UserId,
            role = Slug.Of(caller.Role!.Value),
            unit = caller.JurisdictionId ?? "",
            id,
            after,
            limit,
        };

    public static Task<ViewRow?> ById(Session session, Caller caller, string id) =>
        session.One<ViewRow>(SelectOne, Reader(caller, id));

    public const string SelectPage = """
        SELECT v.seq, v.id, v.owner_id, u.display_name AS owner_name, v.name, v.page, v.query, v.columns_shown, v.shared, v.version
        FROM saved_views v JOIN users u ON u.id = v.owner_id
        WHERE (v.owner_id = @me OR (v.shared = 1 AND u.active = 1 AND u.role = @role AND (@role = 'coordinator' OR COALESCE(u.jurisdiction_id, '') = @unit)))
          AND v.seq > @after
        ORDER BY v.seq {page}
        """;

    private const string SelectOne = """
        SELECT v.seq, v.id, v.owner_id, u.display_name AS owner_name, v.name, v.page, v.query, v.columns_shown, v.shared, v.version
        FROM saved_views v JOIN users u ON u.id = v.owner_id
        WHERE (v.owner_id = @me OR (v.shared = 1 AND u.active = 1 AND u.role = @role AND (@role = 'coordinator' OR COALESCE(u.jurisdiction_id, '') = @unit)))
          AND v.id = @id
        """;
}

/// <summary>Reads the views that the caller made or was given.</summary>
public static class ReadViews
{
    public static async Task<IResult> All(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var page = query.Page(cursors, counted: false);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<ViewRow>(
                ViewRow.SelectPage,
                ViewRow.Reader(call.Caller, after: page.After?.Seq ?? 0, limit: page.Limit + 1)
            );
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View()));
        });
    }

    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await ViewRow.ById(session, call.Caller, id) is { } row
                ? Reply.Resource(row.View(), row.Version)
                : (Reply)Refusal.NotFound
        );
}

/// <summary>Saves, changes and removes views; only their owner does.</summary>
public static class ChangeViews
{
    /// <summary>How many views somebody may keep: more than anybody chooses among, and few enough that a program gone wild fills nothing.</summary>
    public const int Most = 50;

    public static async Task<IResult> Add(Call call)
    {
        var body = await call.Body(Validation.Of<ViewBody.Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            await session.Lock(LockName.Views(call.Caller.UserId));
            if (await session.One<int>(Count, new { me = call.Caller.UserId }) >= Most)
                return new Refusal(RefusalKind.Conflict, "too-many-views", Most);
            var id = Ids.New();
            await session.Execute(Insert, Values(session, call.Caller, id, body.Value!));
            session.Note(Entry("view-created", id, null, body.Value!));
            return Reply.Resource(
                (await ViewRow.ById(session, call.Caller, id))!.View(),
                1,
                201,
                $"/api/v1/views/{id}"
            );
        });
    }

    public static async Task<IResult> Edit(string id, Call call)
    {
        var patch = await call.Patch();
        return await call.Write(async session =>
        {
            var row = await ViewRow.ById(session, call.Caller, id);
            if (Refused(call, row) is { } refusal)
                return refusal;
            if (patch.Refusal is { } malformed)
                return malformed;
            var view = row!.View();
            var current = new ViewBody
            {
                Name = view.Name,
                Page = view.Page,
                Query = view.Query,
                Columns = view.Columns,
                Shared = view.Shared,
            };
            var parsed = Call.Parse(
                Json.MergePatch(Json.Node(current), patch.Value)!,
                Validation.Of<ViewBody.Validator>(),
                session.Today
            );
            if (parsed.Refusal is { } invalid)
                return invalid;
            await session.Execute(Update, Values(session, call.Caller, id, parsed.Value!));
            session.Note(Entry("view-edited", id, current, parsed.Value!));
            var changed = (await ViewRow.ById(session, call.Caller, id))!;
            return Reply.Resource(changed.View(), changed.Version);
        });
    }

    public static Task<IResult> Remove(string id, Call call) =>
        call.Write(async session =>
        {
            if (Refused(call, await ViewRow.ById(session, call.Caller, id)) is { } refusal)
                return refusal;
            await session.Execute(Delete, new { id });
            session.Note(new AuditEntry("view-deleted") { SubjectKind = "view", SubjectId = id });
            return Reply.NoContent();
        });

    private static Refusal? Refused(Call call, ViewRow? row) =>
        row is null ? Refusal.NotFound
        : row.OwnerId != call.Caller.UserId ? Refusal.Forbidden
        : ETags.Check(call.Request, row.Version);

    // What is looked for may name a person: the trail says that it changed, not to what.
    private static AuditEntry Entry(string action, string id, ViewBody? before, ViewBody after) =>
        new(action)
        {
            SubjectKind = "view",
            SubjectId = id,
            Changes = AuditEntry.Between(
                before is null ? null : Json.Node(before with { Query = null, Name = null }),
                Json.Node(after with { Query = null, Name = null })
            ),
        };

    private static object Values(Session session, Caller caller, string id, ViewBody body) =>
        new
        {
            id,
            me = caller.UserId,
            name = body.Name,
            viewPage = Slug.Of(body.Page!.Value),
            query = body.Query ?? "",
            columns = string.Join(',', body.Columns ?? []),
            shared = body.Shared ? 1 : 0,
            now = session.Now,
        };

    private const string Insert = """
        INSERT INTO saved_views (id, owner_id, name, page, query, columns_shown, shared, version, updated_at)
        VALUES (@id, @me, @name, @viewPage, @query, @columns, @shared, 1, @now)
        """;

    private const string Update = """
        UPDATE saved_views SET name = @name, page = @viewPage, query = @query, columns_shown = @columns, shared = @shared, version = version + 1, updated_at = @now
        WHERE id = @id AND owner_id = @me
        """;

    private const string Count = "SELECT COUNT(*) FROM saved_views WHERE owner_id = @me";

    private const string Delete = "DELETE FROM saved_views WHERE id = @id";
}
