using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;

namespace Pipeline.Api.Features.Meetings;

/// <summary>What meetings decided, and what becomes of it: done by its owner, put off, opened again or taken back by the centre (R74).</summary>
public static class StepAction
{
    public sealed record DoneRequest
    {
        public string? Note { get; init; }

        public sealed class Validator : AbstractValidator<DoneRequest>
        {
            public Validator() => RuleFor(request => request.Note).Required().Text(2000);
        }
    }

    public sealed record DueRequest
    {
        public DateOnly? DueOn { get; init; }
        public string? Reason { get; init; }

        public sealed class Validator : AbstractValidator<DueRequest>
        {
            public Validator()
            {
                RuleFor(request => request.DueOn).Required();
                RuleFor(request => request.DueOn).Day();
                RuleFor(request => request.Reason).Required().Text(2000);
            }
        }
    }

    public static Task<IResult> Done(string id, Call call, RuleBooks ruleBooks) =>
        Take(
            id,
            call,
            ruleBooks,
            ActionStep.Done,
            Validation.Of<DoneRequest.Validator>(),
            async (session, row, request) =>
            {
                var note = request.Note!.Trim();
                await session.ExecuteOnOne(
                    SetDone,
                    new
                    {
                        id,
                        note,
                        by = call.Caller.UserId,
                        byName = call.Caller.DisplayName,
                        now = session.Now,
                        version = row.Version,
                    }
                );
                Note(session, row, EntryKind.ActionDone, call.Caller, note);
                return null;
            }
        );

    /// <summary>Another due date, with a reason; each is counted (R71).</summary>
    public static Task<IResult> Due(string id, Call call, RuleBooks ruleBooks) =>
        Take(
            id,
            call,
            ruleBooks,
            ActionStep.Due,
            Validation.Of<DueRequest.Validator>(),
            async (session, row, request) =>
            {
                if (request.DueOn < session.Today)
                    return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("dueOn", "past")]);
                var reason = request.Reason!.Trim();
                await session.ExecuteOnOne(
                    SetDue,
                    new
                    {
                        id,
                        dueOn = request.DueOn,
                        reason,
                        now = session.Now,
                        version = row.Version,
                    }
                );
                Note(
                    session,
                    row,
                    EntryKind.ActionDueChanged,
                    call.Caller,
                    reason,
                    new { dueOn = row.DueOn },
                    request.DueOn
                );
                return null;
            }
        );

    public static Task<IResult> Reopen(string id, Call call, RuleBooks ruleBooks) =>
        WithReason(id, call, ruleBooks, ActionStep.Reopen, EntryKind.ActionReopened, SetReopened);

    public static Task<IResult> Withdraw(string id, Call call, RuleBooks ruleBooks) =>
        WithReason(id, call, ruleBooks, ActionStep.Withdraw, EntryKind.ActionWithdrawn, SetWithdrawn);

    private static Task<IResult> WithReason(
        string id,
        Call call,
        RuleBooks ruleBooks,
        ActionStep step,
        EntryKind kind,
        string sql
    ) => Take(id, call, ruleBooks, step, Validation.Of<ReasonRequest.Validator>(), async (session, row, request) =>
        {
            var reason = request.Reason!.Trim();
            await session.ExecuteOnOne(
                sql,
                new
                {
                    id,
                    reason,
                    now = session.Now,
                    version = row.Version,
                }
            );
            Note(session, row, kind, call.Caller, reason);
            return null;
        });

    private static async Task<IResult> Take<T>(
        string id,
        Call call,
        RuleBooks ruleBooks,
        ActionStep step,
        IValidator<T> validator,
        Func<Session, ActionRow, T, Task<Refusal?>> act
    )
        where T : class
    {
        var body = await call.Body(validator);
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            await session.Lock(LockName.Meetings);
            if (await ActionRow.For(session, caller, id) is not { } row)
                return Refusal.NotFound;
            if (!Permissions.Allows(caller, ActionRow.ActOf(step), row.RelationOf(caller)))
                return Refusal.Forbidden;
            var refused = ActionRules.MayTake(step, row.Judged, row.IsOwner(caller), caller.Role == Role.Coordinator);
            if (refused is { Kind: RefusalKind.Forbidden })
                return refused;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (refused is not null)
                return refused;
            if (await act(session, row, body.Value!) is { } refusal)
                return refusal;
            var after = (await ActionRow.For(session, caller, id))!;
            await session.Raise(new ActionProceeded(after, step, caller));
            return Reply.Resource(
                after.View(caller, session.Now, await ruleBooks.Load(session), await WorkCalendars.Load(session)),
                after.Version
            );
        });
    }

    private static void Note(
        Session session,
        ActionRow row,
        EntryKind kind,
        Caller actor,
        string note,
        object? before = null,
        DateOnly? dueOn = null
    )
    {
        if (row.ProjectId is { } projectId)
        {
            Timeline.Add(
                session,
                projectId,
                kind,
                actor,
                row.ProjectOwner,
                note: note,
                before: before,
                after: new
                {
                    actionId = row.Id,
                    text = row.Text,
                    dueOn,
                }
            );
            return;
        }

        session.Note(
            new AuditEntry(Slug.Of(kind))
            {
                SubjectKind = "action",
                SubjectId = row.Id,
                Reason = note,
                Changes = AuditEntry.Between(Json.Node(before), dueOn is null ? null : Json.Node(new { dueOn })),
            }
        );
    }

    private const string SetDone = """
        UPDATE actions SET status = 'done', done_note = @note, done_by = @by, done_by_name = @byName, ended_at = @now, version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
    private const string SetDue = """
        UPDATE actions SET due_on = @dueOn, due_changes = due_changes + 1, told_level = 0, reason = @reason, version = version + 1, updated_at = @now WHERE id = @id AND version = @version
        """;
    private const string SetReopened = """
        UPDATE actions SET status = 'open', reopened = reopened + 1, reason = @reason, done_note = NULL, done_by = NULL, done_by_name = NULL, ended_at = NULL, version = version + 1,
          updated_at = @now
        WHERE id = @id AND version = @version
        """;
    private const string SetWithdrawn = """
        UPDATE actions SET status = 'withdrawn', reason = @reason, ended_at = @now, version = version + 1, updated_at = @now WHERE id = @id AND version = @version
        """;
}

/// <summary>The actions a caller may read, the one due first at first.</summary>
public static class ListActions
{
    public static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
            await ActionRow.For(session, call.Caller, id) is { } row
                ? Reply.Resource(
                    row.View(
                        call.Caller,
                        session.Now,
                        await ruleBooks.Load(session),
                        await WorkCalendars.Load(session)
                    ),
                    row.Version
                )
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Handle(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var owner = query.Text("ownerId", 32);
        var status = query.Choices<ActionStatus>("status");
        var carried = query.Whole("carried", 1, 1000);
        var overdue = query.FlagOrNull("overdue");
        var meeting = query.Text("meetingId", 32);
        var project = query.Text("projectId", 32);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;

        var caller = call.Caller;
        var where = Visible(caller);
        var parameters = where.Values;
        where.Add("a.owner_id = @owner", "owner", owner);
        where.Add("a.carried >= @carried", "carried", carried);
        where.Add("a.meeting_id = @meeting", "meeting", meeting);
        where.Add("a.project_id = @project", "project", project);
        where.AddAny("a.status", "status", status);
        return await call.Read<IResult>(async session =>
        {
            if (overdue is { } late)
                where.Add(
                    late ? "a.status = 'open' AND a.due_on < @today" : "(a.status <> 'open' OR a.due_on >= @today)",
                    "today",
                    session.Today
                );
            var (book, calendar) = (await ruleBooks.Load(session), await WorkCalendars.Load(session));
            var filter = where.Sql;
            var behind = page.BehindDay("a.due_on", "a.seq", parameters);
            var rows = await session.Query<ActionRow>(
                $"{ActionRow.Select} WHERE {filter}{behind} ORDER BY a.due_on, a.seq {{page}}",
                parameters
            );
            foreach (var row in rows.Take(page.Limit).Where(row => row.IsSecret))
                session.Note(row.SecretRead());
            var total = await page.Total(session, $"SELECT COUNT(*) {ActionRow.From} WHERE {filter}", parameters);
            return Reply.Plain(
                page.ByDay(
                    rows,
                    row => (row.DueOn, row.Seq),
                    row => row.View(caller, session.Now, book, calendar),
                    total
                )
            );
        });
    }

    /// <summary>Which actions (<c>a</c>, of projects <c>p</c>) a caller may read; <see cref="ActionRow.RelationOf"/> says the same of one.</summary>
    internal static Conditions Visible(Caller caller)
    {
        var where = new Conditions();
        if (!Permissions.ReadsCity(caller))
            where.Add(
                caller.Role == Role.Department ? ActionRow.OfDepartment : ActionRow.OfUnit,
                "mine",
                MeetingRow.MineOf(caller)
            );
        else if (!Permissions.ReadsSecret(caller))
            where.Add($"(a.project_id IS NULL OR p.secret = 0 OR {ProjectVisibility.Named})", "me", caller.UserId);
        return where;
    }
}
