using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
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
            await SettleTransfers.OfProject(session, request.ProjectId!);
            var project = (await LoadProject.ById(session, request.ProjectId!, caller.JurisdictionId))!;
            var rules = await ruleBooks.Current(session);
            if (Domain.Transfers.TransferRules.MayPropose(project.Transferable(caller), rules) is { } impossible)
                return impossible;
            if (await Receiver(session, project, request.ToJurisdictionId!) is not { } receiver)
                return Domain.Transfers.TransferRules.NotAllowed("toJurisdictionId", "receiver");
            if (call.ValidateOnly)
                return Reply.NothingStored;

            var id = Ids.New();
            var calendar = await WorkCalendars.Load(session);
            var facts = project.Body();
            await session.Execute(
                Insert,
                new
                {
                    id,
                    projectId = project.Id,
                    from = project.OwnerId,
                    to = receiver.Id,
                    reason = request.Reason!.Trim(),
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
                    until = calendar.Deadline(session.Now, rules.TransferAcceptance),
                    ruleSetId = rules.Id,
                }
            );
            Timeline.Add(
                session,
                project.Id,
                EntryKind.TransferProposed,
                caller,
                project.OwnerId,
                note: request.Reason,
                after: new { transferId = id, receiver = receiver.Name }
            );
            await StoreProject.Touch(session, project.Id, publicly: false);
            var row = (await TransferRow.For(session, caller, id))!;
            await session.Raise(new TransferProceeded(row, caller));
            return Reply.Resource(
                row.View(caller, session.Now, calendar),
                row.Version,
                201,
                $"/api/v1/transfers/{id}",
                project.Id
            );
        });
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
        INSERT INTO transfers (id, project_id, from_id, to_id, status, reason, offer, by_centre, proposed_by, proposed_by_name, proposed_at, accept_until, rule_set_id, version, updated_at)
        VALUES (@id, @projectId, @from, @to, 'proposed', @reason, @offer, @byCentre, @by, @byName, @now, @until, @ruleSetId, 1, @now)
        """;
}
