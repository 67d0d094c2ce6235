using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Team;

namespace Pipeline.Api.Features.Team;

public static class TeamEndpoints
{
    public static void MapTeam(this IEndpointRouteBuilder api)
    {
        var team = api.MapGroup("/projects/{id}/team")
            .Tagged("Team", "The people who work on a project, each with role and days.");
        team.MapGet("/", ReadTeam.OfProject)
            .WithName("listTeam")
            .WithSummary("List who is or was on the team of a project")
            .Allows(Act.ReadTeam)
            .Answers<Page<TeamMemberView>>()
            .Refuses(404);
        team.MapPost("/", AddMember.Handle)
            .WithName("addTeamMember")
            .WithSummary("Name somebody on the team of a project")
            .Allows(Act.ManageTeam)
            .Takes<AddMember.Request>()
            .Example(
                """
                { "name": "王专员", "role": "service", "from": "2026-05-01" }
                """
            )
            .Answers<TeamMemberView>(201)
            .Refuses(400, 404)
            .Refuses("claim-held-by-another", "date-order", "illegal-move", "on-team");
        var members = api.MapGroup("/team-members").WithTags("Team");
        members
            .MapGet("/{id}", ReadTeam.Single)
            .WithName("getTeamMember")
            .WithSummary("Get a member of a team")
            .Allows(Act.ReadTeam)
            .Answers<TeamMemberView>()
            .Refuses(404);
        members
            .MapPost("/{id}/end", EndMember.Handle)
            .WithName("endTeamMember")
            .WithSummary("End that somebody is on a team")
            .Allows(Act.ManageTeam)
            .Takes<EndMember.Request>()
            .NeedsIfMatch()
            .Answers<TeamMemberView>()
            .Refuses(400, 404)
            .Refuses("date-order", "membership-over");
    }
}

public static class ReadTeam
{
    public static Task<IResult> OfProject(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            var caller = call.Caller;
            if (
                await LoadProject.For(session, caller, id) is not { } project
                || !Permissions.Allows(caller, Act.ReadTeam, project.RelationOf(caller))
            )
                return (Reply)Refusal.NotFound;
            return Reply.Plain(
                new Page<TeamMemberView>
                {
                    Items =
                    [
                        .. (await TeamMemberRow.OfProject(session, id))
                            .Where(row => row.RelationOf(caller) != Relations.None)
                            .Select(row => row.View(caller, session.Today)),
                    ],
                }
            );
        });

    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await TeamMemberRow.For(session, call.Caller, id) is { } row
                ? Reply.Resource(row.View(call.Caller, session.Today), row.Version)
                : (Reply)Refusal.NotFound
        );
}

/// <summary>Names somebody on the team of a project (R83a): its unit, or a coordinator for it.</summary>
public static class AddMember
{
    public sealed record Request
    {
        public string? Name { get; init; }
        public TeamRole? Role { get; init; }

        /// <summary>The first day, today without it; not in the future.</summary>
        public DateOnly? From { get; init; }

        /// <summary>The last day, where it is known.</summary>
        public DateOnly? To { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Name).Required().Line(100);
            RuleFor(request => request.Role).Required();
            RuleFor(request => request.From).Day();
            RuleFor(request => request.To).Day();
        }
    }

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            var loaded = await LoadProject.ForWrite(session, settle, caller, id, Act.ManageTeam);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var (project, request) = (loaded.Value, body.Value!);
            if (ProjectActs.RefuseTeamMember(project.Acted()) is { } refused)
                return refused;
            var name = request.Name!.Trim();
            var (from, to) = (request.From ?? session.Today, request.To);
            if (from > session.Today)
                return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("from", "future")]);
            if (to < from)
                return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("to", "before-from", from)]);
            var same = (await TeamMemberRow.OfProject(session, id)).Where(row =>
                row.JurisdictionId == project.OwnerId
                && row.As == request.Role
                && string.Equals(row.Name, name, StringComparison.Ordinal)
            );
            if (same.Any(row => TeamRules.Overlap(from, to, row.FromOn, row.ToOn)))
                return new Refusal(RefusalKind.Conflict, "on-team", name);
            if (call.ValidateOnly)
                return Reply.NothingStored;

            var memberId = Ids.New();
            await session.Execute(
                Insert,
                new
                {
                    id = memberId,
                    projectId = id,
                    unit = project.OwnerId,
                    name,
                    role = Slug.Of(request.Role!.Value),
                    from,
                    to,
                    by = caller.UserId,
                    byName = caller.DisplayName,
                    now = session.Now,
                }
            );
            Timeline.Add(
                session,
                id,
                EntryKind.TeamMemberAdded,
                caller,
                project.OwnerId,
                after: new
                {
                    memberId,
                    memberName = name,
                    teamRole = request.Role,
                    firstDay = from,
                    lastDay = to,
                }
            );
            await StoreProject.Touch(session, id, publicly: false);
            var row = (await TeamMemberRow.For(session, caller, memberId))!;
            return Reply.Resource(
                row.View(caller, session.Today),
                row.Version,
                201,
                $"/api/v1/team-members/{memberId}",
                id
            );
        });
    }

    private const string Insert = """
        INSERT INTO team_members (id, project_id, jurisdiction_id, name, role, from_on, to_on, added_by, added_by_name, added_at, version, updated_at)
        VALUES (@id, @projectId, @unit, @name, @role, @from, @to, @by, @byName, @now, 1, @now)
        """;
}

/// <summary>Ends that somebody is on a team, on a day that is not before the first.</summary>
public static class EndMember
{
    public sealed record Request
    {
        /// <summary>The last day, today without it; not in the future.</summary>
        public DateOnly? To { get; init; }
        public string? Reason { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.To).Day();
            RuleFor(request => request.Reason).Text(2000);
        }
    }

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            if (await session.One<string>(ProjectOf, new { id }) is not { } projectId)
                return Refusal.NotFound;
            await settle.Project(session, projectId);
            if (await TeamMemberRow.For(session, caller, id) is not { } row)
                return Refusal.NotFound;
            if (!Permissions.Allows(caller, Act.ManageTeam, row.RelationOf(caller)))
                return Refusal.Forbidden;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (row.IsOver(session.Today))
                return new Refusal(RefusalKind.Conflict, "membership-over", row.ToOn!.Value);
            var to = body.Value!.To ?? session.Today;
            if (to > session.Today)
                return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("to", "future")]);
            if (to < row.FromOn)
                return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("to", "before-from", row.FromOn)]);
            var reason = Texts.Trimmed(body.Value.Reason);
            await EndMembership.As(session, row, MembershipEnd.Left, to, caller, reason);
            await StoreProject.Touch(session, projectId, publicly: false);
            var after = (await TeamMemberRow.For(session, caller, id))!;
            return Reply.Resource(after.View(caller, session.Today), after.Version, projectId: projectId);
        });
    }

    private const string ProjectOf = "SELECT project_id FROM team_members WHERE id = @id";
}
