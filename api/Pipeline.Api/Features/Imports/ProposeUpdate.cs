using Pipeline.Api.Features.Projects;
using Pipeline.Api.Http;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;

namespace Pipeline.Api.Features.Imports;

/// <summary>A row of a project that is there already: what differs is proposed, nothing is applied (R53).</summary>
internal static class ProposeUpdate
{
    public static TakenRow Of(ImportRun run, UnderstoodRow row, ProjectRow project, IReadOnlyList<RowMatch> matches)
    {
        var changes = Differences(run, row, project);
        return new TakenRow
        {
            Action = changes.Count > 0 ? RowAction.UpdateProposed : RowAction.None,
            ProjectId = project.Id,
            Issues = row.Issues,
            Matches = matches,
            Changes = changes,
            Duplicate = true,
        };
    }

    private static Dictionary<string, ProposedChange> Differences(ImportRun run, UnderstoodRow row, ProjectRow project)
    {
        var body = project.Body();
        var changes = new Dictionary<string, ProposedChange>(StringComparer.Ordinal);
        void Compare<T>(string field, T? now, T? then)
        {
            if (then is not null && !EqualityComparer<T>.Default.Equals(now, then))
                changes[field] = new ProposedChange(Json.Node(now), Json.Node(then));
        }

        Compare(ImportFields.Name, body.Name, row.Name);
        Compare(ImportFields.NationalCode, body.NationalCode, row.NationalCode);
        Compare(ImportFields.Chain, body.Chain, row.Chain);
        Compare(ImportFields.IndustryCode, body.IndustryCode, row.IndustryCode);
        if (row.TotalInvestment is { } total && body.TotalInvestment != total)
            changes[ImportFields.TotalInvestment] = new ProposedChange(
                Json.Node(body.TotalInvestment),
                Json.Node(total)
            );
        if (row.LandMu is { } land && body.LandMu != land)
            changes[ImportFields.LandMu] = new ProposedChange(Json.Node(body.LandMu), Json.Node(land));
        var investors = (body.Investors ?? []).Select(investor => Normalised.InvestorName(investor.Name!)).ToHashSet();
        if (row.Investors.Any(investor => !investors.Contains(Normalised.InvestorName(investor.Name))))
            changes[ImportFields.Investor] = new ProposedChange(
                Json.Node((body.Investors ?? []).Select(investor => investor.Name)),
                Json.Node(row.Investors.Select(investor => investor.Name))
            );
        if (row.Stage is { } stage && stage != Slug.Of(project.At))
            changes[ImportFields.Stage] = new ProposedChange(Json.Node(Slug.Of(project.At)), Json.Node(stage));
        if (row.OwnerId is { } owner && run.IsBackfill && owner != project.OwnerId)
            changes[ImportFields.Jurisdiction] = new ProposedChange(
                Json.Node(project.OwnerName),
                Json.Node(run.Units[owner].Name)
            );
        var dates = RowSays.Reached(row, RowSays.StageOf(row), null);
        foreach (
            var (field, now, then) in new[]
            {
                (ImportFields.ReportedOn, project.InTalksOn, dates.InTalks),
                (ImportFields.SignedOn, project.SignedOn, dates.Signed),
                (ImportFields.RegisteredOn, project.RegisteredOn, dates.Registered),
                (ImportFields.StartedOn, project.StartedOn, dates.Started),
                (ImportFields.InProductionOn, project.InProductionOn, dates.InProduction),
            }
        )
        {
            if (then is not null && now != then)
                changes[field] = new ProposedChange(Json.Node(now), Json.Node(then));
        }

        return changes;
    }
}
