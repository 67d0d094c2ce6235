using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Problems;

namespace Pipeline.Api.Features.Problems;

/// <summary>What the centre, the department and who raised it do with a problem (R70–R72), each under the lock of its project.</summary>
public static class StepProblem
{
    public sealed record AssignRequest
    {
        public string? DepartmentId { get; init; }

        /// <summary>Another due date, which is counted as a change.</summary>
        public DateOnly? DueOn { get; init; }

        public sealed class Validator : AbstractValidator<AssignRequest>
        {
            public Validator()
            {
                RuleFor(request => request.DepartmentId).Required().RecordId();
                RuleFor(request => request.DueOn).Day();
            }
        }
    }

    public sealed record AnswerRequest
    {
        public string? Text { get; init; }
        public IReadOnlyList<string>? Files { get; init; }

        public sealed class Validator : AbstractValidator<AnswerRequest>
        {
            public Validator()
            {
                RuleFor(request => request.Text).Required().Text(4000);
                RuleFor(request => request.Files).RecordIds(20);
            }
        }
    }

    public sealed record CloseRequest
    {
        public string? Outcome { get; init; }

        public sealed class Validator : AbstractValidator<CloseRequest>
        {
            public Validator() => RuleFor(request => request.Outcome).Required().Text(2000);
        }
    }

    public sealed record DueRequest
    {
        public DateOnly? DueOn { get; init; }
        public string? Reason { get; init; }

        public sealed class Validator : AbstractValidator<DueRequest>
        {
            public Validator()
            {
                RuleFor(request => request.DueOn).Required();
                RuleFor(request => request.DueOn).Day();
                RuleFor(request => request.Reason).Required().Text(2000);
            }
        }
    }

    /// <summary>Gives it to a department, or to another one.</summary>
    public static Task<IResult> Assign(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Take(
            id,
            call,
            settle,
            ruleBooks,
            ProblemStep.Assign,
            Validation.Of<AssignRequest.Validator>(),
            async (session, row, request) =>
            {
                if (await AssignedDepartment.Refuse(session, request.DepartmentId, row.Secret) is { } nobody)
                    return nobody;
                if (Past(request.DueOn, session.Today) is { } past)
                    return past;
                var dueOn = request.DueOn ?? row.DueOn;
                await session.ExecuteOnOne(
                    SetAssigned,
                    new
                    {
                        id,
                        department = request.DepartmentId,
                        dueOn,
                        changed = dueOn == row.DueOn ? 0 : 1,
                        toldLevel = dueOn == row.DueOn ? row.ToldLevel : 0,
                        now = session.Now,
                        version = row.Version,
                    }
                );
                var after = (await ProblemRow.ById(session, id))!;
                Note(
                    session,
                    row,
                    EntryKind.ProblemAssigned,
                    call.Caller,
                    null,
                    new { department = row.DepartmentName, dueOn = row.DueOn },
                    new
                    {
                        problemId = id,
                        department = after.DepartmentName,
                        dueOn,
                    }
                );
                return null;
            }
        );

    /// <summary>The department's answer, or the centre's.</summary>
    public static Task<IResult> Answer(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Take(
            id,
            call,
            settle,
            ruleBooks,
            ProblemStep.Answer,
            Validation.Of<AnswerRequest.Validator>(),
            async (session, row, request) =>
            {
                var files = request.Files ?? [];
                if (await AttachFiles.Unknown(session, call.Caller, [(files, "files")]) is { Count: > 0 } unknown)
                    return new Refusal(RefusalKind.Rule, "evidence-missing", unknown);
                await AttachFiles.ToProblem(session, files, id);
                var refs = await AttachFiles.Refs(session, files);
                await session.ExecuteOnOne(
                    SetAnswered,
                    new
                    {
                        id,
                        answer = request.Text!.Trim(),
                        files = Json.Write(refs),
                        by = call.Caller.UserId,
                        byName = call.Caller.DisplayName,
                        now = session.Now,
                        version = row.Version,
                    }
                );
                Note(
                    session,
                    row,
                    EntryKind.ProblemAnswered,
                    call.Caller,
                    request.Text!.Trim(),
                    new { status = row.At },
                    new { problemId = id, status = ProblemStatus.Answered },
                    refs
                );
                return null;
            }
        );

    /// <summary>The answer holds: by who raised it, or by the centre once nobody contested it in time.</summary>
    public static Task<IResult> Close(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Take(
            id,
            call,
            settle,
            ruleBooks,
            ProblemStep.Close,
            Validation.Of<CloseRequest.Validator>(),
            async (session, row, request) =>
            {
                var calendar = await WorkCalendars.Load(session);
                await session.ExecuteOnOne(
                    SetClosed,
                    new
                    {
                        id,
                        outcome = request.Outcome!.Trim(),
                        by = call.Caller.UserId,
                        byName = call.Caller.DisplayName,
                        on = session.Today,
                        days = ProblemRules.ClosedIn(Shanghai.DateOf(row.RaisedAt), session.Today, calendar),
                        now = session.Now,
                        version = row.Version,
                    }
                );
                Note(
                    session,
                    row,
                    EntryKind.ProblemClosed,
                    call.Caller,
                    request.Outcome!.Trim(),
                    new { status = row.At },
                    new { problemId = id, status = ProblemStatus.Closed }
                );
                return null;
            }
        );

    /// <summary>The answer does not hold, or no longer: the clock goes on as it did.</summary>
    public static Task<IResult> Reopen(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Take(
            id,
            call,
            settle,
            ruleBooks,
            ProblemStep.Reopen,
            Validation.Of<ReasonRequest.Validator>(),
            async (session, row, request) =>
            {
                await session.ExecuteOnOne(
                    SetReopened,
                    new
                    {
                        id,
                        reason = request.Reason!.Trim(),
                        now = session.Now,
                        version = row.Version,
                    }
                );
                Note(
                    session,
                    row,
                    EntryKind.ProblemReopened,
                    call.Caller,
                    request.Reason!.Trim(),
                    new { status = row.At },
                    new { problemId = id, status = ProblemStatus.Reopened }
                );
                return null;
            }
        );

    /// <summary>Another due date, with a reason; each is counted (R71).</summary>
    public static Task<IResult> Due(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Take(
            id,
            call,
            settle,
            ruleBooks,
            ProblemStep.Due,
            Validation.Of<DueRequest.Validator>(),
            async (session, row, request) =>
            {
                if (Past(request.DueOn, session.Today) is { } past)
                    return past;
                await session.ExecuteOnOne(
                    SetDue,
                    new
                    {
                        id,
                        dueOn = request.DueOn!.Value,
                        now = session.Now,
                        version = row.Version,
                    }
                );
                Note(
                    session,
                    row,
                    EntryKind.ProblemDueChanged,
                    call.Caller,
                    request.Reason!.Trim(),
                    new { dueOn = row.DueOn },
                    new { problemId = id, dueOn = request.DueOn }
                );
                return null;
            }
        );

    /// <summary>Lets the project move although the problem that holds it up is unresolved (R72).</summary>
    public static Task<IResult> Override(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        Take(
            id,
            call,
            settle,
            ruleBooks,
            ProblemStep.Override,
            Validation.Of<ReasonRequest.Validator>(),
            async (session, row, request) =>
            {
                await session.ExecuteOnOne(
                    SetOverridden,
                    new
                    {
                        id,
                        reason = request.Reason!.Trim(),
                        by = call.Caller.UserId,
                        byName = call.Caller.DisplayName,
                        now = session.Now,
                        version = row.Version,
                    }
                );
                Note(
                    session,
                    row,
                    EntryKind.ProblemOverridden,
                    call.Caller,
                    request.Reason!.Trim(),
                    null,
                    new { problemId = id, blocks = row.Judged.Blocks }
                );
                return null;
            }
        );

    private static async Task<IResult> Take<T>(
        string id,
        Call call,
        SettleClaims settle,
        RuleBooks ruleBooks,
        ProblemStep step,
        IValidator<T> validator,
        Func<Session, ProblemRow, T, Task<Refusal?>> act
    )
        where T : class
    {
        var body = await call.Body(validator);
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            if (await session.One<string>(ProjectOf, new { id }) is not { } projectId)
                return Refusal.NotFound;
            await settle.Project(session, projectId);
            if (await ProblemRow.For(session, caller, id) is not { } row)
                return Refusal.NotFound;
            var book = await ruleBooks.Load(session);
            var calendar = await WorkCalendars.Load(session);
            if (!Permissions.Allows(caller, ProblemRow.ActOf(step), row.RelationOf(caller)))
                return Refusal.Forbidden;
            var times = book.ById(row.RuleSetId).Problems;
            var refused = ProblemRules.MayTake(step, row.Judged, row.SideOf(caller), session.Now, times, calendar);
            if (refused is { Kind: RefusalKind.Forbidden })
                return refused;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (refused is not null)
                return refused;
            if (await act(session, row, body.Value!) is { } refusal)
                return refusal;
            await StoreProject.Touch(session, projectId, publicly: false);
            var after = (await ProblemRow.For(session, caller, id))!;
            await session.Raise(new ProblemProceeded(after, step, caller));
            return Reply.Resource(
                after.View(caller, session.Now, book, calendar),
                after.Version,
                // A department knows the problem alone.
                projectId: caller.Role == Role.Department ? null : projectId
            );
        });
    }

    private static Refusal? Past(DateOnly? dueOn, DateOnly today) =>
        dueOn < today ? new Refusal(RefusalKind.Rule, "date-order", [new FieldError("dueOn", "past")]) : null;

    private static void Note(
        Session session,
        ProblemRow row,
        EntryKind kind,
        Caller actor,
        string? note,
        object? before,
        object after,
        IReadOnlyList<FileRef>? files = null
    ) =>
        Timeline.Add(
            session,
            row.ProjectId,
            kind,
            actor,
            row.OwnerId,
            note: note,
            before: before,
            after: after,
            files: files
        );

    private const string ProjectOf = "SELECT project_id FROM problems WHERE id = @id";
    private const string SetAssigned = """
        UPDATE problems SET status = CASE WHEN status = 'open' THEN 'assigned' ELSE status END, department_id = @department, assigned_at = @now, due_on = @dueOn,
          due_changes = due_changes + @changed, told_level = @toldLevel, version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
    private const string SetAnswered = """
        UPDATE problems SET status = 'answered', answer = @answer, answer_files = @files, answered_by = @by, answered_by_name = @byName, answered_at = @now, version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
    private const string SetClosed = """
        UPDATE problems SET status = 'closed', outcome = @outcome, closed_by = @by, closed_by_name = @byName, closed_at = @now, closed_on = @on, closed_in = @days, version = version + 1,
          updated_at = @now
        WHERE id = @id AND version = @version
        """;
    private const string SetReopened = """
        UPDATE problems SET status = 'reopened', reopened = reopened + 1, reopen_reason = @reason, outcome = NULL, closed_by = NULL, closed_by_name = NULL, closed_at = NULL, closed_on = NULL,
          closed_in = NULL, version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
    private const string SetDue =
        "UPDATE problems SET due_on = @dueOn, due_changes = due_changes + 1, told_level = 0, version = version + 1, updated_at = @now WHERE id = @id AND version = @version";
    private const string SetOverridden =
        "UPDATE problems SET override_reason = @reason, overridden_by = @by, overridden_by_name = @byName, overridden_at = @now, version = version + 1, updated_at = @now WHERE id = @id AND version = @version";
}
