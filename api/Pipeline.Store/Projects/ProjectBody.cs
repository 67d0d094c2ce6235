using FluentValidation;
using Pipeline.Domain;
using Pipeline.Domain.Matching;

namespace Pipeline.Store.Projects;

/// <summary>How a project is built.</summary>
public enum BuildKind
{
    New,
    Expansion,
    Renovation,
}

/// <summary>How the first contact came about.</summary>
public enum Channel
{
    Fund,
    Intermediary,
    Office,
    Event,
    Other,
}

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

    public sealed class Validator : AbstractValidator<InvestorBody>
    {
        public Validator()
        {
            RuleFor(investor => investor.Name).Required().Line(200);
            RuleFor(investor => investor.Country).Required().Matches(@"^[A-Z]{2}\z").Coded("country");
            RuleFor(investor => investor.Uscc).Line(30);
            RuleFor(investor => investor.GroupParent).Line(200);
        }
    }
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

    public sealed class Validator : AbstractValidator<PersonBody>
    {
        public Validator()
        {
            RuleFor(person => person.Name).Required().Line(100);
            RuleFor(person => person.Phone).Line(50);
            RuleFor(person => person.Email).Line(200);
            RuleFor(person => person.Title).Line(100);
        }
    }
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
public sealed record ProjectBody
{
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

    /// <summary>The part of it that goes into fixed assets.</summary>
    public Money? FixedInvestment { get; init; }

    /// <summary>The foreign capital contracted.</summary>
    public Money? ForeignCapital { get; init; }

    /// <summary>GB/T 4754-2017, 2 to 4 digits.</summary>
    public string? IndustryCode { get; init; }

    /// <summary>The industrial chain it belongs to.</summary>
    public string? Chain { get; init; }

    /// <summary>Whether it is built new, enlarged or rebuilt.</summary>
    public BuildKind? BuildKind { get; init; }

    /// <summary>Where it lands.</summary>
    public PlaceBody? LandingPlace { get; init; }

    /// <summary>Whether it lands in a provincial zone.</summary>
    public bool ProvincialZone { get; init; }

    /// <summary>Land needed, in mu (a mu is 2000/3 m²).</summary>
    public decimal? LandMu { get; init; }

    /// <summary>Energy needed a year, in tonnes of standard coal.</summary>
    public decimal? EnergyTce { get; init; }

    /// <summary>Jobs planned.</summary>
    public int? Jobs { get; init; }

    /// <summary>Output planned a year once in production.</summary>
    public Money? AnnualOutput { get; init; }

    /// <summary>Tax planned a year once in production.</summary>
    public Money? AnnualTax { get; init; }

    /// <summary>Contact persons on the investor's side: personal data.</summary>
    public IReadOnlyList<PersonBody>? Contacts { get; init; }

    /// <summary>Who brought it.</summary>
    public string? Referrer { get; init; }

    /// <summary>How it came.</summary>
    public Channel? Channel { get; init; }

    /// <summary>The day of the first contact.</summary>
    public DateOnly? FirstContactOn { get; init; }

    /// <summary>The day it is to be signed.</summary>
    public DateOnly? PlannedSigningOn { get; init; }

    /// <summary>The day works are to start.</summary>
    public DateOnly? PlannedStartOn { get; init; }

    /// <summary>The day production is to begin.</summary>
    public DateOnly? PlannedProductionOn { get; init; }

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

    /// <summary>Shape only: what must be there for a registration, and limits. Completeness of a report is R12's.</summary>
    public sealed class Validator : AbstractValidator<ProjectBody>
    {
        /// <summary>The four members of a registration must be there.</summary>
        public static readonly Validator Complete = new(complete: true);

        /// <summary>Any may be missing, as of a backfilled project.</summary>
        public static readonly Validator Lenient = new(complete: false);

        private Validator(bool complete)
        {
            if (complete)
            {
                RuleFor(project => project.Name).Required();
                RuleFor(project => project.Investors).Required();
                RuleFor(project => project.TotalInvestment).Must(total => total is not null).Coded("required");
                RuleFor(project => project.IndustryCode).Required();
            }

            RuleFor(project => project.Name)
                .Line(200)
                .Must(name => name is null || name.Any(char.IsLetterOrDigit))
                .Coded("characters");
            RuleFor(project => project.NationalCode).Line(40);
            RuleFor(project => project.Investors)
                .Must(investors => investors is null || investors.Count <= 50)
                .Coded("count", 50);
            RuleFor(project => project.Investors)
                .Must(investors =>
                    investors is null or { Count: 0 } || investors.Count(investor => investor is { Primary: true }) == 1
                )
                .Coded("one-primary");
            RuleForEach(project => project.Investors)
                .NotNull()
                .Coded("required")
                .SetValidator(Validation.Of<InvestorBody.Validator>());
            RuleFor(project => project.TotalInvestment)
                .Amount()
                .Must(total => total is null || total.Value.Amount > 0)
                .Coded("amount-positive");
            RuleFor(project => project.FixedInvestment).Amount();
            RuleFor(project => project.ForeignCapital).Amount();
            RuleFor(project => project.AnnualOutput).Amount();
            RuleFor(project => project.AnnualTax).Amount();
            RuleFor(project => project.IndustryCode).Matches(@"^[0-9]{2,4}\z").Coded("industry-code");
            RuleFor(project => project.Chain).Text(100);
            RuleFor(project => project.LandMu).InclusiveBetween(0, 10_000_000).Coded("range", 0, 10_000_000);
            RuleFor(project => project.EnergyTce)
                .InclusiveBetween(0, 1_000_000_000_000)
                .Coded("range", 0, 1_000_000_000_000);
            RuleFor(project => project.Jobs).InclusiveBetween(0, 10_000_000).Coded("range", 0, 10_000_000);
            RuleFor(project => project.LandingPlace!.Text).Text(200).When(project => project.LandingPlace is not null);
            RuleFor(project => project.LandingPlace!.Id).RecordId().When(project => project.LandingPlace is not null);
            RuleFor(project => project.Leaders)
                .Must(leaders =>
                    leaders is null
                    || (leaders.Count <= 20 && leaders.All(leader => leader is { Length: > 0 and <= 32 }))
                )
                .Coded("count", 20);
            RuleFor(project => project.FirstContactOn).PastDay();
            RuleFor(project => project.PlannedSigningOn).Day();
            RuleFor(project => project.PlannedStartOn).Day();
            RuleFor(project => project.PlannedProductionOn).Day();
            RuleFor(project => project.Referrer).Line(200);
            RuleFor(project => project.Contacts)
                .Must(contacts => contacts is null || contacts.Count <= 50)
                .Coded("count", 50);
            RuleForEach(project => project.Contacts)
                .NotNull()
                .Coded("required")
                .SetValidator(Validation.Of<PersonBody.Validator>());
        }
    }
}
