using Pipeline.Domain;
using Pipeline.Domain.Problems;

namespace Pipeline.Store.Problems;

/// <summary>A problem was raised.</summary>
public sealed record ProblemRaised(ProblemRow Problem, Caller Actor) : IDomainEvent;

/// <summary>A step was taken with a problem.</summary>
/// <param name="Problem">As it stands now.</param>
public sealed record ProblemProceeded(ProblemRow Problem, ProblemStep Step, Caller Actor) : IDomainEvent;
