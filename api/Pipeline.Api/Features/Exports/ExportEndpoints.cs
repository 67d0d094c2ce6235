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
        "What the columns are called: `words` of the caller's language, which is the standard, or `keys`, which never change; choices, yes and no are then told as the contract writes them."
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
        exports.MapSheet(
            "capital",
            "capital paid in",
            Act.ReadCapital,
            CapitalFilter.Parameters,
            ExportRecords.Capital
        );
        exports.MapSheet(
            "signing-notices",
            "signing notices",
            Act.ReadSigningNotices,
            SigningFilter.Parameters,
            ExportRecords.Notices
        );
        exports.MapSheet("problems", "problems", Act.ReadProblems, ProblemFilter.Parameters, ExportRecords.Problems);
        exports.MapSheet("removals", "removals", Act.ReadRemovals, RemovalFilter.Parameters, ExportRecords.Removals);
        exports.MapSheet(
            "leader-links",
            "leader links",
            Act.ReadLeaderLinks,
            LeaderLinkFilter.Parameters,
            ExportRecords.Links
        );
        exports.MapSheet("targets", "targets", Act.ReadTargets, [TargetYear], ExportRecords.Targets);
        exports.MapSheet(
            "libraries",
            "the entries of a library",
            Act.ReadLibraries,
            [LibraryFilter.Library, .. LibraryFilter.Parameters],
            ExportLibraries.Export
        );
        exports.MapSheet("parcels", "land", Act.ReadLand, ParcelFilter.Parameters, ExportResources.Parcels);
        exports.MapSheet(
            "chain-nodes",
            "the nodes of chains",
            Act.ReadChains,
            ChainNodeFilter.Parameters,
            ExportResources.Nodes
        );
        exports.MapSheet("events", "events", Act.ReadEvents, EventFilter.Parameters, ExportResources.Events);
        exports.MapSheet(
            "event-results",
            "what came of events",
            Act.ReadResults,
            EventResultFilter.Parameters,
            ExportResources.Results
        );
        exports.MapSheet(
            "financing-needs",
            "needs of financing",
            Act.ReadNeeds,
            NeedFilter.Parameters,
            ExportResources.Needs
        );
        exports.MapSheet(
            "office-leads",
            "leads of out-posted offices",
            Act.ReadOfficeLeads,
            OfficeLeadFilter.Parameters,
            ExportResources.Leads
        );
        exports.MapSheet("audit", "the audit trail", Act.ReadAudit, AuditFilter.Parameters, ExportAudit.Export);
        exports
            .MapGet("/scores.csv", ExportScores.AsCsv)
            .IsCsvOf("Scores", "scores", Act.ReadScores, ScoreQuery.Parameters);
        exports
            .MapGet("/scores.xlsx", ExportScores.AsWorkbook)
            .IsWorkbookOf("Scores", "scores", Act.ReadScores, ScoreQuery.Parameters);
    }

    private static readonly QueryParameter TargetYear = Query.Whole("year", "Only the targets of this year.");

    /// <summary>Sends what a list finds, as CSV or as a workbook.</summary>
    private delegate Task<IResult> Export(Call call, RuleBooks ruleBooks, bool csv);

    /// <summary>Maps a list of records as a file of both kinds.</summary>
    private static void MapSheet(
        this IEndpointRouteBuilder exports,
        string name,
        string what,
        Act act,
        QueryParameter[] parameters,
        Export export
    )
    {
        var operation = string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        exports
            .MapGet($"/{name}.csv", (Call call, RuleBooks ruleBooks) => export(call, ruleBooks, csv: true))
            .IsCsvOf(operation, what, act, [.. parameters, Headings]);
        exports
            .MapGet($"/{name}.xlsx", (Call call, RuleBooks ruleBooks) => export(call, ruleBooks, csv: false))
            .IsWorkbookOf(operation, what, act, [.. parameters, Headings]);
    }

    private static void IsCsvOf(
        this RouteHandlerBuilder route,
        string name,
        string what,
        Act act,
        params QueryParameter[] parameters
    ) =>
        route
            .WithName($"export{name}Csv")
            .RunsInBackground()
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
            .RunsInBackground()
            .WithSummary($"Export {what} as a workbook")
            .Allows(act)
            .Reads(parameters)
            .Produces(200, contentType: Workbook.ContentType);
}
