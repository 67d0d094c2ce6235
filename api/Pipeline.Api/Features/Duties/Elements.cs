using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Duties;

namespace Pipeline.Api.Features.Duties;

/// <summary>What a project needs of an element and what it was granted (R139).</summary>
public sealed record ElementView
{
    public required ElementKind Kind { get; init; }

    /// <summary>Land in m², energy in tonnes of standard coal a year, emission rights in tonnes a year; absent: not known.</summary>
    public decimal? Need { get; init; }
    public required decimal Granted { get; init; }

    /// <summary>Of what was granted, how much is in provincial zones, and of how much nobody knows.</summary>
    public required decimal InZones { get; init; }
    public required decimal ZoneUnknown { get; init; }
}

/// <summary>The elements of a project (要素保障).</summary>
public sealed record ElementsView
{
    public required IReadOnlyList<ElementView> Elements { get; init; }
    public required IReadOnlyList<ElementGrant> Grants { get; init; }

    /// <summary>As it was recorded here; what the project needs of land and energy are facts of it.</summary>
    public decimal? EmissionNeed { get; init; }
    public PersonRef? RecordedBy { get; init; }
    public DateTimeOffset? RecordedAt { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }

    /// <summary>0: nothing was recorded.</summary>
    public required long Version { get; init; }
}

/// <summary>Records what a project was granted of land, energy and emission rights (R139), instead of what was there; the timeline keeps the sums, the trail all of it.</summary>
public static class Elements
{
    public const int MostGrants = 100;

    public sealed record Request
    {
        /// <summary>Emission rights needed, in tonnes a year; absent: not known.</summary>
        public decimal? EmissionNeed { get; init; }
        public IReadOnlyList<ElementGrant>? Grants { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.EmissionNeed)
                .Must(need => need is null || CanStore(need.Value))
                .Coded("element-amount");
            RuleFor(request => request.Grants)
                .NotNull()
                .Coded("required")
                .Must(grants => grants is null || grants.Count <= MostGrants)
                .Coded("count", MostGrants);
            RuleForEach(request => request.Grants)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(grant =>
                {
                    grant.RuleFor(one => one.Kind).NotNull().Coded("required");
                    grant.RuleFor(one => one.Amount).NotNull().Coded("required");
                    grant
                        .RuleFor(one => one.Amount)
                        .Must(amount => amount is null || CanStore(amount.Value))
                        .Coded("element-amount");
                    grant.RuleFor(one => one.GrantedOn).NotNull().Coded("required");
                    grant.RuleFor(one => one.GrantedOn).PastDay();
                    grant.RuleFor(one => one.Paper).Required().Line(200);
                });
        }

        private static bool CanStore(decimal amount) =>
            amount is > 0 and <= 1_000_000_000_000m && decimal.Round(amount, 3) == amount;
    }

    public static Task<IResult> Read(string id, Call call) =>
        call.Read<IResult>(async session =>
            await LoadProject.For(session, call.Caller, id) is { } project
            && Permissions.Allows(call.Caller, Act.ReadElements, project.RelationOf(call.Caller))
                ? await Answer(session, call.Caller, project)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Put(string id, Call call, SettleClaims settle)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var loaded = await LoadProject.ForWrite(session, settle, call.Caller, id, Act.RecordElements);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var before = await ElementRow.Of(session, id);
            if (ETags.Check(call.Request, before?.Version ?? 0) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            var (project, request) = (loaded.Value, body.Value!);
            var grants = (await ElementRow.Grants(session, id)).Select(row => row.View()).ToList();
            await ElementRow.Store(session, call.Caller, id, request.EmissionNeed, request.Grants!);
            session.Note(
                new AuditEntry("elements-recorded")
                {
                    SubjectKind = "project",
                    SubjectId = id,
                    ProjectId = id,
                    Changes = AuditEntry.Between(
                        before is null ? null : Json.Node(new { emissionNeed = before.EmissionNeed / 1000m, grants }),
                        Json.Node(new { emissionNeed = request.EmissionNeed, grants = request.Grants })
                    ),
                }
            );
            Timeline.Add(
                session,
                id,
                EntryKind.ElementsRecorded,
                call.Caller,
                project.OwnerId,
                before: before is null ? null : Told(grants),
                after: Told(request.Grants!)
            );
            await StoreProject.Touch(session, id, publicly: false);
            return await Answer(session, call.Caller, project);
        });
    }

    private static object Told(IReadOnlyCollection<ElementGrant> grants)
    {
        decimal? Sum(ElementKind kind) =>
            grants.Any(one => one.Kind == kind) ? grants.Where(one => one.Kind == kind).Sum(one => one.Amount) : null;
        return new
        {
            landGranted = Sum(ElementKind.Land),
            energyGranted = Sum(ElementKind.Energy),
            emissionGranted = Sum(ElementKind.Emission),
        };
    }

    private static async Task<Reply> Answer(Session session, Caller caller, ProjectRow project)
    {
        var row = await ElementRow.Of(session, project.Id);
        var grants = (await ElementRow.Grants(session, project.Id)).Select(one => one.View()).ToList();
        var facts = project.Body();
        var version = row?.Version ?? 0;
        decimal? NeedOf(ElementKind kind) =>
            kind switch
            {
                ElementKind.Land => facts.LandMu is { } mu ? decimal.Round(mu * 2000m / 3m, 2) : null,
                ElementKind.Energy => facts.EnergyTce,
                _ => row?.EmissionNeed / 1000m,
            };
        decimal Sum(ElementKind kind, Func<ElementGrant, bool> counts) =>
            grants.Where(one => one.Kind == kind && counts(one)).Sum(one => one.Amount!.Value);
        return Reply.Resource(
            new ElementsView
            {
                Elements =
                [
                    .. Enum.GetValues<ElementKind>()
                        .Select(kind => new ElementView
                        {
                            Kind = kind,
                            Need = NeedOf(kind),
                            Granted = Sum(kind, _ => true),
                            InZones = Sum(kind, one => one.ProvincialZone == true),
                            ZoneUnknown = Sum(kind, one => one.ProvincialZone is null),
                        }),
                ],
                Grants = grants,
                EmissionNeed = row?.EmissionNeed / 1000m,
                RecordedBy = row is null ? null : new PersonRef(row.RecordedBy, row.RecordedByName),
                RecordedAt = row?.RecordedAt,
                AllowedActions = Permissions.Allows(caller, Act.RecordElements, project.RelationOf(caller))
                    ? ["record"]
                    : [],
                Version = version,
            },
            version,
            projectId: project.Id
        );
    }
}
