using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Retaining;

/// <summary>By which rule set something is removed, and from before when.</summary>
public sealed record RetentionRound(string RuleSetId, DateTimeOffset Before);

/// <summary>What some work removed.</summary>
/// <param name="More">Whether there may be more.</param>
public readonly record struct Removed(int Count, bool More);

/// <summary>A kind of record that is removed after its time.</summary>
public interface IRetained
{
    /// <summary>Its name: a row of <c>retention_rounds</c>.</summary>
    string Kind { get; }

    /// <summary>How long it is kept; null: for ever.</summary>
    IsoDuration? LengthBy(Retention retention);

    /// <summary>Removes a few that have been kept long enough, and notes in the audit trail what it removed.</summary>
    Task<Removed> RemoveSome(Session session, RetentionRound round);
}
