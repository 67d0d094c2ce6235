using Pipeline.Domain;

namespace Pipeline.Store.People;

/// <summary>What was done to an account by which somebody else could act under its name.</summary>
public enum AccountChange
{
    Created,
    Changed,
    LinkIssued,
    SecondFactorReset,

    /// <summary>An identity of the single sign-on was bound to it.</summary>
    Linked,

    /// <summary>The single sign-on gave it another role or unit.</summary>
    ChangedBySignOn,
}

/// <summary>What somebody may do: by role, for a unit.</summary>
public sealed record Standing(Role Role, string? UnitId);

/// <summary>Somebody could act under an account's name now who could not before.</summary>
/// <param name="Occasion">What makes it this change and no other.</param>
/// <param name="Standings">What the account may do, and what it could do before.</param>
public sealed record AccountChanged(
    AccountChange Change,
    string UserId,
    string DisplayName,
    string Occasion,
    IReadOnlyList<Standing> Standings,
    Caller? Actor
) : IDomainEvent;

/// <summary>A machine's key called an operation that will go.</summary>
/// <param name="Operation">Its method and path.</param>
/// <param name="Sunset">From when on it may be gone.</param>
public sealed record DeprecatedOperationUsed(Caller Key, string Operation, DateOnly Sunset) : IDomainEvent;

/// <summary>A machine's key for a unit, or for what is the whole city's, waits until a second person confirms it.</summary>
public sealed record KeyAwaitsConfirmation(
    string KeyId,
    string KeyName,
    string? UnitId,
    string? UnitName,
    string Occasion,
    Caller Actor
) : IDomainEvent;
