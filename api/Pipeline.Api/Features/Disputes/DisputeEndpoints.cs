using Dapper;
using Pipeline.Api.Documents;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Disputes;

public static class DisputeEndpoints
{
    public static void MapDisputes(this IEndpointRouteBuilder api)
    {
        api.MapPost("/claims/{id}/disputes", FileDispute.Handle)
            .WithName("fileDispute")
            .WithSummary("Contest what became of a report")
            .WithTags("Disputes")
            .Allows(Act.FileDispute)
            .Takes<FileDispute.Request>()
            .Answers<DisputeView>(201)
            .Refuses(404, 422)
            .Refuses("contest-period-over", "dispute-open", "not-contestable");
        var disputes = api.MapGroup("/disputes")
            .Tagged("Disputes", "Contested outcomes: answers, frozen evidence, decisions, one appeal.");
        disputes
            .MapGet("/", ListDisputes.Handle)
            .WithName("listDisputes")
            .WithSummary("List disputes")
            .Allows(Act.ReadDisputes)
            .Reads([
                Query.Choice<DisputeStatus>("status", "Only disputes that stand so.").OrSeveral(),
                Query.Text("claimId", "Only disputes about this claim."),
                Query.Project,
                .. Query.CountedPages,
            ])
            .Answers<Page<DisputeView>>();
        disputes
            .MapGet("/{id}", ListDisputes.Single)
            .WithName("getDispute")
            .WithSummary("Get a dispute")
            .Allows(Act.ReadDisputes)
            .Answers<DisputeView>()
            .Refuses(404);
        disputes
            .MapGet("/{id}/course", ReadDisputeCourse.Handle)
            .WithName("getDisputeCourse")
            .WithSummary("Get the course of a dispute, step by step")
            .Allows(Act.ReadDisputes)
            .Answers<CourseView>()
            .Refuses(404);
        disputes
            .MapGet("/{id}/decision.docx", DisputeDecisionDocument.Word)
            .WithName("exportDisputeDecision")
            .WithSummary("Get what was decided of a dispute as a document")
            .Allows(Act.ReadDisputes)
            .Produces(200, contentType: WordDocument.ContentType)
            .Refuses(404);
        disputes
            .MapGet("/{id}/decision.pdf", DisputeDecisionDocument.Pdf)
            .WithName("exportDisputeDecisionPdf")
            .WithSummary("Get what was decided of a dispute as pages to print and to file")
            .Allows(Act.ReadDisputes)
            .Produces(200, contentType: PdfPages.ContentType)
            .Refuses(404);
        disputes
            .MapGet("/{id}/evidence", Evidence.Read)
            .WithName("readDisputeEvidence")
            .WithSummary("Read the evidence of a dispute as it was frozen")
            .Allows(Act.ReadDisputeEvidence)
            .Answers<Evidence.View>()
            .Refuses(404);
        disputes
            .MapPost("/{id}/answer", PleadDispute.Answer)
            .WithName("answerDispute")
            .WithSummary("Answer a dispute")
            .Allows(Act.AnswerDispute)
            .Takes<PleadDispute.AnswerRequest>()
            .Answers<DisputeView>()
            .Refuses(404, 422)
            .Refuses("dispute-decided");
        disputes
            .MapPost("/{id}/withdraw", PleadDispute.Withdraw)
            .WithName("withdrawDispute")
            .WithSummary("Withdraw a dispute")
            .Allows(Act.FileDispute)
            .Takes<ReasonRequest>()
            .Answers<DisputeView>()
            .Refuses(404, 409);
        disputes
            .MapPost("/{id}/appeal", PleadDispute.Appeal)
            .WithName("appealDispute")
            .WithSummary("Appeal against a decision")
            .Allows(Act.AppealDispute)
            .Takes<PleadDispute.AppealRequest>()
            .Answers<DisputeView>()
            .Refuses(404)
            .Refuses("contest-period-over", "dispute-decided");
        disputes
            .MapGet("/{id}/outcomes", DisputeOutcomes.Read)
            .WithName("listDisputeOutcomes")
            .WithSummary("List how a dispute can be decided as things stand, and why not otherwise")
            .Allows(Act.DecideDispute)
            .Answers<DisputeOutcomes.View>()
            .Refuses(404);
        disputes
            .MapPost("/{id}/decide", DecideDispute.Handle)
            .WithName("decideDispute")
            .WithSummary("Decide a dispute")
            .Allows(Act.DecideDispute)
            .Takes<DecideDispute.Request>()
            .Answers<DisputeView>()
            .Refuses(404)
            .Refuses("answer-awaited", "claim-not-active", "dispute-decided", "own-decision", "project-already-signed");
        disputes
            .MapPost("/{id}/suspend", SuspendClaim.Suspend)
            .WithName("suspendDisputedClaim")
            .WithSummary("Let the window of a disputed claim stand still")
            .Allows(Act.DecideDispute)
            .Takes<ReasonRequest>()
            .Answers<DisputeView>()
            .Refuses(404)
            .Refuses("claim-not-active", "dispute-decided");
        disputes
            .MapPost("/{id}/resume", SuspendClaim.Resume)
            .WithName("resumeDisputedClaim")
            .WithSummary("Let the window of a disputed claim run on")
            .Allows(Act.DecideDispute)
            .Takes<ReasonRequest>()
            .Answers<DisputeView>()
            .Refuses(404)
            .Refuses("claim-not-active");
    }
}

/// <summary>The disputes a caller may read, newest first.</summary>
public static class ListDisputes
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await DisputeRow.For(session, call.Caller, id) is { } row
                ? Reply.Resource(row.View(call.Caller, session.Now, await WorkCalendars.Load(session)), row.Version)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Handle(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var status = query.Choices<DisputeStatus>("status");
        var claimId = query.Text("claimId", 32);
        var projectId = query.Text("projectId", 32);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;

        var caller = call.Caller;
        var where = new Conditions();
        var parameters = where.Values;

        if (!Permissions.ReadsCity(caller))
            where.Add("(d.contestant_id = @mine OR d.respondent_id = @mine)", "mine", caller.Unit ?? "");
        else if (!Permissions.ReadsSecret(caller))
            where.Add(ClaimRow.OpenToLeaderSql, "me", caller.UserId);

        // What a side does not know it cannot ask for: the other's claim, or a project that it does not see.
        if (claimId is not null)
            where.Add(
                "((d.claim_id = @claimId AND (@mineOnly = 0 OR d.contestant_id = @unit)) OR (d.respondent_claim_id = @claimId AND (@mineOnly = 0 OR d.respondent_id = @unit)))",
                "claimId",
                claimId
            );
        if (projectId is not null)
            where.Add(
                "d.project_id = @projectId AND (@mineOnly = 0 OR d.respondent_id = @unit)",
                "projectId",
                projectId
            );
        parameters.Add("mineOnly", Permissions.ReadsCity(caller) ? 0 : 1);
        parameters.Add("unit", caller.Unit ?? "");
        where.AddAny([.. status.Select(By)]);
        return await call.Read<IResult>(async session =>
        {
            parameters.Add("now", session.Now);
            var rows = await session.Query<DisputeRow>(
                $"{DisputeRow.Select} WHERE {where.Sql}{page.Behind("d.seq", parameters, descending: true)} ORDER BY d.seq DESC {{page}}",
                parameters
            );
            foreach (var row in rows.Take(page.Limit).Where(row => row.IsSecret))
                session.Note(row.SecretRead());
            var calendar = await WorkCalendars.Load(session);
            var total = await page.Total(session, $"SELECT COUNT(*) {DisputeRow.From} WHERE {where.Sql}", parameters);
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(caller, session.Now, calendar), total));
        });
    }

    private static string By(DisputeStatus status) =>
        status switch
        {
            DisputeStatus.AwaitingAnswer => "d.status = 'awaiting-answer' AND d.answer_due >= @now",
            DisputeStatus.AwaitingDecision =>
                "(d.status = 'awaiting-decision' OR (d.status = 'awaiting-answer' AND d.answer_due < @now))",
            DisputeStatus.Decided => "d.status = 'decided' AND d.appeal_due >= @now",
            DisputeStatus.Appealed => "d.status = 'appealed'",
            DisputeStatus.Final => "(d.status = 'final' OR (d.status = 'decided' AND d.appeal_due < @now))",
            _ => "d.status = 'withdrawn'",
        };
}
