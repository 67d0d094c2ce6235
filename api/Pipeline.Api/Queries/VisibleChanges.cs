using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain.Changes;
using Pipeline.Store.Changes;

namespace Pipeline.Api.Queries;

/// <summary>A change as one reader is told it.</summary>
/// <param name="Type">What it is to this reader: the same change of a project makes it appear to one and go for another.</param>
/// <param name="Project">The project in full, where it has become the reader's to see.</param>
public sealed record ToldChange(ChangeRow Row, string Type, long? Version, ToldProject? Project)
{
    /// <summary>Whether it says no more than that the subject is gone.</summary>
    public bool IsTombstone => Type == ChangeTypes.ProjectGone;

    /// <summary>What brought it about and what is now, where that is the reader's to know.</summary>
    public bool IsPlain => !IsTombstone && Type != ChangeTypes.ProjectAppeared;
}

/// <summary>Some changes in their order.</summary>
/// <param name="UpTo">The number up to which everything was looked at.</param>
/// <param name="UpToAt">An instant before which nothing behind it was recorded.</param>
/// <param name="CaughtUp">Whether there is nothing more by now.</param>
public sealed record ToldChanges(IReadOnlyList<ToldChange> Items, long UpTo, DateTimeOffset UpToAt, bool CaughtUp);

/// <summary>The change feed as a caller may read it today (R20): each entry is held against what the caller may read of its subject now, by the same functions that single reads ask.</summary>
public sealed class VisibleChanges(Visibility visibility, RuleBooks ruleBooks)
{
    /// <summary>How many entries that concern the caller are looked at in one go; filters may leave few of them.</summary>
    private const int MostLookedAt = 1000;

    /// <summary>The changes after a number.</summary>
    /// <param name="types">Only these; null: all.</param>
    /// <param name="projectId">Only of this project; null: of all.</param>
    public async Task<ToldChanges> After(
        Session session,
        Caller caller,
        long after,
        int limit,
        IReadOnlySet<string>? types = null,
        string? projectId = null
    ) => await Read(session, caller, after, await ChangeReader.Head(session), limit, types, projectId);

    /// <summary>A change by its number; null where the caller is told nothing of it.</summary>
    public async Task<ToldChange?> One(Session session, Caller caller, long seq) =>
        (await Read(session, caller, seq - 1, seq, 1, null, null)).Items.SingleOrDefault();

    private async Task<ToldChanges> Read(
        Session session,
        Caller caller,
        long after,
        long head,
        int limit,
        IReadOnlySet<string>? types,
        string? projectId
    )
    {
        var reading = new Reading(session, caller, await ruleBooks.Current(session), visibility);
        var items = new List<ToldChange>();
        var (upTo, upToAt, lookedAt) = (after, session.Now, 0);
        while (lookedAt < MostLookedAt)
        {
            var size = Math.Min(MostLookedAt, limit + 1);
            var rows = await ChangeReader.After(session, caller, upTo, head, size);
            await reading.LoadProjects(rows.Select(row => row.Row));
            foreach (var (row, seen) in rows)
            {
                if (items.Count == limit)
                    return new ToldChanges(items, upTo, upToAt, false);
                (upTo, upToAt) = (row.Seq, row.RecordedAt);
                if (
                    await reading.Tell(row, seen, projectId) is { } told
                    && (types is null || types.Contains(told.Type))
                )
                    items.Add(told);
            }

            lookedAt += rows.Count;
            if (rows.Count < size)
                return new ToldChanges(items, Math.Max(head, after), session.Now, true);
        }

        return new ToldChanges(items, upTo, upToAt, false);
    }

    /// <summary>What one caller may read at one instant.</summary>
    private sealed class Reading(Session session, Caller caller, Domain.Rules.RuleSet rules, Visibility visibility)
    {
        private readonly Dictionary<string, ProjectRow?> projects = new(StringComparer.Ordinal);
        private readonly Dictionary<string, bool> open = new(StringComparer.Ordinal);

        /// <summary>Reads the projects that some changes are about.</summary>
        public async Task LoadProjects(IEnumerable<ChangeRow> rows)
        {
            var ids = rows.Where(row => row.SubjectKind == "projects")
                .Select(row => row.SubjectId)
                .Where(id => !projects.ContainsKey(id))
                .Distinct()
                .ToList();
            await Load(ids);
        }

        /// <summary>What the caller is told of a change; null: nothing.</summary>
        public async Task<ToldChange?> Tell(ChangeRow row, Seen seen, string? projectId)
        {
            if (projectId is not null && row.ProjectId != projectId)
                return null;
            if (!ChangeReader.Reads(caller, row.SubjectKind, row.Type))
                return null;
            return row.SubjectKind == "projects" ? OfProject(row, seen) : await OfRecord(row, seen, projectId);
        }

        private ToldChange? OfProject(ChangeRow row, Seen seen)
        {
            var project = projects.GetValueOrDefault(row.SubjectId);
            var relation = project?.RelationOf(caller) ?? Relations.None;
            var act = row.Type == ChangeTypes.LightTurned ? Act.ReadLights : Act.ReadProjects;
            var type = Sight.Told(row.Type, seen, Permissions.Allows(caller, act, relation));
            if (type is null or ChangeTypes.ProjectGone)
                return type is null ? null : new ToldChange(row, type, null, null);
            if (project!.Secret)
                session.Note(LoadProject.SecretRead(project));
            return new ToldChange(
                row,
                type,
                relation == Relations.Summary ? row.PublicVersion : row.Version,
                type is ChangeTypes.ProjectAppeared or ChangeTypes.ProjectRegistered
                    ? ToldProject.To(caller, project, rules, session.Today)
                    : null
            );
        }

        private async Task<ToldChange?> OfRecord(ChangeRow row, Seen seen, string? projectId)
        {
            // Whose record it is may be known where the project is not: it is not found by the project then.
            if (projectId is not null && !await SeesProject(projectId))
                return null;
            var record = $"{row.SubjectKind}/{row.SubjectId}";
            if (!open.TryGetValue(record, out var isOpen))
                open.Add(record, isOpen = await visibility.Sees(session, caller, record));
            var type = Sight.Told(row.Type, seen, isOpen);
            return type is null ? null : new ToldChange(row, type, row.Version, null);
        }

        private async Task<bool> SeesProject(string id)
        {
            if (!projects.ContainsKey(id))
                await Load([id]);
            return projects[id] is { } project
                && Permissions.Allows(caller, Act.ReadProjects, project.RelationOf(caller));
        }

        private async Task Load(IReadOnlyList<string> ids)
        {
            if (ids.Count == 0)
                return;
            foreach (var id in ids)
                projects[id] = null;
            foreach (var some in ids.Chunk(MostAtOnce))
                await session.Each(
                    SelectProjects,
                    row =>
                    {
                        var project = new ProjectRow(row) { Partner = row.Flag(ProjectRow.Width) };
                        projects[project.Id] = project;
                    },
                    new { ids = some, unit = caller.Unit ?? "" }
                );
        }

        private const int MostAtOnce = 400;

        private const string SelectProjects = $"""
            SELECT {ProjectRow.Columns}, CASE WHEN n.claim_id = c.id AND c.status = 'active' THEN 1 ELSE 0 END AS partner
            {ProjectRow.From}
            LEFT JOIN co_negotiators n ON n.project_id = p.id AND n.jurisdiction_id = @unit
            WHERE p.id IN @ids
            """;
    }
}
