using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Imports;

/// <summary>Reads areas of land in mu (亩); square metres and hectares are converted exactly and said to be (1 亩 = 10000/15 m²).</summary>
public static partial class Land
{
    private const decimal MuPerSquareMetre = 0.0015m,
        MuPerHectare = 15m;

    // A larger area for one project is a lost unit: 100 000 亩 are 67 square kilometres.
    private const decimal ImplausiblyMuch = 100_000m;

    /// <summary>Reads one cell; <paramref name="headerUnit"/> is the unit in the header (亩, 平方米, 公顷) for bare numbers.</summary>
    /// <param name="numbers">How the file writes its numbers.</param>
    public static Cell<decimal?> Parse(
        string text,
        string? headerUnit = null,
        NumberHabit numbers = NumberHabit.CommaGroups
    )
    {
        var plain = Written.Plain(text);
        if (Written.IsBlank(plain))
            return new(text, null, []);
        (plain, var unread) = NumberHabits.Plain(plain, numbers);
        if (unread is not null)
            return new(text, null, [new(unread == ImportCodes.AmountUnreadable ? ImportCodes.LandUnreadable : unread)]);
        var match = Area().Match(plain);
        if (!match.Success)
            return new(
                text,
                null,
                [new(RangeWritten().IsMatch(plain) ? ImportCodes.Range : ImportCodes.LandUnreadable)]
            );
        var end = Numerals.Read(match.Groups["n"].Value, 0, out var digits);
        if (
            end != match.Groups["n"].Length
            || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        )
            return new(text, null, [new(ImportCodes.LandUnreadable)]);
        if (number <= 0)
            return new(text, null, [new(ImportCodes.NotPositive)]);
        if (number > 1_000_000_000_000m)
            return new(text, null, [new(ImportCodes.LandUnreadable)]);

        var factor = Factor(
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
        var mu = number * factor.Value;
        if (mu >= ImplausiblyMuch)
            doubts.Add(new(ImportCodes.Implausible));
        return new(text, mu, doubts);
    }

    private static decimal? Factor(string unit) =>
        unit switch
        {
            "亩" or "畝" or "mu" or "mus" => 1,
            "平方米" or "平米" or "m2" or "m²" or "平方公尺" or "square metres" or "square meters" or "sqm" or "㎡" =>
                MuPerSquareMetre,
            "万平方米" or "万平米" or "万m2" => MuPerSquareMetre * 10_000,
            "公顷" or "hectares" or "hectare" or "ha" => MuPerHectare,
            _ => null,
        };

    [GeneratedRegex(
        @"^(?<before>[^0-9一二三四五六七八九十]*?)\s?(?<n>[0-9一二两三四五六七八九十百千万零〇][0-9一二两三四五六七八九十百千万零〇,.]*)\s?(?<mid>[余多])?\s?(?<unit>亩|畝|mus?|万?平方米|万?平米|万?m2|平方公尺|公顷|hectares?|ha|square met(?:re|er)s|sqm)?\s?(?<after>\D*)\z",
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
        @"总?用地(?:面积)?|总?占地(?:面积)?|新增|土地|面积|计划|需求|需|不超过|不高于|不多于|至多|最多|以内|之内|以下|超过|超|逾|不低于|不少于|至少|以上|余|多|大约|约|近|大概|左右|上下|首期|[一二三四五六七八九十]期|about|approximately|approx|around|nearly|over|more than|at least|up to|at most|an?|of|land",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Wording();
}
