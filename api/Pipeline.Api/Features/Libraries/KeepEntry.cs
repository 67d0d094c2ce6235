using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Libraries;

namespace Pipeline.Api.Features.Libraries;

/// <summary>Verifies entries of a library, or retires them (R130).</summary>
public static class KeepEntry
{
    /// <summary>Says that what an entry tells is right today.</summary>
    public static Task<IResult> Verify<TDetails>(string id, Call call)
        where TDetails : class, ILibraryDetails =>
        call.Write(async session =>
        {
            var loaded = await LoadEntry.ForWrite(
                session,
                call.Caller,
                TDetails.Library,
                id,
                Act.VerifyLibraries,
                version => ETags.Check(call.Request, version)
            );
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (loaded.Value.IsRetired)
                return new Refusal(RefusalKind.Conflict, "entry-retired");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            await StoreEntry.Verify(session, call.Caller, loaded.Value);
            return await Answer<TDetails>(session, call, id);
        });

    public static async Task<IResult> Retire<TDetails>(string id, Call call)
        where TDetails : class, ILibraryDetails
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await LoadEntry.ForWrite(
                session,
                call.Caller,
                TDetails.Library,
                id,
                Act.EditLibraries,
                version => ETags.Check(call.Request, version)
            );
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            if (loaded.Value.IsRetired)
                return new Refusal(RefusalKind.Conflict, "entry-retired");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            await StoreEntry.Retire(session, call.Caller, loaded.Value, body.Value!.Reason!.Trim());
            return await Answer<TDetails>(session, call, id);
        });
    }

    private static async Task<Reply> Answer<TDetails>(Data.Session session, Call call, string id)
        where TDetails : class, ILibraryDetails =>
        await ReadEntries.Answer<TDetails>(
            session,
            call.Caller,
            (await LibraryRow.ById(session, TDetails.Library, id))!
        );
}
