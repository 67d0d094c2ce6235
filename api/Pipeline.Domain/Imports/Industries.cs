using System.Text.RegularExpressions;
using Pipeline.Domain.Industries;

namespace Pipeline.Domain.Imports;

/// <summary>Finds the class of an industry text where it is certain; a register's 半导体 or 新材料 is no class, and of everyday words only a person can say which was meant: classes decide whether two projects are one.</summary>
public sealed partial class IndustryDirectory
{
    private readonly HashSet<string> codes;
    private readonly Dictionary<string, string> names;

    public IndustryDirectory(IEnumerable<IndustryEntry> entries)
    {
        var all = entries.ToList();
        codes = [.. all.Select(e => e.Code)];
        // Division 17 and a group may bear one name; the wider class is what the name alone says.
        names = all.SelectMany(e => new[] { e.NameZh, e.NameEn ?? "" }, (e, name) => (Name: Written.Bare(name), e.Code))
            .Where(n => n.Name.Length > 0)
            .OrderBy(n => n.Code.Length)
            .ThenBy(n => n.Code, StringComparer.Ordinal)
            .DistinctBy(n => n.Name)
            .ToDictionary(n => n.Name, n => n.Code, StringComparer.Ordinal);
    }

    /// <summary>Whether the standard has this class.</summary>
    public bool Knows(string code) => codes.Contains(code);

    /// <summary>Reads one cell: a code of two to four digits is taken, a name only when it is the name of a class.</summary>
    public Cell<string?> Parse(string text)
    {
        var plain = Written.Plain(text);
        if (Written.IsBlank(plain))
            return new(text, null, []);
        if (
            Coded().Match(plain) is { Success: true } coded
            && (coded.Groups["name"].Length == 0 || !coded.Groups["name"].Value.Any(char.IsAsciiDigit))
        )
        {
            var code = coded.Groups["code"].Value;
            return new(text, code, Knows(code) ? [] : [new(ImportCodes.IndustryUnknown, code)]);
        }
        var bare = Written.Bare(text);
        foreach (var name in (string[])[bare, bare.EndsWith('业') ? bare[..^1] : bare + "业"])
        {
            if (names.TryGetValue(name, out var code))
                return new(text, code, []);
        }
        return names.TryGetValue(bare + "制造", out var made) || names.TryGetValue(bare + "制造业", out made)
            ? new(text, made, [new(ImportCodes.IndustryAssumed, made)])
            : new(text, null, [new(ImportCodes.IndustryUnknown, text.Trim())]);
    }

    // 3841, C3841, C38 电气机械和器材制造业.
    [GeneratedRegex(
        @"^[a-t]?\s?(?<code>[0-9]{2,4})(?:\s?[-—:.、]?\s?(?<name>[^0-9].*))?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Coded();
}
