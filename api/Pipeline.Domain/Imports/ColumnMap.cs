namespace Pipeline.Domain.Imports;

/// <summary>One column of a register: its header as written, the field it means, and the unit its header gives.</summary>
/// <param name="Also">The field it feeds where the first column of that field is empty.</param>
public sealed record Column(string Header, string? Field, string? Unit, string? Also = null)
{
    /// <summary>The field it feeds, as the first of its columns or as a further one.</summary>
    public string? Feeds => Field ?? Also;
}

/// <summary>The columns of a register understood, and what is doubtful about them.</summary>
public sealed record ColumnMap(IReadOnlyList<Column> Columns, IReadOnlyList<Doubt> Doubts)
{
    /// <summary>The position of a field's column, or -1.</summary>
    public int IndexOf(string field)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Field == field)
                return i;
        }
        return -1;
    }

    /// <summary>The positions of all columns that feed a field, the first one first.</summary>
    public IReadOnlyList<int> AllOf(string field) => positions.GetValueOrDefault(field) ?? [];

    private readonly Dictionary<string, List<int>> positions = Columns
        .Select((column, at) => (column, at))
        .Where(each => each.column.Feeds is not null)
        .OrderBy(each => each.column.Field is null)
        .GroupBy(each => each.column.Feeds!)
        .ToDictionary(group => group.Key, group => group.Select(each => each.at).ToList(), StringComparer.Ordinal);

    /// <summary>How many fields have a column.</summary>
    public int Known => Columns.Count(c => c.Field is not null);
}
