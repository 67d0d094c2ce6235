using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Pipeline.TSql;

/// <summary>What a statement does to a table; <see cref="Columns"/> for an update only.</summary>
public sealed record TSqlWrite(string Verb, string Table, IReadOnlyList<string> Columns);

/// <summary>The rights that a script grants and denies, read from its parsed statements.</summary>
public sealed class TSqlRights
{
    private readonly HashSet<(string Verb, string Table, string Column)> granted = [];
    private readonly HashSet<(string Verb, string Table, string Column)> denied = [];

    private const string Whole = "*";

    /// <exception cref="FormatException">The script does not parse, or grants what this reader does not know.</exception>
    public static TSqlRights Of(string script)
    {
        var rights = new TSqlRights();
        foreach (var statement in Statements(script))
        {
            switch (statement)
            {
                case GrantStatement grant:
                    Add(rights.granted, grant);
                    break;
                case DenyStatement deny:
                    Add(rights.denied, deny);
                    break;
                case CreateRoleStatement or AlterRoleStatement:
                    break;
                default:
                    throw new FormatException($"A {statement.GetType().Name} among the rights.");
            }
        }

        return rights;
    }

    /// <summary>Whether the write is granted and no part of it denied.</summary>
    public bool Allow(TSqlWrite write) =>
        write.Verb == "UPDATE"
            ? write.Columns.All(column =>
                Has(granted, write.Verb, write.Table, column) && !Has(denied, write.Verb, write.Table, column)
            )
            : granted.Contains((write.Verb, write.Table, Whole)) && !denied.Contains((write.Verb, write.Table, Whole));

    /// <summary>Whether this is denied in so many words: of a column, or of the whole table.</summary>
    public bool Deny(string verb, string table, string column = Whole) => Has(denied, verb, table, column);

    /// <summary>The writes in a statement.</summary>
    public static IReadOnlyList<TSqlWrite> Writes(string sql) => [.. Statements(sql).Select(Write).OfType<TSqlWrite>()];

    private static bool Has(HashSet<(string, string, string)> rights, string verb, string table, string column) =>
        rights.Contains((verb, table, Whole)) || rights.Contains((verb, table, column));

    private static TSqlWrite? Write(TSqlStatement statement) =>
        statement switch
        {
            InsertStatement insert => new("INSERT", Name(insert.InsertSpecification.Target), []),
            DeleteStatement delete => new("DELETE", Name(delete.DeleteSpecification.Target), []),
            UpdateStatement update => new(
                "UPDATE",
                Name(update.UpdateSpecification.Target),
                [
                    .. update
                        .UpdateSpecification.SetClauses.OfType<AssignmentSetClause>()
                        .Select(set => set.Column.MultiPartIdentifier.Identifiers[^1].Value),
                ]
            ),
            _ => null,
        };

    private static string Name(TableReference target) =>
        ((NamedTableReference)target).SchemaObject.BaseIdentifier.Value;

    private static void Add(HashSet<(string, string, string)> rights, SecurityStatement statement)
    {
        var name = statement.SecurityTargetObject.ObjectName.MultiPartIdentifier.Identifiers[^1].Value;
        var columns = statement
            .SecurityTargetObject.Columns.Select(column => column.Value)
            .DefaultIfEmpty(Whole)
            .ToList();
        foreach (var permission in statement.Permissions)
            rights.UnionWith(
                columns.Select(column =>
                    (string.Concat(permission.Identifiers.Select(part => part.Value)).ToUpperInvariant(), name, column)
                )
            );
    }

    private static IEnumerable<TSqlStatement> Statements(string script)
    {
        var parsed = (TSqlScript)new TSql150Parser(true).Parse(new StringReader(script), out var errors);
        return errors.Count > 0
            ? throw new FormatException($"{errors[0].Message} in {script}")
            : parsed.Batches.SelectMany(batch => batch.Statements);
    }
}
