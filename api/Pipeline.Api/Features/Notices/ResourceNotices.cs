using System.Globalization;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain.Chains;
using Pipeline.Domain.Financing;
using Pipeline.Store.Chains;
using Pipeline.Store.Events;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells each unit and department, and the centre, once a day what turned of resources since it was told last: matches that fell silent (30 and 60 days), results, leads and reviews that are overdue, entries that turned grey. No outage loses one.</summary>
public static class ResourceNotices
{
    public static async Task Tell(Database database, RuleBooks ruleBooks)
    {
        var (isTold, now) = await database.Read(async session =>
            (await session.One<string>(SelectTold) == Text(session.Today), session.Now)
        );
        if (!isTold && database.Clock.MaySettle(now))
            await database.Write(session => Tell(session, ruleBooks));
    }

    private static async Task Tell(Session session, RuleBooks ruleBooks)
    {
        var today = Text(session.Today);
        var last = await session.One<string>(SelectTold);
        if (last is null)
        {
            // What turned before anybody was to be told is on the pages.
            await session.Execute(Begin, new { value = today });
            return;
        }

        if (await session.Execute(Advance, new { value = today, last }) == 0 || last == today)
            return;
        var since = DateOnly.ParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        foreach (var told in await Turned(session, ruleBooks, since))
            await Notice.Tell(
                session,
                NoticeKind.ResourcesDue,
                told.Key.Length == 0 ? Audience.Coordinators : Audience.Unit(told.Key),
                today,
                new NoticeFacts { Due = [.. told.OrderBy(count => count.Kind)] }
            );
        session.Note(new AuditEntry("resources-due-told"));
    }

    /// <summary>How many of each kind turned, by the unit or department that is told; without one the centre.</summary>
    private static async Task<ILookup<string, DueCount>> Turned(Session session, RuleBooks ruleBooks, DateOnly since)
    {
        var found = new List<(string Who, DueKind Kind, int Count)>();
        async Task Add(DueKind kind, string sql, object parameters) =>
            found.AddRange(
                (await session.Query<Counted>(sql, parameters)).Select(row => (row.UnitId ?? "", kind, row.Turned))
            );
        var days = new { since, today = session.Today };
        await Add(
            DueKind.MatchSilent,
            SelectMatches,
            new
            {
                yellowSince = since.AddDays(-MatchRules.YellowAfter),
                yellow = session.Today.AddDays(-MatchRules.YellowAfter),
                redSince = since.AddDays(-MatchRules.RedAfter),
                red = session.Today.AddDays(-MatchRules.RedAfter),
            }
        );
        await Add(
            DueKind.ResultToAssign,
            $"{SelectResults} AND {EventResultRow.Unended(await ruleBooks.Current(session))} GROUP BY r.unit_id",
            days
        );
        await Add(DueKind.LeadDue, SelectLeads, days);
        await Add(DueKind.LeadDue, SelectLeadsOfUnits, days);
        await Add(DueKind.EntryToVerify, SelectEntries, days);
        found.AddRange(
            (await session.Query<ChainRow>($"{ChainRow.Select} WHERE c.active = 1 ORDER BY c.seq"))
                .Where(row =>
                    ChainRules.ReviewDueOn(row.DrawnUpOn, row.ReviewedOn) is var due
                    && due >= since
                    && due < session.Today
                )
                .GroupBy(row => row.DepartmentId ?? "", StringComparer.Ordinal)
                .Select(rows => (rows.Key, DueKind.ChainToReview, rows.Count()))
        );
        return found.ToLookup(one => one.Who, one => new DueCount(one.Kind, one.Count), StringComparer.Ordinal);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Counted
    {
        public string? UnitId { get; init; }
        public int Turned { get; init; }
    }

    private const string SelectTold = "SELECT value FROM settings WHERE name = 'resources-told'";
    private const string Begin = "INSERT INTO settings (name, value) VALUES ('resources-told', @value)";
    private const string Advance =
        "UPDATE settings SET value = @value WHERE name = 'resources-told' AND value = @last AND value < @value";
    private const string SelectMatches = """
        SELECT n.unit_id, COUNT(*) AS turned FROM matches m JOIN financing_needs n ON n.id = m.need_id
        WHERE m.state <> 'financed' AND m.state <> 'dropped' AND m.last_on <= @yellow AND (m.last_on > @yellowSince OR (m.last_on > @redSince AND m.last_on <= @red))
        GROUP BY n.unit_id
        """;
    private const string SelectResults = """
        SELECT r.unit_id, COUNT(*) AS turned FROM event_results r LEFT JOIN projects p ON p.id = r.project_id
        WHERE r.outcome IS NULL AND r.assigned_on IS NULL AND r.assign_by_on >= @since AND r.assign_by_on < @today
        """;
    private const string SelectLeads =
        "SELECT NULL AS unit_id, COUNT(*) AS turned FROM office_leads l WHERE l.due_on >= @since AND l.due_on < @today HAVING COUNT(*) > 0";
    private const string SelectLeadsOfUnits =
        "SELECT l.unit_id, COUNT(*) AS turned FROM office_leads l WHERE l.due_on >= @since AND l.due_on < @today AND l.status = 'assigned' GROUP BY l.unit_id";
    private const string SelectEntries =
        "SELECT e.keeper_id AS unit_id, COUNT(*) AS turned FROM library_entries e WHERE e.retired_at IS NULL AND e.grey_from > @since AND e.grey_from <= @today GROUP BY e.keeper_id";
}
