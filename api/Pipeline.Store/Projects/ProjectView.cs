using System.Text.Json.Serialization;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Projects;

/// <summary>A unit by id and name.</summary>
public sealed record UnitRef(string Id, string Name);

/// <summary>A person by id and name.</summary>
public sealed record PersonRef(string Id, string Name);

/// <summary>The claim that matters on a project: the active one, else the last that was.</summary>
public sealed record ProjectClaim(string Id, Domain.Claims.ClaimStatus Status, DateTimeOffset? ExpiresAt);

/// <summary>A move that waits for the centre.</summary>
public sealed record PendingMove(string Id, Stage To, string Status);

/// <summary>What the next move still lacks.</summary>
public sealed record MissingMember(Stage To, string Field);

/// <summary>The days on which the stages were reached.</summary>
public sealed record StageDatesView(
    DateOnly? InTalks,
    DateOnly? Signed,
    DateOnly? Registered,
    DateOnly? Started,
    DateOnly? InProduction
);

/// <summary>An investor in a project; of another unit's project only the name.</summary>
public sealed record InvestorView
{
    public required string Name { get; init; }
    public string? Uscc { get; init; }
    public string? Country { get; init; }
    public string? GroupParent { get; init; }
    public bool? Fortune500 { get; init; }
    public bool? China500 { get; init; }
    public bool? Listed { get; init; }
    public bool? CentralSoe { get; init; }
    public bool? Specialised { get; init; }
    public required bool Primary { get; init; }
}

/// <summary>A project as a caller gets it: in full, as it stood (former owner), or its public summary. What may not be seen is absent.</summary>
public sealed record ProjectView : IToldInPart
{
    bool IToldInPart.InPart => Summary == true;

    public required string Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required Stage Stage { get; init; }
    public required UnitRef Owner { get; init; }

    /// <summary>The unit that talked first; null where nobody did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public UnitRef? FirstTalk { get; init; }
    public required IReadOnlyList<InvestorView> Investors { get; init; }
    public Money? TotalInvestment { get; init; }
    public string? IndustryCode { get; init; }
    public bool? Summary { get; init; }
    public DateTimeOffset? AsOf { get; init; }
    public string? NationalCode { get; init; }
    public bool? Secret { get; init; }
    public Money? FixedInvestment { get; init; }
    public Money? ForeignCapital { get; init; }
    public string? Chain { get; init; }
    public bool? Manufacturing { get; init; }
    public bool? Foreign { get; init; }
    public BuildKind? BuildKind { get; init; }
    public PlaceBody? LandingPlace { get; init; }
    public bool? ProvincialZone { get; init; }
    public decimal? LandMu { get; init; }
    public decimal? EnergyTce { get; init; }
    public int? Jobs { get; init; }
    public Money? AnnualOutput { get; init; }
    public Money? AnnualTax { get; init; }
    public IReadOnlyList<PersonBody>? Contacts { get; init; }
    public IReadOnlyList<string>? Leaders { get; init; }
    public string? Referrer { get; init; }
    public Channel? Channel { get; init; }
    public DateOnly? FirstContactOn { get; init; }
    public DateOnly? PlannedSigningOn { get; init; }
    public DateOnly? PlannedStartOn { get; init; }
    public DateOnly? PlannedProductionOn { get; init; }
    public StageDatesView? StageDates { get; init; }
    public DateOnly? TerminatedOn { get; init; }

    /// <summary>The active claim, else the last that was; null where there never was one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ProjectClaim? Claim { get; init; }
    public PendingMove? PendingMove { get; init; }
    public Light? Light { get; init; }
    public IReadOnlyList<string>? Flags { get; init; }
    public bool? ReportRequired { get; init; }
    public required long Version { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public IReadOnlyList<string>? AllowedActions { get; init; }
    public IReadOnlyList<MissingMember>? Missing { get; init; }
}

/// <summary>What may be done with a project, as the pages offer it.</summary>
public static class ProjectActions
{
    public const string Edit = "edit";
    public const string RecordProgress = "record-progress";
    public const string AddFile = "add-file";
    public const string MoveBack = "move-back";
    public const string Terminate = "terminate";
    public const string Reactivate = "reactivate";
    public const string ReportClaim = "report-claim";
    public const string ProposeTransfer = "propose-transfer";
    public const string FileNotice = "file-notice";
    public const string SubmitCapital = "submit-capital";
    public const string ProposeAgreement = "propose-agreement";

    public static string MoveTo(Stage stage) => $"move-to-{Slug.Of(stage)}";

    /// <summary>What this caller may do with a project by now.</summary>
    public static List<string> Of(ProjectRow row, Caller caller, Relations relation, RuleSet rules, DateOnly today)
    {
        var actions = new List<string>();
        var centre = caller.Role == Role.Coordinator;
        var heldByAnother =
            row.ClaimStatus == "active" && row.ClaimUnit != caller.JurisdictionId && relation != Relations.Partner;
        var terminated = row.At == Stage.Terminated;
        if (!terminated && Permissions.Allows(caller, Act.EditProject, relation))
            actions.Add(Edit);
        if (
            !terminated
            && !row.ReportRequired
            && !heldByAnother
            && Permissions.Allows(caller, Act.RecordProgress, relation)
        )
            actions.Add(RecordProgress);
        if (!terminated && !row.ReportRequired && Permissions.Allows(caller, Act.AddFile, relation))
            actions.Add(AddFile);
        if (Permissions.Allows(caller, Act.SubmitMove, relation) && row.PendingMoveId is null)
        {
            if (row.At < Stage.InProduction && !row.ReportRequired && !heldByAnother)
                actions.Add(MoveTo(row.At + 1));
            if (centre && row.At is > Stage.InTalks and < Stage.Terminated)
                actions.Add(MoveBack);
            if (!terminated)
                actions.Add(Terminate);
            if (centre && terminated && row.TerminatedOn is { } ended && rules.Reactivation.After(ended) >= today)
                actions.Add(Reactivate);
        }

        if (
            Permissions.Allows(caller, Act.ProposeTransfer, relation)
            && Domain.Transfers.Transfers.MayPropose(row.Transferable(caller), rules) is null
        )
            actions.Add(ProposeTransfer);
        if (
            row.At == Stage.InTalks
            && !row.ReportRequired
            && !heldByAnother
            && Permissions.Allows(caller, Act.FileSigningNotice, relation)
        )
            actions.Add(FileNotice);
        if (Domain.Capital.CapitalEntries.MaySubmit(row.At) && Permissions.Allows(caller, Act.SubmitCapital, relation))
            actions.Add(SubmitCapital);
        if (!terminated && Permissions.Allows(caller, Act.ProposeAgreement, relation))
            actions.Add(ProposeAgreement);
        if (
            Permissions.Allows(caller, Act.ReportProject, relation)
            && relation == Relations.Own
            && row.At == Stage.InTalks
            && row.ClaimStatus != "active"
            && row.Amount is { } amount
            && rules.MustBeReported(Money.FromHundredths(amount, row.Currency!), today.Year)
        )
        {
            actions.Add(ReportClaim);
        }

        return actions;
    }
}
