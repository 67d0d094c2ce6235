using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pipeline.Data.Sqlite.Fast;

/// <summary>What the driver calls too, but without counting who holds the statement at each value: whoever reads a row holds its reader.</summary>
internal static class NativeRow
{
    private const string Library = "e_sqlite3";

    /// <summary>The statement behind a reader of the embedded engine; 0 for another engine's, and where rows are read through the driver.</summary>
    public static nint Statement(DbDataReader reader) =>
        !FastPaths.Rows ? 0 : (reader as SqliteDataReader)?.Handle?.DangerousGetHandle() ?? 0;

    public static bool IsNull(nint statement, int at) => Type(statement, at) == raw.SQLITE_NULL;

    [DllImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    private static extern int Type(nint statement, int at);

    [DllImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static extern long Number(nint statement, int at);

    [DllImport(Library, EntryPoint = "sqlite3_column_value"), SuppressGCTransition]
    private static extern nint Value(nint statement, int at);

    [DllImport(Library, EntryPoint = "sqlite3_value_blob"), SuppressGCTransition]
    private static extern nint Start(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_value_bytes"), SuppressGCTransition]
    private static extern int Length(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_value_type"), SuppressGCTransition]
    private static extern int Type(nint value);

    public static ReadOnlySpan<byte> Text(nint statement, int at) => Text(Value(statement, at));

    public static ReadOnlySpan<byte> Text(nint statement, int at, out bool missing)
    {
        var value = Value(statement, at);
        missing = Type(value) == raw.SQLITE_NULL;
        return Text(value);
    }

    // The value is asked for once: each question to the statement takes and gives back the connection's lock.
    private static ReadOnlySpan<byte> Text(nint value)
    {
        var start = Start(value);
        return start == 0
            ? []
            : MemoryMarshal.CreateReadOnlySpan(
                ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), start),
                Length(value)
            );
    }
}
