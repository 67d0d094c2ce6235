using System.Text.Json;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Http;
using Pipeline.Data;

namespace Pipeline.Api.Commands;

/// <summary>Restores a backup in a place of its own and checks all of it there, so that it is known to be one before it is needed (<c>rehearse</c>). Nothing else is touched, and nothing is left.</summary>
public sealed class Rehearsal(
    Database database,
    Anchors anchors,
    RuleBooks ruleBooks,
    Secrets secrets,
    IConfiguration configuration
)
{
    /// <summary>What does not hold in the copy, in words.</summary>
    /// <exception cref="InvalidOperationException">It cannot be restored; the message says why.</exception>
    public async Task<IReadOnlyList<string>> Run(string file)
    {
        if (database.Dialect.File is null)
            throw new InvalidOperationException(
                "On SQL Server restore the backup as another database, and run check with ConnectionStrings:Pipeline set to it."
            );
        var folder = Directory.CreateTempSubdirectory("pipeline-rehearsal-").FullName;
        try
        {
            var copy = Path.Combine(folder, "rehearsal.db");
            var dialect = DatabaseEngines.Choose(database.Dialect.Name, $"Data Source={copy}");
            try
            {
                dialect.File!.ReplaceBy(file, database.Clock.HostNow);
                using var restored = new Database(dialect, database.Clock, database.Vault);
                return await Check(restored, Path.Combine(folder, "anchors.jsonl"));
            }
            finally
            {
                (dialect as IDisposable)?.Dispose();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<IReadOnlyList<string>> Check(Database restored, string anchorFile)
    {
        var (here, there) = (
            await database.Read(session => session.Query<AppliedMigration>(Migrator.AppliedScripts)),
            await restored.Read(session => session.Query<AppliedMigration>(Migrator.AppliedScripts))
        );
        if (!here.Select(one => one.Name).SequenceEqual(there.Select(one => one.Name)))
            throw new InvalidOperationException(
                $"The copy has the schema {there.FirstOrDefault()?.Name}, the database {here.FirstOrDefault()?.Name}: nothing was migrated. Rehearse it with the program that made it."
            );

        // Anchors that were kept after the copy was made tell of entries that it cannot have.
        var head = await restored.Read(session => session.One<long>("SELECT seq FROM audit_head WHERE id = 1"));
        await File.WriteAllLinesAsync(
            anchorFile,
            anchors
                .Read()
                .Where(anchor => anchor.AuditSeq <= head)
                .Select(anchor => JsonSerializer.Serialize(anchor, Json.Options))
        );
        using var ofThen = new Anchors(
            restored,
            secrets,
            new ConfigurationBuilder()
                .AddConfiguration(configuration)
                .AddInMemoryCollection(
                    new Dictionary<string, string?> { ["Audit:AnchorFile"] = anchorFile, ["Audit:AnchorUrl"] = null }
                )
                .Build()
        );
        return await restored.Read(session => Invariants.Violations(session, ofThen, ruleBooks));
    }
}
