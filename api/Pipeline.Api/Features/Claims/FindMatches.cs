using Dapper;
using Pipeline.Api.Data;
using Pipeline.Api.Features.Projects;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Claims;

/// <summary>Everything in the library, and under review, that some facts match (R13).</summary>
/// <param name="TooMany">More fuzzy candidates than can be weighed: the centre decides.</param>
public sealed record Findings(IReadOnlyList<Found> Found, bool TooMany);

/// <summary>Finds what some facts match (R13): exact keys over the whole library, similar names through n-grams with a bounded number of candidates.</summary>
public static class FindMatches
{
    private const int MostCandidates = 200;
    private const int Chunk = 400;

    /// <summary>Finds matches among projects not terminated and claims under review.</summary>
    /// <param name="exceptProjectId">The project that the facts are of.</param>
    /// <param name="before">The claim that the facts are of: only what was there before it counts, and what came of earlier claims.</param>
    public static async Task<Findings> Find(Session session, MatchFacts facts, RuleSet rules, string? exceptProjectId = null, (long Sequence, DateTimeOffset ReceivedAt)? before = null)
    {
        var horizon = Shanghai.StartOf(rules.MatchingHorizon.Before(session.Today));
        var projects = new HashSet<string>(StringComparer.Ordinal);
        var tooMany = false;

        var investors = facts.Investors.Where(investor => !InvestorIdentity.IsGeneric(investor.Name)).ToList();
        var nameKeys = investors.Select(investor => Normalised.InvestorName(investor.Name)).Where(key => key.Length > 0).Distinct().ToList();
        var projectKey = Normalised.ProjectName(facts.Name);
        var named = projectKey.Length > 0 && facts.TotalInvestment is not null;
        var industryClass = Normalised.IndustryClass(facts.IndustryCode);
        List<ReviewRow> reviewed;
        using (var answers = await session.Answers($"{Exact}; {UnderReview}{(named ? $"; {SimilarNames}" : "")}", new
        {
            nationalCode = Normalised.NationalCode(facts.NationalCode),
            nameKeys,
            usccs = investors.Select(investor => Normalised.Uscc(investor.Uscc)).OfType<string>().Distinct(),
            groupKeys = industryClass is null ? [] : facts.Investors.Select(investor => Normalised.InvestorName(investor.GroupParent ?? "")).Where(key => key.Length > 0).Distinct(),
            industryClass,
            before = before?.Sequence ?? long.MaxValue,
            grams = Grams.Of(projectKey),
            least = Grams.LeastShared(CodePoints(projectKey), Matcher.SimilarProjectName),
            currency = facts.TotalInvestment?.Currency,
            low = decimal.ToInt64(decimal.Floor((facts.TotalInvestment?.Amount ?? 0) * 90m)),
            high = decimal.ToInt64(decimal.Ceiling((facts.TotalInvestment?.Amount ?? 0) * 100m / 0.9m)),
            horizon,
            limit = MostCandidates + 1,
        }))
        {
            projects.UnionWith(await answers.ReadAsync<string>());
            reviewed = (await answers.ReadAsync<ReviewRow>()).AsList();
            if (named)
            {
                var candidates = (await answers.ReadAsync<string>()).AsList();
                tooMany |= candidates.Count > MostCandidates;
                projects.UnionWith(candidates);
            }
        }

        foreach (var nameKey in nameKeys)
        {
            var candidates = await session.Query<InvestorCandidate>(SimilarInvestors, new
            {
                grams = Grams.Of(nameKey),
                least = Grams.LeastShared(CodePoints(nameKey), Matcher.SimilarInvestorName),
                limit = MostCandidates + 1,
            });
            tooMany |= candidates.Count > MostCandidates;
            var similar = candidates.Where(candidate => Similarity.AtLeast(candidate.NameKey, nameKey, Matcher.SimilarInvestorName)).Select(candidate => candidate.Id).ToList();
            foreach (var ids in similar.Chunk(Chunk))
                projects.UnionWith(await session.Query<string>(OfInvestors, new { ids, horizon }));
        }

        if (exceptProjectId is not null)
            projects.Remove(exceptProjectId);
        return new Findings([.. await Projects(session, facts, projects, before), .. Claims(facts, reviewed)], tooMany);
    }

    /// <summary>What intake has to know of some projects.</summary>
    public static async Task<Dictionary<string, KnownProject>> Known(Session session, IReadOnlyCollection<string> ids)
    {
        var known = new Dictionary<string, KnownProject>(StringComparer.Ordinal);
        foreach (var chunk in ids.Chunk(Chunk))
        {
            var claims = (await session.Query<ClaimRow>(ClaimsOf, new { ids = chunk })).ToLookup(claim => claim.ProjectId);
            var barred = (await session.Query<BarRow>(BarsOf, new { ids = chunk, now = session.Now })).ToLookup(bar => bar.ProjectId);
            foreach (var row in await session.Query<StandingRow>(StandingOf, new { ids = chunk }))
            {
                var own = claims[row.Id].ToList();
                var last = own.Where(claim => claim is { ActivatedAt: not null, EndedAt: not null }).MaxBy(claim => claim.EndedAt);
                known[row.Id] = new KnownProject(
                    row.Id,
                    Slug.To<Stage>(row.Stage),
                    row.OwnerId,
                    row.Secret,
                    own.Any(claim => claim.ActivatedAt is not null),
                    own.FirstOrDefault(claim => claim.Status == "active")?.JurisdictionId,
                    [.. own.Where(claim => claim.Status == "queued").Select(claim => claim.JurisdictionId)],
                    last is null ? null : (last.JurisdictionId, last.EndedAt!.Value),
                    [.. barred[row.Id].Select(bar => bar.JurisdictionId)]);
            }
        }

        return known;
    }

    private static async Task<List<Found>> Projects(Session session, MatchFacts facts, IReadOnlyCollection<string> ids, (long Sequence, DateTimeOffset ReceivedAt)? before)
    {
        var matched = new Dictionary<string, Match>(StringComparer.Ordinal);
        foreach (var chunk in ids.Chunk(Chunk))
        {
            foreach (var row in await session.Query<FactsRow>(FactsOf, new { ids = chunk }))
            {
                var earlier = before is not { } claim || row.CreatedAt <= claim.ReceivedAt || row.FirstSequence < claim.Sequence;
                if (earlier && Matcher.Compare(facts, Json.Read<ProjectBody>(row.Facts).Facts()) is { } match)
                    matched[row.Id] = match;
            }
        }

        var known = await Known(session, matched.Keys);
        return [.. matched.Select(pair => new Found(pair.Value, known[pair.Key], null, null)).OrderBy(found => found.Match.Level).ThenBy(found => found.Project!.Id, StringComparer.Ordinal)];
    }

    /// <summary>Claims under review are few: what the centre has not decided yet. They are compared one by one.</summary>
    private static IEnumerable<Found> Claims(MatchFacts facts, List<ReviewRow> reviewed)
    {
        foreach (var row in reviewed)
        {
            if (Matcher.Compare(facts, Json.Read<ProjectBody>(row.Report).Facts()) is { } match)
                yield return new Found(match, null, row.Id, row.JurisdictionId);
        }
    }

    private static int CodePoints(string text) => text.EnumerateRunes().Count();

    private sealed class InvestorCandidate
    {
        public required string Id { get; init; }
        public required string NameKey { get; init; }
    }

    private sealed class FactsRow
    {
        public required string Id { get; init; }
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

    private const string Exact = """
        SELECT id FROM projects WHERE national_code = @nationalCode AND stage <> 'terminated'
        UNION
        SELECT p.id FROM investors i JOIN project_investors pi ON pi.investor_id = i.id JOIN projects p ON p.id = pi.project_id WHERE i.name_key IN @nameKeys AND p.stage <> 'terminated'
        UNION
        SELECT p.id FROM investors i JOIN project_investors pi ON pi.investor_id = i.id JOIN projects p ON p.id = pi.project_id WHERE i.uscc IN @usccs AND p.stage <> 'terminated'
        UNION
        SELECT p.id FROM project_investors pi JOIN projects p ON p.id = pi.project_id WHERE pi.group_key IN @groupKeys AND p.industry_class = @industryClass AND p.stage <> 'terminated'
        """;

    private const string SimilarInvestors = """
        SELECT i.id, i.name_key FROM investors i
        JOIN (SELECT investor_id, COUNT(*) AS shared FROM investor_grams WHERE gram IN @grams GROUP BY investor_id HAVING COUNT(*) >= @least) g ON g.investor_id = i.id
        ORDER BY g.shared DESC, i.seq {page}
        """;

    private const string OfInvestors = """
        SELECT p.id FROM project_investors pi JOIN projects p ON p.id = pi.project_id
        WHERE pi.investor_id IN @ids AND p.stage <> 'terminated' AND (p.stage = 'in-talks' OR p.moved_at >= @horizon)
        """;

    private const string SimilarNames = """
        SELECT p.id FROM projects p
        JOIN (SELECT project_id, COUNT(*) AS shared FROM name_grams WHERE gram IN @grams AND currency = @currency AND amount >= @low AND amount <= @high
              GROUP BY project_id HAVING COUNT(*) >= @least) g ON g.project_id = p.id
        WHERE p.stage <> 'terminated' AND (p.stage = 'in-talks' OR p.moved_at >= @horizon)
        ORDER BY g.shared DESC, p.seq {page}
        """;

    private const string FactsOf = """
        SELECT p.id, p.facts, p.created_at, (SELECT MIN(c.sequence) FROM claims c WHERE c.project_id = p.id) AS first_sequence
        FROM projects p WHERE p.id IN @ids
        """;

    private const string StandingOf = "SELECT id, stage, owner_id, secret FROM projects WHERE id IN @ids";
    private const string ClaimsOf = "SELECT project_id, jurisdiction_id, status, activated_at, ended_at FROM claims WHERE project_id IN @ids";
    private const string BarsOf = "SELECT project_id, jurisdiction_id FROM report_bars WHERE project_id IN @ids AND until_at >= @now";
    private const string UnderReview = "SELECT id, jurisdiction_id, report FROM claims WHERE status = 'under-review' AND sequence < @before ORDER BY sequence";
}
