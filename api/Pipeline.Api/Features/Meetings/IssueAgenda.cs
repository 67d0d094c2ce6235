using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;

namespace Pipeline.Api.Features.Meetings;

/// <summary>Freezes an agenda as the facts stood at its cut-off and sends it to the participants, item by item; its hash joins the audit chain (R74).</summary>
public static class IssueAgenda
{
    public static Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks) =>
        call.Write(async session =>
        {
            await session.Lock(LockName.Meetings);
            var taken = await TakeMeeting.Step(call, session, id, MeetingStep.Issue, _ => null);
            if (taken.Refusal is { } refusal)
                return refusal;
            var row = taken.Value;
            var items = await ComposeAgenda.Of(session, await ruleBooks.Load(session), row);
            List<string> contents = [.. items.Select(Json.Write)];
            var hash = AgendaSeal.Of(row, contents);
            await session.Execute(DeleteChanges, new { id });
            foreach (var (place, item) in items.Index())
                await Freeze(session, id, place, item, contents[place]);
            foreach (var action in items.Where(item => item is { Kind: AgendaItemKind.Action, Dropped: null }))
                await session.Execute(Carry, new { id = action.Id, now = session.Now });
            await session.ExecuteOnOne(
                SetIssued,
                new
                {
                    id,
                    hash,
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    now = session.Now,
                    version = row.Version,
                }
            );
            session.Note(
                new AuditEntry("agenda-issued")
                {
                    SubjectKind = "meeting",
                    SubjectId = id,
                    Changes = AuditEntry.Between(null, new JsonObject { ["agendaHash"] = hash }),
                }
            );
            await session.Raise(new AgendaIssued((await MeetingRow.ById(session, id))!, items, call.Caller));
            return await ReadMeetings.Told(call, session, ruleBooks, id);
        });

    private static Task Freeze(Session session, string meetingId, int place, AgendaItem item, string content)
    {
        var change = item.Dropped ?? item.Added;
        return session.Execute(
            Insert,
            new
            {
                meetingId,
                itemId = item.Id,
                kind = Slug.Of(item.Kind),
                state = item.Dropped is not null ? "dropped"
                : item.Added is not null ? "added"
                : "listed",
                projectId = item.Project?.Id,
                title = item.Title,
                note = item.Note,
                reason = change?.Reason,
                by = change?.By.Id,
                byName = change?.By.Name,
                at = change?.At,
                place,
                content,
            }
        );
    }

    private const string DeleteChanges = "DELETE FROM meeting_items WHERE meeting_id = @id";
    private const string Insert = """
        INSERT INTO meeting_items (meeting_id, item_id, kind, state, project_id, title, note, reason, changed_by, changed_by_name, changed_at, place, content)
        VALUES (@meetingId, @itemId, @kind, @state, @projectId, @title, @note, @reason, @by, @byName, @at, @place, @content)
        """;
    private const string Carry =
        "UPDATE actions SET carried = carried + 1, version = version + 1, updated_at = @now WHERE id = @id";
    private const string SetIssued = """
        UPDATE meetings SET status = 'issued', issued_at = @now, issued_by = @by, issued_by_name = @byName, agenda_hash = @hash, version = version + 1, updated_at = @now
        WHERE id = @id AND status = 'planned' AND version = @version
        """;
}
