using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Exports;

/// <summary>RFC 4180 in UTF-8, with the byte order mark by which Excel knows it.</summary>
public sealed class CsvTable : ITable
{
    public const string ContentType = "text/csv";

    private readonly StreamWriter text;
    private readonly CsvWriter csv;

    public CsvTable(Stream stream)
    {
        text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" });
    }

    public void Add(IReadOnlyList<object?> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(Written(cell));
        csv.NextRecord();
    }

    public void Flush()
    {
        csv.Flush();
        text.Flush();
    }

    public void End() => Flush();

    private static string? Written(object? cell) => cell switch
    {
        string words => Formulas.Neutralised(words),
        decimal number => number.ToString("0.##", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToOffset(Shanghai.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => null,
    };
}
