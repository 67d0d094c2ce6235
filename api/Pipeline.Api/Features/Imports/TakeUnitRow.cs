using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes a unit's row in under the rules that bind it (R52).</summary>
public sealed class TakeUnitRow(StoreProject store, RegisterProject register, ReportProject report)
{
    /// <summary>A unit's row (R52): in talks below the threshold registered, at or above it reported as a claim, a later stage as a project in talks with one pending move.</summary>
    public async Task<TakenRow> Take(
        Session session,
        ImportRun run,
        UnderstoodRow row,
        RuleSet rules,
        IReadOnlyList<Found> found,
        string? ownId
    )
    {
        var stage = RowSays.StageOf(row);
        if (stage == Stage.Terminated)
            return RowRefusals.Refused([RowRefusals.OfRow(row, ImportCodes.StageNotImportable, ImportFields.Stage)]);
        var body = RowSays.Body(run.Units, row, stage);
        if (RowRefusals.Invalid(row, body, ProjectRules.Complete, session.Today) is { Count: > 0 } invalid)
            return RowRefusals.Refused(invalid);

        var mustBeReported = rules.MustBeReported(body.TotalInvestment!.Value, session.Today.Year);
        if (stage == Stage.InTalks)
            return mustBeReported
                ? await Claim(session, run, row, body, rules, ownId)
                : await Register(session, run, row, body);
        if (run.DryRun)
            return new TakenRow { Action = RowAction.Create };

        var dates = RowSays.Reached(row, stage, session.Today);
        var project = new NewProject
        {
            Body = body,
            OwnerId = run.Caller.JurisdictionId!,
            FirstTalkId = run.Caller.JurisdictionId,
            Dates = new StageDates(dates.InTalks ?? session.Today, null, null, null, null),
            ImportId = run.ImportId,
            Found = found,
        };
        await store.Insert(session, rules, [project]);
        var id = project.Id;
        if (project.UnderReview)
            await session.Raise(new ProjectUnderReview(id, body));
        Timeline.Add(
            session,
            id,
            EntryKind.Imported,
            run.Caller,
            run.Caller.JurisdictionId,
            note: RowSays.Note(row),
            after: RowSays.Entry(run, row, stage)
        );
        var plan = Domain.Projects.Moves.OfRegister(stage, dates, session.Today);
        await StoreMove.Insert(
            session,
            run.Caller,
            rules,
            new NewMove(
                id,
                project.OwnerId,
                plan,
                plan.Reaches[^1].On,
                // Whether the agreement is formal, and its sum, the register does not say.
                new Evidence { SignedOn = dates.Signed, RegisteredOn = dates.Registered },
                null,
                RowSays.Note(row)
            )
        );
        return new TakenRow { Action = RowAction.Create, ProjectId = id };
    }

    /// <summary>A unit's import may bring its own projects only (R52); an out-posted office finds for others.</summary>
    internal static RowIssue? OfAnotherUnit(ImportRun run, UnderstoodRow row) =>
        row.OwnerId is { } owner
        && owner != run.Caller.JurisdictionId
        && run.OwnUnit?.Kind != Slug.Of(JurisdictionKind.Office)
            ? RowRefusals.OfRow(row, ImportCodes.OtherJurisdiction, ImportFields.Place, run.Units[owner].Name)
            : null;

    /// <summary>Whether a unit's row reports its own project, in the library already and never claimed: that is a first report, no change of facts (R14).</summary>
    internal static bool MayBeClaimed(
        ImportRun run,
        UnderstoodRow row,
        Known known,
        IReadOnlyList<Found> found,
        RuleSet rules,
        DateOnly today
    ) =>
        !run.IsBackfill
        && known is { ProjectId: not null, Claimed: false, At: Stage.InTalks }
        && RowSays.StageOf(row) == Stage.InTalks
        && row is { TotalInvestment: { } total, Contact: { Kind: not null, OccurredOn: not null } }
        && rules.MustBeReported(total, today.Year)
        && found.Any(match => match.Match.Level == MatchLevel.L1 && match.Project?.Id == known.ProjectId);

    private async Task<TakenRow> Register(Session session, ImportRun run, UnderstoodRow row, ProjectBody body)
    {
        if (run.DryRun)
            return new TakenRow { Action = RowAction.Create };
        var result = await register.Register(session, run.Caller, body, run.ImportId);
        if (result.Refusal is { } refusal)
            return RowRefusals.Refused(RowRefusals.Issues(row, refusal));
        Timeline.Add(
            session,
            result.Value,
            EntryKind.Imported,
            run.Caller,
            run.Caller.JurisdictionId,
            note: RowSays.Note(row),
            after: RowSays.Entry(run, row, Stage.InTalks)
        );
        return new TakenRow { Action = RowAction.Create, ProjectId = result.Value };
    }

    private async Task<TakenRow> Claim(
        Session session,
        ImportRun run,
        UnderstoodRow row,
        ProjectBody body,
        RuleSet rules,
        string? ownId
    )
    {
        IReadOnlyList<ReportContact> contacts = row.Contact is { Kind: { } kind, OccurredOn: { } on }
            ?
            [
                new ReportContact
                {
                    Kind = Slug.To<ContactKind>(kind),
                    OccurredOn = on,
                    Note = row.Contact.Note,
                },
            ]
            : [];
        var incomplete = Intake.Incomplete(
            body.Name,
            body.PrimaryInvestor(),
            body.TotalInvestment,
            body.IndustryCode,
            [.. contacts.Select(contact => contact.ToContact())],
            session.Today,
            rules
        );
        if (incomplete.Count > 0)
            return RowRefusals.Refused(
                RowRefusals.Issues(row, new Refusal(RefusalKind.Rule, ImportCodes.ReportIncomplete, incomplete))
            );
        if (run.DryRun)
            return new TakenRow { Action = RowAction.Create };
        var result = await report.TakeOfRegister(
            session,
            run.Caller,
            new ReportProject.Request { Project = body, Contacts = contacts },
            ownId
        );
        if (result.Refusal is { } refusal)
            return RowRefusals.Refused(RowRefusals.Issues(row, refusal));
        var projectId = await session.One<string>(ActiveClaim, new { id = result.Value });
        if (projectId is null)
            run.WaitingReports?.Add(new WaitingReport(result.Value, ownId, body, session.Today));
        if (projectId is not null)
            Timeline.Add(
                session,
                projectId,
                EntryKind.Imported,
                run.Caller,
                run.Caller.JurisdictionId,
                note: RowSays.Note(row),
                after: RowSays.Entry(run, row, Stage.InTalks)
            );
        return new TakenRow
        {
            Action = RowAction.Create,
            ProjectId = projectId ?? ownId,
            ClaimId = result.Value,
        };
    }

    private const string ActiveClaim = "SELECT project_id FROM claims WHERE id = @id AND status = 'active'";
}
