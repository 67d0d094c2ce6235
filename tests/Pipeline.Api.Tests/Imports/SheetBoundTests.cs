using System.Globalization;
using System.IO.Compression;
using System.Text;
using Pipeline.Api.Features.Imports;
using Pipeline.Api.Http;

namespace Pipeline.Api.Tests.Imports;

/// <summary>Small files that would cost much: each is refused before it does, with what is wrong and where; what people really have is taken.</summary>
public sealed class SheetBoundTests
{
    private const string Header = """<row r="1"><c r="A1" t="inlineStr"><is><t>项目名称</t></is></c></row>""";

    [Test]
    public void A_row_that_no_spreadsheet_has_is_named() =>
        Refused(
            Book($"{Header}<row r=\"2147483647\"><c r=\"A2147483647\"><v>1</v></c></row>"),
            "sheet-row-number",
            "sheet1.xml!2147483647"
        );

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1048577")]
    [TestCase("99999999999999999999")]
    [TestCase("x")]
    public void Nor_is_any_other_number_of_none_taken(string row) =>
        Refused(Book($"{Header}<row r=\"{row}\"><c><v>1</v></c></row>"), "sheet-row-number", $"sheet1.xml!{row}");

    [TestCase("ZZZZZZ2")]
    [TestCase("XFE2")]
    [TestCase("2")]
    [TestCase("")]
    public void A_cell_that_no_spreadsheet_has_is_named(string cell) =>
        Refused(
            Book($"{Header}<row r=\"2\"><c r=\"{cell}\"><v>1</v></c></row>"),
            "sheet-cell-name",
            $"sheet1.xml!{cell}"
        );

    [Test]
    public void A_blank_cell_in_the_last_column_is_taken_in_a_small_register_and_refused_in_a_large_one()
    {
        static string Rows(int count) =>
            string.Concat(
                Enumerable
                    .Range(2, count)
                    .Select(n => $"<row r=\"{n}\"><c r=\"A{n}\"><v>{n}</v></c><c r=\"XFD{n}\"/></row>")
            );
        var small = SheetReader.Read(Book(Header + Rows(20))).Single().Rows;
        small.Count.ShouldBe(21);
        small[20].Cells[0].Text.ShouldBe("21");
        Refused(Book(Header + Rows(8_000)), "sheet-too-wide", "sheet1.xml!XFD2, sheet1.xml!2442"); // 16384 × 2442 > 40 million
    }

    [Test]
    public void Many_blank_columns_that_name_no_cell_count_as_well() =>
        Refused(
            Book(
                Header
                    + string.Concat(
                        Enumerable
                            .Range(2, 5_000)
                            .Select(n => $"<row>{string.Concat(Enumerable.Repeat("<c/>", 10_000))}</row>")
                    )
            ),
            "sheet-too-wide",
            "sheet1.xml!10000, sheet1.xml!4001"
        );

    [Test]
    public void A_register_at_the_end_of_the_sheet_keeps_its_row_number()
    {
        var rows = SheetReader
            .Read(
                Book($"{Header}<row r=\"1048576\"><c r=\"A1048576\"><v>7</v></c><c r=\"E1048576\"><v>8</v></c></row>")
            )
            .Single()
            .Rows;
        rows.Select(row => row.Number).ShouldBe([1, 1_048_576]);
        rows[1].Cells[4].Text.ShouldBe("8");
    }

    [Test]
    public void A_value_beyond_the_three_hundredth_column_is_named() =>
        Refused(Book($"{Header}<row r=\"2\"><c r=\"KO2\"><v>1</v></c></row>"), "sheet-too-large", "台账!2");

    [Test]
    public void So_many_merged_cells_are_taken_and_no_more()
    {
        // Forty thousand of them, each over two rows: a reader that looks through all of them at every row would look a billion times.
        var rows = string.Concat(
            Enumerable
                .Range(2, 40_000)
                .Select(n =>
                    n % 2 == 0
                        ? $"<row r=\"{n}\"><c r=\"A{n}\"><v>{n}</v></c><c r=\"B{n}\"><v>{n}</v></c></row>"
                        : $"<row r=\"{n}\"><c r=\"A{n}\"/><c r=\"B{n}\"><v>{n}</v></c></row>"
                )
        );
        string Merges(int count) =>
            $"<mergeCells>{string.Concat(Enumerable.Range(1, count).Select(n => $"<mergeCell ref=\"A{2 * n}:A{(2 * n) + 1}\"/>"))}</mergeCells>";
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var read = SheetReader.Read(Book(Header + rows, Merges(40_000)), patience.Token).Single().Rows;
        read.Count.ShouldBe(40_001);
        read[2].Merged![0].ShouldBe("2");
        read[39_998].Merged![0].ShouldBe("39998");
        read[39_999].Merged.ShouldBeNull();
        Refused(Book(Header + rows, Merges(50_001)), "sheet-merges", "sheet1.xml", "50000");
    }

    [Test]
    public void Merges_that_overlap_cost_no_more_than_there_are_columns()
    {
        var rows = string.Concat(
            Enumerable.Range(2, 20_000).Select(n => $"<row r=\"{n}\"><c r=\"B{n}\"><v>{n}</v></c></row>")
        );
        var merges =
            $"<mergeCells>{string.Concat(Enumerable.Range(2, 20_000).Select(n => $"<mergeCell ref=\"A{n}:A1048576\"/>"))}</mergeCells>";
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        SheetReader.Read(Book(Header + rows, merges), patience.Token).Single().Rows.Count.ShouldBe(20_001);
    }

    [Test]
    public void One_long_text_in_every_cell_is_too_much()
    {
        var strings = $"<sst xmlns=\"{Main}\"><si><t>{new string('长', 30_000)}</t></si></sst>";
        var rows = string.Concat(
            Enumerable.Range(1, 3_000).Select(n => $"<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>")
        );
        Refused(Book(rows, strings: strings), "sheet-too-much-text", "台账!2001");
    }

    [Test]
    public void More_rows_than_a_register_may_have_are_counted_over_all_sheets()
    {
        var half = string.Concat(Enumerable.Range(1, 100_001).Select(n => $"<row r=\"{n}\"><c><v>1</v></c></row>"));
        Refused(Book([half, half]), "sheet-too-large", "台账2!100000");
    }

    [Test]
    public void More_sheets_than_anybody_has_are_refused() =>
        Refused(Book([.. Enumerable.Repeat(Header, 201)]), "sheet-too-many-sheets", "200");

    [Test]
    public void Markup_without_end_is_not_kept_in_memory() =>
        Refused(Book($"<row r=\"{new string('1', 2 << 20)}\"/>"), "sheet-broken");

    [Test]
    public void A_type_of_document_that_defines_its_own_words_is_none_of_a_workbook()
    {
        var bomb = Book(Header);
        using (var stream = new MemoryStream())
        {
            stream.Write(bomb);
            using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            {
                archive.GetEntry("xl/worksheets/sheet1.xml")!.Delete();
                using var sheet = new StreamWriter(archive.CreateEntry("xl/worksheets/sheet1.xml").Open());
                sheet.Write(
                    $"<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a \"{new string('x', 1000)}\">]><worksheet xmlns=\"{Main}\"><sheetData><row r=\"2147483647\"/></sheetData></worksheet>"
                );
            }

            bomb = stream.ToArray();
        }

        Should
            .Throw<UnreadableSheetException>(() => SheetReader.Read(bomb))
            .Code.ShouldBeOneOf("sheet-broken", "sheet-empty");
    }

    [TestCase(",")]
    [TestCase("\t")]
    [TestCase(";")]
    public void A_line_of_text_without_end_is_refused_before_it_is_cut_into_cells(string separator) =>
        Refused(
            Encoding.UTF8.GetBytes($"a{separator}b\n" + string.Concat(Enumerable.Repeat(separator, 5_000_000))),
            "sheet-too-large",
            "2"
        );

    [Test]
    public void A_line_with_more_columns_than_a_register_has_is_named() =>
        Refused(
            Encoding.UTF8.GetBytes("项目名称,备注\n甲,\n" + string.Join(',', Enumerable.Repeat("x", 301))),
            "sheet-too-large",
            "3"
        );

    [Test]
    public void Blank_lines_without_end_are_refused() =>
        Refused(Encoding.UTF8.GetBytes("a,b\n" + new string('\n', 1_100_000)), "sheet-too-large", "1048577");

    [Test]
    public void Reading_stops_when_it_is_told_to()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => SheetReader.Read(Book(Header), cancelled.Token));
        Should.Throw<OperationCanceledException>(() => SheetReader.Read("a,b\n1,2"u8.ToArray(), cancelled.Token));
    }

    private static void Refused(byte[] content, string code, params string[] args)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var error = Should.Throw<UnreadableSheetException>(() => SheetReader.Read(content, patience.Token));
        error.Code.ShouldBe(code);
        error.Args.Take(args.Length).Select(arg => Convert.ToString(arg, CultureInfo.InvariantCulture)).ShouldBe(args);
        foreach (var language in new[] { Messages.Chinese, Messages.English })
        {
            var text = Messages.Text(language, $"code.{code}", [.. error.Args, "", "", ""]);
            foreach (var arg in args)
                text.ShouldContain(arg);
        }
    }

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static byte[] Book(string rows, string after = "", string? strings = null) => Book([rows], after, strings);

    /// <summary>A workbook of raw sheets: what no library would write.</summary>
    internal static byte[] Book(string[] sheets, string after = "", string? strings = null)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string name, string text)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Fastest).Open());
                writer.Write(text);
            }

            var numbers = Enumerable.Range(1, sheets.Length).ToList();
            Add(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
            );
            Add(
                "_rels/.rels",
                $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            );
            Add(
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(numbers.Select(n => $"<sheet name=\"台账{(n == 1 ? "" : n)}\" sheetId=\"{n}\" r:id=\"s{n}\"/>"))}</sheets></workbook>"
            );
            Add(
                "xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(numbers.Select(n => $"<Relationship Id=\"s{n}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))}<Relationship Id=\"x\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            );
            Add("xl/sharedStrings.xml", strings ?? $"<sst xmlns=\"{Main}\"/>");
            foreach (var n in numbers)
                Add(
                    $"xl/worksheets/sheet{n}.xml",
                    $"<worksheet xmlns=\"{Main}\"><sheetData>{sheets[n - 1]}</sheetData>{after}</worksheet>"
                );
        }

        return stream.ToArray();
    }
}
