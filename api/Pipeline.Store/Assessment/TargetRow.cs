using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;

namespace Pipeline.Store.Assessment;

/// <summary>Targets were published (R102): those of one year, by units; the city's are under the empty id.</summary>
public sealed record TargetsPublished(int Year, IReadOnlyDictionary<string, int> ByUnit, Caller Actor) : IDomainEvent;

/// <summary>A version of a target as it is stored (R102). It is in force once a second person published it (C13).</summary>
public sealed class TargetRow
{
    /// <summary>The city, where a unit is named in a path or a sheet.</summary>
    public const string City = "city";

    /// <summary>The first and the last year that a target can be for.</summary>
    public const int FirstYear = 1980,
        LastYear = 2200;

    public long Seq { get; init; }
    public int Year { get; init; }

    /// <summary>Empty: the city.</summary>
    public required string UnitId { get; init; }
    public required string IndicatorId { get; init; }
    public long Version { get; init; }

    /// <summary>Null: there is to be no target.</summary>
    public long? Value { get; init; }
    public bool Binding { get; init; }
    public required string Reason { get; init; }
    public required string SetBy { get; init; }
    public required string SetByName { get; init; }
    public DateTimeOffset SetAt { get; init; }
    public string? PublishedBy { get; init; }
    public string? PublishedByName { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When it was taken back, before anybody published it: it waits no more.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Of the versions of one target, in their order, the last that is in force or waits; null where none is left.</summary>
    public static TargetRow? Standing(IEnumerable<TargetRow> versions) =>
        versions.LastOrDefault(row => row.WithdrawnAt is null);

    public decimal? Number => Value is { } millionths ? Millionths.Value(millionths) : null;

    /// <summary>Whether a caller sees what waits for its second person: those who set and publish, and auditors.</summary>
    public static bool SeesProposals(Caller caller) => caller.Role is Role.Coordinator or Role.Auditor or Role.Admin;

    /// <summary>The versions of a year's targets in their order, or of some of them.</summary>
    public static Task<List<TargetRow>> OfYear(Session session, int year) =>
        session.Query<TargetRow>($"{Select} WHERE year = @year ORDER BY unit_id, indicator_id, version", new { year });

    /// <summary>All versions of one target, in their order.</summary>
    public static Task<List<TargetRow>> Versions(Session session, int year, string unitId, string indicatorId) =>
        session.Query<TargetRow>(
            $"{Select} WHERE year = @year AND unit_id = @unitId AND indicator_id = @indicatorId ORDER BY version",
            new
            {
                year,
                unitId,
                indicatorId,
            }
        );

    /// <summary>The targets of a year that are in force, or were at an instant.</summary>
    public static async Task<IReadOnlyList<Target>> InForce(Session session, int year, DateTimeOffset? knownAt = null)
    {
        var inForce = (await OfYear(session, year))
            .Where(row => row.PublishedAt is { } at && (knownAt is null || at <= knownAt))
            .GroupBy(row => (row.UnitId, row.IndicatorId))
            .Select(versions => versions.MaxBy(row => row.Version)!);
        return
        [
            .. inForce
                .Where(row => row.Value is not null)
                .Select(row => new Target(
                    row.IndicatorId,
                    row.UnitId.Length == 0 ? null : row.UnitId,
                    row.Number!.Value,
                    row.Binding,
                    row.Version
                )),
        ];
    }

    /// <summary>The last year, up to one, in which a target is in force; null where none is.</summary>
    public static Task<int?> LastYearWithTargets(Session session, int until) =>
        session.One<int?>(
            "SELECT MAX(year) FROM targets WHERE year <= @until AND published_at IS NOT NULL",
            new { until }
        );

    /// <summary>Adds a version. It waits for a second person.</summary>
    public static Task Add(
        Session session,
        Caller by,
        int year,
        string unitId,
        string indicatorId,
        long version,
        decimal? value,
        bool binding,
        string reason
    ) =>
        session.Execute(
            Insert,
            new
            {
                year,
                unitId,
                indicatorId,
                version,
                value = value is { } number ? Millionths.Of(number) : (long?)null,
                binding = binding ? 1 : 0,
                reason,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );

    /// <summary>Puts a version in force.</summary>
    public static Task Publish(Session session, Caller by, TargetRow row) =>
        session.ExecuteOnOne(
            SetPublished,
            new
            {
                seq = row.Seq,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );

    /// <summary>Takes a version back that nobody has published.</summary>
    public static Task Withdraw(Session session, TargetRow row) =>
        session.ExecuteOnOne(SetWithdrawn, new { seq = row.Seq, now = session.Now });

    public const string Select = """
        SELECT t.seq, t.year, t.unit_id, t.indicator_id, t.version, t.value, t.binding, t.reason, t.set_by, t.set_by_name, t.set_at, t.published_by, t.published_by_name, t.published_at, t.withdrawn_at
        FROM targets t
        """;
    private const string Insert = """
        INSERT INTO targets (year, unit_id, indicator_id, version, value, binding, reason, set_by, set_by_name, set_at)
        VALUES (@year, @unitId, @indicatorId, @version, @value, @binding, @reason, @by, @byName, @now)
        """;
    private const string SetPublished =
        "UPDATE targets SET published_by = @by, published_by_name = @byName, published_at = @now WHERE seq = @seq AND published_at IS NULL AND withdrawn_at IS NULL";
    private const string SetWithdrawn =
        "UPDATE targets SET withdrawn_at = @now WHERE seq = @seq AND published_at IS NULL AND withdrawn_at IS NULL";
}
