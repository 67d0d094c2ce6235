using FluentValidation;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Events;
using Pipeline.Store.Jurisdictions;
using Pipeline.Store.Projects;

namespace Pipeline.Store.Events;

public sealed record EventBody
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

public sealed class EventBodyRules : AbstractValidator<EventBody>
{
    public EventBodyRules()
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

/// <summary>Puts events on record, and changes them (R134). The caller holds the lock of the resources.</summary>
public static class StoreEvent
{
    /// <summary>Stores a new event that was checked.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> Add(Session session, Caller by, string? organiser, EventBody request)
    {
        var id = Ids.New();
        var values = Values(request);
        values.AddKeeper(session, by, id);
        values.Add("organiser", organiser);
        await session.Execute(Insert, values);
        await session.Raise(new EventKept(id));
        return id;
    }

    /// <summary>Stores changed facts of an event.</summary>
    public static async Task Change(Session session, EventRow row, EventBody request)
    {
        var values = Values(request);
        values.AddChanged(session, row.Id, row.Version);
        await session.ExecuteOnOne(Update, values);
        await session.Raise(new EventKept(row.Id));
    }

    /// <summary>Calls an event off.</summary>
    /// <param name="undone">Whether it never was, since the import that brought it is undone.</param>
    public static async Task Cancel(Session session, EventRow row, string reason, bool undone = false)
    {
        await session.ExecuteOnOne(
            SetCancelled,
            new
            {
                id = row.Id,
                reason,
                undone = undone ? 1 : 0,
                now = session.Now,
                version = row.Version,
            }
        );
        await session.Raise(new EventKept(row.Id));
    }

    /// <summary>The event of the same name, day and organiser; null: there is none. One that never was is none.</summary>
    public static async Task<EventRow?> FindSame(Session session, string? organiser, string name, DateOnly startsOn)
    {
        var sought = SearchText.Of(name);
        var rows = await session.Query<EventRow>(
            $"{EventRow.Select} WHERE e.starts_on = @startsOn AND e.undone = 0 ORDER BY e.seq",
            new { startsOn }
        );
        return rows.FirstOrDefault(row => row.OrganiserId == organiser && SearchText.Of(row.Name) == sought);
    }

    /// <summary>Who holds an event: the caller's unit; of the centre the unit that it names, or itself.</summary>
    /// <returns>The unit's id, null for the centre; or 400 for the member <c>organiserId</c>.</returns>
    public static async Task<Result<string?>> OrganiserOf(Session session, Caller caller, string? asked)
    {
        if (caller.Unit is null && asked is null)
            return (string?)null;
        var unit = await KeeperUnit.Of(session, caller, asked);
        return unit.Refusal is { } nobody
            ? Refusal.Invalid([.. nobody.Errors.Select(error => error with { Field = "organiserId" })])
            : (string?)unit.Value;
    }

    /// <summary>The facts of an event as they were stated.</summary>
    public static EventBody FactsOf(EventRow row) =>
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

    private static Parameters Values(EventBody request) =>
        new()
        {
            { "kind", Slug.Of(request.Kind!.Value) },
            { "technology", request.Technology == true ? 1 : 0 },
            { "name", request.Name!.Trim() },
            { "startsOn", request.StartsOn!.Value },
            { "endsOn", request.EndsOn ?? request.StartsOn.Value },
            { "place", Texts.Trimmed(request.Place) },
            {
                "participants",
                request.Participants is { Count: > 0 } people ? Json.Write(people.Select(each => each.Trim())) : null
            },
            { "note", Texts.Trimmed(request.Note) },
        };

    private const string Insert = """
        INSERT INTO events (id, organiser_id, kind, technology, name, starts_on, ends_on, place, participants, note, added_by, added_by_name, added_at, version, updated_at)
        VALUES (@id, @organiser, @kind, @technology, @name, @startsOn, @endsOn, @place, @participants, @note, @by, @byName, @now, 1, @now)
        """;

    private const string SetCancelled =
        "UPDATE events SET cancel_reason = @reason, undone = @undone, version = version + 1, updated_at = @now WHERE id = @id AND version = @version";
    private const string Update = """
        UPDATE events SET kind = @kind, technology = @technology, name = @name, starts_on = @startsOn, ends_on = @endsOn, place = @place, participants = @participants, note = @note,
          version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
}
