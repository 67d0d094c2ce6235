using System.Globalization;
using Pipeline.Api.Data;
using Pipeline.Api.Features.Projects;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Lists;

/// <summary>A run of months, the last twelve unless asked otherwise.</summary>
public sealed record Months(DateOnly From, DateOnly To)
{
    public const int Most = 60;

    /// <summary>The days of the months, both included.</summary>
    public (DateOnly First, DateOnly Last) Days => (From, To.AddMonths(1).AddDays(-1));

    public IEnumerable<string> Names => Enumerable.Range(0, Count).Select(n => From.AddMonths(n).ToString("yyyy-MM", CultureInfo.InvariantCulture));

    private int Count => (To.Year - From.Year) * 12 + To.Month - From.Month + 1;

    /// <summary>The months between <c>from</c> and <c>to</c>: none to come, and at most <see cref="Most"/>.</summary>
    public static Result<Months> Between(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var last = to ?? new DateOnly(today.Year, today.Month, 1);
        if (last > today)
            return Problems.Invalid(new FieldError("to", "future"));
        var months = new Months(from ?? (last.DayNumber > 400 ? last.AddMonths(-11) : DateOnly.MinValue), last);
        return months.Count is < 1 or > Most ? Problems.Invalid(new FieldError("from", "months", 1, Most)) : months;
    }
}

/// <summary>How many projects entered and left each stage, month by month.</summary>
public static class Flow
{
    public sealed record Passage(Stage Stage, long Entered, long Left);

    public sealed record Month(string Name, IReadOnlyList<Passage> Stages);

    public sealed record Response(IReadOnlyList<Month> Months);

    public static async Task<IResult> Handle(Call call)
    {
        var query = new QueryReader(call.Request);
        var (from, to) = (query.Month("from"), query.Month("to"));
        var unit = query.Text("jurisdictionId", 32);
        var refusal = query.Refusal();
        return await call.Read<IResult>(async session =>
        {
            if (refusal is not null)
                return (Reply)refusal;
            var asked = Months.Between(from, to, session.Today);
            if (asked.Refusal is { } wrong)
                return (Reply)wrong;
            var months = asked.Value;
            var entered = await Count(session, call.Caller, unit, "s.entered_on", months);
            var left = await Count(session, call.Caller, unit, "s.left_on", months);
            return Reply.Plain(new Response([.. months.Names.Select(name => new Month(name, [.. Enum.GetValues<Stage>().Select(stage =>
                new Passage(stage, entered.GetValueOrDefault((name, stage)), left.GetValueOrDefault((name, stage))))]))]));
        });
    }

    private static async Task<Dictionary<(string, Stage), long>> Count(Session session, Caller caller, string? unit, string column, Months months)
    {
        var filter = VisibleSpans.Of(caller, unit);
        if (column == "s.entered_on")
            filter.Add(VisibleSpans.EntryIsKnown);
        filter.Add($"{column} >= @first", "first", months.Days.First);
        filter.Add($"{column} <= @last", "last", months.Days.Last);
        var month = session.Dialect.Month(column);
        var rows = await session.Query<Counted>(
            $"SELECT {month} AS month, s.stage, COUNT(*) AS count FROM stage_spans s JOIN projects p ON p.id = s.project_id WHERE {filter.Where} GROUP BY {month}, s.stage",
            filter.Values);
        return rows.ToDictionary(row => (row.Month, Slug.To<Stage>(row.Stage)), row => row.Count);
    }

    private sealed class Counted
    {
        public required string Month { get; init; }
        public required string Stage { get; init; }
        public long Count { get; init; }
    }
}

/// <summary>The stretches of stages (<c>s</c>) of projects (<c>p</c>), of one unit or of all, that a caller may count: in a sum too, nobody learns of what others have in talks (R20).</summary>
public static class VisibleSpans
{
    /// <summary>A backfilled project whose register gave no date is listed from the day of the import on; it entered its stage on another, unknown day.</summary>
    public const string EntryIsKnown = """
        (p.import_id IS NULL OR EXISTS (SELECT 1 FROM stage_spans e WHERE e.project_id = s.project_id AND e.seq < s.seq)
          OR CASE s.stage WHEN 'in-talks' THEN p.in_talks_on WHEN 'signed' THEN p.signed_on WHEN 'registered' THEN p.registered_on WHEN 'started' THEN p.started_on WHEN 'in-production' THEN p.in_production_on ELSE p.terminated_on END IS NOT NULL)
        """;

    public static ProjectFilter Of(Caller caller, string? unit)
    {
        var filter = ProjectFilter.Visible(caller);
        if (unit is not null)
            filter.Add("p.owner_id = @unit", "unit", unit);

        // What ended before it was ever signed was in talks only.
        if (!Permissions.ReadsCity(caller))
            filter.Add("(p.owner_id = @mine OR (s.stage <> 'in-talks' AND (s.stage <> 'terminated' OR EXISTS (SELECT 1 FROM stage_spans b WHERE b.project_id = s.project_id AND b.stage = 'signed' AND b.seq < s.seq))))");
        return filter;
    }
}
