namespace Pipeline.Domain.Matching;

/// <summary>How a key of a spelling was made, and so what it finds.</summary>
public enum SpellingMark
{
    /// <summary>Any four characters in a row: by them a text is found that contains what is sought.</summary>
    Any = 0,

    /// <summary>The most telling four characters in a row: by them a text is found that is contained in what is sought.</summary>
    Telling = 1,

    /// <summary>A short name, whole or without one of its characters: by them a name one edit away is found.</summary>
    Slip = 2,

    /// <summary>The first two or three characters of a project's core: by them a project is found that is named after an investor.</summary>
    Beginning = 3,
}

/// <summary>A key under which a spelling is stored or sought; both sides must be equal in text and mark.</summary>
public readonly record struct SpellingKey(string Text, SpellingMark Mark);

/// <summary>The keys by which an index finds every spelling that <see cref="Matcher"/> would find alike, and few others.</summary>
public static class SpellingKeys
{
    private const int Window = 4;

    /// <summary>The keys an investor's form is stored under.</summary>
    public static IReadOnlyCollection<SpellingKey> OfForm(string form)
    {
        var keys = new HashSet<SpellingKey>();
        var windows = Windows(form);
        keys.UnionWith(windows.Select(window => new SpellingKey(window, SpellingMark.Any)));
        keys.Add(new(MostTelling(windows, form), SpellingMark.Telling));
        keys.UnionWith(Slips(form));
        return keys;
    }

    /// <summary>The keys that find the forms which may be one firm with this form.</summary>
    public static IReadOnlyCollection<SpellingKey> SeekForms(string form)
    {
        var keys = new HashSet<SpellingKey>(Slips(form));
        var windows = Windows(form);
        keys.UnionWith(windows.Select(window => new SpellingKey(window, SpellingMark.Telling)));
        keys.Add(new(MostTelling(windows, form), SpellingMark.Telling));
        if (InvestorSpellings.MayBeContained(form))
            keys.Add(new(MostTelling(windows, form), SpellingMark.Any));
        return keys;
    }

    /// <summary>The keys that find the projects whose cores name an investor of this form.</summary>
    public static IReadOnlyCollection<SpellingKey> SeekCoresNaming(string form)
    {
        if (WordList.OwnCharacters(form) < 2)
            return [];
        var windows = Windows(form);
        return
        [
            windows.Count == 0
                ? new SpellingKey(form, SpellingMark.Beginning)
                : new SpellingKey(MostTelling(windows, form), SpellingMark.Any),
        ];
    }

    /// <summary>The keys a project's core is stored under.</summary>
    public static IReadOnlyCollection<SpellingKey> OfCore(string core)
    {
        var keys = new HashSet<SpellingKey>();
        keys.UnionWith(Windows(core).Select(window => new SpellingKey(window, SpellingMark.Any)));
        keys.UnionWith(Beginnings(core).Select(text => new SpellingKey(text, SpellingMark.Beginning)));
        keys.UnionWith(Telling(core).Select(text => new SpellingKey(text, SpellingMark.Telling)));
        return keys;
    }

    /// <summary>The keys that find the cores which may be one project with this core.</summary>
    public static IReadOnlyCollection<SpellingKey> SeekCores(string core)
    {
        var keys = new HashSet<SpellingKey>();
        keys.UnionWith(Windows(core).Select(window => new SpellingKey(window, SpellingMark.Telling)));
        keys.UnionWith(Telling(core).Select(text => new SpellingKey(text, SpellingMark.Telling)));
        keys.UnionWith(Telling(core).Select(text => new SpellingKey(text, SpellingMark.Any)));
        return keys;
    }

    /// <summary>The keys that find the investors' forms which this core may name.</summary>
    public static IReadOnlyCollection<SpellingKey> SeekFormsIn(string core) =>
        [
            .. Windows(core)
                .Concat(Beginnings(core))
                .Select(text => new SpellingKey(text, SpellingMark.Telling))
                .Distinct(),
        ];

    /// <summary>Of a core that tells enough: its most telling part; of a long one that of each half, of which a slip leaves one.</summary>
    private static IEnumerable<string> Telling(string core)
    {
        if (!ProjectCores.IsTelling(core))
            return [];
        if (core.Length < ProjectCores.LongEnoughForASlip)
            return [MostTelling(Windows(core), core)];
        var half = char.IsLowSurrogate(core[core.Length / 2]) ? (core.Length / 2) + 1 : core.Length / 2;
        return ((string[])[core[..half], core[half..]]).Select(part => MostTelling(Windows(part), part));
    }

    private static IEnumerable<string> Beginnings(string core)
    {
        var runes = core.EnumerateRunes().Take(3).Select(rune => rune.ToString()).ToList();
        for (var length = 2; length <= runes.Count; length++)
            yield return string.Concat(runes.Take(length));
    }

    private static IEnumerable<SpellingKey> Slips(string form)
    {
        if (!InvestorSpellings.MayBeEdited(form))
            return [];
        var runes = form.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        return Enumerable
            .Range(0, runes.Count)
            .Select(left => string.Concat(runes.Where((_, at) => at != left)))
            .Prepend(form)
            .Select(text => new SpellingKey(text, SpellingMark.Slip));
    }

    private static List<string> Windows(string text)
    {
        var runes = text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        return
        [
            .. Enumerable
                .Range(0, Math.Max(0, runes.Count - Window + 1))
                .Select(at => string.Concat(runes.Skip(at).Take(Window))),
        ];
    }

    /// <summary>The window that says most, the first of several; a text shorter than a window itself.</summary>
    private static string MostTelling(List<string> windows, string text) =>
        windows.Count == 0 ? text : windows.MaxBy(WordList.OwnCharacters)!;
}
