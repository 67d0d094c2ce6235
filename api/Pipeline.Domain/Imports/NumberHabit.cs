using System.Text.RegularExpressions;

namespace Pipeline.Domain.Imports;

/// <summary>How the numbers of a file use comma and point.</summary>
public enum NumberHabit
{
    /// <summary>1,234.5: what China, and England, write; a comma parts whole groups of three.</summary>
    CommaGroups,

    /// <summary>1.234,5 stands in the file as well: a comma before three digits can be either.</summary>
    CommaDecimals,
}

/// <summary>Finds out how a file writes its numbers, and reads commas by it.</summary>
public static partial class NumberHabits
{
    private const int Looked = 2_000;

    /// <summary>The habit of a file: semicolons between its cells, or cells that can't be read otherwise, say that a comma may be the decimal one.</summary>
    public static NumberHabit Of(IEnumerable<RegisterSheet> sheets)
    {
        var (decimals, groups) = (0, 0);
        foreach (var sheet in sheets)
        {
            if (sheet.Separator == ';')
                return NumberHabit.CommaDecimals;
            foreach (var cell in sheet.Rows.Take(Looked).SelectMany(row => row.Cells))
            {
                if (
                    cell.Numeric
                    || cell.Text is not { Length: >= 3 and <= 30 } text
                    || !text.Contains(',', StringComparison.Ordinal)
                )
                    continue;
                if (OnlyDecimal().IsMatch(text.Trim()))
                    decimals++;
                else if (OnlyGroups().IsMatch(text.Trim()))
                    groups++;
            }
        }
        // One cell does not speak for itself.
        return decimals > groups && decimals > 1 ? NumberHabit.CommaDecimals : NumberHabit.CommaGroups;
    }

    /// <summary>The text with every number in it as 1234.5, or the code of why one can't be read.</summary>
    internal static (string Text, string? Code) Plain(string text, NumberHabit habit)
    {
        if (!text.Contains(',', StringComparison.Ordinal))
            return (text, null);
        string? code = null;
        var plain = Number()
            .Replace(text, match =>
            {
                var number = match.Value;
                if (!number.Contains(',', StringComparison.Ordinal))
                    return number;
                if (SeveralGroups().IsMatch(number))
                    return number.Replace(",", "", StringComparison.Ordinal);
                if (OneGroup().IsMatch(number))
                {
                    if (habit == NumberHabit.CommaDecimals)
                        code ??= ImportCodes.AmountAmbiguous;
                    return number.Replace(",", "", StringComparison.Ordinal);
                }
                if (habit == NumberHabit.CommaDecimals && DecimalComma().IsMatch(number))
                    return number.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
                code ??= ImportCodes.AmountUnreadable;
                return number;
            });
        return (plain, code);
    }

    [GeneratedRegex(@"[0-9][0-9.,]*[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^[0-9]{1,3}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex SeveralGroups();

    [GeneratedRegex(@"^[1-9][0-9]{0,2},[0-9]{3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex OneGroup();

    [GeneratedRegex(@"^(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();

    // 512,77 and 1.234,50, with or without a unit behind.
    [GeneratedRegex(
        @"^(?:[^0-9,]*)(?:[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]+,(?:[0-9]{1,2}|[0-9]{4,}))(?![0-9.,])[^0-9,]*\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex OnlyDecimal();

    [GeneratedRegex(
        @"^(?:[^0-9,]*)[0-9]{1,3}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)(?![0-9.,])[^0-9,]*\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex OnlyGroups();
}
