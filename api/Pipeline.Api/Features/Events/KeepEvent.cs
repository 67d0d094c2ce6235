using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Events;
using Pipeline.Store.Events;

namespace Pipeline.Api.Features.Events;

/// <summary>Puts an event on record, changes it, calls it off (R134).</summary>
public static class KeepEvent
{
    public sealed record Request
    {
        /// <summary>The unit that holds it: the caller's own; the centre says whose, or leaves it out for its own.</summary>
        public string? OrganiserId { get; init; }
        public EventKind? Kind { get; init; }

        /// <summary>Whether it is about technology.</summary>
        public bool? Technology { get; init; }
        public string? Name { get; init; }
        public DateOnly? StartsOn { get; init; }

        /// <summary>The first day without it.</summary>
        public DateOnly? EndsOn { get; init; }
        public string? Place { get; init; }

        /// <summary>Who takes part: firms and institutions.</summary>
        public IReadOnlyList<string>? Participants { get; init; }
        public string? Note { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.OrganiserId).RecordId();
            RuleFor(request => request.Kind).NotNull().Coded("required");
            RuleFor(request => request.Name).Required().Line(200);
            RuleFor(request => request.StartsOn).NotNull().Coded("required");
            RuleFor(request => request.StartsOn).Day();
            RuleFor(request => request.EndsOn).Day();
            RuleFor(request => request.EndsOn)
                .Must((request, end) => end is null || request.StartsOn is null || end >= request.StartsOn)
                .Coded("before-start");
            RuleFor(request => request.Place).Line(200);
            RuleFor(request => request.Participants).AtMost(200);
            RuleForEach(request => request.Participants).Cascade(CascadeMode.Continue).Required().Line(200);
            RuleFor(request => request.Note).Text(2000);
        }
    }

    public static async Task<IResult> Add(Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var (caller, request) = (call.Caller, body.Value!);
            string? organiser = null;
            if (caller.Unit is not null || request.OrganiserId is not null)
            {
                var unit = await KeeperUnit.Of(session, caller, request.OrganiserId);
                if (unit.Refusal is { } nobody)
                    return Refusal.Invalid([.. nobody.Errors.Select(error => error with { Field = "organiserId" })]);
                organiser = unit.Value;
            }

            await session.Lock(LockName.Resources);
            var id = Ids.New();
            await Store(session, caller, id, organiser, request);
            return await ReadEvents.Told(session, caller, id, 201);
        });
    }

    /// <summary>Stores an event that was checked. The caller holds the lock.</summary>
    internal static async Task Store(Session session, Caller by, string id, string? organiser, Request request)
    {
        var values = Values(request);
        values.Add("id", id);
        values.Add("organiser", organiser);
        values.Add("by", by.UserId);
        values.Add("byName", by.DisplayName);
        values.Add("now", session.Now);
        await session.Execute(Insert, values);
        await session.Raise(new EventKept(id));
    }

    public static async Task<IResult> Edit(string id, Call call)
    {
        var body = await call.Patch();
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Resources);
            Request? request = null;
            var taken = await Take(call, session, id, row =>
            {
                if (body.Refusal is { } malformed)
                    return malformed;
                var merged = Call.Parse(
                    Json.MergePatch(Json.Node(Facts(row)), body.Value)!,
                    Validation.Of<Validator>(),
                    session.Today
                );
                request = merged.Value;
                return merged.Refusal
                    ?? (
                        request!.OrganiserId == row.OrganiserId
                            ? null
                            : Refusal.Invalid(new FieldError("organiserId", "fixed"))
                    );
            });
            if (taken.Refusal is { } refusal)
                return refusal;
            session.Note(
                new AuditEntry("edit-event")
                {
                    SubjectKind = "event",
                    SubjectId = id,
                    Changes = AuditEntry.Between(Json.Node(Facts(taken.Value)), Json.Node(request)),
                }
            );
            var values = Values(request!);
            values.Add("id", id);
            values.Add("now", session.Now);
            values.Add("version", taken.Value.Version);
            await session.ExecuteOnOne(Update, values);
            await session.Raise(new EventKept(id));
            return await ReadEvents.Told(session, call.Caller, id);
        });
    }

    public static async Task<IResult> Cancel(string id, Call call)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Resources);
            var taken = await Take(call, session, id, _ => body.Refusal);
            if (taken.Refusal is { } refusal)
                return refusal;
            await session.ExecuteOnOne(
                SetCancelled,
                new
                {
                    id,
                    reason = body.Value!.Reason!.Trim(),
                    now = session.Now,
                    version = taken.Value.Version,
                }
            );
            await session.Raise(new EventKept(id));
            return await ReadEvents.Told(session, call.Caller, id);
        });
    }

    private static async Task<Result<EventRow>> Take(
        Call call,
        Session session,
        string id,
        Func<EventRow, Refusal?> malformed
    )
    {
        if (await EventRow.ById(session, id) is not { } row)
            return Refusal.NotFound;
        if (!Permissions.Allows(call.Caller, Act.ManageEvents, row.RelationOf(call.Caller)))
            return Refusal.Forbidden;
        if (ETags.Check(call.Request, row.Version) is { } stale)
            return stale;
        if (malformed(row) is { } wrong)
            return wrong;
        return row.CancelReason is null ? row : new Refusal(RefusalKind.Conflict, "event-cancelled");
    }

    private static Request Facts(EventRow row) =>
        new()
        {
            OrganiserId = row.OrganiserId,
            Kind = Slug.To<EventKind>(row.Kind),
            Technology = row.Technology,
            Name = row.Name,
            StartsOn = row.StartsOn,
            EndsOn = row.EndsOn,
            Place = row.Place,
            Participants = row.ParticipantList,
            Note = row.Note,
        };

    private static Parameters Values(Request request) =>
        new()
        {
            { "kind", Slug.Of(request.Kind!.Value) },
            { "technology", request.Technology == true ? 1 : 0 },
            { "name", request.Name!.Trim() },
            { "startsOn", request.StartsOn!.Value },
            { "endsOn", request.EndsOn ?? request.StartsOn.Value },
            { "place", string.IsNullOrWhiteSpace(request.Place) ? null : request.Place.Trim() },
            {
                "participants",
                request.Participants is { Count: > 0 } people ? Json.Write(people.Select(each => each.Trim())) : null
            },
            { "note", string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim() },
        };

    private const string Insert = """
        INSERT INTO events (id, organiser_id, kind, technology, name, starts_on, ends_on, place, participants, note, added_by, added_by_name, added_at, version, updated_at)
        VALUES (@id, @organiser, @kind, @technology, @name, @startsOn, @endsOn, @place, @participants, @note, @by, @byName, @now, 1, @now)
        """;
    private const string Update = """
        UPDATE events SET kind = @kind, technology = @technology, name = @name, starts_on = @startsOn, ends_on = @endsOn, place = @place, participants = @participants, note = @note,
          version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
    private const string SetCancelled =
        "UPDATE events SET cancel_reason = @reason, version = version + 1, updated_at = @now WHERE id = @id AND version = @version";
}
