using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Pipeline.Api.Data;

/// <summary>How dates and instants are stored: native types on SQL Server, ISO text of fixed width on SQLite.</summary>
public static class TypeHandlers
{
    private const string Iso = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    [ModuleInitializer]
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new Instants());
        SqlMapper.AddTypeHandler(new Dates());
        SqlMapper.RemoveTypeMap(typeof(string));

        // Lists are filled up to steps of ten, so that their statements are found compiled.
        SqlMapper.Settings.PadListExpansions = true;
        SqlMapper.AddTypeHandler(new Texts());
    }

    /// <summary>A value as SQLite stores it.</summary>
    internal static object InSqlite(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => instant.UtcDateTime.ToString(Iso, CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? 1 : 0,
        _ => value,
    };

    /// <summary>
    /// SQL Server converts a varchar column to compare it with an nvarchar parameter, and then cannot seek in its index. A text of ASCII alone goes as varchar, which fits both
    /// kinds of column; any other can only be compared with nvarchar ones. Lengths come in steps, so that plans are found again.
    /// </summary>
    internal sealed class Texts : SqlMapper.TypeHandler<string>
    {
        public override void SetValue(IDbDataParameter parameter, string? value)
        {
            parameter.Value = (object?)value ?? DBNull.Value;
            if (parameter is SqliteParameter || value is null)
                return;
            var narrow = System.Text.Ascii.IsValid(value);
            parameter.DbType = narrow ? DbType.AnsiString : DbType.String;
            parameter.Size = value.Length <= 4000 ? 4000 : -1;
        }

        public override string? Parse(object value) => value as string;
    }

    private sealed class Instants : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            if (parameter is SqliteParameter)
            {
                parameter.Value = InSqlite(value);
                return;
            }

            parameter.DbType = DbType.DateTime2;
            parameter.Scale = 3;
            parameter.Value = value.UtcDateTime;
        }

        public override DateTimeOffset Parse(object value) => value is DateTime instant
            ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc))
            : DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
    }

    private sealed class Dates : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            if (parameter is SqliteParameter)
            {
                parameter.Value = InSqlite(value);
                return;
            }

            parameter.DbType = DbType.Date;
            parameter.Value = value.ToDateTime(TimeOnly.MinValue);
        }

        public override DateOnly Parse(object value) => value switch
        {
            DateTime date => DateOnly.FromDateTime(date),
            DateOnly date => date,
            _ => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }
}
