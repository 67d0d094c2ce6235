using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Imports;

/// <summary>Reads numbers of something: areas of land in mu (亩), energy in tonnes of standard coal (吨标煤), people. Other units are converted exactly and said to be (1 亩 = 10000/15 m²).</summary>
public static partial class Quantities
{
    private const decimal MuPerSquareMetre = 0.0015m,
        MuPerHectare = 15m;

    /// <summary>Reads one cell; <paramref name="headerUnit"/> is the unit in the header (亩, 平方米, 公顷) for bare numbers.</summary>
    /// <param name="numbers">How the file writes its numbers.</param>
    public static Cell<decimal?> Parse(
        string text,
        Measure measure,
        string? headerUnit = null,
        NumberHabit numbers = NumberHabit.CommaGroups
    )
    {
        var unreadable = measure == Measure.Land ? ImportCodes.LandUnreadable : ImportCodes.QuantityUnreadable;
        var plain = Written.Plain(text);
        if (Written.IsBlank(plain))
            return new(text, null, []);
        (plain, var unread) = NumberHabits.Plain(plain, numbers);
        if (unread is not null)
            return new(text, null, [new(unread == ImportCodes.AmountUnreadable ? unreadable : unread)]);
        var match = Pattern(measure).Match(plain);
        if (!match.Success)
            return new(text, null, [new(RangeWritten().IsMatch(plain) ? ImportCodes.Range : unreadable)]);
        var end = Numerals.Read(match.Groups["n"].Value, 0, out var digits);
        if (
            end != match.Groups["n"].Length
            || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        )
            return new(text, null, [new(unreadable)]);
        if (number <= 0)
            return new(text, null, [new(ImportCodes.NotPositive)]);
        if (number > 1_000_000_000_000m)
            return new(text, null, [new(unreadable)]);

        var factor = Factor(
            measure,
            match.Groups["unit"].Success ? match.Groups["unit"].Value
                : headerUnit is null ? ""
                : Written.Plain(headerUnit)
        );
        if (factor is null)
            return new(text, null, [new(ImportCodes.UnitMissing)]);
        var doubts = new List<Doubt>();
        var words = match.Groups["before"].Value + " " + match.Groups["after"].Value + match.Groups["mid"].Value;
        if (Upper().IsMatch(words))
            doubts.Add(new(ImportCodes.UpperBound));
        else if (Lower().IsMatch(words))
            doubts.Add(new(ImportCodes.LowerBound));
        else if (About().IsMatch(words))
            doubts.Add(new(ImportCodes.Approximate));
        if (Part().IsMatch(words))
            doubts.Add(new(ImportCodes.Partial));
        if (Wording().Replace(words, "").Any(char.IsLetterOrDigit))
            doubts.Add(new(ImportCodes.ExtraText));
        if (factor != 1)
            doubts.Add(
                new(
                    ImportCodes.UnitConverted,
                    digits,
                    match.Groups["unit"].Success ? match.Groups["unit"].Value : headerUnit!
                )
            );
        var quantity = number * factor.Value;
        if (quantity >= ImplausiblyMuch(measure))
            doubts.Add(new(ImportCodes.Implausible));
        return new(text, quantity, doubts);
    }

    /// <summary>What a unit counts; null: it is none of these.</summary>
    public static Measure? MeasureOf(string unit) =>
        Enum.GetValues<Measure>().Where(measure => unit.Length > 0 && Factor(measure, unit) is not null) is var found
        && found.Any()
            ? found.First()
            : null;

    private static decimal? Factor(Measure measure, string unit) =>
        (measure, unit) switch
        {
            (Measure.Land, "亩" or "畝" or "mu" or "mus") => 1,
            (
                Measure.Land,
                "平方米"
                    or "平米"
                    or "m2"
                    or "m²"
                    or "平方公尺"
                    or "square metres"
                    or "square meters"
                    or "sqm"
                    or "㎡"
            ) => MuPerSquareMetre,
            (Measure.Land, "万平方米" or "万平米" or "万m2") => MuPerSquareMetre * 10_000,
            (Measure.Land, "公顷" or "hectares" or "hectare" or "ha") => MuPerHectare,
            (Measure.Energy, "吨标煤" or "吨标准煤" or "tce") => 1,
            (Measure.Energy, "万吨标煤" or "万吨标准煤" or "万tce") => 10_000,
            (Measure.People, "" or "人" or "名" or "位" or "个" or "people" or "persons" or "jobs") => 1,
            (Measure.People, "万人") => 10_000,
            (Measure.None, "") => 1,
            _ => null,
        };

    // A larger number for one project is a lost unit: 100 000 亩 are 67 square kilometres, ten million tonnes of coal a large power station's.
    private static decimal ImplausiblyMuch(Measure measure) =>
        measure switch
        {
            Measure.Land => 100_000m,
            Measure.Energy => 10_000_000m,
            Measure.People => 1_000_000m,
            _ => decimal.MaxValue,
        };

    private static Regex Pattern(Measure measure) =>
        measure switch
        {
            Measure.Land => Area(),
            Measure.Energy => Energy(),
            _ => Number(),
        };

    private const string Before =
        @"^(?<before>[^0-9一二三四五六七八九十]*?)\s?(?<n>[0-9一二两三四五六七八九十百千万零〇][0-9一二两三四五六七八九十百千万零〇,.]*)\s?(?<mid>[余多])?\s?(?<unit>";
    private const string After = @")?\s?(?<after>\D*)\z";

    [GeneratedRegex(Before + "万?吨标准?煤|万?tce" + After, RegexOptions.CultureInvariant)]
    private static partial Regex Energy();

    [GeneratedRegex(Before + "万?人|名|位|个|people|persons|jobs" + After, RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(
        Before + "亩|畝|mus?|万?平方米|万?平米|万?m2|平方公尺|公顷|hectares?|ha|square met(?:re|er)s|sqm" + After,
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Area();

    [GeneratedRegex(@"[0-9]\s?(?:亩|mu)?\s?(?:[-~—–−]|至|到|to)\s?[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex RangeWritten();

    [GeneratedRegex(
        @"不超过|不高于|不多于|至多|最多|以内|之内|以下|[<≤]|up to|at most|less than",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Upper();

    [GeneratedRegex(
        @"超|逾|不低于|不少于|至少|以上|[余多]|\+|[>≥]|over|more than|at least",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Lower();

    [GeneratedRegex(@"约|近|大概|左右|上下|about|approx|around|nearly|some", RegexOptions.CultureInvariant)]
    private static partial Regex About();

    [GeneratedRegex(@"首期|[一二三四五六七八九十]期|phase", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(
        @"新增|带动|吸纳|就业|用工|岗位|年|综合|能耗|总?用地(?:面积)?|总?占地(?:面积)?|土地|面积|计划|需求|需|不超过|不高于|不多于|至多|最多|以内|之内|以下|超过|超|逾|不低于|不少于|至少|以上|余|多|大约|约|近|大概|左右|上下|首期|[一二三四五六七八九十]期|about|approximately|approx|around|nearly|over|more than|at least|up to|at most|an?|of|land",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Wording();
}
