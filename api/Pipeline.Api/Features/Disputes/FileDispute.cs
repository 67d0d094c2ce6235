using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Disputes;

/// <summary>A unit contests what became of its report, within the working days that the rule set gives (R23). Each outcome can be contested once.</summary>
public static class FileDispute
{
    public sealed record Request
    {
        /// <summary>Read by the other side as well, without the name of who wrote it.</summary>
        public string? Grounds { get; init; }

        /// <summary>Own uploads; for the centre's eyes.</summary>
        public IReadOnlyList<string>? Files { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Grounds).Required().Text(10_000);
            RuleFor(request => request.Files).FileIds();
        }
    }

    /// <summary>At most twenty ids of files.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> FileIds<T>(
        this IRuleBuilder<T, IReadOnlyList<string>?> rule
    ) => rule.RecordIds(20);

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Intake);
            var projectId = await session.One<string>(ProjectOf, new { id });
            if (projectId is not null)
                await settle.Project(session, projectId);
            if (await LoadClaim.For(session, call.Caller, id) is not { } claim)
                return Refusal.NotFound;
            if (!Permissions.Allows(call.Caller, Act.FileDispute, claim.RelationOf(call.Caller)))
                return Refusal.Forbidden;
            if (body.Refusal is { } malformed)
                return malformed;
            if (!Domain.Claims.Disputes.Contestable(claim.At))
                return new Refusal(RefusalKind.Conflict, "not-contestable");

            var calendar = await WorkCalendars.Load(session);
            var outcomeAt = await ContestPeriod.OutcomeOf(session, claim);
            var rules = (await ruleBooks.Load(session)).At(outcomeAt);
            if (calendar.Deadline(outcomeAt, rules.Disputes.FileWithin) is var due && session.Now > due)
                return new Refusal(RefusalKind.Conflict, "contest-period-over", due);
            if (await ContestPeriod.IsContested(session, id, outcomeAt))
                return new Refusal(RefusalKind.Conflict, "dispute-open");
            var request = body.Value!;
            var files = request.Files ?? [];
            if (await AttachFiles.Unknown(session, call.Caller, [(files, "files")]) is { Count: > 0 } unknown)
                return new Refusal(RefusalKind.Rule, "evidence-missing", unknown);
            if (call.ValidateOnly)
                return Reply.NothingStored;

            var disputeId = Ids.New();
            var holder = projectId is null ? null : (await SettleClaims.Standing(session, projectId)).Active;
            if (holder?.JurisdictionId == claim.JurisdictionId)
                holder = null;
            var answerDue = holder is null
                ? (DateTimeOffset?)null
                : calendar.Deadline(session.Now, rules.Disputes.AnswerWithin);
            var evidence = await Evidence.Freeze(session, id, projectId);
            await session.Execute(
                Insert,
                new
                {
                    disputeId,
                    claimId = id,
                    projectId,
                    contestant = claim.JurisdictionId,
                    respondent = holder?.JurisdictionId,
                    respondentClaim = holder?.Id,
                    status = Slug.Of(holder is null ? DisputeStatus.AwaitingDecision : DisputeStatus.AwaitingAnswer),
                    outcomeAt,
                    grounds = request.Grounds!.Trim(),
                    files = Json.Write(await AttachFiles.Refs(session, files)),
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    answerDue,
                    decisionDue = calendar.Deadline(answerDue ?? session.Now, rules.Disputes.DecideWithin),
                    ruleSetId = rules.Id,
                    evidence,
                    hash = Pipeline.Data.Canonical.Hash(evidence),
                    now = session.Now,
                }
            );
            await AttachFiles.ToDispute(session, files, disputeId);
            await session.Raise(new DisputeProceeded(disputeId, DisputeStep.Filed, call.Caller, Until: answerDue));
            session.Note(
                Told("dispute-filed", disputeId, projectId) with
                {
                    Changes = AuditEntry.Between(
                        null,
                        Json.Node(new { claimId = id, evidenceHash = Pipeline.Data.Canonical.Hash(evidence) })
                    ),
                }
            );
            if (projectId is not null)
            {
                Timeline.Add(
                    session,
                    projectId,
                    EntryKind.DisputeFiled,
                    call.Caller,
                    claim.JurisdictionId,
                    note: request.Grounds!.Trim(),
                    after: new { disputeId }
                );
                if (holder is not null)
                    Timeline.Add(
                        session,
                        projectId,
                        EntryKind.DisputeFiled,
                        null,
                        holder.JurisdictionId,
                        after: new { disputeId }
                    );
            }

            return await Answer(session, call.Caller, disputeId, 201);
        });
    }

    internal static async Task<Reply> Answer(Session session, Caller caller, string id, int status = 200)
    {
        var row = (await DisputeRow.For(session, caller, id))!;
        return Reply.Resource(
            row.View(caller, session.Now, await WorkCalendars.Load(session)),
            row.Version,
            status,
            status == 201 ? $"/api/v1/disputes/{id}" : null
        );
    }

    /// <summary>The trail's entry about a dispute.</summary>
    internal static AuditEntry Told(string action, string disputeId, string? projectId) =>
        new(action)
        {
            SubjectKind = "dispute",
            SubjectId = disputeId,
            ProjectId = projectId,
        };

    // A report that was refused while under review belongs to the project that the centre said it was of.
    private const string ProjectOf = """
        SELECT COALESCE(c.project_id, (SELECT MIN(x.subject_id) FROM claim_matches x WHERE x.claim_id = c.id AND x.subject_kind = 'project' AND x.decision = 'same')) FROM claims c WHERE c.id = @id
        """;

    private const string Insert = """
        INSERT INTO disputes (id, claim_id, project_id, contestant_id, respondent_id, respondent_claim_id, status, outcome_at, grounds, files, filed_by, filed_by_name, filed_at,
          answer_due, decision_due, false_report, rule_set_id, evidence, evidence_hash, version, updated_at)
        VALUES (@disputeId, @claimId, @projectId, @contestant, @respondent, @respondentClaim, @status, @outcomeAt, @grounds, @files, @by, @byName, @now,
          @answerDue, @decisionDue, 0, @ruleSetId, @evidence, @hash, 1, @now)
        """;
}

/// <summary>What the two sides say further: the answer, an appeal, the withdrawal.</summary>
public static class PleadDispute
{
    public sealed record AnswerRequest
    {
        /// <summary>For the centre's eyes.</summary>
        public string? Answer { get; init; }
        public IReadOnlyList<string>? Files { get; init; }

        public sealed class Validator : AbstractValidator<AnswerRequest>
        {
            public Validator()
            {
                RuleFor(request => request.Answer).Required().Text(10_000);
                RuleFor(request => request.Files).FileIds();
            }
        }
    }

    public sealed record AppealRequest
    {
        /// <summary>For the centre's eyes.</summary>
        public string? Grounds { get; init; }

        public sealed class Validator : AbstractValidator<AppealRequest>
        {
            public Validator() => RuleFor(request => request.Grounds).Required().Text(10_000);
        }
    }

    public static async Task<IResult> Answer(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<AnswerRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(
                session,
                call.Caller,
                id,
                Act.AnswerDispute,
                body.Refusal,
                DisputeSide.Respondent
            );
            if (loaded.Refusal is { } refusal)
                return refusal;
            var dispute = loaded.Value;
            if (!Open(dispute, session.Now) || dispute.AnsweredAt is not null)
                return new Refusal(RefusalKind.Conflict, "dispute-decided");
            var files = body.Value!.Files ?? [];
            if (await AttachFiles.Unknown(session, call.Caller, [(files, "files")]) is { Count: > 0 } unknown)
                return new Refusal(RefusalKind.Rule, "evidence-missing", unknown);
            if (call.ValidateOnly)
                return Reply.NothingStored;

            // The centre's time runs from the answer, or from the end of the time for one, whichever is first.
            var rules = (await ruleBooks.Load(session)).ById(dispute.RuleSetId).Disputes;
            var decisionDue = (await WorkCalendars.Load(session)).Deadline(session.Now, rules.DecideWithin);
            var answer = body.Value.Answer!.Trim();
            await session.Execute(
                StoreAnswer,
                new
                {
                    id,
                    answer,
                    files = Json.Write(await AttachFiles.Refs(session, files)),
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    decisionDue = decisionDue < dispute.DecisionDue ? decisionDue : dispute.DecisionDue,
                    now = session.Now,
                }
            );
            await AttachFiles.ToDispute(session, files, id);
            await session.Raise(new DisputeProceeded(id, DisputeStep.Answered, call.Caller));
            Timeline.Add(
                session,
                dispute.ProjectId!,
                EntryKind.DisputeAnswered,
                call.Caller,
                dispute.RespondentId,
                note: answer,
                after: new { disputeId = id }
            );
            return await FileDispute.Answer(session, call.Caller, id);
        });
    }

    public static async Task<IResult> Appeal(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<AppealRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, call.Caller, id, Act.AppealDispute, body.Refusal);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var dispute = loaded.Value;
            if (dispute.At(session.Now) == DisputeStatus.Final && dispute.FinalAt is null)
                return new Refusal(RefusalKind.Conflict, "contest-period-over", dispute.AppealDue!.Value);
            if (dispute.At(session.Now) != DisputeStatus.Decided)
                return new Refusal(RefusalKind.Conflict, "dispute-decided");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var rules = (await ruleBooks.Load(session)).ById(dispute.RuleSetId).Disputes;
            await session.Execute(
                StoreAppeal,
                new
                {
                    id,
                    unit = call.Caller.Unit,
                    grounds = body.Value!.Grounds!.Trim(),
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    decisionDue = (await WorkCalendars.Load(session)).Deadline(session.Now, rules.DecideWithin),
                    now = session.Now,
                }
            );
            await session.Raise(new DisputeProceeded(id, DisputeStep.Appealed, call.Caller));
            session.Note(FileDispute.Told("dispute-appealed", id, dispute.ProjectId));
            if (dispute.ProjectId is { } projectId)
                Timeline.Add(
                    session,
                    projectId,
                    EntryKind.DisputeAppealed,
                    call.Caller,
                    call.Caller.Unit,
                    note: body.Value.Grounds!.Trim(),
                    after: new { disputeId = id }
                );
            return await FileDispute.Answer(session, call.Caller, id);
        });
    }

    public static async Task<IResult> Withdraw(string id, Call call, SuspendClaim suspend)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(
                session,
                call.Caller,
                id,
                Act.FileDispute,
                body.Refusal,
                DisputeSide.Contestant
            );
            if (loaded.Refusal is { } refusal)
                return refusal;
            var dispute = loaded.Value;
            if (!Open(dispute, session.Now))
                return new Refusal(RefusalKind.Conflict, "dispute-decided");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            if (dispute.ProjectId is { } contested)
                await session.Lock(LockName.Project(contested));
            await suspend.GoesOn(session, dispute, null, null);
            await session.Execute(StoreWithdrawal, new { id, now = session.Now });
            await session.Raise(new DisputeProceeded(id, DisputeStep.Withdrawn, call.Caller));
            session.Note(
                FileDispute.Told("dispute-withdrawn", id, dispute.ProjectId) with
                {
                    Reason = body.Value!.Reason!.Trim(),
                }
            );
            if (dispute.ProjectId is { } projectId)
            {
                Timeline.Add(
                    session,
                    projectId,
                    EntryKind.DisputeWithdrawn,
                    call.Caller,
                    dispute.ContestantId,
                    note: body.Value.Reason!.Trim(),
                    after: new { disputeId = id }
                );
                if (dispute.RespondentId is { } other)
                    Timeline.Add(
                        session,
                        projectId,
                        EntryKind.DisputeWithdrawn,
                        null,
                        other,
                        after: new { disputeId = id }
                    );
            }

            return await FileDispute.Answer(session, call.Caller, id);
        });
    }

    /// <summary>The dispute for a write, guarded until the end of the transaction: 404, 403, 400.</summary>
    internal static async Task<Result<DisputeRow>> ForWrite(
        Session session,
        Caller caller,
        string id,
        Act act,
        Refusal? malformed,
        DisputeSide? side = null
    )
    {
        await session.Lock(LockName.Intake);
        if (await DisputeRow.For(session, caller, id) is not { } dispute)
            return Refusal.NotFound;
        if (
            !Permissions.Allows(caller, act, dispute.RelationOf(caller))
            || (side is { } only && dispute.SideOf(caller) != only)
        )
            return Refusal.Forbidden;
        return malformed is not null ? malformed : dispute;
    }

    private static bool Open(DisputeRow dispute, DateTimeOffset now) =>
        dispute.At(now) is DisputeStatus.AwaitingAnswer or DisputeStatus.AwaitingDecision;

    private const string StoreAnswer = """
        UPDATE disputes SET status = 'awaiting-decision', answer = @answer, answer_files = @files, answered_by = @by, answered_by_name = @byName, answered_at = @now, decision_due = @decisionDue,
          version = version + 1, updated_at = @now
        WHERE id = @id
        """;

    private const string StoreAppeal = """
        UPDATE disputes SET status = 'appealed', appellant_id = @unit, appeal_grounds = @grounds, appealed_by = @by, appealed_by_name = @byName, appealed_at = @now, decision_due = @decisionDue,
          version = version + 1, updated_at = @now
        WHERE id = @id
        """;

    private const string StoreWithdrawal =
        "UPDATE disputes SET status = 'withdrawn', version = version + 1, updated_at = @now WHERE id = @id";
}
