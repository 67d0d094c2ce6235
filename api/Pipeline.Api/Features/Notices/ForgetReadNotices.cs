using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Notices;

/// <summary>Removes notices some time after they were read: from each reader's list, and the notice itself once it is in nobody's.</summary>
public sealed class ForgetReadNotices : IRetained
{
    private const int Batch = 1000,
        AtOnce = 500;

    public string Kind => "read-notices";

    public IsoDuration? LengthBy(Retention retention) => retention.ReadNotices;

    public async Task<Removed> RemoveSome(Session session, RetentionRound round)
    {
        var read = await session.Query<DateTimeOffset>(SelectRead, new { before = round.Before, limit = Batch });
        if (read.Count == 0)
            return new Removed(0, More: false);
        var upTo = read[^1];
        var notices = await session.Query<string>(SelectNotices, new { upTo });
        var removed = await session.Execute(DeleteRecipients, new { upTo });
        foreach (var ids in notices.Chunk(AtOnce))
            await session.Execute(DeleteNotices, new { ids });
        session.Note(
            new AuditEntry("retention-applied")
            {
                SubjectKind = "notices",
                SubjectId = Kind,
                Changes = AuditEntry.Between(null, Json.Node(new { removed, readBefore = round.Before })),
            }
        );
        return new Removed(removed, More: read.Count == Batch);
    }

    private const string SelectRead =
        "SELECT read_at FROM notice_recipients WHERE read_at < @before ORDER BY read_at {page}";
    private const string SelectNotices = "SELECT DISTINCT notice_id FROM notice_recipients WHERE read_at <= @upTo";
    private const string DeleteRecipients = "DELETE FROM notice_recipients WHERE read_at <= @upTo";
    private const string DeleteNotices =
        "DELETE FROM notices WHERE id IN @ids AND NOT EXISTS (SELECT r.seq FROM notice_recipients r WHERE r.notice_id = notices.id)";
}
