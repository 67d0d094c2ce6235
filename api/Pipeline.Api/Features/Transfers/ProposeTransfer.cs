using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Transfers;

namespace Pipeline.Api.Features.Transfers;

/// <summary>The owner, or the centre, offers a project in talks to another unit (R40, R43).</summary>
public static class ProposeTransfer
{
    public sealed record Request
    {
        public string? ProjectId { get; init; }
        public string? ToJurisdictionId { get; init; }

        /// <summary>Read by both units and the centre.</summary>
        public string? Reason { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.ProjectId).Required().RecordId();
            RuleFor(request => request.ToJurisdictionId).Required().RecordId();
            RuleFor(request => request.Reason).Required().Text(2000);
        }
    }

    public static async Task<IResult> Handle(Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var (caller, request) = (call.Caller, body.Value!);
            var loaded = await LoadProject.ForWrite(session, settle, caller, request.ProjectId!, Act.ProposeTransfer);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var proposed = await Store(
                session,
                caller,
                request.ProjectId!,
                request.ToJurisdictionId!,
                request.Reason!.Trim(),
                await ruleBooks.Current(session),
                blind: false,
                call.ValidateOnly
            );
            if (proposed.Refusal is { } impossible)
                return impossible;
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var calendar = await WorkCalendars.Load(session);
            var row = (await TransferRow.For(session, caller, proposed.Value))!;
            return Reply.Resource(
                row.View(caller, session.Now, calendar),
                row.Version,
                201,
                $"/api/v1/transfers/{row.Id}",
                row.ProjectId
            );
        });
    }

    /// <summary>Proposes a project to a unit; the transfer's id. The project is locked and settled.</summary>
    /// <param name="blind">Whether the receiver learns what it is only once it has accepted (§15.9).</param>
    /// <param name="tries">Whether it is only asked if it could be.</param>
    internal static async Task<Result<string>> Store(
        Session session,
        Caller caller,
        string projectId,
        string toId,
        string reason,
        RuleSet rules,
        bool blind,
        bool tries = false
    )
    {
        await SettleTransfers.OfProject(session, projectId);
        var project = (await LoadProject.ById(session, projectId, caller.JurisdictionId))!;
        if (TransferRules.MayPropose(project.Transferable(caller), rules) is { } impossible)
            return impossible;
        if (await Receiver(session, project, toId) is not { } receiver)
            return TransferRules.NotAllowed("toJurisdictionId", "receiver");
        var id = Ids.New();
        if (tries)
            return id;
        var facts = project.Body();
        await session.Execute(
            Insert,
            new
            {
                id,
                projectId,
                from = project.OwnerId,
                to = receiver.Id,
                reason,
                offer = Json.Write(
                    new OfferedProject
                    {
                        Name = project.Name,
                        Investors = [.. (facts.Investors ?? []).Select(investor => investor.Name!)],
                        TotalInvestment = facts.TotalInvestment,
                        IndustryCode = facts.IndustryCode,
                        LandMu = facts.LandMu,
                        EnergyTce = facts.EnergyTce,
                    }
                ),
                byCentre = caller.Role == Role.Coordinator ? 1 : 0,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
                until = (await WorkCalendars.Load(session)).Deadline(session.Now, rules.TransferAcceptance),
                ruleSetId = rules.Id,
                blind = blind ? 1 : (int?)null,
            }
        );
        Timeline.Add(
            session,
            projectId,
            EntryKind.TransferProposed,
            caller,
            project.OwnerId,
            note: reason,
            after: new { transferId = id, receiver = receiver.Name }
        );
        await StoreProject.Touch(session, projectId, publicly: false);
        await session.Raise(new TransferProceeded((await TransferRow.For(session, caller, id))!, caller));
        return id;
    }

    /// <summary>Another active unit that reports, and is not barred from the project (R43); null where it is none. Which of it fails is not told: a bar is between the centre and the unit.</summary>
    private static async Task<JurisdictionRow?> Receiver(Session session, ProjectRow project, string unitId) =>
        await JurisdictionRow.ById(session, unitId) is { Active: true, Reports: true } unit
        && unit.Id != project.OwnerId
        && await session.One<string>(
            Barred,
            new
            {
                projectId = project.Id,
                unitId,
                now = session.Now,
            }
        )
            is null
            ? unit
            : null;

    private const string Barred =
        "SELECT jurisdiction_id FROM report_bars WHERE project_id = @projectId AND jurisdiction_id = @unitId AND until_at >= @now";

    private const string Insert = """
        INSERT INTO transfers (id, project_id, from_id, to_id, status, reason, offer, by_centre, proposed_by, proposed_by_name, proposed_at, accept_until, rule_set_id, blind, version, updated_at)
        VALUES (@id, @projectId, @from, @to, 'proposed', @reason, @offer, @byCentre, @by, @byName, @now, @until, @ruleSetId, @blind, 1, @now)
        """;
}
