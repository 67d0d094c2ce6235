using Pipeline.Data;

namespace Pipeline.Store.Assessment;

/// <summary>A version of a mark that a person gave of an item, a bonus or a deduction (R111).</summary>
public sealed class ScoreMarkRow
{
    public required string UnitId { get; init; }
    public required string ItemId { get; init; }
    public long Version { get; init; }

    /// <summary>In millionths; null: it was taken back.</summary>
    public long? Mark { get; init; }
    public required string Reason { get; init; }
    public required string GivenBy { get; init; }
    public required string GivenByName { get; init; }
    public DateTimeOffset GivenAt { get; init; }

    public decimal? Number => Mark is { } millionths ? Millionths.Value(millionths) : null;

    /// <summary>The versions that stand under a model.</summary>
    public static async Task<IReadOnlyList<ScoreMarkRow>> Standing(Session session, string modelId) =>
        [
            .. (
                await session.Query<ScoreMarkRow>(
                    $"{Select} WHERE model_id = @modelId ORDER BY unit_id, item_id, version",
                    new { modelId }
                )
            )
                .GroupBy(row => (row.UnitId, row.ItemId))
                .Select(versions => versions.MaxBy(row => row.Version)!),
        ];

    /// <summary>All versions of one mark, in their order.</summary>
    public static Task<List<ScoreMarkRow>> Versions(Session session, string modelId, string unitId, string itemId) =>
        session.Query<ScoreMarkRow>(
            $"{Select} WHERE model_id = @modelId AND unit_id = @unitId AND item_id = @itemId ORDER BY version",
            new
            {
                modelId,
                unitId,
                itemId,
            }
        );

    public static Task Add(
        Session session,
        Caller by,
        string modelId,
        string unitId,
        string itemId,
        long version,
        decimal? mark,
        string reason
    ) =>
        session.Execute(
            Insert,
            new
            {
                modelId,
                unitId,
                itemId,
                version,
                mark = mark is { } number ? Millionths.Of(number) : (long?)null,
                reason,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );

    private const string Select =
        "SELECT unit_id, item_id, version, mark, reason, given_by, given_by_name, given_at FROM score_marks";
    private const string Insert = """
        INSERT INTO score_marks (model_id, unit_id, item_id, version, mark, reason, given_by, given_by_name, given_at)
        VALUES (@modelId, @unitId, @itemId, @version, @mark, @reason, @by, @byName, @now)
        """;
}
