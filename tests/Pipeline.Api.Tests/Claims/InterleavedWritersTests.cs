using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pipeline.Api.Commands;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;
using Pipeline.Data.Sqlite;

namespace Pipeline.Api.Tests.Claims;

/// <summary>
/// Two writers of one project side by side, the one stopped before each of its steps while the other goes on: whatever the order, both see and leave what they would have seen and left one after
/// the other (decision 12). The engine is SQLite as if it were a server (<see cref="SideBySide"/>).
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class InterleavedWritersTests
{
    private const int MostSteps = 60;

    private static readonly Dictionary<string, Writer> Writers = new()
    {
        ["a report"] = new(city => city.Reports("haining")),
        ["a release"] = new(city => city.Ends(city.Active, "release", "nanhu")),
        ["a withdrawal"] = new(city => city.Ends(city.Queued, "withdraw", "xiuzhou"), Needs.Queue),
        ["a withdrawal of what is under review"] = new(
            city => city.Ends(city.Reviewed, "withdraw", "pinghu"),
            Needs.Review
        ),
        ["a revocation"] = new(city => city.Ends(city.Active, "revoke", "centre")),
        ["an extension"] = new(city => city.Ends(city.Active, "extend", "centre2")),
        ["resolved as the same"] = new(
            city => city.Ends(city.Reviewed, "resolve", "centre", new { decision = "same", reason = "同一投资方" }),
            Needs.Review
        ),
        ["resolved as distinct"] = new(
            city =>
                city.Ends(city.Reviewed, "resolve", "centre2", new { decision = "distinct", reason = "不是同一项目" }),
            Needs.Review
        ),
        ["a queued claim resolved as distinct"] = new(
            city => city.Ends(city.Queued, "resolve", "centre", new { decision = "distinct", reason = "不是同一项目" }),
            Needs.Queue
        ),
        ["an expiry"] = new(city => city.Expires()),
        ["a signing"] = new(city => city.Moves(Given.Signing("2026-05-04"), "nanhu")),
        ["a verification"] = new(city => city.Decides("verify", "centre"), Needs.Signing),
        ["a return"] = new(city => city.Decides("return", "centre2", new { reason = "缺少附件" }), Needs.Signing),
        ["a withdrawn signing"] = new(city => city.Decides("withdraw", "nanhu"), Needs.Signing),
        ["the holder's termination"] = new(city =>
            city.Moves(
                new
                {
                    to = "terminated",
                    occurredOn = "2026-05-04",
                    reasonCode = "market",
                },
                "nanhu"
            )
        ),
        ["the centre's termination"] = new(city =>
            city.Moves(
                new
                {
                    to = "terminated",
                    occurredOn = "2026-05-04",
                    reasonCode = "policy",
                },
                "centre"
            )
        ),
        ["a dispute that reassigns"] = new(city => city.Judges("reassign"), Needs.Queue),
        ["a dispute that revokes"] = new(city => city.Judges("revoke"), Needs.Queue),
        ["a suspension"] = new(city => city.Suspends(), Needs.Queue),
        ["an edit"] = new(city => city.Edits()),
    };

    private static readonly object Reason = new { reason = "经研究决定" };

    private static IEnumerable<string> Names => Writers.Keys;

    [TestCaseSource(nameof(Names))]
    public async Task Whoever_writes_beside_it_both_see_and_leave_what_one_after_the_other_would_have(string name)
    {
        var first = Writers[name];
        using var city = new City();
        foreach (var (other, second) in Writers)
        {
            var needs = first.Needs | second.Needs;
            await SideBySide(city, needs, first, second, $"{name}, while it stands still {other}");

            // With nobody waiting, what ends a claim leaves the project free; else somebody is promoted.
            if (!needs.HasFlag(Needs.Queue))
                await SideBySide(
                    city,
                    needs | Needs.Queue,
                    first,
                    second,
                    $"{name}, while it stands still {other}, with a queue"
                );
        }
    }

    private static async Task SideBySide(City city, Needs needs, Writer first, Writer second, string what)
    {
        await city.Begin(needs);
        var inOrder = new List<string> { await city.OneAfterTheOther(first.Work, second.Work) };
        await city.Begin(needs);
        inOrder.Add(await city.OneAfterTheOther(second.Work, first.Work, swapped: true));
        for (var (step, goesOn) = (1, true); goesOn; step++)
        {
            await city.Begin(needs);
            var (stopped, late, left) = await city.SideBySide(first.Work, second.Work, step);
            inOrder.ShouldContain(left, $"{what}, before step {step}");
            (await city.Violations(left)).ShouldBeEmpty($"{what}, before step {step}");
            goesOn = stopped && !late;
            step.ShouldBeLessThan(MostSteps);
        }
    }

    /// <summary>What has to be there before a writer begins.</summary>
    [Flags]
    private enum Needs
    {
        None = 0,

        /// <summary>A unit that waits, and contests that.</summary>
        Queue = 1,

        /// <summary>A report under review that may be of the project.</summary>
        Review = 2,

        /// <summary>A signing that waits for the centre.</summary>
        Signing = 4,
    }

    private sealed record Writer(Func<City, Task<Answer>> Work, Needs Needs = Needs.None);

    /// <summary>A city in which one unit holds a project, one waits for it and contests that, and one is under review with it.</summary>
    private sealed class City : IDisposable
    {
        /// <summary>Two minutes before the holder's window ends.</summary>
        private static readonly DateTimeOffset Now = new(2026, 6, 4, 15, 58, 0, TimeSpan.Zero);

        private readonly TestDatabase database = new("sqlite");
        private readonly SideBySide engine;
        private readonly PipelineApp app;
        private readonly Dictionary<Needs, Microsoft.Data.Sqlite.SqliteConnection> beginnings = [];
        private readonly AsyncLocal<string?> writer = new();
        private readonly Dictionary<string, IReadOnlyList<string>> checkedStates = new(StringComparer.Ordinal);

        public City()
        {
            engine = new SideBySide(new SqliteDialect(database.ConnectionString));
            app = new PipelineApp("sqlite", database: database, services: services =>
                services.Replace(ServiceDescriptor.Singleton<IDialect>(engine))
            );
        }

        public string Project { get; private set; } = "";
        public string Active { get; private set; } = "";
        public string Queued { get; private set; } = "";
        public string Reviewed { get; private set; } = "";
        public string Move { get; private set; } = "";
        public string Dispute { get; private set; } = "";

        /// <summary>Puts everything back to the beginning.</summary>
        public async Task Begin(Needs needs)
        {
            engine.Script = null;
            app.Observe(null);
            if (beginnings.Count == 0)
            {
                await Prepare();
                beginnings.Add(Needs.None, Copy());
            }

            if (!beginnings.TryGetValue(needs, out var kept))
            {
                Restore(beginnings[Needs.None]);
                await Become(needs);
                beginnings.Add(needs, kept = Copy());
            }

            Restore(kept);
            (Queued, Reviewed, Dispute, Move) = app.Sql(connection =>
                (
                    Only(connection, "SELECT id FROM claims WHERE status = 'queued'"),
                    Only(connection, "SELECT id FROM claims WHERE status = 'under-review'"),
                    Only(connection, "SELECT id FROM disputes"),
                    Only(connection, "SELECT id FROM moves")
                )
            );

            static string Only(System.Data.Common.DbConnection connection, string sql) =>
                connection.QuerySingleOrDefault<string>(sql) ?? "";
        }

        private async Task Become(Needs needs)
        {
            app.Time.AdvanceTo(PipelineApp.Start.AddMinutes(2));
            if (needs.HasFlag(Needs.Queue))
            {
                var queued = (string)(await Reports("xiuzhou")).Is(201)["id"]!;
                var dispute = (string)
                    (await app.As("xiuzhou").Post($"claims/{queued}/disputes", new { grounds = "我们先到" })).Is(201)[
                        "id"
                    ]!;
                (await app.As("nanhu").Post($"disputes/{dispute}/answer", new { answer = "材料齐全" })).Is(200);
            }

            if (needs.HasFlag(Needs.Review))
                (
                    await Send(
                        "pinghu",
                        "claims",
                        new
                        {
                            project = Given.Project("氢能零部件产业园", amount: 3_000_000_000m, industry: "3670"),
                            contacts = Given.Contacts(),
                        }
                    )
                ).Is(201);
            app.Time.AdvanceTo(Now);
            if (needs.HasFlag(Needs.Signing))
            {
                (await Moves(Given.Signing("2026-05-04"), "nanhu")).Is(201);
            }
        }

        private Microsoft.Data.Sqlite.SqliteConnection Copy()
        {
            var kept = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
            kept.Open();
            using var source = new Microsoft.Data.Sqlite.SqliteConnection(database.ConnectionString);
            source.Open();
            source.BackupDatabase(kept);
            return kept;
        }

        private async Task Prepare()
        {
            // Whoever acts later is signed in already: sessions are rows, too.
            foreach (
                var who in new[] { "haining", "nanhu", "xiuzhou", "pinghu", "centre", "centre2", "auditor", "admin" }
            )
                app.As(who);
            (
                await app.As("admin")
                    .Post(
                        "rule-sets",
                        new
                        {
                            name = "可延期",
                            effectiveFrom = "2026-05-04",
                            extensionsMax = 1,
                        }
                    )
            ).Is(201);
            app.Time.Advance(TimeSpan.FromMinutes(1));
            var active = (await app.As("nanhu").Reports(Given.Project())).Is(201);
            (Active, Project) = ((string)active["id"]!, (string)active["projectId"]!);
            app.Time.AdvanceTo(Now);
        }

        private void Restore(Microsoft.Data.Sqlite.SqliteConnection from)
        {
            app.Time.AdvanceTo(Now);
            using var target = new Microsoft.Data.Sqlite.SqliteConnection(database.ConnectionString);
            target.Open();
            target.Execute("PRAGMA journal_mode = WAL"); // else the copy would leave it
            from.BackupDatabase(target);
        }

        public async Task<string> OneAfterTheOther(
            Func<City, Task<Answer>> first,
            Func<City, Task<Answer>> second,
            bool swapped = false
        )
        {
            var (one, other) = (await first(this), await second(this));
            return swapped ? await Left(other, one) : await Left(one, other);
        }

        /// <summary>What is left when the first stops before a step of its transaction for the second.</summary>
        public async Task<(bool Stopped, bool Late, string Left)> SideBySide(
            Func<City, Task<Answer>> first,
            Func<City, Task<Answer>> second,
            int step
        )
        {
            var script = new Interleaving(app.Services.GetRequiredService<IHttpContextAccessor>(), step);
            engine.Script = script;
            app.Observe(script);
            var (one, other) = await script.Run(() => Named("first", first), () => Named("second", second));
            engine.Script = null;
            app.Observe(null);
            return (script.Stopped, script.StoppedAfterWriting, await Left(one, other));

            async Task<Answer> Named(string name, Func<City, Task<Answer>> work)
            {
                writer.Value = name;
                return await work(this);
            }
        }

        public Task<Answer> Reports(string unit) =>
            Send(unit, "claims", new { project = Given.Project(), contacts = Given.Contacts() });

        public Task<Answer> Ends(string claim, string how, string who, object? body = null) =>
            Send(who, $"claims/{claim}/{how}", body ?? Reason);

        public Task<Answer> Moves(object move, string who) => Send(who, $"projects/{Project}/moves", move);

        public Task<Answer> Decides(string how, string who, object? body = null) =>
            Send(who, $"moves/{Move}/{how}", body ?? new { });

        public Task<Answer> Judges(string outcome) =>
            Send("centre", $"disputes/{Dispute}/decide", new { outcome, reason = "经核查双方材料" });

        public Task<Answer> Suspends() => Send("centre2", $"disputes/{Dispute}/suspend", Reason);

        public async Task<Answer> Edits()
        {
            writer.Value ??= "";
            return await app.As("nanhu")
                .Send(
                    HttpMethod.Patch,
                    $"projects/{Project}",
                    new { landMu = 120 },
                    ("If-Match", "*"),
                    (Interleaving.Header, writer.Value)
                );
        }

        /// <summary>The window ends, and somebody looks.</summary>
        public async Task<Answer> Expires()
        {
            app.Time.AdvanceTo(Now.AddMinutes(3));
            return await app.As("auditor").Get("me", (Interleaving.Header, writer.Value ?? ""));
        }

        private Task<Answer> Send(string who, string path, object body) =>
            app.As(who).Post(path, body, ("If-Match", "*"), (Interleaving.Header, writer.Value ?? ""));

        /// <summary>What became of everything by now, without what is drawn by lot or told by the clock.</summary>
        private async Task<string> Left(Answer one, Answer other)
        {
            await app.Services.GetRequiredService<SettleClaims>().WhatIsDue();
            return app.Sql(connection =>
                string.Join(
                    '\n',
                    new[] { $"{one.Status} {one.Slug} / {other.Status} {other.Slug}" }.Concat(
                        States.SelectMany(sql => connection.Query<string>(sql))
                    )
                )
            );
        }

        private static readonly string[] States =
        [
            "SELECT j.code || ' ' || c.status || ' ' || COALESCE(p.name, '-') || ' ' || COALESCE(o.code, '') FROM claims c JOIN jurisdictions j ON j.id = c.jurisdiction_id LEFT JOIN projects p ON p.id = c.project_id LEFT JOIN jurisdictions o ON o.id = p.owner_id ORDER BY c.sequence",
            "SELECT p.name || ' ' || p.stage || ' ' || o.code || ' ' || COALESCE((SELECT c.status FROM claims c WHERE c.id = p.claim_id), '-') || ' ' || p.flags || ' ' || COALESCE(JSON_EXTRACT(p.facts, '$.landMu'), '') FROM projects p JOIN jurisdictions o ON o.id = p.owner_id ORDER BY p.name, o.code",
            "SELECT 'move ' || m.kind || ' ' || m.to_stage || ' ' || m.status FROM moves m ORDER BY 1",
            "SELECT 'dispute ' || d.status || ' ' || COALESCE(d.outcome, '') FROM disputes d",
            "SELECT 'former ' || j.code FROM former_owners f JOIN jurisdictions j ON j.id = f.jurisdiction_id ORDER BY 1",
            "SELECT 'entry ' || t.kind || ' ' || COUNT(*) FROM timeline t GROUP BY t.kind ORDER BY 1",
            "SELECT 'notice ' || n.kind || ' ' || COUNT(*) FROM notices n GROUP BY n.kind ORDER BY 1",
        ];

        public async Task<IReadOnlyList<string>> Violations(string left)
        {
            if (!checkedStates.TryGetValue(left, out var violations))
                checkedStates.Add(
                    left,
                    violations = await app
                        .Services.GetRequiredService<Database>()
                        .Read(session =>
                            Invariants.Violations(
                                session,
                                app.Services.GetRequiredService<Anchors>(),
                                app.Services.GetRequiredService<RuleBooks>()
                            )
                        )
                );
            return violations;
        }

        public void Dispose()
        {
            foreach (var kept in beginnings.Values)
                kept.Dispose();
            app.Dispose();
            database.Dispose();
        }
    }
}
