using System.Text;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Pipeline.TSql;

/// <summary>Microsoft's own parser for the grammar of SQL Server 2019, and what the grammar allows that some engine refuses.</summary>
public static class TSqlSyntax
{
    /// <summary>The syntax errors of a script (batches separated by GO), as "line:column message"; empty when it parses.</summary>
    public static IReadOnlyList<string> Errors(string script)
    {
        Parse(script, out var errors);
        return [.. errors.Select(error => $"{error.Line}:{error.Column} {error.Message}")];
    }

    /// <summary>What parses and is refused all the same, or does something else on an engine that speaks the protocol; empty when there is nothing.</summary>
    public static IReadOnlyList<string> Refused(string script)
    {
        var refused = new RefusedConstructs();
        Parse(script, out _).Accept(refused);
        return refused.Found;
    }

    /// <summary>What a script makes text of fixed length of, which is filled up with blanks.</summary>
    public static IReadOnlyList<string> FilledUp(string script)
    {
        var filled = new FixedLengths();
        Parse(script, out _).Accept(filled);
        return filled.Found;
    }

    internal static TSqlFragment Parse(string script, out IList<ParseError> errors) =>
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out errors);

    private sealed class FixedLengths : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(ConvertCall node) => Look(node, node.DataType);

        public override void Visit(CastCall node) => Look(node, node.DataType);

        private void Look(TSqlFragment call, DataTypeReference type)
        {
            if (type is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.Char or SqlDataTypeOption.NChar })
                Found.Add($"{call.StartLine}:{call.StartColumn}");
        }
    }

    /// <summary>Constructs that the grammar allows. Each is refused by SQL Server when it binds the statement, or by an engine that only speaks its protocol.</summary>
    private sealed class RefusedConstructs : TSqlFragmentVisitor
    {
        private const int MostRows = 1000;

        private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
        {
            "ISNULL",
            "GETUTCDATE",
            "GETDATE",
            "SYSDATETIME",
            "FORMAT",
            "NEWID",
            "NEWSEQUENTIALID",
        };

        private readonly HashSet<string> made = new(StringComparer.OrdinalIgnoreCase);

        public List<string> Found { get; } = [];

        private void Add(TSqlFragment at, string what) => Found.Add($"{at.StartLine}:{at.StartColumn} {what}");

        public override void Visit(MergeStatement node) => Add(node, "MERGE");

        public override void Visit(TopRowFilter node) => Add(node, "TOP");

        public override void Visit(WaitForStatement node) => Add(node, "WAITFOR");

        public override void Visit(FullTextPredicate node) => Add(node, "a full-text predicate");

        public override void Visit(CreateOrAlterViewStatement node) => Add(node, "CREATE OR ALTER");

        public override void Visit(CreateOrAlterProcedureStatement node) => Add(node, "CREATE OR ALTER");

        public override void Visit(CreateOrAlterFunctionStatement node) => Add(node, "CREATE OR ALTER");

        public override void Visit(CreateOrAlterTriggerStatement node) => Add(node, "CREATE OR ALTER");

        public override void Visit(AlterDatabaseStatement node) => Add(node, "ALTER DATABASE");

        public override void Visit(FunctionCall node)
        {
            if (Functions.Contains(node.FunctionName.Value))
                Add(node, node.FunctionName.Value);
            if (IsAggregate(node) && node.Parameters.Any(Contains<ScalarSubquery>))
                Add(node, "an aggregate over a subquery");
        }

        public override void Visit(StringLiteral node)
        {
            if (!node.IsNational && !Ascii.IsValid(node.Value))
                Add(node, $"'{node.Value}' without N before it");
        }

        public override void Visit(SchemaObjectName node)
        {
            if (node.BaseIdentifier.Value.StartsWith("##", StringComparison.Ordinal))
                Add(node, "a global temporary table");
        }

        public override void Visit(AlterTableAddTableElementStatement node)
        {
            if (node.Definition.ColumnDefinitions.Count > 1)
                Add(node, "several columns in one ALTER TABLE ADD");
        }

        public override void Visit(AlterTableAlterColumnStatement node)
        {
            if (node.AlterTableAlterColumnOption == AlterTableAlterColumnOption.NotNull)
                Add(node, "ALTER COLUMN … NOT NULL");
        }

        public override void Visit(ColumnDefinition node)
        {
            if (
                node.Index is not null
                || node.Constraints.Any(constraint => constraint is ForeignKeyConstraintDefinition)
            )
                Add(node, "INDEX or FOREIGN KEY inside a column definition");
        }

        public override void Visit(ForeignKeyConstraintDefinition node)
        {
            if (node.DeleteAction == DeleteUpdateAction.Cascade || node.UpdateAction == DeleteUpdateAction.Cascade)
                Add(node, "a cascade");
        }

        public override void Visit(ValuesInsertSource node)
        {
            if (node.RowValues.Count > MostRows)
                Add(node, $"more than {MostRows} rows");
        }

        public override void Visit(CommonTableExpression node) => made.Add(node.ExpressionName.Value);

        public override void Visit(UpdateSpecification node) => NotThroughExpression(node.Target);

        public override void Visit(DeleteSpecification node) => NotThroughExpression(node.Target);

        public override void Visit(QueryDerivedTable node)
        {
            if (node.QueryExpression is { OrderByClause: not null, OffsetClause: null })
                Add(node, "ORDER BY in a derived table");
            if (node.Columns.Count > 0 || node.QueryExpression is not QuerySpecification query)
                return;
            var names = query.SelectElements.OfType<SelectScalarExpression>().Select(NameOf).ToList();
            if (names.Contains(null))
                Add(node, "a column without a name in a derived table");
            if (
                names
                    .OfType<string>()
                    .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
                    .Any(same => same.Count() > 1)
            )
                Add(node, "two columns of one name in a derived table");
        }

        public override void Visit(QuerySpecification node)
        {
            if (node is not { UniqueRowFilter: UniqueRowFilter.Distinct, OrderByClause: { } order })
                return;
            var selected = node.SelectElements.OfType<SelectScalarExpression>().ToList();
            var known = selected
                .Select(NameOf)
                .Concat(selected.Select(element => Text(element.Expression)))
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var element in order.OrderByElements.Where(element => !known.Contains(Text(element.Expression))))
                Add(element, "ORDER BY what SELECT DISTINCT does not select");
        }

        private void NotThroughExpression(TableReference target)
        {
            if (target is NamedTableReference named && made.Contains(named.SchemaObject.BaseIdentifier.Value))
                Add(target, "UPDATE or DELETE through a common table expression");
        }

        private static string? NameOf(SelectScalarExpression element) =>
            element.ColumnName?.Value
            ?? (element.Expression as ColumnReferenceExpression)?.MultiPartIdentifier?.Identifiers[^1].Value;

        private static string Text(TSqlFragment fragment) =>
            string.Concat(
                fragment
                    .ScriptTokenStream.Skip(fragment.FirstTokenIndex)
                    .Take(fragment.LastTokenIndex - fragment.FirstTokenIndex + 1)
                    .Where(token => token.TokenType != TSqlTokenType.WhiteSpace)
                    .Select(token => token.Text)
            );

        private static bool IsAggregate(FunctionCall call) =>
            call.FunctionName.Value.ToUpperInvariant() is "SUM" or "MIN" or "MAX" or "AVG" or "COUNT" or "STRING_AGG";

        private static bool Contains<T>(TSqlFragment fragment)
            where T : TSqlFragment
        {
            var search = new Search<T>();
            fragment.Accept(search);
            return search.Found;
        }

        private sealed class Search<T> : TSqlFragmentVisitor
        {
            public bool Found { get; private set; }

            public override void Visit(TSqlFragment fragment) => Found |= fragment is T;
        }
    }
}
