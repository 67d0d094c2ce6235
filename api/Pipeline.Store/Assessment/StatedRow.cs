using Pipeline.Data;
using Pipeline.Domain.Assessment;

namespace Pipeline.Store.Assessment;

/// <summary>A version of what was stated of an indicator (R100): of a unit or the city, for a month, a quarter or a year.</summary>
public sealed class StatedRow
{
    public long Seq { get; init; }
    public required string IndicatorId { get; init; }

    /// <summary>Empty: the city.</summary>
    public required string UnitId { get; init; }
    public required string Period { get; init; }
    public long Version { get; init; }

    /// <summary>In millionths; null: it was taken back, nothing is known.</summary>
    public long? Value { get; init; }
    public required string Source { get; init; }
    public required string StatedBy { get; init; }
    public required string StatedByName { get; init; }
    public DateTimeOffset StatedAt { get; init; }

    public decimal? Number => Value is { } millionths ? Millionths.Value(millionths) : null;

    /// <summary>The versions that stand of a year and the year before, or stood at an instant.</summary>
    public static async Task<IReadOnlyList<StatedRow>> Standing(
        Session session,
        int year,
        DateTimeOffset? knownAt = null
    ) =>
        [
            .. (
                await session.Query<StatedRow>(
                    $"{Select} WHERE period >= @first AND period < @after ORDER BY period, seq",
                    new { first = $"{year - 1:0000}", after = $"{year + 1:0000}" }
                )
            )
                .Where(row => knownAt is null || row.StatedAt <= knownAt)
                .GroupBy(row => (row.IndicatorId, row.UnitId, row.Period))
                .Select(versions => versions.MaxBy(row => row.Version)!),
        ];

    /// <summary>All versions of one value, in their order.</summary>
    public static Task<List<StatedRow>> Versions(Session session, string indicatorId, string unitId, string period) =>
        session.Query<StatedRow>(
            $"{Select} WHERE indicator_id = @indicatorId AND unit_id = @unitId AND period = @period ORDER BY version",
            new
            {
                indicatorId,
                unitId,
                period,
            }
        );

    /// <summary>As figures take them.</summary>
    public static IReadOnlyList<StatedValue> Values(IEnumerable<StatedRow> rows) =>
        [
            .. rows.Where(row => row.Value is not null)
                .Select(row => new StatedValue(
                    row.IndicatorId,
                    row.UnitId.Length == 0 ? null : row.UnitId,
                    row.Period,
                    row.Number!.Value
                )),
        ];

    public static Task Add(
        Session session,
        Caller by,
        string indicatorId,
        string unitId,
        string period,
        long version,
        decimal? value,
        string source
    ) =>
        session.Execute(
            Insert,
            new
            {
                indicatorId,
                unitId,
                period,
                version,
                value = value is { } number ? Millionths.Of(number) : (long?)null,
                source,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );

    private const string Select =
        "SELECT seq, indicator_id, unit_id, period, version, value, source, stated_by, stated_by_name, stated_at FROM indicator_values";
    private const string Insert = """
        INSERT INTO indicator_values (indicator_id, unit_id, period, version, value, source, stated_by, stated_by_name, stated_at)
        VALUES (@indicatorId, @unitId, @period, @version, @value, @source, @by, @byName, @now)
        """;
}
