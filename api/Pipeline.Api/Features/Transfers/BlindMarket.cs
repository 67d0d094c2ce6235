using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Transfers;

namespace Pipeline.Api.Features.Transfers;

/// <summary>The blind market (§15.9): a unit offers a project that does not fit by its needs alone, the centre sees which units it would fit and proposes it to one, and that one learns what it is once it has accepted.</summary>
public static class BlindMarket
{
    public sealed record Request
    {
        public string? ProjectId { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.ProjectId).Required().RecordId();
    }

    public sealed record ProposalRequest
    {
        public string? ToJurisdictionId { get; init; }

        /// <summary>Read by both units: it must not tell what the project is.</summary>
        public string? Reason { get; init; }
    }

    public sealed class ProposalValidator : AbstractValidator<ProposalRequest>
    {
        public ProposalValidator()
        {
            RuleFor(request => request.ToJurisdictionId).Required().RecordId();
            RuleFor(request => request.Reason).Required().Text(2000);
        }
    }

    /// <summary>The project of an offer, for the unit that offered it.</summary>
    public sealed record OwnProject(string Id, string Code, string Name);

    public sealed record FitView
    {
        public required UnitRef Unit { get; init; }
        public required IReadOnlyList<FitReason> For { get; init; }
        public required IReadOnlyList<FitReason> Against { get; init; }

        /// <summary>What nobody can say, since a need or the unit's facts are not known.</summary>
        public required IReadOnlyList<FitBy> Unknown { get; init; }
    }

    public sealed record OfferView
    {
        public required string Id { get; init; }
        public required MarketStatus Status { get; init; }
        public required MarketNeeds Needs { get; init; }
        public required DateTimeOffset OfferedAt { get; init; }

        /// <summary>For the unit that offered it alone.</summary>
        public OwnProject? Project { get; init; }

        /// <summary>For the centre, of open offers.</summary>
        public IReadOnlyList<FitView>? Fits { get; init; }
        public required IReadOnlyList<string> AllowedActions { get; init; }
        public required long Version { get; init; }
    }

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public required string ProjectCode { get; init; }
        public required string ProjectName { get; init; }
        public required string JurisdictionId { get; init; }
        public required string OwnerId { get; init; }
        public required string Stage { get; init; }
        public required string Facts { get; init; }
        public DateTimeOffset OfferedAt { get; init; }
        public DateTimeOffset? WithdrawnAt { get; init; }
        public bool OpenTransfer { get; init; }
        public bool Transferred { get; init; }
        public long Version { get; init; }

        public MarketStatus Status =>
            Market.StatusOf(
                WithdrawnAt is not null,
                Transferred,
                OwnerId == JurisdictionId,
                Slug.To<Stage>(Stage),
                OpenTransfer
            );

        public MarketNeeds Needs => MarketGround.NeedsOf(Facts);

        /// <summary>How a caller stands to it: its unit owns it, and the centre sees its needs.</summary>
        public Relations RelationOf(Caller caller) =>
            caller.Unit is { } unit
                ? unit == JurisdictionId
                    ? Relations.Own
                    : Relations.None
                : caller.Role == Role.Coordinator
                    ? Relations.City
                    : Relations.None;
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        var offers = api.MapGroup("/market-offers").WithTags("Transfers");
        offers
            .MapPost("/", Offer)
            .WithName("offerProject")
            .WithSummary("Offer a project on the blind market")
            .Allows(Act.OfferProject)
            .Takes<Request>()
            .Answers<OfferView>(201)
            .Refuses(400, 404)
            .Refuses("transfer-not-allowed");
        offers
            .MapGet("/", List)
            .WithName("listMarketOffers")
            .WithSummary("List what is offered on the blind market, the newest first")
            .Allows(Act.ReadMarket)
            .Reads(Query.Pages)
            .Answers<Page<OfferView>>();
        offers
            .MapGet("/{id}", Single)
            .WithName("getMarketOffer")
            .WithSummary("Get an offer on the blind market")
            .Allows(Act.ReadMarket)
            .Answers<OfferView>()
            .Refuses(404);
        offers
            .MapPost("/{id}/withdraw", Withdraw)
            .WithName("withdrawMarketOffer")
            .WithSummary("Withdraw an offer from the blind market")
            .Allows(Act.OfferProject)
            .NeedsIfMatch()
            .Answers<OfferView>()
            .Refuses(404, 409);
        offers
            .MapPost("/{id}/propose", Propose)
            .WithName("proposeMarketOffer")
            .WithSummary("Propose an offer to a unit, which learns what it is once it accepts")
            .Allows(Act.DecideTransfer)
            .Takes<ProposalRequest>()
            .NeedsIfMatch()
            .Answers<OfferView>()
            .Refuses(400, 404)
            .Refuses("offer-ended");
    }

    private static async Task<IResult> Offer(Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var (caller, projectId) = (call.Caller, body.Value!.ProjectId!);
            var loaded = await LoadProject.ForWrite(session, settle, caller, projectId, Act.OfferProject);
            if (loaded.Refusal is { } refusal)
                return refusal;
            await SettleTransfers.OfProject(session, projectId);
            var project = (await LoadProject.ById(session, projectId, caller.JurisdictionId))!;
            if (
                TransferRules.MayPropose(project.Transferable(caller), await ruleBooks.Current(session)) is
                { } impossible
            )
                return impossible;
            if (await OpenOn(session, projectId) is { } open)
            {
                if (open.JurisdictionId == project.OwnerId)
                    return TransferRules.NotAllowed("projectId", "offered");

                // It was another unit's offer, which ended when the project became this one's.
                await session.ExecuteOnOne(SetWithdrawn, new { id = open.Id, now = session.Now });
            }

            if (call.ValidateOnly)
                return Reply.NothingStored;
            var id = Ids.New();
            await session.Execute(
                Insert,
                new
                {
                    id,
                    projectId,
                    unit = project.OwnerId,
                    by = caller.UserId,
                    byName = caller.DisplayName,
                    now = session.Now,
                }
            );
            Tell(session, project, caller, EntryKind.MarketOffered, id);
            await StoreProject.Touch(session, projectId, publicly: false);
            return await Answer(session, caller, id, 201);
        });
    }

    private static Task<IResult> Withdraw(string id, Call call, SettleClaims settle) =>
        call.Write(async session =>
        {
            var loaded = await ForWrite(session, settle, call, id, Act.OfferProject);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            if (row.Status != MarketStatus.Open)
                return new Refusal(RefusalKind.Conflict, "offer-ended", row.Status);
            await session.ExecuteOnOne(SetWithdrawn, new { id, now = session.Now });
            Tell(
                session,
                (await LoadProject.ById(session, row.ProjectId))!,
                call.Caller,
                EntryKind.MarketWithdrawn,
                id
            );
            await StoreProject.Touch(session, row.ProjectId, publicly: false);
            return await Answer(session, call.Caller, id);
        });

    private static async Task<IResult> Propose(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<ProposalValidator>());
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, settle, call, id, Act.DecideTransfer);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var row = loaded.Value;
            if (row.Status != MarketStatus.Open)
                return new Refusal(RefusalKind.Conflict, "offer-ended", row.Status);
            var proposed = await ProposeTransfer.Store(
                session,
                call.Caller,
                row.ProjectId,
                body.Value!.ToJurisdictionId!,
                body.Value!.Reason!.Trim(),
                await ruleBooks.Current(session),
                blind: true
            );
            return proposed.Refusal is { } impossible ? impossible : await Answer(session, call.Caller, id);
        });
    }

    private static async Task<IResult> List(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var limit = query.Limit();
        var cursor = query.Cursor(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var caller = call.Caller;
        var filter = caller.Unit is null ? "o.withdrawn_at IS NULL" : "o.jurisdiction_id = @unit";
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<Row>(
                $"{Select} WHERE {filter} AND o.seq < @seq ORDER BY o.seq DESC {{page}}",
                new
                {
                    unit = caller.Unit ?? "",
                    seq = cursor?.Seq ?? long.MaxValue,
                    now = session.Now,
                    limit = limit + 1,
                }
            );
            var ground = await MarketGround.Load(session, caller);
            return Reply.Plain(
                Pages.Of(
                    call.Request,
                    cursors,
                    rows,
                    limit,
                    row => new Cursor(null, row.Seq),
                    row => View(row, caller, ground)
                )
            );
        });
    }

    private static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await For(session, call.Caller, id) is { } row
                ? Reply.Resource(View(row, call.Caller, await MarketGround.Load(session, call.Caller)), row.Version)
                : (Reply)Refusal.NotFound
        );

    /// <summary>Whether the offer exists for a caller.</summary>
    public static async Task<bool> Opens(Session session, Caller caller, string id) =>
        await For(session, caller, id) is not null;

    private static async Task<Row?> For(Session session, Caller caller, string id) =>
        await session.One<Row>($"{Select} WHERE o.id = @id", new { id, now = session.Now }) is { } row
        && Permissions.Allows(caller, Act.ReadMarket, row.RelationOf(caller))
            ? row
            : null;

    private static async Task<Result<Row>> ForWrite(Session session, SettleClaims settle, Call call, string id, Act act)
    {
        if (await session.One<string>(ProjectOf, new { id }) is not { } projectId)
            return Refusal.NotFound;
        await settle.Project(session, projectId);
        await SettleTransfers.OfProject(session, projectId);
        if (await For(session, call.Caller, id) is not { } row)
            return Refusal.NotFound;
        if (!Permissions.Allows(call.Caller, act, row.RelationOf(call.Caller)))
            return Refusal.Forbidden;
        return ETags.Check(call.Request, row.Version) is { } stale ? stale : row;
    }

    private static void Tell(Session session, ProjectRow project, Caller caller, EntryKind entry, string id) =>
        Timeline.Add(session, project.Id, entry, caller, project.OwnerId, after: new { offerId = id });

    private static async Task<Reply> Answer(Session session, Caller caller, string id, int status = 200)
    {
        var row = (await For(session, caller, id))!;
        return Reply.Resource(
            View(row, caller, await MarketGround.Load(session, caller)),
            row.Version,
            status,
            status == 201 ? $"/api/v1/market-offers/{id}" : null
        );
    }

    private static OfferView View(Row row, Caller caller, MarketGround? ground)
    {
        var relation = row.RelationOf(caller);
        var open = row.Status == MarketStatus.Open;
        var actions = new List<string>();
        if (open && Permissions.Allows(caller, Act.OfferProject, relation))
            actions.Add("withdraw");
        if (open && Permissions.Allows(caller, Act.DecideTransfer, relation))
            actions.Add("propose");
        return new OfferView
        {
            Id = row.Id,
            Status = row.Status,
            Needs = row.Needs,
            OfferedAt = row.OfferedAt,
            Project =
                relation == Relations.Own && row.OwnerId == row.JurisdictionId
                    ? new OwnProject(row.ProjectId, row.ProjectCode, row.ProjectName)
                    : null,
            Fits =
                open && ground is not null
                    ?
                    [
                        .. Market
                            .Fits(
                                row.Needs,
                                ground
                                    .Units.Where(unit => unit.Key != row.JurisdictionId)
                                    .ToDictionary(unit => unit.Key, unit => unit.Value.Landed, StringComparer.Ordinal),
                                ground.Free
                            )
                            .Select(fit => new FitView
                            {
                                Unit = ground.Units[fit.UnitId].Unit,
                                For = fit.For,
                                Against = fit.Against,
                                Unknown = fit.Unknown,
                            }),
                    ]
                    : null,
            AllowedActions = actions,
            Version = row.Version,
        };
    }

    private static Task<Row?> OpenOn(Session session, string projectId) =>
        session.One<Row>(
            $"{Select} WHERE o.project_id = @projectId AND o.withdrawn_at IS NULL",
            new { projectId, now = session.Now }
        );

    private const string ProjectOf = "SELECT project_id FROM market_offers WHERE id = @id";
    private const string Select = """
        SELECT o.seq, o.id, o.project_id, p.code AS project_code, p.name AS project_name, o.jurisdiction_id, p.owner_id, p.stage, p.facts, o.offered_at, o.withdrawn_at, o.version,
          CASE WHEN EXISTS (SELECT 1 FROM transfers t WHERE t.project_id = o.project_id AND t.ended_at IS NULL AND (t.status <> 'proposed' OR t.accept_until >= @now)) THEN 1 ELSE 0 END AS open_transfer,
          CASE WHEN EXISTS (SELECT 1 FROM transfers t WHERE t.project_id = o.project_id AND t.status = 'approved' AND t.ended_at >= o.offered_at) THEN 1 ELSE 0 END AS transferred
        FROM market_offers o JOIN projects p ON p.id = o.project_id
        """;
    private const string Insert = """
        INSERT INTO market_offers (id, project_id, jurisdiction_id, offered_by, offered_by_name, offered_at, version, updated_at)
        VALUES (@id, @projectId, @unit, @by, @byName, @now, 1, @now)
        """;
    private const string SetWithdrawn =
        "UPDATE market_offers SET withdrawn_at = @now, version = version + 1, updated_at = @now WHERE id = @id AND withdrawn_at IS NULL";
}
