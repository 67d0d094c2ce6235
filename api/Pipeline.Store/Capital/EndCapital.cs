using Pipeline.Data;
using Pipeline.Domain.Capital;

namespace Pipeline.Store.Capital;

/// <summary>Returns an entry of capital that waits, or reverses one that counts (R61, R64), and tells of it. The caller holds the lock of the project.</summary>
public static class EndCapital
{
    /// <summary>Returns an entry that waits.</summary>
    public static Task Return(Session session, Caller caller, CapitalRow row, string reason) =>
        Store(session, caller, row, SetReturned, EntryKind.CapitalReturned, reason);

    /// <summary>Reverses an entry that counts.</summary>
    public static Task Reverse(Session session, Caller caller, CapitalRow row, string reason) =>
        Store(session, caller, row, SetReversed, EntryKind.CapitalReversed, reason);

    private static async Task Store(
        Session session,
        Caller caller,
        CapitalRow row,
        string statement,
        EntryKind entry,
        string reason
    )
    {
        await session.ExecuteOnOne(
            statement,
            new
            {
                id = row.Id,
                reason,
                by = caller.UserId,
                byName = caller.DisplayName,
                now = session.Now,
            }
        );
        await Tell(session, caller, row, entry, reason);
    }

    /// <summary>Tells on the timeline, and to whom it concerns, what was decided of an entry.</summary>
    public static async Task Tell(Session session, Caller caller, CapitalRow row, EntryKind entry, string? reason)
    {
        Timeline.Add(
            session,
            row.ProjectId,
            entry,
            caller,
            row.JurisdictionId,
            occurredOn: row.OccurredOn,
            note: reason,
            before: new { status = row.At },
            after: new { capitalId = row.Id, amount = row.Paid }
        );
        await StoreProject.Touch(session, row.ProjectId, publicly: false);
        await session.Raise(new CapitalDecided((await CapitalRow.ById(session, row.Id))!, caller));
    }

    private const string SetReturned = """
        UPDATE capital_entries SET status = 'returned', decided_by = @by, decided_by_name = @byName, decided_at = @now, reason = @reason, version = version + 1, updated_at = @now
        WHERE id = @id AND status = 'pending'
        """;
    private const string SetReversed = """
        UPDATE capital_entries SET status = 'reversed', reversed_by = @by, reversed_by_name = @byName, reversed_at = @now, reason = @reason, version = version + 1, updated_at = @now
        WHERE id = @id AND status = 'verified'
        """;
}
