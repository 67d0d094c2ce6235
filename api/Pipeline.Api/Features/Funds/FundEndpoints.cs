using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Funds;

public static class FundEndpoints
{
    public static void MapFunds(this IEndpointRouteBuilder api)
    {
        var fund = api.MapGroup("/funds/{id}").WithTags("Funds");
        fund.MapGet("/investments", FundInvestments.List)
            .WithName("listFundInvestments")
            .WithSummary("List what a fund has invested")
            .Allows(Act.ReadFundInvestments)
            .Answers<Page<FundInvestmentView>>()
            .Refuses(404);
        fund.MapPost("/investments", FundInvestments.Submit)
            .WithName("submitFundInvestment")
            .WithSummary("Submit money that a fund has put into a company")
            .Allows(Act.SubmitFundInvestment)
            .Takes<FundInvestments.Request>()
            .Example(
                """
                { "company": "微澜传感科技有限公司", "investedIn": "relocated", "investedOn": "2026-04-01", "amount": { "amount": 20000000, "currency": "CNY" }, "evidence": "投资协议及银行回单" }
                """
            )
            .Answers<FundInvestmentView>(201)
            .Refuses(400, 404, 409);
        fund.MapGet("/return-investment", ReadReturn.Handle)
            .WithName("readReturnInvestment")
            .WithSummary("Read how much of what the city put into a fund has come back as investment")
            .Allows(Act.ReadFundInvestments)
            .Answers<ReadReturn.Response>()
            .Refuses(404);
        var investments = api.MapGroup("/fund-investments").WithTags("Funds");
        investments
            .MapPost("/{id}/verify", FundInvestments.Verify)
            .WithName("verifyFundInvestment")
            .WithSummary("Verify an investment that somebody else submitted")
            .Allows(Act.DecideFundInvestment)
            .Answers<FundInvestmentView>()
            .Refuses(404)
            .Refuses("investment-decided", "self-verification");
        investments
            .MapPost("/{id}/return", FundInvestments.Return)
            .WithName("returnFundInvestment")
            .WithSummary("Return an investment with a reason")
            .Allows(Act.DecideFundInvestment)
            .Takes<ReasonRequest>()
            .Answers<FundInvestmentView>()
            .Refuses(400, 404)
            .Refuses("investment-decided");
    }
}
