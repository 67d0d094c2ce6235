using Pipeline.Data;
using Pipeline.Domain.Credit;

namespace Pipeline.Store.Ledger;

/// <summary>The ledger as far as a caller may count it: a unit what it has a part in, the city's readers all but the secret projects that are not open to them.</summary>
public static class VisibleLedger
{
    // No month is later: a range with both ends is read as a stretch of the index.
    private const string Latest = "9999-12";

    /// <summary>Whether the caller may count every row, secret projects included.</summary>
    public static bool IsWhole(Caller caller) => Permissions.ReadsCity(caller) && Permissions.ReadsSecret(caller);

    /// <summary>The rows of some kinds and months up to one, secret projects included, whoever asks: for sums that leave those out and are open to all.</summary>
    public static Task<List<LedgerRow>> ReadAll(
        Session session,
        IReadOnlyList<FactKind> kinds,
        string first,
        string last,
        long upTo
    ) =>
        session.Rows(
            SelectAll,
            LedgerRows.Read,
            new
            {
                kinds = kinds.Select(Slug.Of).ToList(),
                first,
                last,
                upTo,
            }
        );

    private const string SelectAll =
        $"SELECT {LedgerRows.Columns} FROM ledger l WHERE l.kind IN @kinds AND l.period >= @first AND l.period <= @last AND l.seq <= @upTo ORDER BY l.seq";

    /// <summary>All rows behind one, secret projects included, whoever asks: what has come since something was counted.</summary>
    public static Task<List<LedgerRow>> ReadSince(Session session, long after) =>
        session.Rows(SelectSince, LedgerRows.Read, new { after });

    private const string SelectSince = $"SELECT {LedgerRows.Columns} FROM ledger l WHERE l.seq > @after ORDER BY l.seq";

    /// <summary>The rows of some kinds and months, in their order.</summary>
    /// <param name="last">The last month; null: all from the first on.</param>
    /// <param name="knownAt">What was recorded later is left out (R110).</param>
    /// <param name="upTo">The last row of a closed period's ledger (R108): later ones are left out, and secret projects are told apart by what was secret then.</param>
    /// <param name="onlyAgreed">Only what is divided by an agreement (R46).</param>
    public static Task<List<LedgerRow>> Read(
        Session session,
        Caller caller,
        IReadOnlyList<FactKind> kinds,
        string first,
        string? last,
        string? projectId = null,
        DateTimeOffset? knownAt = null,
        long? upTo = null,
        bool onlyAgreed = false
    )
    {
        var parameters = new Parameters
        {
            { "kinds", kinds.Select(Slug.Of).ToList() },
            { "first", first },
            { "last", last ?? Latest },
        };
        var where = "l.kind IN @kinds AND l.period >= @first AND l.period <= @last";

        if (!Permissions.ReadsCity(caller))
        {
            parameters.Add("mine", caller.Unit ?? "");
            where +=
                " AND (l.landing_id = @mine OR l.first_talk_id = @mine OR l.finder_id = @mine OR l.agreement_id IS NOT NULL)";
        }
        else if (upTo is null && !Permissions.ReadsSecret(caller))
        {
            parameters.Add("me", caller.UserId);
            where +=
                $" AND NOT EXISTS (SELECT 1 FROM projects p WHERE p.id = l.project_id AND p.secret = 1 AND NOT {ProjectVisibility.Named})";
        }

        if (projectId is not null)
        {
            parameters.Add("projectId", projectId);
            where += " AND l.project_id = @projectId";
        }

        if (knownAt is { } at)
        {
            parameters.Add("knownAt", at);
            where += " AND l.recorded_at <= @knownAt";
        }

        if (onlyAgreed)
            where += " AND l.agreement_id IS NOT NULL";

        if (upTo is { } end)
        {
            parameters.Add("upTo", end);
            where += " AND l.seq <= @upTo";
        }

        return session.Rows(
            $"SELECT {LedgerRows.Columns} FROM ledger l WHERE {where} ORDER BY l.seq",
            LedgerRows.Read,
            parameters
        );
    }

    /// <summary>What is hidden of the city from a reader: the rows of secret projects on which he or she is not named.</summary>
    public static Task<List<LedgerRow>> ReadHidden(
        Session session,
        Caller caller,
        IReadOnlyList<FactKind> kinds,
        string first,
        string last
    ) =>
        IsWhole(caller) || !Permissions.ReadsCity(caller)
            ? Task.FromResult<List<LedgerRow>>([])
            : session.Rows(
                SelectHidden,
                LedgerRows.Read,
                new
                {
                    kinds = kinds.Select(Slug.Of).ToList(),
                    first,
                    last,
                    me = caller.UserId,
                }
            );

    /// <summary>The signings whose notice was late or missing, as the projects' flags say by now (R32), hidden ones left out.</summary>
    public static async Task<List<LedgerRow>> ReadLate(Session session, Caller caller, string first, string last)
    {
        var rows = await session.Rows(SelectLate, LedgerRows.Read, new { first, last });
        var hidden = (await ReadHidden(session, caller, [FactKind.Signed], first, last))
            .Select(row => row.Seq)
            .ToHashSet();
        return [.. rows.Where(row => !hidden.Contains(row.Seq)).Select(row => row with { LateNotice = true })];
    }

    private const string SelectHidden =
        $"SELECT {LedgerRows.Columns} FROM ledger l WHERE l.project_id IN (SELECT p.id FROM projects p WHERE p.secret = 1 AND NOT {ProjectVisibility.Named}) AND l.kind IN @kinds AND l.period >= @first AND l.period <= @last ORDER BY l.seq";
    private const string SelectLate =
        $"SELECT {LedgerRows.Columns} FROM projects p JOIN ledger l ON l.project_id = p.id WHERE p.late_notice = 1 AND l.kind = 'signed' AND l.period >= @first AND l.period <= @last ORDER BY l.seq";
}
