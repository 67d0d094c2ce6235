using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Duties;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Duties;

/// <summary>What the duties of a year are judged by (R117), as far as a caller may count it.</summary>
public sealed class DutyFacts
{
    /// <summary>From this size on a landed project is a major one (R10).</summary>
    private static readonly FactFilter Major = Indicator.All["projects-1b"].Filter;
    private static readonly FactFilter Landed = FactFilter.Known("kind = landed");

    private readonly Dictionary<string, UnitPeople> people;
    private readonly ILookup<string, LinkOfHead> links;
    private readonly ILookup<string, GrantedSum> granted;
    private readonly ILookup<string, LandedProject> landed;
    private readonly Dictionary<string, int> linked;
    private readonly RuleSet rules;

    private DutyFacts(
        int year,
        DateOnly on,
        RuleSet rules,
        Dictionary<string, UnitPeople> people,
        ILookup<string, LinkOfHead> links,
        ILookup<string, GrantedSum> granted,
        ILookup<string, LandedProject> landed,
        Dictionary<string, int> linked
    )
    {
        Year = year;
        On = on;
        this.rules = rules;
        this.people = people;
        this.links = links;
        this.granted = granted;
        this.landed = landed;
        this.linked = linked;
    }

    public int Year { get; }

    /// <summary>The day as of which they are judged: today, or the last of a year that is over.</summary>
    public DateOnly On { get; }

    public static async Task<DutyFacts> Load(
        Session session,
        Caller caller,
        RuleBooks ruleBooks,
        int year,
        IReadOnlyCollection<JurisdictionRow> units
    )
    {
        var book = await ruleBooks.Load(session);
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var on = last < session.Today ? last : session.Today;
        var only = units.Count == 1 ? units.First().Id : null;
        var people = (await PostedPeopleRow.Standing(session, [.. units.Select(unit => unit.Id)])).ToDictionary(
            row => row.UnitId,
            row => row.People,
            StringComparer.Ordinal
        );
        return new DutyFacts(
            year,
            on,
            book.At(Shanghai.EndOf(on) < session.Now ? Shanghai.EndOf(on) : session.Now),
            people,
            (await LinksOf(session, caller, people.Values, first, on)).ToLookup(row => row.LeaderId),
            (await ElementRow.Sum(session, caller, only, first, on)).ToLookup(row => row.UnitId),
            await LandedIn(session, caller, book, year),
            await LinkedOn(session, on)
        );
    }

    /// <summary>How many foreign enterprises each unit kept up on a day; a unit without any is not among them.</summary>
    private static async Task<Dictionary<string, int>> LinkedOn(Session session, DateOnly on) =>
        (await session.Query<LinkedEnterprises>(SelectLinked, new { end = Shanghai.EndOf(on) })).ToDictionary(
            each => each.UnitId,
            each => each.Entries,
            StringComparer.Ordinal
        );

    private sealed class LinkedEnterprises
    {
        public required string UnitId { get; init; }
        public int Entries { get; init; }
    }

    private const string SelectLinked = """
        SELECT e.keeper_id AS unit_id, COUNT(*) AS entries FROM library_entries e
        WHERE e.library = 'foreign-enterprises' AND e.keeper_id IS NOT NULL AND e.created_at <= @end AND (e.retired_at IS NULL OR e.retired_at > @end)
        GROUP BY e.keeper_id
        """;

    /// <summary>The duties of a unit, in their order.</summary>
    public IReadOnlyList<Duty> Judge(string unitId)
    {
        var stated = people.GetValueOrDefault(unitId);
        return
        [
            .. DutyRules.JudgeHead(stated is null ? null : Led(unitId, stated)),
            .. DutyRules.JudgePeople(stated?.OfficersOn(On), On),
            JudgeGrants(unitId, DutyKind.LandToZones, ElementKind.Land),
            JudgeGrants(unitId, DutyKind.EnergyToZones, ElementKind.Energy),
            JudgeGrants(unitId, DutyKind.EmissionToZones, ElementKind.Emission),
            DutyRules.JudgeMajorProjects([.. landed[unitId]], rules.ElementsShare),
            DutyRules.JudgeForeignEnterprises(linked.TryGetValue(unitId, out var kept) ? kept : null),
        ];
    }

    private Duty JudgeGrants(string unitId, DutyKind duty, ElementKind kind) =>
        DutyRules.JudgeGrants(
            duty,
            [
                .. granted[unitId]
                    .Where(sum => sum.Kind == Slug.Of(kind))
                    .Select(sum => new GrantedAmount(sum.Amount / 1000m, sum.InZone)),
            ],
            rules.ElementsShare
        );

    /// <summary>The unit's own projects that whoever headed it led in the year, while heading it, each once; null where nobody stated a head of that year.</summary>
    private List<LedProject>? Led(string unitId, UnitPeople stated)
    {
        var first = new DateOnly(Year, 1, 1);
        var heads = stated.Heads.Where(head => head.From <= On && (head.To is null || head.To >= first)).ToList();
        return heads.Count == 0
            ? null
            :
            [
                .. heads
                    .SelectMany(head =>
                        links[head.LeaderId!]
                            .Where(link =>
                                link.OwnerId == unitId
                                && (link.EndedOn is null || link.EndedOn >= head.From)
                                && (head.To is null || link.Since <= head.To)
                            )
                    )
                    .DistinctBy(link => link.ProjectId)
                    .Select(link => new LedProject(In("USD", link), In("CNY", link))),
            ];
    }

    private decimal? In(string currency, LinkOfHead link) =>
        link.Amount is { } amount ? rules.In(currency, Money.FromHundredths(amount, link.Currency!), On) : null;

    private static async Task<List<LinkOfHead>> LinksOf(
        Session session,
        Caller caller,
        IEnumerable<UnitPeople> people,
        DateOnly first,
        DateOnly last
    )
    {
        var heads = people.SelectMany(one => one.Heads).Select(head => head.LeaderId!).Distinct().ToList();
        if (heads.Count == 0)
            return [];
        var parameters = new Parameters
        {
            { "heads", heads },
            { "first", first },
            { "last", last },
        };
        var where =
            "k.leader_id IN @heads AND k.role = 'lead' AND k.since <= @last AND (k.ended_on IS NULL OR k.ended_on >= @first)";
        if (caller.Unit is null && !Permissions.ReadsSecret(caller))
        {
            parameters.Add("me", caller.UserId);
            where += $" AND (p.secret = 0 OR {ProjectVisibility.Named})";
        }

        return await session.Query<LinkOfHead>($"{SelectLinks} WHERE {where}", parameters);
    }

    /// <summary>What landed in the year by unit and was not taken back, with whether it is a major project.</summary>
    private static async Task<ILookup<string, LandedProject>> LandedIn(
        Session session,
        Caller caller,
        RuleBook book,
        int year
    )
    {
        var text = year.ToString(CultureInfo.InvariantCulture);
        var rows = await VisibleLedger.Read(session, caller, [.. Landed.Kinds], $"{text}-01", $"{text}-13");
        return rows.GroupBy(row => row.ProjectId)
            .Select(project => project.Where(row => Landed.Takes(row, book.ById(row.RuleSetId)) == Counts.Yes).ToList())
            .Where(taken => taken.Sum(row => row.Counted) > 0)
            .Select(taken => taken.Last(row => row.Counted > 0))
            .ToLookup(
                row => row.Fact.LandingId,
                row => new LandedProject(
                    Major.Takes(row, book.ById(row.RuleSetId)) switch
                    {
                        Counts.Yes => true,
                        Counts.No => false,
                        _ => null,
                    },
                    row.Fact.ProvincialZone
                )
            );
    }

    private sealed class LinkOfHead
    {
        public required string LeaderId { get; init; }
        public required string ProjectId { get; init; }
        public required string OwnerId { get; init; }
        public long? Amount { get; init; }
        public string? Currency { get; init; }
        public DateOnly Since { get; init; }
        public DateOnly? EndedOn { get; init; }
    }

    private const string SelectLinks =
        "SELECT k.leader_id, k.project_id, p.owner_id, p.amount, p.currency, k.since, k.ended_on FROM leader_links k JOIN projects p ON p.id = k.project_id";
}
