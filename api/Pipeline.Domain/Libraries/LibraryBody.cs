using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Libraries;

/// <summary>What the libraries have in common: an entry as it is posted and edited.</summary>
public record LibraryBody<TDetails>
    where TDetails : class, ILibraryDetails
{
    public string? Name { get; init; }

    /// <summary>The unified social credit code (统一社会信用代码); one whose check digit is wrong is taken as well.</summary>
    public string? Uscc { get; init; }

    /// <summary>What it is found by: class, stage, field.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The industrial chain it belongs to, as projects name it.</summary>
    public string? Chain { get; init; }

    /// <summary>The unit that keeps the entry up; absent: the centre. A unit keeps its own only.</summary>
    public string? KeeperId { get; init; }

    /// <summary>Who may know of it: every unit, which is the standard, or the keeper alone.</summary>
    public EntryVisibility Visibility { get; init; }
    public string? Note { get; init; }

    /// <summary>Contact persons: personal data, told to the keeper and to who reads the city, never to machines.</summary>
    public IReadOnlyList<PersonBody>? Contacts { get; init; }

    /// <summary>What this library alone knows of its entries.</summary>
    public TDetails? Details { get; init; }
}

/// <summary>What one library alone knows of its entries.</summary>
public interface ILibraryDetails
{
    static abstract Library Library { get; }

    /// <summary>For whom a person works, where entries are people: two of one name are two people.</summary>
    string? Employer => null;
}

/// <summary>What an institution is.</summary>
public enum InstitutionKind
{
    VentureCapital,
    PrivateEquity,
    Bank,
    Securities,
    Insurance,
    Guarantee,
    Leasing,
    Other,
}

/// <summary>At which stage of an enterprise money goes in.</summary>
public enum FundStage
{
    Seed,
    Angel,
    Venture,
    Growth,
    PreListing,
    MergersAcquisitions,
}

/// <summary>An investment institution.</summary>
public sealed record InstitutionDetails : ILibraryDetails
{
    public static Library Library => Library.Institutions;

    public InstitutionKind? Kind { get; init; }

    /// <summary>The stages at which it invests.</summary>
    public IReadOnlyList<FundStage>? Stages { get; init; }

    /// <summary>What it manages.</summary>
    public Money? Managed { get; init; }

    /// <summary>When it was registered in the city; absent: it is not, or nobody knows.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>The paper that shows the registration; without one it does not count (R100).</summary>
    public string? Evidence { get; init; }
}

/// <summary>A fund (R131).</summary>
public sealed record FundDetails : ILibraryDetails
{
    public static Library Library => Library.Funds;

    public Money? Size { get; init; }

    /// <summary>Of its size what the city has promised.</summary>
    public Money? CityShare { get; init; }

    /// <summary>What the city has paid in so far: what has to come back is a multiple of it.</summary>
    public Money? CityPaidIn { get; init; }

    /// <summary>Who manages it.</summary>
    public string? Manager { get; init; }

    /// <summary>The stages at which it invests.</summary>
    public IReadOnlyList<FundStage>? Stages { get; init; }

    /// <summary>How many times what the city paid in has to go into local or relocated companies, by contract (返投倍数).</summary>
    public decimal? Multiple { get; init; }

    /// <summary>When it was registered in the city; absent: it is not, or nobody knows.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>The paper that shows the registration; without one it does not count (R100).</summary>
    public string? Evidence { get; init; }
}

/// <summary>An expert.</summary>
public sealed record ExpertDetails : ILibraryDetails
{
    public static Library Library => Library.Experts;

    public string? Employer { get; init; }
    public string? Title { get; init; }
    public string? Field { get; init; }
}

/// <summary>An intermediary.</summary>
public sealed record IntermediaryDetails : ILibraryDetails
{
    public static Library Library => Library.Intermediaries;

    /// <summary>What it does.</summary>
    public string? Services { get; init; }

    /// <summary>The country it works in, by ISO 3166.</summary>
    public string? Country { get; init; }
}

/// <summary>How far an enterprise that is sought has been won.</summary>
public enum TargetState
{
    Identified,
    Contacted,
    InTalks,
    Landed,
    Dropped,
}

/// <summary>An enterprise that a chain is sought for (R133).</summary>
public sealed record TargetEnterpriseDetails : ILibraryDetails
{
    public static Library Library => Library.TargetEnterprises;

    /// <summary>Its home, by ISO 3166.</summary>
    public string? Country { get; init; }

    /// <summary>How far it has been won.</summary>
    public TargetState? State { get; init; }

    /// <summary>What it makes.</summary>
    public string? Products { get; init; }
}

/// <summary>What a technology enterprise is recognised as.</summary>
public enum TechKind
{
    /// <summary>高新技术企业.</summary>
    HighTech,

    /// <summary>科技型中小企业.</summary>
    TechSme,

    /// <summary>专精特新.</summary>
    Specialised,

    /// <summary>专精特新小巨人.</summary>
    LittleGiant,
    Gazelle,
    Unicorn,
    Other,
}

/// <summary>A technology enterprise (R140), and whether its shares are listed.</summary>
public sealed record TechEnterpriseDetails : ILibraryDetails
{
    public static Library Library => Library.TechEnterprises;

    public TechKind? Kind { get; init; }

    /// <summary>The day on which it was recognised, or settled in the city: it counts in that year.</summary>
    public DateOnly? RecognisedOn { get; init; }

    /// <summary>The paper that shows it: certificate or licence and its number; without one it does not count.</summary>
    public string? Evidence { get; init; }

    /// <summary>The park it is in.</summary>
    public string? Park { get; init; }

    /// <summary>The incubator it is in.</summary>
    public string? Incubator { get; init; }

    /// <summary>The event through which it came.</summary>
    public string? Event { get; init; }

    /// <summary>The day on which its shares were listed first.</summary>
    public DateOnly? ListedOn { get; init; }

    /// <summary>Where they were listed.</summary>
    public string? Market { get; init; }
}

/// <summary>A foreign-invested enterprise of the city (R138).</summary>
public sealed record ForeignEnterpriseDetails : ILibraryDetails
{
    public static Library Library => Library.ForeignEnterprises;

    /// <summary>Where the foreign side is at home, by ISO 3166.</summary>
    public string? Country { get; init; }
    public DateOnly? RegisteredOn { get; init; }
    public Money? TotalInvestment { get; init; }

    /// <summary>Foreign capital by contract.</summary>
    public Money? Contracted { get; init; }

    /// <summary>Foreign capital paid in so far.</summary>
    public Money? PaidIn { get; init; }

    /// <summary>The foreign shareholders' profit that was not distributed.</summary>
    public Money? UndistributedProfit { get; init; }
}
