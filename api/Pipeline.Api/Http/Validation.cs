using System.Runtime.CompilerServices;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>Shape rules that recur: stable codes, arguments for the message, camelCase paths.</summary>
public static class Validation
{
    /// <summary>Currencies an amount may be in: ISO 4217 codes in use for investment.</summary>
    public static readonly IReadOnlySet<string> Currencies = new HashSet<string>(StringComparer.Ordinal)
    {
        "CNY",
        "USD",
        "EUR",
        "HKD",
        "JPY",
        "KRW",
        "GBP",
        "TWD",
        "SGD",
        "CHF",
        "AUD",
        "CAD",
        "MOP",
        "MYR",
        "THB",
        "SEK",
        "NOK",
        "DKK",
        "NZD",
        "RUB",
        "INR",
        "IDR",
        "AED",
        "SAR",
        "BRL",
        "ZAR",
        "TRY",
        "PLN",
        "CZK",
        "HUF",
        "MXN",
        "ILS",
        "VND",
        "PHP",
    };

    [ModuleInitializer]
    public static void Configure()
    {
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) =>
            member is null ? null : JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        ValidatorOptions.Global.DefaultRuleLevelCascadeMode = CascadeMode.Stop;
    }

    /// <summary>The one validator of its kind: its rules are made once.</summary>
    public static T Of<T>()
        where T : new() => One<T>.Instance;

    private static class One<T>
        where T : new()
    {
        public static readonly T Instance = new();
    }

    public static FieldError Error(ValidationFailure failure) =>
        new(failure.PropertyName, failure.ErrorCode, failure.CustomState as object[] ?? []);

    public static IRuleBuilderOptions<T, TValue> Coded<T, TValue>(
        this IRuleBuilderOptions<T, TValue> rule,
        string code,
        params object[] args
    ) => rule.WithErrorCode(code).WithState(_ => (object)args);

    /// <summary>Something must be there.</summary>
    public static IRuleBuilderOptions<T, TValue> Required<T, TValue>(this IRuleBuilder<T, TValue> rule) =>
        rule.NotEmpty().Coded("required");

    /// <summary>Text for people: at most <paramref name="max"/> characters, no control characters but line breaks and tabs, no lone surrogates.</summary>
    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.Must(text => text is null || text.Length <= max)
            .Coded("length", 0, max)
            .Must(text => text is null || Readable(text))
            .Coded("characters");

    /// <summary>The id of a record, as this system gives them.</summary>
    public static IRuleBuilderOptions<T, string?> RecordId<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(id => id is null || Ids.IsWellFormed(id)).Coded("id");

    /// <summary>The ids of at most so many records.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> RecordIds<T>(
        this IRuleBuilder<T, IReadOnlyList<string>?> rule,
        int max
    ) =>
        rule.Must(ids => ids is null || ids.Count <= max)
            .Coded("count", max)
            .Must(ids => ids is null || ids.All(id => id is not null && Ids.IsWellFormed(id)))
            .Coded("id");

    public static IRuleBuilderOptions<T, Money?> Amount<T>(this IRuleBuilder<T, Money?> rule) =>
        rule.Must(money => money is null || money.Value.Currency is { } currency && Currencies.Contains(currency))
            .Coded("currency")
            .Must(money => money is null || (money.Value.IsStorable && money.Value.Amount >= 0))
            .Coded("amount");

    /// <summary>Whether a text can be stored and shown.</summary>
    public static bool Readable(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var c = text[index];
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
                return false;
            if (char.IsHighSurrogate(c))
            {
                if (index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]))
                    return false;
                index++;
            }
            else if (char.IsLowSurrogate(c))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A reason given by a person, as most decisions need.</summary>
public sealed record ReasonRequest
{
    public string? Reason { get; init; }

    public sealed class Validator : AbstractValidator<ReasonRequest>
    {
        public Validator() => RuleFor(request => request.Reason).Required().Text(2000);
    }
}
