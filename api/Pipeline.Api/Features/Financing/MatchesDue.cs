using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain.Financing;
using Pipeline.Store.Financing;

namespace Pipeline.Api.Features.Financing;

/// <summary>The matches of which nothing was heard for thirty days, or soon will have been (R135).</summary>
public sealed class MatchesDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadNeeds))
            return [];
        var where = new Conditions();
        where.Add(NeedRow.VisibleTo(caller));
        where.Values.Add("mine", caller.Unit ?? "");
        where.Values.Add("me", caller.UserId);
        if (caller.Role == Role.Leader)
            where.Add(DueItems.OfLeader);
        where.Add("m.state <> 'financed' AND m.state <> 'dropped'");
        var rows = await window
            .Before(MatchRules.YellowAfter)
            .ByDay<MatchRow>(session, MatchRow.Select, where, "m.last_on", "m.seq");
        return rows.Select(row =>
            window.OnDay(
                DueKind.MatchSilent,
                row.LastOn.AddDays(MatchRules.YellowAfter),
                new DueSubject("match", row.Id),
                $"{row.NeedOf} · {row.PartyName}",
                $"/financing/{row.NeedId}",
                row.Seq
            ) with
            {
                Jurisdiction = new UnitRef(row.UnitId, row.UnitName),
                Project = new DueProject { Id = row.ProjectId },
                SecretProject = row.Secret == true ? row.ProjectId : null,
            }
        );
    }
}
