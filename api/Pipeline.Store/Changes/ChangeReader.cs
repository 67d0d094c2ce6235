using Pipeline.Data;
using Pipeline.Domain.Changes;

namespace Pipeline.Store.Changes;

/// <summary>A change as it is stored, with when its subject was open to the reader.</summary>
public sealed class ChangeRow
{
    public long Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    public required string Type { get; init; }
    public required string SubjectKind { get; init; }
    public required string SubjectId { get; init; }
    public string? ProjectId { get; init; }
    public long? Version { get; init; }
    public long? PublicVersion { get; init; }
    public string? Cause { get; init; }
    public string? State { get; init; }
    public bool Secret { get; init; }
    public int? Seen { get; init; }
    public int? SeenAsLeader { get; init; }

    public const string Columns =
        "c.seq, c.at, c.recorded_at, c.type, c.subject_kind, c.subject_id, c.project_id, c.version, c.public_version, c.cause, c.state, c.secret";
}

/// <summary>What a caller reads of the feed: as far as it concerns its groups, in the order of commits. What the caller may read of that today is asked of each entry.</summary>
public static class ChangeReader
{
    /// <summary>The acts by which what a change tells of is read.</summary>
    private static readonly IReadOnlyDictionary<string, Act> ActOfKind = new Dictionary<string, Act>(
        StringComparer.Ordinal
    )
    {
        ["projects"] = Act.ReadProjects,
        ["claims"] = Act.ReadClaims,
        ["moves"] = Act.ReadMoves,
        ["signing-notices"] = Act.ReadSigningNotices,
        ["transfers"] = Act.ReadTransfers,
        ["capital"] = Act.ReadCapital,
        ["problems"] = Act.ReadProblems,
        ["removals"] = Act.ReadRemovals,
        ["meetings"] = Act.ReadMeetings,
        ["leader-batches"] = Act.ReadLeaderBatches,
        ["matches"] = Act.ReadNeeds,
        ["periods"] = Act.ReadPeriods,
        ["bulletins"] = Act.ReadBulletins,
        ["targets"] = Act.ReadTargets,
    };

    /// <summary>Whether the caller reads changes of this kind at all.</summary>
    public static bool Reads(Caller caller, string subjectKind, string type) =>
        Permissions.Allows(caller, ActOfKind[subjectKind])
        && (type != ChangeTypes.LightTurned || Permissions.Allows(caller, Act.ReadLights));

    /// <summary>The groups that a caller belongs to; empty: the centre and auditors, whom everything concerns.</summary>
    public static IReadOnlyList<string> GroupsOf(Caller caller) =>
        caller.Role switch
        {
            Role.Coordinator or Role.Auditor => [],
            Role.Leader => [ProjectAudience.Leaders, caller.UserId],
            _ => caller.JurisdictionId is { } unit ? [ProjectAudience.Everybody, unit] : [ProjectAudience.Everybody],
        };

    /// <summary>The changes that concern a caller after a number, in order.</summary>
    /// <param name="upTo">The number of the last that is looked at.</param>
    public static async Task<List<(ChangeRow Row, Seen Seen)>> After(
        Session session,
        Caller caller,
        long after,
        long upTo,
        int limit
    )
    {
        var groups = GroupsOf(caller);
        if (groups.Count == 0)
            return
            [
                .. (
                    await session.Query<ChangeRow>(
                        SelectAll,
                        new
                        {
                            after,
                            upTo,
                            limit,
                        }
                    )
                ).Select(row => (row, Seen.Throughout)),
            ];
        if (caller.Role == Role.Leader)
            return
            [
                .. (
                    await session.Query<ChangeRow>(
                        SelectOfLeader,
                        new
                        {
                            after,
                            upTo,
                            me = caller.UserId,
                            limit,
                        }
                    )
                ).Select(row => (row, OfLeader(row))),
            ];
        var rows = new SortedDictionary<long, (ChangeRow Row, Seen Seen)>();
        foreach (var reader in groups)
        {
            foreach (
                var row in await session.Query<ChangeRow>(
                    SelectOfGroup,
                    new
                    {
                        reader,
                        after,
                        upTo,
                        limit,
                    }
                )
            )
                rows[row.Seq] = (row, rows.GetValueOrDefault(row.Seq).Seen | (Seen)row.Seen!.Value);
        }

        return [.. rows.Values.Take(limit)];
    }

    /// <summary>The number and the instant up to which everything is in the feed.</summary>
    public static Task<long> Head(Session session) => session.One<long>(SelectHead);

    /// <summary>To all leaders what is not secret was open throughout, unless the entry says otherwise.</summary>
    private static Seen OfLeader(ChangeRow row) =>
        (
            row.SeenAsLeader is { } all ? (Seen)all
            : row.Secret ? Seen.Never
            : Seen.Throughout
        ) | (Seen)(row.Seen ?? 0);

    private const string SelectHead = "SELECT change_seq FROM audit_head WHERE id = 1";

    private const string SelectAll =
        $"SELECT {ChangeRow.Columns} FROM changes c WHERE c.seq > @after AND c.seq <= @upTo ORDER BY c.seq {{page}}";

    private const string SelectOfLeader = $$"""
        SELECT {{ChangeRow.Columns}}, m.seen, l.seen AS seen_as_leader FROM changes c
        LEFT JOIN change_readers m ON m.reader = @me AND m.seq = c.seq
        LEFT JOIN change_readers l ON l.reader = 'leaders' AND l.seq = c.seq
        WHERE c.seq > @after AND c.seq <= @upTo AND (c.secret = 0 OR m.seen IS NOT NULL OR l.seen IS NOT NULL)
        ORDER BY c.seq {page}
        """;

    private const string SelectOfGroup = $$"""
        SELECT {{ChangeRow.Columns}}, r.seen FROM change_readers r JOIN changes c ON c.seq = r.seq
        WHERE r.reader = @reader AND r.seq > @after AND r.seq <= @upTo
        ORDER BY r.seq {page}
        """;
}
