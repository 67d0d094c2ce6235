using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Domain;

namespace Pipeline.Store;

/// <summary>JSON as the contract has it: camelCase, kebab-case enums, UTC instants with milliseconds, unknown members refused.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions());

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.MaxDepth = 32;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatIsNotTold } };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new Instant());
        options.Converters.Add(new MoneyConverter());
        options.Converters.Add(new DurationConverter());
        return options;
    }

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    public static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Options);

    /// <summary>Members that are null where they are told, and absent where they are not.</summary>
    private static void LeaveOutWhatIsNotTold(JsonTypeInfo type)
    {
        if (!typeof(IToldInPart).IsAssignableFrom(type.Type))
            return;
        foreach (
            var property in type.Properties.Where(property =>
                property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true).Length > 0
            )
        )
            property.ShouldSerialize = (whole, value) => value is not null || !((IToldInPart)whole).InPart;
    }

    /// <summary>RFC 7396: null removes, objects merge, everything else replaces.</summary>
    public static JsonNode? MergePatch(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var merged = (target as JsonObject)?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = MergePatch(merged[name], value);
        }

        return merged;
    }

    /// <summary>{"amount": 1200000000.00, "currency": "CNY"}: both members, nothing else; numbers exact.</summary>
    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            decimal? amount = null;
            string? currency = null;
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                if (
                    name == "amount"
                    && amount is null
                    && reader.TokenType == JsonTokenType.Number
                    && reader.TryGetDecimal(out var number)
                )
                    amount = number;
                else if (name == "currency" && currency is null && reader.TokenType == JsonTokenType.String)
                    currency = reader.GetString();
                else
                    throw new JsonException();
            }

            return amount is { } given && currency is not null ? new Money(given, currency) : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteNumber("amount", value.Amount);
            writer.WriteString("currency", value.Currency);
            writer.WriteEndObject();
        }
    }

    private sealed class DurationConverter : JsonConverter<IsoDuration>
    {
        public override IsoDuration Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && IsoDuration.TryParse(reader.GetString(), out var duration)
                ? duration
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, IsoDuration value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }

    private sealed class Instant : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Instants.Read(reader.GetString()!) is { } instant
                ? instant
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<byte> text = stackalloc byte[Pipeline.Data.Iso.InstantLength];
            Pipeline.Data.Iso.Write(value, text);
            writer.WriteStringValue(text);
        }
    }
}

/// <summary>A representation of which some callers get a part only: what they may not see is absent, not null.</summary>
public interface IToldInPart
{
    bool InPart { get; }
}

/// <summary>Enum values as they are written everywhere: kebab-case.</summary>
public static class Slug
{
    /// <summary>An instant as it stands in keys.</summary>
    public static string Stamp(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.ToSlug[value];

    public static T To<T>(string slug)
        where T : struct, Enum => Names<T>.FromSlug[slug];

    public static bool TryTo<T>(string slug, out T value)
        where T : struct, Enum => Names<T>.FromSlug.TryGetValue(slug, out value);

    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Names<T>.FromSlug.Keys;

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ToSlug = Enum.GetValues<T>()
            .ToDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
        public static readonly Dictionary<string, T> FromSlug = ToSlug.ToDictionary(
            pair => pair.Value,
            pair => pair.Key,
            StringComparer.Ordinal
        );
    }
}
