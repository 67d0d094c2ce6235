using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;

namespace Pipeline.Api.Features.Meetings;

/// <summary>Puts an item on an agenda that is still made from the facts, or takes one off, with a reason (R74).</summary>
public static class ChangeAgenda
{
    public sealed record Request
    {
        /// <summary>What is to be talked about; needed where the facts do not put it there themselves.</summary>
        public string? Title { get; init; }
        public string? ProjectId { get; init; }
        public string? Note { get; init; }
        public string? Reason { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Title).Line(200);
            RuleFor(request => request.ProjectId).RecordId();
            RuleFor(request => request.Note).Text(2000);
            RuleFor(request => request.Reason).Required().Text(2000);
        }
    }

    /// <summary>Adds an item of the caller's own number, notes something on one that the facts put there, or puts back one that was taken off.</summary>
    public static async Task<IResult> Put(string id, string itemId, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Meetings);
            var taken = await TakeMeeting.Step(call, session, id, MeetingStep.Edit, _ => body.Refusal);
            if (taken.Refusal is { } refusal)
                return refusal;
            var request = body.Value!;
            var made = await ComposeAgenda.Of(session, await ruleBooks.Load(session), taken.Value);
            var known = made.FirstOrDefault(item => item.Id == itemId);
            var byFacts = known is { Kind: not AgendaItemKind.Other };
            if (!byFacts && string.IsNullOrWhiteSpace(request.Title))
                return Refusal.Invalid(new FieldError("title", "required"));
            if (
                request.ProjectId is { } projectId
                && !byFacts
                && await LoadProject.For(session, call.Caller, projectId) is null
            )
                return Refusal.Invalid(new FieldError("projectId", "unknown-project"));
            await Store(
                session,
                call.Caller,
                id,
                itemId,
                byFacts ? known!.Kind : AgendaItemKind.Other,
                isDropped: false,
                request.Reason!,
                byFacts ? known!.Project?.Id : request.ProjectId,
                byFacts ? null : request.Title!.Trim(),
                Texts.Trimmed(request.Note)
            );
            await TakeMeeting.Touch(session, taken.Value);
            return await ReadMeetings.Told(call, session, ruleBooks, id);
        });
    }

    public static async Task<IResult> Drop(string id, string itemId, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Meetings);
            var taken = await TakeMeeting.Step(call, session, id, MeetingStep.Edit, _ => body.Refusal);
            if (taken.Refusal is { } refusal)
                return refusal;
            var made = await ComposeAgenda.Of(session, await ruleBooks.Load(session), taken.Value);
            if (made.FirstOrDefault(item => item.Id == itemId) is not { Dropped: null } item)
                return Refusal.NotFound;
            await Store(
                session,
                call.Caller,
                id,
                itemId,
                item.Kind,
                isDropped: true,
                body.Value!.Reason!,
                item.Project?.Id,
                item.Title,
                item.Note
            );
            await TakeMeeting.Touch(session, taken.Value);
            return await ReadMeetings.Told(call, session, ruleBooks, id);
        });
    }

    private static async Task Store(
        Session session,
        Caller caller,
        string meetingId,
        string itemId,
        AgendaItemKind kind,
        bool isDropped,
        string reason,
        string? projectId,
        string? title,
        string? note
    )
    {
        var values = new
        {
            meetingId,
            itemId,
            kind = Slug.Of(kind),
            state = isDropped ? "dropped" : "added",
            projectId,
            title,
            note,
            reason = reason.Trim(),
            by = caller.UserId,
            byName = caller.DisplayName,
            now = session.Now,
        };
        if (await session.Execute(Update, values) == 0)
            await session.Execute(Insert, values);
        session.Note(
            new AuditEntry(isDropped ? "agenda-item-dropped" : "agenda-item-put")
            {
                SubjectKind = "meeting",
                SubjectId = meetingId,
                ProjectId = projectId,
                Reason = values.reason,
                Changes = AuditEntry.Between(
                    null,
                    Json.Node(
                        new
                        {
                            itemId,
                            title,
                            note,
                        }
                    )
                ),
            }
        );
    }

    private const string Update = """
        UPDATE meeting_items SET kind = @kind, state = @state, project_id = @projectId, title = @title, note = @note, reason = @reason, changed_by = @by, changed_by_name = @byName, changed_at = @now
        WHERE meeting_id = @meetingId AND item_id = @itemId
        """;
    private const string Insert = """
        INSERT INTO meeting_items (meeting_id, item_id, kind, state, project_id, title, note, reason, changed_by, changed_by_name, changed_at)
        VALUES (@meetingId, @itemId, @kind, @state, @projectId, @title, @note, @reason, @by, @byName, @now)
        """;
}
