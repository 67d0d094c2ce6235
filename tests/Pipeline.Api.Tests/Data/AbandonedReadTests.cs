using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>A read of which nobody waits for the answer any more ends, and takes nobody else's with it.</summary>
public sealed class AbandonedReadTests(string engine) : OnEachEngine(engine)
{
    private Database Database => App.Services.GetRequiredService<Database>();

    [Test]
    public async Task It_ends_at_the_next_row_and_others_read_on()
    {
        using var waits = new CancellationTokenSource();
        var taken = 0;
        for (var times = 1; times <= 10; times++)
            await Should.ThrowAsync<OperationCanceledException>(() =>
                Database.Read(
                    async session =>
                    {
                        await session.Each("SELECT id FROM users ORDER BY seq", _ =>
                        {
                            taken++;
                            waits.Cancel();
                        });
                        return taken;
                    },
                    waits.Token
                )
            );

        // The first was broken off after a row; the others were not begun.
        taken.ShouldBe(1);
        (await Database.Read(session => session.One<long>("SELECT COUNT(*) FROM users"))).ShouldBeGreaterThan(1);
    }

    [Test]
    public async Task It_begins_no_further_statement()
    {
        using var waits = new CancellationTokenSource();
        var begun = 0;
        await Should.ThrowAsync<OperationCanceledException>(() =>
            Database.Read(
                async session =>
                {
                    await session.Query<string>("SELECT id FROM users ORDER BY seq");
                    begun++;
                    await waits.CancelAsync();
                    await session.Query<string>("SELECT id FROM users ORDER BY seq");
                    return ++begun;
                },
                waits.Token
            )
        );
        begun.ShouldBe(1);
    }
}
