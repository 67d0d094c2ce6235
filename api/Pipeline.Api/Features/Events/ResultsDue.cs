using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Store.Events;

namespace Pipeline.Api.Features.Events;

/// <summary>What came of events and has no unit, carrier or person yet: to be given within ten working days (R134).</summary>
public sealed class ResultsDue(RuleBooks ruleBooks) : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadResults))
            return [];
        var where = new Conditions();
        where.Add(EventResultRow.VisibleTo(caller));
        where.Values.Add("mine", caller.Unit ?? "");
        where.Values.Add("me", caller.UserId);
        if (caller.Role == Role.Leader)
            where.Add(DueItems.OfLeader);
        where.Add("r.outcome IS NULL AND r.assigned_on IS NULL");
        where.Add(EventResultRow.Unended(await ruleBooks.Current(session)));
        var rows = await window.ByDay<EventResultRow>(session, EventResultRow.Select, where, "r.assign_by_on", "r.seq");
        return rows.Select(row =>
            window.OnDay(
                DueKind.ResultToAssign,
                row.AssignByOn,
                new DueSubject("event-result", row.Id),
                $"{row.EventName} · {row.Title}",
                $"/events/{row.EventId}",
                row.Seq
            ) with
            {
                Jurisdiction = row.UnitId is null ? null : new UnitRef(row.UnitId, row.UnitName!),
                Project = new DueProject
                {
                    Id = row.ProjectId,
                    Code = row.ProjectCode,
                    Name = row.ProjectName,
                },
                SecretProject = row.Secret == true ? row.ProjectId : null,
            }
        );
    }
}
