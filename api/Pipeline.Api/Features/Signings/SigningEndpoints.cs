using Pipeline.Api.Documents;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Signings;

namespace Pipeline.Api.Features.Signings;

public static class SigningEndpoints
{
    public static void MapSigningNotices(this IEndpointRouteBuilder api)
    {
        api.MapPost("/projects/{id}/signing-notices", FileSigningNotice.Handle)
            .WithName("fileSigningNotice")
            .WithSummary("Give notice of a signing")
            .WithTags("Signing notices")
            .Allows(Act.FileSigningNotice)
            .Takes<FileSigningNotice.Request>()
            .Example(
                """
                {
                  "plannedSigningOn": "2026-05-20",
                  "parties": "南湖区人民政府、上海远景氢动力装备有限公司",
                  "agreedAmount": { "amount": 1200000000, "currency": "CNY" },
                  "place": "市会展中心"
                }
                """
            )
            .Answers<SigningNoticeView>(201)
            .Refuses(400, 404)
            .Refuses("claim-held-by-another", "date-order", "illegal-move");
        api.MapGet("/projects/{id}/signing-notices", ListSigningNotices.OfProject)
            .WithName("listProjectSigningNotices")
            .WithSummary("List the signing notices of a project")
            .WithTags("Signing notices")
            .Allows(Act.ReadSigningNotices)
            .Answers<Page<SigningNoticeView>>()
            .Refuses(404);
        api.MapPost("/moves/{id}/lift-flag", LiftFlag.Handle)
            .WithName("liftSigningFlag")
            .WithSummary("Lift the mark of a late or missing notice")
            .WithTags("Signing notices")
            .Allows(Act.WaiveSigningNotice)
            .Takes<ReasonRequest>()
            .Answers<MoveView>()
            .Refuses(404)
            .Refuses("flag-not-set");
        var notices = api.MapGroup("/signing-notices")
            .Tagged("Signing notices", "Notice to the centre of a signing to come.");
        notices
            .MapGet("/", ListSigningNotices.Handle)
            .WithName("listSigningNotices")
            .WithSummary("List signing notices, the next signing first")
            .Allows(Act.ReadSigningNotices)
            .Reads([.. SigningFilter.Parameters, .. Query.CountedPages])
            .Answers<Page<SigningNoticeView>>();
        notices
            .MapGet("/{id}", ListSigningNotices.Single)
            .WithName("getSigningNotice")
            .WithSummary("Get a signing notice")
            .Allows(Act.ReadSigningNotices)
            .Answers<SigningNoticeView>()
            .Refuses(404);
        notices
            .MapGet("/{id}/form.docx", SigningNoticeDocument.Word)
            .WithName("exportSigningNotice")
            .WithSummary("Get a signing notice as a form as a document")
            .Allows(Act.ReadSigningNotices)
            .Produces(200, contentType: WordDocument.ContentType)
            .Refuses(404);
        notices
            .MapGet("/{id}/form.pdf", SigningNoticeDocument.Pdf)
            .WithName("exportSigningNoticePdf")
            .WithSummary("Get a signing notice as a form as pages to print and to file")
            .Allows(Act.ReadSigningNotices)
            .Produces(200, contentType: PdfPages.ContentType)
            .Refuses(404);
        notices
            .MapPatch("/{id}", ChangeSigningNotice.Edit)
            .WithName("editSigningNotice")
            .WithSummary("Change an open signing notice")
            .Allows(Act.FileSigningNotice)
            .TakesPatchOf<FileSigningNotice.Request>()
            .Answers<SigningNoticeView>()
            .Refuses(400, 404, 409, 422);
        notices
            .MapPost("/{id}/cancel", ChangeSigningNotice.Cancel)
            .WithName("cancelSigningNotice")
            .WithSummary("Cancel a signing notice")
            .Allows(Act.FileSigningNotice)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<SigningNoticeView>()
            .Refuses(404)
            .Refuses("notice-ended");
        notices
            .MapPost("/{id}/waive", ChangeSigningNotice.Waive)
            .WithName("waiveSigningNotice")
            .WithSummary("Waive the time of a signing notice")
            .Allows(Act.WaiveSigningNotice)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<SigningNoticeView>()
            .Refuses(404)
            .Refuses("notice-ended");
    }
}

/// <summary>The notices a caller may read: a calendar of signings to come, the next first (R31).</summary>
public static class ListSigningNotices
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await SigningNoticeRow.For(session, call.Caller, id) is { } row
                ? Reply.Resource(row.View(call.Caller), row.Version)
                : (Reply)Refusal.NotFound
        );

    /// <summary>Those of one project, newest first.</summary>
    public static Task<IResult> OfProject(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            var caller = call.Caller;
            if (
                await LoadProject.For(session, caller, id) is not { } project
                || (project.RelationOf(caller) & (Relations.Own | Relations.Former | Relations.City)) == Relations.None
            )
                return (Reply)Refusal.NotFound;
            var rows = await session.Query<SigningNoticeRow>(
                $"{SigningNoticeRow.Select} WHERE n.project_id = @id AND (@all = 1 OR n.jurisdiction_id = @unit) ORDER BY n.seq DESC",
                new
                {
                    id,
                    all = Permissions.ReadsCity(caller) ? 1 : 0,
                    unit = caller.Unit ?? "",
                }
            );
            await SigningNoticeRow.NameAsKnown(session, caller, rows);
            return Reply.Plain(new Page<SigningNoticeView> { Items = [.. rows.Select(row => row.View(caller))] });
        });

    public static async Task<IResult> Handle(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var where = SigningFilter.Read(query, call.Caller);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;

        var caller = call.Caller;
        var parameters = where.Values;
        var filter = where.Sql;
        var behind = page.BehindDay("n.planned_on", "n.seq", parameters);
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<SigningNoticeRow>(
                $"{SigningNoticeRow.Select} WHERE {filter}{behind} ORDER BY n.planned_on, n.seq {{page}}",
                parameters
            );
            foreach (var row in rows.Take(page.Limit).Where(row => row.Secret))
                session.Note(row.SecretRead());
            await SigningNoticeRow.NameAsKnown(session, caller, rows);
            var total = await page.Total(
                session,
                $"SELECT COUNT(*) {SigningNoticeRow.From} WHERE {filter}",
                parameters
            );
            return Reply.Plain(page.ByDay(rows, row => (row.PlannedOn, row.Seq), row => row.View(caller), total));
        });
    }
}
