using Pipeline.Data;
using Pipeline.Domain.Libraries;
using Pipeline.Store.Financing;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes entries of libraries back: they are retired, as by hand. What others have done with an entry that the caller may not know of does not keep it, as it does not keep it from being retired (R20).</summary>
internal sealed class TakeBackLibraryEntries(Session session, Caller caller) : ITakeBackRecords
{
    public Task End() => Task.CompletedTask;

    public async Task<StandingRecord?> Find(KeptRecordRow row)
    {
        var entry = (await LibraryRow.ById(session, Slug.To<Library>(row.Trace!.Key!), row.RecordId!))!;
        if (entry.IsRetired)
            return null;
        var by = new List<BuiltOn>();
        if (!Permissions.Allows(caller, Act.EditLibraries, entry.RelationOf(caller)))
            by.Add(BuiltOn.Transfer);
        else if (entry.VerifiedOn is not null)
            by.Add(BuiltOn.Verification);
        else if (entry.Version != row.Trace.Version)
            by.Add(BuiltOn.Edit);
        var values = new
        {
            id = entry.Id,
            mine = caller.Unit ?? "",
            me = caller.UserId,
        };
        if (await session.One<long>($"{CountMatches} AND {NeedRow.VisibleTo(caller)}", values) > 0)
            by.Add(BuiltOn.Match);
        if (await session.One<long>(CountInvestments, values) > 0)
            by.Add(BuiltOn.FundInvestment);
        if (await session.One<long>(CountVisits, values) > 0)
            by.Add(BuiltOn.Visit);
        return new StandingRecord(row.RowNumber, entry.Id, entry.Name, by, reason =>
            StoreEntry.Retire(session, caller, entry, reason)
        );
    }

    private const string CountMatches =
        "SELECT COUNT(*) FROM matches m JOIN financing_needs n ON n.id = m.need_id LEFT JOIN projects p ON p.id = n.project_id WHERE m.party_id = @id";
    private const string CountInvestments = "SELECT COUNT(*) FROM fund_investments WHERE fund_id = @id";
    private const string CountVisits = "SELECT COUNT(*) FROM foreign_visits WHERE enterprise_id = @id";
}
