namespace Pipeline.Chaos;

/// <summary>The investments that everybody is after: a few at a time, so that reports meet, and new ones in the place of those that were signed.</summary>
public sealed class Reports(int seed, int size)
{
    private readonly int[] generations = new int[size];
    private int fresh;

    /// <summary>A report: mostly of an investment of the pool, now and then of something like one (R13's review) or of something new.</summary>
    public (object Project, int Slot) Draw(Random random, string key)
    {
        var slot = random.Next(size);
        return random.Next(10) switch
        {
            < 7 => (Project(slot, generations[slot], 0, key), slot),
            < 9 => (Project(slot, generations[slot], 1 + random.Next(3), key), slot),
            _ => (Project(size + Interlocked.Increment(ref fresh), 0, 0, key), slot),
        };
    }

    /// <summary>This investment is through with; another takes its place.</summary>
    public void Renew(int slot) => Interlocked.Increment(ref generations[slot]);

    /// <summary>Variant 0 is the investment itself; others are of the same investor, of another class and amount.</summary>
    private object Project(int slot, int generation, int variant, string key)
    {
        var investor = new Random(HashCode.Of(seed, slot, generation, 0));
        var project = new Random(HashCode.Of(seed, slot, generation, 1 + variant));
        return new
        {
            name = $"{Letters(project, 9)}基地",
            investors = new[]
            {
                new
                {
                    name = $"{Letters(investor, 7)}有限公司",
                    country = "CN",
                    primary = true,
                },
            },
            totalInvestment = new { amount = 1_000_000_000m + (project.Next(8000) * 1_000_000m), currency = "CNY" },
            industryCode = $"{13 + ((project.Next(30) + variant) % 30)}{project.Next(1, 9)}",
            chain = key,
        };
    }

    private static string Letters(Random random, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => (char)random.Next(0x5000, 0x9000)));

    private static class HashCode
    {
        /// <summary>The same in every process, unlike the framework's.</summary>
        public static int Of(params int[] parts) =>
            parts.Aggregate(17, (hash, part) => unchecked((hash * 486187739) + part));
    }
}
