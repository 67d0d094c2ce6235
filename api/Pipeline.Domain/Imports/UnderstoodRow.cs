using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Imports;

/// <summary>A cell as the file holds it.</summary>
/// <param name="Text">What is read.</param>
/// <param name="Numeric">Whether the file holds a number there and no typed text.</param>
/// <param name="Mark">What else is known of it; most cells have none.</param>
public readonly record struct RawCell(string Text, bool Numeric = false, CellMark? Mark = null)
{
    /// <summary>What stands in the file, kept for ever (R50): not what was put in its place to be read.</summary>
    public string Original => Mark?.Original ?? Text ?? "";

    /// <summary>Whether nothing stands there to be read.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text);
}

/// <summary>What is special about a cell.</summary>
/// <param name="Original">What stands in the file where something else is read: 同上.</param>
/// <param name="Trouble">The code of why nothing can be taken from it: an error value, a formula never calculated.</param>
public sealed record CellMark(string? Original, string? Trouble);

/// <summary>One thing wrong with or uncertain in a row: where, what, how much it weighs, and what stood there.</summary>
/// <param name="Column">The header of the column, or null when it concerns the whole row.</param>
/// <param name="Field">The field, or null when it concerns the whole row.</param>
public sealed record RowIssue(
    string? Column,
    string? Field,
    string Code,
    Severity Severity,
    string Original,
    IReadOnlyList<object> Args
);

/// <summary>A substantive contact as R52's contact columns give it.</summary>
public sealed record ContactReading(string? Kind, DateOnly? OccurredOn, string? Note);

/// <summary>A row of a register understood (R50): what is certain of it, and every doubt beside it.</summary>
public sealed record UnderstoodRow
{
    public required int RowNumber { get; init; }
    public string? Number { get; init; }
    public string Name { get; init; } = "";
    public string? NationalCode { get; init; }
    public IReadOnlyList<InvestorReading> Investors { get; init; } = [];
    public string? Uscc { get; init; }
    public string? Country { get; init; }
    public Money? TotalInvestment { get; init; }
    public string? Chain { get; init; }
    public string? IndustryText { get; init; }
    public string? IndustryCode { get; init; }
    public string? PlaceText { get; init; }
    public string? OwnerId { get; init; }
    public string? LandingId { get; init; }

    /// <summary>One of <see cref="Stages"/>, or null where the register does not say (R51: in talks, with a doubt).</summary>
    public string? Stage { get; init; }
    public DateOnly? ReportedOn { get; init; }
    public DateOnly? SignedOn { get; init; }
    public DateOnly? RegisteredOn { get; init; }
    public DateOnly? StartedOn { get; init; }
    public DateOnly? InProductionOn { get; init; }
    public string? Note { get; init; }
    public string? Source { get; init; }

    /// <summary>The product's own code of the project, where the register is one of its exports.</summary>
    public string? ProjectCode { get; init; }

    /// <summary>The plain facts that it states.</summary>
    public PlainFacts Plain { get; init; } = new();
    public ContactReading? Contact { get; init; }
    public IReadOnlyList<RowIssue> Issues { get; init; } = [];

    /// <summary>Whether a reason keeps the row out.</summary>
    public bool IsRefused => Issues.Any(i => i.Severity == Severity.Refusal);

    /// <summary>Whether a person should look at it.</summary>
    public bool IsDoubtful => Issues.Any(i => i.Severity == Severity.Doubt);

    /// <summary>The facts R13 compares; a second name of an investor counts as a name of it.</summary>
    public MatchFacts Facts() =>
        new(
            Name,
            NationalCode,
            [
                .. Investors.Select((i, at) => new MatchInvestor(i.Name, at == 0 ? Uscc : null, i.GroupParent)),
                .. Investors
                    .Where(i => i.Alias is not null)
                    .Select(i => new MatchInvestor(i.Alias!, null, i.GroupParent)),
            ],
            TotalInvestment,
            IndustryCode
        );
}

/// <summary>What a register's rows are read against.</summary>
/// <param name="KnownInvestors">Normalised names of investors that stand alone elsewhere (<see cref="Investors.CertainNames"/>).</param>
/// <param name="Today">The day of the import in the city: what a register says happened lies not after it.</param>
public sealed record ReadingContext(
    ColumnMap Columns,
    PlaceDirectory Places,
    IndustryDirectory Industries,
    IReadOnlySet<string> KnownInvestors,
    DateOnly Today
)
{
    /// <summary>How the file writes its numbers.</summary>
    public NumberHabit Numbers { get; init; }

    /// <summary>Whether numbers that stand for days count from 1904.</summary>
    public bool Days1904 { get; init; }
}
