using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Contract;

/// <summary>A cursor says where the next page begins, to its own caller and for its own list, and tells nothing else (R20).</summary>
public sealed class CursorTests(string engine) : OnEachEngine(engine)
{
    /// <summary>Who has at least two records in each list, and another filter of that list.</summary>
    private static readonly Dictionary<string, (string Who, string Other)> Lists = new()
    {
        ["listProjects"] = ("nanhu", "stage=signed"),
        ["readTimeline"] = ("nanhu", ""),
        ["listClaims"] = ("nanhu", "sort=expiresAt"),
        ["listMoves"] = ("nanhu", "status=verified"),
        ["listDisputes"] = ("nanhu", "status=awaiting-decision"),
        ["listNotices"] = ("centre", "unread=true"),
        ["listImports"] = ("centre", ""),
        ["listImportRows"] = ("centre", "outcome=rejected"),
        ["readList"] = ("centre", "sort=name"),
        ["listTransfers"] = ("centre", "status=proposed"),
        ["listSigningNotices"] = ("centre", "status=open"),
        ["listRemovals"] = ("centre", "status=proposed"),
        ["listLeaderLinks"] = ("centre", "status=closed"),
        ["listEligibleProjects"] = ("centre", $"jurisdictionId={SampleCity.NoId}"),
        ["listLeaderBatches"] = ("centre", ""),
        ["listDue"] = ("centre", "within=P3M"),
        ["listLights"] = ("centre", "stage=in-talks"),
        ["listProblems"] = ("centre", "kind=land"),
        ["listMeetings"] = ("centre", "kind=monthly"),
        ["listBulletins"] = ("centre", "kind=monthly"),
        ["listActions"] = ("centre", "status=open"),
        ["listCapital"] = ("centre", "kind=domestic-cash"),
        ["listCredit"] = ("centre", "role=landing"),
        ["explainFigure"] = ("centre", "jurisdictionId=city"),
        ["listRehearsedRows"] = ("centre", $"jurisdictionId={SampleCity.NoId}"),
        ["listRecordImports"] = ("centre", ""),
        ["listParcels"] = ("nanhu", "status=offered"),
        ["listInstitutions"] = ("centre", "keeper=centre"),
        ["listFunds"] = ("centre", "keeper=centre"),
        ["listExperts"] = ("centre", "keeper=centre"),
        ["listIntermediaries"] = ("centre", "keeper=centre"),
        ["listTargetEnterprises"] = ("centre", "keeper=centre"),
        ["listTechEnterprises"] = ("centre", "keeper=centre"),
        ["listForeignEnterprises"] = ("centre", "keeper=centre"),
        ["listEvents"] = ("centre", "kind=talks"),
        ["listEventResults"] = ("centre", "outcome=open"),
        ["listFinancingNeeds"] = ("centre", "kind=equity"),
        ["listMatches"] = ("centre", "state=proposed"),
        ["listOfficeLeads"] = ("centre", "overdue=false"),
        ["listMarketOffers"] = ("nanhu", ""),
        ["listUsers"] = ("admin", "role=officer"),
        ["listApiKeys"] = ("admin", ""),
        ["listWebhooks"] = ("admin", ""),
        ["listWebhookDeliveries"] = ("admin", "status=delivered"),
        ["listUnitKeys"] = ("centre", ""),
        ["listViews"] = ("nanhu", ""),
        ["listFirmAliases"] = ("centre", ""),
        ["listReasonTemplates"] = ("centre", "kind=claim"),
        ["listAudit"] = ("auditor", "outcome=read"),
    };

    /// <summary>What a list has to be asked with for the sample city's records.</summary>
    private static readonly Dictionary<string, string> Asked = new()
    {
        ["explainFigure"] = "indicator=projects-signed&period=2026&",
        ["listRehearsedRows"] = "year=2026&indicator=projects-signed&",
    };

    /// <summary>What the sample city calls them.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["nanhu"] = "owner",
        ["centre"] = "coordinator",
        ["admin"] = "admin",
        ["auditor"] = "auditor",
    };

    [Test]
    public async Task A_cursor_serves_its_own_caller_list_filters_and_order_alone()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        (
            await App.As("centre")
                .Post("firm-aliases", new { name = "Northwind Optics", otherName = "诺丰光学有限公司" })
        ).Is(201);
        foreach (var text in new[] { "长期未接洽", "逾期未推进" })
            (await App.As("centre").Post("reason-templates", new { kind = "claim", text })).Is(201);
        (
            await App.As("nanhu")
                .Post(
                    "views",
                    new
                    {
                        name = "在谈",
                        page = "lists",
                        query = "stage=in-talks",
                    }
                )
        ).Is(201);
        var offered = (string)(await App.As("nanhu").Reports(Given.Another(98))).Is(201)["projectId"]!;
        (await App.As("nanhu").Post("market-offers", new { projectId = offered })).Is(201);

        // Projects that landed elsewhere, of whose credit each unit has a part by the draft.
        var centre = App.As("centre");
        var elsewhere = new { jurisdictionId = App.As("pinghu").UnitId, reason = "厂房在平湖" };
        foreach (var situation in new[] { SampleCity.Signed, SampleCity.SecretSigned })
            (await centre.Act($"projects/{city.Record("projects", situation)}", "landing", elsewhere)).Is(200);
        var draft = $"rule-set-drafts/{city.Record("rule-set-drafts", SampleCity.Present)}";
        (await centre.Patch(draft, new { creditMode = "split" }, "*")).Is(200);
        foreach (
            var operation in (await Operation.All(App)).Where(operation =>
                operation.Reads && operation.Query.Contains("cursor")
            )
        )
        {
            if (!Lists.TryGetValue(operation.Id, out var list))
                throw new AssertionException(
                    $"{operation} is a list that CursorTests does not know: add who reads it."
                );
            var path = operation.For(
                city.Records(operation)
                    .Where(record => record.Key is SampleCity.Signed or SampleCity.Centres or SampleCity.Present or "-")
                    .Select(record => record.Value)
                    .First()
            );
            var asked = Asked.GetValueOrDefault(operation.Id, "");
            var cursor = await First($"{path}?{asked}limit=1", list.Who, operation);
            async Task<Answer> With(string who, string query) =>
                await App.As(who).Get($"{path}?{asked}{query}&cursor={Uri.EscapeDataString(cursor)}");
            (await With(list.Who, "limit=2")).Is(200);
            if (operation.Query.Contains("count"))
                (await With(list.Who, "count=true")).Is(200);
            if (list.Other.Length > 0)
                Refused(await With(list.Who, list.Other), $"{operation} with {list.Other}");

            // Whoever may read the list as well may not go on where another stopped.
            foreach (var (name, of) in SampleCity.Callers.Where(caller => caller.Name != Names[list.Who]))
            {
                if ((await of(App).Get(path)).Status == 200)
                    Refused(
                        await of(App).Get($"{path}?{asked}cursor={Uri.EscapeDataString(cursor)}"),
                        $"{operation} as {name}, with a cursor of {list.Who}"
                    );
            }
        }

        static void Refused(Answer answer, string what)
        {
            answer.Status.ShouldBe(400, what);
            answer.Codes("cursor").ShouldBe(["cursor"], what);
        }
    }

    [Test]
    public async Task A_cursor_can_not_be_read_and_is_as_long_whatever_number_it_holds()
    {
        var lengths = new HashSet<int>();
        for (var number = 0; number < 12; number++)
        {
            (await App.As("nanhu").Post("projects", Small(number))).Is(201);
            if (number == 0)
                continue;
            var cursor = await First("/api/v1/projects?limit=1&sort=name", "nanhu");
            var bytes = WebEncoders.Base64UrlDecode(cursor);
            foreach (var encoding in new[] { Encoding.UTF8, Encoding.Latin1, Encoding.Unicode })
                encoding.GetString(bytes).ShouldNotContain("园区");
            Encoding.Latin1.GetString(bytes).ShouldNotContain("Seq", Case.Insensitive);
            lengths.Add((await First("/api/v1/projects?limit=1", "nanhu")).Length);

            // The same place is written otherwise each time: two cursors cannot be compared.
            (await First("/api/v1/projects?limit=1&sort=name", "nanhu")).ShouldNotBe(cursor);
        }

        lengths.Count.ShouldBe(1);
    }

    [Test]
    public async Task A_cursor_ends_with_the_unit_it_was_given_to()
    {
        for (var number = 0; number < 2; number++)
            (await App.As("nanhu").Post("projects", Small(number))).Is(201);
        var cursor = await First("/api/v1/projects?limit=1", "nanhu");
        var (user, _) = App.SpareSession("nanhu");
        var account = (await App.As("admin").Get($"users/{user}")).Is(200);
        (
            await App.As("admin")
                .Patch($"users/{user}", new { jurisdictionId = App.As("xiuzhou").UnitId }, account.ETag)
        ).Is(200);
        (await App.As("nanhu").Get($"projects?limit=1&cursor={cursor}")).IsProblem(400, "validation-failed");
    }

    private async Task<string> First(string path, string who, Operation? operation = null)
    {
        var page = (await App.As(who).Get(path)).Is(200);
        return (string?)page.Body!["nextCursor"]
            ?? throw new AssertionException($"{operation}: {who} has fewer than two records: {page.Text}");
    }

    private static Dictionary<string, object?> Small(int number) =>
        Given.Project($"第{number:00}园区", $"{(char)('甲' + number)}{(char)('永' + (number * 53))}公司", 5_000_000m);
}
