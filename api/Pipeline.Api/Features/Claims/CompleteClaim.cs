using System.Security.Cryptography;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;
using Pipeline.Store.Files;

namespace Pipeline.Api.Features.Claims;

/// <summary>A unit completes a report that was returned to it (R14b). The report keeps its number, its instant of receipt and its place; what it said before stays sealed, and the completion gets a receipt of its own.</summary>
public sealed class CompleteClaim(SettleClaims settle, RuleBooks ruleBooks)
{
    public sealed record Request
    {
        /// <summary>The facts as they are to stand; absent: as they stood, and of a report on one's own project as the project has them now.</summary>
        public ProjectBody? Project { get; init; }

        /// <summary>Contacts to add. Those that the report was received with stay.</summary>
        public IReadOnlyList<ReportContact>? Contacts { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Project!)
                .SetValidator(ProjectRules.Lenient)
                .When(request => request.Project is not null);
            RuleFor(request => request.Contacts).AtMost(100);
            RuleForEach(request => request.Contacts)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .SetValidator(Validation.Of<ReportContact.Validator>());
        }
    }

    public static async Task<IResult> Handle(string id, Call call, CompleteClaim complete)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(session => complete.Take(session, call, id, body));
    }

    private async Task<Reply> Take(Session session, Call call, string id, Parsed<Request> body)
    {
        await session.Lock(LockName.Intake);
        var loaded = await AnswerClaim.ForWrite(session, settle, call, id, Act.CompleteClaim);
        if (loaded.Refusal is { } refusal)
            return refusal;
        if (body.Refusal is { } malformed)
            return malformed;
        var (claim, request) = (loaded.Value, body.Value!);
        var judged = await Judge(session, call.Caller, claim, request);
        if (judged.Refusal is { } incomplete)
            return incomplete;
        if (ClaimDecisions.RefuseCompletion(claim.At, claim.ReturnedUntil, session.Now) is { } notNow)
            return notNow;
        if (call.ValidateOnly)
            return Reply.NothingStored;

        var report = judged.Value;
        var people = new ClaimPeople
        {
            People = report.Contacts ?? [],
            Referrer = report.Referrer,
            Channel = report.Channel,
            FirstContactOn = report.FirstContactOn,
            Contacts = [.. claim.People.Contacts, .. request.Contacts ?? []],
        };
        var book = await ruleBooks.Load(session);
        var findings = await FindMatches.Find(
            session,
            report.Facts(),
            book.At(session.Now),
            claim.OwnProjectId,
            (claim.Sequence, claim.ReceivedAt)
        );
        await Store(session, call.Caller, claim, report, people, findings.TooMany);
        await ReportProject.Remember(session, id, findings.Found);
        await AttachFiles.To(
            session,
            (request.Contacts ?? []).SelectMany(contact => contact.Files ?? []),
            claim.ProjectId,
            id
        );
        if ((claim.ProjectId ?? claim.OwnProjectId) is { } projectId)
            Timeline.Add(
                session,
                projectId,
                EntryKind.ClaimCompleted,
                call.Caller,
                claim.JurisdictionId,
                after: new { claimId = id }
            );
        await session.Raise(new ReportCompleted(id, claim.JurisdictionId, claim.At, call.Caller));
        var row = (await LoadClaim.For(session, call.Caller, id))!;
        return AnswerClaim.With(session, call.Caller, row, book);
    }

    /// <summary>The report as it is to stand, or why it is not complete. As at receipt, nothing of others is looked at (R12, R20); the contact that it rests on is judged by the day of receipt.</summary>
    private async Task<Result<ProjectBody>> Judge(Session session, Caller unit, ClaimRow claim, Request request)
    {
        var added = request.Contacts ?? [];
        if (request.Project is null && added.Count == 0 && claim.OwnProjectId is null)
            return Refusal.Invalid(new FieldError("project", "nothing-completed"));
        if (claim.People.Contacts.Count + added.Count > 100)
            return Refusal.Invalid(new FieldError("contacts", "count", 100));
        var report = request.Project ?? await OwnFacts(session, claim) ?? claim.ReportWithPeople();
        if (await Leaders.Unknown(session, request.Project?.Leaders, "project.leaders") is { } unknownLeader)
            return unknownLeader;
        var rules = (await ruleBooks.Load(session)).ById(claim.RuleSetId);
        if (report.TotalInvestment is { } total && !rules.MustBeReported(total, session.Today.Year))
            return new Refusal(RefusalKind.Rule, "below-threshold");
        var receivedOn = Shanghai.DateOf(claim.ReceivedAt);
        var errors = Intake
            .Incomplete(
                report.Name,
                report.PrimaryInvestor(),
                report.TotalInvestment,
                report.IndustryCode,
                [
                    .. claim
                        .People.Contacts.Concat(added)
                        .Select(contact => contact.ToContact())
                        .Where(contact => contact.OccurredOn <= receivedOn),
                ],
                receivedOn,
                rules
            )
            .ToList();
        if (added.Any(contact => contact.OccurredOn > session.Today))
            errors.Add(new FieldError("contacts", "future"));
        errors.AddRange(
            await AttachFiles.Unknown(
                session,
                unit,
                added.Select((contact, index) => (contact.Files ?? [], $"contacts[{index}].files"))
            )
        );
        return errors.Count > 0 ? new Refusal(RefusalKind.Rule, "report-incomplete", errors) : report;
    }

    private static async Task<ProjectBody?> OwnFacts(Session session, ClaimRow claim) =>
        claim.OwnProjectId is { } ownId
        && await LoadProject.ById(session, ownId) is { } own
        && own.OwnerId == claim.JurisdictionId
            ? own.Body()
            : null;

    private static async Task Store(
        Session session,
        Caller unit,
        ClaimRow claim,
        ProjectBody report,
        ClaimPeople people,
        bool tooMany
    )
    {
        var earlier = await session.Query<Receipts.Completion>(Receipts.Completions, new { claimId = claim.Id });
        var previous = earlier is [.., var last] ? last.ReceiptHash : claim.ReceiptHash;
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var canonical = Receipts.OfCompletion(claim, claim.Returns, session.Now, report, people, salt, previous);
        await StageTotals.ChangingClaims(session, [claim.Id]);
        await session.ExecuteOnOne(
            Complete,
            new
            {
                id = claim.Id,
                number = claim.Returns,
                now = session.Now,
                by = unit.UserId,
                byName = unit.DisplayName,
                before = Json.Write(claim.ReportWithPeople() with { Contacts = null, Referrer = null }),
                salt,
                canonical,
                hash = Pipeline.Data.Canonical.Hash(canonical),
                previous,
            }
        );
        await session.ExecuteOnOne(
            Update,
            new
            {
                id = claim.Id,
                name = report.Name,
                report = Json.Write(
                    report with
                    {
                        Contacts = null,
                        Referrer = null,
                        Channel = null,
                        FirstContactOn = null,
                    }
                ),
                contacts = session.Vault.Seal(Json.Write(people)),
                tooMany = tooMany ? 1 : 0,
                now = session.Now,
            }
        );
        PersonMarks.Set(session, PersonMarks.Claim, claim.Id, people.People, people.Referrer);
    }

    private const string Complete = """
        UPDATE claim_returns SET completed_at = @now, completed_by = @by, completed_by_name = @byName, report_before = @before, salt = @salt, canonical = @canonical,
          receipt_hash = @hash, previous_hash = @previous
        WHERE claim_id = @id AND number = @number AND completed_at IS NULL
        """;
    private const string Update = """
        UPDATE claims SET completed_name = @name, completed_report = @report, contacts = @contacts, too_many = @tooMany, returned_until = NULL, version = version + 1, updated_at = @now
        WHERE id = @id AND returned_until IS NOT NULL
        """;
}
