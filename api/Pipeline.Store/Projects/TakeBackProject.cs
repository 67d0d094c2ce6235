using Pipeline.Data;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Projects;

/// <summary>Takes a project out of the library that an import brought and that should never have been in it: terminated, without the stages and days that it never had. What was recorded of it stays (R6).</summary>
public static class TakeBackProject
{
    /// <summary>The flag of what was taken back: that it never was.</summary>
    public const string Undone = "import-undone";

    /// <summary>The caller holds the project's lock, and has judged that nothing was built on it. Where another unit waits for the investment, it goes on with that, as after a release (R18).</summary>
    public static async Task Of(
        Session session,
        SettleClaims settle,
        RuleBook book,
        ProjectRow project,
        string importId,
        Caller actor,
        string reason
    )
    {
        if (await MoveRow.PendingOn(session, project.Id) is { } pending)
            await Withdraw(session, pending, actor, reason);
        if (project.At != Stage.Terminated)
            await TerminateProject.Store(session, settle, book, project, ReasonCode.ImportUndone, actor, reason);
        var ended = (await LoadProject.ById(session, project.Id))!;
        if (ended.At != Stage.Terminated)
            return;

        await StageTotals.Changing(session, project.Id);
        await session.Execute(ForgetStages, new { id = project.Id });
        await session.Execute(EnterLast, new { id = project.Id, today = session.Today });
        await session.Execute(
            ForgetDays,
            new
            {
                id = project.Id,
                today = session.Today,
                flags = Json.Write(Json.Read<List<string>>(ended.Flags).Append(Undone)),
            }
        );
        Timeline.Add(
            session,
            project.Id,
            EntryKind.ImportUndone,
            actor,
            ended.OwnerId,
            note: reason,
            before: new { stage = project.At, stageDates = project.Dates },
            after: new { importId }
        );
        await StoreProject.Touch(session, project.Id, publicly: true);
    }

    private static async Task Withdraw(Session session, MoveRow move, Caller actor, string reason)
    {
        await CloseMove.As(session, move.Id, MoveStatus.Withdrawn, actor, reason);
        await session.Raise(new MoveDecided(move, MoveStatus.Withdrawn, actor, reason));
        Timeline.Add(
            session,
            move.ProjectId,
            EntryKind.MoveWithdrawn,
            actor,
            move.JurisdictionId,
            note: reason,
            before: new { to = move.ToStage },
            after: new { moveId = move.Id }
        );
    }

    private const string ForgetStages = "DELETE FROM stage_spans WHERE project_id = @id";
    private const string EnterLast =
        "INSERT INTO stage_spans (project_id, stage, entered_on) VALUES (@id, 'terminated', @today)";

    // As if it had never been beyond the talks: neither published nor counted, on no past day.
    private const string ForgetDays = """
        UPDATE projects SET in_talks_on = NULL, signed_on = NULL, registered_on = NULL, started_on = NULL, in_production_on = NULL,
          terminated_from = 'in-talks', terminated_on = @today, under_review = 0, flags = @flags
        WHERE id = @id
        """;
}
