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
    BothFull,
    Split,
}

/// <summary>When a project that does not move shows yellow, red, and is proposed for removal (R7).</summary>
/// <param name="Yellow">Length after which it shows yellow.</param>
/// <param name="Red">Length after which it shows red.</param>
/// <param name="Removal">Length after which removal is proposed; null: never.</param>
public sealed record IdleLimits(IsoDuration Yellow, IsoDuration Red, IsoDuration? Removal = null);

/// <summary>The idle limits of each stage that has them (R7).</summary>
public sealed record IdleLights(IdleLimits InTalks, IdleLimits Signed, IdleLimits Registered);

/// <summary>The fixed rate of one year: one unit of <paramref name="Currency"/> in yuan.</summary>
public sealed record YearlyRate(int Year, string Currency, decimal Cny);

/// <summary>Which projects are linked to a leader (市领导挂联).</summary>
public sealed record LeaderLink(Money From);

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
