namespace Pipeline.Domain.Imports;

/// <summary>Investors that stand in rows of their own below their project, where the cells of the name and the rest are merged or blank.</summary>
internal static class MoreInvestors
{
    /// <summary>The rows below a project that say nothing but a further investor.</summary>
    /// <param name="project">The cells of the project's own row.</param>
    /// <param name="below">The rows that go on with it.</param>
    public static IReadOnlyList<(SheetRow Row, string Name)> Below(
        IReadOnlyList<RawCell> project,
        IReadOnlyList<SheetRow> below,
        ColumnMap columns
    )
    {
        var at = columns.IndexOf(ImportFields.Investor);
        if (below.Count == 0 || at < 0 || at >= project.Count || project[at].Mark?.Trouble is not null)
            return [];
        return [.. below.Where(row => Says(row, at)).Select(row => (row, Written.Tidy(row.Cells[at].Text)))];
    }

    /// <summary>The project's cells with those investors behind its own; what stands in the file is kept (R50).</summary>
    public static IReadOnlyList<RawCell> Added(
        IReadOnlyList<RawCell> project,
        IReadOnlyList<(SheetRow Row, string Name)> investors,
        ColumnMap columns
    )
    {
        if (investors.Count == 0)
            return project;
        var at = columns.IndexOf(ImportFields.Investor);
        var names = investors.Select(investor => investor.Name).Prepend(project[at].Text.Trim());
        var cells = project.ToArray();
        cells[at] = new RawCell(
            string.Join('、', names.Where(name => name.Length > 0).Distinct()),
            Mark: new CellMark(project[at].Original, null)
        );
        return cells;
    }

    private static bool Says(SheetRow row, int investor)
    {
        for (var at = 0; at < row.Cells.Count; at++)
        {
            if (row.Cells[at].IsEmpty == (at == investor))
                return false;
        }
        return investor < row.Cells.Count
            && row.Cells[investor].Mark?.Trouble is null
            && !Ditto.Is(row.Cells[investor].Text);
    }
}
