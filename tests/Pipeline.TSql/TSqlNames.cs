using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Pipeline.TSql;

/// <summary>Finds the tables and columns that a statement names and that a schema does not have.</summary>
public static class TSqlNames
{
    /// <summary>"table" or "table.column" for each name that does not exist; empty when all do.</summary>
    /// <exception cref="FormatException">The statement does not parse.</exception>
    public static IReadOnlyList<string> Unknown(string sql, TSqlSchema schema)
    {
        var parsed = new TSql150Parser(true).Parse(new StringReader(sql), out var errors);
        if (errors.Count > 0)
            throw new FormatException(errors[0].Message);
        var tables = schema
            .Columns.Select(column => column.Split(' ')[0].Split('.'))
            .GroupBy(name => name[0], StringComparer.Ordinal)
            .ToDictionary(
                table => table.Key,
                table => table.Select(name => name[1]).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal
            );
        var names = new Names();
        parsed.Accept(names);

        var unknown = names
            .Tables.Values.Where(table => !tables.ContainsKey(table) && !names.Made.Contains(table))
            .ToList();
        var inScope = names
            .Tables.Values.Where(tables.ContainsKey)
            .SelectMany(table => tables[table])
            .ToHashSet(StringComparer.Ordinal);
        foreach (var column in names.Columns)
        {
            if (column.Count == 1)
            {
                if (!inScope.Contains(column[0]) && !names.Aliases.Contains(column[0]) && names.Made.Count == 0)
                    unknown.Add(column[0]);
            }
            else if (
                names.Tables.TryGetValue(column[^2], out var table)
                && tables.TryGetValue(table, out var columns)
                && !columns.Contains(column[^1])
            )
            {
                unknown.Add($"{table}.{column[^1]}");
            }
            else if (!names.Tables.ContainsKey(column[^2]) && !names.Made.Contains(column[^2]))
            {
                unknown.Add(string.Join('.', column));
            }
        }

        return unknown;
    }

    private sealed class Names : TSqlFragmentVisitor
    {
        /// <summary>Tables by the name they go by in the statement.</summary>
        public Dictionary<string, string> Tables { get; } = new(StringComparer.Ordinal);

        /// <summary>What the statement makes itself: common table expressions and derived tables.</summary>
        public HashSet<string> Made { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Aliases { get; } = new(StringComparer.Ordinal);

        public List<IReadOnlyList<string>> Columns { get; } = [];

        public override void Visit(NamedTableReference table) =>
            Tables[table.Alias?.Value ?? table.SchemaObject.BaseIdentifier.Value] = table
                .SchemaObject
                .BaseIdentifier
                .Value;

        public override void Visit(CommonTableExpression expression) => Made.Add(expression.ExpressionName.Value);

        public override void Visit(QueryDerivedTable derived) => Made.Add(derived.Alias.Value);

        public override void Visit(SelectScalarExpression column)
        {
            if (column.ColumnName?.Value is { } alias)
                Aliases.Add(alias);
        }

        public override void Visit(ColumnReferenceExpression column)
        {
            if (column.MultiPartIdentifier is { } name)
                Columns.Add([.. name.Identifiers.Select(part => part.Value)]);
        }
    }
}
