using System.Globalization;

namespace Pipeline.Data.Sqlite;

/// <summary>How values are stored in SQLite, which knows neither dates nor instants: as ISO texts of fixed width.</summary>
internal static class SqliteValues
{
    private const string IsoInstant = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static object Of(object? value) =>
        value switch
        {
            null => DBNull.Value,
            DateTimeOffset instant => instant.UtcDateTime.ToString(IsoInstant, CultureInfo.InvariantCulture),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            bool flag => flag ? 1 : 0,
            _ => value,
        };
}
