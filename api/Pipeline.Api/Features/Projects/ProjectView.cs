using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pipeline.Api.Features.RuleSets;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Projects;

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
public sealed record StageDatesView(DateOnly? InTalks, DateOnly? Signed, DateOnly? Registered, DateOnly? Started, DateOnly? InProduction);

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

    public static string MoveTo(Stage stage) => $"move-to-{Slug.Of(stage)}";
}

/// <summary>Makes the representation of a project that a caller may have.</summary>
public static class ProjectPresenter
{
    /// <summary>What a former owner keeps: the project as it stood, and when that was.</summary>
    public static (JsonNode Body, long Version) Kept(ProjectRow row)
    {
        var snapshot = JsonNode.Parse(row.Snapshot!)!.AsObject();
        snapshot["asOf"] = Json.Node(row.LostAt!.Value);
        return (snapshot, snapshot["version"]!.GetValue<long>());
    }

    /// <summary>The representation for lists, or for a single record with what may be done.</summary>
    public static ProjectView Of(ProjectRow row, Caller caller, RuleSet rules, DateOnly today, bool single = false)
    {
        var relation = row.RelationOf(caller);
        var view = relation is Relations.Own or Relations.City or Relations.Partner ? Full(row, rules, today) : SummaryOf(row);

        // That a project matched another unit's is for the centre's eyes: the owner must not be able to probe by editing (R10a, R20).
        if (relation == Relations.City && row.UnderReview)
            view = view with { Flags = [.. view.Flags!, "under-centre-review"] };

        // Who negotiates beside the owner reads the facts; the people the owner knows stay the owner's.
        if (!single || relation == Relations.Partner)
            view = view with { Contacts = null, Referrer = null };
        if (!single)
            return view;
        var actions = Actions(row, caller, relation, rules, today);
        return view with
        {
            AllowedActions = actions,
            Missing = actions.Any(action => action.StartsWith("move-to-", StringComparison.Ordinal))
                ? [.. Domain.Projects.Moves.Missing(row.At).Select(missing => new MissingMember(missing.To, missing.Field))]
                : [],
        };
    }

    /// <summary>Everything: for its owner, the centre, and as what a former owner keeps.</summary>
    public static ProjectView Full(ProjectRow row, RuleSet rules, DateOnly today)
    {
        var body = row.Body();
        return new ProjectView
        {
            Id = row.Id,
            Code = row.Code,
            Name = row.Name,
            Stage = row.At,
            Owner = new UnitRef(row.OwnerId, row.OwnerName),
            FirstTalk = row.FirstTalkId is { } first ? new UnitRef(first, row.FirstTalkName!) : null,
            Investors = [.. (body.Investors ?? []).Select(investor => new InvestorView
            {
                Name = investor.Name!,
                Uscc = investor.Uscc,
                Country = investor.Country,
                GroupParent = investor.GroupParent,
                Fortune500 = investor.Fortune500,
                China500 = investor.China500,
                Listed = investor.Listed,
                CentralSoe = investor.CentralSoe,
                Specialised = investor.Specialised,
                Primary = investor.Primary,
            })],
            TotalInvestment = body.TotalInvestment,
            IndustryCode = body.IndustryCode,
            NationalCode = body.NationalCode,
            Secret = row.Secret,
            FixedInvestment = body.FixedInvestment,
            ForeignCapital = body.ForeignCapital,
            Chain = body.Chain,
            Manufacturing = Industries.IsManufacturing(body.IndustryCode),
            Foreign = (body.Investors ?? []).Any(investor => investor.Country is not ("CN" or InvestorBody.UnknownCountry or null)),
            BuildKind = body.BuildKind,
            LandingPlace = body.LandingPlace,
            ProvincialZone = body.ProvincialZone,
            LandMu = body.LandMu,
            EnergyTce = body.EnergyTce,
            Jobs = body.Jobs,
            AnnualOutput = body.AnnualOutput,
            AnnualTax = body.AnnualTax,
            Contacts = body.Contacts,
            Leaders = body.Leaders,
            Referrer = body.Referrer,
            Channel = body.Channel,
            FirstContactOn = body.FirstContactOn,
            PlannedSigningOn = body.PlannedSigningOn,
            PlannedStartOn = body.PlannedStartOn,
            PlannedProductionOn = body.PlannedProductionOn,
            StageDates = new StageDatesView(row.InTalksOn, row.SignedOn, row.RegisteredOn, row.StartedOn, row.InProductionOn),
            TerminatedOn = row.TerminatedOn,
            Claim = row.ClaimId is { } claim ? new ProjectClaim(claim, Slug.To<Domain.Claims.ClaimStatus>(row.ClaimStatus!), row.ClaimExpiresAt) : null,
            PendingMove = row.PendingMoveId is { } move ? new PendingMove(move, Slug.To<Stage>(row.PendingMoveTo!), "pending") : null,
            Light = Idleness.LightOf(row.At, row.IdleSince, today, rules.Lights),
            Flags = Flags(row, rules, today),
            ReportRequired = row.ReportRequired,
            Version = row.Version,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
        };
    }

    private static ProjectView SummaryOf(ProjectRow row)
    {
        var body = Json.Read<ProjectBody>(row.Facts);
        return new ProjectView
        {
            Id = row.Id,
            Code = row.Code,
            Name = row.Name,
            Stage = row.At,
            Owner = new UnitRef(row.OwnerId, row.OwnerName),
            Investors = [.. (body.Investors ?? []).Select(investor => new InvestorView { Name = investor.Name!, Primary = investor.Primary })],
            TotalInvestment = body.TotalInvestment,
            IndustryCode = body.IndustryCode,
            Summary = true,
            Version = row.PublicVersion,
            UpdatedAt = row.PublicUpdatedAt,
        };
    }

    private static List<string> Flags(ProjectRow row, RuleSet rules, DateOnly today)
    {
        var flags = Json.Read<List<string>>(row.Flags);
        if (row.At == Stage.InTalks && row.IdleSince is { } since && rules.Lights.InTalks.Removal is { } removal && removal.After(since) <= today)
            flags.Add("removal-proposed");
        return flags;
    }

    private static List<string> Actions(ProjectRow row, Caller caller, Relations relation, RuleSet rules, DateOnly today)
    {
        var actions = new List<string>();
        var centre = caller.Role == Role.Coordinator;
        var heldByAnother = row.ClaimStatus == "active" && row.ClaimUnit != caller.JurisdictionId && relation != Relations.Partner;
        var terminated = row.At == Stage.Terminated;
        if (!terminated && Permissions.Allows(caller, Act.EditProject, relation))
            actions.Add(ProjectActions.Edit);
        if (!terminated && !row.ReportRequired && !heldByAnother && Permissions.Allows(caller, Act.RecordProgress, relation))
            actions.Add(ProjectActions.RecordProgress);
        if (!terminated && !row.ReportRequired && Permissions.Allows(caller, Act.AddFile, relation))
            actions.Add(ProjectActions.AddFile);
        if (Permissions.Allows(caller, Act.SubmitMove, relation) && row.PendingMoveId is null)
        {
            if (row.At < Stage.InProduction && !row.ReportRequired && !heldByAnother)
                actions.Add(ProjectActions.MoveTo(row.At + 1));
            if (centre && row.At is > Stage.InTalks and < Stage.Terminated)
                actions.Add(ProjectActions.MoveBack);
            if (!terminated)
                actions.Add(ProjectActions.Terminate);
            if (centre && terminated && row.TerminatedOn is { } ended && rules.Reactivation.After(ended) >= today)
                actions.Add(ProjectActions.Reactivate);
        }

        if (Permissions.Allows(caller, Act.ReportProject, relation) && relation == Relations.Own && row.At == Stage.InTalks && row.ClaimStatus != "active"
            && row.Amount is { } amount && rules.MustBeReported(Money.FromHundredths(amount, row.Currency!), today.Year))
        {
            actions.Add(ProjectActions.ReportClaim);
        }

        return actions;
    }
}
