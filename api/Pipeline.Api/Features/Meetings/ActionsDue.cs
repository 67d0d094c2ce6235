using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;

namespace Pipeline.Api.Features.Meetings;

/// <summary>What meetings gave somebody to do and is not done yet (R74).</summary>
public sealed class ActionsDue(RuleBooks ruleBooks) : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadActions))
            return [];
        var where = ListActions.Visible(caller);
        if (caller.Role == Role.Leader)
            where.Add(DueItems.OfLeader, "me", caller.UserId);
        where.Add("a.status = @open", "open", Slug.Of(ActionStatus.Open));
        var rows = await window.ByDay<ActionRow>(session, ActionRow.Select, where, "a.due_on", "a.seq");
        if (rows.Count == 0)
            return [];
        var (book, calendar) = (await ruleBooks.Load(session), await WorkCalendars.Load(session));
        return rows.Select(row =>
        {
            var view = row.View(caller, window.Now, book, calendar);
            return new DueItem
            {
                Kind = DueKind.ActionDue,
                On = view.DueOn,
                Overdue = view.Overdue,
                Waits = false,
                Subject = new DueSubject("action", view.Id),
                Project = new DueProject
                {
                    Id = view.Project?.Id,
                    Code = view.Project?.Code,
                    Name = view.Project?.Name,
                },
                Jurisdiction = view.Owner,
                Title = view.Text,
                Level = view.Overdue ? view.Level : null,
                EscalatesOn = view.EscalatesOn,
                Link = $"/actions?action={view.Id}",
                Seq = row.Seq,
                SecretProject = row.IsSecret ? row.ProjectId : null,
            };
        });
    }
}
