using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Land;
using Pipeline.Domain.Matching;
using Pipeline.Store.Land;

namespace Pipeline.Api.Features.Land;

/// <summary>Puts a parcel of land on record, and changes its facts (R132).</summary>
public static class KeepParcel
{
    public static async Task<IResult> Add(Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<ParcelBodyRules>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var (caller, request) = (call.Caller, body.Value!);
            var unit = await KeeperUnit.Of(session, caller, request.JurisdictionId);
            if (unit.Refusal is { } nobody)
                return nobody;
            await session.Lock(LockName.Resources);
            var id = await StoreParcel.Add(session, caller, unit.Value, request);
            return await ReadParcels.Told(session, caller, ruleBooks, id, 201);
        });
    }

    public static async Task<IResult> Edit(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Patch();
        return await call.Write(async session =>
        {
            ParcelBody? request = null;
            await session.Lock(LockName.Resources);
            var taken = await StepParcel.Take(call, session, id, ParcelStep.Edit, row =>
            {
                if (body.Refusal is { } malformed)
                    return malformed;
                var merged = Call.Parse(
                    Json.MergePatch(Json.Node(StoreParcel.FactsOf(row)), body.Value)!,
                    Validation.Of<ParcelBodyRules>(),
                    session.Today
                );
                request = merged.Value;
                return merged.Refusal
                    ?? (
                        request!.JurisdictionId == row.JurisdictionId
                            ? null
                            : Refusal.Invalid(new FieldError("jurisdictionId", "fixed"))
                    );
            });
            if (taken.Refusal is { } refusal)
                return refusal;
            session.Note(
                new AuditEntry("edit-parcel")
                {
                    SubjectKind = "parcel",
                    SubjectId = id,
                    Changes = AuditEntry.Between(Json.Node(StoreParcel.FactsOf(taken.Value)), Json.Node(request)),
                }
            );
            await StoreParcel.Change(session, taken.Value, request!);
            return await ReadParcels.Told(session, call.Caller, ruleBooks, id);
        });
    }
}
