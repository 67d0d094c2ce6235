using System.Security.Cryptography;
using Dapper;
using FluentValidation;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Claims;

/// <summary>Reports a project and, where nobody was before, grants the exclusive claim (R10–R14): one serialised transaction.</summary>
public sealed class ReportProject(SettleClaims settle, RuleBooks ruleBooks, StoreProject store)
{
    public sealed record Request
    {
        public ProjectBody? Project { get; init; }

        /// <summary>One's own project that is in the library already, instead of <see cref="Project"/>.</summary>
        public string? ProjectId { get; init; }
        public IReadOnlyList<ReportContact>? Contacts { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Project)
                .Must((request, project) => project is null != request.ProjectId is null)
                .Coded("project-or-id");
            RuleFor(request => request.Project!)
                .SetValidator(ProjectRules.Lenient)
                .When(request => request.Project is not null);
            RuleFor(request => request.ProjectId).RecordId();
            RuleFor(request => request.Contacts).AtMost(100);
            RuleForEach(request => request.Contacts)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .SetValidator(Validation.Of<ReportContact.Validator>());
        }
    }

    /// <summary>Takes a report in; the id of its claim.</summary>
    public Task<Result<string>> Take(Session session, Caller reporter, Request request) =>
        Take(session, reporter, request, ofRegister: false, null);

    /// <summary>Takes in a report that stands in a unit's register: what others have never refuses it, it lets the centre decide (R52).</summary>
    /// <param name="ownId">The unit's own project, never claimed so far, that the report is of.</param>
    public Task<Result<string>> TakeOfRegister(Session session, Caller reporter, Request request, string? ownId) =>
        Take(session, reporter, request, ofRegister: true, ownId);

    private async Task<Result<string>> Take(
        Session session,
        Caller reporter,
        Request request,
        bool ofRegister,
        string? ownId
    )
    {
        // The rules are read before the lock; behind it only whether they are still the same.
        await ruleBooks.Load(session);
        await session.Lock(LockName.Intake);

        var judged = await Check(session, reporter, request);
        if (judged.Refusal is { } incomplete)
            return incomplete;
        var (project, own) = judged.Value;
        if (await Leaders.Unknown(session, request.Project?.Leaders, "project.leaders") is { } unknownLeader)
            return unknownLeader;
        var contacts = request.Contacts ?? [];
        if (
            await AttachFiles.Unknown(
                session,
                reporter,
                contacts.Select((contact, index) => (contact.Files ?? [], $"contacts[{index}].files"))
            ) is
            { Count: > 0 } unknown
        )
            return new Refusal(RefusalKind.Rule, "report-incomplete", unknown);

        var first = new IntakeFirst(session.Today.Year);
        var findings = await FindMatches.Find(
            session,
            project.Facts(),
            (await ruleBooks.Load(session)).At(session.Now),
            own?.Id,
            alongWith: first
        );
        if (!ruleBooks.AreStill(session, first.Heads))
            return await Take(session, reporter, request, ofRegister, ownId);
        var last = NotBefore(session, first.Last);
        var book = await ruleBooks.Load(session);
        var rules = book.At(session.Now);

        // The claims of the project that it would join are judged under that project's lock, as they stand by now.
        var joined = own?.Id ?? Intake.SameProject(findings.Found)?.Id;
        var isSetAside = ofRegister && joined is not null && await SettlementFailures.IsSetAside(session, joined);
        if (joined is not null && !isSetAside)
        {
            await settle.Project(session, joined);
            findings = await FindMatches.Renewed(session, findings);
        }

        var known = own is null ? null : (await FindMatches.Known(session, [own.Id]))[own.Id];
        var outcome = Intake.Judge(
            reporter.JurisdictionId!,
            known,
            findings.Found,
            findings.TooMany,
            [.. contacts.Select(contact => contact.ToContact())]
        );
        if (outcome is IntakeOutcome.Refused refused)
        {
            if (!ofRegister)
                return refused.Refusal;
            if (BarredFromOwn(findings.Found, reporter.JurisdictionId!))
                return new Refusal(RefusalKind.Conflict, "unit-barred");
            outcome = new IntakeOutcome.Review();
        }

        // Whether it can be joined is not known yet.
        if (isSetAside)
            outcome = new IntakeOutcome.Review();

        var isNew = outcome is IntakeOutcome.NewProject;
        var claim = Received(
            session,
            reporter.JurisdictionId!,
            last,
            rules,
            isNew || outcome is IntakeOutcome.ActiveOn or IntakeOutcome.QueuedOn
                ? ClaimStatus.Queued
                : ClaimStatus.UnderReview
        );
        var created = isNew
            ? new NewProject
            {
                Body = project,
                OwnerId = reporter.JurisdictionId!,
                FirstTalkId = reporter.JurisdictionId,
                ClaimId = claim.Id,
            }
            : null;
        await AmountWithoutRate.Tell(session, rules, project.TotalInvestment);
        if (created is not null)
            await store.Insert(session, rules, [created], first.CodesDrawn);
        var projectId = outcome switch
        {
            IntakeOutcome.NewProject => created!.Id,
            IntakeOutcome.ActiveOn active => active.ProjectId,
            IntakeOutcome.QueuedOn queued => queued.ProjectId,
            _ => null,
        };
        var isFree = isNew || (known ?? Intake.SameProject(findings.Found))?.ActiveHolder is null;
        var placed = projectId is null ? null : Settlement.OfNewcomer(claim, isFree, session.Now, book);
        await Seal(
            session,
            reporter,
            project,
            contacts,
            own?.Id ?? (projectId is null ? ownId : null),
            projectId,
            last,
            placed?.Changes[^1].After ?? claim,
            findings.TooMany
        );
        await AttachFiles.To(session, contacts.SelectMany(contact => contact.Files ?? []), projectId, claim.Id);
        session.Add(MatchTable, findings.Found.Select(item => Match(claim.Id, item)));
        await session.Raise(
            new ReportReceived(
                claim.Id,
                (placed?.Changes[^1].After ?? claim).Status,
                claim.JurisdictionId,
                projectId,
                project.Secret
            )
        );
        if (projectId is null || placed is null)
        {
            await session.Raise(new ReportUnderReview(claim.Id));
            if (own is not null)
                Timeline.Add(
                    session,
                    own.Id,
                    EntryKind.ClaimUnderReview,
                    reporter,
                    reporter.JurisdictionId,
                    after: new { claimId = claim.Id }
                );
            return claim.Id;
        }

        Timeline.Add(
            session,
            projectId,
            EntryKind.Reported,
            reporter,
            reporter.JurisdictionId,
            after: new
            {
                claimId = claim.Id,
                sequence = claim.Sequence,
                name = project.Name,
                totalInvestment = project.TotalInvestment,
            }
        );
        await settle.Received(session, projectId, placed, reporter, isNew);
        return claim.Id;
    }

    /// <summary>Whether the unit is barred from its own project, as it has been told (R23).</summary>
    private static bool BarredFromOwn(IReadOnlyList<Found> found, string unitId) =>
        found.Any(item => item.Project is { } project && project.OwnerId == unitId && project.Barred!.Contains(unitId));

    /// <summary>Everything about a report that is judged without looking at anybody else's (R10, R12, R20): the facts, and the own project they are of.</summary>
    public async Task<Result<(ProjectBody Project, ProjectRow? Own)>> Check(
        Session session,
        Caller reporter,
        Request request
    )
    {
        ProjectRow? own = null;
        var project = request.Project!;
        if (request.ProjectId is { } ownId)
        {
            var loaded = await LoadProject.ForWrite(session, settle, reporter, ownId, Act.ReportProject);
            if (loaded.Refusal is { } refusal)
                return refusal;
            own = loaded.Value;
            project = own.Body();
        }

        var rules = (await ruleBooks.Load(session)).At(session.Now);
        if (project.TotalInvestment is { } total && !rules.MustBeReported(total, session.Today.Year))
            return new Refusal(RefusalKind.Rule, "below-threshold");
        var contacts = (request.Contacts ?? []).Select(contact => contact.ToContact()).ToList();
        var errors = Intake.Incomplete(
            project.Name,
            project.PrimaryInvestor(),
            project.TotalInvestment,
            project.IndustryCode,
            contacts,
            session.Today,
            rules
        );
        return errors.Count > 0 ? new Refusal(RefusalKind.Rule, "report-incomplete", errors) : (project, own);
    }

    /// <summary>The instant of a report is not before that of the last (R11).</summary>
    private static LastReceipt? NotBefore(Session session, LastReceipt? last)
    {
        if (last is not null && last.ReceivedAt > session.Now)
            session.Now = last.ReceivedAt;
        return last;
    }

    /// <summary>What intake has to know besides matches: the last receipt, whether the rules changed, and how many codes were drawn.</summary>
    private sealed record IntakeFirst(int Year)
        : ReadFirst($"{ReportProject.Last}; {RuleBooks.SelectHeads}; {SelectDrawn}")
    {
        public LastReceipt? Last { get; private set; }
        public IReadOnlyList<RuleSetHead> Heads { get; private set; } = [];
        public long CodesDrawn { get; private set; }

        public override void AddParameters(Parameters parameters) =>
            parameters.Add("counter", ProjectCodes.CounterOf(Year));

        public override async Task Take(SqlMapper.GridReader answers)
        {
            Last = await answers.ReadFirstOrDefaultAsync<LastReceipt>();
            Heads = (await answers.ReadAsync<RuleSetHead>()).AsList();
            CodesDrawn = await answers.ReadFirstOrDefaultAsync<long?>() ?? 0;
        }

        private const string SelectDrawn = "SELECT value FROM counters WHERE name = @counter";
    }

    /// <summary>The report as the next in the order of receipt.</summary>
    private static Claim Received(
        Session session,
        string unitId,
        LastReceipt? last,
        RuleSet rules,
        ClaimStatus status
    ) => new(Ids.New(), (last?.Sequence ?? 0) + 1, unitId, status, session.Now, null, null, null, rules.Id);

    /// <summary>Stores the claim with its receipt (R11, R22).</summary>
    private static async Task Seal(
        Session session,
        Caller reporter,
        ProjectBody project,
        IReadOnlyList<ReportContact> contacts,
        string? ownProjectId,
        string? projectId,
        LastReceipt? last,
        Claim claim,
        bool tooMany
    )
    {
        var previous = last?.ReceiptHash ?? Pipeline.Data.Canonical.Genesis;
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var people = new ClaimPeople
        {
            People = project.Contacts ?? [],
            Referrer = project.Referrer,
            Channel = project.Channel,
            FirstContactOn = project.FirstContactOn,
            Contacts = contacts,
        };
        var canonical = Receipts.Canonical(
            claim.Id,
            claim.Sequence,
            claim.ReceivedAt,
            reporter.JurisdictionId!,
            project,
            people,
            salt,
            previous
        );
        await StageTotals.ChangingClaims(session, [claim.Id], isNew: true);
        session.Later(
            Insert,
            new
            {
                sequence = claim.Sequence,
                id = claim.Id,
                projectId,
                unit = claim.JurisdictionId,
                by = reporter.UserId,
                byName = reporter.DisplayName,
                status = Slug.Of(claim.Status),
                now = claim.ReceivedAt,
                activatedAt = claim.ActivatedAt,
                expiresAt = claim.ExpiresAt,
                ruleSetId = claim.RuleSetId,
                name = project.Name,
                report = Json.Write(
                    project with
                    {
                        Contacts = null,
                        Referrer = null,
                        Channel = null,
                        FirstContactOn = null,
                    }
                ),
                contacts = session.Vault.Seal(Json.Write(people)),
                ownProjectId,
                tooMany = tooMany ? 1 : 0,
                salt,
                canonical,
                hash = Pipeline.Data.Canonical.Hash(canonical),
                previous,
            }
        );
        PersonMarks.Set(session, PersonMarks.Claim, claim.Id, people.People, people.Referrer, isNew: true);
    }

    /// <summary>Receives a report again whose claim has ended, by decision of a dispute (R23): with a sequence number and receipt of its own, waiting to be admitted.</summary>
    public static async Task<Claim> Anew(Session session, ClaimRow ended, string projectId, RuleSet rules)
    {
        var last = NotBefore(session, await session.One<LastReceipt>(Last));
        var people = ended.People;
        var reporter = new Caller(
            ended.ReportedBy,
            "",
            ended.ReportedByName,
            Role.Officer,
            ended.JurisdictionId,
            null,
            ended.JurisdictionName
        );
        var report = Json.Read<ProjectBody>(ended.Report) with
        {
            Contacts = people.People,
            Referrer = people.Referrer,
            Channel = people.Channel,
            FirstContactOn = people.FirstContactOn,
        };
        var claim = Received(session, ended.JurisdictionId, last, rules, ClaimStatus.Queued);
        await Seal(session, reporter, report, people.Contacts, null, projectId, last, claim, tooMany: false);
        return claim;
    }

    /// <summary>The claim that the receiver of a transfer gets (R41): with a sequence number and receipt of its own, of the facts without anybody's people, waiting to be admitted. The caller holds the lock of the intake.</summary>
    public static async Task<Claim> OfTransfer(
        Session session,
        Caller receiver,
        ProjectBody facts,
        string projectId,
        RuleSet rules
    )
    {
        var last = NotBefore(session, await session.One<LastReceipt>(Last));
        var report = facts with { Contacts = null, Referrer = null, Channel = null, FirstContactOn = null };
        var claim = Received(session, receiver.JurisdictionId!, last, rules, ClaimStatus.UnderReview);
        await Seal(session, receiver, report, [], null, projectId, last, claim, tooMany: false);
        return claim;
    }

    /// <summary>Keeps what a report matched, known before or not: the candidates the centre will see.</summary>
    internal static async Task Remember(Session session, string claimId, IReadOnlyList<Found> found)
    {
        foreach (var item in found)
        {
            if (
                await session.Execute(
                    UpdateMatch,
                    new
                    {
                        claimId,
                        kind = KindOf(item),
                        subject = SubjectOf(item),
                        level = Slug.Of(item.Match.Level),
                        reasons = Json.Write(item.Match.Reasons),
                    }
                ) == 0
            )
                session.Add(MatchTable, Match(claimId, item));
        }
    }

    private static object?[] Match(string claimId, Found item) =>
        [claimId, KindOf(item), SubjectOf(item), Slug.Of(item.Match.Level), Json.Write(item.Match.Reasons)];

    private static string KindOf(Found item) => item.ClaimId is null ? "project" : "claim";

    private static string SubjectOf(Found item) => item.ClaimId ?? item.Project!.Id;

    private sealed class LastReceipt
    {
        public long Sequence { get; init; }
        public DateTimeOffset ReceivedAt { get; init; }
        public required string ReceiptHash { get; init; }
    }

    private const string Last =
        "SELECT sequence, received_at, receipt_hash FROM claims WHERE sequence = (SELECT MAX(sequence) FROM claims)";

    private const string Insert = """
        INSERT INTO claims (sequence, id, project_id, jurisdiction_id, reported_by, reported_by_name, status, received_at, activated_at, expires_at, rule_set_id, extensions, name, report, contacts,
          own_project_id, too_many, salt, canonical, receipt_hash, previous_hash, version, updated_at)
        VALUES (@sequence, @id, @projectId, @unit, @by, @byName, @status, @now, @activatedAt, @expiresAt, @ruleSetId, 0, @name, @report, @contacts,
          @ownProjectId, @tooMany, @salt, @canonical, @hash, @previous, 1, @now);
        INSERT INTO counters (name, value) SELECT 'claims', 0 WHERE NOT EXISTS (SELECT 1 FROM counters WHERE name = 'claims');
        UPDATE counters SET value = @sequence WHERE name = 'claims'
        """;

    private const string UpdateMatch =
        "UPDATE claim_matches SET level = @level, reasons = @reasons WHERE claim_id = @claimId AND subject_kind = @kind AND subject_id = @subject";
    private static readonly BulkTable MatchTable = new(
        "claim_matches",
        "claim_id",
        "subject_kind",
        "subject_id",
        "level",
        "reasons"
    );
}
