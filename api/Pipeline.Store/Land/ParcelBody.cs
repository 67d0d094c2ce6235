using System.Linq.Expressions;
using FluentValidation;
using Pipeline.Domain;
using Pipeline.Domain.Land;

namespace Pipeline.Store.Land;

/// <summary>The facts of a parcel. What is left out is not known.</summary>
public sealed record ParcelBody
{
    /// <summary>The unit that keeps it: the caller's own; for the centre to say.</summary>
    public string? JurisdictionId { get; init; }
    public string? Place { get; init; }

    /// <summary>Whether it lies in a development zone of provincial rank.</summary>
    public ZoneRank? Zone { get; init; }
    public string? ZoneName { get; init; }

    /// <summary>At most two decimals.</summary>
    public decimal? AreaM2 { get; init; }

    /// <summary>What parcels of a unit that lie in one piece have in common.</summary>
    public string? ContiguousGroup { get; init; }
    public bool? Cleared { get; init; }
    public LandUse? Use { get; init; }

    /// <summary>Classes of industry that may come, by their first two to four digits; none: nobody stated any.</summary>
    public IReadOnlyList<string>? IndustryClasses { get; init; }

    /// <summary>Investment per mu at least, in yuan.</summary>
    public Money? MinIntensity { get; init; }

    /// <summary>Output per mu and year at least, in yuan.</summary>
    public Money? MinOutput { get; init; }

    /// <summary>Tax per mu and year at least, in yuan.</summary>
    public Money? MinTax { get; init; }

    /// <summary>The day from which it can be had.</summary>
    public DateOnly? From { get; init; }

    /// <summary>In yuan.</summary>
    public Money? PricePerMu { get; init; }
    public string? Note { get; init; }
}

public sealed class ParcelBodyRules : AbstractValidator<ParcelBody>
{
    public const int MostClasses = 40;

    public ParcelBodyRules()
    {
        RuleFor(request => request.JurisdictionId).RecordId();
        RuleFor(request => request.Place).Required().Line(200);
        RuleFor(request => request.ZoneName).Line(100);
        RuleFor(request => request.AreaM2).NotNull().Coded("required");
        RuleFor(request => request.AreaM2)
            .Must(area => area is null or (> 0 and <= 1_000_000_000) && decimal.Round(area ?? 0, 2) == (area ?? 0))
            .Coded("area");
        RuleFor(request => request.ContiguousGroup).Line(60);
        RuleFor(request => request.IndustryClasses).AtMost(MostClasses);
        RuleForEach(request => request.IndustryClasses)
            .Cascade(CascadeMode.Continue)
            .Must(code => code is { Length: >= 2 and <= 4 } && code.All(char.IsAsciiDigit))
            .Coded("industry-digits");
        Yuan(request => request.MinIntensity);
        Yuan(request => request.MinOutput);
        Yuan(request => request.MinTax);
        RuleFor(request => request.From).Day();
        Yuan(request => request.PricePerMu);
        RuleFor(request => request.Note).Text(2000);
    }

    private void Yuan(Expression<Func<ParcelBody, Money?>> member) =>
        RuleFor(member).Amount().Must(money => money is null || money.Value.Currency == "CNY").Coded("yuan");
}
