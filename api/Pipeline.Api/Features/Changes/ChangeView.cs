using System.Text.Json.Serialization;

namespace Pipeline.Api.Features.Changes;

/// <summary>Some changes in the order of commits, and where to go on.</summary>
public sealed record ChangePage
{
    public required IReadOnlyList<ChangeView> Items { get; init; }

    /// <summary>Where the next reading begins: it is given as <c>since</c>.</summary>
    public required string Next { get; init; }

    /// <summary>Whether there is nothing more by now. If not, there may be more even where this page has few items.</summary>
    public required bool CaughtUp { get; init; }
}

/// <summary>What a change is about.</summary>
/// <param name="Kind">As a path names it: <c>projects</c> of <c>/api/v1/projects/{id}</c>.</param>
public sealed record ChangeSubject(string Kind, string Id);

/// <summary>A change. Consumers ignore types and members that they do not know.</summary>
public sealed record ChangeView
{
    /// <summary>The same wherever this change is told.</summary>
    public required string Id { get; init; }

    /// <summary>Where a reading begins that has taken this in.</summary>
    public required string Cursor { get; init; }
    public required string Type { get; init; }

    /// <summary>The instant at which it became true, which may be before it was recorded.</summary>
    public required DateTimeOffset At { get; init; }
    public required ChangeSubject Subject { get; init; }

    /// <summary>The version that the subject got by it; absent where it has none.</summary>
    public long? Version { get; init; }

    /// <summary>What brought it about; absent where it is not known or not the caller's to know.</summary>
    public string? Cause { get; init; }

    /// <summary>What the subject is by it: a project's stage, a record's status, a light.</summary>
    public string? State { get; init; }

    /// <summary>The project as lists tell it, where it came into the library or has become the caller's to see.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProjectView? Data { get; init; }
}
