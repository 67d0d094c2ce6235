using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Industries;

namespace Pipeline.Store.Rules;

/// <summary>The industry classes of GB/T 4754-2017, as they are shipped.</summary>
public sealed class Industries
{
    private readonly SortedDictionary<string, IndustryEntry> byCode = new(StringComparer.Ordinal);

    public Industries(SeedFolder seeds)
    {
        using var reader = new StreamReader(seeds.File("industry-classes.csv"));
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            var code = csv.GetField("code")!;
            byCode[code] = new IndustryEntry(
                code,
                csv.GetField("name_zh")!,
                csv.GetField("name_en") is { Length: > 0 } english ? english : null,
                csv.GetField("aliases")!.Split('|', StringSplitOptions.RemoveEmptyEntries)
            );
        }

        Directory = new IndustryDirectory(byCode.Values);
        Finder = new IndustryFinder(byCode.Values);
    }

    /// <summary>All classes, in the order of their codes.</summary>
    public IEnumerable<IndustryEntry> All => byCode.Values;

    /// <summary>Reads the classes in cells of registers.</summary>
    public IndustryDirectory Directory { get; }

    /// <summary>Finds classes by what people type.</summary>
    public IndustryFinder Finder { get; }

    /// <summary>Whether the standard has this class.</summary>
    public bool Knows(string code) => byCode.ContainsKey(code);

    /// <summary>What a code means, in the language asked for where there is a name in it; null where the table has none.</summary>
    public string? Named(string code, string language) =>
        byCode.TryGetValue(code, out var found) ? (language == "en" ? found.NameEn : null) ?? found.NameZh : null;

    /// <summary>Section C, divisions 13 to 43.</summary>
    public static bool IsManufacturing(string? code) =>
        code is { Length: >= 2 }
        && int.TryParse(code.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var division)
        && division is >= 13 and <= 43;
}

/// <summary>The folder of what is shipped with the program: <c>db/seed</c>.</summary>
public sealed record SeedFolder(string Path)
{
    public string File(string name) => System.IO.Path.Combine(Path, name);
}
