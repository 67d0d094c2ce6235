using System.Runtime.CompilerServices;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Tests.Imports;

namespace Pipeline.Domain.Tests.Matching;

/// <summary>How well R13 does on a real register, held against pairs that a person found by reading it.</summary>
public class RegisterPairsTests
{
    private static readonly IReadOnlyList<(int A, int B, string Kind)> True =
    [
        .. File.ReadLines(Path.Combine(Path.GetDirectoryName(Here())!, "register-pairs.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => (int.Parse(cells[0]), int.Parse(cells[1]), cells[2])),
    ];

    private static readonly string[] Otherwise =
    [
        MatchReasons.OtherSpelling,
        MatchReasons.NameCore,
        MatchReasons.InvestorNamed,
    ];

    private static string Here([CallerFilePath] string here = "") => here;

    private static readonly Lazy<IReadOnlyList<(int A, int B, Match Match)>> Found = new(() =>
    {
        var rows = Register
            .Rows.Where(row => !row.IsRefused)
            .Select(row => (Number: int.Parse(row.Number!), Facts: new ComparedFacts(row.Facts())))
            .ToList();
        return
        [
            .. rows.SelectMany((a, at) => rows.Skip(at + 1), (a, b) => (a, b))
                .Select(pair =>
                    (A: pair.a.Number, B: pair.b.Number, Match: Matcher.Compare(pair.a.Facts, pair.b.Facts)!)
                )
                .Where(pair => pair.Match is not null),
        ];
    });

    [Test]
    public void Nine_of_ten_true_pairs_are_found_and_nine_of_ten_found_are_true()
    {
        var known = True.Select(pair => (pair.A, pair.B)).ToHashSet();
        var found = Found.Value.Select(pair => (pair.A, pair.B)).ToHashSet();
        var right = found.Intersect(known).Count();
        TestContext.Out.WriteLine($"true {known.Count}, found {found.Count}, right {right}");
        TestContext.Out.WriteLine(
            $"precision {(double)right / found.Count:0.000}, recall {(double)right / known.Count:0.000}"
        );
        var plain = Found
            .Value.Where(pair => !pair.Match.Reasons.All(Otherwise.Contains))
            .Select(pair => (pair.A, pair.B))
            .ToList();
        TestContext.Out.WriteLine(
            $"names as they stand alone: found {plain.Count}, right {plain.Count(known.Contains)}"
        );
        foreach (var pair in Found.Value.Where(pair => !known.Contains((pair.A, pair.B))))
            TestContext.Out.WriteLine(
                $"false {pair.A}-{pair.B} {pair.Match.Level} {string.Join(' ', pair.Match.Reasons)}"
            );
        foreach (var pair in True.Where(pair => !found.Contains((pair.A, pair.B))))
            TestContext.Out.WriteLine($"missed {pair.A}-{pair.B} {pair.Kind}");
        ((double)right / found.Count).ShouldBeGreaterThanOrEqualTo(0.9);
        ((double)right / known.Count).ShouldBeGreaterThanOrEqualTo(0.9);
    }

    [Test]
    public void What_is_held_to_be_the_same_project_is_one()
    {
        var projects = True.Where(pair => pair.Kind == "project").Select(pair => (pair.A, pair.B)).ToHashSet();
        Found
            .Value.Where(pair => pair.Match.Level == MatchLevel.L1 && !projects.Contains((pair.A, pair.B)))
            .Select(pair => $"{pair.A}-{pair.B} {string.Join(' ', pair.Match.Reasons)}")
            .ShouldBeEmpty();
    }
}
