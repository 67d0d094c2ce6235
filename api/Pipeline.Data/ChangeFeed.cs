using Pipeline.Domain.Changes;

namespace Pipeline.Data;

/// <summary>A change before it has its number in the feed.</summary>
/// <param name="Type">One of <see cref="ChangeTypes"/>.</param>
/// <param name="At">The instant at which it became true.</param>
/// <param name="SubjectKind">What it is about, as a path names it: <c>projects</c>.</param>
/// <param name="Cause">What brought it about, as far as every reader of it may know.</param>
/// <param name="Readers">The groups of readers that it concerns, besides those who read everything.</param>
public sealed record ChangeEntry(
    string Type,
    DateTimeOffset At,
    string SubjectKind,
    string SubjectId,
    string? Cause,
    IReadOnlyDictionary<string, Seen> Readers
)
{
    public string? ProjectId { get; init; }
    public long? Version { get; init; }

    /// <summary>The version that is told to those who get the public summary alone.</summary>
    public long? PublicVersion { get; init; }

    /// <summary>What the subject is now: a stage, a status, a light.</summary>
    public string? State { get; init; }

    /// <summary>Whether it is closed to leaders who are not named.</summary>
    public bool Secret { get; init; }
}

/// <summary>What happened in a session that the change feed tells of. Whom it concerns is known when everything else is done.</summary>
public interface INotedChanges
{
    /// <summary>Adds what was noted to the session's changes, as the last thing before they are numbered.</summary>
    Task AddTo(Session session);
}

/// <summary>Numbers changes in the order of commits: under the lock of the audit trail, by a count that stands beside its head. So there are no holes, and who has read up to a number has missed nothing.</summary>
public static class ChangeFeed
{
    /// <summary>Adds the session's changes; the number of the last.</summary>
    /// <param name="last">The number of the last before.</param>
    /// <param name="auditSeq">The first entry of the audit trail that tells of the same commit.</param>
    public static long Append(Session session, long last, long auditSeq)
    {
        foreach (var change in session.Changes)
        {
            last++;
            session.Add(
                Changes,
                [
                    last,
                    change.At,
                    session.Now,
                    change.Type,
                    change.SubjectKind,
                    change.SubjectId,
                    change.ProjectId,
                    change.Version,
                    change.PublicVersion,
                    change.Cause,
                    change.State,
                    change.Secret ? 1 : 0,
                    auditSeq,
                ]
            );
        }

        var seq = last - session.Changes.Count;
        foreach (var change in session.Changes)
        {
            seq++;
            session.Add(Readers, change.Readers.Select(reader => new object?[] { reader.Key, seq, (int)reader.Value }));
        }

        return last;
    }

    private static readonly BulkTable Changes = new(
        "changes",
        "seq",
        "at",
        "recorded_at",
        "type",
        "subject_kind",
        "subject_id",
        "project_id",
        "version",
        "public_version",
        "cause",
        "state",
        "secret",
        "audit_seq"
    );

    private static readonly BulkTable Readers = new("change_readers", "reader", "seq", "seen");
}
