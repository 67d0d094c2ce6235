using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Claims;

/// <summary>docs/receipts.md tells an outsider enough: what it says is computed here anew, without the program's own code, for its example and for receipts as they are made.</summary>
public sealed partial class ReceiptDocumentTests(string engine) : OnEachEngine(engine)
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string Document => File.ReadAllText(Path.Combine(Layout.Find().Root, "docs", "receipts.md"));

    [Test]
    public void The_worked_example_is_right()
    {
        var blocks = Block().Matches(Document).Select(match => (match.Groups[1].Value, match.Groups[2].Value)).ToList();
        var json = blocks.Where(block => block.Item1 == "json").Select(block => JsonNode.Parse(block.Item2)!).ToList();
        var canonical = blocks.Single(block => block.Item1 == "canonical").Item2.TrimEnd('\n');
        var (claim, receipt) = (json[0], json[1]);
        Canonical(claim, receipt).ShouldBe(canonical);
        Sha256(canonical).ShouldBe((string)receipt["hash"]!);
        var shell = blocks.Single(block => block.Item1 == "sh").Item2;
        shell.ShouldContain(Sha256($"{receipt["salt"]}\n{claim["contacts"]![0]!["note"]}"));
        shell.ShouldContain((string)receipt["hash"]!);
    }

    [Test]
    public async Task Every_receipt_is_as_the_document_says()
    {
        var file = await App.As("nanhu").Uploads();
        var full = Given.Project("全项字段\"项目\"\\", amount: 1_234_567_890.10m);
        full["landMu"] = 0.05m;
        full["jobs"] = 300;
        full["energyTce"] = 1e6m;
        full["chain"] = "氢能\n储运\t𠮷";
        full["channel"] = "fund";
        full["firstContactOn"] = "2026-04-01";
        full["referrer"] = "李某";
        full["contacts"] = new[]
        {
            new
            {
                name = "王某",
                phone = "1",
                email = (string?)"a@b.cn",
            },
            new
            {
                name = "陈某",
                phone = "2",
                email = (string?)null,
            },
        };
        var reports = new[]
        {
            (await App.As("nanhu").Reports(Given.Another(1))).Is(201),
            (
                await App.As("nanhu")
                    .Reports(
                        full,
                        new object[]
                        {
                            new
                            {
                                kind = "visit",
                                occurredOn = "2026-04-20",
                                note = "赴企业总部拜访",
                                files = new[] { file },
                            },
                            new { kind = "letter", occurredOn = "2026-04-21" },
                        }
                    )
            ).Is(201),
        };
        var previous = new string('0', 64);
        foreach (var report in reports)
        {
            var path = $"claims/{report["id"]}";
            var claim = (await App.As("nanhu").Get(path)).Is(200).Body!;
            var receipt = (await App.As("nanhu").Get($"{path}/receipt")).Is(200).Body!;
            Canonical(claim, receipt).ShouldBe((string)receipt["canonical"]!);
            Sha256((string)receipt["canonical"]!).ShouldBe((string)receipt["hash"]!);
            ((string)receipt["previousHash"]!).ShouldBe(previous);
            previous = (string)receipt["hash"]!;
        }

        var lines = Encoding
            .UTF8.GetString(await App.As("auditor").Downloads("receipts/export"))
            .TrimEnd('\n')
            .Split('\n')
            .Select(line => JsonNode.Parse(line)!.AsObject())
            .ToList();
        var last = lines[^1];
        ((string)last["receiptHash"]!).ShouldBe(previous);
        var signature = Convert.FromBase64String((string)last["signature"]!);
        last.Remove("signature");
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String((string)last["publicKey"]!), out _);
        key.VerifyData(
                Encoding.UTF8.GetBytes(Sorted(last)),
                signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
            .ShouldBeTrue();
    }

    [Test]
    public async Task The_salt_is_told_to_who_may_see_the_report_until_a_person_is_erased_from_it()
    {
        var project = Given.Project();
        project["contacts"] = new[] { new { name = "王某", phone = "13800000000" } };
        var path = $"claims/{(await App.As("nanhu").Reports(project)).Is(201)["id"]}/receipt";
        foreach (var reader in new[] { "nanhu", "centre", "auditor", "leader" })
            ((string)(await App.As(reader).Get(path)).Is(200)["salt"]!).Length.ShouldBe(32, reader);
        (await App.As("xiuzhou").Get(path)).IsProblem(404, "not-found");
        Encoding.UTF8.GetString(await App.As("auditor").Downloads("receipts/export")).ShouldNotContain("salt");

        (await App.As("centre").Post("personal-data/erase", new { value = "13800000000", reason = "本人要求" })).Is(
            200
        );
        foreach (var reader in new[] { "nanhu", "centre", "auditor" })
            (await App.As(reader).Get(path)).Is(200).Body!.AsObject().ContainsKey("salt").ShouldBeFalse(reader);
        ((bool)(await App.As("auditor").Get("receipts/verify"))["valid"]!).ShouldBeTrue();
    }

    /// <summary>The canonical text, by the rules of the document.</summary>
    private static string Canonical(JsonNode claim, JsonNode receipt)
    {
        var salt = (string)receipt["salt"]!;
        var report = claim["report"]!.DeepClone().AsObject();
        var (persons, referrer) = (
            report["contacts"]?.DeepClone() ?? new JsonArray(),
            (string?)report["referrer"] ?? ""
        );
        report.Remove("contacts");
        report.Remove("referrer");
        return Sorted(
            new JsonObject
            {
                ["claimId"] = (string)receipt["claimId"]!,
                ["sequence"] = (long)receipt["sequence"]!,
                ["receivedAt"] = (string)receipt["receivedAt"]!,
                ["jurisdictionId"] = (string)receipt["jurisdiction"]!["id"]!,
                ["previousHash"] = (string)receipt["previousHash"]!,
                ["report"] = NumbersAsTexts(report),
                ["contacts"] = new JsonArray([
                    .. claim["contacts"]!
                        .AsArray()
                        .Select(contact => new JsonObject
                        {
                            ["kind"] = (string)contact!["kind"]!,
                            ["occurredOn"] = (string)contact["occurredOn"]!,
                            ["files"] = contact["files"]?.DeepClone() ?? new JsonArray(),
                            ["noteHash"] = Sha256($"{salt}\n{contact["note"]}"),
                        }),
                ]),
                ["personsHash"] = Sha256($"{salt}\n{Sorted(persons)}"),
                ["referrerHash"] = Sha256($"{salt}\n{referrer}"),
            }
        );
    }

    private static string Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject members =>
                $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"\"{member.Key}\":{Sorted(member.Value)}"))}}}",
            JsonArray items => $"[{string.Join(',', items.Select(Sorted))}]",
            null => "null",
            JsonValue value when value.GetValueKind() == JsonValueKind.String => Text((string)value!),
            _ => node.ToJsonString(),
        };

    private static string Text(string text) =>
        JsonSerializer.Serialize(text, Plain).Replace("\\uD842\\uDFB7", "𠮷", StringComparison.Ordinal);

    private static JsonNode? NumbersAsTexts(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Key, NumbersAsTexts(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(NumbersAsTexts)]),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => Decimal(value.ToJsonString()),
            _ => node?.DeepClone(),
        };

    private static string Decimal(string number)
    {
        var plain = decimal.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture)
            .ToString(CultureInfo.InvariantCulture);
        return plain.Contains('.') ? plain.TrimEnd('0').TrimEnd('.') : plain;
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(
        "^```([a-z]+)\n(.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Block();
}
