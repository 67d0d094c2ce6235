using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Matching;

namespace Pipeline.Api.Features.Claims;

/// <summary>What can be kept: two names that identify a firm, and are not one already.</summary>
public sealed class FirmAliasValidator : AbstractValidator<FirmAliasBody>
{
    public FirmAliasValidator()
    {
        RuleFor(body => body.Name).Required().Line(200).Must(IsName).Coded("investor-generic");
        RuleFor(body => body.OtherName)
            .Required()
            .Line(200)
            .Must(IsName)
            .Coded("investor-generic")
            .Must((body, other) => !IsName(other) || !FirmAliases.AreOneName(body.Name, other))
            .Coded("same-name");
    }

    private static bool IsName(string? name) =>
        string.IsNullOrEmpty(name) || (!InvestorIdentity.IsGeneric(name) && InvestorSpellings.Of(name).Count > 0);
}

/// <summary>An alias as the centre reads it.</summary>
public sealed record FirmAlias
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string OtherName { get; init; }
    public required AliasSource Source { get; init; }

    /// <summary>The report whose decision it follows from.</summary>
    public string? ClaimId { get; init; }
    public required PersonRef CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>The other names of firms that the centre keeps (R13): what is reported under one is reviewed with what is known under the other.</summary>
public static class FirmAliasEndpoints
{
    public static void MapFirmAliases(this IEndpointRouteBuilder api)
    {
        var aliases = api.MapGroup("/firm-aliases").WithTags("Claims");
        aliases
            .MapGet("/", List)
            .WithName("listFirmAliases")
            .WithSummary("List the other names of firms")
            .Allows(Act.ManageFirmAliases)
            .Reads(Query.Pages)
            .Answers<Page<FirmAlias>>();
        aliases
            .MapGet("/{id}", Single)
            .WithName("getFirmAlias")
            .WithSummary("Get another name of a firm")
            .Allows(Act.ManageFirmAliases)
            .Answers<FirmAlias>()
            .Refuses(404);
        aliases
            .MapPost("/", Post)
            .WithName("createFirmAlias")
            .WithSummary("Keep another name of a firm")
            .Allows(Act.ManageFirmAliases)
            .Takes<FirmAliasBody>()
            .Answers<FirmAlias>(201)
            .Refuses(400)
            .Refuses("alias-known");
        aliases
            .MapDelete("/{id}", Delete)
            .WithName("deleteFirmAlias")
            .WithSummary("Forget another name of a firm")
            .Allows(Act.ManageFirmAliases)
            .NeedsIfMatch()
            .Produces(204)
            .Refuses(404);
    }

    private static async Task<IResult> List(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var page = query.Page(cursors, counted: false);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<Row>(
                SelectPage,
                new { after = page.After?.Seq ?? 0, limit = page.Limit + 1 }
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
        var body = await call.Body(Validation.Of<FirmAliasValidator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            await session.Lock(LockName.Intake);
            var (name, other) = (body.Value!.Name!.Trim(), body.Value.OtherName!.Trim());
            if (await FirmAliases.IsKnown(session, name, other))
                return new Refusal(RefusalKind.Conflict, "alias-known");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var id = await FirmAliases.Keep(session, call.Caller, name, other, AliasSource.Kept, null);
            var row = (await session.One<Row>(SelectOne, new { id }))!;
            return Reply.Resource(row.View(), row.Version, 201, $"/api/v1/firm-aliases/{id}");
        });
    }

    private static Task<IResult> Delete(string id, Call call) =>
        call.Write(async session =>
        {
            await session.Lock(LockName.Intake);
            if (await session.One<Row>(SelectOne, new { id }) is not { } row)
                return Refusal.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            await session.Execute(Remove, new { id });
            session.Note(
                new AuditEntry("firm-alias-deleted")
                {
                    SubjectKind = "firm-alias",
                    SubjectId = id,
                    Changes = AuditEntry.Between(Json.Node(FirmAliases.Changed(row.Name, row.OtherName)), null),
                }
            );
            return Reply.NoContent();
        });

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string OtherName { get; init; }
        public required string Source { get; init; }
        public string? ClaimId { get; init; }
        public required string CreatedBy { get; init; }
        public required string CreatedByName { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public long Version { get; init; }

        public FirmAlias View() =>
            new()
            {
                Id = Id,
                Name = Name,
                OtherName = OtherName,
                Source = Slug.To<AliasSource>(Source),
                ClaimId = ClaimId,
                CreatedBy = new PersonRef(CreatedBy, CreatedByName),
                CreatedAt = CreatedAt,
                Version = Version,
            };
    }

    private const string Columns =
        "seq, id, name, other_name, source, claim_id, created_by, created_by_name, created_at, version";
    private const string SelectPage = $"SELECT {Columns} FROM firm_aliases WHERE seq > @after ORDER BY seq {{page}}";
    private const string SelectOne = $"SELECT {Columns} FROM firm_aliases WHERE id = @id";
    private const string Remove =
        "DELETE FROM firm_alias_forms WHERE alias_id = @id; DELETE FROM firm_aliases WHERE id = @id";
}
