namespace Pipeline.Api.Features.Imports;

/// <summary>How many rows of an import share a transaction: as many as keep others from writing for no longer than a quarter of a second, however large the library and however busy the machine is. The first few tell; more are tried by doubling.</summary>
/// <param name="most">How many at most.</param>
public sealed class ImportPace(int most)
{
    private const int First = 50,
        Least = 10;

    /// <summary>How long others may wait for one transaction.</summary>
    public static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(250);

    /// <summary>How many the next transaction takes.</summary>
    public int Rows { get; private set; } = Math.Min(First, most);

    /// <summary>Says how long a transaction of so many rows kept others waiting.</summary>
    public void Took(int rows, TimeSpan time)
    {
        var fit = time > TimeSpan.Zero ? rows * (Aim / time) : most;
        Rows = Math.Min(most, (int)Math.Clamp(fit, Least, rows * 2.0));
    }
}
