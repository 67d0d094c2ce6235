using Pipeline.Data;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;

namespace Pipeline.Store.Assessment;

/// <summary>What a period came to when it was closed (R108), as it is stored: written once, never changed.</summary>
public sealed class SnapshotRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Period { get; init; }
    public long Version { get; init; }
    public required string MadeBy { get; init; }
    public required string MadeByName { get; init; }
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>The last row of the ledger that it knows, and that row's seal.</summary>
    public long LedgerSeq { get; init; }
    public required string LedgerHash { get; init; }
    public required string Basis { get; init; }
    public required string Hash { get; init; }

    public SnapshotBasis MadeFrom => Json.Read<SnapshotBasis>(Basis);

    public static async Task<SnapshotRow?> ById(Session session, string id) =>
        Ids.IsWellFormed(id) ? await session.One<SnapshotRow>($"{Select} WHERE s.id = @id", new { id }) : null;

    /// <summary>All that were made of a period, in their order.</summary>
    public static Task<List<SnapshotRow>> OfPeriod(Session session, string period) =>
        session.Query<SnapshotRow>($"{Select} WHERE s.period = @period ORDER BY s.version", new { period });

    /// <summary>The snapshot that tells the figures of a period: of a month its own, of a quarter its last month's, of a year its 13th period's; null while that is open.</summary>
    public static Task<SnapshotRow?> Telling(Session session, string period) =>
        session.One<SnapshotRow>(
            $"{Select} JOIN periods p ON p.snapshot_id = s.id WHERE p.period = @closing AND p.status = 'closed'",
            new { closing = Periods.Booked(period)!.Value.Last }
        );

    /// <summary>The last snapshot of a year's closed periods before one; null where there is none.</summary>
    public static Task<SnapshotRow?> LastBefore(Session session, string first, string before) =>
        session.One<SnapshotRow>(
            $"""
            {Select} JOIN periods p ON p.snapshot_id = s.id
            WHERE p.status = 'closed' AND p.period = (SELECT MAX(q.period) FROM periods q WHERE q.status = 'closed' AND q.period >= @first AND q.period < @before)
            """,
            new { first, before }
        );

    /// <summary>The figures of a period in it; null where it has none.</summary>
    public async Task<SnapshotTable?> Table(Session session, string period, SnapshotScope scope) =>
        await session.One<string>(
            SelectTable,
            new
            {
                id = Id,
                period,
                scope = Slug.Of(scope),
            }
        )
            is { } body
            ? Json.Read<SnapshotTable>(body)
            : null;

    internal static Task<List<Stored>> Tables(Session session, string id) =>
        session.Query<Stored>(SelectTables, new { id });

    internal sealed class Stored
    {
        public required string Period { get; init; }
        public required string Scope { get; init; }
        public required string Body { get; init; }
    }

    internal const string Select =
        "SELECT s.seq, s.id, s.period, s.version, s.made_by, s.made_by_name, s.made_at, s.ledger_seq, s.ledger_hash, s.basis, s.hash FROM snapshots s";
    private const string SelectTable =
        "SELECT body FROM snapshot_tables WHERE snapshot_id = @id AND period = @period AND scope = @scope";
    private const string SelectTables =
        "SELECT period, scope, body FROM snapshot_tables WHERE snapshot_id = @id ORDER BY period, scope";
}

/// <summary>Holds snapshots against their hash, the ledger that they name and the audit trail (R108).</summary>
public static class SnapshotSeal
{
    /// <summary>The hash over what a snapshot consists of: its head, what it was made from, and its tables in their order.</summary>
    public static string Of(
        string period,
        long version,
        long ledgerSeq,
        string ledgerHash,
        string basis,
        IEnumerable<(string Period, string Scope, string Body)> tables
    ) =>
        Canonical.Hash(
            string.Join(
                '\n',
                [
                    Canonical.Text(
                        ("period", period),
                        ("version", version),
                        ("ledgerSeq", ledgerSeq),
                        ("ledgerHash", ledgerHash)
                    ),
                    Canonical.Hash(basis),
                    .. tables
                        .OrderBy(table => table.Period, StringComparer.Ordinal)
                        .ThenBy(table => table.Scope, StringComparer.Ordinal)
                        .Select(table => $"{table.Period} {table.Scope} {Canonical.Hash(table.Body)}"),
                ]
            )
        );

    /// <summary>Whether it is what was closed; whether the ledger still stands that it names; whether its hash is in the audit trail.</summary>
    public static async Task<(bool Contents, bool Ledger, bool Trail)> Check(Session session, SnapshotRow snapshot)
    {
        var tables = await SnapshotRow.Tables(session, snapshot.Id);
        var hash = Of(
            snapshot.Period,
            snapshot.Version,
            snapshot.LedgerSeq,
            snapshot.LedgerHash,
            snapshot.Basis,
            tables.Select(table => (table.Period, table.Scope, table.Body))
        );
        var sealedBy =
            snapshot.LedgerSeq == 0
                ? Canonical.Genesis
                : await session.One<string>(SelectSeal, new { seq = snapshot.LedgerSeq });
        var trail = await session.Query<string>(Recorded, new { id = snapshot.Id });
        return (
            hash == snapshot.Hash,
            sealedBy == snapshot.LedgerHash,
            trail.Any(changes => changes.Contains(snapshot.Hash, StringComparison.Ordinal))
        );
    }

    /// <summary>The snapshots that do not hold, and facts that were booked in a period after it was closed.</summary>
    public static async Task<IReadOnlyList<string>> Violations(Session session)
    {
        var found = new List<string>();
        foreach (var snapshot in await session.Query<SnapshotRow>($"{SnapshotRow.Select} ORDER BY s.seq"))
        {
            var (contents, ledger, trail) = await Check(session, snapshot);
            if (!contents)
                found.Add($"snapshot that was touched: {snapshot.Period} version {snapshot.Version}");
            if (!ledger)
                found.Add($"snapshot of another ledger: {snapshot.Period} version {snapshot.Version}");
            if (!trail)
                found.Add(
                    $"snapshot whose hash is not in the audit trail: {snapshot.Period} version {snapshot.Version}"
                );
        }

        found.AddRange(
            (await session.Query<long>(SelectLateRows)).Select(seq => $"booked in a period after it was closed: {seq}")
        );
        return found;
    }

    private const string SelectSeal = "SELECT hash FROM ledger WHERE seq = @seq";
    private const string Recorded =
        "SELECT changes FROM audit WHERE subject_id = @id AND action = 'period-closed' AND changes IS NOT NULL";
    private const string SelectLateRows = """
        SELECT l.seq FROM periods p JOIN snapshots s ON s.id = p.snapshot_id JOIN ledger l ON l.period = p.period AND l.seq > s.ledger_seq
        WHERE p.status = 'closed' ORDER BY l.seq
        """;
}
