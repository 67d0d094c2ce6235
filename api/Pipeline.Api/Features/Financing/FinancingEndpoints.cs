using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Domain.Financing;
using Pipeline.Store.Financing;

namespace Pipeline.Api.Features.Financing;

public static class FinancingEndpoints
{
    public static void MapFinancing(this IEndpointRouteBuilder api)
    {
        var needs = api.MapGroup("/financing-needs")
            .Tagged("Financing", "Needs of financing, and how they are matched with institutions and funds.");
        needs
            .MapGet("/", ReadNeeds.List)
            .WithName("listFinancingNeeds")
            .WithSummary("List needs of financing, the latest first: a unit's own, or the city's")
            .Allows(Act.ReadNeeds)
            .Reads([
                .. NeedFilter.Parameters,
                Query.Text("suits", "Only needs that this institution or fund of the libraries suits."),
                .. Query.CountedPages,
            ])
            .Answers<Page<NeedView>>()
            .Refuses(404);
        needs
            .MapPost("/", KeepNeed.Add)
            .WithName("addFinancingNeed")
            .WithSummary("Put a need of financing on record")
            .Allows(Act.ManageNeeds)
            .Takes<NeedBody>()
            .Example(
                """
                {
                  "enterprise": "嘉兴储电科技有限公司",
                  "kind": "equity",
                  "stage": "growth",
                  "chain": "新能源",
                  "amount": { "amount": 50000000, "currency": "CNY" },
                  "validUntil": "2026-12-31"
                }
                """
            )
            .Answers<NeedView>(201)
            .Refuses(400, 404);
        needs
            .MapGet("/rates", ReadNeeds.Rates)
            .WithName("readFinancingRates")
            .WithSummary("Read how many needs were financed, by count and by money")
            .Allows(Act.ReadNeeds)
            .Reads([
                Query.Date("from", "Only needs put on record on this day or later."),
                Query.Date("to", "Only needs put on record on this day or before."),
                Query.Unit,
            ])
            .Answers<RatesView>();
        needs
            .MapGet("/{id}", ReadNeeds.Single)
            .WithName("getFinancingNeed")
            .WithSummary("Get a need of financing")
            .Allows(Act.ReadNeeds)
            .Answers<NeedView>()
            .Refuses(404);
        needs
            .MapPatch("/{id}", KeepNeed.Edit)
            .WithName("editFinancingNeed")
            .WithSummary("Change a need of financing")
            .Allows(Act.ManageNeeds)
            .TakesPatchOf<NeedBody>()
            .Answers<NeedView>()
            .Refuses(400, 404)
            .Refuses("need-retired");
        needs
            .MapPost("/{id}/retire", KeepNeed.Retire)
            .WithName("retireFinancingNeed")
            .WithSummary("Say that a need is kept up no longer, and why")
            .Allows(Act.ManageNeeds)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<NeedView>()
            .Refuses(400, 404)
            .Refuses("need-retired");
        needs
            .MapGet("/{id}/suggestions", ReadNeeds.Suggestions)
            .WithName("listNeedSuggestions")
            .WithSummary("List the institutions and funds that suit a need, with reasons for and against")
            .Allows(Act.ReadNeeds)
            .Answers<SuggestionList>()
            .Refuses(404);
        var matches = api.MapGroup("/matches").WithTags("Financing");
        matches
            .MapGet("/", ReadMatches.List)
            .WithName("listMatches")
            .WithSummary("List matches, the latest first: a unit's own, or the city's")
            .Allows(Act.ReadNeeds)
            .Reads([
                Query.Text("needId", "Only matches of this need."),
                Query.Choice<MatchState>("state", "Only matches that stand so.").OrSeveral(),
                Query.Choice<Silence>("silence", "Only matches of which nothing was heard for so long."),
                Query.Unit,
                .. Query.CountedPages,
            ])
            .Answers<Page<MatchView>>();
        matches
            .MapPost("/", ProposeMatch.Handle)
            .WithName("proposeMatch")
            .WithSummary("Bring a need together with an institution or a fund")
            .Allows(Act.ManageNeeds)
            .Takes<ProposeMatch.Request>()
            .Answers<MatchView>(201)
            .Refuses(400, 404)
            .Refuses("match-open", "need-retired");
        matches
            .MapGet("/{id}", ReadMatches.Single)
            .WithName("getMatch")
            .WithSummary("Get a match with its steps")
            .Allows(Act.ReadNeeds)
            .Answers<MatchView>()
            .Refuses(404);
        matches
            .MapPost("/{id}/advance", AdvanceMatch.Handle)
            .WithName("advanceMatch")
            .WithSummary("Take a match a step on, to money, or out")
            .Allows(Act.ManageNeeds)
            .Takes<AdvanceMatch.Request>()
            .NeedsIfMatch()
            .Answers<MatchView>()
            .Refuses(400, 404)
            .Refuses("amount-missing", "match-ended", "match-order");
    }
}
