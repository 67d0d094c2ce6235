using Pipeline.Api.Features.Claims;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Features.RuleSets;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Projects;

/// <summary>Registers a project below the report threshold: no claim, no exclusivity. It is matched all the same, for the centre's eyes (R10a).</summary>
public sealed class RegisterProject(RuleBooks ruleBooks, StoreProject store)
{
    public static async Task<IResult> Handle(Call call, RegisterProject register, RuleBooks ruleBooks)
    {
        var body = await call.Body(ProjectBody.Validator.Complete);
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            if (await Leaders.Unknown(session, body.Value!.Leaders, "leaders") is { } unknown)
                return unknown;
            if (call.ValidateOnly)
            {
                return ReportRequired(await ruleBooks.Current(session), body.Value!, session.Today.Year) is { } required
                    ? required
                    : Reply.NothingStored;
            }

            var result = await register.Register(session, call.Caller, body.Value!);
            if (result.Refusal is { } refusal)
                return refusal;
            var project = (await LoadProject.For(session, call.Caller, result.Value))!;
            return await ProjectEndpoints.Answer(
                session,
                call.Caller,
                ruleBooks,
                project,
                201,
                $"/api/v1/projects/{project.Id}"
            );
        });
    }

    /// <summary>Registers; the project's id. Used by the register import as well.</summary>
    public async Task<Result<string>> Register(
        Session session,
        Caller caller,
        ProjectBody body,
        string? importId = null
    )
    {
        await session.Lock(LockName.Intake);
        var rules = await ruleBooks.Current(session);
        if (ReportRequired(rules, body, session.Today.Year) is { } required)
            return required;
        var findings = await FindMatches.Find(session, body.Facts(), rules);
        var project = new NewProject
        {
            Body = body,
            OwnerId = caller.JurisdictionId!,
            FirstTalkId = caller.JurisdictionId,
            ImportId = importId,
            Found = findings.Found,
        };
        await store.Insert(session, rules, [project]);
        if (project.UnderReview)
            await ClaimNotices.ReviewWaiting(session, project.Id, body);
        Timeline.Add(
            session,
            project.Id,
            EntryKind.Registered,
            caller,
            caller.JurisdictionId,
            after: new { name = body.Name, totalInvestment = body.TotalInvestment }
        );
        return project.Id;
    }

    /// <summary>Refuses what must be reported (R10); where that is only because the currency has no rate, the refusal says so.</summary>
    private static Refusal? ReportRequired(RuleSet rules, ProjectBody body, int year)
    {
        var total = body.TotalInvestment!.Value;
        if (!rules.MustBeReported(total, year))
            return null;
        return rules.HasRate(total.Currency) || rules.ReportThresholds.Any(own => own.Currency == total.Currency)
            ? new Refusal(RefusalKind.Rule, "report-required")
            : new Refusal(
                RefusalKind.Rule,
                "report-required",
                [new FieldError("totalInvestment.currency", "rate-missing", total.Currency)]
            );
    }

    /// <summary>Keeps what an edit matched, for the centre only; whether any of it is another unit's.</summary>
    internal static async Task<bool> ForTheCentre(
        Session session,
        string projectId,
        string ownerId,
        IReadOnlyList<Found> found
    )
    {
        var foreign = found.Any(item => item.OwnerId != ownerId);
        await session.Execute(Mark, new { projectId, review = foreign ? 1 : 0 });
        await session.Execute(Forget, new { projectId });
        foreach (var item in found)
        {
            await session.Execute(
                Keep,
                new
                {
                    projectId,
                    kind = item.ClaimId is null ? "project" : "claim",
                    subject = item.ClaimId ?? item.Project!.Id,
                    level = Slug.Of(item.Match.Level),
                    reasons = Json.Write(item.Match.Reasons),
                    now = session.Now,
                }
            );
        }

        return foreign;
    }

    private const string Mark = "UPDATE projects SET under_review = @review WHERE id = @projectId";
    private const string Forget = "DELETE FROM project_matches WHERE project_id = @projectId";
    private const string Keep =
        "INSERT INTO project_matches (project_id, subject_kind, subject_id, level, reasons, found_at) VALUES (@projectId, @kind, @subject, @level, @reasons, @now)";
}

/// <summary>The leaders named on a project.</summary>
public static class Leaders
{
    /// <summary>A refusal that names each id which is no active leader's; null when all are.</summary>
    public static async Task<Refusal?> Unknown(Session session, IReadOnlyList<string>? ids, string path)
    {
        if (ids is null or [])
            return null;
        var known = (await session.Query<string>(Select, new { ids = ids.Distinct() })).ToHashSet(
            StringComparer.Ordinal
        );
        List<FieldError> errors =
        [
            .. ids.Index()
                .Where(leader => !known.Contains(leader.Item))
                .Select(leader => new FieldError($"{path}[{leader.Index}]", "unknown-leader")),
        ];
        return errors.Count == 0 ? null : Problems.Invalid([.. errors]);
    }

    private const string Select = "SELECT id FROM users WHERE id IN @ids AND role = 'leader' AND active = 1";
}

/// <summary>Edits the facts of a project by merge patch. A lift to the threshold asks for a report; a change of what R13 looks at is matched again (R10a).</summary>
public static class EditProject
{
    public static async Task<IResult> Handle(
        string id,
        Call call,
        SettleClaims settle,
        RuleBooks ruleBooks,
        StoreProject store
    )
    {
        var patch = await call.Patch();
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Intake);
            var loaded = await LoadProject.ForWrite(session, settle, call.Caller, id, Act.EditProject);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var project = loaded.Value;
            if (ETags.Check(call.Request, project.Version) is { } stale)
                return stale;
            if (patch.Refusal is { } malformed)
                return malformed;
            var before = project.Body();
            var merged = Json.MergePatch(Json.Node(before), patch.Value)!;
            var parsed = Call.Parse(
                merged,
                Json.Read<List<string>>(project.Flags).Contains("backfilled")
                    ? ProjectBody.Validator.Lenient
                    : ProjectBody.Validator.Complete,
                session.Today
            );
            if (parsed.Refusal is { } invalid)
                return invalid;
            var after = parsed.Value!;
            if (await Leaders.Unknown(session, after.Leaders, "leaders") is { } unknown)
                return unknown;
            if (project.At == Domain.Projects.Stage.Terminated)
                return new Refusal(RefusalKind.Conflict, "illegal-move", project.At, project.At);
            if (call.ValidateOnly)
                return Reply.NothingStored;

            await Store(session, settle, ruleBooks, store, call.Caller, project, before, after);
            return await ProjectEndpoints.Answer(
                session,
                call.Caller,
                ruleBooks,
                (await LoadProject.For(session, call.Caller, id))!
            );
        });
    }

    private static async Task Store(
        Session session,
        SettleClaims settle,
        RuleBooks ruleBooks,
        StoreProject store,
        Caller caller,
        ProjectRow project,
        ProjectBody before,
        ProjectBody after
    )
    {
        var rules = await ruleBooks.Current(session);
        await store.Change(session, project.Id, after, Json.Read<List<string>>(project.Flags), rules);
        var (from, to) = (Json.Node(before)!.AsObject(), Json.Node(after)!.AsObject());
        var changed = from.Select(member => member.Key)
            .Union(to.Select(member => member.Key))
            .Where(key => !System.Text.Json.Nodes.JsonNode.DeepEquals(from[key], to[key]))
            .ToList();
        if (changed.Count == 0)
            return;

        if (changed.Intersect(MatchedOn).Any() && project.At is not Domain.Projects.Stage.Terminated)
        {
            var found = (await FindMatches.Find(session, after.Facts(), rules, project.Id)).Found;
            if (await RegisterProject.ForTheCentre(session, project.Id, project.OwnerId, found) && !project.UnderReview)
                await ClaimNotices.ReviewWaiting(session, project.Id, after);
            var lifted =
                project.At == Domain.Projects.Stage.InTalks
                && project.ClaimStatus != "active"
                && after.TotalInvestment is { } total
                && rules.MustBeReported(total, session.Today.Year)
                && !(before.TotalInvestment is { } old && rules.MustBeReported(old, session.Today.Year));
            var stillRequired =
                project.ReportRequired
                && after.TotalInvestment is { } now
                && rules.MustBeReported(now, session.Today.Year);
            await session.Execute(Mark, new { id = project.Id, required = lifted || stillRequired ? 1 : 0 });
        }

        var notPeople = changed.Where(key => key is not ("contacts" or "referrer")).ToList();
        Timeline.Add(
            session,
            project.Id,
            EntryKind.Edited,
            caller,
            project.OwnerId,
            before: notPeople.ToDictionary(key => key, key => from[key]?.DeepClone()),
            after: notPeople.ToDictionary(key => key, key => to[key]?.DeepClone())
        );
        if (notPeople.Count < changed.Count)
            session.Note(
                new AuditEntry("contacts-edited")
                {
                    SubjectKind = "project",
                    SubjectId = project.Id,
                    ProjectId = project.Id,
                }
            );
        await StoreProject.Touch(session, project.Id, publicly: changed.Intersect(Public).Any());
    }

    private static readonly string[] MatchedOn =
    [
        "name",
        "nationalCode",
        "investors",
        "totalInvestment",
        "industryCode",
    ];
    private static readonly string[] Public = ["name", "investors", "totalInvestment", "industryCode", "secret"];

    private const string Mark = "UPDATE projects SET report_required = @required WHERE id = @id";
}
