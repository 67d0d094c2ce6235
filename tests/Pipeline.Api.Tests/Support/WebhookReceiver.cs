using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pipeline.Api.Tests.Support;

/// <summary>What was sent to a receiver.</summary>
public sealed record Received(string Id, string Timestamp, string Signature, string Text, string? ContentType)
{
    public JsonNode Body => JsonNode.Parse(Text)!;
}

/// <summary>An address of this machine that takes what is sent to it, and answers what the test says.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> all = new();

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var received = new Received(
                context.Request.Headers["webhook-id"].ToString(),
                context.Request.Headers["webhook-timestamp"].ToString(),
                context.Request.Headers["webhook-signature"].ToString(),
                await reader.ReadToEndAsync(),
                context.Request.ContentType
            );
            all.Enqueue(received);
            await Answers(context, received);
        });
    }

    /// <summary>What it answers; 204 at first.</summary>
    public Func<HttpContext, Received, Task> Answers { get; set; } =
        (context, _) =>
        {
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        };

    public string Url => $"{app.Urls.First()}/hook";

    /// <summary>What it was sent, pings left out.</summary>
    public IReadOnlyList<Received> Events => [.. all.Where(received => (string?)received.Body["type"] != "ping")];

    public IReadOnlyList<Received> All => [.. all];

    public static async Task<WebhookReceiver> Start()
    {
        var receiver = new WebhookReceiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Answers with this status from now on.</summary>
    public void Says(int status, string? retryAfter = null) =>
        Answers = (context, _) =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is not null)
                context.Response.Headers.RetryAfter = retryAfter;
            return context.Response.WriteAsync(status == 204 ? "" : "no");
        };

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
