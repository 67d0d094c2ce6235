using System.Collections.Concurrent;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Rules;

/// <summary>The numbers of a rule set as they are posted and kept.</summary>
public sealed record RuleSetBody
{
    public string? Name { get; init; }
    public DateOnly? EffectiveFrom { get; init; }
    public IReadOnlyList<Money>? ReportThresholds { get; init; }
    public IsoDuration? Exclusivity { get; init; }
    public int? ExtensionsMax { get; init; }
    public IsoDuration? Extension { get; init; }
    public IsoDuration? ContactMaxAge { get; init; }
    public IReadOnlyList<Stage>? Verification { get; init; }
    public IsoDuration? NoticePeriod { get; init; }
    public Enforcement? NoticeEnforcement { get; init; }
    public CreditMode? CreditMode { get; init; }
    public Stage? CreditStage { get; init; }
    public int? MaxTransfers { get; init; }
    public IsoDuration? TransferAcceptance { get; init; }
    public IReadOnlyList<Money>? Coordination { get; init; }
    public LeaderLink? LeaderLink { get; init; }
    public IdleLights? Lights { get; init; }
    public IReadOnlyList<YearlyRate>? Rates { get; init; }
    public IsoDuration? MatchingHorizon { get; init; }
    public IsoDuration? Reactivation { get; init; }
    public DisputeRules? Disputes { get; init; }
    public IReadOnlyList<Threshold>? NoticeThresholds { get; init; }
    public IsoDuration? TransferDecision { get; init; }
    public IReadOnlyList<CreditRule>? Credit { get; init; }
    public CapitalRules? Capital { get; init; }
    public IReadOnlyList<MonthlyRate>? UsdRates { get; init; }
    public ProblemTimes? Problems { get; init; }
    public IReadOnlyList<LeaderTier>? LeaderTiers { get; init; }
    public IsoDuration? LeaderContact { get; init; }
    public decimal? ElementsShare { get; init; }

    /// <summary>How long a returned report may be completed, in working days (R14b).</summary>
    public IsoDuration? ReportCompletion { get; init; }
    public Domain.Land.LandOffer? LandOffer { get; init; }

    /// <summary>How long is kept what no rule needs for ever; given, it is given whole: what is absent in it is kept for ever.</summary>
    public Retention? Retention { get; init; }

    /// <summary>By what referrers are rewarded (R136); absent: they are not. A new rule set that leaves it out keeps the one before; one without bands ends it.</summary>
    public Domain.Referrers.ReferralScheme? Referral { get; init; }

    /// <summary>What is not said is taken from the rule set before it.</summary>
    public RuleSetBody Over(RuleSetBody before) =>
        RuleSetMembers.Fill(this, before) with
        {
            Referral = Referral is { Bands.Count: 0 } ? null : Referral ?? before.Referral,
        };

    /// <summary>With the standard for every member that rule sets did not always have, so that an older one says what it means.</summary>
    public RuleSetBody Complete() =>
        RuleSetMembers.Fill(this, RuleSetMembers.Standard) with
        {
            Lights = Lights?.WithDefaults(),
            NoticeThresholds = NoticeThresholds ?? [],
        };

    /// <summary>The members that it says otherwise than another, by their names in the contract.</summary>
    public IReadOnlyList<string> DiffersFrom(RuleSetBody other)
    {
        var (one, another) = (Json.Node(Complete())!.AsObject(), Json.Node(other.Complete())!.AsObject());
        return
        [
            .. one.Select(member => member.Key)
                .Union(another.Select(member => member.Key))
                .Where(key => !System.Text.Json.Nodes.JsonNode.DeepEquals(one[key], another[key]))
                .Order(StringComparer.Ordinal),
        ];
    }

    public RuleSet ToRules(string id, DateTimeOffset startsAt, DateTimeOffset? endsAt) =>
        Complete().AsRules(id, startsAt, endsAt);

    private RuleSet AsRules(string id, DateTimeOffset startsAt, DateTimeOffset? endsAt) =>
        RuleSetMembers.Copy<RuleSet>(this) with
        {
            Id = id,
            StartsAt = startsAt,
            EndsAt = endsAt,
            NoticeThresholds = NoticeThresholds is { Count: > 0 } thresholds ? thresholds : null,
        };
}

/// <summary>A rule set as it is stored.</summary>
public sealed class RuleSetRow
{
    public required string Id { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    public DateOnly EffectiveFrom { get; init; }
    public required string Body { get; init; }
    public long Version { get; init; }
}

/// <summary>What tells whether rule sets changed.</summary>
public sealed record RuleSetHead
{
    public required string Id { get; init; }
    public long Version { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>Reads the city's rule sets; the numbers of one that was read once are kept, its period is not.</summary>
public sealed class RuleBooks
{
    private readonly ConcurrentDictionary<(string Id, long Version), RuleSetBody> bodies = new();
    private volatile Made? last;

    /// <summary>The rule sets as the session found them: read once, however many rules they are asked for.</summary>
    public async Task<RuleBook> Load(Session session)
    {
        var book = session.RuleBook ??= await Read(session);
        session.RuleSetId = book.At(session.Now).Id;
        return book;
    }

    /// <summary>The book that was made last, if nothing changed since: their heads tell.</summary>
    private async Task<RuleBook> Read(Session session)
    {
        if (last is { } known && known.Heads.SequenceEqual(await session.Rows(SelectHeads, row => new RuleSetHead
                {
                    Id = row.Text(0),
                    Version = row.Number(1),
                    StartsAt = row.Instant(2),
                    EndsAt = row.InstantOrNull(3),
                })))
            return known.Book;
        var rows = await Rows(session);
        var book = new RuleBook(rows.Select(row => BodyOf(row).ToRules(row.Id, row.StartsAt, row.EndsAt)));
        last = new Made(
            [
                .. rows.Select(row => new RuleSetHead
                {
                    Id = row.Id,
                    Version = row.Version,
                    StartsAt = row.StartsAt,
                    EndsAt = row.EndsAt,
                }),
            ],
            book
        );
        return book;
    }

    /// <summary>Whether the rule sets that a session loaded are still those of the database, whose heads were read anew; if not, the session loads them again.</summary>
    public bool AreStill(Session session, IEnumerable<RuleSetHead> heads)
    {
        if (last is { } known && known.Book == session.RuleBook && known.Heads.SequenceEqual(heads))
            return true;
        session.RuleBook = null;
        return false;
    }

    /// <summary>The rule set in force now.</summary>
    public async Task<RuleSet> Current(Session session) => (await Load(session)).At(session.Now);

    public static Task<List<RuleSetRow>> Rows(Session session) => session.Query<RuleSetRow>(Select);

    public RuleSetBody BodyOf(RuleSetRow row) =>
        bodies.GetOrAdd((row.Id, row.Version), _ => Json.Read<RuleSetBody>(row.Body));

    private sealed record Made(IReadOnlyList<RuleSetHead> Heads, RuleBook Book);

    public const string SelectHeads = "SELECT id, version, starts_at, ends_at FROM rule_sets ORDER BY starts_at";
    private const string Select =
        "SELECT id, starts_at, ends_at, effective_from, body, version FROM rule_sets ORDER BY starts_at";
}
