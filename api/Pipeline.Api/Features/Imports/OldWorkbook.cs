using System.Buffers.Binary;
using System.Text;
using ExcelDataReader;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>Workbooks of Excel 95 to 2003 (.xls), and those that WPS writes as .et. Their format ends at 65,536 rows and 256 columns, and nothing in it is packed.</summary>
internal static class OldWorkbook
{
    // Records of [MS-XLS] 2.3.
    private const int EndOfFile = 0x0A,
        DateMode = 0x22,
        FilePass = 0x2F,
        BoundSheet = 0x85,
        BoolErr = 0x0205,
        Formula = 0x06,
        BeginningOfFile = 0x0809;

    public static bool Is(ReadOnlySpan<byte> content) => CompoundFile.Is(content);

    /// <exception cref="UnreadableSheetException">It is protected, broken, or another kind of document in the same wrapping.</exception>
    public static IReadOnlyList<RegisterSheet> Read(byte[] content, CancellationToken cancel)
    {
        var file = CompoundFile.Open(content);
        // A workbook of today under a password comes in this wrapping as well.
        if (file.Find("EncryptedPackage") is not null)
            throw new UnreadableSheetException("sheet-protected");
        if ((file.Find("Workbook") ?? file.Find("Book")) is not { } stream)
            throw new UnreadableSheetException("register-save-as");
        var seen = Look(stream);
        return WorkbookSheets.Read(
            () =>
                ExcelReaderFactory.CreateBinaryReader(
                    new MemoryStream(content, writable: false),
                    new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding("GB18030") }
                ),
            seen.Days1904,
            cancel,
            seen.Errors
        );
    }

    /// <summary>What the reader does not tell: from when days count, and which cells hold an error, by sheet, row and column from 0.</summary>
    private static (bool Days1904, IReadOnlyDictionary<(int Sheet, int Row, int Column), string> Errors) Look(
        byte[] stream
    )
    {
        var (days1904, sheet) = (false, -1);
        var errors = new Dictionary<(int, int, int), string>();
        var starts = new Dictionary<int, int>();
        for (var at = 0; at + 4 <= stream.Length; )
        {
            var (kind, length) = (
                BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(at)),
                BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(at + 2))
            );
            if (at + 4 + length > stream.Length)
                break;
            var data = stream.AsSpan(at + 4, length);
            switch (kind)
            {
                case BeginningOfFile:
                    sheet = starts.GetValueOrDefault(at, sheet);
                    break;
                case FilePass:
                    throw new UnreadableSheetException("sheet-protected");
                case DateMode when length >= 2:
                    days1904 = data[0] == 1;
                    break;
                case BoundSheet when length >= 4:
                    starts.TryAdd(BinaryPrimitives.ReadInt32LittleEndian(data), starts.Count);
                    break;
                case BoolErr when length >= 8 && data[7] == 1:
                    errors[Place(data, sheet)] = ErrorText(data[6]);
                    break;
                // The result of a formula that is no number: 2 is an error.
                case Formula when length >= 14 && data is [_, _, _, _, _, _, 2, _, _, _, _, _, 0xFF, 0xFF, ..]:
                    errors[Place(data, sheet)] = ErrorText(data[8]);
                    break;
            }

            at += 4 + length;
        }

        return (days1904, errors);
    }

    private static (int, int, int) Place(ReadOnlySpan<byte> cell, int sheet) =>
        (sheet, BinaryPrimitives.ReadUInt16LittleEndian(cell), BinaryPrimitives.ReadUInt16LittleEndian(cell[2..]));

    // [MS-XLS] 2.5.10.
    private static string ErrorText(byte code) =>
        code switch
        {
            0x00 => "#NULL!",
            0x07 => "#DIV/0!",
            0x0F => "#VALUE!",
            0x17 => "#REF!",
            0x1D => "#NAME?",
            0x24 => "#NUM!",
            0x2A => "#N/A",
            _ => "#ERROR!",
        };
}
