using Pipeline.Domain.Libraries;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Libraries;

/// <summary>Another entry of the library that may be the same.</summary>
public sealed record SimilarEntry(string Id, string Name, Likeness Likeness);

/// <summary>In what entries are alike.</summary>
public enum Likeness
{
    /// <summary>The same by the exact keys of R13; one of them is hidden from who entered the other.</summary>
    Same,

    /// <summary>One name, two codes.</summary>
    SameName,
    SimilarName,
}

/// <summary>An entry of a library for who may know of it.</summary>
public sealed record LibraryView<TDetails>
    where TDetails : class, ILibraryDetails
{
    public required string Id { get; init; }

    /// <inheritdoc cref="LibraryBody{TDetails}.Name"/>
    public required string Name { get; init; }
    public string? Uscc { get; init; }

    /// <summary>Whether the check digit of the code is wrong: a warning, since real codes exist that fail it.</summary>
    public bool? UsccDoubtful { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public string? Chain { get; init; }

    /// <summary>The unit that keeps the entry up; absent: the centre.</summary>
    public UnitRef? Keeper { get; init; }
    public required EntryVisibility Visibility { get; init; }
    public string? Note { get; init; }

    /// <summary>For the keeper and who reads the city; absent for everybody else, and for machines; told of single entries alone.</summary>
    public IReadOnlyList<PersonBody>? Contacts { get; init; }
    public required TDetails Details { get; init; }
    public required EntryStatus Status { get; init; }

    /// <summary>The day on which somebody verified the entry last; absent: nobody did.</summary>
    public DateOnly? VerifiedOn { get; init; }

    /// <summary>Who did; for the keeper and who reads the city.</summary>
    public PersonRef? VerifiedBy { get; init; }

    /// <summary>From this day on the entry is grey, unless somebody verifies it (R130).</summary>
    public required DateOnly GreyFrom { get; init; }

    /// <summary>Whether the entry was not verified for twelve months.</summary>
    public required bool Grey { get; init; }
    public string? RetireReason { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>Entries that may be the same, among those that the caller may know of; told of single entries alone.</summary>
    public IReadOnlyList<SimilarEntry>? Similar { get; init; }

    /// <summary>Of a key the record's number in its own system; told of single entries alone.</summary>
    public Integration.ExternalRef? ExternalRef { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}
