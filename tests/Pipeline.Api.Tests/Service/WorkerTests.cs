using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Api.Tests.Support;
using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Service;

/// <summary>Work in the background goes on, whatever a round throws.</summary>
public sealed class WorkerTests
{
    private static readonly Exception[] Thrown =
    [
        new InvalidOperationException("nobody foresaw it"),
        new OperationCanceledException("not the program's end"),
        new TaskCanceledException(),
        new DatabaseUnavailableException(null),
        new LockTimeoutException(LockName.Intake),
        new ClockUnreliableException(),
        new WriteConflictException("somebody was faster"),
        new UnreadableRecordException("sealed"),
        new IOException("disk"),
        new NullReferenceException(),
        new OutOfMemoryException(),
    ];

    [Test]
    public async Task A_round_that_throws_anything_is_followed_by_the_next()
    {
        var states = new WorkerStates();
        var worker = new Failing(
            new WorkerParts(new Readiness { IsReady = true }, TimeProvider.System, states, NullLoggerFactory.Instance)
        );
        await worker.StartAsync(CancellationToken.None);
        for (var round = 0; round <= Thrown.Length; round++)
        {
            worker.Rounds.Writer.TryWrite(true);
            await worker.Begun.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        }

        worker.FailuresBefore.ShouldBe(Thrown.Length);
        await worker.StopAsync(CancellationToken.None);
        worker.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
        states.All[nameof(Failing)].Failures.ShouldBe(0);
    }

    [Test]
    public async Task A_worker_of_a_host_that_goes_without_stopping_it_ends()
    {
        var worker = new Idle(
            new WorkerParts(
                new Readiness { IsReady = true },
                TimeProvider.System,
                new WorkerStates(),
                NullLoggerFactory.Instance
            )
        );
        await worker.StartAsync(CancellationToken.None);
        await Task.Run(worker.Dispose).WaitAsync(TimeSpan.FromSeconds(20));
        await worker.ExecuteTask!.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Test]
    public void Every_worker_of_the_program_is_one_of_these() =>
        ProductAssemblies
            .All.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(Microsoft.Extensions.Hosting.IHostedService)))
            .Where(type => !type.IsAssignableTo(typeof(PeriodicWorker)))
            .ShouldBeEmpty();

    private sealed class Idle(WorkerParts parts) : TimedWorker(TimeSpan.FromHours(1), parts)
    {
        protected override Task<bool> RunRound(CancellationToken stopping) => Task.FromResult(true);
    }

    private sealed class Failing(WorkerParts parts) : PeriodicWorker(parts)
    {
        private readonly WorkerParts parts = parts;
        private int at;

        public Channel<bool> Rounds { get; } = System.Threading.Channels.Channel.CreateUnbounded<bool>();
        public Channel<bool> Begun { get; } = System.Threading.Channels.Channel.CreateUnbounded<bool>();

        /// <summary>How many rounds had failed when the last one began.</summary>
        public int FailuresBefore { get; private set; }

        protected override async Task Wait(CancellationToken stopping) => await Rounds.Reader.ReadAsync(stopping);

        protected override Task<bool> RunRound(CancellationToken stopping)
        {
            FailuresBefore = parts.States.All.GetValueOrDefault(nameof(Failing))?.Failures ?? 0;
            Begun.Writer.TryWrite(true);
            return at < Thrown.Length ? throw Thrown[at++] : Task.FromResult(true);
        }
    }
}
