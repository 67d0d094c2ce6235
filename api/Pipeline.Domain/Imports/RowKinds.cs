using System.Text.RegularExpressions;

namespace Pipeline.Domain.Imports;

/// <summary>What a row below a header is. Only a project is read; any other is refused and says which it is.</summary>
public enum RowKind
{
    Project,

    /// <summary>A header, that of the table again or of the next one.</summary>
    Header,

    /// <summary>一、已签约(3个): names a section of rows.</summary>
    Heading,

    /// <summary>The total of the table.</summary>
    Total,

    /// <summary>The sum of some rows above it.</summary>
    Subtotal,

    /// <summary>其中:一期: a part of the row above, counted there.</summary>
    Part,

    /// <summary>A further investor under the name above.</summary>
    Continuation,

    /// <summary>A remark, a source, a signature, a page number.</summary>
    Note,
}

/// <summary>What a row is, and of a heading what it says.</summary>
/// <param name="Title">A heading's text without its number and its count.</param>
/// <param name="Level">How deep a heading lies: 1 for 一, 2 for (一), 3 for one without a number below such.</param>
public readonly record struct KindOfRow(RowKind Kind, string Title = "", int Level = 0);

/// <summary>Decides what each row of a table is before any of its cells is parsed: from its numbering, from which of its cells are filled and merged, from its words, and from sums.</summary>
public static partial class RowKinds
{
    /// <summary>A row is no project by its words alone where it says so little of one.</summary>
    private static readonly string[] OwnFacts =
    [
        ImportFields.Investor,
        ImportFields.Uscc,
        ImportFields.NationalCode,
        ImportFields.Stage,
        ImportFields.ReportedOn,
        ImportFields.SignedOn,
        ImportFields.RegisteredOn,
        ImportFields.StartedOn,
        ImportFields.InProductionOn,
        ImportFields.ContactOn,
        ImportFields.ContactKind,
    ];

    private static readonly string[] SharedFacts =
    [
        ImportFields.Country,
        ImportFields.Place,
        ImportFields.Jurisdiction,
        ImportFields.Industry,
        ImportFields.IndustryCode,
        ImportFields.Chain,
        ImportFields.Source,
    ];

    /// <summary>What is looked at of a row.</summary>
    private sealed record Seen(SheetRow Row)
    {
        /// <summary>How many cells are filled; how many of them with facts of one project; how many with what several may share.</summary>
        public int Filled { get; set; }
        public int Own { get; set; }
        public int Shared { get; set; }
        public bool HasInvestor { get; set; }
        public string Number { get; set; } = "";
        public string Name { get; set; } = "";

        /// <summary>The first filled cell.</summary>
        public string First { get; set; } = "";

        /// <summary>Whether its first cell is merged over three columns or more.</summary>
        public bool IsWide { get; set; }

        /// <summary>Whether the cell of the name reaches down into it from above.</summary>
        public bool IsUnderName { get; set; }

        public bool HasArabicNumber => Arabic().IsMatch(Number);
        public bool HasNumeral =>
            HeadingNumber().IsMatch(Number) || NumeralBefore().IsMatch(Name) || NumeralBefore().IsMatch(First);
    }

    /// <summary>What is usual in a table.</summary>
    /// <param name="Numbered">Projects bear 1, 2, 3.</param>
    /// <param name="Numerals">Projects bear 一, 二, 三.</param>
    /// <param name="Detailed">More is said of a project than a name and a number.</param>
    private sealed record Usual(bool Numbered, bool Numerals, bool Detailed);

    /// <summary>The kinds of the rows of one table, in order.</summary>
    /// <param name="rows">The rows below the table's header.</param>
    /// <param name="columns">What the header says.</param>
    /// <param name="amountOf">The amount that a row gives; null where it gives none.</param>
    public static IReadOnlyList<KindOfRow> Classify(
        IReadOnlyList<SheetRow> rows,
        ColumnMap columns,
        IReadOnlyList<MergedCells> merges,
        Func<SheetRow, Money?> amountOf
    )
    {
        var look = new Look(columns, merges);
        var seen = rows.Select(look.At).ToList();
        var projects = seen.Where(row => row.Own > 0).DefaultIfEmpty().OfType<Seen>().ToList();
        var typical = projects.Count > 0 ? projects : seen;
        bool Most(Func<Seen, bool> what) => 2 * typical.Count(what) >= typical.Count;
        var usual = new Usual(
            Most(row => row.HasArabicNumber),
            Most(row => HeadingNumber().IsMatch(row.Number)),
            Most(row => row.Filled >= 3)
        );
        var last = seen.FindLastIndex(row => row.Own > 0);

        var kinds = new KindOfRow[rows.Count];
        Seen? above = null;
        for (var at = 0; at < seen.Count; at++)
        {
            kinds[at] = KindOf(seen[at], above, columns, usual, at > last);
            if (kinds[at].Kind == RowKind.Project)
                above = seen[at];
            else if (kinds[at].Kind is not (RowKind.Part or RowKind.Continuation))
                above = null;
        }
        if (projects.Count > 1)
            FindSums(seen, kinds, amountOf);
        return kinds;
    }

    private static KindOfRow KindOf(Seen row, Seen? above, ColumnMap columns, Usual usual, bool afterProjects)
    {
        if (IsHeader(row.Row, columns))
            return new KindOfRow(RowKind.Header);
        if (row.Own <= 1 && IsSignature(row))
            return new KindOfRow(RowKind.Note);
        if (IsTotal(row))
            return new KindOfRow(RowKind.Total);
        if (row.Own == 0 && NoteWords().IsMatch(row.First) && !EndsLikeProject().IsMatch(row.First))
            return new KindOfRow(RowKind.Note);
        if (IsPart(row, above))
            return new KindOfRow(RowKind.Part);
        if (IsContinuation(row, above))
            return new KindOfRow(RowKind.Continuation);
        if (IsHeading(row, usual))
            return Heading(row);
        if (usual.Detailed && row is { Filled: 1, Own: 0 } && !Arabic().IsMatch(row.First) && !IsNameAlone(row, usual))
            return afterProjects ? new KindOfRow(RowKind.Note) : Heading(row);
        return new KindOfRow(RowKind.Project);
    }

    /// <summary>A name alone is still a project's where it ends like one and stands where names stand.</summary>
    private static bool IsNameAlone(Seen row, Usual usual) =>
        !usual.Numbered && row.First == row.Name && EndsLikeProject().IsMatch(row.Name);

    private static bool IsHeader(SheetRow row, ColumnMap columns)
    {
        var same = 0;
        for (var at = 0; at < row.Cells.Count; at++)
        {
            if (row.Cells[at].IsEmpty)
                continue;
            if (
                at >= columns.Columns.Count
                || Written.Bare(row.Cells[at].Text) is var bare && bare != Written.Bare(columns.Columns[at].Header)
            )
                return false;
            same++;
        }
        return same >= 2;
    }

    /// <summary>合计, 总 计, 全市合计(6个): the words of a total, with its count, where a name or a number stands, or before sums.</summary>
    private static bool IsTotal(Seen row)
    {
        if (TotalWords().IsMatch(Written.Bare(row.Name)) || TotalWords().IsMatch(Written.Bare(row.First)))
            return true;
        return row.Name.Length == 0
            && row.Own <= 1
            && row.Row.Cells.Any(cell =>
                cell.Text is { Length: <= 12 and > 0 } text && TotalWords().IsMatch(Written.Bare(text))
            );
    }

    /// <summary>填表人:张某, 审核人:李某: who signs, whatever columns the words stand in.</summary>
    private static bool IsSignature(Seen row) =>
        !EndsLikeProject().IsMatch(row.Name)
        && row.Row.Cells.Any(cell =>
            cell is { Numeric: false, IsEmpty: false, Text.Length: <= 200 }
            && Signature().IsMatch(Written.Plain(cell.Text))
        );

    /// <summary>其中:…, a bare 一期, or 1.1 below 1.</summary>
    private static bool IsPart(Seen row, Seen? above)
    {
        if (OfWhich().IsMatch(row.Name) || OfWhich().IsMatch(row.Number))
            return true;
        if (above is null || row.HasInvestor)
            return false;
        return BarePhase().IsMatch(row.Name)
            || (
                SubNumber().Match(row.Number) is { Success: true } sub
                && sub.Groups["of"].Value == above.Number.TrimEnd('.', '、')
            );
    }

    /// <summary>No name and no number of its own: the cell of the name reaches down from above, or only an investor or the like is added.</summary>
    private static bool IsContinuation(Seen row, Seen? above) =>
        above is not null
        && row is { Name: "", Number: "", Filled: > 0 }
        && (row.IsUnderName || (2 * row.Filled <= above.Filled && row.Own + row.Shared > 0));

    private static bool IsHeading(Seen row, Usual usual)
    {
        if (row.Filled == 0 || row.Own > 1)
            return false;
        var counts = Counted().IsMatch(row.Name.Length > 0 ? row.Name : row.First);
        // 一 before 已签约 where projects bear 1, 2, 3; where projects bear 一, 二, 三 themselves it says nothing.
        var numeral = row.HasNumeral && !usual.Numerals;
        if (row.Own > 0)
            return numeral && counts && !row.HasInvestor;
        if (numeral)
            return usual.Detailed || counts;
        if (row.Shared > 1)
            return false;
        if (counts)
            return true;
        if (row.HasArabicNumber)
            return false;
        return row.IsWide || (usual.Detailed && row.Shared == 0 && SectionWords().IsMatch(Written.Bare(row.First)));
    }

    /// <summary>What a heading says, and how deep it lies.</summary>
    private static KindOfRow Heading(Seen row)
    {
        var title = row.Name.Length > 0 ? row.Name : row.First;
        var number = row.Number == title ? "" : row.Number;
        if (NumeralBefore().Match(title) is { Success: true } before)
        {
            number = number.Length == 0 ? before.Value.Trim() : number;
            title = title[before.Length..];
        }
        var level =
            number.Length == 0 ? 3
            : number.StartsWith('(') ? 2
            : 1;
        return new KindOfRow(RowKind.Heading, Counted().Replace(title, "").Trim(' ', ':', '。'), level);
    }

    /// <summary>A heading that stands above the table's header: 一、在谈项目.</summary>
    internal static KindOfRow? NumberedTitle(string text) =>
        NumeralBefore().IsMatch(Written.Plain(text)) ? new KindOfRow(RowKind.Heading, TitleOf(text), 1) : null;

    /// <summary>A title above a table may be a heading too: 一、在谈项目, 2026年签约项目清单.</summary>
    internal static string TitleOf(string text)
    {
        var plain = Written.Plain(text);
        var title = Counted().Replace(NumeralBefore().Replace(plain, ""), "");
        return TitleFrame().Replace(title, "").Trim(' ', ':', '。');
    }

    /// <summary>Rows that say nothing of one project, but a sum that is exactly that of rows below them or above.</summary>
    private static void FindSums(List<Seen> seen, KindOfRow[] kinds, Func<SheetRow, Money?> amountOf)
    {
        for (var at = 0; at < seen.Count; at++)
        {
            if (kinds[at].Kind != RowKind.Project || seen[at].Own > 0 || seen[at].HasArabicNumber)
                continue;
            if (amountOf(seen[at].Row) is not { } sum)
                continue;
            if (Covers(at, +1, sum))
                kinds[at] = Heading(seen[at]);
            else if (Covers(at, -1, sum))
                kinds[at] = new KindOfRow(RowKind.Subtotal);
        }

        bool Covers(int from, int step, Money sum)
        {
            var (total, count) = (0m, 0);
            for (var at = from + step; at >= 0 && at < seen.Count && total < sum.Amount; at += step)
            {
                if (kinds[at].Kind is RowKind.Part or RowKind.Continuation or RowKind.Note)
                    continue;
                if (kinds[at].Kind != RowKind.Project || seen[at].Own == 0)
                    break;
                if (amountOf(seen[at].Row) is not { } one)
                    continue;
                if (one.Currency != sum.Currency)
                    return false;
                (total, count) = (total + one.Amount, count + 1);
            }
            // A sum may be rounded in a digit that its parts are not.
            return count >= 2 && Math.Abs(total - sum.Amount) <= sum.Amount * 0.0005m;
        }
    }

    /// <summary>Looks at the rows of one table.</summary>
    private sealed class Look(ColumnMap columns, IReadOnlyList<MergedCells> merges)
    {
        private readonly int name = columns.IndexOf(ImportFields.Name);
        private readonly int number = columns.IndexOf(ImportFields.Number);
        private readonly HashSet<int> investor = [.. columns.AllOf(ImportFields.Investor)];
        private readonly HashSet<int> own = [.. OwnFacts.SelectMany(columns.AllOf)];
        private readonly HashSet<int> shared = [.. SharedFacts.SelectMany(columns.AllOf)];
        private readonly ILookup<int, MergedCells> wide = merges
            .Where(merge => merge.Width >= 3 && merge.FirstRow == merge.LastRow)
            .ToLookup(merge => merge.FirstRow);

        public Seen At(SheetRow row)
        {
            var seen = new Seen(row);
            var firstAt = -1;
            for (var at = 0; at < row.Cells.Count; at++)
            {
                // A longer text says something, whatever it is; only a few of them are looked at.
                if (row.Cells[at].IsEmpty || (row.Cells[at].Text.Length <= 4 && TextAt(row, at).Length == 0))
                    continue;
                seen.Filled++;
                if (firstAt < 0)
                    (seen.First, firstAt) = (TextAt(row, at), at);
                seen.HasInvestor |= investor.Contains(at);
                seen.Own += own.Contains(at) ? 1 : 0;
                seen.Shared += shared.Contains(at) ? 1 : 0;
            }
            seen.Name = TextAt(row, name);
            seen.Number = TextAt(
                row,
                number >= 0 ? number
                    : firstAt < name ? firstAt
                    : -1
            );
            seen.IsWide = wide[row.Number].Any(merge => merge.FirstColumn == firstAt);
            seen.IsUnderName = row.Merged?.ContainsKey(name) == true;
            return seen;
        }

        private static string TextAt(SheetRow row, int at)
        {
            if (at < 0 || at >= row.Cells.Count || row.Cells[at].IsEmpty)
                return "";
            var cell = row.Cells[at];
            if (cell.Numeric)
                return cell.Text;
            var plain = Written.Plain(cell.Text);
            return Written.IsBlank(plain) ? "" : plain;
        }
    }

    [GeneratedRegex(@"^[0-9]{1,6}(?:\.0)?[.、]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Arabic();

    // Full-width and Roman numerals are folded before: Ⅱ is ii.
    [GeneratedRegex(
        @"^(?:[一二三四五六七八九十]{1,3}|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十0-9]{1,3}(?:部分|类|章|批|组)|\(?[ivx]{1,5}\)?|[a-h])[、.,:]?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex HeadingNumber();

    [GeneratedRegex(
        @"^(?:[一二三四五六七八九十]{1,3}\s?[、.,:]|\([一二三四五六七八九十]{1,3}\)\s?、?|第[一二三四五六七八九十0-9]{1,3}(?:部分|类|章)\s?[、:]?|\(?[ivx]{1,5}\s?[.、)])\s*",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex NumeralBefore();

    [GeneratedRegex(@"^(?<of>[0-9]{1,4})\s?[-.—–_]\s?[0-9]{1,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SubNumber();

    [GeneratedRegex(
        @"\s?(?:\(\s?(?:共|计|合计|总计)?\s?[0-9一二三四五六七八九十百]+\s?(?:个|项|家|宗|projects?)[^()]*\)|[:,\s]\s?共?\s?[0-9]+\s?[个项](?:项目)?\z)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Counted();

    [GeneratedRegex(
        @"^(?:全[市县区省州]|\p{L}{1,6}?[市县区镇类]|本[页表类区市县]|以上|上述|各\p{L}{1,4}|项目|本部分)?(?:合计|总计|小计|累计|共计|总和|汇总|总数|合共)(?:[0-9一二三四五六七八九十百]*[个项家宗]?(?:项目|企业)?)?(?:[0-9.]+[亿万]?元)?\z|^(?:grand|sub)?(?:total|sum)s?[0-9]*(?:projects?)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex TotalWords();

    [GeneratedRegex(
        @"^(?:填[表报写]|制[表单]|编制|报送|上报|审[核批定]|复核|核对|校对|经办|负责|分管|联系|联络|统计|单位负责|主管|盖章|签[字名章]|电话|手机|传真|日期)\p{L}{0,6}\s?(?:\([^()]*\))?\s?:|^\((?:盖章|公章|签字|签章|印章)\)\z|^(?:盖章|公章|签字|签章)\z|^(?:prepared|reviewed|approved|checked|signed) by\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Signature();

    [GeneratedRegex(
        @"^(?:注|备注|说明|附注|附|附件|填表说明|填报说明|编制说明|数据来源|资料来源|来源|出处|口径|统计口径|单位|提示|注意|抄送|notes?|remarks?|sources?)\s?[0-9一二三四五]?\s?[:.]|^(?:以上|上述|本表|此表|截[至止])|^第\s?[0-9]+\s?页|^共\s?[0-9]+\s?页|^page\s?[0-9]+|^[-—–=_]{2,}|以下空白|无正文|以下无内容|^[*※▲★●]|^[12][0-9]{3}\s?[年./-]\s?[0-9]{1,2}\s?[月./-]?\s?(?:[0-9]{1,2}\s?日?)?\z|^[一二〇零○]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex NoteWords();

    [GeneratedRegex(
        @"^其中\s?(?:[::]|\z|[一二三四五六七八九十0-9]|首期|[a-z]\b)|^of which\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex OfWhich();

    [GeneratedRegex(
        @"^(?:[-—–·]\s?)?(?:第?[一二三四五六七八九十0-9]{1,2}期|首期|[a-z0-9一二三四五六]\s?[区标](?:段|块)?)(?:项目|工程|建设)?(?:\([^()]*\))?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex BarePhase();

    [GeneratedRegex(
        @"^(?:在谈|洽谈|意向|签约|已签约|拟签约|新签约|注册|备案|已注册|开工|已开工|在建|续建|新建|投产|已投产|竣工|储备|谋划|前期|终止)\p{L}{0,6}(?:项目|类|清单|阶段)?\z|(?:产业|产业链|行业|领域|板块|类|类项目|片区)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex SectionWords();

    [GeneratedRegex(
        @"(?:项目|基地|工程|产业园|园区|产业城|生产线|产线|技改|扩建|总部|中心|(?:\b|^)(?:project|plant|factory|base))(?:\([^()]*\))?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex EndsLikeProject();

    [GeneratedRegex(
        @"^(?:[0-9]{4}年?度?|全市|本市|\p{L}{2,8}[市县区])+|(?:清单|一览表|汇总表|统计表|明细表|情况表|台账|名单|名册|表)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex TitleFrame();
}
