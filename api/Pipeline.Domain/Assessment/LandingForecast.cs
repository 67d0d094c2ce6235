using System.Globalization;

namespace Pipeline.Domain.Assessment;

/// <summary>Projects that entered the talks in one month, and landed or ended in one month, or have done neither.</summary>
/// <param name="Entered"><c>YYYY-MM</c>.</param>
/// <param name="Landed">When the stage was reached at which projects are credited (R42).</param>
/// <param name="Ended">When it was terminated.</param>
public sealed record DwellCohort(string Entered, string? Landed, string? Ended, long Projects);

/// <summary>How many landings are expected in a month.</summary>
/// <param name="FromNewcomers">What of it comes from projects that are yet to enter the talks.</param>
/// <param name="Low">In four cases of five the number will lie from here</param>
/// <param name="High">to here.</param>
public sealed record ForecastMonth(string Month, decimal Expected, decimal FromNewcomers, int Low, int High);

/// <summary>What would have been forecast of three months that are over, and what came of them.</summary>
public sealed record PastForecast(string From, string To, decimal Expected, long Landed);

/// <summary>A forecast of landings from the times that projects took from their first talks (§15.12).</summary>
/// <remarks>
/// Method: of all projects that had been on the way for a given number of months, within the last three years, some landed in that month and some ended. These parts are the chances of a project of that age (a life table with two ways of leaving, Aalen–Johansen by months). Ages that fewer than 30 projects reached are told together. Each project on the way is carried on by its chances; newcomers are added as they came in the last twelve months.
/// The past error is what the same method would have said at the ends of the four quarters before, from what had occurred by then: Σ |forecast − landed| ÷ Σ landed.
/// </remarks>
/// <param name="Open">The projects that have neither landed nor ended, which it carries on.</param>
/// <param name="Months">Null: fewer than ten landings were seen in three years, so nothing can be said.</param>
/// <param name="Error">As a part of what landed; null where nothing could have been forecast, or nothing landed.</param>
public sealed record LandingForecast(
    long Open,
    IReadOnlyList<ForecastMonth>? Months,
    IReadOnlyList<PastForecast> Past,
    decimal? Error
)
{
    private const int Window = 36,
        LeastReached = 30,
        LeastLandings = 10,
        PastMonths = 3,
        PastForecasts = 4;

    /// <summary>Four cases of five lie within so many standard deviations.</summary>
    private const double FourOfFive = 1.2816;

    /// <summary>Forecasts some months.</summary>
    /// <param name="last">The last month that is over; what occurred later is left out.</param>
    /// <param name="ahead">How many months are forecast.</param>
    public static LandingForecast Of(IReadOnlyCollection<DwellCohort> cohorts, string last, int ahead)
    {
        var lives = cohorts.Select(Life.Of).Where(life => life.Left >= life.Entered).ToList();
        var end = Number(last);
        var past = Enumerable
            .Range(1, PastForecasts)
            .Select(at => end - (at * PastMonths))
            .Select(then => (Then: then, Expected: Expect(lives, then, PastMonths)))
            .Where(one => one.Expected is not null)
            .Select(one => new PastForecast(
                Month(one.Then + 1),
                Month(one.Then + PastMonths),
                Round(one.Expected!.Sum(month => month.Mean)),
                lives
                    .Where(life => life.Landed && life.Left > one.Then && life.Left <= one.Then + PastMonths)
                    .Sum(life => life.Projects)
            ))
            .ToList();
        var landed = past.Sum(one => one.Landed);
        return new LandingForecast(
            lives.Where(life => life.IsOpen(end)).Sum(life => life.Projects),
            Expect(lives, end, ahead)?.Select((month, at) => month.Told(Month(end + 1 + at))).ToList(),
            past,
            landed == 0 ? null : past.Sum(one => Math.Abs(one.Expected - one.Landed)) / landed
        );
    }

    /// <summary>What is expected of the months after one, from what had occurred by its end; null where too little had.</summary>
    private static Expectation[]? Expect(List<Life> lives, int last, int ahead)
    {
        if (Chances.Learn(lives, last) is not { } chances)
            return null;
        var months = Enumerable.Range(0, ahead).Select(_ => new Expectation()).ToArray();
        foreach (var open in lives.Where(life => life.IsOpen(last)).GroupBy(life => life.Entered))
        {
            var projects = open.Sum(life => life.Projects);
            foreach (var (at, chance) in chances.Of(last - open.Key + 1, ahead).Index())
                months[at].Add(projects * chance, projects * chance * (1 - chance));
        }

        // Newcomers come as they came in the last year; how many is as uncertain as their number (Poisson).
        var since = Math.Max(last - 11, lives.Where(life => life.Entered <= last).Min(life => life.Entered));
        var newcomers =
            lives.Where(life => life.Entered >= since && life.Entered <= last).Sum(life => life.Projects)
            / (double)(last - since + 1);
        for (var enter = 0; enter < ahead; enter++)
            foreach (var (at, chance) in chances.Of(0, ahead - enter).Index())
                months[enter + at].AddNew(newcomers * chance);
        return months;
    }

    private static int Number(string month) =>
        (int.Parse(month.AsSpan(0, 4), CultureInfo.InvariantCulture) * 12)
        + int.Parse(month.AsSpan(5, 2), CultureInfo.InvariantCulture)
        - 1;

    private static string Month(int number) => $"{number / 12:0000}-{(number % 12) + 1:00}";

    private static decimal Round(double value) => Math.Round((decimal)value, 1, MidpointRounding.AwayFromZero);

    /// <summary>How long some projects were on the way, in months counted from one beginning, and whether they left by landing.</summary>
    private readonly record struct Life(int Entered, int Left, bool Landed, long Projects)
    {
        private const int Never = int.MaxValue;

        public static Life Of(DwellCohort cohort)
        {
            var landed = cohort.Landed is { } month ? Number(month) : Never;
            var ended = cohort.Ended is { } last ? Number(last) : Never;
            return new Life(
                Number(cohort.Entered),
                Math.Min(landed, ended),
                landed <= ended && landed != Never,
                cohort.Projects
            );
        }

        /// <summary>Whether they were on the way at the end of a month.</summary>
        public bool IsOpen(int month) => Entered <= month && Left > month;
    }

    /// <summary>The chances, by the number of months on the way, of landing in the next and of ending in it.</summary>
    private sealed class Chances(double[] land, double[] end)
    {
        public static Chances? Learn(List<Life> lives, int last)
        {
            var first = last - Window + 1;
            var seen = lives.Where(life => life.Entered <= last && life.Left >= first).ToList();
            if (seen.Count == 0)
                return null;
            var ages = last - seen.Min(life => life.Entered) + 1;
            var (reached, landed, ended) = (new double[ages], new double[ages], new double[ages]);
            foreach (var life in seen)
            {
                for (var month = Math.Max(life.Entered, first); month <= Math.Min(life.Left, last); month++)
                    reached[month - life.Entered] += life.Projects;
                if (life.Left <= last)
                    (life.Landed ? landed : ended)[life.Left - life.Entered] += life.Projects;
            }

            if (landed.Sum() < LeastLandings)
                return null;

            // The chances of the ages that few reached are one; of these the last stands for all later ones.
            var few = Array.FindIndex(reached, number => number < LeastReached);
            few = few < 0 ? ages - 1 : few;
            var rest = reached[few..].Sum();
            double[] Rates(double[] left) =>
                [.. left[..few].Zip(reached, (some, all) => some / all), rest == 0 ? 0 : left[few..].Sum() / rest];
            return new Chances(Rates(landed), Rates(ended));
        }

        /// <summary>The chances of a project of an age, which is on the way, to land in each of the next months.</summary>
        public double[] Of(int age, int ahead)
        {
            var (chances, still) = (new double[ahead], 1.0);
            for (var at = 0; at < ahead; at++)
            {
                var known = Math.Min(age + at, land.Length - 1);
                chances[at] = still * land[known];
                still *= 1 - land[known] - end[known];
            }

            return chances;
        }
    }

    /// <summary>A mean, and how far numbers spread about it.</summary>
    private sealed class Expectation
    {
        public double Mean { get; private set; }
        private double Newcomers { get; set; }
        private double Variance { get; set; }

        public void Add(double mean, double variance)
        {
            Mean += mean;
            Variance += variance;
        }

        public void AddNew(double mean)
        {
            Add(mean, mean);
            Newcomers += mean;
        }

        public ForecastMonth Told(string month)
        {
            var spread = FourOfFive * Math.Sqrt(Variance);
            return new ForecastMonth(
                month,
                Round(Mean),
                Round(Newcomers),
                (int)Math.Floor(Math.Max(0, Mean - spread)),
                (int)Math.Ceiling(Mean + spread)
            );
        }
    }
}
