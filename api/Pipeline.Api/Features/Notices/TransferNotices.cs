using Pipeline.Data;
using Pipeline.Domain.Transfers;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells the two units and the centre how a transfer goes (R40); nobody else, the queue least of all (R43a).</summary>
public static class TransferNotices
{
    public static async Task Proceeded(Session session, TransferProceeded happened)
    {
        var (row, actor) = (happened.Transfer, happened.Actor);
        var facts = new NoticeFacts
        {
            Name = row.Offered.Name,
            Secret = row.Secret,
            Transfer = row.Stored,
            Until = row.AcceptUntil,
            Reason = row.EndNote,
        };
        switch (row.Stored)
        {
            case TransferStatus.Proposed:
                await Tell(NoticeKind.TransferProposed, Audience.Unit(row.ToId), facts with { Reason = row.Reason });
                if (row.ByCentre)
                    await Tell(
                        NoticeKind.TransferProposed,
                        Audience.Unit(row.FromId),
                        facts with
                        {
                            Reason = row.Reason,
                        }
                    );
                break;
            case TransferStatus.Accepted:
                await Tell(
                    NoticeKind.TransferAccepted,
                    Audience.Unit(row.FromId),
                    facts with
                    {
                        Until = row.DecideUntil,
                    }
                );
                await Tell(
                    NoticeKind.TransferAccepted,
                    Audience.Coordinators,
                    facts with
                    {
                        Until = row.DecideUntil,
                        Unit = row.ToName,
                    }
                );
                break;
            default:
                await Tell(NoticeKind.TransferEnded, Audience.Unit(row.FromId), facts);
                await Tell(NoticeKind.TransferEnded, Audience.Unit(row.ToId), facts);
                break;
        }

        Task Tell(NoticeKind kind, Audience audience, NoticeFacts told) =>
            Notice.Tell(
                session,
                kind,
                audience,
                $"{row.Id}:{Slug.Of(row.Stored)}",
                audience.Name == row.ToId && !row.IsKnownToReceiver ? told with { Name = null } : told,
                // The receiver knows the project by its transfer alone, and of a blind one not what it is.
                projectId: audience.Name == row.ToId ? null : row.ProjectId,
                by: actor,
                transferId: row.Id
            );
    }
}

/// <summary>Tells the centre of signings to come, and a unit that its notice was late or missing (R31, R32).</summary>
public static class SigningNoticeNotices
{
    public static Task Filed(Session session, SigningNoticeFiled happened) =>
        Notice.Tell(
            session,
            NoticeKind.SigningNoticeFiled,
            Audience.Coordinators,
            $"{happened.Notice.Id}:{happened.Notice.Version}",
            new NoticeFacts
            {
                Name = happened.Notice.ProjectName,
                Secret = happened.Notice.Secret,
                Unit = happened.Notice.JurisdictionName,
                On = happened.Notice.PlannedOn,
            },
            projectId: happened.Notice.ProjectId,
            by: happened.Actor
        );

    public static Task Flagged(Session session, SigningFlagged happened) =>
        Notice.Tell(
            session,
            NoticeKind.SigningFlagged,
            Audience.Unit(happened.Move.JurisdictionId),
            happened.Move.Id,
            new NoticeFacts
            {
                Name = happened.Move.ProjectName,
                Secret = happened.Move.Secret,
                MoveId = happened.Move.Id,
                Flag = happened.Flag,
            },
            projectId: happened.Move.ProjectId,
            by: happened.Actor
        );
}
