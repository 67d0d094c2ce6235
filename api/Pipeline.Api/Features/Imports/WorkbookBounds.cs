using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Pipeline.Api.Features.Imports;

/// <summary>
/// Looks through a workbook before a reader takes it: what it would unpack to, which rows and cells it names, how many cells a reader would have to make. A file of two kilobytes can
/// name row 2147483647, and a reader makes every row up to it. Nothing is kept but counts.
/// </summary>
internal sealed class WorkbookBounds
{
    /// <summary>What a spreadsheet has.</summary>
    private const int LastRow = 1_048_576,
        LastColumn = 16_384;

    private const int MostEntries = 5_000,
        MostSheets = 200,
        MostMerges = 50_000,
        LongestMarkup = 1 << 20;
    private const long MostBytes = 300L << 20,
        MostCells = 40_000_000;

    private long bytes;
    private int sheets;
    private long cells;

    /// <summary>Whether numbers that stand for days count from 1904.</summary>
    public bool Days1904 { get; private set; }

    /// <summary>Whether it holds what the reader would pass over in silence: Strict Open XML, error values, formulas never calculated.</summary>
    public bool NeedsMending { get; private set; }

    /// <exception cref="UnreadableSheetException">The archive is none of a workbook, is broken, or names more than can be taken.</exception>
    public static WorkbookBounds Check(byte[] content, CancellationToken cancel)
    {
        var bounds = new WorkbookBounds();
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
                throw new UnreadableSheetException("sheet-too-large", archive.Entries[MostEntries].FullName);
            if (archive.GetEntry("[Content_Types].xml") is null)
                throw new UnreadableSheetException("register-kind");
            foreach (var entry in archive.Entries)
                bounds.Look(entry, cancel);
            return bounds;
        }
        catch (InvalidDataException)
        {
            throw new UnreadableSheetException("sheet-broken");
        }
    }

    private void Look(ZipArchiveEntry entry, CancellationToken cancel)
    {
        using var counted = new Counted(this, entry, cancel);
        try
        {
            using var reader = XmlReader.Create(
                counted,
                new XmlReaderSettings
                {
                    DtdProcessing = DtdProcessing.Prohibit,
                    XmlResolver = null,
                    IgnoreComments = true,
                    CloseInput = false,
                }
            );
            if (reader.MoveToContent() != XmlNodeType.Element)
                return;
            NeedsMending |= reader.NamespaceURI.StartsWith("http://purl.oclc.org/ooxml/", StringComparison.Ordinal);
            if (reader.LocalName == "worksheet")
                Sheet(reader, entry.Name);
            else if (reader.LocalName == "workbook" && reader.ReadToFollowing("workbookPr", reader.NamespaceURI))
                Days1904 = reader.GetAttribute("date1904") is "1" or "true";
        }
        catch (XmlException)
        {
            // A picture, or what the reader will call broken.
        }

        counted.Drain();
    }

    private void Sheet(XmlReader reader, string sheet)
    {
        if (++sheets > MostSheets)
            throw new UnreadableSheetException("sheet-too-many-sheets", MostSheets);
        var (row, rows, column, width, merges) = (0, 0, 0, 0, 0);
        var widest = "";
        var formula = false;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            switch (reader.LocalName)
            {
                case "f":
                    formula = true;
                    continue;
                case "v" or "is":
                    formula = false;
                    continue;
                case "row":
                    NeedsMending |= formula;
                    formula = false;
                    row = RowOf(reader.GetAttribute("r"), row, sheet);
                    rows = Math.Max(rows + 1, row);
                    column = 0;
                    break;
                case "c":
                    NeedsMending |= formula || reader.GetAttribute("t") is "e" or "d";
                    formula = false;
                    column = ColumnOf(reader.GetAttribute("r"), column, sheet);
                    if (column > width)
                        (width, widest) = (column, reader.GetAttribute("r") ?? "");
                    break;
                case "mergeCell" when ++merges > MostMerges:
                    throw new UnreadableSheetException("sheet-merges", sheet, MostMerges);
                default:
                    continue;
            }

            if (cells + ((long)rows * width) > MostCells)
                throw new UnreadableSheetException(
                    "sheet-too-wide",
                    $"{sheet}!{(widest.Length > 0 ? widest : $"{width}")}, {sheet}!{rows}",
                    MostCells
                );
        }

        NeedsMending |= formula;
        cells += (long)rows * width;
    }

    private static int RowOf(string? text, int before, string sheet)
    {
        if (text is null)
            return before + 1;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            && row is >= 1 and <= LastRow
            ? row
            : throw new UnreadableSheetException("sheet-row-number", $"{sheet}!{Shown(text)}");
    }

    private static int ColumnOf(string? text, int before, string sheet)
    {
        if (text is null)
            return before + 1;
        var column = 0L;
        foreach (var letter in text.TakeWhile(char.IsAsciiLetter))
        {
            if ((column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1)) > LastColumn)
                throw new UnreadableSheetException("sheet-cell-name", $"{sheet}!{Shown(text)}");
        }

        return column > 0
            ? (int)column
            : throw new UnreadableSheetException("sheet-cell-name", $"{sheet}!{Shown(text)}");
    }

    private static string Shown(string text) => text.Length <= 30 ? text : text[..30] + "…";

    /// <summary>An entry as it is unpacked: what an archive says of its own sizes proves nothing. In XML nothing between two brackets may be as long as to need memory of its own.</summary>
    private sealed class Counted(WorkbookBounds bounds, ZipArchiveEntry entry, CancellationToken cancel) : Stream
    {
        private readonly Stream unpacked = entry.Open();
        private long sinceBracket;
        private bool isXml = true;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            cancel.ThrowIfCancellationRequested();
            var read = unpacked.Read(buffer);
            if ((bounds.bytes += read) > MostBytes)
                throw new UnreadableSheetException("sheet-too-large", entry.FullName);
            if (isXml)
                Brackets(buffer[..read]);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        /// <summary>Reads what is left, to count it.</summary>
        public void Drain()
        {
            isXml = false;
            var buffer = new byte[1 << 16];
            while (Read(buffer) > 0) { }
        }

        private void Brackets(ReadOnlySpan<byte> read)
        {
            for (var at = 0; at < read.Length; )
            {
                var bracket = read[at..].IndexOfAny((byte)'<', (byte)'>');
                sinceBracket += bracket < 0 ? read.Length - at : bracket;
                if (sinceBracket > LongestMarkup)
                    throw new UnreadableSheetException("sheet-broken");
                if (bracket < 0)
                    return;
                sinceBracket = 0;
                at += bracket + 1;
            }
        }

        protected override void Dispose(bool disposing)
        {
            unpacked.Dispose();
            base.Dispose(disposing);
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
