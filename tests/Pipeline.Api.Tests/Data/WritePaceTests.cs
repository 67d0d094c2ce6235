using Pipeline.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>How many share a transaction, so that others wait for a quarter of a second at most.</summary>
public sealed class WritePaceTests
{
    [Test]
    public void It_doubles_while_there_is_time_and_shrinks_at_once_when_there_is_none()
    {
        var pace = new WritePace(600);
        var rows = new List<int> { pace.Size };
        // 50 rows in 25 ms: 500 would fit, twice as many are tried; 100 in 50 ms and 200 in 100 ms likewise. 400 in 200 ms: 500 fit.
        // 500 in a second, the library having grown or others being busy: 125 fit. 125 in 25 s: the least.
        foreach (var milliseconds in new[] { 25, 50, 100, 200, 1000, 25_000 })
        {
            pace.Took(pace.Size, TimeSpan.FromMilliseconds(milliseconds), othersWaited: true);
            rows.Add(pace.Size);
        }

        rows.ShouldBe([50, 100, 200, 400, 500, 125, 10]);
    }

    [Test]
    public void It_never_takes_more_than_may_be()
    {
        var pace = new WritePace(600);
        for (var turn = 0; turn < 10; turn++)
            pace.Took(pace.Size, TimeSpan.Zero, othersWaited: true);
        pace.Size.ShouldBe(600);
        new WritePace(20).Size.ShouldBe(20);
    }

    [Test]
    public void It_takes_a_second_once_nobody_waited_ten_times_and_a_quarter_again_as_soon_as_somebody_does()
    {
        // Five milliseconds each: 50 fit into a quarter of a second, 200 into a second.
        var pace = new WritePace(600);
        var rows = new List<int>();
        foreach (var waited in Enumerable.Repeat(false, 12).Append(true).Append(false))
        {
            pace.Took(pace.Size, TimeSpan.FromMilliseconds(5 * pace.Size), waited);
            rows.Add(pace.Size);
        }

        rows.ShouldBe([.. Enumerable.Repeat(50, 9), 100, 200, 200, 50, 50]);
    }
}
