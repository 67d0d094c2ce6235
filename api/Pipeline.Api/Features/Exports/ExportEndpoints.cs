using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;

namespace Pipeline.Api.Features.Exports;

/// <summary>What the columns of a file are called.</summary>
public enum Headings
{
    Words,
    Keys,
}

public static class ExportEndpoints
{
    private static readonly QueryParameter Headings = Query.Choice<Headings>(
        "headers",
        "What the columns are called: `words` of the caller's language, which is the standard, or `keys`, which never change."
    );

    private static readonly QueryParameter[] Parameters =
    [
        .. ProjectFilter.Parameters,
        ProjectOrder.Parameter,
        Query.Text("columns", "The columns, separated by commas, in the order wanted; without it all."),
        Query.Text("ids", $"Ids of projects, separated by commas; at most {QueryReader.MostIds}."),
        Headings,
        Query.Choice<Figures>(
            "figures",
            "How amounts are told: `exact`, each in its own currency to the cent, which is the standard; or `shown`, as the page shows them: numbered rows, hundred millions of yuan with two decimals, classes with their names, a row of totals at the end."
        ),
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
            .IsCsvOf("Capital", "capital paid in", Act.ReadCapital, [.. CapitalFilter.Parameters, Headings]);
        exports
            .MapGet("/capital.xlsx", ExportRecords.CapitalAsWorkbook)
            .IsWorkbookOf("Capital", "capital paid in", Act.ReadCapital, [.. CapitalFilter.Parameters, Headings]);
        exports
            .MapGet("/signing-notices.csv", ExportRecords.NoticesAsCsv)
            .IsCsvOf(
                "SigningNotices",
                "signing notices",
                Act.ReadSigningNotices,
                [.. SigningFilter.Parameters, Headings]
            );
        exports
            .MapGet("/signing-notices.xlsx", ExportRecords.NoticesAsWorkbook)
            .IsWorkbookOf(
                "SigningNotices",
                "signing notices",
                Act.ReadSigningNotices,
                [.. SigningFilter.Parameters, Headings]
            );
        exports
            .MapGet("/problems.csv", ExportRecords.ProblemsAsCsv)
            .IsCsvOf("Problems", "problems", Act.ReadProblems, [.. ProblemFilter.Parameters, Headings]);
        exports
            .MapGet("/problems.xlsx", ExportRecords.ProblemsAsWorkbook)
            .IsWorkbookOf("Problems", "problems", Act.ReadProblems, [.. ProblemFilter.Parameters, Headings]);
        exports
            .MapGet("/removals.csv", ExportRecords.RemovalsAsCsv)
            .IsCsvOf("Removals", "removals", Act.ReadRemovals, [.. RemovalFilter.Parameters, Headings]);
        exports
            .MapGet("/removals.xlsx", ExportRecords.RemovalsAsWorkbook)
            .IsWorkbookOf("Removals", "removals", Act.ReadRemovals, [.. RemovalFilter.Parameters, Headings]);
        exports
            .MapGet("/leader-links.csv", ExportRecords.LinksAsCsv)
            .IsCsvOf("LeaderLinks", "leader links", Act.ReadLeaderLinks, [.. LeaderLinkFilter.Parameters, Headings]);
        exports
            .MapGet("/leader-links.xlsx", ExportRecords.LinksAsWorkbook)
            .IsWorkbookOf(
                "LeaderLinks",
                "leader links",
                Act.ReadLeaderLinks,
                [.. LeaderLinkFilter.Parameters, Headings]
            );
        exports
            .MapGet("/targets.csv", ExportRecords.TargetsAsCsv)
            .IsCsvOf("Targets", "targets", Act.ReadTargets, TargetYear, Headings);
        exports
            .MapGet("/targets.xlsx", ExportRecords.TargetsAsWorkbook)
            .IsWorkbookOf("Targets", "targets", Act.ReadTargets, TargetYear, Headings);
        exports
            .MapGet("/libraries.csv", ExportLibraries.AsCsv)
            .IsCsvOf(
                "Libraries",
                "the entries of a library",
                Act.ReadLibraries,
                [LibraryFilter.Library, .. LibraryFilter.Parameters, Headings]
            );
        exports
            .MapGet("/libraries.xlsx", ExportLibraries.AsWorkbook)
            .IsWorkbookOf(
                "Libraries",
                "the entries of a library",
                Act.ReadLibraries,
                [LibraryFilter.Library, .. LibraryFilter.Parameters, Headings]
            );
        exports
            .MapGet("/parcels.csv", ExportResources.ParcelsAsCsv)
            .IsCsvOf("Parcels", "land", Act.ReadLand, [.. ParcelFilter.Parameters, Headings]);
        exports
            .MapGet("/parcels.xlsx", ExportResources.ParcelsAsWorkbook)
            .IsWorkbookOf("Parcels", "land", Act.ReadLand, [.. ParcelFilter.Parameters, Headings]);
        exports
            .MapGet("/event-results.csv", ExportResources.ResultsAsCsv)
            .IsCsvOf(
                "EventResults",
                "what came of events",
                Act.ReadResults,
                [.. EventResultFilter.Parameters, Headings]
            );
        exports
            .MapGet("/event-results.xlsx", ExportResources.ResultsAsWorkbook)
            .IsWorkbookOf(
                "EventResults",
                "what came of events",
                Act.ReadResults,
                [.. EventResultFilter.Parameters, Headings]
            );
        exports
            .MapGet("/financing-needs.csv", ExportResources.NeedsAsCsv)
            .IsCsvOf("FinancingNeeds", "needs of financing", Act.ReadNeeds, [.. NeedFilter.Parameters, Headings]);
        exports
            .MapGet("/financing-needs.xlsx", ExportResources.NeedsAsWorkbook)
            .IsWorkbookOf("FinancingNeeds", "needs of financing", Act.ReadNeeds, [.. NeedFilter.Parameters, Headings]);
        exports
            .MapGet("/office-leads.csv", ExportResources.LeadsAsCsv)
            .IsCsvOf(
                "OfficeLeads",
                "leads of out-posted offices",
                Act.ReadOfficeLeads,
                [.. OfficeLeadFilter.Parameters, Headings]
            );
        exports
            .MapGet("/office-leads.xlsx", ExportResources.LeadsAsWorkbook)
            .IsWorkbookOf(
                "OfficeLeads",
                "leads of out-posted offices",
                Act.ReadOfficeLeads,
                [.. OfficeLeadFilter.Parameters, Headings]
            );
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
