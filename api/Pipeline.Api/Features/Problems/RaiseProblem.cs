using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Problems;

/// <summary>Raises a problem of a project (R70): by its unit, or by a coordinator. Title and kind are enough; where a department is named it is assigned at once.</summary>
public static class RaiseProblem
{
    public sealed record Request
    {
        public string? Title { get; init; }
        public ProblemKind? Kind { get; init; }

        /// <summary>Urgent ones are due sooner.</summary>
        public bool Urgent { get; init; }

        /// <summary>The stage that the project does not reach while the problem is unresolved.</summary>
        public Stage? Blocks { get; init; }
        public string? DepartmentId { get; init; }

        /// <summary>Another due date than the rule set gives; a unit may name an earlier one only.</summary>
        public DateOnly? DueOn { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Title).Required().Line(200);
            RuleFor(request => request.Kind).Required();
            RuleFor(request => request.Blocks)
                .Must(stage => stage is null or (> Stage.InTalks and < Stage.Terminated))
                .Coded("choice", "signed, registered, started, in-production");
            RuleFor(request => request.DepartmentId).RecordId();
            RuleFor(request => request.DueOn).Day();
        }
    }

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            var loaded = await LoadProject.ForWrite(session, settle, caller, id, Act.RaiseProblem);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var (project, request) = (loaded.Value, body.Value!);
            if (ProjectActs.RefuseProblem(project.Acted()) is { } refused)
                return refused;
            if (request.Blocks <= project.At)
                return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("blocks", "stage-reached")]);
            if (await AssignedDepartment.Refuse(session, request.DepartmentId, project.Secret) is { } nobody)
                return nobody;
            var book = await ruleBooks.Load(session);
            var rules = book.At(session.Now);
            var calendar = await WorkCalendars.Load(session);
            var dueOn = ProblemRules.DueOn(session.Today, request.Urgent, rules.Problems, calendar);
            if (Wrong(request.DueOn, dueOn, session.Today, caller) is { } wrong)
                return wrong;
            if (call.ValidateOnly)
                return Reply.NothingStored;

            var problemId = Ids.New();
            await session.Execute(
                Insert,
                new
                {
                    id = problemId,
                    projectId = id,
                    title = request.Title!.Trim(),
                    kind = Slug.Of(request.Kind!.Value),
                    urgent = request.Urgent ? 1 : 0,
                    blocks = request.Blocks is { } stage ? Slug.Of(stage) : null,
                    status = Slug.Of(request.DepartmentId is null ? ProblemStatus.Open : ProblemStatus.Assigned),
                    byCentre = caller.Role == Role.Coordinator ? 1 : 0,
                    by = caller.UserId,
                    byName = caller.DisplayName,
                    unit = caller.Unit,
                    now = session.Now,
                    dueOn = request.DueOn ?? dueOn,
                    department = request.DepartmentId,
                    assignedAt = request.DepartmentId is null ? (DateTimeOffset?)null : session.Now,
                    ruleSetId = rules.Id,
                }
            );
            var row = (await ProblemRow.For(session, caller, problemId))!;
            Timeline.Add(
                session,
                id,
                EntryKind.ProblemRaised,
                caller,
                project.OwnerId,
                note: row.Title,
                after: new
                {
                    problemId,
                    problemKind = request.Kind,
                    dueOn = row.DueOn,
                    blocks = request.Blocks,
                    department = row.DepartmentName,
                }
            );
            await StoreProject.Touch(session, id, publicly: false);
            await session.Raise(new ProblemRaised(row, caller));
            return Reply.Resource(
                row.View(caller, session.Now, book, calendar),
                row.Version,
                201,
                $"/api/v1/problems/{problemId}",
                id
            );
        });
    }

    /// <summary>A due date in the past, or one by which a unit gives itself more time than the rule set does.</summary>
    private static Refusal? Wrong(DateOnly? wanted, DateOnly byRule, DateOnly today, Caller caller) =>
        wanted < today ? new Refusal(RefusalKind.Rule, "date-order", [new FieldError("dueOn", "past")])
        : wanted > byRule && caller.Role != Role.Coordinator
            ? new Refusal(RefusalKind.Rule, "date-order", [new FieldError("dueOn", "due-by-rule", byRule)])
        : null;

    private const string Insert = """
        INSERT INTO problems (id, project_id, title, kind, urgent, blocks, status, by_centre, raised_by, raised_by_name, raised_unit, raised_at, due_on, due_changes, told_level, department_id,
          assigned_at, reopened, rule_set_id, version, updated_at)
        VALUES (@id, @projectId, @title, @kind, @urgent, @blocks, @status, @byCentre, @by, @byName, @unit, @now, @dueOn, 0, 0, @department,
          @assignedAt, 0, @ruleSetId, 1, @now)
        """;
}

/// <summary>Who may be asked to answer.</summary>
public static class AssignedDepartment
{
    /// <summary>A refusal where the id is no active department's, or the project is secret: such a problem is the centre's to answer. Null where all is well, or none is named.</summary>
    public static async Task<Refusal?> Refuse(Session session, string? departmentId, bool isSecret)
    {
        if (departmentId is null)
            return null;
        if (
            await JurisdictionRow.ById(session, departmentId) is not { Active: true } unit
            || Slug.To<JurisdictionKind>(unit.Kind) != JurisdictionKind.Department
        )
            return Refusal.Invalid(new FieldError("departmentId", "unknown-department"));
        return isSecret
            ? new Refusal(RefusalKind.Rule, "secret-project", [new FieldError("departmentId", "secret-project")])
            : null;
    }
}
