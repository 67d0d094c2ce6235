using System.Buffers;
using System.Globalization;
using System.Text;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Exports;

/// <summary>RFC 4180 in UTF-8, with the byte order mark by which Excel knows it.</summary>
/// <remarks>Written here, because a library makes a text of each cell: most of what a long file costs.</remarks>
public sealed class CsvTable(Stream stream) : ITable
{
    public const string ContentType = "text/csv";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    private byte[] buffer = [.. Encoding.UTF8.Preamble, .. new byte[64 << 10]];
    private int written = Encoding.UTF8.Preamble.Length;
    private bool begun;

    public void Text(string? text)
    {
        text ??= "";

        // As long as it can get: three bytes a letter, or twice as many quotes; an apostrophe and quotes around it.
        var cell = Cell((text.Length * 3) + 3);
        var at = 0;
        if (!text.AsSpan().ContainsAny(Quoted) && !text.StartsWith(' ') && !text.EndsWith(' '))
        {
            if (Formulas.Opens(text))
                cell[at++] = (byte)'\'';
            written += at + Encoding.UTF8.GetBytes(text, cell[at..]);
            return;
        }

        cell[at++] = (byte)'"';
        if (Formulas.Opens(text))
            cell[at++] = (byte)'\'';
        at += Encoding.UTF8.GetBytes(text.Replace("\"", "\"\"", StringComparison.Ordinal), cell[at..]);
        cell[at++] = (byte)'"';
        written += at;
    }

    public void Number(decimal? number)
    {
        var cell = Cell(40);
        if (number is not { } value)
            return;
        if (value == decimal.Truncate(value) && Math.Abs(value) <= long.MaxValue)
            written += decimal.ToInt64(value).TryFormat(cell, out var whole, provider: CultureInfo.InvariantCulture)
                ? whole
                : 0;
        else
            written += value.TryFormat(cell, out var exact, "0.######", CultureInfo.InvariantCulture) ? exact : 0;
    }

    public void Day(DateOnly? day)
    {
        var cell = Cell(Iso.DateLength);
        if (day is not { } date)
            return;
        Iso.Write(date, cell);
        written += Iso.DateLength;
    }

    public void Instant(DateTimeOffset? instant)
    {
        var cell = Cell(Iso.InstantLength);
        if (instant is not { } moment)
            return;

        // The city's time, to the second: 2026-11-22 16:00:00.
        Iso.Write(moment + Shanghai.Offset, cell);
        cell[Iso.DateLength] = (byte)' ';
        written += 19;
    }

    public ValueTask EndRow()
    {
        begun = false;
        "\r\n"u8.CopyTo(Room(2));
        written += 2;
        return ValueTask.CompletedTask;
    }

    public ValueTask Flush()
    {
        Empty();
        return ValueTask.CompletedTask;
    }

    public ValueTask End() => Flush();

    private void Empty()
    {
        stream.Write(buffer, 0, written);
        written = 0;
    }

    /// <summary>Where the next cell is written, behind a comma if it is not the first of its row.</summary>
    private Span<byte> Cell(int most)
    {
        var room = Room(most + 1);
        if (!begun)
        {
            begun = true;
            return room;
        }

        room[0] = (byte)',';
        written++;
        return room[1..];
    }

    private Span<byte> Room(int most)
    {
        if (buffer.Length - written < most)
            Empty();
        if (buffer.Length < most)
            buffer = new byte[most];
        return buffer.AsSpan(written);
    }
}
