using System.Text.Json.Serialization;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Store.Integration;

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
    /// <inheritdoc cref="InvestorBody.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="InvestorBody.Uscc"/>
    public string? Uscc { get; init; }

    /// <inheritdoc cref="InvestorBody.Country"/>
    public string? Country { get; init; }

    /// <inheritdoc cref="InvestorBody.GroupParent"/>
    public string? GroupParent { get; init; }

    /// <inheritdoc cref="InvestorBody.Fortune500"/>
    public bool? Fortune500 { get; init; }

    /// <inheritdoc cref="InvestorBody.China500"/>
    public bool? China500 { get; init; }

    /// <inheritdoc cref="InvestorBody.Listed"/>
    public bool? Listed { get; init; }

    /// <inheritdoc cref="InvestorBody.CentralSoe"/>
    public bool? CentralSoe { get; init; }

    /// <inheritdoc cref="InvestorBody.Specialised"/>
    public bool? Specialised { get; init; }

    /// <inheritdoc cref="InvestorBody.Primary"/>
    public required bool Primary { get; init; }
}

/// <summary>A project as a caller gets it: in full, as it stood (former owner), or its public summary. What may not be seen is absent.</summary>
public sealed record ProjectView : PlainFacts, IToldInPart
{
    bool IToldInPart.InPart => Summary == true;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its code, which people write and say.</summary>
    public required string Code { get; init; }

    /// <inheritdoc cref="ProjectBody.Name"/>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The unit that runs it.</summary>
    public required UnitRef Owner { get; init; }

    /// <summary>The unit that talked first; null where nobody did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public UnitRef? FirstTalk { get; init; }

    /// <inheritdoc cref="ProjectBody.Investors"/>
    public required IReadOnlyList<InvestorView> Investors { get; init; }

    /// <inheritdoc cref="ProjectBody.TotalInvestment"/>
    public Money? TotalInvestment { get; init; }

    /// <inheritdoc cref="ProjectBody.IndustryCode"/>
    public string? IndustryCode { get; init; }

    /// <summary>Whether this is the public summary only.</summary>
    public bool? Summary { get; init; }

    /// <summary>To a former owner: when it passed to another; it is told as it stood then.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <inheritdoc cref="ProjectBody.NationalCode"/>
    public string? NationalCode { get; init; }

    /// <inheritdoc cref="ProjectBody.Secret"/>
    public bool? Secret { get; init; }

    /// <inheritdoc cref="ProjectBody.Chain"/>
    public string? Chain { get; init; }

    /// <summary>Whether its class is one of manufacturing.</summary>
    public bool? Manufacturing { get; init; }

    /// <summary>Whether an investor comes from abroad.</summary>
    public bool? Foreign { get; init; }

    /// <inheritdoc cref="ProjectBody.LandingPlace"/>
    public PlaceBody? LandingPlace { get; init; }

    /// <inheritdoc cref="ProjectBody.ProvincialZone"/>
    public bool? ProvincialZone { get; init; }

    /// <inheritdoc cref="ProjectBody.Contacts"/>
    public IReadOnlyList<PersonBody>? Contacts { get; init; }

    /// <inheritdoc cref="ProjectBody.Leaders"/>
    public IReadOnlyList<string>? Leaders { get; init; }

    /// <inheritdoc cref="ProjectBody.Referrer"/>
    public string? Referrer { get; init; }

    /// <summary>On which days it reached the stages.</summary>
    public StageDatesView? StageDates { get; init; }

    /// <summary>The day it was terminated.</summary>
    public DateOnly? TerminatedOn { get; init; }

    /// <summary>The active claim, else the last that was; null where there never was one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ProjectClaim? Claim { get; init; }

    /// <summary>A move that waits for the centre.</summary>
    public PendingMove? PendingMove { get; init; }
    public Light? Light { get; init; }

    /// <summary>What is remarkable about it, as stable codes.</summary>
    public IReadOnlyList<string>? Flags { get; init; }

    /// <summary>Whether it is large enough that it must be reported before it may be negotiated.</summary>
    public bool? ReportRequired { get; init; }

    /// <summary>Of a single project, to a key: its own reference to it.</summary>
    public ExternalRef? ExternalRef { get; init; }

    /// <summary>The version, which its `ETag` bears.</summary>
    public required long Version { get; init; }

    /// <summary>When it came into the library.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What the caller may do with it now.</summary>
    public IReadOnlyList<string>? AllowedActions { get; init; }

    /// <summary>What the next move still lacks.</summary>
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
    public const string RaiseProblem = "raise-problem";
    public const string AddTeamMember = "add-team-member";
    public const string SubmitCapital = "submit-capital";
    public const string ProposeAgreement = "propose-agreement";

    /// <summary>Somebody was named as the referrer, and may be asked for.</summary>
    public const string ReadReferrer = "read-referrer";

    public static string MoveTo(Stage stage) => $"move-to-{Slug.Of(stage)}";

    /// <summary>What this caller may do with a project by now.</summary>
    public static List<string> Of(ProjectRow row, Caller caller, Relations relation, RuleSet rules, DateOnly today)
    {
        var actions = new List<string>();
        var (project, unit) = (row.Acted(), row.Acting(caller));
        void Offer(string action, Act act, Refusal? refusal)
        {
            if (refusal is null && Permissions.Allows(caller, act, relation))
                actions.Add(action);
        }

        Offer(Edit, Act.EditProject, ProjectActs.RefuseEdit(project));
        Offer(RecordProgress, Act.RecordProgress, ProjectActs.RefuseProgress(project, unit));
        Offer(AddFile, Act.AddFile, ProjectActs.RefuseFile(project));
        if (Permissions.Allows(caller, Act.SubmitMove, relation))
        {
            var open = ProjectActs.OpenMoves(project, unit, today, rules).ToHashSet();
            if (open.Contains(row.At + 1) && row.At + 1 < Stage.Terminated)
                actions.Add(MoveTo(row.At + 1));
            if (open.Any(to => to < row.At && row.At != Stage.Terminated))
                actions.Add(MoveBack);
            if (open.Contains(Stage.Terminated))
                actions.Add(Terminate);
            if (row.At == Stage.Terminated && open.Count > 0)
                actions.Add(Reactivate);
        }

        if (
            Permissions.Allows(caller, Act.ProposeTransfer, relation)
            && Domain.Transfers.TransferRules.MayPropose(row.Transferable(caller), rules) is null
        )
            actions.Add(ProposeTransfer);
        Offer(FileNotice, Act.FileSigningNotice, ProjectActs.RefuseNotice(project, unit));
        Offer(RaiseProblem, Act.RaiseProblem, ProjectActs.RefuseProblem(project));
        Offer(AddTeamMember, Act.ManageTeam, ProjectActs.RefuseTeamMember(project));
        if (Domain.Capital.CapitalEntries.MaySubmit(row.At) && Permissions.Allows(caller, Act.SubmitCapital, relation))
            actions.Add(SubmitCapital);
        Offer(ProposeAgreement, Act.ProposeAgreement, ProjectActs.RefuseEdit(project));
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
