using Pipeline.Api.Data;
using Pipeline.Api.Http;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Lists;

/// <summary>How long projects stay in each of the four stages: those that have left it, and those that stand in it today.</summary>
public static class Durations
{
    /// <summary>How many, and the days that half of them and nine in ten of them took at most; none where there is nobody.</summary>
    public sealed record Spread(long Count, int? MedianDays, int? P90Days);

    public sealed record Row(Stage Stage, Spread Left, Spread Standing);

    public sealed record Response(DateOnly AsOf, IReadOnlyList<Row> Rows);

    public static async Task<IResult> Handle(Call call)
    {
        var query = new QueryReader(call.Request);
        var unit = query.Text("jurisdictionId", 32);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var left = await Lengths(session, call.Caller, unit, "s.left_on IS NOT NULL", session.Dialect.Days("s.entered_on", "s.left_on"));
            var standing = await Lengths(session, call.Caller, unit, "s.left_on IS NULL", session.Dialect.Days("s.entered_on", "@today"));
            return Reply.Plain(new Response(session.Today, [.. new[] { Stage.InTalks, Stage.Signed, Stage.Registered, Stage.Started }.Select(stage =>
                new Row(stage, Of([.. left[Slug.Of(stage)]]), Of([.. standing[Slug.Of(stage)]])))]));
        });
    }

    /// <summary>The least number of days within which so many per cent lie (nearest rank).</summary>
    public static int? Percentile(IReadOnlyList<(int Days, long Count)> lengths, int percent)
    {
        var all = lengths.Sum(length => length.Count);
        var rank = (all * percent + 99) / 100;
        var passed = 0L;
        foreach (var (days, count) in lengths.OrderBy(length => length.Days))
        {
            passed += count;
            if (passed >= rank)
                return days;
        }

        return null;
    }

    private static Spread Of(IReadOnlyList<(int Days, long Count)> lengths) => new(lengths.Sum(length => length.Count), Percentile(lengths, 50), Percentile(lengths, 90));

    // One row for each length that occurs, however many projects there are.
    private static async Task<ILookup<string, (int Days, long Count)>> Lengths(Session session, Caller caller, string? unit, string which, string days)
    {
        var filter = VisibleSpans.Of(caller, unit);
        filter.Add($"{which} AND s.entered_on <= @today", "today", session.Today);
        filter.Add(VisibleSpans.EntryIsKnown);
        filter.Add("s.stage IN ('in-talks', 'signed', 'registered', 'started')");
        var rows = await session.Query<Length>(
            $"SELECT l.stage, l.days, COUNT(*) AS count FROM (SELECT s.stage, {days} AS days FROM stage_spans s JOIN projects p ON p.id = s.project_id WHERE {filter.Where}) l GROUP BY l.stage, l.days",
            filter.Values);
        return rows.ToLookup(row => row.Stage, row => ((int)row.Days, row.Count));
    }

    private sealed class Length
    {
        public required string Stage { get; init; }
        public long Days { get; init; }
        public long Count { get; init; }
    }
}
