using Pipeline.Api.Documents;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Transfers;

namespace Pipeline.Api.Features.Transfers;

public static class TransferEndpoints
{
    public static void MapTransfers(this IEndpointRouteBuilder api)
    {
        BlindMarket.Map(api);
        var transfers = api.MapGroup("/transfers")
            .Tagged("Transfers", "A project in talks goes to the unit where it fits.");
        transfers
            .MapPost("/", ProposeTransfer.Handle)
            .WithName("proposeTransfer")
            .WithSummary("Propose that a project goes to another unit")
            .Allows(Act.ProposeTransfer)
            .Takes<ProposeTransfer.Request>()
            .Answers<TransferView>(201)
            .Refuses(400, 403, 404)
            .Refuses("transfer-not-allowed");
        transfers
            .MapGet("/", ListTransfers.Handle)
            .WithName("listTransfers")
            .WithSummary("List transfers")
            .Allows(Act.ReadTransfers)
            .Reads([
                Query.Choice<TransferStatus>("status", "Only transfers that stand so by now.").OrSeveral(),
                Query.Choice<TransferDirection>("direction", "Of a unit: only what comes in, or goes out."),
                Query.Project,
                .. Query.CountedPages,
            ])
            .Answers<Page<TransferView>>();
        transfers
            .MapGet("/{id}", ListTransfers.Single)
            .WithName("getTransfer")
            .WithSummary("Get a transfer")
            .Allows(Act.ReadTransfers)
            .Answers<TransferView>()
            .Refuses(404);
        transfers
            .MapGet("/{id}/form.docx", TransferDocument.Word)
            .WithName("exportTransfer")
            .WithSummary("Get a transfer as a form as a document")
            .Allows(Act.ReadTransfers)
            .Produces(200, contentType: WordDocument.ContentType)
            .Refuses(404);
        transfers
            .MapGet("/{id}/form.pdf", TransferDocument.Pdf)
            .WithName("exportTransferPdf")
            .WithSummary("Get a transfer as a form as pages to print and to file")
            .Allows(Act.ReadTransfers)
            .Produces(200, contentType: PdfPages.ContentType)
            .Refuses(404);
        transfers
            .MapPost("/{id}/accept", StepTransfer.Accept)
            .WithName("acceptTransfer")
            .WithSummary("Accept a transfer")
            .Allows(Act.AnswerTransfer)
            .NeedsIfMatch()
            .Answers<TransferView>()
            .Refuses(403, 404)
            .Refuses("transfer-ended");
        transfers
            .MapPost("/{id}/decline", StepTransfer.Decline)
            .WithName("declineTransfer")
            .WithSummary("Decline a transfer, with a reason")
            .Allows(Act.AnswerTransfer)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<TransferView>()
            .Refuses(403, 404)
            .Refuses("transfer-ended");
        transfers
            .MapPost("/{id}/cancel", StepTransfer.Cancel)
            .WithName("cancelTransfer")
            .WithSummary("Take back a transfer")
            .Allows(Act.CancelTransfer)
            .NeedsIfMatch()
            .Answers<TransferView>()
            .Refuses(403, 404)
            .Refuses("transfer-ended");
        transfers
            .MapPost("/{id}/approve", StepTransfer.Approve)
            .WithName("approveTransfer")
            .WithSummary("Approve a transfer: the project goes to the receiver")
            .Allows(Act.DecideTransfer)
            .NeedsIfMatch()
            .Answers<TransferView>()
            .Refuses(404)
            .Refuses("transfer-ended", "transfer-not-accepted", "transfer-not-allowed");
        transfers
            .MapPost("/{id}/reject", StepTransfer.Reject)
            .WithName("rejectTransfer")
            .WithSummary("Reject a transfer, with a reason")
            .Allows(Act.DecideTransfer)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<TransferView>()
            .Refuses(404)
            .Refuses("transfer-ended", "transfer-not-accepted");
    }
}

/// <summary>From which side a unit lists its transfers.</summary>
public enum TransferDirection
{
    In,
    Out,
}

/// <summary>The transfers a caller may read, newest first.</summary>
public static class ListTransfers
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await TransferRow.For(session, call.Caller, id) is { } row
                ? Reply.Resource(row.View(call.Caller, session.Now, await WorkCalendars.Load(session)), row.Version)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Handle(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var status = query.Choices<TransferStatus>("status");
        var direction = query.Choice<TransferDirection>("direction");
        var projectId = query.Text("projectId", 32);
        var limit = query.Limit();
        var cursor = query.Cursor(cursors);
        var count = query.Flag("count");
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;

        var caller = call.Caller;
        var city = Permissions.ReadsCity(caller);
        var where = new Conditions();
        var parameters = where.Values;
        if (!city)
            where.Add(
                direction switch
                {
                    TransferDirection.In => "t.to_id = @mine",
                    TransferDirection.Out => "t.from_id = @mine",
                    _ => "(t.from_id = @mine OR t.to_id = @mine)",
                },
                "mine",
                caller.Unit ?? ""
            );
        else if (!Permissions.ReadsSecret(caller))
            where.Add($"(p.secret = 0 OR {ProjectVisibility.Named})", "me", caller.UserId);

        // Who was only offered a project does not find out which one by asking (R43a).
        where.Add(
            city
                ? "t.project_id = @projectId"
                : "t.project_id = @projectId AND (t.from_id = @mine OR t.status = 'approved')",
            "projectId",
            projectId
        );
        where.AddAny([.. status.Select(By)]);

        return await call.Read<IResult>(async session =>
        {
            parameters.Add("now", session.Now);
            parameters.Add("limit", limit + 1);
            var filter = where.Sql;
            var page = filter;
            if (cursor is not null)
            {
                parameters.Add("seq", cursor.Seq);
                page += " AND t.seq < @seq";
            }

            var rows = await session.Query<TransferRow>(
                $"{TransferRow.Select} WHERE {page} ORDER BY t.seq DESC {{page}}",
                parameters
            );
            foreach (var row in rows.Take(limit).Where(row => row.Secret))
                session.Note(row.SecretRead());
            var calendar = await WorkCalendars.Load(session);
            long? total = count
                ? await session.One<long>($"SELECT COUNT(*) {TransferRow.From} WHERE {filter}", parameters)
                : null;
            return Reply.Plain(
                Pages.Of(
                    call.Request,
                    cursors,
                    rows,
                    limit,
                    row => new Cursor(null, row.Seq),
                    row => row.View(caller, session.Now, calendar),
                    total
                )
            );
        });
    }

    /// <summary>As <see cref="Domain.Transfers.TransferRules.StatusAt"/> says: what nobody answered in time has lapsed.</summary>
    private static string By(TransferStatus status) =>
        status switch
        {
            TransferStatus.Proposed => "t.status = 'proposed' AND t.accept_until >= @now",
            TransferStatus.Lapsed => "(t.status = 'lapsed' OR (t.status = 'proposed' AND t.accept_until < @now))",
            _ => $"t.status = '{Slug.Of(status)}'",
        };
}
