using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Imports;

/// <summary>A row of what is there already: what differs is proposed, nothing is applied (R53).</summary>
internal static class ProposeUpdate
{
    public static TakenRow Of(ImportRun run, UnderstoodRow row, Known known, IReadOnlyList<RowMatch> matches)
    {
        var changes = Differences(run, row, known);
        return new TakenRow
        {
            Action = changes.Count > 0 ? RowAction.UpdateProposed : RowAction.None,
            ProjectId = known.ProjectId,
            ClaimId = known.ClaimId,
            // Of a row that bears the project's own code, what is not changed was read from the library and is no doubt.
            Issues = row.ProjectCode is null
                ? row.Issues
                : [.. row.Issues.Where(issue => issue.Field is { } field && changes.ContainsKey(field))],
            Matches = matches,
            Changes = changes,
            Duplicate = true,
        };
    }

    private static Dictionary<string, ProposedChange> Differences(ImportRun run, UnderstoodRow row, Known known)
    {
        var body = known.Body;
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
        foreach (var fact in PlainFact.All)
        {
            var (now, then) = (fact.Of(body), fact.Of(row.Plain));
            if (then is not null && !then.Equals(now))
                changes[fact.Name] = new ProposedChange(Json.Node(now), Json.Node(then));
        }

        if (row.ProjectCode is not null)
        {
            var primary = body.Investors?.FirstOrDefault(investor => investor.Primary)
                ?? (body.Investors is [var first, ..] ? first : null);
            Compare(ImportFields.Country, primary?.Country, row.Country);
            Compare(ImportFields.Uscc, primary?.Uscc, row.Uscc);
        }

        var investors = (body.Investors ?? []).Select(investor => Normalised.InvestorName(investor.Name!)).ToHashSet();
        if (row.Investors.Any(investor => !investors.Contains(Normalised.InvestorName(investor.Name))))
            changes[ImportFields.Investor] = new ProposedChange(
                Json.Node((body.Investors ?? []).Select(investor => investor.Name)),
                Json.Node(row.Investors.Select(investor => investor.Name))
            );
        if (row.Stage is { } stage && stage != Slug.Of(known.At))
            changes[ImportFields.Stage] = new ProposedChange(Json.Node(Slug.Of(known.At)), Json.Node(stage));
        if (row.OwnerId is { } owner && run.IsBackfill && known.Owner is { } present && owner != present.Id)
            changes[ImportFields.Jurisdiction] = new ProposedChange(
                Json.Node(present.Name),
                Json.Node(run.Units[owner].Name)
            );
        var dates = RowSays.Reached(row, RowSays.StageOf(row), null);
        foreach (
            var (field, now, then) in new[]
            {
                (ImportFields.ReportedOn, known.Dates.InTalks, dates.InTalks),
                (ImportFields.SignedOn, known.Dates.Signed, dates.Signed),
                (ImportFields.RegisteredOn, known.Dates.Registered, dates.Registered),
                (ImportFields.StartedOn, known.Dates.Started, dates.Started),
                (ImportFields.InProductionOn, known.Dates.InProduction, dates.InProduction),
            }
        )
        {
            if (then is not null && now != then)
                changes[field] = new ProposedChange(Json.Node(now), Json.Node(then));
        }

        return changes;
    }
}
