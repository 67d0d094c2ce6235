using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>The rows of a file so far, which may be so many and hold so much text, whatever sheets they are on.</summary>
internal sealed class TakenRows
{
    public const int MostRows = 200_000,
        MostColumns = 300;

    private const int LongestCell = 32_767,
        MostLineBreaks = 200;

    // Two hundred thousand rows of three hundred characters. One long text can stand in every cell and take its room in the file once.
    private const long MostText = 60_000_000;

    private int rows;
    private long text;

    /// <summary>Those of the present sheet, blank ones left out.</summary>
    public List<SheetRow> Rows { get; private set; } = [];

    public void NextSheet() => Rows = [];

    /// <exception cref="UnreadableSheetException">There are more than can be taken; <paramref name="where"/> says from where on.</exception>
    public void Add(SheetRow row, string where)
    {
        if (row.Cells.Count > MostColumns)
            throw new UnreadableSheetException("sheet-too-large", where);
        foreach (var cell in row.Cells)
        {
            if (cell.Text.Length > LongestCell || cell.Text.AsSpan().Count('\n') > MostLineBreaks)
                throw new UnreadableSheetException("sheet-broken", where);
            text += cell.Text.Length;
        }

        if (text > MostText)
            throw new UnreadableSheetException("sheet-too-much-text", where);
        if (row.IsBlank)
            return;
        if (++rows > MostRows)
            throw new UnreadableSheetException("sheet-too-large", where);
        Rows.Add(row);
    }
}

/// <summary>Units, stages, classes and days stand in a register thousands of times: short texts are kept once.</summary>
internal sealed class TextsOnce
{
    private const int Longest = 16,
        Most = 20_000;

    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public RawCell Once(RawCell cell)
    {
        if (cell.Text.Length > Longest)
            return cell;
        if (known.TryGetValue(cell.Text, out var same))
            return cell with { Text = same };
        if (known.Count < Most)
            known.Add(cell.Text);
        return cell;
    }
}
