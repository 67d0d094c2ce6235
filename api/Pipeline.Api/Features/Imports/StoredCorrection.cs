using Pipeline.Data;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>A corrected cell of an import as it is stored.</summary>
public sealed class StoredCorrection
{
    private const int MostAsked = 500;

    public int RowNumber { get; init; }

    /// <summary>The cell's place in its row, from 0.</summary>
    public int Place { get; init; }
    public required string Header { get; init; }

    /// <summary>What is to be read there from the next run on; null where the file's own text is.</summary>
    public string? NewText { get; init; }

    /// <summary>What was read there when the import ran; null where the file's own text was.</summary>
    public string? AppliedText { get; init; }

    /// <summary>All of an import.</summary>
    public static Task<List<StoredCorrection>> Of(Session session, string importId) =>
        session.Query<StoredCorrection>($"{Select} ORDER BY row_number, place", new { importId });

    /// <summary>Those of some rows.</summary>
    public static async Task<IReadOnlyList<StoredCorrection>> Of(
        Session session,
        string importId,
        IEnumerable<int> rowNumbers
    )
    {
        var all = new List<StoredCorrection>();
        foreach (var rows in rowNumbers.Distinct().Chunk(MostAsked))
            all.AddRange(
                await session.Query<StoredCorrection>(
                    $"{Select} AND row_number IN @rows ORDER BY row_number, place",
                    new { importId, rows }
                )
            );
        return all;
    }

    /// <summary>Those that an import is run with.</summary>
    public static async Task<IReadOnlyList<CellCorrection>> Applied(Session session, string importId) =>
        [
            .. (await Of(session, importId))
                .Where(each => each.AppliedText is not null)
                .Select(each => new CellCorrection(each.RowNumber, each.Place, each.Header, each.AppliedText!)),
        ];

    private const string Select =
        "SELECT row_number, place, header, new_text, applied_text FROM import_corrections WHERE import_id = @importId";
}
