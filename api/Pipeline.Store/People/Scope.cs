namespace Pipeline.Store.People;

/// <summary>What a machine's key is for.</summary>
public enum Scope
{
    ProjectsRead,
    ProjectsWrite,
    ClaimsWrite,
    ReportsRead,

    /// <summary>What <see cref="ReportsRead"/> opens, and the unit's own scores.</summary>
    AssessmentRead,

    /// <summary>Capital paid in of the unit's projects alone.</summary>
    CapitalWrite,
    WebhooksManage,
    LibraryRead,
    LibraryWrite,

    /// <summary>The audit trail and the chain of receipts, of the whole city.</summary>
    AuditRead,
}

/// <summary>Scopes as they are written in the contract: <c>projects:read</c>.</summary>
public static class Scopes
{
    public static readonly IReadOnlyDictionary<string, Scope> ByName = new Dictionary<string, Scope>(
        StringComparer.Ordinal
    )
    {
        ["projects:read"] = Scope.ProjectsRead,
        ["projects:write"] = Scope.ProjectsWrite,
        ["claims:write"] = Scope.ClaimsWrite,
        ["reports:read"] = Scope.ReportsRead,
        ["assessment:read"] = Scope.AssessmentRead,
        ["capital:write"] = Scope.CapitalWrite,
        ["webhooks:manage"] = Scope.WebhooksManage,
        ["library:read"] = Scope.LibraryRead,
        ["library:write"] = Scope.LibraryWrite,
        ["audit:read"] = Scope.AuditRead,
    };

    public static string Name(Scope scope) => ByName.First(pair => pair.Value == scope).Key;

    /// <summary>Whether a key needs a unit to act for.</summary>
    public static bool NeedsUnit(Scope scope) =>
        scope is Scope.ProjectsWrite or Scope.ClaimsWrite or Scope.CapitalWrite or Scope.LibraryWrite;

    /// <summary>Whether a key with it can be nobody's: what it opens is the whole city's.</summary>
    public static bool IsOfTheCity(Scope scope) => scope is Scope.AuditRead;

    /// <summary>Whether a key opens more than what is public, so that a second person has to confirm it: one for a unit, for what the city has to offer, or for its trail.</summary>
    /// <param name="unitId">The unit that it acts for.</param>
    /// <param name="scopes">Its scopes, parted by blanks.</param>
    public static bool NeedSecondPerson(string? unitId, string scopes) =>
        unitId is not null
        || scopes.Split(' ').Any(name => ByName[name] is Scope.AuditRead or Scope.LibraryRead or Scope.LibraryWrite);
}
