using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Data;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Data;

/// <summary>The instant at which a writer acts where writers run side by side (R11, R24).</summary>
public sealed class WaitingWriterTests
{
    [Test]
    public async Task Who_waited_for_a_right_acts_after_whoever_had_it()
    {
        using var app = new PipelineApp("sqlite");
        using var engine = new SqliteDialect(app.Database.ConnectionString);
        using var database = new Database(
            new SideBySide(engine),
            new Clock(app.Time),
            app.Services.GetRequiredService<Vault>()
        );
        await database.Write(async session =>
        {
            session.Now.ShouldBe(PipelineApp.Start);
            app.Time.Advance(TimeSpan.FromSeconds(3)); // another holds the project meanwhile, and ends a claim at the end of it
            await session.Lock("pipeline:project:1");
            session.Now.ShouldBe(PipelineApp.Start.AddSeconds(3));
        });
    }

    /// <summary>An engine whose writers do not queue inside the process: they have begun, and read the clock, before they wait for a right.</summary>
    private sealed class SideBySide(SqliteDialect engine) : IDialect
    {
        public string Name => engine.Name;
        public bool OneWriter => false;
        public string? NowSql => engine.NowSql;

        public string Day(string dates) => engine.Day(dates);

        public string Month(string dates) => engine.Month(dates);

        public string CityMonth(string instants) => engine.CityMonth(instants);

        public string Days(string from, string to) => engine.Days(from, to);

        public DbConnection Connect() => engine.Connect();

        public Task Greet(DbConnection connection, TimeSpan patience) => engine.Greet(connection, patience);

        public string Render(string sql) => engine.Render(sql);

        public Task<bool> Lock(DbConnection connection, DbTransaction transaction, string resource) =>
            engine.Lock(connection, transaction, resource);

        public bool IsDuplicateKey(DbException error) => engine.IsDuplicateKey(error);

        public bool IsTransient(DbException error) => engine.IsTransient(error);

        public bool IsAway(DbException error) => engine.IsAway(error);
    }
}
