using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Referrers;

namespace Pipeline.Api.Features.Referrers;

/// <summary>The referrer of a project, for its unit and who reads the city.</summary>
public sealed record ReferrerView
{
    /// <summary>Personal data; absent once erased.</summary>
    public string? Name { get; init; }
    public required ReferrerKind Kind { get; init; }
    public required ReferrerStatus Status { get; init; }
    public required PersonRef NamedBy { get; init; }
    public required DateTimeOffset NamedAt { get; init; }

    /// <summary>The investor's statement.</summary>
    public string? StatementFileId { get; init; }
    public DateTimeOffset? InvestorConfirmedAt { get; init; }
    public PersonRef? UnitConfirmedBy { get; init; }
    public DateTimeOffset? UnitConfirmedAt { get; init; }
    public PersonRef? CentreConfirmedBy { get; init; }
    public DateTimeOffset? CentreConfirmedAt { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }
    public required long Version { get; init; }
}

/// <summary>Names the referrer of a project before it is registered, and confirms it by investor, unit and centre in turn (R136).</summary>
public static class Referrer
{
    public sealed record Request
    {
        /// <summary>The person; of a team the one who is named for it.</summary>
        public string? Name { get; init; }
        public ReferrerKind? Kind { get; init; }

        /// <summary>That he or she is no official, no investor and no partner of one.</summary>
        public bool Declared { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Name).Required().Line(200);
            RuleFor(request => request.Kind).Required();
        }
    }

    public sealed record ConfirmRequest
    {
        /// <summary>The investor's statement, a file of the project; of the first step alone.</summary>
        public string? FileId { get; init; }
    }

    public sealed class ConfirmValidator : AbstractValidator<ConfirmRequest>
    {
        public ConfirmValidator() => RuleFor(request => request.FileId).RecordId();
    }

    public static Task<IResult> Read(string id, Call call) =>
        call.Read<IResult>(async session =>
        {
            var caller = call.Caller;
            if (
                await LoadProject.For(session, caller, id) is not { } project
                || !Permissions.Allows(caller, Act.ReadReferrer, project.RelationOf(caller))
                || await ReferrerRow.Of(session, id) is not { } row
            )
                return (Reply)Refusal.NotFound;
            session.Note(
                new AuditEntry("read-contacts")
                {
                    Outcome = AuditOutcome.Read,
                    SubjectKind = "project",
                    SubjectId = id,
                    ProjectId = id,
                }
            );
            return Answer(caller, project, row);
        });

    public static async Task<IResult> Name(string id, Call call, SettleClaims settle, ChangeFacts facts)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            await session.Lock(LockName.Intake);
            var loaded = await LoadProject.ForWrite(session, settle, caller, id, Act.NameReferrer);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var (project, request) = (loaded.Value, body.Value!);
            if (await ReferrerRow.Of(session, id) is not null)
                return new Refusal(RefusalKind.Conflict, "referrer-named");
            if (ReferrerRules.RefuseNaming(project.Acted()) is { } late)
                return late;
            var before = project.Body();
            var name = request.Name!.Trim();
            if (!request.Declared)
                return new Refusal(RefusalKind.Rule, "referrer-barred", [new FieldError("declared", "required")]);
            if (ReferrerRules.IsInvestor(name, (before.Investors ?? []).Select(investor => investor.Name!)))
                return new Refusal(RefusalKind.Rule, "referrer-barred", [new FieldError("name", "is-investor")]);
            if (call.ValidateOnly)
                return Reply.NothingStored;

            // One place for who it is: the project's own sealed member.
            if (before.Referrer != name)
                await facts.Store(session, caller, project, before, before with { Referrer = name });
            else
                await StoreProject.Touch(session, id, publicly: false);
            await Store(session, caller, id, request.Kind!.Value);
            return await Told(session, caller, id, 201);
        });
    }

    public static async Task<IResult> Confirm(string id, Call call, SettleClaims settle)
    {
        var body = await call.Body(Validation.Of<ConfirmValidator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            var loaded = await LoadProject.ForWrite(session, settle, caller, id, Act.ConfirmReferrer);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (await ReferrerRow.Of(session, id) is not { } row)
                return Refusal.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (row.At == ReferrerStatus.Confirmed)
                return new Refusal(RefusalKind.Conflict, "referrer-confirmed");
            if (!MayConfirm(caller, row))
                return Refusal.Forbidden;
            if (row.At == ReferrerStatus.UnitConfirmed && (row.NamedBy == caller.UserId || row.UnitBy == caller.UserId))
                return new Refusal(RefusalKind.Forbidden, "second-person-required");
            var file = body.Value!.FileId;
            if (row.At == ReferrerStatus.Named && file is null)
                return new Refusal(RefusalKind.Rule, "evidence-missing", [new FieldError("fileId", "required")]);
            if (row.At != ReferrerStatus.Named && file is not null)
                return Refusal.Invalid(new FieldError("fileId", "fixed"));
            if (
                file is not null
                && (await AttachFiles.Unknown(session, caller, [([file], "fileId")], id)) is { Count: > 0 }
            )
                return Refusal.Invalid(new FieldError("fileId", "unknown-file"));
            if (call.ValidateOnly)
                return Reply.NothingStored;
            if (file is not null)
                await AttachFiles.To(session, [file], id, null);
            await Advance(session, caller, row, file);
            return await Told(session, caller, id, 200);
        });
    }

    /// <summary>Stores that somebody was named who was checked; the name is a fact of the project. The caller holds the project's lock.</summary>
    internal static async Task Store(Session session, Caller by, string projectId, ReferrerKind kind)
    {
        await session.Execute(
            Insert,
            new
            {
                projectId,
                kind = Slug.Of(kind),
                by = by.UserId,
                byName = by.DisplayName,
                now = session.Now,
            }
        );
        session.Note(Entry("referrer-named", projectId));
    }

    /// <summary>Stores the next confirmation, which was checked: by the investor's statement, the unit, the centre. The caller holds the project's lock.</summary>
    internal static async Task Advance(Session session, Caller by, ReferrerRow row, string? file)
    {
        await session.ExecuteOnOne(
            row.At switch
            {
                ReferrerStatus.Named => SetInvestor,
                ReferrerStatus.InvestorConfirmed => SetUnit,
                _ => SetCentre,
            },
            row.At == ReferrerStatus.Named
                ? new
                {
                    projectId = row.ProjectId,
                    version = row.Version,
                    file,
                    now = session.Now,
                }
                : new
                {
                    projectId = row.ProjectId,
                    version = row.Version,
                    by = by.UserId,
                    byName = by.DisplayName,
                    now = session.Now,
                }
        );
        session.Note(Entry("referrer-confirmed", row.ProjectId));
    }

    /// <summary>Whose turn it is: the unit brings the investor's statement and confirms, the centre comes last.</summary>
    private static bool MayConfirm(Caller caller, ReferrerRow row) =>
        row.At == ReferrerStatus.UnitConfirmed ? caller.Role == Role.Coordinator : caller.Unit is not null;

    private static async Task<Reply> Told(Session session, Caller caller, string id, int status)
    {
        var project = (await LoadProject.For(session, caller, id))!;
        return Answer(caller, project, (await ReferrerRow.Of(session, id))!, status);
    }

    private static Reply Answer(Caller caller, ProjectRow project, ReferrerRow row, int status = 200) =>
        Reply.Resource(
            new ReferrerView
            {
                Name = project.People?.Referrer,
                Kind = Slug.To<ReferrerKind>(row.Kind),
                Status = row.At,
                NamedBy = new PersonRef(row.NamedBy, row.NamedByName),
                NamedAt = row.NamedAt,
                StatementFileId = row.StatementFile,
                InvestorConfirmedAt = row.InvestorAt,
                UnitConfirmedBy = row.UnitBy is null ? null : new PersonRef(row.UnitBy, row.UnitByName!),
                UnitConfirmedAt = row.UnitAt,
                CentreConfirmedBy = row.CentreBy is null ? null : new PersonRef(row.CentreBy, row.CentreByName!),
                CentreConfirmedAt = row.CentreAt,
                AllowedActions =
                    row.At != ReferrerStatus.Confirmed
                    && MayConfirm(caller, row)
                    && Permissions.Allows(caller, Act.ConfirmReferrer, project.RelationOf(caller))
                        ? ["confirm"]
                        : [],
                Version = row.Version,
            },
            row.Version,
            status,
            status == 201 ? $"/api/v1/projects/{row.ProjectId}/referrer" : null,
            row.ProjectId
        );

    private static AuditEntry Entry(string action, string projectId) =>
        new(action)
        {
            SubjectKind = "project",
            SubjectId = projectId,
            ProjectId = projectId,
        };

    private const string Insert = """
        INSERT INTO referrers (project_id, kind, status, named_by, named_by_name, named_at, version)
        VALUES (@projectId, @kind, 'named', @by, @byName, @now, 1)
        """;
    private const string SetInvestor =
        "UPDATE referrers SET status = 'investor-confirmed', statement_file = @file, investor_at = @now, version = version + 1 WHERE project_id = @projectId AND version = @version";
    private const string SetUnit =
        "UPDATE referrers SET status = 'unit-confirmed', unit_by = @by, unit_by_name = @byName, unit_at = @now, version = version + 1 WHERE project_id = @projectId AND version = @version";
    private const string SetCentre =
        "UPDATE referrers SET status = 'confirmed', centre_by = @by, centre_by_name = @byName, centre_at = @now, version = version + 1 WHERE project_id = @projectId AND version = @version";
}
