using Pipeline.Data;
using Pipeline.Domain.Capital;

namespace Pipeline.Api.Features.Notices;

/// <summary>Capital waits for the centre; an entry was verified, returned or reversed (R61, R64).</summary>
public static class CapitalNotices
{
    public static Task Submitted(Session session, CapitalSubmitted happened) =>
        Notice.Tell(
            session,
            NoticeKind.CapitalSubmitted,
            Audience.Coordinators,
            happened.Entry.Id,
            Of(happened.Entry) with
            {
                Unit = happened.Entry.JurisdictionName,
            },
            projectId: happened.Entry.ProjectId,
            by: happened.Actor
        );

    /// <summary>Tells the centre once of a whole sheet.</summary>
    public static Task Imported(Session session, CapitalImported happened) =>
        Notice.Tell(
            session,
            NoticeKind.CapitalImported,
            Audience.Coordinators,
            $"{happened.Actor.UserId}:{Slug.Stamp(session.Now)}:{happened.Unit}",
            new NoticeFacts
            {
                Name = happened.Entries.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Unit = happened.Unit,
            },
            by: happened.Actor
        );

    /// <summary>Tells the unit whose entry it was.</summary>
    public static Task Decided(Session session, CapitalDecided happened) =>
        Notice.Tell(
            session,
            NoticeKind.CapitalDecided,
            Audience.Unit(happened.Entry.JurisdictionId),
            $"{happened.Entry.Id}:{happened.Entry.Status}",
            Of(happened.Entry) with
            {
                Capital = happened.Entry.At,
                Reason = happened.Entry.Reason,
            },
            projectId: happened.Entry.ProjectId,
            by: happened.Actor
        );

    private static NoticeFacts Of(CapitalRow entry) =>
        new()
        {
            Name = entry.ProjectName,
            Secret = entry.Secret,
            Capital = CapitalStatus.Pending,
            On = entry.OccurredOn,
        };
}
