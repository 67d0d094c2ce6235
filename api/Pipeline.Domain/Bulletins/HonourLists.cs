using Pipeline.Domain.Assessment;

namespace Pipeline.Domain.Bulletins;

/// <summary>Red and black lists (红黑榜): the first and the last of a group (R118).</summary>
/// <param name="Red">The first, the best at the head.</param>
/// <param name="Black">The last, the worst at the end.</param>
public sealed record HonourLists(IReadOnlyList<string> Red, IReadOnlyList<string> Black)
{
    /// <summary>The lists of a group by completion. All who share a place are on a list together; who is on the red one is not on the black one; who has no completion is on neither (R103).</summary>
    /// <param name="places">How many places a list has.</param>
    public static HonourLists Of(IReadOnlyList<(string Unit, decimal? Completion)> group, int places)
    {
        var fromTop = Ranking.Of([.. group.Select(one => one.Completion)]);
        var fromBottom = Ranking.Of([.. group.Select(one => one.Completion)], Direction.Down);
        var ranked = group
            .Select((one, at) => (one.Unit, Top: fromTop[at], Bottom: fromBottom[at]))
            .Where(one => one.Top is not null)
            .OrderBy(one => one.Top)
            .ToList();
        return new HonourLists(
            [.. ranked.Where(one => one.Top <= places).Select(one => one.Unit)],
            [.. ranked.Where(one => one.Top > places && one.Bottom <= places).Select(one => one.Unit)]
        );
    }
}
