using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api.Features.OfficeLeads;

/// <summary>The leads of out-posted offices that wait for the centre, or for the report of the unit that has them (R137).</summary>
public sealed class LeadsDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReportOnLeads))
            return [];
        var where = new Conditions();
        where.Add("l.due_on IS NOT NULL");
        where.Add("l.unit_id = @mine AND l.status = 'assigned'", "mine", caller.Unit);
        var rows = await window.ByDay<OfficeLeadRow>(session, OfficeLeadRow.Select, where, "l.due_on", "l.seq");
        return rows.Select(row =>
            window.OnDay(
                DueKind.LeadDue,
                row.DueOn!.Value,
                new DueSubject("office-lead", row.Id),
                row.Title,
                $"/office-leads/{row.Id}",
                row.Seq
            ) with
            {
                Jurisdiction = row.UnitId is null ? null : new UnitRef(row.UnitId, row.UnitName!),
            }
        );
    }
}
