using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Land;
using Pipeline.Domain.Projects;
using Pipeline.Store.Land;

namespace Pipeline.Api.Features.Land;

/// <summary>The steps of a parcel (R132). That a project negotiates about it changes nothing for others, its version included; that it was sold does, unless the project is secret.</summary>
public static class StepParcel
{
    public sealed record ProjectRequest
    {
        /// <summary>A project of the unit that keeps the parcel.</summary>
        public string? ProjectId { get; init; }
    }

    public sealed class ProjectValidator : AbstractValidator<ProjectRequest>
    {
        public ProjectValidator() => RuleFor(request => request.ProjectId).Required().RecordId();
    }

    public static Task<IResult> Offer(string id, Call call, RuleBooks ruleBooks) =>
        Simple(id, call, ruleBooks, ParcelStep.Offer, ParcelStatus.Offered);

    public static Task<IResult> Reserve(string id, Call call, RuleBooks ruleBooks) =>
        Simple(id, call, ruleBooks, ParcelStep.Reserve, ParcelStatus.Reserve);

    private static Task<IResult> Simple(
        string id,
        Call call,
        RuleBooks ruleBooks,
        ParcelStep step,
        ParcelStatus status
    ) =>
        call.Write(async session =>
        {
            await session.Lock(LockName.Resources);
            var taken = await Take(call, session, id, step, _ => null);
            if (taken.Refusal is { } refusal)
                return refusal;
            await StoreParcel.Proceed(session, taken.Value, status, status, null, null);
            return await ReadParcels.Told(session, call.Caller, ruleBooks, id);
        });

    public static async Task<IResult> Withdraw(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Resources);
            var taken = await Take(call, session, id, ParcelStep.Withdraw, _ => body.Refusal);
            if (taken.Refusal is { } refusal)
                return refusal;
            await StoreParcel.Proceed(
                session,
                taken.Value,
                ParcelStatus.Withdrawn,
                ParcelStatus.Withdrawn,
                null,
                body.Value!.Reason!.Trim()
            );
            return await ReadParcels.Told(session, call.Caller, ruleBooks, id);
        });
    }

    public static Task<IResult> Negotiate(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        ForProject(id, call, settle, ruleBooks, ParcelStep.Negotiate);

    public static Task<IResult> Sell(string id, Call call, SettleClaims settle, RuleBooks ruleBooks) =>
        ForProject(id, call, settle, ruleBooks, ParcelStep.Sell);

    private static async Task<IResult> ForProject(
        string id,
        Call call,
        SettleClaims settle,
        RuleBooks ruleBooks,
        ParcelStep step
    )
    {
        var body = await call.Body(Validation.Of<ProjectValidator>());
        return await call.Write(async session =>
        {
            // The project's lock comes before that of the land; what is wrong with the project is told after what is wrong with the call.
            var caller = call.Caller;
            Result<ProjectRow>? loaded = body.Value is { } named
                ? await LoadProject.ForWrite(session, settle, caller, named.ProjectId!, Act.EditProject)
                : (Result<ProjectRow>?)null;
            await session.Lock(LockName.Resources);
            var taken = await Take(call, session, id, step, _ => body.Refusal);
            if (taken.Refusal is { } refusal)
                return refusal;
            if (loaded!.Value.Refusal is { } unknown)
                return unknown;
            var (row, project) = (taken.Value, loaded.Value.Value);
            if (ParcelRules.MayHave(project.Id, row.ProjectId) is { } held)
                return held;
            if (project.OwnerId != row.JurisdictionId)
                return new Refusal(RefusalKind.Rule, "parcel-elsewhere", [new FieldError("projectId", "of-its-unit")]);
            if (ProjectActs.RefuseEdit(project.Acted()) is { } ended)
                return ended;
            if (step == ParcelStep.Sell && project.At < Stage.Signed)
                return new Refusal(RefusalKind.Conflict, "project-not-signed");
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var sold = step == ParcelStep.Sell;
            await StoreParcel.Proceed(
                session,
                row,
                sold ? ParcelStatus.Sold : ParcelStatus.Negotiating,
                sold && !project.Secret ? ParcelStatus.Sold : ParcelStatus.Offered,
                project.Id,
                null
            );
            Timeline.Add(
                session,
                project.Id,
                sold ? EntryKind.LandSold : EntryKind.LandNegotiated,
                caller,
                project.OwnerId,
                after: new { parcelId = id, place = row.Place }
            );
            await StoreProject.Touch(session, project.Id, publicly: false);
            return await ReadParcels.Told(session, caller, ruleBooks, id);
        });
    }

    /// <summary>The parcel, if this caller may take the step now; the checks in the order of the contract. The caller holds the lock.</summary>
    internal static async Task<Result<ParcelRow>> Take(
        Call call,
        Session session,
        string id,
        ParcelStep step,
        Func<ParcelRow, Refusal?> malformed
    )
    {
        if (await ParcelRow.ById(session, call.Caller, id) is not { } row)
            return Refusal.NotFound;
        if (!Permissions.Allows(call.Caller, Act.ManageLand, row.RelationOf(call.Caller)))
            return Refusal.Forbidden;
        if (ETags.Check(call.Request, row.VersionFor(call.Caller)) is { } stale)
            return stale;
        if (malformed(row) is { } wrong)
            return wrong;
        return ParcelRules.MayTake(step, row.At, row.Undone) is { } refused ? refused : row;
    }
}
