using Pipeline.Data;
using Pipeline.Domain.Libraries;
using Pipeline.Domain.Matching;

namespace Pipeline.Store.Libraries;

/// <summary>Finds the entries of a library that are the same as one, or may be (R130, R13), among those that a caller may know of: nobody is refused because of what is hidden from him (R20).</summary>
public static class FindSameEntries
{
    private const int Most = 20,
        FewEntries = 200,
        MostProbed = 12;

    /// <summary>An entry that is the same by the exact keys of R13; null: there is none that the caller may know of.</summary>
    public static async Task<SameEntry?> Find(
        Session session,
        Caller caller,
        Library library,
        string nameKey,
        string? usccKey,
        string? except = null
    ) =>
        (await ByKeys(session, library, nameKey, usccKey)).FirstOrDefault(row =>
            row.Id != except
            && LibraryRules.AreSame((nameKey, usccKey), (row.NameKey, row.UsccKey))
            && row.IsKnownTo(caller)
        );

    /// <summary>What may be the same as an entry.</summary>
    public static async Task<IReadOnlyList<SimilarEntry>> Similar(Session session, Caller caller, LibraryRow entry)
    {
        var found = await ByKeys(session, entry.Of, entry.NameKey, entry.UsccKey);
        var rare = new List<string>();
        var library = entry.Library;
        foreach (var gram in SearchText.Bigrams([SearchText.Of(entry.NameKey)]).Take(MostProbed))
        {
            var limit = FewEntries;
            if (
                await session.One<long>(
                    Probe,
                    new
                    {
                        library,
                        gram,
                        limit,
                    }
                ) < FewEntries
            )
                rare.Add(gram);
        }

        if (rare.Count > 0)
            found.AddRange(await session.Query<SameEntry>(ByGrams, new { library, grams = rare }));
        return
        [
            .. found
                .Where(other => other.Id != entry.Id && other.IsKnownTo(caller))
                .DistinctBy(other => other.Id)
                .Select(other => (other, Likeness: LikenessOf(entry, other)))
                .Where(pair => pair.Likeness is not null)
                .OrderBy(pair => pair.Likeness)
                .ThenBy(pair => pair.other.Seq)
                .Take(Most)
                .Select(pair => new SimilarEntry(pair.other.Id, pair.other.Name, pair.Likeness!.Value)),
        ];
    }

    private static Likeness? LikenessOf(LibraryRow entry, SameEntry other) =>
        LibraryRules.AreSame((entry.NameKey, entry.UsccKey), (other.NameKey, other.UsccKey)) ? Likeness.Same
        : entry.NameKey.Length > 0 && entry.NameKey == other.NameKey ? Likeness.SameName
        : Similarity.AtLeast(entry.NameKey, other.NameKey, LibraryRules.SimilarFrom) ? Likeness.SimilarName
        : null;

    private static async Task<List<SameEntry>> ByKeys(Session session, Library library, string nameKey, string? usccKey)
    {
        var of = Slug.Of(library);
        var found = await session.Query<SameEntry>(ByName, new { library = of, nameKey });
        if (usccKey is not null)
            found.AddRange(await session.Query<SameEntry>(ByUscc, new { library = of, usccKey }));
        return found;
    }

    private const string Columns = "e.seq, e.id, e.name, e.name_key, e.uscc_key, e.keeper_id, e.city_visible";
    private const string ByName =
        $"SELECT {Columns} FROM library_entries e WHERE e.library = @library AND e.name_key = @nameKey AND e.retired_at IS NULL ORDER BY e.seq";
    private const string ByUscc =
        $"SELECT {Columns} FROM library_entries e WHERE e.library = @library AND e.uscc_key = @usccKey AND e.retired_at IS NULL ORDER BY e.seq";
    private const string ByGrams = $"""
        SELECT {Columns} FROM library_entries e
        WHERE e.retired_at IS NULL AND e.seq IN (SELECT s.entry_seq FROM library_search s WHERE s.library = @library AND s.gram IN @grams)
        """;
    private const string Probe =
        "SELECT COUNT(*) FROM (SELECT s.entry_seq FROM library_search s WHERE s.library = @library AND s.gram = @gram ORDER BY s.entry_seq {page}) probed";
}

/// <summary>What of an entry tells whether it is the same as another.</summary>
public sealed class SameEntry
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string NameKey { get; init; }
    public string? UsccKey { get; init; }
    public string? KeeperId { get; init; }
    public bool CityVisible { get; init; }

    public bool IsKnownTo(Caller caller) =>
        CityVisible || Permissions.ReadsCity(caller) || (caller.Unit is { } unit && unit == KeeperId);
}
