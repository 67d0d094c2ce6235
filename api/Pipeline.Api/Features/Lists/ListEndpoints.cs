using System.Globalization;
using Dapper;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Lists;

public static class ListEndpoints
{
    public static void MapLists(this IEndpointRouteBuilder api)
    {
        api.MapGet("/lists/{stage}", FourLists.Handle)
            .WithName("readList")
            .WithSummary("Read one of the four lists")
            .Tagged("Lists", "The four lists and their sums, now and as they stood.")
            .Allows(Act.ReadReports)
            .ReadsPath(
                Query.Choice(
                    "stage",
                    "The list.",
                    [.. Slug.All<Stage>().TakeWhile(stage => stage != Slug.Of(Stage.InProduction))]
                )
            )
            .Reads([
                Query.Month("month", "The list as it stood at the end of this month; without it as it stands now."),
                .. ProjectFilter.OfLists,
                ProjectOrder.Parameter,
                SparseFields.Parameter,
                .. Query.Pages,
            ])
            .Answers<FourLists.Response>()
            .Refuses(404);
        api.MapGet("/summary", Summary.Handle)
            .WithName("readSummary")
            .WithSummary("Read the sums of the library")
            .WithTags("Lists")
            .Allows(Act.ReadReports)
            .Reads(
                Query.Choice<Summary.Dimension>("by", "What the sums are told by; without it by stage."),
                Query.Date("asOf", "The sums as they stood at the end of this day; without it as they stand now."),
                Query.Flag(
                    "shared",
                    "Whether only what the caller may count of every unit is counted, so that units can be compared: for who sees the talks of one unit alone, or of none, nothing in talks."
                ),
                Query.Unit
            )
            .Answers<Summary.Response>();
        api.MapGet("/summary/flow", Flow.Handle)
            .WithName("readFlow")
            .WithSummary("Read what entered and left the stages, month by month")
            .WithTags("Lists")
            .Allows(Act.ReadReports)
            .Reads(
                Query.Month("from", "The first month; without it eleven before the last."),
                Query.Month("to", "The last month; without it the present one."),
                Query.Unit
            )
            .Answers<Flow.Response>();
        api.MapGet("/summary/identity", Identity.Handle)
            .WithName("readIdentity")
            .WithSummary("Read what flowed in and out of the units' work in a period: opening, in, out, closing")
            .WithTags("Lists")
            .Allows(Act.ReadIdentity)
            .Reads(Query.Text("period", "The month, quarter or year; without it the present month."), Query.Unit)
            .Answers<Identity.Response>();
        api.MapGet("/summary/durations", Durations.Handle)
            .WithName("readDurations")
            .WithSummary("Read how long projects stay at the stages")
            .WithTags("Lists")
            .Allows(Act.ReadReports)
            .Reads(Query.Unit)
            .Answers<Durations.Response>();
        api.MapGet("/summary/claims", ClaimFigures.Handle)
            .WithName("readClaimFigures")
            .WithSummary("Read the figures of claims, month by month")
            .WithTags("Lists")
            .Allows(Act.ReadReports)
            .Reads(
                Query.Month("from", "The first month; without it eleven before the last."),
                Query.Month("to", "The last month; without it the present one."),
                Query.Unit
            )
            .Answers<ClaimFigures.Response>();
    }
}

/// <summary>Sums of money: in yuan at the year's fixed rate, and in each currency.</summary>
/// <param name="LeftOut">What has no rate and so is not in the sum in yuan.</param>
public sealed record Totals(decimal Cny, IReadOnlyList<Money> ByCurrency, LeftOut? LeftOut = null)
{
    /// <summary>Totals of sums by currency, in hundredths.</summary>
    public static Totals Of(IEnumerable<StageSum> all, RuleSet rules, int year)
    {
        var sums = all.ToList();
        var money = sums.Where(sum => sum.Currency.Length > 0)
            .GroupBy(sum => sum.Currency)
            .Select(group => Money.FromHundredths(group.Sum(sum => sum.Amount), group.Key))
            .OrderBy(sum => sum.Currency == "CNY" ? "" : sum.Currency, StringComparer.Ordinal)
            .ToList();
        var left = money.FindAll(sum => !rules.HasRate(sum.Currency));
        return new Totals(
            money.Sum(sum => rules.ToCny(sum, year) ?? 0),
            money,
            left.Count == 0
                ? null
                : new LeftOut(
                    sums.Where(sum => sum.Currency.Length > 0 && !rules.HasRate(sum.Currency)).Sum(sum => sum.Count),
                    left
                )
        );
    }

    /// <summary>The year of the oldest rate that stands in for one that <paramref name="year"/> does not have; null where none does.</summary>
    public int? RateYear(RuleSet rules, int year) =>
        ByCurrency.Select(sum => rules.RateOf(sum.Currency, year)?.Year).Where(of => of != year).Min();
}

/// <summary>What a sum in yuan leaves out because its currencies have no rate: how many projects, and their sums.</summary>
public sealed record LeftOut(long Count, IReadOnlyList<Money> ByCurrency);

/// <summary>The four lists (四张清单): who stands in a stage now, or stood in it at a month's end.</summary>
public static class FourLists
{
    public sealed record Response
    {
        public required Stage Stage { get; init; }
        public required DateOnly AsOf { get; init; }
        public required IReadOnlyList<ProjectView> Items { get; init; }

        [System.Text.Json.Serialization.JsonIgnore(
            Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never
        )]
        public string? NextCursor { get; init; }
        public required long Count { get; init; }
        public required Totals Totals { get; init; }

        /// <summary>The year of the oldest rate in the totals, where the year asked for has none of its own.</summary>
        public int? RateYear { get; init; }
    }

    /// <summary>The response as it is written.</summary>
    private sealed record Told(
        Stage Stage,
        DateOnly AsOf,
        IReadOnlyList<ToldProject> Items,
        [property: System.Text.Json.Serialization.JsonIgnore(
            Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never
        )]
            string? NextCursor,
        long Count,
        Totals Totals,
        int? RateYear
    );

    public static async Task<IResult> Handle(string stage, Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        if (!Slug.TryTo<Stage>(stage, out var listed) || listed > Stage.Started)
            return (Reply)Refusal.NotFound;
        var query = new QueryReader(call.Request);
        var month = query.Month("month");
        var filter = ProjectFilter.Visible(call.Caller);
        filter.ReadFacts(query);
        var order = ProjectOrder.Read(query, filter, cursors);
        var fields = SparseFields.Read<ProjectView>(query, "summary");
        var refusal = query.Refusal();
        return await call.Read<IResult>(async session =>
        {
            if (refusal is null && month > session.Today)
                refusal = Refusal.Invalid(new FieldError("month", "future"));
            if (refusal is not null)
                return (Reply)refusal;
            var rules = await ruleBooks.Current(session);
            var past =
                month is { } first && first.AddMonths(1).AddDays(-1) is var end && end < session.Today
                    ? (DateOnly?)end
                    : null;
            var asOf = past ?? session.Today;
            if (past is null)
            {
                filter.Add("p.stage = @listed", "listed", stage);
            }
            else
            {
                filter.Add(
                    "EXISTS (SELECT 1 FROM stage_spans s WHERE s.project_id = p.id AND s.stage = @listed AND s.entered_on <= @asOf AND (s.left_on IS NULL OR s.left_on > @asOf))",
                    "listed",
                    stage
                );
                filter.Values.Add("asOf", asOf);
                if (listed == Stage.InTalks && !Permissions.ReadsCity(call.Caller))
                    filter.Add("p.owner_id = @mine");
            }

            await filter.Seek(session);
            var sums = filter.IsCounted
                ? (await filter.Sums(session, call.Caller, past)).FindAll(sum => sum.Stage == stage)
                : await session.Query<StageSum>(
                    $"SELECT '' AS scope, '' AS item, '' AS stage, '' AS kind, COALESCE(p.currency, '') AS currency, COALESCE(SUM(p.amount), 0) AS amount, COUNT(*) AS count {filter.Projects} WHERE {filter.Where} GROUP BY p.currency",
                    filter.Values
                );
            var rows = await order.Page(session, filter);
            var page = order.Page(
                call.Request,
                cursors,
                rows,
                row => ToldProject.To(call.Caller, row, rules, session.Today),
                null
            );
            var totals = Totals.Of(sums, rules, asOf.Year);
            return Reply
                .Plain(
                    new Told(
                        listed,
                        asOf,
                        page.Items,
                        page.NextCursor,
                        sums.Sum(sum => sum.Count),
                        totals,
                        totals.RateYear(rules, asOf.Year)
                    )
                )
                .With(fields);
        });
    }
}

/// <summary>The pipeline as it stood on a day, by stage, unit, industry (its class, or its division with the name of that) or month.</summary>
public static class Summary
{
    public enum Dimension
    {
        Stage,
        Jurisdiction,
        Industry,
        Division,
        Month,
    }

    public sealed record Row(string Key, string Label, long Count, Totals Totals);

    public sealed record Total(long Count, Totals Totals);

    /// <summary>All projects in talks of the city, others' included: one figure, as of the last month's end (R20). Absent while it cannot be kept.</summary>
    public sealed record CityFigure(DateOnly AsOf, long Count);

    public sealed record Response(
        Dimension By,
        DateOnly AsOf,
        IReadOnlyList<Row> Rows,
        Total Total,
        CityFigure? CityInTalks,
        InTalksCounted InTalks,
        int? RateYear
    );

    /// <summary>Whose projects in talks are among the sums: all that were asked for, those of the caller's unit alone, or none. What is not counted is unknown to the caller, not nothing.</summary>
    public enum InTalksCounted
    {
        All,
        Own,
        None,
    }

    private static InTalksCounted Counted(Caller caller, string? unit, bool shared) =>
        Permissions.ReadsCity(caller) ? InTalksCounted.All
        : shared || caller.Unit is not { } own ? InTalksCounted.None
        : unit is null ? InTalksCounted.Own
        : unit == own ? InTalksCounted.All
        : InTalksCounted.None;

    public static async Task<IResult> Handle(Call call, RuleBooks ruleBooks, Industries industries, Database database)
    {
        var query = new QueryReader(call.Request);
        var by = query.Choice<Dimension>("by") ?? Dimension.Stage;
        var day = query.Date("asOf");
        var unit = query.Text("jurisdictionId", 32);
        var shared = query.Flag("shared");
        var refusal = query.Refusal();
        if (refusal is null && !Permissions.ReadsCity(call.Caller))
            await CityInTalks.TryKeep(database);
        return await call.Read<IResult>(async session =>
        {
            var asOf = day ?? session.Today;
            if (refusal is null && asOf > session.Today)
                refusal = Refusal.Invalid(new FieldError("asOf", "future"));
            if (refusal is not null)
                return (Reply)refusal;
            var sums = (
                await StageTotals.Visible(session, call.Caller, Told(by), asOf < session.Today ? asOf : null, unit)
            ).FindAll(sum => sum.Stage != "terminated");
            var counted = Counted(call.Caller, unit, shared);
            if (counted == InTalksCounted.None)
                sums.RemoveAll(sum => sum.Stage == Slug.Of(Stage.InTalks));
            var units =
                by == Dimension.Jurisdiction
                    ? (await session.Query<Unit>(SelectUnits)).ToDictionary(row => row.Id)
                    : [];
            (string Key, string Label) Of(StageSum sum) =>
                by switch
                {
                    Dimension.Stage => (sum.Stage, sum.Stage),
                    Dimension.Jurisdiction => (units[sum.Scope].Code, units[sum.Scope].Name),

                    // The division of GB/T 4754: the first two digits of the class.
                    Dimension.Division when sum.Item.Length > 2 => (sum.Item[..2], sum.Item[..2]),
                    _ => (sum.Item, sum.Item),
                };
            var rules = await ruleBooks.Current(session);
            var language = Messages.Language(call.Request);
            var rows = sums.GroupBy(Of)
                .Select(group => new Row(
                    group.Key.Key,
                    Named(by, group.Key.Label, language, industries),
                    group.Sum(sum => sum.Count),
                    Totals.Of(group, rules, asOf.Year)
                ))
                .OrderBy(
                    row =>
                        by == Dimension.Stage
                            ? ((int)Slug.To<Stage>(row.Key)).ToString(CultureInfo.InvariantCulture)
                            : row.Key,
                    StringComparer.Ordinal
                )
                .ToList();
            var city =
                !Permissions.ReadsCity(call.Caller) && await CityInTalks.Kept(session) is { } inTalks
                    ? new CityFigure(CityInTalks.LastEnd(session.Today), inTalks)
                    : null;

            var totals = Totals.Of(sums, rules, asOf.Year);
            return Reply.Plain(
                new Response(
                    by,
                    asOf,
                    rows,
                    new Total(sums.Sum(sum => sum.Count), totals),
                    city,
                    counted,
                    totals.RateYear(rules, asOf.Year)
                )
            );
        });
    }

    private static string Named(Dimension by, string label, string language, Industries industries) =>
        by switch
        {
            Dimension.Stage => Messages.Text(language, $"enum.stage.{label}"),
            Dimension.Division => industries.Named(label, language) ?? label,
            _ => label,
        };

    private static SumsBy Told(Dimension by) =>
        by switch
        {
            Dimension.Stage => SumsBy.Stage,
            Dimension.Jurisdiction => SumsBy.Unit,
            Dimension.Month => SumsBy.Month,
            _ => SumsBy.Class,
        };

    private sealed class Unit
    {
        public required string Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
    }

    private const string SelectUnits = "SELECT id, code, name FROM jurisdictions";
}
