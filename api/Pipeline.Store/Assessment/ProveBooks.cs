using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain.Assessment;

namespace Pipeline.Store.Assessment;

/// <summary>The last proof that the books balance, as tables show it.</summary>
/// <param name="Differences">What did not balance, in words; empty where all did.</param>
public sealed record BooksProof(DateTimeOffset ProvedAt, bool Holds, IReadOnlyList<string> Differences);

/// <summary>Proves that the books balance (regime §15.2): Σ units − double counting = city under every indicator, and opening + in − out = closing for every project. Daily in the background, and as a part of <c>check</c>.</summary>
public static class ProveBooks
{
    private const int MostDifferences = 20;

    /// <summary>Under which indicators, in the present year and the one before, the units less what is counted twice are not the city.</summary>
    public static async Task<IReadOnlyList<string>> UnbalancedFigures(Session session, RuleBooks ruleBooks)
    {
        var definitions = (await IndicatorRow.InUse(session)).Where(one => !one.IsStated && one.Adds).ToList();
        var found = new List<string>();
        foreach (var year in new[] { session.Today.Year - 1, session.Today.Year })
        {
            var period = new FigurePeriod(
                year.ToString("0000", CultureInfo.InvariantCulture),
                session.Today,
                ByOccurrence: false
            );
            var facts = await FigureFacts.Load(session, Everything, ruleBooks, definitions, period);
            found.AddRange(
                definitions
                    .Select(definition =>
                        BooksBalance.Recount(
                            facts.TableOf(definition),
                            period,
                            facts.Rows,
                            facts.Book,
                            facts.Agreements
                        )
                    )
                    .Where(balance => !balance.Holds)
                    .Select(balance =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"figures that do not balance: {balance.IndicatorId} {period.Text}: units {balance.Units}, counted twice {balance.DoubleCounted}, city {balance.City}, told {balance.Told}"
                        )
                    )
            );
        }

        return found;
    }

    /// <summary>Proves them today, keeps what was found, and records for the auditor what does not hold. The library is read without holding up anybody.</summary>
    public static async Task Prove(Database database, RuleBooks ruleBooks)
    {
        var found = await database.Read(async session =>
        {
            session.TimeLimit = 0;
            return (IReadOnlyList<string>)
                [
                    .. await UnbalancedFigures(session, ruleBooks),
                    .. (await session.Query<string>(LibraryFlows.OutOfBalance)).Select(id =>
                        $"monthly identity that does not balance: {id}"
                    ),
                ];
        });
        await database.Write(async session =>
        {
            await session.Lock(LockName.Assessment);
            var values = new
            {
                on = session.Today,
                at = session.Now,
                differences = Json.Write(found.Take(MostDifferences)),
            };
            if (await session.Execute(Update, values) == 0)
                await session.Execute(Insert, values);
            if (found.Count > 0)
                session.Note(new AuditEntry("books-unbalanced") { Outcome = AuditOutcome.Failed, Reason = found[0] });
            return true;
        });
    }

    /// <summary>The last proof; null: none yet.</summary>
    public static Task<BooksProof?> Last(Session session) =>
        session.First(
            SelectLast,
            row =>
            {
                var differences = Json.Read<List<string>>(row.Text(1));
                return new BooksProof(row.Instant(0), differences.Count == 0, differences);
            },
            new { limit = 1 }
        );

    /// <summary>Counts as an auditor reads: all of the city, secret projects included.</summary>
    private static readonly Caller Everything = new("", "", "", Role.Auditor, null, null, null);

    private const string SelectLast = "SELECT proved_at, differences FROM books_proofs ORDER BY proved_on DESC {page}";
    private const string Update =
        "UPDATE books_proofs SET proved_at = @at, differences = @differences WHERE proved_on = @on";
    private const string Insert =
        "INSERT INTO books_proofs (proved_on, proved_at, differences) VALUES (@on, @at, @differences)";
}
