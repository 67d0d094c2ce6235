using Pipeline.Api.Queries;
using Pipeline.Data;

namespace Pipeline.Api.Features.Disputes;

/// <summary>The disputes that the unit of the contested claim is to answer; one that it did not answer in time it may still answer until the decision (R23).</summary>
public sealed class DisputeAnswersDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.AnswerDispute))
            return [];
        var where = new Conditions();
        where.Add("d.respondent_id = @mine", "mine", caller.Unit ?? "");
        where.Add("d.status = 'awaiting-answer'");
        return (await window.ByInstant<DisputeRow>(session, DisputeRow.Select, where, "d.answer_due", "d.seq")).Select(
            row => DisputeDue.Item(row, caller, DueKind.DisputeToAnswer, row.AnswerDue!.Value, window)
        );
    }
}

/// <summary>The disputes that the centre is to decide, appeals among them, for those who read the whole city (R23).</summary>
public sealed class DisputeDecisionsDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadDisputes) || !Permissions.ReadsCity(caller))
            return [];
        var where = new Conditions();
        if (!Permissions.ReadsSecret(caller))
        {
            where.Add(DueItems.OfLeader, "me", caller.UserId);
            where.Add(ClaimRow.OpenToLeaderSql);
        }

        where.Add("d.status IN ('awaiting-answer', 'awaiting-decision', 'appealed')");
        return (
            await window.ByInstant<DisputeRow>(session, DisputeRow.Select, where, "d.decision_due", "d.seq")
        ).Select(row => DisputeDue.Item(row, caller, DueKind.DisputeToDecide, row.DecisionDue, window));
    }
}

/// <summary>The decisions that become final unless one of the two sides appeals in time (R23), for both.</summary>
public sealed class DisputeAppealsDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.AppealDispute))
            return [];
        var where = new Conditions();
        where.Add("(d.contestant_id = @mine OR d.respondent_id = @mine)", "mine", caller.Unit ?? "");
        where.Add("d.status = 'decided'");

        // What nobody appealed against in time is final, whoever stores it.
        where.Add("d.appeal_due >= @now", "now", window.Now);
        return (await window.ByInstant<DisputeRow>(session, DisputeRow.Select, where, "d.appeal_due", "d.seq")).Select(
            row => DisputeDue.Item(row, caller, DueKind.DisputeToAppeal, row.AppealDue!.Value, window)
        );
    }
}

/// <summary>What became of a unit's report, as long as it may contest that (R23): the report was rejected, its queue closed, or its claim revoked.</summary>
public sealed class ContestsDue(RuleBooks ruleBooks) : IDueSource
{
    /// <summary>An outcome older than this can be contested under no rule set: at most 250 working days are set.</summary>
    private const int LongestDays = 500;

    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.FileDispute) || caller.Unit is not { } unit)
            return [];
        var book = await ruleBooks.Load(session);
        var items = new List<DueItem>();
        foreach (
            var claim in await session.Query<ClaimRow>(Ended, new { unit, since = window.Now.AddDays(-LongestDays) })
        )
        {
            if (await ContestPeriod.Until(session, claim, book) is not { } until)
                continue;
            items.Add(
                new DueRow
                {
                    Seq = claim.Sequence,
                    Id = claim.Id,
                    AtInstant = until.Due,
                    ProjectId = "",
                }.Item(DueKind.ClaimToContest, "claim", $"/claims/{claim.Id}", window) with
                {
                    Project = new DueProject { Name = Json.Read<Domain.Projects.ProjectBody>(claim.Report).Name },
                    SecretProject = Json.Read<Domain.Projects.ProjectBody>(claim.Report).Secret ? "" : null,
                }
            );
        }

        return items
            .Where(item =>
                item.Sort <= window.Until
                && (item.Sort > window.AfterAt || (item.Sort == window.AfterAt && item.Seq > window.AfterSeq))
            )
            .OrderBy(item => item.Sort)
            .ThenBy(item => item.Seq)
            .Take(window.Limit);
    }

    private const string Ended =
        $"{ClaimRow.Select} WHERE c.jurisdiction_id = @unit AND c.status IN ('rejected', 'revoked') AND c.ended_at >= @since ORDER BY c.sequence";
}

internal static class DisputeDue
{
    /// <summary>What is due on a dispute, told as the dispute itself is: neither side learns who the other is, nor a project that it does not see.</summary>
    internal static DueItem Item(DisputeRow row, Caller caller, DueKind kind, DateTimeOffset at, DueWindow window)
    {
        var side = row.SideOf(caller);
        var knows = side != DisputeSide.Contestant;
        return new DueRow
        {
            Seq = row.Seq,
            Id = row.Id,
            AtInstant = at,
            ProjectId = row.ProjectId ?? "",
            UnitId = side == DisputeSide.City ? row.ContestantId : null,
            UnitName = side == DisputeSide.City ? row.ContestantName : null,
        }.Item(kind, "dispute", $"/disputes/{row.Id}", window) with
        {
            Project = new DueProject { Id = knows ? row.ProjectId : null, Name = row.NameFor(side) },
            SecretProject = row.IsSecret ? row.ProjectId ?? "" : null,
        };
    }
}
