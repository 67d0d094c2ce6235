using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Pipeline.Data.Moving;

/// <summary>
/// Copies the whole library of one database to another, which is empty but for its schema, table by table in the order of their keys. How far it came is kept in the target, in the
/// transaction of what was copied: broken off anywhere, it goes on from there. The source is left as it is, and nobody else writes to it meanwhile.
/// </summary>
/// <param name="source">Where the library is.</param>
/// <param name="target">Where it goes; its schema is brought up to date first.</param>
/// <param name="migrations">The folder of the migrations.</param>
/// <param name="say">Told how far it came, a line at a time.</param>
public sealed class LibraryMove(Database source, Database target, string migrations, Action<string> say)
{
    /// <summary>How many rows go in one transaction at the most.</summary>
    public int MostRows { get; init; } = 5000;

    private const long MostCharacters = 8 << 20;

    /// <summary>What belongs to a database, not to the library in it.</summary>
    public static readonly IReadOnlyList<string> NotCopied = ["schema_migrations", "instances", "relocation"];

    /// <summary>The tables that a database has rows in once it is migrated and prepared, before anybody used it.</summary>
    public static readonly IReadOnlyList<string> Prepared =
    [
        "audit_head",
        "ledger_head",
        "retention_rounds",
        "rule_sets",
        "settings",
        "work_calendars",
    ];

    /// <summary>Copies what is missing, and holds the copy against the source.</summary>
    /// <exception cref="InvalidOperationException">It cannot be done, or the copy is not equal; the message says why.</exception>
    public async Task Copy()
    {
        source.Dialect.File?.TakeAlone();
        await Migrator.Migrate(target, migrations);
        await using var from = await source.Open();
        await using var to = await target.Open();

        // Whoever starts on the source waits at its migrations until this ends.
        await using var hold = await source.Dialect.BeginWrite(from);
        if (source.Dialect.LockSql is { } lockSql)
            (await from.QuerySingleAsync<LockOutcome>(lockSql, LockName.Migrate.Parameters, hold)).Check(
                LockName.Migrate
            );
        await RefuseWhatIsServed(from, hold);
        var tables = await TablesOf(from, hold, to);
        var progress = await Begin(from, hold, to, tables);
        foreach (var table in tables)
            await Copy(table, progress[table.Name], from, hold, to);
        await ContinueNumbers(tables, from, hold, to);
        await Compare(tables, from, hold, to);
    }

    /// <summary>Declares the copy whole: from now on a service may start on it.</summary>
    public async Task End()
    {
        await using var to = await target.Open();
        await to.ExecuteAsync(Forget);
    }

    /// <summary>Whether a library is half copied into this database.</summary>
    public static async Task<bool> IsUnfinished(Session session) => await session.One<long>(CountRows) > 0;

    /// <summary>What is said where a library is half copied.</summary>
    public const string Unfinished =
        "A library is being moved into this database and is not whole: nothing is done with it. Go on with move-to, from where it came, or empty the database.";

    private async Task RefuseWhatIsServed(DbConnection from, DbTransaction hold)
    {
        if (source.Dialect.File is not null)
            return;
        var now = await source.Clock.Now(from, hold, source.Dialect);
        var alive = (
            await from.QueryAsync<string>(Instances.AliveHosts, new { since = now - Instances.Silence }, hold)
        ).ToList();
        if (alive.Count > 0)
            throw new InvalidOperationException(
                $"The service still runs on the database that is to be moved: {string.Join(", ", alive)}. Stop it, and wait until it has been silent for {(int)Instances.Silence.TotalSeconds} seconds if it was killed."
            );
    }

    /// <summary>The tables of the library, which are the same on both sides.</summary>
    private async Task<IReadOnlyList<MovedTable>> TablesOf(DbConnection from, DbTransaction hold, DbConnection to)
    {
        var here = await from.QueryAsync<string>(Migrator.AppliedNames, transaction: hold);
        var there = await to.QueryAsync<string>(Migrator.AppliedNames);
        if (there.Except(here).Concat(here.Except(there)).Order(StringComparer.Ordinal).FirstOrDefault() is { } name)
            throw new InvalidOperationException(
                $"Migration {name} is applied on one side only: bring the database up to date first, with migrate of this program."
            );
        return Tables(
            await from.QueryAsync<Column>(source.Dialect.ColumnsSql, transaction: hold),
            await to.QueryAsync<Column>(target.Dialect.ColumnsSql)
        );
    }

    /// <summary>The tables of both catalogues. A text on one side that is an instant or a date on the other is one.</summary>
    public static IReadOnlyList<MovedTable> Tables(IEnumerable<Column> here, IEnumerable<Column> there)
    {
        static Dictionary<(string, string), Column> ByName(IEnumerable<Column> columns) =>
            columns
                .Where(column => !NotCopied.Contains(column.TableName))
                .ToDictionary(column => (column.TableName, column.ColumnName));
        var (sources, targets) = (ByName(here), ByName(there));
        if (
            sources.Keys.Except(targets.Keys).Concat(targets.Keys.Except(sources.Keys)).FirstOrDefault() is
            { Item1: { } table, Item2: var column }
        )
            throw new InvalidOperationException(
                $"The column {table}.{column} is there on one side only: the library cannot be copied."
            );
        return
        [
            .. sources
                .Values.GroupBy(one => one.TableName)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new MovedTable(
                    group.Key,
                    [
                        .. group.Select(one => new MovedColumn(
                            one.ColumnName,
                            KindOf(one.Type) is var kind and not ColumnKind.Text
                                ? kind
                                : KindOf(targets[(one.TableName, one.ColumnName)].Type)
                        )),
                    ],
                    [.. group.Where(one => one.KeyPlace > 0).OrderBy(one => one.KeyPlace).Select(one => one.ColumnName)]
                )),
        ];
    }

    private static ColumnKind KindOf(string type) =>
        type.ToUpperInvariant() switch
        {
            "TEXT" or "VARCHAR" or "NVARCHAR" or "CHAR" or "NCHAR" => ColumnKind.Text,
            "INTEGER" or "BIGINT" or "INT" => ColumnKind.Number,
            "BLOB" or "VARBINARY" => ColumnKind.Bytes,
            "DATETIME2" => ColumnKind.Instant,
            "DATE" => ColumnKind.Date,
            _ => throw new InvalidOperationException($"Columns of the type {type} cannot be copied."),
        };

    /// <summary>Finds where an earlier move came to, or begins one in a database that nobody used.</summary>
    private async Task<IReadOnlyDictionary<string, Progress>> Begin(
        DbConnection from,
        DbTransaction hold,
        DbConnection to,
        IReadOnlyList<MovedTable> tables
    )
    {
        var mark = await from.QuerySingleAsync<string>(Mark, transaction: hold);
        await using var transaction = await target.Dialect.BeginWrite(to);
        var known = (await to.QueryAsync<Progress>(Known, transaction: transaction)).ToDictionary(one => one.TableName);
        if (known.Count > 0)
        {
            if (known[""].Position != mark)
                throw new InvalidOperationException(
                    "What is being moved into this database came from elsewhere, or the library was changed since: empty the database and begin again."
                );
            say("Going on where the move was broken off");
            return known;
        }

        foreach (var table in tables.Where(table => !Prepared.Contains(table.Name)))
        {
            if (await to.ExecuteScalarAsync<long>(table.Count, transaction: transaction) > 0)
                throw new InvalidOperationException(
                    $"The database to move to is not empty: {table.Name} has rows. Nothing was changed."
                );
        }

        foreach (var table in tables.Where(table => Prepared.Contains(table.Name)))
            await to.ExecuteAsync($"DELETE FROM {table.Name}", transaction: transaction);
        await to.ExecuteAsync(Note, new { name = "", position = mark }, transaction);
        foreach (var table in tables)
            await to.ExecuteAsync(Note, new { name = table.Name, position = (string?)null }, transaction);
        await transaction.CommitAsync();
        return tables.ToDictionary(table => table.Name, table => new Progress { TableName = table.Name });
    }

    private async Task Copy(MovedTable table, Progress progress, DbConnection from, DbTransaction hold, DbConnection to)
    {
        if (progress.Ended)
            return;
        var all = await from.ExecuteScalarAsync<long>(table.Count, transaction: hold);
        await using var select = from.CreateCommand();
        select.CommandText = table.Select(isResumed: progress.Position is not null);
        select.Transaction = hold;
        select.CommandTimeout = 0;
        if (progress.Position is { } position)
            table.Resume(select, position);
        await using var reader = await select.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        var characters = 0L;
        while (await reader.ReadAsync())
        {
            var row = table.Read(reader);
            rows.Add(row);
            characters += row.Sum(value =>
                value is string text ? text.Length
                : value is byte[] blob ? blob.Length
                : 8
            );
            if (rows.Count < MostRows && characters < MostCharacters)
                continue;
            await Write(table, progress, rows, to, isEnd: false);
            say(string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {progress.Copied} of {all}"));
            rows.Clear();
            characters = 0;
        }

        await Write(table, progress, rows, to, isEnd: true);
        if (all > 0)
            say(string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {progress.Copied} of {all}, through"));
    }

    /// <summary>Adds rows, and notes in the same transaction how far that is.</summary>
    private async Task Write(
        MovedTable table,
        Progress progress,
        IReadOnlyList<object?[]> rows,
        DbConnection to,
        bool isEnd
    )
    {
        await using var transaction = await target.Dialect.BeginWrite(to);
        if (rows.Count > 0)
            await target.Dialect.AddRows(to, transaction, table.Bulk, rows);
        var position = rows.Count > 0 ? table.PositionOf(rows[^1]) : progress.Position;
        var noted = await to.ExecuteAsync(
            Advance,
            new
            {
                name = table.Name,
                position,
                copied = progress.Copied + rows.Count,
                ended = isEnd ? 1 : 0,
                before = progress.Copied,
            },
            transaction
        );
        if (noted != 1)
            throw new InvalidOperationException("Somebody else moves a library into this database: one at a time.");
        await transaction.CommitAsync();
        progress.Copied += rows.Count;
        progress.Position = position;
    }

    /// <summary>What was numbered once is not numbered again, even where the last rows are gone.</summary>
    private async Task ContinueNumbers(
        IReadOnlyList<MovedTable> tables,
        DbConnection from,
        DbTransaction hold,
        DbConnection to
    )
    {
        var last = await from.QueryAsync<(string Table, long Last)>(source.Dialect.LastNumbersSql, transaction: hold);
        foreach (var (name, number) in last)
        {
            if (tables.FirstOrDefault(table => table.Name == name) is not { } table)
                continue;
            var isEmpty = await to.ExecuteScalarAsync<long>(table.Count) == 0;
            await to.ExecuteAsync(target.Dialect.ContinueNumbers(name, number, isEmpty));
        }
    }

    private async Task Compare(IReadOnlyList<MovedTable> tables, DbConnection from, DbTransaction hold, DbConnection to)
    {
        say("Comparing the counts and sums of every table");
        var different = new List<string>();
        foreach (var table in tables)
        {
            var (here, there) = (await SumOf(table, from, hold), await SumOf(table, to, null));
            if (!here.Equals(there))
                different.Add($"{table.Name}: {here} in the source, {there} in the copy");
        }

        if (different.Count > 0)
            throw new InvalidOperationException(
                $"The copy is not equal, and no service will start on it:\n{string.Join('\n', different)}\nEmpty the database and begin again."
            );
        say($"{tables.Count} tables are equal");
    }

    /// <summary>The count and sum of a table.</summary>
    public static async Task<TableSum> SumOf(MovedTable table, DbConnection connection, DbTransaction? transaction)
    {
        var sum = new TableSum();
        await using var select = connection.CreateCommand();
        select.CommandText = table.Select(isResumed: false);
        select.Transaction = transaction;
        select.CommandTimeout = 0;
        await using var reader = await select.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            sum.Add(table.Read(reader));
        return sum;
    }

    /// <summary>A column as a catalogue tells it.</summary>
    public sealed class Column
    {
        public required string TableName { get; init; }
        public required string ColumnName { get; init; }
        public required string Type { get; init; }
        public int KeyPlace { get; init; }
    }

    private sealed class Progress
    {
        public required string TableName { get; init; }
        public string? Position { get; set; }
        public long Copied { get; set; }
        public bool Ended { get; init; }
    }

    private const string CountRows = "SELECT COUNT(*) FROM relocation";
    private const string Known = "SELECT table_name, position, copied, ended FROM relocation";
    private const string Note =
        "INSERT INTO relocation (table_name, position, copied, ended) VALUES (@name, @position, 0, 0)";
    private const string Advance =
        "UPDATE relocation SET position = @position, copied = @copied, ended = @ended WHERE table_name = @name AND copied = @before";
    private const string Forget = "DELETE FROM relocation";
    private const string Mark = "SELECT hash FROM audit_head";
}
