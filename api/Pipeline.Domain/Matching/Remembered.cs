using System.Collections.Concurrent;

namespace Pipeline.Domain.Matching;

/// <summary>What was made of texts lately: a name is compared with many others, and normalised once.</summary>
internal sealed class Remembered<T>(Func<string, T> make)
{
    private const int Most = 16_384,
        LongestText = 200;

    private readonly ConcurrentDictionary<string, T> known = new(StringComparer.Ordinal);
    private int added;

    public T Of(string text)
    {
        if (text.Length > LongestText)
            return make(text);
        if (known.TryGetValue(text, out var made))
            return made;
        // Forgetting all at once is simple, and rare.
        if (Interlocked.Increment(ref added) > Most)
        {
            known.Clear();
            Interlocked.Exchange(ref added, 1);
        }

        return known[text] = make(text);
    }
}
