using System.Runtime.CompilerServices;
using System.Text;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Industries;

namespace Pipeline.Domain.Tests.Imports;

/// <summary>The seeds as they lie in the repository.</summary>
internal static class Register
{
    public static readonly IReadOnlyList<PlaceEntry> Units =
    [
        .. Csv("jurisdictions.csv")
            .Skip(1)
            .Select(r => new PlaceEntry(
                r[0],
                r[0],
                r[1],
                r[2],
                r[3],
                r[4].Length == 0 ? null : r[4],
                r[5] == "true",
                r[7].Split('|', StringSplitOptions.RemoveEmptyEntries)
            )),
    ];

    public static readonly PlaceDirectory Places = new(Units, ["嘉兴"]);

    /// <summary>The classes of GB/T 4754-2017 that are shipped.</summary>
    public static readonly IReadOnlyList<IndustryEntry> Classes =
    [
        .. Csv("industry-classes.csv")
            .Skip(1)
            .Select(r => new IndustryEntry(
                r[0],
                r[1],
                r[2].Length == 0 ? null : r[2],
                r[3].Split('|', StringSplitOptions.RemoveEmptyEntries)
            )),
    ];

    public static readonly IndustryDirectory Industries = new(Classes);

    private static readonly Lazy<IReadOnlyList<UnderstoodRow>> Understood = new(() =>
    {
        var sheet = Csv("register.csv");
        var columns = Columns.Map(sheet[0]);
        var known = sheet.Skip(1).SelectMany(r => Investors.CertainNames(r[columns.IndexOf("investor")])).ToHashSet();
        var context = new ReadingContext(columns, Places, Industries, known, new DateOnly(2026, 11, 22));
        return [.. sheet.Skip(1).Select((r, i) => RowReader.Read(i + 2, [.. r.Select(c => new RawCell(c))], context))];
    });

    /// <summary>The rows of register.csv, understood.</summary>
    public static IReadOnlyList<UnderstoodRow> Rows => Understood.Value;

    /// <summary>The row with this number in the first column.</summary>
    public static UnderstoodRow Row(int number) => Rows.Single(r => r.Number == number.ToString());

    /// <summary>Reads one row under these headers.</summary>
    public static UnderstoodRow Read(string[] headers, params string[] cells) =>
        RowReader.Read(
            2,
            [.. cells.Select(c => new RawCell(c))],
            new ReadingContext(
                Columns.Map(headers),
                Places,
                Industries,
                new HashSet<string>(),
                new DateOnly(2026, 11, 22)
            )
        );

    public static List<List<string>> Csv(string name, [CallerFilePath] string here = "")
    {
        var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../db/seed", name));
        var rows = new List<List<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (c == '"')
                quoted = !quoted;
            else if (!quoted && c is ',' or '\n' && !quoted)
            {
                row.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else
                cell.Append(c);
        }
        return rows;
    }
}
