using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Domain.Libraries;

namespace Pipeline.Api.Features.Libraries;

/// <summary>The seven libraries, all of one shape (R130).</summary>
public static class LibraryEndpoints
{
    public static void MapLibraries(this IEndpointRouteBuilder api)
    {
        api.Map<InstitutionDetails, InstitutionRules>(
            new Words(
                "Institution",
                "Institutions",
                "institution",
                "Investment institutions: who manages or places money."
            ),
            """{ "name": "嘉禾创业投资有限公司", "tags": ["早期"], "details": { "kind": "venture-capital", "stages": ["seed", "angel"] } }"""
        );
        api.Map<FundDetails, FundRules>(
            new Words("Fund", "Funds", "fund", "Funds, with what the city put in and what has to come back."),
            """{ "name": "南湖产业引导基金", "chain": "氢能", "details": { "size": { "amount": 1000000000, "currency": "CNY" }, "cityShare": { "amount": 200000000, "currency": "CNY" }, "multiple": 1.5 } }"""
        );
        api.Map<ExpertDetails, ExpertRules>(
            new Words("Expert", "Experts", "expert", "People who know a field."),
            """{ "name": "王教授", "tags": ["集成电路"], "details": { "employer": "某大学", "field": "集成电路设计" } }"""
        );
        api.Map<IntermediaryDetails, IntermediaryRules>(
            new Words(
                "Intermediary",
                "Intermediaries",
                "intermediary",
                "Chambers, consultants and others who bring investors."
            ),
            """{ "name": "长三角招商顾问有限公司", "details": { "services": "项目引荐", "country": "CN" } }"""
        );
        api.Map<TargetEnterpriseDetails, TargetEnterpriseRules>(
            new Words(
                "TargetEnterprise",
                "TargetEnterprises",
                "target enterprise",
                "Enterprises that a chain is sought for."
            ),
            """{ "name": "远图动力股份有限公司", "chain": "氢能", "details": { "country": "CN", "state": "contacted", "products": "燃料电池电堆" } }"""
        );
        api.Map<TechEnterpriseDetails, TechEnterpriseRules>(
            new Words(
                "TechEnterprise",
                "TechEnterprises",
                "technology enterprise",
                "Technology enterprises, which count once a city and year, and whether their shares are listed."
            ),
            """{ "name": "微澜传感科技有限公司", "details": { "kind": "high-tech", "recognisedOn": "2026-03-02", "evidence": "高新技术企业证书 GR202633000001", "park": "科创园" } }"""
        );
        api.Map<ForeignEnterpriseDetails, ForeignEnterpriseRules>(
            new Words(
                "ForeignEnterprise",
                "ForeignEnterprises",
                "foreign enterprise",
                "Foreign-invested enterprises of the city."
            ),
            """{ "name": "北海精密机械（嘉兴）有限公司", "details": { "country": "DE", "registeredOn": "2025-03-01", "contracted": { "amount": 50000000, "currency": "USD" }, "paidIn": { "amount": 9000000, "currency": "USD" } } }"""
        );
    }

    /// <summary>How a library is called in the description.</summary>
    /// <param name="One">One entry, as it stands in the name of an operation.</param>
    /// <param name="Many">Several.</param>
    /// <param name="Name">One entry, in a sentence.</param>
    private sealed record Words(string One, string Many, string Name, string Text)
    {
        /// <summary>The name with its article.</summary>
        public string AName => ("aeiou".Contains(Name[0], StringComparison.Ordinal) ? "an " : "a ") + Name;

        public string Plural => Name.EndsWith('y') ? Name[..^1] + "ies" : Name + "s";
    }

    private static void Map<TDetails, TRules>(this IEndpointRouteBuilder api, Words words, string example)
        where TDetails : class, ILibraryDetails
        where TRules : LibraryBodyRules<TDetails>, new()
    {
        var entries = api.MapGroup("/" + Slug.Of(TDetails.Library))
            .Tagged(char.ToUpperInvariant(words.Plural[0]) + words.Plural[1..], words.Text);
        entries
            .MapGet("/", ReadEntries.List<TDetails>)
            .WithName($"list{words.Many}")
            .WithSummary($"List {words.Plural}")
            .Allows(Act.ReadLibraries)
            .Reads([.. LibraryFilter.Parameters, .. Query.CountedPages])
            .Answers<Page<LibraryView<TDetails>>>();
        entries
            .MapGet("/{id}", ReadEntries.Single<TDetails>)
            .WithName($"get{words.One}")
            .WithSummary($"Get {words.AName}")
            .Allows(Act.ReadLibraries)
            .Answers<LibraryView<TDetails>>()
            .Refuses(404);
        entries
            .MapPost("/", EnterEntry.Post<TDetails, TRules>)
            .WithName($"create{words.One}")
            .WithSummary($"Enter {words.AName}")
            .Allows(Act.EditLibraries)
            .Takes<LibraryBody<TDetails>>()
            .Example(example)
            .Answers<LibraryView<TDetails>>(201)
            .Refuses(400)
            .Refuses("entry-known");
        entries
            .MapPatch("/{id}", EnterEntry.Patch<TDetails, TRules>)
            .WithName($"edit{words.One}")
            .WithSummary($"Change {words.AName}")
            .Allows(Act.EditLibraries)
            .TakesPatchOf<LibraryBody<TDetails>>()
            .Answers<LibraryView<TDetails>>()
            .Refuses(400, 404)
            .Refuses("entry-known", "entry-retired");
        entries
            .MapPost("/{id}/verify", KeepEntry.Verify<TDetails>)
            .WithName($"verify{words.One}")
            .WithSummary($"Say that what is known of {words.AName} is right today")
            .Allows(Act.VerifyLibraries)
            .NeedsIfMatch()
            .Answers<LibraryView<TDetails>>()
            .Refuses(404)
            .Refuses("entry-retired");
        entries
            .MapPost("/{id}/retire", KeepEntry.Retire<TDetails>)
            .WithName($"retire{words.One}")
            .WithSummary($"Keep {words.AName} up no longer")
            .Allows(Act.EditLibraries)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<LibraryView<TDetails>>()
            .Refuses(400, 404)
            .Refuses("entry-retired");
        entries
            .MapPost("/batch", EnterEntry.Push<TDetails, TRules>)
            .WithName($"push{words.Many}")
            .WithSummary($"Enter or change many {words.Plural} from a system of one's own")
            .Allows(Act.EditLibraries)
            .Takes<BatchRequest>()
            .Reads(BatchPush.Mode)
            .Answers<BatchResponse>(207)
            .Refuses(400, 422);
    }
}
