using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Events;
using Pipeline.Domain.Projects;
using Pipeline.Store.Events;

namespace Pipeline.Api.Features.Events;

/// <summary>Records what came of an event, gives it unit, carrier and person, and says how it ended (R134). A project is the result of one event, the first (R100).</summary>
public static class KeepResult
{
    public sealed record Request
    {
        public ResultKind? Kind { get; init; }
        public string? Title { get; init; }

        /// <summary>The project that it is; its owner has the result.</summary>
        public string? ProjectId { get; init; }

        /// <summary>The unit that has it: the caller's own; the centre says whose.</summary>
        public string? Unit { get; init; }

        /// <summary>The park or company that takes it.</summary>
        public string? Carrier { get; init; }

        /// <summary>Who is answerable for it, by name.</summary>
        public string? Person { get; init; }

        /// <summary>The same by the id of an active account, whose name is told.</summary>
        public string? PersonId { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Kind).NotNull().Coded("required");
            RuleFor(request => request.Title).Required().Line(200);
            RuleFor(request => request.ProjectId).RecordId();
            RuleFor(request => request.Unit).RecordId();
            RuleFor(request => request.Carrier).Line(200);
            RuleFor(request => request.Person).Line(100);
            RuleFor(request => request.PersonId).RecordId();
        }
    }

    public sealed record CloseRequest
    {
        public ResultOutcome? Outcome { get; init; }
        public string? Note { get; init; }
    }

    public sealed class CloseValidator : AbstractValidator<CloseRequest>
    {
        public CloseValidator()
        {
            RuleFor(request => request.Outcome).NotNull().Coded("required");
            RuleFor(request => request.Outcome)
                .Must(outcome => outcome is not ResultOutcome.Open)
                .Coded("choice", "landed, dropped");
            RuleFor(request => request.Note).Required().Text(2000);
        }
    }

    public static async Task<IResult> Add(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            await session.Lock(LockName.Resources);
            if (await EventRow.ById(session, id) is not { } happened)
                return Refusal.NotFound;
            if (body.Refusal is { } malformed)
                return malformed;
            var request = body.Value!;
            if (happened.CancelReason is not null)
                return new Refusal(RefusalKind.Conflict, "event-cancelled");
            var unit = await UnitOf(session, caller, request, null);
            if (unit.Refusal is { } nobody)
                return nobody;
            if (await Known(session, request, "") is { } known)
                return known;
            var resultId = Ids.New();
            var person = await PersonOf(session, request);
            if (person.Refusal is { } stranger)
                return stranger;
            await Store(session, caller, resultId, id, unit.Value, person.Value, request);
            return await ReadEvents.ToldResult(session, caller, ruleBooks, resultId, 201);
        });
    }

    /// <summary>Stores a result that was checked. The caller holds the lock.</summary>
    internal static async Task Store(
        Session session,
        Caller by,
        string id,
        string eventId,
        string? unit,
        string? person,
        Request request
    )
    {
        var values = Values(request, unit, person, session.Today, null);
        values.AddKeeper(session, by, id);
        values.Add("eventId", eventId);
        values.Add("today", session.Today);
        values.Add("assignBy", EventRules.AssignBy(session.Today, await WorkCalendars.Load(session)));
        await session.Execute(Insert, values);
    }

    public static async Task<IResult> Edit(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Patch();
        return await call.Write(async session =>
        {
            var caller = call.Caller;
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
                return merged.Refusal;
            });
            if (taken.Refusal is { } refusal)
                return refusal;
            var row = taken.Value;
            if (row.OutcomeBy(await ruleBooks.Current(session)) is var outcome and not ResultOutcome.Open)
                return new Refusal(RefusalKind.Conflict, "result-closed", outcome);
            var unit = await UnitOf(session, caller, request!, row);
            if (unit.Refusal is { } nobody)
                return nobody;
            if (await Known(session, request!, id) is { } known)
                return known;
            session.Note(
                new AuditEntry("edit-event-result")
                {
                    SubjectKind = "event-result",
                    SubjectId = id,
                    ProjectId = request!.ProjectId ?? row.ProjectId,
                    Changes = AuditEntry.Between(Json.Node(Facts(row)), Json.Node(request)),
                }
            );
            var person = await PersonOf(session, request!);
            if (person.Refusal is { } stranger)
                return stranger;
            var values = Values(request!, unit.Value, person.Value, session.Today, row.AssignedOn);
            values.AddChanged(session, id, row.Version);
            await session.ExecuteOnOne(Update, values);

            // Whoever gives it to another unit knows of it no more.
            return await EventResultRow.For(session, caller, id) is null
                ? Reply.NoContent()
                : await ReadEvents.ToldResult(session, caller, ruleBooks, id);
        });
    }

    public static async Task<IResult> Close(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<CloseValidator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Resources);
            var taken = await Take(call, session, id, _ => body.Refusal);
            if (taken.Refusal is { } refusal)
                return refusal;
            var row = taken.Value;
            if (
                EventRules.MayClose(row.OutcomeBy(await ruleBooks.Current(session)), row.ProjectId is not null) is
                { } refused
            )
                return refused;
            await session.ExecuteOnOne(
                SetOutcome,
                new
                {
                    id,
                    outcome = Slug.Of(body.Value!.Outcome!.Value),
                    note = body.Value.Note!.Trim(),
                    now = session.Now,
                    version = row.Version,
                }
            );
            return await ReadEvents.ToldResult(session, call.Caller, ruleBooks, id);
        });
    }

    private static async Task<Result<EventResultRow>> Take(
        Call call,
        Session session,
        string id,
        Func<EventResultRow, Refusal?> malformed
    )
    {
        if (await EventResultRow.For(session, call.Caller, id) is not { } row)
            return Refusal.NotFound;
        if (!Permissions.Allows(call.Caller, Act.RecordResults, row.RelationOf(call.Caller)))
            return Refusal.Forbidden;
        if (ETags.Check(call.Request, row.Version) is { } stale)
            return stale;
        return malformed(row) is { } wrong ? wrong : row;
    }

    /// <summary>The unit that has the result: of a project its owner, which the caller must be, or the centre.</summary>
    private static async Task<Result<string?>> UnitOf(
        Session session,
        Caller caller,
        Request request,
        EventResultRow? before
    )
    {
        if (request.ProjectId is { } projectId)
        {
            if (
                await LoadProject.For(session, caller, projectId) is not { } project
                || !Permissions.Allows(caller, Act.RecordResults, project.RelationOf(caller))
            )
                return Refusal.NotFound;
            return request.Unit is null || request.Unit == project.OwnerId || request.Unit == before?.UnitId
                ? project.OwnerId
                : Refusal.Invalid(new FieldError("unit", "of-its-owner"));
        }

        if (request.Unit is null && caller.Unit is null)
            return (string?)null;
        if (request.Unit is { } same && same == before?.UnitId)
            return same;
        var unit = await KeeperUnit.Of(session, caller, request.Unit);
        return unit.Refusal is { } nobody
            ? Refusal.Invalid([.. nobody.Errors.Select(error => error with { Field = "unit" })])
            : unit.Value;
    }

    /// <summary>That the project came of an event already, which is the first.</summary>
    private static async Task<Refusal?> Known(Session session, Request request, string id) =>
        request is { Kind: ResultKind.Project, ProjectId: { } projectId }
        && await session.One<string>(SelectFirst, new { projectId, id }) is { } first
            ? new Refusal(RefusalKind.Conflict, "result-known", first)
            : null;

    private static Request Facts(EventResultRow row) =>
        new()
        {
            Kind = Slug.To<ResultKind>(row.Kind),
            Title = row.Title,
            ProjectId = row.ProjectId,
            Unit = row.UnitId,
            Carrier = row.Carrier,
            Person = row.PersonId is null ? row.PersonName : null,
            PersonId = row.PersonId,
        };

    /// <summary>The name of who is answerable: as it is said, or the account's.</summary>
    private static async Task<Result<string?>> PersonOf(Session session, Request request)
    {
        if (request.PersonId is not { } id)
            return Texts.Trimmed(request.Person);
        return await session.One<string>(SelectPerson, new { id }) is { } name
            ? name
            : Refusal.Invalid(new FieldError("personId", "unknown-person"));
    }

    private static Parameters Values(
        Request request,
        string? unit,
        string? person,
        DateOnly today,
        DateOnly? assignedOn
    )
    {
        var carrier = Texts.Trimmed(request.Carrier);
        var assigned = unit is not null && carrier is not null && person is not null;
        return new Parameters
        {
            { "kind", Slug.Of(request.Kind!.Value) },
            { "title", request.Title!.Trim() },
            { "projectId", request.ProjectId },
            { "unit", unit },
            { "carrier", carrier },
            { "person", person },
            { "personId", request.PersonId },
            { "assignedOn", assigned ? assignedOn ?? today : null },
        };
    }

    private const string SelectPerson = "SELECT display_name FROM users WHERE id = @id AND active = 1";
    private const string SelectFirst =
        "SELECT e.name FROM event_results r JOIN events e ON e.id = r.event_id WHERE r.project_id = @projectId AND r.kind = 'project' AND r.id <> @id";
    private const string Insert = """
        INSERT INTO event_results (id, event_id, kind, title, project_id, unit_id, carrier, person_name, person_id, recorded_on, assign_by_on, assigned_on, recorded_by, recorded_by_name, recorded_at, version, updated_at)
        VALUES (@id, @eventId, @kind, @title, @projectId, @unit, @carrier, @person, @personId, @today, @assignBy, @assignedOn, @by, @byName, @now, 1, @now)
        """;
    private const string Update = """
        UPDATE event_results SET kind = @kind, title = @title, project_id = @projectId, unit_id = @unit, carrier = @carrier, person_name = @person, person_id = @personId, assigned_on = @assignedOn,
          version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
    private const string SetOutcome =
        "UPDATE event_results SET outcome = @outcome, outcome_note = @note, version = version + 1, updated_at = @now WHERE id = @id AND version = @version";
}
