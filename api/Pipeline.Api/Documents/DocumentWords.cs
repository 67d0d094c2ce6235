using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Domain;

namespace Pipeline.Api.Documents;

/// <summary>What a document says, in the language that is asked for.</summary>
public sealed class DocumentWords(string language)
{
    public bool IsEnglish => language == Messages.English;

    public string Of(string key, params object[] args) => Messages.Text(language, key, args);

    /// <summary>What a value is called.</summary>
    public string Of(Enum value) => Messages.Text(language, Messages.KeyOf(value));

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public string Day(DateOnly day) => Of("document.day", day.Year, day.Month, day.Day);

    public static string Instant(DateTimeOffset instant) =>
        instant.ToOffset(Shanghai.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An amount to the last hundredth in 亿, or in millions: a number that no line breaks.</summary>
    public string Amount(Money money)
    {
        var number = money.Amount / (IsEnglish ? 1_000_000m : 100_000_000m);
        var key = $"document.currency.{money.Currency}";
        var currency = Of(key);
        return Of(
            "document.amount",
            number.ToString(IsEnglish ? "#,0.########" : "0.##########", CultureInfo.InvariantCulture),
            currency == key ? money.Currency : currency
        );
    }

    /// <summary>A day in a table.</summary>
    public static string Short(DateOnly day) => day.ToString("yyyy.MM.dd", CultureInfo.InvariantCulture);
}
