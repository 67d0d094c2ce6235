using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Imports;

/// <summary>Finds the header row of a register and what its columns mean.</summary>
public static partial class Columns
{
    private const int SearchedRows = 30;

    private static readonly Dictionary<string, string> ByAlias = ImportFields
        .All.SelectMany(
            f => f.Aliases.Append(f.Zh).Append(f.En).Append(f.Key),
            (f, alias) => (Alias: Key(alias), f.Key)
        )
        .Concat(
            RegisterColumns
                .All.Where(column => column.Field is not null)
                .SelectMany(
                    column => new[] { column.Zh, column.En },
                    (column, title) => (Alias: Key(title), Key: column.Field!)
                )
        )
        .Where(a => a.Alias.Length > 0)
        .DistinctBy(a => a.Alias)
        .ToDictionary(a => a.Alias, a => a.Key, StringComparer.Ordinal);

    /// <summary>The row, of the first thirty, in which most columns are known; title rows may stand above it. -1 when none has a name column.</summary>
    public static int FindHeader(
        IReadOnlyList<IReadOnlyList<string>> rows,
        IReadOnlyDictionary<string, string>? mapping = null
    )
    {
        var (best, found) = (0, -1);
        for (var i = 0; i < rows.Count && i < SearchedRows; i++)
        {
            var map = Map(rows[i], mapping);
            if (map.IndexOf(ImportFields.Name) >= 0 && map.Known > best)
                (best, found) = (map.Known, i);
        }
        return found;
    }

    /// <summary>What each column means; an explicit mapping (header → field, "" = ignore) goes before the aliases. Of two columns for one field the first wins.</summary>
    public static ColumnMap Map(IReadOnlyList<string> headers, IReadOnlyDictionary<string, string>? mapping = null)
    {
        var explicitly = (mapping ?? new Dictionary<string, string>())
            .GroupBy(m => Written.Plain(m.Key))
            .ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
        var fields = new string?[headers.Count];
        for (var i = 0; i < headers.Count; i++)
        {
            if (explicitly.TryGetValue(Written.Plain(headers[i]), out var field))
                fields[i] = field;
        }
        var doubts = new List<Doubt>();
        var also = new string?[headers.Count];
        void Second(int at, string field)
        {
            doubts.Add(new(ImportCodes.SecondColumn, Written.Tidy(headers[at]), field));
            also[at] = field;
        }
        // Who talked first is not whose it is, where both are said.
        var owned = headers.Any(header => Key(header) is "归属单位" or "owner");
        for (var i = 0; i < headers.Count; i++)
        {
            if (owned && fields[i] is null && FirstToTalk().IsMatch(Key(headers[i])))
                continue;
            if (fields[i] is null && Meaning(headers[i]) is { } meant)
            {
                if (!fields.Contains(meant))
                    fields[i] = meant;
                else
                    Second(i, meant);
            }
        }
        for (var i = 0; i < headers.Count; i++)
        {
            if (fields[i] is not { Length: > 0 } || Array.IndexOf(fields, fields[i]) == i)
                continue;
            Second(i, fields[i]!);
            fields[i] = null;
        }
        return new ColumnMap(
            [.. headers.Select((h, i) => new Column(h, fields[i] is { Length: > 0 } f ? f : null, Unit(h), also[i]))],
            doubts
        );
    }

    /// <summary>The headers of a header of two rows (时间 over 签约, 开工), or null when the row below is none: it must add a meaning, and bring no name of a project.</summary>
    public static IReadOnlyList<string>? Combine(IReadOnlyList<string> upper, IReadOnlyList<string> lower)
    {
        var combined = new List<string>();
        var (group, added) = ("", 0);
        for (var i = 0; i < Math.Max(upper.Count, lower.Count); i++)
        {
            var (above, below) = (i < upper.Count ? upper[i].Trim() : "", i < lower.Count ? lower[i].Trim() : "");
            group = above.Length > 0 ? above : group;
            if (below.Length == 0 || below == above)
            {
                combined.Add(above);
                continue;
            }

            // 万元 below 总投资 is its unit; 签约 below 时间 says more together than alone; anything else below a known header is a value.
            if (Meaning(above) is not null && !IsUnitOf(below) && !IsPartByCurrency(below) && !IsOnlyHeading(below))
                return null;
            var meant = UnderOrNull(group, below);
            added += meant is null ? 0 : 1;
            combined.Add(meant ?? group + below);
        }

        return added > 0 ? combined : null;
    }

    /// <summary>What a column is called whose header stands in two rows: 时间 over 签约, 总投资 over 万元 or 外资(万美元).</summary>
    internal static string Under(string group, string below) =>
        UnderOrNull(group, below) ?? (Meaning(group) is null ? below : $"{group}:{below}");

    private static string? UnderOrNull(string group, string below)
    {
        if (IsUnitOf(below))
            return Meaning(group) is null ? null : $"{group}({below})";
        // A part of it, 其中:外资, is not what the group means.
        if (Part().IsMatch(Written.Plain(below)))
            return Meaning(below) is null ? null : below;
        if (Meaning(group) is not null && IsPartByCurrency(below))
            return $"{group}({Unit(below)})";
        if (Meaning(group) is not null && Whole().IsMatch(Written.Bare(WithoutUnit(below))))
            return Unit(below) is { } own ? $"{group}({own})" : group;
        return new[] { below + group, group + below, below }.FirstOrDefault(text => Meaning(text) is not null);
    }

    private static bool IsUnitOf(string below) =>
        Amounts.Unit(below) is not null || IsUnit().IsMatch(Written.Plain(below));

    // 内资(亿元), 外资(万美元): the same sum in two columns, by currency.
    private static bool IsPartByCurrency(string below) =>
        Unit(below) is not null && KindOfMoney().IsMatch(WithoutUnit(below));

    // 阶段 below 进展 goes on with the header; 签约 below 阶段 is a value, though it heads a column elsewhere.
    internal static bool IsOnlyHeading(string text) => Meaning(text) is not null && Stages.Parse(text).Value is null;

    private static string WithoutUnit(string header)
    {
        var bare = Bracketed().Replace(Written.Plain(header), "");
        return UnitAtEnd().Match(bare) is { Success: true, Index: > 0 } unit ? bare[..unit.Index] : bare;
    }

    /// <summary>The map with the unit that a title above the table gives (单位：亿元) to the columns whose header gives none.</summary>
    public static ColumnMap WithUnits(ColumnMap map, IEnumerable<string> titles)
    {
        var units = titles
            .SelectMany(title => UnitOfTitle().Matches(Written.Plain(title)))
            .SelectMany(match =>
                match.Groups["unit"].Value.Split(['、', ',', ';', '/', ' '], StringSplitOptions.RemoveEmptyEntries)
            )
            .ToList();
        var money = units.FirstOrDefault(unit => Amounts.Unit(unit) is not null);
        return map with
        {
            Columns =
            [
                .. map.Columns.Select(column =>
                    column.Unit is not null || column.Field is not { } field ? column
                    : IsAmount(field) ? column with { Unit = money }
                    : PlainFact.Named(field) is { Measure: not Measure.None and var measure }
                        ? column with
                        {
                            Unit = units.FirstOrDefault(unit => Quantities.MeasureOf(unit) == measure),
                        }
                    : column
                ),
            ],
        };
    }

    /// <summary>Whether the cells of a field are amounts of money.</summary>
    internal static bool IsAmount(string field) =>
        field == ImportFields.TotalInvestment || PlainFact.Named(field)?.Shape == FactShape.Money;

    /// <summary>The field that a header means, or null.</summary>
    internal static string? Meaning(string header)
    {
        var plain = HanFolding.Fold(Written.Plain(header));
        // When a row was entered or changed in the product is no fact of the project.
        if (OwnClock().IsMatch(plain))
            return null;
        var bare = Bracketed().Replace(plain, "");
        var keys = new[] { plain, bare, UnitAtEnd().Replace(bare, "") }.Select(Key).Distinct().ToList();
        return keys.Select(key => ByAlias.GetValueOrDefault(key)).OfType<string>().FirstOrDefault()
            ?? keys.Select(ComposedHeadings.Meaning).OfType<string>().FirstOrDefault();
    }

    /// <summary>The unit in a header's bracket or at its end: 总投资(亿元), 投资额:万美元, 用地面积(平方米).</summary>
    internal static string? Unit(string header)
    {
        var plain = HanFolding.Fold(Written.Plain(header));
        foreach (System.Text.RegularExpressions.Match bracket in Bracketed().Matches(plain))
        {
            var inside = bracket.Value.Trim('(', ')', '[', ']', '【', '】', ' ');
            inside = inside.StartsWith("单位", StringComparison.Ordinal) ? inside[2..].Trim(':', ' ') : inside;
            if (IsUnit().IsMatch(inside) || Amounts.Unit(inside) is not null)
                return inside;
        }
        var end = UnitAtEnd().Match(Bracketed().Replace(plain, ""));
        return end.Success && end.Index > 0 ? end.Groups["unit"].Value : null;
    }

    private static string Key(string text) => Written.Bare(text);

    [GeneratedRegex(@"[(\[【][^()\[\]【】]*[)\]】]", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"单位\s?:\s?(?<unit>[^\s()]+(?:\s?[、,;/]\s?[^\s()]+)*)", RegexOptions.CultureInvariant)]
    private static partial Regex UnitOfTitle();

    [GeneratedRegex(@"\((?:北京时间|shanghai time)\)", RegexOptions.CultureInvariant)]
    private static partial Regex OwnClock();

    [GeneratedRegex(@"^(?:项目)?首[谈报](?!日期|时间|日|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex FirstToTalk();

    [GeneratedRegex(@"^其中|^(?:of which|including)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(
        @"^(?:内资|外资|人民币|外币|本币|中方|外方|美元|民资|国资)(?:部分|金额)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex KindOfMoney();

    [GeneratedRegex(@"^(?:合计|总计|小计|总额|金额|数额|总数|总量|total|amount)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"^(?:亩|mu|万?平方米|万?平米|万?m2|公顷|hectares?|ha|万?吨标准?煤|万?tce|人)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex IsUnit();

    [GeneratedRegex(
        @"[\s:,/_-]*(?:单位[:：]?)?(?<unit>(?:百万|千万|亿|万|千)?(?:人民币|美元|美金|港元|港币|欧元|日元|韩元|元)|亿|亩|万?平方米|公顷|万?吨标准?煤|tce|(?:million|billion) ?(?:usd|cny|rmb|yuan|us dollars|dollars|eur|euros)|(?:usd|cny|rmb|eur) ?(?:million|billion|mn|bn)|usd|cny|rmb|mu)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex UnitAtEnd();
}
