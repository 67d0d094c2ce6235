using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;

namespace Pipeline.Store.Assessment;

/// <summary>Where a score model stands (C13).</summary>
public enum ScoreModelStatus
{
    Draft,
    Published,

    /// <summary>A draft that was given up.</summary>
    Withdrawn,
}

/// <summary>A score model waits for a second person.</summary>
public sealed record ScoreModelDrafted(string ModelId, string Name, Caller Actor) : IDomainEvent;

/// <summary>A score model is in force: the units of its groups are scored by it.</summary>
public sealed record ScoreModelPublished(string ModelId, string Name, IReadOnlyList<string> Units, Caller Actor)
    : IDomainEvent;

/// <summary>A score model as it is stored (R111).</summary>
public sealed class ScoreModelRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public int Year { get; init; }

    /// <summary>Which of its year's models it is, from 1.</summary>
    public long Number { get; init; }
    public required string Status { get; init; }
    public required string Body { get; init; }
    public required string DraftedBy { get; init; }
    public required string DraftedByName { get; init; }
    public DateTimeOffset DraftedAt { get; init; }
    public string? PublishedBy { get; init; }
    public string? PublishedByName { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public long Version { get; init; }

    public ScoreModelStatus At => Slug.To<ScoreModelStatus>(Status);

    public ScoreModel Model => Json.Read<ScoreModel>(Body);

    /// <summary>Drafts are for those who draft and publish, and for auditors.</summary>
    public bool IsVisible(Caller caller) =>
        At == ScoreModelStatus.Published || caller.Role is Role.Coordinator or Role.Auditor or Role.Admin;

    /// <summary>All models, the newest year first.</summary>
    public static Task<List<ScoreModelRow>> All(Session session) =>
        session.Query<ScoreModelRow>($"{Select} ORDER BY year DESC, number DESC");

    public static Task<ScoreModelRow?> ById(Session session, string id) =>
        session.One<ScoreModelRow>($"{Select} WHERE id = @id", new { id });

    /// <summary>The model in force for a year: the last that was published; null where none was.</summary>
    public static async Task<ScoreModelRow?> InForce(Session session, int year) =>
        (
            await session.Query<ScoreModelRow>(
                $"{Select} WHERE year = @year AND published_at IS NOT NULL ORDER BY number DESC",
                new { year }
            )
        ).FirstOrDefault();

    /// <summary>The last year, up to one, that has a model in force; null where none has.</summary>
    public static Task<int?> LastYear(Session session, int until) =>
        session.One<int?>(
            "SELECT MAX(year) FROM score_models WHERE year <= @until AND published_at IS NOT NULL",
            new { until }
        );

    /// <summary>Adds a draft, as the next model of its year.</summary>
    public static async Task<string> Add(Session session, Caller by, ScoreModel model)
    {
        var id = Ids.New();
        var last = await session.One<long?>(
            "SELECT MAX(number) FROM score_models WHERE year = @year",
            new { year = model.Year }
        );
        await session.Execute(
            Insert,
            new
            {
                id,
                year = model.Year,
                number = (last ?? 0) + 1,
                body = Json.Write(model),
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );
        return id;
    }

    public static Task Change(Session session, ScoreModelRow row, ScoreModel model) =>
        session.ExecuteOnOne(
            Update,
            new
            {
                id = row.Id,
                body = Json.Write(model),
                now = session.Now,
                version = row.Version,
            }
        );

    /// <summary>Puts a draft in force.</summary>
    public static Task Publish(Session session, Caller by, ScoreModelRow row) =>
        session.ExecuteOnOne(
            SetPublished,
            new
            {
                id = row.Id,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
                version = row.Version,
            }
        );

    /// <summary>Gives a draft up; its number is not given again.</summary>
    public static Task Withdraw(Session session, ScoreModelRow row) =>
        session.ExecuteOnOne(
            SetWithdrawn,
            new
            {
                id = row.Id,
                now = session.Now,
                version = row.Version,
            }
        );

    private const string SetWithdrawn =
        "UPDATE score_models SET status = 'withdrawn', version = version + 1, updated_at = @now WHERE id = @id AND status = 'draft' AND version = @version";
    private const string Select = """
        SELECT seq, id, year, number, status, body, drafted_by, drafted_by_name, drafted_at, published_by, published_by_name, published_at, version
        FROM score_models
        """;
    private const string Insert = """
        INSERT INTO score_models (id, year, number, status, body, drafted_by, drafted_by_name, drafted_at, version, updated_at)
        VALUES (@id, @year, @number, 'draft', @body, @by, @byName, @now, 1, @now)
        """;
    private const string Update =
        "UPDATE score_models SET body = @body, version = version + 1, updated_at = @now WHERE id = @id AND status = 'draft' AND version = @version";
    private const string SetPublished =
        "UPDATE score_models SET status = 'published', published_by = @by, published_by_name = @byName, published_at = @now, version = version + 1, updated_at = @now WHERE id = @id AND status = 'draft' AND version = @version";
}
