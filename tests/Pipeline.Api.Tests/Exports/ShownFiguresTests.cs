using System.Globalization;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Exports;

/// <summary>Files that tell their figures as the page shows them, sums that may be compared, and the page behind a printed receipt.</summary>
public sealed class ShownFiguresTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task Rows_are_numbered_amounts_in_hundred_millions_of_yuan_and_summed()
    {
        await App.As("nanhu").Reports(Given.Another(1, 1_000_000_000m));
        await App.As("nanhu").Reports(Given.Project("美资项目", "Acme Hydrogen Inc", 200_000_000m, "USD"));
        var rows = await App.As("nanhu")
            .ExportsCsv("figures=shown&columns=name,total-investment,currency,cny&sort=totalInvestment");

        // 200 million dollars at 7.1217 are 14.2434, and 1.7 billion yuan 17 hundred millions of yuan: 31.2434 together.
        rows.Select(row => row["序号"]).ShouldBe(["1", "2", "合计"]);
        rows.Select(row => Math.Round(decimal.Parse(row["总投资（亿元）"]!, CultureInfo.InvariantCulture), 2))
            .ShouldBe([14.24m, 17.00m, 31.24m]);
        rows[2]["项目名称"].ShouldBe("2 个项目");
        rows[0].Keys.ShouldBe(["序号", "项目名称", "总投资（亿元）"], ignoreOrder: true);
    }

    [Test]
    public async Task Sums_say_whose_talks_they_count_and_shared_ones_are_the_same_for_all_units()
    {
        await App.As("nanhu").Reports(Given.Project());
        var nanhu = App.As("nanhu").UnitId;
        async Task<(string, bool)> Of(string who, string query)
        {
            var answer = (await App.As(who).Get($"summary?{query}")).Is(200);
            return (
                (string)answer["inTalks"]!,
                answer["rows"].AsArray().Any(row => (string)row!["key"]! == "in-talks")
            );
        }

        (await Of("centre", "by=stage")).ShouldBe(("all", true));
        (await Of("nanhu", "by=stage")).ShouldBe(("own", true));
        (await Of("nanhu", $"by=stage&jurisdictionId={nanhu}")).ShouldBe(("all", true));
        (await Of("xiuzhou", $"by=stage&jurisdictionId={nanhu}")).ShouldBe(("none", false));
        (await Of("nanhu", "by=stage&shared=true")).ShouldBe(("none", false));
        var rows = (await App.As("nanhu").Get("summary?by=jurisdiction&shared=true"))["rows"].ToJsonString();
        rows.ShouldBe((await App.As("xiuzhou").Get("summary?by=jurisdiction&shared=true"))["rows"].ToJsonString());
    }

    [Test]
    public async Task A_printed_receipt_is_valid_or_not_and_nothing_else_is_told()
    {
        var claim = await App.As("nanhu").Reports(Given.Project());
        var hash = (string)claim["receipt"]!["hash"]!;
        async Task<string> Page(string of)
        {
            using var client = App.Client();
            using var answer = await client.GetAsync(new Uri($"/check/{of}", UriKind.Relative));
            ((int)answer.StatusCode).ShouldBe(200);
            return await answer.Content.ReadAsStringAsync();
        }

        var valid = System.Net.WebUtility.HtmlDecode(await Page(hash));
        valid.ShouldContain("有效：");
        valid.ShouldNotContain("无效：");
        valid.ShouldNotContain("氢能");
        valid.ShouldNotContain("南湖");
        foreach (var other in new[] { new string('0', 64), "abc", hash.ToUpperInvariant() })
            System.Net.WebUtility.HtmlDecode(await Page(other)).ShouldContain("无效：");
    }
}
