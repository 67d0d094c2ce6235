using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Pipeline.Api.Data;

/// <summary>How dates and instants are stored: native types on SQL Server, ISO text of fixed width on SQLite.</summary>
public static class TypeHandlers
{
    private const string IsoInstant = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly Instants ForInstants = new();
    private static readonly Dates ForDates = new();
    private static readonly Texts ForTexts = new();

    /// <summary>Gives a parameter its value, in the type of the columns that it meets.</summary>
    internal static void Set(DbParameter parameter, object? value)
    {
        if (parameter is SqliteParameter)
            parameter.Value = InSqlite(value);
        else if (value is string text)
            ForTexts.SetValue(parameter, text);
        else if (value is DateTimeOffset instant)
            ForInstants.SetValue(parameter, instant);
        else if (value is DateOnly date)
            ForDates.SetValue(parameter, date);
        else
            parameter.Value = value ?? DBNull.Value;
    }

    [ModuleInitializer]
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(ForInstants);
        SqlMapper.AddTypeHandler(ForDates);
        SqlMapper.RemoveTypeMap(typeof(string));

        // Lists are filled up to steps of ten, so that their statements are found compiled.
        SqlMapper.Settings.PadListExpansions = true;
        SqlMapper.AddTypeHandler(ForTexts);
    }

    /// <summary>A value as SQLite stores it.</summary>
    internal static object InSqlite(object? value) =>
        value switch
        {
            null => DBNull.Value,
            DateTimeOffset instant => instant.UtcDateTime.ToString(IsoInstant, CultureInfo.InvariantCulture),
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

        public override DateTimeOffset Parse(object value) =>
            value is DateTime instant
                ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc))
                : DateTimeOffset.Parse(
                    (string)value,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
                );
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

        public override DateOnly Parse(object value) =>
            value switch
            {
                DateTime date => DateOnly.FromDateTime(date),
                DateOnly date => date,
                _ => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            };
    }
}
