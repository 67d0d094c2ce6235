using System.Buffers.Binary;

namespace Pipeline.Api.Features.Files;

/// <summary>Which files are taken: those that are what they are called.</summary>
public static class FileKinds
{
    public const long MaxSize = 20L << 20;

    /// <summary>The content type that a file's bytes show, or null for one that is not taken, or is not what its extension says.</summary>
    public static string? Detect(ReadOnlySpan<byte> content, string name)
    {
        var extension = Path.GetExtension(name).ToLowerInvariant();
        return extension switch
        {
            ".pdf" when content.StartsWith("%PDF-"u8) => "application/pdf",
            ".png" when content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) =>
                "image/png",
            ".jpg" or ".jpeg" when content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => "image/jpeg",
            ".gif" when content.StartsWith("GIF8"u8) => "image/gif",
            ".webp" when content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) =>
                "image/webp",
            ".docx" when IsOffice(content, "word/"u8) =>
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".xlsx" when IsOffice(content, "xl/"u8) =>
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".pptx" when IsOffice(content, "ppt/"u8) =>
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ".zip" when Archive(content, ""u8) is not null => "application/zip",
            ".doc"
            or ".xls"
            or ".ppt"
            or ".wps"
            or ".et" when content.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) =>
                "application/octet-stream",
            ".txt" or ".csv" when !content.Contains((byte)0) => "text/plain",
            _ => null,
        };
    }

    private static bool IsOffice(ReadOnlySpan<byte> content, ReadOnlySpan<byte> folder) =>
        Archive(content, folder) is (true, true);

    /// <summary>What the directory of a zip archive names: the list of an Office document's content types, and anything in a folder; null for no archive. Nothing is unpacked, so that it costs no more than the file is long.</summary>
    private static (bool HasTypes, bool HasFolder)? Archive(ReadOnlySpan<byte> content, ReadOnlySpan<byte> folder)
    {
        const int EndLength = 22,
            EntryLength = 46;
        if (!content.StartsWith("PK\x03\x04"u8))
            return null;

        // The end of the directory is the last record, but for a comment of at most 64 KiB.
        var tail = Math.Max(0, content.Length - EndLength - ushort.MaxValue);
        var end = tail + content[tail..].LastIndexOf("PK\x05\x06"u8);
        if (end < tail || content.Length - end < EndLength)
            return null;
        var count = BinaryPrimitives.ReadUInt16LittleEndian(content[(end + 10)..]);
        long at = BinaryPrimitives.ReadUInt32LittleEndian(content[(end + 16)..]);
        var (hasTypes, hasFolder) = (false, false);
        for (var entry = 0; entry < count; entry++)
        {
            if (at + EntryLength > end || !content[(int)at..].StartsWith("PK\x01\x02"u8))
                return null;
            var head = content[(int)at..];
            var length = BinaryPrimitives.ReadUInt16LittleEndian(head[28..]);
            if (at + EntryLength + length > end)
                return null;
            var name = head.Slice(EntryLength, length);
            hasTypes |= name.SequenceEqual("[Content_Types].xml"u8);
            hasFolder |= name.StartsWith(folder);
            at +=
                EntryLength
                + length
                + BinaryPrimitives.ReadUInt16LittleEndian(head[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(head[32..]);
        }

        return (hasTypes, hasFolder);
    }
}
