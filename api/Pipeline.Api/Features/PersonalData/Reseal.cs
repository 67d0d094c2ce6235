using Pipeline.Api.Data;

namespace Pipeline.Api.Features.PersonalData;

/// <summary>Seals everything anew under the first of the configured keys, so that an older key can be retired. Safe to run while the system works, and to run again.</summary>
public static class Reseal
{
    private static readonly (string Table, string Column)[] Places =
    [
        ("projects", "contacts"),
        ("claims", "contacts"),
        ("former_owners", "snapshot"),
        ("users", "totp_secret"),
        ("notice_settings", "address"),
        ("idempotency_keys", "body"),
    ];

    /// <summary>How many values were sealed anew.</summary>
    public static async Task<int> Run(Database database)
    {
        var count = 0;
        foreach (var (table, column) in Places)
        {
            while (true)
            {
                var done = await database.Write(async session =>
                {
                    var stale = (
                        await session.Query<string>(
                            $"SELECT {column} FROM {table} WHERE {column} IS NOT NULL AND {column} <> '' AND {column} NOT LIKE @current {{page}}",
                            new { current = $"{session.Vault.Prefix}%", limit = 500 }
                        )
                    )
                        .Distinct()
                        .ToList();
                    foreach (var old in stale)
                        await session.Execute(
                            $"UPDATE {table} SET {column} = @renewed WHERE {column} = @old",
                            new { old, renewed = session.Vault.Seal(session.Vault.Open(old)) }
                        );
                    return stale.Count;
                });
                if (done == 0)
                    break;
                count += done;
            }
        }

        return count;
    }
}
