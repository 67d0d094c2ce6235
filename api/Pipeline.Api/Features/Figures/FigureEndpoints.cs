using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Figures;

public static class FigureEndpoints
{
    private static readonly QueryParameter Period = Query.Text(
        "period",
        "A month `YYYY-MM`, a quarter `YYYY-Qn`, a year `YYYY` or its 13th period `YYYY-13`; without it the snapshot's, else the last year that has targets, else the current one."
    );

    private static readonly QueryParameter AsOf = Query.Date(
        "asOf",
        "What occurred after this day is left out. With it, or with `knownAt`, facts are taken by the day on which they occurred, else by the month in which they are booked."
    );

    private static readonly QueryParameter KnownAt = Query.Instant(
        "knownAt",
        "What was recorded after this instant is left out."
    );

    private static readonly QueryParameter Snapshot = Query.Text(
        "snapshot",
        "The snapshot of a closed period to read from, whatever version; not with `asOf` or `knownAt`. Without it a closed period is read from its last snapshot."
    );

    public static void MapFigures(this IEndpointRouteBuilder api)
    {
        var figures = api.MapGroup("/figures")
            .Tagged("Figures", "What units have reached, held against targets, the calendar and the year before.");
        figures
            .MapGet("/", ReadFigures.Handle)
            .WithName("readFigures")
            .WithSummary("Read figures by unit, month, industry or chain")
            .Allows(Act.ReadFigures)
            .Reads([
                Period,
                Query.Text("indicators", "The ids of indicators, with commas between them; without it all in use."),
                Query.Choice<ReadFigures.By>("by", "What figures are told apart by; without it by `unit`."),
                Query.Choice<UnitGroup>("group", "Only units of this group; ranks are within it."),
                Query.Unit,
                AsOf,
                KnownAt,
                Snapshot,
            ])
            .Answers<FigurePage>()
            .Refuses("snapshot-with-instant");
        figures
            .MapGet("/explain", ExplainFigure.Handle)
            .WithName("explainFigure")
            .WithSummary("Explain a figure: its formula, and the facts that make it")
            .Allows(Act.ReadFigures)
            .Reads([
                Query.Text("indicator", "The indicator; without it projects at the stage at which they are credited."),
                Period,
                Query.Text(
                    "jurisdictionId",
                    "The unit's id, or `city`; of a unit's own callers without it their unit, else the city."
                ),
                AsOf,
                KnownAt,
                Snapshot,
                .. Query.Pages,
            ])
            .Answers<FigureExplanation>()
            .Refuses(404)
            .Refuses("snapshot-with-instant");
        figures
            .MapGet("/forecast", ReadForecast.Handle)
            .WithName("readForecast")
            .WithSummary("Read the forecast of landings, and its own past error")
            .Allows(Act.ReadFigures)
            .Reads(Query.Unit, Query.Whole("months", "How many months are forecast, 1 to 12; without it 6."))
            .Answers<ForecastView>()
            .Refuses(404);
        api.MapGet("/boards", ReadBoard.Handle)
            .WithName("readBoard")
            .WithSummary("Read the league table of a period")
            .WithTags("Figures")
            .Allows(Act.ReadFigures)
            .Reads([
                Period,
                Query.Choice<UnitGroup>("group", "Only units of this group; ranks are within it."),
                Query.Text(
                    "indicator",
                    "The indicator by which units stand in order; without it the first that has targets."
                ),
                Snapshot,
            ])
            .Answers<BoardView>();
    }
}
