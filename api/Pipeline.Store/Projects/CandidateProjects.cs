using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Projects;

/// <summary>A project, as far as suggestions go.</summary>
public sealed class CandidateProject
{
    public required string Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required string Stage { get; init; }
    public bool Secret { get; init; }
    public long? Amount { get; init; }
    public string? Currency { get; init; }
    public required string Facts { get; init; }

    public ProjectBody Body => Json.Read<ProjectBody>(Facts);

    public Money? Total => Amount is { } amount ? Money.FromHundredths(amount, Currency!) : null;
}

/// <summary>The projects that something may be suggested for: a unit's own, and of who reads the city all but the secret projects that are not open to the reader.</summary>
public static class CandidateProjects
{
    /// <summary>Of each stage so many are looked at, the latest: what is suggested must not cost more as the library grows.</summary>
    public const int Most = 150;

    private static readonly Stage[] Open = [Stage.InTalks, Stage.Signed];

    /// <summary>The latest in talks and signed; that secret ones were read is noted.</summary>
    public static async Task<(IReadOnlyList<CandidateProject> Projects, bool Incomplete)> Latest(
        Session session,
        Caller caller
    )
    {
        var found = new List<CandidateProject>();
        var incomplete = false;
        foreach (var stage in Open)
        {
            var parameters = new Parameters { { "stage", Slug.Of(stage) }, { "limit", Most + 1 } };
            var where = "p.stage = @stage";
            if (caller.Unit is { } unit)
            {
                parameters.Add("unit", unit);
                where += " AND p.owner_id = @unit";
            }
            else if (!Permissions.ReadsSecret(caller))
            {
                parameters.Add("me", caller.UserId);
                where += $" AND (p.secret = 0 OR {ProjectVisibility.Named})";
            }

            var rows = await session.Query<CandidateProject>(
                $"{Select} WHERE {where} ORDER BY p.seq DESC {{page}}",
                parameters
            );
            incomplete |= rows.Count > Most;
            found.AddRange(rows.Take(Most));
        }

        foreach (var one in found.Where(one => one.Secret))
            session.Note(SecretReads.OfProject(one.Id));
        return (found, incomplete);
    }

    private const string Select =
        "SELECT p.id, p.code, p.name, p.owner_id, o.name AS owner_name, p.stage, p.secret, p.amount, p.currency, p.facts FROM projects p JOIN jurisdictions o ON o.id = p.owner_id";
}
