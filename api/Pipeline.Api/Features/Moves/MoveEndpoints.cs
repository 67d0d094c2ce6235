using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Moves;

public static class MoveEndpoints
{
    public static void MapMoves(this IEndpointRouteBuilder api)
    {
        api.MapPost("/projects/{id}/moves", SubmitMove.Handle)
            .WithName("submitMove")
            .WithSummary("Submit a move to the next stage")
            .WithTags("Moves")
            .Allows(Act.SubmitMove)
            .Takes<SubmitMove.Request>()
            .NeedsIfMatch()
            .Answers<MoveView>(201)
            .Refuses(403, 404)
            .Refuses(
                "blocked-by-problem",
                "claim-held-by-another",
                "date-order",
                "evidence-missing",
                "illegal-move",
                "project-undone",
                "move-pending",
                "notice-required",
                "report-required"
            );
        var moves = api.MapGroup("/moves")
            .Tagged("Moves", "From one stage to the next, with evidence, verified by the centre.");
        moves
            .MapGet("/", ListMoves.Handle)
            .WithName("listMoves")
            .WithSummary("List moves")
            .Allows(Act.ReadMoves)
            .Reads([
                Query.Choice<MoveStatus>("status", "Only moves that stand so.").OrSeveral(),
                Query.Project,
                Query.Unit,
                ListMoves.Order,
                .. Query.CountedPages,
            ])
            .Answers<Page<MoveView>>();
        moves
            .MapGet("/{id}", ListMoves.Single)
            .WithName("getMove")
            .WithSummary("Get a move")
            .Allows(Act.ReadMoves)
            .Answers<MoveView>()
            .Refuses(404);
        moves
            .MapPost("/{id}/verify", DecideMove.Verify)
            .WithName("verifyMove")
            .WithSummary("Verify a move: it takes effect")
            .Allows(Act.DecideMove)
            .Answers<MoveView>()
            .Refuses(404)
            .Refuses("blocked-by-problem", "move-decided", "self-verification");
        moves
            .MapPost("/{id}/return", DecideMove.Return)
            .WithName("returnMove")
            .WithSummary("Return a move to the unit, with a reason")
            .Allows(Act.DecideMove)
            .Takes<ReasonRequest>()
            .Answers<MoveView>()
            .Refuses(404)
            .Refuses("move-decided");
        moves
            .MapPost("/{id}/withdraw", DecideMove.Withdraw)
            .WithName("withdrawMove")
            .WithSummary("Withdraw a move that waits")
            .Allows(Act.WithdrawMove)
            .Answers<MoveView>()
            .Refuses(403, 404)
            .Refuses("move-decided");
    }
}

/// <summary>The moves a caller may read; what waits for the centre is listed oldest first.</summary>
public static class ListMoves
{
    public static readonly QueryParameter Order = Query.Sort("submittedAt", "submittedAt");

    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await MoveRow.For(session, call.Caller, id) is { } move
                ? Reply.Resource(move.View(call.Caller), move.Version)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Handle(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var status = query.Choices<MoveStatus>("status");
        var projectId = query.Text("projectId", 32);
        var unit = query.Text("jurisdictionId", 32);
        var sort = query.Sort(Order);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;

        var caller = call.Caller;
        var where = new Conditions();
        if (!Permissions.ReadsCity(caller))
            where.Add("m.jurisdiction_id = @mine", "mine", caller.Unit ?? "");
        else if (!Permissions.ReadsSecret(caller))
            where.Add($"(p.secret = 0 OR {ProjectVisibility.Named})", "me", caller.UserId);
        where.AddAny("m.status", "status", status);
        where.Add("m.project_id = @projectId", "projectId", projectId);
        where.Add("m.jurisdiction_id = @unit", "unit", unit);
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<MoveRow>(
                $"{MoveRow.Select} WHERE {where.Sql}{page.Behind("m.seq", where.Values, sort.Descending)} ORDER BY m.seq {(sort.Descending ? "DESC" : "ASC")} {{page}}",
                where.Values
            );
            foreach (var row in rows.Take(page.Limit).Where(row => row.Secret))
                session.Note(SecretReads.OfProject(row.ProjectId));
            await MoveRow.NameAsKnown(session, caller, rows);
            var total = await page.Total(
                session,
                $"SELECT COUNT(*) FROM moves m JOIN projects p ON p.id = m.project_id WHERE {where.Sql}",
                where.Values
            );
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(caller), total));
        });
    }
}
