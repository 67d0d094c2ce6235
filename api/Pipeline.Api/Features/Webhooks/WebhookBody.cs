using FluentValidation;
using Pipeline.Domain.Changes;
using Pipeline.Domain.Webhooks;

namespace Pipeline.Api.Features.Webhooks;

/// <summary>A webhook as it is posted and edited.</summary>
public sealed record WebhookBody
{
    private const int MostTypes = 50;

    /// <summary>Where to: https, an address of the public internet.</summary>
    public string? Url { get; init; }

    /// <summary>What is sent: types of changes; `project.*` stands for all that begin so.</summary>
    public IReadOnlyList<string>? Types { get; init; }
    public string? Description { get; init; }

    /// <summary>`subject`: changes of one subject one after the other; `none`: each as soon as it can.</summary>
    public DeliveryOrder? Ordering { get; init; }

    /// <summary>The secret that signs: `whsec_` and 24 to 64 bytes in Base64; without it one is made. Changed by rotation alone.</summary>
    public string? Secret { get; init; }

    public sealed class Validator : AbstractValidator<WebhookBody>
    {
        public Validator()
        {
            RuleFor(webhook => webhook.Url).Required().Line(1000);
            RuleFor(webhook => webhook.Types).Required();
            RuleFor(webhook => webhook.Types)
                .Must(types => types!.Count is > 0 and <= MostTypes)
                .When(webhook => webhook.Types is not null)
                .Coded("count-between", 1, MostTypes);
            RuleForEach(webhook => webhook.Types)
                .Cascade(CascadeMode.Continue)
                .Must(type => type is not null && ChangeTypes.Named(type).Count > 0)
                .Coded("choice", string.Join(", ", ChangeTypes.All));
            RuleFor(webhook => webhook.Description).Line(200);
            RuleFor(webhook => webhook.Secret)
                .Must(secret => WebhookSignature.IsSecret(secret!))
                .When(webhook => webhook.Secret is not null)
                .Coded("webhook-secret");
        }
    }
}
