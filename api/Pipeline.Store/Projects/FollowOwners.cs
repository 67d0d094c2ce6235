using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Store.Projects;

/// <summary>Hands a project's needs of financing and the result of an event that it is to its new owner, so that lists of a unit's are found by the unit.</summary>
public sealed class FollowOwners : IEventSubscriber
{
    public async Task On(Session session, IDomainEvent happened)
    {
        var projectId = happened switch
        {
            ProjectTransferred transferred => transferred.ProjectId,
            ClaimsSettled settled
                when settled.Settlement.Changes.Any(change => change.After.Status == ClaimStatus.Active) =>
                settled.ProjectId,
            _ => null,
        };
        if (projectId is null || await session.One<string>(SelectStayed, new { projectId }) is null)
            return;
        await session.Lock(LockName.Resources);
        await session.Execute(HandNeeds, new { projectId, now = session.Now });
        await session.Execute(HandResults, new { projectId, now = session.Now });
    }

    private const string SelectStayed = """
        SELECT n.id FROM financing_needs n JOIN projects p ON p.id = n.project_id WHERE n.project_id = @projectId AND n.unit_id <> p.owner_id
        UNION SELECT r.id FROM event_results r JOIN projects p ON p.id = r.project_id WHERE r.project_id = @projectId AND r.unit_id <> p.owner_id
        """;
    private const string HandNeeds = """
        UPDATE financing_needs SET unit_id = (SELECT p.owner_id FROM projects p WHERE p.id = @projectId), version = version + 1, updated_at = @now
        WHERE project_id = @projectId AND unit_id <> (SELECT p.owner_id FROM projects p WHERE p.id = @projectId)
        """;
    private const string HandResults = """
        UPDATE event_results SET unit_id = (SELECT p.owner_id FROM projects p WHERE p.id = @projectId), version = version + 1, updated_at = @now
        WHERE project_id = @projectId AND unit_id <> (SELECT p.owner_id FROM projects p WHERE p.id = @projectId)
        """;
}
