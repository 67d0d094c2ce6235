using Pipeline.Data;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Store.Ledger;

namespace Pipeline.Store.Assessment;

/// <summary>A snapshot that is counted and not stored yet: counting takes a while in a large city, and nobody should wait for it.</summary>
/// <param name="LedgerSeq">The last row of the ledger that it knows.</param>
/// <param name="Stated">The values, and <paramref name="Targets"/>, that it rests on.</param>
public sealed record CountedSnapshot(
    string Period,
    long LedgerSeq,
    string LedgerHash,
    IReadOnlyList<long> Stated,
    IReadOnlyList<Target> Targets,
    string Basis,
    IReadOnlyList<(string Period, string Scope, string Body)> Tables
);

/// <summary>Makes the snapshot of a period that is to be closed (R108). All is read as stretches of indexes, in a number of statements that does not grow with the projects.</summary>
public static class MakeSnapshot
{
    /// <summary>Counts what a period comes to by now.</summary>
    /// <param name="caller">Who reads every project of the city.</param>
    public static async Task<CountedSnapshot> Count(Session session, Caller caller, RuleBooks ruleBooks, string period)
    {
        var head = (await session.One<LedgerWriter.Head>(LedgerWriter.SelectHead))!;
        var definitions = await IndicatorRow.InUse(session);
        var secret = (
            await session.Query<string>(
                SelectSecret,
                new
                {
                    kinds = Enum.GetValues<FactKind>().Select(Slug.Of).ToList(),
                    first = FirstOf(period),
                    last = period,
                }
            )
        ).ToHashSet(StringComparer.Ordinal);
        var tables = new List<(string, string, string)>();
        FigureFacts? own = null;
        foreach (var text in ToldWith(period))
        {
            var facts = await FigureFacts.Load(
                session,
                caller,
                ruleBooks,
                definitions,
                FigurePeriod.Over(text),
                upTo: head.Seq
            );
            own ??= facts;
            var whole = TableOf(facts, definitions, text);
            tables.Add((text, Slug.Of(SnapshotScope.Whole), whole));
            tables.Add(
                (
                    text,
                    Slug.Of(SnapshotScope.Open),
                    secret.Count == 0
                        ? whole
                        : TableOf(facts.Where(row => !secret.Contains(row.ProjectId)), definitions, text)
                )
            );
        }

        var basis = new SnapshotBasis
        {
            Facts = own!.Rows.Count(row => row.Period == period),
            Secret = [.. secret.Order(StringComparer.Ordinal)],
            Late = [.. own.Rows.Where(row => row.LateNotice).Select(row => row.Seq)],
            Agreements =
            [
                .. own
                    .Agreements.Values.OrderBy(agreement => agreement.Id, StringComparer.Ordinal)
                    .Select(SnapshotAgreement.Of),
            ],
        };
        return new CountedSnapshot(
            period,
            head.Seq,
            head.Hash,
            [.. own.Stated.Select(row => row.Seq)],
            own.Targets,
            Json.Write(basis),
            tables
        );
    }

    /// <summary>Whether nothing has come since that belongs into it. Under the locks of assessment and ledger that stays so.</summary>
    public static async Task<bool> StillHolds(Session session, CountedSnapshot counted)
    {
        var year = FigurePeriod.Over(counted.Period).Year;
        return await session.One<long>(
                SelectSince,
                new
                {
                    seq = counted.LedgerSeq,
                    first = FirstOf(counted.Period),
                    last = counted.Period,
                }
            ) == 0
            && (await StatedRow.Standing(session, year)).Select(row => row.Seq).SequenceEqual(counted.Stated)
            && (await TargetRow.InForce(session, year)).SequenceEqual(counted.Targets);
    }

    /// <summary>Stores it as the next version of its period; its id and hash.</summary>
    public static async Task<(string Id, long Version, string Hash)> Store(
        Session session,
        Caller by,
        CountedSnapshot counted
    )
    {
        var (id, version) = (Ids.New(), 1 + (await SnapshotRow.OfPeriod(session, counted.Period)).Count);
        var hash = SnapshotSeal.Of(
            counted.Period,
            version,
            counted.LedgerSeq,
            counted.LedgerHash,
            counted.Basis,
            counted.Tables
        );
        await session.Execute(
            Insert,
            new
            {
                id,
                period = counted.Period,
                version,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
                ledgerSeq = counted.LedgerSeq,
                ledgerHash = counted.LedgerHash,
                basis = counted.Basis,
                hash,
            }
        );
        session.Add(Rows, counted.Tables.Select(table => new object?[] { id, table.Period, table.Scope, table.Body }));
        return (id, version, hash);
    }

    /// <summary>The periods whose figures a snapshot tells: the one that is closed, and the quarter or the year that ends with it.</summary>
    public static IEnumerable<string> ToldWith(string period)
    {
        yield return period;
        if (Periods.IsThirteenth(period))
            yield return period[..4];
        else if (period[5..] is "03" or "06" or "09" or "12")
            yield return $"{period[..5]}Q{period[5..] switch { "03" => 1, "06" => 2, "09" => 3, _ => 4 }}";
    }

    private static string TableOf(FigureFacts facts, IReadOnlyList<IndicatorDefinition> definitions, string period)
    {
        List<IReadOnlyList<string>> groups =
        [
            .. facts
                .Units.GroupBy(unit => RankedWith(Slug.To<JurisdictionKind>(unit.Kind)))
                .Select(group => (IReadOnlyList<string>)[.. group.Select(unit => unit.Id)]),
        ];
        return Json.Write(
            new SnapshotTable
            {
                Period = period,
                Units =
                [
                    .. facts.Units.Select(unit => new SnapshotUnit(
                        unit.Id,
                        unit.Code,
                        unit.Name,
                        Slug.To<JurisdictionKind>(unit.Kind)
                    )),
                ],
                Indicators = [.. definitions.Select(one => SnapshotIndicator.Of(facts.TableOf(one), groups))],
            }
        );
    }

    /// <summary>Counties, districts and county-level cities are ranked together.</summary>
    private static JurisdictionKind RankedWith(JurisdictionKind kind) =>
        kind is JurisdictionKind.District or JurisdictionKind.City ? JurisdictionKind.County : kind;

    /// <summary>The first month whose facts a period's figures rest on.</summary>
    private static string FirstOf(string period) => $"{FigurePeriod.Over(period).Year - 1:0000}-01";

    private static readonly BulkTable Rows = new("snapshot_tables", "snapshot_id", "period", "scope", "body");
    private const string SelectSecret = """
        SELECT DISTINCT l.project_id FROM ledger l JOIN projects p ON p.id = l.project_id
        WHERE l.kind IN @kinds AND l.period >= @first AND l.period <= @last AND p.secret = 1
        """;
    private const string SelectSince =
        "SELECT COUNT(*) FROM ledger WHERE seq > @seq AND period >= @first AND period <= @last";
    private const string Insert = """
        INSERT INTO snapshots (id, period, version, made_by, made_by_name, made_at, ledger_seq, ledger_hash, basis, hash)
        VALUES (@id, @period, @version, @by, @byName, @now, @ledgerSeq, @ledgerHash, @basis, @hash)
        """;
}
