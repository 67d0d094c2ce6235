using Pipeline.Data;

namespace Pipeline.Api.Queries;

/// <summary>What the daily proof that the books balance found last (§15.2).</summary>
public sealed record ProofView
{
    public required DateTimeOffset ProvedAt { get; init; }

    /// <summary>Whether Σ units − double counting = city under every indicator, and opening + in − out = closing for every project.</summary>
    public required bool Holds { get; init; }

    /// <summary>What does not hold, for those who read every project.</summary>
    public IReadOnlyList<string>? Differences { get; init; }

    /// <summary>The last proof as far as a caller may read it; null: none yet.</summary>
    public static async Task<ProofView?> Last(Session session, Caller caller) =>
        await ProveBooks.Last(session) is { } proof
            ? new ProofView
            {
                ProvedAt = proof.ProvedAt,
                Holds = proof.Holds,
                Differences =
                    Permissions.ReadsCity(caller) && Permissions.ReadsSecret(caller) ? proof.Differences : null,
            }
            : null;
}
