namespace Pipeline.Domain.OfficeLeads;

/// <summary>Where a lead of an out-posted office stands (R137).</summary>
public enum OfficeLeadStatus
{
    Submitted,
    Answered,
    Valid,
    Invalid,

    /// <summary>A unit has it and reports on it.</summary>
    Assigned,
    Declined,

    /// <summary>It became a project.</summary>
    Project,
    Ended,
}

/// <summary>What is done with a lead.</summary>
public enum OfficeLeadStep
{
    Answer,
    Judge,
    Assign,
    Decline,
    Report,
    Close,
}

/// <summary>What a valid lead names.</summary>
public enum OfficeLeadPart
{
    Investor,
    Content,
    Scale,
    Contacts,
}

/// <summary>The way of a lead from an out-posted office by the centre to a unit (R137).</summary>
public static class OfficeLeadRules
{
    /// <summary>Within so many calendar days of the submission it is answered, judged, and assigned or declined; on an assigned one it is reported at least as often as the last says. The last day is in time.</summary>
    public const int AnswerWithin = 1,
        JudgeWithin = 3,
        PlaceWithin = 7,
        ReportEvery = 14;

    /// <summary>What a lead still has to name to be valid.</summary>
    public static IReadOnlyList<OfficeLeadPart> Missing(
        string? investor,
        string? content,
        string? scale,
        bool namesContact
    ) =>
        [
            .. new[]
            {
                (OfficeLeadPart.Investor, !string.IsNullOrWhiteSpace(investor)),
                (OfficeLeadPart.Content, !string.IsNullOrWhiteSpace(content)),
                (OfficeLeadPart.Scale, !string.IsNullOrWhiteSpace(scale)),
                (OfficeLeadPart.Contacts, namesContact),
            }
                .Where(part => !part.Item2)
                .Select(part => part.Item1),
        ];

    /// <summary>The last day for what is due next; null: nothing is.</summary>
    /// <param name="lastReportOn">The day of the last report on an assigned one; before the first, of its assignment.</param>
    public static DateOnly? DueOn(OfficeLeadStatus status, DateOnly submittedOn, DateOnly lastReportOn) =>
        status switch
        {
            OfficeLeadStatus.Submitted => submittedOn.AddDays(AnswerWithin),
            OfficeLeadStatus.Answered => submittedOn.AddDays(JudgeWithin),
            OfficeLeadStatus.Valid => submittedOn.AddDays(PlaceWithin),
            OfficeLeadStatus.Assigned => lastReportOn.AddDays(ReportEvery),
            _ => null,
        };

    public static bool IsOverdue(DateOnly? dueOn, DateOnly today) => dueOn < today;

    /// <summary>What can be done next.</summary>
    public static IReadOnlyList<OfficeLeadStep> Next(OfficeLeadStatus status) =>
        status switch
        {
            OfficeLeadStatus.Submitted => [OfficeLeadStep.Answer],
            OfficeLeadStatus.Answered => [OfficeLeadStep.Judge],
            OfficeLeadStatus.Valid => [OfficeLeadStep.Assign, OfficeLeadStep.Decline],
            OfficeLeadStatus.Assigned => [OfficeLeadStep.Report, OfficeLeadStep.Close],
            _ => [],
        };

    /// <returns>Why the step is not next; null when it is.</returns>
    public static Refusal? MayTake(OfficeLeadStatus status, OfficeLeadStep step) =>
        Next(status).Contains(step) ? null : new Refusal(RefusalKind.Conflict, "lead-state", status);

    /// <returns>Why a lead cannot be judged valid; null when it can.</returns>
    public static Refusal? MayBeValid(IReadOnlyList<OfficeLeadPart> missing) =>
        missing.Count == 0
            ? null
            : new Refusal(
                RefusalKind.Rule,
                "lead-incomplete",
                [.. missing.Select(part => new FieldError(part.ToString().ToLowerInvariant(), "required"))]
            );
}
