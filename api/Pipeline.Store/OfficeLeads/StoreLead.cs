using FluentValidation;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.OfficeLeads;
using Pipeline.Domain.Projects;
using Pipeline.Store.Jurisdictions;
using Pipeline.Store.People;
using Pipeline.Store.Projects;

namespace Pipeline.Store.OfficeLeads;

public sealed record LeadBody
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

public sealed class LeadBodyRules : AbstractValidator<LeadBody>
{
    public LeadBodyRules()
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

/// <summary>Puts leads of out-posted offices on record (R137). The caller holds the lock of the resources.</summary>
public static class StoreLead
{
    /// <summary>Stores a new lead that was checked.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> Add(Session session, Caller by, string office, LeadBody request)
    {
        var id = Ids.New();
        var people = new PersonalFacts { Contacts = request.Contacts ?? [] };
        await session.Execute(
            Insert,
            new
            {
                id,
                office,
                title = request.Title!.Trim(),
                investor = Texts.Trimmed(request.Investor),
                content = Texts.Trimmed(request.Content),
                scale = Texts.Trimmed(request.Scale),
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
        return id;
    }

    /// <summary>A lead of the same office, title and investor; null: there is none.</summary>
    public static async Task<OfficeLeadRow?> FindSame(Session session, string office, LeadBody request)
    {
        var (title, investor) = (SearchText.Of(request.Title!), SearchText.Of(request.Investor ?? ""));
        var rows = await session.Query<OfficeLeadRow>(
            $"{OfficeLeadRow.Select} WHERE l.office_id = @office ORDER BY l.seq",
            new { office }
        );
        return rows.FirstOrDefault(row =>
            SearchText.Of(row.Title) == title && SearchText.Of(row.Investor ?? "") == investor
        );
    }

    /// <summary>The office whose lead it is: the caller's, or the one that the centre names.</summary>
    public static async Task<Result<string>> OfficeOf(Session session, Caller caller, string? asked)
    {
        if (caller.Unit is { } unit && !await IsOffice(session, unit))
            return new Refusal(RefusalKind.Rule, "office-people-only");
        if (caller.Unit is { } own)
            return asked is null || asked == own ? own : Refusal.Invalid(new FieldError("officeId", "own-unit"));
        if (asked is null)
            return Refusal.Invalid(new FieldError("officeId", "required"));
        return await IsOffice(session, asked) ? asked : Refusal.Invalid(new FieldError("officeId", "unknown-office"));
    }

    private static async Task<bool> IsOffice(Session session, string id) =>
        await JurisdictionRow.ById(session, id) is { Active: true } unit
        && Slug.To<JurisdictionKind>(unit.Kind) == JurisdictionKind.Office;

    private const string Insert = """
        INSERT INTO office_leads (id, office_id, title, investor, content, scale, contacts, status, due_on, submitted_on, submitted_by, submitted_by_name, submitted_at, version, updated_at)
        VALUES (@id, @office, @title, @investor, @content, @scale, @contacts, @status, @due, @today, @by, @byName, @now, 1, @now)
        """;
}
