using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>How people learn what concerns them: the bell, the list, and how they want to be told.</summary>
public sealed class NoticeStoryTests
{
    [Test]
    public async Task Whose_turn_has_come_sees_it_at_the_bell_and_chooses_how_to_be_told()
    {
        var holder = await Officer("haiyan");
        var claim = await Reports(holder, "海上风电叶片生产基地");
        await Reports(await Officer("haining"), "海上风电叶片生产基地");
        using var release = new HttpRequestMessage(HttpMethod.Post, $"{City.Url}/api/v1/claims/{claim["id"]}/release")
        {
            Content = JsonContent.Create(new { reason = "投资方转向" }),
        };
        release.Headers.TryAddWithoutValidation("If-Match", "*");
        (await holder.SendAsync(release)).EnsureSuccessStatusCode();

        await using var haining = await Person.SignsIn("haining");
        var page = haining.Page;
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(@"通知（[1-9]\d* 条未读）") }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "最新通知" });
        await Expect(panel.GetByText("排队到位", new() { Exact = true })).ToBeVisibleAsync();
        await haining.Shot("17-bell", fullPage: false);
        await page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Enter"); // the focus is on the bell again
        await page.RunAndWaitForResponseAsync(
            () => panel.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("海上风电叶片生产基地") }).ClickAsync(),
            answer => answer.Url.EndsWith("/read", StringComparison.Ordinal) && answer.Ok
        );
        await Expect(page).ToHaveURLAsync(new Regex("/claims/[0-9a-f]{32}$"));

        await page.GotoAsync("/notices");
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("海上风电叶片生产基地") }))
            .ToBeVisibleAsync();
        await Expect(page.Locator(".notice-unread").Filter(new() { HasText = "海上风电叶片生产基地" }))
            .ToHaveCountAsync(0);
        await haining.Shot("18-notices");
        await page.GetByRole(AriaRole.Link, new() { Name = "通知方式" })
            .Or(page.GetByRole(AriaRole.Button, new() { Name = "通知方式" }))
            .First.ClickAsync();
        await page.GetByLabel("接收邮箱").FillAsync("haining@example.cn");
        await page.GetByLabel("排队前移").UncheckAsync();
        await page.GetByLabel("每天汇总一次").CheckAsync();
        await page.GetByLabel("免打扰时段").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保存通知方式" }).ClickAsync();
        await Expect(page.GetByText("通知方式已保存")).ToBeVisibleAsync();
        await haining.Shot("19-notice-settings");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("接收邮箱")).ToHaveValueAsync("haining@example.cn");
        await Expect(page.GetByLabel("排队前移")).Not.ToBeCheckedAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "English" })
            .Or(page.GetByText("English"))
            .First.ClickAsync();
        await page.GotoAsync("/notices");
        await Expect(page.GetByText("Your turn in the queue")).ToBeVisibleAsync();
        (await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).ShouldBe("Notices");
    }

    [Test]
    public async Task The_bell_and_its_pages_fit_a_phone()
    {
        await using var centre = await Person.SignsIn("centre", 360, 740);
        foreach (var path in new[] { "/notices", "/account" })
        {
            await centre.Page.GotoAsync(path);
            await Expect(centre.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await centre.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            (await centre.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(
                360,
                path
            );
            await centre.Shot($"360{path.Replace('/', '-')}");
        }

        await centre.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^通知（") }).ClickAsync();
        var panel = centre.Page.GetByRole(AriaRole.Dialog, new() { Name = "最新通知" });
        await Expect(panel.GetByRole(AriaRole.Link, new() { Name = "查看全部通知" })).ToBeVisibleAsync();
        var box = (await panel.BoundingBoxAsync())!;
        box.X.ShouldBeGreaterThanOrEqualTo(0);
        (box.X + box.Width).ShouldBeLessThanOrEqualTo(360);
        await centre.Shot("360-bell", fullPage: false);
    }

    private static async Task<HttpClient> Officer(string username)
    {
        var client = new HttpClient();
        var answer = await client.PostAsJsonAsync(
            $"{City.Url}/api/v1/auth/token",
            new { username, password = City.Password }
        );
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["accessToken"]!
        );
        return client;
    }

    private static async Task<JsonNode> Reports(HttpClient officer, string name)
    {
        var answer = await officer.PostAsJsonAsync(
            $"{City.Url}/api/v1/claims",
            new
            {
                project = new
                {
                    name,
                    investors = new[]
                    {
                        new
                        {
                            name = "北海叶片科技有限公司",
                            country = "CN",
                            primary = true,
                        },
                    },
                    totalInvestment = new { amount = 2_100_000_000m, currency = "CNY" },
                    industryCode = "3415",
                },
                contacts = new[]
                {
                    new
                    {
                        kind = "visit",
                        occurredOn = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8)).ToString("yyyy-MM-dd"),
                        note = "赴企业总部拜访",
                    },
                },
            }
        );
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
