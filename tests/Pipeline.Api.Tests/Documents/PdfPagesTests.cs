using Pipeline.Api.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Pipeline.Api.Tests.Documents;

/// <summary>Official documents as PDF, read back by another library.</summary>
public sealed class PdfPagesTests
{
    private static readonly DateTimeOffset MadeAt = new(2026, 6, 5, 1, 0, 0, TimeSpan.Zero);

    [OneTimeSetUp]
    public void UseTheLettersThatCome() => PdfFonts.Use(null);

    [Test]
    public void The_pages_have_all_text_within_the_margins_and_their_numbers()
    {
        var document = new OfficialDocument().Title("嘉兴市招商引资情况通报").Centred("〔2026〕第1号");
        for (var at = 1; at <= 60; at++)
            document.First(at, $"第{at}部分").Plain(string.Concat(Enumerable.Repeat($"南湖区签约项目{at}个，", 12)));
        document.Fact("哈希：", new string('a', 64)).Signature("市投资促进中心");
        using var file = Read(document);
        file.NumberOfPages.ShouldBeGreaterThan(5);
        var text = Text(file);
        text.ShouldContain("嘉兴市招商引资情况通报");
        text.ShouldContain(new string('a', 64));
        for (var at = 1; at <= 60; at++)
        {
            text.ShouldContain($"第{at}部分");
            CountOf(text, $"南湖区签约项目{at}个，").ShouldBe(12);
        }

        foreach (var page in file.GetPages())
        {
            // 28 mm at the left, 26 mm at the right, 72 points an inch; half a point for what a letter's edge may lack.
            page.Letters.Min(letter => letter.StartBaseLine.X).ShouldBeGreaterThanOrEqualTo(79.37 - 0.5);
            page.Letters.Max(letter => letter.EndBaseLine.X).ShouldBeLessThanOrEqualTo(595.28 - 73.7 + 0.5);
            Letters(page).ShouldContain($"—{page.Number}—");
        }
    }

    [Test]
    public void A_table_repeats_its_headings_on_each_page_and_tears_no_row()
    {
        var rows = Enumerable
            .Range(1, 120)
            .Select(at =>
                (IReadOnlyList<string>)[$"R{at}", $"动力电池零部件生产项目{at}（2026-{at:000000}）", $"{at}亿元"]
            )
            .ToList();
        using var file = Read(new OfficialDocument().Table(["序号", "项目", "总投资"], [15, 55, 30], rows));
        file.NumberOfPages.ShouldBeGreaterThan(3);
        foreach (var page in file.GetPages())
            CountOf(Letters(page), "序号项目总投资").ShouldBe(1);
        for (var at = 1; at <= 120; at++)
        {
            var page = file.GetPages()
                .Single(page => Letters(page).Contains($"（2026-{at:000000}）", StringComparison.Ordinal));
            Letters(page).ShouldContain($"动力电池零部件生产项目{at}");
            Letters(page).ShouldContain($"R{at}");
        }
    }

    [Test]
    public void A_heading_stands_on_the_page_of_what_it_heads()
    {
        // However many lines are before it.
        for (var lines = 18; lines <= 24; lines++)
        {
            var document = new OfficialDocument();
            for (var at = 0; at < lines; at++)
                document.Plain($"第{at}行");
            document
                .First(1, "标题")
                .Table(
                    ["甲"],
                    [1],
                    [
                        ["乙"],
                    ]
                );
            using var file = Read(document);
            Letters(file.GetPages().Single(page => Letters(page).Contains("标题", StringComparison.Ordinal)))
                .ShouldContain("甲乙");
        }
    }

    [Test]
    public void A_character_that_the_letters_lack_is_marked_and_loses_nothing_else()
    {
        using var file = Read(new OfficialDocument().Plain("甲𠮷乙"));
        Text(file).ShouldContain("甲〓乙");
    }

    [Test]
    public void The_file_carries_the_letters_that_it_uses_and_its_name()
    {
        static byte[] Written() =>
            Write(
                new OfficialDocument()
                    .Title("通报")
                    .Bars("完成率", [("南湖区", 0.5m), ("平湖市", 0m), ("海盐县", 1.25m)])
            );
        var written = Written();
        Convert.ToHexString(Written()).ShouldBe(Convert.ToHexString(written), "the same content makes the same file");
        using var file = PdfDocument.Open(written);
        Text(file).ShouldContain("125.00%");
        file.Information.Title.ShouldBe("题");
        file.GetPage(1).Letters.ShouldAllBe(letter => letter.FontName!.Contains('+'));
        written.Length.ShouldBeLessThan(200_000);
    }

    [Test]
    public void A_folder_of_letters_that_is_none_is_told_by_its_key()
    {
        var folder = Directory.CreateTempSubdirectory();
        Should
            .Throw<InvalidOperationException>(() => PdfFonts.Use(Path.Combine(folder.FullName, "none")))
            .Message.ShouldContain("Documents:Fonts");
        File.WriteAllText(Path.Combine(folder.FullName, "text.ttf"), "OTTO: outlines of another kind");
        Should.Throw<InvalidOperationException>(() => PdfFonts.Use(folder.FullName)).Message.ShouldContain("text.ttf");
        folder.Delete(recursive: true);
    }

    private static byte[] Write(OfficialDocument document) => PdfPages.Write(document, "题", "zh-CN", MadeAt);

    private static PdfDocument Read(OfficialDocument document) => PdfDocument.Open(Write(document));

    private static string Letters(Page page) =>
        string.Concat(page.Letters.Select(letter => letter.Value)).Replace(" ", "");

    private static string Text(PdfDocument file) => string.Concat(file.GetPages().Select(WithoutNumber));

    private static string WithoutNumber(Page page) => Letters(page).Replace($"—{page.Number}—", "");

    private static int CountOf(string text, string part) => text.Split(part).Length - 1;
}
