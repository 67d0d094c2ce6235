using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;

namespace Pipeline.Api.Features.Meetings;

/// <summary>The meetings a caller may read, item by item.</summary>
public static class ReadMeetings
{
    /// <summary>A meeting with what a caller may know of its agenda and its decisions.</summary>
    public sealed record Content(
        MeetingRow Row,
        IReadOnlyList<AgendaItem> Items,
        IReadOnlyList<ActionView> Decisions,
        MeetingView View
    );

    public static Task<IResult> Single(string id, Call call, RuleBooks ruleBooks) =>
        call.Read<IResult>(async session => await Told(call, session, ruleBooks, id));

    /// <summary>The meeting as the answer to a caller.</summary>
    internal static async Task<Reply> Told(
        Call call,
        Session session,
        RuleBooks ruleBooks,
        string id,
        int status = 200
    ) =>
        await Load(call, session, ruleBooks, id) is { } content
            ? Reply.Resource(
                content.View,
                content.View.Version ?? 0,
                status,
                status == 201 ? $"/api/v1/meetings/{id}" : null
            )
            : Refusal.NotFound;

    internal static async Task<Content?> Load(Call call, Session session, RuleBooks ruleBooks, string id)
    {
        var caller = call.Caller;
        if (await MeetingRow.For(session, caller, id) is not { } row)
            return null;
        var (book, calendar) = (await ruleBooks.Load(session), await WorkCalendars.Load(session));
        var items = await Items(session, caller, book, row);
        var decided = await session.Query<ActionRow>(
            $"{ActionRow.Select} WHERE a.meeting_id = @id AND a.status <> 'withdrawn' ORDER BY a.seq",
            new { id }
        );
        var readable = decided.Where(action => action.RelationOf(caller) != Relations.None).ToList();
        foreach (var action in readable.Where(action => action.IsSecret))
            session.Note(action.SecretRead());
        List<ActionView> decisions = [.. readable.Select(action => action.View(caller, session.Now, book, calendar))];
        return new Content(
            row,
            items,
            decisions,
            row.View(caller, session.Now) with
            {
                Items = items,
                Decisions = decisions,
            }
        );
    }

    /// <summary>The items that a caller may read: as they were issued, or as the facts make them now.</summary>
    private static async Task<List<AgendaItem>> Items(
        Session session,
        Caller caller,
        Domain.Rules.RuleBook book,
        MeetingRow meeting
    )
    {
        if (meeting.At == MeetingStatus.Cancelled)
            return [];
        if (!meeting.IsIssued)
        {
            // Only who reads the city gets here.
            var made = await ComposeAgenda.Of(session, book, meeting);
            var secret = await Secret(session, made);
            NoteSecret(session, meeting, secret);
            return
            [
                .. made.Where(item =>
                    item.Project?.Id is not { } project
                    || !secret.Contains(project)
                    || Permissions.ReadsSecret(caller)
                    || caller.NamedOn.Contains(project)
                ),
            ];
        }

        var rows = (await MeetingItemRow.Of(session, meeting.Id))
            .Select(row => (Row: row, Item: row.For(caller)))
            .Where(one => one.Item is not null)
            .ToList();
        NoteSecret(
            session,
            meeting,
            rows.Where(one => one.Row.Secret == true)
                .Select(one => one.Row.ProjectId!)
                .ToHashSet(StringComparer.Ordinal)
        );
        return [.. rows.Select(one => one.Item!)];
    }

    private static async Task<HashSet<string>> Secret(Session session, IEnumerable<AgendaItem> items)
    {
        var secret = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ids in items.Select(item => item.Project?.Id).OfType<string>().Distinct().Chunk(400))
            secret.UnionWith(await session.Query<string>(SelectSecret, new { ids }));
        return secret;
    }

    private static void NoteSecret(Session session, MeetingRow meeting, HashSet<string> projects)
    {
        foreach (var project in projects)
            session.Note(SecretReads.Of("read-secret-project", "meeting", meeting.Id, project));
    }

    public static async Task<IResult> List(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var kind = query.Choices<MeetingKind>("kind");
        var status = query.Choices<MeetingStatus>("status");
        var from = query.Date("from");
        var until = query.Date("to");
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;

        var caller = call.Caller;
        var where = new Conditions();
        where.Add(MeetingRow.VisibleTo(caller));
        where.Values.Add("mine", MeetingRow.MineOf(caller));
        where.Values.Add("me", caller.UserId);
        where.AddAny("m.kind", "kind", kind);
        where.AddAny("m.status", "status", status);
        where.Add("m.held_on >= @from", "from", from);
        where.Add("m.held_on <= @to", "to", until);
        var filter = where.Sql;
        return await call.Read<IResult>(async session =>
        {
            var total = await page.Total(session, $"SELECT COUNT(*) FROM meetings m WHERE {filter}", where.Values);
            var behind = page.BehindDay("m.held_on", "m.seq", where.Values, descending: true);
            var rows = await session.Query<MeetingRow>(
                $"{MeetingRow.Select} WHERE {filter}{behind} ORDER BY m.held_on DESC, m.seq DESC {{page}}",
                where.Values
            );
            return Reply.Plain(
                page.ByDay(rows, row => (row.HeldOn, row.Seq), row => row.View(caller, session.Now), total)
            );
        });
    }

    /// <summary>Months without a monthly meeting, and more than a fortnight between fortnightly ones, of the last year.</summary>
    public static Task<IResult> Gaps(Call call) =>
        call.Read<IResult>(async session =>
        {
            var rows = await session.Query<Held>(
                SelectHeld,
                new { from = session.Today.AddYears(-1), today = session.Today }
            );
            return Reply.Plain(
                new Page<MeetingGap>
                {
                    Items = MeetingRhythm.Gaps(
                        [.. rows.Select(row => (Slug.To<MeetingKind>(row.Kind), row.HeldOn))],
                        session.Today
                    ),
                }
            );
        });

    private sealed class Held
    {
        public required string Kind { get; init; }
        public DateOnly HeldOn { get; init; }
    }

    private const string SelectSecret = "SELECT id FROM projects WHERE id IN @ids AND secret = 1";
    private const string SelectHeld =
        "SELECT kind, held_on FROM meetings WHERE held_on >= @from AND held_on <= @today AND status IN ('issued', 'minuted', 'closed')";
}
