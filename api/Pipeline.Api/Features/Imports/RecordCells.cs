using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>The cells of a row by field.</summary>
internal sealed class RecordCells(IReadOnlyList<RecordField?> fields, IReadOnlyList<string> headings, SheetRow row)
{
    public List<FieldError> Errors { get; } = [];

    private int At(string key)
    {
        for (var at = 0; at < fields.Count; at++)
        {
            if (fields[at] is { IsRead: true } field && field.Key == key)
                return at;
        }

        return -1;
    }

    private RawCell Cell(string key) => At(key) is var at and >= 0 && at < row.Cells.Count ? row.Cells[at] : default;

    /// <summary>What stands there; null where nothing does.</summary>
    public string? Text(string key, int most)
    {
        var text = Written.Tidy(Cell(key).Text ?? "");
        if (text.Length <= most && Validation.Readable(text) && Validation.OneLine(text))
            return text.Length == 0 ? null : text;
        Errors.Add(new FieldError(key, text.Length > most ? "length" : "characters", 0, most));
        return null;
    }

    public string? Required(string key, int most)
    {
        var before = Errors.Count;
        var text = Text(key, most);
        if (text is null && Errors.Count == before)
            Errors.Add(new FieldError(key, "required"));
        return text;
    }

    public DateOnly? Day(string key)
    {
        var cell = Cell(key);
        var read = Dates.Parse(cell.Text ?? "", cell.Numeric);
        if (read.Value is null || read.Doubts.Count > 0)
            Errors.Add(
                read.Doubts.Count > 0
                    ? new FieldError(key, read.Doubts[0].Code, read.Doubts[0].Args)
                    : new FieldError(key, "required")
            );
        return read.Value;
    }

    /// <summary>A year; 0 where what stands there is none.</summary>
    public int? Year(string key) =>
        Required(key, 10)?.TrimEnd('年') is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year
        : 0;

    /// <summary>An exact amount of money: a voucher tells no other.</summary>
    /// <param name="assumed">The currency where nothing names one; null: each cell may name its own, and yuan are meant where it does not.</param>
    public Money? Amount(string key, string? assumed = "CNY")
    {
        var unit = At(key) is var at and >= 0 ? RecordFields.UnitOf(headings[at]) : null;
        var currency = Text(RecordFields.Currency, 20) is { } said
            ? Amounts.Currency(said) ?? said.ToUpperInvariant()
            : null;
        var cell = Cell(key);
        var read = Amounts.Parse(
            cell.Text ?? "",
            new AmountUnit(unit?.Scale ?? 1, currency ?? unit?.Currency ?? assumed)
        );
        var doubt = read.Doubts.FirstOrDefault(doubt =>
            doubt.Code is not (ImportCodes.Implausible or ImportCodes.CurrencyAssumed)
        );
        if (read.Value is not { } amount || doubt is not null)
            Errors.Add(doubt is null ? new FieldError(key, "required") : new FieldError(key, doubt.Code, doubt.Args));
        else if (!Validation.Currencies.Contains(amount.Currency))
            Errors.Add(new FieldError(RecordFields.Currency, "currency"));
        else if (!amount.IsStorable || amount.Amount <= 0)
            Errors.Add(new FieldError(key, amount.IsStorable ? "amount-positive" : "amount"));
        return read.Value;
    }

    /// <summary>A value of an indicator in its own unit; money may come with the unit of its heading (亿元), shares in per cent.</summary>
    public decimal? Value(string key, IndicatorUnit of)
    {
        var cell = Cell(key);
        var text = Written.Tidy(cell.Text ?? "").Replace(",", "", StringComparison.Ordinal);
        if (text.Length == 0)
        {
            Errors.Add(new FieldError(key, "required"));
            return null;
        }

        var unit = At(key) is var at and >= 0 ? RecordFields.UnitOf(headings[at]) : null;
        decimal? value = null;
        if (of is IndicatorUnit.Cny or IndicatorUnit.Usd)
        {
            var currency = of == IndicatorUnit.Usd ? "USD" : "CNY";
            var read = Amounts.Parse(text, new AmountUnit(unit?.Scale ?? 1, unit?.Currency ?? currency));
            if (read.Value is { } money && money.Currency != currency)
                Errors.Add(new FieldError(key, "indicator-currency", currency));
            else
                value = read.Doubts.All(doubt => doubt.Code is ImportCodes.Implausible or ImportCodes.CurrencyAssumed)
                    ? read.Value?.Amount
                    : null;
        }
        else
        {
            var percent = of == IndicatorUnit.Share && (text.EndsWith('%') || headings[At(key)].Contains('%'));
            value = decimal.TryParse(
                text.TrimEnd('%', '个', '家', '项', '场', '次', '支', '只'),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number / (percent ? 100 : 1)
                : null;
        }

        if (value is not { } known || !Millionths.CanStore(known))
        {
            if (Errors.All(error => error.Field != key))
                Errors.Add(new FieldError(key, "indicator-value"));
            return null;
        }

        return known;
    }

    /// <summary>A choice by its word in either language, or as the contract writes it.</summary>
    public T? Choice<T>(string key, bool required = true)
        where T : struct, Enum
    {
        var text = Text(key, 100);
        if (text is null)
        {
            if (required)
                Errors.Add(new FieldError(key, "required"));
            return null;
        }

        var plain = Written.Bare(text);
        foreach (var value in Enum.GetValues<T>())
        {
            string[] words =
            [
                Slug.Of(value),
                Messages.Text(Messages.Chinese, Messages.KeyOf(value)),
                Messages.Text(Messages.English, Messages.KeyOf(value)),
            ];
            if (words.Any(word => Written.Bare(word) == plain))
                return value;
        }

        Errors.Add(new FieldError(key, "choice", string.Join(", ", Slug.All<T>())));
        return null;
    }

    /// <summary>The unit that a cell names by its name, one of its other names, its code or its id.</summary>
    public JurisdictionRow? Unit(string key, IReadOnlyList<JurisdictionRow> units)
    {
        if (Text(key, 100) is not { } text)
            return null;
        var plain = Written.Bare(text);
        var found = units.FirstOrDefault(unit =>
            unit.Id == text
            || new[] { unit.Code, unit.Name, unit.NameEn ?? unit.Name }
                .Concat(unit.AliasList)
                .Any(name => Written.Bare(name) == plain)
        );
        if (found is null)
            Errors.Add(new FieldError(key, "unknown-jurisdiction"));
        return found;
    }

    /// <summary>Yes or no, in either language; null where nothing stands there.</summary>
    public bool? Flag(string key)
    {
        if (Text(key, 20) is not { } text)
            return null;
        if (IsWord(text, "export.yes") || text is "true" or "√" or "✓")
            return true;
        if (!IsWord(text, "export.no") && text is not ("false" or "×"))
            Errors.Add(new FieldError(key, "yes-or-no"));
        return false;
    }

    /// <summary>A plain number; null where nothing stands there.</summary>
    public decimal? Number(string key)
    {
        if (Text(key, 40)?.Replace(",", "", StringComparison.Ordinal).TrimEnd('亩') is not { } text)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number;
        Errors.Add(new FieldError(key, "number"));
        return null;
    }

    /// <summary>The parts of a list in one cell: 早期、并购.</summary>
    public IReadOnlyList<string> Parts(string key) => Split(Text(key, 20_000) ?? "");

    public static IReadOnlyList<string> Split(string text) =>
        text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static readonly char[] Separators = ['、', ',', '，', ';', '；'];

    /// <summary>Whether a cell says a word of ours in either language.</summary>
    public static bool IsWord(string said, string key) =>
        Written.Bare(said) is var plain
        && (
            Written.Bare(Messages.Text(Messages.Chinese, key)) == plain
            || Written.Bare(Messages.Text(Messages.English, key)) == plain
        );
}
