using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Libraries;
using Pipeline.Store.Integration;

namespace Pipeline.Api.Features.Libraries;

/// <summary>Enters something in a library, or changes what stands there (R130).</summary>
public static class EnterEntry
{
    public static async Task<IResult> Post<TDetails, TRules>(Call call)
        where TDetails : class, ILibraryDetails
        where TRules : LibraryBodyRules<TDetails>, new()
    {
        var body = await call.Body(Validation.Of<TRules>());
        return await call.Write(session => Create(session, call, body));
    }

    public static async Task<IResult> Patch<TDetails, TRules>(string id, Call call)
        where TDetails : class, ILibraryDetails
        where TRules : LibraryBodyRules<TDetails>, new()
    {
        var patch = await call.Patch();
        return await call.Write(session =>
            Change<TDetails, TRules>(session, call, id, version => ETags.Check(call.Request, version), patch)
        );
    }

    /// <summary>Takes many entries at once from a caller's own system, each as the single call would.</summary>
    public static Task<IResult> Push<TDetails, TRules>(Call call)
        where TDetails : class, ILibraryDetails
        where TRules : LibraryBodyRules<TDetails>, new() => BatchPush.Handle(call, async (session, item) =>
        {
            var kind = Slug.Of(TDetails.Library);
            var hash = ExternalRefs.HashOf(item.Body!);
            var known = item.ExternalRef is { } reference
                ? await ExternalRefs.Find(session, call.Caller, kind, reference)
                : null;
            if (item.Id is { } named && known is not null && known.SubjectId != named)
                return new Refusal(RefusalKind.Conflict, "external-ref-taken");
            if (known?.ContentHash == hash)
                return await Unchanged<TDetails>(session, call, known.SubjectId);
            if (item.Op == BatchOp.Create && known is not null)
                return new Refusal(RefusalKind.Conflict, "external-ref-taken");
            var id = item.Id ?? known?.SubjectId;
            if (item.Op == BatchOp.Update && id is null)
                return Refusal.NotFound;
            var reply =
                item.Op == BatchOp.Create
                    ? await Create(
                        session,
                        call,
                        Call.Parse<LibraryBody<TDetails>>(item.Body!, Validation.Of<TRules>(), session.Today)
                    )
                    : await Change<TDetails, TRules>(
                        session,
                        call,
                        id!,
                        version => ETags.Check(item.IfMatch, version),
                        new Parsed<JsonObject>(item.Body, null)
                    ) with
                    {
                        Location = $"/api/v1/{kind}/{id}",
                    };
            if (reply is not { Refusal: null, Body: not null } || item.ExternalRef is not { } fresh)
                return reply;
            var subject = reply.Location!.Split('/')[^1];
            if (known is null)
                await ExternalRefs.Add(session, call.Caller, kind, fresh, subject, subject, hash);
            else
                await ExternalRefs.Renew(session, call.Caller, kind, fresh, hash);
            return reply;
        });

    private static async Task<Reply> Create<TDetails>(Session session, Call call, Parsed<LibraryBody<TDetails>> body)
        where TDetails : class, ILibraryDetails
    {
        if (!call.Has(Act.EditLibraries))
            return Refusal.Forbidden;
        await session.Lock(LockName.Library);
        if (body.Refusal is { } malformed)
            return malformed;
        var keeper = await StoreEntry.Keeper(session, call.Caller, body.Value!.KeeperId);
        if (keeper.Refusal is { } notTheirs)
            return notTheirs;
        if (await StoreEntry.WhyNot(session, call.Caller, body.Value) is { } refused)
            return refused;
        if (call.ValidateOnly)
            return Reply.NothingStored;
        var id = await StoreEntry.Add(session, call.Caller, body.Value, keeper.Value);
        var row = (await LibraryRow.ById(session, TDetails.Library, id))!;
        return await ReadEntries.Answer<TDetails>(session, call.Caller, row, 201);
    }

    private static async Task<Reply> Change<TDetails, TRules>(
        Session session,
        Call call,
        string id,
        Func<long, Refusal?> stale,
        Parsed<JsonObject> patch
    )
        where TDetails : class, ILibraryDetails
        where TRules : LibraryBodyRules<TDetails>, new()
    {
        var loaded = await LoadEntry.ForWrite(session, call.Caller, TDetails.Library, id, Act.EditLibraries, stale);
        if (loaded.Refusal is { } refusal)
            return refusal;
        var row = loaded.Value;
        if (patch.Refusal is { } malformed)
            return malformed;
        var before = row.Body<TDetails>(session);
        var merged = Json.MergePatch(Json.Node(before), patch.Value)!;
        var parsed = Call.Parse(merged, Validation.Of<TRules>(), session.Today);
        if (parsed.Refusal is { } invalid)
            return invalid;
        if (row.IsRetired)
            return new Refusal(RefusalKind.Conflict, "entry-retired");
        var after = parsed.Value!;
        var keeper =
            after.KeeperId == row.KeeperId
                ? row.KeeperId
                : await StoreEntry.Keeper(session, call.Caller, after.KeeperId);
        if (keeper.Refusal is { } notTheirs)
            return notTheirs;
        if (await StoreEntry.WhyNot(session, call.Caller, after, except: id) is { } refused)
            return refused;
        if (call.ValidateOnly)
            return Reply.NothingStored;
        await StoreEntry.Change(session, call.Caller, row, before, after, keeper.Value);
        var changed = (await LibraryRow.ById(session, TDetails.Library, id))!;
        return await ReadEntries.Answer<TDetails>(session, call.Caller, changed);
    }

    private static async Task<Reply> Unchanged<TDetails>(Session session, Call call, string id)
        where TDetails : class, ILibraryDetails =>
        await LibraryRow.For(session, call.Caller, TDetails.Library, id) is { } row
            ? await ReadEntries.Answer<TDetails>(session, call.Caller, row) with
            {
                Location = ReadEntries.PathOf(row),
                ChangesNothing = true,
            }
            : Refusal.NotFound;
}

/// <summary>Loads an entry that somebody wants to change.</summary>
public static class LoadEntry
{
    /// <summary>The entry, under the lock of the libraries; or why the caller may not change it.</summary>
    public static async Task<Result<LibraryRow>> ForWrite(
        Session session,
        Caller caller,
        Library library,
        string id,
        Act act,
        Func<long, Refusal?> stale
    )
    {
        await session.Lock(LockName.Library);
        if (await LibraryRow.For(session, caller, library, id) is not { } row)
            return Refusal.NotFound;
        if (!Permissions.Allows(caller, act, row.RelationOf(caller)))
            return Refusal.Forbidden;
        return stale(row.Version) is { } changed ? changed : row;
    }
}
