using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;

namespace Pipeline.Data;

/// <summary>How dates and instants are stored: native types on SQL Server, ISO text of fixed width on SQLite.</summary>
public static class TypeHandlers
{
    private static readonly Instants ForInstants = new();
    private static readonly Dates ForDates = new();

    /// <summary>Gives a parameter its value, in the type of the columns that it meets.</summary>
    /// <param name="type">The declared type of the value, for when it is null.</param>
    /// <remarks>
    /// SQL Server converts a varchar column to compare it with an nvarchar parameter, and then cannot seek in its index. A text of ASCII alone goes as varchar, which fits both
    /// kinds of column; any other can only be compared with nvarchar ones. Lengths come in steps, so that plans are found again.
    /// </remarks>
    internal static void Set(DbParameter parameter, object? value, Type? type = null)
    {
        if (TakesItsOwn(parameter, value))
            return;
        type ??= value?.GetType() ?? typeof(string);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (value is DateTimeOffset instant)
            ForInstants.SetValue(parameter, instant);
        else if (value is DateOnly date)
            ForDates.SetValue(parameter, date);
        else
            parameter.Value = value ?? DBNull.Value;
        if (type == typeof(string))
        {
            var text = value as string ?? "";
            parameter.DbType = IsNarrow(text) ? DbType.AnsiString : DbType.String;
            parameter.Size = LengthOf(text);
        }
        else if (type == typeof(byte[]))
        {
            parameter.DbType = DbType.Binary;
            parameter.Size = -1;
        }
        else if (value is null && NullTypes.TryGetValue(type, out var dbType))
        {
            parameter.DbType = dbType;
        }
    }

    private static readonly Dictionary<Type, DbType> NullTypes = new()
    {
        [typeof(DateTimeOffset)] = DbType.DateTime2,
        [typeof(DateOnly)] = DbType.Date,
        [typeof(long)] = DbType.Int64,
        [typeof(int)] = DbType.Int32,
        [typeof(bool)] = DbType.Boolean,
    };

    /// <summary>Whether a text goes as varchar.</summary>
    internal static bool IsNarrow(string text) => System.Text.Ascii.IsValid(text);

    /// <summary>The length a text is declared with; -1: (max).</summary>
    internal static int LengthOf(string text) => text.Length <= 4000 ? 4000 : -1;

    // Whoever reads a row through this library, by whatever connection, reads it as this says.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The library belongs to one program.")]
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(ForInstants);
        SqlMapper.AddTypeHandler(ForDates);

        // Lists are filled up to steps of ten, so that their statements are found compiled.
        SqlMapper.Settings.PadListExpansions = true;
    }

    /// <summary>Whether the engine has a form of its own for values, and the parameter has it now.</summary>
    private static bool TakesItsOwn(IDbDataParameter parameter, object? value)
    {
        if (!DatabaseEngines.Values.TryGetValue(parameter.GetType(), out var form))
            return false;
        parameter.Value = form(value);
        return true;
    }

    private sealed class Instants : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            if (TakesItsOwn(parameter, value))
                return;
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
            if (TakesItsOwn(parameter, value))
                return;
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
