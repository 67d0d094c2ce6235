using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Pipeline.TSql;

/// <summary>Microsoft's own parser for the SQL Server 2019 grammar.</summary>
public static class TSqlSyntax
{
    /// <summary>The syntax errors of a script (batches separated by GO), as "line:column message"; empty when it parses.</summary>
    public static IReadOnlyList<string> Errors(string script)
    {
        var parser = new TSql150Parser(initialQuotedIdentifiers: true);
        parser.Parse(new StringReader(script), out var errors);
        return [.. errors.Select(error => $"{error.Line}:{error.Column} {error.Message}")];
    }

    /// <summary>What a script makes text of fixed length of, which is filled up with blanks.</summary>
    public static IReadOnlyList<string> FilledUp(string script)
    {
        var filled = new Fixed();
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out _).Accept(filled);
        return filled.Found;
    }

    private sealed class Fixed : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(ConvertCall call) => Look(call, call.DataType);

        public override void Visit(CastCall call) => Look(call, call.DataType);

        private void Look(TSqlFragment call, DataTypeReference type)
        {
            if (type is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.Char or SqlDataTypeOption.NChar })
                Found.Add($"{call.StartLine}:{call.StartColumn}");
        }
    }
}
