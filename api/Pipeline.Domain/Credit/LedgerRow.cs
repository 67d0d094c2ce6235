using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Credit;

/// <summary>What a row of the ledger (实绩台账) tells of.</summary>
public enum FactKind
{
    Signed,
    Registered,
    Started,
    InProduction,

    /// <summary>Capital paid in, as it was verified (R61).</summary>
    Capital,

    /// <summary>Fixed-asset investment of a year, from statistics (R65).</summary>
    FixedInvestment,

    /// <summary>Money that a fund put into a company here, as a second person verified it (R131). It is of no project: its row's subject is the investment.</summary>
    FundInvestment,

    /// <summary>A technology enterprise that was recognised, or settled here (R140), with its park and incubator.</summary>
    Enterprise,

    /// <summary>An enterprise whose shares were listed first.</summary>
    Listing,

    /// <summary>An investment institution that was registered here.</summary>
    Institution,

    /// <summary>A fund that was registered here, with its size.</summary>
    Fund,

    /// <summary>An event that was held (R134).</summary>
    Event,

    /// <summary>Money that a need of financing got (R135): of a project's need the project's own, once it is signed.</summary>
    Financing,
}

/// <summary>A fact that counts, with the attributes that indicators filter by as they stood (R45).</summary>
public sealed record CountedFact
{
    public required FactKind Kind { get; init; }

    /// <summary>What tells it from others of its kind on one project: the capital entry, the year of an investment; empty for stages.</summary>
    public required string Subject { get; init; }

    public required DateOnly OccurredOn { get; init; }

    /// <summary>1 where a project comes to count, 0 where only money does.</summary>
    public required int Counted { get; init; }

    /// <summary>Null: nobody has said how much.</summary>
    public Money? Amount { get; init; }
    public string? IndustryCode { get; init; }
    public bool Manufacturing { get; init; }

    /// <summary>Whether an investor is foreign; of capital, whether it is foreign capital (R60).</summary>
    public bool Foreign { get; init; }

    /// <summary>Flags of the investors, in the order of their names: <c>fortune500 listed</c>; of what is no project's its own: <c>incubator park</c>, <c>road-show technology</c>.</summary>
    public string InvestorFlags { get; init; } = "";
    public bool ProvincialZone { get; init; }

    /// <summary>The unit that talked first; null where that is the landing unit's own doing or nobody knows.</summary>
    public string? FirstTalkId { get; init; }
    public required string LandingId { get; init; }

    /// <summary>The out-posted office that brought it, where it is neither.</summary>
    public string? FinderId { get; init; }
}

/// <summary>A row of the ledger: written once, never changed; what it says no longer is reversed by another.</summary>
/// <param name="ProjectId">The project; of what is no project's the subject itself: an investment of a fund, an enterprise, an event.</param>
/// <param name="Period">The month in which it counts, <c>YYYY-MM</c>.</param>
/// <param name="BelongsTo">The month to which it belongs, where that is another.</param>
/// <param name="Sign">1, or −1 of a reversal.</param>
/// <param name="AgreementId">The agreement in force when it was recorded (R46).</param>
/// <param name="Reverses">The row that it takes back.</param>
public sealed record LedgerRow(
    long Seq,
    string ProjectId,
    CountedFact Fact,
    DateTimeOffset RecordedAt,
    string Period,
    string? BelongsTo,
    int Sign,
    bool Secret,
    string? AgreementId,
    string RuleSetId,
    string CauseKind,
    string CauseId,
    long? Reverses
)
{
    /// <summary>Whether it tells of a signing whose notice was late or missing (R32), as the centre judges it by now; no part of the ledger.</summary>
    public bool LateNotice { get; init; }

    /// <summary>Whether it tells of a project.</summary>
    public bool IsOfProject => ProjectId != Fact.Subject;

    /// <summary>Whether a fact is a project's reaching of a stage.</summary>
    public static bool IsStage(FactKind kind) => Enum.GetValues<Stage>().Any(stage => KindOf(stage) == kind);

    /// <summary>Whether facts of a kind are money alone, and count for nothing else.</summary>
    public static bool IsMoneyAlone(FactKind kind) =>
        kind is FactKind.Capital or FactKind.FixedInvestment or FactKind.FundInvestment;

    /// <summary>Whether facts of a kind have no amount.</summary>
    public static bool HasNoAmount(FactKind kind) =>
        kind is FactKind.Enterprise or FactKind.Listing or FactKind.Institution or FactKind.Event;

    /// <summary>Projects that it adds, or takes away.</summary>
    public int Counted => Sign * Fact.Counted;

    /// <summary>The stage that a fact is the reaching of; null for money.</summary>
    public static FactKind? KindOf(Stage stage) =>
        stage switch
        {
            Stage.Signed => FactKind.Signed,
            Stage.Registered => FactKind.Registered,
            Stage.Started => FactKind.Started,
            Stage.InProduction => FactKind.InProduction,
            _ => null,
        };
}

/// <summary>What is to be written so that the ledger says what is so.</summary>
/// <param name="Reversals">Rows that are no longer true.</param>
/// <param name="Additions">Facts that no standing row tells, with the row that each takes the place of.</param>
public sealed record LedgerChange(
    IReadOnlyList<LedgerRow> Reversals,
    IReadOnlyList<(CountedFact Fact, LedgerRow? Replaces)> Additions
)
{
    public bool IsNothing => Reversals.Count + Additions.Count == 0;
}

/// <summary>The ledger of one project, held against what is so (R45).</summary>
public static class Ledgers
{
    /// <summary>The rows that stand: neither reversed nor reversals.</summary>
    public static IReadOnlyList<LedgerRow> Standing(IReadOnlyList<LedgerRow> rows)
    {
        var reversed = rows.Where(row => row.Reverses is not null).Select(row => row.Reverses!.Value).ToHashSet();
        return [.. rows.Where(row => row.Reverses is null && !reversed.Contains(row.Seq))];
    }

    /// <summary>What has to be reversed and written anew. A fact changed after it counted is both (R45).</summary>
    /// <param name="rows">All rows of the project.</param>
    /// <param name="facts">The facts that count by now.</param>
    public static LedgerChange Compare(IReadOnlyList<LedgerRow> rows, IReadOnlyList<CountedFact> facts)
    {
        var standing = Standing(rows).ToDictionary(row => (row.Fact.Kind, row.Fact.Subject));
        var reversals = new List<LedgerRow>();
        var additions = new List<(CountedFact, LedgerRow?)>();
        foreach (var fact in facts)
        {
            if (!standing.Remove((fact.Kind, fact.Subject), out var row))
            {
                additions.Add((fact, null));
            }
            else if (row.Fact != fact)
            {
                reversals.Add(row);
                additions.Add((fact, row));
            }
        }

        reversals.AddRange(standing.Values.OrderBy(row => row.Seq));
        return new LedgerChange(reversals, additions);
    }
}
