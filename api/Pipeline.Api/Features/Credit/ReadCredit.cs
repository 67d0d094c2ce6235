using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Credit;

/// <summary>Reads the credit of a period (R42–R47): a pure function of the ledger's rows, which are read as a stretch of an index whatever the library's size.</summary>
public static class ReadCredit
{
    /// <summary>What a figure is told apart by.</summary>
    public enum By
    {
        Unit,
        Indicator,
        Project,
    }

    /// <summary>An amount in the currency of its indicator: yuan, or dollars for foreign capital used.</summary>
    public sealed record Sum
    {
        public decimal? Cny { get; init; }
        public decimal? Usd { get; init; }

        public static Sum Of(long hundredths, Measure measure) =>
            measure == Measure.Usd ? new Sum { Usd = hundredths / 100m } : new Sum { Cny = hundredths / 100m };
    }

    /// <summary>A count and an amount. Parts of projects exist where credit is divided.</summary>
    public sealed record Total
    {
        public required decimal Count { get; init; }
        public required Sum Amount { get; init; }

        /// <summary>How many facts are left out of the amount because theirs, or a rate, is not known.</summary>
        public int? Unknown { get; init; }

        public static Total Of(Figure figure, Measure measure) =>
            new()
            {
                Count = figure.Count,
                Amount = Sum.Of(figure.Amount, measure),
                Unknown = figure.Unknown == 0 ? null : figure.Unknown,
            };
    }

    /// <summary>The units together, the city, and by how much the first exceeds the second (R47). The city's figures are for those who read the whole city.</summary>
    public sealed record Totals
    {
        public required Total Units { get; init; }
        public Total? City { get; init; }
        public Total? DoubleCounted { get; init; }

        /// <summary>Facts of which nobody can say whether they count: their amount or a rate is not known.</summary>
        public int? Undecided { get; init; }
    }

    public sealed record ProjectName(string Id, string Code, string Name);

    /// <summary>What the unit is credited with: the whole of the fact, or a share of it.</summary>
    public sealed record Basis
    {
        public int? Count { get; init; }
        public Sum? Amount { get; init; }
    }

    /// <summary>The act by which a row came about.</summary>
    public sealed record Cause(string Kind, string Id);

    /// <summary>What one unit is credited for one fact.</summary>
    public sealed record CreditRowView
    {
        /// <summary>Its number in the ledger, for who reads all of it: to others numbers would tell how much else counts (R20).</summary>
        public long? Seq { get; init; }
        public required ProjectName Project { get; init; }
        public required UnitRef Unit { get; init; }
        public required CreditRole Role { get; init; }
        public required string Indicator { get; init; }
        public required DateOnly OccurredOn { get; init; }
        public required string Period { get; init; }
        public string? BelongsTo { get; init; }
        public required Basis Basis { get; init; }
        public required int ShareBp { get; init; }
        public required Credited Credited { get; init; }

        /// <summary>Absent where an agreement goes before the rule set (R46).</summary>
        public CreditMode? Mode { get; init; }
        public string? AgreementId { get; init; }
        public required string RuleSetId { get; init; }
        public required Cause Cause { get; init; }
        public required bool Reversal { get; init; }

        /// <summary>Whether a later row takes it back.</summary>
        public required bool Reversed { get; init; }

        /// <summary>The row that it takes back, for who reads all of the ledger.</summary>
        public long? Reverses { get; init; }

        /// <summary>All of it in a sentence, in the language of the request.</summary>
        public required string Explanation { get; init; }
    }

    /// <summary>What is credited; the amount is absent where it is not known.</summary>
    public sealed record Credited
    {
        public required decimal Count { get; init; }
        public Sum? Amount { get; init; }
    }

    public sealed record CreditPage
    {
        public required IReadOnlyList<CreditRowView> Items { get; init; }

        [System.Text.Json.Serialization.JsonIgnore(
            Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never
        )]
        public string? NextCursor { get; init; }
        public required string Period { get; init; }
        public required string Indicator { get; init; }
        public required Totals Totals { get; init; }
    }

    public sealed record CreditItem
    {
        public UnitRef? Unit { get; init; }
        public string? Indicator { get; init; }
        public ProjectName? Project { get; init; }
        public required decimal Count { get; init; }
        public required Sum Amount { get; init; }
        public int? Unknown { get; init; }

        /// <summary>By project: what of it is counted more than once.</summary>
        public Total? DoubleCounted { get; init; }
    }

    public sealed record ModeInForce(string Indicator, CreditMode Mode);

    public sealed record CreditSummary
    {
        public required string Period { get; init; }
        public required IReadOnlyList<CreditItem> Items { get; init; }
        public required Totals Totals { get; init; }

        /// <summary>The modes by which it was made (C1).</summary>
        public required IReadOnlyList<ModeInForce> Modes { get; init; }
    }

    private sealed record Asked(string Period, (string First, string Last) Months, Indicator Indicator);

    public static async Task<IResult> Rows(Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var unit = query.Text("jurisdictionId", 32);
        var projectId = query.Text("projectId", 32);
        var role = query.Choice<CreditRole>("role");
        var limit = query.Limit();
        var cursor = query.Cursor(cursors);
        var (period, indicator) = (query.Text("period", 7), IndicatorOf(query));
        CheckPeriod(query, period);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var language = Messages.Language(call.Request);
        return await call.Read<IResult>(async session =>
        {
            var caller = call.Caller;
            var book = await ruleBooks.Load(session);
            var asked = Complete(session, book, period, indicator);
            var rows = await Ledger(session, caller, asked.Indicator.Kinds, asked.Months, projectId);
            var agreements = await AgreementRow.Named(session, rows);
            var mine = Permissions.ReadsCity(caller) ? null : caller.Unit ?? "";
            var credits = rows.SelectMany(row => Crediting.Of(row, asked.Indicator, book, agreements))
                .Where(credit =>
                    (mine is null || credit.Share.UnitId == mine)
                    && (unit is null || credit.Share.UnitId == unit)
                    && (role is null || credit.Share.Role == role)
                )
                .ToList();
            var sum = credits.Aggregate(Figure.Zero, (total, credit) =>
                total.Plus(credit.Count, credit.Amount, credit.Row.Sign)
            );

            // Newest first; the rows of one fact stay on one page.
            var page = new List<CreditRow>();
            var more = false;
            foreach (
                var fact in credits
                    .Where(credit => cursor is null || credit.Row.Seq < cursor.Seq)
                    .GroupBy(credit => credit.Row.Seq)
                    .OrderByDescending(fact => fact.Key)
            )
            {
                if (page.Count >= limit)
                {
                    more = true;
                    break;
                }

                page.AddRange(fact);
            }

            var names = await Names(session, caller, page.Select(credit => credit.Row.ProjectId));
            var reversed = await Reversed(session, page.Select(credit => credit.Row.Seq));
            var units = await Agreements.Units(session);
            var told = language == Messages.English ? await Agreements.Units(session, english: true) : units;
            var whole = mine is null && unit is null && role is null;
            return Reply.Plain(
                new CreditPage
                {
                    Items =
                    [
                        .. page.Select(credit =>
                            View(
                                credit,
                                names[credit.Row.ProjectId],
                                reversed.Contains(credit.Row.Seq),
                                units,
                                told,
                                book,
                                caller,
                                language
                            )
                        ),
                    ],
                    NextCursor = more ? cursors.Write(call.Request, new Cursor(null, page[^1].Row.Seq)) : null,
                    Period = asked.Period,
                    Indicator = asked.Indicator.Id,
                    Totals = whole
                        ? Whole(Crediting.Table(rows, asked.Indicator, book, agreements), asked.Indicator)
                        : new Totals { Units = Total.Of(sum, asked.Indicator.Measure) },
                }
            );
        });
    }

    public static async Task<IResult> Summary(Call call, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var by = query.Choice<By>("by") ?? By.Unit;
        var (period, indicator) = (query.Text("period", 7), IndicatorOf(query));
        CheckPeriod(query, period);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var caller = call.Caller;
            var book = await ruleBooks.Load(session);
            var asked = Complete(session, book, period, indicator);
            var mine = Permissions.ReadsCity(caller) ? null : caller.Unit ?? "";
            IReadOnlyList<Indicator> indicators =
                by == By.Indicator && indicator is null ? [.. Indicator.All.Values] : [asked.Indicator];
            var items = new List<CreditItem>();
            var units = await Agreements.Units(session);
            Totals? totals = null;
            foreach (var one in indicators)
            {
                var rows = await Ledger(session, caller, one.Kinds, asked.Months, null);
                var agreements = await AgreementRow.Named(session, rows);
                var table = Crediting.Table(rows, one, book, agreements);
                var own = mine is null ? table.SumOfUnits : table.Units.GetValueOrDefault(mine, Figure.Zero);
                if (one == asked.Indicator)
                    totals = mine is null ? Whole(table, one) : new Totals { Units = Total.Of(own, one.Measure) };
                switch (by)
                {
                    case By.Indicator:
                        items.Add(Item(own, one) with { Indicator = one.Id });
                        break;
                    case By.Unit:
                        items.AddRange(
                            table
                                .Units.Where(unit => mine is null || unit.Key == mine)
                                .OrderByDescending(unit => unit.Value.Amount)
                                .ThenBy(unit => unit.Key, StringComparer.Ordinal)
                                .Select(unit =>
                                    Item(unit.Value, one) with
                                    {
                                        Unit = new UnitRef(unit.Key, units.GetValueOrDefault(unit.Key, "")),
                                    }
                                )
                        );
                        break;
                    default:
                        var projects = Credited_(rows, one, book, agreements, mine);
                        var names = await Names(session, caller, projects.Keys);
                        items.AddRange(
                            projects
                                .OrderByDescending(project => project.Value.Amount)
                                .ThenBy(project => names[project.Key].Code, StringComparer.Ordinal)
                                .Select(project =>
                                    Item(project.Value, one) with
                                    {
                                        Project = names[project.Key],
                                        DoubleCounted =
                                            mine is null && table.CountedTwice.Contains(project.Key)
                                                ? Total.Of(
                                                    table
                                                        .Projects[project.Key]
                                                        .Credited.Minus(table.Projects[project.Key].Once),
                                                    one.Measure
                                                )
                                                : null,
                                    }
                                )
                        );
                        break;
                }
            }

            return Reply.Plain(
                new CreditSummary
                {
                    Period = asked.Period,
                    Items = items,
                    Totals = totals ?? new Totals { Units = Total.Of(Figure.Zero, asked.Indicator.Measure) },
                    Modes =
                    [
                        .. indicators.Select(one => new ModeInForce(
                            one.Id,
                            book.At(session.Now).CreditFor(one.Id).Mode
                        )),
                    ],
                }
            );
        });
    }

    /// <summary>What is credited by project, to one unit or to all.</summary>
    private static Dictionary<string, Figure> Credited_(
        IReadOnlyList<LedgerRow> rows,
        Indicator indicator,
        RuleBook book,
        IReadOnlyDictionary<string, AgreedShares> agreements,
        string? unit
    )
    {
        var projects = new Dictionary<string, Figure>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (
                var credit in Crediting
                    .Of(row, indicator, book, agreements)
                    .Where(credit => unit is null || credit.Share.UnitId == unit)
            )
                projects[row.ProjectId] = projects
                    .GetValueOrDefault(row.ProjectId, Figure.Zero)
                    .Plus(credit.Count, credit.Amount, row.Sign);
        }

        return projects;
    }

    private static CreditItem Item(Figure figure, Indicator indicator) =>
        new()
        {
            Count = figure.Count,
            Amount = Sum.Of(figure.Amount, indicator.Measure),
            Unknown = figure.Unknown == 0 ? null : figure.Unknown,
        };

    private static Totals Whole(CreditTable table, Indicator indicator) =>
        new()
        {
            Units = Total.Of(table.SumOfUnits, indicator.Measure),
            City = Total.Of(table.City, indicator.Measure),
            DoubleCounted = Total.Of(table.DoubleCounted, indicator.Measure),
            Undecided = table.Undecided == 0 ? null : table.Undecided,
        };

    internal static Indicator? IndicatorOf(QueryReader query)
    {
        if (query.Text("indicator", 40) is not { } id)
            return null;
        if (Indicator.All.TryGetValue(id, out var indicator))
            return indicator;
        query.Refuse("indicator", "indicator");
        return null;
    }

    private static void CheckPeriod(QueryReader query, string? period)
    {
        if (period is not null && Periods.Booked(period) is null)
            query.Refuse("period", "period");
    }

    /// <summary>The current year, and the projects at the stage at which they are credited, unless asked otherwise.</summary>
    private static Asked Complete(Session session, RuleBook book, string? period, Indicator? indicator)
    {
        period ??= session.Today.Year.ToString(CultureInfo.InvariantCulture);
        return new Asked(period, Periods.Booked(period)!.Value, indicator ?? AtCreditStage(book.At(session.Now)));
    }

    /// <summary>Projects at the stage at which they are credited.</summary>
    internal static Indicator AtCreditStage(RuleSet rules) => Indicator.All[$"projects-{Slug.Of(rules.CreditStage)}"];

    /// <summary>All rows that may count in a year, for who reads the whole city.</summary>
    internal static Task<List<LedgerRow>> OfYear(Session session, Caller caller, int year) =>
        Ledger(
            session,
            caller,
            [.. Indicator.All.Values.SelectMany(indicator => indicator.Kinds).Distinct()],
            Periods.Booked(year.ToString(CultureInfo.InvariantCulture))!.Value,
            null
        );

    /// <summary>The rows that may count; for a unit only those that it has a part in.</summary>
    private static Task<List<LedgerRow>> Ledger(
        Session session,
        Caller caller,
        IReadOnlyList<FactKind> kinds,
        (string First, string Last) months,
        string? projectId
    ) => VisibleLedger.Read(session, caller, kinds, months.First, months.Last, projectId);

    /// <summary>The projects by name, as far as the caller knows them.</summary>
    internal static async Task<Dictionary<string, ProjectName>> Names(
        Session session,
        Caller caller,
        IEnumerable<string> projects
    ) =>
        (await ProjectNames.Of(session, caller, projects)).ToDictionary(
            named => named.Key,
            named => new ProjectName(named.Key, named.Value.Code, named.Value.Name),
            StringComparer.Ordinal
        );

    /// <summary>Which of some rows later ones take back.</summary>
    private static async Task<HashSet<long>> Reversed(Session session, IEnumerable<long> rows)
    {
        var found = new HashSet<long>();
        foreach (var seqs in rows.Distinct().Chunk(400))
            found.UnionWith(await session.Query<long>(SelectReversed, new { seqs }));
        return found;
    }

    private static CreditRowView View(
        CreditRow credit,
        ProjectName project,
        bool reversed,
        Dictionary<string, string> units,
        Dictionary<string, string> told,
        RuleBook book,
        Caller caller,
        string language
    )
    {
        var (row, indicator) = (credit.Row, credit.Indicator);
        var rules = book.ById(row.RuleSetId);
        var value = indicator.Value(row.Fact, rules);
        return new CreditRowView
        {
            Seq = Permissions.ReadsSecret(caller) ? row.Seq : null,
            Project = project,
            Unit = new UnitRef(credit.Share.UnitId, units.GetValueOrDefault(credit.Share.UnitId, "")),
            Role = credit.Share.Role,
            Indicator = indicator.Id,
            OccurredOn = row.Fact.OccurredOn,
            Period = row.Period,
            BelongsTo = row.BelongsTo,
            Basis = new Basis
            {
                Count = row.Fact.Counted == 0 ? null : row.Counted,
                Amount = value is { } whole ? Sum.Of(row.Sign * whole, indicator.Measure) : null,
            },
            ShareBp = credit.Share.Bp,
            Credited = CreditedOf(credit),
            Mode = credit.Mode,
            AgreementId = credit.Mode is null ? row.AgreementId : null,
            RuleSetId = row.RuleSetId,
            Cause = new Cause(row.CauseKind, row.CauseId),
            Reversal = row.Reverses is not null,
            Reversed = reversed,
            Reverses = Permissions.ReadsSecret(caller) ? row.Reverses : null,
            Explanation = Explain(credit, project, told, rules, language),
        };
    }

    internal static Credited CreditedOf(CreditRow credit) =>
        new()
        {
            Count = credit.Count,
            Amount = credit.Amount is { } part ? Sum.Of(part, credit.Indicator.Measure) : null,
        };

    /// <summary>Why this unit is credited this much, in words.</summary>
    private static string Explain(
        CreditRow credit,
        ProjectName project,
        Dictionary<string, string> units,
        RuleSet rules,
        string language
    )
    {
        var row = credit.Row;
        var told = Messages.Text(
            language,
            $"credit.as-{Slug.Of(credit.Share.Role)}",
            Messages.Text(language, "notice.named", project.Name),
            row.Fact.Kind,
            row.Fact.OccurredOn,
            units.GetValueOrDefault(credit.Share.UnitId, ""),
            (credit.Share.Bp / 100m).ToString("0.##", CultureInfo.InvariantCulture),
            credit.Mode is { } mode ? (object)mode : "",
            rules.Name
        );
        if (row.BelongsTo is { } month)
            told = Messages.Text(language, "credit.belongs-to", told, month, row.Period);
        return row.Reverses is null ? told : Messages.Text(language, "credit.reversal", told);
    }

    private const string SelectReversed = "SELECT reverses FROM ledger WHERE reverses IN @seqs";
}
