using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Projects;

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
                await session.Raise(new ProjectUnderReview(project.Id, after));
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

        var entryId = Ids.New();
        var notPeople = changed.Where(key => key is not ("contacts" or "referrer")).ToList();
        Timeline.Add(
            session,
            project.Id,
            EntryKind.Edited,
            caller,
            project.OwnerId,
            before: notPeople.ToDictionary(key => key, key => from[key]?.DeepClone()),
            after: notPeople.ToDictionary(key => key, key => to[key]?.DeepClone()),
            id: entryId
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
        await session.Raise(
            new FactsChanged(
                project.Id,
                entryId,
                project.SignedOn is not null || project.At > Domain.Projects.Stage.InTalks
            )
        );
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
