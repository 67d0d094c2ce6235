using Pipeline.Data;

namespace Pipeline.Store.Projects;

/// <summary>A project by name.</summary>
public sealed record NamedProject(string Id, string Code, string Name);

/// <summary>Projects by name, as far as the caller knows them: of one that left a unit what it was called then (R17a).</summary>
public static class ProjectNames
{
    /// <summary>The projects by their ids; that secret ones were read is noted.</summary>
    public static async Task<Dictionary<string, NamedProject>> Of(
        Session session,
        Caller caller,
        IEnumerable<string> projects
    )
    {
        var names = new Dictionary<string, NamedProject>(StringComparer.Ordinal);
        foreach (var ids in projects.Distinct().Chunk(400))
        {
            var former = caller.Unit is { } unit ? await FormerNames.Of(session, unit, ids) : [];
            foreach (var row in await session.Query<Named>(SelectNames, new { ids }))
            {
                if (caller.Unit == row.OwnerId)
                    names[row.Id] = new NamedProject(row.Id, row.Code, row.Name);
                else if (caller.Unit is not null)
                    names[row.Id] = new NamedProject(
                        row.Id,
                        row.Code,
                        former.GetValueOrDefault(row.Id, row.Secret ? row.Code : row.Name)
                    );
                else
                    names[row.Id] = new NamedProject(row.Id, row.Code, row.Name);
                if (row.Secret)
                    session.Note(SecretReads.OfProject(row.Id));
            }
        }

        return names;
    }

    /// <summary>Which of some projects are secret by now and not open to who reads the city (R108).</summary>
    public static async Task<HashSet<string>> SecretTo(Session session, Caller caller, IEnumerable<string> projects)
    {
        var secret = new HashSet<string>(StringComparer.Ordinal);
        if (!Permissions.ReadsCity(caller) || Permissions.ReadsSecret(caller))
            return secret;
        foreach (var ids in projects.Distinct().Chunk(400))
            secret.UnionWith(await session.Query<string>(SelectSecret, new { ids }));
        secret.ExceptWith(caller.NamedOn);
        return secret;
    }

    private sealed class Named
    {
        public required string Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string OwnerId { get; init; }
        public bool Secret { get; init; }
    }

    private const string SelectNames = "SELECT id, code, name, owner_id, secret FROM projects WHERE id IN @ids";
    private const string SelectSecret = "SELECT id FROM projects WHERE id IN @ids AND secret = 1";
}
