using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Signings;

namespace Pipeline.Store.Signings;

/// <summary>A notice of a signing as it is given: by a form, or by a row of a register.</summary>
public sealed record NoticeSaid(
    DateOnly PlannedOn,
    string Parties,
    Money Amount,
    string? Place,
    string? EventId,
    IReadOnlyList<string>? Leaders
);

/// <summary>Gives notice of a signing (R30, R31): what was open is superseded.</summary>
public static class FileNotice
{
    /// <summary>Why it cannot be given; null when it can.</summary>
    public static Refusal? RefusalOf(Session session, Caller caller, ProjectRow project, DateOnly plannedOn) =>
        ProjectActs.RefuseNotice(project.Acted(), project.Acting(caller))
        ?? (
            plannedOn < session.Today
                ? new Refusal(RefusalKind.Rule, "date-order", [new FieldError("plannedSigningOn", "past")])
                : null
        );

    /// <summary>Stores it as filed today and tells of it; its id.</summary>
    public static async Task<string> Store(
        Session session,
        Caller caller,
        ProjectRow project,
        NoticeSaid said,
        RuleSet rules
    )
    {
        await session.Execute(Supersede, new { projectId = project.Id, now = session.Now });
        var id = Ids.New();
        var values = Values(said, session.Today, rules);
        values.AddAll(
            new
            {
                id,
                projectId = project.Id,
                unit = project.OwnerId,
                filedOn = session.Today,
                by = caller.UserId,
                byName = caller.DisplayName,
                ruleSetId = rules.Id,
                now = session.Now,
            }
        );
        await session.Execute(Insert, values);
        Timeline.Add(
            session,
            project.Id,
            EntryKind.NoticeFiled,
            caller,
            project.OwnerId,
            after: new
            {
                noticeId = id,
                plannedSigningOn = said.PlannedOn,
                parties = said.Parties,
                agreedAmount = said.Amount,
            }
        );
        await StoreProject.Touch(session, project.Id, publicly: false);
        await session.Raise(new SigningNoticeFiled((await SigningNoticeRow.For(session, caller, id))!, caller));
        return id;
    }

    /// <summary>What a notice says, as it is stored.</summary>
    public static Parameters Values(NoticeSaid said, DateOnly filedOn, RuleSet rules) =>
        Parameters.Of(
            new
            {
                plannedOn = said.PlannedOn,
                parties = said.Parties.Trim(),
                amount = said.Amount.Hundredths,
                currency = said.Amount.Currency,
                place = said.Place?.Trim(),
                eventId = said.EventId,
                leaders = said.Leaders is { Count: > 0 } leaders ? Json.Write(leaders) : null,
                timely = SigningNotices.IsTimely(filedOn, said.PlannedOn, rules) ? 1 : 0,
            }
        );

    private const string Supersede =
        "UPDATE signing_notices SET status = 'superseded', ended_at = @now, version = version + 1, updated_at = @now WHERE project_id = @projectId AND status = 'open'";
    private const string Insert = """
        INSERT INTO signing_notices (id, project_id, jurisdiction_id, status, filed_on, filed_at, filed_by, filed_by_name, planned_on, parties, amount, currency, place, event_id, leaders_wanted,
          timely, rule_set_id, version, updated_at)
        VALUES (@id, @projectId, @unit, 'open', @filedOn, @now, @by, @byName, @plannedOn, @parties, @amount, @currency, @place, @eventId, @leaders,
          @timely, @ruleSetId, 1, @now)
        """;
}
