using System.ComponentModel.DataAnnotations;

namespace Pipeline.Domain.Rules;

/// <summary>Whether a breach of the notice period is recorded or refused (R30).</summary>
public enum Enforcement
{
    Flag,
    Block,
}

/// <summary>How a landed project is credited (R42).</summary>
public enum CreditMode
{
    /// <summary>First-talk and landing unit each in full (同等赋分).</summary>
    BothFull,

    /// <summary>Divided between them by shares.</summary>
    Split,

    /// <summary>All to the unit that talked first.</summary>
    FirstTalk,

    /// <summary>All to the unit where it landed.</summary>
    Landing,
}

/// <summary>How credit is divided, in basis points: first-talk and landing make a whole; the finder's share comes out of first-talk's part, or on top where both count in full (R44).</summary>
public sealed record CreditSplit(int FirstTalk, int Landing, int? Finder = null)
{
    public static readonly CreditSplit Halves = new(5000, 5000);

    /// <summary>Whether the shares make a whole, and the finder's fits into first-talk's.</summary>
    public bool IsWhole =>
        FirstTalk is >= 0 and <= 10_000
        && FirstTalk + Landing == 10_000
        && Finder is null or >= 0 and <= 10_000
        && (Finder ?? 0) <= Math.Max(FirstTalk, 0);
}

/// <summary>The credit mode of one indicator, or of all that have none of their own (<c>*</c>).</summary>
public sealed record CreditRule(string Indicator, CreditMode Mode, CreditSplit? Shares = null);

/// <summary>Which side of a threshold its own value falls on (C18).</summary>
public enum Comparator
{
    /// <summary>以上: the value itself is at the threshold.</summary>
    Gte,

    /// <summary>超: only what is above it.</summary>
    Gt,
}

/// <summary>An amount from which, or above which, something holds.</summary>
public sealed record Threshold(decimal Amount, string Currency, Comparator Comparator = Comparator.Gte);

/// <summary>What counts as capital paid in (R60, R61).</summary>
/// <param name="ForeignKinds">Kinds that are foreign capital whoever pays.</param>
/// <param name="CutoffDay">The day of the next month until which an entry counts in the month of its value date.</param>
public sealed record CapitalRules([property: Required] IReadOnlyList<Capital.CapitalKind> ForeignKinds, int CutoffDay)
{
    /// <summary>The kinds that count at all; a rule set that says nothing of it takes every kind.</summary>
    public IReadOnlyList<Capital.CapitalKind> Kinds { get; init; } = Enum.GetValues<Capital.CapitalKind>();

    /// <summary>The least that an entry must be, by its own currency; a currency that is not named has none.</summary>
    public IReadOnlyList<Money> Minima { get; init; } = [];

    public static readonly CapitalRules Default = new(
        [Capital.CapitalKind.ForeignCash, Capital.CapitalKind.ReinvestedProfit],
        5
    );
}

/// <summary>The rate of one month: one unit of <paramref name="Currency"/> in dollars (C7).</summary>
public sealed record MonthlyRate(string Month, string Currency, decimal Usd);

/// <summary>When a project that does not move shows yellow, red, and is proposed for removal (R7).</summary>
/// <param name="Yellow">Length after which it shows yellow.</param>
/// <param name="Red">Length after which it shows red.</param>
/// <param name="Removal">Length after which removal is proposed; null: never.</param>
public sealed record IdleLimits(IsoDuration Yellow, IsoDuration Red, IsoDuration? Removal = null);

/// <summary>How long after its planned start a project that has not started shows yellow, and red (R91).</summary>
public sealed record PlanLimits(IsoDuration Yellow, IsoDuration Red);

/// <summary>How many points a started project's paid-in share may be behind its schedule: yellow from the first on, red above the second (R92).</summary>
public sealed record ScheduleLimits(decimal Yellow, decimal Red);

/// <summary>The limits of all lights: of each stage that can be idle (R7), of the planned start (R91) and of the schedule (R92).</summary>
public sealed record IdleLights(
    IdleLimits InTalks,
    IdleLimits Signed,
    IdleLimits Registered,
    PlanLimits? Planned = null,
    ScheduleLimits? Schedule = null,
    IsoDuration? RemovalContest = null
)
{
    private static readonly PlanLimits PlannedByDefault = new(IsoDuration.Parse("P1D"), IsoDuration.Parse("P3M"));
    private static readonly ScheduleLimits ScheduleByDefault = new(10m, 30m);

    internal PlanLimits PlannedOrDefault => Planned ?? PlannedByDefault;

    /// <summary>How many working days the owner of a project whose removal is proposed has to contest it (R94).</summary>
    public IsoDuration RemovalContestOrDefault() => RemovalContest ?? IsoDuration.Parse("P10D");

    internal ScheduleLimits ScheduleOrDefault => Schedule ?? ScheduleByDefault;

    /// <summary>The same, with the limits that stand where none were given.</summary>
    public IdleLights WithDefaults() =>
        this with
        {
            Planned = PlannedOrDefault,
            Schedule = ScheduleOrDefault,
            RemovalContest = RemovalContestOrDefault(),
        };
}

/// <summary>The fixed rate of one year: one unit of <paramref name="Currency"/> in yuan.</summary>
public sealed record YearlyRate(int Year, string Currency, decimal Cny);

/// <summary>Which projects are linked to a leader (市领导挂联).</summary>
public sealed record LeaderLink(Money From);

/// <summary>Which level's leaders projects of a size are for (R80): from an amount on, and below another where one is given.</summary>
public sealed record LeaderTier(string Level, Money From, Money? To = null)
{
    /// <summary>The city's leaders from 20亿 on, those of counties and districts from 5亿.</summary>
    public static readonly IReadOnlyList<LeaderTier> Default =
    [
        new("city", new Money(2_000_000_000m, "CNY")),
        new("county", new Money(500_000_000m, "CNY"), new Money(2_000_000_000m, "CNY")),
    ];
}

/// <summary>Every number of the regime, for one effective period (domain §6). What was decided under one keeps it.</summary>
public sealed record RuleSet
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>First instant it is in force.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>The instant its successor takes over; null: without end.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Projects in talks at or above any of these must be reported (R10); one per currency.</summary>
    public required IReadOnlyList<Money> ReportThresholds { get; init; }

    /// <summary>Length of exclusive negotiation (R15).</summary>
    public required IsoDuration Exclusivity { get; init; }

    /// <summary>How often a window may be extended (R21), and by how much.</summary>
    public required int ExtensionsMax { get; init; }
    public required IsoDuration Extension { get; init; }

    /// <summary>Oldest substantive contact that makes a report complete (R12).</summary>
    public required IsoDuration ContactMaxAge { get; init; }

    /// <summary>Stages whose moves the centre verifies (R3).</summary>
    public required IReadOnlyList<Projects.Stage> Verification { get; init; }

    public required IsoDuration NoticePeriod { get; init; }
    public required Enforcement NoticeEnforcement { get; init; }
    public required CreditMode CreditMode { get; init; }
    public required Projects.Stage CreditStage { get; init; }
    public required int MaxTransfers { get; init; }
    public required IsoDuration TransferAcceptance { get; init; }
    public required IReadOnlyList<Money> Coordination { get; init; }
    public required LeaderLink LeaderLink { get; init; }
    public required IdleLights Lights { get; init; }
    public required IReadOnlyList<YearlyRate> Rates { get; init; }

    /// <summary>How long after a move a project still counts for fuzzy matching (R13).</summary>
    public required IsoDuration MatchingHorizon { get; init; }

    /// <summary>How long after its end a project may be reactivated (R5).</summary>
    public required IsoDuration Reactivation { get; init; }

    /// <summary>The times of a dispute, and how long a false report bars (R23).</summary>
    public Claims.DisputeRules Disputes { get; init; } = Claims.DisputeRules.Default;

    /// <summary>From which size on a signing notice is due (R30); null: the report thresholds.</summary>
    public IReadOnlyList<Threshold>? NoticeThresholds { get; init; }

    /// <summary>How long the centre has to decide on an accepted transfer, in working days (R43a).</summary>
    public IsoDuration TransferDecision { get; init; } = IsoDuration.Parse("P3D");

    /// <summary>Credit modes by indicator (R44); what is not named goes by <see cref="CreditMode"/>.</summary>
    public IReadOnlyList<CreditRule> Credit { get; init; } = [];

    public CapitalRules Capital { get; init; } = CapitalRules.Default;

    /// <summary>The times of problems (R70, R71).</summary>
    public Problems.ProblemTimes Problems { get; init; } = Domain.Problems.ProblemTimes.Default;

    /// <summary>Which level's leaders projects of a size are for (R80).</summary>
    public IReadOnlyList<LeaderTier> LeaderTiers { get; init; } = LeaderTier.Default;

    /// <summary>After how long without a contact of its leader a linked project is listed (R83).</summary>
    public IsoDuration LeaderContact { get; init; } = IsoDuration.Parse("P2M");

    /// <summary>Which part of land, energy, emission rights and major projects goes to provincial zones (R117): 0.70 is 70 %.</summary>
    public decimal ElementsShare { get; init; } = DefaultElementsShare;

    /// <summary>How long a report that was returned may be completed, in working days (R14b).</summary>
    public IsoDuration ReportCompletion { get; init; } = DefaultReportCompletion;

    /// <summary>How long is kept what no rule needs for ever.</summary>
    public Retention Retention { get; init; } = Retention.Default;

    /// <summary>By what referrers are rewarded (R136); null: they are not.</summary>
    public Referrers.ReferralScheme? Referral { get; init; }
    public const decimal DefaultElementsShare = 0.70m;

    /// <summary>Five working days, for rule sets that do not say.</summary>
    public static readonly IsoDuration DefaultReportCompletion = IsoDuration.Parse("P5D");

    /// <summary>From how much land in one piece a parcel stands on the lists of land (R132).</summary>
    public Land.LandOffer LandOffer { get; init; } = Land.LandOffer.Default;

    /// <summary>Rates to the dollar by month, for capital (C7).</summary>
    public IReadOnlyList<MonthlyRate> UsdRates { get; init; } = [];

    /// <summary>How facts are credited under an indicator: its own rule, else that for all, else the mode with halves.</summary>
    public (CreditMode Mode, CreditSplit Shares) CreditFor(string indicator)
    {
        var rule = Credit.FirstOrDefault(rule => rule.Indicator == indicator)
            ?? Credit.FirstOrDefault(rule => rule.Indicator == "*");
        return (rule?.Mode ?? CreditMode, rule?.Shares ?? CreditSplit.Halves);
    }

    /// <summary>An amount in another currency, unrounded: to the dollar by the month's rate where one is kept, else by the year's rates (C7); null where a rate is missing.</summary>
    public decimal? In(string currency, Money money, DateOnly on)
    {
        if (money.Currency == currency)
            return money.Amount;
        if (
            currency == "USD"
            && UsdRates.FirstOrDefault(rate =>
                rate.Currency == money.Currency && rate.Month == Domain.Credit.Periods.MonthOf(on)
            )
                is { } month
        )
            return money.Amount * month.Usd;
        return RateToCny(money.Currency, on.Year) is { } own && RateToCny(currency, on.Year) is { } other && other != 0
            ? money.Amount * own / other
            : null;
    }

    /// <summary>Whether a signing of this size needs a notice (R30); what has no rate counts as at the threshold.</summary>
    public bool NeedsNotice(Money total, int year)
    {
        if (NoticeThresholds is not { } thresholds)
            return MustBeReported(total, year);
        if (thresholds.FirstOrDefault(own => own.Currency == total.Currency) is { } same)
            return Reaches(total.Amount, same);
        if (thresholds.FirstOrDefault(own => own.Currency == "USD") is not { } usd)
            return false;
        return RateToCny(total.Currency, year) is not { } rate
            || RateToCny("USD", year) is not { } dollar
            || Reaches(total.Amount * rate / dollar, usd);
    }

    private static bool Reaches(decimal amount, Threshold threshold) =>
        threshold.Comparator == Comparator.Gt ? amount > threshold.Amount : amount >= threshold.Amount;

    /// <summary>Whether it is in force at <paramref name="instant"/>.</summary>
    public bool InForce(DateTimeOffset instant) => StartsAt <= instant && (EndsAt is null || instant < EndsAt);

    /// <summary>The rate by which <paramref name="currency"/> is reckoned in <paramref name="year"/>: that year's, else the nearest earlier one, else the earliest; null where there is none, and for the yuan.</summary>
    public YearlyRate? RateOf(string currency, int year)
    {
        var known = Rates.Where(rate => rate.Currency == currency).OrderBy(rate => rate.Year).ToList();
        return known.LastOrDefault(rate => rate.Year <= year) ?? known.FirstOrDefault();
    }

    /// <summary>Whether amounts in <paramref name="currency"/> can be told in yuan.</summary>
    public bool HasRate(string currency) => currency == "CNY" || Rates.Any(rate => rate.Currency == currency);

    /// <summary>Whether any rate is kept for <paramref name="year"/>; without one, earlier rates stand in and that is said.</summary>
    public bool HasRatesOf(int year) => Rates.Any(rate => rate.Year == year);

    /// <summary>One unit of <paramref name="currency"/> in yuan in <paramref name="year"/>: that year's rate, else the nearest earlier one, else the earliest; null for an unknown currency.</summary>
    public decimal? RateToCny(string currency, int year)
    {
        return currency == "CNY" ? 1m : RateOf(currency, year)?.Cny;
    }

    /// <summary>The amount in yuan at the year's fixed rate, rounded to hundredths (half away from zero); null for an unknown currency.</summary>
    public decimal? ToCny(Money money, int year) =>
        RateToCny(money.Currency, year) is { } rate
            ? Math.Round(money.Amount * rate, 2, MidpointRounding.AwayFromZero)
            : null;

    /// <summary>Whether a project in talks of this size must be reported (R10): tested in its own currency; one without a threshold of its own through its rate to USD. What has no rate cannot be held below it, so it counts as at the threshold.</summary>
    public bool MustBeReported(Money total, int year)
    {
        foreach (var threshold in ReportThresholds)
        {
            if (threshold.Currency == total.Currency)
                return total.Amount >= threshold.Amount;
        }

        var usd = ReportThresholds.FirstOrDefault(threshold => threshold.Currency == "USD");
        if (usd.Currency is null)
            return false;
        return RateToCny(total.Currency, year) is not { } own
            || RateToCny("USD", year) is not { } dollar
            || total.Amount * own / dollar >= usd.Amount;
    }
}

/// <summary>The rule sets of the city in order of time: periods that neither overlap nor leave a gap.</summary>
public sealed class RuleBook(IEnumerable<RuleSet> sets)
{
    private readonly RuleSet[] inOrder = [.. sets.OrderBy(set => set.StartsAt)];

    public IReadOnlyList<RuleSet> All => inOrder;

    /// <summary>The rule set in force at <paramref name="instant"/>; before the first one, the first.</summary>
    public RuleSet At(DateTimeOffset instant) => inOrder.LastOrDefault(set => set.StartsAt <= instant) ?? inOrder[0];

    /// <summary>The rule set a past decision was made under.</summary>
    public RuleSet ById(string id) => inOrder.First(set => set.Id == id);
}
