using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain.Problems;

namespace Pipeline.Api.Features.Problems;

/// <summary>The problems that are due or overdue, with how far they were taken; to a department those that it is to answer (R70, R71).</summary>
public sealed class ProblemsDue(RuleBooks ruleBooks) : IDueSource
{
    public async Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window)
    {
        if (!Permissions.Allows(caller, Act.ReadProblems))
            return [];
        var where = ProblemFilter.Visible(caller);
        if (caller.Role == Role.Leader)
            where.Add(DueItems.OfLeader);
        where.Add("b.status <> 'closed'");
        var department = caller.Role == Role.Department;
        if (department)
            where.Add("b.status <> 'answered'");
        var rows = await window.ByDay<ProblemRow>(session, ProblemRow.Select, where, "b.due_on", "b.seq");
        if (rows.Count == 0)
            return [];
        var (book, calendar) = (await ruleBooks.Load(session), await WorkCalendars.Load(session));
        return rows.Select(row =>
        {
            var view = row.View(caller, window.Now, book, calendar);
            var closes = view.Status == ProblemStatus.Answered && row.SideOf(caller) is { Raising: true };
            return new DueItem
            {
                Kind = closes ? DueKind.ProblemToClose : DueKind.ProblemDue,
                On = view.DueOn,
                Overdue = view.Overdue,
                Waits = false,
                Subject = new DueSubject("problem", view.Id),
                Project = new DueProject
                {
                    Id = view.Project.Id,
                    Code = view.Project.Code,
                    Name = view.Project.Name,
                },
                Jurisdiction = view.Jurisdiction,
                Title = view.Title,
                Level = view.Overdue ? view.Level : null,
                EscalatesOn = view.EscalatesOn,
                Link = department ? $"/problems?problem={view.Id}" : $"/projects/{row.ProjectId}",
                Seq = row.Seq,
                SecretProject = row.Secret ? row.ProjectId : null,
            };
        });
    }
}
