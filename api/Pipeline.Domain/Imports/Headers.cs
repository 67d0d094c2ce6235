using System.Text.RegularExpressions;

namespace Pipeline.Domain.Imports;

/// <summary>A header of one row or several: where it stands in the list of a sheet's rows, and what each column is called.</summary>
public sealed record HeaderRows(int First, int Last, IReadOnlyList<string> Texts);

/// <summary>Finds headers: rows that name a column of project names and others beside it, with the rows above and below that belong to them.</summary>
internal static partial class Headers
{
    private const int MostRows = 4,
        LongestHeader = 60;

    /// <summary>The header that this row, the one that names the names, is part of; null when it is none.</summary>
    /// <param name="least">How many columns must be understood.</param>
    public static HeaderRows? At(
        RegisterSheet sheet,
        int at,
        int least,
        IReadOnlyDictionary<string, string> mapping,
        int notAbove = 0
    )
    {
        var row = sheet.Rows[at];
        if (!MayName(row, mapping) || row.Cells.Any(cell => cell.Numeric))
            return null;
        if (Columns.Map(Texts(row), mapping).IndexOf(ImportFields.Name) is not (var nameAt and >= 0))
            return null;
        var (first, last) = (TopOf(sheet, at, notAbove), BottomOf(sheet, at, nameAt, mapping));
        IReadOnlyList<string> texts = Texts(sheet.Rows[first]);
        for (var next = first + 1; next <= last; next++)
            texts = Joined(sheet, sheet.Rows[next - 1], texts, sheet.Rows[next]);
        // Where the rows around it make no sense with it, it stands alone.
        if (Columns.Map(texts, mapping).IndexOf(ImportFields.Name) < 0)
            (first, last, texts) = (at, at, Texts(row));
        return Columns.Map(texts, mapping).Known >= least ? new HeaderRows(first, last, texts) : null;
    }

    /// <summary>Whether a row is worth a closer look: most are not, and a register may have a hundred thousand.</summary>
    private static bool MayName(SheetRow row, IReadOnlyDictionary<string, string> mapping)
    {
        foreach (var cell in row.Cells)
        {
            if (cell.IsEmpty || cell.Text.Length > LongestHeader)
                continue;
            if (NameWord().IsMatch(cell.Text) && Columns.Meaning(cell.Text) == ImportFields.Name)
                return true;
            if (mapping.Count > 0 && mapping.Any(each => each.Value == ImportFields.Name && Same(each.Key, cell.Text)))
                return true;
        }
        return false;
    }

    private static bool Same(string one, string two) => Written.Plain(one) == Written.Plain(two);

    private static string[] Texts(SheetRow row) => [.. row.Cells.Select(cell => cell.Text)];

    /// <summary>The highest row that belongs to the header: one from which a merged cell reaches down into it, or one that names further columns where this one is blank.</summary>
    private static int TopOf(RegisterSheet sheet, int at, int notAbove)
    {
        var first = at;
        foreach (var merge in sheet.Merges)
        {
            if (merge.FirstRow < sheet.Rows[at].Number && merge.LastRow >= sheet.Rows[at].Number)
            {
                while (first > notAbove && sheet.Rows[first - 1].Number >= merge.FirstRow && at - first < MostRows)
                    first--;
            }
        }
        while (first > notAbove && at - first < MostRows && NamesMore(sheet.Rows[first - 1], sheet.Rows[first]))
            first--;
        return first;
    }

    private static bool NamesMore(SheetRow above, SheetRow below)
    {
        if (above.Number != below.Number - 1 || above.Cells.Any(cell => cell.Numeric))
            return false;
        if (above.Cells.Count(cell => !cell.IsEmpty) < 2 || above.Cells.Any(cell => Value().IsMatch(cell.Text)))
            return false;
        return above
            .Cells.Where((cell, at) => !cell.IsEmpty && (at >= below.Cells.Count || below.Cells[at].IsEmpty))
            .Any(cell => Columns.IsOnlyHeading(cell.Text) && Columns.Meaning(cell.Text) != ImportFields.Number);
    }

    /// <summary>The lowest row that belongs to the header: down to where the heading of the names is merged, or rows that go on with it.</summary>
    private static int BottomOf(RegisterSheet sheet, int at, int nameAt, IReadOnlyDictionary<string, string> mapping)
    {
        var number = sheet.Rows[at].Number;
        var last = at;
        foreach (var merge in sheet.Merges)
        {
            if (
                merge.FirstRow <= number
                && merge.LastRow > number
                && merge.FirstColumn <= nameAt
                && merge.LastColumn >= nameAt
            )
            {
                while (
                    last + 1 < sheet.Rows.Count && sheet.Rows[last + 1].Number <= merge.LastRow && last - at < MostRows
                )
                    last++;
                return last;
            }
        }
        IReadOnlyList<string> texts = Texts(sheet.Rows[at]);
        while (
            last + 1 < sheet.Rows.Count
            && last - at < MostRows
            && sheet.Rows[last + 1] is var next
            && next.Cells.All(cell => !cell.Numeric)
            && Columns.Map(Texts(next), mapping).IndexOf(ImportFields.Name) < 0
            && Columns.Combine(texts, Texts(next)) is { } combined
        )
        {
            texts = combined;
            last++;
        }
        return last;
    }

    /// <summary>Two rows of a header made one: each column is called what the upper row says, over the columns to the right as far as its cell reaches, and what the lower one adds.</summary>
    private static List<string> Joined(RegisterSheet sheet, SheetRow above, IReadOnlyList<string> upper, SheetRow below)
    {
        var joined = new List<string>();
        var group = "";
        for (var at = 0; at < Math.Max(upper.Count, below.Cells.Count); at++)
        {
            var (up, down) = (
                at < upper.Count ? upper[at].Trim() : "",
                at < below.Cells.Count ? below.Cells[at].Text.Trim() : ""
            );
            if (up.Length > 0 || Reaches(sheet, above.Number, at) == false)
                group = up;
            joined.Add(
                down.Length == 0 || down == up ? up
                : group.Length == 0 ? down
                : Columns.Under(group, down)
            );
        }
        return joined;
    }

    /// <summary>Whether a blank cell belongs to the merged one on its left; null where nothing in the row is merged, so that one can't tell.</summary>
    private static bool? Reaches(RegisterSheet sheet, int row, int column)
    {
        bool? merged = null;
        foreach (var merge in sheet.Merges)
        {
            if (merge.FirstRow > row || merge.LastRow < row || merge.Width < 2)
                continue;
            if (merge.FirstColumn < column && merge.LastColumn >= column)
                return true;
            merged = false;
        }
        return merged;
    }

    // A number or a day stands in no header.
    [GeneratedRegex(@"^\s*[0-9０-９][0-9０-９.,/年月日-]*\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Value();

    [GeneratedRegex("名|项目|項目|工程|name|project|title", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NameWord();
}
