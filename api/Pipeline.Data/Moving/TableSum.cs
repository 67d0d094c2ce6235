using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Data.Moving;

/// <summary>How many rows a table has, and the sum of their hashes: equal for the same rows in any order, on any engine.</summary>
public sealed class TableSum : IEquatable<TableSum>
{
    private UInt128 sum;

    public long Rows { get; private set; }

    /// <summary>Adds a row's values.</summary>
    public void Add(object?[] row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[5];
        foreach (var value in row)
        {
            var (kind, bytes) = value switch
            {
                null => ((byte)0, []),
                long number => ((byte)1, Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture))),
                string text => ((byte)2, Encoding.UTF8.GetBytes(text)),
                DateTimeOffset instant => ((byte)2, Encoding.UTF8.GetBytes(Iso.Text(instant))),
                DateOnly date => (
                    (byte)2,
                    Encoding.UTF8.GetBytes(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                ),
                var blob => ((byte)3, (byte[])blob),
            };

            // Kind and length before each value: no two rows are the same bytes.
            head[0] = kind;
            BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
            hash.AppendData(head);
            hash.AppendData(bytes);
        }

        sum = unchecked(sum + BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset()));
        Rows++;
    }

    public bool Equals(TableSum? other) => other is not null && Rows == other.Rows && sum == other.sum;

    public override bool Equals(object? obj) => Equals(obj as TableSum);

    public override int GetHashCode() => HashCode.Combine(Rows, sum);

    public override string ToString() => $"{Rows} rows, sum {sum:x}";
}
