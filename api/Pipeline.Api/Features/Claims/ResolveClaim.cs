using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;
using Pipeline.Store.Files;

namespace Pipeline.Api.Features.Claims;

/// <summary>What the centre says of a report under review.</summary>
public enum Decision
{
    Same,
    Distinct,
}

/// <summary>The centre decides whether a report is of a project the library has (R14a). It takes effect at that instant and displaces nobody.</summary>
public sealed class ResolveClaim(SettleClaims settle, RuleBooks ruleBooks, StoreProject store)
{
    public sealed record Request
    {
        public Decision? Decision { get; init; }
        public string? ProjectId { get; init; }
        public string? Reason { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Decision).Required();
            RuleFor(request => request.ProjectId).RecordId();
            RuleFor(request => request.Reason).Required().Text(2000);
        }
    }

    public static async Task<IResult> Handle(
        string id,
        Call call,
        ResolveClaim resolve,
        SettleClaims settle,
        RuleBooks ruleBooks
    )
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Intake);
            await SettleClaims.Reports(session);
            var loaded = await AnswerClaim.ForWrite(session, settle, call, id, Act.ResolveClaim);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var request = body.Value!;
            var refused =
                request.Decision == Decision.Same
                    ? await resolve.Same(session, call.Caller, loaded.Value, request)
                    : await resolve.Distinct(session, call.Caller, loaded.Value, request.Reason!);
            if (refused is not null)
                return refused;
            var row = (await LoadClaim.For(session, call.Caller, id))!;
            return AnswerClaim.With(session, call.Caller, row, await ruleBooks.Load(session));
        });
    }

    private async Task<Refusal?> Same(Session session, Caller centre, ClaimRow claim, Request request)
    {
        if (ClaimDecisions.RefuseSame(claim.At) is { } notNow)
            return notNow;
        if (await EarlierUndecided(session, claim) is { } outOfOrder)
            return outOfOrder;
        var candidates = await session.Query<string>(CandidateProjects, new { id = claim.Id });
        if (claim.OwnProjectId is { } own)
            candidates.Add(own);
        var projectId = request.ProjectId ?? (candidates.Distinct().ToList() is [var only] ? only : null);
        if (projectId is null || !candidates.Contains(projectId))
            return Refusal.Invalid(
                new FieldError("projectId", request.ProjectId is null ? "project-choice-needed" : "not-a-candidate")
            );

        await settle.Project(session, projectId);
        await Decide(session, centre, claim, "same", projectId);
        await FirmAliases.Learn(
            session,
            centre,
            claim.Id,
            claim.ReportWithPeople().Facts(),
            Json.Read<ProjectBody>((await session.One<string>(FactsOf, new { id = projectId }))!).Facts()
        );
        return await Place(session, centre, claim, projectId, request.Reason!);
    }

    private async Task<Refusal?> Distinct(Session session, Caller centre, ClaimRow claim, string reason)
    {
        if (ClaimDecisions.RefuseDistinct(claim.At) is { } notNow)
            return notNow;
        if (await EarlierUndecided(session, claim) is { } outOfOrder)
            return outOfOrder;
        var book = await ruleBooks.Load(session);
        var rules = book.At(session.Now);
        if (claim.At == ClaimStatus.Queued)
        {
            await ReportProject.Remember(
                session,
                claim.Id,
                [
                    new Found(
                        new Domain.Matching.Match(Domain.Matching.MatchLevel.L1, []),
                        new KnownProject(claim.ProjectId!, Stage.InTalks, "", false, false, null, [], null),
                        null,
                        null
                    ),
                ]
            );
            var queue = (await SettleClaims.Standing(session, claim.ProjectId!)).Queue.ToList();
            await StageTotals.ChangingClaims(session, [claim.Id]);
            await session.ExecuteOnOne(BackToReview, new { id = claim.Id, now = session.Now });
            await session.Raise(new QueueMovedUp(queue, [.. queue.Where(waiting => waiting.Id != claim.Id)]));
            Timeline.Add(
                session,
                claim.ProjectId!,
                EntryKind.ClaimWithdrawn,
                centre,
                claim.JurisdictionId,
                note: reason,
                after: new { claimId = claim.Id, decision = Decision.Distinct }
            );
        }

        await Decide(session, centre, claim, "distinct", null);
        var body = claim.ReportWithPeople();
        var decided = (await session.Query<string>(DecidedDistinct, new { id = claim.Id })).ToHashSet(
            StringComparer.Ordinal
        );
        var findings = await FindMatches.Find(
            session,
            body.Facts(),
            rules,
            claim.OwnProjectId,
            (claim.Sequence, claim.ReceivedAt)
        );
        var left = findings.Found.Where(found => !decided.Contains(found.ClaimId ?? found.Project!.Id)).ToList();
        var known = claim.OwnProjectId is { } own ? (await FindMatches.Known(session, [own]))[own] : null;
        switch (Intake.Judge(claim.JurisdictionId, known, left, tooMany: false, Contacts(claim)))
        {
            case IntakeOutcome.NewProject:
                var created = new NewProject
                {
                    Body = body,
                    OwnerId = claim.JurisdictionId,
                    FirstTalkId = claim.JurisdictionId,
                };
                await store.Insert(session, rules, [created]);
                return await Place(session, centre, claim, created.Id, reason);
            case IntakeOutcome.ActiveOn active:
                return await Place(session, centre, claim, active.ProjectId, reason);
            case IntakeOutcome.QueuedOn queued:
                return await Place(session, centre, claim, queued.ProjectId, reason);
            case IntakeOutcome.Refused:
                await Reject(session, centre, claim, reason);
                return null;
            default:
                await ReportProject.Remember(session, claim.Id, left);
                return null;
        }
    }

    /// <summary>The project that a report was placed on is not one of those that it was decided to be distinct from: they are not laid side by side again.</summary>
    private static async Task KeepApart(Session session, string claimId, string projectId)
    {
        var others = await session.Query<string>(DecidedApart, new { claimId });
        foreach (var otherId in others.Where(other => other != projectId).Distinct())
        {
            await session.Execute(
                Separate,
                new
                {
                    projectId,
                    otherId,
                    now = session.Now,
                }
            );
            await session.Execute(
                Separate,
                new
                {
                    projectId = otherId,
                    otherId = projectId,
                    now = session.Now,
                }
            );
        }
    }

    /// <summary>Active when nobody is, else queued at its place; rejected when the project has left the talks, the unit holds a claim on it already, or is barred from it.</summary>
    private async Task<Refusal?> Place(Session session, Caller centre, ClaimRow claim, string projectId, string reason)
    {
        await settle.Project(session, projectId);
        await KeepApart(session, claim.Id, projectId);
        var known = (await FindMatches.Known(session, [projectId]))[projectId];
        if (
            known.Stage != Stage.InTalks
            || known.ActiveHolder == claim.JurisdictionId
            || known.Waiting.Contains(claim.JurisdictionId)
            || known.Barred!.Contains(claim.JurisdictionId)
        )
        {
            await Reject(session, centre, claim, reason);
            Timeline.Add(
                session,
                projectId,
                EntryKind.ClaimRejected,
                centre,
                claim.JurisdictionId,
                note: reason,
                after: new { claimId = claim.Id }
            );
            return null;
        }

        var waiting = new Claim(
            claim.Id,
            claim.Sequence,
            claim.JurisdictionId,
            ClaimStatus.UnderReview,
            claim.ReceivedAt,
            null,
            null,
            null,
            claim.RuleSetId
        );
        var standing = await SettleClaims.Standing(session, projectId);
        Timeline.Add(
            session,
            projectId,
            EntryKind.Reported,
            centre,
            claim.JurisdictionId,
            note: reason,
            after: new { claimId = claim.Id, sequence = claim.Sequence }
        );
        await settle.Apply(
            session,
            projectId,
            standing.Admit(waiting, session.Now, await ruleBooks.Load(session)),
            centre,
            reason
        );
        await AttachFiles.OfClaim(session, claim.Id, projectId);
        return null;
    }

    private static Task Reject(Session session, Caller centre, ClaimRow claim, string reason) =>
        EndReport.UnderReview(session, claim, ClaimStatus.Rejected, centre, reason);

    /// <summary>The cluster of a report is resolved in the order of receipt.</summary>
    private static async Task<Refusal?> EarlierUndecided(Session session, ClaimRow claim) =>
        await session.One<long?>(Earlier, new { id = claim.Id, sequence = claim.Sequence }) is { } sequence
            ? new Refusal(RefusalKind.Conflict, "review-order", sequence)
            : null;

    private static Task Decide(Session session, Caller centre, ClaimRow claim, string decision, string? projectId) =>
        session.Execute(
            projectId is null ? DecideAll : DecideOne,
            new
            {
                id = claim.Id,
                decision,
                projectId,
                by = centre.UserId,
                now = session.Now,
            }
        );

    private static List<Contact> Contacts(ClaimRow claim) =>
        [.. claim.People.Contacts.Select(contact => contact.ToContact())];

    private const string Earlier = """
        SELECT MIN(c.sequence) FROM claim_matches x JOIN claims c ON c.id = x.subject_id
        WHERE x.claim_id = @id AND x.subject_kind = 'claim' AND x.decision IS NULL AND c.status = 'under-review' AND c.sequence < @sequence
        """;

    private const string CandidateProjects = """
        SELECT subject_id FROM claim_matches WHERE claim_id = @id AND subject_kind = 'project'
        UNION SELECT c.project_id FROM claim_matches x JOIN claims c ON c.id = x.subject_id WHERE x.claim_id = @id AND x.subject_kind = 'claim' AND c.project_id IS NOT NULL
        """;

    private const string DecideAll =
        "UPDATE claim_matches SET decision = @decision, decided_by = @by, decided_at = @now WHERE claim_id = @id AND decision IS NULL";
    private const string DecideOne =
        "UPDATE claim_matches SET decision = @decision, decided_by = @by, decided_at = @now WHERE claim_id = @id AND subject_id = @projectId AND decision IS NULL";
    private const string DecidedDistinct =
        "SELECT subject_id FROM claim_matches WHERE claim_id = @id AND decision = 'distinct'";
    private const string FactsOf = "SELECT facts FROM projects WHERE id = @id";

    // Projects it was held against, projects of the reports it was held against, and of those that were held against it.
    private const string DecidedApart = """
        SELECT x.subject_id FROM claim_matches x WHERE x.claim_id = @claimId AND x.subject_kind = 'project' AND x.decision = 'distinct'
        UNION SELECT c.project_id FROM claim_matches x JOIN claims c ON c.id = x.subject_id
        WHERE x.claim_id = @claimId AND x.subject_kind = 'claim' AND x.decision = 'distinct' AND c.project_id IS NOT NULL
        UNION SELECT c.project_id FROM claim_matches x JOIN claims c ON c.id = x.claim_id
        WHERE x.subject_id = @claimId AND x.subject_kind = 'claim' AND x.decision = 'distinct' AND c.project_id IS NOT NULL
        """;
    private const string Separate = """
        INSERT INTO distinct_projects (project_id, other_id, decided_at)
        SELECT @projectId, @otherId, @now WHERE NOT EXISTS (SELECT 1 FROM distinct_projects WHERE project_id = @projectId AND other_id = @otherId)
        """;
    private const string BackToReview =
        "UPDATE claims SET status = 'under-review', project_id = NULL, returned_until = NULL, version = version + 1, updated_at = @now WHERE id = @id AND status = 'queued'";
}

/// <summary>What a report under review matched, for the centre to lay side by side.</summary>
public static class ListCandidates
{
    public sealed record Facts
    {
        public string? Name { get; init; }
        public string? NationalCode { get; init; }
        public required IReadOnlyList<InvestorView> Investors { get; init; }
        public Money? TotalInvestment { get; init; }
        public string? IndustryCode { get; init; }

        public static Facts Of(ProjectBody body) =>
            new()
            {
                Name = body.Name,
                NationalCode = body.NationalCode,
                Investors =
                [
                    .. (body.Investors ?? []).Select(investor => new InvestorView
                    {
                        Name = investor.Name!,
                        Uscc = investor.Uscc,
                        Country = investor.Country,
                        GroupParent = investor.GroupParent,
                        Primary = investor.Primary,
                    }),
                ],
                TotalInvestment = body.TotalInvestment,
                IndustryCode = body.IndustryCode,
            };
    }

    public enum SubjectKind
    {
        Project,
        Claim,
    }

    public sealed record Candidate
    {
        public required SubjectKind Subject { get; init; }
        public required string Id { get; init; }
        public required Domain.Matching.MatchLevel Level { get; init; }
        public required IReadOnlyList<string> Reasons { get; init; }
        public Decision? Decision { get; init; }
        public required Facts Facts { get; init; }
        public required UnitRef Jurisdiction { get; init; }
        public Stage? Stage { get; init; }
        public string? ProjectId { get; init; }
        public string? ProjectCode { get; init; }
        public long? Sequence { get; init; }
        public ClaimStatus? ClaimStatus { get; init; }
        public bool? Secret { get; init; }
    }

    public sealed record Response(Facts Report, bool TooMany, IReadOnlyList<Candidate> Items);

    public static Task<IResult> Handle(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            if (await LoadClaim.For(session, call.Caller, id) is not { } claim)
                return (Reply)Refusal.NotFound;
            session.Note(
                new AuditEntry("read-candidates")
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = "claim",
                    SubjectId = id,
                    ProjectId = claim.ProjectId,
                }
            );
            var projects = (await session.Query<Row>(MatchedProjects, new { id })).Select(row =>
                View(row, SubjectKind.Project)
            );
            var claims = (await session.Query<Row>(MatchedClaims, new { id })).Select(row =>
                View(row, SubjectKind.Claim)
            );
            await Trace(session, projects, claims);
            return Reply.Plain(
                new Response(
                    Facts.Of(Json.Read<ProjectBody>(claim.Report)),
                    await session.One<bool>(WasTooMany, new { id }),
                    [
                        .. projects
                            .Concat(claims)
                            .OrderBy(candidate => candidate.Level)
                            .ThenBy(candidate => candidate.Sequence ?? 0),
                    ]
                )
            );
        });

    /// <summary>What a registration or an edit matched (R10a): for the centre's eyes.</summary>
    public static Task<IResult> OfProject(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            if (await LoadProject.For(session, call.Caller, id) is not { } project)
                return (Reply)Refusal.NotFound;
            session.Note(
                new AuditEntry("read-candidates")
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = "project",
                    SubjectId = id,
                    ProjectId = id,
                }
            );
            var projects = (await session.Query<Row>(ProjectsLikeProject, new { id })).Select(row =>
                View(row, SubjectKind.Project)
            );
            var claims = (await session.Query<Row>(ClaimsLikeProject, new { id })).Select(row =>
                View(row, SubjectKind.Claim)
            );
            await Trace(session, projects, claims);
            return Reply.Plain(
                new Response(
                    Facts.Of(project.Body()),
                    false,
                    [.. projects.Concat(claims).OrderBy(candidate => candidate.Level)]
                )
            );
        });

    private static Task Trace(Session session, IEnumerable<Candidate> projects, IEnumerable<Candidate> claims) =>
        SecretReads.Note(session, projects.Select(candidate => candidate.Id), claims.Select(candidate => candidate.Id));

    private static Candidate View(Row row, SubjectKind kind) =>
        new()
        {
            Subject = kind,
            Id = row.Id,
            Level = Slug.To<Domain.Matching.MatchLevel>(row.Level),
            Reasons = Json.Read<List<string>>(row.Reasons),
            Decision = row.Decision is null ? null : Slug.To<Decision>(row.Decision),
            Facts = Facts.Of(Json.Read<ProjectBody>(row.Facts)),
            Jurisdiction = new UnitRef(row.JurisdictionId, row.JurisdictionName),
            Stage = row.Stage is null ? null : Slug.To<Stage>(row.Stage),
            ProjectId = row.ProjectId,
            ProjectCode = row.Code,
            Sequence = row.Sequence,
            ClaimStatus = row.Status is null ? null : Slug.To<ClaimStatus>(row.Status),
            Secret = row.Secret ? true : null,
        };

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Level { get; init; }
        public required string Reasons { get; init; }
        public string? Decision { get; init; }
        public required string Facts { get; init; }
        public required string JurisdictionId { get; init; }
        public required string JurisdictionName { get; init; }
        public string? Stage { get; init; }
        public string? ProjectId { get; init; }
        public string? Code { get; init; }
        public long? Sequence { get; init; }
        public string? Status { get; init; }
        public bool Secret { get; init; }
    }

    private const string MatchedProjects = """
        SELECT p.id, p.id AS project_id, x.level, x.reasons, x.decision, p.facts, p.owner_id AS jurisdiction_id, j.name AS jurisdiction_name, p.stage, p.code, p.secret, c.status, c.sequence
        FROM claim_matches x JOIN projects p ON p.id = x.subject_id JOIN jurisdictions j ON j.id = p.owner_id LEFT JOIN claims c ON c.id = p.claim_id
        WHERE x.claim_id = @id AND x.subject_kind = 'project'
        """;

    private const string MatchedClaims = $"""
        SELECT c.id, c.project_id, x.level, x.reasons, x.decision, {ClaimRow.ReportSql} AS facts, c.jurisdiction_id, j.name AS jurisdiction_name, c.sequence, c.status
        FROM claim_matches x JOIN claims c ON c.id = x.subject_id JOIN jurisdictions j ON j.id = c.jurisdiction_id
        WHERE x.claim_id = @id AND x.subject_kind = 'claim'
        """;

    private const string ProjectsLikeProject = """
        SELECT p.id, p.id AS project_id, x.level, x.reasons, p.facts, p.owner_id AS jurisdiction_id, j.name AS jurisdiction_name, p.stage, p.code, p.secret, c.status, c.sequence
        FROM project_matches x JOIN projects p ON p.id = x.subject_id JOIN jurisdictions j ON j.id = p.owner_id LEFT JOIN claims c ON c.id = p.claim_id
        WHERE x.project_id = @id AND x.subject_kind = 'project'
        """;

    private const string ClaimsLikeProject = $"""
        SELECT c.id, c.project_id, x.level, x.reasons, {ClaimRow.ReportSql} AS facts, c.jurisdiction_id, j.name AS jurisdiction_name, c.sequence, c.status
        FROM project_matches x JOIN claims c ON c.id = x.subject_id JOIN jurisdictions j ON j.id = c.jurisdiction_id
        WHERE x.project_id = @id AND x.subject_kind = 'claim'
        """;

    private const string WasTooMany = "SELECT too_many FROM claims WHERE id = @id";
}
