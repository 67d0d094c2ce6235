using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>The register of a file, or why it holds none.</summary>
public static class RegisterLayout
{
    /// <param name="corrections">What people wrote in the place of cells.</param>
    public static RegisterTables Of(
        IReadOnlyList<RegisterSheet> sheets,
        IReadOnlyDictionary<string, string> mapping,
        IReadOnlyList<CellCorrection>? corrections = null
    )
    {
        var register = Read(sheets, mapping);
        if (corrections is not { Count: > 0 })
            return register;
        var (corrected, lost) = Corrections.Apply(sheets, register.Rows, corrections);
        register = Read(corrected, mapping);
        return register with { Notes = [.. register.Notes, .. lost] };
    }

    private static RegisterTables Read(IReadOnlyList<RegisterSheet> sheets, IReadOnlyDictionary<string, string> mapping)
    {
        var register = Tables.Of(sheets, mapping);
        if (register.Failure is { } failure)
            throw new UnreadableSheetException(failure.Code, failure.Args)
            {
                Columns =
                [
                    .. ColumnSamples
                        .Likely(sheets)
                        .Select(column => new ColumnView
                        {
                            Header = column.Header,
                            Field = null,
                            Samples = column.Samples,
                        }),
                ],
            };
        return register.Rows.Count <= TakenRows.MostRows
            ? register
            : throw new UnreadableSheetException("sheet-too-large");
    }
}
