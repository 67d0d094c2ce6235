using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Bulletins;

namespace Pipeline.Store.Bulletins;

/// <summary>A bulletin was drafted and waits for a second person (R118).</summary>
public sealed record BulletinDrafted(BulletinRow Bulletin, Caller Actor) : IDomainEvent;

/// <summary>A bulletin was issued (R118).</summary>
public sealed record BulletinIssued(BulletinRow Bulletin, Caller Actor) : IDomainEvent;

/// <summary>An issued bulletin is no longer what the centre says (R109, R118).</summary>
public sealed record BulletinSuperseded(BulletinRow Bulletin, Caller Actor) : IDomainEvent;

/// <summary>A bulletin as it is stored.</summary>
public sealed class BulletinRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Period { get; init; }
    public required string Kind { get; init; }
    public required string Template { get; init; }
    public int Places { get; init; }
    public string? Note { get; init; }
    public required string Status { get; init; }

    /// <summary>The snapshot that its figures are read from.</summary>
    public required string SnapshotId { get; init; }
    public long SnapshotVersion { get; init; }
    public required string DraftedBy { get; init; }
    public required string DraftedByName { get; init; }
    public DateTimeOffset DraftedAt { get; init; }
    public string? IssuedBy { get; init; }
    public string? IssuedByName { get; init; }
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Its number among those issued in the year, and that year.</summary>
    public int? IssueYear { get; init; }
    public int? Number { get; init; }
    public string? Hash { get; init; }
    public string? SupersededBy { get; init; }
    public string? SupersededByName { get; init; }
    public DateTimeOffset? SupersededAt { get; init; }
    public string? SupersedeReason { get; init; }
    public long Version { get; init; }

    public BulletinStatus At => Slug.To<BulletinStatus>(Status);

    public bool IsIssued => IssuedAt is not null;

    /// <summary>The bulletin, or null when it does not exist for this caller.</summary>
    public static async Task<BulletinRow?> For(Session session, Caller caller, string id) =>
        await ById(session, id) is { } row && (row.IsIssued || ReadsDrafts(caller)) ? row : null;

    /// <summary>Whether the caller reads what is not issued: who reads every project of the city, since drafts are made anew from all of them.</summary>
    public static bool ReadsDrafts(Caller caller) => VisibleLedger.IsWhole(caller);

    public static async Task<BulletinRow?> ById(Session session, string id) =>
        Ids.IsWellFormed(id) ? await session.One<BulletinRow>($"{Select} WHERE b.id = @id", new { id }) : null;

    /// <summary>What an issued one says; null of a draft.</summary>
    public static Task<string?> ContentOf(Session session, string id) => session.One<string>(SelectContent, new { id });

    /// <summary>The bulletin that was issued last before another, of the same kind and year; null where there is none.</summary>
    public static Task<BulletinRow?> LastBefore(Session session, BulletinRow row) =>
        session.One<BulletinRow>(
            SelectLast,
            new
            {
                kind = row.Kind,
                first = row.Period[..4],
                period = row.Period,
                seq = row.Seq,
                limit = 1,
            }
        );

    /// <summary>Those of a period, whichever of its snapshots they rest on, that are not superseded.</summary>
    public static Task<List<BulletinRow>> RestingOn(Session session, string period) =>
        session.Query<BulletinRow>(
            $"{Select} WHERE s.period = @period AND b.status IN ('draft', 'issued') ORDER BY b.seq",
            new { period }
        );

    public static Task Insert(Session session, Caller by, BulletinRow row) =>
        session.Execute(
            InsertOne,
            new
            {
                id = row.Id,
                period = row.Period,
                kind = row.Kind,
                template = row.Template,
                places = row.Places,
                note = row.Note,
                snapshotId = row.SnapshotId,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );

    /// <summary>Has it issued under the next number of the year, with what it says and the hash of that.</summary>
    public static async Task Issue(
        Session session,
        Caller by,
        BulletinRow row,
        int number,
        string content,
        string hash
    ) =>
        await session.ExecuteOnOne(
            SetIssued,
            new
            {
                id = row.Id,
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
                year = session.Today.Year,
                number,
                content,
                hash,
                version = row.Version,
            }
        );

    /// <summary>The number that the next one issued in the present year has.</summary>
    public static async Task<int> NextNumber(Session session) =>
        1 + (int)(await session.One<long?>(SelectNumber, new { year = session.Today.Year }) ?? 0);

    /// <summary>Says that it holds no longer, and why; whoever had it is told.</summary>
    public static async Task Supersede(Session session, Caller by, BulletinRow row, string reason)
    {
        await session.ExecuteOnOne(
            SetSuperseded,
            new
            {
                id = row.Id,
                by = by.UserId,
                byName = by.DisplayName,
                reason,
                now = session.Now,
                version = row.Version,
            }
        );
        session.Note(
            new AuditEntry("bulletin-superseded")
            {
                SubjectKind = "bulletin",
                SubjectId = row.Id,
                Reason = reason,
            }
        );
        if (row.IsIssued)
            await session.Raise(new BulletinSuperseded((await ById(session, row.Id))!, by));
    }

    public const string Select = """
        SELECT b.seq, b.id, b.period, b.kind, b.template, b.places, b.note, b.status, b.snapshot_id, s.version AS snapshot_version, b.drafted_by, b.drafted_by_name, b.drafted_at,
          b.issued_by, b.issued_by_name, b.issued_at, b.issue_year, b.number, b.hash, b.superseded_by, b.superseded_by_name, b.superseded_at, b.supersede_reason, b.version
        FROM bulletins b JOIN snapshots s ON s.id = b.snapshot_id
        """;
    private const string SelectContent = "SELECT content FROM bulletins WHERE id = @id";
    private const string SelectLast =
        $"{Select} WHERE b.kind = @kind AND b.period >= @first AND b.period <= @period AND (b.period < @period OR b.seq < @seq) AND b.issued_at IS NOT NULL ORDER BY b.period DESC, b.seq DESC {{page}}";
    private const string SelectNumber = "SELECT MAX(number) FROM bulletins WHERE issue_year = @year";
    private const string InsertOne = """
        INSERT INTO bulletins (id, period, kind, template, places, note, status, snapshot_id, drafted_by, drafted_by_name, drafted_at, version, updated_at)
        VALUES (@id, @period, @kind, @template, @places, @note, 'draft', @snapshotId, @by, @byName, @now, 1, @now)
        """;
    private const string SetIssued = """
        UPDATE bulletins SET status = 'issued', issued_by = @by, issued_by_name = @byName, issued_at = @now, issue_year = @year, number = @number, content = @content, hash = @hash,
          version = version + 1, updated_at = @now
        WHERE id = @id AND status = 'draft' AND version = @version
        """;
    private const string SetSuperseded = """
        UPDATE bulletins SET status = 'superseded', superseded_by = @by, superseded_by_name = @byName, superseded_at = @now, supersede_reason = @reason, version = version + 1,
          updated_at = @now
        WHERE id = @id AND status IN ('draft', 'issued') AND version = @version
        """;
}

/// <summary>A period that was opened again takes its bulletins with it (R109).</summary>
public sealed class BulletinSubscriber : IEventSubscriber
{
    public async Task On(Session session, IDomainEvent happened)
    {
        if (happened is not PeriodReopened reopened)
            return;
        foreach (var row in await BulletinRow.RestingOn(session, reopened.Period))
            await BulletinRow.Supersede(session, reopened.Actor, row, reopened.Reason);
    }
}

/// <summary>Holds issued bulletins against their hash and the audit trail (R118).</summary>
public static class BulletinSeal
{
    /// <summary>SHA-256 over the head of a bulletin and what it says.</summary>
    public static string Of(BulletinRow row, int year, int number, string content) =>
        Canonical.Hash(
            string.Join(
                '\n',
                Canonical.Text(
                    ("id", row.Id),
                    ("period", row.Period),
                    ("kind", row.Kind),
                    ("template", row.Template),
                    ("year", (long)year),
                    ("number", (long)number),
                    ("snapshotId", row.SnapshotId)
                ),
                content
            )
        );

    /// <summary>The issued bulletins that are no longer what was issued, or whose hash is not in the audit trail.</summary>
    public static async Task<IReadOnlyList<string>> Violations(Session session)
    {
        var found = new List<string>();
        foreach (
            var row in await session.Query<BulletinRow>(
                $"{BulletinRow.Select} WHERE b.issued_at IS NOT NULL ORDER BY b.seq"
            )
        )
        {
            var content = await BulletinRow.ContentOf(session, row.Id) ?? "";
            if (Of(row, row.IssueYear!.Value, row.Number!.Value, content) != row.Hash)
                found.Add($"bulletin that was touched: {row.IssueYear} number {row.Number}");
            else if (
                !(await session.Query<string>(Recorded, new { id = row.Id })).Any(changes =>
                    changes.Contains(row.Hash!, StringComparison.Ordinal)
                )
            )
                found.Add($"bulletin whose hash is not in the audit trail: {row.IssueYear} number {row.Number}");
        }

        return found;
    }

    private const string Recorded =
        "SELECT changes FROM audit WHERE subject_id = @id AND action = 'bulletin-issued' AND changes IS NOT NULL";
}
