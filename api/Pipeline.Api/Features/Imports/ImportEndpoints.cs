using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Imports;

public static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports")
            .Tagged("Imports", "Registers in: read, judged row by row, corrected, stored.");
        imports
            .MapPost("/", PostImport.Handle)
            .WithName("importRegister")
            .WithSummary("Import a register")
            .Allows(Act.Import)
            .Accepts<IFormFile>("multipart/form-data")
            .Reads(
                Query.Flag(
                    "dryRun",
                    "Whether everything is read and judged, and nothing stored. May be a field of the form."
                ),
                Query.Choice<ImportMode>("mode", "Row by row, or all rows or none. May be a field of the form."),
                Query.Choice<RowChoice>(
                    "rows",
                    "Which rows to take: all, or those without a doubt; the others are held back. May be a field of the form."
                ),
                Query.Text(
                    "mapping",
                    "Which column feeds which field: a JSON object of headings to fields. May be a field of the form."
                )
            )
            .Answers<ImportView>(202)
            .Refuses(400, 413, 415)
            .Refuses("too-many-imports");
        imports
            .MapPost("/parse", ReadPasted.Handle)
            .WithName("parseRow")
            .WithSummary("Read one pasted row without storing it")
            .Allows(Act.RegisterProject)
            .StoresNothing()
            .Takes<ReadPasted.Request>()
            .Answers<ReadPasted.Response>()
            .Refuses(400);
        imports
            .MapGet("/", ReadImports.List)
            .WithName("listImports")
            .WithSummary("List imports")
            .Allows(Act.ReadImports)
            .Reads([Query.Flag("unfinished", "Only one's own that one may go on with."), .. Query.CountedPages])
            .Answers<Page<ImportView>>();
        imports
            .MapGet("/fields", ReadImports.Fields)
            .WithName("listImportFields")
            .WithSummary("List the fields that a register may have")
            .Allows(Act.ReadImports)
            .Answers<ImportFieldsView>();
        imports
            .MapGet("/template.xlsx", ImportTemplate.Handle)
            .WithName("getImportTemplate")
            .WithSummary("Get an empty register to fill in")
            .WithDescription(
                "A workbook with every heading that a register may have, lists to choose from, an example, and explanations; in the language of the request. Filled in it is read without a doubt."
            )
            .Allows(Act.ReadImports)
            .Produces(200, contentType: CorrectionsWorkbook.ContentType);
        imports
            .MapGet("/{id}", ReadImports.Single)
            .WithName("getImport")
            .WithSummary("Get an import and how far it is")
            .Allows(Act.ReadImports)
            .Answers<ImportView>()
            .Refuses(404);
        imports
            .MapPost("/{id}/cancel", CancelImport.Handle)
            .WithName("cancelImport")
            .WithSummary("Cancel an import")
            .Allows(Act.Import)
            .Answers<ImportView>()
            .Refuses(404)
            .Refuses("import-ended");
        imports
            .MapGet("/{id}/rows", ReadImports.Rows)
            .WithName("listImportRows")
            .WithSummary("List the rows of an import and what became of them")
            .Allows(Act.ReadImports)
            .Reads([
                Query.Choice<OutcomeFilter>("outcome", "Only rows that came out so."),
                Query.Text("code", "Only rows with this doubt or refusal."),
                Query.Choice<RowAction>("action", "Only rows of which this became."),
                .. Query.CountedPages,
            ])
            .Answers<Page<ImportRowView>>()
            .Refuses(404);
        imports
            .MapPost("/{id}/corrections", CorrectCells.Handle)
            .WithName("correctCells")
            .WithSummary("Correct cells of a dry run")
            .Allows(Act.Import)
            .Takes<CorrectCells.Request>()
            .Answers<ImportView>()
            .Refuses(400, 404)
            .Refuses("import-continued", "import-rows-removed", "import-running", "import-stored");
        imports
            .MapPost("/{id}/rerun", RerunImport.Handle)
            .WithName("rerunImport")
            .WithSummary("Run an import again with its corrections, or take it over")
            .Allows(Act.Import)
            .Takes<RerunImport.Request>()
            .Answers<ImportView>(202)
            .Refuses(400, 404)
            .Refuses(
                "import-continued",
                "import-file-removed",
                "import-rows-removed",
                "import-running",
                "import-stored"
            );
        imports
            .MapPost("/{id}/dismiss", DismissImport.Handle)
            .WithName("dismissImport")
            .WithSummary("Set an unfinished import aside")
            .Allows(Act.Import)
            .Answers<ImportView>()
            .Refuses(404)
            .Refuses("import-running");
        imports
            .MapGet("/{id}/undo", UndoImport.Preview)
            .WithName("previewImportUndo")
            .WithSummary("Get what undoing an import would do, and what stands against it")
            .Allows(Act.Import)
            .Answers<UndoImport.PreviewView>()
            .Refuses(404);
        imports
            .MapPost("/{id}/undo", UndoImport.Handle)
            .WithName("undoImport")
            .WithSummary("Undo an import as a whole, while nothing has been built on it")
            .WithDescription(
                "Its projects are terminated without the stages and days that they never had, its reports withdrawn or released, the updates that were accepted of it set back. Refused as a whole where something has been built on one of them; the problem names up to 200."
            )
            .Allows(Act.Import)
            .Takes<ReasonRequest>()
            .Answers<ImportView>()
            .Refuses(400, 404)
            .Refuses(
                "import-built-on",
                "import-running",
                "import-undone",
                "nothing-to-undo",
                "undo-too-large",
                "import-rows-removed"
            );
        imports
            .MapPost("/{id}/decisions", DecideUpdates.Handle)
            .WithName("decideUpdates")
            .WithSummary("Accept or decline updates that rows propose")
            .Allows(Act.Import)
            .Takes<DecideUpdates.Request>()
            .Answers<DecideUpdates.Response>()
            .Refuses(400, 404, 422)
            .Refuses("dry-run-only", "import-rows-removed", "import-running", "import-undone")
            .TellsWithin(
                "no-update-proposed",
                "nothing-to-accept",
                "report-waiting",
                "update-decided",
                "update-outdated"
            );
        imports
            .MapGet("/{id}/corrections.xlsx", CorrectionsWorkbook.Handle)
            .WithName("downloadCorrections")
            .WithSummary("Download the rows to be corrected as a workbook")
            .Allows(Act.ReadImports)
            .Produces(200, contentType: CorrectionsWorkbook.ContentType)
            .Refuses(404)
            .Refuses("import-rows-removed");
    }

    public static void AddImports(this IServiceCollection services)
    {
        services.AddSingleton<ImportSignal>();
        services.AddSingleton<ImportTurns>();
        services.AddSingleton<LookUpRows>();
        services.AddSingleton<BackfillRow>();
        services.AddSingleton<RecogniseRow>();
        services.AddSingleton<TakeUnitRow>();
        services.AddSingleton<TakeRow>();
        services.AddSingleton<RunImport>();
        services.AddSingleton<IRetained, ForgetImportRows>();
        services.AddSingleton<IRetained, ForgetImportFiles>();
        for (var place = 0; place < RunImport.AtOnce; place++)
            services.AddSingleton<IHostedService, RunImportsInTheBackground>();
    }
}
