using Pipeline.Domain.Imports;

namespace Pipeline.Domain.Tests.Imports;

/// <summary>What people write in the place of cells (R50).</summary>
public sealed class CorrectionsTests
{
    private static readonly Dictionary<string, string> NoMapping = [];

    private static RegisterSheet Sheet(string name, params string[][] rows) =>
        new(name, [.. rows.Select((cells, at) => new SheetRow(at + 1, [.. cells.Select(text => new RawCell(text))]))]);

    private static readonly RegisterSheet[] Two =
    [
        Sheet("甲", ["项目名称", "投资方", "总投资"], ["电池厂", "甲公司", "3亿元"], ["光缆厂", "乙公司"]),
        Sheet("乙", ["说明"], ["项目名称", "投资方", "总投资"], ["卫星厂", "丙公司", "?"]),
    ];

    private static (RegisterTables Register, IReadOnlyList<Doubt> Lost) Corrected(params CellCorrection[] corrections)
    {
        var (sheets, lost) = Corrections.Apply(Two, Tables.Of(Two, NoMapping).Rows, corrections);
        return (Tables.Of(sheets, NoMapping), lost);
    }

    [Test]
    public void A_correction_is_read_in_its_cell_and_what_stood_there_is_kept()
    {
        // The second sheet goes on counting behind the last row of the first.
        var (register, lost) = Corrected(new CellCorrection(6, 2, "总投资", "5亿元"));
        lost.ShouldBeEmpty();
        var cell = register.Rows.Single(row => row.Number == 6).Cells[2];
        cell.Text.ShouldBe("5亿元");
        cell.Original.ShouldBe("?");
        register
            .Rows.Where(row => row.Number != 6)
            .SelectMany(row => row.Cells)
            .ShouldAllBe(other => other.Mark == null);
    }

    [Test]
    public void A_row_that_ends_before_the_cell_is_made_longer()
    {
        var (register, _) = Corrected(new CellCorrection(3, 2, "总投资", "2亿元"));
        var cell = register.Rows.Single(row => row.Number == 3).Cells[2];
        cell.Text.ShouldBe("2亿元");
        cell.Original.ShouldBe("");
    }

    [TestCase(9, 0)]
    [TestCase(2, 3, Description = "the name of the sheet is no cell of it")]
    public void One_that_finds_no_cell_is_told_of(int row, int place)
    {
        var (register, lost) = Corrected(new CellCorrection(row, place, "总投资", "2亿元"));
        var doubt = lost.ShouldHaveSingleItem();
        doubt.Code.ShouldBe(ImportCodes.CorrectionLost);
        doubt.Args.ShouldBe([row, "总投资", "2亿元"]);
        register.Rows.SelectMany(row => row.Cells).ShouldAllBe(cell => cell.Mark == null);
    }

    [Test]
    public void A_name_that_was_missing_makes_a_row_a_project()
    {
        RegisterSheet[] sheet =
        [
            Sheet(
                "",
                ["项目名称", "投资方", "总投资"],
                ["电池厂", "甲公司", "3亿元"],
                ["", "乙公司", "2亿元"],
                ["丙厂", "丙公司", "1亿元"]
            ),
        ];
        var (sheets, _) = Corrections.Apply(
            sheet,
            Tables.Of(sheet, NoMapping).Rows,
            [new CellCorrection(3, 0, "项目名称", "光缆厂")]
        );
        Tables.Of(sheets, NoMapping).Rows.ShouldAllBe(row => row.Refusal == null);
    }
}
