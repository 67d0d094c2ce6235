using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;

namespace Pipeline.Api.Features.Exports;

public static class ExportEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        .. ProjectFilter.Parameters,
        ProjectOrder.Parameter,
        Query.Text("columns", "The columns, separated by commas, in the order wanted; without it all."),
        Query.Text("ids", $"Ids of projects, separated by commas; at most {QueryReader.MostIds}."),
    ];

    public static void MapExports(this IEndpointRouteBuilder api)
    {
        var exports = api.MapGroup("/exports").Tagged("Exports", "What a list finds, as a file.");
        exports
            .MapGet("/projects.csv", ExportProjects.AsCsv)
            .IsCsvOf("Projects", "projects", Act.ExportProjects, Parameters);
        exports
            .MapGet("/projects.xlsx", ExportProjects.AsWorkbook)
            .IsWorkbookOf("Projects", "projects", Act.ExportProjects, Parameters);
        exports
            .MapGet("/capital.csv", ExportRecords.CapitalAsCsv)
            .IsCsvOf("Capital", "capital paid in", Act.ReadCapital, CapitalFilter.Parameters);
        exports
            .MapGet("/capital.xlsx", ExportRecords.CapitalAsWorkbook)
            .IsWorkbookOf("Capital", "capital paid in", Act.ReadCapital, CapitalFilter.Parameters);
        exports
            .MapGet("/signing-notices.csv", ExportRecords.NoticesAsCsv)
            .IsCsvOf("SigningNotices", "signing notices", Act.ReadSigningNotices, SigningFilter.Parameters);
        exports
            .MapGet("/signing-notices.xlsx", ExportRecords.NoticesAsWorkbook)
            .IsWorkbookOf("SigningNotices", "signing notices", Act.ReadSigningNotices, SigningFilter.Parameters);
        exports
            .MapGet("/problems.csv", ExportRecords.ProblemsAsCsv)
            .IsCsvOf("Problems", "problems", Act.ReadProblems, ProblemFilter.Parameters);
        exports
            .MapGet("/problems.xlsx", ExportRecords.ProblemsAsWorkbook)
            .IsWorkbookOf("Problems", "problems", Act.ReadProblems, ProblemFilter.Parameters);
        exports
            .MapGet("/removals.csv", ExportRecords.RemovalsAsCsv)
            .IsCsvOf("Removals", "removals", Act.ReadRemovals, RemovalFilter.Parameters);
        exports
            .MapGet("/removals.xlsx", ExportRecords.RemovalsAsWorkbook)
            .IsWorkbookOf("Removals", "removals", Act.ReadRemovals, RemovalFilter.Parameters);
        exports
            .MapGet("/leader-links.csv", ExportRecords.LinksAsCsv)
            .IsCsvOf("LeaderLinks", "leader links", Act.ReadLeaderLinks, LeaderLinkFilter.Parameters);
        exports
            .MapGet("/leader-links.xlsx", ExportRecords.LinksAsWorkbook)
            .IsWorkbookOf("LeaderLinks", "leader links", Act.ReadLeaderLinks, LeaderLinkFilter.Parameters);
        exports
            .MapGet("/targets.csv", ExportRecords.TargetsAsCsv)
            .IsCsvOf("Targets", "targets", Act.ReadTargets, TargetYear);
        exports
            .MapGet("/targets.xlsx", ExportRecords.TargetsAsWorkbook)
            .IsWorkbookOf("Targets", "targets", Act.ReadTargets, TargetYear);
        exports
            .MapGet("/scores.csv", ExportScores.AsCsv)
            .IsCsvOf("Scores", "scores", Act.ReadScores, ScoreQuery.Parameters);
        exports
            .MapGet("/scores.xlsx", ExportScores.AsWorkbook)
            .IsWorkbookOf("Scores", "scores", Act.ReadScores, ScoreQuery.Parameters);
    }

    private static readonly QueryParameter TargetYear = Query.Whole("year", "Only the targets of this year.");

    private static void IsCsvOf(
        this RouteHandlerBuilder route,
        string name,
        string what,
        Act act,
        params QueryParameter[] parameters
    ) =>
        route
            .WithName($"export{name}Csv")
            .WithSummary($"Export {what} as CSV")
            .Allows(act)
            .Reads(parameters)
            .Produces(200, contentType: CsvTable.ContentType);

    private static void IsWorkbookOf(
        this RouteHandlerBuilder route,
        string name,
        string what,
        Act act,
        params QueryParameter[] parameters
    ) =>
        route
            .WithName($"export{name}Xlsx")
            .WithSummary($"Export {what} as a workbook")
            .Allows(act)
            .Reads(parameters)
            .Produces(200, contentType: Workbook.ContentType);
}
