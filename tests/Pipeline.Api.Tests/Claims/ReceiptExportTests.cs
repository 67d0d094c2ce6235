using Pipeline.Api.Features.Audit;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Claims;

/// <summary>Receipts can be verified by whoever has the file, without the system (R22).</summary>
public sealed class ReceiptExportTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task An_export_verifies_with_nothing_but_the_file()
    {
        var lines = await Exported();
        lines.Length.ShouldBe(4);
        var result = VerifyReceiptFile.Verify(lines);
        result.Error.ShouldBeNull();
        result.Checked.ShouldBe(3);
        var key = (string)(await App.As("auditor").Get("audit/anchor")).Is(200)["publicKey"]!;
        result.PublicKey.ShouldBe(key);
        VerifyReceiptFile.Verify(lines, key).Error.ShouldBeNull();
        VerifyReceiptFile.Verify(lines, "another").Error.ShouldNotBeNull();
    }

    [Test]
    public async Task It_holds_no_personal_data()
    {
        var text = string.Join('\n', await Exported());
        foreach (var personal in new[] { "张三", "13800000000", "赴企业总部拜访" })
            text.ShouldNotContain(personal);
    }

    [TestCase("altered")]
    [TestCase("dropped")]
    [TestCase("swapped")]
    [TestCase("cut off")]
    [TestCase("last receipt cut off")]
    [TestCase("signed by another")]
    [TestCase("continued")]
    [TestCase("no receipt")]
    public async Task A_file_that_was_touched_does_not_verify(string how)
    {
        var whole = await Exported();
        var lines = whole.ToList();
        switch (how)
        {
            case "altered":
                lines[1] = lines[1].Replace("900000000", "800000000", StringComparison.Ordinal);
                break;
            case "dropped":
                lines.RemoveAt(1);
                break;
            case "swapped":
                (lines[0], lines[1]) = (lines[1], lines[0]);
                break;
            case "cut off":
                lines.RemoveAt(3);
                break;
            case "last receipt cut off":
                lines.RemoveAt(2);
                break;
            case "signed by another":
                lines[3] = lines[3].Replace("\"auditSeq\":", "\"auditSeq\":9", StringComparison.Ordinal);
                break;
            case "continued":
                lines.Add(lines[0]);
                break;
            case "no receipt":
                lines[2] = "{}";
                break;
        }

        lines.SequenceEqual(whole).ShouldBeFalse();
        VerifyReceiptFile.Verify(lines).Error.ShouldNotBeNull();
    }

    [Test]
    public async Task It_is_for_the_centre_and_the_auditor_and_on_the_record()
    {
        (await App.As("nanhu").Get("receipts/export")).IsProblem(403, "forbidden");
        await Exported();
        (await App.As("auditor").Get("audit?action=export-receipts&outcome=read"))
            .Is(200)["items"]
            .AsArray()
            .Count.ShouldBe(1);
    }

    private async Task<string[]> Exported()
    {
        foreach (var number in new[] { 1, 2, 3 })
        {
            var project = Given.Another(number);
            project["contacts"] = new[] { new { name = "张三", phone = "13800000000" } };
            (await App.As("nanhu").Reports(project)).Is(201);
        }

        return System
            .Text.Encoding.UTF8.GetString(await App.As("auditor").Downloads("receipts/export"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
