using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>Long work has threads of its own behind the others; what others wait for leaves them.</summary>
public sealed class BackgroundWorkTests
{
    private static bool IsAside => !Thread.CurrentThread.IsThreadPoolThread && BackgroundWork.IsHere;

    [Test]
    public async Task It_stays_on_its_own_threads_whatever_it_awaits()
    {
        var seen = await BackgroundWork.Run(async () =>
        {
            var before = IsAside;
            await Task.Yield();
            var yielded = IsAside;
            var elsewhere = await Task.Run(() => IsAside);
            return (before, yielded, elsewhere, after: IsAside);
        });
        seen.ShouldBe((true, true, false, true));
        BackgroundWork.IsHere.ShouldBeFalse();
    }

    [Test]
    public async Task A_write_leaves_it_and_a_read_does_not()
    {
        using var library = await EmptyLibrary.Make();
        var database = library.Database;
        var seen = await BackgroundWork.Run(async () =>
        {
            var read = await database.Read(_ => Task.FromResult(IsAside));
            var written = await database.Write(_ => Task.FromResult(IsAside));
            return (read, written, after: IsAside);
        });
        seen.ShouldBe((true, false, true));
    }

    [Test]
    public async Task The_system_gives_it_the_time_that_others_leave()
    {
        if (!OperatingSystem.IsLinux())
        {
            (await BackgroundWork.Run(() => Task.FromResult(Thread.CurrentThread.Priority))).ShouldBe(
                ThreadPriority.BelowNormal
            );
            return;
        }

        // proc(5): the 19th figure is the niceness; those before it begin behind the name, which is in brackets.
        static int Niceness() => int.Parse(File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ')[16]);
        var own = Niceness();
        (await BackgroundWork.Run(() => Task.FromResult(Niceness()))).ShouldBe(Math.Min(19, Math.Max(own, 5)));
        Niceness().ShouldBe(own);
    }

    [Test]
    public async Task What_holds_its_thread_does_not_hold_up_the_next()
    {
        using var gate = new ManualResetEventSlim();
        var held = Enumerable
            .Range(0, 3)
            .Select(_ =>
                BackgroundWork.Run(() =>
                {
                    gate.Wait();
                    return Task.CompletedTask;
                })
            )
            .ToList();
        await BackgroundWork.Run(() => Task.CompletedTask);
        held.ShouldAllBe(work => !work.IsCompleted);
        gate.Set();
        await Task.WhenAll(held);
    }

    [Test]
    public async Task More_than_there_are_threads_for_are_all_done_and_a_failure_is_told()
    {
        var together = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(n =>
                    BackgroundWork.Run(async () =>
                    {
                        await Task.Yield();
                        return n;
                    })
                )
        );
        together.ShouldBe(Enumerable.Range(0, 50));
        await Should.ThrowAsync<TimeoutException>(() =>
            BackgroundWork.Run(async () =>
            {
                await Task.Yield();
                throw new TimeoutException();
            })
        );
    }
}
