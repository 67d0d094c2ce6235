using System.Text.Json.Nodes;
using Pipeline.Data;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Imports;

/// <summary>A project, or a report without one, on which something has been built since the import.</summary>
public sealed record BuiltOnView
{
    public string? ProjectId { get; init; }
    public string? ProjectCode { get; init; }

    /// <summary>Of a report that has no project of this import.</summary>
    public string? ClaimId { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<BuiltOn> By { get; init; }
}

/// <summary>What undoing an import would take away and set back, and what was built on it since. A unit's tells of its own alone (R20): who waits behind its report is no obstacle, since its release is its own.</summary>
internal sealed record UndoPlan
{
    /// <summary>The projects that the import brought.</summary>
    public required IReadOnlyList<string> Projects { get; init; }

    /// <summary>The reports that wait, or that claim a project which was there before.</summary>
    public required IReadOnlyList<string> Reports { get; init; }

    /// <summary>The updates of other projects that were accepted, the last first.</summary>
    public required IReadOnlyList<AcceptedUpdate> Updates { get; init; }
    public required IReadOnlyList<BuiltOnView> BuiltOn { get; init; }

    /// <summary>Whether the import left nothing that could be taken back.</summary>
    public bool IsEmpty => Projects.Count + Reports.Count + Updates.Count == 0;

    /// <summary>Whether there is more than one undo can take.</summary>
    public bool TooMany => Projects.Count + Reports.Count + Updates.Count > UndoImport.Most;

    /// <summary>Every project that the undo touches, in the order in which they are locked.</summary>
    public IEnumerable<string> Touched(IEnumerable<string> ofReports) =>
        Projects
            .Concat(Updates.Select(update => update.ProjectId))
            .Concat(ofReports)
            .Distinct()
            .Order(StringComparer.Ordinal);

    public static async Task<UndoPlan> Of(Session session, Caller caller, ImportRow import)
    {
        var limit = UndoImport.Most + 1;
        var rows = await session.Query<CreatedRow>(SelectRows, new { id = import.Id, limit });
        var updates = await session.Query<AcceptedUpdate>(SelectUpdates, new { id = import.Id, limit });
        var claims = new Dictionary<string, Claimed>(StringComparer.Ordinal);
        foreach (var ids in rows.Select(row => row.ClaimId).OfType<string>().Distinct().Chunk(Chunk))
        foreach (var claim in await session.Query<Claimed>(SelectClaims, new { ids }))
            claims.Add(claim.Id, claim);

        var begun = await BegunBy(session, rows);
        var created = rows.Where(row => row.ProjectId is not null)
            .Where(row => row.ClaimId is null || begun.Contains(row.ClaimId))
            .Select(row => row.ProjectId!)
            .Distinct()
            .ToList();
        var ofCreated = created.ToHashSet(StringComparer.Ordinal);
        var reports = claims
            .Values.Where(claim => claim.ProjectId is null || !ofCreated.Contains(claim.ProjectId))
            .Where(claim => claim.Status is "queued" or "under-review" or "active")
            .OrderBy(claim => claim.Sequence)
            .ToList();
        var plan = new UndoPlan
        {
            Projects = created,
            Reports = [.. reports.Select(claim => claim.Id)],
            Updates = [.. updates.Where(update => !ofCreated.Contains(update.ProjectId))],
            BuiltOn = [],
        };
        if (plan.TooMany)
            return plan;
        var found = new Obstacles();
        await OfProjects(session, caller, created, found);
        // What had to wait and is active now was admitted since, or came to be the first.
        var waited = rows.Where(row => row.ProjectId is null).Select(row => row.ClaimId).ToHashSet();
        foreach (var claim in reports.Where(claim => claim.Status == "active" && waited.Contains(claim.Id)))
            found.Add(claim.Id, Imports.BuiltOn.Report);
        await OfUpdates(session, caller, plan.Updates, found);
        return plan with { BuiltOn = await Named(session, found, claims) };
    }

    /// <summary>The reports with which a project began: another was of a project that the unit had already.</summary>
    private static async Task<HashSet<string>> BegunBy(Session session, IReadOnlyList<CreatedRow> rows)
    {
        var begun = new HashSet<string>(StringComparer.Ordinal);
        var reported = rows.Where(row => row is { ProjectId: not null, ClaimId: not null })
            .ToLookup(row => row.ProjectId!, row => row.ClaimId!);
        foreach (var ids in reported.Select(of => of.Key).Chunk(Chunk))
        foreach (var entry in await session.Query<FirstEntry>(SelectFirst, new { ids }))
            begun.UnionWith(
                reported[entry.ProjectId]
                    .Where(claim => entry.AfterJson?.Contains($"\"{claim}\"", StringComparison.Ordinal) == true)
            );
        return begun;
    }

    private static async Task OfProjects(Session session, Caller caller, IReadOnlyList<string> created, Obstacles found)
    {
        var unit = caller.Unit;
        foreach (var ids in created.Chunk(Chunk))
        {
            foreach (var project in await session.Query<Owned>(SelectOwners, new { ids }))
            {
                if (unit is not null && project.OwnerId != unit)
                    found.Add(project.Id, Imports.BuiltOn.Transfer);
            }

            var imported = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in await session.Query<Entry>(SelectEntries, new { ids }))
            {
                if (entry.Kind == Slug.Of(EntryKind.Imported))
                    imported.Add(entry.ProjectId);
                else if (
                    imported.Contains(entry.ProjectId)
                    && (unit is null || entry.JurisdictionId == unit || entry.IsPublic)
                    && BuiltOnKinds.Of(Slug.To<EntryKind>(entry.Kind)) is { } kind
                )
                    found.Add(entry.ProjectId, kind);
            }

            foreach (var move in await session.Query<Moved>(SelectMoves, new { ids }))
            {
                if (!Json.Read<List<string>>(move.Flags).Contains(Domain.Projects.Moves.Imported))
                    found.Add(move.ProjectId, Imports.BuiltOn.Move);
            }

            foreach (
                var record in await session.Query<Linked>(unit is null ? SelectAllLinked : SelectLinked, new { ids })
            )
                found.Add(record.ProjectId, Slug.To<BuiltOn>(record.Kind));
        }
    }

    /// <summary>What was changed since an update was accepted is not written over.</summary>
    private static async Task OfUpdates(
        Session session,
        Caller caller,
        IReadOnlyList<AcceptedUpdate> updates,
        Obstacles found
    )
    {
        foreach (var ofProject in updates.GroupBy(update => update.ProjectId))
        {
            var project = (await LoadProject.ById(session, ofProject.Key, caller.JurisdictionId))!;
            if (caller.Unit is { } unit && project.OwnerId != unit)
                found.Add(project.Id, Imports.BuiltOn.Transfer);
            else if (ProjectActs.RefuseEdit(project.Acted()) is not null)
                found.Add(project.Id, Imports.BuiltOn.Move);
            else if (Before(project.Body(), ofProject) is null)
                found.Add(project.Id, Imports.BuiltOn.Edit);
        }
    }

    /// <summary>The facts as they were before some updates, the last first; null where one of them was changed since.</summary>
    internal static JsonNode? Before(ProjectBody now, IEnumerable<AcceptedUpdate> updates)
    {
        var facts = now;
        foreach (var update in updates)
        {
            var fields = update.Fields;
            if (!fields.All(field => ProposedFacts.Same(ProposedFacts.Now(facts, field), update.Changes[field].To)))
                return null;
            facts = Json.Read<ProjectBody>(
                ProposedFacts
                    .Changed(facts, fields.ToDictionary(field => field, field => update.Changes[field].From))
                    .ToJsonString()
            );
        }

        return Json.Node(facts);
    }

    private static async Task<List<BuiltOnView>> Named(
        Session session,
        Obstacles found,
        Dictionary<string, Claimed> claims
    )
    {
        var named = new List<BuiltOnView>();
        foreach (var ids in found.Ids.Where(id => !claims.ContainsKey(id)).Chunk(Chunk))
        foreach (var project in await session.Query<Owned>(SelectOwners, new { ids }))
            named.Add(
                new BuiltOnView
                {
                    ProjectId = project.Id,
                    ProjectCode = project.Code,
                    Name = project.Name,
                    By = found.Of(project.Id),
                }
            );
        named.AddRange(
            found
                .Ids.Where(claims.ContainsKey)
                .Select(id => new BuiltOnView
                {
                    ClaimId = id,
                    Name = claims[id].Name,
                    By = found.Of(id),
                })
        );
        return named;
    }

    private const int Chunk = 400;

    /// <summary>What stands against an undo, by project or report.</summary>
    private sealed class Obstacles
    {
        private readonly Dictionary<string, SortedSet<BuiltOn>> kinds = new(StringComparer.Ordinal);

        public IEnumerable<string> Ids => kinds.Keys;

        public void Add(string id, BuiltOn kind)
        {
            if (!kinds.TryGetValue(id, out var known))
                kinds.Add(id, known = []);
            known.Add(kind);
        }

        public IReadOnlyList<BuiltOn> Of(string id) => [.. kinds[id]];
    }

    private sealed class CreatedRow
    {
        public string? ProjectId { get; init; }
        public string? ClaimId { get; init; }
    }

    private sealed class FirstEntry
    {
        public required string ProjectId { get; init; }
        public string? AfterJson { get; init; }
    }

    private sealed class Claimed
    {
        public long Sequence { get; init; }
        public required string Id { get; init; }
        public string? ProjectId { get; init; }
        public required string Status { get; init; }
        public required string Name { get; init; }
    }

    private sealed class Owned
    {
        public required string Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string OwnerId { get; init; }
    }

    private sealed class Entry
    {
        public required string ProjectId { get; init; }
        public required string Kind { get; init; }
        public string? JurisdictionId { get; init; }
        public bool IsPublic { get; init; }
    }

    private sealed class Moved
    {
        public required string ProjectId { get; init; }
        public required string Flags { get; init; }
    }

    private sealed class Linked
    {
        public required string ProjectId { get; init; }
        public required string Kind { get; init; }
    }

    private const string SelectRows = """
        SELECT project_id, claim_id FROM import_rows
        WHERE import_id = @id AND action_taken = 'create' AND outcome = 'accepted' AND (project_id IS NOT NULL OR claim_id IS NOT NULL) ORDER BY row_number {page}
        """;
    private const string SelectUpdates = """
        SELECT r.row_number, r.project_id, r.changes AS changes_json, d.fields AS fields_json FROM import_decisions d JOIN import_rows r ON r.import_id = d.import_id AND r.row_number = d.row_number
        WHERE d.import_id = @id AND d.decision = 'accept' AND r.project_id IS NOT NULL ORDER BY d.decided_at DESC, d.row_number DESC {page}
        """;
    private const string SelectClaims = "SELECT sequence, id, project_id, status, name FROM claims WHERE id IN @ids";
    private const string SelectFirst =
        "SELECT t.project_id, t.after_json FROM timeline t WHERE t.project_id IN @ids AND t.seq = (SELECT MIN(f.seq) FROM timeline f WHERE f.project_id = t.project_id)";
    private const string SelectOwners = "SELECT id, code, name, owner_id FROM projects WHERE id IN @ids ORDER BY seq";
    private const string SelectEntries =
        "SELECT project_id, kind, jurisdiction_id, is_public FROM timeline WHERE project_id IN @ids ORDER BY project_id, seq";
    private const string SelectMoves = "SELECT project_id, flags FROM moves WHERE project_id IN @ids";

    /// <summary>Records of a project that its timeline does not tell of, and that its unit knows.</summary>
    private const string SelectLinked = """
        SELECT 'referrer' AS kind, project_id FROM referrers WHERE project_id IN @ids
        UNION SELECT 'event', project_id FROM event_results WHERE project_id IN @ids AND kind = 'project'
        UNION SELECT 'financing', project_id FROM financing_needs WHERE project_id IN @ids
        UNION SELECT 'office-lead', project_id FROM office_leads WHERE project_id IN @ids
        """;
    private const string SelectAllLinked = $"""
        {SelectLinked}
        UNION SELECT 'meeting', project_id FROM meeting_items WHERE project_id IN @ids
        UNION SELECT 'external-ref', project_id FROM external_refs WHERE project_id IN @ids
        """;
}

/// <summary>An update that somebody accepted of an import.</summary>
internal sealed class AcceptedUpdate
{
    public int RowNumber { get; init; }
    public required string ProjectId { get; init; }
    public required string ChangesJson { get; init; }
    public required string FieldsJson { get; init; }

    public IReadOnlyDictionary<string, ProposedChange> Changes =>
        Json.Read<Dictionary<string, ProposedChange>>(ChangesJson);

    public IReadOnlyList<string> Fields => Json.Read<List<string>>(FieldsJson);
}
