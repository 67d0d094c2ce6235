using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;

namespace Pipeline.Store.Assessment;

/// <summary>Where an indicator that the centre defines stands (C13).</summary>
public enum IndicatorStatus
{
    Draft,
    Published,
    Retired,
}

/// <summary>An indicator waits for a second person.</summary>
public sealed record IndicatorDrafted(string IndicatorId, string Name, Caller Actor) : IDomainEvent;

/// <summary>An indicator that the centre defines, as it is stored.</summary>
public sealed class IndicatorRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Status { get; init; }
    public required string Body { get; init; }
    public required string DraftedBy { get; init; }
    public required string DraftedByName { get; init; }
    public DateTimeOffset DraftedAt { get; init; }
    public string? PublishedBy { get; init; }
    public string? PublishedByName { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public string? RetiredBy { get; init; }
    public string? RetiredByName { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }
    public string? RetireReason { get; init; }
    public long Version { get; init; }

    public IndicatorStatus At => Slug.To<IndicatorStatus>(Status);

    public IndicatorDefinition Definition => Json.Read<IndicatorBody>(Body).Definition();

    /// <summary>All that were ever drafted, in their order.</summary>
    public static Task<List<IndicatorRow>> All(Session session) =>
        session.Query<IndicatorRow>($"{Select} ORDER BY seq");

    public static Task<IndicatorRow?> ById(Session session, string id) =>
        session.One<IndicatorRow>($"{Select} WHERE id = @id", new { id });

    /// <summary>Whether it says of a built-in indicator that is stated that the city counts it (decision 90).</summary>
    public bool CountsBuiltIn => IndicatorDefinition.CountedForms.ContainsKey(Id);

    /// <summary>The indicators of which figures are made: the built-in ones, stated or counted as the city chose, and those that were published and not retired.</summary>
    public static async Task<IReadOnlyList<IndicatorDefinition>> InUse(Session session) =>
        Among(await All(session), row => row.At == IndicatorStatus.Published);

    /// <summary>Those in use and those that were: what targets and values name.</summary>
    public static async Task<IReadOnlyList<IndicatorDefinition>> Known(Session session) =>
        Among(await All(session), row =>
            row.PublishedAt is not null && (row.At == IndicatorStatus.Published || !row.CountsBuiltIn)
        );

    private static IReadOnlyList<IndicatorDefinition> Among(List<IndicatorRow> rows, Func<IndicatorRow, bool> takes)
    {
        var taken = rows.Where(takes).ToDictionary(row => row.Id, row => row.Definition, StringComparer.Ordinal);
        return
        [
            .. IndicatorDefinition.BuiltIn.Select(builtIn =>
                taken.Remove(builtIn.Id, out var counted) ? counted : builtIn
            ),
            .. rows.Where(row => taken.ContainsKey(row.Id)).Select(row => taken[row.Id]),
        ];
    }

    /// <summary>Adds an indicator that two persons agree on already: the demo city's.</summary>
    public static Task AddPublished(
        Session session,
        Caller drafter,
        Caller publisher,
        IndicatorDefinition definition
    ) =>
        session.Execute(
            InsertPublished,
            new
            {
                id = definition.Id,
                body = Json.Write(IndicatorBody.Of(definition)),
                by = drafter.UserId,
                byName = drafter.DisplayName,
                publishedBy = publisher.UserId,
                publishedByName = publisher.DisplayName,
                now = session.Now,
            }
        );

    private const string InsertPublished = """
        INSERT INTO indicators (id, status, body, drafted_by, drafted_by_name, drafted_at, published_by, published_by_name, published_at, version, updated_at)
        VALUES (@id, 'published', @body, @by, @byName, @now, @publishedBy, @publishedByName, @now, 2, @now)
        """;
    private const string Select = """
        SELECT seq, id, status, body, drafted_by, drafted_by_name, drafted_at, published_by, published_by_name, published_at, retired_by, retired_by_name, retired_at, retire_reason, version
        FROM indicators
        """;
}
