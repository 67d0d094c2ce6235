using Pipeline.Data;
using Pipeline.Domain.Libraries;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Libraries;

/// <summary>An entry of a library as it is stored, with the name of its keeper.</summary>
public sealed class LibraryRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Library { get; init; }
    public required string Name { get; init; }
    public required string NameKey { get; init; }
    public string? Uscc { get; init; }
    public string? UsccKey { get; init; }
    public string? KeeperId { get; init; }
    public string? KeeperName { get; init; }
    public bool CityVisible { get; init; }
    public string? Chain { get; init; }
    public required string Tags { get; init; }
    public string? Note { get; init; }
    public required string Details { get; init; }
    public required string Contacts { get; init; }
    public required string SearchText { get; init; }
    public DateOnly TrustedSince { get; init; }
    public DateOnly? VerifiedOn { get; init; }
    public string? VerifiedBy { get; init; }
    public string? VerifiedByName { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }
    public string? RetireReason { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public long Version { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    public Library Of => Slug.To<Library>(Library);

    public bool IsRetired => RetiredAt is not null;

    /// <summary>How a caller stands to it: its keeper owns it, who reads the city reads it, other units see what is for the city (§13).</summary>
    public Relations RelationOf(Caller caller)
    {
        if (caller.Unit is { } unit && unit == KeeperId)
            return Relations.Own;
        if (Permissions.ReadsCity(caller))
            return Relations.City;
        return CityVisible && (caller.Role == Role.Officer || caller.IsKey) ? Relations.Summary : Relations.None;
    }

    /// <summary>Whether the caller is told who is behind an entry.</summary>
    public bool TellsPeople(Caller caller) =>
        !caller.IsKey && (RelationOf(caller) & (Relations.Own | Relations.City)) != Relations.None;

    public LibraryView<TDetails> View<TDetails>(
        Session session,
        Caller caller,
        IReadOnlyList<SimilarEntry>? similar = null,
        Integration.ExternalRef? reference = null,
        bool isSingle = false
    )
        where TDetails : class, ILibraryDetails
    {
        var tellsPeople = TellsPeople(caller);
        var greyFrom = LibraryRules.GreyFrom(TrustedSince);
        return new LibraryView<TDetails>
        {
            Id = Id,
            Name = Name,
            Uscc = Uscc,
            UsccDoubtful =
                Uscc is null || (UsccKey is { } key && Domain.Matching.Uscc.CheckDigitHolds(key)) ? null : true,
            Tags = Json.Read<List<string>>(Tags),
            Chain = Chain,
            Keeper = KeeperId is null ? null : new UnitRef(KeeperId, KeeperName!),
            Visibility = CityVisible ? EntryVisibility.City : EntryVisibility.Unit,
            Note = Note,
            Contacts = isSingle && tellsPeople ? PersonalFacts.Open(session, Contacts).Contacts : null,
            Details = Json.Read<TDetails>(Details),
            Status = IsRetired ? EntryStatus.Retired : EntryStatus.Active,
            VerifiedOn = VerifiedOn,
            VerifiedBy = tellsPeople && VerifiedBy is not null ? new PersonRef(VerifiedBy, VerifiedByName!) : null,
            GreyFrom = greyFrom,
            Grey = !IsRetired && session.Today >= greyFrom,
            RetireReason = RetireReason,
            RetiredAt = RetiredAt,
            Similar = similar,
            ExternalRef = reference,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
            AllowedActions = IsRetired
                ? []
                :
                [
                    .. new[]
                    {
                        ("edit", Act.EditLibraries),
                        ("verify", Act.VerifyLibraries),
                        ("retire", Act.EditLibraries),
                    }
                        .Where(step => Permissions.Allows(caller, step.Item2, RelationOf(caller)))
                        .Select(step => step.Item1),
                ],
            Version = Version,
        };
    }

    /// <summary>The entry as it is posted, for a patch to change.</summary>
    public LibraryBody<TDetails> Body<TDetails>(Session session)
        where TDetails : class, ILibraryDetails
    {
        var contacts = PersonalFacts.Open(session, Contacts).Contacts;
        return new LibraryBody<TDetails>
        {
            Name = Name,
            Uscc = Uscc,
            Tags = Json.Read<List<string>>(Tags) is { Count: > 0 } tags ? tags : null,
            Chain = Chain,
            KeeperId = KeeperId,
            Visibility = CityVisible ? EntryVisibility.City : EntryVisibility.Unit,
            Note = Note,
            Contacts = contacts.Count > 0 ? contacts : null,
            Details = Json.Read<TDetails>(Details),
        };
    }

    /// <summary>The entry of a library, or null when it does not exist for this caller.</summary>
    public static async Task<LibraryRow?> For(Session session, Caller caller, Library library, string id) =>
        await ById(session, library, id) is { } row
        && Permissions.Allows(caller, Act.ReadLibraries, row.RelationOf(caller))
            ? row
            : null;

    public static Task<LibraryRow?> ById(Session session, Library library, string id) =>
        session.One<LibraryRow>(
            $"SELECT {Columns} {From} WHERE e.id = @id AND e.library = @library",
            new { id, library = Slug.Of(library) }
        );

    public const string From = "FROM library_entries e LEFT JOIN jurisdictions j ON j.id = e.keeper_id";

    public const string Columns = """
        e.seq, e.id, e.library, e.name, e.name_key, e.uscc, e.uscc_key, e.keeper_id, j.name AS keeper_name, e.city_visible, e.chain, e.tags, e.note, e.details, e.contacts,
          e.search_text, e.trusted_since, e.verified_on, e.verified_by, e.verified_by_name, e.retired_at, e.retire_reason, e.created_at, e.version, e.updated_at
        """;
}
