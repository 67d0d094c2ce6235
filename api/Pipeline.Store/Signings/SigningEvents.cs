using Pipeline.Domain;

namespace Pipeline.Store.Signings;

/// <summary>Notice of a signing was given to the centre, or filed anew for another day (R31).</summary>
public sealed record SigningNoticeFiled(SigningNoticeRow Notice, Caller Actor) : IDomainEvent;

/// <summary>A signing was verified whose notice was late, or missing (R32).</summary>
public sealed record SigningFlagged(MoveRow Move, string Flag, Caller Actor) : IDomainEvent;
