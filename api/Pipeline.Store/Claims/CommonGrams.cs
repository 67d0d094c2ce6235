using Pipeline.Domain.Matching;

namespace Pipeline.Store.Claims;

/// <summary>Which grams are common, learned from the names that pass by: a look-up leaves them out as far as it may. They decide how much of an index is read, never what is found.</summary>
internal sealed class CommonGrams
{
    private const int Window = 4000;

    /// <summary>A gram is common when more than one name of so many has it.</summary>
    private const int OneOf = 50;
    private const int FewNames = 20;

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);
    private int names;

    /// <summary>The grams to look a name up by, and how many of them a name at least <paramref name="threshold"/> similar shares.</summary>
    public (IReadOnlyList<string> Grams, int Least) Sought(string nameKey, double threshold)
    {
        var grams = Grams.Of(nameKey);
        var least = Grams.LeastShared(grams.Count - 1, threshold);
        lock (gate)
        {
            foreach (var gram in grams)
                seen[gram] = seen.GetValueOrDefault(gram) + 1;
            if (++names == Window)
                Forget();

            // Each that is left out may have been one of the shared.
            var common =
                names < FewNames
                    ? []
                    : grams
                        .Where(gram => seen.GetValueOrDefault(gram) * OneOf > names)
                        .OrderByDescending(gram => seen[gram])
                        .Take(least - 1)
                        .ToHashSet();
            return common.Count == 0
                ? (grams, least)
                : ([.. grams.Where(gram => !common.Contains(gram))], least - common.Count);
        }
    }

    /// <summary>What was seen long ago counts half.</summary>
    private void Forget()
    {
        names /= 2;
        foreach (var (gram, count) in seen.ToList())
        {
            if (count > 1)
                seen[gram] = count / 2;
            else
                seen.Remove(gram);
        }
    }
}
