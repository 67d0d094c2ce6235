using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Land;

/// <summary>Offers a parcel again when the project that negotiates about it ends, or becomes another unit's (R132).</summary>
public sealed class LandSubscriber : IEventSubscriber
{
    public async Task On(Session session, IDomainEvent happened)
    {
        var projectId = happened switch
        {
            ProjectTransferred transferred => transferred.ProjectId,
            MoveTookEffect { Move: var move } when move.ToStage == Slug.Of(Stage.Terminated) => move.ProjectId,
            ClaimsSettled settled
                when settled.Settlement.Changes.Any(change => change.After.Status == ClaimStatus.Active) =>
                settled.ProjectId,
            _ => null,
        };
        if (projectId is null || (await session.Query<Held>(SelectHeld, new { projectId })).Count == 0)
            return;
        await session.Lock(LockName.Resources);
        foreach (var held in await session.Query<Held>(SelectHeld, new { projectId }))
        {
            await session.ExecuteOnOne(Release, new { id = held.Id, now = session.Now });
            Timeline.Add(
                session,
                projectId,
                EntryKind.LandReleased,
                null,
                held.JurisdictionId,
                after: new { parcelId = held.Id, place = held.Place }
            );
        }
    }

    private sealed class Held
    {
        public required string Id { get; init; }
        public required string JurisdictionId { get; init; }
        public required string Place { get; init; }
    }

    private const string SelectHeld = """
        SELECT l.id, l.jurisdiction_id, l.place FROM parcels l JOIN projects p ON p.id = l.project_id
        WHERE l.project_id = @projectId AND l.status = 'negotiating' AND (p.stage = 'terminated' OR p.owner_id <> l.jurisdiction_id)
        """;

    // Others saw it as offered all the time.
    private const string Release =
        "UPDATE parcels SET status = 'offered', project_id = NULL, version = version + 1, updated_at = @now WHERE id = @id AND status = 'negotiating'";
}
