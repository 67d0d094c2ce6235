using System.Buffers.Binary;
using System.Text;

namespace Pipeline.Api.Features.Imports;

/// <summary>The streams of a compound file, the wrapping of Office documents of old ([MS-CFB]).</summary>
internal sealed class CompoundFile
{
    private const int HeaderSize = 512,
        InHeader = 109,
        EntrySize = 128,
        MiniSize = 64,
        Root = 5;
    private const uint LastRegular = 0xFFFFFFFA;

    private readonly byte[] content;
    private readonly int sectorSize;
    private readonly int miniCutoff;
    private readonly List<uint> table = [];
    private readonly byte[] directory;
    private readonly List<uint> miniTable;

    private CompoundFile(byte[] content)
    {
        this.content = content;
        sectorSize = BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(30)) == 12 ? 4096 : 512;
        miniCutoff = Number(56);
        ReadTable();
        directory = Chain((uint)Number(48), table, At, sectorSize);
        var mini = Chain((uint)Number(60), table, At, sectorSize);
        miniTable = Numbers(mini);
    }

    public static bool Is(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);

    /// <exception cref="UnreadableSheetException">It is broken.</exception>
    public static CompoundFile Open(byte[] content)
    {
        if (content.Length < HeaderSize)
            throw new UnreadableSheetException("sheet-broken");
        return new CompoundFile(content);
    }

    /// <summary>The content of a stream, by its name without regard to case; null where there is none.</summary>
    public byte[]? Find(string name)
    {
        (uint Start, int Size)? found = null,
            root = null;
        for (var at = 0; at + EntrySize <= directory.Length; at += EntrySize)
        {
            var entry = directory.AsSpan(at, EntrySize);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
            var stream = (
                BinaryPrimitives.ReadUInt32LittleEndian(entry[116..]),
                BinaryPrimitives.ReadInt32LittleEndian(entry[120..])
            );
            if (entry[66] == Root)
                root = stream;
            else if (
                length is > 2 and <= 64
                && Encoding.Unicode.GetString(entry[..(length - 2)]).Equals(name, StringComparison.OrdinalIgnoreCase)
            )
                found = stream;
        }

        if (found is not { Size: >= 0 } wanted)
            return null;
        if (wanted.Size >= miniCutoff || root is null)
            return Cut(Chain(wanted.Start, table, At, sectorSize), wanted.Size);
        var small = Chain(root.Value.Start, table, At, sectorSize);
        return Cut(
            Chain(
                wanted.Start,
                miniTable,
                sector =>
                    (long)sector * MiniSize is var from && from + MiniSize <= small.Length
                        ? small.AsMemory((int)from, MiniSize)
                        : default,
                MiniSize
            ),
            wanted.Size
        );
    }

    private static byte[] Cut(byte[] stream, int size) => size < stream.Length ? stream[..size] : stream;

    private int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(at));

    private void ReadTable()
    {
        var sectors = Numbers(content.AsSpan(76, InHeader * 4));
        var (next, most) = ((uint)Number(68), content.Length / sectorSize + 1);
        for (var turns = 0; next < LastRegular && turns < most; turns++)
        {
            var more = Numbers(At(next).Span);
            if (more.Count == 0)
                break;
            sectors.AddRange(more[..^1]);
            next = more[^1];
        }

        foreach (var sector in sectors.Where(sector => sector < LastRegular).Take(most))
            table.AddRange(Numbers(At(sector).Span));
    }

    private ReadOnlyMemory<byte> At(uint sector)
    {
        var from = ((long)sector + 1) * sectorSize;
        return from + 1 > content.Length
            ? default
            : content.AsMemory((int)from, (int)Math.Min(sectorSize, content.Length - from));
    }

    private static List<uint> Numbers(ReadOnlySpan<byte> bytes)
    {
        var numbers = new List<uint>(bytes.Length / 4);
        for (var at = 0; at + 4 <= bytes.Length; at += 4)
            numbers.Add(BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]));
        return numbers;
    }

    /// <summary>The sectors from one on, each of which names the next; a chain that bites its tail ends.</summary>
    private byte[] Chain(uint start, List<uint> next, Func<uint, ReadOnlyMemory<byte>> sectorAt, int size)
    {
        using var stream = new MemoryStream();
        var most = content.Length / size + 1;
        for (var sector = start; sector < LastRegular && most-- > 0; sector = next[(int)sector])
        {
            stream.Write(sectorAt(sector).Span);
            if (sector >= next.Count)
                break;
        }

        return stream.ToArray();
    }
}
