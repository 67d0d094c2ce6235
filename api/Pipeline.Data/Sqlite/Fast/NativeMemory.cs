using System.Runtime.InteropServices;

namespace Pipeline.Data.Sqlite.Fast;

/// <summary>The memory that the embedded database takes past the runtime.</summary>
public static class NativeMemory
{
    // M_ARENA_MAX of malloc.h of the GNU C library.
    private const int ArenaMax = -8;

    /// <summary>
    /// Has threads share the heaps that the C library has made so far, where that is GNU's. By itself it gives threads heaps of their own:
    /// what a connection takes on one thread and gives back on another stays with the first, a hundred megabytes of it in a long import.
    /// To be called before there are other threads.
    /// </summary>
    public static void Share()
    {
        if (FastPaths.Heaps)
            Ask(() => _ = SetOption(ArenaMax, 1));
    }

    /// <summary>Gives back to the system what the C library keeps without need, where that is GNU's.</summary>
    public static void Trim()
    {
        if (FastPaths.Trim)
            Ask(() => _ = GiveBack(0));
    }

    private static void Ask(Action ask)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            ask();
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library, musl for one, has one heap and keeps little; it may bear another name, too.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);

    [DllImport("libc", EntryPoint = "malloc_trim"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GiveBack(nuint keep);
}
