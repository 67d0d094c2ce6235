namespace Pipeline.Data;

/// <summary>How many things share a transaction where there are many to write: as many as keep others from writing for no longer than a quarter of a second, however large the library and however busy the machine is; a second while nobody else writes, since many together cost less. The first few tell; more are tried by doubling.</summary>
/// <param name="most">How many at most.</param>
public sealed class WritePace(int most)
{
    private const int First = 50,
        Least = 10;

    /// <summary>How many transactions for which nobody waited say that nobody else writes.</summary>
    private const int Quiet = 10;

    /// <summary>How long others may wait for one transaction.</summary>
    public static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(250);

    /// <summary>How long one transaction takes while nobody else writes: whoever then begins to waits once for so long.</summary>
    public static readonly TimeSpan AimAlone = TimeSpan.FromSeconds(1);

    private int quiet;

    /// <summary>How many the next transaction takes.</summary>
    public int Size { get; private set; } = Math.Min(First, most);

    /// <summary>Says how long a transaction of so many kept others from writing, and whether anybody waited for it.</summary>
    public void Took(int size, TimeSpan time, bool othersWaited)
    {
        quiet = othersWaited ? 0 : quiet + 1;
        var aim = quiet < Quiet ? Aim : AimAlone;
        var fit = time > TimeSpan.Zero ? size * (aim / time) : most;
        Size = Math.Min(most, (int)Math.Clamp(fit, Least, size * 2.0));
    }
}

/// <summary>Works through what has piled up and cannot wait for anybody to ask: in the background, while people work.</summary>
public static class Backlog
{
    /// <summary>Writes some, and some more, until there are none; each time as many as <see cref="WritePace"/> allows, and after each as long a rest as it took, so that most of the time is left to others.</summary>
    /// <param name="most">How many share a transaction at most.</param>
    /// <param name="some">Writes the next, as many as it is told; whether there may be more. What it did last must be on record, so that it goes on after a stop.</param>
    public static async Task WorkThrough(
        this Database database,
        int most,
        Func<Session, int, Task<bool>> some,
        CancellationToken cancel = default
    )
    {
        var pace = new WritePace(most);
        while (!cancel.IsCancellationRequested)
        {
            // From when on others wait for it: not while it waits itself.
            var (began, othersWaited) = (0L, false);
            var more = await database.Write(
                async session =>
                {
                    began = TimeProvider.System.GetTimestamp();
                    var left = await some(session, pace.Size);
                    othersWaited = database.OthersWait;
                    return left;
                },
                alone: true
            );
            var took = TimeProvider.System.GetElapsedTime(began);
            if (!more)
                return;
            pace.Took(pace.Size, took, othersWaited);
            await Task.Delay(took, cancel);
        }
    }
}
