using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Pipeline.Data;

/// <summary>Runs what takes long, and what nobody at a screen waits for by the second: exports, closings, proofs of whole chains. It has threads of its own, to which the system gives the time that people's calls leave; so it neither takes those calls' threads nor slows them down.</summary>
/// <remarks>Reads of the embedded file hold their thread until they are done, so that a few long ones would hold all threads of the pool.</remarks>
public sealed class BackgroundWork : TaskScheduler
{
    private const int MostThreads = 4;

    /// <summary>How far behind others, by the scale of Unix from 0 to 19: a third of the time that an ordinary thread has, where both want it. Further back it would hardly get on beside other busy programs of the machine.</summary>
    private const int Niceness = 5;

    private static readonly BackgroundWork Scheduler = new();

    private readonly BlockingCollection<Task> waiting = [];
    private int threads;

    /// <summary>What waits or runs.</summary>
    private int open;

    private BackgroundWork() { }

    public override int MaximumConcurrencyLevel => MostThreads;

    /// <summary>Whether the present flow of control runs here.</summary>
    public static bool IsHere => Current is BackgroundWork;

    /// <summary>Runs something here, with all that it awaits.</summary>
    public static Task<T> Run<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler).Unwrap();

    /// <inheritdoc cref="Run{T}"/>
    public static Task Run(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler).Unwrap();

    /// <summary>Runs something that others wait for on an ordinary thread, wherever it is called from.</summary>
    internal static Task<T> Leave<T>(Func<Task<T>> work) => IsHere ? Task.Run(work) : work();

    protected override void QueueTask(Task task)
    {
        waiting.Add(task);
        if (Interlocked.Increment(ref open) <= Volatile.Read(ref threads))
            return;
        if (Interlocked.Increment(ref threads) <= MostThreads)
            new Thread(Work) { IsBackground = true, Name = "background work" }.Start();
        else
            Interlocked.Decrement(ref threads);
    }

    // Never on the thread of whoever asks: that one may be an ordinary one.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [.. waiting];

    private void Work()
    {
        StepBack();
        while (true)
        {
            TryExecuteTask(waiting.Take());
            Interlocked.Decrement(ref open);
        }
    }

    private static void StepBack()
    {
        // The runtime's own priorities mean nothing to Linux, which has one for each thread.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(which: 0, who: 0, Niceness);
        else
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    [DllImport("libc", EntryPoint = "setpriority"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int priority);
}
