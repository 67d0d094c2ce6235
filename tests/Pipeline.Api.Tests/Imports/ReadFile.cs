using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using Pipeline.Api.Features.Imports;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Industries;

namespace Pipeline.Api.Tests.Imports;

/// <summary>A file read as an import would read it, without the program around it: what each of its rows is taken for.</summary>
internal sealed class ReadFile
{
    private static readonly Lazy<ReadingContext> Seeds = new(() =>
        new ReadingContext(
            new ColumnMap([], []),
            new PlaceDirectory(
                Seed("jurisdictions.csv")
                    .Select(row => new PlaceEntry(
                        row[0],
                        row[0],
                        row[1],
                        row[2],
                        row[3],
                        row[4].Length == 0 ? null : row[4],
                        row[5] == "true",
                        row[7].Split('|', StringSplitOptions.RemoveEmptyEntries)
                    )),
                ["嘉兴"]
            ),
            new IndustryDirectory(
                Seed("industry-classes.csv")
                    .Select(row => new IndustryEntry(
                        row[0],
                        row[1],
                        row[2],
                        row[3].Split('|', StringSplitOptions.RemoveEmptyEntries)
                    ))
            ),
            new HashSet<string>(),
            new DateOnly(2026, 11, 28)
        )
    );

    private ReadFile(RegisterTables register)
    {
        Register = register;
        Rows = [.. register.Rows.Select(row => RowReader.Read(row, Seeds.Value))];
    }

    public RegisterTables Register { get; }
    public IReadOnlyList<UnderstoodRow> Rows { get; }
    public IReadOnlyList<UnderstoodRow> Projects => [.. Rows.Where(row => !row.IsRefused)];
    public IReadOnlyList<string> Notes => [.. Register.Notes.Select(note => note.Code)];

    /// <summary>The sum of what was read, in 亿 of the one currency.</summary>
    public decimal Sum => Projects.Sum(row => row.TotalInvestment?.Amount ?? 0) / 100_000_000;

    public UnderstoodRow Row(int number) => Rows.Single(row => row.RowNumber == number);

    public string Codes(int number) => string.Join(',', Row(number).Issues.Select(issue => issue.Code).Distinct());

    public static ReadFile Of(byte[] content) =>
        new(RegisterLayout.Of(SheetReader.Read(content), new Dictionary<string, string>()));

    public static ReadFile OfCsv(params string[] lines) => Of(Registers.Csv(lines));

    public static ReadFile OfCase(string name) => Of(Case(name));

    public static byte[] Case(string name, [CallerFilePath] string here = "") =>
        File.ReadAllBytes(Directory.GetFiles(Path.Combine(Path.GetDirectoryName(here)!, "Cases"), $"{name}*").Single());

    private static IEnumerable<string[]> Seed(string name, [CallerFilePath] string here = "")
    {
        using var parser = new CsvParser(
            new StreamReader(Path.Combine(Path.GetDirectoryName(here)!, "../../../db/seed", name)),
            CultureInfo.InvariantCulture
        );
        parser.Read();
        while (parser.Read())
            yield return parser.Record!;
    }
}
