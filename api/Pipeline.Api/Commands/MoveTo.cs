using Pipeline.Api.Features.Audit;
using Pipeline.Data;
using Pipeline.Data.Moving;

namespace Pipeline.Api.Commands;

/// <summary>Moves the library to an empty database of the other engine, or of the same (<c>move-to</c>).</summary>
public sealed class MoveTo(
    Database source,
    Layout layout,
    Anchors anchors,
    RuleBooks ruleBooks,
    IConfiguration configuration
)
{
    public const string Usage =
        "move-to sqlite|sqlserver [CONNECTION]; without CONNECTION the setting ConnectionStrings:Target says where to";

    /// <summary>Moves it, and checks what was moved; what does not hold there is answered.</summary>
    /// <exception cref="InvalidOperationException">It cannot be done; the message says why.</exception>
    public async Task<IReadOnlyList<string>> Run(string provider, string? connection, Action<string> say)
    {
        connection ??= configuration.GetConnectionString("Target");
        if (string.IsNullOrWhiteSpace(provider) || string.IsNullOrWhiteSpace(connection))
            throw new InvalidOperationException(Usage);
        var dialect = DatabaseEngines.Choose(provider, connection);
        try
        {
            RefuseItself(dialect);
            BringKey(dialect);
            using var target = new Database(dialect, source.Clock, source.Vault);
            var move = new LibraryMove(source, target, layout.Migrations, say);
            await move.Copy();
            say("Checking the copy: audit trail, receipts, ledger, and what must hold");
            var violations = await target.Read(session => Invariants.Violations(session, anchors, ruleBooks));
            if (violations.Count == 0)
                await move.End();
            return violations;
        }
        finally
        {
            (dialect as IDisposable)?.Dispose();
        }
    }

    private void RefuseItself(IDialect dialect)
    {
        if (dialect.File is { } file && file.Path == source.Dialect.File?.Path)
            throw new InvalidOperationException($"{file.Path} is the database itself.");
    }

    /// <summary>The key beside an embedded database goes where the library goes; a server has no such place.</summary>
    private void BringKey(IDialect dialect)
    {
        if (!string.IsNullOrWhiteSpace(configuration["Auth:SigningKey"]) || source.Dialect.File is not { } here)
            return;
        if (dialect.File is not { } there)
            throw new InvalidOperationException(
                $"With SQL Server the key has to stand in the configuration. Set the one that this library has, here and on every instance to come, or nobody's contacts can be read there: Auth__SigningKey=\"base64:$(base64 -w0 '{here.KeyFile}')\""
            );
        Directory.CreateDirectory(Path.GetDirectoryName(there.KeyFile)!);
        if (!File.Exists(there.KeyFile))
            File.Copy(here.KeyFile, there.KeyFile);
        else if (!File.ReadAllBytes(there.KeyFile).SequenceEqual(File.ReadAllBytes(here.KeyFile)))
            throw new InvalidOperationException(
                $"{there.KeyFile} is the key of another library; it was left as it is. Put it away, or move to another place."
            );
    }
}
