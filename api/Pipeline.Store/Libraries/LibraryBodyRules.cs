using FluentValidation;
using Pipeline.Domain;
using Pipeline.Domain.Libraries;
using Pipeline.Store.Projects;

namespace Pipeline.Store.Libraries;

/// <summary>The shape of an entry of any library.</summary>
public abstract class LibraryBodyRules<TDetails> : AbstractValidator<LibraryBody<TDetails>>
    where TDetails : class, ILibraryDetails
{
    public const int MostTags = 20,
        LongestTag = 50;

    protected LibraryBodyRules(IValidator<TDetails> details)
    {
        RuleFor(entry => entry.Name)
            .Required()
            .Line(200)
            .Must(name => name!.Any(char.IsLetterOrDigit))
            .Coded("characters");
        RuleFor(entry => entry.Uscc).Line(30);
        RuleFor(entry => entry.Tags).AtMost(MostTags);
        RuleForEach(entry => entry.Tags)
            .Cascade(CascadeMode.Continue)
            .Required()
            .Line(LongestTag)
            .Must(tag => tag is null || LibraryTag.KeyOf(tag).Length > 0)
            .Coded("characters");
        RuleFor(entry => entry.Chain).Line(100);
        RuleFor(entry => entry.KeeperId).RecordId();
        RuleFor(entry => entry.Note).Text(2000);
        RuleFor(entry => entry.Contacts).AtMost(20);
        RuleForEach(entry => entry.Contacts)
            .Cascade(CascadeMode.Continue)
            .NotNull()
            .Coded("required")
            .SetValidator(Validation.Of<PersonRules>());
        RuleFor(entry => entry.Details!).SetValidator(details).When(entry => entry.Details is not null);
    }
}

/// <summary>How a tag is sought: whatever its width, case and spaces.</summary>
public static class LibraryTag
{
    public static string KeyOf(string tag) => SearchText.Of(tag);
}

/// <summary>Rules of more than one library.</summary>
internal static class DetailRules
{
    public static void Country<T>(this IRuleBuilder<T, string?> rule) => rule.Matches(@"^[A-Z]{2}\z").Coded("country");

    public static void Positive<T>(this IRuleBuilder<T, Money?> rule) =>
        rule.Amount().Must(money => money is null || money.Value.Amount > 0).Coded("amount-positive");

    public static void Stages<T>(this IRuleBuilder<T, IReadOnlyList<FundStage>?> rule) =>
        rule.AtMost(6).Must(stages => stages is null || stages.Distinct().Count() == stages.Count).Coded("repeated");
}

public sealed class InstitutionRules() : LibraryBodyRules<InstitutionDetails>(Validation.Of<Details>())
{
    public sealed class Details : AbstractValidator<InstitutionDetails>
    {
        public Details()
        {
            RuleFor(details => details.Stages).Stages();
            RuleFor(details => details.Managed).Positive();
            RuleFor(details => details.RegisteredOn).PastDay();
            RuleFor(details => details.Evidence).Line(200);
        }
    }
}

public sealed class FundRules() : LibraryBodyRules<FundDetails>(Validation.Of<Details>())
{
    public sealed class Details : AbstractValidator<FundDetails>
    {
        public Details()
        {
            RuleFor(details => details.Size).Positive();
            RuleFor(details => details.CityShare).Amount();
            RuleFor(details => details.CityPaidIn).Amount();
            RuleFor(details => details.Manager).Line(200);
            RuleFor(details => details.Stages).Stages();
            RuleFor(details => details.Multiple)
                .InclusiveBetween(0.01m, 100m)
                .Coded("range", 0.01m, 100m)
                .Must(multiple => multiple is null || decimal.Round(multiple.Value, 4) == multiple)
                .Coded("decimals", 4);
            RuleFor(details => details.RegisteredOn).PastDay();
            RuleFor(details => details.Evidence).Line(200);
            RuleFor(details => details.CityShare)
                .Must(
                    (details, share) =>
                        share is null || details.Size is null || share.Value.Currency == details.Size.Value.Currency
                )
                .Coded("same-currency")
                .Must(
                    (details, share) =>
                        share is null || details.Size is null || share.Value.Amount <= details.Size.Value.Amount
                )
                .Coded("more-than-size");
        }
    }
}

public sealed class ExpertRules() : LibraryBodyRules<ExpertDetails>(Validation.Of<Details>())
{
    public sealed class Details : AbstractValidator<ExpertDetails>
    {
        public Details()
        {
            RuleFor(details => details.Employer).Line(200);
            RuleFor(details => details.Title).Line(100);
            RuleFor(details => details.Field).Line(200);
        }
    }
}

public sealed class IntermediaryRules() : LibraryBodyRules<IntermediaryDetails>(Validation.Of<Details>())
{
    public sealed class Details : AbstractValidator<IntermediaryDetails>
    {
        public Details()
        {
            RuleFor(details => details.Services).Line(200);
            RuleFor(details => details.Country).Country();
        }
    }
}

public sealed class TargetEnterpriseRules() : LibraryBodyRules<TargetEnterpriseDetails>(Validation.Of<Details>())
{
    public sealed class Details : AbstractValidator<TargetEnterpriseDetails>
    {
        public Details()
        {
            RuleFor(details => details.Country).Country();
            RuleFor(details => details.Products).Line(200);
        }
    }
}

public sealed class TechEnterpriseRules() : LibraryBodyRules<TechEnterpriseDetails>(Validation.Of<Details>())
{
    public sealed class Details : AbstractValidator<TechEnterpriseDetails>
    {
        public Details()
        {
            RuleFor(details => details.RecognisedOn).PastDay();
            RuleFor(details => details.Evidence).Line(200);
            RuleFor(details => details.Park).Line(100);
            RuleFor(details => details.Incubator).Line(100);
            RuleFor(details => details.Event).Line(200);
            RuleFor(details => details.ListedOn).PastDay();
            RuleFor(details => details.Market).Line(100);
        }
    }
}

public sealed class ForeignEnterpriseRules() : LibraryBodyRules<ForeignEnterpriseDetails>(Validation.Of<Details>())
{
    public sealed class Details : AbstractValidator<ForeignEnterpriseDetails>
    {
        public Details()
        {
            RuleFor(details => details.Country).Country();
            RuleFor(details => details.RegisteredOn).PastDay();
            RuleFor(details => details.TotalInvestment).Positive();
            RuleFor(details => details.Contracted).Positive();
            RuleFor(details => details.PaidIn).Amount();
            RuleFor(details => details.UndistributedProfit).Amount();
        }
    }
}
