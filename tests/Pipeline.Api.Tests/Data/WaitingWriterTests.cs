using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Data.Sqlite;

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
            await session.Lock(LockName.Project("1"));
            session.Now.ShouldBe(PipelineApp.Start.AddSeconds(3));
        });
    }
}
