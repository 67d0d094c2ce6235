using System.Diagnostics;
using System.Globalization;
using System.Security;
using System.Text;

namespace Pipeline.Benchmarks;

/// <summary>What a run of several scenarios found, as a table and as a picture.</summary>
public static class RunResults
{
    private const int Left = 470,
        Wide = 420,
        High = 22;

    /// <summary>Writes <c>results.md</c> and <c>results.svg</c>.</summary>
    public static void Write(IReadOnlyList<(string Name, Report Report)> reports, Options options)
    {
        var lines = reports
            .SelectMany(report => report.Report.Lines.Select(line => (report.Name, Line: line)))
            .ToList();
        var table = new StringBuilder(
            $"Commit {Commit()}, {DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, {options.Rounds} rounds of {options.Seconds} s, the large city has {options.Projects} projects.\n\n| | what | ratio | bar | |\n|---|---|---|---|---|\n"
        );
        foreach (var (name, line) in lines)
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {name.ToUpperInvariant()} | {line.What} | {Report.Text(line.Ratio)} | {line.Bar} | {(line.Reached ? "" : "missed")} |\n"
            );
        File.WriteAllText(Path.Combine(Bench.Folder, "results.md"), table.ToString());
        File.WriteAllText(Path.Combine(Bench.Folder, "results.svg"), Picture(lines));
    }

    /// <summary>The commit that is measured, and whether more than it is.</summary>
    public static string Commit() =>
        $"{Git("rev-parse --short HEAD")}{(Git("status --porcelain -- api db tests/Pipeline.Benchmarks").Length > 0 ? " and uncommitted changes" : "")}";

    /// <summary>How far each figure is from its bar, which is the line in the middle: to the right is better, each mark a doubling.</summary>
    private static string Picture(List<(string Name, Line Line)> lines)
    {
        var (right, below) = (Left + Wide, (lines.Count * High) + 40);
        var svg = new StringBuilder(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {right + 20} {below}\" font-family=\"sans-serif\" font-size=\"12\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
        );
        const double doublings = 5;
        double At(double log) => Left + (Wide / 2.0) + (Math.Clamp(log, -doublings, doublings) * Wide / 2 / doublings);
        for (var log = -doublings; log <= doublings; log++)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{At(log):0}\" x2=\"{At(log):0}\" y1=\"4\" y2=\"{below - 30}\" stroke=\"{(log == 0 ? "#222" : "#ddd")}\"/>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{At(log):0}\" y=\"{below - 14}\" text-anchor=\"middle\" fill=\"#555\">{(log == 0 ? "bar" : log > 0 ? $"{Math.Pow(2, log):0} ×" : $"1/{Math.Pow(2, -log):0}")}</text>"
            );
        }

        for (var at = 0; at < lines.Count; at++)
        {
            var (name, line) = lines[at];
            var bar = double.Parse(line.Bar.Split(' ')[^1], CultureInfo.InvariantCulture);
            var better = line.Bar.StartsWith('<') ? bar / Math.Max(line.Ratio, 1e-9) : line.Ratio / bar;
            var (from, to) = (At(0), At(Math.Log2(Math.Max(better, 1e-9))));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"8\" y=\"{(at * High) + 19}\" fill=\"#222\">{name.ToUpperInvariant()} {SecurityElement.Escape(Shortened(line.What))}</text>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{Math.Min(from, to):0}\" y=\"{(at * High) + 8}\" width=\"{Math.Max(2, Math.Abs(to - from)):0}\" height=\"{High - 8}\" fill=\"{(line.Reached ? "#3a7d44" : "#b5482f")}\"/>"
            );
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Shortened(string text) => text.Length <= 66 ? text : text[..65] + "…";

    private static string Git(string arguments)
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", arguments) { WorkingDirectory = Bench.Root, RedirectStandardOutput = true }
        )!;
        var text = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return text;
    }
}
