using System.Linq.Expressions;
using FluentValidation;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Projects;

/// <summary>The shape of an investor.</summary>
public sealed class InvestorRules : AbstractValidator<InvestorBody>
{
    public InvestorRules()
    {
        RuleFor(investor => investor.Name).Required().Line(200);
        RuleFor(investor => investor.Country).Required().Matches(@"^[A-Z]{2}\z").Coded("country");
        RuleFor(investor => investor.Uscc).Line(30);
        RuleFor(investor => investor.GroupParent).Line(200);
    }
}

/// <summary>The shape of a contact person.</summary>
public sealed class PersonRules : AbstractValidator<PersonBody>
{
    public PersonRules()
    {
        RuleFor(person => person.Name).Required().Line(100);
        RuleFor(person => person.Phone).Line(50);
        RuleFor(person => person.Email).Line(200);
        RuleFor(person => person.Title).Line(100);
    }
}

/// <summary>Shape only: what must be there for a registration, and limits. Completeness of a report is R12's.</summary>
public sealed class ProjectRules : AbstractValidator<ProjectBody>
{
    /// <summary>The four members of a registration must be there.</summary>
    public static readonly ProjectRules Complete = new(complete: true);

    /// <summary>Any may be missing, as of a backfilled project.</summary>
    public static readonly ProjectRules Lenient = new(complete: false);

    private ProjectRules(bool complete)
    {
        if (complete)
        {
            RuleFor(project => project.Name).Required();
            RuleFor(project => project.Investors).Required();
            RuleFor(project => project.TotalInvestment).NotNull().Coded("required");
            RuleFor(project => project.IndustryCode).Required();
        }

        RuleFor(project => project.Name)
            .Line(200)
            .Must(name => name is null || name.Any(char.IsLetterOrDigit))
            .Coded("characters");
        RuleFor(project => project.NationalCode).Line(40);
        RuleFor(project => project.Investors).AtMost(50);
        RuleFor(project => project.Investors)
            .Must(investors =>
                investors is null or { Count: 0 } || investors.Count(investor => investor is { Primary: true }) == 1
            )
            .Coded("one-primary");
        RuleForEach(project => project.Investors)
            .Cascade(CascadeMode.Continue)
            .NotNull()
            .Coded("required")
            .SetValidator(Validation.Of<InvestorRules>());
        RuleFor(project => project.TotalInvestment)
            .Amount()
            .Must(total => total is null || total.Value.Amount > 0)
            .Coded("amount-positive");
        RuleFor(project => project.IndustryCode).Matches(@"^[0-9]{2,4}\z").Coded("industry-code");
        RuleFor(project => project.Chain).Text(100);
        foreach (var fact in PlainFact.All)
            Holds(fact);
        RuleFor(project => project.LandingPlace!.Text).Text(200).When(project => project.LandingPlace is not null);
        RuleFor(project => project.LandingPlace!.Id).RecordId().When(project => project.LandingPlace is not null);
        RuleFor(project => project.Leaders)
            .Must(leaders =>
                leaders is null || (leaders.Count <= 20 && leaders.All(leader => leader is { Length: > 0 and <= 32 }))
            )
            .Coded("count", 20);
        RuleFor(project => project.Referrer).Line(200);
        RuleFor(project => project.Contacts).AtMost(50);
        RuleForEach(project => project.Contacts)
            .Cascade(CascadeMode.Continue)
            .NotNull()
            .Coded("required")
            .SetValidator(Validation.Of<PersonRules>());
    }

    /// <summary>What its shape asks of a plain fact.</summary>
    private void Holds(PlainFact fact)
    {
        switch (fact.Shape)
        {
            case FactShape.Money:
                RuleFor(Value<Money?>(fact)).Amount();
                break;
            case FactShape.Number:
                RuleFor(Value<decimal?>(fact)).InclusiveBetween(0, fact.Most).Coded("range", 0, fact.Most);
                break;
            case FactShape.Whole:
                RuleFor(Value<int?>(fact)).InclusiveBetween(0, (int)fact.Most).Coded("range", 0, fact.Most);
                break;
            case FactShape.Day when fact.Past:
                RuleFor(Value<DateOnly?>(fact)).PastDay();
                break;
            case FactShape.Day:
                RuleFor(Value<DateOnly?>(fact)).Day();
                break;
            case FactShape.Text:
                RuleFor(Value<string?>(fact)).Line((int)fact.Most);
                break;
            case FactShape.Choice:
                break;
            default:
                throw new NotSupportedException($"No rule holds {fact.Shape}.");
        }
    }

    private static Expression<Func<ProjectBody, T>> Value<T>(PlainFact fact)
    {
        var project = Expression.Parameter(typeof(ProjectBody));
        return Expression.Lambda<Func<ProjectBody, T>>(Expression.Property(project, fact.Member), project);
    }
}
