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
    public static async Task<IResult> Add(Call call)
    {
        var body = await call.Body(Validation.Of<NeedBodyRules>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var (caller, request) = (call.Caller, body.Value!);
            var unit = await StoreNeed.UnitOf(session, caller, request);
            if (unit.Refusal is { } nobody)
                return nobody;
            await session.Lock(LockName.Resources);
            var id = await StoreNeed.Add(session, caller, unit.Value, request);
            return await ReadNeeds.Told(session, caller, id, 201);
        });
    }

    public static async Task<IResult> Edit(string id, Call call)
    {
        var body = await call.Patch();
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Resources);
            NeedBody? request = null;
            var taken = await Take(call, session, id, row =>
            {
                if (body.Refusal is { } malformed)
                    return malformed;
                var merged = Call.Parse(
                    Json.MergePatch(Json.Node(StoreNeed.FactsOf(row)), body.Value)!,
                    Validation.Of<NeedBodyRules>(),
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
                    Changes = AuditEntry.Between(Json.Node(StoreNeed.FactsOf(taken.Value)), Json.Node(request)),
                }
            );
            await StoreNeed.Change(session, taken.Value, request!);
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
            await StoreNeed.Retire(session, taken.Value, body.Value!.Reason!.Trim());
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
}
