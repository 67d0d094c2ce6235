using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Domain.Libraries;

namespace Pipeline.Api.Features.ForeignLists;

public static class ForeignListEndpoints
{
    private static readonly QueryParameter List = Query.Choice<ForeignList>("list", "The list.");

    public static void MapForeignLists(this IEndpointRouteBuilder api)
    {
        var lists = api.MapGroup("/foreign-enterprise-lists")
            .Tagged(
                "Foreign-enterprise lists",
                "New enterprises, undistributed profit and what is not paid in yet, month by month."
            );
        lists
            .MapGet("/{list}", ReadForeignList.Handle)
            .WithName("readForeignEnterpriseList")
            .WithSummary("Read a list of foreign enterprises of a month")
            .Allows(Act.ReadLibraries)
            .ReadsPath(List)
            .Reads(Query.Month("month", "The month; the present one without it."))
            .Answers<ReadForeignList.Response>()
            .Refuses(404);
        lists
            .MapPost("/{list}/{enterpriseId}/visits", RecordVisit.Handle)
            .WithName("recordForeignEnterpriseVisit")
            .WithSummary("Record a visit to an enterprise on a list, and what came of it")
            .Allows(Act.EditLibraries)
            .ReadsPath(List)
            .Takes<RecordVisit.Request>()
            .Example("""{ "visitedOn": "2026-04-20", "outcome": "paid-in", "note": "企业承诺年内到资" }""")
            .Answers<VisitView>(201)
            .Refuses(400, 404)
            .Refuses("entry-retired");
    }
}
