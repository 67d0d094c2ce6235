using Microsoft.Data.Sqlite;
using Pipeline.Data.Sqlite;
using Pipeline.Data.SqlServer;

namespace Pipeline.Data;

/// <summary>The engines there are. A further one is a folder beside <c>Sqlite</c> and <c>SqlServer</c>, a schema below <c>db</c>, and a line in each of these members.</summary>
public static class DatabaseEngines
{
    public const string DefaultConnection = "Data Source=data/pipeline.db";

    /// <summary>The engine that the configuration names.</summary>
    /// <param name="provider"><c>sqlite</c> (also when none is named) or <c>sqlserver</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such engine, or what it needs is missing; the message says which setting.</exception>
    public static IDialect Choose(string? provider, string? connection) =>
        provider switch
        {
            "sqlserver" => new SqlServerDialect(
                connection
                    ?? throw new InvalidOperationException("ConnectionStrings:Pipeline is required with SQL Server.")
            ),
            "sqlite" or null or "" => SqliteDialect.At(connection ?? DefaultConnection),
            _ => throw new InvalidOperationException(
                $"Database:Provider is '{provider}'; it can be sqlite or sqlserver."
            ),
        };

    /// <summary>The engines whose parameters take values in a form of their own, by the type of parameter.</summary>
    internal static IReadOnlyDictionary<Type, Func<object?, object>> Values { get; } =
        new Dictionary<Type, Func<object?, object>> { [typeof(SqliteParameter)] = SqliteValues.Of };

    /// <summary>Sets what concerns the whole process; to be called before it has other threads.</summary>
    public static void PrepareProcess() => Sqlite.Fast.NativeMemory.Share();
}
