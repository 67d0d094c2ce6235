using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;

namespace Pipeline.Api.Features.Meetings;

/// <summary>Plans a meeting, changes its plan as long as its agenda is not issued, and calls it off (R74).</summary>
public static partial class PlanMeeting
{
    public sealed record Request
    {
        public MeetingKind? Kind { get; init; }
        public DateOnly? HeldOn { get; init; }

        /// <summary>The instant as of which the agenda is made.</summary>
        public DateTimeOffset? CutOffAt { get; init; }
        public string? Chair { get; init; }

        /// <summary>The leader who chairs it, where that is a user: it is shown to that leader while it is planned.</summary>
        public string? ChairId { get; init; }

        /// <summary>The city's clock, hh:mm.</summary>
        public string? StartsAt { get; init; }
        public string? Place { get; init; }
        public IReadOnlyList<string>? Attendees { get; init; }
    }

    public sealed partial class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Kind).Required();
            RuleFor(request => request.HeldOn).Required();
            RuleFor(request => request.HeldOn).Day();
            RuleFor(request => request.CutOffAt).Required();
            RuleFor(request => request.CutOffAt).Instant();
            RuleFor(request => request.Chair).Required().Line(100);
            RuleFor(request => request.ChairId).RecordId();
            RuleFor(request => request.StartsAt).Must(time => time is null || Time().IsMatch(time)).Coded("time");
            RuleFor(request => request.Place).Line(200);
            RuleFor(request => request.Attendees).AtMost(200);
            RuleForEach(request => request.Attendees).Cascade(CascadeMode.Continue).Required().Line(100);
            RuleFor(request => request.CutOffAt)
                .Must(
                    (request, at) => at is null || request.HeldOn is null || Shanghai.DateOf(at.Value) <= request.HeldOn
                )
                .Coded("cut-off-after-meeting");
        }

        [System.Text.RegularExpressions.GeneratedRegex(
            @"^([01]\d|2[0-3]):[0-5]\d\z",
            System.Text.RegularExpressions.RegexOptions.CultureInvariant
                | System.Text.RegularExpressions.RegexOptions.ECMAScript
        )]
        private static partial System.Text.RegularExpressions.Regex Time();
    }

    public static async Task<IResult> Handle(Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var (caller, request) = (call.Caller, body.Value!);
            if (await UnknownChair(session, request) is { } nobody)
                return nobody;
            var id = Ids.New();
            await session.Lock(LockName.Meetings);
            await session.Execute(
                Insert,
                new
                {
                    id,
                    kind = Slug.Of(request.Kind!.Value),
                    heldOn = request.HeldOn,
                    startsAt = request.StartsAt,
                    place = Texts.Trimmed(request.Place),
                    chair = request.Chair!.Trim(),
                    chairId = request.ChairId,
                    attendees = Listed(request.Attendees),
                    cutOffAt = request.CutOffAt,
                    by = caller.UserId,
                    byName = caller.DisplayName,
                    ruleSetId = (await ruleBooks.Load(session)).At(request.CutOffAt!.Value).Id,
                    now = session.Now,
                }
            );
            return await ReadMeetings.Told(call, session, ruleBooks, id, 201);
        });
    }

    public static async Task<IResult> Edit(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Patch();
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Meetings);
            Request? request = null;
            var taken = await TakeMeeting.Step(call, session, id, MeetingStep.Edit, row =>
            {
                if (body.Refusal is { } malformed)
                    return malformed;
                var merged = Call.Parse(
                    Json.MergePatch(Json.Node(PlanOf(row)), body.Value)!,
                    Validation.Of<Validator>(),
                    session.Today
                );
                request = merged.Value;
                return merged.Refusal;
            });
            if (taken.Refusal is { } refusal)
                return refusal;
            var row = taken.Value;
            if (await UnknownChair(session, request!) is { } nobody)
                return nobody;
            await session.ExecuteOnOne(
                Update,
                new
                {
                    id,
                    kind = Slug.Of(request!.Kind!.Value),
                    heldOn = request.HeldOn,
                    startsAt = request.StartsAt,
                    place = Texts.Trimmed(request.Place),
                    chair = request.Chair!.Trim(),
                    chairId = request.ChairId,
                    attendees = Listed(request.Attendees),
                    cutOffAt = request.CutOffAt,
                    ruleSetId = (await ruleBooks.Load(session)).At(request.CutOffAt!.Value).Id,
                    now = session.Now,
                    version = row.Version,
                }
            );
            return await ReadMeetings.Told(call, session, ruleBooks, id);
        });
    }

    public static async Task<IResult> Cancel(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Meetings);
            var taken = await TakeMeeting.Step(call, session, id, MeetingStep.Cancel, _ => body.Refusal);
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
            return await ReadMeetings.Told(call, session, ruleBooks, id);
        });
    }

    private static Request PlanOf(MeetingRow row) =>
        new()
        {
            Kind = Slug.To<MeetingKind>(row.Kind),
            HeldOn = row.HeldOn,
            CutOffAt = row.CutOffAt,
            Chair = row.Chair,
            ChairId = row.ChairId,
            StartsAt = row.StartsAt,
            Place = row.Place,
            Attendees = row.AttendeeList,
        };

    internal static string? Listed(IReadOnlyList<string>? people) =>
        people is { Count: > 0 } ? Json.Write(people.Select(person => person.Trim())) : null;

    private static async Task<Refusal?> UnknownChair(Session session, Request request) =>
        request.ChairId is { } chair && await Leaders.Unknown(session, [chair], "chairId") is { } unknown
            ? Refusal.Invalid([.. unknown.Errors.Select(error => error with { Field = "chairId" })])
            : null;

    private const string Insert = """
        INSERT INTO meetings (id, kind, status, held_on, starts_at, place, chair, chair_id, attendees, cut_off_at, planned_by, planned_by_name, planned_at, rule_set_id, version, updated_at)
        VALUES (@id, @kind, 'planned', @heldOn, @startsAt, @place, @chair, @chairId, @attendees, @cutOffAt, @by, @byName, @now, @ruleSetId, 1, @now)
        """;
    private const string Update = """
        UPDATE meetings SET kind = @kind, held_on = @heldOn, starts_at = @startsAt, place = @place, chair = @chair, chair_id = @chairId, attendees = @attendees, cut_off_at = @cutOffAt,
          rule_set_id = @ruleSetId, version = version + 1, updated_at = @now
        WHERE id = @id AND status = 'planned' AND version = @version
        """;
    private const string SetCancelled = """
        UPDATE meetings SET status = 'cancelled', cancel_reason = @reason, version = version + 1, updated_at = @now WHERE id = @id AND status = 'planned' AND version = @version
        """;
}

/// <summary>What every step with a meeting begins with, under the lock of meetings.</summary>
internal static class TakeMeeting
{
    /// <summary>The meeting, if this caller may take the step now; the checks in the order of the contract.</summary>
    public static async Task<Result<MeetingRow>> Step(
        Call call,
        Session session,
        string id,
        MeetingStep step,
        Func<MeetingRow, Refusal?> malformed
    )
    {
        if (await MeetingRow.For(session, call.Caller, id) is not { } row)
            return Refusal.NotFound;
        if (!Permissions.Allows(call.Caller, Act.ManageMeetings, Relations.City))
            return Refusal.Forbidden;
        if (ETags.Check(call.Request, row.Version) is { } stale)
            return stale;
        if (malformed(row) is { } wrong)
            return wrong;
        if (MeetingRules.MayTake(step, row.At, row.CutOffAt, session.Now) is { } refused)
            return refused;
        return row;
    }

    /// <summary>Counts a change of what belongs to the meeting as one of the meeting.</summary>
    public static Task Touch(Session session, MeetingRow row) =>
        session.ExecuteOnOne(
            TouchOne,
            new
            {
                id = row.Id,
                now = session.Now,
                version = row.Version,
            }
        );

    private const string TouchOne =
        "UPDATE meetings SET version = version + 1, updated_at = @now WHERE id = @id AND version = @version";
}
