using System.Globalization;
using Dapper;
using Pipeline.Api.Http;
using Pipeline.Data;

namespace Pipeline.Api.Queries;

/// <summary>The order of a list of projects, and where a page of it begins.</summary>
public sealed class ProjectOrder
{
    public static readonly QueryParameter Parameter = Query.Sort(
        "-createdAt",
        "createdAt",
        "updatedAt",
        "totalInvestment",
        "name",
        "code"
    );

    private readonly string? key;
    private readonly string seq;
    private readonly bool descending;
    private readonly string direction;
    private readonly string than;
    private readonly Func<ProjectRow, string?> keyOf;
    private readonly Func<string, object> parse;
    private Cursor? cursor;
    private int limit;

    private ProjectOrder((string Field, bool Descending) sort, ProjectFilter filter)
    {
        (key, keyOf, parse) = sort.Field switch
        {
            "updatedAt" => (
                (string?)filter.UpdatedAt,
                (Func<ProjectRow, string?>)(row => row.SortInstant!.Value.ToString("O", CultureInfo.InvariantCulture)),
                (Func<string, object>)(text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture))
            ),
            "totalInvestment" => (
                "p.amount_order",
                row => (row.AmountCny ?? -1).ToString(CultureInfo.InvariantCulture),
                text => long.Parse(text, CultureInfo.InvariantCulture)
            ),
            "name" => ("p.name_key", row => row.NameKey, text => text),
            "code" => ("p.code", row => row.Code, text => text),
            _ => (null, _ => null, text => text),
        };
        seq = filter.Seq;
        descending = sort.Descending;
        (direction, than) = descending ? ("DESC", "<") : ("ASC", ">");
    }

    private string By(string? column) =>
        $"ORDER BY {(column is null ? "" : $"{column} {direction}, ")}{seq} {direction}";

    /// <summary>The order of a list that is read page by page, and the page asked for.</summary>
    public static ProjectOrder Read(QueryReader query, ProjectFilter filter, Cursors cursors)
    {
        var sort = query.Sort(Parameter);
        return new ProjectOrder(sort, filter) { cursor = query.Cursor(cursors), limit = query.Limit() };
    }

    /// <summary>The order of a list that is read as a whole.</summary>
    public static ProjectOrder OfAll(QueryReader query, ProjectFilter filter) => new(query.Sort(Parameter), filter);

    public async Task<List<ProjectRow>> Page(Session session, ProjectFilter filter)
    {
        if (cursor is not null)
        {
            filter.Values.Add("seq", cursor.Seq);
            filter.Values.Add("key", cursor.Key is { } at ? parse(at) : null);
        }

        filter.Values.Add("limit", limit + 1);
        var rows = new List<ProjectRow>();
        (string Which, string? Column)[] parts = key == filter.UpdatedAt ? [.. filter.Changes] : [("", key)];
        foreach (var (which, column) in parts)
            rows.AddRange(await Part(session, filter, which, column));

        // Each part is in the order of its own column; what a page needs of both are the first.
        if (parts.Length > 1)
            rows =
            [
                .. (
                    descending
                        ? rows.OrderByDescending(row => row.SortInstant).ThenByDescending(row => row.Seq)
                        : rows.OrderBy(row => row.SortInstant).ThenBy(row => row.Seq)
                ).Take(limit + 1),
            ];
        foreach (var row in rows.Take(limit).Where(row => row.Secret))
            session.Note(LoadProject.SecretRead(row));
        return rows;
    }

    private Task<List<ProjectRow>> Part(Session session, ProjectFilter filter, string which, string? column)
    {
        var after =
            cursor is null ? ""
            : column is null ? $" AND {seq} {than} @seq"
            : $" AND {column} {than}= @key AND ({column} {than} @key OR {seq} {than} @seq)";
        var changed = key is not null && key == filter.UpdatedAt ? column! : filter.UpdatedAt;
        return session.Rows(
            $"SELECT {ProjectRow.Columns}, p.name_key, {changed} AS sort_instant {filter.Projects} {ProjectRow.Joins} WHERE {filter.WhereBy(changed)}{which}{after} {By(column)} {{page}}",
            row => new ProjectRow(row)
            {
                NameKey = row.TextOrNull(ProjectRow.Width),
                SortInstant = row.InstantOrNull(ProjectRow.Width + 1),
            },
            filter.Values
        );
    }

    public Page<TItem> Page<TItem>(
        HttpRequest request,
        Cursors cursors,
        IReadOnlyList<ProjectRow> rows,
        Func<ProjectRow, TItem> item,
        long? total
    ) => Pages.Of(request, cursors, rows, limit, row => new Cursor(keyOf(row), row.Seq), item, total);

    /// <summary>The numbers of all projects of a filter, one by one in this order.</summary>
    public Task All(Session session, ProjectFilter filter, Action<long> each) =>
        session.Each(
            $"SELECT p.seq {filter.Projects} WHERE {filter.Where} {By(key)}",
            row => each(row.Number(0)),
            filter.Values
        );
}
