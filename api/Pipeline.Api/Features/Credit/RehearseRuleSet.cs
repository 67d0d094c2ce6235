using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.Credit;

/// <summary>Rehearses a draft of a rule set (§15.8): the facts of a past year, credited by the rule set that the draft would follow and by the draft. Nothing is kept.</summary>
public static class RehearseRuleSet
{
    /// <summary>The members of a rule set that credit goes by; a change of another has no figures to rehearse.</summary>
    private static readonly string[] OfCredit = ["credit", "creditMode", "creditStage", "rates", "usdRates"];

    public sealed record RehearsedTotal
    {
        public required ReadCredit.Total InForce { get; init; }
        public required ReadCredit.Total Draft { get; init; }

        /// <summary>What the draft adds, or takes away.</summary>
        public required ReadCredit.Total Difference { get; init; }

        public static RehearsedTotal Of(Rehearsed figure, Measure measure) =>
            new()
            {
                InForce = ReadCredit.Total.Of(figure.InForce, measure),
                Draft = ReadCredit.Total.Of(figure.Draft, measure),
                Difference = ReadCredit.Total.Of(figure.Difference, measure),
            };
    }

    public sealed record RehearsedUnit
    {
        public required UnitRef Unit { get; init; }
        public required bool Differs { get; init; }
        public required RehearsedTotal Figures { get; init; }
    }

    public sealed record RehearsedModes(CreditMode InForce, CreditMode Draft);

    public sealed record RehearsedIndicatorView
    {
        public required string Indicator { get; init; }
        public required bool Differs { get; init; }
        public required RehearsedModes Modes { get; init; }
        public required IReadOnlyList<RehearsedUnit> Units { get; init; }

        /// <summary>The units together.</summary>
        public required RehearsedTotal SumOfUnits { get; init; }
        public required RehearsedTotal City { get; init; }
        public required RehearsedTotal DoubleCounted { get; init; }

        /// <summary>Facts of which nobody can say whether they count, by each; absent where there are none.</summary>
        public int? UndecidedInForce { get; init; }
        public int? UndecidedDraft { get; init; }
    }

    public sealed record RehearsalView
    {
        public required int Year { get; init; }

        /// <summary>The rule set that the draft would follow.</summary>
        public required string RuleSetId { get; init; }
        public required IReadOnlyList<RehearsedIndicatorView> Indicators { get; init; }

        /// <summary>What the draft changes that no figure of credit goes by.</summary>
        public required IReadOnlyList<string> NotRehearsed { get; init; }
    }

    /// <summary>What a unit is credited for one fact by one of the two.</summary>
    public sealed record RehearsedCredit
    {
        public required CreditRole Role { get; init; }
        public required int ShareBp { get; init; }

        /// <summary>Absent where an agreement goes before the rule set (R46).</summary>
        public CreditMode? Mode { get; init; }
        public required ReadCredit.Credited Credited { get; init; }

        public static RehearsedCredit? Of(CreditRow? credit) =>
            credit is null
                ? null
                : new()
                {
                    Role = credit.Share.Role,
                    ShareBp = credit.Share.Bp,
                    Mode = credit.Mode,
                    Credited = ReadCredit.CreditedOf(credit),
                };
    }

    public sealed record RehearsedRowView
    {
        /// <summary>Its number in the ledger, for who reads all of it.</summary>
        public long? Seq { get; init; }
        public required ReadCredit.ProjectName Project { get; init; }
        public required UnitRef Unit { get; init; }
        public required FactKind Kind { get; init; }
        public required DateOnly OccurredOn { get; init; }
        public required string Period { get; init; }
        public required bool Reversal { get; init; }

        /// <summary>Absent where it counts nothing for the unit.</summary>
        public RehearsedCredit? InForce { get; init; }
        public RehearsedCredit? Draft { get; init; }
    }

    private static readonly QueryParameter Year = Query.Whole(
        "year",
        "The year whose facts are taken; without it the last one that is over."
    );

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rule-set-drafts/{id}/rehearsal", Figures)
            .WithName("rehearseRuleSet")
            .WithSummary("Rehearse a draft: what it would change of a past year's credit")
            .WithTags("Credit")
            .Allows(Act.RehearseRuleSet)
            .Reads(Year)
            .Answers<RehearsalView>()
            .Refuses(404);
        api.MapGet("/rule-set-drafts/{id}/rehearsal/rows", Rows)
            .WithName("listRehearsedRows")
            .WithSummary("List the facts that a draft would credit otherwise")
            .WithTags("Credit")
            .Allows(Act.RehearseRuleSet)
            .Reads([
                Year,
                Query.Unit,
                Query.Choice("indicator", "The indicator.", [.. Indicator.All.Keys]),
                Query.Limit,
                Query.Cursor,
            ])
            .Answers<Page<RehearsedRowView>>()
            .Refuses(404);
    }

    private static async Task<IResult> Figures(string id, Call call, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var asked = YearOf(query);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            if (await Load(session, ruleBooks, id, asked) is not { } given)
                return (Reply)Refusal.NotFound;
            var rows = await ReadCredit.OfYear(session, call.Caller, given.Year);
            var agreements = await AgreementRow.Named(session, rows);
            var units = await Agreements.Units(session);
            return Reply.Plain(
                new RehearsalView
                {
                    Year = given.Year,
                    RuleSetId = given.InForce.Id,
                    Indicators =
                    [
                        .. Indicator.All.Values.Select(indicator =>
                            View(
                                Rehearsal.Of(
                                    [.. rows.Where(row => indicator.Kinds.Contains(row.Fact.Kind))],
                                    indicator,
                                    given.InForce,
                                    given.Draft,
                                    agreements
                                ),
                                units
                            )
                        ),
                    ],
                    NotRehearsed =
                    [
                        .. given.Changed.Where(member =>
                            !OfCredit.Contains(member) && member is not ("name" or "effectiveFrom")
                        ),
                    ],
                }
            );
        });
    }

    private static async Task<IResult> Rows(string id, Call call, Cursors cursors, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var asked = YearOf(query);
        var unit = query.Text("jurisdictionId", 32);
        var indicator = ReadCredit.IndicatorOf(query);
        var limit = query.Limit();
        var cursor = query.Cursor(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            if (await Load(session, ruleBooks, id, asked) is not { } given)
                return (Reply)Refusal.NotFound;
            var chosen = indicator ?? ReadCredit.AtCreditStage(given.InForce);
            var rows = (await ReadCredit.OfYear(session, call.Caller, given.Year))
                .Where(row => chosen.Kinds.Contains(row.Fact.Kind))
                .ToList();
            var agreements = await AgreementRow.Named(session, rows);

            // The newest first; the parts of one fact stay on one page.
            var page = new List<RehearsedRow>();
            long? next = null;
            foreach (
                var fact in Rehearsal
                    .Rows(
                        rows.Where(row => cursor is null || row.Seq < cursor.Seq).OrderByDescending(row => row.Seq),
                        chosen,
                        given.InForce,
                        given.Draft,
                        agreements
                    )
                    .Where(row => unit is null || row.UnitId == unit)
                    .GroupBy(row => row.Row.Seq)
            )
            {
                if (page.Count >= limit)
                {
                    next = page[^1].Row.Seq;
                    break;
                }

                page.AddRange(fact);
            }

            var names = await ReadCredit.Names(session, call.Caller, page.Select(row => row.Row.ProjectId));
            var units = await Agreements.Units(session);
            return Reply.Plain(
                new Page<RehearsedRowView>
                {
                    Items =
                    [
                        .. page.Select(row => new RehearsedRowView
                        {
                            Seq = Permissions.ReadsSecret(call.Caller) ? row.Row.Seq : null,
                            Project = names[row.Row.ProjectId],
                            Unit = new UnitRef(row.UnitId, units.GetValueOrDefault(row.UnitId, "")),
                            Kind = row.Row.Fact.Kind,
                            OccurredOn = row.Row.Fact.OccurredOn,
                            Period = row.Row.Period,
                            Reversal = row.Row.Reverses is not null,
                            InForce = RehearsedCredit.Of(row.InForce),
                            Draft = RehearsedCredit.Of(row.Draft),
                        }),
                    ],
                    NextCursor = next is { } seq ? cursors.Write(call.Request, new Cursor(null, seq)) : null,
                }
            );
        });
    }

    private sealed record Rehearsing(RuleSet InForce, RuleSet Draft, int Year, IReadOnlyList<string> Changed);

    /// <summary>The draft, beside the rule set that it was drafted after; null where there is no such draft.</summary>
    private static async Task<Rehearsing?> Load(Session session, RuleBooks ruleBooks, string id, int? year)
    {
        if (await RuleSetDraftRow.ById(session, id) is not { } row)
            return null;
        var inForce = (await ruleBooks.Load(session)).ById(row.BasisId);
        var basis = ruleBooks.BodyOf((await RuleBooks.Rows(session)).First(set => set.Id == row.BasisId));
        return new Rehearsing(
            inForce,
            row.Rules.ToRules(row.Id, inForce.StartsAt, null),
            year ?? session.Today.Year - 1,
            row.Rules.DiffersFrom(basis)
        );
    }

    private static int? YearOf(QueryReader query) => (int?)query.Whole("year", 1980, 2200);

    private static RehearsedIndicatorView View(RehearsedIndicator rehearsed, Dictionary<string, string> units)
    {
        var measure = rehearsed.Indicator.Measure;
        return new RehearsedIndicatorView
        {
            Indicator = rehearsed.Indicator.Id,
            Differs = rehearsed.Differs,
            Modes = new RehearsedModes(rehearsed.InForceMode, rehearsed.DraftMode),
            Units =
            [
                .. rehearsed
                    .Units.OrderByDescending(unit => unit.Value.Draft.Amount)
                    .ThenBy(unit => unit.Key, StringComparer.Ordinal)
                    .Select(unit => new RehearsedUnit
                    {
                        Unit = new UnitRef(unit.Key, units.GetValueOrDefault(unit.Key, "")),
                        Differs = unit.Value.Differs,
                        Figures = RehearsedTotal.Of(unit.Value, measure),
                    }),
            ],
            SumOfUnits = RehearsedTotal.Of(rehearsed.SumOfUnits, measure),
            City = RehearsedTotal.Of(rehearsed.City, measure),
            DoubleCounted = RehearsedTotal.Of(rehearsed.DoubleCounted, measure),
            UndecidedInForce = rehearsed.Undecided.InForce == 0 ? null : rehearsed.Undecided.InForce,
            UndecidedDraft = rehearsed.Undecided.Draft == 0 ? null : rehearsed.Undecided.Draft,
        };
    }
}
