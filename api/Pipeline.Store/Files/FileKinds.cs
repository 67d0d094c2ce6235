using System.Buffers.Binary;
using System.Text;

namespace Pipeline.Store.Files;

/// <summary>Which files are taken: those that are what they are called.</summary>
public static class FileKinds
{
    public const long MaxSize = 20L << 20;

    /// <summary>The content type that a file's bytes show, or null for one that is not taken, or is not what its extension says.</summary>
    public static string? Detect(Stream content, string name)
    {
        Span<byte> room = stackalloc byte[16];
        var start = room[..content.ReadAtLeast(room, room.Length, throwOnEndOfStream: false)];
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".pdf" when start.StartsWith("%PDF-"u8) => "application/pdf",
            ".png" when start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) =>
                "image/png",
            ".jpg" or ".jpeg" when start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => "image/jpeg",
            ".gif" when start.StartsWith("GIF8"u8) => "image/gif",
            ".webp" when start.Length > 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8) =>
                "image/webp",
            ".docx" when IsOffice(content, "word/"u8) =>
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".xlsx" when IsOffice(content, "xl/"u8) =>
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".pptx" when IsOffice(content, "ppt/"u8) =>
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ".heic" or ".heif" when IsHeif(start) => "image/heic",

            // GB/T 33190: an archive with OFD.xml at its root.
            ".ofd" when Archive(content, "OFD.xml"u8) is (_, true) => "application/ofd",
            ".zip" when Archive(content, ""u8) is not null => "application/zip",
            ".doc"
            or ".xls"
            or ".ppt"
            or ".wps"
            or ".et" when start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) => "application/octet-stream",
            ".txt" or ".csv" when !HasZero(content) => "text/plain",
            _ => null,
        };
    }

    /// <summary>ISO 23008-12: a file of boxes, the first of which says that it holds a still picture.</summary>
    private static bool IsHeif(ReadOnlySpan<byte> start) =>
        start.Length >= 12
        && start[4..].StartsWith("ftyp"u8)
        && Encoding.ASCII.GetString(start.Slice(8, 4))
            is "heic"
                or "heix"
                or "heim"
                or "heis"
                or "hevc"
                or "mif1"
                or "msf1";

    private static bool HasZero(Stream content)
    {
        content.Position = 0;
        var piece = new byte[16 << 10];
        while (content.Read(piece) is > 0 and var read)
        {
            if (piece.AsSpan(0, read).Contains((byte)0))
                return true;
        }

        return false;
    }

    private static bool IsOffice(Stream content, ReadOnlySpan<byte> folder) => Archive(content, folder) is (true, true);

    /// <summary>What the directory of a zip archive names: the list of an Office document's content types, and anything in a folder; null for no archive. Nothing is unpacked, so that it costs no more than the file is long.</summary>
    private static (bool HasTypes, bool HasFolder)? Archive(Stream content, ReadOnlySpan<byte> folder)
    {
        const int EndLength = 22,
            EntryLength = 46;
        var head = new byte[EntryLength];
        if (!Read(content, 0, head.AsSpan(0, 4)) || !head.AsSpan().StartsWith("PK\x03\x04"u8))
            return null;

        // The end of the directory is the last record, but for a comment of at most 64 KiB.
        var tail = new byte[Math.Min(content.Length, EndLength + ushort.MaxValue)];
        if (!Read(content, content.Length - tail.Length, tail))
            return null;
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndLength)
            return null;
        var count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        long at = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        var last = content.Length - tail.Length + end;
        content.Position = at;
        var (hasTypes, hasFolder) = (false, false);
        for (var entry = 0; entry < count; entry++)
        {
            if (
                at + EntryLength > last
                || content.ReadAtLeast(head, EntryLength, throwOnEndOfStream: false) < EntryLength
                || !head.AsSpan().StartsWith("PK\x01\x02"u8)
            )
                return null;
            var name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(28))];
            if (
                at + EntryLength + name.Length > last
                || content.ReadAtLeast(name, name.Length, throwOnEndOfStream: false) < name.Length
            )
                return null;
            hasTypes |= name.AsSpan().SequenceEqual("[Content_Types].xml"u8);
            hasFolder |= name.AsSpan().StartsWith(folder);
            at +=
                EntryLength
                + name.Length
                + BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(30))
                + BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(32));
            content.Position = at;
        }

        return (hasTypes, hasFolder);
    }

    private static bool Read(Stream content, long at, Span<byte> into)
    {
        if (at < 0 || at + into.Length > content.Length)
            return false;
        content.Position = at;
        return content.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;
    }
}
