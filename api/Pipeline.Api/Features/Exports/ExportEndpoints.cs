using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;

namespace Pipeline.Api.Features.Exports;

public static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        exports
            .MapGet("/projects.csv", ExportProjects.AsCsv)
            .WithName("exportProjectsCsv")
            .Allows(Act.ExportProjects)
            .Reads([.. ProjectFilter.Parameters, "sort", "columns", "ids"])
            .Produces(200, contentType: CsvTable.ContentType);
        exports
            .MapGet("/projects.xlsx", ExportProjects.AsWorkbook)
            .WithName("exportProjectsXlsx")
            .Allows(Act.ExportProjects)
            .Reads([.. ProjectFilter.Parameters, "sort", "columns", "ids"])
            .Produces(200, contentType: Workbook.ContentType);
    }
}
