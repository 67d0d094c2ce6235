using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Store.Projects;

/// <summary>The leaders named on a project.</summary>
public static class Leaders
{
    /// <summary>A refusal that names each id which is no active leader's; null when all are.</summary>
    public static async Task<Refusal?> Unknown(Session session, IReadOnlyList<string>? ids, string path)
    {
        if (ids is null or [])
            return null;
        var known = (await session.Query<string>(Select, new { ids = ids.Distinct() })).ToHashSet(
            StringComparer.Ordinal
        );
        List<FieldError> errors =
        [
            .. ids.Index()
                .Where(leader => !known.Contains(leader.Item))
                .Select(leader => new FieldError($"{path}[{leader.Index}]", "unknown-leader")),
        ];
        return errors.Count == 0 ? null : Refusal.Invalid([.. errors]);
    }

    private const string Select = "SELECT id FROM users WHERE id IN @ids AND role = 'leader' AND active = 1";
}
