using Pipeline.Api.Features.Projects;
using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Exports;

/// <summary>What a file says of each project: taken from the representation that the caller gets, so that nothing more can be in it.</summary>
public sealed class ProjectColumns(IReadOnlyList<ProjectColumns.Column> chosen, RuleSet rules, DateOnly today, IReadOnlyDictionary<string, string> places, string language)
{
    /// <summary>A column: the key of its header, its width in characters, and its cell.</summary>
    public sealed record Column(string Key, int Width, Func<ProjectColumns, ProjectView, object?> Cell);

    public static readonly IReadOnlyList<Column> All =
    [
        new("code", 14, (_, project) => project.Code),
        new("name", 40, (_, project) => project.Name),
        new("stage", 10, (columns, project) => columns.Word(project.Stage)),
        new("owner", 16, (_, project) => project.Owner.Name),
        new("first-talk", 16, (_, project) => project.FirstTalk?.Name),
        new("investors", 40, (_, project) => string.Join('、', project.Investors.Select(investor => investor.Name))),
        new("country", 10, (_, project) => Primary(project)?.Country is var country && country != InvestorBody.UnknownCountry ? country : null),
        new("uscc", 22, (_, project) => Primary(project)?.Uscc),
        new("total-investment", 20, (_, project) => project.TotalInvestment?.Amount),
        new("currency", 8, (_, project) => project.TotalInvestment?.Currency),
        new("cny", 20, (columns, project) => columns.Cny(project.TotalInvestment)),
        new("fixed-investment", 20, (_, project) => project.FixedInvestment?.Amount),
        new("fixed-investment-currency", 8, (_, project) => project.FixedInvestment?.Currency),
        new("foreign-capital", 20, (_, project) => project.ForeignCapital?.Amount),
        new("foreign-capital-currency", 8, (_, project) => project.ForeignCapital?.Currency),
        new("industry-code", 10, (_, project) => project.IndustryCode),
        new("chain", 16, (_, project) => project.Chain),
        new("landing-place", 20, (columns, project) => columns.Place(project.LandingPlace)),
        new("land-mu", 12, (_, project) => project.LandMu),
        new("in-talks-on", 12, (_, project) => project.StageDates?.InTalks),
        new("signed-on", 12, (_, project) => project.StageDates?.Signed),
        new("registered-on", 12, (_, project) => project.StageDates?.Registered),
        new("started-on", 12, (_, project) => project.StageDates?.Started),
        new("in-production-on", 12, (_, project) => project.StageDates?.InProduction),
        new("planned-signing-on", 12, (_, project) => project.PlannedSigningOn),
        new("planned-start-on", 12, (_, project) => project.PlannedStartOn),
        new("planned-production-on", 12, (_, project) => project.PlannedProductionOn),
        new("light", 8, (columns, project) => project.Light is { } light ? columns.Word(light) : null),
        new("flags", 24, (columns, project) => project.Flags is { } flags ? string.Join('、', flags.Select(columns.Flag)) : null),
        new("claim-status", 12, (columns, project) => project.Claim is { } claim ? columns.Word(claim.Status) : null),
        new("claim-expires-at", 18, (_, project) => project.Claim?.ExpiresAt),
        new("created-at", 18, (_, project) => project.CreatedAt),
        new("updated-at", 18, (_, project) => project.UpdatedAt),
    ];

    /// <summary>The columns that a query asks for (<c>columns=name,stage</c>), in its order; all where it names none.</summary>
    public static IReadOnlyList<Column> Read(QueryReader query)
    {
        if (query.Text("columns", 1000) is not { } text)
            return All;
        var keys = text.Split(',');
        var named = keys.Select(key => All.FirstOrDefault(column => column.Key == key)).OfType<Column>().Distinct().ToList();
        if (named.Count != keys.Length)
            query.Refuse("columns", "choice", string.Join(", ", All.Select(column => column.Key)));
        return named;
    }

    /// <summary>The headers, in the caller's language.</summary>
    public object?[] Headers() => [.. chosen.Select(column => Messages.Text(language, $"export.column.{column.Key}"))];

    /// <summary>The cells of a project.</summary>
    public object?[] Of(ProjectRow row, Caller caller)
    {
        var project = ProjectPresenter.Of(row, caller, rules, today);
        return [.. chosen.Select(column => column.Cell(this, project))];
    }

    private static InvestorView? Primary(ProjectView project) => project.Investors.FirstOrDefault(investor => investor.Primary);

    private decimal? Cny(Money? money) => money is { } known ? rules.ToCny(known, today.Year) : null;

    private string Word<T>(T value) where T : struct, Enum => Messages.Text(language, $"enum.{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(typeof(T).Name)}.{Slug.Of(value)}");

    // An unheard-of flag is told by its code.
    private string Flag(string flag) => Messages.Text(language, $"enum.flag.{flag}") is var text && text.StartsWith("enum.", StringComparison.Ordinal) ? flag : text;

    private string? Place(PlaceBody? place) => place?.Text ?? (place?.Id is { } id ? places.GetValueOrDefault(id) : null);
}
