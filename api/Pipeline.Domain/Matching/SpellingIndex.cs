namespace Pipeline.Domain.Matching;

/// <summary>What <see cref="Matcher"/> compares of facts when names are written otherwise.</summary>
/// <param name="Forms">The forms of each identified investor (<see cref="InvestorSpellings"/>).</param>
/// <param name="Aliases">The forms of the other names that the centre keeps for them.</param>
/// <param name="Core">The core of the project's name (<see cref="ProjectCores"/>).</param>
public sealed record Spelling(IReadOnlyList<IReadOnlyList<string>> Forms, IReadOnlyList<string> Aliases, string Core)
{
    /// <summary>All forms of all investors, their aliases included.</summary>
    public IEnumerable<string> AllForms => Forms.SelectMany(forms => forms).Concat(Aliases).Distinct();

    public static Spelling Of(MatchFacts facts)
    {
        var investors = facts.Investors.Where(investor => !InvestorIdentity.IsGeneric(investor.Name)).ToList();
        return new Spelling(
            [.. investors.Select(investor => InvestorSpellings.Of(investor.Name))],
            [.. investors.SelectMany(investor => investor.Aliases ?? []).SelectMany(InvestorSpellings.Of).Distinct()],
            ProjectCores.Of(facts.Name)
        );
    }
}

/// <summary>Finds, in memory, facts whose names are the same written otherwise.</summary>
public sealed class SpellingIndex
{
    private readonly Texts forms = new();
    private readonly Texts cores = new();

    public void Add(Spelling spelling, int number)
    {
        foreach (var form in spelling.AllForms)
            forms.Add(form, SpellingKeys.OfForm, number);
        cores.Add(spelling.Core, SpellingKeys.OfCore, number);
    }

    /// <summary>The numbers of the facts that may match because of a spelling; of each way to be alike no more than <paramref name="most"/>, of the texts that came last.</summary>
    public IEnumerable<int> Candidates(Spelling spelling, int most)
    {
        var (own, core) = (spelling.AllForms.ToList(), spelling.Core);
        return
        [
            .. own.SelectMany(form =>
                    forms
                        .Of(SpellingKeys.SeekForms(form), other => InvestorSpellings.AreAlike(form, other))
                        .Take(most)
                        .Concat(
                            cores
                                .Of(SpellingKeys.SeekCoresNaming(form), other => ProjectCores.Names(other, form))
                                .Take(most)
                        )
                )
                .Concat(cores.Of(SpellingKeys.SeekCores(core), other => ProjectCores.AreAlike(core, other)).Take(most))
                .Concat(forms.Of(SpellingKeys.SeekFormsIn(core), other => ProjectCores.Names(core, other)).Take(most))
                .Distinct(),
        ];
    }

    /// <summary>Texts by their keys, each text once however many facts have it.</summary>
    private sealed class Texts
    {
        private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
        private readonly List<(string Text, List<int> Numbers)> texts = [];

        // By the hashes of the keys: of a hundred thousand names the keys themselves would take hundreds of megabytes. A key leads into the chain, each link to the next.
        private readonly Dictionary<int, int> heads = [];
        private readonly List<(int Text, int Next)> chain = [];

        public void Add(string text, Func<string, IReadOnlyCollection<SpellingKey>> keys, int number)
        {
            if (!known.TryGetValue(text, out var at))
            {
                known[text] = at = texts.Count;
                texts.Add((text, []));
                foreach (var hash in keys(text).Select(key => key.GetHashCode()).Distinct())
                {
                    chain.Add((at, heads.GetValueOrDefault(hash, -1)));
                    heads[hash] = chain.Count - 1;
                }
            }

            texts[at].Numbers.Add(number);
        }

        /// <summary>The numbers of the texts that share a key and are alike.</summary>
        public IEnumerable<int> Of(IEnumerable<SpellingKey> keys, Func<string, bool> alike)
        {
            var seen = new HashSet<int>();
            foreach (var key in keys)
            {
                for (var at = heads.GetValueOrDefault(key.GetHashCode(), -1); at >= 0; at = chain[at].Next)
                {
                    if (seen.Add(chain[at].Text) && alike(texts[chain[at].Text].Text))
                    {
                        for (var number = texts[chain[at].Text].Numbers.Count - 1; number >= 0; number--)
                            yield return texts[chain[at].Text].Numbers[number];
                    }
                }
            }
        }
    }
}
