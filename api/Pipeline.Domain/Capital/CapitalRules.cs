using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Capital;

/// <summary>How capital was paid in (R60).</summary>
public enum CapitalKind
{
    DomesticCash,
    ForeignCash,
    Equipment,
    ReinvestedProfit,
    ShareholderLoan,
    Intangible,
}

/// <summary>What proves it.</summary>
public enum VoucherKind
{
    BankSlip,
    CapitalVerification,
    FdiRegistration,
    MofcomExtract,
    Invoice,
    CustomsForm,
    AuditedAccounts,
    ForeignDebtRegistration,
    Appraisal,
}

/// <summary>Where an entry stands.</summary>
public enum CapitalStatus
{
    Pending,
    Verified,
    Returned,
    Reversed,
}

/// <summary>Capital paid in (R60–R65).</summary>
public static class CapitalEntries
{
    /// <summary>Whether capital can be submitted for a project in this stage: once it is signed, as long as it has not ended.</summary>
    public static bool MaySubmit(Projects.Stage stage) =>
        stage is > Projects.Stage.InTalks and < Projects.Stage.Terminated;

    /// <summary>The vouchers of which one must be there, by kind (R60).</summary>
    public static IReadOnlyList<VoucherKind> VouchersFor(CapitalKind kind) =>
        kind switch
        {
            CapitalKind.DomesticCash => [VoucherKind.BankSlip, VoucherKind.CapitalVerification],
            CapitalKind.ForeignCash => [VoucherKind.FdiRegistration, VoucherKind.MofcomExtract],
            CapitalKind.Equipment => [VoucherKind.Invoice, VoucherKind.CustomsForm],
            CapitalKind.ReinvestedProfit => [VoucherKind.AuditedAccounts],
            CapitalKind.ShareholderLoan => [VoucherKind.ForeignDebtRegistration],
            _ => [VoucherKind.Appraisal],
        };

    /// <summary>What an entry lacks of its proof: the right voucher, its number, a file.</summary>
    public static IReadOnlyList<FieldError> Missing(
        CapitalKind kind,
        VoucherKind? voucher,
        string? voucherNo,
        int files
    )
    {
        var errors = new List<FieldError>();
        var fitting = VouchersFor(kind);
        if (voucher is not { } given || !fitting.Contains(given))
            errors.Add(new FieldError("voucherKind", "voucher-kind", [.. fitting.Cast<object>()]));
        if (string.IsNullOrWhiteSpace(voucherNo))
            errors.Add(new FieldError("voucherNo", "required"));
        if (files == 0)
            errors.Add(new FieldError("files", "required"));
        return errors;
    }

    /// <summary>Why an entry is no capital paid in under a rule set (§6): its kind does not count, or it is smaller than the least that counts in its currency.</summary>
    public static IReadOnlyList<FieldError> NotCounted(CapitalKind kind, Money amount, CapitalRules rules)
    {
        var errors = new List<FieldError>();
        if (!rules.Kinds.Contains(kind))
            errors.Add(new FieldError("kind", "capital-kind", [.. rules.Kinds.Cast<object>()]));
        if (
            rules.Minima.FirstOrDefault(least => least.Currency == amount.Currency) is { Currency: not null } least
            && amount.Amount < least.Amount
        )
            errors.Add(new FieldError("amount", "below-minimum", least.Amount, least.Currency));
        return errors;
    }

    /// <summary>Whether it is foreign capital (R60): by its kind, or because the foreign side brought it in.</summary>
    /// <param name="foreignPayer">Whether the payer is a foreign investor.</param>
    public static bool IsForeign(CapitalKind kind, VoucherKind voucher, bool foreignPayer, CapitalRules rules) =>
        rules.ForeignKinds.Contains(kind)
        || (kind == CapitalKind.Equipment && voucher == VoucherKind.CustomsForm && foreignPayer)
        || (kind == CapitalKind.Intangible && foreignPayer);

    /// <summary>What was reached of what was planned (R64), unrounded and uncapped; null where nothing was planned or either is unknown.</summary>
    public static decimal? Rate(decimal? paid, decimal? planned) =>
        paid is { } given && planned is > 0 and { } whole ? given / whole : null;
}
