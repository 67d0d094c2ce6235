using System.Security.Cryptography;

namespace Pipeline.Data;

/// <summary>A copy of the database that was made.</summary>
/// <param name="Hash">SHA-256 of the file, in hexadecimal.</param>
public sealed record BackupMade(DateTimeOffset MadeAt, string FileName, long Size, string Hash);

/// <summary>The copies of the database that are on record, so that it is known how old the last one is.</summary>
public static class Backups
{
    private const int LongestName = 400;

    /// <summary>Puts a copy on record that was just made, by whatever means.</summary>
    /// <exception cref="InvalidOperationException">The file is not there.</exception>
    public static async Task<BackupMade> Record(Database database, string file)
    {
        file = Path.GetFullPath(file);
        if (!File.Exists(file))
            throw new InvalidOperationException($"{file} does not exist.");
        await using var content = File.OpenRead(file);
        var (size, hash) = (content.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(content)));
        var name = file.Length <= LongestName ? file : file[^LongestName..];
        return await database.WriteAnyway(async session =>
        {
            await session.Execute(
                Insert,
                new
                {
                    id = Guid.NewGuid().ToString("N"),
                    now = session.Now,
                    name,
                    size,
                    hash,
                }
            );
            return new BackupMade(session.Now, name, size, hash);
        });
    }

    /// <summary>The last copy on record; null: none is.</summary>
    public static async Task<BackupMade?> Last(Session session) =>
        await session.One<Row>(SelectLast) is { } row
            ? new BackupMade(row.MadeAt, row.FileName, row.Size, row.Hash)
            : null;

    private sealed class Row
    {
        public DateTimeOffset MadeAt { get; init; }
        public required string FileName { get; init; }
        public long Size { get; init; }
        public required string Hash { get; init; }
    }

    private const string Insert =
        "INSERT INTO backups (id, made_at, file_name, size, hash) VALUES (@id, @now, @name, @size, @hash)";
    private const string SelectLast =
        "SELECT made_at, file_name, size, hash FROM backups WHERE made_at = (SELECT MAX(made_at) FROM backups)";
}
