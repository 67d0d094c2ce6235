using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Claims;

/// <summary>What became of a project's claims, and each step on the way.</summary>
public sealed record Settlement(IReadOnlyList<Claim> Claims, IReadOnlyList<ClaimChange> Changes)
{
    /// <summary>Settles a project's claims as of <paramref name="now"/>: expiries and promotions, each at the instant it was due (R17).</summary>
    /// <param name="signingPendingSince">When the pending move to signed was submitted; it holds the claim that was active then (R18a).</param>
    /// <remarks>Settling late or often gives the same history as settling on time once.</remarks>
    public static Settlement Settle(
        IReadOnlyList<Claim> claims,
        DateTimeOffset now,
        RuleBook rules,
        DateTimeOffset? signingPendingSince = null
    )
    {
        var current = new Settlement(claims, []);
        while (true)
        {
            var active = current.Active is { } holder && holder.IsDue(now, signingPendingSince) ? holder : null;

            // In the order in which they were due; on one instant what was not completed goes first: its time is over when its turn comes.
            if (current.Forfeit(now) is { } forfeit && !(forfeit.ReturnedUntil > active?.ExpiresAt))
                current = current.End(forfeit.Id, ClaimStatus.Withdrawn, forfeit.ReturnedUntil!.Value, rules);
            else if (active?.ExpiresAt is { } expiry)
                current = current
                    .Change(active with { Status = ClaimStatus.Expired, EndedAt = expiry }, expiry)
                    .Promote(CalendarWindow.Next(expiry), rules);
            else
                return current;
        }
    }

    /// <summary>The waiting claim whose time to complete it ended first (R14b).</summary>
    private Claim? Forfeit(DateTimeOffset now) =>
        Queue.Where(claim => claim.IsForfeit(now)).MinBy(claim => claim.ReturnedUntil);

    /// <summary>The active claim, if any: at most one (R16).</summary>
    public Claim? Active => Claims.SingleOrDefault(claim => claim.Status == ClaimStatus.Active);

    /// <summary>The waiting claims in the order of receipt.</summary>
    public IEnumerable<Claim> Queue =>
        Claims.Where(claim => claim.Status == ClaimStatus.Queued).OrderBy(claim => claim.Sequence);

    /// <summary>Ends a live claim at <paramref name="at"/>; when it was the active one, the next in the queue becomes active at that very instant (R18).</summary>
    public Settlement End(string claimId, ClaimStatus status, DateTimeOffset at, RuleBook rules)
    {
        var ended = Claims.Single(claim => claim.Id == claimId);
        var after = Change(ended with { Status = status, EndedAt = at, SuspendedAt = null, ReturnedUntil = null }, at);
        return ended.Status == ClaimStatus.Active && status != ClaimStatus.Converted ? after.Promote(at, rules) : after;
    }

    /// <summary>The project was signed, or terminated by the centre: the holder's claim ends so, and the queue is closed (R18).</summary>
    public Settlement Close(ClaimStatus holder, DateTimeOffset at)
    {
        var current = this;
        if (Active is { } active)
            current = current.Change(
                active with
                {
                    Status = holder,
                    EndedAt = at,
                    SuspendedAt = null,
                    ReturnedUntil = null,
                },
                at
            );
        foreach (var waiting in Queue)
            current = current.Change(
                waiting with
                {
                    Status = ClaimStatus.Rejected,
                    EndedAt = at,
                    ReturnedUntil = null,
                },
                at
            );
        return current;
    }

    /// <summary>Puts a claim that was just received at its place: active at <paramref name="at"/> when the project is free, else behind all others (R14).</summary>
    public static Settlement OfNewcomer(Claim claim, bool isFree, DateTimeOffset at, RuleBook rules)
    {
        var alone = new Settlement([claim], []);
        return isFree ? alone.Activate(claim, at, rules) : alone.Change(claim with { Status = ClaimStatus.Queued }, at);
    }

    /// <summary>Puts a claim at its place: active at <paramref name="at"/> when none is, else queued (R14, R14a).</summary>
    public Settlement Admit(Claim claim, DateTimeOffset at, RuleBook rules)
    {
        var known = Claims.Any(other => other.Id == claim.Id) ? this : this with { Claims = [.. Claims, claim] };
        return Active is null
            ? known.Activate(claim, at, rules)
            : known.Change(claim with { Status = ClaimStatus.Queued }, at);
    }

    /// <summary>Gives the project to one claim by decision of a dispute (R23): whoever is active is revoked at that instant, and the queue keeps its order behind it.</summary>
    public Settlement Reassign(Claim to, DateTimeOffset at, RuleBook rules)
    {
        var known = Claims.Any(other => other.Id == to.Id) ? this : this with { Claims = [.. Claims, to] };
        var free = Active is { } active
            ? known.Change(
                active with
                {
                    Status = ClaimStatus.Revoked,
                    EndedAt = at,
                    SuspendedAt = null,
                    ReturnedUntil = null,
                },
                at
            )
            : known;
        return free.Activate(to, at, rules);
    }

    /// <summary>Gives the project to the receiver of a transfer (R41): the holder's claim ends so at that instant, and the receiver's is active, ahead of the queue, which keeps its order.</summary>
    public Settlement Transfer(Claim to, DateTimeOffset at, RuleBook rules)
    {
        var known = Claims.Any(other => other.Id == to.Id) ? this : this with { Claims = [.. Claims, to] };
        var free = Active is { } active
            ? known.Change(
                active with
                {
                    Status = ClaimStatus.Transferred,
                    EndedAt = at,
                    SuspendedAt = null,
                    ReturnedUntil = null,
                },
                at
            )
            : known;
        return free.Activate(to, at, rules);
    }

    private Settlement Promote(DateTimeOffset at, RuleBook rules) =>
        Queue.FirstOrDefault() is { } next ? Activate(next, at, rules) : this;

    private Settlement Activate(Claim claim, DateTimeOffset at, RuleBook rules)
    {
        var inForce = rules.At(at);
        return Change(
            claim with
            {
                Status = ClaimStatus.Active,
                ActivatedAt = at,
                ExpiresAt = CalendarWindow.End(at, inForce.Exclusivity),
                RuleSetId = inForce.Id,
                ReturnedUntil = null,
            },
            at
        );
    }

    private Settlement Change(Claim after, DateTimeOffset at)
    {
        var before = Claims.Single(claim => claim.Id == after.Id);
        return new Settlement(
            [.. Claims.Select(claim => claim.Id == after.Id ? after : claim)],
            [.. Changes, new ClaimChange(before, after, at)]
        );
    }
}
