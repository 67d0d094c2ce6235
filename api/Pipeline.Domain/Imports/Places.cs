using System.Text.RegularExpressions;

namespace Pipeline.Domain.Imports;

/// <summary>A unit or zone as far as a place is read: its names, its towns among the aliases, and what it rolls up to.</summary>
/// <param name="Aliases">Other names; one that begins with "=" (=经开区) counts only where it stands alone.</param>
public sealed record PlaceEntry(
    string Id,
    string Code,
    string Name,
    string? NameEn,
    string Kind,
    string? ParentId,
    bool Reports,
    IReadOnlyList<string> Aliases
);

/// <summary>Where a project lies: the unit that owns it, and the zone it lies in, where the text says so.</summary>
/// <param name="OwnerId">The reporting unit, or null when the text does not tell one.</param>
/// <param name="LandingId">The most particular unit or zone named, or null.</param>
public sealed record PlaceReading(string? OwnerId, string? LandingId);

/// <summary>Finds jurisdictions in a register's texts: by full and short names, zones by old and new names, towns by the unit they lie in.</summary>
public sealed partial class PlaceDirectory
{
    private readonly Dictionary<string, PlaceEntry> entries;
    private readonly List<(string Alias, IReadOnlyList<PlaceEntry> Entries)> aliases;
    private readonly Dictionary<string, IReadOnlyList<PlaceEntry>> alone;
    private readonly HashSet<string> cityWide;

    /// <param name="entries">All units and zones.</param>
    /// <param name="cityWide">The city's own names: a text with one of them lies in it, whatever other city it mentions.</param>
    public PlaceDirectory(IEnumerable<PlaceEntry> entries, IEnumerable<string> cityWide)
    {
        this.entries = entries.ToDictionary(e => e.Id, StringComparer.Ordinal);
        this.cityWide = [.. cityWide.Select(Written.Bare).Where(n => n.Length > 0)];
        var named = this
            .entries.Values.SelectMany(
                e => e.Aliases.Append(e.Name).Append(e.NameEn ?? "").SelectMany(Variants),
                (e, name) => (Alias: Written.Bare(name), Entry: e, Alone: name.StartsWith('='))
            )
            .Where(a => a.Alias.Length > 1)
            .Distinct()
            .GroupBy(a => (a.Alias, a.Alone), a => a.Entry)
            .Select(g => (g.Key.Alias, g.Key.Alone, Entries: (IReadOnlyList<PlaceEntry>)[.. g]))
            .ToList();
        aliases =
        [
            .. named.Where(a => !a.Alone).Select(a => (a.Alias, a.Entries)).OrderByDescending(a => a.Alias.Length),
        ];
        alone = named.Where(a => a.Alone).ToDictionary(a => a.Alias, a => a.Entries, StringComparer.Ordinal);
    }

    /// <summary>Reads one cell. No unit, or several: no owner, and a doubt says which.</summary>
    public Cell<PlaceReading> Parse(string text)
    {
        var nowhere = new PlaceReading(null, null);
        var plain = Written.Plain(text);
        if (Written.IsBlank(plain))
            return new(text, nowhere, [new(ImportCodes.OwnerUnknown)]);
        if (
            Elsewhere().Match(plain) is { Success: true } other
            && !cityWide.Any(city => plain.Contains(city, StringComparison.Ordinal))
        )
            return new(text, nowhere, [new(ImportCodes.PlaceElsewhere, other.Value)]);

        var segments = plain.Split(
            ['、', ',', ';', '/', '|', '\n'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        var found = segments.Select(s => Find(Written.Bare(s))).ToList();
        var owners = found.SelectMany(f => f).SelectMany(m => m).Select(Owner).OfType<PlaceEntry>().Distinct().ToList();
        // In 秀洲区、经开区 the second part names a unit too, only not which.
        var unresolved = segments.Length > 1 && found.Any(f => f.Count == 0);
        var unsure = found.SelectMany(f => f).Any(m => m.Select(Owner).Distinct().Count() > 1) && owners.Count > 1;
        if (owners.Count > 1 && !unsure || (owners.Count == 1 && unresolved))
            return new(text, nowhere, [new(ImportCodes.PlaceSeveral, string.Join("、", owners.Select(o => o.Name)))]);
        if (unsure)
        {
            // A name that two units share is settled by a unit named beside it.
            var certain = found
                .SelectMany(f => f)
                .Where(m => m.Count == 1)
                .Select(m => Owner(m[0]))
                .OfType<PlaceEntry>()
                .Distinct()
                .ToList();
            if (certain.Count != 1)
                return new(
                    text,
                    nowhere,
                    [new(ImportCodes.PlaceSeveral, string.Join("、", owners.Select(o => o.Name)))]
                );
            owners = certain;
        }
        var landing = found
            .SelectMany(f => f)
            .SelectMany(m => m)
            .Where(e => owners.Count == 0 || Owner(e) == owners[0])
            .OrderByDescending(Depth)
            .FirstOrDefault();
        return owners.Count == 1
            ? new(text, new PlaceReading(owners[0].Id, landing?.Id), [])
            : new(text, new PlaceReading(null, landing?.Id), [new(ImportCodes.OwnerUnknown, text.Trim())]);
    }

    /// <summary>The unit that owns what lies in <paramref name="entry"/>: itself when it reports, else the nearest one above that does.</summary>
    private PlaceEntry? Owner(PlaceEntry entry)
    {
        var at = entry;
        for (var depth = 0; depth < 8 && at is not null; depth++)
        {
            if (at.Reports)
                return at;
            at = at.ParentId is { } parent ? entries.GetValueOrDefault(parent) : null;
        }
        return null;
    }

    private int Depth(PlaceEntry entry)
    {
        var depth = 0;
        for (var at = entry; at?.ParentId is { } parent && depth < 8; depth++)
            at = entries.GetValueOrDefault(parent);
        return depth;
    }

    /// <summary>The names found in one stretch of text, longest first, none inside another.</summary>
    private List<IReadOnlyList<PlaceEntry>> Find(string bare)
    {
        if (alone.TryGetValue(bare, out var only))
            return [only];
        var taken = new bool[bare.Length];
        var found = new List<IReadOnlyList<PlaceEntry>>();
        foreach (var (alias, owners) in aliases)
        {
            for (
                var at = bare.IndexOf(alias, StringComparison.Ordinal);
                at >= 0;
                at = bare.IndexOf(alias, at + 1, StringComparison.Ordinal)
            )
            {
                if (taken.AsSpan(at, alias.Length).Contains(true) || !IsWord(bare, at, alias.Length))
                    continue;
                taken.AsSpan(at, alias.Length).Fill(true);
                found.Add(owners);
            }
        }
        return found;
    }

    // "nanhu" inside another Latin word is none.
    private static bool IsWord(string text, int at, int length) =>
        !char.IsAsciiLetter(text[at])
        || (
            (
                at == 0
                || !char.IsAsciiLetter(text[at - 1])
                || text[..at].EndsWith("jiaxing", StringComparison.Ordinal)
                || text[..at].EndsWith("zhejiang", StringComparison.Ordinal)
            )
            && length > 4
        );

    /// <summary>A name as it stands, and without what its bracket adds: 嘉兴经济技术开发区(国际商务区).</summary>
    private static IEnumerable<string> Variants(string name)
    {
        yield return name;
        if (Bracket().IsMatch(name))
            yield return Bracket().Replace(name, "");
    }

    [GeneratedRegex(@"\s*[(（][^()（）]*[)）]", RegexOptions.CultureInvariant)]
    private static partial Regex Bracket();

    // A town of the same name elsewhere: 深圳市龙岗区平湖街道.
    [GeneratedRegex(
        @"(?:上海|北京|天津|重庆|深圳|广州|杭州|宁波|温州|湖州|绍兴|金华|衢州|舟山|台州|丽水|苏州|无锡|南京|常州|南通|合肥|武汉|长沙|成都|西安|青岛)市|(?:江苏|广东|山东|福建|安徽|江西|湖南|湖北|河南|河北|四川|陕西|辽宁|吉林|黑龙江|云南|贵州|海南|山西|甘肃|青海)省",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Elsewhere();
}
