using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>The story of an account and of a key, and of the trail they leave, as people live it in the page.</summary>
public sealed class AccessStoryTests
{
    private const string NewPassword = "南湖 革命 红船 起航 2026 启程";

    [Test]
    public async Task An_officer_is_given_an_account_and_signs_in_with_a_second_factor()
    {
        await using var admin = await Person.SignsIn("admin");
        await admin.Page.GotoAsync("/users");
        await Button(admin.Page, "新建账号").ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("用户名").FillAsync("nanhu-shen");
        await dialog.GetByLabel("姓名").FillAsync("沈晓红");
        await admin.Chooses(dialog.GetByLabel("角色"), "招商干部");
        await Button(dialog, "新建并生成链接").ClickAsync();
        await Expect(dialog.GetByText("请选择单位")).ToBeVisibleAsync();
        await admin.Chooses(dialog.GetByLabel("单位", new() { Exact = true }), "南湖区");
        await admin.Shot("30-user-new");
        await Button(dialog, "新建并生成链接").ClickAsync();
        var link = await dialog.GetByLabel("一次性链接").InputValueAsync();
        await admin.Shot("31-user-link");
        await Button(dialog, "完成").ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Button, new() { Name = "沈晓红" })).ToBeVisibleAsync();

        await using var officer = await Person.Opens();
        await officer.Page.GotoAsync(new Uri(link).PathAndQuery + new Uri(link).Fragment);
        await Expect(officer.Page.GetByText("nanhu-shen", new() { Exact = true })).ToBeVisibleAsync();
        officer.Page.Url.ShouldEndWith("/set-up");
        await officer.Shot("32-set-up");
        await officer.Page.GetByLabel("新密码", new() { Exact = true }).FillAsync(NewPassword);
        await officer.Page.GetByLabel("再次输入新密码").FillAsync(NewPassword);
        await Button(officer.Page, "设置密码").ClickAsync();
        await Expect(officer.Page.GetByLabel("用户名")).ToHaveValueAsync("nanhu-shen");
        await SignIn(officer.Page);
        await Expect(officer.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^沈晓红 .*账号菜单$") }))
            .ToBeVisibleAsync();

        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "账号菜单" }).ClickAsync();
        await officer.Page.GetByRole(AriaRole.Menuitem, new() { Name = "我的账号" }).ClickAsync();
        await Button(officer.Page, "设置两步验证").ClickAsync();
        await officer.Page.GetByLabel("请再输入一次密码").FillAsync(NewPassword);
        await Button(officer.Page, "下一步").ClickAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Img, new() { Name = "两步验证二维码" })).ToBeVisibleAsync();
        await officer.Shot("33-second-factor");
        await officer.Page.GetByText("不能扫描时，手动输入密钥").ClickAsync();
        var secret = await officer.Page.GetByLabel("密钥", new() { Exact = true }).InputValueAsync();
        var step = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30;
        await officer.Page.GetByLabel("验证器显示的六位验证码").FillAsync(Code(secret, step));
        await Button(officer.Page, "启用").ClickAsync();
        var recovery = await officer.Page.GetByLabel("恢复码", new() { Exact = true }).InputValueAsync();
        recovery.Split('\n').Distinct().Count().ShouldBe(10);
        await officer.Shot("34-recovery-codes");
        await Button(officer.Page, "我已保存好").ClickAsync();
        await Expect(officer.Page.GetByText("已启用", new() { Exact = true })).ToBeVisibleAsync();

        // A code is good once: the next one is taken early, as for a phone whose clock is ahead.
        await SignOut(officer.Page);
        await officer.Page.GetByLabel("用户名").FillAsync("nanhu-shen");
        await SignIn(officer.Page);
        await officer.Page.GetByLabel("验证码").FillAsync("000 000");
        await officer.Shot("35-sign-in-code");
        await officer.Page.GetByLabel("验证码").FillAsync(Code(secret, step + 1));
        await Button(officer.Page, "验证并登录").ClickAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^沈晓红 .*账号菜单$") }))
            .ToBeVisibleAsync();

        await SignOut(officer.Page);
        await officer.Page.GetByLabel("用户名").FillAsync("nanhu-shen");
        await SignIn(officer.Page);
        await Button(officer.Page, "手机不在身边？改用恢复码").ClickAsync();
        await officer.Page.GetByLabel("恢复码").FillAsync(recovery.Split('\n')[3]);
        await Button(officer.Page, "验证并登录").ClickAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^沈晓红 .*账号菜单$") }))
            .ToBeVisibleAsync();

        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "沈晓红" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Dialog).GetByText("登录中的设备")).ToBeVisibleAsync();
        await admin.Shot("36-user-drawer", fullPage: false);
        await Button(admin.Page, "停用账号").ClickAsync();
        var question = admin.Page.GetByRole(AriaRole.Dialog).Filter(new() { HasText = "停用后" });
        await Button(question, "停用账号").ClickAsync();
        await Expect(admin.Page.GetByText("已停用").First).ToBeVisibleAsync();
        await officer.Page.ReloadAsync();
        await Expect(officer.Page.GetByLabel("用户名")).ToBeVisibleAsync();
    }

    [Test]
    public async Task An_old_link_says_what_to_do()
    {
        await using var somebody = await Person.Opens(360, 740);
        await somebody.Page.GotoAsync("/set-up#no-such-token");
        await Expect(somebody.Page.GetByText("请联系管理员，重新发送设置密码的链接", new() { Exact = false }))
            .ToBeVisibleAsync();
        await somebody.Shot("37-set-up-invalid");
    }

    [Test]
    public async Task A_key_is_made_shown_once_and_revoked()
    {
        await using var admin = await Person.SignsIn("admin");
        await admin.Page.GotoAsync("/api-keys");
        await Expect(admin.Page.GetByText("还没有密钥")).ToBeVisibleAsync();
        await Button(admin.Page, "新建密钥").ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("名称", new() { Exact = true }).FillAsync("政务数据平台");
        await dialog.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("projects:read") }).CheckAsync();
        await admin.Shot("40-key-new");
        await Button(dialog, "新建密钥").ClickAsync();
        var secret = await dialog.GetByLabel("密钥", new() { Exact = true }).InputValueAsync();
        secret.ShouldStartWith("ppl_");
        await admin.Shot("41-key-secret");
        await Button(dialog, "我已保存").ClickAsync();
        await Expect(admin.Page.GetByText(secret)).ToHaveCountAsync(0);
        (await StatusWith(secret)).ShouldBe(200);
        await admin.Page.ReloadAsync();
        await Expect(admin.Page.GetByText("有效", new() { Exact = true })).ToBeVisibleAsync();
        await admin.Shot("42-keys");

        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "对密钥“政务数据平台”的操作" }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Menuitem, new() { Name = "吊销" }).ClickAsync();
        await dialog.GetByLabel("理由").FillAsync("对接结束");
        await Button(dialog, "确认吊销").ClickAsync();
        await Expect(admin.Page.GetByText("已吊销", new() { Exact = true })).ToBeVisibleAsync();
        (await StatusWith(secret)).ShouldBe(401);
    }

    [Test]
    public async Task The_auditor_searches_the_trail_sees_what_was_changed_and_verifies_it()
    {
        await using var jiashan = await Person.SignsIn("jiashan");
        await jiashan.Page.Locator(".home-main .plain-list a").First.ClickAsync();
        await jiashan.Page.GetByRole(AriaRole.Link, new() { Name = "修改信息" }).ClickAsync();
        await jiashan.Page.GetByLabel("项目名称", new() { Exact = true }).FillAsync("改名以后的项目");
        await Button(jiashan.Page, "保存修改").ClickAsync();
        await Expect(jiashan.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToContainTextAsync("改名以后的项目");

        await using var auditor = await Person.SignsIn("auditor");
        await auditor
            .Page.GetByRole(AriaRole.Navigation)
            .GetByRole(AriaRole.Link, new() { Name = "审计日志" })
            .ClickAsync();
        await auditor.Chooses(auditor.Page.GetByLabel("动作"), "修改项目", "修改项目");
        await Expect(auditor.Page).ToHaveURLAsync(new Regex("action=edited"));
        await auditor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("修改项目$") }).First.ClickAsync();
        var drawer = auditor.Page.GetByRole(AriaRole.Dialog);
        await Expect(drawer.Locator("ins").Filter(new() { HasText = "改名以后的项目" })).ToBeVisibleAsync();
        await auditor.Shot("50-audit-detail", fullPage: false);
        await drawer.GetByRole(AriaRole.Link, new() { Name = "同一请求的记录" }).ClickAsync();
        await Expect(auditor.Page).ToHaveURLAsync(new Regex(@"\?requestId=[0-9a-f]+$"));
        await Expect(auditor.Page.GetByText("改名以后的项目").First).ToBeVisibleAsync();
        await Button(auditor.Page, "核验").ClickAsync();
        await Expect(auditor.Page.GetByText("审计日志完整")).ToBeVisibleAsync();
        var head = await auditor.Page.RunAndWaitForDownloadAsync(() =>
            Button(auditor.Page, "下载校验凭证").ClickAsync()
        );
        (await File.ReadAllTextAsync(await head.PathAsync())).ShouldContain("\"signature\"");
        await auditor.Shot("51-audit-verified");
    }

    [TestCase("admin", 360, "zh-CN")]
    [TestCase("admin", 1280, "zh-CN")]
    [TestCase("admin", 360, "en")]
    [TestCase("admin", 1280, "en")]
    [TestCase("centre", 360, "zh-CN")]
    [TestCase("centre", 1280, "zh-CN")]
    [TestCase("centre", 1280, "en")]
    [TestCase("centre", 2560, "zh-CN")]
    public async Task Every_page_of_the_system_fits_the_screen(string username, int width, string language)
    {
        await using var person = await Person.SignsIn(username, width, 900);
        if (language == "en")
            await Button(person.Page, "English").ClickAsync();
        string[] paths =
            username == "admin"
                ? ["/users", "/api-keys", "/audit", "/permissions", "/account"]
                : ["/personal-data", "/permissions", "/permissions?who=role-officer", "/account"];
        foreach (var path in paths)
        {
            await person.Page.GotoAsync(path);
            var heading = person.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
            await Expect(heading).ToBeVisibleAsync();
            await person.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            if (language == "en")
                Regex.IsMatch(await heading.InnerTextAsync(), "[\u4e00-\u9fff]").ShouldBeFalse(path);
            (await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(
                width,
                path
            );
            await person.Shot(
                $"system-{width}-{language}-{username}-{path.Trim('/').Replace("?", "-", StringComparison.Ordinal)}"
            );
        }
    }

    private static ILocator Button(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator within, string name) =>
        within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task SignIn(IPage page)
    {
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(NewPassword);
        await Button(page, "登录").ClickAsync();
    }

    private static async Task SignOut(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "账号菜单" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "退出" }).ClickAsync();
        await Expect(page.GetByLabel("用户名")).ToBeVisibleAsync();
    }

    private static async Task<int> StatusWith(string secret)
    {
        using var client = new HttpClient { BaseAddress = new Uri(City.Url) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        return (int)(await client.GetAsync("/api/v1/projects")).StatusCode;
    }

    /// <summary>RFC 6238 with SHA-1, thirty seconds and six digits, written out again so that the program does not vouch for itself.</summary>
    private static string Code(string secret, long step)
    {
        var bits = string.Concat(
            secret.Select(c =>
                Convert
                    .ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2)
                    .PadLeft(5, '0')
            )
        );
        var key = bits.Chunk(8)
            .Where(octet => octet.Length == 8)
            .Select(octet => Convert.ToByte(new string(octet), 2))
            .ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 prescribes SHA-1.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}
