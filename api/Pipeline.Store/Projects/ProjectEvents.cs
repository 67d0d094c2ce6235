using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Projects;

/// <summary>A project is like another unit's, as registered or edited (R10a).</summary>
public sealed record ProjectUnderReview(string ProjectId, ProjectBody Body) : IDomainEvent;

/// <summary>Projects came into the library, in whatever stage.</summary>
public sealed record ProjectsEntered(IReadOnlyList<NewProject> Projects) : IDomainEvent;

/// <summary>A project has another version.</summary>
/// <param name="Publicly">Those who get its public summary alone see a change, too.</param>
public sealed record ProjectTouched(string ProjectId, bool Publicly) : IDomainEvent;

/// <summary>Another unit negotiates beside the owner of a project, or does so no more (R23).</summary>
public sealed record PartnersChanged(string ProjectId) : IDomainEvent;

/// <summary>The light of a project turned because something happened, not by time (R93).</summary>
public sealed record LightTurned(string ProjectId, Light Light) : IDomainEvent;

/// <summary>The facts of a project were edited.</summary>
/// <param name="EntryId">The entry of its timeline that tells of it.</param>
/// <param name="CountedBefore">It had been signed, so that a change may change what counts (R45).</param>
public sealed record FactsChanged(string ProjectId, string EntryId, bool CountedBefore) : IDomainEvent;

/// <summary>The centre corrected where a project landed (R43).</summary>
/// <param name="EntryId">The entry of its timeline that tells of it.</param>
public sealed record LandingCorrected(
    string ProjectId,
    string Name,
    bool Secret,
    string OwnerId,
    string FromId,
    string ToId,
    string EntryId,
    Caller Actor
) : IDomainEvent;

/// <summary>Projects came into the library in a stage beyond the talks (R51).</summary>
public sealed record ProjectsBackfilled(IReadOnlyList<NewProject> Projects) : IDomainEvent;

/// <summary>An import was undone, and the projects that it brought are out of the library.</summary>
public sealed record ImportWasUndone(string ImportId, IReadOnlyList<string> ProjectIds) : IDomainEvent;

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
