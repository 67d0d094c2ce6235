using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Signings;

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
            RuleFor(request => request.ReasonCode)
                .Must(code => code is not Domain.Projects.ReasonCode.ImportUndone)
                .Coded(
                    "choice",
                    string.Join(
                        ", ",
                        Slug.All<ReasonCode>().Where(code => code != Slug.Of(Domain.Projects.ReasonCode.ImportUndone))
                    )
                );
            RuleFor(request => request.Note).Text(LongText.Max);
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

    /// <summary>Judges and stores a move; its id, or null when only a check was asked for.</summary>
    private static async Task<Result<string?>> Submit(
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
        var judged = Domain.Projects.Moves.Judge(
            project.Acted(),
            project.Dates,
            new MoveRequest(
                request.To!.Value,
                request.OccurredOn!.Value,
                evidence,
                request.ReasonCode,
                request.Note,
                project.Acting(caller)
            ),
            session.Today,
            rules
        );
        if (judged.Refusal is { } refusal)
            return refusal;
        var plan = judged.Value;
        if (
            await AttachFiles.Unknown(session, caller, [(evidence.Files ?? [], "evidence.files")], project.Id) is
            { Count: > 0 } unknown
        )
            return new Refusal(RefusalKind.Rule, "evidence-missing", unknown);
        if (
            plan.Reaches.Any(reach => reach.Stage == Stage.Signed)
            && SigningNotices.Blocks(
                (await SigningNoticeRow.OpenOn(session, project.Id))?.Filed,
                project.Total,
                session.Today,
                rules
            )
        )
            return new Refusal(RefusalKind.Rule, "notice-required");
        if (await ProblemRow.Blocking(session, project.Id, plan.Reaches.Select(reach => reach.Stage)) is { } problem)
            return new Refusal(RefusalKind.Conflict, "blocked-by-problem", problem.Title);
        if (validateOnly)
            return (string?)null;

        if (project.PendingMoveId is not null)
            await CloseMove.PendingAsReturned(session, project.Id, caller, request.Note);
        var moveId = await StoreMove.Insert(
            session,
            caller,
            rules,
            new NewMove(
                project.Id,
                project.OwnerId,
                plan,
                request.OccurredOn.Value,
                evidence,
                request.ReasonCode,
                request.Note
            )
        );
        await AttachFiles.To(session, evidence.Files ?? [], project.Id, null);
        if (plan.NeedsVerification)
        {
            await StoreProject.Touch(session, project.Id, publicly: false);
            await session.Raise(new MoveSubmitted((await MoveRow.PendingOn(session, project.Id))!, caller));
        }
        else
        {
            var move = (await MoveRow.For(session, caller, moveId))!;
            await TakeEffect.Of(session, settle, book, move, caller);
            if (caller.Role == Role.Coordinator)
                await session.Raise(new MoveDecided(move, MoveStatus.Verified, caller, request.Note));
        }

        return moveId;
    }
}
