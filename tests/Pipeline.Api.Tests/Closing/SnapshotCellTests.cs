using Pipeline.Domain.Assessment;
using Pipeline.Store;
using Pipeline.Store.Assessment;

namespace Pipeline.Api.Tests.Closing;

/// <summary>A figure of a closed period reads as it was kept (R108).</summary>
public sealed class SnapshotCellTests
{
    private static FigureCell Reread(string body) => Json.Read<SnapshotCell>(body).Cell("signed", "haiyan");

    // One fact is left out and two are undecided in May; of the year to its end five are.
    [Test]
    public void R108_a_figure_is_read_as_it_was_kept()
    {
        var cell = new FigureCell(3, 8, new Target("signed", "haiyan", 10, true, 2), 0.8m, null, 2, 0.5m, null, 1, 2)
        {
            UncertainToDate = 5,
        };
        Reread(Json.Write(SnapshotCell.Of(cell))).ShouldBe(cell);
    }

    // A snapshot that did not keep what is uncertain of the year: 1 + 2 of the period are at least.
    [Test]
    public void R108_an_older_snapshot_tells_what_it_kept() =>
        Reread("""{"value":3,"cumulative":8,"unknown":1,"undecided":2}""").UncertainToDate.ShouldBe(3);
}
