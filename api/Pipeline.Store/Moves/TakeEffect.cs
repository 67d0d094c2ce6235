using FluentValidation;
using Pipeline.Data;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Moves;

/// <summary>Makes a verified move true: stage, dates, history, claims, each with its entry.</summary>
public static class TakeEffect
{
    public static async Task Of(
        Session session,
        SettleClaims settle,
        Domain.Rules.RuleBook book,
        MoveRow move,
        Caller actor
    )
    {
        var project = (await LoadProject.ById(session, move.ProjectId))!;
        var standing = await SettleClaims.Standing(session, project.Id);
        var (from, to) = (Slug.To<Stage>(move.FromStage), Slug.To<Stage>(move.ToStage));
        var evidence = Json.Read<Evidence>(move.Evidence);
        switch (move.What)
        {
            case MoveKind.Agreement:
                Timeline.Add(
                    session,
                    project.Id,
                    EntryKind.AgreementRecorded,
                    actor,
                    project.OwnerId,
                    occurredOn: move.OccurredOn,
                    note: move.Note,
                    after: new { moveId = move.Id, evidence }
                );
                await AddFlags(session, project, ["framework-agreement"]);
                break;

            case MoveKind.Forward:
                var reaches = Json.Read<List<Reach>>(move.Reaches);
                var dates = reaches.Aggregate(project.Dates, (known, reach) => known.With(reach.Stage, reach.On));
                var flags = Json.Read<List<string>>(move.Flags);
                var noted = reaches.FirstOrDefault(reach => reach.Stage == Stage.Signed) is { } signing
                    ? await JudgeSigning.Of(session, project, move, signing.On, book.ById(move.RuleSetId))
                    : null;
                if (noted is not null)
                    flags.Add(noted);
                await Reach(session, project, to, dates, reaches);
                await AddFlags(session, project, flags);
                Timeline.Add(
                    session,
                    project.Id,
                    EntryKind.MoveVerified,
                    actor,
                    project.OwnerId,
                    occurredOn: move.OccurredOn,
                    note: move.Note,
                    before: new { stage = from },
                    after: new
                    {
                        moveId = move.Id,
                        stage = to,
                        evidence,
                    },
                    isPublic: true
                );
                if (noted is not null)
                    await JudgeSigning.Tell(session, move, noted, actor);
                if (from == Stage.InTalks)
                    await settle.Apply(
                        session,
                        project.Id,
                        standing.Close(ClaimStatus.Converted, session.Now),
                        actor,
                        null
                    );
                break;

            case MoveKind.Back:
                // The reversal counts in the open month; the original dates stay in the timeline (R4).
                await Reach(session, project, to, project.Dates.With(from, null), [new Reach(to, session.Today)]);
                Timeline.Add(
                    session,
                    project.Id,
                    EntryKind.MovedBack,
                    actor,
                    project.OwnerId,
                    occurredOn: move.OccurredOn,
                    note: move.Note,
                    before: new { stage = from, on = project.Dates.Of(from) },
                    after: new { moveId = move.Id, stage = to }
                );
                break;

            case MoveKind.Termination when actor.Unit is not null && standing.Queue.Any():
                // While others wait, the holder's termination is a release: the investment goes on with the next (R18).
                await settle.Apply(
                    session,
                    project.Id,
                    standing.End(standing.Active!.Id, ClaimStatus.Released, session.Now, book),
                    actor,
                    move.Note
                );
                break;

            case MoveKind.Termination:
                await settle.Apply(
                    session,
                    project.Id,
                    standing.Close(actor.Unit is not null ? ClaimStatus.Released : ClaimStatus.Revoked, session.Now),
                    actor,
                    move.Note
                );
                await StageTotals.Changing(session, project.Id);
                await session.Execute(
                    Terminate,
                    new
                    {
                        id = project.Id,
                        from = move.FromStage,
                        on = move.OccurredOn,
                        now = session.Now,
                    }
                );
                await StageSpans.Enter(session, project.Id, Stage.Terminated, move.OccurredOn);
                Timeline.Add(
                    session,
                    project.Id,
                    EntryKind.Terminated,
                    actor,
                    project.OwnerId,
                    occurredOn: move.OccurredOn,
                    note: move.Note,
                    before: new { stage = from },
                    after: new { moveId = move.Id, reasonCode = move.ReasonCode }
                );
                break;

            case MoveKind.Reactivation:
                var kept = Enum.GetValues<Stage>()
                    .Where(stage => stage > to && stage < Stage.Terminated)
                    .Aggregate(project.Dates, (known, stage) => known.With(stage, null));
                await Reach(session, project, to, kept, [new Reach(to, session.Today)]);
                Timeline.Add(
                    session,
                    project.Id,
                    EntryKind.Reactivated,
                    actor,
                    project.OwnerId,
                    occurredOn: move.OccurredOn,
                    note: move.Note,
                    before: new { stage = from },
                    after: new { moveId = move.Id, stage = to }
                );
                break;
        }

        await StoreProject.Touch(session, project.Id, publicly: true);
        await session.Raise(new MoveTookEffect(move, actor));
    }

    private static async Task Reach(
        Session session,
        ProjectRow project,
        Stage to,
        StageDates dates,
        IEnumerable<Reach> reaches
    )
    {
        var on = dates.Of(to) ?? session.Today;
        await StageTotals.Changing(session, project.Id);
        await session.Execute(
            Move,
            new
            {
                id = project.Id,
                stage = Slug.Of(to),
                inTalks = dates.InTalks,
                signed = dates.Signed,
                registered = dates.Registered,
                started = dates.Started,
                inProduction = dates.InProduction,
                idleSince = to == Stage.InTalks ? session.Today : StoreProject.IdleSince(to, dates, on),
                now = session.Now,
            }
        );
        foreach (var reach in reaches)
            await StageSpans.Enter(session, project.Id, reach.Stage, reach.On);
    }

    private static Task AddFlags(Session session, ProjectRow project, IReadOnlyList<string> added)
    {
        var flags = Json.Read<List<string>>(project.Flags);
        return added.All(flags.Contains)
            ? Task.CompletedTask
            : session.Execute(SetFlags, new { id = project.Id, flags = Json.Write(flags.Union(added)) });
    }

    private const string Move = """
        UPDATE projects SET stage = @stage, in_talks_on = @inTalks, signed_on = @signed, registered_on = @registered, started_on = @started, in_production_on = @inProduction,
          terminated_on = NULL, terminated_from = NULL, idle_since = @idleSince, moved_at = @now
        WHERE id = @id
        """;

    private const string Terminate =
        "UPDATE projects SET stage = 'terminated', terminated_from = @from, terminated_on = @on, idle_since = NULL, report_required = 0, moved_at = @now WHERE id = @id";
    private const string SetFlags = $"UPDATE projects SET flags = @flags, {StoreProject.SetLateNotice} WHERE id = @id";
}
