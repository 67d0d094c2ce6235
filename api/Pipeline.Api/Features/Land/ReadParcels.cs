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
        var words = query.Text("q");
        var minMu = query.Hundredths("minMu");
        var cleared = query.FlagOrNull("cleared");
        var zone = query.Choice<ZoneRank>("zone");
        var status = query.Choice<ParcelStatus>("status");
        var list = query.Choice<LandList>("list");
        var fits = query.Text("fitsProject", 32);
        var unit = query.Text("jurisdictionId", 32);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;

        var caller = call.Caller;
        var where = new Conditions();
        where.Values.Add("mine", caller.Unit ?? "");
        where.Values.Add("me", caller.UserId);
        foreach (
            var (word, at) in SearchText.Words(words ?? "").Where(word => word.Length > 0).Select((w, at) => (w, at))
        )
            where.Add($"l.search LIKE @word{at} ESCAPE '!'", $"word{at}", $"%{Like.Escaped(word)}%");
        where.Add("l.cleared = @cleared", "cleared", cleared is { } known ? (known ? 1 : 0) : null);
        where.Add("l.zone = @zone", "zone", zone is { } rank ? Slug.Of(rank) : null);
        where.Add($"{ParcelRow.StatusIn(caller)} = @status", "status", status is { } wanted ? Slug.Of(wanted) : null);
        where.Add("l.jurisdiction_id = @unit", "unit", unit);
        AddLeast(where, ParcelRow.Contiguous, "minMu", minMu / 100m);
        return await call.Read<IResult>(async session =>
        {
            var limits = (await ruleBooks.Current(session)).LandOffer;
            AddList(where, caller, list, limits);
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

    /// <summary>What <see cref="ParcelRules.ListsOf"/> says of one, of all.</summary>
    private static void AddList(Conditions where, Caller caller, LandList? list, LandOffer limits)
    {
        var status = ParcelRow.StatusIn(caller);
        if (list == LandList.Offer)
        {
            where.Add($"{status} IN ('offered', 'negotiating')");
            AddLeast(where, ParcelRow.Contiguous, "leastOffer", limits.Offer);
        }

        if (list == LandList.Reserve)
        {
            where.Add($"{status} IN ('reserve', 'offered', 'negotiating') AND l.cleared = 1");
            AddLeast(where, ParcelRow.ContiguousCleared, "leastReserve", limits.Reserve);
        }
    }

    /// <summary>An area of at least so many mu: hundredths of a m² × 3 ÷ 2000 ÷ 100, reckoned in whole numbers.</summary>
    private static void AddLeast(Conditions where, string area, string name, decimal? mu) =>
        where.Add(
            $"({area}) * 3 >= @{name}",
            name,
            mu is { } least ? (long)decimal.Ceiling(decimal.Max(0, decimal.Min(least, 1_000_000_000)) * 200_000m) : null
        );
}
