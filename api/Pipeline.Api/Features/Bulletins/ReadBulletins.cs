using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Bulletins;

namespace Pipeline.Api.Features.Bulletins;

/// <summary>A bulletin (R118).</summary>
public sealed record BulletinView
{
    public required string Id { get; init; }
    public required string Period { get; init; }
    public required BulletinKind Kind { get; init; }
    public required BulletinTemplate Template { get; init; }

    /// <summary>How many places the red and the black list have.</summary>
    public required int Places { get; init; }
    public string? Note { get; init; }
    public required BulletinStatus Status { get; init; }

    /// <summary>Its number among those issued in a year, and that year; absent of a draft.</summary>
    public int? Number { get; init; }
    public int? Year { get; init; }

    /// <summary>The snapshot that its figures are read from.</summary>
    public required string SnapshotId { get; init; }
    public required long SnapshotVersion { get; init; }
    public required PersonRef DraftedBy { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }
    public PersonRef? IssuedBy { get; init; }
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>SHA-256 over what was issued, which is in the audit chain as well.</summary>
    public string? Hash { get; init; }
    public PersonRef? SupersededBy { get; init; }
    public DateTimeOffset? SupersededAt { get; init; }
    public string? SupersedeReason { get; init; }

    /// <summary>What it says, of a draft as the facts are now; only of a single bulletin. A draft that was superseded says nothing.</summary>
    public BulletinContent? Content { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>The bulletins that a caller may read: what was issued; drafts who reads every project of the city.</summary>
public static class ReadBulletins
{
    public static async Task<IResult> List(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var kind = query.Choice<BulletinKind>("kind");
        var status = query.Choice<BulletinStatus>("status");
        var period = query.Text("period", 7);
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var where = new Conditions();
        if (!BulletinRow.ReadsDrafts(call.Caller))
            where.Add("b.issued_at IS NOT NULL");
        if (kind is { } what)
            where.Add("b.kind = @kind", "kind", Slug.Of(what));
        if (status is { } wanted)
            where.Add("b.status = @status", "status", Slug.Of(wanted));
        where.Add("b.period = @period", "period", period);
        var filter = where.Sql;
        return await call.Read<IResult>(async session =>
        {
            var total = await page.Total(session, $"SELECT COUNT(*) FROM bulletins b WHERE {filter}", where.Values);
            var behind = page.Behind("b.seq", where.Values, descending: true);
            var rows = await session.Query<BulletinRow>(
                $"{BulletinRow.Select} WHERE {filter}{behind} ORDER BY b.seq DESC {{page}}",
                where.Values
            );
            return Reply.Plain(page.Of(rows, row => row.Seq, row => View(row, call.Caller), total));
        });
    }

    public static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session =>
            await BulletinRow.For(session, call.Caller, id) is { } row
                ? await Told(session, call.Caller, ruleBooks, row)
                : (Reply)Refusal.NotFound
        );

    /// <summary>A bulletin as the answer to a caller.</summary>
    internal static async Task<Reply> Told(Session session, Caller caller, RuleBooks ruleBooks, BulletinRow row) =>
        Told(row, caller, await Content(session, caller, ruleBooks, row));

    /// <summary>A bulletin as the answer to a caller, with what it says to them.</summary>
    internal static Reply Told(BulletinRow row, Caller caller, BulletinContent? content, int status = 200) =>
        Reply.Resource(
            View(row, caller) with
            {
                Content = content,
            },
            row.Version,
            status,
            status == 201 ? $"/api/v1/bulletins/{row.Id}" : null
        );

    internal static BulletinView View(BulletinRow row, Caller caller) =>
        new()
        {
            Id = row.Id,
            Period = row.Period,
            Kind = Slug.To<BulletinKind>(row.Kind),
            Template = Slug.To<BulletinTemplate>(row.Template),
            Places = row.Places,
            Note = row.Note,
            Status = row.At,
            Number = row.Number,
            Year = row.IssueYear,
            SnapshotId = row.SnapshotId,
            SnapshotVersion = row.SnapshotVersion,
            DraftedBy = new PersonRef(row.DraftedBy, row.DraftedByName),
            DraftedAt = row.DraftedAt,
            IssuedBy = row.IssuedBy is null ? null : new PersonRef(row.IssuedBy, row.IssuedByName!),
            IssuedAt = row.IssuedAt,
            Hash = row.Hash,
            SupersededBy = row.SupersededBy is null ? null : new PersonRef(row.SupersededBy, row.SupersededByName!),
            SupersededAt = row.SupersededAt,
            SupersedeReason = row.SupersedeReason,
            AllowedActions = Permissions.Allows(caller, Act.ManageBulletins)
                ?
                [
                    .. Enum.GetValues<BulletinStep>()
                        .Where(step => BulletinRules.MayTake(step, row.At, row.DraftedBy == caller.UserId) is null)
                        .Select(Slug.Of),
                ]
                : [],
            Version = row.Version,
        };

    /// <summary>What it says to a caller: of a draft what the facts make of it now; what became secret after it was issued is left out for who may not know it (R108).</summary>
    internal static async Task<BulletinContent?> Content(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        BulletinRow row
    )
    {
        if (row.IsIssued)
            return await Masked(
                session,
                caller,
                row.Id,
                Json.Read<BulletinContent>((await BulletinRow.ContentOf(session, row.Id))!)
            );
        return row.At == BulletinStatus.Draft
            ? await ComposeBulletin.Of(
                session,
                caller,
                ruleBooks,
                row,
                (await SnapshotRow.ById(session, row.SnapshotId))!
            )
            : null;
    }

    private static async Task<BulletinContent> Masked(
        Session session,
        Caller caller,
        string id,
        BulletinContent content
    )
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ids in content.ProjectIds().Chunk(400))
        {
            foreach (var project in await session.Query<SecretRow>(SelectSecret, new { ids }))
            {
                if (Permissions.RelationTo(caller, project.OwnerId, project.Id, secret: true) == Relations.None)
                    hidden.Add(project.Id);
                else
                    session.Note(SecretReads.Of("read-secret-project", "bulletin", id, project.Id));
            }
        }

        if (hidden.Count == 0)
            return content;
        return content with
        {
            Projects = content.Projects is { } projects
                ? projects with
                {
                    Items = [.. projects.Items.Where(project => !hidden.Contains(project.Id))],
                }
                : null,
            LateNotices = content.LateNotices is { } late
                ? [.. late.Where(project => !hidden.Contains(project.Id))]
                : null,
            Problems = content.Problems is { } problems
                ? problems with
                {
                    Items = [.. problems.Items.Where(problem => !hidden.Contains(problem.ProjectId))],
                }
                : null,
            Masked = hidden.Count,
        };
    }

    private sealed class SecretRow
    {
        public required string Id { get; init; }
        public required string OwnerId { get; init; }
    }

    private const string SelectSecret = "SELECT id, owner_id FROM projects WHERE id IN @ids AND secret = 1";
}
