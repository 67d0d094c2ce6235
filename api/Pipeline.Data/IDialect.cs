using System.Data.Common;

namespace Pipeline.Data;

/// <summary>Everything the two engines disagree on. Statements themselves are portable; <c>{page}</c> stands for the page clause.</summary>
public interface IDialect
{
    /// <summary>The folder of its migrations below <c>db</c>.</summary>
    string Name { get; }

    /// <summary>How many tables there are of the migrations' name: none or one.</summary>
    string CountMigrationTable { get; }

    string CreateMigrationTable { get; }

    DbConnection Connect();

    /// <summary>Tells a connection what it must know before its first statement.</summary>
    /// <param name="patience">How long its statements may wait for another's lock.</param>
    Task Greet(DbConnection connection, TimeSpan patience);

    /// <summary>A statement as this engine wants it.</summary>
    string Render(string sql);

    /// <summary>Whether writers of this engine queue inside the process before they queue at the database.</summary>
    bool OneWriter { get; }

    /// <summary>Begins the transaction of a write.</summary>
    ValueTask<DbTransaction> BeginWrite(DbConnection connection);

    /// <summary>Takes the lock <c>@lockName</c>, which ends with the transaction, within <c>@patience</c> milliseconds; answers <c>outcome</c> (below 0: not had) and <c>now</c>. Null where whoever writes is alone.</summary>
    string? LockSql { get; }

    /// <summary>Asks whether readers see the last committed version instead of waiting for writers; null where they always do.</summary>
    string? SnapshotSql { get; }

    /// <summary>Gives back what was needed for once.</summary>
    void ReleaseMemory();

    /// <summary>Whether a command of many statements saves round trips.</summary>
    bool SendsBatches { get; }

    /// <summary>Adds many rows to a table, each with a value for every column.</summary>
    Task AddRows(DbConnection connection, DbTransaction transaction, BulkTable table, IReadOnlyList<object?[]> rows);

    /// <summary>Answers every column of every table in their order: <c>table_name</c>, <c>column_name</c>, <c>type</c>, and <c>key_place</c>, the place in the primary key (0: none).</summary>
    string ColumnsSql { get; }

    /// <summary>Answers the last number that was given to rows that the database numbers: <c>table_name</c>, <c>last_number</c>.</summary>
    string LastNumbersSql { get; }

    /// <summary>Has the database number a table's next row after <paramref name="last"/>.</summary>
    string ContinueNumbers(string table, long last, bool isEmpty);

    /// <summary>The database's own clock (R24); null: the host's.</summary>
    string? NowSql { get; }

    /// <summary>The days of a column of dates, as texts (<c>YYYY-MM-DD</c>).</summary>
    string Day(string dates);

    /// <summary>The month (<c>YYYY-MM</c>) of a column of dates.</summary>
    string Month(string dates);

    /// <summary>The month (<c>YYYY-MM</c>) in the city of a column of instants.</summary>
    string CityMonth(string instants);

    /// <summary>The days from one date to another.</summary>
    string Days(string from, string to);

    bool IsDuplicateKey(DbException error);

    /// <summary>Whether the same statement may succeed a moment later.</summary>
    bool IsTransient(DbException error);

    /// <summary>Whether it is the database that failed, not the statement: away, busy, full, read-only or damaged.</summary>
    bool IsAway(DbException error);

    /// <summary>What can be done with the database as a file; null where it is a server's.</summary>
    IDatabaseFile? File { get; }
}

/// <summary>A database file that the program keeps open.</summary>
public interface IHeldFile : IDisposable
{
    /// <summary>Brings what was committed from the write-ahead log into the file, so far as nobody is in the way; neither readers nor writers wait for it.</summary>
    Task Checkpoint();
}

/// <summary>A database that is one file of this machine.</summary>
public interface IDatabaseFile
{
    string Path { get; }

    /// <summary>Opens it and keeps it open until disposed, so that nobody puts another file in its place meanwhile.</summary>
    Task<IHeldFile> Hold();

    /// <summary>Whether an error says that it cannot be read as a database.</summary>
    bool IsDamaged(DbException error);

    /// <summary>What is damaged in a file, or null when it is whole and a database of this system.</summary>
    string? FindDamage(string file);

    /// <summary>Leaves the write-ahead log, with everything committed in the file.</summary>
    /// <exception cref="InvalidOperationException">Another process has it open.</exception>
    void TakeAlone();

    /// <summary>The file of the key beside it.</summary>
    string KeyFile { get; }

    /// <summary>Copies the database, and the key beside it, to a new file.</summary>
    /// <exception cref="InvalidOperationException">It cannot be done; the message says why, and nothing was overwritten.</exception>
    void CopyTo(string file);

    /// <summary>Puts a copy in the place of the database. What was there is kept beside it; its new name is answered.</summary>
    /// <exception cref="InvalidOperationException">The copy is damaged or no database of this system, or the service still runs; nothing was changed.</exception>
    string? ReplaceBy(string copy, DateTimeOffset now);

    /// <summary>Deletes the database, not the key beside it. Nobody may hold it open.</summary>
    void Delete();
}
