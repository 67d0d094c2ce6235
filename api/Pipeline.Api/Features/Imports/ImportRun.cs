using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Imports;

/// <summary>What one import knows while its rows go in.</summary>
public sealed class ImportRun
{
    public required string ImportId { get; init; }
    public required Caller Caller { get; init; }

    /// <summary>Whether nothing is to be stored: the importer asked for a dry run, or rows are judged before all of them go in.</summary>
    public required bool DryRun { get; init; }

    /// <summary>Whether the importer meant it: not a dry run.</summary>
    public required bool Submitted { get; init; }

    /// <summary>Whether rows with doubts are held back.</summary>
    public bool OnlyUndoubted { get; init; }
    public required IReadOnlyDictionary<string, JurisdictionRow> Units { get; init; }

    /// <summary>The rows before, to match within the file (R54).</summary>
    public WithinFile File { get; } = new();

    /// <summary>Which row of this file stands for which project.</summary>
    public Dictionary<string, int> RowOfProject { get; } = new(StringComparer.Ordinal);

    /// <summary>Which project a row of this file stands for.</summary>
    public Dictionary<int, string> ProjectOfRow { get; } = [];

    /// <summary>Which claim a row of this file made that waits.</summary>
    public Dictionary<int, string> ClaimOfRow { get; } = [];

    // Half a hash is one in 10³⁸ and a fifth of its text.
    private readonly Dictionary<UInt128, int> rowOfContent = [];

    /// <summary>What was looked up for the rows that come next, by row number.</summary>
    public Dictionary<int, Looked> Looked { get; } = [];

    /// <summary>Projects of rows that were taken, which go into the library together.</summary>
    public List<NewProject> Waiting { get; } = [];

    /// <summary>The projects that were added since the library was looked through.</summary>
    public Dictionary<string, KnownProject> Added { get; } = new(StringComparer.Ordinal);

    /// <summary>The importing unit's reports that wait, once they were read in the present transaction.</summary>
    public List<WaitingReport>? WaitingReports { get; set; }

    /// <summary>Whether a row of a unit matched what others have: never for the unit to know, but on the record (R20).</summary>
    public bool MatchedOthers(int rowNumber) =>
        !IsBackfill
        && Submitted
        && Looked.TryGetValue(rowNumber, out var looked)
        && looked.Found.Any(found => found.OwnerId != Caller.JurisdictionId);

    /// <summary>Forgets what belonged to the rows before, or to a transaction that failed.</summary>
    public void Begin()
    {
        Looked.Clear();
        Waiting.Clear();
        Added.Clear();
    }

    /// <summary>Remembers a row that is in, for the rows after it.</summary>
    public void Remember(RememberedRow row)
    {
        rowOfContent.TryAdd(row.Content, row.RowNumber);
        File.Add(row.RowNumber, row.Facts);
        if (row.ProjectId is { } id)
        {
            ProjectOfRow[row.RowNumber] = id;
            RowOfProject.TryAdd(id, row.RowNumber);
        }
        else if (row.ClaimId is { } claim)
        {
            ClaimOfRow[row.RowNumber] = claim;
        }
    }

    /// <summary>The row of this file, taken in before, that says the same; null when none does.</summary>
    public int? SameAs(RegisterRow row) => rowOfContent.TryGetValue(row.Content, out var earlier) ? earlier : null;

    public bool IsBackfill => Caller.Role == Role.Coordinator;

    /// <summary>The unit a row's project is of: the centre's are of the unit they name, a unit's its own.</summary>
    public string OwnerOf(UnderstoodRow row) => IsBackfill ? row.OwnerId ?? Centre.Id : Caller.JurisdictionId!;

    public JurisdictionRow Centre => Units.Values.First(unit => unit.Kind == Slug.Of(JurisdictionKind.Centre));

    public JurisdictionRow? OwnUnit => Caller.JurisdictionId is { } id ? Units.GetValueOrDefault(id) : null;

    /// <summary>The units in force, and the city's own name, which says no unit: the centre bears it (嘉兴市投资促进中心).</summary>
    public static PlaceDirectory Places(IReadOnlyList<JurisdictionRow> units)
    {
        var cities = units
            .Where(unit => unit.Kind == Slug.Of(JurisdictionKind.Centre))
            .Select(unit => unit.Name.IndexOf('市', StringComparison.Ordinal) is var at and > 0 ? unit.Name[..at] : "")
            .Where(name => name.Length > 0);
        return new PlaceDirectory(
            units
                .Where(unit => unit.Active)
                .Select(unit => new PlaceEntry(
                    unit.Id,
                    unit.Code,
                    unit.Name,
                    unit.NameEn,
                    unit.Kind,
                    unit.ParentId,
                    unit.Reports,
                    unit.AliasList
                )),
            cities
        );
    }
}

/// <summary>What the library, and the imports before, have of a row.</summary>
/// <param name="Again">The row as it came before.</param>
/// <param name="Found">What of the library it matches.</param>
/// <param name="Named">Projects of that very name which earlier imports brought its unit.</param>
/// <param name="OwnId">The project whose code the row bears.</param>
/// <param name="Beyond">How many more projects of its investors the library has, not compared.</param>
public sealed record Looked(
    TakenRow? Again,
    IReadOnlyList<Found> Found,
    IReadOnlyList<string> Named,
    string? OwnId,
    int Beyond
);

/// <summary>A report of the importing unit that waits.</summary>
/// <param name="OwnProjectId">The unit's own project that it is of, if it is of one: then it is the project that rows are compared with.</param>
public sealed record WaitingReport(string ClaimId, string? OwnProjectId, ProjectBody Report, DateOnly ReportedOn)
{
    public ComparedFacts Facts { get; } = new(Report.Facts());
}

/// <summary>What a row is another account of: a project, or a report that waits.</summary>
/// <param name="ProjectId">Null for a report that waits.</param>
/// <param name="ClaimId">Of a report that waits.</param>
/// <param name="Claimed">Whether it was ever claimed, or a report of it waits.</param>
public sealed record Known(
    string? ProjectId,
    string? ClaimId,
    ProjectBody Body,
    Stage At,
    StageDates Dates,
    (string Id, string Name)? Owner,
    bool Claimed
)
{
    public static Known Of(ProjectRow project, bool reported) =>
        new(
            project.Id,
            null,
            project.Body(),
            project.At,
            project.Dates,
            (project.OwnerId, project.OwnerName),
            reported || project.ClaimId is not null
        );

    public static Known Of(WaitingReport report) =>
        new(
            null,
            report.ClaimId,
            report.Report,
            Stage.InTalks,
            new StageDates(report.ReportedOn, null, null, null, null),
            null,
            Claimed: true
        );
}

/// <summary>A row of the register understood.</summary>
/// <param name="Cells">As they stand in the file.</param>
/// <param name="ContentHash">What recognises the row when it comes again (R53).</param>
/// <param name="Columns">Those of the table it stands in.</param>
public sealed record RegisterRow(UnderstoodRow Row, IReadOnlyList<RawCell> Cells, string ContentHash, ColumnMap Columns)
{
    /// <summary>What R13 compares of it.</summary>
    public MatchFacts Facts { get; } = Row.Facts();

    /// <summary>The first half of its hash.</summary>
    public UInt128 Content { get; } =
        UInt128.Parse(ContentHash.AsSpan(0, 32), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

/// <summary>What is kept of a row that is in.</summary>
public readonly record struct RememberedRow(
    int RowNumber,
    UInt128 Content,
    MatchFacts Facts,
    string? ProjectId,
    string? ClaimId
);

/// <summary>What became of a row.</summary>
public sealed record TakenRow
{
    public RowOutcome Outcome { get; init; } = RowOutcome.Accepted;
    public RowAction Action { get; init; } = RowAction.None;
    public string? ProjectId { get; init; }
    public string? ClaimId { get; init; }
    public IReadOnlyList<RowIssue> Issues { get; init; } = [];
    public IReadOnlyList<RowMatch> Matches { get; init; } = [];
    public IReadOnlyDictionary<string, ProposedChange> Changes { get; init; } =
        new Dictionary<string, ProposedChange>();
    public bool Duplicate { get; init; }

    /// <summary>For the record alone.</summary>
    public bool MatchedOthers { get; init; }
}
