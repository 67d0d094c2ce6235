using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Pipeline.Data;

/// <summary>A write whose outcome nobody asks for: rows of a table, or a statement. It waits until something is asked of the database, or the commit, and is sent with that.</summary>
/// <param name="Rows">Each with a value for every column of <paramref name="Table"/>.</param>
public sealed record PendingWrite(BulkTable? Table, List<object?[]> Rows, string? Sql, Parameters? Parameters)
{
    /// <summary>The statement as it was written.</summary>
    public string Text => Sql ?? Table!.Insert;

    /// <summary>How many parameters it has.</summary>
    public int Width => Table is null ? Parameters!.Count : Rows.Count * Table.Columns.Count;
}

/// <summary>One command of several writes and a statement behind them, for a server: in one round trip.</summary>
public static partial class Batch
{
    /// <summary>What one command of SQL Server may have is 2100.</summary>
    public const int MostParameters = 2000;

    /// <summary>What one INSERT of SQL Server may have is 1000.</summary>
    private const int MostRows = 1000;

    /// <summary>Puts writes before a statement. What the command answers, the number of changed rows included, is the statement's alone.</summary>
    /// <param name="sql">The statement; null: there are writes only.</param>
    public static (string Text, Parameters Parameters) Of(
        IReadOnlyList<PendingWrite> writes,
        string? sql,
        Parameters? own
    )
    {
        if (writes.Count == 0)
            return (sql!, own!);
        var text = new StringBuilder("SET NOCOUNT ON;\n");
        var parameters = new Parameters();
        for (var at = 0; at < writes.Count; at++)
        {
            if (writes[at].Table is { } table)
            {
                foreach (var rows in writes[at].Rows.Chunk(MostRows))
                    AppendInsert(text, parameters, table, rows);
            }
            else
            {
                AppendRenamed(text, parameters, writes[at].Sql!, writes[at].Parameters!, at);
            }
        }

        text.Append("SET NOCOUNT OFF;\n");
        if (sql is not null)
        {
            text.Append(sql);
            parameters.AddAll(own!);
        }

        return (text.ToString(), parameters);
    }

    private static void AppendInsert(StringBuilder text, Parameters parameters, BulkTable table, object?[][] rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"INSERT INTO {table.Table} (")
            .AppendJoin(", ", table.Columns)
            .Append(") VALUES ");
        for (var row = 0; row < rows.Length; row++)
        {
            text.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < rows[row].Length; column++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"_{parameters.Count}");
                parameters.Add(name, rows[row][column]);
                text.Append(column == 0 ? "@" : ", @").Append(name);
            }

            text.Append(')');
        }

        text.Append(";\n");
    }

    private static void AppendRenamed(StringBuilder text, Parameters parameters, string sql, Parameters own, int at)
    {
        text.Append(
                Named().Replace(sql, match => own.Has(match.Groups["name"].Value) ? $"{match.Value}_{at}" : match.Value)
            )
            .Append(";\n");
        parameters.AddAll(own, name => $"{name}_{at}");
    }

    [GeneratedRegex(@"@(?<name>\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
