using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using ExcelDataReader;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Exports;

/// <summary>Exports, read back by what did not write them.</summary>
internal static class Files
{
    // The reader asks for code pages, whatever the file is in.
    static Files() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The projects of a CSV export, cell by header.</summary>
    public static async Task<List<Dictionary<string, string>>> ExportsCsv(this Actor actor, string query = "") =>
        ReadCsv(await actor.Downloads($"exports/projects.csv?{query}"));

    /// <summary>The projects of a workbook export, cell by header.</summary>
    public static async Task<List<Dictionary<string, object?>>> ExportsWorkbook(this Actor actor, string query = "") =>
        ReadWorkbook(await actor.Downloads($"exports/projects.xlsx?{query}")).ShouldHaveSingleItem().Rows;

    public static List<Dictionary<string, string>> ReadCsv(byte[] file)
    {
        using var csv = new CsvReader(
            new StringReader(new UTF8Encoding(false, true).GetString(file).TrimStart('\uFEFF')),
            new CsvConfiguration(CultureInfo.InvariantCulture)
        );
        csv.Read();
        csv.ReadHeader();
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
            rows.Add(csv.HeaderRecord!.ToDictionary(header => header, header => csv.GetField(header)!));
        return rows;
    }

    public static List<(string Name, List<Dictionary<string, object?>> Rows)> ReadWorkbook(byte[] file)
    {
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(file));
        var sheets = new List<(string, List<Dictionary<string, object?>>)>();
        do
        {
            reader.Read().ShouldBeTrue();
            var headers = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToList();
            var rows = new List<Dictionary<string, object?>>();
            while (reader.Read())
                rows.Add(
                    headers
                        .Select((header, at) => (header, Value: at < reader.FieldCount ? reader.GetValue(at) : null))
                        .ToDictionary(cell => cell.header, cell => cell.Value)
                );
            sheets.Add((reader.Name, rows));
        } while (reader.NextResult());
        return sheets;
    }

    /// <summary>The codes of all pages of the list.</summary>
    public static async Task<List<string>> Lists(this Actor actor, string query)
    {
        var codes = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await actor.Get($"projects?limit=200&{query}{(cursor is null ? "" : $"&cursor={cursor}")}")).Is(
                200
            );
            codes.AddRange(page["items"].AsArray().Select(item => (string)item!["code"]!));
            cursor = (string?)page.Body!["nextCursor"];
        } while (cursor is not null);
        return codes;
    }
}
