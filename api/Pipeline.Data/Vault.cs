using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Data;

/// <summary>Seals personal data and secrets at rest: AES-256-GCM under the first of the configured keys. Older keys still open what they sealed; <c>reseal</c> moves it to the first.</summary>
public sealed class Vault
{
    private const string Mark = "sealed:";
    private readonly List<(string Id, byte[] Key)> keys;
    private readonly byte[] marks;

    /// <param name="configured">Key ids and 256-bit keys, the one that seals first.</param>
    /// <param name="own">The installation's own key: it seals where none is configured, and always opens what it sealed.</param>
    /// <param name="marks">The key of the hashes that personal data is found by.</param>
    public Vault(IEnumerable<(string Id, byte[] Key)> configured, byte[] own, byte[] marks)
    {
        keys = [.. configured, ("own", own)];
        this.marks = marks;
        if (keys.Select(key => key.Id).Distinct(StringComparer.Ordinal).Count() != keys.Count)
            throw new InvalidOperationException("Privacy:Keys: two keys have the same id.");
    }

    /// <summary>Reads <c>Privacy:Keys</c>: <c>id:base64</c>, several separated by <c>;</c>.</summary>
    /// <exception cref="InvalidOperationException">A key is not 32 bytes of Base64 with an id.</exception>
    public static IEnumerable<(string Id, byte[] Key)> Configured(string? setting)
    {
        foreach (
            var part in (setting ?? "").Split(
                ';',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            var (id, text) = part.IndexOf(':', StringComparison.Ordinal) is > 0 and var at
                ? (part[..at], part[(at + 1)..])
                : ("", "");
            var key = new byte[33];
            if (
                id.Length is 0 or > 20
                || !id.All(char.IsAsciiLetterOrDigit)
                || !Convert.TryFromBase64String(text, key, out var length)
                || length != 32
            )
                throw new InvalidOperationException(
                    "Privacy:Keys must be \"id:key\" with an id of letters and digits and a key of 32 bytes in Base64; several are separated by semicolons."
                );
            yield return (id, key[..32]);
        }
    }

    public string Seal(string text)
    {
        var (id, key) = keys[0];
        var plain = Encoding.UTF8.GetBytes(text);
        var sealed_ = new byte[12 + plain.Length + 16];
        RandomNumberGenerator.Fill(sealed_.AsSpan(0, 12));
        using var cipher = new AesGcm(key, 16);
        cipher.Encrypt(
            sealed_.AsSpan(0, 12),
            plain,
            sealed_.AsSpan(12, plain.Length),
            sealed_.AsSpan(12 + plain.Length),
            Encoding.UTF8.GetBytes(id)
        );
        return $"{Prefix}{Convert.ToBase64String(sealed_)}";
    }

    /// <summary>The text that was sealed; text from before there was a seal is returned as it is.</summary>
    /// <exception cref="UnreadableRecordException">Its key is not configured, or it was altered.</exception>
    public string Open(string stored)
    {
        if (!stored.StartsWith(Mark, StringComparison.Ordinal))
            return stored;
        var parts = stored.Split(':', 3);
        if (parts.Length < 3)
            throw new UnreadableRecordException("Sealed personal data was altered.");
        var key = keys.FirstOrDefault(known => known.Id == parts[1]).Key
            ?? throw new UnreadableRecordException(
                $"The key '{parts[1]}', under which personal data was sealed, is not among Privacy:Keys."
            );
        try
        {
            return Decrypted(parts[1], key, Convert.FromBase64String(parts[2]));
        }
        catch (Exception error) when (error is CryptographicException or FormatException or OverflowException)
        {
            throw new UnreadableRecordException("Sealed personal data was altered.", error);
        }
    }

    /// <summary>Opens what was sealed, if it can be opened.</summary>
    public bool TryOpen(string stored, out string text)
    {
        try
        {
            text = Open(stored);
            return true;
        }
        catch (UnreadableRecordException)
        {
            text = "";
            return false;
        }
    }

    private static string Decrypted(string id, byte[] key, byte[] sealed_)
    {
        var plain = new byte[sealed_.Length - 28];
        using var cipher = new AesGcm(key, 16);
        cipher.Decrypt(
            sealed_.AsSpan(0, 12),
            sealed_.AsSpan(12, plain.Length),
            sealed_.AsSpan(12 + plain.Length),
            plain,
            Encoding.UTF8.GetBytes(id)
        );
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>What everything sealed under the first key begins with.</summary>
    public string Prefix => $"{Mark}{keys[0].Id}:";

    /// <summary>A keyed hash by which a value can be found again, and from which it cannot be guessed without the key.</summary>
    public string MarkOf(string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(marks, Encoding.UTF8.GetBytes(value)));
}
