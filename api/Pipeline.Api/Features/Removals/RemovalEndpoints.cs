using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Removals;

namespace Pipeline.Api.Features.Removals;

public static class RemovalEndpoints
{
    public static void MapRemovals(this IEndpointRouteBuilder api)
    {
        var removals = api.MapGroup("/removals")
            .Tagged("Removals", "Projects in talks that stand still: removed from the library, or kept in it.");
        removals
            .MapGet("/", ListRemovals.Handle)
            .WithName("listRemovals")
            .WithSummary("List removals")
            .Allows(Act.ReadRemovals)
            .Reads([.. RemovalFilter.Parameters, .. Query.CountedPages])
            .Answers<Page<RemovalView>>();
        removals
            .MapGet("/{id}", ListRemovals.Single)
            .WithName("getRemoval")
            .WithSummary("Get a removal")
            .Allows(Act.ReadRemovals)
            .Answers<RemovalView>()
            .Refuses(404);
        removals
            .MapPost("/{id}/confirm", DecideRemoval.Confirm)
            .WithName("confirmRemoval")
            .WithSummary("Confirm a removal: the project is terminated as idle")
            .Allows(Act.DecideRemoval)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<RemovalView>()
            .Refuses(400, 404)
            .Refuses("move-pending", "removal-contestable");
        removals
            .MapPost("/{id}/keep", DecideRemoval.Keep)
            .WithName("keepProject")
            .WithSummary("Keep a project whose removal is proposed: its idleness counts anew")
            .Allows(Act.DecideRemoval)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<RemovalView>()
            .Refuses(400, 404)
            .Refuses("removal-decided");
    }
}

/// <summary>The centre confirms a removal, or keeps the project, with a reason (R94).</summary>
public static class DecideRemoval
{
    public static Task<IResult> Confirm(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Take(id, call, settle, ruleBooks, RemovalStep.Confirm);

    public static Task<IResult> Keep(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Take(id, call, settle, ruleBooks, RemovalStep.Keep);

    private static async Task<IResult> Take(
        string id,
        Call call,
        SettleClaims settle,
        RuleBooks ruleBooks,
        RemovalStep step
    )
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            if (await session.One<string>(ProjectOf, new { id }) is not { } projectId)
                return Refusal.NotFound;
            await settle.Project(session, projectId);
            if (await RemovalRow.For(session, caller, id) is not { } row)
                return Refusal.NotFound;
            if (!Permissions.Allows(caller, Act.DecideRemoval, row.RelationOf(caller)))
                return Refusal.Forbidden;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (RemovalRules.MayTake(step, row.At, row.ContestUntil, session.Now) is { } impossible)
                return impossible;
            var reason = body.Value!.Reason!.Trim();
            var project = (await LoadProject.ById(session, projectId))!;
            var book = await ruleBooks.Load(session);
            if (step == RemovalStep.Confirm)
            {
                if (project.PendingMoveId is not null)
                    return new Refusal(RefusalKind.Conflict, "move-pending");
                await EndRemoval.As(session, row, RemovalStatus.Confirmed, caller, reason);
                await TerminateProject.Of(
                    session,
                    settle,
                    book,
                    project,
                    Domain.Projects.ReasonCode.Idle,
                    caller,
                    reason
                );
            }
            else
            {
                await EndRemoval.As(session, row, RemovalStatus.Kept, caller, reason);
                await session.Execute(CountAnew, new { projectId, today = session.Today });
                await KeepLights.Of(session, book, projectId);
                await StoreProject.Touch(session, projectId, publicly: false);
            }

            var after = (await RemovalRow.For(session, caller, id))!;
            return Reply.Resource(
                after.View(caller, session.Now, await WorkCalendars.Load(session)),
                after.Version,
                projectId: projectId
            );
        });
    }

    private const string ProjectOf = "SELECT project_id FROM removals WHERE id = @id";
    private const string CountAnew = "UPDATE projects SET idle_since = @today WHERE id = @projectId";
}

/// <summary>The removals a caller may read, newest first.</summary>
public static class ListRemovals
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await RemovalRow.For(session, call.Caller, id) is { } row
                ? Reply.Resource(row.View(call.Caller, session.Now, await WorkCalendars.Load(session)), row.Version)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Handle(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var where = RemovalFilter.Read(query, call.Caller);
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
            page += " AND r.seq < @seq";
        }

        parameters.Add("limit", limit + 1);
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<RemovalRow>(
                $"{RemovalRow.Select} WHERE {page} ORDER BY r.seq DESC {{page}}",
                parameters
            );
            foreach (var row in rows.Take(limit).Where(row => row.Secret))
                session.Note(row.SecretRead());
            await RemovalRow.NameAsKnown(session, caller, rows);
            var calendar = await WorkCalendars.Load(session);
            long? total = count
                ? await session.One<long>($"SELECT COUNT(*) {RemovalRow.From} WHERE {filter}", parameters)
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
}
