using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Bulletins;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Bulletins;

/// <summary>What a bulletin says (R118). What is not known is absent, never 0. Parts that its template does not have are absent.</summary>
public sealed record BulletinContent
{
    public required IReadOnlyList<BulletinPart> Parts { get; init; }

    /// <summary>How many months of the year are over: what pace is held against.</summary>
    public required int MonthsOver { get; init; }

    /// <summary>The last day of the period.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>The day as of which lights and problems are told.</summary>
    public required DateOnly On { get; init; }
    public IReadOnlyList<BulletinTable>? Tables { get; init; }

    /// <summary>The score model in force for the year when it was told; absent where none was, or figures are no part of it.</summary>
    public BulletinModel? Model { get; init; }
    public BulletinProjects? Projects { get; init; }

    /// <summary>Signings of the period whose notice was late or missing.</summary>
    public IReadOnlyList<BulletinProject>? LateNotices { get; init; }

    /// <summary>Projects from signing to start, by unit.</summary>
    public IReadOnlyList<BulletinLights>? Lights { get; init; }
    public BulletinProblems? Problems { get; init; }

    /// <summary>How many projects have become secret since it was issued and are not told to the reader.</summary>
    public int? Masked { get; init; }

    /// <summary>The projects that it names.</summary>
    internal IReadOnlyList<string> ProjectIds() =>
        [
            .. (Projects?.Items ?? [])
                .Concat(LateNotices ?? [])
                .Select(project => project.Id)
                .Concat((Problems?.Items ?? []).Select(problem => problem.ProjectId))
                .Distinct(),
        ];
}

/// <summary>A score model by name.</summary>
/// <param name="ModelVersion">Which of its year's models it is, from 1.</param>
public sealed record BulletinModel(string Id, string Name, string? NameEn, long ModelVersion);

/// <summary>An indicator's figures.</summary>
public sealed record BulletinTable
{
    public required string Indicator { get; init; }
    public required string Name { get; init; }
    public string? NameEn { get; init; }
    public required IndicatorUnit Unit { get; init; }
    public required Direction Direction { get; init; }

    /// <summary>By groups, the first of each group first; who has no place comes last.</summary>
    public required IReadOnlyList<BulletinFigure> Rows { get; init; }
    public required BulletinFigure City { get; init; }

    /// <summary>By how much the units together exceed the city (R47); absent where they do not.</summary>
    public decimal? DoubleCounted { get; init; }

    /// <summary>Red and black lists by group; absent where the template has none.</summary>
    public IReadOnlyList<BulletinHonours>? Honours { get; init; }
}

/// <summary>The figures of a unit, or of the city, under an indicator.</summary>
public sealed record BulletinFigure
{
    /// <summary>Absent: the city.</summary>
    public UnitRef? Unit { get; init; }

    /// <summary>The group in which it has its place: counties (with districts and cities), zones, offices.</summary>
    public JurisdictionKind? Group { get; init; }
    public decimal? Target { get; init; }

    /// <summary>What the period comes to, adjustments included.</summary>
    public decimal? Value { get; init; }

    /// <summary>The year to the end of the period.</summary>
    public decimal? Cumulative { get; init; }

    /// <summary>What of the value belongs to another period (R107).</summary>
    public decimal? Adjusting { get; init; }

    /// <summary>Ratios are decimal texts of up to six places.</summary>
    public string? Completion { get; init; }
    public string? Pace { get; init; }
    public string? YearOnYear { get; init; }
    public int? Rank { get; init; }

    /// <summary>How many places it went up or, below 0, down since the last closed month.</summary>
    public int? Movement { get; init; }

    /// <summary>Facts left out as their amount is not known, and months that nobody stated.</summary>
    public int? Unknown { get; init; }
}

/// <summary>The first and the last of a group.</summary>
public sealed record BulletinHonours(JurisdictionKind Group, IReadOnlyList<UnitRef> Red, IReadOnlyList<UnitRef> Black);

/// <summary>A project by name; only from signing on.</summary>
public sealed record BulletinProject
{
    public required string Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required UnitRef Unit { get; init; }
    public required IReadOnlyList<string> Investors { get; init; }

    /// <summary>Absent: nobody has said how much.</summary>
    public Money? TotalInvestment { get; init; }
    public required DateOnly SignedOn { get; init; }
}

/// <summary>The projects signed in the period.</summary>
/// <param name="Items">Those at the threshold for reports or above it, the first signed first.</param>
/// <param name="Signed">How many in all.</param>
/// <param name="Unmeasured">How many of them nobody can hold against the threshold; they are not among the items.</param>
/// <param name="InTalks">How many were in talks in the whole city at the end of the period (R20).</param>
public sealed record BulletinProjects(IReadOnlyList<BulletinProject> Items, int Signed, int? Unmeasured, long InTalks);

/// <summary>How many projects of a unit show each light.</summary>
public sealed record BulletinLights(UnitRef Unit, long Green, long Yellow, long Red);

/// <summary>The problems that are unresolved after their due date.</summary>
/// <param name="InTalks">How many are of projects in talks, in the whole city (R20).</param>
public sealed record BulletinProblems(IReadOnlyList<BulletinProblem> Items, int? InTalks);

/// <summary>An overdue problem, by what it is about.</summary>
/// <param name="Department">Who is to answer; absent where nobody was named yet.</param>
/// <param name="OverdueFor">Working days past the due date.</param>
public sealed record BulletinProblem(
    string ProjectId,
    string ProjectName,
    UnitRef Unit,
    ProblemKind Kind,
    UnitRef? Department,
    DateOnly DueOn,
    int OverdueFor
);
