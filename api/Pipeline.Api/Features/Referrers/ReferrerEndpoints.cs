using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Referrers;

public static class ReferrerEndpoints
{
    public static void MapReferrers(this IEndpointRouteBuilder api)
    {
        var referrer = api.MapGroup("/projects/{id}/referrer")
            .Tagged("Referrers", "Who brought a project, who confirms it, and what the reward would be.");
        referrer
            .MapGet("/", Referrer.Read)
            .WithName("getReferrer")
            .WithSummary("Get the referrer of a project")
            .Allows(Act.ReadReferrer)
            .Answers<ReferrerView>()
            .Refuses(404);
        referrer
            .MapPost("/", Referrer.Name)
            .WithName("nameReferrer")
            .WithSummary("Name the referrer of a project, before it is registered")
            .Allows(Act.NameReferrer)
            .Takes<Referrer.Request>()
            .Example("""{ "name": "赵先生", "kind": "person", "declared": true }""")
            .Answers<ReferrerView>(201)
            .Refuses(400, 404)
            .Refuses("claim-held-by-another", "referrer-barred", "referrer-named", "referrer-too-late");
        referrer
            .MapPost("/confirm", Referrer.Confirm)
            .WithName("confirmReferrer")
            .WithSummary("Confirm the referrer: by the investor's statement, then for the unit, then for the centre")
            .Allows(Act.ConfirmReferrer)
            .Takes<Referrer.ConfirmRequest>()
            .NeedsIfMatch()
            .Answers<ReferrerView>()
            .Refuses(400, 403, 404)
            .Refuses("claim-held-by-another", "evidence-missing", "referrer-confirmed");
        referrer
            .MapGet("/reward", ReadReward.Handle)
            .WithName("readReferralReward")
            .WithSummary("Read what the reward of the referrer would be, step by step; nothing is paid here")
            .Allows(Act.ReadReferrer)
            .Reads(Query.Date("on", "The day on which it is computed; today without it."))
            .Answers<ReadReward.Response>()
            .Refuses(404);
    }
}
