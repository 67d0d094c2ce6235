using System.Security.Cryptography;
using System.Text;
using Pipeline.Data;

namespace Pipeline.Api.Http;

/// <summary>The signing key of the installation (<c>Auth:SigningKey</c>) and the keys derived from it; the same on every instance.</summary>
public sealed class Secrets
{
    /// <summary>How a key begins that lay beside an embedded database: its bytes follow.</summary>
    private const string OfFile = "base64:";

    private readonly byte[] master;

    private readonly string? privacyKeys;

    public Secrets(IConfiguration configuration, IDialect dialect)
    {
        privacyKeys = configuration["Privacy:Keys"];
        var configured = configuration["Auth:SigningKey"];
        if (!string.IsNullOrWhiteSpace(configured))
        {
            if (configured.Length < 32)
                throw new InvalidOperationException("Auth:SigningKey must have at least 32 characters.");
            master = configured.StartsWith(OfFile, StringComparison.Ordinal)
                ? KeyOfFile(configured[OfFile.Length..])
                : SHA256.HashData(Encoding.UTF8.GetBytes(configured));
            return;
        }

        master = BesideTheDatabase(
            dialect.File
                ?? throw new InvalidOperationException(
                    "Auth:SigningKey is required with SQL Server: the same on every instance."
                )
        );
    }

    private static byte[] KeyOfFile(string base64)
    {
        var key = new byte[33];
        return Convert.TryFromBase64String(base64, key, out var length) && length == 32
            ? key[..32]
            : throw new InvalidOperationException(
                "Auth:SigningKey begins with base64:, but what follows is no key: it must be the 32 bytes of a .key file in base64."
            );
    }

    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>What seals personal data: <c>Privacy:Keys</c>, else a key of the installation's own.</summary>
    public Pipeline.Data.Vault Vault() =>
        new(Pipeline.Data.Vault.Configured(privacyKeys), Derive("personal-data"), Derive("person-marks"));

    private static byte[] BesideTheDatabase(IDatabaseFile database)
    {
        var path = Path.ChangeExtension(database.Path, ".key");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
            Make(path);
        var key = File.ReadAllBytes(path);
        return key.Length == 32
            ? key
            : throw new InvalidOperationException(
                $"{path} is no signing key: it has {key.Length} bytes instead of 32. Put the key back from a backup, or set Auth:SigningKey."
            );
    }

    /// <summary>Makes the key under another name and then gives it its own: nobody finds half a key, and of several processes one is first.</summary>
    private static void Make(string path)
    {
        var made = $"{path}.{Ids.New()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(made, options))
            file.Write(RandomNumberGenerator.GetBytes(32));
        try
        {
            File.Move(made, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first; its key is the key.
            File.Delete(made);
        }
    }
}
