using System.Data.Common;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Meetings;
using Pipeline.Domain.Problems;

namespace Pipeline.Api.Features.Notices;

/// <summary>Tells participants that an agenda has something of theirs, who is to do something that it was decided, and further up what stays undone (R74, R71).</summary>
public static class MeetingNotices
{
    /// <summary>Each unit with a project on it, each unit and department with a decision to do, and the leader in the chair.</summary>
    public static async Task Issued(Session session, AgendaIssued happened)
    {
        var (row, items, actor) = happened;
        var projects = items.Where(item => item.Dropped is null).ToList();
        var secret = await SecretAmong(session, projects.Select(item => item.Project?.Id).OfType<string>());
        var units = projects
            .Select(item => item.Project?.Jurisdiction?.Id)
            .Concat(
                projects
                    .Where(item => item.Project?.Id is not { } id || !secret.Contains(id))
                    .Select(item => item.Action?.Owner.Id)
            )
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
        List<Audience> told = [Audience.Coordinators, .. units.Select(Audience.Unit)];
        if (row.ChairId is { } chair)
            told.Add(Audience.Person(chair));
        foreach (var audience in told)
        {
            await Notice.Tell(
                session,
                NoticeKind.AgendaIssued,
                audience,
                row.Id,
                new NoticeFacts
                {
                    MeetingId = row.Id,
                    Meeting = Slug.To<MeetingKind>(row.Kind),
                    On = row.HeldOn,
                },
                by: actor
            );
        }
    }

    public static async Task Decided(Session session, ActionDecided happened)
    {
        var row = happened.Action;
        foreach (var audience in Concerned(row))
            await Tell(session, NoticeKind.ActionDecided, row, audience, "decided", happened.Actor);
    }

    public static async Task Proceeded(Session session, ActionProceeded happened)
    {
        var (row, step, actor) = happened;
        var kind = step switch
        {
            ActionStep.Done => NoticeKind.ActionDone,
            ActionStep.Due => NoticeKind.ActionDueChanged,
            ActionStep.Reopen => NoticeKind.ActionReopened,
            _ => NoticeKind.ActionWithdrawn,
        };
        List<Audience> told = [.. Concerned(row)];
        if (step == ActionStep.Done)
            told.Add(Audience.Coordinators);
        foreach (var audience in told)
        {
            await Tell(
                session,
                kind,
                row,
                audience,
                $"{row.Version}",
                actor,
                step == ActionStep.Done ? row.DoneNote : row.Reason
            );
        }
    }

    /// <summary>Tells, once a level and due date, that an action past its due date was taken further (R71): whatever is due by now, so that no outage loses it.</summary>
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
                    .Select(row => row.Id)
                    .ToList(),
                session.Now
            );
        });
        if (due.Count == 0 || !database.Clock.MaySettle(now))
            return;
        foreach (var id in due)
        {
            try
            {
                await database.Write(async session =>
                {
                    await session.Lock(LockName.Meetings);
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
        var row = (await ActionRow.ById(session, id))!;
        var (book, calendar) = (await ruleBooks.Load(session), await WorkCalendars.Load(session));
        var level = ActionRules.LevelOn(row.At, row.DueOn, session.Today, book.ById(row.RuleSetId).Problems, calendar);
        if (level <= row.ToldLevel)
            return;
        List<Audience> told = [.. Concerned(row), Audience.Coordinators];
        if (level == Escalation.Levels && row.ProjectId is { } project)
            told.AddRange((await LinkedLeaders.OrNamed(session, project)).Select(Audience.Person));
        foreach (var audience in told)
        {
            await Tell(
                session,
                NoticeKind.ActionEscalated,
                row,
                audience,
                $"{row.DueOn.DayNumber}:{level}",
                null,
                level: level
            );
        }

        await session.Execute(SetTold, new { id, level });
        session.Note(
            new AuditEntry("action-escalated")
            {
                SubjectKind = "action",
                SubjectId = id,
                ProjectId = row.ProjectId,
            }
        );
    }

    /// <summary>Who is to do it, where he may know of it, and the unit that has the project.</summary>
    private static IEnumerable<Audience> Concerned(ActionRow row)
    {
        if (!row.IsSecret || row.OwnerId == row.ProjectOwner)
            yield return OwnerOf(row);
        if (row.ProjectOwner is { } unit && unit != row.OwnerId)
            yield return Audience.Unit(unit);
    }

    private static Audience OwnerOf(ActionRow row) =>
        Slug.To<JurisdictionKind>(row.OwnerKind) == JurisdictionKind.Centre
            ? Audience.Coordinators
            : Audience.Unit(row.OwnerId);

    private static Task<bool> Tell(
        Session session,
        NoticeKind kind,
        ActionRow row,
        Audience audience,
        string occasion,
        Caller? by,
        string? reason = null,
        int? level = null
    ) =>
        Notice.Tell(
            session,
            kind,
            audience,
            $"{row.Id}:{occasion}",
            new NoticeFacts
            {
                Secret = row.IsSecret,
                Title = row.Text,
                ActionId = row.Id,
                On = row.DueOn,
                Level = level,
                Reason = reason,
                Unit = audience == Audience.Coordinators ? row.OwnerName : null,
            },
            // Who is to do something about another's project need not be able to open it.
            projectId: audience.Name == row.OwnerId && audience.Name != row.ProjectOwner ? null : row.ProjectId,
            by: by
        );

    private static async Task<HashSet<string>> SecretAmong(Session session, IEnumerable<string> projects)
    {
        var secret = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ids in projects.Distinct().Chunk(400))
            secret.UnionWith(await session.Query<string>(Secret, new { ids }));
        return secret;
    }

    private sealed class Late
    {
        public required string Id { get; init; }
        public DateOnly DueOn { get; init; }
        public int ToldLevel { get; init; }
        public required string RuleSetId { get; init; }
    }

    private const string Overdue =
        "SELECT a.id, a.due_on, a.told_level, a.rule_set_id FROM actions a WHERE a.status = 'open' AND a.due_on < @today AND a.told_level < 3";
    private const string Secret = "SELECT id FROM projects WHERE id IN @ids AND secret = 1";
    private const string SetTold = "UPDATE actions SET told_level = @level WHERE id = @id";
}
