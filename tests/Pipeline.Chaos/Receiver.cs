using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Pipeline.Domain.Webhooks;

namespace Pipeline.Chaos;

/// <summary>Takes what a webhook sends, refuses some of it at first, and keeps all of it.</summary>
public sealed class Receiver : IDisposable
{
    private const int RefusedAtFirst = 20;

    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<(string Id, JsonNode Body, bool Signed)> all = new();
    private readonly ConcurrentDictionary<string, int> times = new();
    private int ids,
        countAtRest;

    public Receiver()
    {
        Url = $"http://127.0.0.1:{Instance.FreePort()}/hook/";
        listener.Prefixes.Add(Url);
        listener.Start();
        _ = Task.Run(Serve);
    }

    public string Url { get; }

    /// <summary>What signs.</summary>
    public string Secret { get; } =
        "whsec_" + Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));

    /// <summary>From now on nothing need be known to the feed's reader: windows go on to end, and are told of.</summary>
    public void Rest() => countAtRest = all.Count;

    /// <summary>What is wrong with what came, in words: each change at least once, none that was not signed, those of one subject in their order.</summary>
    /// <param name="due">What the feed told before everything was sent.</param>
    /// <param name="feed">All that the feed told, up to an instant after <see cref="Rest"/>.</param>
    public IEnumerable<string> Violations(IReadOnlyList<JsonNode> due, IReadOnlyList<JsonNode> feed)
    {
        var events = all.Where(one => (string)one.Body["type"]! != "ping").ToList();
        foreach (var (id, body, signed) in events.Where(one => !one.Signed))
            yield return $"webhook: {body["type"]} {id} was not signed by its secret";
        var came = events.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var item in due.Where(item => !came.Contains((string)item["id"]!)))
            yield return $"webhook: {item["type"]} {item["id"]} never came";
        var known = feed.Select(item => (string)item["id"]!).ToHashSet(StringComparer.Ordinal);
        var before = all.Take(countAtRest)
            .Where(one => (string)one.Body["type"]! != "ping")
            .Select(one => one.Id)
            .Distinct();
        foreach (var id in before.Where(id => !known.Contains(id)))
            yield return $"webhook: {id} came, which the feed does not know";
        foreach (var subject in events.GroupBy(one => (string)one.Body["subject"]!))
        {
            var order = subject.Select(one => (string)one.Body["sequence"]!).Distinct().ToList();
            if (!order.SequenceEqual(order.Order(StringComparer.Ordinal)))
                yield return $"webhook: changes of {subject.Key} came in another order: {string.Join(' ', order)}";
        }
    }

    /// <summary>How often it refused: the first change after the ping that consents, and each twentieth from there.</summary>
    public int Refused => (ids + RefusedAtFirst - 2) / RefusedAtFirst;

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            try
            {
                Take(await listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
            {
                // A sender was killed, or the run is over.
            }
        }
    }

    private void Take(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var text = reader.ReadToEnd();
        var id = context.Request.Headers["webhook-id"]!;
        var at = long.Parse(
            context.Request.Headers["webhook-timestamp"]!,
            System.Globalization.CultureInfo.InvariantCulture
        );
        all.Enqueue(
            (
                id,
                JsonNode.Parse(text)!,
                context.Request.Headers["webhook-signature"] == WebhookSignature.Of(id, at, text, Secret)
            )
        );
        var isFirst = times.AddOrUpdate(id, 1, (_, before) => before + 1) == 1;
        context.Response.StatusCode = isFirst && Interlocked.Increment(ref ids) % RefusedAtFirst == 2 ? 503 : 204;
        context.Response.Close();
    }
}
