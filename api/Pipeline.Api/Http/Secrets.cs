using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Pipeline.Api.Http;

/// <summary>The signing key of the installation (<c>Auth:SigningKey</c>) and the keys derived from it; the same on every instance.</summary>
public sealed class Secrets
{
    private readonly byte[] master;

    private readonly string? privacyKeys;

    public Secrets(IConfiguration configuration)
    {
        privacyKeys = configuration["Privacy:Keys"];
        var configured = configuration["Auth:SigningKey"];
        if (!string.IsNullOrWhiteSpace(configured))
        {
            if (configured.Length < 32)
                throw new InvalidOperationException("Auth:SigningKey must have at least 32 characters.");
            master = SHA256.HashData(Encoding.UTF8.GetBytes(configured));
            return;
        }

        if (configuration["Database:Provider"] == "sqlserver")
            throw new InvalidOperationException(
                "Auth:SigningKey is required with SQL Server: the same on every instance."
            );
        master = BesideTheDatabase(
            new SqliteConnectionStringBuilder(configuration.GetConnectionString("Pipeline")).DataSource
        );
    }

    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>What seals personal data: <c>Privacy:Keys</c>, else a key of the installation's own.</summary>
    public Data.Vault Vault() =>
        new(Data.Vault.Configured(privacyKeys), Derive("personal-data"), Derive("person-marks"));

    private static byte[] BesideTheDatabase(string database)
    {
        var path = Path.ChangeExtension(Path.GetFullPath(database), ".key");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(32));
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first; its key is the key.
        }

        var key = File.ReadAllBytes(path);
        return key.Length == 32 ? key : throw new InvalidOperationException($"{path} is no signing key of 32 bytes.");
    }
}

/// <summary>Opaque ids: random, so that nothing can be read from them.</summary>
public static class Ids
{
    private const int Length = 32;

    public static string New() => Guid.NewGuid().ToString("N");

    /// <summary>Whether something has the shape of an id: 32 lower-case hexadecimal digits. Anything else is the id of nothing; SQL Server would take one with a blank behind it for the one without.</summary>
    public static bool IsWellFormed(string id) => id.Length == Length && id.All(char.IsAsciiHexDigitLower);
}
