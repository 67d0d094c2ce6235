namespace Pipeline.Domain.Imports;

/// <summary>How much an issue weighs (R50): a doubt lets the row in and asks a person, a refusal keeps it out.</summary>
public enum Severity
{
    Doubt,
    Refusal,
}

/// <summary>Why a cell or a row is doubtful or refused: codes that never change, messages come from resources.</summary>
public static class ImportCodes
{
    // The row.
    public const string NameMissing = "name-missing";
    public const string TotalRow = "total-row";
    public const string HeaderRow = "header-row";
    public const string HeadingRow = "heading-row";
    public const string SubtotalRow = "subtotal-row";
    public const string PartRow = "part-row";
    public const string ContinuationRow = "continuation-row";
    public const string NoteRow = "note-row";
    public const string TooManyCells = "too-many-cells";
    public const string ContinuedBelow = "continued-below";
    public const string InvestorBelow = "investor-below";
    public const string RowHidden = "row-hidden";
    public const string StrayQuote = "stray-quote";
    public const string StageLent = "stage-from-heading";
    public const string ChainLent = "chain-from-heading";
    public const string PlaceLent = "place-from-heading";
    public const string MaybeNoProject = "maybe-no-project";
    public const string SecondColumn = "second-column";
    public const string TooLong = "too-long";
    public const string Shortened = "shortened";
    public const string NotStorable = "not-storable";
    public const string StageNotImportable = "stage-not-importable";
    public const string RowFailed = "row-failed";

    // The file as a whole: what was left out of it, and what is odd about it.
    public const string SheetHidden = "sheet-hidden";
    public const string SheetLeftOut = "sheet-left-out";
    public const string RowsAbove = "rows-above";
    public const string RowsHidden = "rows-hidden";
    public const string TotalDiffers = "total-differs";
    public const string CorrectionLost = "correction-lost";

    // A cell from which nothing can be taken, whatever its field.
    public const string DittoUnclear = "ditto-unclear";
    public const string CellError = "cell-error";
    public const string NotCalculated = "not-calculated";
    public const string FormatUnknown = "format-unknown";
    public const string CodeAsNumber = "code-as-number";
    public const string CellWithoutHeading = "cell-without-heading";

    // The row against the rules of the one who imports (R51, R52) and against what is already known (R53, R54).
    public const string ReportIncomplete = "report-incomplete";
    public const string OtherJurisdiction = "other-jurisdiction";
    public const string UnitBarred = "unit-barred";

    // No row gets these any more, since they told what others have (R52); rows of earlier imports keep them.
    public const string ProjectAlreadySigned = "project-already-signed";
    public const string ClaimAlreadyHeld = "claim-already-held";
    public const string ClaimHeldByAnother = "claim-held-by-another";
    public const string InvestorMissing = "investor-missing";
    public const string AmountMissing = "amount-missing";
    public const string IndustryMissing = "industry-missing";
    public const string PossibleDuplicate = "possible-duplicate";
    public const string MoreMatches = "more-matches";
    public const string AtomicRollback = "atomic-rollback";

    /// <summary>A row with doubts that was not to be taken: it waits for a person.</summary>
    public const string HeldBack = "held-back";

    // Amounts.
    public const string Approximate = "approximate";
    public const string LowerBound = "lower-bound";
    public const string UpperBound = "upper-bound";
    public const string Partial = "partial";
    public const string Planned = "planned";
    public const string BoundOnly = "bound-only";
    public const string Range = "value-range";
    public const string TwoAmounts = "two-amounts";
    public const string SeveralAmounts = "several-amounts";
    public const string Phases = "phases";
    public const string BatchTotal = "batch-total";
    public const string NotTotal = "not-total";
    public const string UnitMissing = "unit-missing";
    public const string CurrencyAssumed = "currency-assumed";
    public const string CurrencyDiffers = "currency-differs";
    public const string CurrencyUnknown = "currency-unknown";
    public const string Implausible = "implausible";
    public const string NotPositive = "not-positive";
    public const string Rounded = "rounded";
    public const string ExtraText = "extra-text";
    public const string AmountAmbiguous = "amount-ambiguous";
    public const string AmountUnreadable = "amount-unreadable";

    // Land.
    public const string UnitConverted = "unit-converted";
    public const string LandUnreadable = "land-unreadable";
    public const string QuantityUnreadable = "quantity-unreadable";
    public const string ChoiceUnreadable = "choice-unreadable";

    // Dates.
    public const string DateNoYear = "date-no-year";
    public const string DateMonthOnly = "date-month-only";
    public const string DateYearOnly = "date-year-only";
    public const string DateTwoDays = "date-two-days";
    public const string DateBound = "date-bound";
    public const string DateRelative = "date-relative";
    public const string DatePeriod = "date-period";
    public const string DatePlanned = "date-planned";
    public const string DateApproximate = "date-approximate";
    public const string DateAmbiguous = "date-ambiguous";
    public const string DateImpossible = "date-impossible";
    public const string DateSerial = "date-serial";
    public const string DateUnreadable = "date-unreadable";
    public const string DateFuture = "date-future";
    public const string DateOrder = "date-order";
    public const string RegisteredBeforeSigned = "registered-before-signed";

    // Stages.
    public const string StageUnknown = "stage-unknown";
    public const string StageAssumed = "stage-assumed";
    public const string StagePlanned = "stage-planned";
    public const string FrameworkOnly = "framework-only";
    public const string StageBehindDates = "stage-behind-dates";

    // Places.
    public const string OwnerUnknown = "owner-unknown";
    public const string OwnerByPlace = "owner-by-place";
    public const string OwnerDiffers = "owner-differs";
    public const string PlaceSeveral = "place-several";
    public const string PlaceElsewhere = "place-elsewhere";

    // Investors.
    public const string InvestorGeneric = "investor-generic";
    public const string InvestorAlias = "investor-alias";
    public const string InvestorsMaybeSeveral = "investors-maybe-several";
    public const string CountryUnknown = "country-unknown";
    public const string CountrySeveral = "country-several";
    public const string UsccMalformed = "uscc-malformed";
    public const string UsccCheckDigit = "uscc-check-digit";
    public const string NationalCodeMalformed = "national-code-malformed";

    // Classes and contacts.
    public const string IndustryUnknown = "industry-unknown";
    public const string IndustryAssumed = "industry-assumed";
    public const string ContactKindUnknown = "contact-kind-unknown";

    private static readonly HashSet<string> Refusals =
    [
        NameMissing,
        TotalRow,
        HeaderRow,
        HeadingRow,
        SubtotalRow,
        PartRow,
        ContinuationRow,
        NoteRow,
        TooManyCells,
        TooLong,
        ReportIncomplete,
        OtherJurisdiction,
        UnitBarred,
        ProjectAlreadySigned,
        ClaimAlreadyHeld,
        ClaimHeldByAnother,
        InvestorMissing,
        AmountMissing,
        IndustryMissing,
        AtomicRollback,
        HeldBack,
        NotStorable,
        StageNotImportable,
        RowFailed,
    ];

    /// <summary>What the rule makes of a code; one not listed as a refusal is a doubt.</summary>
    public static Severity SeverityOf(string code) => Refusals.Contains(code) ? Severity.Refusal : Severity.Doubt;
}

/// <summary>One thing uncertain about a cell: a code of <see cref="ImportCodes"/> and arguments for its message.</summary>
public sealed record Doubt(string Code, params object[] Args);

/// <summary>A cell understood: what stood there, kept for ever (R50); what is certain of it; what is not.</summary>
public sealed record Cell<T>(string Original, T Value, IReadOnlyList<Doubt> Doubts)
{
    /// <summary>The codes of the doubts, in order.</summary>
    public IEnumerable<string> Codes => Doubts.Select(d => d.Code);
}
