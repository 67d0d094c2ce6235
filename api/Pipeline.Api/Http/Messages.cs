using System.Globalization;
using System.Text.Json;

namespace Pipeline.Api.Http;

/// <summary>What people read, by language: problems, error codes, enum names. Slugs and codes never change; these may.</summary>
public static class Messages
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    private static readonly Dictionary<string, Dictionary<string, string>> ByLanguage = new(StringComparer.Ordinal)
    {
        [Chinese] = Load(Chinese),
        [English] = Load(English),
    };

    /// <summary>All keys of a language.</summary>
    public static IReadOnlyCollection<string> Keys(string language) => ByLanguage[language].Keys;

    /// <summary>The text of a key with its arguments filled in; the key itself when there is none.</summary>
    public static string Text(string language, string key, params object[] args)
    {
        if (!ByLanguage[language].TryGetValue(key, out var template))
            return key;
        return args.Length == 0
            ? template
            : string.Format(CultureInfo.InvariantCulture, template, [.. args.Select(arg => Named(language, arg))]);
    }

    /// <summary>The key of an enum's value.</summary>
    public static string KeyOf(Enum value) =>
        $"enum.{JsonNamingPolicy.KebabCaseLower.ConvertName(value.GetType().Name)}.{JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString())}";

    /// <summary>The better language of an Accept-Language header: Chinese unless English is preferred.</summary>
    public static string Language(HttpRequest request)
    {
        var best = (Language: Chinese, Quality: 0.0);
        foreach (var item in request.GetTypedHeaders().AcceptLanguage)
        {
            var quality = item.Quality ?? 1.0;
            var language =
                item.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English
                : item.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese
                : null;
            if (language is not null && quality > best.Quality)
                best = (language, quality);
        }

        return best.Language;
    }

    private static object Named(string language, object arg) =>
        arg switch
        {
            Enum value => Text(language, KeyOf(value)),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset instant => instant
                .ToOffset(Domain.Shanghai.Offset)
                .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            IEnumerable<Enum> values => string.Join(
                language == Chinese ? "、" : ", ",
                values.Select(value => Named(language, value))
            ),
            _ => arg,
        };

    private static Dictionary<string, string> Load(string language)
    {
        using var stream = typeof(Messages).Assembly.GetManifestResourceStream($"Messages.{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
