using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Pipeline.Chaos;

/// <summary>Something that a process said it had done.</summary>
/// <param name="What">The operation.</param>
/// <param name="Key">Its Idempotency-Key, written into what it stores too.</param>
/// <param name="RequestId">The id of the answer's request.</param>
/// <param name="Sent">When it was first sent, by the clock of this host.</param>
public sealed record Deed(
    string What,
    string Key,
    string RequestId,
    DateTimeOffset Sent,
    DateTimeOffset Answered,
    JsonNode? Body
);

/// <summary>What the callers were told: the record that the database is held against.</summary>
public sealed class Chronicle
{
    private readonly ConcurrentQueue<Deed> deeds = new();
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentQueue<(string What, string Key)> refused = new();
    private readonly ConcurrentDictionary<string, int> counts = new();

    public IReadOnlyCollection<Deed> Deeds => deeds;

    /// <summary>Operations that were refused at the first and only attempt: they must have left nothing.</summary>
    public IReadOnlyCollection<(string What, string Key)> Refused => refused;

    /// <summary>Answers that contradict the contract by themselves.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    public void Did(Deed deed) => deeds.Enqueue(deed);

    public void WasRefused(string what, string key) => refused.Enqueue((what, key));

    public void Complain(string text) => complaints.Enqueue(text);

    public void Count(string what) => counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    public int Of(string what) => counts.GetValueOrDefault(what);

    public override string ToString() =>
        string.Join(
            ", ",
            counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}")
        );
}
