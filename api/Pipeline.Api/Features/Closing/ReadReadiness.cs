using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Closing;

/// <summary>What waits, and for how many projects of a unit.</summary>
public sealed record WaitingOf(UnitRef Unit, int Count);

/// <summary>Something that waits.</summary>
/// <param name="Id">The move's or the entry's.</param>
public sealed record WaitingItem(
    string Id,
    string ProjectId,
    string ProjectName,
    UnitRef Unit,
    DateOnly OccurredOn,
    DateTimeOffset SubmittedAt
);

/// <summary>Things of one kind that wait.</summary>
/// <param name="Count">How many in all; <paramref name="Items"/> are the oldest.</param>
public sealed record Waiting(int Count, IReadOnlyList<WaitingOf> Units, IReadOnlyList<WaitingItem> Items);

/// <summary>What still waits before a period is closed (R105); it bars nothing.</summary>
public sealed record ReadinessView
{
    public required string Period { get; init; }

    /// <summary>Moves of the period, or earlier, that nobody has decided.</summary>
    public required Waiting Moves { get; init; }

    /// <summary>Capital of the period, or earlier, that nobody has verified or returned.</summary>
    public required Waiting Capital { get; init; }

    /// <summary>Of that capital what has a voucher that another entry has too (R62).</summary>
    public required Waiting Doubts { get; init; }

    /// <summary>Facts of an older library are still being taken up; until then no period is closed.</summary>
    public required bool Incomplete { get; init; }

    /// <summary>Why it cannot be closed now: `period-closed`, `period-order`, `period-not-over` or `ledger-incomplete`; absent when it can.</summary>
    public string? Barred { get; init; }
}

/// <summary>Reads what still waits before a period is closed.</summary>
public static class ReadReadiness
{
    private const int MostItems = 50;

    public static Task<IResult> Handle(string period, Call call) =>
        call.Read<IResult>(async session =>
        {
            if (!ReadPeriods.IsOne(period, session.Today))
                return (Reply)Refusal.NotFound;
            var last = Domain.Assessment.FigurePeriod.Over(period).LastDay;
            var moves = await session.Query<Row>(SelectMoves, new { last });
            var capital = await session.Query<Row>(SelectCapital, new { last });
            foreach (
                var project in moves.Concat(capital).Where(row => row.Secret).Select(row => row.ProjectId).Distinct()
            )
                session.Note(SecretReads.OfProject(project));
            var isBeingBuilt = await KeepLedger.IsBeingBuilt(session);
            return Reply.Plain(
                new ReadinessView
                {
                    Period = period,
                    Moves = Told(moves),
                    Capital = Told(capital),
                    Doubts = Told([.. capital.Where(row => row.DuplicateVoucher)]),
                    Incomplete = isBeingBuilt,
                    Barred = (await ClosedBooks.Load(session)).MayClose(period, session.Today)?.Slug
                        ?? (isBeingBuilt ? "ledger-incomplete" : null),
                }
            );
        });

    private static Waiting Told(List<Row> rows) =>
        new(
            rows.Count,
            [
                .. rows.GroupBy(row => (row.JurisdictionId, row.JurisdictionName))
                    .Select(unit => new WaitingOf(
                        new UnitRef(unit.Key.JurisdictionId, unit.Key.JurisdictionName),
                        unit.Count()
                    ))
                    .OrderByDescending(unit => unit.Count)
                    .ThenBy(unit => unit.Unit.Name, StringComparer.Ordinal),
            ],
            [
                .. rows.OrderBy(row => row.SubmittedAt)
                    .ThenBy(row => row.Id, StringComparer.Ordinal)
                    .Take(MostItems)
                    .Select(row => new WaitingItem(
                        row.Id,
                        row.ProjectId,
                        row.ProjectName,
                        new UnitRef(row.JurisdictionId, row.JurisdictionName),
                        row.OccurredOn,
                        row.SubmittedAt
                    )),
            ]
        );

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public required string ProjectName { get; init; }
        public required string JurisdictionId { get; init; }
        public required string JurisdictionName { get; init; }
        public DateOnly OccurredOn { get; init; }
        public DateTimeOffset SubmittedAt { get; init; }
        public bool Secret { get; init; }
        public bool DuplicateVoucher { get; init; }
    }

    private const string SelectMoves = """
        SELECT m.id, m.project_id, p.name AS project_name, m.jurisdiction_id, j.name AS jurisdiction_name, m.occurred_on, m.submitted_at, p.secret, 0 AS duplicate_voucher
        FROM moves m JOIN projects p ON p.id = m.project_id JOIN jurisdictions j ON j.id = m.jurisdiction_id
        WHERE m.status = 'pending' AND m.occurred_on <= @last
        """;
    private const string SelectCapital = """
        SELECT e.id, e.project_id, p.name AS project_name, e.jurisdiction_id, j.name AS jurisdiction_name, e.occurred_on, e.submitted_at, p.secret,
          CASE WHEN EXISTS (SELECT 1 FROM capital_entries d WHERE d.voucher_key = e.voucher_key AND d.voucher_kind = e.voucher_kind AND d.amount = e.amount AND d.currency = e.currency AND d.id <> e.id
            AND d.status NOT IN ('returned', 'reversed')) THEN 1 ELSE 0 END AS duplicate_voucher
        FROM capital_entries e JOIN projects p ON p.id = e.project_id JOIN jurisdictions j ON j.id = e.jurisdiction_id
        WHERE e.status = 'pending' AND e.occurred_on <= @last
        """;
}
