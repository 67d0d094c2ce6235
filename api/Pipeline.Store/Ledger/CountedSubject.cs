using Pipeline.Domain;
using Pipeline.Domain.Credit;

namespace Pipeline.Store.Ledger;

/// <summary>Of what facts count: a project, or something that is of none.</summary>
internal interface ICounted
{
    string Id { get; }
    bool Secret { get; }

    /// <summary>What counts of it by now.</summary>
    /// <param name="known">Its rows.</param>
    IReadOnlyList<CountedFact> Now(IReadOnlyList<LedgerRow> known);

    /// <summary>The act by which a fact first came to count.</summary>
    FactCause CauseOf(CountedFact fact);

    /// <summary>Where a fact counts that is written for the first time.</summary>
    Booking BookingOf(CountedFact fact, DateOnly today, Func<string, bool> isClosed);
}

/// <summary>The act by which a fact came to count, when, and the rule set that was fixed then; null: none was.</summary>
internal readonly record struct FactCause(string Kind, string Id, DateTimeOffset At, string? RuleSetId);

/// <summary>A fact of a subject, without the unit that it counts for.</summary>
/// <param name="Flags">In the order of their names.</param>
internal sealed record SubjectFact(FactKind Kind, DateOnly On, int Counted, Money? Amount = null, string Flags = "");

/// <summary>Something that is no project's and of which facts count (R45): an investment of a fund, an entry of a library, an event, a need that got money.</summary>
/// <param name="Cause">What its rows name as their cause.</param>
/// <param name="At">When what counts of it came to be known.</param>
/// <param name="UnitId">The unit that has it by now; null: the centre does.</param>
internal sealed record CountedSubject(
    long Seq,
    string Id,
    string Cause,
    DateTimeOffset At,
    string? UnitId,
    string? RuleSetId,
    IReadOnlyList<SubjectFact> Facts
) : ICounted
{
    /// <summary>The landing of what no unit brought: it is the city's alone.</summary>
    private const string TheCity = "city";

    public bool Secret => false;

    /// <summary>What changes hands later leaves what it brought with the unit that had it then.</summary>
    public IReadOnlyList<CountedFact> Now(IReadOnlyList<LedgerRow> known)
    {
        var standing = Ledgers.Standing(known);
        return
        [
            .. Facts.Select(fact => new CountedFact
            {
                Kind = fact.Kind,
                Subject = Id,
                OccurredOn = fact.On,
                Counted = fact.Counted,
                Amount = fact.Amount,
                InvestorFlags = fact.Flags,
                LandingId = standing.FirstOrDefault(row => row.Fact.Kind == fact.Kind)?.Fact.LandingId
                    ?? UnitId
                    ?? TheCity,
            }),
        ];
    }

    public FactCause CauseOf(CountedFact fact) => new(Cause, Id, At, RuleSetId);

    public Booking BookingOf(CountedFact fact, DateOnly today, Func<string, bool> isClosed) =>
        Periods.Of(fact.OccurredOn, today, isClosed);
}
