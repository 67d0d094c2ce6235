using System.Security.Cryptography;
using Dapper;
using FluentValidation;
using Pipeline.Domain.Claims;

namespace Pipeline.Store.Claims;

/// <summary>A contact with the investor that a report rests on (R12).</summary>
public sealed record ReportContact
{
    public ContactKind? Kind { get; init; }
    public DateOnly? OccurredOn { get; init; }
    public string? Note { get; init; }
    public IReadOnlyList<string>? Files { get; init; }

    public Contact ToContact() => new(Kind!.Value, OccurredOn!.Value);

    public sealed class Validator : AbstractValidator<ReportContact>
    {
        public Validator()
        {
            RuleFor(contact => contact.Kind).Required();
            RuleFor(contact => contact.OccurredOn).Required();
            RuleFor(contact => contact.OccurredOn).Day();
            RuleFor(contact => contact.Note).Text(LongText.Max);
            RuleFor(contact => contact.Files).RecordIds(20);
        }
    }
}
