using Pipeline.Api.Documents;

namespace Pipeline.Api.Tests.Documents;

/// <summary>Where lines of official documents end (GB/T 15834-2011, 5.1: no closing mark begins a line, no opening mark ends one).</summary>
public sealed class LineBreaksTests
{
    [TestCase("全市签约，项目。", "全|市|签|约，|项|目。")]
    [TestCase("（一）在谈", "（一）|在|谈")]
    [TestCase("共256,903,200元", "共|256,903,200|元")]
    [TestCase("完成12.34%。", "完|成|12.34%。")]
    [TestCase("Bosch China (Suzhou) 公司", "Bosch |China |(Suzhou) |公|司")]
    [TestCase("“首报”", "“首|报”")]
    public void A_line_may_end_between_these_pieces(string text, string pieces) =>
        string.Join('|', LineBreaks.PiecesOf(text)).ShouldBe(pieces);

    // Ten characters of width 1 in lines of 4, the first of 2: a mark that would begin a line takes its character with it.
    [TestCase("一二三四五六七八九十", "一二|三四五六|七八九十")]
    [TestCase("一二三四五六，七八九", "一二|三四五|六，七八|九")]
    [TestCase("一二 三四五", "一二|三四五")]
    [TestCase("ABCDEFGHI", "AB|CDEF|GHI")]
    [TestCase("", "")]
    public void Lines_hold_what_fits(string text, string lines) =>
        string.Join('|', LineBreaks.LinesOf(text, 2, 4, part => part.Length)).ShouldBe(lines);
}
