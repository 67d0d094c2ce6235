using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Financing;
using Pipeline.Domain.Libraries;
using Pipeline.Store.Financing;

namespace Pipeline.Api.Features.Financing;

/// <summary>Puts a need of financing on record, changes it, ends it (R135).</summary>
public static class KeepNeed
{
    public sealed record Request
    {
        /// <summary>The unit whose need it is: the caller's own; of a project its owner; for the centre to say.</summary>
        public string? JurisdictionId { get; init; }

        /// <summary>The project in need; or else the enterprise.</summary>
        public string? ProjectId { get; init; }
        public string? Enterprise { get; init; }
        public NeedKind? Kind { get; init; }

        /// <summary>The stage of the enterprise.</summary>
        public FundStage? Stage { get; init; }

        /// <summary>The chain it belongs to, as projects name it.</summary>
        public string? Chain { get; init; }
        public Money? Amount { get; init; }
        public DateOnly? ValidUntil { get; init; }
        public string? Note { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.JurisdictionId).RecordId();
            RuleFor(request => request.ProjectId).RecordId();
            RuleFor(request => request.Enterprise)
                .Line(200)
                .Must((request, name) => string.IsNullOrWhiteSpace(name) != (request.ProjectId is null))
                .Coded("project-or-enterprise");
            RuleFor(request => request.Kind).NotNull().Coded("required");
            RuleFor(request => request.Chain).Line(100);
            RuleFor(request => request.Amount).NotNull().Coded("required");
            RuleFor(request => request.Amount)
                .Amount()
                .Must(amount => amount is null || amount.Value.Amount > 0)
                .Coded("amount");
            RuleFor(request => request.ValidUntil).Day();
            RuleFor(request => request.Note).Text(2000);
        }
    }

    public static async Task<IResult> Add(Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var (caller, request) = (call.Caller, body.Value!);
            var unit = await UnitOf(session, caller, request);
            if (unit.Refusal is { } nobody)
                return nobody;
            await session.Lock(LockName.Resources);
            var id = Ids.New();
            await Store(session, caller, id, unit.Value, request);
            return await ReadNeeds.Told(session, caller, id, 201);
        });
    }

    /// <summary>Stores a need that was checked. The caller holds the lock.</summary>
    internal static Task Store(Session session, Caller by, string id, string unit, Request request)
    {
        var values = Values(request);
        values.Add("id", id);
        values.Add("unit", unit);
        values.Add("projectId", request.ProjectId);
        values.Add("today", session.Today);
        values.Add("by", by.UserId);
        values.Add("byName", by.DisplayName);
        values.Add("now", session.Now);
        return session.Execute(Insert, values);
    }

    public static async Task<IResult> Edit(string id, Call call)
    {
        var body = await call.Patch();
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Resources);
            Request? request = null;
            var taken = await Take(call, session, id, row =>
            {
                if (body.Refusal is { } malformed)
                    return malformed;
                var merged = Call.Parse(
                    Json.MergePatch(Json.Node(Facts(row)), body.Value)!,
                    Validation.Of<Validator>(),
                    session.Today
                );
                request = merged.Value;
                if (merged.Refusal is { } wrong)
                    return wrong;
                return request!.ProjectId != row.ProjectId ? Refusal.Invalid(new FieldError("projectId", "fixed"))
                    : request.JurisdictionId != row.UnitId ? Refusal.Invalid(new FieldError("jurisdictionId", "fixed"))
                    : null;
            });
            if (taken.Refusal is { } refusal)
                return refusal;
            session.Note(
                new AuditEntry("edit-financing-need")
                {
                    SubjectKind = "financing-need",
                    SubjectId = id,
                    ProjectId = taken.Value.ProjectId,
                    Changes = AuditEntry.Between(Json.Node(Facts(taken.Value)), Json.Node(request)),
                }
            );
            var values = Values(request!);
            values.Add("id", id);
            values.Add("now", session.Now);
            values.Add("version", taken.Value.Version);
            await session.ExecuteOnOne(Update, values);
            return await ReadNeeds.Told(session, call.Caller, id);
        });
    }

    public static async Task<IResult> Retire(string id, Call call)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Resources);
            var taken = await Take(call, session, id, _ => body.Refusal);
            if (taken.Refusal is { } refusal)
                return refusal;
            await session.ExecuteOnOne(
                SetRetired,
                new
                {
                    id,
                    reason = body.Value!.Reason!.Trim(),
                    now = session.Now,
                    version = taken.Value.Version,
                }
            );
            return await ReadNeeds.Told(session, call.Caller, id);
        });
    }

    private static async Task<Result<NeedRow>> Take(
        Call call,
        Session session,
        string id,
        Func<NeedRow, Refusal?> malformed
    )
    {
        if (await NeedRow.For(session, call.Caller, id) is not { } row)
            return Refusal.NotFound;
        if (!Permissions.Allows(call.Caller, Act.ManageNeeds, row.RelationOf(call.Caller)))
            return Refusal.Forbidden;
        if (ETags.Check(call.Request, row.Version) is { } stale)
            return stale;
        if (malformed(row) is { } wrong)
            return wrong;
        return row.RetireReason is null ? row : new Refusal(RefusalKind.Conflict, "need-retired");
    }

    /// <summary>The unit whose need it is: of a project its owner, which the caller must be, or the centre.</summary>
    private static async Task<Result<string>> UnitOf(Session session, Caller caller, Request request)
    {
        if (request.ProjectId is not { } projectId)
            return await KeeperUnit.Of(session, caller, request.JurisdictionId);
        if (
            await LoadProject.For(session, caller, projectId) is not { } project
            || !Permissions.Allows(caller, Act.ManageNeeds, project.RelationOf(caller))
        )
            return Refusal.NotFound;
        return request.JurisdictionId is null || request.JurisdictionId == project.OwnerId
            ? project.OwnerId
            : Refusal.Invalid(new FieldError("jurisdictionId", "of-its-owner"));
    }

    private static Request Facts(NeedRow row) =>
        new()
        {
            JurisdictionId = row.UnitId,
            ProjectId = row.ProjectId,
            Enterprise = row.Enterprise,
            Kind = Slug.To<NeedKind>(row.Kind),
            Stage = row.At,
            Chain = row.Chain,
            Amount = row.Needed,
            ValidUntil = row.ValidUntilOn,
            Note = row.Note,
        };

    private static Parameters Values(Request request) =>
        new()
        {
            { "enterprise", Trimmed(request.Enterprise) },
            { "kind", Slug.Of(request.Kind!.Value) },
            { "stage", request.Stage is { } stage ? Slug.Of(stage) : null },
            { "chain", Trimmed(request.Chain) },
            { "amount", request.Amount!.Value.Hundredths },
            { "currency", request.Amount.Value.Currency },
            { "validUntil", request.ValidUntil },
            { "note", Trimmed(request.Note) },
        };

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private const string Insert = """
        INSERT INTO financing_needs (id, unit_id, project_id, enterprise, kind, stage, chain, amount, currency, valid_until_on, note, added_on, added_by, added_by_name, added_at, version, updated_at)
        VALUES (@id, @unit, @projectId, @enterprise, @kind, @stage, @chain, @amount, @currency, @validUntil, @note, @today, @by, @byName, @now, 1, @now)
        """;
    private const string Update = """
        UPDATE financing_needs SET enterprise = @enterprise, kind = @kind, stage = @stage, chain = @chain, amount = @amount, currency = @currency, valid_until_on = @validUntil, note = @note,
          version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
    private const string SetRetired =
        "UPDATE financing_needs SET retire_reason = @reason, version = version + 1, updated_at = @now WHERE id = @id AND version = @version";
}
