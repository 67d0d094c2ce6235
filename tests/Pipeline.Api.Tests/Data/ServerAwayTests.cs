using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Data.Sqlite;
using Pipeline.Data.SqlServer;

namespace Pipeline.Api.Tests.Data;

/// <summary>A database server that is away, or busy with others, is told of as such; nothing ends for it. No server is needed to see that.</summary>
public sealed class ServerAwayTests
{
    [Test]
    public async Task A_server_that_refuses_connections_is_away()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await IsAway(port);
    }

    [Test]
    public async Task A_server_that_hangs_up_is_away()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var end = new CancellationTokenSource();
        var hangingUp = HangUp();
        await IsAway(((IPEndPoint)listener.LocalEndpoint).Port);
        await end.CancelAsync();
        await hangingUp;

        async Task HangUp()
        {
            try
            {
                while (true)
                    (await listener.AcceptTcpClientAsync(end.Token)).Dispose();
            }
            catch (OperationCanceledException) { }
        }
    }

    [Test]
    public async Task Who_waits_for_a_lock_in_vain_is_told_to_come_again_and_a_twin_that_it_is_one()
    {
        using var app = new PipelineApp("sqlite");
        app.Observe(new Busy(LockKind.Intake));
        var report = (await app.As("nanhu").Reports(Given.Project())).IsProblem(503, "database-unavailable");
        report.Headers.RetryAfter.ShouldNotBeNull();
        app.Observe(new Busy(LockKind.IdempotencyKey));
        (await app.As("nanhu").Reports(Given.Project(), null, ("Idempotency-Key", "one"))).IsProblem(
            409,
            "request-in-progress"
        );
        app.Observe(null);
        (await app.As("nanhu").Reports(Given.Project())).Is(201);
    }

    [Test]
    public async Task What_somebody_else_changed_meanwhile_is_done_again_from_the_start()
    {
        using var app = new PipelineApp("sqlite", services: services =>
            services.AddSingleton<IDialect>(provider => new SideBySide(
                new SqliteDialect(provider.GetRequiredService<IConfiguration>().GetConnectionString("Pipeline")!)
            ))
        );
        app.Observe(new Busy(LockKind.Intake, () => new WriteConflictException("somebody was faster"), times: 2));
        (await app.As("nanhu").Reports(Given.Project())).Is(201);
        app.Sql(connection => Dapper.SqlMapper.ExecuteScalar<long>(connection, "SELECT COUNT(*) FROM claims"))
            .ShouldBe(1);
    }

    [Test]
    public async Task The_program_waits_for_whoever_prepares_the_database()
    {
        var busy = new Busy(LockKind.Seed, times: 3);
        using var app = new PipelineApp("sqlite", services: services =>
            services.AddSingleton<IStatementObserver>(busy)
        );
        busy.Left.ShouldBe(0);
        (await app.As("nanhu").Get("me")).Is(200);
    }

    private static async Task IsAway(int port)
    {
        using var database = new Database(
            new SqlServerDialect($"Server=127.0.0.1,{port};User Id=x;Password=x;Encrypt=false;Connect Timeout=1"),
            new Clock(TimeProvider.System),
            new Vault([], new byte[32], new byte[32])
        );
        await Should.ThrowAsync<DatabaseUnavailableException>(() =>
            database.Read(session => session.One<long>("SELECT COUNT(*) FROM projects"))
        );
        await Should.ThrowAsync<DatabaseUnavailableException>(() =>
            database.Write(session => session.Execute("UPDATE projects SET version = version + 1"))
        );
    }

    /// <summary>Keeps a lock from whoever wants it, some times.</summary>
    private sealed class Busy(LockKind kind, Func<Exception>? error = null, int times = int.MaxValue)
        : IStatementObserver
    {
        public int Left { get; private set; } = times;

        public void Sends(Session session, IReadOnlyList<PendingWrite> writes, string? sql, Parameters? parameters) { }

        public void Locks(Session session, LockName name)
        {
            if (name.Kind == kind && Left-- > 0)
                throw error?.Invoke() ?? new LockTimeoutException(name);
            Left = Math.Max(Left, 0);
        }
    }
}
