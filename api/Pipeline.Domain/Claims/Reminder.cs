namespace Pipeline.Domain.Claims;

/// <summary>When the holder of a claim is reminded that its window ends (R17).</summary>
public static class Reminder
{
    /// <summary>How many days of the city's calendar before the window's last day.</summary>
    public static readonly IReadOnlyList<int> Days = [7, 3, 1];

    /// <summary>Which reminder is to be given at <paramref name="now"/>; null: none. Of several that fell due unobserved only the nearest: the others are no longer true.</summary>
    /// <remarks>One is due from the first instant of its day. Those that would have been due at activation or before do not fit into the window.</remarks>
    public static int? Due(DateTimeOffset activatedAt, DateTimeOffset expiresAt, DateTimeOffset now)
    {
        if (now > expiresAt)
            return null;
        var last = Shanghai.DateOf(expiresAt);
        var due = Days.Where(days =>
                Shanghai.StartOf(last.AddDays(-days)) is var from && from > activatedAt && from <= now
            )
            .ToList();
        return due.Count == 0 ? null : due.Min();
    }
}
