using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Problems;

namespace Pipeline.Api.Features.Problems;

/// <summary>Time to close, by department or kind (R73): of what was closed in a period, and how much is unresolved now.</summary>
public static class ReadProblemStatistics
{
    public enum By
    {
        Department,
        Kind,
    }

    public sealed record Row
    {
        /// <summary>The department; absent by kind, and for what no department had.</summary>
        public UnitRef? Department { get; init; }
        public ProblemKind? Kind { get; init; }

        /// <summary>How many were closed in the period.</summary>
        public required int Closed { get; init; }

        /// <summary>Half of them took so many working days or fewer, after the day of raising; absent where none was closed.</summary>
        public decimal? MedianDays { get; init; }

        /// <summary>The share of those closed on their due date or before, as a ratio; absent where none was closed.</summary>
        public string? InTime { get; init; }

        /// <summary>How many were closed late.</summary>
        public required int Late { get; init; }

        /// <summary>How many are unresolved now, and how many of these are overdue.</summary>
        public required int Unresolved { get; init; }
        public required int Overdue { get; init; }
    }

    public sealed record Response
    {
        public required string Period { get; init; }
        public required IReadOnlyList<Row> Items { get; init; }

        /// <summary>Of all together: the median of all, not of the medians.</summary>
        public required Row Total { get; init; }
    }

    public static async Task<IResult> Handle(Call call)
    {
        var query = new QueryReader(call.Request);
        var by = query.Choice<By>("by") ?? By.Department;
        var period = query.Text("period", 7);
        if (period is not null && Periods.Months(period) is null)
            query.Refuse("period", "period");
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var where = ProblemFilter.Visible(call.Caller);
        return await call.Read<IResult>(async session =>
        {
            period ??= session.Today.Year.ToString(CultureInfo.InvariantCulture);
            var (first, last) = Periods.Months(period)!.Value;
            where.Values.Add("from", FirstOf(first));
            where.Values.Add("to", FirstOf(last).AddMonths(1).AddDays(-1));
            var closed = await session.Query<Counted>(
                $"{Select} WHERE b.closed_on >= @from AND b.closed_on <= @to AND {where.Sql}",
                where.Values
            );
            var unresolved = await session.Query<Counted>(
                $"{Select} WHERE b.status IN ('open', 'assigned', 'answered', 'reopened') AND {where.Sql}",
                where.Values
            );
            foreach (var row in closed.Concat(unresolved).Where(row => row.Secret))
                session.Note(SecretReads.Of("read-secret-project", "problem", row.Id, row.ProjectId));
            var all = closed.Concat(unresolved).ToList();
            return Reply.Plain(
                new Response
                {
                    Period = period,
                    Items =
                    [
                        .. all.GroupBy(row => by == By.Kind ? row.Kind : row.DepartmentId ?? "")
                            .OrderBy(group => group.Key, StringComparer.Ordinal)
                            .Select(group =>
                                Of([.. group], session.Today) with
                                {
                                    Department =
                                        by == By.Department && group.Key.Length > 0
                                            ? new UnitRef(group.Key, group.First().DepartmentName!)
                                            : null,
                                    Kind = by == By.Kind ? Slug.To<ProblemKind>(group.Key) : null,
                                }
                            ),
                    ],
                    Total = Of(all, session.Today),
                }
            );
        });
    }

    private static Row Of(IReadOnlyList<Counted> rows, DateOnly today)
    {
        var times = ClosingTimes.Of(
            rows.Where(row => row.ClosedOn is not null).Select(row => (row.ClosedIn!.Value, row.ClosedOn <= row.DueOn))
        );
        return new Row
        {
            Closed = times.Closed,
            MedianDays = times.MedianDays,
            InTime = Ratios.Text(times.ShareInTime),
            Late = times.Closed - times.InTime,
            Unresolved = rows.Count(row => row.ClosedOn is null),
            Overdue = rows.Count(row => row.ClosedOn is null && row.DueOn < today),
        };
    }

    private static DateOnly FirstOf(string month) =>
        DateOnly.ParseExact($"{month}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Counted
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public bool Secret { get; init; }
        public required string Kind { get; init; }
        public string? DepartmentId { get; init; }
        public string? DepartmentName { get; init; }
        public DateOnly DueOn { get; init; }
        public DateOnly? ClosedOn { get; init; }
        public int? ClosedIn { get; init; }
    }

    private const string Select = $"""
        SELECT b.id, b.project_id, p.secret, b.kind, b.department_id, d.name AS department_name, b.due_on, b.closed_on, b.closed_in
        {ProblemRow.From}
        """;
}
