using Pipeline.Data;
using Pipeline.Domain.Changes;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Changes;

/// <summary>A change of a record, as it was noted: whose it is, and what it is now.</summary>
/// <param name="Kind">As a path names it: <c>claims</c>.</param>
/// <param name="Readers">The units and departments that it concerns, or <see cref="ProjectAudience.Everybody"/>.</param>
public sealed record NotedRecord(string Type, string Kind, string Id, params string?[] Readers)
{
    /// <summary>When it became true; null: now.</summary>
    public DateTimeOffset? At { get; init; }
    public string? ProjectId { get; init; }
    public long? Version { get; init; }
    public string? Cause { get; init; }
    public string? State { get; init; }

    /// <summary>Whether it is closed to leaders who are not named, whatever its project is.</summary>
    public bool Secret { get; init; }

    /// <summary>Whether its project is known not to be secret, so that nobody has to look.</summary>
    public bool ProjectIsOpen { get; init; }

    /// <summary>Whether it concerns the unit that has the project.</summary>
    public bool IsOwners { get; init; }
}

/// <summary>What happened in a session that the change feed tells of: records one by one, and each project once.</summary>
public sealed class ChangeNotes : INotedChanges
{
    private readonly List<NotedRecord> records = [];
    private readonly Dictionary<string, NotedProject> projects = new(StringComparer.Ordinal);

    /// <summary>The notes of a session.</summary>
    public static ChangeNotes Of(Session session) => (ChangeNotes)(session.Noted ??= new ChangeNotes());

    public void Add(NotedRecord record) => records.Add(record);

    /// <summary>The note of a project, which says what happened to it in all.</summary>
    public NotedProject Project(string id)
    {
        if (!projects.TryGetValue(id, out var noted))
            projects.Add(id, noted = new NotedProject());
        return noted;
    }

    public async Task AddTo(Session session)
    {
        if (projects.Count + records.Count == 0)
            return;
        var standings = await ProjectStanding.Load(
            session,
            projects,
            records.Where(record => !record.ProjectIsOpen).Select(record => record.ProjectId).OfType<string>()
        );
        foreach (var (id, noted) in projects)
        {
            var standing = standings[id];
            var changed = ChangeOf(session, id, noted, standing);
            if (changed is not null)
                session.Changes.Add(changed);
            standing.Keep(session);
        }

        var versions = await Versions(session);
        foreach (var record in records)
        {
            var standing = record.ProjectId is { } projectId ? standings.GetValueOrDefault(projectId) : null;
            session.Changes.Add(
                new ChangeEntry(
                    record.Type,
                    record.At ?? session.Now,
                    record.Kind,
                    record.Id,
                    record.Cause,
                    ReadersOf(record, standing).ToDictionary(reader => reader, _ => Seen.Throughout)
                )
                {
                    ProjectId = record.ProjectId,
                    Version = record.Version ?? versions.GetValueOrDefault((record.Kind, record.Id)),
                    State = record.State,
                    Secret = record.Secret || standing?.Secret == true,
                }
            );
        }

        // What nobody did, as lights that are judged anew by other limits, is an entry of its own.
        if (session.Changes.Count > 0 && session.Entries.Count == 0)
            session.Note(new AuditEntry("turns-told"));
    }

    /// <summary>What is told of a project; null: nothing that anybody could see.</summary>
    private static ChangeEntry? ChangeOf(Session session, string id, NotedProject noted, ProjectStanding standing)
    {
        var sights = Sight.Of(standing.Before, standing.After);
        var shows = noted.Type is not null;
        foreach (var (reader, seen) in sights)
        {
            // Who saw it all the time is told of what it sees of it alone.
            if (seen == Seen.Throughout && (!shows || (reader == ProjectAudience.Everybody && !noted.Publicly)))
                sights.Remove(reader);
        }

        // All leaders see what is not secret: they are told of by the entry itself, unless that has changed.
        if (sights.GetValueOrDefault(ProjectAudience.Leaders) == Seen.Throughout || noted.Entered is not null)
            sights.Remove(ProjectAudience.Leaders);
        return !shows && sights.Count == 0
            ? null
            : new ChangeEntry(
                noted.Type ?? ChangeTypes.ProjectChanged,
                noted.At ?? session.Now,
                "projects",
                id,
                noted.Cause,
                sights
            )
            {
                ProjectId = id,
                Version = standing.Version,
                PublicVersion = standing.PublicVersion,
                State = Slug.Of(standing.Stage),
                Secret = standing.Secret,
            };
    }

    private static IEnumerable<string> ReadersOf(NotedRecord record, ProjectStanding? standing)
    {
        var readers = record.Readers.OfType<string>();
        if (record.IsOwners)
            readers = readers.Append(standing!.OwnerId);
        return standing?.Secret == true ? readers.Union(standing.Named) : readers.Distinct();
    }

    /// <summary>The versions of claims whose change did not say which it led to.</summary>
    private async Task<Dictionary<(string, string), long?>> Versions(Session session)
    {
        var versions = new Dictionary<(string, string), long?>();
        var claims = records.Where(record => record is { Kind: "claims", Version: null }).Select(record => record.Id);
        foreach (var ids in claims.Distinct().Chunk(ProjectStanding.MostLookedUp))
        {
            foreach (var row in await session.Query<Versioned>(SelectVersions, new { ids }))
                versions[("claims", row.Id)] = row.Version;
        }

        return versions;
    }

    private sealed class Versioned
    {
        public required string Id { get; init; }
        public long Version { get; init; }
    }

    private const string SelectVersions = "SELECT id, version FROM claims WHERE id IN @ids";
}

/// <summary>What happened to one project in a session.</summary>
public sealed class NotedProject
{
    private static readonly string[] ByWeight =
    [
        ChangeTypes.ProjectRegistered,
        ChangeTypes.ProjectMoved,
        ChangeTypes.ProjectRedacted,
        ChangeTypes.ProjectChanged,
    ];

    /// <summary>What it is told as: the weightiest of what happened; null: nothing but that others see it.</summary>
    public string? Type { get; private set; }
    public string? Cause { get; private set; }

    /// <summary>When it became true; null: now.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>Whether those see it who get its public summary alone.</summary>
    public bool Publicly { get; private set; }

    /// <summary>As it came into the library in this session; null: it was there.</summary>
    public NewProject? Entered { get; private set; }

    /// <summary>Whether it changed after that.</summary>
    public bool HasChanged { get; private set; }

    public void Enter(NewProject project)
    {
        (Entered, Publicly) = (project, true);
        Happens(ChangeTypes.ProjectRegistered, null);
    }

    public void Touch(bool publicly)
    {
        (Publicly, HasChanged) = (Publicly || publicly, true);
        Happens(ChangeTypes.ProjectChanged, null);
    }

    /// <summary>Says that something happened; it is told as the weightiest of all.</summary>
    public void Happens(string type, string? cause)
    {
        if (Type is not null && Array.IndexOf(ByWeight, Type) <= Array.IndexOf(ByWeight, type))
            return;
        (Type, Cause) = (type, cause);
    }
}
