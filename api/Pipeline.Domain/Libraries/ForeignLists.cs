namespace Pipeline.Domain.Libraries;

/// <summary>The lists of foreign enterprises that are made every month (R138).</summary>
public enum ForeignList
{
    /// <summary>New ones: a total of USD 30 million or more, registered in the last 24 months.</summary>
    New,

    /// <summary>Undistributed profit of the foreign side of USD 5 million or more.</summary>
    Profit,

    /// <summary>Less than 25 % of the contract paid in, twelve months after registration.</summary>
    PaidIn,
}

/// <summary>How an enterprise stands to a list.</summary>
public enum ListStanding
{
    On,
    Off,

    /// <summary>What nobody knows of it could put it on, or keep it off.</summary>
    Unknown,
}

/// <summary>Why an enterprise left a list.</summary>
public enum LeftList
{
    /// <summary>What was asked of it is done: paid in, distributed or reinvested.</summary>
    Met,

    /// <summary>Its 24 months are over.</summary>
    Aged,

    /// <summary>What was known of it was put right.</summary>
    Corrected,

    /// <summary>The entry was retired.</summary>
    Retired,
}

/// <summary>What is known of a foreign enterprise, amounts in dollars; null: not known.</summary>
public sealed record ForeignFacts(
    DateOnly? RegisteredOn,
    decimal? Total,
    decimal? Contracted,
    decimal? PaidIn,
    decimal? UndistributedProfit
);

/// <summary>Which foreign enterprises are on which list on a day (R138); the limits are *(design)*.</summary>
public static class ForeignLists
{
    public const decimal NewFrom = 30_000_000m,
        ProfitFrom = 5_000_000m,
        PaidInBelow = 0.25m;
    public const int NewMonths = 24,
        PaidInAfterMonths = 12;

    public static ListStanding Judge(ForeignList list, ForeignFacts facts, DateOnly on) =>
        list switch
        {
            ForeignList.New => All(
                facts.Total >= NewFrom,
                facts.RegisteredOn is { } registered ? registered <= on && on <= registered.AddMonths(NewMonths) : null,
                facts.Total is not null
            ),
            ForeignList.Profit => facts.UndistributedProfit is { } profit
                ? profit >= ProfitFrom
                    ? ListStanding.On
                    : ListStanding.Off
                : ListStanding.Unknown,
            _ => All(
                facts.PaidIn < PaidInBelow * facts.Contracted,
                facts.RegisteredOn is { } registered ? on >= registered.AddMonths(PaidInAfterMonths) : null,
                facts.PaidIn is not null && facts.Contracted is not null
            ),
        };

    /// <summary>Paid in ÷ contracted, unrounded; null where either is not known.</summary>
    public static decimal? PaidInShare(ForeignFacts facts) =>
        facts is { PaidIn: { } paid, Contracted: > 0 and var contracted } ? paid / contracted : null;

    /// <summary>Why an enterprise that was on a list is off it.</summary>
    public static LeftList WhyLeft(ForeignList list, ForeignFacts before, ForeignFacts now, DateOnly on) =>
        list switch
        {
            ForeignList.PaidIn when now.PaidIn > before.PaidIn => LeftList.Met,
            ForeignList.Profit when now.UndistributedProfit < before.UndistributedProfit => LeftList.Met,
            ForeignList.New when now.RegisteredOn is { } registered && on > registered.AddMonths(NewMonths) =>
                LeftList.Aged,
            _ => LeftList.Corrected,
        };

    private static ListStanding All(bool amount, bool? time, bool amountKnown) =>
        time == false || (amountKnown && !amount) ? ListStanding.Off
        : time is null || !amountKnown ? ListStanding.Unknown
        : ListStanding.On;
}
