using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Meetings;

/// <summary>Records what a meeting decided: each decision becomes an action with an owner and a due date (R74). As often as there is something to record, until the meeting is closed.</summary>
public static class RecordMinutes
{
    public sealed record Decision
    {
        public string? ProjectId { get; init; }
        public string? Text { get; init; }

        /// <summary>The unit or department that is to do it.</summary>
        public string? OwnerId { get; init; }
        public DateOnly? DueOn { get; init; }
    }

    public sealed record Request
    {
        public IReadOnlyList<Decision>? Decisions { get; init; }

        /// <summary>Who was there, in place of who was expected.</summary>
        public IReadOnlyList<string>? Attendees { get; init; }
        public string? Summary { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Decisions).AtMost(100);
            RuleForEach(request => request.Decisions)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(decision =>
                {
                    decision.RuleFor(each => each.ProjectId).RecordId();
                    decision.RuleFor(each => each.Text).Required().Text(1000);
                    decision.RuleFor(each => each.OwnerId).Required().RecordId();
                    decision.RuleFor(each => each.DueOn).Required();
                    decision.RuleFor(each => each.DueOn).Day();
                });
            RuleFor(request => request.Attendees).AtMost(200);
            RuleForEach(request => request.Attendees).Cascade(CascadeMode.Continue).Required().Line(100);
            RuleFor(request => request.Summary).Text(10_000);
        }
    }

    public static async Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Meetings);
            var taken = await TakeMeeting.Step(call, session, id, MeetingStep.Minute, _ => body.Refusal);
            if (taken.Refusal is { } refusal)
                return refusal;
            var request = body.Value!;
            var decisions = request.Decisions ?? [];
            var projects = new List<ProjectRow?>();
            var errors = new List<FieldError>();
            foreach (var (at, decision) in decisions.Index())
            {
                var project = decision.ProjectId is { } projectId
                    ? await LoadProject.For(session, call.Caller, projectId)
                    : null;
                projects.Add(project);
                if (decision.ProjectId is not null && project is null)
                    errors.Add(new FieldError($"decisions[{at}].projectId", "unknown-project"));
                else if (await CannotOwn(session, decision.OwnerId!, project) is { } code)
                    errors.Add(new FieldError($"decisions[{at}].ownerId", code));
                if (decision.DueOn < session.Today)
                    errors.Add(new FieldError($"decisions[{at}].dueOn", "past"));
            }

            if (errors.Count > 0)
                return new Refusal(RefusalKind.Rule, "decision-not-possible", errors);
            var rules = (await ruleBooks.Load(session)).At(session.Now);
            foreach (var (decision, project) in decisions.Zip(projects))
                await Decide(session, call.Caller, id, decision, project, rules.Id);
            await session.ExecuteOnOne(
                SetMinuted,
                new
                {
                    id,
                    attendees = request.Attendees is null
                        ? taken.Value.Attendees
                        : PlanMeeting.Listed(request.Attendees),
                    summary = request.Summary is null ? taken.Value.Summary : request.Summary.Trim(),
                    now = session.Now,
                    version = taken.Value.Version,
                }
            );
            return await ReadMeetings.Told(call, session, ruleBooks, id);
        });
    }

    /// <summary>No decision comes after this.</summary>
    public static Task<IResult> Close(string id, Call call, RuleBooks ruleBooks) =>
        call.Write(async session =>
        {
            await session.Lock(LockName.Meetings);
            var taken = await TakeMeeting.Step(call, session, id, MeetingStep.Close, _ => null);
            if (taken.Refusal is { } refusal)
                return refusal;
            await session.ExecuteOnOne(
                SetClosed,
                new
                {
                    id,
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    now = session.Now,
                    version = taken.Value.Version,
                }
            );
            return await ReadMeetings.Told(call, session, ruleBooks, id);
        });

    private static async Task Decide(
        Session session,
        Caller caller,
        string meetingId,
        Decision decision,
        ProjectRow? project,
        string ruleSetId
    )
    {
        var id = Ids.New();
        await session.Execute(
            Insert,
            new
            {
                id,
                meetingId,
                projectId = decision.ProjectId,
                text = decision.Text!.Trim(),
                ownerId = decision.OwnerId,
                dueOn = decision.DueOn,
                by = caller.UserId,
                byName = caller.DisplayName,
                ruleSetId,
                now = session.Now,
            }
        );
        var row = (await ActionRow.ById(session, id))!;
        if (project is null)
        {
            session.Note(
                new AuditEntry("decision-made")
                {
                    SubjectKind = "action",
                    SubjectId = id,
                    Reason = row.Text,
                }
            );
        }
        else
        {
            Timeline.Add(
                session,
                project.Id,
                EntryKind.DecisionMade,
                caller,
                project.OwnerId,
                note: row.Text,
                after: new
                {
                    actionId = id,
                    meetingId,
                    owner = row.OwnerName,
                    dueOn = row.DueOn,
                }
            );
        }

        await session.Raise(new ActionDecided(row, caller));
    }

    /// <summary>Why a unit or department cannot be given something to do about a project; null when it can. A department may be told of a project that is not secret (§13), another unit of one that is public (R20).</summary>
    private static async Task<string?> CannotOwn(Session session, string ownerId, ProjectRow? project)
    {
        if (await JurisdictionRow.ById(session, ownerId) is not { Active: true } owner)
            return "unknown-owner";
        var kind = Slug.To<JurisdictionKind>(owner.Kind);
        if (project is null || kind == JurisdictionKind.Centre || owner.Id == project.OwnerId)
            return null;
        if (project.Secret)
            return "secret-project";
        return kind == JurisdictionKind.Department || project.At is not (Stage.InTalks or Stage.Terminated)
            ? null
            : "owner-may-not-know";
    }

    private const string Insert = """
        INSERT INTO actions (id, meeting_id, project_id, text, owner_id, status, due_on, due_changes, told_level, carried, decided_by, decided_by_name, decided_at, reopened, rule_set_id, version,
          updated_at)
        VALUES (@id, @meetingId, @projectId, @text, @ownerId, 'open', @dueOn, 0, 0, 0, @by, @byName, @now, 0, @ruleSetId, 1, @now)
        """;
    private const string SetMinuted = """
        UPDATE meetings SET status = 'minuted', attendees = @attendees, summary = @summary, version = version + 1, updated_at = @now
        WHERE id = @id AND status IN ('issued', 'minuted') AND version = @version
        """;
    private const string SetClosed = """
        UPDATE meetings SET status = 'closed', closed_at = @now, closed_by = @by, closed_by_name = @byName, version = version + 1, updated_at = @now
        WHERE id = @id AND status IN ('issued', 'minuted') AND version = @version
        """;
}
