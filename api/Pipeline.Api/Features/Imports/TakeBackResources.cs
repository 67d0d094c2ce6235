using System.Text.Json.Nodes;
using Pipeline.Data;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Land;
using Pipeline.Domain.Rules;
using Pipeline.Store.Chains;
using Pipeline.Store.Events;
using Pipeline.Store.Financing;
using Pipeline.Store.Land;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes land, nodes of chains, events and needs of financing back: withdrawn, removed, called off, retired, as by hand. What others have done with one that the caller may not know of does not keep it (R20).</summary>
internal sealed class TakeBackResources(Session session, Caller caller, RecordKind kind, RuleSet rules)
    : ITakeBackRecords
{
    private readonly Dictionary<string, ChainRow> changedChains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ILookup<string, NodeView>> nodesOf = new(StringComparer.Ordinal);

    /// <summary>A chain that lost nodes counts as changed once, however many they are.</summary>
    public async Task End()
    {
        foreach (var chain in changedChains.Values)
            await StoreNode.Touch(session, chain);
    }

    public Task<StandingRecord?> Find(KeptRecordRow row) =>
        kind switch
        {
            RecordKind.Parcels => Parcel(row),
            RecordKind.ChainNodes => Node(row),
            RecordKind.Events => Event(row),
            _ => Need(row),
        };

    private async Task<StandingRecord?> Parcel(KeptRecordRow row)
    {
        var parcel = (await ParcelRow.ById(session, caller, row.RecordId!))!;
        if (parcel.At == ParcelStatus.Withdrawn)
            return null;
        var by = new List<BuiltOn>();
        if (parcel.At == ParcelStatus.Sold || parcel.StatusFor(caller) == ParcelStatus.Negotiating)
            by.Add(BuiltOn.Land);
        else if (parcel.VersionFor(caller) != row.Trace!.Version)
            by.Add(BuiltOn.Edit);
        return Standing(
            row,
            parcel.Place,
            Permissions.Allows(caller, Act.ManageLand, parcel.RelationOf(caller)),
            by,
            "parcel",
            reason => StoreParcel.TakeBack(session, parcel, reason)
        );
    }

    private async Task<StandingRecord?> Node(KeptRecordRow row)
    {
        var node = await session.One<ChainNodeRow>(
            $"{ChainNodeRow.Select} WHERE n.id = @id",
            new { id = row.RecordId }
        );
        if (node is null)
            return null;
        var chain = (await ChainRow.ById(session, node.ChainId))!;
        if (!nodesOf.TryGetValue(chain.Id, out var nodes))
            nodesOf[chain.Id] = nodes = await ChainNodes.Of(session, caller, [chain.Id], rules);
        var by = new List<BuiltOn>();
        if (!JsonNode.DeepEquals(TakeResources.Stated(StoreNode.FactsOf(node) with { Id = null }), row.Trace!.Facts))
            by.Add(BuiltOn.Edit);
        if (nodes[chain.Id].First(one => one.Id == node.Id).Projects.Count > 0)
            by.Add(BuiltOn.Chain);
        return Standing(
            row,
            node.Name,
            Permissions.Allows(caller, Act.TendChains, chain.RelationOf(caller)),
            by,
            "chain-node",
            async _ =>
            {
                changedChains[chain.Id] = chain;
                await StoreNode.Remove(session, node.Id);
            }
        );
    }

    private async Task<StandingRecord?> Event(KeptRecordRow row)
    {
        var held = (await EventRow.ById(session, row.RecordId!))!;
        if (held.CancelReason is not null)
            return null;
        var values = new
        {
            id = held.Id,
            mine = caller.Unit ?? "",
            me = caller.UserId,
        };
        var by = new List<BuiltOn>();
        if (held.Version != row.Trace!.Version)
            by.Add(BuiltOn.Edit);
        if (await session.One<long>($"{CountResults} AND {EventResultRow.VisibleTo(caller)}", values) > 0)
            by.Add(BuiltOn.Event);
        if (await session.One<long>($"{CountNotices} AND {NoticesKnownTo(caller)}", values) > 0)
            by.Add(BuiltOn.Signing);
        return Standing(
            row,
            held.Name,
            Permissions.Allows(caller, Act.ManageEvents, held.RelationOf(caller)),
            by,
            "event",
            reason => StoreEvent.Cancel(session, held, reason, undone: true)
        );
    }

    private async Task<StandingRecord?> Need(KeptRecordRow row)
    {
        // One that went with its project to another unit is not the caller's to read any more.
        if (await NeedRow.For(session, caller, row.RecordId!) is not { } need)
            return new StandingRecord(row.RowNumber, row.RecordId, row.Original.Values.First(), [BuiltOn.Transfer], _ =>
                Task.CompletedTask
            );
        if (need.RetireReason is not null)
            return null;
        var by = new List<BuiltOn>();
        if (need.Version != row.Trace!.Version)
            by.Add(BuiltOn.Edit);
        if (need.Matches > 0)
            by.Add(BuiltOn.Match);
        return Standing(
            row,
            need.Title,
            Permissions.Allows(caller, Act.ManageNeeds, need.RelationOf(caller)),
            by,
            "financing-need",
            reason => StoreNeed.Retire(session, need, reason)
        );
    }

    /// <summary>A record with what stands against taking it back; that it was taken back is an entry of the trail.</summary>
    private StandingRecord Standing(
        KeptRecordRow row,
        string name,
        bool isCallers,
        List<BuiltOn> by,
        string subject,
        Func<string, Task> takeBack
    ) => new(row.RowNumber, row.RecordId, name, isCallers ? by : [BuiltOn.Transfer], async reason =>
        {
            await takeBack(reason);
            session.Note(
                new AuditEntry("import-undone")
                {
                    SubjectKind = subject,
                    SubjectId = row.RecordId,
                    Reason = reason,
                }
            );
        });

    private static string NoticesKnownTo(Caller caller) =>
        caller.Unit is not null ? "n.jurisdiction_id = @mine"
        : Permissions.ReadsSecret(caller) ? "1 = 1"
        : $"(p.secret = 0 OR {ProjectVisibility.Named})";

    private const string CountResults = $"SELECT COUNT(*) {EventResultRow.From} WHERE r.event_id = @id";
    private const string CountNotices = $"SELECT COUNT(*) {SigningNoticeRow.From} WHERE n.event_id = @id";
}
