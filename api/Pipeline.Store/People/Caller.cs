using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Pipeline.Data;

namespace Pipeline.Store.People;

/// <summary>Who calls: a person by role, or a machine by the scopes of its key.</summary>
/// <param name="UserId">The person's id, or the key's.</param>
/// <param name="Role">A person's role; null for a key.</param>
public sealed record Caller(
    string UserId,
    string Username,
    string DisplayName,
    Role? Role,
    string? JurisdictionId,
    string? JurisdictionCode,
    string? JurisdictionName
)
{
    /// <summary>The slug of what has to be done before anything else is answered to a key that waits for a second person.</summary>
    public const string AwaitsConfirmation = "key-confirmation-required";

    /// <summary>What the key is for; empty for people.</summary>
    public IReadOnlyList<Scope> Scopes { get; init; } = [];

    /// <summary>The projects on which the caller, a leader, is named.</summary>
    public IReadOnlySet<string> NamedOn { get; init; } = new HashSet<string>();

    /// <summary>The session the person signed in to.</summary>
    public string? SessionId { get; init; }

    /// <summary>What has to be done before anything else, by the person or for the key; null: nothing.</summary>
    public string? First { get; init; }

    /// <summary>Who reads the whole city but its secret projects: for what is told to all alike.</summary>
    public static Caller OfOpenCity { get; } = new("", "", "", People.Role.Leader, null, null, null);

    public bool IsKey => Role is null;

    /// <summary>The unit the caller acts for: an officer's, or that of a key; null for everybody else.</summary>
    public string? Unit => Role is null or People.Role.Officer ? JurisdictionId : null;

    public Doer Doer() =>
        new(
            IsKey ? "key" : "person",
            UserId,
            IsKey ? Username : DisplayName,
            Role is { } role ? Slug.Of(role) : string.Join(' ', Scopes.Select(People.Scopes.Name)),
            JurisdictionName
        );
}
