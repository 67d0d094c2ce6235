using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.OfficeLeads;
using Pipeline.Domain.Projects;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api.Features.OfficeLeads;

/// <summary>Submits a lead of an out-posted office to the centre (R137). It is no report, and gives no place in any queue (R11).</summary>
public static class SubmitLead
{
    public sealed record Request
    {
        /// <summary>The office that found it: the caller's own; for the centre to say.</summary>
        public string? OfficeId { get; init; }
        public string? Title { get; init; }

        /// <summary>Without investor, content, scale and a named contact it is taken, but cannot be judged valid.</summary>
        public string? Investor { get; init; }

        /// <summary>What is to be invested in.</summary>
        public string? Content { get; init; }

        /// <summary>How large it is to be, in words.</summary>
        public string? Scale { get; init; }
        public IReadOnlyList<PersonBody>? Contacts { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.OfficeId).RecordId();
            RuleFor(request => request.Title).Required().Line(200);
            RuleFor(request => request.Investor).Line(200);
            RuleFor(request => request.Content).Text(2000);
            RuleFor(request => request.Scale).Line(500);
            RuleFor(request => request.Contacts).AtMost(20);
            RuleForEach(request => request.Contacts)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .SetValidator(Validation.Of<PersonRules>());
        }
    }

    public static async Task<IResult> Handle(Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var (caller, request) = (call.Caller, body.Value);
            if (body.Refusal is { } malformed)
                return malformed;
            if (caller.Unit is { } own && !await IsOffice(session, own))
                return new Refusal(RefusalKind.Rule, "office-people-only");
            var office = await OfficeOf(session, caller, request!.OfficeId);
            if (office.Refusal is { } refusal)
                return refusal;
            await session.Lock(LockName.Resources);
            var id = Ids.New();
            await Store(session, caller, id, office.Value, request);
            return await ReadLeads.Told(session, caller, id, 201);
        });
    }

    /// <summary>Stores a lead that was checked. The caller holds the lock.</summary>
    internal static async Task Store(Session session, Caller by, string id, string office, Request request)
    {
        var people = new PersonalFacts { Contacts = request.Contacts ?? [] };
        await session.Execute(
            Insert,
            new
            {
                id,
                office,
                title = request.Title!.Trim(),
                investor = Trimmed(request.Investor),
                content = Trimmed(request.Content),
                scale = Trimmed(request.Scale),
                contacts = people.Seal(session),
                status = Slug.Of(OfficeLeadStatus.Submitted),
                due = OfficeLeadRules.DueOn(OfficeLeadStatus.Submitted, session.Today, session.Today),
                today = session.Today,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );
        PersonMarks.Set(session, PersonMarks.OfficeLead, id, people.Contacts, null, isNew: true);
        await session.Raise(
            new LeadProceeded(id, request.Title.Trim(), office, null, OfficeLeadStatus.Submitted, null, by)
        );
    }

    /// <summary>The office whose lead it is: the caller's, or the one that the centre names.</summary>
    private static async Task<Result<string>> OfficeOf(Session session, Caller caller, string? asked)
    {
        if (caller.Unit is { } own)
            return asked is null || asked == own ? own : Refusal.Invalid(new FieldError("officeId", "own-unit"));
        if (asked is null)
            return Refusal.Invalid(new FieldError("officeId", "required"));
        return await IsOffice(session, asked) ? asked : Refusal.Invalid(new FieldError("officeId", "unknown-office"));
    }

    private static async Task<bool> IsOffice(Session session, string id) =>
        await JurisdictionRow.ById(session, id) is { Active: true } unit
        && Slug.To<JurisdictionKind>(unit.Kind) == JurisdictionKind.Office;

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private const string Insert = """
        INSERT INTO office_leads (id, office_id, title, investor, content, scale, contacts, status, due_on, submitted_on, submitted_by, submitted_by_name, submitted_at, version, updated_at)
        VALUES (@id, @office, @title, @investor, @content, @scale, @contacts, @status, @due, @today, @by, @byName, @now, 1, @now)
        """;
}
