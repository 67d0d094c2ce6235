using Dapper;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Claims;

/// <summary>Everything in the library, and under review, that some facts match (R13).</summary>
/// <param name="TooMany">More fuzzy candidates than can be weighed: the centre decides.</param>
/// <param name="Beyond">How many more projects of its investors there are that were not compared.</param>
public sealed record Findings(IReadOnlyList<Found> Found, bool TooMany, int Beyond);

/// <summary>What is read in the round trip in which matching begins.</summary>
public abstract record ReadFirst(string Sql)
{
    public abstract void AddParameters(Parameters parameters);

    public abstract Task Take(SqlMapper.GridReader answers);
}

/// <summary>Finds what some facts match (R13): exact keys over the whole library, similar names through n-grams with a bounded number of candidates.</summary>
public static partial class FindMatches
{
    private const int MostCandidates = 200;

    /// <summary>How many names that share grams are compared, the ones that share most first.</summary>
    private const int MostCompared = 1000;
    private const int Chunk = 400;

    private static readonly CommonGrams ofProjects = new(),
        ofInvestors = new();

    /// <summary>Finds matches among projects not terminated and claims under review.</summary>
    /// <param name="exceptProjectId">The project that the facts are of.</param>
    /// <param name="before">The claim that the facts are of: only what was there before it counts, and what came of earlier claims.</param>
    public static async Task<Findings> Find(
        Session session,
        MatchFacts facts,
        RuleSet rules,
        string? exceptProjectId = null,
        (long Sequence, DateTimeOffset ReceivedAt)? before = null,
        ReadFirst? alongWith = null
    ) => (await Find(session, [new Sought(facts, int.MaxValue)], rules, exceptProjectId, before, alongWith))[0];

    /// <summary>Finds the matches of many, in fewer round trips than one by one. They are not compared with each other.</summary>
    /// <param name="mostOfInvestor">With how many projects of its investors each is compared: those of its very name first, then those of its class, by how near their amounts are.</param>
    public static async Task<IReadOnlyList<Findings>> FindEach(
        Session session,
        IEnumerable<MatchFacts> wanted,
        RuleSet rules,
        int mostOfInvestor = int.MaxValue
    )
    {
        var (findings, together, keys) = (new List<Findings>(), new List<Sought>(), 0);
        foreach (var one in wanted.Select(facts => new Sought(facts, mostOfInvestor)))
        {
            // A statement of SQL Server bears 2100 parameters.
            if (keys + one.Keys > MostKeys)
            {
                findings.AddRange(await Find(session, together, rules, null, null));
                (together, keys) = ([], 0);
            }

            together.Add(one);
            keys += one.Keys;
        }

        findings.AddRange(await Find(session, together, rules, null, null));
        return findings;
    }

    private const int MostKeys = 1000;

    private static async Task<IReadOnlyList<Findings>> Find(
        Session session,
        IReadOnlyList<Sought> sought,
        RuleSet rules,
        string? exceptProjectId,
        (long Sequence, DateTimeOffset ReceivedAt)? before,
        ReadFirst? alongWith = null
    )
    {
        session.HasMatched = true;
        if (sought.Count == 0)
            return [];
        var horizon = Shanghai.StartOf(rules.MatchingHorizon.Before(session.Today));
        var first = sought[0];
        IReadOnlyList<Sought> alone = sought.Count == 1 ? [first] : [];
        List<ReviewRow> reviewed;
        var values = first.ByName(horizon);
        values.AddAll(
            new
            {
                codes = Keys(sought, of => of.NationalCode is { } code ? [code] : []),
                nameKeys = Keys(sought, of => of.NameKeys),
                usccs = Keys(sought, of => of.Usccs),
                groupKeys = Keys(sought, of => of.GroupKeys),
                classes = Keys(sought, of => of.GroupKeys.Count > 0 ? [of.IndustryClass!] : []),
                before = before?.Sequence ?? long.MaxValue,
                forms = Keys(sought, of => of.Spelling.AllForms),
                now = session.Now,
            }
        );
        // Those of many are looked up together, afterwards.
        var similarInvestors = alone
            .SelectMany(one => one.NameKeys)
            .Select((nameKey, at) => AddSimilarInvestors(values, nameKey, at))
            .ToList();
        // Its own spellings are looked for at once; those of aliases, which few have, when they are known.
        var (formKeys, coreKeys) = (first.FormKeys.ToArray(), first.CoreKeys.ToArray());
        var firstSpelt = sought.Count == 1 && formKeys.Length + coreKeys.Length <= MostKeys / 2;
        if (firstSpelt)
        {
            AddMarked(values, "form", formKeys);
            AddMarked(values, "core", coreKeys);
        }

        string[] statements =
        [
            .. alongWith is null ? (string[])[] : [alongWith.Sql],
            Exact,
            UnderReview,
            FirmAliases.Known,
            .. first.IsNamed ? (string[])[SimilarNames] : [],
            .. similarInvestors,
            .. firstSpelt ? (string[])[AlikeForms, AlikeCores] : [],
        ];
        alongWith?.AddParameters(values);
        using (var answers = await session.Answers(string.Join("; ", statements), values))
        {
            if (alongWith is not null)
                await alongWith.Take(answers);
            var exact = (await answers.ReadAsync<ExactRow>()).ToLookup(row => (row.Kind, row.FoundBy));
            foreach (var one in sought)
                one.Take(exact);
            reviewed = (await answers.ReadAsync<ReviewRow>()).AsList();
            var aliases = (await answers.ReadAsync<FirmAliases.KnownName>()).ToLookup(row => row.Form, row => row.Name);
            foreach (var one in sought)
                one.TakeAliases(aliases);
            if (first.IsNamed)
                first.TakeNamed((await answers.ReadAsync<Candidate>()).AsList());
            foreach (var nameKey in alone.SelectMany(one => one.NameKeys))
                first.TakeSimilarInvestors((await answers.ReadAsync<Candidate>()).AsList(), nameKey);
            if (firstSpelt)
            {
                first.TakeForms((await answers.ReadAsync<FormRow>()).AsList());
                first.TakeCores((await answers.ReadAsync<NameRow>()).AsList());
            }
        }

        if (sought.Count == 1)
        {
            await TakeSpellings(
                session,
                first,
                first.FormKeys.Except(firstSpelt ? formKeys : []),
                first.CoreKeys.Except(firstSpelt ? coreKeys : []),
                horizon
            );
        }
        else
        {
            await TakeAlike(session, sought, horizon);
            foreach (var one in sought.Skip(1).Where(one => one.IsNamed))
                one.TakeNamed(await session.Query<Candidate>(SimilarNames, one.ByName(horizon)));
        }

        var underReview = reviewed.ConvertAll(row =>
            (Row: row, Facts: new ComparedFacts(Json.Read<ProjectBody>(row.Report).Facts()))
        );
        var found = await Projects(session, sought, horizon, exceptProjectId, before);
        return
        [
            .. sought.Select(one => new Findings(
                [.. found[one], .. Claims(one.Compared, underReview)],
                one.TooMany,
                one.Beyond
            )),
        ];
    }

    /// <summary>The statement that finds investors of similar names, with its parameters under names of their own.</summary>
    private static string AddSimilarInvestors(Parameters parameters, string nameKey, int at)
    {
        var (grams, least) = ofInvestors.Sought(nameKey, Matcher.SimilarInvestorName);
        // A list's members are called like it with a number behind: its own name ends otherwise, so that no member bears the name of another list.
        parameters.Add($"grams{at}of", grams);
        parameters.Add($"least{at}", least);
        return SimilarInvestors
            .Replace("@grams", $"@grams{at}of", StringComparison.Ordinal)
            .Replace("@least", $"@least{at}", StringComparison.Ordinal);
    }

    /// <summary>Finds investors of similar names to one name of one.</summary>
    private static async Task TakeSimilarInvestors(Session session, Sought sought, string nameKey)
    {
        var parameters = new Parameters { { "limit", MostCompared + 1 } };
        var sql = AddSimilarInvestors(parameters, nameKey, 0);
        sought.TakeSimilarInvestors(await session.Query<Candidate>(sql, parameters), nameKey);
    }

    /// <summary>Finds investors and projects that are written otherwise by some keys, so many at a time as a statement bears.</summary>
    private static async Task TakeSpellings(
        Session session,
        Sought sought,
        IEnumerable<SpellingKey> formKeys,
        IEnumerable<SpellingKey> coreKeys,
        DateTimeOffset horizon
    )
    {
        foreach (var keys in formKeys.Chunk(MostKeys))
        {
            var values = new Parameters { { "limit", MostCompared + 1 } };
            AddMarked(values, "form", keys);
            sought.TakeForms(await session.Query<FormRow>(AlikeForms, values));
        }

        foreach (var keys in coreKeys.Chunk(MostKeys))
        {
            var values = new Parameters { { "limit", MostCompared + 1 }, { "horizon", horizon } };
            AddMarked(values, "core", keys);
            sought.TakeCores(await session.Query<NameRow>(AlikeCores, values));
        }
    }

    private static void AddMarked(Parameters values, string name, IReadOnlyList<SpellingKey> keys)
    {
        foreach (var mark in Enum.GetValues<SpellingMark>())
            values.Add($"{name}{mark}", keys.Where(key => key.Mark == mark).Select(key => key.Text).ToList());
    }

    private static IEnumerable<string> Keys(IReadOnlyList<Sought> sought, Func<Sought, IEnumerable<string>> keys) =>
        sought.SelectMany(keys).Distinct();

    /// <summary>What was found, as it stands now: what was terminated meanwhile is no match any more.</summary>
    public static async Task<Findings> Renewed(Session session, Findings findings)
    {
        var known = await Known(
            session,
            [.. findings.Found.Select(found => found.Project?.Id).OfType<string>().Distinct()]
        );
        return findings with
        {
            Found =
            [
                .. findings
                    .Found.Select(found =>
                        found.Project is { } project ? found with { Project = known[project.Id] } : found
                    )
                    .Where(found => found.Project?.Stage != Stage.Terminated),
            ],
        };
    }

    /// <summary>What intake has to know of some projects.</summary>
    public static async Task<Dictionary<string, KnownProject>> Known(Session session, IReadOnlyCollection<string> ids)
    {
        var known = new Dictionary<string, KnownProject>(StringComparer.Ordinal);
        foreach (var chunk in ids.Chunk(Chunk))
        {
            using var answers = await session.Answers(
                $"{ClaimsOf}; {BarsOf}; {StandingOf}",
                new { ids = chunk, now = session.Now }
            );
            var claims = (await answers.ReadAsync<ClaimRow>()).ToLookup(claim => claim.ProjectId);
            var barred = (await answers.ReadAsync<BarRow>()).ToLookup(bar => bar.ProjectId);
            foreach (var row in await answers.ReadAsync<StandingRow>())
            {
                var own = claims[row.Id].ToList();
                var last = own.Where(claim => claim is { ActivatedAt: not null, EndedAt: not null })
                    .MaxBy(claim => claim.EndedAt);
                known[row.Id] = new KnownProject(
                    row.Id,
                    Slug.To<Stage>(row.Stage),
                    row.OwnerId,
                    row.Secret,
                    own.Any(claim => claim.ActivatedAt is not null),
                    own.FirstOrDefault(claim => claim.Status == "active")?.JurisdictionId,
                    [.. own.Where(claim => claim.Status == "queued").Select(claim => claim.JurisdictionId)],
                    last is null ? null : (last.JurisdictionId, last.EndedAt!.Value),
                    [.. barred[row.Id].Select(bar => bar.JurisdictionId)]
                );
            }
        }

        return known;
    }

    private static async Task<Dictionary<Sought, List<Found>>> Projects(
        Session session,
        IReadOnlyList<Sought> sought,
        DateTimeOffset horizon,
        string? exceptProjectId,
        (long Sequence, DateTimeOffset ReceivedAt)? before
    )
    {
        var (rows, apart) = (new List<FactsRow>(), new HashSet<(string Same, string Other)>());
        var ids = new Queue<string[]>(
            sought.SelectMany(one => one.Projects).Append(exceptProjectId).OfType<string>().Distinct().Chunk(Chunk)
        );
        var investors = new Queue<string[]>(sought.SelectMany(one => one.SimilarInvestors).Distinct().Chunk(Chunk));
        while (ids.Count + investors.Count > 0)
        {
            var parameters = new Parameters { { "horizon", horizon } };
            var statements = new List<string>();
            if (ids.TryDequeue(out var some))
            {
                statements.AddRange([Apart, FactsOf]);
                parameters.Add("ids", some);
            }

            if (investors.TryDequeue(out var few))
            {
                statements.Add(FactsOfInvestors);
                parameters.Add("investors", few);
            }

            using var answers = await session.Answers(string.Join("; ", statements), parameters);
            foreach (var statement in statements)
            {
                if (statement == Apart)
                    apart.UnionWith(
                        (await answers.ReadAsync<ApartRow>()).Select(pair => (pair.ProjectId, pair.OtherId))
                    );
                else
                    rows.AddRange(await answers.ReadAsync<FactsRow>());
            }
        }

        var ofInvestor = rows.ToLookup(row => row.InvestorId);
        foreach (var one in sought)
        {
            one.TakeOfInvestors(one.SimilarInvestors.SelectMany(investor => ofInvestor[investor]));
        }

        var facts = rows.DistinctBy(row => row.Id)
            .Where(row =>
                before is not { } claim || row.CreatedAt <= claim.ReceivedAt || row.FirstSequence < claim.Sequence
            )
            .ToDictionary(
                row => row.Id,
                row => (row.Seq, Facts: new ComparedFacts(Json.Read<ProjectBody>(row.Facts).Facts())),
                StringComparer.Ordinal
            );
        var matches = sought.ToDictionary(
            one => one,
            one =>
                one.Projects.Where(id => id != exceptProjectId && facts.ContainsKey(id))
                    .Select(id => (Id: id, Match: Matcher.Compare(one.Compared, facts[id].Facts)))
                    .Where(pair => pair.Match is not null)
                    .ToList()
        );
        var known = await Known(
            session,
            [.. matches.Values.SelectMany(pairs => pairs.Select(pair => pair.Id)).Distinct()]
        );

        // Pairs that the centre decided to be two do not come back: neither where the one is matched again, nor where a report is of the one for certain.
        return matches.ToDictionary(
            pair => pair.Key,
            pair =>
            {
                var certain = pair
                    .Value.Where(match => match.Match!.Level == MatchLevel.L1)
                    .Select(match => match.Id)
                    .Append(exceptProjectId)
                    .OfType<string>()
                    .ToList();
                return pair
                    .Value.Where(match => apart.Count == 0 || !certain.Exists(same => apart.Contains((same, match.Id))))
                    .Select(match => new Found(match.Match!, known[match.Id], null, null))
                    .OrderBy(found => found.Match.Level)
                    .ThenBy(found => facts[found.Project!.Id].Seq)
                    .ToList();
            }
        );
    }

    /// <summary>Claims under review are few: what the centre has not decided yet. They are compared one by one.</summary>
    private static IEnumerable<Found> Claims(ComparedFacts facts, List<(ReviewRow Row, ComparedFacts Facts)> reviewed)
    {
        foreach (var (row, theirs) in reviewed)
        {
            if (Matcher.Compare(facts, theirs) is { } match)
                yield return new Found(match, null, row.Id, row.JurisdictionId);
        }
    }

    private class OfInvestorRow
    {
        public required string Id { get; init; }
        public string? IndustryClass { get; init; }
        public string NameKey { get; init; } = "";
        public long? Amount { get; init; }
        public string? Currency { get; init; }
    }

    private sealed class ExactRow : OfInvestorRow
    {
        public required string Kind { get; init; }
        public required string FoundBy { get; init; }
    }

    private sealed class Candidate
    {
        public required string Id { get; init; }
        public required string NameKey { get; init; }
    }

    private sealed class ApartRow
    {
        public required string ProjectId { get; init; }
        public required string OtherId { get; init; }
    }

    private sealed class FormRow
    {
        public string Gram { get; init; } = "";
        public int Mark { get; init; }
        public required string InvestorId { get; init; }
        public required string Form { get; init; }
    }

    private sealed class NameRow
    {
        public string Gram { get; init; } = "";
        public int Mark { get; init; }
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string Name { get; init; }
    }

    private sealed class FactsRow : OfInvestorRow
    {
        public string? InvestorId { get; init; }
        public long Seq { get; init; }
        public required string Facts { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public long? FirstSequence { get; init; }
    }

    private sealed class StandingRow
    {
        public required string Id { get; init; }
        public required string Stage { get; init; }
        public required string OwnerId { get; init; }
        public bool Secret { get; init; }
    }

    private sealed class ClaimRow
    {
        public required string ProjectId { get; init; }
        public required string JurisdictionId { get; init; }
        public required string Status { get; init; }
        public DateTimeOffset? ActivatedAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
    }

    private sealed class BarRow
    {
        public required string ProjectId { get; init; }
        public required string JurisdictionId { get; init; }
    }

    private sealed class ReviewRow
    {
        public required string Id { get; init; }
        public required string JurisdictionId { get; init; }
        public required string Report { get; init; }
    }

    private const string Likeness = "p.id, p.industry_class, p.name_key, p.amount, p.currency";

    private const string Exact = $"""
        SELECT 'code' AS kind, p.national_code AS found_by, {Likeness} FROM projects p WHERE p.national_code IN @codes AND p.stage <> 'terminated'
        UNION ALL
        SELECT 'name', i.name_key, {Likeness} FROM investors i JOIN project_investors pi ON pi.investor_id = i.id JOIN projects p ON p.id = pi.project_id
        WHERE i.name_key IN @nameKeys AND p.stage <> 'terminated'
        UNION ALL
        SELECT 'uscc', i.uscc, {Likeness} FROM investors i JOIN project_investors pi ON pi.investor_id = i.id JOIN projects p ON p.id = pi.project_id
        WHERE i.uscc IN @usccs AND p.stage <> 'terminated'
        UNION ALL
        SELECT 'group', pi.group_key, {Likeness} FROM project_investors pi JOIN projects p ON p.id = pi.project_id
        WHERE pi.group_key IN @groupKeys AND p.industry_class IN @classes AND p.stage <> 'terminated'
        """;

    private const string SimilarInvestors = """
        SELECT i.id, i.name_key FROM investors i
        JOIN (SELECT investor_id, COUNT(*) AS shared FROM investor_index WHERE gram IN @grams GROUP BY investor_id HAVING COUNT(*) >= @least) g ON g.investor_id = i.id
        ORDER BY g.shared DESC, i.seq {page}
        """;

    private const string Facts =
        $"{Likeness}, p.seq, p.facts, p.created_at, (SELECT MIN(c.sequence) FROM claims c WHERE c.project_id = p.id) AS first_sequence";

    private const string FactsOfInvestors = $"""
        SELECT pi.investor_id, {Facts} FROM project_investors pi JOIN projects p ON p.id = pi.project_id
        WHERE pi.investor_id IN @investors AND p.stage <> 'terminated' AND (p.stage = 'in-talks' OR p.moved_at >= @horizon)
        """;

    private const string SimilarNames = """
        SELECT p.id, p.name_key FROM projects p
        JOIN (SELECT project_seq, COUNT(*) AS shared FROM name_index WHERE gram IN @grams AND currency = @currency AND amount >= @low AND amount <= @high
              GROUP BY project_seq HAVING COUNT(*) >= @least) g ON g.project_seq = p.seq
        WHERE p.stage <> 'terminated' AND (p.stage = 'in-talks' OR p.moved_at >= @horizon)
        ORDER BY g.shared DESC, p.seq {page}
        """;

    private const string AlikeForms = """
        SELECT s.investor_id, s.form FROM (
          SELECT investor_id, form FROM investor_spellings WHERE mark = 0 AND gram IN @formAny
          UNION SELECT investor_id, form FROM investor_spellings WHERE mark = 1 AND gram IN @formTelling
          UNION SELECT investor_id, form FROM investor_spellings WHERE mark = 2 AND gram IN @formSlip
        ) s ORDER BY s.investor_id, s.form {page}
        """;

    private const string AlikeCores = """
        SELECT p.id, p.name FROM (
          SELECT project_seq FROM project_spellings WHERE mark = 0 AND gram IN @coreAny
          UNION SELECT project_seq FROM project_spellings WHERE mark = 1 AND gram IN @coreTelling
          UNION SELECT project_seq FROM project_spellings WHERE mark = 3 AND gram IN @coreBeginning
        ) s JOIN projects p ON p.seq = s.project_seq
        WHERE p.stage <> 'terminated' AND (p.stage = 'in-talks' OR p.moved_at >= @horizon)
        ORDER BY p.seq {page}
        """;

    private const string FactsOf = $"SELECT {Facts} FROM projects p WHERE p.id IN @ids";

    private const string Apart = "SELECT project_id, other_id FROM distinct_projects WHERE project_id IN @ids";

    private const string StandingOf = "SELECT id, stage, owner_id, secret FROM projects WHERE id IN @ids";
    private const string ClaimsOf =
        "SELECT project_id, jurisdiction_id, status, activated_at, ended_at FROM claims WHERE project_id IN @ids";
    private const string BarsOf =
        "SELECT project_id, jurisdiction_id FROM report_bars WHERE project_id IN @ids AND until_at >= @now";
    private const string UnderReview =
        "SELECT id, jurisdiction_id, COALESCE(completed_report, report) AS report FROM claims WHERE status = 'under-review' AND sequence < @before AND (returned_until IS NULL OR returned_until >= @now) ORDER BY sequence";
}
