using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Imports;

public static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("Imports");
        imports
            .MapPost("/", PostImport.Handle)
            .WithName("importRegister")
            .Allows(Act.Import)
            .Accepts<IFormFile>("multipart/form-data")
            .Reads("dryRun", "mode", "mapping")
            .Answers<ImportView>(202)
            .Refuses(400, 413, 415);
        imports
            .MapPost("/parse", ReadPasted.Handle)
            .WithName("parseRow")
            .Allows(Act.RegisterProject)
            .StoresNothing()
            .Takes<ReadPasted.Request>()
            .Answers<ReadPasted.Response>()
            .Refuses(400);
        imports
            .MapGet("/", ReadImports.List)
            .WithName("listImports")
            .Allows(Act.ReadImports)
            .Reads("unfinished", "limit", "cursor", "count")
            .Answers<Page<ImportView>>();
        imports
            .MapGet("/fields", ReadImports.Fields)
            .WithName("listImportFields")
            .Allows(Act.ReadImports)
            .Answers<ImportFieldsView>();
        imports
            .MapGet("/{id}", ReadImports.Single)
            .WithName("getImport")
            .Allows(Act.ReadImports)
            .Answers<ImportView>()
            .Refuses(404);
        imports
            .MapPost("/{id}/cancel", CancelImport.Handle)
            .WithName("cancelImport")
            .Allows(Act.Import)
            .Answers<ImportView>()
            .Refuses(404, 409);
        imports
            .MapGet("/{id}/rows", ReadImports.Rows)
            .WithName("listImportRows")
            .Allows(Act.ReadImports)
            .Reads("outcome", "code", "action", "limit", "cursor", "count")
            .Answers<Page<ImportRowView>>()
            .Refuses(404);
        imports
            .MapPost("/{id}/corrections", CorrectCells.Handle)
            .WithName("correctCells")
            .Allows(Act.Import)
            .Takes<CorrectCells.Request>()
            .Answers<ImportView>()
            .Refuses(400, 404, 409);
        imports
            .MapPost("/{id}/rerun", RerunImport.Handle)
            .WithName("rerunImport")
            .Allows(Act.Import)
            .Takes<RerunImport.Request>()
            .Answers<ImportView>(202)
            .Refuses(400, 404, 409);
        imports
            .MapPost("/{id}/dismiss", DismissImport.Handle)
            .WithName("dismissImport")
            .Allows(Act.Import)
            .Answers<ImportView>()
            .Refuses(404, 409);
        imports
            .MapPost("/{id}/decisions", DecideUpdates.Handle)
            .WithName("decideUpdates")
            .Allows(Act.Import)
            .Takes<DecideUpdates.Request>()
            .Answers<DecideUpdates.Response>()
            .Refuses(400, 404, 409, 422);
        imports
            .MapGet("/{id}/corrections.xlsx", CorrectionsWorkbook.Handle)
            .WithName("downloadCorrections")
            .Allows(Act.ReadImports)
            .Produces(200, contentType: CorrectionsWorkbook.ContentType)
            .Refuses(404);
    }

    public static void AddImports(this IServiceCollection services)
    {
        services.AddSingleton<ImportSignal>();
        services.AddSingleton<ImportTurns>();
        services.AddSingleton<TakeRow>();
        services.AddSingleton<RunImport>();
        for (var place = 0; place < RunImport.AtOnce; place++)
            services.AddSingleton<IHostedService, RunImportsInTheBackground>();
    }
}
