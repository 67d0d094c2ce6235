namespace Pipeline.Domain.Duties;

/// <summary>What each unit owes in a year (R117).</summary>
public enum DutyKind
{
    /// <summary>Its head leads projects over USD 100 million.</summary>
    LeadUsd100m,

    /// <summary>Its head leads projects of CNY 5 billion and more.</summary>
    Lead5b,

    /// <summary>It has people posted out.</summary>
    PostedOut,

    /// <summary>Enough of its officers have been so for two years.</summary>
    Tenure,

    /// <summary>Enough of the land that its projects were granted lies in provincial zones.</summary>
    LandToZones,
    EnergyToZones,
    EmissionToZones,

    /// <summary>Enough of its major projects landed in provincial zones.</summary>
    MajorProjectsToZones,

    /// <summary>It is linked with foreign enterprises.</summary>
    ForeignEnterprises,
}

/// <summary>Whether a duty is met. What nobody stated is unknown, and neither met nor missed.</summary>
public enum DutyState
{
    Green,
    Red,
    Unknown,
}

/// <summary>What is not known, where it decides.</summary>
public enum DutyGap
{
    /// <summary>Nobody stated who heads the unit in that year.</summary>
    NoHead,

    /// <summary>Nobody stated the unit's people.</summary>
    NoPeople,

    /// <summary>It is not known since when people are officers.</summary>
    SinceUnknown,

    /// <summary>The total of projects is not known, or has no rate.</summary>
    AmountUnknown,

    /// <summary>Nothing was granted in that year.</summary>
    NothingGranted,

    /// <summary>It is not known whether what was granted lies in a provincial zone.</summary>
    ZoneUnknown,

    /// <summary>No major project landed in that year.</summary>
    NoMajorProjects,

    /// <summary>The unit keeps no foreign enterprise in the library yet.</summary>
    NoLibrary,
}

/// <summary>A duty, with the numbers that decide it.</summary>
/// <param name="Part">What is certain to count; null where nothing is known.</param>
/// <param name="Whole">Of what it is a part; null for a duty that counts.</param>
/// <param name="Unknown">How much may count besides, as far as anybody knows.</param>
/// <param name="Limit">How many there must be, or which part of the whole: 0.70 is 70 %.</param>
/// <param name="Missing">What would decide it, where it is unknown.</param>
public sealed record Duty(
    DutyKind Kind,
    DutyState State,
    decimal? Part,
    decimal? Whole,
    decimal Unknown,
    decimal Limit,
    IReadOnlyList<DutyGap> Missing
)
{
    /// <summary>The part of the whole, unrounded; null where there is none, or it is not known.</summary>
    public decimal? Share => Unknown == 0 && Whole is > 0 ? Part / Whole : null;
}

/// <summary>A major project that landed: whether it is one is not known without its total.</summary>
public sealed record LandedProject(bool? Major, bool InZone);

/// <summary>Something that was granted to a project, and whether it lies in a provincial zone.</summary>
public sealed record GrantedAmount(decimal Amount, bool? InZone);

/// <summary>Somebody who works in investment promotion for a unit.</summary>
/// <param name="Since">The first day in this work; null: not known.</param>
/// <param name="PostedOut">Whether he or she is posted outside the city.</param>
public sealed record PromotionOfficer(DateOnly? Since, bool PostedOut);

/// <summary>A project that the head of a unit leads.</summary>
/// <param name="Usd">Its total in dollars; null: not known, or without a rate.</param>
public sealed record LedProject(decimal? Usd, decimal? Cny);

/// <summary>The duties of units as checks, green or red, unscored (R117).</summary>
public static class DutyRules
{
    /// <summary>How many projects of each size the head leads.</summary>
    public const int Led = 2;

    /// <summary>Above it a project counts for <see cref="DutyKind.LeadUsd100m"/>: 超亿美元, the amount itself does not.</summary>
    public const decimal LedAboveUsd = 100_000_000m;

    /// <summary>From it on a project counts for <see cref="DutyKind.Lead5b"/>.</summary>
    public const decimal LedFromCny = 5_000_000_000m;

    /// <summary>How many people are posted out.</summary>
    public const int PostedOut = 30;

    /// <summary>Which part of the officers has been so for <see cref="TenureYears"/>.</summary>
    public const decimal TenureShare = 0.50m;
    public const int TenureYears = 2;

    /// <summary>With how many foreign enterprises a unit is linked.</summary>
    public const int ForeignEnterprises = 100;

    /// <summary>The two duties of the head.</summary>
    /// <param name="led">The projects that the head leads; null: nobody knows who that is.</param>
    public static IReadOnlyList<Duty> JudgeHead(IReadOnlyCollection<LedProject>? led) =>
        led is null
            ? [UnknownOf(DutyKind.LeadUsd100m, Led, DutyGap.NoHead), UnknownOf(DutyKind.Lead5b, Led, DutyGap.NoHead)]
            :
            [
                AtLeast(
                    DutyKind.LeadUsd100m,
                    led.Count(one => one.Usd > LedAboveUsd),
                    led.Count(one => one.Usd is null),
                    Led,
                    DutyGap.AmountUnknown
                ),
                AtLeast(
                    DutyKind.Lead5b,
                    led.Count(one => one.Cny >= LedFromCny),
                    led.Count(one => one.Cny is null),
                    Led,
                    DutyGap.AmountUnknown
                ),
            ];

    /// <summary>The two duties that the people of a unit decide.</summary>
    /// <param name="people">Those of the day; null: nobody stated them.</param>
    public static IReadOnlyList<Duty> JudgePeople(IReadOnlyCollection<PromotionOfficer>? people, DateOnly on) =>
        people is null
            ?
            [
                UnknownOf(DutyKind.PostedOut, PostedOut, DutyGap.NoPeople),
                UnknownOf(DutyKind.Tenure, TenureShare, DutyGap.NoPeople),
            ]
            :
            [
                AtLeast(DutyKind.PostedOut, people.Count(one => one.PostedOut), 0, PostedOut, DutyGap.NoPeople),
                people.Count == 0
                    ? UnknownOf(DutyKind.Tenure, TenureShare, DutyGap.NoPeople)
                    : ShareAtLeast(
                        DutyKind.Tenure,
                        people.Count(one => one.Since?.AddYears(TenureYears) <= on),
                        people.Count,
                        people.Count(one => one.Since is null),
                        TenureShare,
                        DutyGap.SinceUnknown
                    ),
            ];

    /// <summary>Whether enough of what was granted lies in provincial zones.</summary>
    public static Duty JudgeGrants(DutyKind kind, IReadOnlyCollection<GrantedAmount> granted, decimal limit)
    {
        var whole = granted.Sum(one => one.Amount);
        return whole == 0
            ? UnknownOf(kind, limit, DutyGap.NothingGranted)
            : ShareAtLeast(
                kind,
                granted.Where(one => one.InZone == true).Sum(one => one.Amount),
                whole,
                granted.Where(one => one.InZone is null).Sum(one => one.Amount),
                limit,
                DutyGap.ZoneUnknown
            );
    }

    /// <summary>Whether enough of the major projects landed in provincial zones. One that may be major may move the share either way.</summary>
    public static Duty JudgeMajorProjects(IReadOnlyCollection<LandedProject> landed, decimal limit)
    {
        decimal Count(bool? major, bool inZone) => landed.Count(one => one.Major == major && one.InZone == inZone);
        var (part, outside) = (Count(true, true), Count(true, false));
        var (mayBeIn, mayBeOut) = (Count(null, true), Count(null, false));
        var whole = part + outside;
        if (whole + mayBeIn + mayBeOut == 0)
            return UnknownOf(DutyKind.MajorProjectsToZones, limit, DutyGap.NoMajorProjects);
        var least = part / Math.Max(whole + mayBeOut, 1);
        var most = (part + mayBeIn) / Math.Max(whole + mayBeIn, 1);
        var certain = whole > 0;
        var state =
            certain && least >= limit ? DutyState.Green
            : certain && most < limit ? DutyState.Red
            : DutyState.Unknown;
        return new Duty(
            DutyKind.MajorProjectsToZones,
            state,
            part,
            whole,
            mayBeIn + mayBeOut,
            limit,
            state == DutyState.Unknown ? [DutyGap.AmountUnknown] : []
        );
    }

    /// <summary>The foreign enterprises that a unit keeps up in the library of them; what it is linked with is not known where it keeps none.</summary>
    /// <param name="linked">Null: the unit keeps none.</param>
    public static Duty JudgeForeignEnterprises(int? linked) =>
        linked is { } known
            ? AtLeast(DutyKind.ForeignEnterprises, known, 0, ForeignEnterprises, DutyGap.NoLibrary)
            : UnknownOf(DutyKind.ForeignEnterprises, ForeignEnterprises, DutyGap.NoLibrary);

    private static Duty AtLeast(DutyKind kind, int counted, int maybe, int limit, DutyGap gap)
    {
        var state =
            counted >= limit ? DutyState.Green
            : counted + maybe >= limit ? DutyState.Unknown
            : DutyState.Red;
        return new Duty(kind, state, counted, null, maybe, limit, state == DutyState.Unknown ? [gap] : []);
    }

    private static Duty ShareAtLeast(
        DutyKind kind,
        decimal part,
        decimal whole,
        decimal maybe,
        decimal limit,
        DutyGap gap
    )
    {
        // Held against each other without a division, so that 700 of 1000 is 70 %.
        var state =
            part >= limit * whole ? DutyState.Green
            : part + maybe >= limit * whole ? DutyState.Unknown
            : DutyState.Red;
        return new Duty(kind, state, part, whole, maybe, limit, state == DutyState.Unknown ? [gap] : []);
    }

    private static Duty UnknownOf(DutyKind kind, decimal limit, DutyGap gap) =>
        new(kind, DutyState.Unknown, null, null, 0, limit, [gap]);
}
