using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>The register of a file, or why it holds none.</summary>
public static class RegisterLayout
{
    public static RegisterTables Of(IReadOnlyList<RegisterSheet> sheets, IReadOnlyDictionary<string, string> mapping)
    {
        var register = Tables.Of(sheets, mapping);
        if (register.Failure is { } failure)
            throw new UnreadableSheetException(failure.Code, failure.Args);
        return register.Rows.Count <= TakenRows.MostRows
            ? register
            : throw new UnreadableSheetException("sheet-too-large");
    }
}
