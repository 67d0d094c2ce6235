using System.Text.Json.Nodes;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Meetings;

/// <summary>Makes an agenda from the facts as they stood at its cut-off, and from what the centre changed (R74).</summary>
public static class ComposeAgenda
{
    /// <summary>All that is on it, and what was taken off it, in the order in which it is gone through: projects by list, the largest first, problems by due date, undone decisions, what was added.</summary>
    public static async Task<List<AgendaItem>> Of(Session session, RuleBook book, MeetingRow meeting)
    {
        var cutOff = new CutOff(
            session.Now < meeting.CutOffAt ? session.Now : meeting.CutOffAt,
            book.ById(meeting.RuleSetId)
        );
        var changes = (await MeetingItemRow.Of(session, meeting.Id)).ToDictionary(change => change.ItemId);
        List<AgendaItem> made =
        [
            .. await Projects(session, cutOff),
            .. await Problems(session, book, cutOff),
            .. await Actions(session, cutOff),
        ];
        var known = made.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var added = changes.Values.Where(change => !known.Contains(change.ItemId)).ToList();
        made.AddRange(await Added(session, added));
        return [.. made.Select(item => changes.TryGetValue(item.Id, out var change) ? Changed(item, change) : item)];
    }

    /// <summary>An item as the centre changed it.</summary>
    private static AgendaItem Changed(AgendaItem item, MeetingItemRow change) =>
        item with
        {
            Note = change.Note ?? item.Note,
            Dropped = change.IsDropped ? change.Change : null,
            Added = change.IsDropped || item.Kind != AgendaItemKind.Other ? null : change.Change,
        };

    private static async Task<IEnumerable<AgendaItem>> Projects(Session session, CutOff cutOff)
    {
        var sizes = new List<string>();
        var parameters = new Parameters { { "day", cutOff.Day }, { "at", cutOff.At } };
        var named = Validation
            .Currencies.Select(currency => (currency, Agenda.LeastIn(currency, cutOff.Rules, cutOff.Day.Year)))
            .ToList();
        foreach (var (at, (currency, least)) in named.Where(one => one.Item2 is not null).Index())
        {
            sizes.Add($"(p.currency = @currency{at} AND p.amount >= @least{at})");
            parameters.Add($"currency{at}", currency);
            parameters.Add($"least{at}", new Money(Math.Floor(Math.Min(least!.Value, Money.Max)), currency).Hundredths);
        }

        // What cannot be measured is on the agenda whatever it is, or never.
        var unmeasured = named
            .Where(one =>
                one.Item2 is null && Agenda.SizeOf(new Money(0, one.currency), cutOff.Rules, cutOff.Day.Year).Reaches
            )
            .Select(one => one.currency)
            .ToList();
        if (unmeasured.Count > 0)
        {
            sizes.Add("p.currency IN @unmeasured");
            parameters.Add("unmeasured", unmeasured);
        }

        var found = await session.Query<Candidate>(
            $"{SelectCandidates} AND ({(sizes.Count == 0 ? "1 = 0" : string.Join(" OR ", sizes))})",
            parameters
        );
        found.AddRange(
            await session.Query<Candidate>(
                $"{SelectCandidates} AND p.updated_at > @at AND EXISTS (SELECT 1 FROM timeline t WHERE t.project_id = p.id AND t.kind = 'edited' AND t.at > @at)",
                new { day = cutOff.Day, at = cutOff.At }
            )
        );
        var totals = await Before<Money?>(
            session,
            found.Where(project => project.UpdatedAt > cutOff.At).Select(project => project.Id),
            cutOff.At,
            (_, before) =>
                before is not null && before.ContainsKey("totalInvestment")
                    ? (true, before["totalInvestment"] is { } total ? Json.Read<Money>(total.ToJsonString()) : null)
                    : (false, null)
        );
        var items = new List<(Stage List, decimal Size, AgendaItem Item)>();
        foreach (var project in found.DistinctBy(project => project.Id))
        {
            var now = project.Amount is { } hundredths
                ? Money.FromHundredths(hundredths, project.Currency!)
                : (Money?)null;
            var total = History.AsOf(now, totals[project.Id], cutOff.At);
            var list = Slug.To<Stage>(project.Stage);
            if (!Agenda.Lists(list, total, cutOff.Rules, cutOff.Day.Year))
                continue;
            var size = Agenda.SizeOf(total!.Value, cutOff.Rules, cutOff.Day.Year);
            items.Add(
                (
                    list,
                    cutOff.Rules.ToCny(total.Value, cutOff.Day.Year) ?? 0,
                    new AgendaItem
                    {
                        Id = project.Id,
                        Kind = AgendaItemKind.Project,
                        Project = project.Told() with
                        {
                            Stage = list,
                            TotalInvestment = total,
                            Measured = size.Measured == total ? null : size.Measured,
                        },
                    }
                )
            );
        }

        return items
            .OrderBy(item => item.List)
            .ThenByDescending(item => item.Size)
            .ThenBy(item => item.Item.Project!.Code, StringComparer.Ordinal)
            .Select(item => item.Item);
    }

    private static async Task<IEnumerable<AgendaItem>> Problems(Session session, RuleBook book, CutOff cutOff)
    {
        var calendar = await WorkCalendars.Load(session);
        var found = await session.Query<ProblemRow>(
            $"{ProblemRow.Select} WHERE b.status IN ('open', 'assigned', 'answered', 'reopened') AND b.raised_at <= @at",
            new { at = cutOff.At }
        );
        found.AddRange(
            await session.Query<ProblemRow>(
                $"{ProblemRow.Select} WHERE b.closed_on >= @day AND b.closed_at > @at AND b.raised_at <= @at",
                new { day = cutOff.Day, at = cutOff.At }
            )
        );
        var changed = found.Select(problem => problem.ProjectId).Distinct().ToList();
        var dues = await Before<(string Problem, DateOnly? DueOn)>(session, changed, cutOff.At, (problem, before) =>
            before?["dueOn"] is { } due && problem is not null
                ? (true, (problem, Json.Read<DateOnly>(due.ToJsonString())))
                : default
        );
        var states = await Before<(string Problem, ProblemStatus Status)>(
            session,
            changed,
            cutOff.At,
            (problem, before) =>
                before?["status"] is { } status && problem is not null
                    ? (true, (problem, Json.Read<ProblemStatus>(status.ToJsonString())))
                    : default
        );
        var items = new List<(DateOnly DueOn, AgendaItem Item)>();
        foreach (var row in found)
        {
            var dueOn = History.AsOf(
                row.DueOn,
                dues[row.ProjectId]
                    .Where(one => one.Before.Problem == row.Id)
                    .Select(one => (one.At, one.Before.DueOn!.Value)),
                cutOff.At
            );
            var status = History.AsOf(
                row.At,
                states[row.ProjectId]
                    .Where(one => one.Before.Problem == row.Id)
                    .Select(one => (one.At, one.Before.Status)),
                cutOff.At
            );
            var times = book.ById(row.RuleSetId).Problems;
            if (!Agenda.Lists(status, dueOn, cutOff.Day, times, calendar))
                continue;
            items.Add(
                (
                    dueOn,
                    new AgendaItem
                    {
                        Id = row.Id,
                        Kind = AgendaItemKind.Problem,
                        Project = Told(row),
                        Problem = new AgendaProblem(
                            row.Id,
                            row.Title,
                            Slug.To<ProblemKind>(row.Kind),
                            dueOn,
                            Escalation.LevelOn(dueOn, cutOff.Day, times, calendar),
                            calendar.WorkdaysBetween(dueOn, cutOff.Day),
                            row.DepartmentId is null ? null : new UnitRef(row.DepartmentId, row.DepartmentName!)
                        ),
                    }
                )
            );
        }

        return items
            .OrderBy(item => item.DueOn)
            .ThenBy(item => item.Item.Project!.Code, StringComparer.Ordinal)
            .Select(item => item.Item);
    }

    private static async Task<IEnumerable<AgendaItem>> Actions(Session session, CutOff cutOff)
    {
        var rows = await session.Query<ActionRow>(
            $"{ActionRow.Select} WHERE a.status = 'open' AND a.decided_at <= @at",
            new { at = cutOff.At }
        );
        rows.AddRange(
            await session.Query<ActionRow>(
                $"{ActionRow.Select} WHERE a.status = 'done' AND a.ended_at > @at AND a.decided_at <= @at",
                new { at = cutOff.At }
            )
        );
        return rows.Where(row => Agenda.Lists(row.DecidedAt, row.EndedAt, cutOff.At))
            .OrderBy(row => row.DueOn)
            .ThenBy(row => row.Seq)
            .Select(row => new AgendaItem
            {
                Id = row.Id,
                Kind = AgendaItemKind.Action,
                Project = row.ProjectId is null ? null : Told(row),
                Action = new AgendaAction(
                    row.Id,
                    row.Text,
                    new UnitRef(row.OwnerId, row.OwnerName),
                    Shanghai.DateOf(row.DecidedAt),
                    row.DueOn,
                    cutOff.Day > row.DueOn,
                    row.Carried + 1
                ),
            });
    }

    /// <summary>What the centre added, and what it took off and the facts no longer put there.</summary>
    private static async Task<IEnumerable<AgendaItem>> Added(Session session, IReadOnlyList<MeetingItemRow> rows)
    {
        var ids = rows.Select(row => row.ProjectId).OfType<string>().Distinct().ToList();
        var projects = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(400))
        {
            foreach (var project in await session.Query<Candidate>(SelectNamed, new { ids = some }))
                projects[project.Id] = project;
        }

        return rows.Where(row => row.Title is not null)
            .Select(row => new AgendaItem
            {
                Id = row.ItemId,
                Kind = AgendaItemKind.Other,
                Title = row.Title,
                Project = row.ProjectId is { } id ? projects[id].Told() : null,
            });
    }

    /// <summary>By project what its timeline says of the time after an instant, in the order in which it happened.</summary>
    private static async Task<ILookup<string, (DateTimeOffset At, T Before)>> Before<T>(
        Session session,
        IEnumerable<string> projects,
        DateTimeOffset at,
        Func<string?, JsonObject?, (bool Told, T Before)> read
    )
    {
        var told = new List<(string Project, DateTimeOffset At, T Before)>();
        foreach (var ids in projects.Distinct().Chunk(400))
        {
            foreach (var entry in await session.Query<Entry>(SelectEntries, new { ids, at }))
            {
                var before = entry.BeforeJson is null ? null : JsonNode.Parse(entry.BeforeJson)!.AsObject();
                var problem = entry.AfterJson is null ? null : (string?)JsonNode.Parse(entry.AfterJson)!["problemId"];
                if (read(problem, before) is (true, var value))
                    told.Add((entry.ProjectId, entry.At, value));
            }
        }

        return told.ToLookup(one => one.Project, one => (one.At, one.Before), StringComparer.Ordinal);
    }

    private static MeetingProject Told(ProblemRow row) =>
        Told(
            row.ProjectId,
            row.ProjectCode,
            row.ProjectStage,
            row.ProjectName,
            row.Facts,
            new UnitRef(row.OwnerId, row.OwnerName)
        );

    private static MeetingProject Told(ActionRow row) =>
        Told(
            row.ProjectId!,
            row.ProjectCode!,
            row.ProjectStage!,
            row.ProjectName!,
            row.Facts!,
            new UnitRef(row.ProjectOwner!, row.ProjectOwnerName!)
        );

    private static MeetingProject Told(
        string id,
        string code,
        string stage,
        string name,
        string facts,
        UnitRef jurisdiction
    )
    {
        var body = Json.Read<ProjectBody>(facts);
        return new MeetingProject
        {
            Id = id,
            Code = code,
            Stage = Slug.To<Stage>(stage),
            Name = name,
            Investors = [.. (body.Investors ?? []).Select(investor => investor.Name!)],
            Jurisdiction = jurisdiction,
            TotalInvestment = body.TotalInvestment,
        };
    }

    /// <summary>As of when, and by which rule set.</summary>
    private sealed record CutOff(DateTimeOffset At, RuleSet Rules)
    {
        public DateOnly Day => Shanghai.DateOf(At);
    }

    private sealed class Candidate
    {
        public required string Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string OwnerId { get; init; }
        public required string OwnerName { get; init; }
        public required string Stage { get; init; }
        public required string Facts { get; init; }
        public long? Amount { get; init; }
        public string? Currency { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }

        public MeetingProject Told() =>
            ComposeAgenda.Told(Id, Code, Stage, Name, Facts, new UnitRef(OwnerId, OwnerName));
    }

    private sealed class Entry
    {
        public required string ProjectId { get; init; }
        public DateTimeOffset At { get; init; }
        public string? BeforeJson { get; init; }
        public string? AfterJson { get; init; }
    }

    private const string Columns =
        "p.id, p.code, p.name, p.owner_id, o.name AS owner_name, p.facts, p.amount, p.currency, p.updated_at";

    private const string SelectCandidates = $"""
        SELECT {Columns}, s.stage FROM projects p JOIN jurisdictions o ON o.id = p.owner_id JOIN stage_spans s ON s.project_id = p.id
        WHERE p.created_at <= @at AND s.entered_on <= @day AND (s.left_on IS NULL OR s.left_on > @day) AND s.stage IN ('in-talks', 'signed', 'registered', 'started')
        """;
    private const string SelectNamed =
        $"SELECT {Columns}, p.stage FROM projects p JOIN jurisdictions o ON o.id = p.owner_id WHERE p.id IN @ids";
    private const string SelectEntries =
        "SELECT t.project_id, t.at, t.before_json, t.after_json FROM timeline t WHERE t.project_id IN @ids AND t.at > @at ORDER BY t.seq";
}
