namespace Pipeline.Domain.Libraries;

/// <summary>The libraries that a city attracts investment with (R130, R138, R140).</summary>
public enum Library
{
    /// <summary>Investment institutions: who manages or places money.</summary>
    Institutions,
    Funds,
    Experts,

    /// <summary>Intermediaries: chambers, consultants and others who bring investors.</summary>
    Intermediaries,

    /// <summary>Enterprises that a chain is sought for.</summary>
    TargetEnterprises,

    /// <summary>Technology enterprises (科技企业).</summary>
    TechEnterprises,

    /// <summary>Foreign-invested enterprises in the city.</summary>
    ForeignEnterprises,
}

/// <summary>Who may know of an entry of a library beside its keeper and those who read the whole city.</summary>
public enum EntryVisibility
{
    /// <summary>Every unit, without its contacts.</summary>
    City,

    /// <summary>The keeper alone.</summary>
    Unit,
}

/// <summary>How an entry of a library stands.</summary>
public enum EntryStatus
{
    Active,

    /// <summary>No longer kept up; told for what refers to it.</summary>
    Retired,
}
