using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Credit;

/// <summary>Agreements on the credit of one project (R46): proposed with the contract's file, approved by the centre, and from then on they go before the mode of the rule set.</summary>
public static class Agreements
{
    public sealed record ShareBody
    {
        public string? JurisdictionId { get; init; }

        /// <summary>Basis points of the whole.</summary>
        public int? Bp { get; init; }
    }

    public sealed record Request
    {
        public IReadOnlyList<ShareBody>? Shares { get; init; }

        /// <summary>The indicators it is for; empty: all.</summary>
        public IReadOnlyList<string>? Indicators { get; init; }

        /// <summary>Years from the start of works.</summary>
        public int? Years { get; init; }

        /// <summary>The contract that the units have signed.</summary>
        public string? FileId { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Shares)
                .Required()
                .Must(shares => shares!.Count is >= 2 and <= 10)
                .Coded("range", 2, 10);
            RuleForEach(request => request.Shares)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(share =>
                {
                    share.RuleFor(part => part.JurisdictionId).Required().RecordId();
                    share
                        .RuleFor(part => part.Bp)
                        .NotNull()
                        .Coded("required")
                        .InclusiveBetween(1, 9999)
                        .Coded("range", 1, 9999);
                });
            RuleFor(request => request.Indicators).AtMost(Indicator.All.Count);
            RuleForEach(request => request.Indicators)
                .Cascade(CascadeMode.Continue)
                .Must(indicator => indicator is not null && Indicator.All.ContainsKey(indicator))
                .Coded("indicator");
            RuleFor(request => request.Years).NotNull().Coded("required").InclusiveBetween(1, 50).Coded("range", 1, 50);
            RuleFor(request => request.FileId).Required().RecordId();
        }
    }

    public static async Task<IResult> Propose(string id, Call call, SettleClaims settle)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            var loaded = await LoadProject.ForWrite(session, settle, caller, id, Act.ProposeAgreement);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var (project, request) = (loaded.Value, body.Value!);
            var shares = request.Shares!;
            if (shares.Sum(share => share.Bp) != CreditShares.Whole)
                return new Refusal(
                    RefusalKind.Rule,
                    "shares-not-whole",
                    [new FieldError("shares", "shares-sum", CreditShares.Whole)]
                );
            if (await Unfit(session, shares) is { Count: > 0 } unfit)
                return new Refusal(RefusalKind.Rule, "shares-not-whole", unfit);
            if (await AttachFiles.Unknown(session, caller, [([request.FileId!], "fileId")], id) is { Count: > 0 })
                return new Refusal(RefusalKind.Rule, "evidence-missing", [new FieldError("fileId", "unknown-file")]);
            if (ProjectActs.RefuseEdit(project.Acted()) is { } refused)
                return refused;
            if (call.ValidateOnly)
                return Reply.NothingStored;

            await AttachFiles.To(session, [request.FileId!], id, null);
            var agreementId = Ids.New();
            var stored = shares.Select(share => new StoredShare(share.JurisdictionId!, share.Bp!.Value)).ToList();
            await session.Execute(
                Insert,
                new
                {
                    id = agreementId,
                    projectId = id,
                    shares = Json.Write(stored),
                    indicators = Json.Write((request.Indicators ?? []).Distinct()),
                    years = request.Years!.Value,
                    fileId = request.FileId,
                    by = caller.UserId,
                    byName = caller.DisplayName,
                    now = session.Now,
                }
            );
            Timeline.Add(
                session,
                id,
                EntryKind.AgreementProposed,
                caller,
                project.OwnerId,
                after: new
                {
                    agreementId,
                    shares = stored,
                    years = request.Years,
                }
            );
            return await Answer(session, caller, agreementId, 201);
        });
    }

    /// <summary>Shares of units that are named twice, or are none that reports.</summary>
    private static async Task<List<FieldError>> Unfit(Session session, IReadOnlyList<ShareBody> shares)
    {
        var units = (await JurisdictionRow.All(session)).Where(unit => unit is { Active: true, Reports: true });
        var known = units.Select(unit => unit.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. shares
                .Select((share, at) => (share, at))
                .Where(pair => !known.Remove(pair.share.JurisdictionId!))
                .Select(pair => new FieldError($"shares[{pair.at}].jurisdictionId", "receiver")),
        ];
    }

    public static Task<IResult> OfProject(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            if (await LoadProject.For(session, call.Caller, id) is null)
                return (Reply)Refusal.NotFound;
            var units = await Units(session);
            return Reply.Plain(
                new Page<CreditAgreementView>
                {
                    Items =
                    [
                        .. (await AgreementRow.OfProject(session, id))
                            .Where(row => row.RelationOf(call.Caller) != Relations.None)
                            .Select(row => row.View(call.Caller, units)),
                    ],
                }
            );
        });

    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await AgreementRow.For(session, call.Caller, id) is { } row
                ? Reply.Resource(row.View(call.Caller, await Units(session)), row.Version)
                : (Reply)Refusal.NotFound
        );

    public static Task<IResult> Approve(string id, Call call, SettleClaims settle) =>
        call.Write(async session =>
        {
            var loaded = await ForWrite(session, settle, call, id);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            if (row.At != AgreementStatus.Proposed)
                return new Refusal(RefusalKind.Conflict, "agreement-decided");
            if (row.ProposedBy == call.Caller.UserId)
                return new Refusal(RefusalKind.Forbidden, "self-verification");
            if (await session.One<string>(InForce, new { projectId = row.ProjectId }) is not null)
                return new Refusal(RefusalKind.Conflict, "agreement-in-force");
            await session.ExecuteOnOne(SetApproved, By(session, call.Caller, id, null));
            Tell(session, row, call.Caller, EntryKind.AgreementApproved, null);
            return await Answer(session, call.Caller, id);
        });

    public static async Task<IResult> End(string id, Call call, SettleClaims settle)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, settle, call, id);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var row = loaded.Value;
            if (row.At == AgreementStatus.Ended)
                return new Refusal(RefusalKind.Conflict, "agreement-decided");
            var reason = body.Value!.Reason!.Trim();
            await session.ExecuteOnOne(SetEnded, By(session, call.Caller, id, reason));
            Tell(session, row, call.Caller, EntryKind.AgreementEnded, reason);
            return await Answer(session, call.Caller, id);
        });
    }

    private static object By(Session session, Caller caller, string id, string? reason) =>
        new
        {
            id,
            by = caller.UserId,
            byName = caller.DisplayName,
            now = session.Now,
            reason,
        };

    private static void Tell(Session session, AgreementRow row, Caller caller, EntryKind entry, string? reason) =>
        Timeline.Add(
            session,
            row.ProjectId,
            entry,
            caller,
            row.OwnerId,
            note: reason,
            before: new { status = row.At },
            after: new { agreementId = row.Id }
        );

    /// <summary>The agreement for a decision: its project settled first, then 404, 403, 428, 412.</summary>
    private static async Task<Result<AgreementRow>> ForWrite(Session session, SettleClaims settle, Call call, string id)
    {
        if (await session.One<string>(ProjectOf, new { id }) is not { } projectId)
            return Refusal.NotFound;
        await settle.Project(session, projectId);
        if (await AgreementRow.For(session, call.Caller, id) is not { } row)
            return Refusal.NotFound;
        if (!Permissions.Allows(call.Caller, Act.DecideAgreement, row.RelationOf(call.Caller)))
            return Refusal.Forbidden;
        return ETags.Check(call.Request, row.Version) is { } stale ? stale : row;
    }

    private static async Task<Reply> Answer(Session session, Caller caller, string id, int status = 200)
    {
        var row = (await AgreementRow.For(session, caller, id))!;
        return Reply.Resource(
            row.View(caller, await Units(session)),
            row.Version,
            status,
            status == 201 ? $"/api/v1/credit-agreements/{id}" : null,
            row.ProjectId
        );
    }

    /// <summary>The units' names by their ids, in English where they have one.</summary>
    internal static async Task<Dictionary<string, string>> Units(Session session, bool english = false) =>
        (await JurisdictionRow.All(session)).ToDictionary(
            unit => unit.Id,
            unit => english ? unit.NameEn ?? unit.Name : unit.Name,
            StringComparer.Ordinal
        );

    private const string ProjectOf = "SELECT project_id FROM credit_agreements WHERE id = @id";
    private const string InForce =
        "SELECT id FROM credit_agreements WHERE project_id = @projectId AND status = 'approved'";
    private const string Insert = """
        INSERT INTO credit_agreements (id, project_id, status, shares, indicators, years, file_id, proposed_by, proposed_by_name, proposed_at, version, updated_at)
        VALUES (@id, @projectId, 'proposed', @shares, @indicators, @years, @fileId, @by, @byName, @now, 1, @now)
        """;
    private const string SetApproved =
        "UPDATE credit_agreements SET status = 'approved', approved_by = @by, approved_by_name = @byName, approved_at = @now, version = version + 1, updated_at = @now WHERE id = @id AND status = 'proposed'";
    private const string SetEnded =
        "UPDATE credit_agreements SET status = 'ended', ended_by = @by, ended_by_name = @byName, ended_at = @now, end_reason = @reason, version = version + 1, updated_at = @now WHERE id = @id AND status <> 'ended'";
}
