using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>An import under way: whose it is, the rows that are still to come, and what the run remembers of those taken.</summary>
internal sealed record ImportJob(
    ImportRow Import,
    ImportTurn Turn,
    Caller Caller,
    IReadOnlyDictionary<string, JurisdictionRow> Units,
    IReadOnlyList<ColumnView> Columns,
    IReadOnlyList<KeptNote> Notes,
    Queue<TableRow> Rows,
    ReadingContext Reading
)
{
    private readonly List<RememberedRow> remembered = [];

    public ImportRun Run { get; private set; } = New(Import, Caller, Units);

    /// <summary>The same, to find out what would come of the rows.</summary>
    public ImportJob ToJudge() =>
        new(Import, Turn, Caller, Units, Columns, Notes, Rows, Reading)
        {
            Run = New(Import, Caller, Units, dryRun: true),
        };

    /// <summary>How many rows the register has.</summary>
    public int Total { get; } = Rows.Count;

    /// <summary>How many rows the run remembers.</summary>
    public int Remembered => remembered.Count;

    public RegisterRow Understand(TableRow row) =>
        new(RowReader.Read(row, Reading), row.Cells, TakeRow.ContentHash(Run, row), row.Table.Columns);

    public void Remember(RegisterRow row, TakenRow taken)
    {
        if (taken.Outcome == RowOutcome.Rejected)
            return;
        remembered.Add(new RememberedRow(row.Row.RowNumber, row.Content, row.Facts, taken.ProjectId, taken.ClaimId));
        Run.Remember(remembered[^1]);
    }

    /// <summary>Forgets the rows that a transaction took which then failed.</summary>
    public void RewindTo(int count)
    {
        if (count == remembered.Count)
            return;
        remembered.RemoveRange(count, remembered.Count - count);
        Run = New(Import, Caller, Units);
        foreach (var row in remembered)
            Run.Remember(row);
    }

    private static ImportRun New(
        ImportRow import,
        Caller caller,
        IReadOnlyDictionary<string, JurisdictionRow> units,
        bool dryRun = false
    ) =>
        new()
        {
            ImportId = import.Id,
            Caller = caller,
            DryRun = dryRun || import.DryRun,
            Submitted = !import.DryRun,
            OnlyUndoubted = import.RowsTaken == Slug.Of(RowChoice.Undoubted),
            Units = units,
        };
}

/// <summary>The counts of an import so far.</summary>
internal sealed class ImportTally
{
    public int Done { get; private set; }
    public int Accepted { get; private set; }
    public int Doubtful { get; private set; }
    public int Duplicates { get; private set; }
    public int HeldBack => Issues.GetValueOrDefault(ImportCodes.HeldBack);
    public Dictionary<string, int> Issues { get; private init; } = new(StringComparer.Ordinal);

    public void Add(bool accepted, bool doubtful, bool duplicate, IEnumerable<string> codes)
    {
        Done++;
        Accepted += accepted ? 1 : 0;
        Doubtful += doubtful ? 1 : 0;
        Duplicates += duplicate ? 1 : 0;
        foreach (var code in codes)
            Issues[code] = Issues.GetValueOrDefault(code) + 1;
    }

    public ImportTally Copy() =>
        new()
        {
            Done = Done,
            Accepted = Accepted,
            Doubtful = Doubtful,
            Duplicates = Duplicates,
            Issues = new Dictionary<string, int>(Issues, StringComparer.Ordinal),
        };
}
