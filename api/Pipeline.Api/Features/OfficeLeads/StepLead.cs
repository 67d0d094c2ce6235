using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.OfficeLeads;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api.Features.OfficeLeads;

/// <summary>Takes a lead from the centre's answer to a unit, and to its end (R137).</summary>
public static class StepLead
{
    public sealed record AnswerRequest
    {
        public string? Note { get; init; }
    }

    public sealed class AnswerValidator : AbstractValidator<AnswerRequest>
    {
        public AnswerValidator() => RuleFor(request => request.Note).Text(2000);
    }

    public enum Verdict
    {
        Valid,
        Invalid,
    }

    public sealed record JudgeRequest
    {
        public Verdict? Verdict { get; init; }

        /// <summary>Why, of an invalid one.</summary>
        public string? Reason { get; init; }
    }

    public sealed class JudgeValidator : AbstractValidator<JudgeRequest>
    {
        public JudgeValidator()
        {
            RuleFor(request => request.Verdict).NotNull().Coded("required");
            RuleFor(request => request.Reason).Text(2000);
            RuleFor(request => request.Reason)
                .Must((request, reason) => request.Verdict != Verdict.Invalid || !string.IsNullOrWhiteSpace(reason))
                .Coded("required");
        }
    }

    public sealed record AssignRequest
    {
        /// <summary>The unit that is to follow it.</summary>
        public string? JurisdictionId { get; init; }
        public string? Note { get; init; }
    }

    public sealed class AssignValidator : AbstractValidator<AssignRequest>
    {
        public AssignValidator()
        {
            RuleFor(request => request.JurisdictionId).Required().RecordId();
            RuleFor(request => request.Note).Text(2000);
        }
    }

    public sealed record ReportRequest
    {
        public string? Note { get; init; }
    }

    public sealed class ReportValidator : AbstractValidator<ReportRequest>
    {
        public ReportValidator() => RuleFor(request => request.Note).Required().Text(2000);
    }

    public enum Outcome
    {
        Project,
        Ended,
    }

    public sealed record CloseRequest
    {
        public Outcome? Outcome { get; init; }

        /// <summary>The project that it became, of the unit that has the lead.</summary>
        public string? ProjectId { get; init; }
        public string? Reason { get; init; }
    }

    public sealed class CloseValidator : AbstractValidator<CloseRequest>
    {
        public CloseValidator()
        {
            RuleFor(request => request.Outcome).NotNull().Coded("required");
            RuleFor(request => request.ProjectId).RecordId();
            RuleFor(request => request.ProjectId)
                .Must((request, id) => request.Outcome == Outcome.Project || id is null)
                .Coded("only-project");
            RuleFor(request => request.ProjectId)
                .Must((request, id) => request.Outcome != Outcome.Project || id is not null)
                .Coded("required");
            RuleFor(request => request.Reason).Required().Text(2000);
        }
    }

    /// <summary>What a step makes of a lead.</summary>
    internal sealed record Change(
        OfficeLeadStatus To,
        string? Note = null,
        string? UnitId = null,
        string? ProjectId = null
    );

    public static async Task<IResult> Answer(string id, Call call) =>
        await Take(
            id,
            call,
            OfficeLeadStep.Answer,
            await call.Body(Validation.Of<AnswerValidator>()),
            (_, _, request) => Done(new Change(OfficeLeadStatus.Answered, request.Note))
        );

    public static async Task<IResult> Judge(string id, Call call) =>
        await Take(
            id,
            call,
            OfficeLeadStep.Judge,
            await call.Body(Validation.Of<JudgeValidator>()),
            (session, row, request) =>
                request.Verdict == Verdict.Invalid ? Done(new Change(OfficeLeadStatus.Invalid, request.Reason))
                : OfficeLeadRules.MayBeValid(row.Missing(session)) is { } incomplete ? Refused(incomplete)
                : Done(new Change(OfficeLeadStatus.Valid, request.Reason))
        );

    public static async Task<IResult> Assign(string id, Call call) =>
        await Take(
            id,
            call,
            OfficeLeadStep.Assign,
            await call.Body(Validation.Of<AssignValidator>()),
            async (session, _, request) =>
                await JurisdictionRow.ById(session, request.JurisdictionId!) is not { Active: true, Reports: true } unit
                    ? Refusal.Invalid(new FieldError("jurisdictionId", "unknown-unit"))
                : Slug.To<JurisdictionKind>(unit.Kind) == JurisdictionKind.Office
                    ? Refusal.Invalid(new FieldError("jurisdictionId", "no-office"))
                : new Change(OfficeLeadStatus.Assigned, request.Note, unit.Id)
        );

    public static async Task<IResult> Decline(string id, Call call) =>
        await Take(
            id,
            call,
            OfficeLeadStep.Decline,
            await call.Body(Validation.Of<ReasonRequest.Validator>()),
            (_, _, request) => Done(new Change(OfficeLeadStatus.Declined, request.Reason))
        );

    public static async Task<IResult> Report(string id, Call call) =>
        await Take(
            id,
            call,
            OfficeLeadStep.Report,
            await call.Body(Validation.Of<ReportValidator>()),
            (_, row, request) => Done(new Change(OfficeLeadStatus.Assigned, request.Note, row.UnitId))
        );

    public static async Task<IResult> Close(string id, Call call) =>
        await Take(
            id,
            call,
            OfficeLeadStep.Close,
            await call.Body(Validation.Of<CloseValidator>()),
            async (session, row, request) =>
            {
                if (request.Outcome == Outcome.Ended)
                    return new Change(OfficeLeadStatus.Ended, request.Reason, row.UnitId);
                return
                    await LoadProject.For(session, call.Caller, request.ProjectId!) is { } project
                    && project.OwnerId == row.UnitId
                    ? new Change(OfficeLeadStatus.Project, request.Reason, row.UnitId, project.Id)
                    : Refusal.Invalid(new FieldError("projectId", "unknown-project"));
            }
        );

    private static Task<Result<Change>> Done(Change change) => Task.FromResult<Result<Change>>(change);

    private static Task<Result<Change>> Refused(Refusal refusal) => Task.FromResult<Result<Change>>(refusal);

    private static Task<IResult> Take<TRequest>(
        string id,
        Call call,
        OfficeLeadStep step,
        Parsed<TRequest> body,
        Func<Session, OfficeLeadRow, TRequest, Task<Result<Change>>> decide
    )
        where TRequest : class =>
        call.Write(async session =>
        {
            var caller = call.Caller;

            // The lead makes its office the finder of the project, whose lock comes before that of the resources.
            if (body.Value is CloseRequest { ProjectId: { } named })
                await session.Lock(LockName.Project(named));
            await session.Lock(LockName.Resources);
            if (await OfficeLeadRow.For(session, caller, id) is not { } row)
                return Refusal.NotFound;
            if (!row.IsFor(caller, step))
                return Refusal.Forbidden;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (OfficeLeadRules.MayTake(row.At, step) is { } refused)
                return refused;
            var decided = await decide(session, row, body.Value!);
            if (decided.Refusal is { } wrong)
                return wrong;
            await Store(session, caller, row, step, decided.Value);
            return await ReadLeads.Told(session, caller, id);
        });

    /// <summary>Stores a step that was checked. The caller holds the lock.</summary>
    internal static async Task Store(Session session, Caller by, OfficeLeadRow row, OfficeLeadStep step, Change change)
    {
        var note = Texts.Trimmed(change.Note);
        var tellsWhy =
            change.To
            is OfficeLeadStatus.Invalid
                or OfficeLeadStatus.Declined
                or OfficeLeadStatus.Project
                or OfficeLeadStatus.Ended;
        await session.ExecuteOnOne(
            Update,
            new
            {
                id = row.Id,
                status = Slug.Of(change.To),
                unit = change.UnitId,
                reason = tellsWhy ? note : null,
                projectId = change.ProjectId,
                due = OfficeLeadRules.DueOn(change.To, row.SubmittedOn, session.Today),
                now = session.Now,
                version = row.Version,
            }
        );
        await session.Execute(
            InsertStep,
            new
            {
                id = row.Id,
                step = Slug.Of(step),
                to = Slug.Of(change.To),
                note,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );
        await session.Raise(new LeadProceeded(row.Id, row.Title, row.OfficeId, step, change.To, change.UnitId, by));
        if (change.ProjectId is { } project)
            await session.Raise(new LeadBecameProject(row.Id, project));
    }

    private const string Update = """
        UPDATE office_leads SET status = @status, unit_id = @unit, reason = @reason, project_id = @projectId, due_on = @due, version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
    private const string InsertStep = """
        INSERT INTO office_lead_steps (lead_id, step, to_status, note, stepped_by, stepped_by_name, stepped_at) VALUES (@id, @step, @to, @note, @by, @byName, @now)
        """;
}
