using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Pipeline.Benchmarks;

/// <summary>One figure of a scenario.</summary>
/// <param name="Ratio">The subject against its reference: the median of the ratios of the rounds.</param>
/// <param name="Bar">What the ratio is held against, in words.</param>
public sealed record Line(
    string What,
    double Ratio,
    string Bar,
    bool Reached,
    IReadOnlyDictionary<string, double> Figures
);

/// <summary>What a scenario found.</summary>
public sealed record Report(IReadOnlyList<Line> Lines, string? Note = null)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Print(string name)
    {
        Console.WriteLine();
        Console.WriteLine($"{name.ToUpperInvariant(), -4} {"ratio", 8}  bar");
        foreach (var line in Lines)
        {
            Console.WriteLine(
                $"{"", -4} {Text(line.Ratio), 8}  {line.Bar, -12} {(line.Reached ? "reached" : "MISSED"), -8} {line.What}"
            );
            Console.WriteLine(
                $"{"", -15}{string.Join("  ", line.Figures.Select(figure => $"{figure.Key} {Text(figure.Value)}"))}"
            );
        }

        if (Note is not null)
            Console.WriteLine($"     {Note}");
    }

    public void Write(string name, Options options) =>
        File.WriteAllText(
            Path.Combine(Bench.Folder, $"{name}.json"),
            JsonSerializer.Serialize(
                new
                {
                    scenario = name,
                    commit = RunResults.Commit(),
                    at = DateTimeOffset.UtcNow,
                    cores = Environment.ProcessorCount,
                    os = RuntimeInformation.OSDescription,
                    runtime = RuntimeInformation.FrameworkDescription,
                    options,
                    lines = Lines,
                    note = Note,
                },
                Indented
            )
        );

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1
            ? sorted[sorted.Count / 2]
            : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    internal static string Text(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "0" : "0.00", CultureInfo.InvariantCulture);
}
