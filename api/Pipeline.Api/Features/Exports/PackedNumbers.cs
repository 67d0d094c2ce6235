namespace Pipeline.Api.Features.Exports;

/// <summary>Many numbers kept in little: of each the difference from the one before, in as many bytes as it needs.</summary>
public sealed class PackedNumbers
{
    private const int Block = 1 << 16;

    private readonly List<byte[]> blocks = [];
    private int used = Block;
    private long last;

    public void Add(long number)
    {
        // The sign is the lowest bit, so that small differences are short whichever way they go.
        var difference = number - last;
        var rest = (ulong)((difference << 1) ^ (difference >> 63));
        last = number;
        while (rest >= 0x80)
        {
            Put((byte)(rest | 0x80));
            rest >>= 7;
        }

        Put((byte)rest);
    }

    /// <summary>The numbers in the order in which they were added.</summary>
    public IEnumerable<long> All()
    {
        var (number, rest, shift) = (0L, 0UL, 0);
        for (var n = 0; n < blocks.Count; n++)
        {
            var block = blocks[n];
            var end = n == blocks.Count - 1 ? used : Block;
            for (var at = 0; at < end; at++)
            {
                rest |= (ulong)(block[at] & 0x7f) << shift;
                shift += 7;
                if (block[at] >= 0x80)
                    continue;
                number += (long)(rest >> 1) ^ -(long)(rest & 1);
                (rest, shift) = (0, 0);
                yield return number;
            }
        }
    }

    private void Put(byte value)
    {
        if (used == Block)
        {
            blocks.Add(new byte[Block]);
            used = 0;
        }

        blocks[^1][used++] = value;
    }
}
