using System.Globalization;

namespace Pipeline.Api.Documents;

/// <summary>A text in the layout of Chinese official documents (GB/T 9704-2012): A4, title in size two, text in size three of 仿宋 on a fixed grid, numbering 一、（一）1., page numbers between dashes.</summary>
/// <remarks>What it says, for <see cref="WordDocument"/> and <see cref="PdfPages"/> to write.</remarks>
public sealed class OfficialDocument
{
    // Points: 二号, 三号, 四号, 小四, 五号.
    public const decimal SizeTwo = 22,
        SizeThree = 16,
        SizeFour = 14,
        SmallFour = 12,
        SizeFive = 10.5m;

    private readonly List<Block> blocks = [];

    public IReadOnlyList<Block> Blocks => blocks;

    /// <summary>The title, centred.</summary>
    public OfficialDocument Title(string text) =>
        Add(new TextBlock([(text, Face.Title)], SizeTwo) { Align = Align.Centre, After = 14 });

    /// <summary>A line in the middle, such as the number of a document or the caption of a table.</summary>
    public OfficialDocument Centred(string text) =>
        Add(new TextBlock([(text, Face.Text)]) { Align = Align.Centre, KeepNext = true });

    /// <summary>A line at the right, such as the issuing office and the date.</summary>
    public OfficialDocument Signature(string text) => Add(new TextBlock([(text, Face.Text)]) { Align = Align.Right });

    /// <summary>A chart of bars that lie, the first at the top: ratios as percentages.</summary>
    public OfficialDocument Bars(string title, IReadOnlyList<(string Label, decimal Ratio)> bars) =>
        Add(new BarsBlock(title, bars));

    /// <summary>What stands before the text: a word and what it is (时间：…), the word in black.</summary>
    public OfficialDocument Fact(string label, string text) =>
        Add(new TextBlock([(label, Face.Black), (text, Face.Text)]) { Align = Align.Left, IsIndented = true });

    /// <summary>一、 in black.</summary>
    public OfficialDocument First(int number, string text) =>
        Add(new TextBlock([($"{Numeral(number)}、{text}", Face.Black)]) { IsIndented = true, KeepNext = true });

    /// <summary>（一） in script.</summary>
    public OfficialDocument Second(int number, string text) =>
        Add(new TextBlock([($"（{Numeral(number)}）{text}", Face.Script)]) { IsIndented = true, KeepNext = true });

    /// <summary>1. as the text.</summary>
    public OfficialDocument Third(int number, string text) =>
        Plain($"{number.ToString(CultureInfo.InvariantCulture)}. {text}");

    /// <summary>A paragraph of the text; line breaks begin a new one.</summary>
    public OfficialDocument Plain(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            Add(new TextBlock([(line, Face.Text)]) { IsIndented = true });
        return this;
    }

    /// <summary>A table whose headings are repeated on every page; no row is torn by one.</summary>
    /// <param name="widths">Shares of the width of the text.</param>
    /// <param name="isDense">Whether it has so many columns that the text is in size five and stands in the middle.</param>
    public OfficialDocument Table(
        IReadOnlyList<string> headings,
        IReadOnlyList<int> widths,
        IEnumerable<IReadOnlyList<string>> rows,
        bool isDense = false
    ) => Add(new TableBlock(headings, widths, [.. rows], isDense));

    private OfficialDocument Add(Block block)
    {
        blocks.Add(block);
        return this;
    }

    /// <summary>A number in Chinese numerals: 一, 十, 十一, 二十.</summary>
    public static string Numeral(int number)
    {
        const string digits = "零一二三四五六七八九";
        if (number is < 1 or > 99)
            return number.ToString(CultureInfo.InvariantCulture);
        var (tens, ones) = (number / 10, number % 10);
        return (
                tens switch
                {
                    0 => "",
                    1 => "十",
                    _ => $"{digits[tens]}十",
                }
            ) + (ones == 0 ? "" : $"{digits[ones]}");
    }
}

/// <summary>A kind of letters: of the title, of headings, of what is set off, of the text.</summary>
public enum Face
{
    Title,
    Black,
    Script,
    Text,
}

public enum Align
{
    /// <summary>Full lines reach both edges.</summary>
    Both,
    Left,
    Centre,
    Right,
}

public abstract record Block;

/// <param name="Size">In points.</param>
public sealed record TextBlock(IReadOnlyList<(string Text, Face Face)> Runs, decimal Size = OfficialDocument.SizeThree)
    : Block
{
    public Align Align { get; init; }

    /// <summary>Whether its first line begins two characters further in.</summary>
    public bool IsIndented { get; init; }

    /// <summary>What is left free below it, in points.</summary>
    public int After { get; init; }

    /// <summary>Whether it stands on one page with the beginning of what follows.</summary>
    public bool KeepNext { get; init; }
}

public sealed record TableBlock(
    IReadOnlyList<string> Headings,
    IReadOnlyList<int> Widths,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    bool IsDense
) : Block;

public sealed record BarsBlock(string Title, IReadOnlyList<(string Label, decimal Ratio)> Bars) : Block;
