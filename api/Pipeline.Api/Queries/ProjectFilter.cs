using System.Globalization;
using Dapper;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Queries;

/// <summary>Which projects a list is of: what the caller may see, and what was asked for. Lists, totals and exports share it.</summary>
public sealed class ProjectFilter
{
    /// <summary>What narrows a list of one stage.</summary>
    public static readonly QueryParameter[] OfLists =
    [
        Query.Unit.OrSeveral(),
        Query
            .Text("industry", "Only projects of this class of GB/T 4754-2017, by its code or the beginning of it.")
            .OrSeveral(),
        Query.Text("chain", "Only projects of this industrial chain.").OrSeveral(),
        Query.Text("currency", "Only projects whose total investment is in this currency (ISO 4217).").OrSeveral(),
        Query.Amount("minAmount", "Only projects of this total investment or more, in units of its own currency."),
        Query.Amount("maxAmount", "Only projects of this total investment or less, in units of its own currency."),
        Query.Text("q", "Words that all stand in the name, the code or an investor, or initials in pinyin."),
    ];

    public static readonly QueryParameter[] Parameters =
    [
        Query.Choice<Stage>("stage", "Only projects at this stage.").OrSeveral(),
        .. OfLists,
        Query.Choice<Light>(
            "idle",
            "Only projects whose light is this: that stand still, have not started as planned, or are behind their schedule."
        ),
        Query.Instant("updatedSince", "Only projects changed at this instant or later."),
        Query.Text("externalRef", "Only the project of the caller's own reference, its system and number: `crm:4711`."),
    ];

    private readonly List<string> conditions = [];
    private readonly bool readsCity;
    private IReadOnlyList<string> units = [],
        currencies = [],
        stages = [];
    private bool countable = true,
        hasSince,
        fewAmounts;
    private string amounts = "";

    private ProjectFilter(Caller caller)
    {
        readsCity = Permissions.ReadsCity(caller);
        Values.Add("mine", caller.Unit ?? "");
        if (!readsCity)
            conditions.Add(
                $"CASE WHEN {(caller.Unit is not null ? "p.owner_id = @mine THEN 1 WHEN " : "")}{Published} THEN 1 ELSE 0 END = 1"
            );
        else if (!Permissions.ReadsSecret(caller))
            Add($"(p.secret = 0 OR {Named})", "me", caller.UserId);
    }

    public Parameters Values { get; } = [];

    /// <summary>Whether nothing was asked for but stages, owners and currencies, so that the totals that are kept answer it.</summary>
    public bool IsCounted => countable && idle is null;

    /// <summary>The totals that are kept of what is asked for; see <see cref="IsCounted"/>.</summary>
    /// <param name="day">The past day of which they are; null: now.</param>
    public Task<List<StageSum>> Sums(Session session, Caller caller, DateOnly? day) =>
        Sums(session, caller, SumsBy.Stage, day, units);

    private async Task<List<StageSum>> Sums(
        Session session,
        Caller caller,
        SumsBy by,
        DateOnly? day,
        IReadOnlyList<string> scopes
    )
    {
        var sums = new List<StageSum>();
        foreach (var scope in scopes.Count == 0 ? [null] : scopes.Cast<string?>())
            sums.AddRange(await StageTotals.Visible(session, caller, by, day, scope));
        return sums.FindAll(sum =>
            (stages.Count == 0 || stages.Contains(sum.Stage))
            && (currencies.Count == 0 || currencies.Contains(sum.Currency))
        );
    }

    /// <summary>How many projects the list is of.</summary>
    public async Task<long> Count(Session session, Caller caller) =>
        countable && idle is { } light ? await Count(session, caller, light)
        : !IsCounted ? await session.One<long>($"SELECT COUNT(*) {Projects} WHERE {Where}", Values)
        : (await Sums(session, caller, null)).Sum(sum => sum.Count);

    /// <summary>How many show a light today: of a unit its own alone.</summary>
    private async Task<long> Count(Session session, Caller caller, Light light)
    {
        if (!readsCity && units.Count > 0 && !units.Contains(caller.Unit ?? ""))
            return 0;
        IReadOnlyList<string> scopes = readsCity ? units : [caller.Unit ?? ""];
        var lit = await Sums(session, caller, SumsBy.Light, session.Today, scopes);
        return light == Light.Green
            ? (await Sums(session, caller, SumsBy.Stage, null, scopes)).Sum(sum => sum.Count)
                - lit.Sum(sum => sum.Count)
            : lit.Where(sum => sum.Item == Slug.Of(light)).Sum(sum => sum.Count);
    }

    public string Where => WhereBy(UpdatedAt);

    /// <summary>The condition, where the last change stands in this column.</summary>
    public string WhereBy(string updatedAt)
    {
        // Of others' changes there is one order for all stages: it is walked, not sorted by stage first.
        var own =
            updatedAt == OthersChange
                ? conditions.Select(condition => condition == StageIs ? Conditions.Walked(StageIs) : condition)
                : conditions;
        var all = own.Concat(hasSince ? [$"{updatedAt} >= @since"] : Array.Empty<string>())
            .Concat(fewAmounts ? [$"p.seq = few.seq{Amounts("few.amount")}"] : Array.Empty<string>())
            .ToList();
        return all.Count == 0 ? "1 = 1" : string.Join(" AND ", all);
    }

    private const string OfReference =
        "p.id = (SELECT r.subject_id FROM external_refs r WHERE r.caller_id = @caller AND r.kind = 'projects' AND r.system = @system AND r.ref = @reference)";
    private const string StageIs = "p.stage = @stage";
    private const string OthersChange = "p.public_updated_at";

    /// <summary>In which column the last change stands, for which projects: of its own a unit may know more than of others'.</summary>
    public (string Which, string Column)[] Changes =>
        readsCity
            ? [("", "p.updated_at")]
            : [(" AND p.owner_id = @mine", "p.updated_at"), (" AND p.owner_id <> @mine", OthersChange)];

    /// <summary>When a project changed, as far as the caller may know.</summary>
    public string UpdatedAt =>
        readsCity ? "p.updated_at" : "CASE WHEN p.owner_id = @mine THEN p.updated_at ELSE p.public_updated_at END";

    /// <summary>Everything a caller may see in lists.</summary>
    public static ProjectFilter Visible(Caller caller) => new(caller);

    /// <summary>What the query asks for, among what the caller may see.</summary>
    public static ProjectFilter Read(QueryReader query, Caller caller, Session? session = null)
    {
        var filter = new ProjectFilter(caller);
        filter.stages = [.. query.Choices<Stage>("stage").Select(Slug.Of)];
        filter.AddAny(StageIs, "p.stage", "stage", filter.stages);

        // Of what is in talks nobody sees another unit's: its own are found without going through the others'.
        if (filter.stages is ["in-talks"] && !filter.readsCity)
            filter.Add("p.owner_id = @mine");
        filter.ReadFacts(query);
        if (query.Choice<Light>("idle") is { } light)
            filter.idle = light;
        if (query.Text("externalRef", 251) is { } reference)
        {
            var colon = reference.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || colon == reference.Length - 1)
                query.Refuse("externalRef", "external-ref");
            filter.Values.Add("caller", caller.UserId);
            filter.Values.Add("system", reference[..Math.Max(colon, 0)]);
            filter.Add(OfReference, "reference", reference[(colon + 1)..]);
        }

        if (query.Instant("updatedSince") is { } since)
        {
            filter.Values.Add("since", since);
            filter.hasSince = true;
            filter.countable = false;
        }

        return filter;
    }

    private Light? idle;
    private IReadOnlyList<string> searched = [];

    /// <summary>The words searched for, with the initials of those that are spelled in whole syllables; empty where none is.</summary>
    private IReadOnlyList<string> initials = [];

    /// <summary>The projects (<c>p</c>), found by the text searched for: in the order of the index where there is one, so that no more of it is read than a page needs.</summary>
    public string Projects =>
        searched.Count > 0 ? "FROM search_index g JOIN projects p ON p.seq = g.project_seq AND g.gram = @gram"
        : fewAmounts ? "FROM projects few CROSS JOIN projects p"
        : "FROM projects p";

    /// <summary>The number of a project, as the index knows it that the list is read along.</summary>
    public string Seq => searched.Count == 0 ? "p.seq" : "g.project_seq";

    /// <summary>Looks which pair of letters of the text searched for is the rarest, as far as it matters: the projects with it are looked at. Where nothing is searched for, but few have the amounts asked for, those are.</summary>
    /// <remarks>A word of whole syllables (donglidianchi) that stands nowhere, so far as the caller may see, is looked for by its initials (dldc), by which names are known.</remarks>
    public async Task Seek(Session session)
    {
        await SeekRarest(session);
        if (initials.Count == 0)
            return;
        Values.Add("limit", 1);
        if (
            (await session.Query<long>($"SELECT {Seq} {Projects} WHERE {Where} ORDER BY {Seq} {{page}}", Values)).Count
            > 0
        )
            return;
        foreach (var (at, word) in initials.Index())
            Values.Add($"text{at}", $"%{word}%");
        searched = SearchText.Bigrams(initials);
        Values.Add("gram", searched[0]);
        await SeekRarest(session);
    }

    private async Task SeekRarest(Session session)
    {
        if (searched.Count == 0 && amounts.Length > 0)
        {
            Values.Add("limit", Plenty);
            fewAmounts =
                await session.One<long>(
                    $"SELECT COUNT(*) FROM (SELECT few.seq FROM projects few WHERE 1 = 1{Amounts("few.amount")} ORDER BY few.amount, few.seq {{page}}) probed",
                    Values
                ) < Plenty;
        }

        if (searched.Count < 2)
            return;
        var fewest = (Count: long.MaxValue, Gram: searched[0]);
        foreach (var gram in searched.Take(MostProbed))
        {
            if (await session.One<long>(Probe, new { gram, limit = Plenty }) is var count && count < fewest.Count)
                fewest = (count, gram);
        }

        Values.Add("gram", fewest.Gram);
    }

    private const int MostProbed = 12,
        Plenty = 1000;
    private const string Probe =
        "SELECT COUNT(*) FROM (SELECT s.project_seq FROM search_index s WHERE s.gram = @gram ORDER BY s.project_seq {page}) probed";

    /// <summary>The filters that do not depend on the present stage.</summary>
    public void ReadFacts(QueryReader query)
    {
        units = query.Texts("jurisdictionId", 32);
        AddAny("p.owner_id = @unit", "p.owner_id", "unit", units);
        currencies = query.Texts("currency", 3);
        AddAny("p.currency = @currency", "p.currency", "currency", currencies);
        var asked = conditions.Count;

        // What begins with it: a range of the index, which LIKE is not on every engine.
        var classes = query.Texts("industry", 4);
        foreach (var (at, industry) in classes.Index())
        {
            Values.Add($"industry{at}", industry);
            Values.Add($"industryEnd{at}", industry + "~");
        }

        List<string> ranges =
        [
            .. classes
                .Index()
                .Select(each =>
                    $"p.industry_code >= @industry{each.Index} AND p.industry_code < @industryEnd{each.Index}"
                ),
        ];
        if (ranges.Count > 0)
            Add(
                ranges.Count == 1
                    ? ranges[0]
                    : Conditions.Walked(string.Join(" OR ", ranges.Select(range => $"({range})")))
            );
        var chains = query.Texts("chain", 100);
        AddAny("p.chain_key = @chain", "p.chain_key", "chain", chains);
        if (chains.Count > 0 && !readsCity)
            conditions.Add("p.owner_id = @mine"); // what the public summary does not show finds only one's own
        if (query.Hundredths("minAmount") is { } min)
            AddAmounts(">= @min", "min", min);
        if (query.Hundredths("maxAmount") is { } max)
            AddAmounts("<= @max", "max", max);
        Search(query);
        countable = conditions.Count == asked && searched.Count == 0;
    }

    /// <summary>Adds what depends on today: the lights, by the days on which they turn.</summary>
    public void AddLight(DateOnly today)
    {
        if (idle is not { } light)
            return;
        Values.Add("today", today);
        conditions.Add(
            light switch
            {
                Light.Red => "p.red_on <= @today",
                Light.Yellow => "p.yellow_on <= @today AND (p.red_on IS NULL OR p.red_on > @today)",
                _ => "(p.yellow_on IS NULL OR p.yellow_on > @today)",
            }
        );
        if (!readsCity)
            conditions.Add("p.owner_id = @mine");
    }

    public void Add(string condition) => conditions.Add(condition);

    public void Add(string condition, string name, object value)
    {
        conditions.Add(condition);
        Values.Add(name, value);
    }

    // Walking along the order of the list, not along the amounts: of most of what is asked for there are many.
    private void AddAmounts(string bound, string name, object value)
    {
        Add($"p.amount + 0 {bound}", name, value);
        amounts += $" AND {{0}} {bound}";
    }

    private string Amounts(string column) => string.Format(CultureInfo.InvariantCulture, amounts, column);

    /// <summary>Narrows to one value, which an index may find, or to any of several.</summary>
    private void AddAny(string single, string column, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 1)
            Add(single, name, values[0]);
        else if (values.Count > 1)
            Add(Conditions.Walked($"{column} IN @{name}"), name, values);
    }

    private void Search(QueryReader query)
    {
        if (query.Text("q", 100) is not { } q)
            return;
        var words = SearchText.Words(q);
        var grams = SearchText.Bigrams(words);
        if (grams.Count == 0)
        {
            query.Refuse("q", "search-length");
            return;
        }

        searched = grams;
        Values.Add("gram", grams[0]);
        var compared = words.Where(word => word != grams[0] || words.Count > 1).ToList();
        foreach (var (at, word) in compared.Index())
            Add($"p.search_text LIKE @text{at}", $"text{at}", $"%{word}%");
        if (
            compared.Select(word => Pinyin.InitialsOfSpelled(word) ?? word).ToList() is var spelled
            && !spelled.SequenceEqual(compared)
        )
            initials = spelled;
    }

    // Most of the library is published, so it is not looked for: a list walks along its order and leaves out what is not. An OR would have it all found, and sorted, first.
    private const string Published = ProjectVisibility.Published;

    private const string Named = ProjectVisibility.Named;
}
