using Pipeline.Api.Features.Audit;
using Pipeline.Api.Features.PersonalData;
using Pipeline.Data;
using Pipeline.Data.Moving;

namespace Pipeline.Api.Commands;

/// <summary>What is done from the console instead of serving. Every command answers 0 when all is well, 1 when something is not, and says what.</summary>
public sealed class CommandLine(
    Database database,
    Anchors anchors,
    RuleBooks ruleBooks,
    StartUp startUp,
    MoveTo moveTo,
    Rehearsal rehearsal
)
{
    /// <summary>The commands that need the configured database.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "migrate",
        "check",
        "backup",
        "record-backup",
        "rehearse",
        "restore",
        "move-to",
        "verify-audit",
        "reseal",
    ];

    /// <summary>Whether the arguments are a command that needs nothing but a file.</summary>
    public static int? Offline(string[] args)
    {
        if (args is not ["verify-receipts", var file, ..])
            return args is ["verify-receipts"] ? Say("verify-receipts FILE [PUBLIC-KEY]", 1) : null;
        if (!File.Exists(file))
            return Say($"{file} does not exist.", 1);
        var result = VerifyReceiptFile.Verify(File.ReadLines(file), args.ElementAtOrDefault(2));
        return result.Error is { } error
            ? Say($"The receipts do not hold: {error} (checked {result.Checked})", 1)
            : Say($"The receipts hold: {result.Checked}, signed by {result.PublicKey}", 0);
    }

    public async Task<int> Run(string[] args)
    {
        try
        {
            if (args[0] is not ("migrate" or "restore") && Missing() is { } missing)
                return Say($"There is no database {missing}.", 1);
            return args switch
            {
                ["migrate", ..] => await startUp.MigrateOnly(),
                ["check", ..] => await Check(),
                ["backup", var file, ..] => await Made(file),
                ["record-backup", var file, ..] => Noted(await Backups.Record(database, file)),
                ["rehearse", var file, ..] => await rehearsal.Run(file) is { Count: > 0 } found
                    ? Tell(found)
                    : Say("Rehearsed: the copy can be restored, and everything holds in it.", 0),
                ["restore", var file, ..] => Restored(file),
                ["move-to", var provider, ..] => await Moved(provider, args.ElementAtOrDefault(2)),
                ["move-to"] => Say(MoveTo.Usage, 1),
                ["verify-audit", ..] => await Audit(args.ElementAtOrDefault(1)),
                ["reseal", ..] => await Resealed(),
                _ => Say($"{args[0]} FILE", 1),
            };
        }
        catch (InvalidOperationException error)
        {
            return Say(error.Message, 1);
        }
    }

    /// <summary>Integrity of the file (SQLite), invariants, chains, anchors.</summary>
    private async Task<int> Check()
    {
        if (database.Dialect.File is { } file && file.FindDamage(file.Path) is { } damage)
            return Say($"The database is damaged: {damage}", 1);
        if (await database.Read(LibraryMove.IsUnfinished))
            return Say(LibraryMove.Unfinished, 1);
        var violations = await database.Read(session => Invariants.Violations(session, anchors, ruleBooks));
        Console.WriteLine(
            await database.Read(Backups.Last) is { } last
                ? $"The last backup on record is of {Iso.Text(last.MadeAt)}: {last.FileName}"
                : "No backup is on record."
        );
        return violations.Count == 0 ? Say("Everything holds.", 0) : Tell(violations);
    }

    private async Task<int> Moved(string provider, string? connection)
    {
        var violations = await moveTo.Run(provider, connection, Console.WriteLine);
        foreach (var violation in violations)
            Console.WriteLine(violation);
        return violations.Count == 0
            ? Say(
                "Moved: everything is there, and everything holds. Now let the service be configured to its new place, with the same keys and the same file of anchors; the old database was left as it is.",
                0
            )
            : Say(
                $"The copy is equal to the library, but {violations.Count} things do not hold, there as here: see check. No service will start on the copy.",
                1
            );
    }

    private async Task<int> Audit(string? file)
    {
        var result = await database.Read(session => VerifyAudit.Verify(session, anchors, file));
        return result.FirstBroken is { } broken
            ? Say($"The audit trail is broken at entry {broken.Seq}: {broken.Reason}", 1)
            : Say($"The audit trail holds: {result.Checked} entries, {result.AnchorsChecked} anchors", 0);
    }

    /// <summary>The file of the embedded database, where there is none: looking into it would make an empty one.</summary>
    private string? Missing() => database.Dialect.File is { } file && !File.Exists(file.Path) ? file.Path : null;

    private async Task<int> Resealed()
    {
        var (resealed, unreadable) = await Reseal.Run(database);
        foreach (var record in unreadable)
            Console.WriteLine($"No configured key opens {record}");
        return Say($"Sealed anew: {resealed}", unreadable.Count == 0 ? 0 : 1);
    }

    private async Task<int> Made(string file)
    {
        DatabaseFile().CopyTo(file);
        try
        {
            await Backups.Record(database, file);
        }
        catch (System.Data.Common.DbException error)
        {
            // A database of before knows of no such record; the copy is whole all the same.
            Console.WriteLine($"It is not on record: {error.Message}");
        }

        return Say($"Copied to {Path.GetFullPath(file)}", 0);
    }

    private static int Noted(BackupMade made) =>
        Say($"On record: {made.FileName}, {made.Size} bytes, SHA-256 {made.Hash}", 0);

    private static int Tell(IReadOnlyList<string> violations)
    {
        foreach (var violation in violations)
            Console.WriteLine(violation);
        return Say($"{violations.Count} things do not hold.", 1);
    }

    private int Restored(string file) =>
        DatabaseFile().ReplaceBy(file, database.Clock.HostNow) is { } kept
            ? Say($"Restored. What was there is kept as {kept}", 0)
            : Say("Restored.", 0);

    private IDatabaseFile DatabaseFile() =>
        database.Dialect.File
        ?? throw new InvalidOperationException(
            "On SQL Server use BACKUP DATABASE and RESTORE DATABASE; see docs/operations.md."
        );

    private static int Say(string text, int code)
    {
        Console.WriteLine(text);
        return code;
    }
}
