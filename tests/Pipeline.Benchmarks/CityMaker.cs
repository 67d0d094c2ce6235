using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Benchmarks;

/// <summary>Writes the projects of a city, and all that hangs on them, straight into the database: each table in the order of its key, its indexes afterwards.</summary>
public sealed class CityMaker(SqliteConnection connection, Vault vault, RuleSet rules, int projects)
{
    /// <summary>Changes with what is written here: a city made before is not used any more.</summary>
    public const string Version = "5";

    /// <summary>The word that twenty projects are named with, however many there are.</summary>
    public const string Rare = "鲲鹏";

    /// <summary>The word that nearly every project is named with.</summary>
    public const string Common = "项目";

    private static readonly string[] Tables =
    [
        "projects",
        "investors",
        "project_investors",
        "investor_index",
        "name_index",
        "search_index",
        "stage_spans",
        "moves",
        "timeline",
        "claims",
    ];
    private static readonly string[] Classes =
    [
        "3411",
        "3911",
        "3973",
        "2710",
        "3611",
        "3825",
        "3484",
        "3562",
        "2651",
        "1491",
        "6511",
        "7310",
    ];
    private static readonly string[] Chains = ["新能源", "集成电路", "生物医药", "高端装备", "新材料", "人工智能"];

    private readonly Random random = new(20260504);
    private readonly string[] ids = new string[projects];
    private readonly long[] amounts = new long[projects];
    private readonly Stage[] stages = new Stage[projects];
    private readonly DateOnly[] days = new DateOnly[projects];
    private readonly int[] units = new int[projects];
    private readonly List<long> searched = [];
    private readonly List<long> named = [];
    private readonly GramTable grams = new();
    private string[] unitIds = [];

    public void Make()
    {
        connection.Execute(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY"
        );
        unitIds = [.. connection.Query<string>("SELECT id FROM jurisdictions WHERE reports = 1 ORDER BY seq")];
        var indexes = connection
            .Query<(string Name, string Sql)>(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN @Tables",
                new { Tables }
            )
            .ToList();
        // An index takes along what the planner was told of it.
        var told = connection
            .Query<(string Tbl, string Idx, string Stat)>("SELECT tbl, idx, stat FROM sqlite_stat1")
            .ToList();
        foreach (var (name, _) in indexes)
            connection.Execute($"DROP INDEX {name}");
        using (var transaction = connection.BeginTransaction())
        {
            for (var i = 0; i < projects; i++)
            {
                var bytes = new byte[16];
                random.NextBytes(bytes);
                ids[i] = Convert.ToHexStringLower(bytes);
            }

            Projects();
            Grams();
            History();
            Claims();
            transaction.Commit();
        }

        foreach (var (_, sql) in indexes)
            connection.Execute(sql);
        connection.Execute("DELETE FROM sqlite_stat1");
        foreach (var (tbl, idx, stat) in told)
            connection.Execute(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (@tbl, @idx, @stat)",
                new
                {
                    tbl,
                    idx,
                    stat,
                }
            );

        // The lights are as the program would judge them.
        connection.Execute(
            "INSERT INTO settings (name, value) VALUES ('lights-judged', @value)",
            new { value = $"{rules.Id}:{Shanghai.DateOf(DateTimeOffset.UtcNow).Year} done" }
        );
        connection.Execute("PRAGMA journal_mode = WAL");
    }

    private void Projects()
    {
        var pieces = Pieces();

        // Every other project names a person: to read such a one is recorded.
        var people = Enumerable
            .Range(0, 100)
            .Select(n =>
                vault.Seal(
                    Json.Write(
                        new PersonalFacts
                        {
                            Contacts =
                                n % 2 == 1 ? [] : [new PersonBody { Name = $"联系人{n}", Phone = $"1380000{n:0000}" }],
                        }
                    )
                )
            )
            .ToArray();
        var investors = new List<(string Id, string Name)>();
        using var project = new Row(
            connection,
            "projects",
            "id",
            "code",
            "name",
            "name_key",
            "owner_id",
            "first_talk_id",
            "stage",
            "secret",
            "amount",
            "currency",
            "amount_cny",
            "amount_order",
            "industry_code",
            "industry_class",
            "chain_key",
            "provincial_zone",
            "facts",
            "search_text",
            "contacts",
            "flags",
            "in_talks_on",
            "signed_on",
            "registered_on",
            "started_on",
            "in_production_on",
            "terminated_on",
            "idle_since",
            "last_progress_on",
            "yellow_on",
            "red_on",
            "removal_on",
            "light_told",
            "report_required",
            "under_review",
            "claim_id",
            "version",
            "public_version",
            "created_at",
            "updated_at",
            "public_updated_at",
            "moved_at"
        );
        using var investorRow = new Row(connection, "investors", "id", "name_key", "uscc");
        using var of = new Row(connection, "project_investors", "project_id", "ordinal", "investor_id");
        var investorGrams = new List<long>();
        var investorTable = new GramTable();
        var today = Shanghai.DateOf(DateTimeOffset.UtcNow);
        var pace = new Random(11);
        for (var i = 0; i < projects; i++)
        {
            string Piece() => pieces[random.Next(pieces.Length)];
            var name =
                $"{(i % Math.Max(1, projects / 20) == 7 ? Rare : "")}{Piece()}{Piece()}{Piece()}{(random.Next(10) < 9 ? Common : "基地")}";
            var isNew = investors.Count == 0 || random.Next(3) == 0;
            if (isNew)
            {
                var full = $"{Piece()}{Piece()}{investors.Count.ToString("x", CultureInfo.InvariantCulture)}有限公司";
                var key = Normalised.InvestorName(full);
                var investorId = Guid.NewGuid().ToString("N");
                investorRow.Add(investorId, key, "");
                foreach (var gram in Domain.Matching.Grams.Of(key))
                    investorGrams.Add(investorTable.Key(gram, investors.Count));
                investors.Add((investorId, full));
            }

            var investor = investors[isNew ? investors.Count - 1 : random.Next(investors.Count)];
            stages[i] = random.Next(100) switch
            {
                < 30 => Stage.InTalks,
                < 55 => Stage.Signed,
                < 75 => Stage.Registered,
                < 90 => Stage.Started,
                < 95 => Stage.InProduction,
                _ => Stage.Terminated,
            };
            units[i] =
                random.Next(100) < 85
                    ? (int)Math.Min(10, Math.Pow(random.NextDouble(), 2) * 11)
                    : random.Next(unitIds.Length);
            var currency = random.Next(10) == 0 ? "USD" : "CNY";
            amounts[i] = (long)Math.Round(Math.Exp((random.NextDouble() * 7) + 2.5)) * 1_000_000 * 100;
            days[i] = today.AddDays(-30 - random.Next(1400));
            var passed = stages[i] == Stage.Terminated ? Stage.Signed : stages[i];
            DateOnly? On(Stage stage) => passed >= stage ? days[i].AddDays(7 * (int)stage) : null;

            // Of a year that is over: the program draws those of this year.
            var code = string.Create(
                CultureInfo.InvariantCulture,
                $"2025-{(i >= 1_000_000 ? i / 1_000_000 : "")}{(i * 7919L + 13) % 1_000_000:000000}"
            );
            var industry = Classes[random.Next(Classes.Length)];
            var body = new ProjectBody
            {
                Name = name,
                Investors =
                [
                    new InvestorBody
                    {
                        Name = investor.Name,
                        Country = "CN",
                        Primary = true,
                    },
                ],
                TotalInvestment = Money.FromHundredths(amounts[i], currency),
                IndustryCode = industry,
                Chain = Chains[random.Next(Chains.Length)],
                LandMu = random.Next(20, 500),
                Jobs = random.Next(20, 3000),
            };
            // One in twenty stands still.
            var progress = today.AddDays(-(pace.Next(20) == 0 ? pace.Next(61, 170) : pace.Next(60)));
            var lights = Lights.Days(
                new LitProject(stages[i], progress, null, On(Stage.Started), null, 0m, body.TotalInvestment?.Amount),
                rules.Lights
            );
            var cny = currency == "CNY" ? amounts[i] : amounts[i] * 7;
            var at = Instant(days[i]);
            var nameKey = Normalised.ProjectName(name);
            var lines = SearchText.Lines(code, body);
            project.Add(
                ids[i],
                code,
                name,
                nameKey,
                unitIds[units[i]],
                unitIds[units[i]],
                Slug.Of(stages[i]),
                i % 5000 == 0 ? 1 : 0,
                amounts[i],
                currency,
                cny,
                cny,
                industry,
                Normalised.IndustryClass(industry),
                body.Chain,
                0,
                Json.Write(body),
                string.Join('\n', lines),
                people[i % people.Length],
                "[]",
                Day(On(Stage.InTalks)),
                Day(On(Stage.Signed)),
                Day(On(Stage.Registered)),
                Day(On(Stage.Started)),
                Day(On(Stage.InProduction)),
                stages[i] == Stage.Terminated ? Day(days[i].AddDays(28)) : null,
                stages[i] < Stage.Started ? Day(On(stages[i])) : null,
                Day(progress),
                Day(lights.YellowOn),
                Day(lights.RedOn),
                Day(lights.RemovalOn),
                Slug.Of(lights.On(today)),
                0,
                0,
                $"c{ids[i][1..]}",
                4,
                3,
                at,
                Instant(days[i].AddDays(28)),
                Instant(days[i].AddDays(28)),
                Instant(days[i].AddDays(28))
            );
            of.Add(ids[i], 0, investor.Id);
            foreach (var gram in Domain.Matching.Grams.Of(nameKey))
                named.Add(grams.Key(gram, i));
            foreach (var gram in SearchText.Bigrams(lines))
                searched.Add(grams.Key(gram, i));
        }

        using var gramRow = new Row(connection, "investor_index", "gram", "investor_id");
        int[] byId = [.. Enumerable.Range(0, investors.Count).OrderBy(at => investors[at].Id, StringComparer.Ordinal)];
        foreach (var (gram, at) in investorTable.Sorted(investorGrams, byId))
            gramRow.Add(gram, investors[at].Id);
    }

    private void Grams()
    {
        // In the order of the key: of the dollar after the yuan, the smaller amount first.
        var dollars = connection
            .Query<string>("SELECT currency FROM projects ORDER BY seq")
            .Select(currency => currency == "USD")
            .ToArray();
        int[] bySize =
        [
            .. Enumerable.Range(0, projects).OrderBy(at => dollars[at]).ThenBy(at => amounts[at]).ThenBy(at => at),
        ];
        using (var row = new Row(connection, "name_index", "gram", "currency", "amount", "project_seq"))
        {
            foreach (var (gram, at) in grams.Sorted(named, bySize))
                row.Add(gram, dollars[at] ? "USD" : "CNY", amounts[at], at + 1);
        }

        using var index = new Row(connection, "search_index", "gram", "project_seq");
        foreach (var (gram, at) in grams.Sorted(searched, null))
            index.Add(gram, at + 1);
    }

    private void History()
    {
        using var span = new Row(connection, "stage_spans", "project_id", "stage", "entered_on", "left_on");
        using var move = new Row(
            connection,
            "moves",
            "id",
            "project_id",
            "kind",
            "from_stage",
            "to_stage",
            "occurred_on",
            "reaches",
            "evidence",
            "status",
            "flags",
            "jurisdiction_id",
            "submitted_by",
            "submitted_by_name",
            "submitted_at",
            "rule_set_id",
            "version"
        );
        using var entry = new Row(
            connection,
            "timeline",
            "id",
            "project_id",
            "at",
            "occurred_on",
            "kind",
            "actor_id",
            "actor_name",
            "actor_unit",
            "jurisdiction_id",
            "after_json",
            "is_public"
        );
        for (var i = 0; i < projects; i++)
        {
            var last = stages[i] == Stage.Terminated ? Stage.Signed : stages[i];
            for (var stage = Stage.InTalks; stage <= last; stage++)
                span.Add(
                    ids[i],
                    Slug.Of(stage),
                    Day(days[i].AddDays(7 * (int)stage)),
                    stage == last && stages[i] != Stage.Terminated
                        ? null
                        : Day(days[i].AddDays(stage == last ? 28 : 7 * ((int)stage + 1)))
                );
            if (stages[i] == Stage.Terminated)
                span.Add(ids[i], "terminated", Day(days[i].AddDays(28)), null);
            for (var n = 0; n < 3; n++)
            {
                var day = days[i].AddDays(7 * (n + 1));
                move.Add(
                    $"m{n}{ids[i][2..]}",
                    ids[i],
                    "forward",
                    Slug.Of((Stage)n),
                    Slug.Of((Stage)(n + 1)),
                    Day(day),
                    "[]",
                    "{}",
                    n < (int)last ? "verified" : "returned",
                    "[]",
                    unitIds[units[i]],
                    "bench",
                    "招商专员",
                    Instant(day),
                    rules.Id,
                    2
                );
            }

            for (var n = 0; n < 5; n++)
                entry.Add(
                    $"t{n}{ids[i][2..]}",
                    ids[i],
                    Instant(days[i].AddDays(n)),
                    Day(days[i].AddDays(n)),
                    n == 0 ? "reported" : "progress",
                    "bench",
                    "招商专员",
                    "南湖区",
                    unitIds[units[i]],
                    """{"note":"赴企业总部拜访"}""",
                    n == 0 ? 1 : 0
                );
        }
    }

    private void Claims()
    {
        var people = vault.Seal(Json.Write(new ClaimPeople()));
        var previous = Canonical.Genesis;
        using var claim = new Row(
            connection,
            "claims",
            "sequence",
            "id",
            "project_id",
            "jurisdiction_id",
            "reported_by",
            "reported_by_name",
            "status",
            "received_at",
            "activated_at",
            "expires_at",
            "ended_at",
            "rule_set_id",
            "extensions",
            "name",
            "report",
            "contacts",
            "too_many",
            "salt",
            "canonical",
            "receipt_hash",
            "previous_hash",
            "version",
            "updated_at"
        );
        for (var i = 0; i < projects; i++)
        {
            var canonical = $$"""{"claimId":"c{{ids[i][1..]}}"}""";
            var hash = Canonical.Hash(previous + canonical);
            var at = Instant(days[i]);
            var active = stages[i] == Stage.InTalks && i % 10 == 0;
            var status =
                active ? "active"
                : stages[i] == Stage.InTalks ? "expired"
                : "converted";
            claim.Add(
                i + 1,
                $"c{ids[i][1..]}",
                ids[i],
                unitIds[units[i]],
                "bench",
                "招商专员",
                status,
                at,
                at,
                active ? "2099-12-31T15:59:59.999Z" : Instant(days[i].AddDays(30)),
                active ? null : Instant(days[i].AddDays(30)),
                rules.Id,
                0,
                "申报",
                "{}",
                people,
                0,
                "00",
                canonical,
                hash,
                previous,
                2,
                at
            );
            previous = hash;
        }

        connection.Execute("INSERT INTO counters (name, value) VALUES ('claims', @projects)", new { projects });
    }

    /// <summary>Pairs of letters from the names of a real register.</summary>
    private static string[] Pieces()
    {
        var names = System
            .IO.File.ReadLines(Path.Combine(Bench.Root, "db", "seed", "register.csv"))
            .Skip(1)
            .Select(line => line.Split(',')[1]);
        return
        [
            .. names
                .SelectMany(name =>
                    SearchText.Bigrams([SearchText.Of(name.Replace(Common, "", StringComparison.Ordinal))])
                )
                .Where(pair => pair.All(letter => letter >= '\u4e00'))
                .Distinct(),
        ];
    }

    internal static string Instant(DateOnly day) =>
        day.ToString("yyyy-MM-dd'T03:00:00.000Z'", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Grams by number, so that millions of pairs sort as numbers.</summary>
    private sealed class GramTable
    {
        private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

        public long Key(string gram, int of)
        {
            if (!numbers.TryGetValue(gram, out var number))
                numbers[gram] = number = numbers.Count;
            return ((long)number << 32) | (uint)of;
        }

        /// <summary>The pairs by gram, then in the order given, or by number where there is none.</summary>
        public IEnumerable<(string Gram, int Of)> Sorted(List<long> keys, int[]? order)
        {
            var byName = numbers
                .Keys.Order(
                    Comparer<string>.Create(
                        (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b))
                    )
                )
                .ToArray();
            var rank = new int[byName.Length];
            for (var at = 0; at < byName.Length; at++)
                rank[numbers[byName[at]]] = at;
            int[]? place = null;
            if (order is not null)
            {
                place = new int[order.Length];
                for (var at = 0; at < order.Length; at++)
                    place[order[at]] = at;
            }

            var sorted = keys.Select(key =>
                    ((long)rank[(int)(key >> 32)] << 32)
                    | (uint)(place is null ? (int)(key & uint.MaxValue) : place[(int)(key & uint.MaxValue)])
                )
                .ToArray();
            Array.Sort(sorted);
            return sorted.Select(key =>
                (
                    byName[(int)(key >> 32)],
                    order is null ? (int)(key & uint.MaxValue) : order[(int)(key & uint.MaxValue)]
                )
            );
        }
    }

    /// <summary>One prepared statement that adds rows to a table.</summary>
    private sealed class Row : IDisposable
    {
        private readonly SqliteCommand command;

        public Row(SqliteConnection connection, string table, params string[] columns)
        {
            command = connection.CreateCommand();
            command.CommandText = new BulkTable(table, columns).Insert;
            for (var at = 0; at < columns.Length; at++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{at}" });
        }

        public void Add(params object?[] values)
        {
            for (var at = 0; at < values.Length; at++)
                command.Parameters[at].Value = values[at] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }

        public void Dispose() => command.Dispose();
    }
}
