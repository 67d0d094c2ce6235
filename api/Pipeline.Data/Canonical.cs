using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.Data;

/// <summary>Canonical JSON (RFC 8785), so that the same content always has the same hash, whoever computes it.</summary>
public static class Canonical
{
    /// <summary>The hash that stands before the first link of a chain.</summary>
    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    public static string Text(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    /// <summary>An object of texts and whole numbers, without making it one first.</summary>
    public static string Text(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var sorted = members.ToArray();
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Name, b.Name));
        var text = new StringBuilder("{", 1024);
        foreach (var (name, value) in sorted)
        {
            text.Append(text.Length == 1 ? "" : ",");
            Write(name, text);
            text.Append(':');
            switch (value)
            {
                case null:
                    text.Append("null");
                    break;
                case long number:
                    text.Append(Number(number));
                    break;
                default:
                    Write((string)value, text);
                    break;
            }
        }

        return text.Append('}').ToString();
    }

    /// <summary>SHA-256 of a text's UTF-8 bytes, lower-case hex.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                var first = true;
                text.Append('{');
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    text.Append(first ? "" : ",");
                    Write(name, text);
                    text.Append(':');
                    Write(value, text);
                    first = false;
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                for (var index = 0; index < items.Count; index++)
                {
                    text.Append(index == 0 ? "" : ",");
                    Write(items[index], text);
                }

                text.Append(']');
                break;
            case JsonValue value when value.TryGetValue<string>(out var plain):
                Write(plain, text);
                break;
            default:
                using (var value = JsonDocument.Parse(node.ToJsonString()))
                    Write(value.RootElement, text);
                break;
        }
    }

    private static void Write(JsonElement value, StringBuilder text)
    {
        if (value.ValueKind == JsonValueKind.String)
            Write(value.GetString()!, text);
        else if (value.ValueKind == JsonValueKind.Number)
            text.Append(Number(value.GetDouble()));
        else
            text.Append(value.GetRawText());
    }

    private static readonly SearchValues<char> Escaped = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Select(c => (char)c),
        '"',
        '\\',
    ]);

    /// <summary>Only what must be escaped is (§3.2.2.2).</summary>
    private static void Write(string value, StringBuilder text)
    {
        text.Append('"');
        if (!value.AsSpan().ContainsAny(Escaped))
        {
            text.Append(value).Append('"');
            return;
        }

        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    /// <summary>A number as ECMAScript prints it (§3.2.2.3): the shortest digits that read back as the same double.</summary>
    private static string Number(double value)
    {
        if (value == 0)
            return "0";
        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var (whole, fraction) = parts[0].Split('.') is [var before, var after] ? (before, after) : (parts[0], "");
        var leading = (whole + fraction).Length - (whole + fraction).TrimStart('0').Length;
        var exponent =
            whole.Length - 1 - leading + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        var significant = (whole + fraction).Trim('0');
        var sign = value < 0 ? "-" : "";
        var count = significant.Length;
        if (exponent is >= 0 and < 21)
            return sign
                + (
                    count <= exponent + 1
                        ? significant + new string('0', exponent + 1 - count)
                        : $"{significant[..(exponent + 1)]}.{significant[(exponent + 1)..]}"
                );
        if (exponent is < 0 and >= -6)
            return $"{sign}0.{new string('0', -exponent - 1)}{significant}";
        var mantissa = count == 1 ? significant : $"{significant[0]}.{significant[1..]}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sign}{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}"
        );
    }
}
