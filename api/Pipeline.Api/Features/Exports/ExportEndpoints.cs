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
            .WithName("exportProjectsCsv")
            .WithSummary("Export projects as CSV")
            .Allows(Act.ExportProjects)
            .Reads(Parameters)
            .Produces(200, contentType: CsvTable.ContentType);
        exports
            .MapGet("/projects.xlsx", ExportProjects.AsWorkbook)
            .WithName("exportProjectsXlsx")
            .WithSummary("Export projects as a workbook")
            .Allows(Act.ExportProjects)
            .Reads(Parameters)
            .Produces(200, contentType: Workbook.ContentType);
        exports
            .MapGet("/capital.csv", ExportRecords.CapitalAsCsv)
            .WithName("exportCapitalCsv")
            .WithSummary("Export capital paid in as CSV")
            .Allows(Act.ReadCapital)
            .Reads(CapitalFilter.Parameters)
            .Produces(200, contentType: CsvTable.ContentType);
        exports
            .MapGet("/capital.xlsx", ExportRecords.CapitalAsWorkbook)
            .WithName("exportCapitalXlsx")
            .WithSummary("Export capital paid in as a workbook")
            .Allows(Act.ReadCapital)
            .Reads(CapitalFilter.Parameters)
            .Produces(200, contentType: Workbook.ContentType);
        exports
            .MapGet("/signing-notices.csv", ExportRecords.NoticesAsCsv)
            .WithName("exportSigningNoticesCsv")
            .WithSummary("Export signing notices as CSV")
            .Allows(Act.ReadSigningNotices)
            .Reads(SigningFilter.Parameters)
            .Produces(200, contentType: CsvTable.ContentType);
        exports
            .MapGet("/signing-notices.xlsx", ExportRecords.NoticesAsWorkbook)
            .WithName("exportSigningNoticesXlsx")
            .WithSummary("Export signing notices as a workbook")
            .Allows(Act.ReadSigningNotices)
            .Reads(SigningFilter.Parameters)
            .Produces(200, contentType: Workbook.ContentType);
        exports
            .MapGet("/problems.csv", ExportRecords.ProblemsAsCsv)
            .WithName("exportProblemsCsv")
            .WithSummary("Export problems as CSV")
            .Allows(Act.ReadProblems)
            .Reads(ProblemFilter.Parameters)
            .Produces(200, contentType: CsvTable.ContentType);
        exports
            .MapGet("/problems.xlsx", ExportRecords.ProblemsAsWorkbook)
            .WithName("exportProblemsXlsx")
            .WithSummary("Export problems as a workbook")
            .Allows(Act.ReadProblems)
            .Reads(ProblemFilter.Parameters)
            .Produces(200, contentType: Workbook.ContentType);
        exports
            .MapGet("/removals.csv", ExportRecords.RemovalsAsCsv)
            .WithName("exportRemovalsCsv")
            .WithSummary("Export removals as CSV")
            .Allows(Act.ReadRemovals)
            .Reads(RemovalFilter.Parameters)
            .Produces(200, contentType: CsvTable.ContentType);
        exports
            .MapGet("/removals.xlsx", ExportRecords.RemovalsAsWorkbook)
            .WithName("exportRemovalsXlsx")
            .WithSummary("Export removals as a workbook")
            .Allows(Act.ReadRemovals)
            .Reads(RemovalFilter.Parameters)
            .Produces(200, contentType: Workbook.ContentType);
        exports
            .MapGet("/leader-links.csv", ExportRecords.LinksAsCsv)
            .WithName("exportLeaderLinksCsv")
            .WithSummary("Export leader links as CSV")
            .Allows(Act.ReadLeaderLinks)
            .Reads(LeaderLinkFilter.Parameters)
            .Produces(200, contentType: CsvTable.ContentType);
        exports
            .MapGet("/leader-links.xlsx", ExportRecords.LinksAsWorkbook)
            .WithName("exportLeaderLinksXlsx")
            .WithSummary("Export leader links as a workbook")
            .Allows(Act.ReadLeaderLinks)
            .Reads(LeaderLinkFilter.Parameters)
            .Produces(200, contentType: Workbook.ContentType);
        exports
            .MapGet("/targets.csv", ExportRecords.TargetsAsCsv)
            .WithName("exportTargetsCsv")
            .WithSummary("Export targets as CSV")
            .Allows(Act.ReadTargets)
            .Reads(TargetYear)
            .Produces(200, contentType: CsvTable.ContentType);
        exports
            .MapGet("/targets.xlsx", ExportRecords.TargetsAsWorkbook)
            .WithName("exportTargetsXlsx")
            .WithSummary("Export targets as a workbook")
            .Allows(Act.ReadTargets)
            .Reads(TargetYear)
            .Produces(200, contentType: Workbook.ContentType);
    }

    private static readonly QueryParameter TargetYear = Query.Whole("year", "Only the targets of this year.");
}
