using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Claims;

/// <summary>How a contact with the investor came about; a call is no substantive one (R12).</summary>
public enum ContactKind
{
    Visit,
    Reception,
    Meeting,
    Letter,
    Call,
    Other,
}

/// <summary>A contact that a report rests on.</summary>
public sealed record Contact(ContactKind Kind, DateOnly OccurredOn)
{
    /// <summary>Whether it counts towards a complete report (R12).</summary>
    public bool Substantive =>
        Kind is ContactKind.Visit or ContactKind.Reception or ContactKind.Meeting or ContactKind.Letter;
}

/// <summary>A project that a report matched, as far as the outcome depends on it.</summary>
/// <param name="EverActive">Whether any claim on it was ever active.</param>
/// <param name="ActiveHolder">The unit that holds the active claim.</param>
/// <param name="Waiting">Units with a queued claim.</param>
/// <param name="LastWindow">The last window that ended: whose, and when.</param>
/// <param name="Barred">Units that a proven false report bars from it (R23).</param>
public sealed record KnownProject(
    string Id,
    Stage Stage,
    string OwnerId,
    bool Secret,
    bool EverActive,
    string? ActiveHolder,
    IReadOnlyList<string> Waiting,
    (string HolderId, DateTimeOffset EndedAt)? LastWindow,
    IReadOnlyList<string>? Barred = null
)
{
    /// <summary>Whether the investment has left the talks: nothing can be claimed any more.</summary>
    public bool SignedOrLater => Stage is not (Stage.InTalks or Stage.Terminated);
}

/// <summary>One thing in the library or under review that a report matched.</summary>
public sealed record Found(Match Match, KnownProject? Project, string? ClaimId, string? ClaimantId)
{
    /// <summary>The unit whose project, or claim, it is.</summary>
    public string? OwnerId => Project?.OwnerId ?? ClaimantId;
}

/// <summary>What becomes of a complete report (R14).</summary>
public abstract record IntakeOutcome
{
    /// <summary>Nothing like it: a new project, owned by the reporter, claim active.</summary>
    public sealed record NewProject : IntakeOutcome;

    /// <summary>The same as a project that is free: active on it.</summary>
    public sealed record ActiveOn(string ProjectId) : IntakeOutcome;

    /// <summary>The same as a project under another's claim: waits.</summary>
    public sealed record QueuedOn(string ProjectId) : IntakeOutcome;

    /// <summary>The centre has to decide.</summary>
    public sealed record Review : IntakeOutcome;

    /// <summary>Refused.</summary>
    public sealed record Refused(Refusal Refusal) : IntakeOutcome;
}

/// <summary>Who is first (R11–R14).</summary>
public static class Intake
{
    /// <summary>The one project that a report is of by what it matched (R13, L1); null when there is none, or more than one.</summary>
    public static KnownProject? SameProject(IReadOnlyList<Found> found) =>
        found
            .Where(item => item.Match.Level == MatchLevel.L1)
            .Select(item => item.Project)
            .OfType<KnownProject>()
            .DistinctBy(project => project.Id)
            .ToList()
            is [var only]
            ? only
            : null;

    /// <summary>Judges what a report found (R14), at receipt.</summary>
    /// <param name="reporterId">The reporting unit.</param>
    /// <param name="ownProject">The reporter's own project that is being claimed, if the report names one.</param>
    /// <param name="found">Everything it matched.</param>
    /// <param name="tooMany">More fuzzy candidates than can be weighed (R13): the centre decides.</param>
    /// <param name="contacts">The contacts it rests on.</param>
    public static IntakeOutcome Judge(
        string reporterId,
        KnownProject? ownProject,
        IReadOnlyList<Found> found,
        bool tooMany,
        IReadOnlyList<Contact> contacts
    )
    {
        var same = found.Where(item => item.Match.Level == MatchLevel.L1).ToList();
        var target = ownProject ?? SameProject(found);

        if (
            same.Any(item => item.ClaimantId == reporterId)
            || (target is not null && (target.ActiveHolder == reporterId || target.Waiting.Contains(reporterId)))
        )
        {
            return Refuse(RefusalKind.Conflict, "claim-already-held");
        }

        if (
            ownProject?.Barred?.Contains(reporterId) == true
            || same.Any(item => item.Project?.Barred?.Contains(reporterId) == true)
        )
            return Refuse(RefusalKind.Conflict, "unit-barred");

        if (found.Any(item => item.Project is { Secret: true } project && project.OwnerId != reporterId))
            return new IntakeOutcome.Review();

        var projects = same.Where(item => item.Project is not null)
            .Select(item => item.Project!.Id)
            .Append(ownProject?.Id)
            .OfType<string>()
            .Distinct()
            .Count();
        if (tooMany || projects > 1 || found.Any(item => item.ClaimId is not null))
            return new IntakeOutcome.Review();
        if (target is null)
            return found.Count == 0 ? new IntakeOutcome.NewProject() : new IntakeOutcome.Review();
        if (ownProject is not null && found.Any(item => item.Project!.Id != ownProject.Id))
            return new IntakeOutcome.Review();
        return OnSame(target, reporterId, contacts);
    }

    /// <summary>The report is of this very project.</summary>
    private static IntakeOutcome OnSame(KnownProject project, string reporterId, IReadOnlyList<Contact> contacts)
    {
        if (project.SignedOrLater)
            return Refuse(RefusalKind.Conflict, "project-already-signed");
        if (project.ActiveHolder is not null || project.Waiting.Count > 0)
            return new IntakeOutcome.QueuedOn(project.Id);
        if (!project.EverActive)
            return project.OwnerId == reporterId ? new IntakeOutcome.ActiveOn(project.Id) : new IntakeOutcome.Review();
        if (
            project.LastWindow is { } last
            && last.HolderId == reporterId
            && !contacts.Any(contact => contact.Substantive && contact.OccurredOn > Shanghai.DateOf(last.EndedAt))
        )
        {
            return new IntakeOutcome.Refused(
                new Refusal(
                    RefusalKind.Rule,
                    "report-incomplete",
                    [new FieldError("contacts", "contact-after-window", Shanghai.DateOf(last.EndedAt))]
                )
            );
        }

        return new IntakeOutcome.ActiveOn(project.Id);
    }

    private static IntakeOutcome.Refused Refuse(RefusalKind kind, string slug) => new(new Refusal(kind, slug));

    /// <summary>What keeps a report from being complete at receipt (R12); empty when it is.</summary>
    public static IReadOnlyList<FieldError> Incomplete(
        string? name,
        string? primaryInvestor,
        Money? total,
        string? industryCode,
        IReadOnlyList<Contact> contacts,
        DateOnly receivedOn,
        Rules.RuleSet rules,
        string projectPath = "project."
    )
    {
        var errors = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(name))
            errors.Add(new FieldError(projectPath + "name", "required"));
        if (string.IsNullOrWhiteSpace(primaryInvestor))
            errors.Add(new FieldError(projectPath + "investors", "primary-investor-needed"));
        else if (InvestorIdentity.IsGeneric(primaryInvestor))
            errors.Add(new FieldError(projectPath + "investors", "investor-not-identified", primaryInvestor));
        if (total is null)
            errors.Add(new FieldError(projectPath + "totalInvestment", "required"));
        if (string.IsNullOrWhiteSpace(industryCode))
            errors.Add(new FieldError(projectPath + "industryCode", "required"));

        var oldest = rules.ContactMaxAge.Before(receivedOn);
        if (contacts.Any(contact => contact.OccurredOn > receivedOn))
            errors.Add(new FieldError("contacts", "future"));
        if (
            !contacts.Any(contact =>
                contact.Substantive && contact.OccurredOn >= oldest && contact.OccurredOn <= receivedOn
            )
        )
            errors.Add(new FieldError("contacts", "substantive-contact-needed", oldest));
        return errors;
    }
}
