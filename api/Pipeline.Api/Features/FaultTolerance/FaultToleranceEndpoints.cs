using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.FaultTolerance;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.FaultTolerance;

public static class FaultToleranceEndpoints
{
    public static void MapFaultTolerance(this IEndpointRouteBuilder api)
    {
        var file = api.MapGroup("/projects/{id}/fault-tolerance")
            .Tagged(
                "Fault tolerance",
                "What a unit attaches to a termination that it could not help; nothing is judged."
            );
        file.MapGet("/", ToleranceFile.Read)
            .WithName("readToleranceFile")
            .WithSummary("Read the fault-tolerance file of a project: what is there and what is missing")
            .Allows(Act.ReadToleranceFile)
            .Answers<ToleranceFileView>()
            .Refuses(404);
        file.MapPost("/", ToleranceFile.Attach)
            .WithName("attachTolerancePaper")
            .WithSummary("Attach a paper to the fault-tolerance file, dated before the step that it supports")
            .Allows(Act.AttachTolerancePaper)
            .Takes<ToleranceFile.Request>()
            .Answers<ToleranceFileView>(201)
            .Refuses(400, 404)
            .Refuses("claim-held-by-another", "date-order", "evidence-missing", "not-tolerable");
    }
}

/// <summary>The fault-tolerance file (容错免责) of a terminated project (R96), for its unit and those who read the whole city.</summary>
public sealed record ToleranceFileView
{
    /// <summary>Whether the project has such a file: terminated for policy, market or force majeure.</summary>
    public required bool Applies { get; init; }
    public ReasonCode? ReasonCode { get; init; }
    public DateOnly? TerminatedOn { get; init; }
    public required IReadOnlyList<TolerancePaperView> Papers { get; init; }

    /// <summary>The kinds of which no paper is there.</summary>
    public required IReadOnlyList<TolerancePaper> Missing { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
}

/// <summary>A paper, with the step that it supports.</summary>
/// <param name="Supports">The stage that the step led to.</param>
/// <param name="StepOn">The day of that step: later than <paramref name="DatedOn"/>.</param>
public sealed record TolerancePaperView(
    string Id,
    TolerancePaper Kind,
    DateOnly DatedOn,
    Stage Supports,
    DateOnly StepOn,
    string? Note,
    IReadOnlyList<FileRef> Files,
    PersonRef AttachedBy,
    DateTimeOffset AttachedAt
);

public static class ToleranceFile
{
    public sealed record Request
    {
        public TolerancePaper? Kind { get; init; }

        /// <summary>The day on the paper.</summary>
        public DateOnly? DatedOn { get; init; }

        /// <summary>The stage that the step led to which the paper supports.</summary>
        public Stage? Supports { get; init; }
        public string? Note { get; init; }
        public IReadOnlyList<string>? Files { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Kind).Required();
            RuleFor(request => request.DatedOn).Required();
            RuleFor(request => request.DatedOn).Day();
            RuleFor(request => request.Supports).Required();
            RuleFor(request => request.Note).Text(2000);
            RuleFor(request => request.Files).Required().RecordIds(20);
        }
    }

    public static Task<IResult> Read(string id, Call call) =>
        call.Read<IResult>(async session =>
            await LoadProject.For(session, call.Caller, id) is { } project
            && Permissions.Allows(call.Caller, Act.ReadToleranceFile, project.RelationOf(call.Caller))
                ? Reply.Plain(await View(session, call.Caller, project))
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Attach(string id, Call call, SettleClaims settle)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var loaded = await LoadProject.ForWrite(session, settle, call.Caller, id, Act.AttachTolerancePaper);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var (project, request) = (loaded.Value, body.Value!);
            if (!ToleranceRules.Applies(project.At, await ReasonOf(session, id)))
                return new Refusal(RefusalKind.Conflict, "not-tolerable");
            if (StepOn(project, request.Supports!.Value) is not { } stepOn)
                return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("supports", "step-not-taken")]);
            if (!ToleranceRules.IsBefore(request.DatedOn!.Value, stepOn))
                return new Refusal(RefusalKind.Rule, "date-order", [new FieldError("datedOn", "before-step", stepOn)]);
            var files = request.Files!;
            if (await AttachFiles.Unknown(session, call.Caller, [(files, "files")], id) is { Count: > 0 } unknown)
                return new Refusal(RefusalKind.Rule, "evidence-missing", unknown);
            if (call.ValidateOnly)
                return Reply.NothingStored;
            await AttachFiles.To(session, files, id, null);
            var refs = await AttachFiles.Refs(session, files);
            await session.Execute(
                Insert,
                new
                {
                    id = Ids.New(),
                    projectId = id,
                    terminatedOn = project.TerminatedOn,
                    kind = Slug.Of(request.Kind!.Value),
                    datedOn = request.DatedOn,
                    supports = Slug.Of(request.Supports.Value),
                    stepOn,
                    note = Texts.Trimmed(request.Note),
                    files = Json.Write(refs),
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    now = session.Now,
                }
            );
            Timeline.Add(
                session,
                id,
                EntryKind.TolerancePaperAttached,
                call.Caller,
                project.OwnerId,
                after: new
                {
                    kind = request.Kind,
                    datedOn = request.DatedOn,
                    supports = request.Supports,
                },
                files: refs
            );
            await StoreProject.Touch(session, id, publicly: false);
            return Reply.Plain(await View(session, call.Caller, project), 201) with
            {
                Location = $"/api/v1/projects/{id}/fault-tolerance",
                ProjectId = id,
            };
        });
    }

    private static async Task<ToleranceFileView> View(Session session, Caller caller, ProjectRow project)
    {
        var reason = project.At == Stage.Terminated ? await ReasonOf(session, project.Id) : null;
        var applies = ToleranceRules.Applies(project.At, reason);
        var papers = applies
            ? await session.Query<Row>(Select, new { id = project.Id, terminatedOn = project.TerminatedOn })
            : [];
        return new ToleranceFileView
        {
            Applies = applies,
            ReasonCode = reason,
            TerminatedOn = applies ? project.TerminatedOn : null,
            Papers =
            [
                .. papers.Select(row => new TolerancePaperView(
                    row.Id,
                    Slug.To<TolerancePaper>(row.Kind),
                    row.DatedOn,
                    Slug.To<Stage>(row.Supports),
                    row.StepOn,
                    row.Note,
                    Json.Read<List<FileRef>>(row.Files),
                    new PersonRef(row.AttachedBy, row.AttachedByName),
                    row.AttachedAt
                )),
            ],
            Missing = applies ? ToleranceRules.Missing(papers.Select(row => Slug.To<TolerancePaper>(row.Kind))) : [],
            AllowedActions =
                applies && Permissions.Allows(caller, Act.AttachTolerancePaper, project.RelationOf(caller))
                    ? ["attach"]
                    : [],
        };
    }

    /// <summary>The day of the step that led to a stage; null: it was not taken, or is not known.</summary>
    private static DateOnly? StepOn(ProjectRow project, Stage stage) =>
        stage switch
        {
            Stage.InTalks => project.InTalksOn,
            Stage.Signed => project.SignedOn,
            Stage.Registered => project.RegisteredOn,
            Stage.Started => project.StartedOn,
            Stage.InProduction => project.InProductionOn,
            _ => project.TerminatedOn,
        };

    private static async Task<ReasonCode?> ReasonOf(Session session, string id) =>
        (await session.Query<string>(SelectReason, new { id, limit = 1 })).FirstOrDefault() is { } reason
            ? Slug.To<ReasonCode>(reason)
            : null;

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Kind { get; init; }
        public DateOnly DatedOn { get; init; }
        public required string Supports { get; init; }
        public DateOnly StepOn { get; init; }
        public string? Note { get; init; }
        public required string Files { get; init; }
        public required string AttachedBy { get; init; }
        public required string AttachedByName { get; init; }
        public DateTimeOffset AttachedAt { get; init; }
    }

    private const string SelectReason =
        "SELECT reason_code FROM moves WHERE project_id = @id AND to_stage = 'terminated' AND status = 'verified' AND reason_code IS NOT NULL ORDER BY seq DESC {page}";
    private const string Select =
        "SELECT id, kind, dated_on, supports, step_on, note, files, attached_by, attached_by_name, attached_at FROM tolerance_papers WHERE project_id = @id AND terminated_on = @terminatedOn ORDER BY seq";
    private const string Insert = """
        INSERT INTO tolerance_papers (id, project_id, terminated_on, kind, dated_on, supports, step_on, note, files, attached_by, attached_by_name, attached_at)
        VALUES (@id, @projectId, @terminatedOn, @kind, @datedOn, @supports, @stepOn, @note, @files, @by, @byName, @now)
        """;
}
