using System.Runtime.InteropServices;

namespace Pipeline.Api.Data;

/// <summary>The memory that the embedded database takes past the runtime.</summary>
public static class NativeMemory
{
    // M_ARENA_MAX of malloc.h of the GNU C library.
    private const int ArenaMax = -8;

    /// <summary>
    /// Has all threads share one heap of the C library where that is GNU's; does nothing elsewhere. By itself it gives threads heaps of their own:
    /// what a connection takes on one thread and gives back on another stays with the first, a hundred megabytes of it in a long import.
    /// To be called before there are other threads.
    /// </summary>
    public static void Share()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(ArenaMax, 1);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, musl for one, has one heap anyway.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
