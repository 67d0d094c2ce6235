using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pipeline.Api.Data;

/// <summary>A row of an answer, read by position: what is read all day is not looked up by name, nor boxed. It holds until the next row is read.</summary>
public readonly struct AnswerRow
{
    private readonly DbDataReader reader;

    // The embedded engine's own row, whose texts are UTF-8 as they lie in the page; 0: another engine's.
    private readonly nint statement;

    public AnswerRow(DbDataReader reader)
    {
        this.reader = reader is IWrappedDataReader { Reader: DbDataReader inner } ? inner : reader;
        statement = (this.reader as SqliteDataReader)?.Handle?.DangerousGetHandle() ?? 0;
    }

    public bool IsNull(int at) => statement == 0 ? reader.IsDBNull(at) : Native.Type(statement, at) == raw.SQLITE_NULL;

    /// <summary>A text that is there.</summary>
    public string Text(int at) =>
        statement == 0 ? reader.GetString(at) : Encoding.UTF8.GetString(Native.Text(statement, at));

    /// <summary>A text that may be missing.</summary>
    public string? TextOrNull(int at)
    {
        if (statement == 0)
            return reader.IsDBNull(at) ? null : reader.GetString(at);
        var text = Native.Text(statement, at, out var missing);
        return missing ? null : Encoding.UTF8.GetString(text);
    }

    /// <summary>A text that is there, as UTF-8.</summary>
    public byte[] Utf8(int at) =>
        statement == 0 ? Encoding.UTF8.GetBytes(reader.GetString(at)) : Native.Text(statement, at).ToArray();

    public long Number(int at) =>
        statement == 0
            ? Convert.ToInt64(reader.GetValue(at), CultureInfo.InvariantCulture)
            : Native.Number(statement, at);

    public long? NumberOrNull(int at) => IsNull(at) ? null : Number(at);

    public bool Flag(int at) => Number(at) != 0;

    public DateTimeOffset Instant(int at) =>
        statement == 0
            ? new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(at), DateTimeKind.Utc))
            : Iso.Instant(Native.Text(statement, at));

    public DateTimeOffset? InstantOrNull(int at)
    {
        if (statement == 0)
            return reader.IsDBNull(at) ? null : Instant(at);
        var text = Native.Text(statement, at);
        return text.IsEmpty ? null : Iso.Instant(text);
    }

    public DateOnly? DateOrNull(int at)
    {
        if (statement == 0)
            return reader.IsDBNull(at) ? null : DateOnly.FromDateTime(reader.GetDateTime(at));
        var text = Native.Text(statement, at);
        return text.IsEmpty ? null : Iso.Date(text);
    }

    /// <summary>What the driver calls too, but without counting who holds the statement at each value: whoever reads a row holds its reader.</summary>
    private static class Native
    {
        private const string Library = "e_sqlite3";

        [DllImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
        public static extern int Type(nint statement, int at);

        [DllImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
        public static extern long Number(nint statement, int at);

        [DllImport(Library, EntryPoint = "sqlite3_column_value"), SuppressGCTransition]
        private static extern nint Value(nint statement, int at);

        [DllImport(Library, EntryPoint = "sqlite3_value_blob"), SuppressGCTransition]
        private static extern nint Start(nint value);

        [DllImport(Library, EntryPoint = "sqlite3_value_bytes"), SuppressGCTransition]
        private static extern int Length(nint value);

        [DllImport(Library, EntryPoint = "sqlite3_value_type"), SuppressGCTransition]
        private static extern int Type(nint value);

        public static ReadOnlySpan<byte> Text(nint statement, int at) => Text(Value(statement, at));

        public static ReadOnlySpan<byte> Text(nint statement, int at, out bool missing)
        {
            var value = Value(statement, at);
            missing = Type(value) == raw.SQLITE_NULL;
            return Text(value);
        }

        // The value is asked for once: each question to the statement takes and gives back the connection's lock.
        private static ReadOnlySpan<byte> Text(nint value)
        {
            var start = Start(value);
            return start == 0
                ? []
                : MemoryMarshal.CreateReadOnlySpan(
                    ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), start),
                    Length(value)
                );
        }
    }
}

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
