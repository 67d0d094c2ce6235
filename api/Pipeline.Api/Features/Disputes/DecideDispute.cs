using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Disputes;

/// <summary>The centre decides a dispute (R23): after the answer or the end of its time; an appeal by another coordinator than the first, for good. It takes effect at that instant.</summary>
public sealed class DecideDispute(SettleClaims settle, RuleBooks ruleBooks, SuspendClaim suspend)
{
    public sealed record Request
    {
        public DisputeOutcome? Outcome { get; init; }

        /// <summary>Read by both sides.</summary>
        public string? Reason { get; init; }

        /// <summary>The contested report is proven false: revoked, and its unit barred from the project. Only with the outcome revoke or reassign.</summary>
        public bool FalseReport { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Outcome).Required();
            RuleFor(request => request.Reason).Required().Text(10_000);
            RuleFor(request => request.FalseReport)
                .Must(
                    (request, proven) => !proven || request.Outcome is DisputeOutcome.Revoke or DisputeOutcome.Reassign
                )
                .Coded("choice", "revoke, reassign");
        }
    }

    public static async Task<IResult> Handle(string id, Call call, DecideDispute decide)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var loaded = await PleadDispute.ForWrite(session, call.Caller, id, Act.DecideDispute, body.Refusal);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var dispute = loaded.Value;
            if (DisputeOutcomes.NotYet(dispute, call.Caller, session.Now) is { } notYet)
                return notYet;
            var request = body.Value!;
            if (await decide.Bring(session, dispute, request, call.Caller) is { } impossible)
                return impossible;
            if (call.ValidateOnly)
                return Reply.NothingStored;
            await decide.Store(
                session,
                dispute,
                request,
                call.Caller,
                appeal: dispute.At(session.Now) == DisputeStatus.Appealed
            );
            return await FileDispute.Answer(session, call.Caller, id);
        });
    }

    /// <summary>Makes what is so what was decided.</summary>
    private async Task<Refusal?> Bring(Session session, DisputeRow dispute, Request request, Caller centre)
    {
        if (dispute.ProjectId is { } contested)
            await session.Lock(LockName.Project(contested));
        await suspend.GoesOn(session, dispute, centre, request.Reason);
        if (dispute.ProjectId is { } settled)
            await settle.Project(session, settled);
        var outcome = request.Outcome!.Value;
        if (await DisputeOutcomes.RefusalOf(session, dispute, outcome, request.FalseReport) is { } impossible)
            return impossible;
        if (dispute.ProjectId is not { } projectId)
            return null;

        // On appeal the first decision is taken back first, so that the last one says it all.
        if (dispute.Decided is { } first && first != request.Outcome)
        {
            if (await session.Execute(Unpair, new { id = dispute.Id }) > 0)
                await session.Raise(new PartnersChanged(projectId));
            await session.Execute(Unbar, new { id = dispute.Id });
            if (DisputeOutcomes.Restores(dispute, outcome))
                await Grant(session, dispute, projectId, dispute.RespondentClaimId!, centre, request.Reason!);
        }

        switch (outcome)
        {
            case DisputeOutcome.Reassign:
                await Grant(session, dispute, projectId, dispute.ClaimId, centre, request.Reason!);
                break;
            case DisputeOutcome.CoNegotiate:
                var holder = (await SettleClaims.Standing(session, projectId)).Active!;
                if (
                    await session.Execute(
                        Repair,
                        new
                        {
                            projectId,
                            unit = dispute.ContestantId,
                            id = dispute.Id,
                            claimId = holder.Id,
                        }
                    ) == 0
                )
                    await session.Execute(
                        Pair,
                        new
                        {
                            projectId,
                            unit = dispute.ContestantId,
                            id = dispute.Id,
                            claimId = holder.Id,
                            now = session.Now,
                        }
                    );
                await session.Raise(new PartnersChanged(projectId));
                break;
            case DisputeOutcome.Revoke:
                await Revoke(session, dispute, projectId, centre, request);
                break;
        }

        if (request.FalseReport && dispute.RespondentId is { } unit)
        {
            var until = CalendarWindow.End(
                session.Now,
                (await ruleBooks.Load(session)).ById(dispute.RuleSetId).Disputes.Bar
            );
            if (
                await session.Execute(
                    Rebar,
                    new
                    {
                        projectId,
                        unit,
                        id = dispute.Id,
                        until,
                    }
                ) == 0
            )
                await session.Execute(
                    Bar,
                    new
                    {
                        projectId,
                        unit,
                        id = dispute.Id,
                        until,
                    }
                );
        }

        return null;
    }

    /// <summary>Ends the contested claim; what has ended already can only be proven false.</summary>
    private async Task Revoke(Session session, DisputeRow dispute, string projectId, Caller centre, Request request)
    {
        var standing = await SettleClaims.Standing(session, projectId);
        if (standing.Active is not { } active || active.JurisdictionId != dispute.RespondentId)
            return;
        await CloseMove.PendingAsReturned(session, projectId, centre, request.Reason);
        await settle.Apply(
            session,
            projectId,
            standing.End(active.Id, ClaimStatus.Revoked, session.Now, await ruleBooks.Load(session)),
            centre,
            request.Reason
        );
    }

    /// <summary>Gives the exclusive claim to the unit of one: its waiting claim becomes active; where that has ended, its report is received anew, with a receipt of its own.</summary>
    private async Task Grant(
        Session session,
        DisputeRow dispute,
        string projectId,
        string claimId,
        Caller centre,
        string reason
    )
    {
        var claim = (await session.One<ClaimRow>($"{ClaimRow.Select} WHERE c.id = @claimId", new { claimId }))!.Opened(
            session
        );
        var standing = await SettleClaims.Standing(session, projectId);
        if (standing.Active?.JurisdictionId == claim.JurisdictionId)
            return;
        var book = await ruleBooks.Load(session);
        if (standing.Active is not null)
            await CloseMove.PendingAsReturned(session, projectId, centre, reason);
        var to = standing.Queue.FirstOrDefault(waiting => waiting.JurisdictionId == claim.JurisdictionId)
            ?? await ReportProject.Anew(session, claim, projectId, book.At(session.Now));
        await settle.Apply(session, projectId, standing.Reassign(to, session.Now, book), centre, reason);
        await session.Execute(Granted, new { id = dispute.Id, claimId = to.Id });
    }

    private async Task Store(Session session, DisputeRow dispute, Request request, Caller centre, bool appeal)
    {
        var rules = (await ruleBooks.Load(session)).ById(dispute.RuleSetId).Disputes;
        var reason = request.Reason!.Trim();
        await session.Execute(
            appeal ? StoreFinal : StoreDecision,
            new
            {
                id = dispute.Id,
                outcome = Slug.Of(request.Outcome!.Value),
                reason,
                falseReport = request.FalseReport ? 1 : 0,
                by = centre.UserId,
                byName = centre.DisplayName,
                appealDue = (await WorkCalendars.Load(session)).Deadline(session.Now, rules.AppealWithin),
                now = session.Now,
            }
        );
        await session.Raise(new DisputeProceeded(dispute.Id, DisputeStep.Decided, centre, reason));
        session.Note(
            FileDispute.Told(appeal ? "dispute-finally-decided" : "dispute-decided", dispute.Id, dispute.ProjectId) with
            {
                Reason = reason,
                Changes = AuditEntry.Between(
                    Json.Node(new { outcome = dispute.Decided }),
                    Json.Node(new { outcome = request.Outcome, falseReport = request.FalseReport })
                ),
            }
        );
        if (dispute.ProjectId is not { } projectId)
            return;
        foreach (var unit in new[] { dispute.ContestantId, dispute.RespondentId }.OfType<string>())
            Timeline.Add(
                session,
                projectId,
                EntryKind.DisputeDecided,
                centre,
                unit,
                note: reason,
                after: new { disputeId = dispute.Id, outcome = request.Outcome }
            );
    }

    private const string Pair =
        "INSERT INTO co_negotiators (project_id, jurisdiction_id, dispute_id, claim_id, since) VALUES (@projectId, @unit, @id, @claimId, @now)";
    private const string Repair =
        "UPDATE co_negotiators SET dispute_id = @id, claim_id = @claimId WHERE project_id = @projectId AND jurisdiction_id = @unit";
    private const string Unpair = "DELETE FROM co_negotiators WHERE dispute_id = @id";
    private const string Bar =
        "INSERT INTO report_bars (project_id, jurisdiction_id, dispute_id, until_at) VALUES (@projectId, @unit, @id, @until)";
    private const string Rebar =
        "UPDATE report_bars SET dispute_id = @id, until_at = @until WHERE project_id = @projectId AND jurisdiction_id = @unit";
    private const string Unbar = "DELETE FROM report_bars WHERE dispute_id = @id";
    private const string Granted = "UPDATE disputes SET granted_claim_id = @claimId WHERE id = @id";

    private const string StoreDecision = """
        UPDATE disputes SET status = 'decided', outcome = @outcome, reason = @reason, false_report = @falseReport, decided_by = @by, decided_by_name = @byName, decided_at = @now,
          appeal_due = @appealDue, version = version + 1, updated_at = @now
        WHERE id = @id
        """;

    private const string StoreFinal = """
        UPDATE disputes SET status = 'final', final_outcome = @outcome, final_reason = @reason, false_report = @falseReport, final_by = @by, final_by_name = @byName, final_at = @now,
          version = version + 1, updated_at = @now
        WHERE id = @id
        """;
}

/// <summary>Lets the contested claim's window stand still while a dispute is decided, and go on (R23: only where the centre says so).</summary>
/// <remarks>The dispute's version stays: who contests must not see that something happened to the other side's window.</remarks>
public sealed class SuspendClaim(SettleClaims settle, RuleBooks ruleBooks)
{
    public static Task<IResult> Suspend(string id, Call call, SuspendClaim suspend) =>
        suspend.Handle(id, call, still: true);

    public static Task<IResult> Resume(string id, Call call, SuspendClaim suspend) =>
        suspend.Handle(id, call, still: false);

    private async Task<IResult> Handle(string id, Call call, bool still)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await PleadDispute.ForWrite(session, call.Caller, id, Act.DecideDispute, body.Refusal);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (loaded.Value.ProjectId is { } projectId)
                await settle.Project(session, projectId);
            var dispute = (await DisputeRow.For(session, call.Caller, id))!;
            if (
                dispute.At(session.Now)
                is not (DisputeStatus.AwaitingAnswer or DisputeStatus.AwaitingDecision or DisputeStatus.Appealed)
            )
                return new Refusal(RefusalKind.Conflict, "dispute-decided");
            if (dispute.RespondentStatus != Slug.Of(ClaimStatus.Active) || dispute.SuspendedAt is not null == still)
                return new Refusal(RefusalKind.Conflict, "claim-not-active");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var reason = body.Value!.Reason!.Trim();
            if (still)
                await StandsStill(session, dispute, call.Caller, reason);
            else
                await GoesOn(session, dispute, call.Caller, reason);
            return await FileDispute.Answer(session, call.Caller, id);
        });
    }

    private static async Task StandsStill(Session session, DisputeRow dispute, Caller centre, string reason)
    {
        await session.Execute(Stop, new { id = dispute.RespondentClaimId, now = session.Now });
        await session.Raise(new DisputeProceeded(dispute.Id, DisputeStep.Suspended, centre, reason));
        Timeline.Add(
            session,
            dispute.ProjectId!,
            EntryKind.ClaimSuspended,
            centre,
            dispute.RespondentId,
            note: reason,
            after: new { claimId = dispute.RespondentClaimId, disputeId = dispute.Id }
        );
        await StoreProject.Touch(session, dispute.ProjectId!, publicly: false);
    }

    /// <summary>The window goes on where it stood still, and ends so much later.</summary>
    public async Task GoesOn(Session session, DisputeRow dispute, Caller? centre, string? reason)
    {
        if (
            dispute.RespondentClaimId is not { } claimId
            || await session.One<Still>(Stopped, new { id = claimId }) is not { } still
        )
            return;
        var until = Domain.Claims.Disputes.Resumed(
            still.ExpiresAt,
            still.SuspendedAt,
            session.Now,
            (await ruleBooks.Load(session)).ById(still.RuleSetId)
        );
        await session.Execute(
            Start,
            new
            {
                id = claimId,
                until,
                now = session.Now,
            }
        );
        await session.Raise(new DisputeProceeded(dispute.Id, DisputeStep.Resumed, centre, reason, until));
        Timeline.Add(
            session,
            dispute.ProjectId!,
            EntryKind.ClaimResumed,
            centre,
            dispute.RespondentId,
            note: reason,
            before: new { still.ExpiresAt },
            after: new
            {
                claimId,
                expiresAt = until,
                disputeId = dispute.Id,
            }
        );
        await StoreProject.Touch(session, dispute.ProjectId!, publicly: false);
    }

    private sealed class Still
    {
        public DateTimeOffset ExpiresAt { get; init; }
        public DateTimeOffset SuspendedAt { get; init; }
        public required string RuleSetId { get; init; }
    }

    private const string Stopped =
        "SELECT expires_at, suspended_at, rule_set_id FROM claims WHERE id = @id AND status = 'active' AND suspended_at IS NOT NULL";
    private const string Stop =
        "UPDATE claims SET suspended_at = @now, version = version + 1, updated_at = @now WHERE id = @id AND status = 'active'";
    private const string Start =
        "UPDATE claims SET suspended_at = NULL, expires_at = @until, version = version + 1, updated_at = @now WHERE id = @id";
}
