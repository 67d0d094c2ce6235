using Pipeline.Data;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes the centre's rows in, many at once (R51).</summary>
public sealed class BackfillRow(RuleBooks ruleBooks, StoreProject store)
{
    /// <summary>The centre's backfill (R51): any unit, any stage with the dates given, no exclusivity, no verification.</summary>
    public static TakenRow Take(Session session, ImportRun run, UnderstoodRow row, IReadOnlyList<Found> found)
    {
        var stage = RowSays.StageOf(row);
        var dates = RowSays.Reached(row, stage, session.Today);
        var body = RowSays.Body(run.Units, row, stage);
        if (RowRefusals.Invalid(row, body, ProjectRules.Lenient, session.Today) is { Count: > 0 } invalid)
            return RowRefusals.Refused(invalid);
        if (run.DryRun)
            return new TakenRow { Action = RowAction.Create };

        var flags = new List<string> { "backfilled" };
        if (row.OwnerId is null)
            flags.Add(ImportCodes.OwnerUnknown);
        if (row.Stage is null)
            flags.Add(ImportCodes.StageUnknown);
        if (dates.Registered < dates.Signed)
            flags.Add(ImportCodes.RegisteredBeforeSigned);
        var owner = run.OwnerOf(row);
        var project = new NewProject
        {
            Body = body,
            OwnerId = owner,
            FirstTalkId = row.OwnerId,
            Stage = stage,
            Dates = dates,
            TerminatedOn = stage == Stage.Terminated ? session.Today : null,
            ImportId = run.ImportId,
            Flags = flags,
            Found = found,
        };
        run.Waiting.Add(project);
        run.Added.Add(project.Id, new KnownProject(project.Id, stage, owner, body.Secret, false, null, [], null));
        Timeline.Add(
            session,
            project.Id,
            EntryKind.Imported,
            run.Caller,
            owner,
            note: RowSays.Note(row),
            after: RowSays.Entry(run, row, stage)
        );
        return new TakenRow { Action = RowAction.Create, ProjectId = project.Id };
    }

    /// <summary>Adds the projects of the rows taken so far.</summary>
    public async Task Settle(Session session, ImportRun run)
    {
        await store.Insert(session, await ruleBooks.Current(session), run.Waiting);
        run.Waiting.Clear();
    }
}
