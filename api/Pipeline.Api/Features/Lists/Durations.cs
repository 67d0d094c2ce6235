using System.Globalization;
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
            var left = (await StageTotals.Visible(session, call.Caller, SumsBy.Length, null, unit)).ToLookup(
                sum => sum.Stage,
                sum => (int.Parse(sum.Item, CultureInfo.InvariantCulture), sum.Count)
            );
            var standing = (await StageTotals.Visible(session, call.Caller, SumsBy.Since, null, unit)).ToLookup(
                sum => sum.Stage,
                sum =>
                    (
                        session.Today.DayNumber
                            - DateOnly.ParseExact(sum.Item, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber,
                        sum.Count
                    )
            );
            return Reply.Plain(
                new Response(
                    session.Today,
                    [
                        .. new[] { Stage.InTalks, Stage.Signed, Stage.Registered, Stage.Started }.Select(
                            stage => new Row(stage, Of([.. left[Slug.Of(stage)]]), Of([.. standing[Slug.Of(stage)]]))
                        ),
                    ]
                )
            );
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

    private static Spread Of(IReadOnlyList<(int Days, long Count)> lengths) =>
        new(lengths.Sum(length => length.Count), Percentile(lengths, 50), Percentile(lengths, 90));
}
