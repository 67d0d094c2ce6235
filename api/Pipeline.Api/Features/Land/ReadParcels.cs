using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Land;
using Pipeline.Store.Land;

namespace Pipeline.Api.Features.Land;

/// <summary>Land as a caller may know it (R132): of talks about a parcel its unit and the centre alone (R20).</summary>
public static class ReadParcels
{
    public static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session => await Told(session, call.Caller, ruleBooks, id));

    /// <summary>The parcel as the answer to a caller.</summary>
    internal static async Task<Reply> Told(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        string id,
        int status = 200
    ) =>
        await ParcelRow.ById(session, caller, id) is { } row
            ? Reply.Resource(
                row.View(caller, (await ruleBooks.Current(session)).LandOffer),
                row.VersionFor(caller),
                status,
                status == 201 ? $"/api/v1/parcels/{id}" : null
            )
            : Refusal.NotFound;

    public static async Task<IResult> List(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var caller = call.Caller;
        var where = ParcelFilter.Read(query, caller);
        var list = query.Choice<LandList>("list");
        var fits = query.Text("fitsProject", 32);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var limits = (await ruleBooks.Current(session)).LandOffer;
            ParcelFilter.AddList(where, caller, list, limits);
            if (fits is not null)
            {
                if (await ReadFits.Judged(session, caller, fits) is not { } project)
                    return (Reply)Refusal.NotFound;
                var judged = await ReadFits.Of(session, caller, project, await ruleBooks.Current(session));
                List<string> ids = [.. judged.Items.Where(one => one.Fit.Fits == true).Select(one => one.Row.Id)];
                if (ids.Count == 0)
                    where.Add("1 = 0");
                else
                    where.Add("l.id IN @ids", "ids", ids);
            }

            var filter = where.Sql;
            var total = await page.Total(session, $"SELECT COUNT(*) {ParcelRow.From} WHERE {filter}", where.Values);
            var behind = page.Behind("l.seq", where.Values, descending: true);
            var rows = await session.Query<ParcelRow>(
                $"{ParcelRow.Select} WHERE {filter}{behind} ORDER BY l.seq DESC {{page}}",
                where.Values
            );
            foreach (var row in rows.Take(page.Limit).Where(row => row.Secret == true && row.OpensTalks(caller)))
                session.Note(SecretReads.Of("read-secret-project", "parcel", row.Id, row.ProjectId));
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(caller, limits), total));
        });
    }
}
