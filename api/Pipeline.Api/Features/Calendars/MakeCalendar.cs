using System.Security.Cryptography;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Calendars;

namespace Pipeline.Api.Features.Calendars;

/// <summary>Makes and revokes the calendars of the caller. The link is shown once and kept as its hash.</summary>
public static class MakeCalendar
{
    /// <summary>How many somebody may have: one a device and then some.</summary>
    public const int Most = 10;

    public sealed record Request
    {
        public IReadOnlyList<CalendarKind>? Kinds { get; init; }

        /// <summary>How long before each entry it reminds, a week at most; without it it does not.</summary>
        public IsoDuration? Alarm { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Kinds)
                .NotEmpty()
                .Coded("required")
                .Must(kinds => kinds is null || kinds.Distinct().Count() == kinds.Count)
                .Coded("twice");
            RuleFor(request => request.Alarm)
                .Must(alarm => alarm is null || IsShort(alarm.Value))
                .Coded("calendar-alarm");
        }

        /// <summary>From a minute to a week, in whole minutes; months have no length of their own.</summary>
        private static bool IsShort(IsoDuration alarm) =>
            alarm.Months == 0
            && CalendarText.LengthOf(alarm) is var length
            && length >= TimeSpan.FromMinutes(1)
            && length <= TimeSpan.FromDays(7)
            && length.Ticks % TimeSpan.TicksPerMinute == 0;
    }

    public static Task<IResult> All(Call call) =>
        call.Read<IResult>(async session =>
            Reply.Plain(
                new Page<CalendarView>
                {
                    Items = [.. (await CalendarRow.Of(session, call.Caller.UserId)).Select(row => row.View())],
                }
            )
        );

    public static async Task<IResult> Post(Call call, PublicAddress address)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            await session.Lock(LockName.Views(call.Caller.UserId));
            if ((await CalendarRow.Of(session, call.Caller.UserId)).Count >= Most)
                return new Refusal(RefusalKind.Conflict, "too-many-calendars", Most);
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var (request, id) = (body.Value!, Ids.New());
            var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            await session.Execute(
                Insert,
                new
                {
                    id,
                    userId = call.Caller.UserId,
                    kinds = string.Join(' ', request.Kinds!.Order().Select(Slug.Of)),
                    alarm = request.Alarm?.Text,
                    language = Messages.Language(call.Request),
                    hash = Callers.HashOf(token),
                    now = session.Now,
                }
            );
            session.Note(
                new AuditEntry("calendar-made")
                {
                    SubjectKind = "calendar",
                    SubjectId = id,
                    Changes = AuditEntry.Between(null, Json.Node(new { kinds = request.Kinds, alarm = request.Alarm })),
                }
            );
            var made = (await CalendarRow.Of(session, call.Caller.UserId)).Single(row => row.Id == id);
            return Reply.Plain(made.View($"{address.Of(call.Request)}/calendars/{token}.ics"), 201) with
            {
                KeptBody = Reply.Plain(made.View()).Body,
            };
        });
    }

    /// <summary>Revokes one: its link is dead at once.</summary>
    public static Task<IResult> Revoke(string id, Call call) =>
        call.Write(async session =>
        {
            await session.Lock(LockName.Views(call.Caller.UserId));
            if ((await CalendarRow.Of(session, call.Caller.UserId)).All(row => row.Id != id))
                return Refusal.NotFound;
            if (call.ValidateOnly)
                return Reply.NothingStored;
            await session.Execute(DeleteEntries, new { id });
            await session.Execute(Delete, new { id });
            session.Note(new AuditEntry("calendar-revoked") { SubjectKind = "calendar", SubjectId = id });
            return Reply.NoContent();
        });

    private const string Insert = """
        INSERT INTO calendars (id, user_id, kinds, alarm, language, token_hash, created_at)
        VALUES (@id, @userId, @kinds, @alarm, @language, @hash, @now)
        """;
    private const string DeleteEntries = "DELETE FROM calendar_entries WHERE calendar_id = @id";
    private const string Delete = "DELETE FROM calendars WHERE id = @id";
}
