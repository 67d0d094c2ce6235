using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Credit;

public static class CreditEndpoints
{
    private static readonly QueryParameter Period = Query.Text(
        "period",
        "A month `YYYY-MM`, a quarter `YYYY-Qn` or a year `YYYY`; without it the current year."
    );

    private static readonly QueryParameter OneIndicator = Query.Choice(
        "indicator",
        "The indicator; without it projects at the stage at which they are credited.",
        [.. Indicator.All.Keys]
    );

    public static void MapCredit(this IEndpointRouteBuilder api)
    {
        var credit = api.MapGroup("/credit")
            .Tagged("Credit", "What units are credited with, made from the ledger of facts that count.");
        credit
            .MapGet("/", ReadCredit.Rows)
            .WithName("listCredit")
            .WithSummary("List what units are credited with, row by row")
            .Allows(Act.ReadCredit)
            .Reads([
                Period,
                Query.Unit,
                OneIndicator,
                Query.Project,
                Query.Choice<CreditRole>("role", "Only what is credited for this."),
                .. Query.Pages,
            ])
            .Answers<ReadCredit.CreditPage>();
        credit
            .MapGet("/summary", ReadCredit.Summary)
            .WithName("readCreditSummary")
            .WithSummary("Sum up credit")
            .Allows(Act.ReadCredit)
            .Reads([Query.Choice<ReadCredit.By>("by", "What the figures are told apart by."), Period, OneIndicator])
            .Answers<ReadCredit.CreditSummary>();
        api.MapPost("/projects/{id}/credit-agreements", Agreements.Propose)
            .WithName("proposeCreditAgreement")
            .WithSummary("Propose how the credit of a project is divided")
            .WithTags("Credit")
            .Allows(Act.ProposeAgreement)
            .Takes<Agreements.Request>()
            .Answers<CreditAgreementView>(201)
            .Refuses(400, 404)
            .Refuses("agreement-in-force", "claim-held-by-another", "evidence-missing", "shares-not-whole");
        api.MapGet("/projects/{id}/credit-agreements", Agreements.OfProject)
            .WithName("listCreditAgreements")
            .WithSummary("List the credit agreements of a project")
            .WithTags("Credit")
            .Allows(Act.ReadCredit)
            .Answers<Page<CreditAgreementView>>()
            .Refuses(404);
        RehearseRuleSet.Map(api);
        CorrectLanding.Map(api);
        var agreements = api.MapGroup("/credit-agreements").WithTags("Credit");
        agreements
            .MapGet("/{id}", Agreements.Single)
            .WithName("getCreditAgreement")
            .WithSummary("Get a credit agreement")
            .Allows(Act.ReadCredit)
            .Answers<CreditAgreementView>()
            .Refuses(404);
        agreements
            .MapPost("/{id}/approve", Agreements.Approve)
            .WithName("approveCreditAgreement")
            .WithSummary("Approve a credit agreement")
            .Allows(Act.DecideAgreement)
            .NeedsIfMatch()
            .Answers<CreditAgreementView>()
            .Refuses(403, 404)
            .Refuses("agreement-decided", "agreement-in-force");
        agreements
            .MapPost("/{id}/end", Agreements.End)
            .WithName("endCreditAgreement")
            .WithSummary("End a credit agreement, with a reason")
            .Allows(Act.DecideAgreement)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<CreditAgreementView>()
            .Refuses(404)
            .Refuses("agreement-decided");
    }
}
