using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Events;
using Pipeline.Store.Events;

namespace Pipeline.Api.Features.Events;

/// <summary>Puts an event on record, changes it, calls it off (R134).</summary>
public static class KeepEvent
{
    public static async Task<IResult> Add(Call call)
    {
        var body = await call.Body(Validation.Of<EventBodyRules>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var (caller, request) = (call.Caller, body.Value!);
            var organiser = await StoreEvent.OrganiserOf(session, caller, request.OrganiserId);
            if (organiser.Refusal is { } nobody)
                return nobody;
            await session.Lock(LockName.Resources);
            var id = await StoreEvent.Add(session, caller, organiser.Value, request);
            return await ReadEvents.Told(session, caller, id, 201);
        });
    }

    public static async Task<IResult> Edit(string id, Call call)
    {
        var body = await call.Patch();
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Resources);
            EventBody? request = null;
            var taken = await Take(call, session, id, row =>
            {
                if (body.Refusal is { } malformed)
                    return malformed;
                var merged = Call.Parse(
                    Json.MergePatch(Json.Node(StoreEvent.FactsOf(row)), body.Value)!,
                    Validation.Of<EventBodyRules>(),
                    session.Today
                );
                request = merged.Value;
                return merged.Refusal
                    ?? (
                        request!.OrganiserId == row.OrganiserId
                            ? null
                            : Refusal.Invalid(new FieldError("organiserId", "fixed"))
                    );
            });
            if (taken.Refusal is { } refusal)
                return refusal;
            session.Note(
                new AuditEntry("edit-event")
                {
                    SubjectKind = "event",
                    SubjectId = id,
                    Changes = AuditEntry.Between(Json.Node(StoreEvent.FactsOf(taken.Value)), Json.Node(request)),
                }
            );
            await StoreEvent.Change(session, taken.Value, request!);
            return await ReadEvents.Told(session, call.Caller, id);
        });
    }

    public static async Task<IResult> Cancel(string id, Call call)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Resources);
            var taken = await Take(call, session, id, _ => body.Refusal);
            if (taken.Refusal is { } refusal)
                return refusal;
            await StoreEvent.Cancel(session, taken.Value, body.Value!.Reason!.Trim());
            return await ReadEvents.Told(session, call.Caller, id);
        });
    }

    private static async Task<Result<EventRow>> Take(
        Call call,
        Session session,
        string id,
        Func<EventRow, Refusal?> malformed
    )
    {
        if (await EventRow.ById(session, id) is not { } row)
            return Refusal.NotFound;
        if (!Permissions.Allows(call.Caller, Act.ManageEvents, row.RelationOf(call.Caller)))
            return Refusal.Forbidden;
        if (ETags.Check(call.Request, row.Version) is { } stale)
            return stale;
        if (malformed(row) is { } wrong)
            return wrong;
        return row.CancelReason is null ? row : new Refusal(RefusalKind.Conflict, "event-cancelled");
    }
}
