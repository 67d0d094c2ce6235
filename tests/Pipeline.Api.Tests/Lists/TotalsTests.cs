using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Lists;

/// <summary>The totals that are kept say at every moment, to everybody, of every day, what a count of the projects says that they may count (R20).</summary>
public sealed class TotalsTests(string engine) : OnEachEngine(engine)
{
    private static readonly string[] Units = ["nanhu", "xiuzhou", "jiashan"];
    private static readonly string[] Stages = ["in-talks", "signed", "registered", "started"];

    [TestCase(1)]
    [TestCase(2)]
    public async Task Whatever_happens_they_are_what_a_count_of_the_projects_says(int seed)
    {
        var random = new Random(seed);
        var leader = (string)(await App.As("nanhu").Get("leaders")).Is(200)["items"].AsArray()[0]!["id"]!;
        for (var step = 1; step <= 60; step++)
        {
            (await Something(random, step, leader)).ShouldBeLessThan(500);
            if (random.Next(4) == 0)
                App.Time.Advance(TimeSpan.FromDays(random.Next(1, 25)));
            if (random.Next(6) == 0)
                await StageTotals.Fold(App.Services.GetRequiredService<Database>());
            if (step % 20 == 0)
                await Agree();
        }

        (await Violations()).ShouldBeEmpty();
        await StageTotals.Fold(App.Services.GetRequiredService<Database>());
        App.Sql(connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM total_changes")).ShouldBe(0);
        (await Violations()).ShouldBeEmpty();
        await Agree();
        await App.Services.GetRequiredService<Database>().Write(StageTotals.Rebuild);
        (await Violations()).ShouldBeEmpty();
        await Agree();
    }

    /// <summary>One random act of somebody; many are refused, as they are in life.</summary>
    private async Task<int> Something(Random random, int step, string leader)
    {
        var officer = App.As(Units[random.Next(Units.Length)]);
        var today = $"{App.Today:yyyy-MM-dd}";
        var projects = App.Sql(connection =>
            connection
                .Query<(string Id, string Owner)>(
                    "SELECT p.id, j.code FROM projects p JOIN jurisdictions j ON j.id = p.owner_id ORDER BY p.seq"
                )
                .ToList()
        );
        var (id, owner) = projects.Count == 0 ? ("", "nanhu") : projects[random.Next(projects.Count)];
        switch (projects.Count < 5 ? 0 : random.Next(9))
        {
            case 0:
                var small = Given.Another(step, 20_000_000m + (step * 1_000_000m));
                small["totalInvestment"] = new
                {
                    amount = 20_000_000m + (step * 1_000_000m),
                    currency = random.Next(3) == 0 ? "USD" : "CNY",
                };
                small["secret"] = random.Next(4) == 0;
                small["leaders"] = random.Next(2) == 0 ? new[] { leader } : null;
                return (await officer.Post("projects", small)).Status;
            case 1:
                return (
                    await officer.Reports(Given.Another(step), Given.Contacts($"{App.Today.AddDays(-3):yyyy-MM-dd}"))
                ).Status;
            case 2:
                return (
                    await App.As(owner)
                        .Patch(
                            $"projects/{id}",
                            new
                            {
                                totalInvestment = new
                                {
                                    amount = 30_000_000m + random.Next(100),
                                    currency = random.Next(4) == 0 ? "EUR" : "CNY",
                                },
                                industryCode = $"{13 + random.Next(20)}",
                            },
                            await Tag(owner, id)
                        )
                ).Status;
            case 3:
                return (
                    await App.As(owner)
                        .Patch($"projects/{id}", new { secret = random.Next(2) == 0 }, await Tag(owner, id))
                ).Status;
            case 4:
                return (
                    await App.As(owner)
                        .Submits(
                            id,
                            new
                            {
                                to = "terminated",
                                occurredOn = today,
                                reasonCode = "market",
                                note = "市场变化",
                            }
                        )
                ).Status;
            case 5:
                return (
                    await App.As("centre")
                        .Submits(
                            id,
                            new
                            {
                                to = "in-talks",
                                occurredOn = today,
                                note = "重新洽谈",
                            }
                        )
                ).Status;
            case 6:
                return (await Ended(random)).Status;
            default:
                var move = await App.As(owner).Submits(id, Given.Signing(today, 30_000_000m));
                return move.Status == 201
                    ? (await App.As("centre").Post($"moves/{move["id"]}/verify")).Status
                    : move.Status;
        }
    }

    /// <summary>A claim is released, or the same project reported by another, who waits for it.</summary>
    private async Task<Answer> Ended(Random random)
    {
        var claims = (await App.As("centre").Get("claims?status=active"))["items"].AsArray();
        if (claims.Count == 0)
            return await App.As("centre").Get("claims");
        var claim = claims[random.Next(claims.Count)]!;
        var step = App.Sql(connection =>
            connection.ExecuteScalar<string>(
                "SELECT report FROM claims WHERE id = @id",
                new { id = (string)claim["id"]! }
            )
        )!;
        var report = JsonNode.Parse(step)!;
        if (random.Next(2) == 0)
            return await App.As(Units[random.Next(Units.Length)])
                .Reports(report, Given.Contacts($"{App.Today.AddDays(-3):yyyy-MM-dd}"));
        var holder = App.Sql(connection =>
            connection.ExecuteScalar<string>(
                "SELECT j.code FROM claims c JOIN jurisdictions j ON j.id = c.jurisdiction_id WHERE c.id = @id",
                new { id = (string)claim["id"]! }
            )
        )!;
        return await App.As(holder).Act($"claims/{claim["id"]}", "release", new { reason = "企业另择他处" });
    }

    private async Task<string> Tag(string user, string id) =>
        (await App.As(user).Get($"projects/{id}")).ETag ?? "\"0\"";

    private sealed record Standing(
        long Seq,
        string Id,
        string Owner,
        string Stage,
        string? SignedOn,
        bool Secret,
        string Currency,
        long Amount,
        string Class,
        bool Named,
        string SpanStage,
        DateOnly Entered,
        DateOnly? Left
    )
    {
        public bool Published =>
            !Secret
            && (
                Stage is "signed" or "registered" or "started" or "in-production"
                || (Stage == "terminated" && SignedOn is not null)
            );
    }

    /// <summary>A claim, and in which months of the city what became of it.</summary>
    private sealed record Reported(
        string Unit,
        string Status,
        bool Secret,
        bool Named,
        string Received,
        string? Activated,
        string? Ended
    );

    private async Task Agree()
    {
        var leader = App.Sql(connection =>
            connection.ExecuteScalar<string>("SELECT id FROM users WHERE username = 'leader'")
        )!;
        var all = App.Sql(connection =>
            connection
                .Query(Recorded, new { leader })
                .Select(row => new Standing(
                    (long)row.seq,
                    row.id,
                    row.owner,
                    row.stage,
                    row.signed is null ? null : Convert.ToString(row.signed),
                    Convert.ToInt64(row.secret) == 1,
                    row.currency ?? "",
                    (long?)row.amount ?? 0,
                    row.class_ ?? "",
                    Convert.ToInt64(row.named) > 0,
                    row.span,
                    Day(row.entered),
                    row.left_on is null ? (DateOnly?)null : Day(row.left_on)
                ))
                .ToList()
        );
        var claims = App.Sql(connection =>
            connection
                .Query(Claims, new { leader })
                .Select(row => new Reported(
                    row.unit,
                    row.status,
                    Convert.ToInt64(row.secret) == 1
                        || ((string)row.report).Contains("\"secret\":true", StringComparison.Ordinal),
                    Convert.ToInt64(row.named) > 0,
                    Month(row.received_at)!,
                    Month(row.activated_at),
                    Month(row.ended_at)
                ))
                .ToList()
        );
        DateOnly?[] days =
        [
            null,
            App.Today.AddDays(-1),
            App.Today.AddDays(-9),
            App.Today.AddDays(-40),
            new DateOnly(App.Today.Year, App.Today.Month, 1).AddDays(-1),
            new DateOnly(2026, 5, 4),
        ];
        foreach (var who in new[] { "nanhu", "xiuzhou", "centre", "leader", "auditor" })
        {
            var unit = Units.Contains(who) ? who : null;
            List<Standing> Seen(DateOnly? day, string? owner) =>
                all.FindAll(one =>
                    (day is { } on ? one.Entered <= on && !(one.Left <= on) : one.Left is null)
                    && (owner is null || one.Owner == owner)
                    && (
                        who is "centre" or "auditor"
                        || (
                            who == "leader"
                                ? !one.Secret || one.Named
                                : one.Owner == unit || (one.Published && one.SpanStage != "in-talks")
                        )
                    )
                );

            foreach (var day in days)
            {
                foreach (var owner in new[] { null, "nanhu", "jiashan" })
                {
                    var query =
                        (day is null ? "" : $"&asOf={day:yyyy-MM-dd}")
                        + (owner is null ? "" : $"&jurisdictionId={App.As(owner).UnitId}");
                    var seen = Seen(day, owner).FindAll(one => one.SpanStage != "terminated");
                    foreach (
                        var (by, key) in new (string, Func<Standing, string>)[]
                        {
                            ("stage", one => one.SpanStage),
                            ("jurisdiction", one => one.Owner),
                            ("industry", one => one.Class),
                            ("division", one => one.Class.Length > 2 ? one.Class[..2] : one.Class),
                            ("month", one => $"{one.Entered:yyyy-MM}"),
                        }
                    )
                        Said((await App.As(who).Get($"summary?by={by}{query}")).Is(200)["rows"])
                            .ShouldBe(Counted(seen, key), $"{who} by {by}{query}");
                }
            }

            // Who passed: of others' projects neither what was in talks, nor what ended before it was ever signed.
            bool Passing(Standing one) =>
                who is "centre" or "auditor"
                || (
                    who == "leader"
                        ? !one.Secret || one.Named
                        : one.Owner == unit
                            || (
                                one.Published
                                && one.SpanStage != "in-talks"
                                && (
                                    one.SpanStage != "terminated"
                                    || (one.Left is null && one.SignedOn is not null)
                                    || all.Any(other =>
                                        other.Id == one.Id && other.SpanStage == "signed" && other.Seq < one.Seq
                                    )
                                )
                            )
                );
            // Of one other unit by itself a unit counts no passages and no days.
            bool Counting(string? owner) => owner is null || unit is null || owner == unit;
            foreach (var owner in new[] { null, "nanhu", "jiashan" })
            {
                var passing = all.FindAll(one =>
                    Passing(one) && Counting(owner) && (owner is null || one.Owner == owner)
                );
                var months = (
                    await App.As(who)
                        .Get(
                            $"summary/flow?from=2026-04{(owner is null ? "" : $"&jurisdictionId={App.As(owner).UnitId}")}"
                        )
                )
                    .Is(200)["months"]
                    .AsArray();
                string.Join(
                        "; ",
                        months.SelectMany(month =>
                            month!["stages"]!
                                .AsArray()
                                .Select(stage =>
                                    $"{month["name"]} {stage!["stage"]} {stage["entered"]} {stage["left"]}"
                                )
                        )
                    )
                    .ShouldBe(
                        string.Join(
                            "; ",
                            months.SelectMany(month =>
                                month!["stages"]!
                                    .AsArray()
                                    .Select(stage =>
                                    {
                                        var (name, at) = ((string)month["name"]!, (string)stage!["stage"]!);
                                        return $"{name} {at} {passing.Count(one => one.SpanStage == at && $"{one.Entered:yyyy-MM}" == name)} {passing.Count(one => one.SpanStage == at && $"{one.Left:yyyy-MM}" == name)}";
                                    })
                            )
                        ),
                        $"{who} {owner}"
                    );
            }

            // How long those stayed that a sum of passages may count, and how long the others have been there.
            foreach (var owner in new[] { null, "nanhu", "jiashan" })
            {
                var query = owner is null ? "" : $"?jurisdictionId={App.As(owner).UnitId}";
                var passing = all.FindAll(one =>
                    Passing(one) && Counting(owner) && (owner is null || one.Owner == owner)
                );
                var rows = (await App.As(who).Get($"summary/durations{query}")).Is(200)["rows"].AsArray();
                string.Join(
                        "; ",
                        rows.Select(row =>
                            $"{row!["stage"]} {row["left"]!.ToJsonString()} {row["standing"]!.ToJsonString()}"
                        )
                    )
                    .ShouldBe(
                        string.Join(
                            "; ",
                            Stages.Select(stage =>
                                $"{stage} {Spread(passing.FindAll(one => one.SpanStage == stage && one.Left is not null), App.Today)} {Spread(passing.FindAll(one => one.SpanStage == stage && one.Left is null), App.Today)}"
                            )
                        ),
                        $"{who}{query}"
                    );

                var told = (await App.As(who).Get($"summary/claims{(query is "" ? "?" : query + "&")}from=2026-04"))
                    .Is(200)["months"]
                    .AsArray();
                var counted = claims
                    .FindAll(one =>
                        who is "centre" or "auditor" || (who == "leader" ? !one.Secret || one.Named : one.Unit == unit)
                    )
                    .FindAll(one => owner is null || one.Unit == owner);
                string.Join(
                        "; ",
                        told.Select(month =>
                            $"{month!["name"]} {month["received"]} {month["activated"]} {month["converted"]} {month["expired"]} {month["released"]} {month["revoked"]} {month["active"]}"
                        )
                    )
                    .ShouldBe(
                        string.Join(
                            "; ",
                            told.Select(month =>
                            {
                                var name = (string)month!["name"]!;
                                int Ended(string how) =>
                                    counted.Count(one =>
                                        one.Activated is not null && one.Ended == name && one.Status == how
                                    );
                                bool By(string? at) => at is not null && string.CompareOrdinal(at, name) <= 0;
                                return $"{name} {counted.Count(one => one.Received == name)} {counted.Count(one => one.Activated == name)} {Ended("converted")} {Ended("expired")} {Ended("released")} {Ended("revoked")} {counted.Count(one => By(one.Activated) && !By(one.Ended))}";
                            })
                        ),
                        $"{who}{query}"
                    );
            }

            foreach (var stage in Stages)
            {
                foreach (
                    var month in new[] { null, "2026-05", "2026-06" }.Where(month =>
                        month is null
                        || DateOnly.Parse($"{month}-01", System.Globalization.CultureInfo.InvariantCulture) <= App.Today
                    )
                )
                {
                    var end = month is null
                        ? (DateOnly?)null
                        : DateOnly
                            .Parse($"{month}-01", System.Globalization.CultureInfo.InvariantCulture)
                            .AddMonths(1)
                            .AddDays(-1);
                    var list = (
                        await App.As(who).Get($"lists/{stage}?limit=200{(month is null ? "" : $"&month={month}")}")
                    ).Is(200);
                    var seen = Seen(end < App.Today ? end : null, null).FindAll(one => one.SpanStage == stage);
                    ((long)list["count"]!).ShouldBe(seen.Count, $"{who} {stage} {month}");
                    list["items"].AsArray().Count.ShouldBe(seen.Count, $"{who} {stage} {month}");
                }
            }

            foreach (
                var query in new[]
                {
                    "",
                    "&stage=in-talks",
                    "&stage=signed",
                    "&stage=terminated",
                    "&currency=USD",
                    $"&jurisdictionId={App.As("nanhu").UnitId}",
                }
            )
            {
                var page = (await App.As(who).Get($"projects?limit=200&count=true{query}")).Is(200);
                ((long)page["total"]!).ShouldBe(page["items"].AsArray().Count, $"{who} {query}");
            }
        }
    }

    private static string Counted(List<Standing> seen, Func<Standing, string> key) =>
        string.Join(
            "; ",
            seen.GroupBy(key)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
                    $"{group.Key}: {group.Count()}, {string.Join(" ", group.Where(one => one.Currency.Length > 0).GroupBy(one => one.Currency).OrderBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => $"{sum.Sum(one => one.Amount) / 100m:0.##} {sum.Key}"))}"
                )
        );

    private static string Said(JsonNode rows) =>
        string.Join(
            "; ",
            rows.AsArray()
                .OrderBy(row => (string)row!["key"]!, StringComparer.Ordinal)
                .Select(row =>
                    $"{row!["key"]}: {row["count"]}, {string.Join(" ", row["totals"]!["byCurrency"]!.AsArray().OrderBy(sum => (string)sum!["currency"]!, StringComparer.Ordinal).Select(sum => $"{(decimal)sum!["amount"]!:0.##} {sum["currency"]}"))}"
                )
        );

    private static DateOnly Day(object value) =>
        value is DateTime at
            ? DateOnly.FromDateTime(at)
            : DateOnly.Parse((string)value, System.Globalization.CultureInfo.InvariantCulture);

    private static string? Month(object? at) => at is null ? null : (
                at is DateTimeOffset instant ? instant
                : at is DateTime utc ? new DateTimeOffset(utc, TimeSpan.Zero)
                : DateTimeOffset.Parse((string)at, System.Globalization.CultureInfo.InvariantCulture)
            ).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>How many, the days that half of them stayed at most, and nine in ten of them.</summary>
    private static string Spread(List<Standing> those, DateOnly today)
    {
        var days = those.Select(one => (one.Left ?? today).DayNumber - one.Entered.DayNumber).Order().ToList();
        return days.Count == 0
            ? """{"count":0}"""
            : $$"""{"count":{{days.Count}},"medianDays":{{days[((days.Count + 1) / 2) - 1]}},"p90Days":{{days[(((days.Count * 9) + 9) / 10) - 1]}}}""";
    }

    private const string Claims = """
        SELECT j.code AS unit, c.status, COALESCE(p.secret, 0) AS secret, c.report, c.received_at, c.activated_at, c.ended_at,
          (SELECT COUNT(*) FROM project_leaders l WHERE l.project_id = c.project_id AND l.user_id = @leader) AS named
        FROM claims c JOIN jurisdictions j ON j.id = c.jurisdiction_id LEFT JOIN projects p ON p.id = c.project_id
        """;

    private const string Recorded = """
        SELECT s.seq, p.id, j.code AS owner, p.stage, p.signed_on AS signed, p.secret, p.currency, p.amount, p.industry_class AS class_,
          (SELECT COUNT(*) FROM project_leaders l WHERE l.project_id = p.id AND l.user_id = @leader) AS named, s.stage AS span, s.entered_on AS entered, s.left_on
        FROM stage_spans s JOIN projects p ON p.id = s.project_id JOIN jurisdictions j ON j.id = p.owner_id
        """;
}
