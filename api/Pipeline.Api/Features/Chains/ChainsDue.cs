using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Chains;
using Pipeline.Store.Chains;

namespace Pipeline.Api.Features.Chains;

/// <summary>The chains that are to be reviewed (R133), to the department in charge and the centre. A city has some dozens.</summary>
public sealed class ChainsDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.TendChains))
            return [];
        return (await session.Query<ChainRow>($"{ChainRow.Select} WHERE c.active = 1 ORDER BY c.seq"))
            .Where(row => caller.Role != Role.Department || row.DepartmentId == caller.JurisdictionId)
            .Select(row =>
                window.OnDay(
                    DueKind.ChainToReview,
                    ChainRules.ReviewDueOn(row.DrawnUpOn, row.ReviewedOn),
                    new DueSubject("chain", row.Id),
                    row.Name,
                    $"/chains/{row.Id}",
                    row.Seq
                ) with
                {
                    Jurisdiction = row.DepartmentId is null ? null : new UnitRef(row.DepartmentId, row.DepartmentName!),
                }
            )
            .Where(item =>
                item.On <= window.UntilDay
                && (item.Sort > window.AfterAt || (item.Sort == window.AfterAt && item.Seq > window.AfterSeq))
            )
            .OrderBy(item => item.Sort)
            .ThenBy(item => item.Seq)
            .Take(window.Limit);
    }
}
