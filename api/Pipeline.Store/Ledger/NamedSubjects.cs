using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Libraries;

namespace Pipeline.Store.Ledger;

/// <summary>What a row of the ledger tells of that is no project's.</summary>
public enum SubjectKind
{
    /// <summary>An investment of a fund; <c>parentId</c> is the fund's.</summary>
    FundInvestment,

    /// <summary>An entry of a library; <c>library</c> says which.</summary>
    LibraryEntry,
    Event,

    /// <summary>A match that brought money; <c>parentId</c> is its need's.</summary>
    Match,
}

/// <summary>Something that is no project's, by name.</summary>
/// <param name="Name">The company, the entry, the event, the enterprise that needed money.</param>
/// <param name="By">Whose money it was.</param>
public sealed record NamedSubject(
    SubjectKind Kind,
    string Id,
    string Name,
    string? By = null,
    string? ParentId = null,
    Library? Library = null
);

/// <summary>What rows of the ledger tell of that is no project's, by name, as far as a caller may know it: what a unit has by now for it, all for who reads the city, and what is the city's for all.</summary>
public static class NamedSubjects
{
    public static async Task<Dictionary<string, NamedSubject>> Of(
        Session session,
        Caller caller,
        IEnumerable<LedgerRow> rows
    )
    {
        var found = new Dictionary<string, NamedSubject>(StringComparer.Ordinal);
        foreach (var kind in rows.Where(row => !row.IsOfProject).GroupBy(row => row.Fact.Kind))
        {
            var sql = kind.Key switch
            {
                FactKind.FundInvestment => SelectInvestments,
                FactKind.Event => SelectEvents,
                FactKind.Financing => SelectMatches,
                _ => SelectEntries,
            };
            foreach (var ids in kind.Select(row => row.ProjectId).Distinct().Chunk(400))
            {
                foreach (var row in await session.Query<Row>(sql, new { ids }))
                {
                    if (
                        row.KnownToAll
                        || Permissions.ReadsCity(caller)
                        || (row.UnitId is { } unit && unit == caller.Unit)
                    )
                        found[row.Id] = new NamedSubject(
                            KindOf(kind.Key),
                            row.Id,
                            row.Name,
                            row.MoneyOf,
                            row.ParentId,
                            row.Library is null ? null : Slug.To<Library>(row.Library)
                        );
                }
            }
        }

        return found;
    }

    private static SubjectKind KindOf(FactKind kind) =>
        kind switch
        {
            FactKind.FundInvestment => SubjectKind.FundInvestment,
            FactKind.Event => SubjectKind.Event,
            FactKind.Financing => SubjectKind.Match,
            _ => SubjectKind.LibraryEntry,
        };

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public string? MoneyOf { get; init; }
        public string? ParentId { get; init; }
        public string? Library { get; init; }
        public string? UnitId { get; init; }

        /// <summary>Whether every unit may know of it.</summary>
        public bool KnownToAll { get; init; }
    }

    private const string SelectInvestments = """
        SELECT i.id, i.company AS name, e.name AS money_of, i.fund_id AS parent_id, e.keeper_id AS unit_id, 0 AS known_to_all
        FROM fund_investments i JOIN library_entries e ON e.id = i.fund_id WHERE i.id IN @ids
        """;
    private const string SelectEntries =
        "SELECT e.id, e.name, e.library, e.keeper_id AS unit_id, e.city_visible AS known_to_all FROM library_entries e WHERE e.id IN @ids";
    private const string SelectEvents = "SELECT e.id, e.name, 1 AS known_to_all FROM events e WHERE e.id IN @ids";
    private const string SelectMatches = """
        SELECT m.id, n.enterprise AS name, e.name AS money_of, m.need_id AS parent_id, n.unit_id, 0 AS known_to_all
        FROM matches m JOIN financing_needs n ON n.id = m.need_id JOIN library_entries e ON e.id = m.party_id WHERE m.id IN @ids
        """;
}
