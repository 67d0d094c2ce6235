using System.Text.Json.Nodes;

namespace Pipeline.Api.Tests.Support;

/// <summary>The libraries, each with how its operations are called and what one of its entries is like.</summary>
public static class SampleLibraries
{
    /// <param name="Kind">The library, as paths name it.</param>
    /// <param name="One">An entry, as operations name it.</param>
    /// <param name="Many">Several.</param>
    /// <param name="Details">What this library alone knows of its entries, all of it.</param>
    public sealed record Sample(string Kind, string One, string Many, string Details);

    public static readonly IReadOnlyList<Sample> All =
    [
        new(
            "institutions",
            "Institution",
            "Institutions",
            """{"kind":"venture-capital","stages":["seed","angel"],"managed":{"amount":500000000,"currency":"CNY"},"registeredOn":"2026-03-02","evidence":"营业执照"}"""
        ),
        new(
            "funds",
            "Fund",
            "Funds",
            """{"size":{"amount":1000000000,"currency":"CNY"},"cityShare":{"amount":200000000,"currency":"CNY"},"cityPaidIn":{"amount":100000000,"currency":"CNY"},"manager":"嘉禾创业投资有限公司","stages":["venture"],"multiple":1.5,"registeredOn":"2026-03-02","evidence":"营业执照"}"""
        ),
        new("experts", "Expert", "Experts", """{"employer":"某大学","title":"教授","field":"集成电路设计"}"""),
        new("intermediaries", "Intermediary", "Intermediaries", """{"services":"项目引荐","country":"CN"}"""),
        new(
            "target-enterprises",
            "TargetEnterprise",
            "TargetEnterprises",
            """{"country":"CN","state":"contacted","products":"燃料电池电堆"}"""
        ),
        new(
            "tech-enterprises",
            "TechEnterprise",
            "TechEnterprises",
            """{"kind":"high-tech","recognisedOn":"2026-03-02","evidence":"GR202633000001","park":"科创园","incubator":"创客港","event":"路演","listedOn":"2026-03-02","market":"科创板"}"""
        ),
        new(
            "foreign-enterprises",
            "ForeignEnterprise",
            "ForeignEnterprises",
            """{"country":"DE","registeredOn":"2025-03-01","totalInvestment":{"amount":100000000,"currency":"USD"},"contracted":{"amount":50000000,"currency":"USD"},"paidIn":{"amount":9000000,"currency":"USD"},"undistributedProfit":{"amount":6000000,"currency":"USD"}}"""
        ),
    ];

    /// <summary>The library whose operation this is; null: none's.</summary>
    public static Sample? Of(string operation) =>
        All.FirstOrDefault(sample =>
            operation.EndsWith(sample.One, StringComparison.Ordinal)
            || operation.EndsWith(sample.Many, StringComparison.Ordinal)
        );

    /// <summary>An entry with everything that can be said of it.</summary>
    public static JsonObject Body(Sample sample, string name, string visibility = "city", string contact = "王经理") =>
        new()
        {
            ["name"] = name,
            ["tags"] = new JsonArray("早期", "A轮"),
            ["chain"] = "氢能",
            ["visibility"] = visibility,
            ["note"] = "备注",
            ["contacts"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = contact,
                    ["phone"] = "0573-1",
                    ["email"] = "wang@example.cn",
                    ["title"] = "经理",
                }
            ),
            ["details"] = JsonNode.Parse(sample.Details),
        };
}
