using Pipeline.Domain;
using Pipeline.Domain.Meetings;

namespace Pipeline.Store.Meetings;

/// <summary>An agenda was issued, with what is on it.</summary>
public sealed record AgendaIssued(MeetingRow Meeting, IReadOnlyList<AgendaItem> Items, Caller Actor) : IDomainEvent;

/// <summary>A meeting decided something that somebody is to do.</summary>
public sealed record ActionDecided(ActionRow Action, Caller Actor) : IDomainEvent;

/// <summary>A step was taken with an action.</summary>
/// <param name="Action">As it stands now.</param>
public sealed record ActionProceeded(ActionRow Action, ActionStep Step, Caller Actor) : IDomainEvent;
