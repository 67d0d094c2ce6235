using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.PersonalData;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Notices;

/// <summary>How a person wants to be told: one's own to read and to change, and personal data like any other.</summary>
public sealed class NoticeSettingsTests(string engine) : OnEachEngine(engine)
{
    private static readonly object Wanted = new
    {
        address = "Wang.Lin@example.cn",
        language = "en",
        muted = new[] { "queue-moved" },
        digestHour = 8,
        quietFrom = "21:00",
        quietTo = "07:30",
    };

    [Test]
    public async Task Without_settings_everything_is_told_at_once_in_Chinese_at_the_address_of_the_account()
    {
        App.Sql(connection =>
            connection.Execute("UPDATE users SET email = 'nanhu@example.cn' WHERE username = 'nanhu'")
        );
        var settings = (await App.As("nanhu").Get("me/notice-settings")).Is(200);
        settings.Body!["address"].ShouldBeNull();
        ((string)settings["accountAddress"]!).ShouldBe("nanhu@example.cn");
        ((string)settings["language"]!).ShouldBe("zh-CN");
        settings["muted"].AsArray().ShouldBeEmpty();
        ((bool)settings["mailEnabled"]!).ShouldBeFalse();
    }

    [Test]
    public async Task Settings_are_replaced_as_a_whole_by_who_read_them()
    {
        var read = (await App.As("nanhu").Get("me/notice-settings")).Is(200);
        (await Put(Wanted, null)).IsProblem(428, "precondition-required");
        var put = (await Put(Wanted, read.ETag)).Is(200);
        (await Put(Wanted, read.ETag)).IsProblem(412, "precondition-failed");
        var again = (await App.As("nanhu").Get("me/notice-settings")).Is(200);
        again.ETag.ShouldBe(put.ETag);
        ((string)again["address"]!).ShouldBe("Wang.Lin@example.cn");
        again["muted"].AsArray().Select(kind => (string)kind!).ShouldBe(["queue-moved"]);
        ((int)again["digestHour"]!).ShouldBe(8);
        ((string)again["quietTo"]!).ShouldBe("07:30");
        var less = (await Put(new { language = "zh-CN" }, put.ETag)).Is(200);
        less.Text.ShouldNotContain("Wang.Lin");
        less["muted"].AsArray().ShouldBeEmpty();
        (await App.As("xiuzhou").Get("me/notice-settings")).Text.ShouldNotContain("Wang.Lin");
    }

    [TestCase("address", "wang", "email")]
    [TestCase("address", "Wang <wang@example.cn>", "email")]
    [TestCase("address", "wang@example.cn\r\nBcc: all@example.cn", "email")]
    [TestCase("language", "de", "choice")]
    [TestCase("digestHour", 24, "range")]
    [TestCase("quietFrom", "25:00", "time")]
    [TestCase("quietFrom", "07:30", "quiet-hours")]
    public async Task What_cannot_be_is_refused(string member, object value, string code)
    {
        var etag = (await App.As("nanhu").Get("me/notice-settings")).ETag;
        var body = new Dictionary<string, object>
        {
            ["language"] = "zh-CN",
            ["quietFrom"] = "21:00",
            ["quietTo"] = "07:30",
            [member] = value,
        };
        (await Put(body, etag)).IsProblem(400, "validation-failed").Codes(member).ShouldBe([code]);
    }

    [Test]
    public async Task The_address_stands_sealed_and_is_found_erased_and_sealed_anew_like_all_personal_data()
    {
        (await Put(Wanted, (await App.As("nanhu").Get("me/notice-settings")).ETag)).Is(200);
        Stored().ShouldStartWith("sealed:");
        App.Sql(connection =>
                connection.ExecuteScalar<long>("SELECT COUNT(*) FROM audit WHERE changes LIKE '%example.cn%'")
            )
            .ShouldBe(0);

        App.Sql(connection => connection.Execute("UPDATE notice_settings SET address = 'Wang.Lin@example.cn'")); // as if from before there was a seal
        (await Reseal.Run(App.Services.GetRequiredService<Database>())).Resealed.ShouldBeGreaterThan(0);
        Stored().ShouldStartWith("sealed:");

        var found = (await App.As("centre").Post("personal-data/export", new { value = "wang.lin@EXAMPLE.cn" }))
            .Is(200)["items"]
            .AsArray()
            .Single()!;
        ((string)found["kind"]!).ShouldBe("user");
        ((string)found["contacts"]!.AsArray().Single()!["email"]!).ShouldBe("Wang.Lin@example.cn");

        var before = (await App.As("nanhu").Get("me/notice-settings")).ETag;
        (
            await App.As("centre")
                .Post("personal-data/erase", new { value = "Wang.Lin@example.cn", reason = "本人要求" })
        ).Is(200);
        var after = (await App.As("nanhu").Get("me/notice-settings")).Is(200);
        after.Text.ShouldNotContain("Wang.Lin");
        after.ETag.ShouldNotBe(before);
        (await App.As("centre").Post("personal-data/export", new { value = "Wang.Lin@example.cn" }))
            .Is(200)["items"]
            .AsArray()
            .ShouldBeEmpty();
    }

    private string Stored() =>
        App.Sql(connection => connection.ExecuteScalar<string>("SELECT address FROM notice_settings"))!;

    private Task<Answer> Put(object body, string? etag) =>
        App.As("nanhu").Send(HttpMethod.Put, "me/notice-settings", body, etag is null ? [] : [("If-Match", etag)]);
}
