using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Notices;

/// <summary>Notices by e-mail, through a real mail server: as each person wants it, never lost, never twice.</summary>
[TestFixtureSource(typeof(Engines), nameof(Engines.AtHand))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class MailTests(string engine)
{
    private const string Nanhu = "nanhu@example.cn";

    private readonly MailProgram server = new();
    private readonly TestDatabase database = new(engine);
    private readonly FakeTime time = new(PipelineApp.Start); // Monday, 09:00 in the city
    private PipelineApp app = null!;

    [SetUp]
    public void Start()
    {
        app = Instance(server.Settings);
        app.Sql(connection =>
            connection.Execute("UPDATE users SET email = @Nanhu WHERE username = 'nanhu'", new { Nanhu })
        );
    }

    [TearDown]
    public void Stop()
    {
        app.Dispose();
        database.Dispose();
        server.Dispose();
    }

    [Test]
    public async Task A_returned_move_arrives_with_its_reason_and_a_link_and_once()
    {
        var project = await Returned("甲方的项目");
        await Round();
        await Round();
        var mail = server.Mails.Single();
        ((string)mail["to"]![0]!).ShouldBe(Nanhu);
        ((string)mail["subject"]!).ShouldBe("［首报首谈］“甲方的项目”进入“签约”的申报被退回");
        ((string)mail["text"]!).ShouldContain("理由：协议缺页");
        ((string)mail["text"]!).ShouldContain($"https://pipeline.city.example/projects/{project}");
        ((string)mail["headers"]!["auto-submitted"]!).ShouldBe("auto-generated");
        var notice = (await app.As("nanhu").Get("notices")).Is(200)["items"][0]!;
        ((string)mail["messageId"]!).ShouldStartWith($"<{notice["id"]}.");
    }

    [Test]
    public async Task While_the_server_is_down_nothing_is_lost()
    {
        server.GoesDown();
        await Returned();
        for (var day = 0; day < 8; day++)
        {
            await Round();
            time.Advance(TimeSpan.FromDays(1));
        }

        server.ComesUp();
        await Round();
        server.To(Nanhu).Count.ShouldBe(1);
    }

    [Test]
    public async Task After_a_failure_it_waits_before_it_tries_again()
    {
        server.GoesDown();
        await Returned();
        await Round();
        server.ComesUp();
        await Round();
        server.Mails.ShouldBeEmpty();
        time.Advance(TimeSpan.FromMinutes(1));
        await Round();
        server.To(Nanhu).Count.ShouldBe(1);
    }

    [Test]
    public async Task Two_instances_send_one_mail()
    {
        using var other = Instance(server.Settings);
        for (var number = 0; number < 3; number++)
        {
            await Returned($"第{number}个项目", number);
            await Task.WhenAll(Round(), Round(other), Round(), Round(other));
        }

        server.To(Nanhu).Count.ShouldBe(3);
        server.Mails.Select(mail => (string)mail["messageId"]!).Distinct().Count().ShouldBe(3);
    }

    [Test]
    public async Task What_a_process_had_in_hand_when_it_died_is_sent_by_another_once_its_lease_is_over()
    {
        await Returned();
        app.Sql(connection =>
            connection.Execute(
                "UPDATE notice_recipients SET mail_lease = 'dead', leased_until = @until WHERE mail = 'waiting'",
                new { until = time.GetUtcNow() + DeliverMail.Lease }
            )
        );
        await Round();
        server.Mails.ShouldBeEmpty();
        time.Advance(DeliverMail.Lease + TimeSpan.FromMilliseconds(1));
        await Round();
        server.To(Nanhu).Count.ShouldBe(1);
    }

    [Test]
    public async Task In_quiet_hours_mail_waits_for_their_end()
    {
        await Wants(
            new
            {
                language = "zh-CN",
                quietFrom = "21:00",
                quietTo = "07:30",
            }
        );
        time.AdvanceTo(At(4, 22, 0));
        await Returned();
        foreach (var instant in new[] { At(4, 22, 0), At(5, 3, 0), At(5, 7, 29) })
        {
            time.AdvanceTo(instant);
            await Round();
            server.Mails.ShouldBeEmpty();
        }

        time.AdvanceTo(At(5, 7, 30));
        await Round();
        server.To(Nanhu).Count.ShouldBe(1);
    }

    [Test]
    public async Task A_digest_comes_once_a_day_with_all_that_is_unread()
    {
        await Wants(new { language = "zh-CN", digestHour = 8 });
        await Returned("第一个项目", 1);
        await Returned("第二个项目", 2);
        await Returned("第三个项目", 3);
        await Round();
        server.Mails.ShouldBeEmpty();
        var read = (await app.As("nanhu").Get("notices"))
            .Is(200)["items"]
            .AsArray()
            .Single(item => ((string)item!["text"]!).Contains("第二个"))!;
        (await app.As("nanhu").Post($"notices/{read["id"]}/read")).Is(204);

        time.AdvanceTo(At(5, 8, 0));
        await Round();
        var mail = server.Mails.Single();
        ((string)mail["subject"]!).ShouldBe("［首报首谈］2 条未读通知");
        ((string)mail["text"]!).ShouldContain("第一个项目");
        ((string)mail["text"]!).ShouldContain("第三个项目");
        ((string)mail["text"]!).ShouldNotContain("第二个项目");

        await Returned("第四个项目", 4);
        time.AdvanceTo(At(6, 7, 59));
        await Round();
        server.Mails.Count.ShouldBe(1);
        time.AdvanceTo(At(6, 8, 0));
        await Round();
        await Round();
        server.Mails.Count.ShouldBe(2);
        ((string)server.Mails[1]["text"]!).ShouldNotContain("第一个项目");
    }

    [Test]
    public async Task Without_a_digest_any_more_what_waited_for_it_comes_at_once()
    {
        await Wants(new { language = "zh-CN", digestHour = 8 });
        await Returned();
        await Round();
        await Wants(new { language = "zh-CN" });
        await Round();
        server.To(Nanhu).Count.ShouldBe(1);
    }

    [Test]
    public async Task A_kind_that_is_muted_what_was_read_and_who_has_no_address_get_no_mail()
    {
        await Wants(new { language = "zh-CN", muted = new[] { "move-decided" } });
        await Returned("第一个项目", 1); // the centre is told too, and has no address
        await Round();
        await Wants(new { language = "zh-CN" });
        await Returned("第二个项目", 2);
        var newest = (await app.As("nanhu").Get("notices?limit=1"))["items"][0]!;
        (await app.As("nanhu").Post("notices/read", new { upTo = newest["id"] })).Is(204);
        await Round();
        time.Advance(TimeSpan.FromDays(2));
        await Round();
        server.Mails.ShouldBeEmpty();
    }

    [Test]
    public async Task Mail_is_in_the_language_and_at_the_address_that_were_asked_for()
    {
        await Wants(new { language = "en", address = "wang@example.cn" });
        await Returned("甲方的项目");
        await Round();
        server.To(Nanhu).ShouldBeEmpty();
        server.To("wang@example.cn").ShouldBe(["[Pipeline] The move of “甲方的项目” to “signed” was returned"]);
    }

    [Test]
    public async Task Mail_names_no_secret_project_and_gives_no_reason_of_one()
    {
        await Returned("绝密的项目", secret: true);
        await Round();
        var mail = server.Mails.Single();
        mail.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .ShouldNotContain("绝密");
        ((string)mail["text"]!).ShouldNotContain("协议缺页");
        ((string)(await app.As("nanhu").Get("notices"))["items"][0]!["text"]!).ShouldContain("绝密的项目");
    }

    [Test]
    public async Task Whoever_cannot_be_reached_holds_nobody_up_and_is_given_up_after_five_refusals()
    {
        app.Sql(connection =>
            connection.Execute("UPDATE users SET email = 'gone@example.cn' WHERE username = 'centre'")
        );
        app.Sql(connection =>
            connection.Execute("UPDATE users SET email = 'later@example.cn' WHERE username = 'centre2'")
        );
        await Returned();
        await Waiting(1);
        await Round();
        server.To(Nanhu).Count.ShouldBe(1);
        for (var hour = 0; hour < 10; hour++)
        {
            time.Advance(TimeSpan.FromHours(1));
            await Round();
        }

        State("centre", Unread).ShouldBe(("failed", 5));
        State("centre2", Unread).Mail.ShouldBe("waiting"); // it was only asked to come again
        (await app.As("centre").Get("notices?unread=true")).Is(200)["items"].AsArray().Count.ShouldBe(1);
    }

    [Test]
    public async Task An_address_that_cannot_be_opened_holds_nobody_up()
    {
        var inOrder = app.Sql(connection =>
            connection
                .Query<string>("SELECT username FROM users WHERE username IN ('centre', 'nanhu') ORDER BY id")
                .ToList()
        );
        var etag = (await app.As(inOrder[0]).Get("me/notice-settings")).Is(200).ETag!;
        (
            await app.As(inOrder[0])
                .Send(
                    HttpMethod.Put,
                    "me/notice-settings",
                    new { language = "zh-CN", address = "a@example.cn" },
                    ("If-Match", etag)
                )
        ).Is(200);
        app.Sql(connection => connection.Execute("UPDATE notice_settings SET address = 'sealed:gone:AAAA'"));
        app.Sql(connection =>
            connection.Execute(
                "UPDATE users SET email = 'second@example.cn' WHERE username = @second",
                new { second = inOrder[1] }
            )
        );
        await Returned();
        await Waiting(1);
        await Round();
        server.To("second@example.cn").Count.ShouldBe(1);
        State(inOrder[0], Unread).ShouldBe(("waiting", 0));
    }

    [Test]
    public async Task Many_at_once_come_as_one_mail()
    {
        for (var number = 0; number < 6; number++)
            await Returned($"第{number}个项目", number);
        await Round();
        server.To(Nanhu).ShouldBe(["［首报首谈］6 条未读通知"]);
    }

    [Test]
    public async Task Without_a_mail_server_nothing_piles_up()
    {
        using var without = Instance([]);
        await Returned();
        await Round(without);
        State("nanhu").ShouldBe(("none", 0));
        await Round(); // a mail server is there from now on
        server.Mails.ShouldBeEmpty();
    }

    [TestCase("implicit")]
    [TestCase("starttls")]
    public async Task Mail_goes_by_TLS_to_a_server_whose_authority_is_trusted_and_to_no_other(string tls)
    {
        using var safe = new MailProgram(tls);
        var settings = safe.Settings;
        settings["Mail:StartTls"] = "true";
        settings["Mail:ImplicitTls"] = tls == "implicit" ? "true" : "false";
        await Returned();
        using (var stranger = Instance(settings))
            await Round(stranger);
        safe.Mails.ShouldBeEmpty();

        settings["Mail:Authority"] = MailProgram.AuthorityFile;
        time.Advance(TimeSpan.FromMinutes(2));
        using var trusting = Instance(settings);
        await Round(trusting);
        ((bool)safe.Mails.ShouldHaveSingleItem()["secure"]!).ShouldBeTrue();
    }

    [Test]
    public async Task Nothing_is_sent_to_a_server_that_does_not_offer_the_TLS_that_was_asked_for()
    {
        var settings = server.Settings;
        settings["Mail:StartTls"] = "true";
        await Returned();
        using var careful = Instance(settings);
        await Round(careful);
        server.Mails.ShouldBeEmpty();
        State("nanhu").Mail.ShouldBe("waiting");
    }

    [TestCase("Mail:Port", "0")]
    [TestCase("Mail:ImplicitTls", "perhaps")]
    [TestCase("Mail:Authority", "/nowhere/authority.pem")]
    [TestCase("Mail:From", "nobody")]
    [TestCase("Mail:StartTls", "perhaps")]
    [TestCase("Mail:PublicUrl", "pipeline")]
    [TestCase("Mail:User", "pipeline")] // its password would go in the clear
    public void A_wrong_setting_is_told_at_the_start(string key, string value)
    {
        var settings = server.Settings;
        settings[key] = value;
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationBuilder();
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(
            configuration,
            settings
        );
        Should
            .Throw<InvalidOperationException>(() => new MailSettings(configuration.Build()))
            .Message.ShouldContain(key);
    }

    private static DateTimeOffset At(int day, int hour, int minute) =>
        new DateTimeOffset(2026, 5, day, hour, minute, 0, TimeSpan.FromHours(8)).ToUniversalTime();

    private PipelineApp Instance(Dictionary<string, string?> settings) => new(engine, time, database, settings);

    private Task Round(PipelineApp? at = null) => (at ?? app).Services.GetRequiredService<NoticeRound>().Run();

    private const string Unread = "AND r.read_at IS NULL";

    private (string Mail, int Attempts) State(string username, string only = "") =>
        app.Sql(connection =>
            connection.QuerySingle<(string, int)>(
                $"SELECT r.mail, r.mail_attempts FROM notice_recipients r JOIN users u ON u.id = r.user_id WHERE u.username = @username {only}",
                new { username }
            )
        );

    /// <summary>Nanhu's move is returned; the project's id.</summary>
    /// <summary>A move that waits for the centre: what it was told of one that was decided it need not read any more.</summary>
    private async Task Waiting(int number)
    {
        var claim = (await app.As("nanhu").Reports(Given.Another(number))).Is(201);
        (await app.As("nanhu").Submits((string)claim["projectId"]!, Given.Signing($"{app.Today:yyyy-MM-dd}", 1m))).Is(
            201
        );
    }

    private async Task<string> Returned(string name = "某个项目", int number = 0, bool secret = false)
    {
        var given = Given.Another(number);
        (given["name"], given["secret"]) = (name, secret);
        var claim = (await app.As("nanhu").Reports(given)).Is(201);
        var project = (string)claim["projectId"]!;
        var move = (await app.As("nanhu").Submits(project, Given.Signing($"{app.Today:yyyy-MM-dd}", 1m))).Is(201);
        (await app.As("centre").Post($"moves/{move["id"]}/return", new { reason = "协议缺页" })).Is(200);
        return project;
    }

    private async Task Wants(object settings)
    {
        var etag = (await app.As("nanhu").Get("me/notice-settings")).Is(200).ETag!;
        (await app.As("nanhu").Send(HttpMethod.Put, "me/notice-settings", settings, ("If-Match", etag))).Is(200);
    }
}
