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
}
