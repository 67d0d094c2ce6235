using Pipeline.Data;
using Pipeline.Domain.LeaderLinks;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells of an issued batch: each leader how many projects are linked to and closed for him or her, each unit of each of its projects (R81).</summary>
public static class LeaderNotices
{
    public static async Task Issued(Session session, LeaderBatchIssued happened)
    {
        foreach (
            var leader in happened.Made.Concat(happened.Closed).GroupBy(link => link.LeaderId, StringComparer.Ordinal)
        )
            await Notice.Tell(
                session,
                NoticeKind.LeaderBatchIssued,
                Audience.Person(leader.Key),
                happened.BatchId,
                new NoticeFacts
                {
                    Name = $"{happened.Number}",
                    Linked = leader.Count(link => link.EndedOn is null),
                    Closed = leader.Count(link => link.EndedOn is not null),
                },
                by: happened.Actor
            );
        foreach (var link in happened.Made)
            await Tell(session, NoticeKind.LeaderLinked, link, happened);
        foreach (var link in happened.Closed.Where(link => link.End != LinkEnd.Replaced))
            await Tell(session, NoticeKind.LeaderUnlinked, link, happened);
    }

    private static Task<bool> Tell(Session session, NoticeKind kind, LeaderLinkRow link, LeaderBatchIssued happened) =>
        Notice.Tell(
            session,
            kind,
            Audience.Unit(link.OwnerId),
            $"{link.Id}:{happened.Number}",
            new NoticeFacts
            {
                Name = link.ProjectName,
                Secret = link.Secret,
                Title = link.LeaderName,
                End = link.End,
            },
            projectId: link.ProjectId,
            by: happened.Actor
        );
}
