using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Events;
using Pipeline.Domain.Libraries;

namespace Pipeline.Store.Ledger;

/// <summary>Where subjects that are no projects come from.</summary>
/// <param name="Cause">What rows of them name as their cause.</param>
/// <param name="Kinds">What their facts are.</param>
/// <param name="Setting">The setting with the number below which older ones are still to be written; null: they are written by the day (<see cref="KeepSubjects"/>).</param>
/// <param name="Guard">The lock under which its subjects change.</param>
/// <param name="ByIds">Some by their ids.</param>
/// <param name="After">The next ones in the order of their numbers.</param>
/// <param name="Below">The next ones from a number down.</param>
internal sealed record SubjectSource(
    string Cause,
    IReadOnlyList<FactKind> Kinds,
    string? Setting,
    LockName Guard,
    Func<Session, IReadOnlyList<string>, Task<IReadOnlyList<CountedSubject>>> ByIds,
    Func<Session, long, int, Task<IReadOnlyList<CountedSubject>>> After,
    Func<Session, long, int, Task<IReadOnlyList<CountedSubject>>> Below
)
{
    /// <summary>All there are.</summary>
    public static readonly IReadOnlyList<SubjectSource> All =
    [
        CountedInvestments.Source,
        CountedEntries.Source,
        CountedMatches.Source,
        CountedEvents.Source,
    ];

    /// <summary>A source whose subjects are rows of one statement that ends in its conditions.</summary>
    /// <param name="seq">The column of their numbers.</param>
    /// <param name="id">The column of their ids.</param>
    public static SubjectSource Of<TRow>(
        string cause,
        IReadOnlyList<FactKind> kinds,
        string? setting,
        LockName guard,
        string sql,
        string seq,
        string id,
        Func<TRow, DateOnly, CountedSubject> read
    )
        where TRow : class
    {
        async Task<IReadOnlyList<CountedSubject>> Query(Session session, string rest, object parameters) =>
            [.. (await session.Query<TRow>($"{sql} AND {rest}", parameters)).Select(row => read(row, session.Today))];
        return new SubjectSource(
            cause,
            kinds,
            setting,
            guard,
            (session, ids) => Query(session, $"{id} IN @ids ORDER BY {seq}", new { ids }),
            (session, from, limit) => Query(session, $"{seq} > @from ORDER BY {seq} {{page}}", new { from, limit }),
            (session, from, limit) => Query(session, $"{seq} < @from ORDER BY {seq} DESC {{page}}", new { from, limit })
        );
    }
}

/// <summary>Investments of funds (R131): a second person verified them, and the company is of the city or has moved to it. A decision on one is final.</summary>
internal static class CountedInvestments
{
    public const string Cause = "fund-investment";

    public static readonly SubjectSource Source = SubjectSource.Of<Row>(
        Cause,
        [FactKind.FundInvestment],
        "ledger-investments-below",
        LockName.Library,
        """
        SELECT i.seq, i.id, e.keeper_id, i.invested_on, i.amount, i.currency, i.decided_at
        FROM fund_investments i JOIN library_entries e ON e.id = i.fund_id
        WHERE i.status = 'verified' AND i.invested_in <> 'elsewhere'
        """,
        "i.seq",
        "i.id",
        (row, _) =>
            new CountedSubject(
                row.Seq,
                row.Id,
                Cause,
                row.DecidedAt,
                row.KeeperId,
                null,
                [
                    new SubjectFact(
                        FactKind.FundInvestment,
                        row.InvestedOn,
                        0,
                        Money.FromHundredths(row.Amount, row.Currency)
                    ),
                ]
            )
    );

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public string? KeeperId { get; init; }
        public DateOnly InvestedOn { get; init; }
        public long Amount { get; init; }
        public required string Currency { get; init; }
        public DateTimeOffset DecidedAt { get; init; }
    }
}

/// <summary>Entries of the libraries that are told to the city and kept up (R130, R140): each with the day and the paper that shows it. What a unit keeps to itself counts for nobody, so that no figure tells of it (R20).</summary>
internal static class CountedEntries
{
    public const string Cause = "library-entry";

    public static readonly SubjectSource Source = SubjectSource.Of<Row>(
        Cause,
        [FactKind.Enterprise, FactKind.Listing, FactKind.Institution, FactKind.Fund],
        "ledger-entries-below",
        LockName.Library,
        """
        SELECT e.seq, e.id, e.library, e.keeper_id, e.details, e.city_visible, e.retired_at, e.updated_at
        FROM library_entries e
        WHERE e.library IN ('institutions', 'funds', 'tech-enterprises')
        """,
        "e.seq",
        "e.id",
        (row, _) =>
            new CountedSubject(
                row.Seq,
                row.Id,
                Cause,
                row.UpdatedAt,
                row.KeeperId,
                null,
                row.CityVisible && row.RetiredAt is null ? [.. FactsOf(Slug.To<Library>(row.Library), row.Details)] : []
            )
    );

    private static IEnumerable<SubjectFact> FactsOf(Library library, string details)
    {
        switch (library)
        {
            case Library.Institutions
                when Json.Read<InstitutionDetails>(details) is { RegisteredOn: { } on, Evidence.Length: > 0 }:
                yield return new SubjectFact(FactKind.Institution, on, 1);
                break;
            case Library.Funds
                when Json.Read<FundDetails>(details) is { RegisteredOn: { } on, Evidence.Length: > 0 } fund:
                yield return new SubjectFact(FactKind.Fund, on, 1, fund.Size);
                break;
            case Library.TechEnterprises:
                var enterprise = Json.Read<TechEnterpriseDetails>(details);
                if (enterprise is { RecognisedOn: { } recognised, Evidence.Length: > 0 })
                    yield return new SubjectFact(FactKind.Enterprise, recognised, 1, Flags: FlagsOf(enterprise));

                // Where its shares are listed is for everybody to look up, as a paper is.
                if (
                    enterprise.ListedOn is { } listed
                    && (enterprise.Market is { Length: > 0 } || enterprise.Evidence is { Length: > 0 })
                )
                    yield return new SubjectFact(FactKind.Listing, listed, 1);
                break;
        }
    }

    private static string FlagsOf(TechEnterpriseDetails enterprise) =>
        string.Join(
            ' ',
            new[]
            {
                enterprise.Incubator is { Length: > 0 } ? "incubator" : null,
                enterprise.Park is { Length: > 0 } ? "park" : null,
            }.OfType<string>()
        );

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string Library { get; init; }
        public string? KeeperId { get; init; }
        public required string Details { get; init; }
        public bool CityVisible { get; init; }
        public DateTimeOffset? RetiredAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
    }
}

/// <summary>Matches that brought money to an enterprise without a project (R135). Those of a project's needs are the project's (<see cref="CountedProject"/>), so that they are hidden with it.</summary>
internal static class CountedMatches
{
    public const string Cause = "match";

    /// <summary>1 for the first that brought money to its need (<c>m</c>), 0 for those after it: a need that is financed twice counts once.</summary>
    public const string First = """
        CASE WHEN EXISTS (SELECT 1 FROM matches f WHERE f.need_id = m.need_id AND f.state = 'financed' AND (f.financed_on < m.financed_on OR (f.financed_on = m.financed_on AND f.seq < m.seq)))
          THEN 0 ELSE 1 END
        """;

    public static readonly SubjectSource Source = SubjectSource.Of<Row>(
        Cause,
        [FactKind.Financing],
        "ledger-matches-below",
        LockName.Resources,
        $"""
        SELECT m.seq, m.id, n.unit_id, m.amount, m.currency, m.financed_on, m.rule_set_id, m.updated_at, {First} AS counted
        FROM matches m JOIN financing_needs n ON n.id = m.need_id
        WHERE m.state = 'financed' AND n.project_id IS NULL
        """,
        "m.seq",
        "m.id",
        (row, _) =>
            new CountedSubject(
                row.Seq,
                row.Id,
                Cause,
                row.UpdatedAt,
                row.UnitId,
                row.RuleSetId,
                [
                    new SubjectFact(
                        FactKind.Financing,
                        row.FinancedOn,
                        row.Counted,
                        Money.FromHundredths(row.Amount, row.Currency)
                    ),
                ]
            )
    );

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string UnitId { get; init; }
        public long Amount { get; init; }
        public required string Currency { get; init; }
        public DateOnly FinancedOn { get; init; }
        public string? RuleSetId { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public int Counted { get; init; }
    }
}

/// <summary>Events from their last day on, unless they were called off (R134).</summary>
internal static class CountedEvents
{
    public const string Cause = "event";

    public static readonly SubjectSource Source = SubjectSource.Of<Row>(
        Cause,
        [FactKind.Event],
        null,
        LockName.Resources,
        "SELECT e.seq, e.id, e.organiser_id, e.kind, e.technology, e.ends_on, e.cancel_reason, e.updated_at FROM events e WHERE 1 = 1",
        "e.seq",
        "e.id",
        (row, today) =>
            new CountedSubject(
                row.Seq,
                row.Id,
                Cause,
                row.UpdatedAt,
                row.OrganiserId,
                null,
                EventRules.StatusOn(today, row.EndsOn, row.CancelReason is not null) == EventStatus.Held
                    ?
                    [
                        new SubjectFact(
                            FactKind.Event,
                            row.EndsOn,
                            1,
                            Flags: row.Technology ? $"{row.Kind} technology" : row.Kind
                        ),
                    ]
                    : []
            )
    );

    /// <summary>The ids of those whose last day is after one and not after another.</summary>
    public static Task<List<string>> Ended(Session session, DateOnly after, DateOnly until) =>
        session.Query<string>(SelectEnded, new { after, until });

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public string? OrganiserId { get; init; }
        public required string Kind { get; init; }
        public bool Technology { get; init; }
        public DateOnly EndsOn { get; init; }
        public string? CancelReason { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
    }

    private const string SelectEnded =
        "SELECT e.id FROM events e WHERE e.ends_on > @after AND e.ends_on <= @until ORDER BY e.seq";
}
