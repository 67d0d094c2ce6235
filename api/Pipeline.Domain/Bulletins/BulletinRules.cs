using Pipeline.Domain.Credit;

namespace Pipeline.Domain.Bulletins;

/// <summary>What a bulletin (通报) tells of: a month, a quarter or a year (R118).</summary>
public enum BulletinKind
{
    /// <summary>Monthly statistics.</summary>
    Monthly,

    /// <summary>The review of a quarter.</summary>
    Quarterly,

    /// <summary>The assessment of a year.</summary>
    Annual,

    /// <summary>The honours of a half-year: who is first by the end of June or of December; nobody is named as last.</summary>
    HalfYearly,
}

/// <summary>Which parts a bulletin has.</summary>
public enum BulletinTemplate
{
    /// <summary>All parts.</summary>
    Full,

    /// <summary>The figures of the units and who is first and last.</summary>
    League,

    /// <summary>The projects and what is wrong with them.</summary>
    Progress,
}

/// <summary>A part of a bulletin; bulletins have theirs in this order.</summary>
public enum BulletinPart
{
    /// <summary>The table by unit, of each indicator.</summary>
    Figures,

    /// <summary>Red and black lists.</summary>
    Honours,

    /// <summary>New projects over the threshold, and how many are in talks.</summary>
    Projects,

    /// <summary>Signings whose notice was late or missing.</summary>
    LateNotices,
    Lights,

    /// <summary>Overdue problems.</summary>
    Problems,
}

/// <summary>Where a bulletin stands.</summary>
public enum BulletinStatus
{
    /// <summary>Made anew from the facts whenever it is read.</summary>
    Draft,

    /// <summary>Frozen, and open to all who read bulletins.</summary>
    Issued,

    /// <summary>No longer what the centre says: withdrawn, or its period was opened again (R109).</summary>
    Superseded,
}

/// <summary>What may be done with a bulletin.</summary>
public enum BulletinStep
{
    Issue,
    Supersede,
}

/// <summary>The rules of bulletins (R118).</summary>
public static class BulletinRules
{
    /// <summary>How many places the red and the black list have where nobody says (design).</summary>
    public const int Places = 3;

    /// <summary>The most that they may have.</summary>
    public const int MostPlaces = 10;

    /// <summary>Whether a kind of bulletin tells of a period: <c>YYYY-MM</c>, <c>YYYY-Qn</c> or <c>YYYY</c>; a half-year by the quarter that ends it, <c>YYYY-Q2</c> or <c>YYYY-Q4</c>, as it is no period of the books. A 13th period is told with its year.</summary>
    public static bool Tells(BulletinKind kind, string period) =>
        Periods.Months(period) is { } months
        && (
            months.First == months.Last ? kind == BulletinKind.Monthly
            : period.Length == 4 ? kind == BulletinKind.Annual
            : kind == BulletinKind.Quarterly || (kind == BulletinKind.HalfYearly && period[^1] is ('2' or '4'))
        );

    /// <summary>Whether a kind names the last ones too: honours only praise.</summary>
    public static bool NamesTheLast(BulletinKind kind) => kind != BulletinKind.HalfYearly;

    /// <summary>The parts of a template, in their order.</summary>
    public static IReadOnlyList<BulletinPart> PartsOf(BulletinTemplate template) =>
        template switch
        {
            BulletinTemplate.League => [BulletinPart.Figures, BulletinPart.Honours],
            BulletinTemplate.Progress =>
            [
                BulletinPart.Projects,
                BulletinPart.LateNotices,
                BulletinPart.Lights,
                BulletinPart.Problems,
            ],
            _ => Enum.GetValues<BulletinPart>(),
        };

    /// <summary>Why a step may not be taken: 403 <c>second-person-required</c> to who drafted it, 409 <c>bulletin-issued</c> or <c>bulletin-superseded</c>; null: it may.</summary>
    public static Refusal? MayTake(BulletinStep step, BulletinStatus status, bool isOwnDraft) =>
        status == BulletinStatus.Superseded ? new Refusal(RefusalKind.Conflict, "bulletin-superseded")
        : step == BulletinStep.Issue && status == BulletinStatus.Issued
            ? new Refusal(RefusalKind.Conflict, "bulletin-issued")
        : step == BulletinStep.Issue && isOwnDraft ? new Refusal(RefusalKind.Forbidden, "second-person-required")
        : null;
}
