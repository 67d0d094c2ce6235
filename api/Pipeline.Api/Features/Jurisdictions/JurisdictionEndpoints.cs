using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Jurisdictions;

public static class JurisdictionEndpoints
{
    public static void MapJurisdictions(this IEndpointRouteBuilder api)
    {
        var units = api.MapGroup("/jurisdictions").Tagged("Jurisdictions", "Counties, zones, offices and the centre.");
        units
            .MapGet("/", ReadJurisdictions.All)
            .WithName("listJurisdictions")
            .WithSummary("List counties, zones and other units")
            .Allows(Act.ReadReference)
            .Answers<Page<JurisdictionView>>();
        units
            .MapGet("/{id}", ReadJurisdictions.Single)
            .WithName("getJurisdiction")
            .WithSummary("Get a unit")
            .Allows(Act.ReadReference)
            .Answers<JurisdictionView>()
            .Refuses(404);
        units
            .MapPost("/", ChangeJurisdiction.Add)
            .WithName("createJurisdiction")
            .WithSummary("Add a unit")
            .Allows(Act.ManageJurisdictions)
            .Takes<JurisdictionBody>()
            .Example(
                """
                { "code": "north-zone", "name": "北部园区", "nameEn": "North Zone", "kind": "zone", "reports": true }
                """
            )
            .Answers<JurisdictionView>(201)
            .Refuses(400)
            .Refuses("duplicate-code");
        units
            .MapPatch("/{id}", ChangeJurisdiction.Edit)
            .WithName("editJurisdiction")
            .WithSummary("Change a unit")
            .Allows(Act.ManageJurisdictions)
            .TakesPatchOf<JurisdictionBody>()
            .Answers<JurisdictionView>()
            .Refuses(400, 404, 409);
    }
}

/// <summary>A unit as it is posted and edited.</summary>
public sealed record JurisdictionBody
{
    public string? Code { get; init; }
    public string? Name { get; init; }
    public string? NameEn { get; init; }
    public JurisdictionKind? Kind { get; init; }
    public string? ParentId { get; init; }
    public bool Reports { get; init; }
    public bool? ProvincialZone { get; init; }
    public bool Active { get; init; } = true;

    /// <summary>Other names under which registers know it, its towns included.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    public sealed class Validator : AbstractValidator<JurisdictionBody>
    {
        public Validator()
        {
            RuleFor(unit => unit.Code).Required().Matches(@"^[a-z0-9][a-z0-9-]{0,39}\z").Coded("code");
            RuleFor(unit => unit.Name).Required().Line(100);
            RuleFor(unit => unit.NameEn).Line(200);
            RuleFor(unit => unit.Kind).Required();
            RuleFor(unit => unit.ParentId).Line(32);
            RuleFor(unit => unit.Aliases)
                .Must(aliases =>
                    aliases is null
                    || (
                        aliases.All(alias =>
                            alias is { Length: > 0 }
                            && !alias.Contains('|', StringComparison.Ordinal)
                            && Validation.Readable(alias)
                            && Validation.OneLine(alias)
                        )
                        && aliases.Sum(alias => alias.Length + 1) <= 2000
                    )
                )
                .Coded("length", 0, 2000);
        }
    }
}

/// <summary>Reads the units of the city.</summary>
public static class ReadJurisdictions
{
    public static async Task<IResult> All(Call call)
    {
        if (new QueryReader(call.Request).Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
            Reply.Plain(
                new Page<JurisdictionView>
                {
                    Items = [.. (await JurisdictionRow.All(session)).Select(row => row.View())],
                }
            )
        );
    }

    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await JurisdictionRow.ById(session, id) is { } row
                ? Reply.Resource(row.View(), row.Version)
                : (Reply)Refusal.NotFound
        );
}

/// <summary>Adds and edits units; the code of one, once given, may change, its id never.</summary>
public static class ChangeJurisdiction
{
    public static async Task<IResult> Add(Call call)
    {
        var body = await call.Body(Validation.Of<JurisdictionBody.Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var id = Ids.New();
            if (await Wrong(session, id, body.Value!) is { } refusal)
                return refusal;
            await session.Execute(Insert, Values(session, id, body.Value!));
            session.Note(Entry("jurisdiction-created", id, null, body.Value!));
            var row = (await JurisdictionRow.ById(session, id))!;
            return Reply.Resource(row.View(), row.Version, 201, $"/api/v1/jurisdictions/{id}");
        });
    }

    public static async Task<IResult> Edit(string id, Call call)
    {
        var patch = await call.Patch();
        return await call.Write(async session =>
        {
            if (await JurisdictionRow.ById(session, id) is not { } row)
                return Refusal.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (patch.Refusal is { } malformed)
                return malformed;
            var current = new JurisdictionBody
            {
                Code = row.Code,
                Name = row.Name,
                NameEn = row.NameEn,
                Kind = Slug.To<JurisdictionKind>(row.Kind),
                ParentId = row.ParentId,
                Reports = row.Reports,
                ProvincialZone = row.ProvincialZone,
                Active = row.Active,
                Aliases = row.AliasList,
            };
            var merged = Json.MergePatch(Json.Node(current), patch.Value)!;
            var parsed = Call.Parse(merged, Validation.Of<JurisdictionBody.Validator>(), session.Today);
            if (parsed.Refusal is { } invalid)
                return invalid;
            if (await Wrong(session, id, parsed.Value!) is { } refusal)
                return refusal;
            await session.Execute(Update, Values(session, id, parsed.Value!));
            session.Note(Entry("jurisdiction-edited", id, current, parsed.Value!));
            var changed = (await JurisdictionRow.ById(session, id))!;
            return Reply.Resource(changed.View(), changed.Version);
        });
    }

    private static AuditEntry Entry(string action, string id, JurisdictionBody? before, JurisdictionBody after) =>
        new(action)
        {
            SubjectKind = "jurisdiction",
            SubjectId = id,
            Changes = AuditEntry.Between(before is null ? null : Json.Node(before), Json.Node(after)),
        };

    private static async Task<Refusal?> Wrong(Session session, string id, JurisdictionBody body)
    {
        if (body.ParentId is { } parent && (parent == id || await JurisdictionRow.ById(session, parent) is null))
            return Refusal.Invalid(new FieldError("parentId", "unknown-jurisdiction"));
        return
            await session.One<string>(
                "SELECT id FROM jurisdictions WHERE code = @code AND id <> @id",
                new { code = body.Code, id }
            )
                is null
            ? null
            : new Refusal(RefusalKind.Conflict, "duplicate-code", [new FieldError("code", "taken")]);
    }

    internal static object Values(Session session, string id, JurisdictionBody body) =>
        new
        {
            id,
            code = body.Code,
            name = body.Name,
            nameEn = body.NameEn,
            kind = Slug.Of(body.Kind!.Value),
            parentId = body.ParentId,
            reports = body.Reports ? 1 : 0,
            provincialZone = body.ProvincialZone is { } zone ? (int?)(zone ? 1 : 0) : null,
            active = body.Active ? 1 : 0,
            aliases = string.Join('|', body.Aliases ?? []),
            now = session.Now,
        };

    internal const string Insert = """
        INSERT INTO jurisdictions (id, code, name, name_en, kind, parent_id, reports, provincial_zone, active, aliases, version, updated_at)
        VALUES (@id, @code, @name, @nameEn, @kind, @parentId, @reports, @provincialZone, @active, @aliases, 1, @now)
        """;

    private const string Update = """
        UPDATE jurisdictions SET code = @code, name = @name, name_en = @nameEn, kind = @kind, parent_id = @parentId, reports = @reports, provincial_zone = @provincialZone,
          active = @active, aliases = @aliases, version = version + 1, updated_at = @now
        WHERE id = @id
        """;
}
