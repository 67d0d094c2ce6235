using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>One page of a list.</summary>
public sealed record Page<T>
{
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Where the next page begins; null on the last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? NextCursor { get; init; }

    /// <summary>How many there are in all; only with <c>count=true</c>.</summary>
    public long? Total { get; init; }
}

/// <summary>Where a page begins: the sort key and number of the last item before it.</summary>
public sealed record Cursor(string? Key, long Seq);

/// <summary>Keyset cursors. They are sealed, so that the numbers in them tell nobody how many records there are (R20), and bound to the caller, the list, its filters and its order.</summary>
public sealed class Cursors(Secrets secrets)
{
    private const int NonceSize = 12,
        TagSize = 16;

    /// <summary>What may change from one page to the next.</summary>
    private static readonly string[] Free = ["cursor", "limit", "count"];

    private readonly byte[] key = secrets.Derive("sealed-cursors");

    public string Write(HttpRequest request, Cursor cursor) => Write(BoundTo(request), cursor);

    /// <summary>A cursor that holds for what it is bound to, and nothing else.</summary>
    public string Write(byte[] boundTo, Cursor cursor)
    {
        var plain = Bytes(cursor);
        var sealed_ = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(sealed_.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(
            sealed_.AsSpan(0, NonceSize),
            plain,
            sealed_.AsSpan(NonceSize, plain.Length),
            sealed_.AsSpan(NonceSize + plain.Length),
            boundTo
        );
        return WebEncoders.Base64UrlEncode(sealed_);
    }

    /// <summary>The cursor, or null when it was not made here for this caller and this list with its filters and order.</summary>
    public Cursor? Read(HttpRequest request, string text) => Read(BoundTo(request), text);

    /// <summary>The cursor, or null when it was not made here, or was bound to something else.</summary>
    public Cursor? Read(byte[] boundTo, string text)
    {
        try
        {
            var sealed_ = WebEncoders.Base64UrlDecode(text);
            if (sealed_.Length < NonceSize + sizeof(long) + TagSize)
                return null;
            var plain = new byte[sealed_.Length - NonceSize - TagSize];
            using var cipher = new AesGcm(key, TagSize);
            cipher.Decrypt(
                sealed_.AsSpan(0, NonceSize),
                sealed_.AsSpan(NonceSize, plain.Length),
                sealed_.AsSpan(NonceSize + plain.Length),
                plain,
                boundTo
            );
            return Of(plain);
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return null;
        }
    }

    // The number takes as many bytes whatever it is: the length of a cursor does not tell it either.
    private static byte[] Bytes(Cursor cursor)
    {
        var text = cursor.Key is null ? [] : Encoding.UTF8.GetBytes(cursor.Key);
        var bytes = new byte[sizeof(long) + 1 + text.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, cursor.Seq);
        bytes[sizeof(long)] = (byte)(cursor.Key is null ? 0 : 1);
        text.CopyTo(bytes, sizeof(long) + 1);
        return bytes;
    }

    private static Cursor Of(ReadOnlySpan<byte> bytes) =>
        new(
            bytes[sizeof(long)] == 0 ? null : Encoding.UTF8.GetString(bytes[(sizeof(long) + 1)..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes)
        );

    private static byte[] BoundTo(HttpRequest request)
    {
        var caller = Access.CallerIdentity.Of(request.HttpContext)!;
        var query = request
            .Query.Where(pair => !Free.Contains(pair.Key) && pair.Value.ToString().Length > 0)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new[] { pair.Key, pair.Value.ToString() });
        return JsonSerializer.SerializeToUtf8Bytes(
            new object?[] { caller.UserId, caller.Role, caller.JurisdictionId, request.Path.Value, query }
        );
    }
}

/// <summary>The query of a request, read with every mistake noted: unknown parameters, wrong types, values out of range.</summary>
public sealed class QueryReader(HttpRequest request)
{
    /// <summary>How many records a query may name by their ids.</summary>
    public const int MostIds = 200;

    // Of what is no GET `Call.UnknownParameters` reads it.
    private readonly HashSet<string> known = HttpMethods.IsGet(request.Method)
        ? new(StringComparer.Ordinal)
        : new(["validateOnly"], StringComparer.Ordinal);
    private readonly List<FieldError> errors = [];

    public string? Text(string name, int max = 200)
    {
        known.Add(name);
        if (!request.Query.TryGetValue(name, out var values))
            return null;
        if (values.Count > 1)
        {
            errors.Add(new FieldError(name, "repeated"));
            return null;
        }

        var text = values.ToString();
        if (text.Length == 0)
            return null;
        if (text.Length > max || !Validation.Readable(text))
        {
            errors.Add(new FieldError(name, text.Length > max ? "length" : "characters", 0, max));
            return null;
        }

        return text;
    }

    /// <summary>The values of a parameter that may stand several times; empty where it does not stand at all.</summary>
    public IReadOnlyList<string> Texts(string name, int max = 200)
    {
        known.Add(name);
        if (!request.Query.TryGetValue(name, out var values))
            return [];
        List<string> texts = [.. values.OfType<string>().Where(text => text.Length > 0).Distinct()];
        if (texts.Count > SeveralValues.Most)
            errors.Add(new FieldError(name, "count", SeveralValues.Most));
        else if (texts.Any(text => text.Length > max || !Validation.Readable(text)))
            errors.Add(new FieldError(name, texts.Any(text => text.Length > max) ? "length" : "characters", 0, max));
        else
            return texts;
        return [];
    }

    /// <summary>The values of a choice that may stand several times; empty where it does not stand at all.</summary>
    public IReadOnlyList<T> Choices<T>(string name)
        where T : struct, Enum
    {
        var choices = new List<T>();
        foreach (var text in Texts(name))
        {
            if (Slug.TryTo<T>(text, out var value))
                choices.Add(value);
            else
                errors.Add(new FieldError(name, "choice", string.Join(", ", Slug.All<T>())));
        }

        return choices;
    }

    public bool Flag(string name) => FlagOrNull(name) ?? false;

    /// <summary>True or false, written so; null when it is not given. An empty value is neither.</summary>
    public bool? FlagOrNull(string name)
    {
        known.Add(name);
        if (!request.Query.TryGetValue(name, out var values))
            return null;
        if (values.Count > 1)
            errors.Add(new FieldError(name, "repeated"));
        else if (values.ToString() is not ("true" or "false"))
            errors.Add(new FieldError(name, "boolean"));
        return values.ToString() == "true";
    }

    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        var text = Text(name);
        if (text is null)
            return null;
        if (Slug.TryTo<T>(text, out var value))
            return value;
        errors.Add(new FieldError(name, "choice", string.Join(", ", Slug.All<T>())));
        return null;
    }

    public DateOnly? Date(string name) => InRange(name, Day(name, "date", text => text), day => day);

    /// <summary>A month, as its first day.</summary>
    public DateOnly? Month(string name) => InRange(name, Day(name, "month", text => text + "-01"), day => day);

    public DateTimeOffset? Instant(string name) =>
        InRange(name, Parsed<DateTimeOffset>(name, "instant", Instants.ReadQuery), instant =>
            DateOnly.FromDateTime(instant.UtcDateTime)
        );

    private DateOnly? Day(string name, string code, Func<string, string> date) =>
        Parsed<DateOnly>(name, code, text =>
            DateOnly.TryParseExact(
                date(text),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var value
            )
                ? value
                : null
        );

    /// <summary>What was read, if it can be meant at all.</summary>
    private T? InRange<T>(string name, T? value, Func<T, DateOnly> day)
        where T : struct
    {
        if (value is not { } given)
            return null;
        var today = request.HttpContext.RequestServices.GetRequiredService<Pipeline.Data.Clock>().HostToday;
        if (SensibleDates.Include(day(given), today))
            return given;
        errors.Add(new FieldError(name, "date-range", SensibleDates.Earliest, SensibleDates.Latest(today)));
        return null;
    }

    /// <summary>An amount in units, as stored hundredths.</summary>
    public long? Hundredths(string name) =>
        Parsed<long>(name, "amount", text =>
            decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && new Money(value, "CNY").IsStorable
                ? new Money(value, "CNY").Hundredths
                : null
        );

    public long? Whole(string name, long min, long max) =>
        Parsed<long>(
            name,
            "integer",
            text =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                && value >= min
                && value <= max
                    ? value
                    : null,
            min,
            max
        );

    public int Limit() => (int)(Whole("limit", 1, 200) ?? 50);

    /// <summary>The order asked for: a documented field, descending with a minus before it.</summary>
    public (string Field, bool Descending) Sort(QueryParameter order)
    {
        var standard = order.Schema.Default!.GetValue<string>();
        var text = Text(order.Name) ?? standard;
        if (!order.Choices.Contains(text))
        {
            errors.Add(new FieldError(order.Name, "choice", string.Join(", ", order.Choices)));
            text = standard;
        }

        return (text.TrimStart('-'), text.StartsWith('-'));
    }

    public Cursor? Cursor(Cursors cursors)
    {
        var text = Text("cursor", 2000);
        if (text is null)
            return null;
        var cursor = cursors.Read(request, text);
        if (cursor is null)
            errors.Add(new FieldError("cursor", "cursor"));
        return cursor;
    }

    /// <summary>The page that is asked for.</summary>
    /// <param name="counted">Whether the list tells how many there are in all: <c>count=true</c>.</param>
    public PageAsked Page(Cursors cursors, bool counted = true) =>
        new(request, cursors, Limit(), Cursor(cursors), counted && Flag("count"));

    /// <summary>Notes a mistake that only a reader of the value can see.</summary>
    public void Refuse(string name, string code, params object[] args) => errors.Add(new FieldError(name, code, args));

    /// <summary>What is wrong with the query, unknown parameters included; null when nothing is.</summary>
    public Refusal? Refusal()
    {
        foreach (var name in request.Query.Keys.Where(name => !known.Contains(name)))
            errors.Add(
                new FieldError(name.Length <= 100 && Validation.Readable(name) ? name : "?", "unknown-parameter")
            );
        return errors.Count == 0 ? null : new Refusal(RefusalKind.Invalid, "validation-failed", errors);
    }

    private T? Parsed<T>(string name, string code, Func<string, T?> parse, params object[] args)
        where T : struct
    {
        var text = Text(name);
        if (text is null)
            return null;
        var value = parse(text);
        if (value is null)
            errors.Add(new FieldError(name, code, args));
        return value;
    }
}

/// <summary>The page of a list that a request asks for: how many, behind which, and whether all are counted.</summary>
public sealed class PageAsked(HttpRequest request, Cursors cursors, int limit, Cursor? after, bool counts)
{
    private const string DayFormat = "yyyy-MM-dd";

    public int Limit => limit;

    /// <summary>The last item of the page before; null on the first.</summary>
    public Cursor? After => after;

    /// <summary>The condition that begins the page, with its parameters <c>seq</c> and <c>limit</c>: one more is read, which tells whether there is a next page.</summary>
    /// <param name="seq">The column of the number by which the list goes.</param>
    public string Behind(string seq, Parameters values, bool descending = false)
    {
        values.Add("limit", limit + 1);
        if (after is null)
            return "";
        values.Add("seq", after.Seq);
        return $" AND {seq} {(descending ? "<" : ">")} @seq";
    }

    /// <summary>The same in a list that goes by a day and, on the same day, by number; the parameter <c>key</c> is the day.</summary>
    public string BehindDay(string day, string seq, Parameters values, bool descending = false)
    {
        values.Add("limit", limit + 1);
        if (after is null)
            return "";
        values.Add("key", DateOnly.ParseExact(after.Key!, DayFormat, CultureInfo.InvariantCulture));
        values.Add("seq", after.Seq);
        var than = descending ? "<" : ">";
        return $" AND ({day} {than} @key OR ({day} = @key AND {seq} {than} @seq))";
    }

    /// <summary>How many there are in all, where that was asked for.</summary>
    public async Task<long?> Total(Session session, string sql, object? values = null) =>
        counts ? await session.One<long>(sql, values) : null;

    /// <summary>Makes a page of the rows that were read, in a list that goes by number.</summary>
    public Page<TItem> Of<TRow, TItem>(
        IReadOnlyList<TRow> rows,
        Func<TRow, long> seq,
        Func<TRow, TItem> item,
        long? total = null
    ) => Of(rows, row => new Cursor(null, seq(row)), item, total);

    /// <summary>Makes a page of the rows that were read, in a list that goes by a day and by number.</summary>
    public Page<TItem> ByDay<TRow, TItem>(
        IReadOnlyList<TRow> rows,
        Func<TRow, (DateOnly Day, long Seq)> at,
        Func<TRow, TItem> item,
        long? total = null
    ) =>
        Of(
            rows,
            row =>
            {
                var (day, seq) = at(row);
                return new Cursor(day.ToString(DayFormat, CultureInfo.InvariantCulture), seq);
            },
            item,
            total
        );

    /// <summary>Makes a page of the rows that were read, and names the next one in the Link header.</summary>
    public Page<TItem> Of<TRow, TItem>(
        IReadOnlyList<TRow> rows,
        Func<TRow, Cursor> at,
        Func<TRow, TItem> item,
        long? total = null
    ) => Pages.Of(request, cursors, rows, limit, at, item, total);
}

/// <summary>Pages: what was read past the limit tells whether there is a next one.</summary>
public static class Pages
{
    /// <summary>Makes a page of rows read with limit + 1, and names the next one in the Link header.</summary>
    public static Page<TItem> Of<TRow, TItem>(
        HttpRequest request,
        Cursors cursors,
        IReadOnlyList<TRow> rows,
        int limit,
        Func<TRow, Cursor> at,
        Func<TRow, TItem> item,
        long? total = null
    )
    {
        var next = rows.Count > limit ? cursors.Write(request, at(rows[limit - 1])) : null;
        if (next is not null)
        {
            var query = QueryHelpers.ParseQuery(request.QueryString.Value).Where(pair => pair.Key != "cursor");
            var url = QueryHelpers.AddQueryString(
                request.PathBase + request.Path,
                query.Append(KeyValuePair.Create("cursor", new StringValues(next)))
            );
            request.HttpContext.Response.Headers.Link = $"<{url}>; rel=\"next\"";
        }

        return new Page<TItem>
        {
            Items = [.. rows.Take(limit).Select(item)],
            NextCursor = next,
            Total = total,
        };
    }
}
