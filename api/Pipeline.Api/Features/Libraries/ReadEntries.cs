using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Libraries;
using Pipeline.Store.Integration;

namespace Pipeline.Api.Features.Libraries;

/// <summary>The entries of a library that a caller may know of, the newest first.</summary>
public static class ReadEntries
{
    public static async Task<IResult> List<TDetails>(Call call, Cursors cursors)
        where TDetails : class, ILibraryDetails
    {
        var query = new QueryReader(call.Request);
        var filter = LibraryFilter.Read(query, call.Caller, TDetails.Library);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var behind = page.Behind(filter.Seq, filter.Values, descending: true);
            var rows = await session.Query<LibraryRow>(
                $"SELECT {LibraryRow.Columns} {filter.From} WHERE {filter.Where}{behind} ORDER BY {filter.Seq} DESC {{page}}",
                filter.Values
            );
            var total = await page.Total(session, $"SELECT COUNT(*) {filter.From} WHERE {filter.Where}", filter.Values);
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View<TDetails>(session, call.Caller), total));
        });
    }

    public static Task<IResult> Single<TDetails>(string id, Call call)
        where TDetails : class, ILibraryDetails =>
        call.Read<IResult>(async session =>
        {
            if (await LibraryRow.For(session, call.Caller, TDetails.Library, id) is not { } row)
                return (Reply)Refusal.NotFound;
            if (row.TellsPeople(call.Caller) && PersonalFacts.Open(session, row.Contacts).Contacts.Count > 0)
                session.Note(
                    new AuditEntry("read-contacts")
                    {
                        Outcome = AuditOutcome.Read,
                        SubjectKind = StoreEntry.SubjectKind,
                        SubjectId = id,
                    }
                );
            return await Answer<TDetails>(session, call.Caller, row);
        });

    /// <summary>An entry as one caller gets it.</summary>
    internal static async Task<Reply> Answer<TDetails>(Session session, Caller caller, LibraryRow row, int status = 200)
        where TDetails : class, ILibraryDetails =>
        Reply.Resource(
            row.View<TDetails>(
                session,
                caller,
                await FindSameEntries.Similar(session, caller, row),
                caller.IsKey ? await ExternalRefs.Of(session, caller, row.Library, row.Id) : null,
                isSingle: true
            ),
            row.Version,
            status,
            status == 201 ? PathOf(row) : null
        );

    internal static string PathOf(LibraryRow row) => $"/api/v1/{row.Library}/{row.Id}";
}
