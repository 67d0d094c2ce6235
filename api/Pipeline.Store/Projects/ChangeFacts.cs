using System.Text.Json.Nodes;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Projects;

/// <summary>Changes the facts of a project: by an edit, or by a row of a register that somebody accepted (R53). A lift to the threshold asks for a report; a change of what R13 looks at is matched again (R10a).</summary>
public sealed class ChangeFacts(RuleBooks ruleBooks, StoreProject store)
{
    /// <summary>What the facts must be like: of a backfilled project any may be missing (R51).</summary>
    public static ProjectRules ValidatorOf(ProjectRow project) =>
        Json.Read<List<string>>(project.Flags).Contains("backfilled") ? ProjectRules.Lenient : ProjectRules.Complete;

    /// <summary>Why valid facts cannot become the project's; null when they can.</summary>
    public static async Task<Refusal?> RefusalOf(Session session, ProjectRow project, ProjectBody after) =>
        await Leaders.Unknown(session, after.Leaders, "leaders") is { } unknown
            ? unknown
            : ProjectActs.RefuseEdit(project.Acted()) ?? await RefuseReferrer(session, project, after);

    /// <summary>Who was named as referrer for a reward (R136) is not exchanged by an edit.</summary>
    private static async Task<Refusal?> RefuseReferrer(Session session, ProjectRow project, ProjectBody after) =>
        after.Referrer != project.Body().Referrer && await ReferrerRow.Of(session, project.Id) is not null
            ? new Refusal(RefusalKind.Conflict, "referrer-named", [new FieldError("referrer", "fixed")])
            : null;

    /// <summary>Stores the facts, under the lock of the intake.</summary>
    /// <param name="source">What the facts were taken from, for the timeline; null for an edit by hand.</param>
    public async Task Store(
        Session session,
        Caller caller,
        ProjectRow project,
        ProjectBody before,
        ProjectBody after,
        FactSource? source = null
    )
    {
        var rules = await ruleBooks.Current(session);
        await store.Change(session, project.Id, after, Json.Read<List<string>>(project.Flags), rules);
        var (from, to) = (Json.Node(before)!.AsObject(), Json.Node(after)!.AsObject());
        var changed = from.Select(member => member.Key)
            .Union(to.Select(member => member.Key))
            .Where(key => !JsonNode.DeepEquals(from[key], to[key]))
            .ToList();
        if (changed.Count == 0)
            return;

        if (changed.Intersect(MatchedOn).Any() && project.At is not Stage.Terminated)
        {
            var found = (await FindMatches.Find(session, after.Facts(), rules, project.Id)).Found;
            if (await RegisterProject.ForTheCentre(session, project.Id, project.OwnerId, found) && !project.UnderReview)
                await session.Raise(new ProjectUnderReview(project.Id, after));
            var lifted =
                project.At == Stage.InTalks
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
            after: Told(notPeople.ToDictionary(key => key, key => to[key]?.DeepClone()), source),
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
            new FactsChanged(project.Id, entryId, project.SignedOn is not null || project.At > Stage.InTalks)
        );
    }

    private static Dictionary<string, JsonNode?> Told(Dictionary<string, JsonNode?> facts, FactSource? source)
    {
        if (source is not null)
        {
            facts.Add("importId", source.ImportId);
            facts.Add("rowNumber", source.RowNumber);
        }

        return facts;
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

/// <summary>The row of an import from which facts were taken.</summary>
public sealed record FactSource(string ImportId, int RowNumber);
