using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Projects;

/// <summary>Registers a project below the report threshold: no claim, no exclusivity. It is matched all the same, for the centre's eyes (R10a).</summary>
public sealed class RegisterProject(RuleBooks ruleBooks, StoreProject store)
{
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
            await session.Raise(new ProjectUnderReview(project.Id, body));
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
    public static Refusal? ReportRequired(RuleSet rules, ProjectBody body, int year)
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
