using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Projects;

/// <summary>A project is like another unit's, as registered or edited (R10a).</summary>
public sealed record ProjectUnderReview(string ProjectId, ProjectBody Body) : IDomainEvent;

/// <summary>An amount came in whose currency has no rate in a rule set (R10).</summary>
public sealed record AmountWithoutRate(string Currency, string RuleSetId) : IDomainEvent
{
    /// <summary>Tells of it, where it is so.</summary>
    public static async Task Tell(Session session, RuleSet rules, Money? total)
    {
        if (total is { } money && !rules.HasRate(money.Currency))
            await session.Raise(new AmountWithoutRate(money.Currency, rules.Id));
    }
}
