using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Indicators;

public static class IndicatorEndpoints
{
    public static readonly QueryParameter Period = Query.Text(
        "period",
        "A month `YYYY-MM`, a quarter `YYYY-Qn` or a year `YYYY`."
    );

    private static readonly QueryParameter Named = Query.Text("indicator", "The indicator's id.");

    private static readonly QueryParameter Unit = Query.Text("unit", "The unit's id, or `city`.");

    public static void MapIndicators(this IEndpointRouteBuilder api)
    {
        var indicators = api.MapGroup("/indicators")
            .Tagged("Indicators", "What units are judged by: built-in indicators, and those that the centre defines.");
        indicators
            .MapGet("/", DefineIndicator.All)
            .WithName("listIndicators")
            .WithSummary("List indicators, the built-in ones first")
            .Allows(Act.ReadIndicators)
            .Answers<Page<IndicatorView>>();
        indicators
            .MapGet("/{indicator}", DefineIndicator.Single)
            .ReadsPath(Named)
            .WithName("getIndicator")
            .WithSummary("Get an indicator")
            .Allows(Act.ReadIndicators)
            .Answers<IndicatorView>()
            .Refuses(404);
        indicators
            .MapPost("/", DefineIndicator.Draft)
            .WithName("draftIndicator")
            .WithSummary("Draft an indicator for a second person to publish")
            .Allows(Act.DraftIndicator)
            .Takes<IndicatorBody>()
            .Answers<IndicatorView>(201)
            .Refuses(400)
            .Refuses("expression-invalid", "indicator-exists", "indicators-full");
        indicators
            .MapPost("/try", TryIndicator.Handle)
            .WithName("tryIndicator")
            .WithSummary("Try a definition on a period; nothing is stored")
            .Allows(Act.DraftIndicator)
            .StoresNothing()
            .Takes<TryIndicator.Request>()
            .Example(
                """
                {
                  "definition": {
                    "id": "large-foreign",
                    "name": "外资大项目",
                    "unit": "projects",
                    "source": "credit",
                    "filter": "kind = signed and foreign",
                    "aggregate": "count"
                  },
                  "period": "2026"
                }
                """
            )
            .Answers<TryIndicator.Trial>()
            .Refuses(400)
            .Refuses("expression-invalid");
        indicators
            .MapPatch("/{indicator}", DefineIndicator.Edit)
            .ReadsPath(Named)
            .WithName("editIndicator")
            .WithSummary("Change one's own draft of an indicator")
            .Allows(Act.DraftIndicator)
            .TakesPatchOf<IndicatorBody>()
            .Answers<IndicatorView>()
            .Refuses(400, 403, 404)
            .Refuses("draft-decided", "expression-invalid", "indicators-full");
        indicators
            .MapPost("/{indicator}/publish", DefineIndicator.Publish)
            .ReadsPath(Named)
            .WithName("publishIndicator")
            .WithSummary("Publish another person's draft of an indicator")
            .Allows(Act.DraftIndicator)
            .NeedsIfMatch()
            .Answers<IndicatorView>()
            .Refuses(404)
            .Refuses("indicators-full", "second-person-required");
        indicators
            .MapPost("/{indicator}/retire", DefineIndicator.Retire)
            .ReadsPath(Named)
            .WithName("retireIndicator")
            .WithSummary("Withdraw a draft, or take a published indicator out of use, with a reason")
            .Allows(Act.DraftIndicator)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<IndicatorView>()
            .Refuses(400, 404)
            .Refuses("draft-decided");
        indicators
            .MapGet("/{indicator}/values/{period}/{unit}", StateValue.Read)
            .ReadsPath(Named)
            .ReadsPath(Period)
            .ReadsPath(Unit)
            .WithName("getIndicatorValue")
            .WithSummary("Get what is stated of an indicator, with its versions")
            .Allows(Act.StateValue)
            .Answers<StatedValueView>()
            .Refuses(404);
        indicators
            .MapPut("/{indicator}/values/{period}/{unit}", StateValue.Handle)
            .ReadsPath(Named)
            .ReadsPath(Period)
            .ReadsPath(Unit)
            .WithName("putIndicatorValue")
            .WithSummary("State the value of an indicator that is not made from the ledger")
            .Allows(Act.StateValue)
            .Takes<StateValue.Request>()
            .NeedsIfMatch()
            .Answers<StatedValueView>()
            .Refuses(400, 404, 409);
    }
}
