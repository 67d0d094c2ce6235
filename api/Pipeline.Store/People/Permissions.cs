using Pipeline.Domain.Changes;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.People;

/// <summary>The one table of who may do what: role or scope × act × relation to the record. Routes, lists, single records and pages all ask here.</summary>
public static class Permissions
{
    private const Relations Readable =
        Relations.Summary | Relations.Former | Relations.Partner | Relations.Own | Relations.City | Relations.Any;
    private const Relations Mine = Relations.Own | Relations.Any;
    private const Relations Whole = Relations.City | Relations.Any;

    /// <summary>The table itself.</summary>
    public static readonly IReadOnlyDictionary<Act, Grant> Table = new Dictionary<Act, Grant>
    {
        [Act.ReadSelf] = Everyone(),
        [Act.ManageSelf] = To(Enum.GetValues<Role>(), Relations.Any),

        // A key is told what its unit is told; what it has read is for nobody to know.
        [Act.ReadNotices] = To(Enum.GetValues<Role>(), Relations.Any).And([Scope.ProjectsRead], Mine),
        [Act.ReadReference] = Everyone(),
        [Act.ReadProjects] = To([Role.Officer, Role.Coordinator, Role.Leader, Role.Department, Role.Auditor], Readable)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite, Scope.ClaimsWrite], Readable),
        [Act.ExportProjects] = To(
                [Role.Officer, Role.Coordinator, Role.Leader, Role.Department, Role.Auditor],
                Readable
            )
            .And([Scope.ProjectsRead], Readable),
        [Act.ReadTimeline] = To([Role.Officer, Role.Coordinator, Role.Leader, Role.Department, Role.Auditor], Readable)
            .And([Scope.ProjectsRead], Readable),

        // Each kind of change asks besides for the right to read what it tells of.
        [Act.ReadChanges] = To([Role.Officer, Role.Coordinator, Role.Leader, Role.Department, Role.Auditor], Readable)
            .And([Scope.ProjectsRead], Readable),
        [Act.RegisterWebhook] = To([], Relations.None).And([Scope.WebhooksManage], Relations.Any),
        [Act.ManageWebhooks] = To([Role.Coordinator, Role.Admin], Whole).And([Scope.WebhooksManage], Mine),
        [Act.ReadReports] = To([Role.Officer, Role.Coordinator, Role.Leader, Role.Department, Role.Auditor], Readable)
            .And([Scope.ProjectsRead, Scope.ReportsRead, Scope.AssessmentRead], Readable),

        // It counts secret projects too, so it is not for leaders.
        [Act.ReadIdentity] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Auditor], Whole)
            .And([Scope.ReportsRead, Scope.AssessmentRead], Mine),
        [Act.RegisterProject] = To([Role.Officer], Relations.Any).And([Scope.ProjectsWrite], Relations.Any),
        [Act.EditProject] = To([Role.Officer], Relations.Own)
            .And([Role.Coordinator], Relations.City)
            .And([Scope.ProjectsWrite], Relations.Own),
        [Act.RecordProgress] = To([Role.Officer], Relations.Own | Relations.Partner)
            .And([Role.Coordinator], Relations.City)
            .And([Scope.ProjectsWrite], Relations.Own),
        [Act.AddFile] = To([Role.Officer], Mine | Relations.Partner)
            .And([Role.Coordinator], Whole)
            .And([Role.Department], Relations.Any)
            .And([Scope.ProjectsWrite, Scope.ClaimsWrite, Scope.CapitalWrite], Mine),
        [Act.SubmitMove] = To([Role.Officer], Relations.Own)
            .And([Role.Coordinator], Relations.City)
            .And([Scope.ProjectsWrite], Relations.Own),
        [Act.ReadMoves] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite], Mine),
        [Act.DecideMove] = To([Role.Coordinator], Relations.City),
        [Act.WithdrawMove] = To([Role.Officer], Relations.Own)
            .And([Role.Coordinator], Relations.City)
            .And([Scope.ProjectsWrite], Relations.Own),
        [Act.ReportProject] = To([Role.Officer], Mine).And([Scope.ClaimsWrite], Mine),
        [Act.ReadClaims] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ClaimsWrite], Mine),
        [Act.ReleaseClaim] = To([Role.Officer], Relations.Own).And([Scope.ClaimsWrite], Relations.Own),
        [Act.WithdrawClaim] = To([Role.Officer], Relations.Own).And([Scope.ClaimsWrite], Relations.Own),
        [Act.RevokeClaim] = To([Role.Coordinator], Relations.City),
        [Act.ExtendClaim] = To([Role.Coordinator], Relations.City),
        [Act.ResolveClaim] = To([Role.Coordinator], Relations.City),
        [Act.ReturnClaim] = To([Role.Coordinator], Relations.City),
        [Act.CompleteClaim] = To([Role.Officer], Relations.Own).And([Scope.ClaimsWrite], Relations.Own),
        [Act.ManageFirmAliases] = To([Role.Coordinator], Whole),
        [Act.ReadReasonTemplates] = To([Role.Coordinator, Role.Admin], Whole),
        [Act.ManageReasonTemplates] = To([Role.Coordinator, Role.Admin], Whole),
        [Act.ReadDisputes] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ClaimsWrite], Mine),
        [Act.ReadDisputeEvidence] = To([Role.Coordinator, Role.Auditor], Relations.City),
        [Act.FileDispute] = To([Role.Officer], Relations.Own),
        [Act.AnswerDispute] = To([Role.Officer], Relations.Own),
        [Act.AppealDispute] = To([Role.Officer], Relations.Own),
        [Act.DecideDispute] = To([Role.Coordinator], Relations.City),
        [Act.ReadMarket] = To([Role.Officer], Mine).And([Role.Coordinator], Whole),
        [Act.OfferProject] = To([Role.Officer], Mine),
        [Act.ReadTransfers] = To([Role.Officer], Mine).And([Role.Coordinator, Role.Leader, Role.Auditor], Whole),
        [Act.ProposeTransfer] = To([Role.Officer], Mine).And([Role.Coordinator], Whole),
        [Act.AnswerTransfer] = To([Role.Officer], Relations.Own),
        [Act.CancelTransfer] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.DecideTransfer] = To([Role.Coordinator], Relations.City),
        [Act.ReadSigningNotices] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite], Mine),
        [Act.FileSigningNotice] = To([Role.Officer], Relations.Own)
            .And([Role.Coordinator], Relations.City)
            .And([Scope.ProjectsWrite], Relations.Own),
        [Act.WaiveSigningNotice] = To([Role.Coordinator], Relations.City),
        // Each part of it asks for the right to read what it tells of.
        [Act.ReadDue] = To([Role.Officer, Role.Department], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite], Mine),
        [Act.ReadLights] = To([Role.Officer], Mine | Relations.Partner)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite], Mine),
        [Act.ReadRemovals] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite], Mine),
        [Act.DecideRemoval] = To([Role.Coordinator], Relations.City),
        [Act.ReadProblems] = To([Role.Officer, Role.Department], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite], Mine),
        [Act.RaiseProblem] = To([Role.Officer], Relations.Own)
            .And([Role.Coordinator], Relations.City)
            .And([Scope.ProjectsWrite], Relations.Own),
        [Act.CoordinateProblem] = To([Role.Coordinator], Relations.City),
        [Act.AnswerProblem] = To([Role.Department], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.CloseProblem] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.ReadToleranceFile] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite], Mine),
        [Act.AttachTolerancePaper] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.ReadTeam] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite], Mine),
        [Act.ManageTeam] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.ReadLeaderLinks] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite], Mine),
        [Act.ReadLeaderBatches] = To([Role.Coordinator, Role.Auditor], Whole),
        [Act.DraftLeaderBatch] = To([Role.Coordinator], Whole),
        [Act.ReadMeetings] = To([Role.Officer, Role.Department], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole),
        [Act.ReadMeetingGaps] = To([Role.Coordinator, Role.Leader, Role.Auditor], Whole),
        [Act.ManageMeetings] = To([Role.Coordinator], Whole),
        [Act.ReadActions] = To([Role.Officer, Role.Department], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole),
        [Act.CompleteAction] = To([Role.Officer, Role.Department], Relations.Own)
            .And([Role.Coordinator], Relations.City),
        [Act.CoordinateAction] = To([Role.Coordinator], Relations.City),
        [Act.ReadCapital] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite, Scope.CapitalWrite], Mine),
        [Act.SubmitCapital] = To([Role.Officer], Relations.Own)
            .And([Role.Coordinator], Relations.City)
            .And([Scope.ProjectsWrite, Scope.CapitalWrite], Relations.Own),
        [Act.DecideCapital] = To([Role.Coordinator], Whole),
        [Act.RecordInvestment] = To([Role.Coordinator], Relations.City),
        [Act.ReadCredit] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ReportsRead, Scope.AssessmentRead], Mine),
        [Act.ProposeAgreement] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.DecideAgreement] = To([Role.Coordinator], Relations.City),
        [Act.CorrectLanding] = To([Role.Coordinator], Relations.City),
        [Act.ReadIndicators] = To(
                [Role.Officer, Role.Coordinator, Role.Leader, Role.Auditor, Role.Admin],
                Relations.Any
            )
            .And([Scope.ReportsRead, Scope.AssessmentRead], Relations.Any),
        [Act.DraftIndicator] = To([Role.Coordinator], Relations.Any),
        [Act.StateValue] = To([Role.Coordinator], Whole),
        [Act.ReadTargets] = To([Role.Officer, Role.Coordinator, Role.Leader, Role.Auditor, Role.Admin], Relations.Any)
            .And([Scope.ReportsRead, Scope.AssessmentRead], Relations.Any),
        [Act.SetTarget] = To([Role.Coordinator], Relations.Any),
        [Act.PublishTargets] = To([Role.Coordinator, Role.Admin], Relations.Any),

        [Act.ReadPeriods] = To([Role.Officer, Role.Coordinator, Role.Leader, Role.Auditor, Role.Admin], Relations.Any)
            .And([Scope.ReportsRead], Relations.Any),
        [Act.ReadReadiness] = To([Role.Coordinator, Role.Auditor], Whole),
        [Act.ClosePeriod] = To([Role.Coordinator], Whole),
        [Act.ReopenPeriod] = To([Role.Admin], Relations.Any),
        [Act.VerifySnapshot] = To([Role.Coordinator, Role.Auditor, Role.Admin], Relations.Any),

        // What is issued is for all who work with projects (§13); keys read none.
        [Act.ReadBulletins] = To(
            [Role.Officer, Role.Coordinator, Role.Leader, Role.Department, Role.Auditor],
            Relations.Any
        ),
        [Act.ManageBulletins] = To([Role.Coordinator], Whole),

        // A unit its own figures; those of others come to it from closed months alone (§13).
        [Act.ReadFigures] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ReportsRead, Scope.AssessmentRead], Mine),
        [Act.ReadScoreModels] = To(
                [Role.Officer, Role.Coordinator, Role.Leader, Role.Auditor, Role.Admin],
                Relations.Any
            )
            .And([Scope.ReportsRead, Scope.AssessmentRead], Relations.Any),
        [Act.DraftScoreModel] = To([Role.Coordinator], Relations.Any),
        [Act.PublishScoreModel] = To([Role.Coordinator, Role.Admin], Relations.Any),
        [Act.RehearseScoreModel] = To([Role.Coordinator, Role.Auditor], Whole),
        [Act.GiveMark] = To([Role.Coordinator], Whole),

        // A unit its own scores, and no rank: that would tell what others have.
        [Act.ReadScores] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.AssessmentRead], Mine),

        // Its own people and elements are the unit's to state; the trail keeps who did.
        [Act.ReadDuties] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ReportsRead, Scope.AssessmentRead], Mine),
        [Act.StatePostedPeople] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.ReadElements] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.ProjectsRead, Scope.ProjectsWrite], Mine),
        [Act.RecordElements] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),

        // Land is for all who work with projects to see, and its unit's to keep; who judges a project's fit reads all of that project.
        [Act.ReadLand] = To([Role.Officer, Role.Coordinator, Role.Leader, Role.Department, Role.Auditor], Readable)
            .And([Scope.LibraryRead, Scope.LibraryWrite], Readable),
        [Act.ManageLand] = To([Role.Officer], Mine).And([Role.Coordinator], Whole).And([Scope.LibraryWrite], Mine),
        [Act.ReadFits] = To([Role.Officer], Mine).And([Role.Coordinator, Role.Leader, Role.Auditor], Whole),

        // Chains are the city's; the department in charge keeps its own up to date, a unit puts its own projects on them.
        [Act.ReadChains] = To([Role.Officer, Role.Coordinator, Role.Leader, Role.Department, Role.Auditor], Readable)
            .And([Scope.LibraryRead, Scope.LibraryWrite], Readable),
        [Act.ManageChains] = To([Role.Coordinator], Whole),
        [Act.TendChains] = To([Role.Department], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.JoinChains] = To([Role.Officer], Relations.Own)
            .And([Role.Coordinator], Relations.City)
            .And([Scope.LibraryWrite], Relations.Own),

        // Events are for all to see; what came of them, needs and matches tell of talks, so they are the unit's own, and of keys those alone that write them.
        [Act.ReadEvents] = To([Role.Officer, Role.Coordinator, Role.Leader, Role.Department, Role.Auditor], Readable)
            .And([Scope.LibraryRead, Scope.LibraryWrite], Readable),
        [Act.ManageEvents] = To([Role.Officer], Mine).And([Role.Coordinator], Whole).And([Scope.LibraryWrite], Mine),
        [Act.ReadResults] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.LibraryWrite], Mine),
        [Act.RecordResults] = To([Role.Officer], Mine).And([Role.Coordinator], Whole).And([Scope.LibraryWrite], Mine),
        [Act.ReadNeeds] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.LibraryWrite], Mine),
        [Act.ManageNeeds] = To([Role.Officer], Mine).And([Role.Coordinator], Whole).And([Scope.LibraryWrite], Mine),

        // A lead is its office's, the centre's, and from its assignment on the unit's (R137).
        [Act.ReadOfficeLeads] = To([Role.Officer], Mine).And([Role.Coordinator, Role.Auditor], Whole),
        [Act.SubmitOfficeLeads] = To([Role.Officer], Mine).And([Role.Coordinator], Whole),
        [Act.DecideOfficeLeads] = To([Role.Coordinator], Relations.City),
        [Act.ReportOnLeads] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),
        // What a unit keeps for itself no other knows of; who reads the city reads all (§13). Keys verify nothing.
        [Act.ReadLibraries] = To([Role.Officer], Relations.Summary | Mine)
            .And([Role.Coordinator, Role.Leader, Role.Auditor], Whole)
            .And([Scope.LibraryRead, Scope.LibraryWrite], Relations.Summary | Mine),
        [Act.EditLibraries] = To([Role.Officer], Mine).And([Role.Coordinator], Whole).And([Scope.LibraryWrite], Mine),
        [Act.VerifyLibraries] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.ReadFundInvestments] = To([Role.Officer], Mine).And([Role.Coordinator, Role.Leader, Role.Auditor], Whole),
        [Act.SubmitFundInvestment] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.DecideFundInvestment] = To([Role.Coordinator], Whole),

        // Never keys (§13).
        [Act.ReadReferrer] = To([Role.Officer], Mine).And([Role.Coordinator, Role.Leader, Role.Auditor], Whole),
        [Act.NameReferrer] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.ConfirmReferrer] = To([Role.Officer], Relations.Own).And([Role.Coordinator], Relations.City),
        [Act.VerifyReceipts] = To([Role.Coordinator, Role.Auditor], Relations.Any)
            .And([Scope.AuditRead], Relations.Any),
        [Act.Import] = To([Role.Officer], Mine).And([Role.Coordinator], Whole).And([Scope.ProjectsWrite], Mine),
        [Act.ImportRecords] = To([Role.Officer], Mine)
            .And([Role.Coordinator], Whole)
            .And([Scope.ProjectsWrite, Scope.CapitalWrite, Scope.LibraryWrite], Mine),
        [Act.ReadImports] = To([Role.Officer], Mine)
            .And([Role.Coordinator, Role.Auditor], Whole)
            .And([Scope.ProjectsWrite, Scope.CapitalWrite, Scope.LibraryWrite], Mine),
        [Act.ManageJurisdictions] = To([Role.Admin], Relations.Any),
        [Act.ManageRuleSets] = To([Role.Admin], Relations.Any),
        [Act.ReadRuleSetDrafts] = To([Role.Coordinator, Role.Leader, Role.Auditor, Role.Admin], Relations.Any),
        [Act.DraftRuleSet] = To([Role.Coordinator], Relations.Any),
        [Act.PublishRuleSet] = To([Role.Coordinator, Role.Admin], Relations.Any),

        // What it tells of is what projects are credited with, so it is not for administrators.
        [Act.RehearseRuleSet] = To([Role.Coordinator, Role.Leader, Role.Auditor], Whole),
        [Act.ReadSystem] = To([Role.Auditor, Role.Admin], Relations.Any),
        [Act.ConfirmClock] = To([Role.Admin], Relations.Any),
        [Act.ManageSandbox] = To([Role.Admin], Relations.Any),
        [Act.ManageUsers] = To([Role.Admin], Relations.Any),
        [Act.ManageKeys] = To([Role.Admin], Relations.Any),
        [Act.ConfirmKeys] = To([Role.Officer], Mine).And([Role.Coordinator], Whole),
        [Act.ReadAudit] = To([Role.Auditor], Whole).And([Role.Admin], Relations.Any).And([Scope.AuditRead], Whole),
        [Act.VerifyAudit] = To([Role.Auditor, Role.Admin], Relations.Any).And([Scope.AuditRead], Relations.Any),
        [Act.ReadPatterns] = To([Role.Auditor], Whole),
        [Act.ReadPermissions] = Everyone(),
        [Act.ManagePersonalData] = To([Role.Coordinator], Relations.City),
    };

    /// <summary>The relations under which a caller may do an act; none: never.</summary>
    public static Relations Granted(Caller caller, Act act)
    {
        var grant = Table[act];
        return caller.Role is { } role
            ? grant.Roles.GetValueOrDefault(role)
            : caller.Scopes.Aggregate(Relations.None, (sum, scope) => sum | grant.Scopes.GetValueOrDefault(scope));
    }

    /// <summary>Whether the caller may do the act at all.</summary>
    public static bool Allows(Caller caller, Act act) => Granted(caller, act) != Relations.None;

    /// <summary>Whether the caller may do the act on a record it stands to in this way.</summary>
    public static bool Allows(Caller caller, Act act, Relations relation) =>
        (Granted(caller, act) & relation) != Relations.None;

    /// <summary>What a caller may do, for <c>/me</c> and the pages.</summary>
    public static IReadOnlyList<string> Of(Caller caller) =>
        [.. Enum.GetValues<Act>().Where(act => Allows(caller, act)).Select(Slug.Of)];

    /// <summary>Whether the caller reads every project and claim of the city.</summary>
    public static bool ReadsCity(Caller caller) => caller.Role is Role.Coordinator or Role.Leader or Role.Auditor;

    /// <summary>How a caller stands to a record of a project that belongs to one unit: a unit sees its own, no other's (R20); who reads the city sees those of secret projects where that is open to them.</summary>
    public static Relations RelationTo(Caller caller, string unitId, string projectId, bool secret)
    {
        if (caller.Unit is { } unit)
            return unit == unitId ? Relations.Own : Relations.None;
        return ReadsCity(caller) && (!secret || ReadsSecret(caller) || caller.NamedOn.Contains(projectId))
            ? Relations.City
            : Relations.None;
    }

    /// <summary>Whether secret projects are open to the caller; to leaders only where they are named.</summary>
    public static bool ReadsSecret(Caller caller) => caller.Role is Role.Coordinator or Role.Auditor;

    /// <summary>Whether the caller reads the public summaries of other units' projects.</summary>
    public static bool ReadsSummaries(Caller caller) => caller.Role is Role.Officer or Role.Department || caller.IsKey;

    /// <summary>How a caller stands to a project.</summary>
    public static Relations ToProject(
        Caller caller,
        string projectId,
        string ownerId,
        bool secret,
        Stage stage,
        DateOnly? signedOn,
        bool formerOwner,
        bool partner = false
    )
    {
        if (caller.Unit == ownerId)
            return Relations.Own;
        if (ReadsCity(caller))
            return secret && !ReadsSecret(caller) && !caller.NamedOn.Contains(projectId)
                ? Relations.None
                : Relations.City;
        if (caller.Unit is not null && partner && stage == Stage.InTalks)
            return Relations.Partner;
        if (caller.Unit is not null && formerOwner)
            return Relations.Former;
        return ProjectAudience.IsPublished(stage, signedOn) && !secret && ReadsSummaries(caller)
            ? Relations.Summary
            : Relations.None;
    }

    private static Grant To(Role[] roles, Relations relations) =>
        new Grant(new Dictionary<Role, Relations>(), new Dictionary<Scope, Relations>()).And(roles, relations);

    private static Grant And(this Grant grant, Role[] roles, Relations relations) =>
        grant with
        {
            Roles = grant.Roles.Concat(roles.Select(role => KeyValuePair.Create(role, relations))).ToDictionary(),
        };

    private static Grant And(this Grant grant, Scope[] scopes, Relations relations) =>
        grant with
        {
            Scopes = grant.Scopes.Concat(scopes.Select(scope => KeyValuePair.Create(scope, relations))).ToDictionary(),
        };

    private static Grant Everyone() =>
        To(Enum.GetValues<Role>(), Relations.Any).And(Enum.GetValues<Scope>(), Relations.Any);
}
