using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Capital;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

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
                .Must(amount => amount is not null)
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
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            var loaded = await LoadProject.ForWrite(session, settle, caller, id, Act.SubmitCapital);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var (project, request) = (loaded.Value, body.Value!);
            if (!CapitalEntries.MaySubmit(project.At))
                return new Refusal(RefusalKind.Conflict, "capital-not-due", project.At);
            if (request.OccurredOn > session.Today)
                return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("occurredOn", "future")]);
            var files = request.Files ?? [];
            var errors = CapitalEntries
                .Missing(request.Kind!.Value, request.VoucherKind, request.VoucherNo, files.Count)
                .ToList();
            errors.AddRange(await AttachFiles.Unknown(session, caller, [(files, "files")], id));
            var payer = Payer(project, request.Payer);
            if (request.Payer is not null && payer is null)
                errors.Add(new FieldError("payer", "unknown-investor"));
            if (errors.Count > 0)
                return new Refusal(RefusalKind.Rule, "voucher-missing", errors);
            var rules = await ruleBooks.Current(session);
            if (
                CapitalEntries.NotCounted(request.Kind!.Value, request.Amount!.Value, rules.Capital) is
                { Count: > 0 } notCounted
            )
                return new Refusal(RefusalKind.Rule, "capital-not-counted", notCounted);
            if (call.ValidateOnly)
                return Reply.NothingStored;

            await AttachFiles.To(session, files, id, null);
            var refs = await AttachFiles.Refs(session, files);
            var entryId = Ids.New();
            await session.Execute(
                Insert,
                new
                {
                    id = entryId,
                    projectId = id,
                    unit = project.OwnerId,
                    occurredOn = request.OccurredOn,
                    amount = request.Amount!.Value.Hundredths,
                    currency = request.Amount!.Value.Currency,
                    kind = Slug.Of(request.Kind!.Value),
                    payer = payer?.Name,
                    voucherKind = Slug.Of(request.VoucherKind!.Value),
                    voucherNo = request.VoucherNo!.Trim(),
                    voucherKey = KeyOf(request.VoucherNo!),
                    files = Json.Write(refs),
                    isForeign = CapitalEntries.IsForeign(
                        request.Kind!.Value,
                        request.VoucherKind!.Value,
                        payer is { Country: { } country } && country is not ("CN" or InvestorBody.UnknownCountry),
                        rules.Capital
                    )
                        ? 1
                        : 0,
                    by = caller.UserId,
                    byName = caller.DisplayName,
                    now = session.Now,
                    ruleSetId = rules.Id,
                }
            );
            Timeline.Add(
                session,
                id,
                EntryKind.CapitalSubmitted,
                caller,
                project.OwnerId,
                occurredOn: request.OccurredOn,
                after: new
                {
                    capitalId = entryId,
                    amount = request.Amount,
                    kind = request.Kind,
                    voucherNo = request.VoucherNo,
                },
                files: refs
            );
            await StoreProject.Touch(session, id, publicly: false);
            var row = (await CapitalRow.For(session, caller, entryId))!;
            await session.Raise(new CapitalSubmitted(row, caller));
            return Reply.Resource(
                row.View(caller, await ruleBooks.Load(session)),
                row.Version,
                201,
                $"/api/v1/capital/{entryId}",
                id
            );
        });
    }

    private static InvestorBody? Payer(ProjectRow project, string? name) =>
        name is null
            ? null
            : project
                .Body()
                .Investors?.FirstOrDefault(investor =>
                    Normalised.InvestorName(investor.Name!) == Normalised.InvestorName(name)
                );

    /// <summary>By what the same voucher is found again, however it was written (R62).</summary>
    private static string KeyOf(string voucherNo) =>
        new([
            .. voucherNo
                .Normalize(System.Text.NormalizationForm.FormKC)
                .ToUpperInvariant()
                .Where(char.IsLetterOrDigit)
                .Take(100),
        ]);

    private const string Insert = """
        INSERT INTO capital_entries (id, project_id, jurisdiction_id, status, occurred_on, amount, currency, kind, payer, voucher_kind, voucher_no, voucher_key, files, is_foreign, submitted_by,
          submitted_by_name, submitted_at, rule_set_id, version, updated_at)
        VALUES (@id, @projectId, @unit, 'pending', @occurredOn, @amount, @currency, @kind, @payer, @voucherKind, @voucherNo, @voucherKey, @files, @isForeign, @by,
          @byName, @now, @ruleSetId, 1, @now)
        """;
}
