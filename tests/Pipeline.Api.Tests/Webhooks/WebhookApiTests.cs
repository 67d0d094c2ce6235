using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Webhooks;
using Pipeline.Api.Tests.Support;
using Pipeline.Domain.Webhooks;

namespace Pipeline.Api.Tests.Webhooks;

/// <summary>Webhooks: consent, what is sent and how it is signed, tries and pauses, order, what ends a delivery, and who may look.</summary>
public sealed class WebhookApiTests(string engine) : OnEachEngine(engine)
{
    private const string Secret = "ppl_hooks";
    private WebhookReceiver receiver = null!;
    private string keyId = null!;

    [SetUp]
    public async Task Begin()
    {
        receiver = await WebhookReceiver.Start();
        keyId = App.AddKey(Secret, "nanhu", "projects:read claims:write webhooks:manage");
    }

    [TearDown]
    public async Task End() => await receiver.DisposeAsync();

    private Actor Key => App.With(Secret, App.As("nanhu").UnitId);
    private Actor Nanhu => App.As("nanhu");
    private Actor Admin => App.As("admin");

    private Task Sends() => App.Services.GetRequiredService<DeliverWebhooks>().Run();

    private async Task<Answer> Registers(object? body = null) =>
        await Key.Post(
            "webhooks",
            body
                ?? new
                {
                    url = receiver.Url,
                    types = new[] { "project.*", "claim.*" },
                    description = "CRM",
                }
        );

    [Test]
    public async Task A_webhook_is_made_once_its_receiver_answers_a_signed_ping_and_its_secret_is_shown_once()
    {
        var made = (await Registers()).Is(201);
        var secret = (string)made["secret"]!;
        WebhookSignature.IsSecret(secret).ShouldBeTrue();
        var ping = receiver.All.Single();
        ping.Signature.ShouldBe(WebhookSignature.Of(ping.Id, long.Parse(ping.Timestamp), ping.Text, secret));
        ((string?)ping.Body["type"]).ShouldBe("ping");
        var read = (await Key.Get($"webhooks/{made["id"]}")).Is(200);
        read.Body!["secret"].ShouldBeNull();
        ((string?)read["status"]).ShouldBe("enabled");
        ((string?)read["key"]["id"]).ShouldBe(keyId);
        App.Sql(connection => connection.ExecuteScalar<string>("SELECT secret FROM webhooks"))!
            .Contains(secret, StringComparison.Ordinal)
            .ShouldBeFalse("it is sealed at rest");
    }

    [Test]
    public async Task Without_consent_nothing_is_made()
    {
        receiver.Says(500);
        (await Registers())
            .IsProblem(422, "webhook-consent-missing")
            .Codes("url")
            .ShouldBe(["webhook-consent-missing"]);
        receiver.Says(302);
        (await Registers()).IsProblem(422, "webhook-consent-missing");
        (await Key.Get("webhooks")).Is(200)["items"].AsArray().ShouldBeEmpty();
    }

    [TestCase("ftp://example.com/x")]
    [TestCase("https://user:secret@example.com/x")]
    [TestCase("example.com")]
    public async Task An_address_that_is_none_is_refused(string url) =>
        (await Registers(new { url, types = new[] { "project.*" } })).IsProblem(422, "webhook-target-refused");

    [TestCase("http://8.8.8.8/x")]
    [TestCase("https://127.0.0.1/x")]
    [TestCase("https://[::1]/x")]
    [TestCase("https://169.254.169.254/latest")]
    [TestCase("https://localhost/x")]
    [TestCase("https://0x7f.1/x")]
    [TestCase("https://2130706433/x")]
    public async Task Private_addresses_are_refused_unless_they_are_allowed(string url)
    {
        using var strict = new PipelineApp(
            Engine,
            settings: new Dictionary<string, string?> { ["Webhooks:AllowPrivate"] = "false" }
        );
        strict.AddKey(Secret, "nanhu", "projects:read webhooks:manage");
        (await strict.With(Secret).Post("webhooks", new { url, types = new[] { "project.*" } })).IsProblem(
            422,
            "webhook-target-refused"
        );
    }

    [Test]
    public async Task Errors_are_told_by_field()
    {
        var wrong = await Registers(new { types = new[] { "project.renamed" }, secret = "short" });
        wrong.IsProblem(400, "validation-failed");
        wrong.Codes("url").ShouldBe(["required"]);
        wrong.Codes("types[0]").ShouldBe(["choice"]);
        wrong.Codes("secret").ShouldBe(["webhook-secret"]);
        receiver.All.ShouldBeEmpty();
    }

    [Test]
    public async Task What_the_key_sees_is_sent_thin_signed_and_in_the_order_of_the_feed()
    {
        var secret = (string)(await Registers()).Is(201)["secret"]!;
        var claim = (await Nanhu.Reports(Given.Another(1))).Is(201);
        (await App.As("xiuzhou").Reports(Given.Another(2))).Is(201);
        await Sends();

        // Of one report: the project, and the claim twice; nothing of the rival's.
        receiver
            .Events.Select(received => $"{received.Body["type"]} {received.Body["subject"]}")
            .Order()
            .ShouldBe(
                new[]
                {
                    $"project.registered projects/{claim["projectId"]}",
                    $"claim.received claims/{claim["id"]}",
                    $"claim.activated claims/{claim["id"]}",
                }.Order()
            );
        foreach (var received in receiver.Events)
        {
            received.Signature.ShouldBe(
                WebhookSignature.Of(received.Id, long.Parse(received.Timestamp), received.Text, secret)
            );
            received.Text.Length.ShouldBeLessThan(4096);
            received.Text.ShouldNotContain((string)Given.Another(1)["name"]!);
            received.ContentType.ShouldBe("application/cloudevents+json; charset=utf-8");
            ((string?)received.Body["id"]).ShouldBe(received.Id);
            ((string?)received.Body["specversion"]).ShouldBe("1.0");
            received.Body["time"]!.ToString().ShouldBe(received.Body["timestamp"]!.ToString());
        }

        // The same id as in the feed, and a cursor to go on from.
        var feed = (await Key.Get("changes?since=start")).Is(200)["items"].AsArray();
        receiver
            .Events.Select(received => received.Id)
            .Order()
            .ShouldBe(feed.Select(item => (string)item!["id"]!).Order());
        var last = receiver.Events.MaxBy(received => (string)received.Body["sequence"]!)!;
        (await Key.Get($"changes?since={last.Body["data"]!["cursor"]}")).Is(200)["items"].AsArray().ShouldBeEmpty();
        await Sends();
        receiver.Events.Count.ShouldBe(3, "each is sent once");
    }

    [Test]
    public async Task A_later_change_of_a_subject_waits_for_the_earlier_and_others_do_not()
    {
        (await Registers(new { url = receiver.Url, types = new[] { "claim.*" } })).Is(201);
        var one = (string)(await Nanhu.Reports(Given.Another(1))).Is(201)["id"]!;
        receiver.Answers = (context, received) =>
        {
            context.Response.StatusCode = (string)received.Body["type"]! == "claim.received" ? 500 : 204;
            return Task.CompletedTask;
        };
        await Sends();
        receiver.Events.Select(received => (string)received.Body["type"]!).ShouldBe(["claim.received"]);
        receiver.Says(204);
        (await Nanhu.Reports(Given.Another(2))).Is(201);
        await Sends();
        receiver.Events.Count(received => received.Body["subject"]!.ToString() != $"claims/{one}").ShouldBe(2);

        // The first pause is five seconds, a fifth more at most.
        App.Time.Advance(TimeSpan.FromSeconds(6.1));
        await Sends();
        receiver
            .Events.Where(received => received.Body["subject"]!.ToString() == $"claims/{one}")
            .Select(received => (string)received.Body["type"]!)
            .ShouldBe(["claim.received", "claim.received", "claim.activated"]);
        receiver
            .Events.Where(received => received.Body["type"]!.ToString() == "claim.received")
            .Select(received => received.Id)
            .Distinct()
            .Count()
            .ShouldBe(2, "every try bears the same id");
    }

    [Test]
    public async Task A_webhook_that_does_nothing_but_fail_is_off_after_three_days()
    {
        var id = (string)
            (await Registers(new { url = receiver.Url, types = new[] { "claim.received" } })).Is(201)["id"]!;
        receiver.Says(500);
        (await Nanhu.Reports(Given.Another(1))).Is(201);

        // Tried at once, and on the three days that follow.
        for (var tries = 1; tries <= 4; tries++)
        {
            ((string?)(await Key.Get($"webhooks/{id}")).Is(200)["status"]).ShouldBe("enabled");
            await Sends();
            receiver.Events.Count.ShouldBe(tries);
            App.Time.Advance(TimeSpan.FromDays(1));
        }

        var webhook = (await Key.Get($"webhooks/{id}")).Is(200);
        ((string?)webhook["status"]).ShouldBe("disabled");
        ((string?)webhook["disabledReason"]).ShouldBe("failing");
        ((string?)(await Key.Get($"webhooks/{id}/deliveries")).Is(200)["items"][0]!["status"]).ShouldBe("dead");
    }

    [Test]
    public async Task A_delivery_is_dead_after_ten_tries()
    {
        var asked = new
        {
            url = receiver.Url,
            types = new[] { "claim.received" },
            ordering = "none",
        };
        var id = (string)(await Registers(asked)).Is(201)["id"]!;
        var first = (string)(await Nanhu.Reports(Given.Another(1))).Is(201)["id"]!;
        receiver.Answers = (context, received) =>
        {
            context.Response.StatusCode = received.Text.Contains(first, StringComparison.Ordinal) ? 500 : 204;
            return Task.CompletedTask;
        };

        // Others get through meanwhile, so that the receiver is known to be there. The longest pause is 24 h and a fifth.
        for (var tries = 1; tries <= 11; tries++)
        {
            (await Nanhu.Reports(Given.Another(tries + 1))).Is(201);
            await Sends();
            App.Time.Advance(TimeSpan.FromHours(29));
        }

        receiver.Events.Count(received => received.Text.Contains(first, StringComparison.Ordinal)).ShouldBe(10);
        var dead = (await Key.Get($"webhooks/{id}/deliveries?status=dead")).Is(200)["items"].AsArray().Single()!;
        ((int?)dead["tries"]).ShouldBe(10);
        ((string?)dead["subject"]).ShouldBe($"claims/{first}");
    }

    [Test]
    public async Task Gone_ends_it_at_once_and_its_owner_is_told()
    {
        var id = (string)
            (await Registers(new { url = receiver.Url, types = new[] { "claim.received" } })).Is(201)["id"]!;
        receiver.Says(410);
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        await Sends();
        var webhook = (await Key.Get($"webhooks/{id}")).Is(200);
        ((string?)webhook["disabledReason"]).ShouldBe("gone");
        foreach (var who in new[] { Nanhu, Admin })
            (await who.Get("notices"))
                .Is(200)["items"]
                .AsArray()
                .ShouldContain(notice => (string?)notice!["kind"] == "webhook-ended");

        // Enabled again it asks first; what came meanwhile can be replayed.
        (await Key.Act($"webhooks/{id}", "enable", new { })).IsProblem(422, "webhook-consent-missing");
        receiver.Says(204);
        ((string?)(await Key.Act($"webhooks/{id}", "enable", new { })).Is(200)["status"]).ShouldBe("enabled");
        var replayed = (await Key.Post($"webhooks/{id}/replay", new { since = PipelineApp.Start })).Is(200);
        ((int?)replayed["deliveries"]).ShouldBe(1);
        await Sends();
        receiver.Events.Count.ShouldBe(2);
        receiver.Events[0].Id.ShouldBe(receiver.Events[1].Id);
    }

    [Test]
    public async Task What_the_receiver_asks_for_is_waited_for()
    {
        (await Registers(new { url = receiver.Url, types = new[] { "claim.received" } })).Is(201);
        receiver.Says(503, "3600");
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        await Sends();
        App.Time.Advance(TimeSpan.FromSeconds(3599));
        await Sends();
        receiver.Events.Count.ShouldBe(1);
        App.Time.Advance(TimeSpan.FromSeconds(2));
        await Sends();
        receiver.Events.Count.ShouldBe(2);
    }

    [Test]
    public async Task A_right_that_has_ended_withdraws_what_waits()
    {
        var id = (string)(await Registers(new { url = receiver.Url, types = new[] { "project.*" } })).Is(201)["id"]!;
        receiver.Says(500);
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        await Sends();
        App.Sql(connection =>
            connection.Execute("UPDATE api_keys SET jurisdiction_id = @unit", new { unit = App.As("xiuzhou").UnitId })
        );
        receiver.Says(204);
        App.Time.Advance(TimeSpan.FromMinutes(1));
        await Sends();
        receiver.Events.Count.ShouldBe(1);
        ((string?)(await Admin.Get($"webhooks/{id}/deliveries")).Is(200)["items"][0]!["status"]).ShouldBe("withdrawn");
    }

    [Test]
    public async Task While_the_secret_is_rotated_both_sign()
    {
        var made = (await Registers(new { url = receiver.Url, types = new[] { "claim.received" } })).Is(201);
        var rotated = (await Key.Act($"webhooks/{made["id"]}", "rotate-secret", new { overlap = "P1D" })).Is(200);
        var (old, fresh) = ((string)made["secret"]!, (string)rotated["secret"]!);
        fresh.ShouldNotBe(old);
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        await Sends();
        var both = receiver.Events.Single();
        both.Signature.ShouldBe(WebhookSignature.Of(both.Id, long.Parse(both.Timestamp), both.Text, fresh, old));

        // P1D from 4 May ends with 5 May in the city (R15's reading of lengths in days).
        App.Time.Advance(TimeSpan.FromDays(2));
        (await Nanhu.Reports(Given.Another(2))).Is(201);
        await Sends();
        var single = receiver.Events[^1];
        single.Signature.ShouldBe(WebhookSignature.Of(single.Id, long.Parse(single.Timestamp), single.Text, fresh));
    }

    [Test]
    public async Task Deliveries_are_told_with_their_tries_and_sent_once_more_when_asked()
    {
        var id = (string)
            (await Registers(new { url = receiver.Url, types = new[] { "claim.received" } })).Is(201)["id"]!;
        receiver.Says(400);
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        await Sends();
        var waiting = (await Admin.Get($"webhooks/{id}/deliveries?status=waiting"))
            .Is(200)["items"]
            .AsArray()
            .Single()!;
        var one = (await App.As("centre").Get($"webhooks/{id}/deliveries/{waiting["id"]}")).Is(200);
        var tried = one["attempts"].AsArray().Single()!;
        ((int?)tried["status"]).ShouldBe(400);
        ((string?)tried["answer"]).ShouldBe("no");
        ((string?)tried["request"]!["body"]!["type"]).ShouldBe("claim.received");
        tried["request"]!["headers"]!.AsObject().ContainsKey("webhook-signature").ShouldBeFalse();
        receiver.Says(204);
        (await Admin.Post($"webhooks/{id}/deliveries/{waiting["id"]}/redeliver")).Is(200);
        await Sends();
        var done = (await Admin.Get($"webhooks/{id}/deliveries?status=delivered")).Is(200)["items"].AsArray().Single()!;
        ((int?)done["tries"]).ShouldBe(2);
        (await Admin.Post($"webhooks/{id}/deliveries/{waiting["id"]}/redeliver")).Is(200);
        await Sends();
        receiver.Events.Count.ShouldBe(3);
    }

    [Test]
    public async Task A_key_sees_its_own_webhooks_and_people_of_units_none()
    {
        var id = (string)(await Registers()).Is(201)["id"]!;
        App.AddKey("ppl_other", "nanhu", "webhooks:manage");
        var other = App.With("ppl_other");
        (await other.Get($"webhooks/{id}")).IsProblem(404, "not-found");
        (await other.Get($"webhooks/{id}/deliveries")).IsProblem(404, "not-found");
        (await other.Get("webhooks")).Is(200)["items"].AsArray().ShouldBeEmpty();
        (await Nanhu.Get("webhooks")).IsProblem(403, "forbidden");
        (await Admin.Get("webhooks?count=true")).Is(200)["total"].GetValue<long>().ShouldBe(1);
        (await Admin.Post("webhooks", new { url = receiver.Url, types = new[] { "project.*" } })).IsProblem(
            403,
            "forbidden"
        );
    }

    [Test]
    public async Task It_is_changed_by_version_and_another_address_is_asked_first()
    {
        var made = (await Registers()).Is(201);
        var path = $"webhooks/{made["id"]}";
        (await Key.Patch(path, new { description = "x" }, null)).IsProblem(428, "precondition-required");
        (await Key.Patch(path, new { description = "x" }, "\"9\"")).IsProblem(412, "precondition-failed");
        var etag = (await Key.Get(path)).ETag;
        await using var another = await WebhookReceiver.Start();
        another.Says(500);
        (await Key.Patch(path, new { url = another.Url }, etag)).IsProblem(422, "webhook-consent-missing");
        another.Says(204);
        var changed = (await Key.Patch(path, new { url = another.Url, ordering = "none" }, etag)).Is(200);
        ((string?)changed["url"]).ShouldBe(another.Url);
        ((long?)changed["version"]).ShouldBe(2);
        (await Key.Patch(path, new { secret = WebhookSignature.NewSecret() }, changed.ETag)).IsProblem(
            400,
            "validation-failed"
        );
        ((int?)(await Key.Act(path, "test", new { })).Is(200)["status"]).ShouldBe(204);
        (await Key.Send(HttpMethod.Delete, path, null, ("If-Match", changed.ETag!))).Is(204);
        (await Key.Get(path)).IsProblem(404, "not-found");
    }

    [Test]
    public async Task Whoever_comes_back_with_an_old_lease_counts_for_nothing()
    {
        var id = (string)
            (await Registers(new { url = receiver.Url, types = new[] { "claim.received" } })).Is(201)["id"]!;
        (await Nanhu.Reports(Given.Another(1))).Is(201);
        using var another = new PipelineApp(Engine, App.Time, App.Database);
        var (began, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        receiver.Answers = async (context, _) =>
        {
            if (!began.TrySetResult())
            {
                context.Response.StatusCode = 204;
                return;
            }

            await goesOn.Task;
            context.Response.StatusCode = 500;
        };
        var first = Sends();
        await began.Task;

        // Its lease of a minute is over; another process sends it, and is done.
        App.Time.Advance(TimeSpan.FromSeconds(61));
        await another.Services.GetRequiredService<DeliverWebhooks>().Run();
        goesOn.SetResult();
        await first;
        var delivery = (await Admin.Get($"webhooks/{id}/deliveries")).Is(200)["items"].AsArray().Single()!;
        ((string?)delivery["status"]).ShouldBe("delivered");
        ((int?)delivery["tries"]).ShouldBe(1);
    }
}
