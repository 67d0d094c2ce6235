using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Credit;

/// <summary>The unit where a project landed: its owner, unless the centre corrected it after the signing (R43). The correction moves no first talk; what counted is reversed and written anew (R45).</summary>
public static class CorrectLanding
{
    public sealed record Request
    {
        /// <summary>An active reporting unit; the owner takes a correction back.</summary>
        public string? JurisdictionId { get; init; }
        public string? Reason { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.JurisdictionId).Required().RecordId();
            RuleFor(request => request.Reason).Required().Text(2000);
        }
    }

    public sealed record LandingView
    {
        public required UnitRef Unit { get; init; }

        /// <summary>Whether the centre corrected it, so that it is not the owner.</summary>
        public required bool Corrected { get; init; }
        public required IReadOnlyList<string> AllowedActions { get; init; }

        /// <summary>The project's.</summary>
        public required long Version { get; init; }
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/projects/{id}/landing", Read)
            .WithName("getLanding")
            .WithSummary("Get the unit where a project landed")
            .WithTags("Credit")
            .Allows(Act.ReadCredit)
            .Answers<LandingView>()
            .Refuses(404);
        api.MapPost("/projects/{id}/landing", Handle)
            .WithName("correctLanding")
            .WithSummary("Correct the unit where a project landed, with a reason")
            .WithTags("Credit")
            .Allows(Act.CorrectLanding)
            .Takes<Request>()
            .NeedsIfMatch()
            .Answers<LandingView>()
            .Refuses(400, 404)
            .Refuses("landing-not-correctable", "landing-unfit");
    }

    private static Task<IResult> Read(string id, Call call) =>
        call.Read<IResult>(async session =>
            await LoadProject.For(session, call.Caller, id) is { } project
            && (project.RelationOf(call.Caller) & (Relations.Own | Relations.City)) != Relations.None
                ? await Answer(session, call.Caller, project)
                : (Reply)Refusal.NotFound
        );

    private static async Task<IResult> Handle(string id, Call call, SettleClaims settle)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var loaded = await LoadProject.ForWrite(session, settle, call.Caller, id, Act.CorrectLanding);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var project = loaded.Value;
            if (ETags.Check(call.Request, project.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (!MayCorrect(project.At))
                return new Refusal(RefusalKind.Conflict, "landing-not-correctable", project.At);
            var before = await LandingOf(session, project);
            if (
                await JurisdictionRow.ById(session, body.Value!.JurisdictionId!) is not { } unit
                || !(unit is { Active: true, Reports: true } || unit.Id == project.OwnerId)
                || unit.Id == before.Id
            )
                return new Refusal(
                    RefusalKind.Rule,
                    "landing-unfit",
                    [new FieldError("jurisdictionId", "other-reporting-unit")]
                );
            if (call.ValidateOnly)
                return Reply.NothingStored;
            await session.ExecuteOnOne(Set, new { id, landing = unit.Id == project.OwnerId ? null : unit.Id });
            var entryId = Ids.New();
            Timeline.Add(
                session,
                id,
                EntryKind.LandingCorrected,
                call.Caller,
                project.OwnerId,
                note: body.Value!.Reason!.Trim(),
                before: new { landing = before.Name },
                after: new { landing = unit.Name },
                id: entryId
            );
            await StoreProject.Touch(session, id, publicly: false);
            await session.Raise(
                new LandingCorrected(
                    id,
                    project.Name,
                    project.Secret,
                    project.OwnerId,
                    before.Id,
                    unit.Id,
                    entryId,
                    call.Caller
                )
            );
            return await Answer(session, call.Caller, (await LoadProject.For(session, call.Caller, id))!);
        });
    }

    /// <summary>Only what has been signed has landed, and what has ended counts no more (R43).</summary>
    private static bool MayCorrect(Stage stage) => stage is > Stage.InTalks and < Stage.Terminated;

    private static async Task<UnitRef> LandingOf(Session session, ProjectRow project) =>
        await session.One<string>(Select, new { id = project.Id }) is { } corrected
        && await JurisdictionRow.ById(session, corrected) is { } unit
            ? new UnitRef(unit.Id, unit.Name)
            : new UnitRef(project.OwnerId, project.OwnerName);

    private static async Task<Reply> Answer(Session session, Caller caller, ProjectRow project)
    {
        var unit = await LandingOf(session, project);
        return Reply.Resource(
            new LandingView
            {
                Unit = unit,
                Corrected = unit.Id != project.OwnerId,
                AllowedActions =
                    MayCorrect(project.At) && Permissions.Allows(caller, Act.CorrectLanding, project.RelationOf(caller))
                        ? ["correct"]
                        : [],
                Version = project.Version,
            },
            project.Version,
            projectId: project.Id
        );
    }

    private const string Select = "SELECT landing_id FROM projects WHERE id = @id";
    private const string Set = "UPDATE projects SET landing_id = @landing WHERE id = @id";
}
