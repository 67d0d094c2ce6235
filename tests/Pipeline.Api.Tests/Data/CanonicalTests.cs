using System.Text.Json.Nodes;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>Canonical JSON is that of RFC 8785: its own examples.</summary>
public sealed class CanonicalTests
{
    /// <summary>§3.2.2 and §3.2.3.</summary>
    [Test]
    public void The_examples_of_the_standard_come_out_as_it_says()
    {
        Canonical
            .Text(
                JsonNode.Parse(
                    """
                    {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                     "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
                     "literals": [null, true, false]}
                    """
                )
            )
            .ShouldBe(
                "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
            );
        Canonical
            .Text(
                JsonNode.Parse(
                    """{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}"""
                )
            )
            .ShouldBe(
                "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}"
            );
    }

    /// <summary>Appendix B: doubles by their bits, and how ECMAScript prints them.</summary>
    [TestCase(0x0000000000000000, "0")]
    [TestCase(unchecked((long)0x8000000000000000), "0")]
    [TestCase(0x0000000000000001, "5e-324")]
    [TestCase(unchecked((long)0x8000000000000001), "-5e-324")]
    [TestCase(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [TestCase(unchecked((long)0xffefffffffffffff), "-1.7976931348623157e+308")]
    [TestCase(0x4340000000000000, "9007199254740992")]
    [TestCase(unchecked((long)0xc340000000000000), "-9007199254740992")]
    [TestCase(0x4430000000000000, "295147905179352830000")]
    [TestCase(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [TestCase(0x44b52d02c7e14af6, "1e+23")]
    [TestCase(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [TestCase(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [TestCase(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [TestCase(0x444b1ae4d6e2ef50, "1e+21")]
    [TestCase(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [TestCase(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [TestCase(0x41b3de4355555553, "333333333.3333332")]
    [TestCase(0x41b3de4355555554, "333333333.33333325")]
    [TestCase(0x41b3de4355555555, "333333333.3333333")]
    [TestCase(0x41b3de4355555556, "333333333.3333334")]
    [TestCase(0x41b3de4355555557, "333333333.33333343")]
    [TestCase(unchecked((long)0xbecbf647612f3696), "-0.0000033333333333333333")]
    [TestCase(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_printed_as_ECMAScript_prints_them(long bits, string text) =>
        Canonical.Text(JsonValue.Create(BitConverter.Int64BitsToDouble(bits))).ShouldBe(text);
}
