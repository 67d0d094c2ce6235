namespace Pipeline.Chaos;

/// <summary>Follows a project's timeline entry by entry: who held it, who waited, and whether everybody's turn came when and as it had to (R14, R17, R18).</summary>
internal sealed class Queue(
    string projectId,
    IReadOnlyDictionary<string, Checker.ClaimRow> claims,
    IReadOnlySet<string> given,
    List<string> wrong
)
{
    private static readonly string[] Ends =
    [
        "claim-converted",
        "claim-expired",
        "claim-released",
        "claim-revoked",
        "claim-transferred",
        "claim-withdrawn",
        "claim-rejected",
    ];

    private readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    private string? holder;
    private DateTimeOffset? due;
    private DateTimeOffset last = DateTimeOffset.MinValue;

    public void Replay(IEnumerable<Checker.EntryRow> entries)
    {
        foreach (var entry in entries)
        {
            var claim = claims[entry.ClaimId!];
            if (entry.At < last)
                Say($"{entry.Kind} of claim {claim.Sequence} at {entry.At:O} follows what happened at {last:O}");
            last = entry.At;
            if (entry.Kind == "claim-activated")
                Activated(claim, entry.At);
            else if (due is not null && waiting.Count > 0 && entry.Kind != "claim-rejected")
                Say($"{entry.Kind} of claim {claim.Sequence} came before the next in the queue was active");
            else if (entry.Kind == "claim-queued")
                Queued(claim);
            else if (Ends.Contains(entry.Kind))
                Ended(claim, entry);
        }

        if (holder is null && waiting.Count > 0)
            Say($"{waiting.Count} claims wait behind nobody");
        if (holder is not null && claims[holder].Status != "active")
            Say($"claim {claims[holder].Sequence} is {claims[holder].Status}, and the timeline does not know");
    }

    private void Queued(Checker.ClaimRow claim)
    {
        if (holder is null)
            Say($"claim {claim.Sequence} was queued behind nobody");
        waiting.Add(claim.Id);
    }

    private void Activated(Checker.ClaimRow claim, DateTimeOffset at)
    {
        if (holder is not null)
            Say($"claim {claim.Sequence} became active beside claim {claims[holder].Sequence}");
        if (claim.ActivatedAt != at)
            Say($"claim {claim.Sequence} became active at {at:O}, stored is {claim.ActivatedAt:O}");
        if (waiting.Count > 0)
        {
            var first = waiting.Select(id => claims[id]).MinBy(other => other.Sequence)!;
            // The receiver of a transfer goes ahead of the queue (R41).
            if (first.Id != claim.Id && !given.Contains(claim.Id))
                Say($"claim {claim.Sequence} became active before claim {first.Sequence}, which waited");
            if (due is { } instant && at != instant)
                Say($"claim {claim.Sequence} became active at {at:O}, its turn was {instant:O}");
        }

        waiting.Remove(claim.Id);
        (holder, due) = (claim.Id, null);
    }

    private void Ended(Checker.ClaimRow claim, Checker.EntryRow entry)
    {
        waiting.Remove(claim.Id);
        if (holder != claim.Id)
            return;
        if (claim.EndedAt != entry.At)
            Say($"claim {claim.Sequence} ended at {entry.At:O}, stored is {claim.EndedAt:O}");

        // A window that ran out ends with its last millisecond; every other end is an instant at which the next is active.
        due = entry.Kind == "claim-expired" && entry.At == claim.ExpiresAt ? entry.At.AddMilliseconds(1) : entry.At;
        holder = null;
    }

    private void Say(string text) => wrong.Add($"project {projectId}: {text}");
}
