using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Dapper;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Data.Sqlite;

namespace Pipeline.Api.Tests.Data;

/// <summary>What a request costs does not grow with the city's history: every statement behind a list, a search or a record finds its rows by an index.</summary>
public sealed partial class QueryPlanTests
{
    /// <summary>The tables that grow for as long as the city works.</summary>
    private static readonly HashSet<string> Growing = new(StringComparer.OrdinalIgnoreCase)
    {
        "projects",
        "investors",
        "project_investors",
        "investor_index",
        "investor_spellings",
        "project_spellings",
        "firm_aliases",
        "firm_alias_forms",
        "distinct_projects",
        "name_index",
        "search_index",
        "stage_spans",
        "former_owners",
        "moves",
        "timeline",
        "files",
        "claims",
        "claim_matches",
        "claim_returns",
        "project_matches",
        "imports",
        "import_rows",
        "audit",
        "changes",
        "change_readers",
        "change_audiences",
        "webhook_deliveries",
        "webhook_tries",
        "person_marks",
        "project_leaders",
        "notices",
        "notice_recipients",
        "ledger",
        "transfers",
        "market_offers",
        "record_imports",
        "signing_notices",
        "removals",
        "leader_links",
        "tolerance_papers",
        "team_members",
        "external_refs",
        "library_entries",
        "library_search",
        "library_tags",
        "fund_investments",
        "foreign_facts",
        "foreign_visits",
        "referrers",
        "chain_reviews",
        "chain_projects",
        "events",
        "event_results",
        "financing_needs",
        "matches",
        "match_steps",
        "office_leads",
        "office_lead_steps",
        "library_flows",
        "leader_batches",
        "problems",
        "meetings",
        "meeting_items",
        "actions",
        "capital_entries",
        "credit_agreements",
        "posted_people",
        "calendars",
        "calendar_entries",
        "project_elements",
        "element_grants",
        "indicator_values",
        "targets",
        "score_marks",
        "score_rehearsals",
        "snapshots",
        "snapshot_tables",
        "bulletins",
        "disputes",
        "co_negotiators",
        "report_bars",
        "idempotency_keys",
        "sessions",
        "refresh_tokens",
        "one_time_links",
    };

    private static readonly string[] Readers = ["nanhu", "centre", "leader", "auditor"];

    private static readonly string[] ProjectFilters =
    [
        "",
        "stage=in-talks",
        "stage=signed",
        "stage=terminated",
        "jurisdictionId=x",
        "industry=34",
        "chain=x",
        "currency=CNY",
        "minAmount=1",
        "maxAmount=9e12",
        "q=氢能",
        "q=氢能装备",
        "idle=red",
        "idle=yellow",
        "idle=green",
        "updatedSince=2020-01-01T00:00:00Z",
        "externalRef=crm:1",
        "stage=signed&jurisdictionId=x",
        "stage=signed&q=氢能&industry=34&currency=CNY&minAmount=1",
    ];

    private static readonly string[] ProjectSorts =
    [
        "createdAt",
        "-createdAt",
        "updatedAt",
        "-updatedAt",
        "totalInvestment",
        "-totalInvestment",
        "name",
        "-name",
        "code",
        "-code",
    ];

    [Test]
    public async Task A_page_of_projects_is_read_by_an_index_whatever_is_asked_for()
    {
        using var app = new PipelineApp("sqlite");
        var seen = await Statements(app, async () =>
        {
            foreach (var reader in Readers)
            {
                foreach (var filter in ProjectFilters)
                {
                    foreach (var sort in ProjectSorts)
                        (await app.As(reader).Get($"projects?{filter}&sort={sort}")).Is(200);
                }
            }
        });
        Offences(app, seen).ShouldBeEmpty();
    }

    [Test]
    public async Task The_page_after_another_begins_where_that_one_ended()
    {
        using var app = new PipelineApp("sqlite");
        foreach (var n in new[] { 1, 2, 3 })
            (await app.As("nanhu").Reports(Given.Another(n))).Is(201);
        var seen = await Statements(app, async () =>
        {
            foreach (var reader in Readers)
            {
                foreach (var sort in ProjectSorts)
                {
                    var first = (await app.As(reader).Get($"projects?limit=1&sort={sort}")).Is(200);
                    (await app.As(reader).Get($"projects?limit=1&sort={sort}&cursor={first["nextCursor"]}")).Is(200);
                }
            }
        });
        Offences(app, seen).ShouldBeEmpty();
    }

    [TestCase("")]
    [TestCase("stage=signed")]
    public async Task A_page_of_the_library_or_of_a_stage_is_in_its_order_already(string filter)
    {
        using var app = new PipelineApp("sqlite");
        var seen = await Statements(app, async () =>
        {
            foreach (var sort in ProjectSorts)
            {
                (await app.As("centre").Get($"projects?{filter}&sort={sort}")).Is(200);

                (await app.As("nanhu").Get($"projects?{filter}&sort={sort}")).Is(200);
            }
        });
        Offences(app, seen, unsorted: true).ShouldBeEmpty();
    }

    [Test]
    public async Task Every_other_list_and_record_is_read_by_an_index()
    {
        using var app = new PipelineApp("sqlite");
        var claim = (await app.As("nanhu").Reports(Given.Project())).Is(201);
        var (id, project) = ((string)claim["id"]!, (string)claim["projectId"]!);
        await SampleCity.PublishScoreModel(app, "nanhu");
        string[] paths =
        [
            $"projects/{project}",
            $"projects/{project}/timeline",
            $"claims/{id}",
            $"claims/{id}/receipt",
            "claims",
            "claims?status=active",
            "claims?status=under-review",
            "claims?status=under-review&returned=false",
            "claims?returned=true",
            "claims?jurisdictionId=x",
            "claims?sequence=1",
            $"claims?projectId={project}",
            $"claims?projectId={project}&status=queued&sort=sequence&count=true",
            "claims?sort=expiresAt",
            "claims?sort=-expiresAt&status=active",
            "claims?sort=sequence",
            "claims?expiresBefore=2030-01-01T00:00:00Z",
            "moves",
            "moves?status=pending",
            $"moves?projectId={project}",
            "moves?jurisdictionId=x",
            "moves?sort=-submittedAt",
            "disputes",
            "disputes?status=awaiting-answer",
            "disputes?status=awaiting-decision",
            "disputes?status=decided",
            "disputes?status=final",
            $"disputes?projectId={project}",
            $"disputes?claimId={id}",
            "removals",
            "removals?status=proposed&count=true",
            "removals?jurisdictionId=x",
            $"removals?projectId={project}",
            "leader-links",
            "leader-links?status=active&noContact=true&count=true",
            "leader-links?leaderId=x&batch=1",
            $"leader-links?projectId={project}",
            "leader-links?jurisdictionId=x",
            "leader-links/eligible",
            "leader-links/eligible?jurisdictionId=x",
            "leader-batches",
            "leader-batches/1/difference",
            "exports/problems.csv?status=open",
            "exports/removals.csv?status=proposed",
            "exports/audit.csv?outcome=denied",
            "exports/leader-links.csv?status=active",
            "summary/identity",
            "summary/identity?period=2026-Q2&jurisdictionId=x",
            $"projects/{project}/fault-tolerance",
            $"projects/{project}/team",
            "due",
            "due?within=P3M&limit=200",
            "lights",
            "lights?light=red",
            "lights?light=yellow&stage=signed",
            "lights?turnsWithin=P7D&jurisdictionId=x",
            $"projects/{project}/light",
            "problems",
            "problems?status=assigned&departmentId=x&kind=land&count=true",
            "problems?overdue=true&level=2",
            "problems?jurisdictionId=x",
            "problems/statistics?by=department&period=2026",
            "problems/statistics?by=kind",
            $"projects/{project}/problems",
            "meetings",
            "meetings?kind=monthly&status=issued&from=2026-01-01&to=2026-12-31&count=true",
            "meetings/gaps",
            "actions",
            "actions?status=open&overdue=true&carried=1&count=true",
            $"actions?projectId={project}",
            "actions?ownerId=x&meetingId=x",
            "capital",
            "capital?status=pending&kind=equipment&count=true",
            "capital?jurisdictionId=x&period=2026-05",
            $"projects/{project}/capital",
            $"projects/{project}/capital/summary",
            $"projects/{project}/credit-agreements",
            "credit",
            "credit?period=2026-05&indicator=projects-1b&role=landing",
            $"credit?projectId={project}",
            "credit/summary?by=indicator",
            "credit/summary?by=project",
            "indicators",
            "targets?year=2026",
            "figures?period=2026",
            "figures?period=2026-05&by=month&group=counties",
            "figures?period=2026&by=chain&indicators=projects-signed",
            "figures?period=2026&knownAt=2026-05-04T00:00:00Z",
            "figures/explain?indicator=capital-paid-in&period=2026",
            "figures/explain?indicator=road-shows&period=2026",
            "boards?period=2026",
            "score-models",
            "scores?period=2026",
            $"scores/{app.As("nanhu").UnitId}/explain?period=2026",
            $"scores/{app.As("nanhu").UnitId}/gap?period=2026",
            "duties?year=2026",
            "funds",
            "foreign-enterprise-lists/paid-in",
            "parcels",
            "parcels?status=offered&zone=provincial&minMu=100&cleared=true&count=true",
            "parcels?jurisdictionId=x&q=科技城",
            $"parcels?fitsProject={project}",
            $"projects/{project}/fits",
            "chains",
            $"projects/{project}/chain-nodes",
            "events",
            "events?kind=road-show&technology=true&from=2026-01-01&to=2026-12-31",
            "event-results",
            "event-results?overdue=true&outcome=open",
            "event-results?jurisdictionId=x",
            "financing-needs",
            "financing-needs?jurisdictionId=x&count=true",
            "financing-needs?kind=equity&financed=true&retired=false",
            "financing-needs/rates?from=2026-01-01&to=2026-12-31",
            "matches",
            "matches?state=met&count=true",
            "matches?state=proposed&silence=red",
            "matches?needId=x&jurisdictionId=x",
            "office-leads",
            "office-leads?status=assigned&overdue=true",
            "office-leads?officeId=x&count=true",
            $"projects/{project}/referrer",
            $"projects/{project}/referrer/reward",
            "exports/libraries.csv?library=funds&q=远景",
            "funds?q=远景&count=true",
            "funds?tags=早期,A轮&chain=x&status=retired",
            "institutions?keeper=centre&staleBefore=2026-01-01",
            $"experts?keeper={app.As("nanhu").UnitId}",
            $"jurisdictions/{app.As("nanhu").UnitId}/posted-people",
            $"projects/{project}/elements",
            "periods",
            "bulletins",
            "bulletins?kind=monthly&period=2026-03",
            "periods/2026-04/readiness",
            "transfers",
            "market-offers",
            "record-imports",
            $"projects/{project}/landing",
            "exports/capital.csv?status=pending",
            "exports/signing-notices.csv?status=open",
            "transfers?status=proposed",
            "transfers?status=lapsed&count=true",
            "transfers?direction=in",
            "transfers?direction=out",
            $"transfers?projectId={project}",
            "signing-notices",
            "signing-notices?status=open&from=2026-05-01&to=2026-06-01&timely=true&count=true",
            "signing-notices?jurisdictionId=x",
            $"projects/{project}/signing-notices",
            "notices",
            "notices?unread=true",
            "imports",
            "imports?unfinished=true",
            "sessions",
            "me",
        ];
        string[] audit =
        [
            "",
            "actorId=x",
            "actorKind=person",
            "action=reported",
            "outcome=denied",
            "subjectKind=claim",
            "subjectId=x",
            "projectId=x",
            "requestId=x",
            "from=2026-01-01T00:00:00Z",
            "to=2026-01-01T00:00:00Z",
        ];
        var seen = await Statements(app, async () =>
        {
            foreach (var reader in Readers)
            {
                foreach (var path in paths)
                    (await app.As(reader).Get(path)).Status.ShouldBeOneOf(200, 403, 404);
            }

            foreach (var filter in audit)
                (await app.As("auditor").Get($"audit?{filter}")).Is(200);
        });
        Offences(app, seen).ShouldBeEmpty();
    }

    [Test]
    public async Task What_a_report_and_a_move_do_goes_by_indexes()
    {
        using var app = new PipelineApp("sqlite");
        var seen = await Statements(app, async () =>
        {
            var claim = (
                await app.As("nanhu")
                    .Reports(Given.Project(nationalCode: "2605-330402-04-01-123456", uscc: "91310000MA1FL1AB2C"))
            ).Is(201);
            (await app.As("xiuzhou").Reports(Given.Project())).Is(201);
            var move = (await app.As("nanhu").Submits((string)claim["projectId"]!, Given.Signing("2026-05-04"))).Is(
                201
            );
            (await app.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        });
        Offences(app, seen).ShouldBeEmpty();
    }

    [TestCase("SELECT p.id FROM projects p WHERE p.facts = @x", "SCAN p")]
    [TestCase("SELECT p.id FROM projects p WHERE p.stage = @x ORDER BY p.facts {page}", "sorts")]
    [TestCase(
        "SELECT c.id FROM claims c WHERE EXISTS (SELECT 1 FROM timeline t WHERE t.actor_id = c.id) ORDER BY c.sequence {page}",
        "SCAN t"
    )]
    [TestCase("SELECT m.id FROM moves m WHERE m.status = 'verified'", "status=?")]
    public void A_statement_without_an_index_is_found(string sql, string step)
    {
        using var app = new PipelineApp("sqlite");
        Offences(app, [sql], unsorted: true).ShouldHaveSingleItem().ShouldContain(step);
    }

    [Test]
    public void What_many_rows_have_in_common_is_not_what_they_are_sought_by()
    {
        using var app = new PipelineApp("sqlite");
        var plans = app.Sql(connection =>
            new[]
            {
                "SELECT id FROM moves WHERE project_id IN ('a', 'b', 'c') AND status = 'verified' ORDER BY seq",
                "SELECT id FROM claims WHERE jurisdiction_id = 'a' AND status = 'active' AND project_id = 'b'",
                "SELECT id FROM capital_entries WHERE project_id = 'a' AND status = 'verified'",
            }
                .Select(sql =>
                    connection
                        .Query<(long Id, long Parent, long Unused, string Detail)>($"EXPLAIN QUERY PLAN {sql}")
                        .First()
                        .Detail
                )
                .ToList()
        );
        plans.ShouldAllBe(plan => plan.Contains("project_id=?"));
    }

    /// <summary>The statements that ran meanwhile, as they were written.</summary>
    [Test]
    public async Task What_is_due_of_a_unit_and_its_problems_are_not_sought_among_all_that_it_has()
    {
        using var app = new PipelineApp("sqlite");
        var seen = await Statements(app, async () =>
        {
            foreach (var path in new[] { "due", "due?within=P3M&limit=200", "problems", "problems?status=open" })
                (await app.As("nanhu").Get(path)).Is(200);
        });
        Offences(app, seen, ofUnit: true).ShouldBeEmpty();
    }

    [Test]
    public void What_the_planner_was_told_of_an_index_no_later_migration_took_away()
    {
        using var app = new PipelineApp("sqlite");
        var told = IndexTold()
            .Matches(File.ReadAllText(Path.Combine(Layout.Find().Migrations, "sqlite", "0095_plans.sql")))
            .Select(match => match.Groups[1].Value)
            .ToList();
        told.Count.ShouldBe(20);
        app.Sql(connection => connection.Query<string>("SELECT idx FROM sqlite_stat1").ToList())
            .ShouldBe(told, ignoreOrder: true);
    }

    private static async Task<IReadOnlyCollection<string>> Statements(PipelineApp app, Func<Task> work)
    {
        var log = await StatementLog.Of(app, work);
        log.Statements.ShouldNotBeEmpty();
        return [.. log.Statements.Distinct()];
    }

    /// <summary>What reads a growing table from end to end. To walk along an index and stop where the page is full is not that; to read all, and sort it for a page, is.</summary>
    private static List<string> Offences(
        PipelineApp app,
        IEnumerable<string> statements,
        bool unsorted = false,
        bool ofUnit = false
    ) =>
        app.Sql(connection =>
        {
            var dialect = new SqliteDialect(app.Database.ConnectionString);

            // As the program's connections are told: a plan does not depend on what is bound.
            SQLitePCL.raw.sqlite3_db_config(
                ((Microsoft.Data.Sqlite.SqliteConnection)connection).Handle!,
                SQLitePCL.raw.SQLITE_DBCONFIG_ENABLE_QPSG,
                1,
                out _
            );
            var offences = new List<string>();
            foreach (
                var statement in statements
                    .SelectMany(sql =>
                        sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    )
                    .Distinct()
                    .Where(sql => !sql.StartsWith("INSERT", StringComparison.Ordinal))
            )
            {
                // As long as the lists are that the program gives.
                var sql = InList()
                    .Replace(dialect.Render(statement), match =>
                        $"IN ({string.Join(", ", Enumerable.Repeat(match.Groups[1].Value, ListLength))})"
                    );
                var parameters = new DynamicParameters();
                foreach (var name in Parameter().Matches(sql).Select(match => match.Groups[1].Value).Distinct())
                    parameters.Add(name, "x");
                var tables = Named()
                    .Matches(sql)
                    .ToLookup(
                        match => match.Groups[2].Success ? match.Groups[2].Value : match.Groups[1].Value,
                        match => match.Groups[1].Value
                    );
                var steps = connection
                    .Query<(long Id, long Parent, long Unused, string Detail)>($"EXPLAIN QUERY PLAN {sql}", parameters)
                    .ToList();
                var sorts = steps.Any(step => Sort().IsMatch(step.Detail));
                var paged = statement.Contains("{page}", StringComparison.Ordinal);
                offences.AddRange(
                    steps
                        .Where(
                            (step, at) =>
                                Scan().Match(step.Detail) is { Success: true } scan
                                && tables[scan.Groups[1].Value].Any(Growing.Contains)
                                && !(paged && !sorts && at == 0)
                        )
                        .Select(step => $"{step.Detail}: {statement}")
                );
                offences.AddRange(
                    steps
                        .Where(step =>
                            !paged
                            && Settled().IsMatch(statement)
                            && Search().Match(step.Detail) is { Success: true } search
                            && tables[search.Groups[1].Value].Any(Growing.Contains)
                            && search.Groups[2].Value.Split(" AND ").All(Coarse.Contains)
                        )
                        .Select(step => $"{step.Detail}: {statement}")
                );
                if (ofUnit)
                    offences.AddRange(
                        steps
                            .Where(step =>
                                Search().Match(step.Detail) is { Success: true } search
                                && tables[search.Groups[1].Value].Any(Growing.Contains)
                                && search.Groups[2].Value is ("owner_id=?" or "jurisdiction_id=?")
                            )
                            .Select(step => $"{step.Detail}: {statement}")
                    );
                if (unsorted && paged && sorts)
                    offences.Add($"sorts what it read: {statement}");
            }

            return offences;
        });

    [GeneratedRegex(@"\('\w+', '(ix_\w+)'", RegexOptions.CultureInvariant)]
    private static partial Regex IndexTold();

    [GeneratedRegex(@"\bIN\s+(@\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex InList();

    [GeneratedRegex(@"@(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(
        @"\b(?:FROM|JOIN|UPDATE)\s+(\w+)(?:\s+(?!ON\b|WHERE\b|SET\b|JOIN\b|LEFT\b|ORDER\b|GROUP\b|LIMIT\b|AND\b)(\w+))?",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Named();

    [GeneratedRegex("^USE TEMP B-TREE FOR.* ORDER BY", RegexOptions.CultureInvariant)]
    private static partial Regex Sort();

    // What is open is a queue that is worked off; what is settled is nearly all there ever was.
    [GeneratedRegex(
        @"status (= |IN \([^)]*)'(?:verified|closed|approved|expired|released|ended|confirmed|used)'",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Settled();

    private const int ListLength = 200;

    // What a large part of a table has in common: who seeks by that alone reads that part from end to end.
    private static readonly HashSet<string> Coarse = ["status=?", "kind=?", "stage=?"];

    [GeneratedRegex(@"^SEARCH (\w+) USING (?:COVERING )?INDEX \w+ \((.*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Search();

    [GeneratedRegex(@"^SCAN (\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Scan();
}
