using FluentValidation;
using Pipeline.Api.Features.Projects;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Matching;

namespace Pipeline.Api.Features.Claims;

/// <summary>Where an alias comes from: somebody of the centre entered it, or it follows from a decision that two reports are of one project.</summary>
public enum AliasSource
{
    Kept,
    Decision,
}

/// <summary>Two names of one firm, as the centre enters them.</summary>
public sealed record FirmAliasBody
{
    public string? Name { get; init; }
    public string? OtherName { get; init; }

    public sealed class Validator : AbstractValidator<FirmAliasBody>
    {
        public Validator()
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
public static class FirmAliases
{
    public static void MapFirmAliases(this IEndpointRouteBuilder api)
    {
        var aliases = api.MapGroup("/firm-aliases").WithTags("Claims");
        aliases
            .MapGet("/", List)
            .WithName("listFirmAliases")
            .Allows(Act.ManageFirmAliases)
            .Reads("limit", "cursor")
            .Answers<Page<FirmAlias>>();
        aliases
            .MapGet("/{id}", Single)
            .WithName("getFirmAlias")
            .Allows(Act.ManageFirmAliases)
            .Answers<FirmAlias>()
            .Refuses(404);
        aliases
            .MapPost("/", Post)
            .WithName("createFirmAlias")
            .Allows(Act.ManageFirmAliases)
            .Takes<FirmAliasBody>()
            .Answers<FirmAlias>(201)
            .Refuses(400, 409);
        aliases
            .MapDelete("/{id}", Delete)
            .WithName("deleteFirmAlias")
            .Allows(Act.ManageFirmAliases)
            .NeedsIfMatch()
            .Produces(204)
            .Refuses(404);
    }

    /// <summary>Whether two names are one already as R13 compares them.</summary>
    public static bool AreOneName(string? name, string? other) =>
        Normalised.InvestorName(name ?? "") == Normalised.InvestorName(other ?? "");

    private static async Task<IResult> List(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var limit = query.Limit();
        var cursor = query.Cursor(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<Row>(SelectPage, new { after = cursor?.Seq ?? 0, limit = limit + 1 });
            return Reply.Plain(
                Pages.Of(call.Request, cursors, rows, limit, row => new Cursor(null, row.Seq), row => row.View())
            );
        });
    }

    private static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await session.One<Row>(SelectOne, new { id }) is { } row
                ? Reply.Resource(row.View(), row.Version)
                : (Reply)Problems.NotFound
        );

    private static async Task<IResult> Post(Call call)
    {
        var body = await call.Body(Validation.Of<FirmAliasBody.Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            await session.Lock(LockName.Intake);
            var (name, other) = (body.Value!.Name!.Trim(), body.Value.OtherName!.Trim());
            if (await IsKnown(session, name, other))
                return new Refusal(RefusalKind.Conflict, "alias-known");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var id = await Store(session, call.Caller, name, other, AliasSource.Kept, null);
            var row = (await session.One<Row>(SelectOne, new { id }))!;
            return Reply.Resource(row.View(), row.Version, 201, $"/api/v1/firm-aliases/{id}");
        });
    }

    private static Task<IResult> Delete(string id, Call call) =>
        call.Write(async session =>
        {
            await session.Lock(LockName.Intake);
            if (await session.One<Row>(SelectOne, new { id }) is not { } row)
                return Problems.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            await session.Execute(Remove, new { id });
            session.Note(
                new AuditEntry("firm-alias-deleted")
                {
                    SubjectKind = "firm-alias",
                    SubjectId = id,
                    Changes = AuditEntry.Between(Json.Node(Changed(row.Name, row.OtherName)), null),
                }
            );
            return Reply.NoContent();
        });

    /// <summary>Keeps the names of firms that a decision has shown to be one: of a report and a project held to be the same.</summary>
    public static async Task Learn(
        Session session,
        Caller centre,
        string claimId,
        MatchFacts report,
        MatchFacts project
    )
    {
        foreach (var (name, other) in Pairs(report, project))
        {
            if (!await IsKnown(session, name, other))
                await Store(session, centre, name, other, AliasSource.Decision, claimId);
        }
    }

    /// <summary>The investors that must be one: the only ones of both, or those whose names are alike.</summary>
    private static IEnumerable<(string Name, string Other)> Pairs(MatchFacts report, MatchFacts project)
    {
        var (own, others) = (Identified(report), Identified(project));
        var left = own.Where(x => !others.Any(y => Matcher.IsSameInvestor(x, y))).ToList();
        var right = others.Where(y => !own.Any(x => Matcher.IsSameInvestor(x, y))).ToList();
        return left.SelectMany(x => right, (x, y) => (X: x, Y: y))
            .Where(pair => (own.Count == 1 && others.Count == 1) || Matcher.AreWrittenOtherwise(pair.X, pair.Y))
            .Where(pair => !AreOneName(pair.X.Name, pair.Y.Name))
            .Select(pair => (pair.X.Name, pair.Y.Name));
    }

    private static List<MatchInvestor> Identified(MatchFacts facts) =>
        [.. facts.Investors.Where(investor => !InvestorIdentity.IsGeneric(investor.Name))];

    private static async Task<bool> IsKnown(Session session, string name, string other) =>
        (await session.Query<KnownName>(Known, new { forms = InvestorSpellings.Of(name) })).Any(known =>
            AreOneName(known.Name, other)
        );

    private static async Task<string> Store(
        Session session,
        Caller caller,
        string name,
        string other,
        AliasSource source,
        string? claimId
    )
    {
        var id = Ids.New();
        await session.Execute(
            Insert,
            new
            {
                id,
                name,
                other,
                source = Slug.Of(source),
                claimId,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
            }
        );
        session.Add(
            FormTable,
            ((string[])[name, other]).SelectMany(
                (one, side) => InvestorSpellings.Of(one).Select(form => new object?[] { form, id, side })
            )
        );
        session.Note(
            new AuditEntry("firm-alias-kept")
            {
                SubjectKind = "firm-alias",
                SubjectId = id,
                Changes = AuditEntry.Between(null, Json.Node(Changed(name, other))),
            }
        );
        return id;
    }

    private static FirmAliasBody Changed(string name, string other) => new() { Name = name, OtherName = other };

    /// <summary>A name that the centre keeps for a firm recognised by a form.</summary>
    public sealed class KnownName
    {
        public required string Form { get; init; }
        public required string Name { get; init; }
    }

    /// <summary>The other names of the firms that are recognised by some forms.</summary>
    public const string Known = """
        SELECT f.form, CASE WHEN f.side = 0 THEN a.other_name ELSE a.name END AS name FROM firm_alias_forms f JOIN firm_aliases a ON a.id = f.alias_id WHERE f.form IN @forms
        """;

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

    private static readonly BulkTable FormTable = new("firm_alias_forms", "form", "alias_id", "side");

    private const string Columns =
        "seq, id, name, other_name, source, claim_id, created_by, created_by_name, created_at, version";
    private const string SelectPage = $"SELECT {Columns} FROM firm_aliases WHERE seq > @after ORDER BY seq {{page}}";
    private const string SelectOne = $"SELECT {Columns} FROM firm_aliases WHERE id = @id";
    private const string Insert = """
        INSERT INTO firm_aliases (id, name, other_name, source, claim_id, created_by, created_by_name, created_at, version)
        VALUES (@id, @name, @other, @source, @claimId, @by, @byName, @now, 1)
        """;
    private const string Remove =
        "DELETE FROM firm_alias_forms WHERE alias_id = @id; DELETE FROM firm_aliases WHERE id = @id";
}
