using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Ledger;

/// <summary>A project as far as the ledger goes: what of it counts by now, and by which acts that came to be.</summary>
internal sealed class CountedProject : ICounted
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string OwnerId { get; init; }
    public string? FirstTalkId { get; init; }
    public string? LandingId { get; init; }

    /// <summary>The out-posted office that brought it: by a lead that became it (R137), or by its own report, whichever was first.</summary>
    public string? FinderId { get; init; }
    public required string Stage { get; init; }
    public string? TerminatedFrom { get; init; }
    public DateOnly? TerminatedOn { get; init; }
    public bool Secret { get; init; }
    public long? Amount { get; init; }
    public string? Currency { get; init; }
    public string? IndustryCode { get; init; }
    public bool ProvincialZone { get; init; }
    public required string Facts { get; init; }
    public DateOnly? SignedOn { get; init; }
    public DateOnly? RegisteredOn { get; init; }
    public DateOnly? StartedOn { get; init; }
    public DateOnly? InProductionOn { get; init; }
    public string? ImportId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The verified moves forward, in their order.</summary>
    public IReadOnlyList<Move> Moves { get; private set; } = [];

    /// <summary>The capital that was verified and not reversed, and what statistics say of its years.</summary>
    public IReadOnlyList<Entry> Entries { get; private set; } = [];
    public IReadOnlyList<Investment> Investments { get; private set; } = [];

    /// <summary>The money that needs of it got (R135).</summary>
    public IReadOnlyList<Financing> Financings { get; private set; } = [];

    public bool IsTerminated => Stage == Slug.Of(Domain.Projects.Stage.Terminated);

    /// <summary>What counts by now: every stage that was reached on a known day, unless the project has ended; and the money that was paid in all the same.</summary>
    public IReadOnlyList<CountedFact> Now(IReadOnlyList<LedgerRow> known) =>
        [.. IsTerminated ? [] : At(Slug.To<Stage>(Stage)), .. Money()];

    /// <summary>What counted of a terminated project before it ended.</summary>
    public IReadOnlyList<CountedFact> BeforeItsEnd() =>
        [.. TerminatedFrom is { } from ? At(Slug.To<Stage>(from)) : [], .. Money()];

    private IEnumerable<CountedFact> Money() =>
        Entries
            .Select(entry =>
                Fact(
                    FactKind.Capital,
                    entry.Id,
                    entry.OccurredOn,
                    0,
                    Domain.Money.FromHundredths(entry.Amount, entry.Currency),
                    entry.IsForeign
                )
            )
            .Concat(
                Investments.Select(investment =>
                    Fact(
                        FactKind.FixedInvestment,
                        investment.Year.ToString(System.Globalization.CultureInfo.InvariantCulture),
                        new DateOnly(investment.Year, 12, 31),
                        0,
                        Domain.Money.FromHundredths(investment.Amount, investment.Currency),
                        IsForeignProject
                    )
                )
            )
            .Concat(
                // What talks got tells of them (R20): it counts once the project is signed.
                (HasSigned ? Financings : []).Select(financing =>
                    Fact(
                        FactKind.Financing,
                        financing.Id,
                        financing.FinancedOn,
                        financing.Counted,
                        Domain.Money.FromHundredths(financing.Amount, financing.Currency),
                        IsForeignProject
                    )
                )
            );

    private bool HasSigned =>
        (IsTerminated ? TerminatedFrom : Stage) is { } furthest
        && Slug.To<Stage>(furthest) >= Domain.Projects.Stage.Signed;

    private IReadOnlyList<InvestorBody> Investors => Json.Read<ProjectBody>(Facts).Investors ?? [];

    private bool IsForeignProject => Investors.Any(IsForeign);

    private CountedFact Fact(
        FactKind kind,
        string subject,
        DateOnly on,
        int counted,
        Domain.Money? amount,
        bool foreign
    ) =>
        new()
        {
            Kind = kind,
            Subject = subject,
            OccurredOn = on,
            Counted = counted,
            Amount = amount,
            IndustryCode = IndustryCode,
            Manufacturing = Industries.IsManufacturing(IndustryCode),
            Foreign = foreign,
            InvestorFlags = FlagsOf(Investors),
            ProvincialZone = ProvincialZone,
            FirstTalkId = FirstTalkId,
            LandingId = LandingId ?? OwnerId,
            FinderId = FinderId,
        };

    /// <summary>What would count if it reached a stage on a day, as it is by now.</summary>
    public CountedFact IfReached(FactKind kind, DateOnly on) => Fact(kind, "", on, 1, Total, IsForeignProject);

    /// <summary>What would count if the rest of its total were paid in on a day; null where the total is not known, or nothing is left of it.</summary>
    public CountedFact? IfPaidIn(DateOnly on)
    {
        if (Total is not { } total || Entries.Any(entry => entry.Currency != total.Currency))
            return null;
        var rest = total.Hundredths - Entries.Sum(entry => entry.Amount);
        return rest <= 0
            ? null
            : Fact(FactKind.Capital, "", on, 0, Domain.Money.FromHundredths(rest, total.Currency), IsForeignProject);
    }

    private Domain.Money? Total => Amount is { } hundredths ? Domain.Money.FromHundredths(hundredths, Currency!) : null;

    /// <summary>Where a fact counts that is written for the first time: capital as it was booked when it was verified (R61), all else in its own month.</summary>
    public Booking BookingOf(CountedFact fact, DateOnly today, Func<string, bool> isClosed) =>
        fact.Kind == FactKind.Capital && Entries.FirstOrDefault(entry => entry.Id == fact.Subject) is { } booked
            ? new Booking(booked.Period, booked.BelongsTo)
            : Periods.Of(fact.OccurredOn, today, isClosed);

    private List<CountedFact> At(Stage furthest)
    {
        var dates = new StageDates(null, SignedOn, RegisteredOn, StartedOn, InProductionOn);
        var facts = new List<CountedFact>();
        foreach (var stage in Enum.GetValues<Stage>().Where(stage => stage <= furthest))
        {
            if (LedgerRow.KindOf(stage) is { } kind && dates.Of(stage) is { } on)
                facts.Add(Fact(kind, "", on, 1, Total, IsForeignProject));
        }

        return facts;
    }

    /// <summary>Whether an investor is of another place than the mainland; one whose country is not known is not counted so.</summary>
    internal static bool IsForeign(InvestorBody investor) =>
        investor.Country is { } country && country is not ("CN" or InvestorBody.UnknownCountry);

    private static string FlagsOf(IReadOnlyList<InvestorBody> investors)
    {
        (string Name, Func<InvestorBody, bool> Has)[] flags =
        [
            ("central-soe", investor => investor.CentralSoe),
            ("china500", investor => investor.China500),
            ("fortune500", investor => investor.Fortune500),
            ("listed", investor => investor.Listed),
            ("specialised", investor => investor.Specialised),
        ];
        return string.Join(' ', flags.Where(flag => investors.Any(flag.Has)).Select(flag => flag.Name));
    }

    /// <summary>The act by which a fact first came to count: the move that reached its stage, else the import, else the project's own beginning.</summary>
    public FactCause CauseOf(CountedFact fact)
    {
        if (fact.Kind == FactKind.Capital && Entries.FirstOrDefault(entry => entry.Id == fact.Subject) is { } paid)
            return new FactCause("capital", paid.Id, paid.DecidedAt, paid.RuleSetId);
        if (fact.Kind == FactKind.Financing && Financings.FirstOrDefault(one => one.Id == fact.Subject) is { } got)
            return new FactCause(CountedMatches.Cause, got.Id, got.UpdatedAt, got.RuleSetId);
        if (fact.Kind == FactKind.FixedInvestment)
        {
            var told = Investments.First(investment =>
                investment.Year.ToString(System.Globalization.CultureInfo.InvariantCulture) == fact.Subject
            );
            return new FactCause("statistics", Id, told.RecordedAt, told.RuleSetId);
        }

        if (
            Moves.LastOrDefault(move => move.Reached.Any(reach => LedgerRow.KindOf(reach.Stage) == fact.Kind)) is
            { } move
        )
            return new FactCause("move", move.Id, move.DecidedAt ?? move.SubmittedAt, move.RuleSetId);
        return ImportId is { } import
            ? new FactCause("import", import, CreatedAt, null)
            : new FactCause("project", Id, CreatedAt, null);
    }

    /// <summary>Some projects by their ids.</summary>
    public static Task<List<CountedProject>> Load(Session session, IReadOnlyList<string> ids) =>
        WithMoves(session, session.Query<CountedProject>(SelectByIds, new { ids }));

    /// <summary>The next projects in the order of their numbers.</summary>
    public static Task<List<CountedProject>> After(Session session, long seq, int limit) =>
        WithMoves(session, session.Query<CountedProject>(SelectAfter, new { seq, limit }));

    /// <summary>The next projects from a number down.</summary>
    public static Task<List<CountedProject>> Below(Session session, long seq, int limit) =>
        WithMoves(session, session.Query<CountedProject>(SelectBelow, new { seq, limit }));

    private static async Task<List<CountedProject>> WithMoves(Session session, Task<List<CountedProject>> reading)
    {
        var projects = await reading;
        if (projects.Count == 0)
            return projects;
        var ids = projects.Select(project => project.Id).ToList();
        var moves = (await session.Query<Move>(SelectMoves, new { ids })).ToLookup(move => move.ProjectId);
        var entries = (await session.Query<Entry>(SelectEntries, new { ids })).ToLookup(entry => entry.ProjectId);
        var investments = (await session.Query<Investment>(SelectInvestments, new { ids })).ToLookup(investment =>
            investment.ProjectId
        );
        var financings = (await session.Query<Financing>(SelectFinancings, new { ids })).ToLookup(financing =>
            financing.ProjectId
        );
        foreach (var project in projects)
        {
            project.Financings = [.. financings[project.Id]];
            project.Moves = [.. moves[project.Id]];
            project.Entries = [.. entries[project.Id]];
            project.Investments = [.. investments[project.Id]];
        }

        return projects;
    }

    internal sealed class Move
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public required string Reaches { get; init; }
        public DateTimeOffset SubmittedAt { get; init; }
        public DateTimeOffset? DecidedAt { get; init; }
        public required string RuleSetId { get; init; }

        public IReadOnlyList<Reach> Reached => Json.Read<List<Reach>>(Reaches);
    }

    internal sealed class Entry
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public DateOnly OccurredOn { get; init; }
        public long Amount { get; init; }
        public required string Currency { get; init; }
        public bool IsForeign { get; init; }
        public DateTimeOffset DecidedAt { get; init; }
        public required string Period { get; init; }
        public string? BelongsTo { get; init; }
        public required string RuleSetId { get; init; }
    }

    internal sealed class Investment
    {
        public required string ProjectId { get; init; }
        public int Year { get; init; }
        public long Amount { get; init; }
        public required string Currency { get; init; }
        public DateTimeOffset RecordedAt { get; init; }
        public required string RuleSetId { get; init; }
    }

    internal sealed class Financing
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public DateOnly FinancedOn { get; init; }
        public long Amount { get; init; }
        public required string Currency { get; init; }
        public int Counted { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public string? RuleSetId { get; init; }
    }

    private const string Columns = """
        SELECT p.seq, p.id, p.owner_id, p.first_talk_id, p.landing_id, CASE WHEN f.jurisdiction_id IS NULL OR l.submitted_at < f.activated_at THEN COALESCE(l.office_id, f.jurisdiction_id) ELSE f.jurisdiction_id END AS finder_id, p.stage, p.terminated_from, p.terminated_on, p.secret, p.amount, p.currency, p.industry_code,
          p.provincial_zone, p.facts, p.signed_on, p.registered_on, p.started_on, p.in_production_on, p.import_id, p.created_at
        FROM projects p
        LEFT JOIN claims f ON f.sequence = (SELECT MIN(c.sequence) FROM claims c JOIN jurisdictions j ON j.id = c.jurisdiction_id WHERE c.project_id = p.id AND c.activated_at IS NOT NULL AND j.kind = 'office')
        LEFT JOIN office_leads l ON l.seq = (SELECT MIN(o.seq) FROM office_leads o WHERE o.project_id = p.id AND o.status = 'project')
        """;

    private const string SelectByIds = $"{Columns} WHERE p.id IN @ids ORDER BY p.seq";
    private const string SelectAfter = $"{Columns} WHERE p.seq > @seq ORDER BY p.seq {{page}}";
    private const string SelectBelow = $"{Columns} WHERE p.seq < @seq ORDER BY p.seq DESC {{page}}";
    private const string SelectMoves =
        "SELECT id, project_id, reaches, submitted_at, decided_at, rule_set_id FROM moves WHERE project_id IN @ids AND status = 'verified' AND kind = 'forward' ORDER BY seq";
    private const string SelectEntries =
        "SELECT id, project_id, occurred_on, amount, currency, is_foreign, decided_at, period, belongs_to, rule_set_id FROM capital_entries WHERE project_id IN @ids AND status = 'verified' ORDER BY seq";
    private const string SelectFinancings = $"""
        SELECT m.id, n.project_id, m.financed_on, m.amount, m.currency, m.updated_at, m.rule_set_id, {CountedMatches.First} AS counted
        FROM financing_needs n JOIN matches m ON m.need_id = n.id WHERE n.project_id IN @ids AND m.state = 'financed' ORDER BY m.seq
        """;
    private const string SelectInvestments =
        "SELECT project_id, year, amount, currency, recorded_at, rule_set_id FROM fixed_investments WHERE project_id IN @ids ORDER BY year";
}
