using Pipeline.Domain.Imports;
using Pipeline.Store.Rules;

namespace Pipeline.Api.Features.Exports;

/// <summary>How a file tells its figures: each in its own currency to the cent, or as the page shows them.</summary>
public enum Figures
{
    Exact,
    Shown,
}

/// <summary>What a file that tells its figures as the page does has written so far: rows and sums by column.</summary>
public sealed class ShownFigures(Industries industries)
{
    /// <summary>亿: what amounts are counted in.</summary>
    public const decimal Yi = 100_000_000m;

    public Industries Industries { get; } = industries;
    public Dictionary<int, decimal> Sums { get; } = [];
    public int Rows { get; set; }

    /// <summary>Amounts in a currency that has no rate.</summary>
    public int Uncounted { get; set; }

    /// <summary>Currencies and the yuan beside them are told by the unit in the head.</summary>
    public static IReadOnlyList<ProjectColumns.Column> Columns(IReadOnlyList<ProjectColumns.Column> chosen) =>
        [
            .. chosen.Where(column =>
                column.Of.Key != RegisterColumns.Cny.Key
                && column.Of.Key != RegisterColumns.Currency.Key
                && !column.Of.Key.EndsWith("-currency", StringComparison.Ordinal)
            ),
        ];
}
