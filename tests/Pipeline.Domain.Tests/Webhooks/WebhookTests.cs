using System.Net;
using Pipeline.Domain.Webhooks;

namespace Pipeline.Domain.Tests.Webhooks;

/// <summary>Deliveries: when they are tried again, where they may go, and how they are signed.</summary>
public sealed class WebhookTests
{
    // The contract: tries at 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, each ± 20 %.
    [TestCase(1, 5)]
    [TestCase(2, 300)]
    [TestCase(3, 1800)]
    [TestCase(4, 7200)]
    [TestCase(5, 18000)]
    [TestCase(6, 36000)]
    [TestCase(7, 50400)]
    [TestCase(8, 72000)]
    [TestCase(9, 86400)]
    public void Each_pause_is_the_contracts_and_a_fifth_more_or_less(int tries, int seconds)
    {
        RetrySchedule.After(tries, 0.5).ShouldBe(TimeSpan.FromSeconds(seconds));
        RetrySchedule.After(tries, 0).ShouldBe(TimeSpan.FromSeconds(seconds * 0.8));
        RetrySchedule.After(tries, 1).ShouldBe(TimeSpan.FromSeconds(seconds * 1.2));
    }

    [Test]
    public void Ten_tries_take_75_6_hours_and_there_is_no_further_one()
    {
        // 5 s + 5 min + 30 min + 2 h + 5 h + 10 h + 14 h + 20 h + 24 h = 75 h 35 min 5 s = 75.6 h.
        var all = Enumerable.Range(1, 9).Sum(tries => RetrySchedule.After(tries, 0.5)!.Value.TotalHours);
        Math.Round(all, 1).ShouldBe(75.6);
        RetrySchedule.After(10, 0.5).ShouldBeNull();
        RetrySchedule.MostTries.ShouldBe(10);
    }

    [Test]
    public void What_the_receiver_asks_for_is_kept_up_to_a_day_and_shortens_nothing()
    {
        RetrySchedule.After(1, 0.5, TimeSpan.FromMinutes(2)).ShouldBe(TimeSpan.FromMinutes(2));
        RetrySchedule.After(1, 0.5, TimeSpan.FromDays(9)).ShouldBe(TimeSpan.FromHours(24));
        RetrySchedule.After(4, 0.5, TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromHours(2));
    }

    [TestCase("8.8.8.8", true)]
    [TestCase("1.1.1.1", true)]
    [TestCase("2606:4700:4700::1111", true)]
    [TestCase("127.0.0.1", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("10.1.2.3", false)]
    [TestCase("100.64.0.1", false)]
    [TestCase("100.100.100.200", false)] // metadata of a cloud
    [TestCase("169.254.169.254", false)]
    [TestCase("172.16.0.1", false)]
    [TestCase("172.32.0.1", true)]
    [TestCase("192.168.1.1", false)]
    [TestCase("198.18.0.1", false)]
    [TestCase("224.0.0.1", false)]
    [TestCase("255.255.255.255", false)]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("fe80::1", false)]
    [TestCase("fc00::1", false)]
    [TestCase("::ffff:127.0.0.1", false)]
    [TestCase("::ffff:8.8.8.8", true)]
    [TestCase("::127.0.0.1", false)]
    [TestCase("64:ff9b::7f00:1", false)] // loopback through NAT64
    [TestCase("2002:7f00:1::", false)] // loopback through 6to4
    [TestCase("2001:db8::1", false)]
    [TestCase("2001:0:53aa:64c::1", false)] // Teredo
    [TestCase("ff02::1", false)]
    public void Only_addresses_of_the_public_internet_are_called(string address, bool isPublic) =>
        TargetAddress.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Test]
    public void A_signature_is_the_one_of_the_standard()
    {
        // The example of the Standard Webhooks specification and its reference libraries.
        WebhookSignature
            .Of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                """{"test": 2432232314}""",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            )
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    [Test]
    public void While_a_secret_is_rotated_both_sign()
    {
        var (one, another) = (WebhookSignature.NewSecret(), WebhookSignature.NewSecret());
        WebhookSignature
            .Of("a", 1, "{}", one, another)
            .ShouldBe($"{WebhookSignature.Of("a", 1, "{}", one)} {WebhookSignature.Of("a", 1, "{}", another)}");
    }

    [TestCase("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [TestCase("whsec_c2hvcnQ=", false)]
    [TestCase("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false)]
    [TestCase("whsec_not base64 at all, but quite long", false)]
    public void A_secret_has_its_prefix_and_enough_bytes(string text, bool can) =>
        WebhookSignature.IsSecret(text).ShouldBe(can);
}
