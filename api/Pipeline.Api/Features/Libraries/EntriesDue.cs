using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Store.Libraries;

namespace Pipeline.Api.Features.Libraries;

/// <summary>The entries that their keeper is to verify, lest they turn grey (R130): a unit's own, the centre's own for the centre.</summary>
public sealed class EntriesDue : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.VerifyLibraries))
            return [];
        var where = new Conditions();
        if (caller.Unit is { } unit)
            where.Add("e.keeper_id = @mine", "mine", unit);
        else
            where.Add("e.keeper_id IS NULL");
        where.Add("e.retired_at IS NULL");
        var rows = await window.ByDay<LibraryRow>(
            session,
            $"SELECT {LibraryRow.Columns} {LibraryRow.From}",
            where,
            "e.grey_from",
            "e.seq"
        );
        return rows.Select(row =>
            window.OnDay(
                DueKind.EntryToVerify,
                Domain.Libraries.LibraryRules.GreyFrom(row.TrustedSince),
                new DueSubject("library-entry", row.Id),
                row.Name,
                $"/libraries/{row.Library}?entry={row.Id}",
                row.Seq
            ) with
            {
                Jurisdiction = row.KeeperId is null ? null : new UnitRef(row.KeeperId, row.KeeperName!),
            }
        );
    }
}
