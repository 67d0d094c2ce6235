using System.Net;
using Polly;
using Polly.Retry;

namespace Pipeline.Client;

/// <summary>
/// Gives each POST an <c>Idempotency-Key</c>, and sends again, up to four times, what may be sent again: after a broken
/// connection, 502, 503 or 504 what only reads or carries such a key; after 429, where nothing was done, everything. It
/// waits as long as <c>Retry-After</c> says, up to a minute, else half a second, doubled each time.
/// </summary>
public sealed class SafeRepetition : DelegatingHandler
{
    private const string IdempotencyKey = "Idempotency-Key";
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly ResiliencePropertyKey<HttpRequestMessage> Sent = new("request");

    private readonly ResiliencePipeline<HttpResponseMessage> repetition;

    public SafeRepetition()
        : this(TimeProvider.System) { }

    /// <param name="time">The clock by which the pauses are waited.</param>
    public SafeRepetition(TimeProvider time) =>
        repetition = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions<HttpResponseMessage>
                {
                    MaxRetryAttempts = 4,
                    Delay = TimeSpan.FromMilliseconds(500),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = attempt => ValueTask.FromResult(MayRepeat(attempt.Context, attempt.Outcome, time)),
                    DelayGenerator = attempt => ValueTask.FromResult(PauseToldBy(attempt.Outcome.Result, time)),
                    OnRetry = attempt =>
                    {
                        attempt.Outcome.Result?.Dispose();
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (request.Method == HttpMethod.Post && !request.Headers.Contains(IdempotencyKey))
            request.Headers.Add(IdempotencyKey, Guid.NewGuid().ToString());
        if (request.Content is not null)
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(Sent, request);
            return await repetition.ExecuteAsync(
                async attempt => await base.SendAsync(request, attempt.CancellationToken),
                context
            );
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool MayRepeat(ResilienceContext context, Outcome<HttpResponseMessage> outcome, TimeProvider time)
    {
        if (PauseToldBy(outcome.Result, time) > LongestPause)
            return false;
        if (outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests)
            return true;
        var request = context.Properties.GetValue(Sent, null!);
        return (
                request.Method == HttpMethod.Get
                || request.Method == HttpMethod.Head
                || request.Headers.Contains(IdempotencyKey)
            )
            && (
                outcome.Exception is HttpRequestException
                || outcome.Result?.StatusCode
                    is HttpStatusCode.BadGateway
                        or HttpStatusCode.ServiceUnavailable
                        or HttpStatusCode.GatewayTimeout
            );
    }

    private static TimeSpan? PauseToldBy(HttpResponseMessage? answer, TimeProvider time) =>
        answer?.Headers.RetryAfter switch
        {
            { Delta: { } pause } => pause,
            { Date: { } until } when until > time.GetUtcNow() => until - time.GetUtcNow(),
            { Date: not null } => TimeSpan.Zero,
            _ => null,
        };
}
