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

    /// <summary>The rows of some kinds and months, in their order.</summary>
    /// <param name="last">The last month; null: all from the first on.</param>
    /// <param name="knownAt">What was recorded later is left out (R110).</param>
    /// <param name="upTo">The last row of a closed period's ledger (R108): later ones are left out, and secret projects are told apart by what was secret then.</param>
    public static Task<List<LedgerRow>> Read(
        Session session,
        Caller caller,
        IReadOnlyList<FactKind> kinds,
        string first,
        string? last,
        string? projectId = null,
        DateTimeOffset? knownAt = null,
        long? upTo = null
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
}
