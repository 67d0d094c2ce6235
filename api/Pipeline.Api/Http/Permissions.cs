using Pipeline.Domain.Projects;

namespace Pipeline.Api.Http;

/// <summary>What somebody is, as far as rights go.</summary>
public enum Role
{
    Officer,
    Coordinator,
    Leader,
    Department,
    Auditor,
    Admin,
}

/// <summary>Everything that can be done.</summary>
public enum Act
{
    ReadSelf,
    ReadReference,
    ReadProjects,
    ExportProjects,
    ReadTimeline,
    RegisterProject,
    EditProject,
    RecordProgress,
    AddFile,
    SubmitMove,
    ReadMoves,
    DecideMove,
    WithdrawMove,
    ReportProject,
    ReadClaims,
    ReleaseClaim,
    WithdrawClaim,
    RevokeClaim,
    ExtendClaim,
    ResolveClaim,
    VerifyReceipts,
    Import,
    ReadImports,
    ManageJurisdictions,
    ManageRuleSets,
    ConfirmClock,
}

/// <summary>How a caller stands to a record. What stands in none of these does not exist for the caller.</summary>
[Flags]
public enum Relations
{
    None = 0,

    /// <summary>Another unit's project from `signed` on: its public summary.</summary>
    Summary = 1,

    /// <summary>Once the owner's: the facts as they stood then.</summary>
    Former = 2,

    /// <summary>The caller's unit owns it.</summary>
    Own = 4,

    /// <summary>The caller reads the whole city.</summary>
    City = 8,

    /// <summary>No record is involved, or the caller's own person.</summary>
    Any = 16,
}

/// <summary>The one table of who may do what: role × act × relation to the record. Routes, lists and single records all ask here.</summary>
public static class Permissions
{
    private const Relations Read = Relations.Summary | Relations.Former | Relations.Own | Relations.City | Relations.Any;

    private static readonly Dictionary<Act, Dictionary<Role, Relations>> Table = new()
    {
        [Act.ReadSelf] = Everyone(Relations.Any),
        [Act.ReadReference] = Everyone(Relations.Any),
        [Act.ReadProjects] = Of((Role.Officer, Read), (Role.Coordinator, Read), (Role.Leader, Read), (Role.Department, Read), (Role.Auditor, Read)),
        [Act.ExportProjects] = Of((Role.Officer, Read), (Role.Coordinator, Read), (Role.Leader, Read), (Role.Department, Read), (Role.Auditor, Read)),
        [Act.ReadTimeline] = Of((Role.Officer, Read), (Role.Coordinator, Read), (Role.Leader, Read), (Role.Department, Read), (Role.Auditor, Read)),
        [Act.RegisterProject] = Of((Role.Officer, Relations.Any)),
        [Act.EditProject] = Of((Role.Officer, Relations.Own), (Role.Coordinator, Relations.City)),
        [Act.RecordProgress] = Of((Role.Officer, Relations.Own), (Role.Coordinator, Relations.City)),
        [Act.AddFile] = Of((Role.Officer, Relations.Own | Relations.Any), (Role.Coordinator, Relations.City | Relations.Any)),
        [Act.SubmitMove] = Of((Role.Officer, Relations.Own), (Role.Coordinator, Relations.City)),
        [Act.ReadMoves] = Of((Role.Officer, Relations.Own | Relations.Any), (Role.Coordinator, Relations.City | Relations.Any), (Role.Leader, Relations.City | Relations.Any), (Role.Auditor, Relations.City | Relations.Any)),
        [Act.DecideMove] = Of((Role.Coordinator, Relations.City)),
        [Act.WithdrawMove] = Of((Role.Officer, Relations.Own), (Role.Coordinator, Relations.City)),
        [Act.ReportProject] = Of((Role.Officer, Relations.Own | Relations.Any)),
        [Act.ReadClaims] = Of((Role.Officer, Relations.Own | Relations.Any), (Role.Coordinator, Relations.City | Relations.Any), (Role.Leader, Relations.City | Relations.Any), (Role.Auditor, Relations.City | Relations.Any)),
        [Act.ReleaseClaim] = Of((Role.Officer, Relations.Own)),
        [Act.WithdrawClaim] = Of((Role.Officer, Relations.Own)),
        [Act.RevokeClaim] = Of((Role.Coordinator, Relations.City)),
        [Act.ExtendClaim] = Of((Role.Coordinator, Relations.City)),
        [Act.ResolveClaim] = Of((Role.Coordinator, Relations.City)),
        [Act.VerifyReceipts] = Of((Role.Coordinator, Relations.Any), (Role.Auditor, Relations.Any)),
        [Act.Import] = Of((Role.Officer, Relations.Own | Relations.Any), (Role.Coordinator, Relations.City | Relations.Any)),
        [Act.ReadImports] = Of((Role.Officer, Relations.Own | Relations.Any), (Role.Coordinator, Relations.City | Relations.Any), (Role.Auditor, Relations.City | Relations.Any)),
        [Act.ManageJurisdictions] = Of((Role.Admin, Relations.Any)),
        [Act.ManageRuleSets] = Of((Role.Admin, Relations.Any)),
        [Act.ConfirmClock] = Of((Role.Admin, Relations.Any)),
    };

    /// <summary>The relations under which a role may do an act; none: never.</summary>
    public static Relations Granted(Role role, Act act) => Table[act].GetValueOrDefault(role);

    /// <summary>Whether the caller may do the act at all.</summary>
    public static bool Allows(Caller caller, Act act) => Granted(caller.Role, act) != Relations.None;

    /// <summary>Whether the caller may do the act on a record it stands to in this way.</summary>
    public static bool Allows(Caller caller, Act act, Relations relation) => (Granted(caller.Role, act) & relation) != 0;

    /// <summary>What a role may do, for <c>/me</c> and the pages.</summary>
    public static IReadOnlyList<string> Of(Role role) => [.. Enum.GetValues<Act>().Where(act => Granted(role, act) != Relations.None).Select(Slug.Of)];

    /// <summary>Whether the role reads every project and claim of the city.</summary>
    public static bool ReadsCity(Role role) => role is Role.Coordinator or Role.Leader or Role.Auditor;

    /// <summary>Whether secret projects are open to the role; leaders only where they are named.</summary>
    public static bool ReadsSecret(Role role) => role is Role.Coordinator or Role.Auditor;

    /// <summary>How a caller stands to a project.</summary>
    public static Relations ToProject(Caller caller, string ownerId, bool secret, Stage stage, DateOnly? signedOn, bool formerOwner)
    {
        if (caller.Role is Role.Officer && caller.JurisdictionId == ownerId)
            return Relations.Own;
        if (ReadsCity(caller.Role))
            return secret && !ReadsSecret(caller.Role) ? Relations.None : Relations.City;
        if (caller.Role is Role.Officer && formerOwner)
            return Relations.Former;
        var published = stage is not (Stage.InTalks or Stage.Terminated) || (stage == Stage.Terminated && signedOn is not null);
        return published && !secret && (caller.Role is Role.Officer or Role.Department) ? Relations.Summary : Relations.None;
    }

    private static Dictionary<Role, Relations> Of(params (Role Role, Relations Relations)[] rows) => rows.ToDictionary(row => row.Role, row => row.Relations);

    private static Dictionary<Role, Relations> Everyone(Relations relations) => Enum.GetValues<Role>().ToDictionary(role => role, _ => relations);
}
