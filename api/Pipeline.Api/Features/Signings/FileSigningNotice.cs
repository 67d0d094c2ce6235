using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Signings;

namespace Pipeline.Api.Features.Signings;

/// <summary>Gives notice of a signing to the centre (R30, R31): by the owner, or by a coordinator for it; what was open is superseded.</summary>
public static class FileSigningNotice
{
    public sealed record Request
    {
        public DateOnly? PlannedSigningOn { get; init; }
        public string? Parties { get; init; }
        public Money? AgreedAmount { get; init; }
        public string? Place { get; init; }
        public string? EventId { get; init; }

        /// <summary>The leaders who are asked to be there, by their names or offices.</summary>
        public IReadOnlyList<string>? LeadersWanted { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.PlannedSigningOn).Required();
            RuleFor(request => request.PlannedSigningOn).Day();
            RuleFor(request => request.Parties).Required().Line(500);
            RuleFor(request => request.AgreedAmount).NotNull().Coded("required").Amount();
            RuleFor(request => request.Place).Line(200);
            RuleFor(request => request.EventId).RecordId();
            RuleFor(request => request.LeadersWanted).AtMost(10);
            RuleForEach(request => request.LeadersWanted)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .Line(40);
        }
    }

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            var loaded = await LoadProject.ForWrite(session, settle, caller, id, Act.FileSigningNotice);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var (project, request) = (loaded.Value, body.Value!);
            if (FileNotice.RefusalOf(session, caller, project, request.PlannedSigningOn!.Value) is { } refused)
                return refused;
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var rules = await ruleBooks.Current(session);
            var noticeId = await FileNotice.Store(session, caller, project, Said(request), rules);
            var row = (await SigningNoticeRow.For(session, caller, noticeId))!;
            return Reply.Resource(row.View(caller), row.Version, 201, $"/api/v1/signing-notices/{noticeId}", id);
        });
    }

    internal static NoticeSaid Said(Request request) =>
        new(
            request.PlannedSigningOn!.Value,
            request.Parties!,
            request.AgreedAmount!.Value,
            request.Place,
            request.EventId,
            request.LeadersWanted
        );
}

/// <summary>Changes, cancels or waives an open notice (R31, R33).</summary>
public static class ChangeSigningNotice
{
    /// <summary>Put off, it keeps its day of filing; brought forward, it is filed anew, today.</summary>
    public static async Task<IResult> Edit(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var patch = await call.Patch();
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, settle, call, id, Act.FileSigningNotice);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (patch.Refusal is { } malformed)
                return malformed;
            var row = loaded.Value;
            var before = Said(row);
            var parsed = Call.Parse(
                Json.MergePatch(Json.Node(before), patch.Value)!,
                Validation.Of<FileSigningNotice.Validator>(),
                session.Today
            );
            if (parsed.Refusal is { } invalid)
                return invalid;
            var after = parsed.Value!;
            if (row.At != NoticeStatus.Open)
                return new Refusal(RefusalKind.Conflict, "notice-ended");
            if (after.PlannedSigningOn < session.Today && after.PlannedSigningOn != row.PlannedOn)
                return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("plannedSigningOn", "past")]);
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var rules = await ruleBooks.Current(session);
            var filedOn = SigningNotices.FiledOnAfter(row.Filed, after.PlannedSigningOn!.Value, session.Today);
            var values = FileNotice.Values(FileSigningNotice.Said(after), filedOn, rules);
            values.AddAll(
                new
                {
                    id,
                    filedOn,
                    now = session.Now,
                }
            );
            await session.ExecuteOnOne(Update, values);
            Timeline.Add(
                session,
                row.ProjectId,
                EntryKind.NoticeChanged,
                call.Caller,
                row.JurisdictionId,
                before: new { plannedSigningOn = row.PlannedOn, filedOn = row.FiledOn },
                after: new
                {
                    noticeId = id,
                    plannedSigningOn = after.PlannedSigningOn,
                    filedOn,
                }
            );
            var changed = (await SigningNoticeRow.For(session, call.Caller, id))!;
            if (filedOn != row.FiledOn)
                await session.Raise(new SigningNoticeFiled(changed, call.Caller));
            return Reply.Resource(changed.View(call.Caller), changed.Version, projectId: row.ProjectId);
        });
    }

    public static Task<IResult> Cancel(string id, Call call, SettleClaims settle) =>
        Decide(id, call, settle, Act.FileSigningNotice, EndNotice.Cancel);

    /// <summary>The centre lets a signing be without the time that its notice should leave (R33).</summary>
    public static Task<IResult> Waive(string id, Call call, SettleClaims settle) =>
        Decide(id, call, settle, Act.WaiveSigningNotice, Waive);

    private static async Task Waive(Session session, Caller caller, SigningNoticeRow row, string reason)
    {
        await session.ExecuteOnOne(
            SetWaived,
            new
            {
                id = row.Id,
                reason,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
            }
        );
        Timeline.Add(
            session,
            row.ProjectId,
            EntryKind.NoticeWaived,
            caller,
            row.JurisdictionId,
            note: reason,
            after: new { noticeId = row.Id }
        );
    }

    private static async Task<IResult> Decide(
        string id,
        Call call,
        SettleClaims settle,
        Act act,
        Func<Session, Caller, SigningNoticeRow, string, Task> step
    )
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, settle, call, id, act);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var row = loaded.Value;
            if (row.At != NoticeStatus.Open || (act == Act.WaiveSigningNotice && row.WaivedAt is not null))
                return new Refusal(RefusalKind.Conflict, "notice-ended");
            await step(session, call.Caller, row, body.Value!.Reason!.Trim());
            var changed = (await SigningNoticeRow.For(session, call.Caller, id))!;
            return Reply.Resource(changed.View(call.Caller), changed.Version, projectId: row.ProjectId);
        });
    }

    /// <summary>The notice for a write: its project settled first, then 404, 403, 428, 412.</summary>
    private static async Task<Result<SigningNoticeRow>> ForWrite(
        Session session,
        SettleClaims settle,
        Call call,
        string id,
        Act act
    )
    {
        if (await session.One<string>(ProjectOf, new { id }) is not { } projectId)
            return Refusal.NotFound;
        await settle.Project(session, projectId);
        if (await SigningNoticeRow.For(session, call.Caller, id) is not { } row)
            return Refusal.NotFound;
        if (!Permissions.Allows(call.Caller, act, row.RelationOf(call.Caller)))
            return Refusal.Forbidden;
        return ETags.Check(call.Request, row.Version) is { } stale ? stale : row;
    }

    private static FileSigningNotice.Request Said(SigningNoticeRow row) =>
        new()
        {
            PlannedSigningOn = row.PlannedOn,
            Parties = row.Parties,
            AgreedAmount = Money.FromHundredths(row.Amount, row.Currency),
            Place = row.Place,
            EventId = row.EventId,
            LeadersWanted = row.LeadersWanted is { } leaders ? Json.Read<List<string>>(leaders) : null,
        };

    private const string ProjectOf = "SELECT project_id FROM signing_notices WHERE id = @id";
    private const string Update = """
        UPDATE signing_notices SET planned_on = @plannedOn, filed_on = @filedOn, parties = @parties, amount = @amount, currency = @currency, place = @place, event_id = @eventId,
          leaders_wanted = @leaders, timely = @timely, version = version + 1, updated_at = @now
        WHERE id = @id AND status = 'open'
        """;
    private const string SetWaived =
        "UPDATE signing_notices SET waived_by = @by, waived_by_name = @byName, waived_at = @now, waive_reason = @reason, version = version + 1, updated_at = @now WHERE id = @id AND status = 'open'";
}

/// <summary>The centre lifts the flag of a signing whose notice was late or missing, with a reason; both stay on the timeline (R32).</summary>
public static class LiftFlag
{
    private static readonly string[] Liftable = [SigningNotices.Late, SigningNotices.Missing];

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            if (await session.One<string>(ProjectOf, new { id }) is { } projectId)
                await settle.Project(session, projectId);
            if (await MoveRow.For(session, call.Caller, id) is not { } move)
                return Refusal.NotFound;
            if (!Permissions.Allows(call.Caller, Act.WaiveSigningNotice, move.RelationOf(call.Caller)))
                return Refusal.Forbidden;
            if (body.Refusal is { } malformed)
                return malformed;
            var flags = Json.Read<List<string>>(move.Flags);
            var lifted = flags.Intersect(Liftable).ToList();
            if (lifted.Count == 0)
                return new Refusal(RefusalKind.Conflict, "flag-not-set");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            await session.Execute(OfMove, new { id, flags = Json.Write(flags.Except(Liftable)) });
            var project = (await LoadProject.ById(session, move.ProjectId))!;
            await session.Execute(
                OfProject,
                new { id = project.Id, flags = Json.Write(Json.Read<List<string>>(project.Flags).Except(Liftable)) }
            );
            Timeline.Add(
                session,
                project.Id,
                EntryKind.FlagLifted,
                call.Caller,
                move.JurisdictionId,
                note: body.Value!.Reason!.Trim(),
                before: new { flags = lifted },
                after: new { moveId = id }
            );
            await StoreProject.Touch(session, project.Id, publicly: false);
            var after = (await MoveRow.For(session, call.Caller, id))!;
            return Reply.Resource(after.View(call.Caller), after.Version, projectId: project.Id);
        });
    }

    private const string ProjectOf = "SELECT project_id FROM moves WHERE id = @id";
    private const string OfMove = "UPDATE moves SET flags = @flags, version = version + 1 WHERE id = @id";
    private const string OfProject = $"UPDATE projects SET flags = @flags, {StoreProject.SetLateNotice} WHERE id = @id";
}
