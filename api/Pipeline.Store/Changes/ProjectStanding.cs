using Pipeline.Data;
using Pipeline.Domain.Changes;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Changes;

/// <summary>To whom a project was open when the feed told of it last, and is at the end of a session.</summary>
public sealed class ProjectStanding
{
    /// <summary>How many projects one statement looks up.</summary>
    public const int MostLookedUp = 400;

    private readonly string id;

    private ProjectStanding(
        string id,
        State state,
        IEnumerable<string> before,
        IEnumerable<string> partners,
        IReadOnlyList<string> named
    )
    {
        this.id = id;
        Before = before.ToHashSet(StringComparer.Ordinal);
        Named = named;
        (OwnerId, Secret) = (state.OwnerId, state.Secret);
        (Version, PublicVersion) = (state.Version, state.PublicVersion);
        Stage = Slug.To<Stage>(state.Stage);
        After = ProjectAudience.Of(state.OwnerId, Stage, state.SignedOn, Secret, partners, named);
    }

    public IReadOnlySet<string> Before { get; }
    public IReadOnlySet<string> After { get; }

    /// <summary>The leaders named on it.</summary>
    public IReadOnlyList<string> Named { get; }
    public string OwnerId { get; }
    public bool Secret { get; }
    public Stage Stage { get; }
    public long Version { get; }
    public long PublicVersion { get; }

    /// <summary>How the projects of a session stand. What has just come in is known without asking.</summary>
    public static async Task<Dictionary<string, ProjectStanding>> Load(
        Session session,
        IReadOnlyDictionary<string, NotedProject> noted,
        IEnumerable<string> others
    )
    {
        var standings = new Dictionary<string, ProjectStanding>(StringComparer.Ordinal);
        foreach (var (id, project) in noted)
        {
            if (project is { Entered: { } entered, HasChanged: false })
                standings.Add(id, OfEntered(session, entered));
        }

        foreach (var ids in noted.Keys.Union(others).Except(standings.Keys).Chunk(MostLookedUp))
        {
            using var answers = await session.Answers(
                $"{SelectStates}; {SelectAudiences}; {SelectPartners}; {SelectNamed}",
                new { ids }
            );
            var states = (await answers.ReadAsync<State>()).ToList();
            var before = Grouped(await answers.ReadAsync<Reader>());
            var partners = Grouped(await answers.ReadAsync<Reader>());
            var named = Grouped(await answers.ReadAsync<Reader>());
            foreach (var state in states)
                standings.Add(
                    state.Id,
                    new ProjectStanding(state.Id, state, before[state.Id], partners[state.Id], [.. named[state.Id]])
                );
        }

        return standings;
    }

    /// <summary>Remembers to whom it is open now.</summary>
    public void Keep(Session session)
    {
        foreach (var reader in Before.Except(After))
            session.Later(Forget, new { projectId = id, reader });
        session.Add(Audiences, After.Except(Before).Select(reader => new object?[] { id, reader }));
    }

    /// <summary>The projects whose audience is not what it was told as: none, or somebody's sight changed without the feed.</summary>
    public static async Task<IReadOnlyList<string>> Violations(Session session) =>
        await session.Query<string>(Differences);

    private static ProjectStanding OfEntered(Session session, NewProject project) =>
        new(
            project.Id,
            new State
            {
                Id = project.Id,
                OwnerId = project.OwnerId,
                Stage = Slug.Of(project.Stage),
                SignedOn = project.DatesOn(session.Today).Signed,
                Secret = project.Body.Secret,
                Version = 1,
                PublicVersion = 1,
            },
            [],
            [],
            [.. (project.Body.Leaders ?? []).Distinct()]
        );

    private static ILookup<string, string> Grouped(IEnumerable<Reader> rows) =>
        rows.ToLookup(row => row.ProjectId, row => row.Who, StringComparer.Ordinal);

    private sealed class State
    {
        public required string Id { get; init; }
        public required string OwnerId { get; init; }
        public required string Stage { get; init; }
        public DateOnly? SignedOn { get; init; }
        public bool Secret { get; init; }
        public long Version { get; init; }
        public long PublicVersion { get; init; }
    }

    private sealed class Reader
    {
        public required string ProjectId { get; init; }
        public required string Who { get; init; }
    }

    private static readonly BulkTable Audiences = new("change_audiences", "project_id", "reader");

    private const string SelectStates =
        "SELECT id, owner_id, stage, signed_on, secret, version, public_version FROM projects WHERE id IN @ids";
    private const string SelectAudiences =
        "SELECT project_id, reader AS who FROM change_audiences WHERE project_id IN @ids";
    private const string SelectPartners = """
        SELECT n.project_id, n.jurisdiction_id AS who FROM co_negotiators n
        JOIN projects p ON p.id = n.project_id JOIN claims c ON c.id = p.claim_id AND c.id = n.claim_id
        WHERE n.project_id IN @ids AND c.status = 'active'
        """;
    private const string SelectNamed =
        "SELECT project_id, user_id AS who FROM project_leaders WHERE project_id IN @ids";
    private const string Forget = "DELETE FROM change_audiences WHERE project_id = @projectId AND reader = @reader";

    private const string Differences = """
        WITH audiences AS (
          SELECT p.id AS project_id, p.owner_id AS reader FROM projects p
          UNION SELECT p.id, 'leaders' FROM projects p WHERE p.secret = 0
          UNION SELECT p.id, '*' FROM projects p
            WHERE p.secret = 0 AND (p.stage NOT IN ('in-talks', 'terminated') OR (p.stage = 'terminated' AND p.signed_on IS NOT NULL))
          UNION SELECT l.project_id, l.user_id FROM project_leaders l JOIN projects p ON p.id = l.project_id WHERE p.secret = 1
          UNION SELECT n.project_id, n.jurisdiction_id FROM co_negotiators n
            JOIN projects p ON p.id = n.project_id JOIN claims c ON c.id = p.claim_id AND c.id = n.claim_id
            WHERE c.status = 'active' AND p.stage = 'in-talks'
        )
        SELECT a.project_id FROM audiences a
        WHERE NOT EXISTS (SELECT 1 FROM change_audiences k WHERE k.project_id = a.project_id AND k.reader = a.reader)
        UNION
        SELECT k.project_id FROM change_audiences k
        WHERE NOT EXISTS (SELECT 1 FROM audiences a WHERE a.project_id = k.project_id AND a.reader = k.reader)
        """;
}
