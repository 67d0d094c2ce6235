using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Store;

/// <summary>Opaque ids: random, so that nothing can be read from them.</summary>
public static class Ids
{
    private const int Length = 32;

    /// <summary>The shape of an id, for descriptions.</summary>
    public const string Pattern = "^[0-9a-f]{32}$";

    public static string New() => Guid.NewGuid().ToString("N");

    /// <summary>Whether something has the shape of an id: 32 lower-case hexadecimal digits. Anything else is the id of nothing; SQL Server would take one with a blank behind it for the one without.</summary>
    public static bool IsWellFormed(string id) => id.Length == Length && id.All(char.IsAsciiHexDigitLower);
}
