using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Imports;

/// <summary>A register of one investor is no slower to take in than one of many, and its answer grows with its rows.</summary>
public sealed class OneInvestorTests(string engine) : OnEachEngine(engine)
{
    private static byte[] Register(int rows, bool oneInvestor)
    {
        var random = new Random(7);
        string Word(int length) => new([.. Enumerable.Range(0, length).Select(_ => (char)('一' + random.Next(3000)))]);
        return Registers.Csv([
            "项目名称,投资方,总投资(亿元),落户地,阶段",
            .. Enumerable
                .Range(0, rows)
                .Select(row =>
                    $"{Word(10)}项目,{(oneInvestor ? "嘉兴市城市投资发展集团有限公司" : Word(6) + "有限公司")},{1 + (row % 90)},嘉善县,签约"
                ),
        ]);
    }

    [Test]
    public async Task No_row_is_told_more_than_two_hundred_matches_and_the_others_are_counted()
    {
        var centre = App.As("centre");
        var rows = await centre.RowsOf(
            await centre.Imports(Register(320, oneInvestor: true), fields: ("dryRun", "true"))
        );
        rows.Count.ShouldBe(320);
        rows.Max(row => row["matches"]!.AsArray().Count).ShouldBe(200);
        var last = rows[^1];
        last["issues"]!.AsArray().Single(issue => (string)issue!["code"]! == "more-matches")!["message"]!
            .GetValue<string>()
            .ShouldContain("119");
        Registers.CodesOf(rows[150]).ShouldNotContain("more-matches");
    }
}
