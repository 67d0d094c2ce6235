using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.OfficeLeads;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api.Features.OfficeLeads;

/// <summary>Leads of out-posted offices, for the office, the unit that has one, the centre and auditors (R137).</summary>
public static class ReadLeads
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            var told = await Told(session, call.Caller, id);
            if (told.Status == 200)
                session.Note(
                    new AuditEntry("read-contacts")
                    {
                        Outcome = AuditOutcome.Read,
                        SubjectKind = "office-lead",
                        SubjectId = id,
                    }
                );
            return told;
        });

    internal static async Task<Reply> Told(Session session, Caller caller, string id, int status = 200) =>
        await OfficeLeadRow.For(session, caller, id) is { } row
            ? Reply.Resource(
                row.View(session, caller, await OfficeLeadRow.Steps(session, id)),
                row.Version,
                status,
                status == 201 ? $"/api/v1/office-leads/{id}" : null
            )
            : Refusal.NotFound;

    public static async Task<IResult> List(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var caller = call.Caller;
        var where = OfficeLeadFilter.Read(query, caller);
        var overdue = query.FlagOrNull("overdue");
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            OfficeLeadFilter.AddOverdue(where, overdue, session.Today);
            var filter = where.Sql;
            var total = await page.Total(session, $"SELECT COUNT(*) {OfficeLeadRow.From} WHERE {filter}", where.Values);
            var behind = page.Behind("l.seq", where.Values, descending: true);
            var rows = await session.Query<OfficeLeadRow>(
                $"{OfficeLeadRow.Select} WHERE {filter}{behind} ORDER BY l.seq DESC {{page}}",
                where.Values
            );
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(session, caller), total));
        });
    }
}
