using Pipeline.Data;
using Pipeline.Domain.Matching;

namespace Pipeline.Store.Claims;

public static partial class FindMatches
{
    /// <summary>How many rows are read at once for the keys of many; where there are more, each is asked for by itself, and the database sorts out which it shares most with.</summary>
    private const int MostTogether = 10_000;

    /// <summary>How many keys a statement bears: the embedded engine finds a parameter by looking through all of them.</summary>
    private const int MostKeysTogether = 200;

    /// <summary>Finds what is written alike for many, in a few statements for all of them; each finds what it would find by itself.</summary>
    private static async Task TakeAlike(Session session, IReadOnlyList<Sought> sought, DateTimeOffset horizon)
    {
        await Together(
            [.. sought.Select(one => (one, (IReadOnlyCollection<SpellingKey>)[.. one.FormKeys]))],
            keys => session.Query<FormRow>(FormsTogether, Marked("form", keys, horizon)),
            row => new SpellingKey(row.Gram, (SpellingMark)row.Mark),
            (one, rows) =>
                one.TakeForms([
                    .. rows.DistinctBy(row => (row.InvestorId, row.Form))
                        .OrderBy(row => row.InvestorId, StringComparer.Ordinal)
                        .ThenBy(row => row.Form, StringComparer.Ordinal)
                        .Take(MostCompared + 1),
                ]),
            one => TakeSpellings(session, one, one.FormKeys, [], horizon)
        );
        await Together(
            [.. sought.Select(one => (one, (IReadOnlyCollection<SpellingKey>)[.. one.CoreKeys]))],
            keys => session.Query<NameRow>(CoresTogether, Marked("core", keys, horizon)),
            row => new SpellingKey(row.Gram, (SpellingMark)row.Mark),
            (one, rows) =>
                one.TakeCores([.. rows.DistinctBy(row => row.Id).OrderBy(row => row.Seq).Take(MostCompared + 1)]),
            one => TakeSpellings(session, one, [], one.CoreKeys, horizon)
        );
        var least = new Dictionary<(Sought, string), int>();
        await Together(
            [
                .. sought.SelectMany(
                    one => one.NameKeys,
                    (one, nameKey) =>
                    {
                        var (grams, shared) = ofInvestors.Sought(nameKey, Matcher.SimilarInvestorName);
                        least[(one, nameKey)] = shared;
                        return ((one, nameKey), (IReadOnlyCollection<string>)grams);
                    }
                ),
            ],
            grams => session.Query<SharingRow>(InvestorsTogether, new { grams, limit = MostTogether + 1 }),
            row => row.Gram,
            (of, rows) =>
                of.one.TakeSimilarInvestors(
                    [
                        .. rows.GroupBy(row => row.Id)
                            .Select(shared => (First: shared.First(), Count: shared.Count()))
                            .Where(shared => shared.Count >= least[of])
                            .OrderByDescending(shared => shared.Count)
                            .ThenBy(shared => shared.First.Seq)
                            .Take(MostCompared + 1)
                            .Select(shared => new Candidate { Id = shared.First.Id, NameKey = shared.First.NameKey }),
                    ],
                    of.nameKey
                ),
            of => TakeSimilarInvestors(session, of.one, of.nameKey)
        );
    }

    /// <summary>Asks for the keys of as many as a statement bears at once; where they find too much, for those of one after the other.</summary>
    /// <param name="wanted">Who seeks, and by which keys.</param>
    /// <param name="find">Finds what some keys find, a row for each key that finds it.</param>
    /// <param name="foundBy">The key that found a row.</param>
    /// <param name="take">Gives one what its keys found.</param>
    /// <param name="apart">Finds by itself what one seeks.</param>
    private static async Task Together<TOne, TKey, TRow>(
        IReadOnlyList<(TOne One, IReadOnlyCollection<TKey> Keys)> wanted,
        Func<IReadOnlyList<TKey>, Task<List<TRow>>> find,
        Func<TRow, TKey> foundBy,
        Action<TOne, IEnumerable<TRow>> take,
        Func<TOne, Task> apart
    )
        where TKey : notnull
    {
        for (var at = 0; at < wanted.Count; )
        {
            var keys = new HashSet<TKey>();
            var from = at;
            while (at < wanted.Count && (at == from || keys.Count + wanted[at].Keys.Count <= MostKeysTogether))
                keys.UnionWith(wanted[at++].Keys);
            var some = wanted.Skip(from).Take(at - from);
            var rows = keys.Count is 0 or > MostKeys ? [] : await find([.. keys]);
            if (keys.Count > MostKeys || rows.Count > MostTogether)
            {
                foreach (var (one, _) in some)
                    await apart(one);
                continue;
            }

            var found = rows.ToLookup(foundBy);
            foreach (var (one, own) in some)
                take(one, own.SelectMany(key => found[key]));
        }
    }

    private static Parameters Marked(string name, IReadOnlyList<SpellingKey> keys, DateTimeOffset horizon)
    {
        var values = new Parameters { { "limit", MostTogether + 1 }, { "horizon", horizon } };
        AddMarked(values, name, keys);
        return values;
    }

    private sealed class SharingRow
    {
        public required string Gram { get; init; }
        public required string Id { get; init; }
        public required string NameKey { get; init; }
        public long Seq { get; init; }
    }

    private const string FormsTogether = """
        SELECT s.gram, s.mark, s.investor_id, s.form FROM (
          SELECT gram, mark, investor_id, form FROM investor_spellings WHERE mark = 0 AND gram IN @formAny
          UNION ALL SELECT gram, mark, investor_id, form FROM investor_spellings WHERE mark = 1 AND gram IN @formTelling
          UNION ALL SELECT gram, mark, investor_id, form FROM investor_spellings WHERE mark = 2 AND gram IN @formSlip
        ) s ORDER BY s.gram {page}
        """;

    private const string CoresTogether = """
        SELECT s.gram, s.mark, p.id, p.seq, p.name FROM (
          SELECT gram, mark, project_seq FROM project_spellings WHERE mark = 0 AND gram IN @coreAny
          UNION ALL SELECT gram, mark, project_seq FROM project_spellings WHERE mark = 1 AND gram IN @coreTelling
          UNION ALL SELECT gram, mark, project_seq FROM project_spellings WHERE mark = 3 AND gram IN @coreBeginning
        ) s JOIN projects p ON p.seq = s.project_seq
        WHERE p.stage <> 'terminated' AND (p.stage = 'in-talks' OR p.moved_at >= @horizon)
        ORDER BY s.gram {page}
        """;

    private const string InvestorsTogether = """
        SELECT x.gram, i.id, i.name_key, i.seq FROM investor_index x JOIN investors i ON i.id = x.investor_id
        WHERE x.gram IN @grams ORDER BY x.gram {page}
        """;
}
