using Pipeline.Api.Http;
using Pipeline.Domain.Libraries;

namespace Pipeline.Api.Queries;

/// <summary>Which entries of a library a list or an export is of, among those that the caller may know of.</summary>
public sealed class LibraryFilter
{
    /// <summary>What stands for the centre where a keeper is asked for.</summary>
    public const string Centre = "centre";

    public static readonly QueryParameter[] Parameters =
    [
        Query.Text("q", "Words that all stand in the name or the code, or initials in pinyin."),
        Query.Text("tags", "Only entries with all of these tags, separated by commas."),
        Query.Text("chain", "Only entries of this industrial chain."),
        Query.Text("keeper", "Only entries that this unit keeps, by its id; `centre`: that the centre keeps."),
        Query.Date("staleBefore", "Only entries that nobody has verified on this day or later."),
        Query.Choice<EntryStatus>("status", "Only entries that stand so; without it those that are kept up."),
    ];

    private const int MostTags = 20;

    private readonly Conditions where = new();
    private string from = LibraryRow.From;
    private string seq = "e.seq";

    /// <summary>Which library an export is of.</summary>
    public static readonly QueryParameter Library = Query.Choice<Domain.Libraries.Library>(
        "library",
        "The library; it has to be named."
    );

    public Conditions Conditions => where;

    public Data.Parameters Values => where.Values;

    public string Where => where.Sql;

    /// <summary>The entries (<c>e</c>), by the narrowest index that fits what was asked for.</summary>
    public string From => from;

    /// <summary>The number of an entry as that index knows it.</summary>
    public string Seq => seq;

    public static LibraryFilter Read(QueryReader query, Caller caller, Domain.Libraries.Library library)
    {
        var filter = new LibraryFilter();
        var where = filter.where;
        where.Add("e.library = @library", "library", Slug.Of(library));
        if (caller.Unit is { } unit)
            where.Add("(e.city_visible = 1 OR e.keeper_id = @mine)", "mine", unit);
        else if (!Permissions.ReadsCity(caller))
            where.Add("e.city_visible = 1");
        filter.Search(query);
        filter.Tags(query);
        where.Add("e.chain = @chain", "chain", query.Text("chain", 100));
        if (query.Text("keeper", 32) is { } keeper)
        {
            if (keeper == Centre)
                where.Add("e.keeper_id IS NULL");
            else
                where.Add("e.keeper_id = @keeper", "keeper", keeper);
        }

        if (query.Date("staleBefore") is { } day)
            where.Add("(e.verified_on IS NULL OR e.verified_on < @staleBefore)", "staleBefore", day);
        where.Add(
            (query.Choice<EntryStatus>("status") ?? EntryStatus.Active) == EntryStatus.Retired
                ? "e.retired_at IS NOT NULL"
                : "e.retired_at IS NULL"
        );
        return filter;
    }

    /// <summary>The entries of the library that the query names.</summary>
    public static LibraryFilter ReadNamed(QueryReader query, Caller caller)
    {
        var library = query.Choice<Domain.Libraries.Library>(Library.Name);
        if (library is null && query.Text(Library.Name) is null)
            query.Refuse(Library.Name, "required");
        return Read(query, caller, library ?? default);
    }

    private void Search(QueryReader query)
    {
        if (query.Text("q", 100) is not { } q)
            return;
        var words = SearchText.Words(q);
        if (SearchText.Bigrams(words) is not [var gram, ..])
        {
            query.Refuse("q", "search-length");
            return;
        }

        ReadAlong("library_search", "gram", gram);
        foreach (var (at, word) in words.Index())
            where.Add($"e.search_text LIKE @text{at}", $"text{at}", $"%{word}%");
    }

    private void Tags(QueryReader query)
    {
        if (query.Text("tags", 500) is not { } text)
            return;
        var tags = text.Split([',', '，'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(LibraryTag.KeyOf)
            .Where(tag => tag.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (tags.Count is 0 or > MostTags)
            query.Refuse("tags", "count", MostTags);
        foreach (var (at, tag) in tags.Index())
        {
            if (at == 0 && from == LibraryRow.From)
                ReadAlong("library_tags", "tag", tag);
            else
                where.Add(
                    $"EXISTS (SELECT 1 FROM library_tags t WHERE t.library = e.library AND t.tag = @tag{at} AND t.entry_seq = e.seq)",
                    $"tag{at}",
                    tag
                );
        }
    }

    private void ReadAlong(string index, string column, string value)
    {
        from =
            $"FROM {index} x JOIN library_entries e ON e.seq = x.entry_seq LEFT JOIN jurisdictions j ON j.id = e.keeper_id";
        seq = "x.entry_seq";
        where.Add($"x.library = @library AND x.{column} = @along", "along", value);
    }
}
