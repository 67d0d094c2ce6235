using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Capital;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Capital;

/// <summary>Capital paid in as it is entered: by a form, or by a row of a register.</summary>
/// <param name="Payer">One of the project's investors, by name.</param>
/// <param name="Files">Ids of uploaded files.</param>
public sealed record CapitalSaid(
    DateOnly OccurredOn,
    Money Amount,
    CapitalKind Kind,
    string? Payer,
    VoucherKind? VoucherKind,
    string? VoucherNo,
    IReadOnlyList<string> Files
);

/// <summary>Enters capital paid in, which waits for verification (R60, R61).</summary>
public static class EnterCapital
{
    /// <summary>Why it cannot be entered; null when it can.</summary>
    /// <param name="needsFile">Whether the file of its voucher must be there: of what the centre enters from registers it may follow later (R51).</param>
    public static async Task<Refusal?> RefusalOf(
        Session session,
        Caller caller,
        ProjectRow project,
        CapitalSaid said,
        RuleSet rules,
        bool needsFile = true
    )
    {
        if (!CapitalEntries.MaySubmit(project.At))
            return new Refusal(RefusalKind.Conflict, "capital-not-due", project.At);
        if (said.OccurredOn > session.Today)
            return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("occurredOn", "future")]);
        var errors = CapitalEntries
            .Missing(said.Kind, said.VoucherKind, said.VoucherNo, needsFile ? said.Files.Count : 1)
            .ToList();
        errors.AddRange(await AttachFiles.Unknown(session, caller, [(said.Files, "files")], project.Id));
        if (said.Payer is not null && PayerOf(project, said.Payer) is null)
            errors.Add(new FieldError("payer", "unknown-investor"));
        if (errors.Count > 0)
            return new Refusal(RefusalKind.Rule, "voucher-missing", errors);
        return CapitalEntries.NotCounted(said.Kind, said.Amount, rules.Capital) is { Count: > 0 } notCounted
            ? new Refusal(RefusalKind.Rule, "capital-not-counted", notCounted)
            : null;
    }

    /// <summary>Stores it and tells of it on the timeline; its id.</summary>
    public static async Task<string> Store(
        Session session,
        Caller caller,
        ProjectRow project,
        CapitalSaid said,
        RuleSet rules
    )
    {
        await AttachFiles.To(session, said.Files, project.Id, null);
        var refs = await AttachFiles.Refs(session, said.Files);
        var payer = PayerOf(project, said.Payer);
        var id = Ids.New();
        await session.Execute(
            Insert,
            new
            {
                id,
                projectId = project.Id,
                unit = project.OwnerId,
                occurredOn = said.OccurredOn,
                amount = said.Amount.Hundredths,
                currency = said.Amount.Currency,
                kind = Slug.Of(said.Kind),
                payer = payer?.Name,
                voucherKind = Slug.Of(said.VoucherKind!.Value),
                voucherNo = said.VoucherNo!.Trim(),
                voucherKey = KeyOf(said.VoucherNo!),
                files = Json.Write(refs),
                isForeign = CapitalEntries.IsForeign(
                    said.Kind,
                    said.VoucherKind!.Value,
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
            project.Id,
            EntryKind.CapitalSubmitted,
            caller,
            project.OwnerId,
            occurredOn: said.OccurredOn,
            after: new
            {
                capitalId = id,
                amount = said.Amount,
                kind = said.Kind,
                voucherNo = said.VoucherNo,
            },
            files: refs
        );
        await StoreProject.Touch(session, project.Id, publicly: false);
        return id;
    }

    /// <summary>By what the same voucher is found again, however it was written (R62).</summary>
    public static string KeyOf(string voucherNo) =>
        new([
            .. voucherNo
                .Normalize(System.Text.NormalizationForm.FormKC)
                .ToUpperInvariant()
                .Where(char.IsLetterOrDigit)
                .Take(100),
        ]);

    private static InvestorBody? PayerOf(ProjectRow project, string? name) =>
        name is null
            ? null
            : project
                .Body()
                .Investors?.FirstOrDefault(investor =>
                    Normalised.InvestorName(investor.Name!) == Normalised.InvestorName(name)
                );

    private const string Insert = """
        INSERT INTO capital_entries (id, project_id, jurisdiction_id, status, occurred_on, amount, currency, kind, payer, voucher_kind, voucher_no, voucher_key, files, is_foreign, submitted_by,
          submitted_by_name, submitted_at, rule_set_id, version, updated_at)
        VALUES (@id, @projectId, @unit, 'pending', @occurredOn, @amount, @currency, @kind, @payer, @voucherKind, @voucherNo, @voucherKey, @files, @isForeign, @by,
          @byName, @now, @ruleSetId, 1, @now)
        """;
}
