using Dapper;
using Pipeline.Api.Documents;
using Pipeline.Api.Features.Disputes;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Claims;

public static class ClaimEndpoints
{
    public static void MapClaims(this WebApplication app, IEndpointRouteBuilder api)
    {
        app.MapGet("/check/{hash}", CheckReceipt.Handle)
            .WithName("checkReceipt")
            .WithTags("Claims")
            .Open()
            .ExcludeFromDescription();
        var claims = api.MapGroup("/claims")
            .Tagged("Claims", "First reports, exclusive claims, receipts, and the decisions of the centre.");
        claims
            .MapPost("/", PostReport.Handle)
            .WithName("reportProject")
            .WithSummary("Report a project and claim the exclusive first talk")
            .Allows(Act.ReportProject)
            .Takes<ReportProject.Request>()
            .Example(
                """
                {
                  "project": {
                    "name": "氢能装备制造基地项目",
                    "industryCode": "3411",
                    "investors": [{ "name": "上海远景氢动力装备有限公司", "country": "CN", "primary": true }],
                    "totalInvestment": { "amount": 1200000000, "currency": "CNY" }
                  },
                  "contacts": [{ "kind": "visit", "occurredOn": "2026-04-20", "note": "赴企业总部拜访" }]
                }
                """
            )
            .Answers<ClaimView>(201)
            .Refuses(400)
            .Refuses(
                "below-threshold",
                "claim-already-held",
                "project-already-signed",
                "report-incomplete",
                "unit-barred"
            );
        claims
            .MapGet("/", ListClaims.Handle)
            .WithName("listClaims")
            .WithSummary("List claims")
            .Allows(Act.ReadClaims)
            .Reads([
                Query.Choice<ClaimStatus>("status", "Only claims that stand so.").OrSeveral(),
                Query.Project,
                Query.Unit,
                Query.Flag("returned", "Only reports that were returned and wait for their unit, or only others."),
                Query.Instant("expiresBefore", "Only active claims that end before this instant."),
                Query.Whole("sequence", "Only the claim of this number."),
                ListClaims.Order,
                .. Query.CountedPages,
            ])
            .Answers<Page<ClaimView>>();
        claims
            .MapGet("/{id}", ListClaims.Single)
            .WithName("getClaim")
            .WithSummary("Get a claim")
            .Allows(Act.ReadClaims)
            .Answers<ClaimView>()
            .Refuses(404);
        claims
            .MapGet("/{id}/candidates", ListCandidates.Handle)
            .WithName("listCandidates")
            .WithSummary("List what a report under review may be the same as")
            .Allows(Act.ResolveClaim)
            .Answers<ListCandidates.Response>()
            .Refuses(404);
        api.MapGet("/projects/{id}/matches", ListCandidates.OfProject)
            .WithName("listProjectMatches")
            .WithSummary("List what a project was found to be like")
            .WithTags("Projects")
            .Allows(Act.ResolveClaim)
            .Answers<ListCandidates.Response>()
            .Refuses(404);
        claims
            .MapGet("/{id}/receipt", ReadReceipts.Single)
            .WithName("getReceipt")
            .WithSummary("Get the receipts of a claim")
            .Allows(Act.ReadClaims)
            .Answers<ReceiptsView>()
            .Refuses(404);
        claims
            .MapPost("/{id}/release", EndClaim.Release)
            .WithName("releaseClaim")
            .WithSummary("Release a claim")
            .Allows(Act.ReleaseClaim)
            .Takes<ReasonRequest>()
            .Example(
                """
                { "reason": "企业放弃在本地投资" }
                """
            )
            .NeedsIfMatch()
            .Answers<ClaimView>()
            .Refuses(404)
            .Refuses("claim-not-active");
        claims
            .MapPost("/{id}/withdraw", EndClaim.Withdraw)
            .WithName("withdrawClaim")
            .WithSummary("Withdraw a report that waits")
            .Allows(Act.WithdrawClaim)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<ClaimView>()
            .Refuses(404)
            .Refuses("claim-not-active");
        claims
            .MapPost("/{id}/revoke", EndClaim.Revoke)
            .WithName("revokeClaim")
            .WithSummary("Revoke a claim")
            .Allows(Act.RevokeClaim)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<ClaimView>()
            .Refuses(404)
            .Refuses("claim-not-active");
        claims
            .MapPost("/{id}/extend", ExtendClaim.Handle)
            .WithName("extendClaim")
            .WithSummary("Extend a claim once")
            .Allows(Act.ExtendClaim)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<ClaimView>()
            .Refuses(404)
            .Refuses("claim-not-active", "extension-limit");
        claims
            .MapPost("/{id}/resolve", ResolveClaim.Handle)
            .WithName("resolveClaim")
            .WithSummary("Decide a report under review")
            .Allows(Act.ResolveClaim)
            .Takes<ResolveClaim.Request>()
            .NeedsIfMatch()
            .Answers<ClaimView>()
            .Refuses(404)
            .Refuses("claim-decided", "review-order");
        claims
            .MapGet("/{id}/decision.docx", ClaimDecisionDocument.Word)
            .WithName("exportClaimDecision")
            .WithSummary("Get what was decided of a report as a document")
            .Allows(Act.ReadClaims)
            .Produces(200, contentType: WordDocument.ContentType)
            .Refuses(404);
        claims
            .MapGet("/{id}/decision.pdf", ClaimDecisionDocument.Pdf)
            .WithName("exportClaimDecisionPdf")
            .WithSummary("Get what was decided of a report as pages to print and to file")
            .Allows(Act.ReadClaims)
            .Produces(200, contentType: PdfPages.ContentType)
            .Refuses(404);
        claims
            .MapGet("/{id}/course", ReadCourse.Handle)
            .WithName("getClaimCourse")
            .WithSummary("Get the course of a claim, step by step")
            .Allows(Act.ReadClaims)
            .Answers<CourseView>()
            .Refuses(404);
        claims
            .MapPost("/{id}/return", ReturnClaim.Handle)
            .WithName("returnClaim")
            .WithSummary("Return a report for completion")
            .WithDescription(
                "A report that waits, under review or queued, is returned to its unit with what is lacking (R14b). It keeps its number and its place; unless it is completed by `returned.until` (five working days, by the rule set), it is withdrawn at that instant."
            )
            .Allows(Act.ReturnClaim)
            .Takes<ReturnClaim.Request>()
            .NeedsIfMatch()
            .Answers<ClaimView>()
            .Refuses(404)
            .Refuses("claim-decided", "claim-returned");
        claims
            .MapPost("/{id}/resubmit", CompleteClaim.Handle)
            .WithName("resubmitClaim")
            .WithSummary("Complete a report that was returned")
            .WithDescription(
                "The unit says the facts anew, adds contacts with their evidence, or both; the contacts that the report was received with stay. The report is matched again, keeps its number and its place, and waits for the centre; the completion gets a receipt of its own."
            )
            .Allows(Act.CompleteClaim)
            .Takes<CompleteClaim.Request>()
            .NeedsIfMatch()
            .Answers<ClaimView>()
            .Refuses(400, 404)
            .Refuses("below-threshold", "claim-decided", "claim-not-returned", "report-incomplete");
        api.MapGet("/receipts/verify", ReadReceipts.VerifyChain)
            .WithName("verifyReceipts")
            .RunsInBackground()
            .WithSummary("Verify the chain of receipts")
            .WithTags("Claims")
            .Allows(Act.VerifyReceipts)
            .Reads(
                Query.Whole("from", "The first sequence number to verify; without it the first of all."),
                Query.Whole("to", "The last sequence number to verify; without it the last of all.")
            )
            .Answers<Receipts.Verification>();
    }
}

/// <summary>The claims a caller may read, newest report first, or the one that ends next first.</summary>
public static class ListClaims
{
    public static readonly QueryParameter Order = Query.Sort("-sequence", "sequence", "expiresAt");

    public static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
        {
            if (await LoadClaim.For(session, call.Caller, id) is not { } claim)
                return (Reply)Refusal.NotFound;
            if (claim.People.People.Count > 0 || claim.People.Referrer is not null)
                session.Note(
                    new AuditEntry("read-contacts")
                    {
                        Outcome = AuditOutcome.Read,
                        SubjectKind = "claim",
                        SubjectId = id,
                        ProjectId = claim.ProjectId,
                    }
                );
            var book = await ruleBooks.Load(session);
            var view = claim.View(call.Caller, book, session.Now, single: true);
            if (
                Permissions.Allows(call.Caller, Act.FileDispute, claim.RelationOf(call.Caller))
                && await ContestPeriod.Until(session, claim, book) is { } until
            )
                view = view with
                {
                    ContestUntil = until.Due,
                    ContestUntilProvisional = until.Provisional ? true : null,
                    AllowedActions = [.. view.AllowedActions, "contest"],
                };
            return Reply.Resource(view, claim.Version);
        });

    public static async Task<IResult> Handle(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var status = query.Choices<ClaimStatus>("status");
        var projectId = query.Text("projectId", 32);
        var unit = query.Text("jurisdictionId", 32);
        var returned = query.FlagOrNull("returned");
        var expiresBefore = query.Instant("expiresBefore");
        var sequence = query.Whole("sequence", 1, long.MaxValue);
        var sort = query.Sort(Order);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;

        var caller = call.Caller;
        var where = new Conditions();
        var parameters = where.Values;

        if (!Permissions.ReadsCity(caller))
            where.Add("c.jurisdiction_id = @mine", "mine", caller.Unit ?? "");
        else if (!Permissions.ReadsSecret(caller))
            where.Add(ClaimRow.OpenToLeaderSql, "me", caller.UserId);
        where.AddAny("c.status", "status", status);
        where.Add("c.project_id = @projectId", "projectId", projectId);
        where.Add("c.jurisdiction_id = @unit", "unit", unit);
        where.Add("c.sequence = @sequence", "sequence", sequence);
        if (returned is { } waits)
            where.Add(waits ? "c.returned_until IS NOT NULL" : "c.returned_until IS NULL");
        if (expiresBefore is { } before)
            where.Add("c.status = 'active' AND c.expires_at < @before", "before", before);
        var byExpiry = sort.Field == "expiresAt";
        if (byExpiry)
            where.Add("c.expires_at IS NOT NULL");
        var filter = where.Sql;

        var (than, order) = sort.Descending ? ("<", "DESC") : (">", "ASC");
        var begin = "";
        if (page.After is { } cursor)
        {
            parameters.Add("seq", cursor.Seq);
            if (byExpiry)
                parameters.Add(
                    "key",
                    DateTimeOffset.Parse(cursor.Key!, System.Globalization.CultureInfo.InvariantCulture)
                );
            begin = byExpiry
                ? $" AND (c.expires_at {than} @key OR (c.expires_at = @key AND c.sequence {than} @seq))"
                : $" AND c.sequence {than} @seq";
        }

        parameters.Add("limit", page.Limit + 1);
        return await call.Read<IResult>(async session =>
        {
            // Nobody who waits finds out for which project by asking for one after another (R20).
            var open = projectId is null || await LoadProject.Opens(session, caller, projectId);
            var rows = open
                ? await session.Query<ClaimRow>(
                    $"{ClaimRow.Select} WHERE {filter}{begin} ORDER BY {(byExpiry ? $"c.expires_at {order}, " : "")}c.sequence {order} {{page}}",
                    parameters
                )
                : [];
            foreach (var row in rows.Take(page.Limit).Where(row => row.IsSecret))
                session.Note(SecretReads.OfClaim(row.Id, row.ProjectId));
            var total = await page.Total(
                session,
                open
                    ? $"SELECT COUNT(*) FROM claims c LEFT JOIN projects p ON p.id = c.project_id WHERE {filter}"
                    : "SELECT 0",
                parameters
            );
            var book = await ruleBooks.Load(session);
            return Reply.Plain(
                page.Of(
                    rows,
                    row => new Cursor(
                        byExpiry
                            ? row.ExpiresAt!.Value.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
                            : null,
                        row.Sequence
                    ),
                    row => row.OpenedIfPossible(session).View(caller, book, session.Now, single: false),
                    total
                )
            );
        });
    }
}
