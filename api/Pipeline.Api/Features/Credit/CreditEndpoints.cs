using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Credit;

public static class CreditEndpoints
{
    public static void MapCredit(this IEndpointRouteBuilder api)
    {
        var credit = api.MapGroup("/credit").WithTags("Credit");
        credit
            .MapGet("/", ReadCredit.Rows)
            .WithName("listCredit")
            .Allows(Act.ReadCredit)
            .Reads("period", "jurisdictionId", "indicator", "projectId", "role", "limit", "cursor")
            .Answers<ReadCredit.CreditPage>();
        credit
            .MapGet("/summary", ReadCredit.Summary)
            .WithName("readCreditSummary")
            .Allows(Act.ReadCredit)
            .Reads("by", "period", "indicator")
            .Answers<ReadCredit.CreditSummary>();
        api.MapPost("/projects/{id}/credit-agreements", Agreements.Propose)
            .WithName("proposeCreditAgreement")
            .WithTags("Credit")
            .Allows(Act.ProposeAgreement)
            .Takes<Agreements.Request>()
            .Answers<CreditAgreementView>(201)
            .Refuses(400, 404, 409, 422);
        api.MapGet("/projects/{id}/credit-agreements", Agreements.OfProject)
            .WithName("listCreditAgreements")
            .WithTags("Credit")
            .Allows(Act.ReadCredit)
            .Answers<Page<CreditAgreementView>>()
            .Refuses(404);
        var agreements = api.MapGroup("/credit-agreements").WithTags("Credit");
        agreements
            .MapGet("/{id}", Agreements.Single)
            .WithName("getCreditAgreement")
            .Allows(Act.ReadCredit)
            .Answers<CreditAgreementView>()
            .Refuses(404);
        agreements
            .MapPost("/{id}/approve", Agreements.Approve)
            .WithName("approveCreditAgreement")
            .Allows(Act.DecideAgreement)
            .NeedsIfMatch()
            .Answers<CreditAgreementView>()
            .Refuses(403, 404, 409);
        agreements
            .MapPost("/{id}/end", Agreements.End)
            .WithName("endCreditAgreement")
            .Allows(Act.DecideAgreement)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<CreditAgreementView>()
            .Refuses(404, 409);
    }
}
