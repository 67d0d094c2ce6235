using Pipeline.Data;

namespace Pipeline.Store.Disputes;

/// <summary>How long what a claim came to may be contested (R23).</summary>
public static class ContestPeriod
{
    /// <summary>Until when an outcome may be contested; null when it may not (any more).</summary>
    public static async Task<(DateTimeOffset Due, bool Provisional)?> Until(
        Session session,
        ClaimRow claim,
        Domain.Rules.RuleBook book
    )
    {
        if (!Domain.Claims.Disputes.Contestable(claim.At))
            return null;
        var outcomeAt = await OutcomeOf(session, claim);
        var calendar = await WorkCalendars.Load(session);
        var due = calendar.Deadline(outcomeAt, book.At(outcomeAt).Disputes.FileWithin);
        return session.Now <= due && !await IsContested(session, claim.Id, outcomeAt)
            ? (due, calendar.IsProvisional(outcomeAt, due))
            : null;
    }

    /// <summary>When what a claim came to was so: its end, else the centre's last word on it, else its receipt.</summary>
    public static async Task<DateTimeOffset> OutcomeOf(Session session, ClaimRow claim) =>
        claim.EndedAt
        ?? (await session.Query<DateTimeOffset>(Words, new { id = claim.Id })).Append(claim.ReceivedAt).Max();

    /// <summary>Whether this outcome of a claim was contested already: each can be once.</summary>
    public static async Task<bool> IsContested(Session session, string claimId, DateTimeOffset outcomeAt) =>
        await session.One<string>(Contested, new { id = claimId, outcomeAt }) is not null;

    private const string Words = "SELECT decided_at FROM claim_matches WHERE claim_id = @id AND decision IS NOT NULL";
    private const string Contested = "SELECT id FROM disputes WHERE claim_id = @id AND outcome_at = @outcomeAt";
}
