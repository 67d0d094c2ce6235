using System.Text.Json.Serialization;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Notices;

/// <summary>A notice as its reader gets it.</summary>
public sealed record NoticeView
{
    public required string Id { get; init; }
    public required NoticeKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null: not read yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>What happened, as a sentence in the language of the request.</summary>
    public required string Text { get; init; }
    public string? Reason { get; init; }

    /// <summary>What it leads to.</summary>
    public string? ClaimId { get; init; }
    public string? ProjectId { get; init; }
    public string? MoveId { get; init; }
    public string? DisputeId { get; init; }
    public string? TransferId { get; init; }
    public string? ProblemId { get; init; }
    public string? MeetingId { get; init; }
    public string? BulletinId { get; init; }
    public string? ActionId { get; init; }
    public string? OfficeLeadId { get; init; }
}

/// <summary>The caller's own notices, newest first. What was told to a unit, or to the centre, is read by whoever still belongs to it; a key reads its unit's.</summary>
public static class ReadNotices
{
    public static async Task<IResult> Mine(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var unread = query.Flag("unread");
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var language = Messages.Language(call.Request);
        var parameters = new
        {
            me = call.Caller.UserId,
            mine = Audience.Of(call.Caller.Role, call.Caller.JurisdictionId),
            read = unread ? 0 : 1,
            seq = page.After?.Seq ?? long.MaxValue,
            limit = page.Limit + 1,
        };
        return await call.Read<IResult>(async session =>
        {
            var key = call.Caller.IsKey;
            var rows = await session.Query<Row>(key ? SelectOfUnit : Select, parameters);
            foreach (var row in rows.Take(page.Limit).Where(row => row.IsSecret))
                session.Note(SecretReads.Of("read-secret-notice", "notice", row.Id, row.About));
            var total = await page.Total(session, key ? CountOfUnit : Count, parameters);
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(language), total));
        });
    }

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string Kind { get; init; }
        public required string Facts { get; init; }
        public DateTimeOffset At { get; init; }
        public DateTimeOffset? ReadAt { get; init; }
        public string? ClaimId { get; init; }
        public string? ProjectId { get; init; }
        public string? DisputeId { get; init; }
        public string? TransferId { get; init; }

        /// <summary>The project that it is about, which its reader need not know.</summary>
        public string? About { get; init; }
        public bool SecretNow { get; init; }

        public bool IsSecret => SecretNow || Json.Read<NoticeFacts>(Facts).Secret;

        public NoticeView View(string language)
        {
            var facts = Json.Read<NoticeFacts>(Facts);
            var kind = Slug.To<NoticeKind>(Kind);
            return new NoticeView
            {
                Id = Id,
                Kind = kind,
                At = At,
                ReadAt = ReadAt,
                Text = NoticeText.Of(language, kind, facts),
                Reason = facts.Reason,
                ClaimId = ClaimId,
                ProjectId = ProjectId,
                MoveId = facts.MoveId,
                DisputeId = DisputeId,
                TransferId = TransferId,
                ProblemId = facts.ProblemId,
                MeetingId = facts.MeetingId,
                BulletinId = facts.BulletinId,
                ActionId = facts.ActionId,
                OfficeLeadId = facts.OfficeLeadId,
            };
        }
    }

    private const string From = "FROM notice_recipients r JOIN notices n ON n.id = r.notice_id";
    private const string Own =
        "r.user_id = @me AND (n.audience IS NULL OR n.audience = @mine) AND (@read = 1 OR r.read_at IS NULL)";

    private const string Select = $$"""
        SELECT r.seq, n.id, n.kind, n.facts, n.at, r.read_at, n.claim_id, n.project_id, n.dispute_id, n.transfer_id, COALESCE(n.project_id, c.project_id) AS about, COALESCE(p.secret, 0) AS secret_now
        {{From}} LEFT JOIN claims c ON c.id = n.claim_id LEFT JOIN projects p ON p.id = COALESCE(n.project_id, c.project_id)
        WHERE {{Own}} AND r.seq < @seq ORDER BY r.seq DESC {page}
        """;
    private const string Count = $"SELECT COUNT(*) {From} WHERE {Own}";

    /// <summary>What a unit was told, whoever of it has read it.</summary>
    private const string SelectOfUnit = """
        SELECT n.seq, n.id, n.kind, n.facts, n.at, NULL AS read_at, n.claim_id, n.project_id, n.dispute_id, n.transfer_id, COALESCE(n.project_id, c.project_id) AS about, COALESCE(p.secret, 0) AS secret_now
        FROM notices n LEFT JOIN claims c ON c.id = n.claim_id LEFT JOIN projects p ON p.id = COALESCE(n.project_id, c.project_id)
        WHERE n.audience = @mine AND n.seq < @seq ORDER BY n.seq DESC {page}
        """;
    private const string CountOfUnit = "SELECT COUNT(*) FROM notices n WHERE n.audience = @mine";
}

/// <summary>Marks the caller's own notices as read.</summary>
public static class MarkNotices
{
    public sealed record Request
    {
        /// <summary>The newest notice that was seen: it and all older ones are marked.</summary>
        public string? UpTo { get; init; }

        public sealed class Validator : FluentValidation.AbstractValidator<Request>
        {
            public Validator() => RuleFor(request => request.UpTo).Required().RecordId();
        }
    }

    public static Task<IResult> One(string id, Call call) =>
        call.Write(async session =>
            await Place(session, call, id) is { } seq ? await Mark(session, call, seq, seq) : Refusal.NotFound
        );

    public static async Task<IResult> UpTo(Call call)
    {
        var body = await call.Body(Validation.Of<Request.Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            return await Place(session, call, body.Value!.UpTo!) is { } seq
                ? await Mark(session, call, 0, seq)
                : Refusal.NotFound;
        });
    }

    private static Task<long?> Place(Session session, Call call, string id) =>
        session.One<long?>(Select, new { id, me = call.Caller.UserId });

    private static async Task<Reply> Mark(Session session, Call call, long from, long to)
    {
        await session.Execute(
            Update,
            new
            {
                me = call.Caller.UserId,
                from,
                to,
                now = session.Now,
            }
        );
        return Reply.NoContent();
    }

    private const string Select = "SELECT seq FROM notice_recipients WHERE user_id = @me AND notice_id = @id";
    private const string Update =
        "UPDATE notice_recipients SET read_at = @now WHERE user_id = @me AND seq >= @from AND seq <= @to AND read_at IS NULL";
}
