using FluentValidation;
using Pipeline.Api.Features.Claims;
using Pipeline.Api.Features.Files;
using Pipeline.Api.Features.Lists;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Features.Projects;
using Pipeline.Api.Features.RuleSets;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Moves;

/// <summary>Submits a move with its evidence (R1–R5): pending where the centre has to verify it, else at once.</summary>
public static class SubmitMove
{
    public sealed record Request
    {
        public Stage? To { get; init; }
        public DateOnly? OccurredOn { get; init; }
        public Evidence? Evidence { get; init; }
        public ReasonCode? ReasonCode { get; init; }
        public string? Note { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.To).Required();
            RuleFor(request => request.OccurredOn).Required();
            RuleFor(request => request.OccurredOn).Day();
            RuleFor(request => request.Note).Text(2000);
            RuleFor(request => request.Evidence!)
                .ChildRules(evidence =>
                {
                    evidence.RuleFor(proof => proof.AgreementNo).Line(200);
                    evidence.RuleFor(proof => proof.Parties).Line(500);
                    evidence.RuleFor(proof => proof.AgreedAmount).Amount();
                    evidence.RuleFor(proof => proof.Uscc).Line(30);
                    evidence.RuleFor(proof => proof.FilingCode).Line(100);
                    evidence.RuleFor(proof => proof.PermitNo).Line(100);
                    evidence.RuleFor(proof => proof.EquipmentContractNo).Line(100);
                    evidence.RuleFor(proof => proof.SignedOn).Day();
                    evidence.RuleFor(proof => proof.RegisteredOn).Day();
                    evidence.RuleFor(proof => proof.FiledOn).Day();
                    evidence.RuleFor(proof => proof.PermittedOn).Day();
                    evidence.RuleFor(proof => proof.InstalledOn).Day();
                    evidence.RuleFor(proof => proof.PhotoOn).Day();
                    evidence.RuleFor(proof => proof.AcceptedOn).Day();
                    evidence.RuleFor(proof => proof.FirstInvoiceOn).Day();
                    evidence.RuleFor(proof => proof.Files).RecordIds(50);
                })
                .When(request => request.Evidence is not null);
        }
    }

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            var loaded = await LoadProject.ForWrite(session, settle, caller, id, Act.SubmitMove);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var project = loaded.Value;
            if (ETags.Check(call.Request, project.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            var result = await Submit(session, settle, ruleBooks, caller, project, body.Value!, call.ValidateOnly);
            if (result.Refusal is { } refused)
                return refused;
            if (result.Value is not { } moveId)
                return Reply.NothingStored;
            var move = (await MoveRow.For(session, caller, moveId))!;
            return Reply.Resource(move.View(caller), move.Version, 201, $"/api/v1/moves/{moveId}", projectId: id);
        });
    }

    /// <summary>Judges and stores a move; its id, or null when only a check was asked for. Used by the register import as well.</summary>
    public static async Task<Result<string?>> Submit(
        Session session,
        SettleClaims settle,
        RuleBooks ruleBooks,
        Caller caller,
        ProjectRow project,
        Request request,
        bool validateOnly
    )
    {
        var book = await ruleBooks.Load(session);
        var rules = book.At(session.Now);
        var evidence = request.Evidence ?? new Evidence();
        var byCentre = caller.Role == Role.Coordinator;
        if (project.PendingMoveId is not null && !(byCentre && request.To == Stage.Terminated))
            return new Refusal(RefusalKind.Conflict, "move-pending");
        var judged = Domain.Projects.Moves.Judge(
            project.Moving(),
            new MoveRequest(
                request.To!.Value,
                request.OccurredOn!.Value,
                evidence,
                request.ReasonCode,
                request.Note,
                byCentre
            ),
            session.Today,
            rules
        );
        if (judged.Refusal is { } refusal)
            return refusal;
        var plan = judged.Value;
        if (
            plan.Kind is MoveKind.Forward or MoveKind.Agreement
            && project.ClaimStatus == "active"
            && project.ClaimUnit != caller.JurisdictionId
        )
            return new Refusal(RefusalKind.Conflict, "claim-held-by-another");
        if (
            await AttachFiles.Unknown(session, caller, [(evidence.Files ?? [], "evidence.files")], project.Id) is
            { Count: > 0 } unknown
        )
            return new Refusal(RefusalKind.Rule, "evidence-missing", unknown);
        if (validateOnly)
            return (string?)null;

        var moveId = Ids.New();
        if (project.PendingMoveId is not null)
            await DecideMove.CloseAsReturned(session, project.Id, caller, request.Note);
        await session.Execute(
            Insert,
            new
            {
                id = moveId,
                projectId = project.Id,
                kind = Slug.Of(plan.Kind),
                from = Slug.Of(plan.From),
                to = Slug.Of(plan.To),
                occurredOn = request.OccurredOn,
                reaches = Json.Write(plan.Reaches.Select(reach => new Reach(reach.Stage, reach.On))),
                evidence = Json.Write(evidence),
                reasonCode = request.ReasonCode is { } code ? Slug.Of(code) : null,
                note = request.Note,
                status = plan.NeedsVerification ? "pending" : "verified",
                flags = Json.Write(plan.Flags),
                unit = project.OwnerId,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
                decidedBy = plan.NeedsVerification ? null : caller.UserId,
                decidedByName = plan.NeedsVerification ? null : caller.DisplayName,
                decidedAt = plan.NeedsVerification ? (DateTimeOffset?)null : session.Now,
                ruleSetId = rules.Id,
            }
        );
        await AttachFiles.To(session, evidence.Files ?? [], project.Id, null);
        if (plan.NeedsVerification)
        {
            Timeline.Add(
                session,
                project.Id,
                EntryKind.MoveSubmitted,
                caller,
                project.OwnerId,
                occurredOn: request.OccurredOn,
                note: request.Note,
                before: new { stage = plan.From },
                after: new
                {
                    moveId,
                    to = plan.To,
                    evidence,
                    reasonCode = request.ReasonCode,
                }
            );
            await StoreProject.Touch(session, project.Id, publicly: false);
            await MoveNotices.Submitted(session, (await MoveRow.PendingOn(session, project.Id))!, caller);
        }
        else
        {
            var move = (await MoveRow.For(session, caller, moveId))!;
            await TakeEffect.Of(session, settle, book, move, caller);
            if (byCentre)
                await MoveNotices.Decided(session, move, MoveStatus.Verified, caller, request.Note);
        }

        return moveId;
    }

    private const string Insert = """
        INSERT INTO moves (id, project_id, kind, from_stage, to_stage, occurred_on, reaches, evidence, reason_code, note, status, flags, jurisdiction_id, submitted_by, submitted_by_name,
          submitted_at, decided_by, decided_by_name, decided_at, rule_set_id, version)
        VALUES (@id, @projectId, @kind, @from, @to, @occurredOn, @reaches, @evidence, @reasonCode, @note, @status, @flags, @unit, @by, @byName,
          @now, @decidedBy, @decidedByName, @decidedAt, @ruleSetId, 1)
        """;
}

/// <summary>Makes a verified move true: stage, dates, history, claims, each with its entry.</summary>
public static class TakeEffect
{
    public static async Task Of(
        Session session,
        SettleClaims settle,
        Domain.Rules.RuleBook book,
        MoveRow move,
        Caller actor
    )
    {
        var project = (await LoadProject.ById(session, move.ProjectId))!;
        var standing = await SettleClaims.Standing(session, project.Id);
        var (from, to) = (Slug.To<Stage>(move.FromStage), Slug.To<Stage>(move.ToStage));
        var evidence = Json.Read<Evidence>(move.Evidence);
        switch (move.What)
        {
            case MoveKind.Agreement:
                Timeline.Add(
                    session,
                    project.Id,
                    EntryKind.AgreementRecorded,
                    actor,
                    project.OwnerId,
                    occurredOn: move.OccurredOn,
                    note: move.Note,
                    after: new { moveId = move.Id, evidence }
                );
                await Flag(session, project, "framework-agreement");
                break;

            case MoveKind.Forward:
                var reaches = Json.Read<List<Reach>>(move.Reaches);
                var dates = reaches.Aggregate(project.Dates, (known, reach) => known.With(reach.Stage, reach.On));
                await Reach(session, project, to, dates, reaches);
                foreach (var flag in Json.Read<List<string>>(move.Flags))
                    await Flag(session, project, flag);
                Timeline.Add(
                    session,
                    project.Id,
                    EntryKind.MoveVerified,
                    actor,
                    project.OwnerId,
                    occurredOn: move.OccurredOn,
                    note: move.Note,
                    before: new { stage = from },
                    after: new
                    {
                        moveId = move.Id,
                        stage = to,
                        evidence,
                    },
                    isPublic: true
                );
                if (from == Stage.InTalks)
                    await settle.Apply(
                        session,
                        project.Id,
                        standing.Close(ClaimStatus.Converted, session.Now),
                        actor,
                        null
                    );
                break;

            case MoveKind.Back:
                // The reversal counts in the open month; the original dates stay in the timeline (R4).
                await Reach(session, project, to, project.Dates.With(from, null), [new Reach(to, session.Today)]);
                Timeline.Add(
                    session,
                    project.Id,
                    EntryKind.MovedBack,
                    actor,
                    project.OwnerId,
                    occurredOn: move.OccurredOn,
                    note: move.Note,
                    before: new { stage = from, on = project.Dates.Of(from) },
                    after: new { moveId = move.Id, stage = to }
                );
                break;

            case MoveKind.Termination when actor.Unit is not null && standing.Queue.Any():
                // While others wait, the holder's termination is a release: the investment goes on with the next (R18).
                await settle.Apply(
                    session,
                    project.Id,
                    standing.End(standing.Active!.Id, ClaimStatus.Released, session.Now, book),
                    actor,
                    move.Note
                );
                break;

            case MoveKind.Termination:
                await settle.Apply(
                    session,
                    project.Id,
                    standing.Close(actor.Unit is not null ? ClaimStatus.Released : ClaimStatus.Revoked, session.Now),
                    actor,
                    move.Note
                );
                await StageTotals.Changing(session, project.Id);
                await session.Execute(
                    Terminate,
                    new
                    {
                        id = project.Id,
                        from = move.FromStage,
                        on = move.OccurredOn,
                        now = session.Now,
                    }
                );
                await StageSpans.Enter(session, project.Id, Stage.Terminated, move.OccurredOn);
                Timeline.Add(
                    session,
                    project.Id,
                    EntryKind.Terminated,
                    actor,
                    project.OwnerId,
                    occurredOn: move.OccurredOn,
                    note: move.Note,
                    before: new { stage = from },
                    after: new { moveId = move.Id, reasonCode = move.ReasonCode }
                );
                break;

            case MoveKind.Reactivation:
                var kept = Enum.GetValues<Stage>()
                    .Where(stage => stage > to && stage < Stage.Terminated)
                    .Aggregate(project.Dates, (known, stage) => known.With(stage, null));
                await Reach(session, project, to, kept, [new Reach(to, session.Today)]);
                Timeline.Add(
                    session,
                    project.Id,
                    EntryKind.Reactivated,
                    actor,
                    project.OwnerId,
                    occurredOn: move.OccurredOn,
                    note: move.Note,
                    before: new { stage = from },
                    after: new { moveId = move.Id, stage = to }
                );
                break;
        }

        await StoreProject.Touch(session, project.Id, publicly: true);
    }

    private static async Task Reach(
        Session session,
        ProjectRow project,
        Stage to,
        StageDates dates,
        IEnumerable<Reach> reaches
    )
    {
        var on = dates.Of(to) ?? session.Today;
        await StageTotals.Changing(session, project.Id);
        await session.Execute(
            Move,
            new
            {
                id = project.Id,
                stage = Slug.Of(to),
                inTalks = dates.InTalks,
                signed = dates.Signed,
                registered = dates.Registered,
                started = dates.Started,
                inProduction = dates.InProduction,
                idleSince = to == Stage.InTalks ? session.Today : StoreProject.IdleSince(to, dates, on),
                now = session.Now,
            }
        );
        foreach (var reach in reaches)
            await StageSpans.Enter(session, project.Id, reach.Stage, reach.On);
    }

    private static Task Flag(Session session, ProjectRow project, string flag)
    {
        var flags = Json.Read<List<string>>(project.Flags);
        return flags.Contains(flag)
            ? Task.CompletedTask
            : session.Execute(SetFlags, new { id = project.Id, flags = Json.Write(flags.Append(flag)) });
    }

    private const string Move = """
        UPDATE projects SET stage = @stage, in_talks_on = @inTalks, signed_on = @signed, registered_on = @registered, started_on = @started, in_production_on = @inProduction,
          terminated_on = NULL, terminated_from = NULL, idle_since = @idleSince, moved_at = @now
        WHERE id = @id
        """;

    private const string Terminate =
        "UPDATE projects SET stage = 'terminated', terminated_from = @from, terminated_on = @on, idle_since = NULL, report_required = 0, moved_at = @now WHERE id = @id";
    private const string SetFlags = "UPDATE projects SET flags = @flags WHERE id = @id";
}
