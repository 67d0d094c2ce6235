using Pipeline.Data;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Store.Ledger;

namespace Pipeline.Store.Assessment;

/// <summary>A snapshot that is counted and not stored yet: counting takes a while in a large city, and nobody should wait for it.</summary>
/// <param name="LedgerSeq">The last row of the ledger that it knows.</param>
public sealed record CountedSnapshot(string Period, long LedgerSeq, string LedgerHash)
{
    /// <summary>The facts of each period whose figures it tells, and the same without secret projects; the own period first.</summary>
    public required IReadOnlyList<(FigureFacts Whole, FigureFacts Open)> Facts { get; init; }
    public required IReadOnlyList<IndicatorDefinition> Definitions { get; init; }

    /// <summary>The projects with facts in it that are secret.</summary>
    public required IReadOnlySet<string> Secret { get; init; }
    public FigureFacts Own => Facts[0].Whole;
}

/// <summary>Makes the snapshot of a period that is to be closed (R108). All is read as stretches of indexes, in a number of statements that does not grow with the projects.</summary>
public static class MakeSnapshot
{
    /// <summary>Counts what a period comes to by now.</summary>
    /// <param name="caller">Who reads every project of the city.</param>
    public static async Task<CountedSnapshot> Count(Session session, Caller caller, RuleBooks ruleBooks, string period)
    {
        var head = (await session.One<LedgerWriter.Head>(LedgerWriter.SelectHead))!;
        var definitions = await IndicatorRow.InUse(session);
        var secret = await SecretIn(session, period);
        var facts = new List<(FigureFacts, FigureFacts)>();
        foreach (var text in ToldWith(period))
        {
            var whole = await FigureFacts.Load(
                session,
                caller,
                ruleBooks,
                definitions,
                FigurePeriod.Over(text),
                upTo: head.Seq
            );
            facts.Add((whole, OpenOf(whole, secret)));
        }

        var counted = new CountedSnapshot(period, head.Seq, head.Hash)
        {
            Facts = facts,
            Definitions = definitions,
            Secret = secret,
        };

        // What it comes to is known from here on.
        Tables(counted);
        return counted;
    }

    /// <summary>The same with what has come since and belongs into it. Under the locks of assessment and ledger it then stays so. It takes as long as there is new to count, not as long as counting all.</summary>
    public static async Task<CountedSnapshot> CatchUp(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        CountedSnapshot counted
    )
    {
        // Another indicator is to be counted from the beginning.
        var inUse = (await IndicatorRow.InUse(session)).Select(definition => (definition.Id, definition.CountingKey));
        if (!inUse.SequenceEqual(counted.Definitions.Select(definition => (definition.Id, definition.CountingKey))))
            return await Count(session, caller, ruleBooks, counted.Period);
        var secret = await SecretIn(session, counted.Period);
        var since = await VisibleLedger.ReadSince(session, counted.LedgerSeq);
        var head = (await session.One<LedgerWriter.Head>(LedgerWriter.SelectHead))!;
        var facts = new List<(FigureFacts, FigureFacts)>();
        foreach (var (whole, open) in counted.Facts)
        {
            var now = await whole.With(session, ruleBooks, counted.Definitions, since);
            facts.Add(
                (
                    now,
                    secret.Count == 0 ? now
                    : secret.SetEquals(counted.Secret)
                        ? await open.With(
                            session,
                            ruleBooks,
                            counted.Definitions,
                            [.. since.Where(row => !secret.Contains(row.ProjectId))]
                        )
                    : OpenOf(now, secret)
                )
            );
        }

        return counted with
        {
            LedgerSeq = head.Seq,
            LedgerHash = head.Hash,
            Facts = facts,
            Secret = secret,
        };
    }

    private static FigureFacts OpenOf(FigureFacts whole, IReadOnlySet<string> secret) =>
        secret.Count == 0 ? whole : whole.Where(row => !secret.Contains(row.ProjectId));

    private static async Task<IReadOnlySet<string>> SecretIn(Session session, string period) =>
        (
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

    /// <summary>Stores it as the next version of its period; its id and hash.</summary>
    public static async Task<(string Id, long Version, string Hash)> Store(
        Session session,
        Caller by,
        CountedSnapshot counted
    )
    {
        var (id, version) = (Ids.New(), 1 + (await SnapshotRow.OfPeriod(session, counted.Period)).Count);
        var (basis, tables) = (Json.Write(Basis(counted)), Tables(counted));
        var hash = SnapshotSeal.Of(counted.Period, version, counted.LedgerSeq, counted.LedgerHash, basis, tables);
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
                basis,
                hash,
            }
        );
        session.Add(Rows, tables.Select(table => new object?[] { id, table.Period, table.Scope, table.Body }));
        return (id, version, hash);
    }

    private static SnapshotBasis Basis(CountedSnapshot counted) =>
        new()
        {
            Facts = counted.Own.Rows.Count(row => row.Period == counted.Period),
            Secret = [.. counted.Secret.Order(StringComparer.Ordinal)],
            Late = [.. counted.Own.Rows.Where(row => row.LateNotice).Select(row => row.Seq)],
            Agreements =
            [
                .. counted
                    .Own.Agreements.Values.OrderBy(agreement => agreement.Id, StringComparer.Ordinal)
                    .Select(SnapshotAgreement.Of),
            ],
        };

    private static List<(string Period, string Scope, string Body)> Tables(CountedSnapshot counted)
    {
        var tables = new List<(string, string, string)>();
        foreach (var (whole, open) in counted.Facts)
        {
            var text = whole.Period.Text;
            var body = TableOf(whole, counted.Definitions, text);
            tables.Add((text, Slug.Of(SnapshotScope.Whole), body));
            tables.Add(
                (
                    text,
                    Slug.Of(SnapshotScope.Open),
                    ReferenceEquals(whole, open) ? body : TableOf(open, counted.Definitions, text)
                )
            );
        }

        return tables;
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
    public static JurisdictionKind RankedWith(JurisdictionKind kind) =>
        kind is JurisdictionKind.District or JurisdictionKind.City ? JurisdictionKind.County : kind;

    /// <summary>The first month whose facts a period's figures rest on.</summary>
    private static string FirstOf(string period) => $"{FigurePeriod.Over(period).Year - 1:0000}-01";

    private static readonly BulkTable Rows = new("snapshot_tables", "snapshot_id", "period", "scope", "body");
    private const string SelectSecret = """
        SELECT DISTINCT l.project_id FROM ledger l JOIN projects p ON p.id = l.project_id
        WHERE l.kind IN @kinds AND l.period >= @first AND l.period <= @last AND p.secret = 1
        """;
    private const string Insert = """
        INSERT INTO snapshots (id, period, version, made_by, made_by_name, made_at, ledger_seq, ledger_hash, basis, hash)
        VALUES (@id, @period, @version, @by, @byName, @now, @ledgerSeq, @ledgerHash, @basis, @hash)
        """;
}
