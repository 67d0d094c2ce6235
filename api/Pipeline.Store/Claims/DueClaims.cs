using Pipeline.Domain.Claims;

namespace Pipeline.Store.Claims;

/// <summary>Which claims are due, in the words of the database: <see cref="Claim.IsDue"/> for a claim <c>c</c> at <c>@now</c>. A test holds the two equal.</summary>
public static class DueClaims
{
    /// <summary>The window runs: the claim is active, no dispute lets it stand still (R23), no move to signed that came in time is pending (R18a).</summary>
    public const string Running = """
        c.status = 'active' AND c.suspended_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM moves m WHERE m.project_id = c.project_id AND m.status = 'pending' AND m.kind = 'forward' AND m.from_stage = 'in-talks' AND m.submitted_at <= c.expires_at)
        """;

    /// <summary>The window runs no more: it has ended.</summary>
    public const string Due = $"c.expires_at < @now AND {Running}";

    /// <summary>It was returned, and was not completed in time (R14b): <see cref="Claim.IsForfeit"/>.</summary>
    public const string Forfeit = "c.returned_until < @now AND c.status IN ('queued', 'under-review')";
}
