using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Projects;

/// <summary>Records what happened with the investor; during exclusivity only the holder may (R19). Anything but a call sets the idle light back (R90).</summary>
public static class RecordProgress
{
    public sealed record Request
    {
        public DateOnly? OccurredOn { get; init; }
        public ContactKind? Kind { get; init; }
        public string? Note { get; init; }
        public IReadOnlyList<string>? Files { get; init; }

        /// <summary>The leader who took part: one who is linked to the project (R83).</summary>
        public string? LeaderId { get; init; }
    }

    public sealed record Response
    {
        public required string Id { get; init; }
        public required DateOnly OccurredOn { get; init; }
        public required ContactKind Kind { get; init; }
        public required string Note { get; init; }
        public required IReadOnlyList<FileRef> Files { get; init; }
        public required DateTimeOffset At { get; init; }

        /// <summary>How many days after it occurred it was recorded, where these are more than fourteen (R90).</summary>
        public int? RecordedLate { get; init; }
        public string? LeaderId { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.OccurredOn).Required();
            RuleFor(request => request.OccurredOn).Day();
            RuleFor(request => request.Kind).Required();
            RuleFor(request => request.Note).Required().Text(LongText.Max);
            RuleFor(request => request.Files).RecordIds(20);
            RuleFor(request => request.LeaderId).Line(32);
        }
    }

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var loaded = await LoadProject.ForWrite(session, settle, call.Caller, id, Act.RecordProgress);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var (project, request) = (loaded.Value, body.Value!);
            if (ProjectActs.RefuseProgress(project.Acted(), project.Acting(call.Caller)) is { } refused)
                return refused;
            if (request.OccurredOn > session.Today)
                return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("occurredOn", "future")]);
            var files = request.Files ?? [];
            if (await AttachFiles.Unknown(session, call.Caller, [(files, "files")], id) is { Count: > 0 } unknown)
                return new Refusal(RefusalKind.Rule, "evidence-missing", unknown);
            if (request.LeaderId is { } leader && !await LeaderContacts.IsLinked(session, id, leader))
                return new Refusal(RefusalKind.Rule, "not-eligible", [new FieldError("leaderId", "leader-not-linked")]);
            if (call.ValidateOnly)
                return Reply.NothingStored;

            await AttachFiles.To(session, files, id, null);
            var refs = await AttachFiles.Refs(session, files);
            var entry = new Response
            {
                Id = Ids.New(),
                OccurredOn = request.OccurredOn!.Value,
                Kind = request.Kind!.Value,
                Note = request.Note!.Trim(),
                Files = refs,
                At = session.Now,
                RecordedLate = session.Today.DayNumber - request.OccurredOn!.Value.DayNumber
                    is > DaysToRecord
                        and var late
                    ? late
                    : null,
                LeaderId = request.LeaderId,
            };
            Timeline.Add(
                session,
                id,
                EntryKind.Progress,
                call.Caller,
                project.Partner ? call.Caller.JurisdictionId : project.OwnerId,
                occurredOn: entry.OccurredOn,
                note: entry.Note,
                after: new
                {
                    kind = entry.Kind,
                    recordedLate = entry.RecordedLate,
                    leaderId = entry.LeaderId,
                },
                files: refs,
                id: entry.Id
            );
            if (entry.Kind != ContactKind.Call)
            {
                await session.Execute(Happened, new { id, on = entry.OccurredOn });
                await session.Raise(new ProgressRecorded(id));
            }

            if (entry.LeaderId is { } present)
                await LeaderContacts.Remember(session, await ruleBooks.Current(session), id, present, entry.OccurredOn);
            await StoreProject.Touch(session, id, publicly: false);
            return Reply.Plain(entry, 201) with { Location = $"/api/v1/projects/{id}/timeline", ProjectId = id };
        });
    }

    /// <summary>Recorded later than this after it occurred, an entry is marked (R90).</summary>
    private const int DaysToRecord = 14;

    private const string Happened =
        "UPDATE projects SET last_progress_on = @on WHERE id = @id AND (last_progress_on IS NULL OR last_progress_on < @on)";
}
