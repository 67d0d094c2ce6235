using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Capital;

namespace Pipeline.Api.Features.Capital;

/// <summary>Submits capital paid in with its voucher (R60); the centre verifies it (R61).</summary>
public static class SubmitCapital
{
    public sealed record Request
    {
        /// <summary>The date of value.</summary>
        public DateOnly? OccurredOn { get; init; }
        public Money? Amount { get; init; }
        public CapitalKind? Kind { get; init; }

        /// <summary>One of the project's investors, by name.</summary>
        public string? Payer { get; init; }
        public VoucherKind? VoucherKind { get; init; }
        public string? VoucherNo { get; init; }
        public IReadOnlyList<string>? Files { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.OccurredOn).Required();
            RuleFor(request => request.OccurredOn).Day();
            RuleFor(request => request.Amount)
                .NotNull()
                .Coded("required")
                .Amount()
                .Must(amount => amount!.Value.Amount > 0)
                .Coded("amount-positive");
            RuleFor(request => request.Kind).Required();
            RuleFor(request => request.Payer).Line(200);
            RuleFor(request => request.VoucherNo).Line(100);
            RuleFor(request => request.Files).RecordIds(20);
        }
    }

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(session => Take(session, call, id, body, settle, ruleBooks));
    }

    /// <summary>Submits capital of a project.</summary>
    public static async Task<Reply> Take(
        Session session,
        Call call,
        string id,
        Parsed<Request> body,
        SettleClaims settle,
        RuleBooks ruleBooks
    )
    {
        var caller = call.Caller;
        var loaded = await LoadProject.ForWrite(session, settle, caller, id, Act.SubmitCapital);
        if (loaded.Refusal is { } refusal)
            return refusal;
        if (body.Refusal is { } malformed)
            return malformed;
        var (project, request) = (loaded.Value, body.Value!);
        var said = new CapitalSaid(
            request.OccurredOn!.Value,
            request.Amount!.Value,
            request.Kind!.Value,
            request.Payer,
            request.VoucherKind,
            request.VoucherNo,
            request.Files ?? []
        );
        var rules = await ruleBooks.Current(session);
        if (await EnterCapital.RefusalOf(session, caller, project, said, rules) is { } refused)
            return refused;
        if (call.ValidateOnly)
            return Reply.NothingStored;
        var entryId = await EnterCapital.Store(session, caller, project, said, rules);
        var row = (await CapitalRow.For(session, caller, entryId))!;
        await session.Raise(new CapitalSubmitted(row, caller));
        return Reply.Resource(
            row.View(caller, await ruleBooks.Load(session)),
            row.Version,
            201,
            $"/api/v1/capital/{entryId}",
            id
        );
    }
}
