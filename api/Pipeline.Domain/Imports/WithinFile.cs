using System.Runtime.InteropServices;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Imports;

/// <summary>Matches the rows of one register with each other (R54) without comparing every pair: what R13 looks at is looked up.</summary>
public sealed class WithinFile
{
    private readonly List<(int RowNumber, MatchFacts Facts)> rows = [];
    private readonly Dictionary<string, List<int>> exact = new(StringComparer.Ordinal);
    private readonly GramIndex investors = new(Matcher.SimilarInvestorName);
    private readonly Dictionary<string, List<int>> byInvestor = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Currency, int Bucket), GramIndex> names = [];

    /// <summary>Adds a row, to be found by the rows after it.</summary>
    public void Add(int rowNumber, MatchFacts facts)
    {
        var at = rows.Count;
        rows.Add((rowNumber, facts));
        foreach (var key in Keys(facts))
            Bucket(exact, key).Add(at);
        foreach (var name in InvestorNames(facts))
        {
            Bucket(byInvestor, name).Add(at);
            investors.Add(name);
        }

        if (Normalised.ProjectName(facts.Name) is { Length: > 0 } project && Size(facts.TotalInvestment) is { } size)
        {
            if (!names.TryGetValue(size, out var index))
                names[size] = index = new GramIndex(Matcher.SimilarProjectName);
            index.Add(project, at);
        }
    }

    /// <summary>The earlier rows that match, the surest first.</summary>
    public IReadOnlyList<(int RowNumber, Match Match)> Matches(MatchFacts facts)
    {
        var candidates = new SortedSet<int>();
        foreach (var key in Keys(facts))
            candidates.UnionWith(exact.GetValueOrDefault(key) ?? []);
        foreach (var name in InvestorNames(facts))
        {
            foreach (var similar in investors.Similar(name))
                candidates.UnionWith(byInvestor[similar.Text]);
        }

        if (Normalised.ProjectName(facts.Name) is { Length: > 0 } project && Size(facts.TotalInvestment) is { } size)
        {
            for (var bucket = size.Bucket - 2; bucket <= size.Bucket + 2; bucket++)
            {
                if (names.TryGetValue((size.Currency, bucket), out var index))
                    candidates.UnionWith(index.Similar(project).SelectMany(found => found.At));
            }
        }

        return [.. candidates.Select(at => (rows[at].RowNumber, Match: Matcher.Compare(rows[at].Facts, facts)!)).Where(found => found.Match is not null).OrderBy(found => found.Match.Level).ThenBy(found => found.RowNumber)];
    }

    private static List<int> Bucket(Dictionary<string, List<int>> index, string key)
    {
        if (!index.TryGetValue(key, out var list))
            index[key] = list = [];
        return list;
    }

    private static IEnumerable<string> Keys(MatchFacts facts)
    {
        if (Normalised.NationalCode(facts.NationalCode) is { } code)
            yield return "code " + code;
        foreach (var investor in facts.Investors)
        {
            if (Normalised.Uscc(investor.Uscc) is { } uscc)
                yield return "uscc " + uscc;
            if (Normalised.IndustryClass(facts.IndustryCode) is { } kind && investor.GroupParent is { } parent && Normalised.InvestorName(parent) is { Length: > 0 } group)
                yield return $"group {kind} {group}";
        }
    }

    private static IEnumerable<string> InvestorNames(MatchFacts facts) =>
        facts.Investors.Where(i => !InvestorIdentity.IsGeneric(i.Name)).Select(i => Normalised.InvestorName(i.Name)).Where(n => n.Length > 0).Distinct();

    /// <summary>Amounts within 10 % of one another lie in the same or neighbouring buckets, each a tenth wide.</summary>
    private static (string Currency, int Bucket)? Size(Money? money) =>
        money is { Amount: > 0 } sum ? (sum.Currency, (int)Math.Floor(Math.Log((double)sum.Amount) / -Math.Log(0.9))) : null;

    /// <summary>Texts by their bigrams: a similar one shares so many that it shares one of the rarest.</summary>
    private sealed class GramIndex(double threshold)
    {
        private readonly List<(string Text, List<int> At)> texts = [];
        private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);

        // By the grams' hashes: of a hundred thousand rows the grams themselves would take hundreds of megabytes. Two that share a hash cost a comparison.
        private readonly Dictionary<int, Numbers> byGram = [];

        public void Add(string text, int at = -1)
        {
            if (!known.TryGetValue(text, out var number))
            {
                known[text] = number = texts.Count;
                texts.Add((text, at >= 0 ? [] : None));
                foreach (var gram in Grams.Of(text))
                    CollectionsMarshal.GetValueRefOrAddDefault(byGram, Hash(gram), out _).Add(number);
            }

            if (at >= 0)
                texts[number].At.Add(at);
        }

        private static readonly List<int> None = [];

        private static int Hash(string gram) => string.GetHashCode(gram, StringComparison.Ordinal);

        /// <summary>Numbers of texts: of most grams it is one.</summary>
        private struct Numbers
        {
            private int first;
            private List<int>? more;

            public int Count { get; private set; }

            public readonly IEnumerable<int> All => Count == 0 ? [] : more is null ? [first] : more.Prepend(first);

            public void Add(int number)
            {
                if (Count++ == 0)
                    first = number;
                else
                    (more ??= []).Add(number);
            }
        }

        public IEnumerable<(string Text, List<int> At)> Similar(string text)
        {
            var grams = Grams.Of(text);
            var enough = grams.Count - Grams.LeastShared(grams.Count - 1, threshold) + 1;
            return grams.Select(gram => byGram.GetValueOrDefault(Hash(gram))).OrderBy(numbers => numbers.Count).Take(enough).SelectMany(numbers => numbers.All).Distinct()
                .Select(number => texts[number]).Where(found => Similarity.AtLeast(found.Text, text, threshold));
        }
    }
}
