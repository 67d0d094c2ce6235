using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Libraries;
using Pipeline.Domain.Matching;

namespace Pipeline.Store.Libraries;

/// <summary>An entry of a library was entered, changed or retired.</summary>
public sealed record LibraryEntryKept(string Id) : IDomainEvent;

/// <summary>Stores entries of libraries: by a call, a batch, a sheet, or the demo. The caller of each holds the lock of the libraries.</summary>
public static class StoreEntry
{
    /// <summary>The unit that keeps what somebody enters: a unit its own, the centre for whom it likes.</summary>
    public static async Task<Result<string?>> Keeper(Session session, Caller caller, string? wanted)
    {
        if (caller.Unit is { } unit)
            return wanted is null || wanted == unit
                ? unit
                : Refusal.Invalid(new FieldError("keeperId", "own-unit-only"));
        if (wanted is null)
            return (string?)null;
        return await JurisdictionRow.ById(session, wanted) is { Active: true }
            ? wanted
            : Refusal.Invalid(new FieldError("keeperId", "unknown-jurisdiction"));
    }

    /// <summary>The entry that is the same by the exact keys of R13, as far as the caller may know of it; null: there is none.</summary>
    public static async Task<LibraryRow?> Same<TDetails>(Session session, Caller caller, LibraryBody<TDetails> body)
        where TDetails : class, ILibraryDetails
    {
        var keys = new Keys(body.Name!, body.Uscc, body.Details?.Employer);
        return await FindSameEntries.Find(session, caller, TDetails.Library, keys.Name, keys.Uscc) is { } same
            ? await LibraryRow.ById(session, TDetails.Library, same.Id)
            : null;
    }

    /// <summary>Why an entry cannot be entered as it is: one is there already that the caller may know of. Null: it can.</summary>
    public static async Task<Refusal?> WhyNot<TDetails>(
        Session session,
        Caller caller,
        LibraryBody<TDetails> body,
        string? except = null
    )
        where TDetails : class, ILibraryDetails
    {
        var keys = new Keys(body.Name!, body.Uscc, body.Details?.Employer);
        if (await FindSameEntries.Find(session, caller, TDetails.Library, keys.Name, keys.Uscc, except) is not { } same)
            return null;
        var by = keys.Uscc is not null && keys.Uscc == same.UsccKey ? "uscc" : "name";
        return new Refusal(RefusalKind.Conflict, "entry-known", same.Name)
        {
            Errors = [new FieldError(by, "entry-known", $"/api/v1/{Slug.Of(TDetails.Library)}/{same.Id}")],
        };
    }

    /// <summary>Adds an entry that nothing speaks against; its id.</summary>
    public static async Task<string> Add<TDetails>(
        Session session,
        Caller caller,
        LibraryBody<TDetails> body,
        string? keeper
    )
        where TDetails : class, ILibraryDetails
    {
        var id = Ids.New();
        await session.Execute(Insert, Values(session, caller, id, body, keeper));
        var row = (await LibraryRow.ById(session, TDetails.Library, id))!;
        PersonMarks.Set(session, PersonMarks.LibraryEntry, id, People(body), null, isNew: true);
        Index(session, row, body);
        KeepForeignFacts(session, id, body.Details);
        session.Note(Entry<TDetails>("library-entry-created", id, null, body with { KeeperId = keeper }));
        await session.Raise(new LibraryEntryKept(id));
        return id;
    }

    /// <summary>Changes an entry that nothing speaks against.</summary>
    public static async Task Change<TDetails>(
        Session session,
        Caller caller,
        LibraryRow row,
        LibraryBody<TDetails> before,
        LibraryBody<TDetails> after,
        string? keeper
    )
        where TDetails : class, ILibraryDetails
    {
        await session.ExecuteOnOne(Update, Values(session, caller, row.Id, after, keeper, row.Version));
        PersonMarks.Set(session, PersonMarks.LibraryEntry, row.Id, People(after), null);
        await session.Execute(ForgetIndex, new { seq = row.Seq });
        Index(session, row, after);
        KeepForeignFacts(session, row.Id, after.Details);
        session.Note(Entry("library-entry-edited", row.Id, before, after with { KeeperId = keeper }));
        await session.Raise(new LibraryEntryKept(row.Id));
    }

    /// <summary>Keeps that somebody has verified an entry today.</summary>
    public static async Task Verify(Session session, Caller caller, LibraryRow row)
    {
        await session.ExecuteOnOne(
            SetVerified,
            new
            {
                id = row.Id,
                version = row.Version,
                today = session.Today,
                greyFrom = LibraryRules.GreyFrom(session.Today),
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
            }
        );
        session.Note(new AuditEntry("library-entry-verified") { SubjectKind = SubjectKind, SubjectId = row.Id });
    }

    /// <summary>Ends that an entry is kept up.</summary>
    public static async Task Retire(Session session, Caller caller, LibraryRow row, string reason)
    {
        await session.ExecuteOnOne(
            SetRetired,
            new
            {
                id = row.Id,
                version = row.Version,
                reason,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
            }
        );
        session.Note(
            new AuditEntry("library-entry-retired")
            {
                SubjectKind = SubjectKind,
                SubjectId = row.Id,
                Reason = reason,
            }
        );
        await session.Raise(new LibraryEntryKept(row.Id));
    }

    /// <summary>Erases a person from an entry: the contacts that are left stay. An expert who is erased has no name any more, and is retired.</summary>
    /// <param name="left">The contacts without the person.</param>
    /// <param name="isPerson">Whether a name is the person's.</param>
    public static async Task ErasePerson(
        Session session,
        string id,
        Func<PersonalFacts, PersonalFacts> left,
        Func<string, bool> isPerson
    )
    {
        var row = (
            await session.One<LibraryRow>($"SELECT {LibraryRow.Columns} {LibraryRow.From} WHERE e.id = @id", new { id })
        )!;
        var contacts = left(PersonalFacts.Open(session, row.Contacts));
        await session.Execute(
            SetContacts,
            new
            {
                id,
                contacts = contacts.Seal(session),
                now = session.Now,
            }
        );
        var isExpert = row.Of == Library.Experts;
        var goes = isExpert && isPerson(row.Name);
        if (goes)
        {
            await session.Execute(
                ForgetName,
                new
                {
                    id,
                    name = Erased,
                    now = session.Now,
                }
            );
            await session.Execute("DELETE FROM library_search WHERE entry_seq = @seq", new { seq = row.Seq });
        }

        PersonMarks.Set(
            session,
            PersonMarks.LibraryEntry,
            id,
            isExpert && !goes
                ? contacts.Contacts.Append(new Domain.Projects.PersonBody { Name = row.Name })
                : contacts.Contacts,
            null
        );
    }

    /// <summary>What stands in place of a name that was erased.</summary>
    private const string Erased = "—";

    public const string SubjectKind = "library-entry";

    /// <summary>Of a foreign enterprise, what is known from today on: the lists of earlier months stay what they were (R138).</summary>
    private static void KeepForeignFacts(Session session, string id, object? details)
    {
        if (details is ForeignEnterpriseDetails facts)
            session.Add(ForeignFactTable, [id, session.Today, Json.Write(facts)]);
    }

    private static readonly BulkTable ForeignFactTable = new("foreign_facts", "enterprise_id", "known_on", "details");

    /// <summary>The people of an entry: its contacts, and in the library of experts the expert.</summary>
    private static IEnumerable<Domain.Projects.PersonBody> People<TDetails>(LibraryBody<TDetails> body)
        where TDetails : class, ILibraryDetails
    {
        var contacts = body.Contacts ?? [];
        return TDetails.Library == Library.Experts
            ? contacts.Append(new Domain.Projects.PersonBody { Name = body.Name })
            : contacts;
    }

    private static void Index<TDetails>(Session session, LibraryRow row, LibraryBody<TDetails> body)
        where TDetails : class, ILibraryDetails
    {
        session.Add(
            SearchIndex,
            SearchText.Bigrams(Lines(body)).Select(gram => new object?[] { row.Library, gram, row.Seq })
        );
        session.Add(
            TagIndex,
            (body.Tags ?? [])
                .Select(LibraryTag.KeyOf)
                .Distinct(StringComparer.Ordinal)
                .Select(tag => new object?[] { row.Library, tag, row.Seq })
        );
    }

    private static IReadOnlyList<string> Lines<TDetails>(LibraryBody<TDetails> body)
        where TDetails : class, ILibraryDetails => SearchText.Lines(body.Name ?? "", body.Uscc ?? "");

    private static AuditEntry Entry<TDetails>(
        string action,
        string id,
        LibraryBody<TDetails>? before,
        LibraryBody<TDetails> after
    )
        where TDetails : class, ILibraryDetails =>
        new(action)
        {
            SubjectKind = SubjectKind,
            SubjectId = id,
            Changes = AuditEntry.Between(
                before is null ? null : Json.Node(WithoutPeople(before)),
                Json.Node(WithoutPeople(after))
            ),
        };

    /// <summary>The trail tells no personal data: of an expert not the name.</summary>
    private static LibraryBody<TDetails> WithoutPeople<TDetails>(LibraryBody<TDetails> body)
        where TDetails : class, ILibraryDetails =>
        body with
        {
            Contacts = null,
            Name = TDetails.Library == Library.Experts ? null : body.Name,
        };

    private static Parameters Values<TDetails>(
        Session session,
        Caller caller,
        string id,
        LibraryBody<TDetails> body,
        string? keeper,
        long version = 0
    )
        where TDetails : class, ILibraryDetails
    {
        var keys = new Keys(body.Name!, body.Uscc, body.Details?.Employer);
        return Parameters.Of(
            new
            {
                id,
                version,
                library = Slug.Of(TDetails.Library),
                name = body.Name!.Trim(),
                nameKey = keys.Name,
                uscc = Texts.Trimmed(body.Uscc),
                usccKey = keys.Uscc,
                keeper,
                cityVisible = body.Visibility == EntryVisibility.City ? 1 : 0,
                chain = Texts.Trimmed(body.Chain),
                tags = Json.Write((body.Tags ?? []).Select(tag => tag.Trim()).Distinct(StringComparer.Ordinal)),
                note = Texts.Trimmed(body.Note),
                details = body.Details is null ? "{}" : Json.Write(body.Details),
                contacts = new PersonalFacts { Contacts = body.Contacts ?? [] }.Seal(session),
                searchText = string.Join('\n', Lines(body)),
                today = session.Today,
                greyFrom = LibraryRules.GreyFrom(session.Today),
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
            }
        );
    }

    /// <summary>The exact keys of R13.</summary>
    private readonly record struct Keys
    {
        public Keys(string name, string? uscc, string? employer)
        {
            var key = LibraryRules.NameKey(name, employer);
            Name = key.Length <= 400 ? key : key[..400];
            Uscc = Normalised.Uscc(uscc);
        }

        public string Name { get; }
        public string? Uscc { get; }
    }

    private static readonly BulkTable SearchIndex = new("library_search", "library", "gram", "entry_seq");
    private static readonly BulkTable TagIndex = new("library_tags", "library", "tag", "entry_seq");
    private const string ForgetIndex =
        "DELETE FROM library_search WHERE entry_seq = @seq; DELETE FROM library_tags WHERE entry_seq = @seq";
    private const string Insert = """
        INSERT INTO library_entries (id, library, name, name_key, uscc, uscc_key, keeper_id, city_visible, chain, tags, note, details, contacts, search_text, trusted_since, grey_from,
          created_by, created_by_name, created_at, version, updated_at)
        VALUES (@id, @library, @name, @nameKey, @uscc, @usccKey, @keeper, @cityVisible, @chain, @tags, @note, @details, @contacts, @searchText, @today, @greyFrom,
          @by, @byName, @now, 1, @now)
        """;
    private const string Update = """
        UPDATE library_entries SET name = @name, name_key = @nameKey, uscc = @uscc, uscc_key = @usccKey, keeper_id = @keeper, city_visible = @cityVisible, chain = @chain,
          tags = @tags, note = @note, details = @details, contacts = @contacts, search_text = @searchText, version = version + 1, updated_at = @now
        WHERE id = @id AND library = @library AND version = @version
        """;
    private const string SetVerified = """
        UPDATE library_entries SET verified_on = @today, verified_by = @by, verified_by_name = @byName, trusted_since = @today, grey_from = @greyFrom, version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
    private const string SetContacts =
        "UPDATE library_entries SET contacts = @contacts, version = version + 1, updated_at = @now WHERE id = @id";
    private const string ForgetName = """
        UPDATE library_entries SET name = @name, name_key = '', search_text = '', retired_at = COALESCE(retired_at, @now), retire_reason = COALESCE(retire_reason, @name)
        WHERE id = @id
        """;
    private const string SetRetired = """
        UPDATE library_entries SET retired_at = @now, retired_by = @by, retired_by_name = @byName, retire_reason = @reason, version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
}
