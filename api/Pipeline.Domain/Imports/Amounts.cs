using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Imports;

/// <summary>A unit that a header or a currency column gives to bare numbers: 亿元 is (100 000 000, CNY).</summary>
public sealed record AmountUnit(decimal? Scale, string? Currency);

/// <summary>Reads sums of money as registers write them (R50): 亿元, 万美元, 1.6 billion euros, 约, 不超过, two currencies in one cell …</summary>
public static partial class Amounts
{
    // From 200 亿元 on one row is more often a lost decimal point than a project; below 一万元 a lost unit.
    private const decimal ImplausiblyMuch = 20_000_000_000m,
        ImplausiblyLittle = 10_000m;

    // Only to judge plausibility across currencies, never to convert: an order of magnitude is enough.
    private static readonly Dictionary<string, decimal> RoughCny = new()
    {
        ["CNY"] = 1,
        ["USD"] = 7,
        ["EUR"] = 7.8m,
        ["GBP"] = 9,
        ["CHF"] = 8,
        ["HKD"] = 0.9m,
        ["SGD"] = 5.3m,
        ["AUD"] = 4.7m,
        ["CAD"] = 5.2m,
        ["JPY"] = 0.05m,
        ["KRW"] = 0.005m,
        ["TWD"] = 0.22m,
        ["MYR"] = 1.6m,
        ["THB"] = 0.2m,
        ["SEK"] = 0.7m,
        ["DKK"] = 1,
        ["NOK"] = 0.7m,
        ["INR"] = 0.085m,
        ["RUB"] = 0.08m,
        ["MOP"] = 0.9m,
    };

    /// <summary>Reads one cell; without a certain sum the value is null and a doubt says why.</summary>
    /// <param name="text">The cell as it stands.</param>
    /// <param name="given">The unit that the header or a currency column gives; the cell's own unit goes before it.</param>
    /// <param name="numbers">How the file writes its numbers.</param>
    public static Cell<Money?> Parse(
        string text,
        AmountUnit? given = null,
        NumberHabit numbers = NumberHabit.CommaGroups
    )
    {
        var plain = Written.Plain(text);
        if (Written.IsBlank(plain))
            return new(text, null, []);
        Cell<Money?> Nothing(string code, params object[] args) => new(text, null, [new Doubt(code, args)]);
        (plain, var unread) = NumberHabits.Plain(CountedYi().Replace(plain, ""), numbers);
        if (unread is not null)
            return Nothing(unread);

        if (Vague().IsMatch(plain))
            return Nothing(ImportCodes.BoundOnly);
        var sums = Mentions(plain, given);
        if (sums is null)
            return Nothing(ImportCodes.AmountUnreadable);
        if (sums.Count == 0)
            return Bare(text, plain, given);
        if (RangeOfSums(plain, sums))
            return Nothing(ImportCodes.Range);

        var first = sums[0];
        var before = plain[..first.Start];
        var after = plain[first.End..(sums.Count > 1 ? sums[1].Start : plain.Length)];
        if (PerUnit().IsMatch(after))
            return Nothing(ImportCodes.AmountUnreadable);
        if (OtherKind().IsMatch(before) && !WholeKind().IsMatch(before))
            return Nothing(ImportCodes.NotTotal, first.Shown);
        if (Batch().IsMatch(before))
            return Nothing(ImportCodes.BatchTotal, first.Shown);

        var doubts = new List<Doubt>();
        if (sums.Count > 1)
        {
            var second = sums[1];
            if (PhaseWord().IsMatch(after) || PhaseWord().IsMatch(plain[second.End..]))
            {
                if (PhaseWord().IsMatch(before))
                    return Nothing(ImportCodes.Phases, first.Shown, second.Shown);
                doubts.Add(new(ImportCodes.Phases, second.Shown));
            }
            else if (second.Currency != first.Currency || SaysPart().IsMatch(after))
                doubts.Add(new(ImportCodes.TwoAmounts, second.Shown));
            else
                return Nothing(ImportCodes.SeveralAmounts, first.Shown, second.Shown);
        }
        else if (PhaseWord().IsMatch(before) || PhaseWord().IsMatch(after))
            doubts.Add(new(ImportCodes.Partial));
        if (first.CurrencyAssumed)
            doubts.Add(new(ImportCodes.CurrencyAssumed, first.Currency));
        Qualify(before, first.MoreThan ? "余" + after : after, doubts);
        if (given?.Currency is { } column && column != first.Currency && !first.CurrencyAssumed)
            doubts.Add(new(ImportCodes.CurrencyDiffers, column, first.Currency));
        if (Unexplained(before + " " + (sums.Count > 1 ? "" : after)) || plain.Contains('?', StringComparison.Ordinal))
            doubts.Add(new(ImportCodes.ExtraText));
        return Settle(text, first.Amount, first.Currency, doubts);
    }

    /// <summary>The currency a text names, or null: 人民币, 美元, USD, 港币, euros …</summary>
    public static string? Currency(string text)
    {
        var plain = Written.Plain(text);
        var match = CurrencyWord().Match(plain);
        return match.Success && match.Length == plain.Length ? Code(match.Value).Currency : null;
    }

    /// <summary>The unit in a header such as 总投资(亿元), or null when the text is no unit of money.</summary>
    public static AmountUnit? Unit(string text)
    {
        var plain = Written.Plain(text);
        var match = UnitText().Match(plain);
        if (!match.Success || plain.Length == 0)
            return null;
        var scale = match.Groups["scale"].Success ? Scale(match.Groups["scale"].Value) : (decimal?)null;
        var currency = match.Groups["currency"].Success ? Code(match.Groups["currency"].Value).Currency : null;
        return scale is null && currency is null ? null : new AmountUnit(scale ?? 1, currency);
    }

    private static Cell<Money?> Bare(string text, string plain, AmountUnit? given)
    {
        var match = BareNumber().Match(plain);
        if (!match.Success)
            return new(
                text,
                null,
                [new(Scaled().IsMatch(plain) ? ImportCodes.BoundOnly : ImportCodes.AmountUnreadable)]
            );
        if (match.Groups["to"].Success)
            return new(text, null, [new(ImportCodes.Range)]);
        if (
            !decimal.TryParse(
                match.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal),
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out var number
            )
            || Math.Abs(number) > Money.Max
        )
            return new(text, null, [new(ImportCodes.AmountUnreadable)]);
        if (number <= 0)
            return new(text, null, [new(ImportCodes.NotPositive)]);
        if (given?.Scale is not { } scale)
            return new(text, null, [new(ImportCodes.UnitMissing)]);
        var doubts = new List<Doubt>();
        if (given.Currency is null)
            doubts.Add(new(ImportCodes.CurrencyAssumed, "CNY"));
        Qualify(match.Groups["before"].Value, match.Groups["after"].Value, doubts);
        return Settle(text, number * scale, given.Currency ?? "CNY", doubts);
    }

    private static Cell<Money?> Settle(string text, decimal amount, string currency, List<Doubt> doubts)
    {
        if (amount <= 0)
            return new(text, null, [new(ImportCodes.NotPositive)]);
        if (amount > Money.Max)
            return new(text, null, [.. doubts, new(ImportCodes.Implausible)]);
        var rounded = decimal.Round(amount, 2, MidpointRounding.ToEven);
        if (rounded != amount)
            doubts.Add(new(ImportCodes.Rounded));
        var inCny = amount * RoughCny.GetValueOrDefault(currency, 1);
        if (inCny is >= ImplausiblyMuch or < ImplausiblyLittle)
            doubts.Add(new(ImportCodes.Implausible));
        // 45.5 million is 45500000, without the zeros that multiplying leaves behind the point.
        return rounded > 0
            ? new(text, new Money(rounded / 1.0000000000000000000000000000m, currency), doubts)
            : new(text, null, doubts);
    }

    private static void Qualify(string before, string after, List<Doubt> doubts)
    {
        var all = before + " " + after;
        if (Upper().IsMatch(all))
            doubts.Add(new(ImportCodes.UpperBound));
        else if (Lower().IsMatch(all))
            doubts.Add(new(ImportCodes.LowerBound));
        else if (About().IsMatch(before) || AboutAfter().IsMatch(after))
            doubts.Add(new(ImportCodes.Approximate));
        if (Plan().IsMatch(all))
            doubts.Add(new(ImportCodes.Planned));
    }

    private static bool Unexplained(string rest) => Wording().Replace(rest, "").Any(char.IsLetterOrDigit);

    private sealed record Sum(
        int Start,
        int End,
        decimal Amount,
        string Currency,
        bool CurrencyAssumed,
        bool Ranged,
        bool MoreThan
    )
    {
        public string Shown => $"{Amount.ToString("0.##", CultureInfo.InvariantCulture)} {Currency}";
    }

    /// <summary>Every sum in the text: a number with a scale (万, billion) or a currency, or both. Null when a number is broken.</summary>
    private static List<Sum>? Mentions(string plain, AmountUnit? given)
    {
        var sums = new List<Sum>();
        for (var at = 0; at < plain.Length; )
        {
            var end = Numerals.Read(plain, at, out var digits);
            if (end == at)
            {
                at++;
                continue;
            }
            var written = plain[at..end];
            var scaled = Scaled().IsMatch(written);
            var start = at;
            at = end;
            if (
                !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || number > Money.Max
            )
                return null;

            var tail = plain[end..];
            var english = EnglishScale().Match(tail);
            if (!scaled && english.Success)
            {
                number *= Scale(english.Groups["scale"].Value);
                end += english.Length;
                tail = plain[end..];
                scaled = true;
            }
            // 10余亿元: the scale stands behind the "more than".
            var more = MoreThan().Match(tail);
            if (more.Success && written.IndexOfAny(['万', '亿', '萬', '億']) < 0)
            {
                number *= Scale(more.Groups["scale"].Value);
                end += more.Length;
                tail = plain[end..];
                scaled = true;
            }
            var suffix = Suffix().Match(tail);
            var taken = sums.Count > 0 ? sums[^1].End : 0;
            var prefix = Prefix().Match(plain[taken..start]);
            if (!suffix.Success && !prefix.Success && (!scaled || Measures().IsMatch(tail)))
                continue;
            // 1,23万元 or 1 234 万元 or 1.2.3亿元: the number that ends here is not the whole of it.
            if (Broken().IsMatch(plain[..start]))
                return null;
            var (currency, assumed) = Currencies(suffix, prefix, given);
            if (number > Money.Max)
                return null;
            end += suffix.Length;
            var from = prefix.Success ? taken + prefix.Index : start;
            if (Minus().IsMatch(plain[..from]))
                number = -number;
            sums.Add(
                new Sum(from, end, number, currency, assumed, RangeBefore().IsMatch(plain[..start]), more.Success)
            );
            at = end;
        }
        return sums;
    }

    private static (string Currency, bool Assumed) Currencies(
        System.Text.RegularExpressions.Match suffix,
        System.Text.RegularExpressions.Match prefix,
        AmountUnit? given
    )
    {
        var named =
            suffix.Groups["named"].Success ? suffix.Groups["named"].Value
            : prefix.Success ? prefix.Groups["named"].Value
            : null;
        if (named is not null)
            return Code(named);
        if (suffix.Success)
            return (given?.Currency ?? "CNY", false);
        return given?.Currency is { } currency ? (currency, false) : ("CNY", true);
    }

    private static bool RangeOfSums(string plain, List<Sum> sums) =>
        sums[0].Ranged
        || (
            sums.Count > 1
            && sums[1].Currency == sums[0].Currency
            && RangeSign().IsMatch(plain[sums[0].End..sums[1].Start])
        );

    private static decimal Scale(string word) =>
        word switch
        {
            "十" => 10,
            "百" => 100,
            "千" or "thousand" or "k" => 1_000,
            "万" or "萬" => 10_000,
            "十万" => 100_000,
            "百万" or "million" or "mn" or "mio" or "mil" or "m" => 1_000_000,
            "千万" => 10_000_000,
            "亿" or "億" => 100_000_000,
            "billion" or "bn" or "b" => 1_000_000_000,
            "trillion" => 1_000_000_000_000,
            _ => 1,
        };

    private static (string Currency, bool Assumed) Code(string word)
    {
        var name = Written.Bare(word);
        return name switch
        {
            "" when word.Contains("us$", StringComparison.Ordinal) => ("USD", false),
            "" when word.Contains('€', StringComparison.Ordinal) => ("EUR", false),
            "" when word.Contains('£', StringComparison.Ordinal) => ("GBP", false),
            "" when word.Contains('¥', StringComparison.Ordinal) => ("CNY", true),
            "" => ("USD", true),
            "hk"
            or "hkd"
            or "hkdollar"
            or "hkdollars"
            or "hongkongdollar"
            or "hongkongdollars"
            or "港元"
            or "港币"
            or "港幣"
            or "港圆" => ("HKD", false),
            "nt" or "ntd" or "twd" or "台币" or "新台币" or "新台幣" => ("TWD", false),
            "us" or "usd" or "美元" or "美金" or "usdollar" or "usdollars" => ("USD", false),
            "dollar" or "dollars" => ("USD", true),
            "eur" or "euro" or "euros" or "欧元" or "歐元" => ("EUR", false),
            "jpy" or "yen" or "日元" or "日圆" or "日币" => ("JPY", false),
            "krw" or "won" or "韩元" or "韩币" or "韓元" => ("KRW", false),
            "gbp" or "pound" or "pounds" or "英镑" or "英鎊" => ("GBP", false),
            "sgd" or "新加坡元" or "新元" or "坡币" => ("SGD", false),
            "aud" or "澳元" or "澳大利亚元" => ("AUD", false),
            "cad" or "加元" or "加拿大元" => ("CAD", false),
            "chf" or "瑞士法郎" or "瑞郎" => ("CHF", false),
            "mop" or "澳门元" or "澳门币" => ("MOP", false),
            "myr" or "林吉特" or "令吉" or "马币" => ("MYR", false),
            "thb" or "泰铢" => ("THB", false),
            "sek" or "瑞典克朗" => ("SEK", false),
            "dkk" or "丹麦克朗" => ("DKK", false),
            "nok" or "挪威克朗" => ("NOK", false),
            "inr" or "卢比" => ("INR", false),
            "rub" or "卢布" => ("RUB", false),
            _ => ("CNY", false),
        };
    }

    private const string Foreign =
        "美元|美金|港元|港币|港幣|港圆|欧元|歐元|日元|日圆|日币|韩元|韩币|韓元|英镑|英鎊|新加坡元|新元|坡币|新台币|新台幣|台币|澳大利亚元|澳门元|澳门币|澳元|加拿大元|加元|瑞士法郎|瑞郎|林吉特|令吉|马币|泰铢|瑞典克朗|丹麦克朗|挪威克朗|卢比|卢布";
    private const string Latin =
        @"(?:us|hk|u\.s\.|hong kong)\s?dollars?|us\$|hk\$|nt\$|usd|eur|hkd|jpy|krw|gbp|sgd|aud|cad|chf|twd|ntd|mop|myr|thb|sek|dkk|nok|inr|rub|rmb|cny|cnh|euros?|yen|won|pounds?|dollars?|yuan|renminbi|[$€£¥]";
    private const string Scales = "百万|千万|十万|亿|億|万|萬|千|百|thousand|million|billion|mio|mn|bn|m";
    private const string Named = "人民币|" + Foreign + "|" + Latin;

    [GeneratedRegex("^(?:元|圆|" + Named + @")\z|^(?:元|圆|" + Named + ")", RegexOptions.CultureInvariant)]
    private static partial Regex CurrencyWord();

    [GeneratedRegex(
        "^(?:单位[:：]?\\s*)?(?:(?<scale>"
            + Scales
            + ")?\\s?(?<currency>人民币元?|元人民币|"
            + Named
            + "|元|圆)?|(?<currency>"
            + Named
            + ")\\s?(?<scale>"
            + Scales
            + ")元?)\\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex UnitText();

    // 元港币, 元(美元) and 元人民币 name their currency after the 元.
    [GeneratedRegex(
        @"^\s?(?:(?:元|圆)\s?\(?(?<named>" + Named + @")\)?|\(?(?<named>" + Named + @")\)?(?![a-z])|(?:元|圆))",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Suffix();

    [GeneratedRegex(@"(?<![a-z])(?<named>" + Named + @")\s?[:]?\s?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^\s?[余多]\s?(?<scale>百万|千万|亿|億|万|萬)", RegexOptions.CultureInvariant)]
    private static partial Regex MoreThan();

    [GeneratedRegex(
        @"^\s?(?<scale>thousand|million|billion|trillion|mn|bn|mio|mil|m|b|k)(?![a-z0-9])",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex EnglishScale();

    // 10万吨, 2万平方米: a number with a scale that counts something else.
    [GeneratedRegex(
        @"^\s?(?!余|多|左右|以上|以下|以内|之内|之间|投资|项目|起|元|至|到|和|与|及|或|[(),;、.~\-—–/+ ]|\z)[\p{L}㎡%°]",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Measures();

    [GeneratedRegex("[万亿萬億百千十]", RegexOptions.CultureInvariant)]
    private static partial Regex Scaled();

    [GeneratedRegex(@"(?:[0-9][,.' ]|[.,])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Broken();

    [GeneratedRegex(@"^\s*[-−]\s?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Minus();

    [GeneratedRegex(
        @"[0-9一二三四五六七八九十百千万亿元]\s?(?:[-~—–−]+|至|到|to|or|或)\s?(?:" + Named + @")?\s?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex RangeBefore();

    [GeneratedRegex(@"^\s?(?:[-~—–−]+|至|到|to|or|或)\s?\z", RegexOptions.CultureInvariant)]
    private static partial Regex RangeSign();

    [GeneratedRegex(
        @"^(?<before>\D*?)\s?(?<n>[-−]?[0-9][0-9,]*(?:\.[0-9]+)?(?:e[+-]?[0-9]{1,2})?)(?:\s?(?<to>[-~—–−至到]+)\s?[0-9][0-9,.]*)?\s?(?<after>左右|余|多|以上|以下|以内|\+)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex BareNumber();

    // 3个亿 is 3亿; 数个亿 stays vague.
    [GeneratedRegex(@"(?<=[0-9一二两三四五六七八九十半]\s?)个(?=亿)", RegexOptions.CultureInvariant)]
    private static partial Regex CountedYi();

    [GeneratedRegex(@"[数几][十百千万亿]|十几|[数几]个亿|若干", RegexOptions.CultureInvariant)]
    private static partial Regex Vague();

    [GeneratedRegex(@"^\s?(?:元)?\s?(?:/|每|per\b)", RegexOptions.CultureInvariant)]
    private static partial Regex PerUnit();

    [GeneratedRegex(@"注册资[本金]|固定资产|设备投资|registered capital|fixed asset", RegexOptions.CultureInvariant)]
    private static partial Regex OtherKind();

    [GeneratedRegex(@"总投资|总额|total", RegexOptions.CultureInvariant)]
    private static partial Regex WholeKind();

    [GeneratedRegex(@"[个家]\S{0,8}(?:合计|共计|总计|共|总投资)", RegexOptions.CultureInvariant)]
    private static partial Regex Batch();

    [GeneratedRegex(@"首期|[一二三四五六七八九十0-9]期|首批|phase|first stage", RegexOptions.CultureInvariant)]
    private static partial Regex PhaseWord();

    [GeneratedRegex(
        @"其中|含|包括|注册资|固定资产|折合|约合|of which|including|equivalent|[≈=]",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex SaysPart();

    [GeneratedRegex(
        @"不超过|不超出|不高于|不多于|不大于|至多|最多|最高|(?<!不)低于|(?<!不)少于|以内|之内|以下|[<≤]|up to|at most|no more than|not more than|not exceeding|less than|under|max",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Upper();

    [GeneratedRegex(
        @"超|逾|不低于|不少于|不小于|至少|高于|大于|以上|起|[余多]|\+|[>≥]|over|more than|at least|exceed|above|no less than|not less than|min",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Lower();

    [GeneratedRegex(
        @"(?<![签协合条契履违预解续])约|近|大概|接近|大致|上下|估|~|≈|about|approx|around|nearly|almost|circa|some",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex About();

    [GeneratedRegex(@"^\s?(?:左右|上下|许)", RegexOptions.CultureInvariant)]
    private static partial Regex AboutAfter();

    [GeneratedRegex(@"计划|拟|预计|规划|意向|暂定|plan|expect|estimat", RegexOptions.CultureInvariant)]
    private static partial Regex Plan();

    // What usually stands around a sum and is understood above; anything else is said to be there.
    [GeneratedRegex(
        @"签约|协议|合同|约合|折合|计划|拟|预计|规划|意向|暂定|项目|总投资额?|投资总额|投资额?|总额|金额|首期|[一二三四五六七八九十0-9]期|首批|不超过|不超出|不高于|不多于|不大于|至多|最多|最高|低于|少于|以内|之内|以下|超过|超出|超|逾|不低于|不少于|不小于|至少|高于|大于|以上|起|左右|上下|余|多|许|大约|约|将近|接近|近|大概|大致|估算|估|人民币|total|investment|of|about|approximately|approx|around|nearly|almost|circa|some|over|more than|at least|up to|at most|no more than|not more than|less than|not exceeding|exceeding|planned|expected|estimated|amount|an?|the|元",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Wording();
}
