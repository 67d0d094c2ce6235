using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Imports;

/// <summary>Reads dates as registers write them (R50). Only a certain day of a certain year becomes a date; else a doubt says what kind of thing stands there.</summary>
public static partial class Dates
{
    private const int FirstYear = 1949,
        LastYear = 2100;

    /// <summary>Reads one cell.</summary>
    /// <param name="text">The cell as it stands.</param>
    /// <param name="numeric">Whether the file holds a number there: a spreadsheet's serial day and no typed text.</param>
    /// <param name="days1904">Whether such days count from 1904, as old Macintosh files do, and not from 1900.</param>
    /// <param name="of">The stage whose day this is: beside a day it may be said that this was it, 3月15日签约.</param>
    public static Cell<DateOnly?> Parse(string text, bool numeric = false, bool days1904 = false, string? of = null)
    {
        var plain = Bare(Written.Plain(text), of);
        if (Written.IsBlank(plain))
            return new(text, null, []);
        Cell<DateOnly?> Doubtful(params string[] codes) => new(text, null, [.. codes.Select(c => new Doubt(c))]);

        if (PlainNumber().IsMatch(plain))
            return Number(text, plain, numeric, days1904);

        // A moment with its offset is a day in the city.
        if (
            Moment().Match(plain) is { Success: true } moment
            && DateTimeOffset.TryParse(
                $"{moment.Groups["d"].Value}T{moment.Groups["h"].Value}{moment.Groups["o"].Value}".ToUpperInvariant(),
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var instant
            )
        )
            return new(text, DateOnly.FromDateTime(instant.ToOffset(TimeSpan.FromHours(8)).DateTime), []);

        var stripped = Note().Replace(plain, "");
        var planned = Planned().IsMatch(plain);
        stripped = Planned().Replace(stripped, "").Trim(' ', ',', '.', ';', ':', '、', '。');
        if (Certain(stripped) is { } reading)
        {
            return reading.Code is { } code ? Doubtful(code)
                : planned
                    ? new(
                        text,
                        null,
                        [
                            new(
                                ImportCodes.DatePlanned,
                                reading.Date!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                            ),
                        ]
                    )
                : new(text, reading.Date, []);
        }

        var codes = new List<string>();
        if (planned)
            codes.Add(ImportCodes.DatePlanned);
        var equated = Numerals.Equate(stripped);
        if (Relative().IsMatch(equated))
            codes.Add(ImportCodes.DateRelative);
        if (Bound().IsMatch(equated))
            codes.Add(ImportCodes.DateBound);
        if (About().IsMatch(equated))
            codes.Add(ImportCodes.DateApproximate);
        if (!codes.Contains(ImportCodes.DateBound) && Period().IsMatch(equated))
            codes.Add(ImportCodes.DatePeriod);
        if (TwoDays().IsMatch(equated))
            codes.Add(ImportCodes.DateTwoDays);
        if (
            !codes.Contains(ImportCodes.DateRelative)
            && (Day().IsMatch(equated) || Month().IsMatch(equated))
            && !Year().IsMatch(equated)
        )
            codes.Add(ImportCodes.DateNoYear);
        if (codes.Count == 0)
        {
            codes.Add(
                MonthOfYear().IsMatch(equated) ? ImportCodes.DateMonthOnly
                : YearOnly().IsMatch(equated) ? ImportCodes.DateYearOnly
                : ImportCodes.DateUnreadable
            );
        }
        return Doubtful([.. codes]);
    }

    /// <summary>The text without the words that only say that the stage was reached on that day: 已于2026年3月15日正式签约.</summary>
    private static string Bare(string plain, string? of)
    {
        var bare = On().Replace(plain, "");
        var happened = of switch
        {
            Stages.Signed => SignedThen(),
            Stages.Registered => RegisteredThen(),
            Stages.Started => StartedThen(),
            Stages.InProduction => InProductionThen(),
            _ => null,
        };
        bare = happened?.Replace(bare, "") ?? bare;
        return Certain(Note().Replace(bare, "").Trim()) is { Code: null } ? bare : plain;
    }

    /// <summary>A day written out in full, or the code that says why it is none; null when the text is no such thing.</summary>
    private static (DateOnly? Date, string? Code)? Certain(string text)
    {
        var equated = Numerals.Equate(text);
        var match = YearFirst().Match(equated);
        if (match.Success)
            return Build(match.Groups["y"].Value, match.Groups["m"].Value, match.Groups["d"].Value);
        match = DayMonthYear().Match(equated);
        if (match.Success)
            return Build(match.Groups["y"].Value, MonthNumber(match.Groups["m"].Value), match.Groups["d"].Value);
        match = YearLast().Match(equated);
        if (!match.Success)
            return null;
        var (one, two) = (
            int.Parse(match.Groups["a"].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["b"].Value, CultureInfo.InvariantCulture)
        );
        // 05/06/2023 is May or June, according to the country; 13/02/2023 and 05/05/2023 are one day everywhere.
        if (match.Groups["y"].Length == 2 || (one <= 12 && two <= 12 && one != two))
            return (null, ImportCodes.DateAmbiguous);
        return Build(
            match.Groups["y"].Value,
            (two > 12 ? one : two).ToString(CultureInfo.InvariantCulture),
            (two > 12 ? two : one).ToString(CultureInfo.InvariantCulture)
        );
    }

    private static Cell<DateOnly?> Number(string text, string plain, bool numeric, bool days1904)
    {
        Cell<DateOnly?> Doubtful(string code) => new(text, null, [new(code)]);
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return Doubtful(ImportCodes.DateUnreadable);
        if (plain.Length == 8 && number >= FirstYear * 10_000m)
        {
            var (date, code) = Build(plain[..4], plain[4..6], plain[6..]);
            return date is null ? Doubtful(code!) : new(text, date, []);
        }
        // 2023.9 and 202309 are months, 2023 is a year: a serial day that small would lie before 1906.
        if (MonthNumberWritten().IsMatch(plain))
            return Doubtful(ImportCodes.DateMonthOnly);
        if (number is >= 1900 and <= LastYear && number == decimal.Truncate(number))
            return Doubtful(ImportCodes.DateYearOnly);
        var serial = decimal.ToInt64(decimal.Truncate(Math.Min(number, 9_999_999m)));
        // Typed text only looks like a serial day within living memory (20000 is 1954, 73050 is 2099).
        if (numeric ? serial is < 1 or > 2_958_465 : serial is < 20_000 or > 73_050)
            return Doubtful(ImportCodes.DateUnreadable);
        if (numeric && days1904)
            serial += 1462;
        // The 1900 system counts a 29 February 1900 that never was.
        if (serial == 60)
            return Doubtful(ImportCodes.DateImpossible);
        var day = new DateOnly(1899, 12, serial < 60 ? 31 : 30).AddDays((int)serial);
        if (day.Year is < FirstYear or > LastYear)
            return Doubtful(ImportCodes.DateImpossible);
        return new(text, day, numeric ? [] : [new(ImportCodes.DateSerial)]);
    }

    private static (DateOnly? Date, string? Code) Build(string year, string month, string day)
    {
        var (y, m, d) = (
            int.Parse(year, CultureInfo.InvariantCulture),
            int.Parse(month, CultureInfo.InvariantCulture),
            int.Parse(day, CultureInfo.InvariantCulture)
        );
        return y is >= FirstYear and <= LastYear && m is >= 1 and <= 12 && d >= 1 && d <= DateTime.DaysInMonth(y, m)
            ? (new DateOnly(y, m, d), null)
            : (null, ImportCodes.DateImpossible);
    }

    private static string MonthNumber(string name) =>
        ((Array.FindIndex(MonthNames, m => name.StartsWith(m, StringComparison.Ordinal)) % 12) + 1).ToString(
            CultureInfo.InvariantCulture
        );

    private static readonly string[] MonthNames =
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ];

    private const string English =
        "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
    private const string Time =
        @"(?:[t ]\s?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s?(?:z|[ap]m|[+-][0-9]{2}:?[0-9]{2})?)?";

    [GeneratedRegex(
        @"^(?<d>[0-9]{4}-[0-9]{2}-[0-9]{2})(?<t>[t ])(?<h>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,7})?)?)\s?(?<o>z|[+-][0-9]{2}:?[0-9]{2})\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Moment();

    private const string Done = @"\s?(?:已|正式|顺利|完成|成功)*",
        Ceremony = @"(?:协议|合同|建设|仪式|完成|成功)*\z";

    [GeneratedRegex("^(?:已|业已)?[于在](?=[0-9二])", RegexOptions.CultureInvariant)]
    private static partial Regex On();

    [GeneratedRegex($"(?<=[0-9日号]){Done}(?:签约|签订|签署){Ceremony}", RegexOptions.CultureInvariant)]
    private static partial Regex SignedThen();

    [GeneratedRegex(
        $"(?<=[0-9日号]){Done}(?:(?:公司|工商)?(?:注册|登记|备案)+|取得营业执照){Ceremony}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex RegisteredThen();

    [GeneratedRegex($"(?<=[0-9日号]){Done}(?:开工|动工|奠基|开建){Ceremony}", RegexOptions.CultureInvariant)]
    private static partial Regex StartedThen();

    [GeneratedRegex(
        $"(?<=[0-9日号]){Done}(?:竣工|建成)?(?:投产|投运|试产|开业){Ceremony}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex InProductionThen();

    [GeneratedRegex(@"^[0-9]+(?:\.[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainNumber();

    [GeneratedRegex(
        @"^(?<y>[0-9]{4})(?:\s?年\s?(?<m>[0-9]{1,2})\s?月\s?(?<d>[0-9]{1,2})\s?[日号]?|(?<s>[-/.,、])\s?(?<m>[0-9]{1,2})\k<s>\s?(?<d>[0-9]{1,2}))"
            + Time
            + @"\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex YearFirst();

    [GeneratedRegex(
        @"^(?<a>[0-9]{1,2})(?<s>[-/.])(?<b>[0-9]{1,2})\k<s>(?<y>[0-9]{4}|[0-9]{2})" + Time + @"\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex YearLast();

    [GeneratedRegex(
        "^(?:(?<d>[0-9]{1,2})(?:st|nd|rd|th)?(?:\\s+of)?[\\s/-]+(?<m>"
            + English
            + ")\\.?,?[\\s/-]+(?<y>[0-9]{4})|(?<m>"
            + English
            + ")\\.?\\s+(?<d>[0-9]{1,2})(?:st|nd|rd|th)?,?\\s+(?<y>[0-9]{4}))\\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex DayMonthYear();

    [GeneratedRegex(
        @"^(?:[0-9]{4}\.(?:0?[1-9]|1[0-2])|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2]))\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex MonthNumberWritten();

    // (计划) and the like stand beside a date, not in it; the weekday adds nothing.
    [GeneratedRegex(@"\s?\((?:[^()0-9]*)\)|(?:星期|周)[一二三四五六日天]", RegexOptions.CultureInvariant)]
    private static partial Regex Note();

    [GeneratedRegex(
        @"计划|预计|拟于?|预定|暂定|力争|目标|预期|expected|planned|scheduled|target",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Planned();

    [GeneratedRegex(
        @"去年|今年|明年|前年|后年|本年|当年|上年|上个?月|本月|下个?月|上周|本周|下周|近日|(?<![0-9])日前|近期|目前|昨[天日]|今[天日]|明[天日]|last (?:year|month|week)|this (?:year|month|week)|next (?:year|month|week)|recently|yesterday|today",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Relative();

    [GeneratedRegex(
        @"[底末日号月年]\s?之?前(?!后)|以前|之前|不晚于|不迟于|截[至止]|以后|之后|[日月年]后|\bby\b|before|after|until|no later",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Bound();

    [GeneratedRegex(@"(?<![签协合条契履])约|左右|前后|大概|about|around|circa", RegexOptions.CultureInvariant)]
    private static partial Regex About();

    [GeneratedRegex(
        @"上半年|下半年|半年|季度|[上中下]旬|年[初中底末]|月[初中底末]|春|夏|秋|冬|(?<![a-z])q[1-4]\b|[1-4]q\b|quarter|half|early|mid|late|end of|[0-9]{4}\s?年?\s?[-~—–至到]\s?[0-9]{4}\s?年?|spring|summer|autumn|winter",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Period();

    [GeneratedRegex(
        @"[0-9]\s?[日号]?\s?(?:至|到|和|与|及|、|~|—|–|-|,|;|/)\s?(?:[0-9]{4}年)?(?:[0-9]{1,2}\s?月)?\s?[0-9]{1,2}\s?[日号]|(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}).+(?:[0-9]{4}[-/.])?[0-9]{1,2}[-/.][0-9]{1,2}|[日号].*[0-9]\s?[日号]",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex TwoDays();

    [GeneratedRegex(
        @"[0-9]{1,2}\s?[日号]|^[0-9]{1,2}[-/.][0-9]{1,2}\z|\b"
            + English
            + @"\s[0-9]{1,2}\b|\b[0-9]{1,2}\s"
            + English
            + @"\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Day();

    [GeneratedRegex(@"[0-9]{1,2}\s?月|\b" + English + @"\b", RegexOptions.CultureInvariant)]
    private static partial Regex Month();

    [GeneratedRegex(@"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(
        @"^[0-9]{4}\s?(?:年\s?[0-9]{1,2}\s?月份?|[-/.][0-9]{1,2}|年[0-9]{1,2})\z|^"
            + English
            + @"\.?,?[\s/-]+[0-9]{4}\z|^[0-9]{1,2}[-/][0-9]{4}\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex MonthOfYear();

    [GeneratedRegex(@"^[0-9]{4}\s?年?度?\z", RegexOptions.CultureInvariant)]
    private static partial Regex YearOnly();
}
