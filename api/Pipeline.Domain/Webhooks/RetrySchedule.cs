namespace Pipeline.Domain.Webhooks;

/// <summary>When a delivery that failed is tried again: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, each a fifth more or less; after the last it is dead.</summary>
public static class RetrySchedule
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    /// <summary>How much longer or shorter a pause may be, as a part of it.</summary>
    private const double Spread = 0.2;

    /// <summary>What a receiver may put it off by at most.</summary>
    public static readonly TimeSpan LongestPutOff = TimeSpan.FromHours(24);

    /// <summary>How long a receiver may fail, and do nothing else, until nothing more is sent to it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>How often a delivery is tried at all.</summary>
    public static int MostTries => Pauses.Length + 1;

    /// <summary>The pause after so many tries; null: there is no further one.</summary>
    /// <param name="tries">How often it was tried, at least once.</param>
    /// <param name="draw">From 0 to 1: how much of the spread is taken.</param>
    /// <param name="putOff">By how much the receiver asked to put it off (Retry-After).</param>
    public static TimeSpan? After(int tries, double draw, TimeSpan? putOff = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tries, 1);
        if (tries > Pauses.Length)
            return null;
        var pause = Pauses[tries - 1] * (1 + (Spread * ((2 * draw) - 1)));
        var asked = putOff > LongestPutOff ? LongestPutOff : putOff;
        return asked > pause ? asked : pause;
    }
}
