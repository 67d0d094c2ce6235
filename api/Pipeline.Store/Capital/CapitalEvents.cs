using Pipeline.Domain;

namespace Pipeline.Store.Capital;

/// <summary>Capital paid in waits for the centre (R61).</summary>
public sealed record CapitalSubmitted(CapitalRow Entry, Caller Actor) : IDomainEvent;

/// <summary>Capital paid in came by a sheet and waits for the centre.</summary>
public sealed record CapitalImported(string Unit, int Entries, Caller Actor) : IDomainEvent;

/// <summary>An entry was verified, returned or reversed.</summary>
/// <param name="Entry">As it stands now.</param>
public sealed record CapitalDecided(CapitalRow Entry, Caller Actor) : IDomainEvent;

/// <summary>Statistics' fixed-asset investment of a project in a year was recorded (R65).</summary>
public sealed record FixedInvestmentRecorded(string ProjectId, int Year) : IDomainEvent;
