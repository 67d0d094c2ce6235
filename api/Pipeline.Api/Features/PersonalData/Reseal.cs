using Pipeline.Data;

namespace Pipeline.Api.Features.PersonalData;

/// <summary>Seals everything anew under the first of the configured keys, so that an older key can be retired. Safe to run while the system works, and to run again.</summary>
public static class Reseal
{
    private const int Batch = 500;

    /// <summary>What is sealed, and the primary key of its table: one or two columns.</summary>
    private static readonly (string Table, string Column, string Key, string? SecondKey)[] Places =
    [
        ("projects", "contacts", "id", null),
        ("claims", "contacts", "id", null),
        ("former_owners", "snapshot", "project_id", "jurisdiction_id"),
        ("users", "totp_secret", "id", null),
        ("library_entries", "contacts", "id", null),
        ("office_leads", "contacts", "id", null),
        ("notice_settings", "address", "user_id", null),
        ("idempotency_keys", "body", "key_hash", null),
    ];

    /// <summary>What was sealed anew, and what no configured key opens.</summary>
    /// <param name="Unreadable">Table and key of each.</param>
    public sealed record Result(int Resealed, IReadOnlyList<string> Unreadable);

    public static async Task<Result> Run(Database database)
    {
        var (count, unreadable) = (0, new List<string>());
        foreach (var (table, column, key, secondKey) in Places)
        {
            var second = secondKey ?? "''";
            var select = $"""
                SELECT {key} AS id, {second} AS second_id, {column} AS sealed FROM {table}
                WHERE {column} IS NOT NULL AND {column} <> '' AND {column} NOT LIKE @current AND ({key} > @id OR ({key} = @id AND {second} > @secondId))
                ORDER BY {(secondKey is null ? key : $"{key}, {secondKey}")} {"{page}"}
                """;
            var update =
                $"UPDATE {table} SET {column} = @renewed WHERE {key} = @id AND {second} = @secondId AND {column} = @sealed";
            for (
                var last = new Row
                {
                    Id = "",
                    SecondId = "",
                    Sealed = "",
                };
                ;

            )
            {
                var (next, resealed, failed) = await database.Write(session =>
                    ResealSome(session, select, update, last)
                );
                count += resealed;
                unreadable.AddRange(failed.Select(row => $"{table} {row.Id} {row.SecondId}".TrimEnd()));
                if (next is null)
                    break;
                last = next;
            }
        }

        return new Result(count, unreadable);
    }

    private static async Task<(Row? Last, int Resealed, IReadOnlyList<Row> Failed)> ResealSome(
        Session session,
        string select,
        string update,
        Row last
    )
    {
        await session.Lock(LockName.Intake);
        await session.Lock(LockName.Resources);
        await session.Lock(LockName.Library);
        var current = $"{session.Vault.Prefix}%";
        var stale = await session.Query<Row>(
            select,
            new
            {
                id = last.Id,
                secondId = last.SecondId,
                current,
                limit = Batch,
            }
        );
        var failed = new List<Row>();
        foreach (var row in stale)
        {
            if (!session.Vault.TryOpen(row.Sealed, out var text))
            {
                failed.Add(row);
                continue;
            }

            await session.Execute(
                update,
                new
                {
                    id = row.Id,
                    secondId = row.SecondId,
                    @sealed = row.Sealed,
                    renewed = session.Vault.Seal(text),
                }
            );
        }

        return (stale.Count == Batch ? stale[^1] : null, stale.Count - failed.Count, failed);
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string SecondId { get; init; }
        public required string Sealed { get; init; }
    }
}
