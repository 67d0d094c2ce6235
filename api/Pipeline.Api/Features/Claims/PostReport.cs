using Pipeline.Api.Http;

namespace Pipeline.Api.Features.Claims;

/// <summary>Reports a project over HTTP; see <see cref="ReportProject"/>.</summary>
public static class PostReport
{
    public static async Task<IResult> Handle(Call call, ReportProject report, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<ReportProject.Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            if (call.ValidateOnly)
            {
                var check = await report.Check(session, call.Caller, body.Value!);
                return check.Refusal is { } refused ? refused : Reply.NothingStored;
            }

            var outcome = await report.Take(session, call.Caller, body.Value!);
            if (outcome.Refusal is { } refusal)
                return refusal;
            var row = (await LoadClaim.For(session, call.Caller, outcome.Value))!;
            return AnswerClaim.With(
                session,
                call.Caller,
                row,
                await ruleBooks.Load(session),
                201,
                $"/api/v1/claims/{row.Id}"
            );
        });
    }
}
