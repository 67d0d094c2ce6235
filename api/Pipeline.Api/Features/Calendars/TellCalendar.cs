using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Calendars;

namespace Pipeline.Api.Features.Calendars;

/// <summary>Tells a calendar to whoever has its link: what comes due for the person who made it, as <c>GET /due</c> has it, by code and kind alone. Nothing of secret projects is ever in it; it ends with the account.</summary>
public static class TellCalendar
{
    /// <summary>How far ahead it tells.</summary>
    private const int Months = 3;

    /// <summary>Of so many things that come due, the first at first: more than any program shows.</summary>
    private const int Most = 2000;

    private const int PageSize = 500;

    /// <summary>After how long a reading is written down again.</summary>
    private static readonly TimeSpan RecordedEvery = TimeSpan.FromHours(1);

    public static async Task<IResult> Handle(
        string token,
        Call call,
        Database database,
        DueItems due,
        RateLimits limits
    )
    {
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        var hash = Callers.HashOf(token);
        var address = Origins.Address(call.Context);
        var found = await call.Read(async session =>
        {
            if (
                await CalendarRow.ByToken(session, hash) is not { } calendar
                || await Callers.Person(session, calendar.UserId) is not { } person
            )
                return null;
            var (items, upTo) = await Items(session, person, calendar, due);
            return new Found(
                calendar,
                person,
                items,
                upTo,
                await CalendarEntryRow.Of(session, calendar.Id),
                session.Now
            );
        });
        if (
            !await limits.Admits(
                call.Context,
                found is null ? limits.Strangers : limits.Calendars,
                found is null ? address : hash
            )
        )
            return Results.Empty;
        if (found is null)
            return (Reply)Refusal.NotFound;
        var (row, change) = (found.Calendar, found.Change(found.Entries));
        if (!change.IsNothing || IsToRecord(found, address))
            change = await database.WriteAnyway(async session =>
            {
                await session.Lock(LockName.Calendar(row.Id));

                // Somebody may have revoked it, or another program read it, meanwhile.
                if (await CalendarRow.ByToken(session, hash) is not { } now)
                    return null;
                var again = found.Change(await CalendarEntryRow.Of(session, row.Id));
                await CalendarEntryRow.Keep(session, row.Id, again);
                await session.Execute(
                    RecordRead,
                    new
                    {
                        id = row.Id,
                        address,
                        now = session.Now,
                    }
                );
                if (
                    now.LastReadAddress != address
                    || now.LastReadAt is not { } before
                    || Shanghai.DateOf(before) != session.Today
                )
                    session.Note(
                        new AuditEntry("calendar-read")
                        {
                            Outcome = AuditOutcome.Read,
                            SubjectKind = "calendar",
                            SubjectId = row.Id,
                            Origin = Origins.Of(call.Context, found.Person.Doer()),
                        }
                    );
                return again;
            });
        return change is null ? (Reply)Refusal.NotFound : Answer(call, row, change);
    }

    private static IResult Answer(Call call, CalendarRow row, CalendarChange change)
    {
        var text = Encoding.UTF8.GetBytes(
            CalendarText.Write(Messages.Text(row.Language, "calendar.name"), change.Told, row.AlarmBefore)
        );
        call.Context.Response.Headers.CacheControl = "private, no-cache";
        return Results.File(
            text,
            CalendarText.ContentType,
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(text))[..32]}\"")
        );
    }

    private static bool IsToRecord(Found found, string address) =>
        found.Calendar.LastReadAddress != address
        || found.Calendar.LastReadAt + RecordedEvery <= found.Now
        || found.Calendar.LastReadAt is null;

    private sealed record Found(
        CalendarRow Calendar,
        Caller Person,
        IReadOnlyList<CalendarItem> Items,
        DateTimeOffset? UpTo,
        IReadOnlyList<CalendarEntryRow> Entries,
        DateTimeOffset Now
    )
    {
        public CalendarChange Change(IReadOnlyList<CalendarEntryRow> entries) =>
            CalendarChanges.Between(
                [.. entries.Select(entry => entry.Told)],
                Items,
                UpTo,
                entries
                    .Where(entry => entry.Secret)
                    .Select(entry => entry.ProjectId!)
                    .ToHashSet(StringComparer.Ordinal),
                Now
            );
    }

    /// <summary>What comes due for the person, of the calendar's kinds, without what only waits and without secret projects.</summary>
    private static async Task<(List<CalendarItem> Items, DateTimeOffset? UpTo)> Items(
        Session session,
        Caller person,
        CalendarRow calendar,
        DueItems due
    )
    {
        var kinds = calendar.Told.ToHashSet();
        var items = new List<CalendarItem>();
        (DateTimeOffset At, int, long)? after = null;
        DateTimeOffset? upTo = null;
        for (var pages = 0; ; pages++)
        {
            if (pages * PageSize >= Most)
            {
                upTo = after!.Value.At;
                break;
            }

            var page = await due.Find(session, person, session.Today.AddMonths(Months), PageSize, after);
            items.AddRange(
                page.Where(one =>
                        !one.Item.Waits
                        && one.Item.SecretProject is null
                        && KindOf(one.Item.Kind) is { } kind
                        && kinds.Contains(kind)
                    )
                    .Select(one => Of(calendar, one.Item))
            );
            if (page.Count < PageSize)
                break;
            var last = page[^1];
            after = (last.Item.Sort, last.Source, last.Item.Seq);
        }

        if (kinds.Contains(CalendarKind.Meetings) && Permissions.Allows(person, Act.ReadMeetings))
            items.AddRange(
                (
                    await session.Query<Meeting>(
                        $"{SelectMeetings} AND {MeetingRow.VisibleTo(person)} ORDER BY m.held_on, m.seq",
                        new
                        {
                            from = session.Today,
                            mine = MeetingRow.MineOf(person),
                            me = person.UserId,
                        }
                    )
                ).Select(meeting => new CalendarItem(
                    UidOf(calendar, "meeting", meeting.Id),
                    Messages.Text(calendar.Language, $"calendar.meeting.{meeting.Kind}"),
                    meeting.HeldOn,
                    null,
                    null
                ))
            );

        if (kinds.Contains(CalendarKind.Events) && Permissions.Allows(person, Act.ReadEvents))
            items.AddRange(
                (await session.Query<Event>(SelectEvents, new { from = session.Today })).Select(
                    planned => new CalendarItem(
                        UidOf(calendar, "event", planned.Id),
                        Messages.Text(calendar.Language, $"calendar.event.{planned.Kind}"),
                        planned.StartsOn,
                        null,
                        null
                    )
                )
            );

        // Of one thing one entry: the first that is due.
        return ([.. items.DistinctBy(item => item.Uid)], upTo);
    }

    private static CalendarItem Of(CalendarRow calendar, DueItem item)
    {
        var word = Messages.Text(
            calendar.Language,
            item.Light is { } light ? $"calendar.light-turns.{Slug.Of(light)}" : $"calendar.{Slug.Of(item.Kind)}"
        );
        return new CalendarItem(
            UidOf(calendar, $"{FamilyOf(item.Kind)} {item.Light}", $"{item.Subject.Kind} {item.Subject.Id}"),
            item.Project.Code is { } code ? $"{code} {word}" : word,
            item.At is null ? item.On : null,
            item.At is { } at
                ? new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero)
                : null,
            item.Project.Id
        );
    }

    /// <summary>A hash: it tells no ids, and is the same for as long as it is the same thing.</summary>
    private static string UidOf(CalendarRow calendar, string family, string subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{calendar.Id} {family} {subject}")))[..40]
        + "@pipeline";

    /// <summary>What is the same thing though it is called otherwise later: whether somebody waits behind a claim, whether a notice is late.</summary>
    private static string FamilyOf(DueKind kind) =>
        kind switch
        {
            DueKind.ClaimPassesOn => Slug.Of(DueKind.ClaimEnds),
            DueKind.SigningLate => Slug.Of(DueKind.SigningPlanned),
            DueKind.ProblemToClose => Slug.Of(DueKind.ProblemDue),
            _ => Slug.Of(kind),
        };

    private static CalendarKind? KindOf(DueKind kind) =>
        kind switch
        {
            DueKind.ClaimEnds
            or DueKind.ClaimPassesOn
            or DueKind.ClaimToComplete
            or DueKind.ClaimToContest
            or DueKind.DisputeToAnswer
            or DueKind.DisputeToDecide
            or DueKind.DisputeToAppeal => CalendarKind.Claims,
            DueKind.NoticeToFile or DueKind.SigningLate or DueKind.SigningPlanned => CalendarKind.Signings,
            DueKind.ProblemDue or DueKind.ProblemToClose => CalendarKind.Problems,
            DueKind.ActionDue => CalendarKind.Meetings,
            DueKind.LightTurns
            or DueKind.RemovalToContest
            or DueKind.RemovalToDecide
            or DueKind.LeaderContact
            or DueKind.StepPlanned => CalendarKind.Turns,
            DueKind.ResultToAssign => CalendarKind.Events,
            DueKind.MatchSilent or DueKind.ChainToReview or DueKind.LeadDue or DueKind.EntryToVerify =>
                CalendarKind.Resources,
            _ => null,
        };

    private sealed class Meeting
    {
        public required string Id { get; init; }
        public required string Kind { get; init; }
        public DateOnly HeldOn { get; init; }
    }

    private sealed class Event
    {
        public required string Id { get; init; }
        public required string Kind { get; init; }
        public DateOnly StartsOn { get; init; }
    }

    private const string SelectEvents =
        "SELECT e.id, e.kind, e.starts_on FROM events e WHERE e.starts_on >= @from AND e.cancel_reason IS NULL ORDER BY e.starts_on, e.seq";
    private const string SelectMeetings =
        "SELECT m.id, m.kind, m.held_on FROM meetings m WHERE m.held_on >= @from AND m.status <> 'cancelled'";
    private const string RecordRead =
        "UPDATE calendars SET last_read_at = @now, last_read_address = @address WHERE id = @id";
}
