using System.Globalization;
using System.Text;

namespace Pipeline.Data;

/// <summary>Instants and dates as texts of fixed width, the form in which SQLite keeps them and JSON tells them: <c>2026-11-22T08:00:00.000Z</c>, <c>2026-11-22</c>.</summary>
public static class Iso
{
    public const int InstantLength = 24,
        DateLength = 10;

    /// <summary>An instant as it is stored and told: UTC, in milliseconds.</summary>
    public static string Text(DateTimeOffset instant)
    {
        Span<byte> text = stackalloc byte[InstantLength];
        Write(instant, text);
        return Encoding.UTF8.GetString(text);
    }

    /// <exception cref="FormatException">It is no instant.</exception>
    public static DateTimeOffset Instant(ReadOnlySpan<byte> text)
    {
        if (
            text.Length == InstantLength
            && text[10] == 'T'
            && text[13] == ':'
            && text[16] == ':'
            && text[19] == '.'
            && text[23] == 'Z'
            && Digits(text[11..13]) is >= 0 and < 24 and var hour
            && Digits(text[14..16]) is >= 0 and < 60 and var minute
            && Digits(text[17..19]) is >= 0 and < 60 and var second
            && Digits(text[20..23]) is >= 0 and var millisecond
        )
        {
            return new DateTimeOffset(
                Date(text[..DateLength]).DayNumber * TimeSpan.TicksPerDay
                    + (((((hour * 60L) + minute) * 60) + second) * 1000 + millisecond) * TimeSpan.TicksPerMillisecond,
                TimeSpan.Zero
            );
        }

        return DateTimeOffset.Parse(
            Encoding.UTF8.GetString(text),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
    }

    /// <exception cref="FormatException">It is no date.</exception>
    public static DateOnly Date(ReadOnlySpan<byte> text)
    {
        if (
            text.Length == DateLength
            && text[4] == '-'
            && text[7] == '-'
            && Digits(text[..4]) is > 0 and var year
            && Digits(text[5..7]) is >= 1 and <= 12 and var month
            && Digits(text[8..]) is >= 1 and var day
            && day <= DateTime.DaysInMonth(year, month)
        )
        {
            return new DateOnly(year, month, day);
        }

        throw new FormatException($"'{Encoding.UTF8.GetString(text)}' is no date.");
    }

    /// <summary>Writes an instant, in UTC and whole milliseconds.</summary>
    public static void Write(DateTimeOffset instant, Span<byte> text)
    {
        var time = instant.UtcDateTime;
        Write(DateOnly.FromDateTime(time), text);
        (text[10], text[13], text[16], text[19], text[23]) = ((byte)'T', (byte)':', (byte)':', (byte)'.', (byte)'Z');
        Digits(time.Hour, text[11..13]);
        Digits(time.Minute, text[14..16]);
        Digits(time.Second, text[17..19]);
        Digits(time.Millisecond, text[20..23]);
    }

    /// <summary>Writes a date.</summary>
    public static void Write(DateOnly date, Span<byte> text)
    {
        var (year, month, day) = date;
        (text[4], text[7]) = ((byte)'-', (byte)'-');
        Digits(year, text[..4]);
        Digits(month, text[5..7]);
        Digits(day, text[8..10]);
    }

    /// <summary>The number that digits say; -1 when they are none.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return -1;
            number = (number * 10) + digit - '0';
        }

        return number;
    }

    private static void Digits(int number, Span<byte> text)
    {
        for (var at = text.Length - 1; at >= 0; at--)
        {
            text[at] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
