using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Domain;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Problems;

/// <summary>The problems a caller may read, the one due first at first.</summary>
public static class ListProblems
{
    public static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
            await ProblemRow.For(session, call.Caller, id) is { } row
                ? Reply.Resource(
                    row.View(
                        call.Caller,
                        session.Now,
                        await ruleBooks.Load(session),
                        await WorkCalendars.Load(session)
                    ),
                    row.Version
                )
                : (Reply)Refusal.NotFound
        );

    /// <summary>Those of one project, newest first.</summary>
    public static Task<IResult> OfProject(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            var caller = call.Caller;
            if (
                await LoadProject.For(session, caller, id) is not { } project
                || (project.RelationOf(caller) & (Relations.Own | Relations.City)) == Relations.None
            )
                return (Reply)Refusal.NotFound;
            var rows = await session.Query<ProblemRow>(
                $"{ProblemRow.Select} WHERE b.project_id = @id ORDER BY b.seq DESC",
                new { id }
            );
            var (book, calendar) = (await ruleBooks.Load(session), await WorkCalendars.Load(session));
            return Reply.Plain(
                new Page<ProblemView> { Items = [.. rows.Select(row => row.View(caller, session.Now, book, calendar))] }
            );
        });

    public static async Task<IResult> Handle(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var where = ProblemFilter.Read(query, call.Caller);
        var overdue = query.FlagOrNull("overdue");
        var level = query.Whole("level", 0, Escalation.Levels);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;

        var caller = call.Caller;
        var parameters = where.Values;
        return await call.Read<IResult>(async session =>
        {
            var (book, calendar) = (await ruleBooks.Load(session), await WorkCalendars.Load(session));
            if (overdue is { } late)
                where.Add(
                    late ? "b.status <> 'closed' AND b.due_on < @today" : "(b.status = 'closed' OR b.due_on >= @today)",
                    "today",
                    session.Today
                );
            if (level is { } reached)
                AddLevel(where, (int)reached, session.Today, book, calendar);
            var filter = where.Sql;
            var behind = page.BehindDay("b.due_on", "b.seq", parameters);
            var rows = await session.Query<ProblemRow>(
                $"{ProblemRow.Select} WHERE {filter}{behind} ORDER BY b.due_on, b.seq {{page}}",
                parameters
            );
            foreach (var row in rows.Take(page.Limit).Where(row => row.Secret))
                session.Note(row.SecretRead());
            var total = await page.Total(session, $"SELECT COUNT(*) {ProblemRow.From} WHERE {filter}", parameters);
            return Reply.Plain(
                page.ByDay(
                    rows,
                    row => (row.DueOn, row.Seq),
                    row => row.View(caller, session.Now, book, calendar),
                    total
                )
            );
        });
    }

    /// <summary>As <see cref="Escalation.LevelOn"/> says, by the rule set of each problem.</summary>
    private static void AddLevel(Conditions where, int level, DateOnly today, RuleBook book, WorkCalendar calendar)
    {
        var byRules = new List<string>();
        foreach (var (at, rules) in book.All.Index())
        {
            var bounds = new List<string> { $"b.rule_set_id = @rules{at}" };
            where.Values.Add($"rules{at}", rules.Id);
            if (level > 0)
            {
                bounds.Add($"b.due_on <= @reached{at}");
                where.Values.Add($"reached{at}", Escalation.LatestDue(level, today, rules.Problems, calendar));
            }

            if (level < Escalation.Levels)
            {
                bounds.Add($"b.due_on > @next{at}");
                where.Values.Add($"next{at}", Escalation.LatestDue(level + 1, today, rules.Problems, calendar));
            }

            byRules.Add($"({string.Join(" AND ", bounds)})");
        }

        var any = string.Join(" OR ", byRules);
        where.Add(level == 0 ? $"(b.status = 'closed' OR {any})" : $"b.status <> 'closed' AND ({any})");
    }
}
