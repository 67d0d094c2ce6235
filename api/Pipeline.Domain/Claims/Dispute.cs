using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Claims;

/// <summary>Where a dispute stands (R23).</summary>
public enum DisputeStatus
{
    /// <summary>The other side may answer.</summary>
    AwaitingAnswer,

    /// <summary>Answered, or nobody is left to answer in time: the centre decides.</summary>
    AwaitingDecision,

    /// <summary>Decided; either side may appeal, once.</summary>
    Decided,

    /// <summary>Another coordinator decides for good.</summary>
    Appealed,

    /// <summary>Nothing is open to anybody any more.</summary>
    Final,

    /// <summary>Taken back by who filed it.</summary>
    Withdrawn,
}

/// <summary>What the centre decides (R23).</summary>
public enum DisputeOutcome
{
    /// <summary>What was contested stands.</summary>
    Uphold,

    /// <summary>The exclusive claim goes to who contested.</summary>
    Reassign,

    /// <summary>The holder stays, who contested negotiates beside it.</summary>
    CoNegotiate,

    /// <summary>The holder's claim is revoked; the queue moves up.</summary>
    Revoke,
}

/// <summary>The times of a dispute (R23): working days of the city, each counted after the day that starts it.</summary>
/// <param name="FileWithin">From the contested outcome to the dispute.</param>
/// <param name="AnswerWithin">From the dispute to the other side's answer.</param>
/// <param name="DecideWithin">From the answer, or the end of its time, to the centre's decision; from an appeal to the final one.</param>
/// <param name="AppealWithin">From the decision to an appeal.</param>
/// <param name="Bar">How long a proven false report bars its unit from the project; days of the calendar.</param>
public sealed record DisputeRules(int FileWithin, int AnswerWithin, int DecideWithin, int AppealWithin, IsoDuration Bar)
{
    /// <summary>The values of R23; for an appeal, which it gives no time, that of filing.</summary>
    public static readonly DisputeRules Default = new(5, 3, 5, 5, IsoDuration.Parse("P90D"));
}

/// <summary>What may be done with a dispute, as a function of the stored facts and now.</summary>
public static class Disputes
{
    /// <summary>Whether a claim's standing is an outcome that its unit may contest: it waits, or it lost by the rules or by the centre, not by its own doing.</summary>
    public static bool Contestable(ClaimStatus status) =>
        status is ClaimStatus.Queued or ClaimStatus.Rejected or ClaimStatus.Revoked or ClaimStatus.Expired;

    /// <summary>Where a dispute stands by now: a deadline that passes moves it on without anybody's doing.</summary>
    public static DisputeStatus StatusAt(
        DisputeStatus stored,
        DateTimeOffset? answerDue,
        DateTimeOffset? appealDue,
        DateTimeOffset now
    ) =>
        stored switch
        {
            DisputeStatus.AwaitingAnswer when now > answerDue => DisputeStatus.AwaitingDecision,
            DisputeStatus.Decided when now > appealDue => DisputeStatus.Final,
            _ => stored,
        };

    /// <summary>The end of a window that was suspended and goes on at <paramref name="at"/>: it gets back what it stood still, whole days where it counts days.</summary>
    /// <param name="pinned">The rule set of the claim's activation.</param>
    public static DateTimeOffset Resumed(
        DateTimeOffset expiresAt,
        DateTimeOffset suspendedAt,
        DateTimeOffset at,
        RuleSet pinned
    )
    {
        if (pinned.Exclusivity.HasTime)
            return expiresAt + (at - suspendedAt);
        var days = Shanghai.DateOf(at).DayNumber - Shanghai.DateOf(suspendedAt).DayNumber;
        return Shanghai.EndOf(Shanghai.DateOf(expiresAt).AddDays(days));
    }
}
