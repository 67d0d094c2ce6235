using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Pipeline.TSql;

/// <summary>The types of the columns that T-SQL migrations make.</summary>
public static class TSqlTypes
{
    /// <summary>By "table.column", the name of the type in small letters, without its length.</summary>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> scripts)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var script in scripts)
        {
            var parsed = (TSqlScript)new TSql150Parser(true).Parse(new StringReader(script), out _);
            foreach (var statement in parsed.Batches.SelectMany(batch => batch.Statements))
            {
                var (table, columns) = statement switch
                {
                    CreateTableStatement made => (made.SchemaObjectName, made.Definition.ColumnDefinitions),
                    AlterTableAddTableElementStatement added => (
                        added.SchemaObjectName,
                        added.Definition.ColumnDefinitions
                    ),
                    _ => (null, []),
                };
                foreach (var column in columns)
                    types[$"{table!.BaseIdentifier.Value}.{column.ColumnIdentifier.Value}"] =
                        column.DataType.Name.BaseIdentifier.Value.ToLowerInvariant();
            }
        }

        return types;
    }
}
