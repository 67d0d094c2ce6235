using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Lists;

/// <summary>A run of months, the last twelve unless asked otherwise.</summary>
public sealed record Months(DateOnly From, DateOnly To)
{
    public const int Most = 60;

    public IEnumerable<string> Names =>
        Enumerable.Range(0, Count).Select(n => From.AddMonths(n).ToString("yyyy-MM", CultureInfo.InvariantCulture));

    private int Count => (To.Year - From.Year) * 12 + To.Month - From.Month + 1;

    /// <summary>The months between <c>from</c> and <c>to</c>: none to come, and at most <see cref="Most"/>.</summary>
    public static Result<Months> Between(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var last = to ?? new DateOnly(today.Year, today.Month, 1);
        if (last > today)
            return Refusal.Invalid(new FieldError("to", "future"));
        var months = new Months(from ?? (last.DayNumber > 400 ? last.AddMonths(-11) : DateOnly.MinValue), last);
        return months.Count is < 1 or > Most ? Refusal.Invalid(new FieldError("from", "months", 1, Most)) : months;
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
            var names = months.Names.ToList();
            var passages = (await StageTotals.Flow(session, call.Caller, names[0], names[^1], unit)).ToLookup(passage =>
                (passage.Month, Slug.To<Stage>(passage.Stage))
            );
            return Reply.Plain(
                new Response([
                    .. names.Select(name => new Month(
                        name,
                        [
                            .. Enum.GetValues<Stage>()
                                .Select(stage => new Passage(
                                    stage,
                                    passages[(name, stage)].Sum(passage => passage.Entered),
                                    passages[(name, stage)].Sum(passage => passage.Gone)
                                )),
                        ]
                    )),
                ])
            );
        });
    }
}
