using Dapper;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Claims;

/// <summary>Receipts are chained, and tampering is found (R22).</summary>
public sealed class ReceiptTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task A_receipt_holds_no_personal_data_and_its_hash_is_that_of_its_text()
    {
        var project = Given.Project();
        project["contacts"] = new[]
        {
            new
            {
                name = "张三",
                phone = "13800000000",
                email = "zhang@example.com",
            },
        };
        project["referrer"] = "李四";
        var claim = await App.As("nanhu").Reports(project);
        var receipt = (await App.As("nanhu").Get($"claims/{claim["id"]}/receipt")).Is(200);
        var canonical = (string)receipt["canonical"]!;
        foreach (var personal in new[] { "张三", "13800000000", "zhang@example.com", "李四", "赴企业总部拜访" })
            canonical.ShouldNotContain(personal);
        Convert
            .ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(canonical))
            )
            .ShouldBe((string)receipt["hash"]!);
        ((string)receipt["hash"]!).ShouldBe((string)claim["receipt"]["hash"]!);
    }

    [Test]
    public async Task Each_receipt_names_the_one_before_it()
    {
        var first = await App.As("nanhu").Reports(Given.Another(1));
        var second = await App.As("xiuzhou").Reports(Given.Another(2));
        ((string)second["receipt"]["previousHash"]!).ShouldBe((string)first["receipt"]["hash"]!);
    }

    [TestCase("UPDATE claims SET canonical = REPLACE(canonical, '1500000000', '1600000000') WHERE sequence = 1")]
    [TestCase("UPDATE claims SET received_at = @later WHERE sequence = 2")]
    [TestCase("UPDATE claims SET jurisdiction_id = 'another' WHERE sequence = 2")]
    [TestCase("UPDATE claims SET report = REPLACE(report, '1500000000', '1600000000') WHERE sequence = 1")]
    [TestCase("UPDATE claims SET receipt_hash = 'forged' WHERE sequence = 2")]
    [TestCase("UPDATE claims SET previous_hash = 'forged' WHERE sequence = 2")]
    [TestCase("DELETE FROM claims WHERE sequence = 1")]
    [TestCase("DELETE FROM claims WHERE sequence = 2")]
    [TestCase("DELETE FROM claims WHERE sequence = 3")]
    [TestCase("UPDATE claims SET sequence = 4 WHERE sequence = 3")]
    public async Task Altering_deleting_moving_or_cutting_off_receipts_is_found(string tampering)
    {
        foreach (var number in new[] { 0, 1, 2 })
            (await App.As("nanhu").Reports(Given.Another(number, 1_500_000_000m))).Is(201);
        ((bool)(await App.As("auditor").Get("receipts/verify"))["valid"]!).ShouldBeTrue();
        App.Sql(connection => connection.Execute(tampering, new { later = App.Time.GetUtcNow().AddHours(1) }))
            .ShouldBe(1);
        ((bool)(await App.As("auditor").Get("receipts/verify"))["valid"]!).ShouldBeFalse();
    }
}
