using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Meetings;

/// <summary>What an item of an agenda is about.</summary>
public enum AgendaItemKind
{
    /// <summary>A project from the coordination threshold on.</summary>
    Project,

    /// <summary>A problem that went unresolved for so long.</summary>
    Problem,

    /// <summary>A decision of an earlier meeting that is not done.</summary>
    Action,

    /// <summary>What the centre added.</summary>
    Other,
}

/// <summary>The size of a project against the coordination threshold.</summary>
/// <param name="Reaches">Whether it is at the threshold or above it; what has no rate cannot be held below it, so it is.</param>
/// <param name="Measured">The total in the currency of the threshold that it was held against, rounded to hundredths (half away from zero); null where there is no such threshold or no rate.</param>
public sealed record CoordinationSize(bool Reaches, Money? Measured);

/// <summary>What the facts put on an agenda, as they stood at its cut-off (R74).</summary>
public static class Agenda
{
    /// <summary>The level of escalation from which on a problem is on the next meeting's agenda (R71).</summary>
    public const int FromLevel = 2;

    /// <summary>A total against the coordination threshold: in its own currency, where that has none through the year's rates in dollars (R10's way, R74).</summary>
    public static CoordinationSize SizeOf(Money total, RuleSet rules, int year)
    {
        foreach (var threshold in rules.Coordination)
        {
            if (threshold.Currency == total.Currency)
                return new CoordinationSize(total.Amount >= threshold.Amount, total);
        }

        var usd = rules.Coordination.FirstOrDefault(threshold => threshold.Currency == "USD");
        if (usd.Currency is null)
            return new CoordinationSize(false, null);
        if (rules.RateToCny(total.Currency, year) is not { } own || rules.RateToCny("USD", year) is not { } dollar)
            return new CoordinationSize(true, null);
        var inUsd = total.Amount * own / dollar;
        return new CoordinationSize(
            inUsd >= usd.Amount,
            new Money(Math.Round(inUsd, 2, MidpointRounding.AwayFromZero), "USD")
        );
    }

    /// <summary>By currency the least total that can be on an agenda; of a currency that is neither named nor has a rate every total is.</summary>
    public static decimal? LeastIn(string currency, RuleSet rules, int year)
    {
        foreach (var threshold in rules.Coordination)
        {
            if (threshold.Currency == currency)
                return threshold.Amount;
        }

        return
            rules.Coordination.FirstOrDefault(threshold => threshold.Currency == "USD") is { Currency: not null } usd
            && rules.RateToCny(currency, year) is { } own
            && own != 0
            && rules.RateToCny("USD", year) is { } dollar
            ? usd.Amount * dollar / own
            : null;
    }

    /// <summary>Whether a project is on it: on one of the four lists, from the threshold on.</summary>
    public static bool Lists(Stage? stage, Money? total, RuleSet rules, int year) =>
        stage is Stage.InTalks or Stage.Signed or Stage.Registered or Stage.Started
        && total is { } money
        && SizeOf(money, rules, year).Reaches;

    /// <summary>Whether a problem is on it: unresolved, and five working days past its due date (R71).</summary>
    public static bool Lists(
        ProblemStatus status,
        DateOnly dueOn,
        DateOnly day,
        ProblemTimes times,
        WorkCalendar calendar
    ) => status != ProblemStatus.Closed && Escalation.LevelOn(dueOn, day, times, calendar) >= FromLevel;

    /// <summary>Whether a decision is on it: made before, and not done by then.</summary>
    public static bool Lists(DateTimeOffset decidedAt, DateTimeOffset? endedAt, DateTimeOffset cutOffAt) =>
        decidedAt <= cutOffAt && !(endedAt <= cutOffAt);
}

/// <summary>Facts as they stood.</summary>
public static class History
{
    /// <summary>A fact as it stood at an instant: what the first change after that changed, else what it is now.</summary>
    /// <param name="changes">The changes in the order in which they happened, each with what was there before.</param>
    public static T AsOf<T>(T now, IEnumerable<(DateTimeOffset At, T Before)> changes, DateTimeOffset instant)
    {
        foreach (var (at, before) in changes)
        {
            if (at > instant)
                return before;
        }

        return now;
    }
}
