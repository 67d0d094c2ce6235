namespace Pipeline.Store.People;

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

    /// <summary>Negotiates beside the owner, by decision of a dispute (R23).</summary>
    Partner = 32,

    /// <summary>No record is involved, or the caller's own person.</summary>
    Any = 16,
}

/// <summary>The relations to a record under which an act is granted: by role to people, by scope to machines.</summary>
public sealed record Grant(IReadOnlyDictionary<Role, Relations> Roles, IReadOnlyDictionary<Scope, Relations> Scopes);
