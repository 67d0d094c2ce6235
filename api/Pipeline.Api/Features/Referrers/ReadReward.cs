using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Referrers;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Referrers;

/// <summary>What the reward of a referrer would be on a day (R136): computed by the rule set of that day, step by step, and never paid here.</summary>
public static class ReadReward
{
    /// <summary>What speaks against a claim.</summary>
    public enum Obstacle
    {
        /// <summary>The rule set has no scheme.</summary>
        NoScheme,

        /// <summary>Investor, unit or centre has not confirmed yet.</summary>
        NotConfirmed,

        /// <summary>The project is not in production yet.</summary>
        NotInProduction,

        /// <summary>The time to claim is over.</summary>
        ClaimOver,

        /// <summary>Of some of the money there is no rate to yuan; it is not in the base.</summary>
        RateMissing,
    }

    /// <param name="Scheme">Absent where the rule set of that day has none.</param>
    /// <param name="Amount">What the reward is measured by, in yuan, as it was on that day.</param>
    /// <param name="Steps">How it comes about.</param>
    /// <param name="BeforeCap">In yuan, to the fen.</param>
    /// <param name="Reward">In yuan; absent where there is no scheme.</param>
    /// <param name="ClaimUntil">The last day to claim; absent before production.</param>
    /// <param name="Obstacles">What speaks against a claim on that day; empty: nothing.</param>
    public sealed record Response(
        DateOnly On,
        string RuleSetId,
        ReferralScheme? Scheme,
        decimal? Amount,
        IReadOnlyList<RewardStep> Steps,
        decimal? BeforeCap,
        bool Capped,
        decimal? Reward,
        DateOnly? ClaimUntil,
        IReadOnlyList<Obstacle> Obstacles
    );

    public static Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var asked = query.Date("on");
        if (query.Refusal() is { } wrong)
            return Task.FromResult<IResult>((Reply)wrong);
        return call.Read<IResult>(async session =>
        {
            var caller = call.Caller;
            if (
                await LoadProject.For(session, caller, id) is not { } project
                || !Permissions.Allows(caller, Act.ReadReferrer, project.RelationOf(caller))
                || await ReferrerRow.Of(session, id) is not { } row
            )
                return (Reply)Refusal.NotFound;
            var on = asked ?? session.Today;
            var end = Shanghai.EndOf(on);
            var rules = (await ruleBooks.Load(session)).At(end < session.Now ? end : session.Now);
            var obstacles = new List<Obstacle>();
            if (row.At != ReferrerStatus.Confirmed)
                obstacles.Add(Obstacle.NotConfirmed);
            var until =
                project.InProductionOn is { } produced && rules.Referral is { } known
                    ? produced.AddMonths(known.ClaimWithin.Months).AddDays(known.ClaimWithin.Days)
                    : (DateOnly?)null;
            if (project.InProductionOn is null || project.InProductionOn > on)
                obstacles.Add(Obstacle.NotInProduction);
            else if (on > until)
                obstacles.Add(Obstacle.ClaimOver);
            if (rules.Referral is not { } scheme)
                return Reply.Plain(
                    new Response(
                        on,
                        rules.Id,
                        null,
                        null,
                        [],
                        null,
                        false,
                        null,
                        until,
                        [Obstacle.NoScheme, .. obstacles]
                    )
                );
            var amounts = await Money(session, id, scheme.Base, on);
            var values = amounts.ConvertAll(each => rules.In("CNY", each.Money, each.On));
            if (values.Exists(value => value is null))
                obstacles.Add(Obstacle.RateMissing);
            var amount = values.Sum(value => value ?? 0m);
            var reward = ReferralReward.Of(scheme, amount);
            return Reply.Plain(
                new Response(
                    on,
                    rules.Id,
                    scheme,
                    amount,
                    reward.Steps,
                    Math.Round(reward.BeforeCap, 2, MidpointRounding.AwayFromZero),
                    reward.Capped,
                    reward.Reward,
                    until,
                    obstacles
                )
            );
        });
    }

    private static async Task<List<(Money Money, DateOnly On)>> Money(
        Session session,
        string projectId,
        RewardBase by,
        DateOnly on
    ) =>
        by == RewardBase.PaidIn
            ? await session.Rows(
                PaidIn,
                row => (Domain.Money.FromHundredths(row.Number(0), row.Text(1)), row.DateOrNull(2)!.Value),
                new { projectId, on }
            )
            : await session.Rows(
                Fixed,
                row =>
                    (Domain.Money.FromHundredths(row.Number(0), row.Text(1)), new DateOnly((int)row.Number(2), 12, 31)),
                new { projectId, year = on.Year }
            );

    private const string PaidIn =
        "SELECT e.amount, e.currency, e.occurred_on FROM capital_entries e WHERE e.project_id = @projectId AND e.status = 'verified' AND e.occurred_on <= @on ORDER BY e.seq";
    private const string Fixed =
        "SELECT f.amount, f.currency, f.year FROM fixed_investments f WHERE f.project_id = @projectId AND f.year <= @year ORDER BY f.year";
}
