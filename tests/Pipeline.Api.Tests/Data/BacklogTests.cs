using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>What piled up is worked through while others write.</summary>
public sealed class BacklogTests(string engine) : OnEachEngine(engine)
{
    private Database Database => App.Services.GetRequiredService<Database>();

    [Test]
    public async Task All_of_it_is_written_no_more_at_once_than_may_be()
    {
        var left = 1000;
        var sizes = new List<int>();
        await Database.WorkThrough(120, (_, size) =>
        {
            sizes.Add(size);
            left -= Math.Min(left, size);
            return Task.FromResult(left > 0);
        });
        left.ShouldBe(0);
        sizes[0].ShouldBe(50);
        sizes.Max().ShouldBeLessThanOrEqualTo(120);
    }

    [Test]
    public async Task Who_asks_meanwhile_is_answered_before_the_next_part()
    {
        // The backlog has no end until somebody else has written: it would never end if it kept the place to write.
        var another = new TaskCompletionSource();
        Task? asked = null;
        await Database.WorkThrough(10, (_, _) =>
        {
            using (ExecutionContext.SuppressFlow())
                asked ??= Task.Run(() => Database.Write(_ => Task.FromResult(another.TrySetResult())));
            return Task.FromResult(!another.Task.IsCompleted);
        });
        await asked!;
        another.Task.IsCompleted.ShouldBeTrue();
    }

    [Test]
    public async Task It_stops_where_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        var parts = 0;
        await Should.ThrowAsync<OperationCanceledException>(() =>
            Database.WorkThrough(
                10,
                async (_, _) =>
                {
                    parts++;
                    await stop.CancelAsync();
                    return true;
                },
                stop.Token
            )
        );
        parts.ShouldBe(1);
    }
}
