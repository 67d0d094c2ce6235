using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.RuleSets;

/// <summary>Reads the rule sets in order of time.</summary>
public static class ListRuleSets
{
    public static async Task<IResult> All(Call call, RuleBooks ruleBooks)
    {
        if (new QueryReader(call.Request).Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
            Reply.Plain(
                new Page<RuleSetView>
                {
                    Items =
                    [
                        .. (await RuleBooks.Rows(session)).Select(row =>
                            RuleSetView.Of(row, ruleBooks.BodyOf(row), call.Caller, session.Now)
                        ),
                    ],
                }
            )
        );
    }

    public static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
            (await RuleBooks.Rows(session)).FirstOrDefault(row => row.Id == id) is { } row
                ? Answer(row, ruleBooks, call.Caller, session)
                : Refusal.NotFound
        );

    /// <summary>The rule set in force now, or at the end of a day.</summary>
    public static async Task<IResult> Current(Call call, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var on = query.Date("on");
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var at = on is { } day && day != session.Today ? Shanghai.EndOf(day) : session.Now;
            var inForce = (await ruleBooks.Load(session)).At(at);
            return Answer(
                (await RuleBooks.Rows(session)).First(row => row.Id == inForce.Id),
                ruleBooks,
                call.Caller,
                session
            );
        });
    }

    internal static Reply Answer(
        RuleSetRow row,
        RuleBooks ruleBooks,
        Caller caller,
        Session session,
        int status = 200,
        string? location = null
    ) => Reply.Resource(RuleSetView.Of(row, ruleBooks.BodyOf(row), caller, session.Now), row.Version, status, location);
}
