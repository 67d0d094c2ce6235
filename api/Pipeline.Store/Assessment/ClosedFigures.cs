using Pipeline.Data;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Store.Ledger;

namespace Pipeline.Store.Assessment;

/// <summary>The figures of a closed period as a caller may read them, from its snapshot alone (R108).</summary>
/// <remarks>Who reads secret projects reads all; others what was not secret when it was closed, a unit beside it its own. What became secret later stays in.</remarks>
public sealed class ClosedFigures
{
    private readonly IReadOnlyDictionary<string, FigureTable> tables;

    private ClosedFigures(SnapshotRow snapshot, IReadOnlyList<SnapshotUnit> units, IReadOnlyList<FigureTable> tables)
    {
        Snapshot = snapshot;
        Units = units;
        Tables = tables;
        this.tables = tables.ToDictionary(table => table.Definition.Id, StringComparer.Ordinal);
    }

    public SnapshotRow Snapshot { get; }

    /// <summary>The units that had figures, as they were called.</summary>
    public IReadOnlyList<SnapshotUnit> Units { get; }

    /// <summary>By indicators, in their order.</summary>
    public IReadOnlyList<FigureTable> Tables { get; }

    /// <summary>The figures of an indicator; null where it was not in use then.</summary>
    public FigureTable? TableOf(string indicator) => tables.GetValueOrDefault(indicator);

    /// <summary>The figures of a period in a snapshot; null where it has none of it.</summary>
    public static async Task<ClosedFigures?> Load(Session session, Caller caller, SnapshotRow snapshot, string period)
    {
        if (VisibleLedger.IsWhole(caller))
            return await snapshot.Table(session, period, SnapshotScope.Whole) is { } whole
                ? new ClosedFigures(snapshot, whole.Units, [.. whole.Indicators.Select(one => one.Table())])
                : null;
        if (await snapshot.Table(session, period, SnapshotScope.Open) is not { } open)
            return null;
        var own =
            caller.Unit is null || Permissions.ReadsCity(caller)
                ? null
                : await snapshot.Table(session, period, SnapshotScope.Whole);
        return new ClosedFigures(
            snapshot,
            open.Units,
            [
                .. open.Indicators.Zip(own?.Indicators ?? open.Indicators, (one, mine) =>
                    one.Table(own is null ? null : caller.Unit, mine)
                ),
            ]
        );
    }

    /// <summary>The rows of the ledger that it was made from, as far as the caller counts them, with what was late marked as it was then.</summary>
    public async Task<IReadOnlyList<LedgerRow>> Rows(Session session, Caller caller, FigurePeriod period)
    {
        var basis = Snapshot.MadeFrom;
        var secret = basis.Secret.ToHashSet(StringComparer.Ordinal);
        var late = basis.Late.ToHashSet();
        var leavesOut = Permissions.ReadsCity(caller) && !Permissions.ReadsSecret(caller);
        var kinds = Tables
            .Where(table => !table.Definition.IsStated)
            .SelectMany(table => table.Definition.Compile().Kinds)
            .Distinct()
            .ToList();
        var rows =
            kinds.Count == 0
                ? []
                : await VisibleLedger.Read(
                    session,
                    caller,
                    kinds,
                    period.YearBefore.First[..4] + "-01",
                    Tables.Any(table => table.Definition.View == RatioView.Cohort) ? null : period.Own.Last,
                    upTo: Snapshot.LedgerSeq
                );
        return
        [
            .. rows.Where(row => !leavesOut || !secret.Contains(row.ProjectId))
                .Select(row => late.Contains(row.Seq) ? row with { LateNotice = true } : row),
        ];
    }

    /// <summary>The agreements as they divided then.</summary>
    public IReadOnlyDictionary<string, AgreedShares> Agreements =>
        Snapshot
            .MadeFrom.Agreements.Select(agreement => agreement.Agreed())
            .ToDictionary(agreement => agreement.Id, StringComparer.Ordinal);
}
