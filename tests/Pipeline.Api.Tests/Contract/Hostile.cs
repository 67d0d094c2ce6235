using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.Api.Tests.Contract;

/// <summary>What a careless or hostile client may send.</summary>
internal static class Hostile
{
    private static readonly string Long = new('长', 10_000);

    /// <summary>Texts, as they are.</summary>
    public static readonly string[] Texts =
    [
        "",
        " ",
        "\t",
        Long,
        "𠮷野家🏗️",
        "e\u0301\u0301\u0301",
        "\u202Egnp.exe\u202C",
        "a\0b",
        "\u0007",
        "\uFEFFx",
        "\uFFFF",
        "ＡＢＣ１２３　＝１",
        "' OR 1=1 --",
        "'; DROP TABLE projects; --",
        "%",
        "_",
        "%_![",
        "!",
        "[a-z]",
        "\\",
        "\"",
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "${jndi:ldap://x}",
        "../../etc/passwd",
        "null",
        "undefined",
        "NaN",
        "Infinity",
        "0",
        "-0",
        "1e400",
        "9223372036854775808",
        "-1",
        "1.5",
        "true",
        "2026-02-30",
        "9999-12-31",
        "0001-01-01",
        "10000-01-01",
        "2026-05-04",
        "2026-05-04T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12",
        "0001-01",
        "2026-13",
        "P1M",
        "P0D",
        "P9999Y",
        "PT99999999999S",
        "PT2S",
        "-P1D",
        "CNY",
        "XXX",
        "signed",
        "terminated",
        "00000000000000000000000000000000",
        "0123456789ABCDEF0123456789ABCDEF",
        "a/b",
        "a?b",
        "a#b",
        "a;b",
        "İıſß",
        "㎏㍿ﷺ",
        "，。：；",
    ];

    /// <summary>JSON values, as they are written: wrong types, numbers that no type holds, escapes that no text holds.</summary>
    public static readonly string[] Raw =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-1",
        "1",
        "0.005",
        "1.5",
        "1e308",
        "1e400",
        "-1e400",
        "1e-400",
        "9223372036854775807",
        "9223372036854775808",
        "79228162514264337593543950335",
        "92233720368547758.07",
        "92233720368547758.08",
        "2147483648",
        "00",
        "1e28",
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "[{}]",
        "{\"a\":1}",
        "{\"amount\":1}",
        "{\"amount\":1,\"currency\":null}",
        "{\"amount\":1,\"currency\":\"CNY\",\"x\":1}",
        "{\"amount\":92233720368547758.07,\"currency\":\"CNY\"}",
        "{\"amount\":0.01,\"currency\":\"JPY\"}",
        "{\"amount\":1e27,\"currency\":\"USD\"}",
        "\"\\ud800\"",
        "\"\\udc00x\"",
        "\"\\u0000\"",
        "\"a\\ud83dz\"",
        "{\"\\ud800\":1}",
        "\"\\ud83c\\udfd7\"",
        "tru",
        "\"open",
        "[1,",
        "NaN",
        "'single'",
        "// comment\n1",
        "{\"a\":1,\"a\":2}",
        "{\"name\":\"x\",\"name\":\"y\"}",
        "[\"" + "0123456789abcdef0123456789abcdef" + "\"]",
        "[\"\\ud800\"]",
        "[1,2,3]",
        "[" + string.Join(",", Enumerable.Repeat("\"x\"", 3000)) + "]",
        Deep(31),
        Deep(200),
        Deep(20_000),
        "{\"id\":\"\",\"text\":\"\"}",
    ];

    /// <summary>Ids as they stand in a path; NUL never gets past the server.</summary>
    public static readonly string[] InPath =
    [
        "..%2f..%2fetc",
        "%2e%2e",
        ".",
        "..",
        "%ff",
        "%c0%af",
        "%ed%a0%80",
        "%zz",
        "%",
        new('a', 10_000),
        "0123456789abcdef0123456789abcde",
        "0123456789ABCDEF0123456789ABCDEF",
        "%27%20OR%201%3D1%20--",
        "%25",
        "_",
        "-1",
        "0",
        "null",
        "%F0%9F%8F%97",
        "%E2%80%AE",
        "a%2Fb",
        "a/b",
        "a;b=c",
        "%20",
        "+",
        "fields",
        "current",
        "verify",
        "*",
        "%0d%0aX-Injected%3A1",
    ];

    /// <summary>Header values; what no client could put on the wire is left out.</summary>
    public static readonly string[] InHeader =
    [
        "",
        " ",
        "*",
        "\"",
        "\"\"",
        "W/\"1-a\"",
        "\"1-a\"",
        "\"-1-a\"",
        "\"9223372036854775808-a\"",
        "\"1",
        "1",
        "\"1-a\", \"2-b\"",
        ",,,",
        new('a', 10_000),
        "' OR 1=1 --",
        "%00",
        "en",
        "zh-CN;q=0.5,en;q=zz",
        "en;q=1e400",
        "x-klingon",
        "*;q=0",
        "a=b;c",
        "\u00e9\u00ff",
    ];

    /// <summary>Whole bodies that are not what they should be.</summary>
    public static readonly byte[][] Bodies =
    [
        [],
        " "u8.ToArray(),
        "{"u8.ToArray(),
        "}"u8.ToArray(),
        "null"u8.ToArray(),
        "[]"u8.ToArray(),
        "\"x\""u8.ToArray(),
        "1"u8.ToArray(),
        "{}"u8.ToArray(),
        "{} {}"u8.ToArray(),
        [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'],
        "{\"reason\":\"\xFF\"}"u8.ToArray(),
        [.. "{\"reason\":\""u8, 0xFF, 0xFE, .. "\"}"u8],
        [.. "{\"name\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8],
        [.. "{\"note\":\""u8, 0xC0, 0x80, .. "\"}"u8],
        [.. "{\""u8, 0xFF, .. "\":1}"u8],
        Encoding.Unicode.GetBytes("{\"reason\":\"x\"}"),
        [0, 0, 0, 0],
        Encoding.UTF8.GetBytes(Deep(20_000)),
        "{\"reason\":\"\\ud800\"}"u8.ToArray(),
        "{\"\\ud800\":\"x\"}"u8.ToArray(),
        "{\"name\":\"\\ud800\",\"chain\":\"\\udfff\"}"u8.ToArray(),
        "--limit\r\n\r\n--limit--"u8.ToArray(),
        "a=b"u8.ToArray(),
    ];

    public static readonly string?[] ContentTypes =
    [
        null,
        "text/plain",
        "application/xml",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense",
        "APPLICATION/JSON",
        "application/merge-patch+json",
        "multipart/form-data",
        "multipart/form-data; boundary=limit",
        "application/x-www-form-urlencoded",
        "application/json,application/json",
        "json",
        "*/*",
    ];

    public static readonly byte[][] Files =
    [
        [],
        "%PDF-"u8.ToArray(),
        "PK\u0003\u0004garbage"u8.ToArray(),
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
        "MZ"u8.ToArray(),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        "a,b\r\n\"open"u8.ToArray(),
        [0xFF, 0xFE, 0x41, 0x00],
        [0x81, 0x30, 0x81, 0x30, 0xFF],
        "项目名称\r\n"u8.ToArray(),
        "项目名称,投资方,总投资,阶段,签约时间\r\n=1+1,'; DROP TABLE projects; --,1e400,签约,9999-12-31\r\n\0,\u202E,-1亿元,??,0001-01-01\r\n"u8.ToArray(),
        Encoding.UTF8.GetBytes($"项目名称,项目名称\r\n{Long},{Long}\r\n"),
        Encoding.UTF8.GetBytes(
            "项目名称,总投资,土地,签约时间\r\n"
                + string.Join(
                    "\r\n",
                    Texts.Select(text => string.Join(',', Enumerable.Repeat('"' + text.Replace("\"", "\"\"") + '"', 4)))
                )
        ),
    ];

    public static readonly string[] FileNames =
    [
        "",
        "a.exe",
        "a.xlsx",
        "a.csv",
        "a.xls",
        "a.pdf",
        "a.txt",
        "..\\..\\a.pdf",
        "/etc/passwd",
        new string('a', 3000) + ".pdf",
        "合同＝１.pdf",
        "a.pdf\u202E",
        ".csv",
        "CON",
    ];

    /// <summary>Every member that a schema has, as a path into a body; array items are index 0.</summary>
    public static IEnumerable<object[]> Members(JsonNode schema, JsonObject schemas, int depth = 0)
    {
        schema = Resolve(schema, schemas);
        if (depth > 8)
            yield break;
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            yield return [name];
            foreach (var below in Members(member!, schemas, depth + 1))
                yield return [name, .. below];
        }

        if (schema["items"] is { } items)
        {
            yield return [0];
            foreach (var below in Members(items, schemas, depth + 1))
                yield return [0, .. below];
        }
    }

    /// <summary>Puts a placeholder where a path leads, making what is missing on the way with the members that it must have.</summary>
    public static JsonNode Put(
        JsonNode? target,
        JsonNode schema,
        JsonObject schemas,
        ReadOnlySpan<object> path,
        string placeholder
    )
    {
        if (path.Length == 0)
            return JsonValue.Create(placeholder);
        schema = Resolve(schema, schemas);
        if (path[0] is string name)
        {
            var members =
                target as JsonObject
                ?? new JsonObject(
                    (schema["required"]?.AsArray() ?? []).Select(required =>
                        KeyValuePair.Create((string)required!, (JsonNode?)((string)required! == "amount" ? 1 : "CNY"))
                    )
                );
            members[name] = Put(members[name], schema["properties"]![name]!, schemas, path[1..], placeholder);
            return members;
        }

        var items = target as JsonArray ?? [];
        var item = Put(items.Count > 0 ? items[0] : null, schema["items"]!, schemas, path[1..], placeholder);
        if (items.Count == 0)
            items.Add(item);
        else if (items[0] != item)
            items[0] = item;
        return items;
    }

    /// <summary>A text as JSON writes it.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text);

    internal static JsonNode Resolve(JsonNode schema, JsonObject schemas)
    {
        while (true)
        {
            if ((string?)schema["$ref"] is { } reference)
                schema = schemas[reference.Split('/')[^1]]!;
            else if (
                (schema["oneOf"] ?? schema["anyOf"] ?? schema["allOf"])
                    ?.AsArray()
                    .FirstOrDefault(part => part!["$ref"] is not null) is
                { } part
            )
                schema = part;
            else
                return schema;
        }
    }

    private static string Deep(int levels) => new string('[', levels) + new string(']', levels);
}
