using System.Text.Json.Nodes;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Imports;

/// <summary>The facts among proposed changes: what an edit can change. Stages and their days change by moves, owners by transfers.</summary>
public static class ProposedFacts
{
    // In the order in which a project shows them.
    private static readonly string[] All =
    [
        ImportFields.Name,
        ImportFields.NationalCode,
        ImportFields.Investor,
        ImportFields.Country,
        ImportFields.Uscc,
        ImportFields.TotalInvestment,
        ImportFields.IndustryCode,
        ImportFields.Chain,
        .. PlainFact.All.Select(fact => fact.Name),
    ];

    /// <summary>Those of some fields that are facts.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> fields)
    {
        var given = fields.ToHashSet(StringComparer.Ordinal);
        return [.. All.Where(given.Contains)];
    }

    /// <summary>What a project says of a fact now, as a change tells it.</summary>
    public static JsonNode? Now(ProjectBody body, string field) =>
        field switch
        {
            ImportFields.Investor => Json.Node((body.Investors ?? []).Select(investor => investor.Name)),
            ImportFields.Country => Json.Node(Primary(body)?.Country),
            ImportFields.Uscc => Json.Node(Primary(body)?.Uscc),
            _ => Json.Node(body)![field]?.DeepClone(),
        };

    /// <summary>Whether a fact says what was said of it before.</summary>
    public static bool Same(JsonNode? one, JsonNode? other) => one?.ToJsonString() == other?.ToJsonString();

    /// <summary>The facts of a project with some of them changed.</summary>
    public static JsonNode Changed(ProjectBody body, IReadOnlyDictionary<string, JsonNode?> changes)
    {
        var facts = Json.Node(body)!.AsObject();
        foreach (var (field, value) in changes)
        {
            if (field is not (ImportFields.Investor or ImportFields.Country or ImportFields.Uscc))
                facts[field] = value?.DeepClone();
        }

        if (changes.Keys.Any(field => field is ImportFields.Investor or ImportFields.Country or ImportFields.Uscc))
            facts["investors"] = Json.Node(Investors(body, changes));
        return facts;
    }

    /// <summary>The investors that a row names: of those known already everything else stays.</summary>
    private static List<InvestorBody> Investors(ProjectBody body, IReadOnlyDictionary<string, JsonNode?> changes)
    {
        var investors = (body.Investors ?? []).ToList();
        if (changes.TryGetValue(ImportFields.Investor, out var names) && names is JsonArray named)
        {
            var known = investors.ToLookup(investor => Normalised.InvestorName(investor.Name!));
            investors =
            [
                .. named
                    .Select(name => (string?)name ?? "")
                    .Select(name =>
                        known[Normalised.InvestorName(name)].FirstOrDefault()
                        ?? new InvestorBody { Name = name, Country = InvestorBody.UnknownCountry }
                    ),
            ];
        }

        if (investors.Count > 0 && investors.Count(investor => investor.Primary) != 1)
            investors = [.. investors.Select((investor, at) => investor with { Primary = at == 0 })];
        return
        [
            .. investors.Select(investor =>
                !investor.Primary
                    ? investor
                    : investor with
                    {
                        Country = changes.TryGetValue(ImportFields.Country, out var country)
                            ? (string?)country
                            : investor.Country,
                        Uscc = changes.TryGetValue(ImportFields.Uscc, out var uscc) ? (string?)uscc : investor.Uscc,
                    }
            ),
        ];
    }

    private static InvestorBody? Primary(ProjectBody body) =>
        body.Investors?.FirstOrDefault(investor => investor.Primary)
        ?? (body.Investors is [var first, ..] ? first : null);
}
