using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Team;
using Pipeline.Store.Transfers;

namespace Pipeline.Store.Team;

/// <summary>Ends that somebody is on the team of a project. The caller holds the project's lock.</summary>
public static class EndMembership
{
    /// <param name="lastDay">The last day on the team.</param>
    /// <param name="actor">Who ended it; null: it ended with the owner.</param>
    public static async Task As(
        Session session,
        TeamMemberRow row,
        MembershipEnd reason,
        DateOnly lastDay,
        Caller? actor,
        string? note
    )
    {
        await session.ExecuteOnOne(
            Update,
            new
            {
                id = row.Id,
                toOn = lastDay,
                reason = Slug.Of(reason),
                note,
                by = actor?.UserId,
                byName = actor?.DisplayName,
                now = session.Now,
                version = row.Version,
            }
        );
        Timeline.Add(
            session,
            row.ProjectId,
            EntryKind.TeamMemberLeft,
            actor,
            row.JurisdictionId,
            note: note,
            before: new { lastDay = row.ToOn },
            after: new
            {
                memberId = row.Id,
                memberName = row.Name,
                teamRole = row.As,
                lastDay,
                endReason = reason == MembershipEnd.Left ? null : (MembershipEnd?)reason,
            }
        );
    }

    private const string Update = """
        UPDATE team_members SET to_on = @toOn, end_reason = @reason, end_note = @note, ended_by = @by, ended_by_name = @byName, ended_at = @now, version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
}

/// <summary>The team of a project ends when the project becomes another unit's: by a transfer, or because its claim passes on (R43a, R83a).</summary>
public sealed class TeamSubscriber : IEventSubscriber
{
    public async Task On(Session session, IDomainEvent happened)
    {
        var (projectId, at) = happened switch
        {
            ProjectTransferred transferred => (transferred.ProjectId, session.Now),
            ClaimsSettled settled => (PassedOnAt(settled) is null ? null : settled.ProjectId, PassedOnAt(settled)),
            _ => ((string?)null, (DateTimeOffset?)null),
        };
        if (projectId is null)
            return;
        var day = Shanghai.DateOf(at!.Value);
        foreach (
            var row in (await TeamMemberRow.OfProject(session, projectId)).Where(row =>
                row.JurisdictionId != row.OwnerId && row.EndReason is null
            )
        )
        {
            // What was settled late may have begun behind the day on which the project left.
            if (TeamRules.LastDayAt(row.ToOn, day) is { } lastDay)
                await EndMembership.As(
                    session,
                    row,
                    MembershipEnd.OwnerChanged,
                    lastDay < row.FromOn ? row.FromOn : lastDay,
                    null,
                    null
                );
        }
    }

    /// <summary>When a claim became active that was not.</summary>
    private static DateTimeOffset? PassedOnAt(ClaimsSettled settled) =>
        settled
            .Settlement.Changes.Where(change => change.After.Status == ClaimStatus.Active)
            .Select(change => (DateTimeOffset?)change.At)
            .FirstOrDefault();
}
