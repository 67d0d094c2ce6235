using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Microsoft.Data.SqlClient;
using Pipeline.Data;
using Pipeline.Data.SqlServer;
using Pipeline.TSql;

namespace Pipeline.Api.Tests.Support;

/// <summary>
/// Holds every statement that any test runs against what SQL Server demands, as its own driver would send it: it parses, uses nothing that is refused elsewhere, has no parameter of a wrong type,
/// and changes a table only under the lock that guards it (<see cref="Locks"/>).
/// </summary>
public sealed class StatementRules : IStatementObserver
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> Known = new(StringComparer.Ordinal);
    private static readonly SqlServerDialect SqlServer = new("");

    private readonly ConcurrentDictionary<string, byte> violations = new(StringComparer.Ordinal);

    public ICollection<string> Violations => violations.Keys;

    public void Sends(Session session, IReadOnlyList<PendingWrite> writes, string? sql, Parameters? parameters)
    {
        foreach (var write in writes)
            Guarded(session, write.Text);
        if (sql is not null)
            Guarded(session, sql);
        if (sql is null && writes.Count == 0)
            return;

        // Of many rows two show what all are.
        List<PendingWrite> some =
        [
            .. writes.Select(write =>
                write with
                {
                    Rows = [.. write.Rows.Take(2)],
                    Sql = write.Sql is { } text ? SqlServer.Render(text) : null,
                }
            ),
        ];
        var (batch, all) = Batch.Of(some, sql is null ? null : SqlServer.Render(sql), parameters);
        var types = string.Join(',', all.Select(pair => $"{pair.Key}:{pair.Value?.GetType().Name}"));
        Report(Known.GetOrAdd($"{batch}\n{types}", _ => Faults(batch, all)), batch);
    }

    public void Locks(Session session, LockName name)
    {
        var before = session.Held.Where(held => held != name).ToList();
        if (!name.MayFollow(before))
            Report([$"{name} is taken after {string.Join(", ", before)}"], "");
    }

    /// <summary>What is wrong with a statement, as SQL Server's driver would send it.</summary>
    public static IReadOnlyList<string> Faults(string sql, Parameters parameters)
    {
        using var connection = new CapturingConnection();
        connection.Execute(SqlServer.Render(sql), parameters);
        var (text, sent) = connection.Sent!.Value;
        return [.. TSqlSyntax.Errors(text), .. TSqlSyntax.Refused(text), .. OfParameters(sent)];
    }

    private static IReadOnlyList<string> OfParameters(IEnumerable<SqlParameter> parameters) =>
        [
            .. parameters
                .Where(parameter => !IsRight(parameter))
                .Select(parameter => $"{parameter.ParameterName} is {parameter.SqlDbType}({parameter.Size})"),
        ];

    /// <summary>Texts come in steps of length, instants in whole milliseconds; nothing is left to be guessed by the server.</summary>
    private static bool IsRight(SqlParameter parameter) =>
        parameter.SqlDbType switch
        {
            SqlDbType.VarChar or SqlDbType.NVarChar => parameter.Size is 4000 or -1
                || parameter.Value is null or DBNull,
            SqlDbType.DateTime2 => parameter.Scale == 3 || parameter.Value is null or DBNull,
            SqlDbType.BigInt or SqlDbType.Int or SqlDbType.Bit or SqlDbType.Date => true,
            SqlDbType.VarBinary => parameter.Size == -1,
            _ => false,
        };

    private void Guarded(Session session, string sql)
    {
        foreach (var table in TablesChangedBy(sql))
        {
            if (
                Pipeline.Data.Locks.Guards.TryGetValue(table, out var guards)
                && !session.Held.Any(held => guards.Contains(held.Kind))
            )
                Report(
                    [
                        $"{table} is changed under {(session.Held.Count == 0 ? "no lock" : string.Join(", ", session.Held))}",
                    ],
                    sql
                );
        }
    }

    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> TablesWritten = new(
        StringComparer.Ordinal
    );

    /// <summary>The tables that a statement changes.</summary>
    public static IReadOnlyList<string> TablesChangedBy(string sql) => TablesWritten.GetOrAdd(sql, Written);

    private static IReadOnlyList<string> Written(string sql) =>
        [
            .. TSqlRights
                .Writes(Data.SchemaTests.Parameterised(SqlServer.Render(sql)))
                .Select(write => write.Table)
                .Distinct(),
        ];

    private void Report(IEnumerable<string> faults, string sql)
    {
        foreach (var fault in faults)
            violations.TryAdd($"{fault} in {sql.ReplaceLineEndings(" ")[..Math.Min(sql.Length, 150)]}", 0);
    }

    /// <summary>Takes commands as SQL Server's driver would, and runs none.</summary>
    private sealed class CapturingConnection : DbConnection
    {
        public (string Text, IReadOnlyList<SqlParameter> Parameters)? Sent { get; set; }

        [AllowNull]
        public override string ConnectionString { get; set; } = "";
        public override string Database => "";
        public override string DataSource => "";
        public override string ServerVersion => "";
        public override ConnectionState State => ConnectionState.Open;

        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

        public override void Close() { }

        public override void Open() { }

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
            throw new NotSupportedException();

        protected override DbCommand CreateDbCommand() => new CapturingCommand(this);
    }

    private sealed class CapturingCommand(CapturingConnection connection) : DbCommand
    {
        private readonly SqlCommand command = new();

        [AllowNull]
        public override string CommandText
        {
            get => command.CommandText;
            set => command.CommandText = value;
        }
        public override int CommandTimeout { get; set; }
        public override CommandType CommandType { get; set; } = CommandType.Text;
        public override bool DesignTimeVisible { get; set; }
        public override UpdateRowSource UpdatedRowSource { get; set; }

        [AllowNull]
        protected override DbConnection DbConnection
        {
            get => connection;
            set { }
        }
        protected override DbParameterCollection DbParameterCollection => command.Parameters;
        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel() { }

        public override int ExecuteNonQuery()
        {
            connection.Sent = (command.CommandText, [.. command.Parameters.Cast<SqlParameter>()]);
            return 0;
        }

        public override object? ExecuteScalar() => throw new NotSupportedException();

        public override void Prepare() { }

        protected override DbParameter CreateDbParameter() => new SqlParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
            throw new NotSupportedException();
    }
}

/// <summary>Two that look on.</summary>
internal sealed class Both(IStatementObserver one, IStatementObserver other) : IStatementObserver
{
    public void Sends(Session session, IReadOnlyList<PendingWrite> writes, string? sql, Parameters? parameters)
    {
        one.Sends(session, writes, sql, parameters);
        other.Sends(session, writes, sql, parameters);
    }

    public void Locks(Session session, LockName name)
    {
        one.Locks(session, name);
        other.Locks(session, name);
    }
}
