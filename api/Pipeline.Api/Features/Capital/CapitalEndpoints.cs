using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Capital;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Capital;

public static class CapitalEndpoints
{
    private static readonly QueryParameter Year = Query.Whole("year", "The year that statistics tell of.");

    public static void MapCapital(this IEndpointRouteBuilder api)
    {
        var project = api.MapGroup("/projects/{id}").WithTags("Capital");
        project
            .MapPost("/capital", SubmitCapital.Handle)
            .WithName("submitCapital")
            .WithSummary("Submit capital paid in, with its voucher")
            .Allows(Act.SubmitCapital)
            .Takes<SubmitCapital.Request>()
            .Answers<CapitalView>(201)
            .Refuses(400, 404)
            .Refuses(
                "capital-not-counted",
                "capital-not-due",
                "claim-held-by-another",
                "date-order",
                "voucher-missing"
            );
        project
            .MapGet("/capital", ListCapital.OfProject)
            .WithName("listProjectCapital")
            .WithSummary("List the capital paid into a project")
            .Allows(Act.ReadCapital)
            .Answers<Page<CapitalView>>()
            .Refuses(404);
        project
            .MapGet("/capital/summary", SumUpCapital.Handle)
            .WithName("readCapitalSummary")
            .WithSummary("Sum up the capital paid into a project")
            .Allows(Act.ReadCapital)
            .Answers<SumUpCapital.Response>()
            .Refuses(404);
        project
            .MapGet("/fixed-investment/{year}", PutFixedInvestment.Read)
            .ReadsPath(Year)
            .WithName("getFixedInvestment")
            .WithSummary("Get the fixed investment of a year")
            .Allows(Act.ReadCapital)
            .Answers<FixedInvestmentView>()
            .Refuses(404);
        project
            .MapPut("/fixed-investment/{year}", PutFixedInvestment.Handle)
            .ReadsPath(Year)
            .WithName("putFixedInvestment")
            .WithSummary("Record the fixed investment of a year")
            .Allows(Act.RecordInvestment)
            .Takes<PutFixedInvestment.Request>()
            .NeedsIfMatch()
            .Answers<FixedInvestmentView>()
            .Refuses(400, 404, 409);
        var entries = api.MapGroup("/capital")
            .Tagged("Capital", "Capital paid in, with its vouchers, verified by the centre.");
        entries
            .MapGet("/", ListCapital.Handle)
            .WithName("listCapital")
            .WithSummary("List capital paid in")
            .Allows(Act.ReadCapital)
            .Reads([.. CapitalFilter.Parameters, .. Query.CountedPages])
            .Answers<Page<CapitalView>>();
        entries
            .MapGet("/{id}", ListCapital.Single)
            .WithName("getCapital")
            .WithSummary("Get an entry of capital paid in")
            .Allows(Act.ReadCapital)
            .Answers<CapitalView>()
            .Refuses(404);
        entries
            .MapPost("/{id}/verify", DecideCapital.Verify)
            .WithName("verifyCapital")
            .WithSummary("Verify capital paid in: it counts")
            .Allows(Act.DecideCapital)
            .NeedsIfMatch()
            .Answers<CapitalView>()
            .Refuses(404)
            .Refuses("entry-decided", "entry-reversed", "self-verification");
        entries
            .MapPost("/{id}/return", DecideCapital.Return)
            .WithName("returnCapital")
            .WithSummary("Return capital to the unit, with a reason")
            .Allows(Act.DecideCapital)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<CapitalView>()
            .Refuses(404)
            .Refuses("entry-decided", "entry-reversed");
        entries
            .MapPost("/{id}/reverse", DecideCapital.Reverse)
            .WithName("reverseCapital")
            .WithSummary("Reverse a verified entry as a whole")
            .Allows(Act.DecideCapital)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<CapitalView>()
            .Refuses(404)
            .Refuses("entry-decided", "entry-reversed");
        entries
            .MapPost("/batch", PushCapital.Handle)
            .WithName("pushCapital")
            .WithSummary("Submit many entries of capital at once")
            .Allows(Act.SubmitCapital)
            .Takes<BatchRequest>()
            .Reads(BatchPush.Mode)
            .Answers<BatchResponse>(207)
            .Refuses(400)
            .TellsWithin("external-ref-taken");
        entries
            .MapPost("/verify-batch", DecideCapital.VerifyBatch)
            .WithName("verifyCapitalBatch")
            .WithSummary("Verify many entries, each for itself")
            .Allows(Act.DecideCapital)
            .Takes<DecideCapital.BatchRequest>()
            .Answers<DecideCapital.BatchResponse>(207)
            .Refuses(400)
            .TellsWithin("entry-decided", "entry-reversed", "self-verification");
    }
}

/// <summary>The entries a caller may read, newest first.</summary>
public static class ListCapital
{
    public static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
            await CapitalRow.For(session, call.Caller, id) is { } row
                ? Reply.Resource(row.View(call.Caller, await ruleBooks.Load(session)), row.Version)
                : (Reply)Refusal.NotFound
        );

    /// <summary>Those of one project.</summary>
    public static Task<IResult> OfProject(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            if (!await Opens(session, call.Caller, id))
                return (Reply)Refusal.NotFound;
            var rows = await session.Query<CapitalRow>(
                $"{CapitalRow.Select} WHERE e.project_id = @id AND (@all = 1 OR e.jurisdiction_id = @unit) ORDER BY e.seq DESC",
                new
                {
                    id,
                    all = Permissions.ReadsCity(call.Caller) ? 1 : 0,
                    unit = call.Caller.Unit ?? "",
                }
            );
            await CapitalRow.NameAsKnown(session, call.Caller, rows);
            var book = await ruleBooks.Load(session);
            return Reply.Plain(new Page<CapitalView> { Items = [.. rows.Select(row => row.View(call.Caller, book))] });
        });

    /// <summary>Whether what was paid into a project is the caller's to see: not with its public summary alone.</summary>
    internal static async Task<bool> Opens(Session session, Caller caller, string projectId) =>
        await LoadProject.For(session, caller, projectId) is { } project
        && (project.RelationOf(caller) & (Relations.Own | Relations.Former | Relations.City)) != Relations.None;

    public static async Task<IResult> Handle(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var where = CapitalFilter.Read(query, call.Caller);
        var limit = query.Limit();
        var cursor = query.Cursor(cursors);
        var count = query.Flag("count");
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;

        var caller = call.Caller;
        var parameters = where.Values;
        var filter = where.Sql;
        var page = filter;
        if (cursor is not null)
        {
            parameters.Add("seq", cursor.Seq);
            page += " AND e.seq < @seq";
        }

        parameters.Add("limit", limit + 1);
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<CapitalRow>(
                $"{CapitalRow.Select} WHERE {page} ORDER BY e.seq DESC {{page}}",
                parameters
            );
            long? total = count
                ? await session.One<long>($"SELECT COUNT(*) {CapitalRow.From} WHERE {filter}", parameters)
                : null;
            return await Page(session, call, cursors, ruleBooks, rows, limit, total);
        });
    }

    private static async Task<Reply> Page(
        Session session,
        Call call,
        Cursors cursors,
        RuleBooks ruleBooks,
        List<CapitalRow> rows,
        int limit,
        long? total
    )
    {
        foreach (var row in rows.Take(limit).Where(row => row.Secret))
            session.Note(row.SecretRead());
        await CapitalRow.NameAsKnown(session, call.Caller, rows);
        var book = await ruleBooks.Load(session);
        return Reply.Plain(
            Pages.Of(
                call.Request,
                cursors,
                rows,
                limit,
                row => new Cursor(null, row.Seq),
                row => row.View(call.Caller, book),
                total
            )
        );
    }
}
