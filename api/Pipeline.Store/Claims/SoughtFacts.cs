using Dapper;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Claims;

public static partial class FindMatches
{
    /// <summary>Facts whose matches are sought, and what of the library may match them.</summary>
    private sealed class Sought
    {
        private readonly int mostOfInvestor;
        private readonly Dictionary<string, OfInvestorRow> ofInvestors = new(StringComparer.Ordinal);
        private readonly HashSet<string> others = new(StringComparer.Ordinal);
        private HashSet<string> likest = new(StringComparer.Ordinal);

        public Sought(MatchFacts facts, int mostOfInvestor)
        {
            Compared = new ComparedFacts(facts);
            this.mostOfInvestor = mostOfInvestor;
            var investors = facts.Investors.Where(investor => !InvestorIdentity.IsGeneric(investor.Name)).ToList();
            NationalCode = Normalised.NationalCode(facts.NationalCode);
            NameKeys =
            [
                .. investors
                    .Select(investor => Normalised.InvestorName(investor.Name))
                    .Where(key => key.Length > 0)
                    .Distinct(),
            ];
            Usccs = [.. investors.Select(investor => Normalised.Uscc(investor.Uscc)).OfType<string>().Distinct()];
            IndustryClass = Normalised.IndustryClass(facts.IndustryCode);
            GroupKeys = IndustryClass is null
                ? []
                :
                [
                    .. facts
                        .Investors.Select(investor => Normalised.InvestorName(investor.GroupParent ?? ""))
                        .Where(key => key.Length > 0)
                        .Distinct(),
                ];
        }

        public ComparedFacts Compared { get; private set; }
        public Spelling Spelling => Compared.Spelling;

        /// <summary>By which keys investors' forms are looked up, and projects' cores.</summary>
        public IEnumerable<SpellingKey> FormKeys =>
            Spelling
                .AllForms.SelectMany(SpellingKeys.SeekForms)
                .Concat(SpellingKeys.SeekFormsIn(Spelling.Core))
                .Distinct();

        public IEnumerable<SpellingKey> CoreKeys =>
            Spelling
                .AllForms.SelectMany(SpellingKeys.SeekCoresNaming)
                .Concat(SpellingKeys.SeekCores(Spelling.Core))
                .Distinct();

        public string? NationalCode { get; }
        public IReadOnlyList<string> NameKeys { get; }
        public IReadOnlyList<string> Usccs { get; }
        public IReadOnlyList<string> GroupKeys { get; }
        public string? IndustryClass { get; }

        /// <summary>How many exact keys it has.</summary>
        public int Keys => 2 + NameKeys.Count + Usccs.Count + GroupKeys.Count + Spelling.AllForms.Count();

        /// <summary>Whether it can be found by a similar name: that asks for the amount as well.</summary>
        public bool IsNamed => Compared.NameKey.Length > 0 && Compared.Facts.TotalInvestment is not null;

        /// <summary>The projects to compare it with.</summary>
        public IEnumerable<string> Projects => others.Union(likest);

        public HashSet<string> SimilarInvestors { get; } = new(StringComparer.Ordinal);
        public bool TooMany { get; private set; }
        public int Beyond { get; private set; }

        /// <summary>What similar names are looked up by: grams, currency, and the amount within 10 %.</summary>
        public Parameters ByName(DateTimeOffset horizon)
        {
            var total = Compared.Facts.TotalInvestment;
            var (grams, least) = IsNamed ? ofProjects.Sought(Compared.NameKey, Matcher.SimilarProjectName) : ([], 1);
            return Parameters.Of(
                new
                {
                    grams,
                    least,
                    currency = total?.Currency,
                    low = decimal.ToInt64(decimal.Floor((total?.Amount ?? 0) * 90m)),
                    high = decimal.ToInt64(decimal.Ceiling((total?.Amount ?? 0) * 100m / 0.9m)),
                    horizon,
                    limit = MostCompared + 1,
                }
            );
        }

        public void Take(ILookup<(string Kind, string FoundBy), ExactRow> exact)
        {
            IEnumerable<ExactRow> Of(string kind, IEnumerable<string> keys) =>
                keys.SelectMany(key => exact[(kind, key)]);
            TakeOfInvestors([
                .. Of("name", NameKeys),
                .. Of("uscc", Usccs),
                .. Of("group", GroupKeys).Where(row => row.IndustryClass == IndustryClass),
            ]);
            others.UnionWith(Of("code", NationalCode is null ? [] : [NationalCode]).Select(row => row.Id));
        }

        /// <summary>Takes projects that are found by their investors alone; of many those that are likest.</summary>
        public void TakeOfInvestors(IEnumerable<OfInvestorRow> rows)
        {
            foreach (var row in rows)
                ofInvestors.TryAdd(row.Id, row);
            Beyond = Math.Max(0, ofInvestors.Count - mostOfInvestor);
            likest =
                Beyond == 0
                    ? [.. ofInvestors.Keys]
                    :
                    [
                        .. ofInvestors
                            .Values.OrderBy(row =>
                                row.NameKey == Compared.NameKey ? 0
                                : row.IndustryClass == IndustryClass ? 1
                                : 2
                            )
                            .ThenBy(Distance)
                            .ThenBy(row => row.Id, StringComparer.Ordinal)
                            .Take(mostOfInvestor)
                            .Select(row => row.Id),
                    ];
        }

        /// <summary>How far apart the amounts are, as the logarithm of one to the other.</summary>
        private double Distance(OfInvestorRow row) =>
            Compared.Facts.TotalInvestment is { Hundredths: > 0 } total
            && row.Amount > 0
            && row.Currency == total.Currency
                ? Math.Abs(Math.Log((double)row.Amount.Value / total.Hundredths))
                : double.MaxValue;

        /// <summary>Takes the other names that the centre keeps for its investors: they are looked for as well.</summary>
        public void TakeAliases(ILookup<string, string> aliases)
        {
            var investors = Compared
                .Facts.Investors.Select(investor =>
                    (
                        Investor: investor,
                        Aliases: InvestorIdentity.IsGeneric(investor.Name)
                            ? []
                            : InvestorSpellings.Of(investor.Name).SelectMany(form => aliases[form]).Distinct().ToList()
                    )
                )
                .ToList();
            if (investors.Any(pair => pair.Aliases.Count > 0))
                Compared = new ComparedFacts(
                    Compared.Facts with
                    {
                        Investors = [.. investors.Select(pair => pair.Investor with { Aliases = pair.Aliases })],
                    }
                );
        }

        /// <summary>Takes the investors whose forms are alike, or named in the project's name.</summary>
        public void TakeForms(List<FormRow> rows) =>
            SimilarInvestors.UnionWith(
                Few(
                    rows,
                    row =>
                        ProjectCores.Names(Spelling.Core, row.Form)
                        || Spelling.AllForms.Any(form => InvestorSpellings.AreAlike(form, row.Form)),
                    row => row.InvestorId
                )
            );

        /// <summary>Takes the projects whose names have the same core, or name an investor.</summary>
        public void TakeCores(List<NameRow> rows) =>
            others.UnionWith(
                Few(
                    rows,
                    row =>
                        ProjectCores.Of(row.Name) is var core
                        && (
                            ProjectCores.AreAlike(Spelling.Core, core)
                            || Spelling.AllForms.Any(form => ProjectCores.Names(core, form))
                        ),
                    row => row.Id
                )
            );

        private List<string> Few<TRow>(List<TRow> rows, Func<TRow, bool> alike, Func<TRow, string> id)
        {
            var ids = rows.Where(alike).Select(id).Distinct().ToList();
            TooMany |= rows.Count > MostCompared || ids.Count > MostCandidates;
            return ids;
        }

        public void TakeNamed(List<Candidate> candidates) =>
            others.UnionWith(Similar(candidates, Compared.NameKey, Matcher.SimilarProjectName));

        public void TakeSimilarInvestors(List<Candidate> candidates, string nameKey) =>
            SimilarInvestors.UnionWith(Similar(candidates, nameKey, Matcher.SimilarInvestorName));

        /// <summary>Of those that share grams the ones whose names are similar.</summary>
        private List<string> Similar(List<Candidate> candidates, string nameKey, double threshold)
        {
            var similar = candidates
                .Where(candidate => Similarity.AtLeast(candidate.NameKey, nameKey, threshold))
                .Select(candidate => candidate.Id)
                .ToList();
            TooMany |= candidates.Count > MostCompared || similar.Count > MostCandidates;
            return similar;
        }
    }
}
