using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Pipeline.Data.Sqlite.Fast;

namespace Pipeline.Data;

/// <summary>A row of an answer, read by position: what is read all day is not looked up by name, nor boxed. It holds until the next row is read.</summary>
public readonly struct AnswerRow
{
    private readonly DbDataReader reader;

    // The embedded engine's own row, whose texts are UTF-8 as they lie in the page; 0: another engine's.
    private readonly nint statement;

    public AnswerRow(DbDataReader reader)
    {
        this.reader = reader is IWrappedDataReader { Reader: DbDataReader inner } ? inner : reader;
        statement = NativeRow.Statement(this.reader);
    }

    public bool IsNull(int at) => statement == 0 ? reader.IsDBNull(at) : NativeRow.IsNull(statement, at);

    /// <summary>A text that is there.</summary>
    public string Text(int at) =>
        statement == 0 ? reader.GetString(at) : Encoding.UTF8.GetString(NativeRow.Text(statement, at));

    /// <summary>A text that may be missing.</summary>
    public string? TextOrNull(int at)
    {
        if (statement == 0)
            return reader.IsDBNull(at) ? null : reader.GetString(at);
        var text = NativeRow.Text(statement, at, out var missing);
        return missing ? null : Encoding.UTF8.GetString(text);
    }

    /// <summary>A text that is there, as UTF-8.</summary>
    public byte[] Utf8(int at) =>
        statement == 0 ? Encoding.UTF8.GetBytes(reader.GetString(at)) : NativeRow.Text(statement, at).ToArray();

    public long Number(int at) =>
        statement == 0
            ? Convert.ToInt64(reader.GetValue(at), CultureInfo.InvariantCulture)
            : NativeRow.Number(statement, at);

    public long? NumberOrNull(int at) => IsNull(at) ? null : Number(at);

    public bool Flag(int at) => Number(at) != 0;

    public DateTimeOffset Instant(int at) =>
        statement != 0 ? Iso.Instant(NativeRow.Text(statement, at))
        : IsText(at) ? Iso.Instant(Utf8(at))
        : new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(at), DateTimeKind.Utc));

    public DateTimeOffset? InstantOrNull(int at)
    {
        if (statement == 0)
            return reader.IsDBNull(at) ? null : Instant(at);
        var text = NativeRow.Text(statement, at);
        return text.IsEmpty ? null : Iso.Instant(text);
    }

    public DateOnly? DateOrNull(int at)
    {
        if (statement == 0)
            return reader.IsDBNull(at) ? null
                : IsText(at) ? Iso.Date(Utf8(at))
                : DateOnly.FromDateTime(reader.GetDateTime(at));
        var text = NativeRow.Text(statement, at);
        return text.IsEmpty ? null : Iso.Date(text);
    }

    /// <summary>Whether days and instants are texts, as the embedded engine keeps them.</summary>
    private bool IsText(int at) => reader.GetFieldType(at) == typeof(string);
}
