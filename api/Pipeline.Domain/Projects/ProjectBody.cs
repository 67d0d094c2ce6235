using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Projects;

/// <summary>An investor as it was reported.</summary>
public sealed record InvestorBody
{
    /// <summary>ISO 3166's code for a country that is not known, as registers often leave it.</summary>
    public const string UnknownCountry = "ZZ";

    /// <summary>The investor's full name; words such as 某企业 name nobody.</summary>
    public string? Name { get; init; }

    /// <summary>Unified social credit code, 18 characters (GB 32100); a wrong check digit is a flag, not an error.</summary>
    public string? Uscc { get; init; }

    /// <summary>ISO 3166 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>The name of the group it belongs to.</summary>
    public string? GroupParent { get; init; }

    /// <summary>Whether it is one of the world's 500 largest.</summary>
    public bool Fortune500 { get; init; }

    /// <summary>Whether it is one of China's 500 largest.</summary>
    public bool China500 { get; init; }

    /// <summary>Whether its shares are listed.</summary>
    public bool Listed { get; init; }

    /// <summary>Whether it is owned by the central state.</summary>
    public bool CentralSoe { get; init; }

    /// <summary>Whether it is recognised as specialised and innovative (专精特新).</summary>
    public bool Specialised { get; init; }

    /// <summary>Whether it leads the investment; of several investors one does.</summary>
    public bool Primary { get; init; }
}

/// <summary>A contact person: personal data.</summary>
public sealed record PersonBody
{
    /// <summary>The person's name.</summary>
    public string? Name { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The position held.</summary>
    public string? Title { get; init; }
}

/// <summary>Where a project lands: a zone of the city, or words.</summary>
public sealed record PlaceBody
{
    /// <summary>The zone or county, by its id.</summary>
    public string? Id { get; init; }

    /// <summary>The place in words.</summary>
    public string? Text { get; init; }
}

/// <summary>The facts of a project, as they are reported and edited.</summary>
public sealed record ProjectBody : PlainFacts
{
    public ProjectBody() { }

    /// <summary>A project of which these facts are known.</summary>
    public ProjectBody(PlainFacts plain)
        : base(plain) { }

    /// <summary>The project's name.</summary>
    public string? Name { get; init; }

    /// <summary>The national investment project code (国家投资项目代码), with its check character.</summary>
    public string? NationalCode { get; init; }

    /// <summary>Whether only owner, centre, auditor and named leaders may know of it.</summary>
    public bool Secret { get; init; }

    /// <summary>Who invests.</summary>
    public IReadOnlyList<InvestorBody>? Investors { get; init; }

    /// <summary>The total investment agreed or planned.</summary>
    public Money? TotalInvestment { get; init; }

    /// <summary>GB/T 4754-2017, 2 to 4 digits.</summary>
    public string? IndustryCode { get; init; }

    /// <summary>The industrial chain it belongs to.</summary>
    public string? Chain { get; init; }

    /// <summary>Where it lands.</summary>
    public PlaceBody? LandingPlace { get; init; }

    /// <summary>Whether it lands in a provincial zone.</summary>
    public bool ProvincialZone { get; init; }

    /// <summary>Contact persons on the investor's side: personal data.</summary>
    public IReadOnlyList<PersonBody>? Contacts { get; init; }

    /// <summary>Who brought it.</summary>
    public string? Referrer { get; init; }

    /// <summary>The leaders named on it, by user id; a secret project is open to these alone among leaders.</summary>
    public IReadOnlyList<string>? Leaders { get; init; }

    /// <summary>What R13 looks at.</summary>
    public MatchFacts Facts() =>
        new(
            Name ?? "",
            NationalCode,
            [
                .. (Investors ?? []).Select(investor => new MatchInvestor(
                    investor.Name!,
                    investor.Uscc,
                    investor.GroupParent
                )),
            ],
            TotalInvestment,
            IndustryCode
        );

    /// <summary>The name of the primary investor, if there is one.</summary>
    public string? PrimaryInvestor() => Investors?.FirstOrDefault(investor => investor.Primary)?.Name;
}
