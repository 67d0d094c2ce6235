using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Pipeline.TSql;

/// <summary>The schema that T-SQL migrations make, read from their parsed statements.</summary>
/// <param name="Columns">"table.column NULL" or "table.column NOT NULL".</param>
/// <param name="Indexes">"table(column,column)", " UNIQUE" and " WHERE" behind it where they hold.</param>
public sealed record TSqlSchema(IReadOnlyList<string> Columns, IReadOnlyList<string> Indexes)
{
    /// <summary>Reads scripts in order.</summary>
    /// <exception cref="FormatException">A script does not parse, or makes what this reader does not know.</exception>
    public static TSqlSchema Of(IEnumerable<string> scripts)
    {
        var columns = new List<string>();
        var indexes = new List<string>();
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var script in scripts)
        {
            var parsed = (TSqlScript)new TSql150Parser(true).Parse(new StringReader(script), out var errors);
            if (errors.Count > 0)
                throw new FormatException(errors[0].Message);
            foreach (var statement in parsed.Batches.SelectMany(batch => batch.Statements))
            {
                switch (statement)
                {
                    case CreateTableStatement table:
                        columns.AddRange(
                            table.Definition.ColumnDefinitions.Select(column => Column(table.SchemaObjectName, column))
                        );
                        break;
                    case AlterTableAddTableElementStatement add:
                        columns.AddRange(
                            add.Definition.ColumnDefinitions.Select(column => Column(add.SchemaObjectName, column))
                        );
                        break;
                    case AlterTableAlterColumnStatement changed:
                        // Its type alone: whether it may be null stays as it was, which the syntax rules hold.
                        if (
                            !columns.Exists(column =>
                                column.StartsWith(
                                    $"{changed.SchemaObjectName.BaseIdentifier.Value}.{changed.ColumnIdentifier.Value} ",
                                    StringComparison.Ordinal
                                )
                            )
                        )
                            throw new FormatException(
                                $"{changed.ColumnIdentifier.Value} is changed, and is not there."
                            );
                        break;
                    case AlterTableDropTableElementStatement drop:
                        foreach (var element in drop.AlterTableDropTableElements)
                            columns.RemoveAll(column =>
                                column.StartsWith(
                                    $"{drop.SchemaObjectName.BaseIdentifier.Value}.{element.Name.Value} ",
                                    StringComparison.Ordinal
                                )
                            );
                        break;
                    case DropTableStatement gone:
                        foreach (var table in gone.Objects.Select(name => name.BaseIdentifier.Value))
                        {
                            columns.RemoveAll(column => column.StartsWith($"{table}.", StringComparison.Ordinal));
                            indexes.RemoveAll(index => index.StartsWith($"{table}(", StringComparison.Ordinal));
                        }

                        break;
                    case CreateIndexStatement index:
                        var keys = string.Join(
                            ",",
                            index.Columns.Select(column => column.Column.MultiPartIdentifier.Identifiers[^1].Value)
                        );
                        var made =
                            $"{index.OnName.BaseIdentifier.Value}({keys}){(index.Unique ? " UNIQUE" : "")}{(index.FilterPredicate is null ? "" : " WHERE")}";
                        indexes.Add(made);
                        named[index.Name.Value] = made;
                        break;
                    case DropIndexStatement forgotten:
                        foreach (var clause in forgotten.DropIndexClauses.Cast<DropIndexClause>())
                            indexes.Remove(named[clause.Index.Value]);
                        break;
                    case UpdateStatement or InsertStatement or DeleteStatement:
                        break;
                    default:
                        throw new FormatException(
                            $"A {statement.GetType().Name} in a migration: teach the comparison of twins about it."
                        );
                }
            }
        }

        return new TSqlSchema(columns, indexes);
    }

    private static string Column(SchemaObjectName table, ColumnDefinition column)
    {
        var nullable = column.Constraints.OfType<NullableConstraintDefinition>().Single().Nullable;
        return $"{table.BaseIdentifier.Value}.{column.ColumnIdentifier.Value} {(nullable ? "NULL" : "NOT NULL")}";
    }
}
