using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Events;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Store.Events;

namespace Pipeline.Api.Features.Events;

/// <summary>Events, which all who work with projects see, and their results, which their units and the city see (R134, R20).</summary>
public static class ReadEvents
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session => await Told(session, call.Caller, id));

    internal static async Task<Reply> Told(Session session, Caller caller, string id, int status = 200) =>
        await EventRow.ById(session, id) is { } row
            ? Reply.Resource(
                row.View(caller, session.Today),
                row.Version,
                status,
                status == 201 ? $"/api/v1/events/{id}" : null
            )
            : Refusal.NotFound;

    public static async Task<IResult> List(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var where = EventFilter.Read(query);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var filter = where.Sql;
        return await call.Read<IResult>(async session =>
        {
            var total = await page.Total(session, $"SELECT COUNT(*) FROM events e WHERE {filter}", where.Values);
            var behind = page.BehindDay("e.starts_on", "e.seq", where.Values, descending: true);
            var rows = await session.Query<EventRow>(
                $"{EventRow.Select} WHERE {filter}{behind} ORDER BY e.starts_on DESC, e.seq DESC {{page}}",
                where.Values
            );
            return Reply.Plain(
                page.ByDay(rows, row => (row.StartsOn, row.Seq), row => row.View(call.Caller, session.Today), total)
            );
        });
    }

    public static Task<IResult> Result(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session => await ToldResult(session, call.Caller, ruleBooks, id));

    internal static async Task<Reply> ToldResult(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        string id,
        int status = 200
    ) =>
        await EventResultRow.For(session, caller, id) is { } row
            ? Reply.Resource(
                row.View(caller, await ruleBooks.Current(session), session.Today),
                row.Version,
                status,
                status == 201 ? $"/api/v1/event-results/{id}" : null,
                row.ProjectId
            )
            : Refusal.NotFound;

    public static async Task<IResult> Results(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var caller = call.Caller;
        var where = EventResultFilter.Read(query, caller);
        var overdue = query.FlagOrNull("overdue");
        var outcome = query.Choice<ResultOutcome>("outcome");
        var page = query.Page(cursors, counted: false);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var rules = await ruleBooks.Current(session);
            AddOutcome(where, outcome, rules);
            if (overdue is { } late)
                where.Add(
                    $"CASE WHEN {Lacking} AND {EventResultRow.Unended(rules)} AND r.assign_by_on < @today THEN 1 ELSE 0 END = {(late ? 1 : 0)}",
                    "today",
                    session.Today
                );
            var behind = page.Behind("r.seq", where.Values, descending: true);
            var rows = await session.Query<EventResultRow>(
                $"{EventResultRow.Select} WHERE {where.Sql}{behind} ORDER BY r.seq DESC {{page}}",
                where.Values
            );
            foreach (var row in rows.Take(page.Limit).Where(row => row.Secret == true))
                session.Note(row.SecretRead());
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(caller, rules, session.Today)));
        });
    }

    private const string Lacking = $"({EventResultRow.Owner} IS NULL OR r.carrier IS NULL OR r.person_name IS NULL)";

    /// <summary>What <see cref="EventRules.OutcomeOf"/> says of one, of all.</summary>
    private static void AddOutcome(Conditions where, ResultOutcome? outcome, RuleSet rules)
    {
        if (outcome is not { } wanted)
            return;
        where.Add(
            wanted switch
            {
                ResultOutcome.Landed =>
                    $"(p.stage IN ({EventResultRow.LandedStages(rules)}) OR (p.id IS NULL AND r.outcome = 'landed'))",
                ResultOutcome.Dropped => "(p.stage = 'terminated' OR (p.id IS NULL AND r.outcome = 'dropped'))",
                _ => EventResultRow.Unended(rules),
            }
        );
    }
}
