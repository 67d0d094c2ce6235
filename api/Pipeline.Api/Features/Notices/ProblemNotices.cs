using System.Data.Common;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Problems;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells of problems: the centre and the department what they have to do, who raised one what became of it, and further up what stays unresolved (R70, R71).</summary>
public static class ProblemNotices
{
    public static async Task Raised(Session session, ProblemRaised happened)
    {
        var row = happened.Problem;
        await Tell(session, NoticeKind.ProblemRaised, row, Audience.Coordinators, "raised", happened.Actor);
        if (row.ByCentre)
            await Tell(session, NoticeKind.ProblemRaised, row, Audience.Unit(row.OwnerId), "raised", happened.Actor);
        if (Department(row) is { } department)
            await Tell(session, NoticeKind.ProblemAssigned, row, department, "raised", happened.Actor);
    }

    public static async Task Proceeded(Session session, ProblemProceeded happened)
    {
        var (row, step, actor) = happened;
        var (kind, reason) = step switch
        {
            ProblemStep.Assign => (NoticeKind.ProblemAssigned, null),
            ProblemStep.Answer => (NoticeKind.ProblemAnswered, row.Answer),
            ProblemStep.Close => (NoticeKind.ProblemClosed, row.Outcome),
            ProblemStep.Reopen => (NoticeKind.ProblemReopened, row.ReopenReason),
            ProblemStep.Due => (NoticeKind.ProblemDueChanged, null),
            _ => (NoticeKind.ProblemOverridden, row.OverrideReason),
        };
        List<Audience?> told = step switch
        {
            ProblemStep.Answer => [Raiser(row), Audience.Coordinators],
            ProblemStep.Override => [Audience.Unit(row.OwnerId)],
            ProblemStep.Assign or ProblemStep.Due => [Audience.Unit(row.OwnerId), Department(row)],
            _ => [Audience.Unit(row.OwnerId), Department(row), Audience.Coordinators],
        };
        foreach (var audience in told.OfType<Audience>().DistinctBy(audience => audience.Name))
            await Tell(session, kind, row, audience, $"{row.Version}", actor, reason);
    }

    /// <summary>Tells, once a level and due date, that an unresolved problem was taken further (R71): whatever is due by now, so that no outage loses it.</summary>
    public static async Task Escalate(Database database, RuleBooks ruleBooks)
    {
        var (due, now) = await database.Read(async session =>
        {
            var rows = await session.Query<Late>(Overdue, new { today = session.Today });
            if (rows.Count == 0)
                return ([], session.Now);
            var (book, calendar) = (await ruleBooks.Load(session), await WorkCalendars.Load(session));
            return (
                rows.Where(row =>
                        Escalation.LevelOn(row.DueOn, session.Today, book.ById(row.RuleSetId).Problems, calendar)
                        > row.ToldLevel
                    )
                    .Select(row => (row.Id, row.ProjectId))
                    .ToList(),
                session.Now
            );
        });
        if (due.Count == 0 || !database.Clock.MaySettle(now))
            return;
        foreach (var (id, projectId) in due)
        {
            try
            {
                await database.Write(async session =>
                {
                    await session.Lock(LockName.Project(projectId));
                    await Escalate(session, ruleBooks, id);
                });
            }
            catch (DbException error) when (database.Dialect.IsDuplicateKey(error))
            {
                // Another instance told it at this very moment.
            }
        }
    }

    private static async Task Escalate(Session session, RuleBooks ruleBooks, string id)
    {
        var row = (await ProblemRow.ById(session, id))!;
        var (book, calendar) = (await ruleBooks.Load(session), await WorkCalendars.Load(session));
        var level = Escalation.LevelOn(row.DueOn, session.Today, book.ById(row.RuleSetId).Problems, calendar);
        if (row.At == ProblemStatus.Closed || level <= row.ToldLevel)
            return;
        List<Audience?> told = [Department(row), Audience.Unit(row.OwnerId), Audience.Coordinators];
        if (level == Escalation.Levels)
            told.AddRange((await LinkedLeaders.OrNamed(session, row.ProjectId)).Select(Audience.Person));

        foreach (var audience in told.OfType<Audience>())
            await Tell(
                session,
                NoticeKind.ProblemEscalated,
                row,
                audience,
                $"{row.DueOn.DayNumber}:{level}",
                null,
                level: level
            );
        await session.Execute(SetTold, new { id, level });
        session.Note(
            new AuditEntry("problem-escalated")
            {
                SubjectKind = "problem",
                SubjectId = id,
                ProjectId = row.ProjectId,
            }
        );
    }

    private static Task<bool> Tell(
        Session session,
        NoticeKind kind,
        ProblemRow row,
        Audience audience,
        string occasion,
        Caller? by,
        string? reason = null,
        int? level = null
    )
    {
        var department = audience.Name is not null && audience.Name == row.DepartmentId;
        return Notice.Tell(
            session,
            kind,
            audience,
            $"{row.Id}:{occasion}",
            new NoticeFacts
            {
                Name = row.ProjectName,
                Secret = row.Secret,
                Title = row.Title,
                ProblemId = row.Id,
                On = row.DueOn,
                Level = level,
                Reason = reason,
                Unit = audience == Audience.Coordinators ? row.OwnerName : null,
            },
            // A department knows the problem alone.
            projectId: department ? null : row.ProjectId,
            by: by
        );
    }

    /// <summary>A secret project's problem is no department's to know.</summary>
    private static Audience? Department(ProblemRow row) =>
        row is { DepartmentId: { } id, Secret: false } ? Audience.Unit(id) : null;

    private static Audience Raiser(ProblemRow row) => row.ByCentre ? Audience.Coordinators : Audience.Unit(row.OwnerId);

    private sealed class Late
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public DateOnly DueOn { get; init; }
        public int ToldLevel { get; init; }
        public required string RuleSetId { get; init; }
    }

    private const string Overdue = """
        SELECT b.id, b.project_id, b.due_on, b.told_level, b.rule_set_id FROM problems b
        WHERE b.status IN ('open', 'assigned', 'answered', 'reopened') AND b.due_on < @today AND b.told_level < 3
        """;
    private const string SetTold = "UPDATE problems SET told_level = @level WHERE id = @id";
}
