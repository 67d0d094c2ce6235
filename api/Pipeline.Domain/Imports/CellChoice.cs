using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Imports;

/// <summary>Of several columns that mean one field, which a row is read from, and what the others say besides.</summary>
internal static partial class CellChoice
{
    [GeneratedRegex(@"^列[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Unnamed();

    /// <summary>For a field with several columns, the one it is read from; what the others say besides is a doubt. Cells in trouble are doubts too.</summary>
    public static Dictionary<string, int> Choose(
        IReadOnlyList<RawCell> cells,
        ColumnMap map,
        ReadingContext context,
        List<RowIssue> issues
    )
    {
        Dictionary<string, int> chosen = [];
        RowIssue Of(int at, string? field, Doubt doubt) =>
            new(
                map.Columns[at].Header,
                field,
                doubt.Code,
                ImportCodes.SeverityOf(doubt.Code),
                cells[at].Original,
                doubt.Args
            );
        bool Says(int at) =>
            at < cells.Count
            && cells[at].Mark?.Trouble is null
            && !cells[at].IsEmpty
            && !Written.IsBlank(Written.Plain(cells[at].Text));
        for (var at = 0; at < cells.Count && at < map.Columns.Count; at++)
        {
            var column = map.Columns[at];
            if (
                column.Feeds is null
                && !cells[at].IsEmpty
                && column.Header.StartsWith('列')
                && Unnamed().IsMatch(column.Header)
            )
                issues.Add(
                    Of(at, null, new Doubt(ImportCodes.CellWithoutHeading, Written.Cut(cells[at].Original, 100)))
                );
            if (cells[at].Mark?.Trouble is { } trouble && column.Feeds is { } troubled)
                issues.Add(Of(at, troubled, new Doubt(trouble, cells[at].Original)));
            if (column.Also is not { } field || chosen.ContainsKey(field))
                continue;
            var saying = map.AllOf(field).Where(Says).ToList();
            if (saying.Count == 0)
                continue;
            var best = Best(field, saying, cells, map, context);
            chosen[field] = best;
            // Two columns of investors name two investors.
            if (field == ImportFields.Investor)
                continue;
            foreach (var other in saying.Where(each => each != best && !Same(cells[each].Text, cells[best].Text)))
                issues.Add(Of(other, field, Besides(field, other, best, cells, map, context)));
        }
        return chosen;
    }

    /// <summary>What all columns of a field say, one behind the other.</summary>
    public static string Join(string field, IReadOnlyList<RawCell> cells, ColumnMap map)
    {
        var said = map.AllOf(field)
            .Where(at => at < cells.Count && cells[at].Mark?.Trouble is null && !cells[at].IsEmpty)
            .Select(at => cells[at].Text)
            .ToList();
        return said.Count <= 1
            ? said.FirstOrDefault() ?? ""
            : string.Join("、", said.Where(text => !Written.IsBlank(Written.Plain(text))));
    }

    private static bool Same(string one, string two) => Written.Bare(one) == Written.Bare(two);

    /// <summary>Of several columns that say something, the first that can be read where that can be told.</summary>
    private static int Best(
        string field,
        List<int> saying,
        IReadOnlyList<RawCell> cells,
        ColumnMap map,
        ReadingContext context
    )
    {
        bool Reads(int at) =>
            field switch
            {
                ImportFields.TotalInvestment => AmountAt(at, cells, map, context) is not null,
                ImportFields.Stage => Stages.Parse(cells[at].Text).Value is not null,
                ImportFields.Place or ImportFields.Jurisdiction => context.Places.Parse(cells[at].Text).Value.OwnerId
                    is not null,
                _ => true,
            };
        return saying.FindIndex(Reads) is var first and >= 0 ? saying[first] : saying[0];
    }

    private static Money? AmountAt(int at, IReadOnlyList<RawCell> cells, ColumnMap map, ReadingContext context) =>
        Amounts
            .Parse(cells[at].Text, map.Columns[at].Unit is { } unit ? Amounts.Unit(unit) : null, context.Numbers)
            .Value;

    private static Doubt Besides(
        string field,
        int other,
        int best,
        IReadOnlyList<RawCell> cells,
        ColumnMap map,
        ReadingContext context
    ) =>
        field == ImportFields.TotalInvestment
        && AmountAt(other, cells, map, context) is { } second
        && AmountAt(best, cells, map, context) is not null
            ? new Doubt(
                ImportCodes.TwoAmounts,
                string.Create(CultureInfo.InvariantCulture, $"{second.Amount:0.##} {second.Currency}")
            )
            : new Doubt(ImportCodes.SecondColumn, map.Columns[other].Header, field);
}
