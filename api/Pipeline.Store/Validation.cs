using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using FluentValidation.Validators;
using Pipeline.Domain;

namespace Pipeline.Store;

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

    // These rules are made for one program, whose validators all go by the same names.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The library belongs to one program.")]
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

    /// <summary>What is wrong with a value, judged on a day.</summary>
    public static List<ValidationFailure> Failures<T>(IValidator<T> validator, T value, DateOnly today)
    {
        var context = new ValidationContext<T>(value);
        context.RootContextData[nameof(today)] = today;
        return validator.Validate(context).Errors;
    }

    /// <summary>A date that can be meant: <see cref="SensibleDates"/>.</summary>
    public static void Day<T>(this IRuleBuilder<T, DateOnly?> rule) => rule.Custom(CanBeMeant);

    /// <summary>A date that can be meant of something that has happened: today at the latest.</summary>
    public static void PastDay<T>(this IRuleBuilder<T, DateOnly?> rule) =>
        rule.Custom(
            (date, context) =>
            {
                if (date > Today(context))
                    Fail(context, "future");
                else
                    CanBeMeant(date, context);
            }
        );

    /// <inheritdoc cref="Day{T}(IRuleBuilder{T, DateOnly?})"/>
    public static void Day<T>(this IRuleBuilder<T, DateOnly> rule) =>
        rule.Custom((date, context) => CanBeMeant(date, context));

    /// <summary>An instant on a date that can be meant.</summary>
    public static void Instant<T>(this IRuleBuilder<T, DateTimeOffset?> rule) =>
        rule.Custom(
            (instant, context) =>
                CanBeMeant(instant is { } given ? DateOnly.FromDateTime(given.UtcDateTime) : null, context)
        );

    private static void CanBeMeant<T>(DateOnly? date, ValidationContext<T> context)
    {
        if (date is { } given && !SensibleDates.Include(given, Today(context)))
            Fail(context, "date-range", SensibleDates.Earliest, SensibleDates.Latest(Today(context)));
    }

    private static DateOnly Today<T>(ValidationContext<T> context) => (DateOnly)context.RootContextData["today"];

    private static void Fail<T>(ValidationContext<T> context, string code, params object[] args) =>
        context.AddFailure(new ValidationFailure(context.PropertyPath, code) { ErrorCode = code, CustomState = args });

    /// <summary>One line of text, as a name is: no line breaks and no other control characters, which would forge lines in a letter or a list.</summary>
    public static IRuleBuilderOptions<T, string?> Line<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.Text(max).Must(text => text is null || OneLine(text)).Coded("one-line");

    /// <summary>Whether a text has neither line breaks nor other control characters.</summary>
    public static bool OneLine(string text) => !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029');

    /// <summary>Text for people: at most <paramref name="max"/> characters, no control characters but line breaks and tabs, no lone surrogates.</summary>
    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.MaximumLength(max)
            .Coded("length", 0, max)
            .Must(text => text is null || Readable(text))
            .Coded("characters");

    /// <summary>The id of a record, as this system gives them.</summary>
    public static IRuleBuilderOptions<T, string?> RecordId<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(id => id is null || Ids.IsWellFormed(id)).Coded("id");

    /// <summary>A list of at most so many.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> AtMost<T, TItem>(
        this IRuleBuilder<T, IReadOnlyList<TItem>?> rule,
        int max
    ) => rule.SetValidator(new MaximumCount<T, TItem>(max)).Coded("count", max);

    /// <summary>The ids of at most so many records.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> RecordIds<T>(
        this IRuleBuilder<T, IReadOnlyList<string>?> rule,
        int max
    ) => rule.AtMost(max).Must(ids => ids is null || ids.All(id => id is not null && Ids.IsWellFormed(id))).Coded("id");

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

/// <summary>Notes of what was said and done: minutes are often longer than a remark.</summary>
public static class LongText
{
    public const int Max = 10_000;
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

/// <summary>A rule of which the description tells the limit.</summary>
public interface IMaximumCount
{
    int Max { get; }
}

/// <summary>See <see cref="Validation.AtMost{T, TItem}"/>.</summary>
public sealed class MaximumCount<T, TItem>(int max) : PropertyValidator<T, IReadOnlyList<TItem>?>, IMaximumCount
{
    public override string Name => "MaximumCount";

    public int Max => max;

    public override bool IsValid(ValidationContext<T> context, IReadOnlyList<TItem>? value) =>
        value is null || value.Count <= max;
}
