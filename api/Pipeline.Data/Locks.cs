namespace Pipeline.Data;

/// <summary>The kinds of named locks, in the order in which a transaction takes them.</summary>
public enum LockKind
{
    Migrate,
    Seed,
    SignIn,
    IdempotencyKey,
    RuleSets,

    /// <summary>Indicators, what is stated of them, targets, score models and marks, the people of units, the closing of periods, and bulletins.</summary>
    Assessment,

    /// <summary>Meetings: their agendas, and the actions that they decided.</summary>
    Meetings,

    /// <summary>Everything that matching, the order of reports and the chain of receipts depend on; also claims under review.</summary>
    Intake,

    /// <summary>One project: its stage, owner, claims and moves.</summary>
    Project,

    /// <summary>The resources of the city: land, chains, events, needs of financing and their matches, leads of offices.</summary>
    Resources,

    /// <summary>The libraries: their entries, and what they are found by.</summary>
    Library,
    Views,

    /// <summary>One calendar that is subscribed to: what it told last.</summary>
    Calendar,
    NoticeSettings,
    Totals,

    /// <summary>The ledger of facts that count, and its chain.</summary>
    Ledger,

    /// <summary>The chain of the audit trail; the last of a transaction.</summary>
    Audit,
}

/// <summary>A named lock, held until the transaction ends.</summary>
/// <param name="Of">What it guards, where there is one of each: a project's id, a hash.</param>
public readonly record struct LockName(LockKind Kind, string? Of = null)
{
    public static readonly LockName Migrate = new(LockKind.Migrate);
    public static readonly LockName Seed = new(LockKind.Seed);
    public static readonly LockName RuleSets = new(LockKind.RuleSets);
    public static readonly LockName Assessment = new(LockKind.Assessment);
    public static readonly LockName Meetings = new(LockKind.Meetings);
    public static readonly LockName Intake = new(LockKind.Intake);
    public static readonly LockName Resources = new(LockKind.Resources);
    public static readonly LockName Library = new(LockKind.Library);
    public static readonly LockName Totals = new(LockKind.Totals);
    public static readonly LockName Ledger = new(LockKind.Ledger);
    public static readonly LockName Audit = new(LockKind.Audit);

    public static LockName SignIn(string nameHash) => new(LockKind.SignIn, nameHash);

    public static LockName IdempotencyKey(string hash) => new(LockKind.IdempotencyKey, hash);

    public static LockName Project(string id) => new(LockKind.Project, id);

    public static LockName Views(string userId) => new(LockKind.Views, userId);

    public static LockName Calendar(string id) => new(LockKind.Calendar, id);

    public static LockName NoticeSettings(string userId) => new(LockKind.NoticeSettings, userId);

    /// <summary>The parameters of <see cref="IDialect.LockSql"/>.</summary>
    public Parameters Parameters =>
        new() { { "lockName", ToString() }, { "patience", (int)Database.Patience.TotalMilliseconds } };

    /// <summary>The name as the database knows it.</summary>
    public override string ToString()
    {
        var kind = Kind.ToString().ToLowerInvariant();
        return Of is null ? $"pipeline:{kind}" : $"pipeline:{kind}:{Of}";
    }
}

/// <summary>What came of waiting for a lock.</summary>
public sealed class LockOutcome
{
    private const int DeadlockVictim = -3;

    /// <summary>0 or 1: had; below 0: not.</summary>
    public int Outcome { get; init; }

    /// <summary>The server's clock afterwards, UTC.</summary>
    public DateTime Now { get; init; }

    /// <exception cref="LockTimeoutException">It was not to be had in time.</exception>
    /// <exception cref="WriteConflictException">The database gave the lock to somebody else to end a deadlock.</exception>
    public void Check(LockName name)
    {
        if (Outcome == DeadlockVictim)
            throw new WriteConflictException($"A deadlock over {name}.");
        if (Outcome < 0)
            throw new LockTimeoutException(name);
    }
}

/// <summary>Which lock a transaction holds when it changes a table. Whoever judges by the rows of such a table reads them after taking the lock.</summary>
public static class Locks
{
    /// <summary>By table, the locks of which a writer holds at least one. A table that is not listed is guarded by its keys alone.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<LockKind>> Guards = new Dictionary<
        string,
        IReadOnlyList<LockKind>
    >(StringComparer.Ordinal)
    {
        ["projects"] = [LockKind.Project, LockKind.Intake],
        ["claims"] = [LockKind.Project, LockKind.Intake],
        ["claim_matches"] = [LockKind.Intake],
        ["claim_returns"] = [LockKind.Intake],
        ["moves"] = [LockKind.Project, LockKind.Intake],
        ["stage_spans"] = [LockKind.Project, LockKind.Intake],
        ["former_owners"] = [LockKind.Project],
        ["transfers"] = [LockKind.Project],
        ["market_offers"] = [LockKind.Project],
        ["signing_notices"] = [LockKind.Project],
        ["removals"] = [LockKind.Project],
        ["problems"] = [LockKind.Project],
        ["library_flows"] = [LockKind.Project, LockKind.Intake],
        ["tolerance_papers"] = [LockKind.Project],
        ["team_members"] = [LockKind.Project],
        ["leader_links"] = [LockKind.Project, LockKind.Intake],
        ["meetings"] = [LockKind.Meetings],
        ["meeting_items"] = [LockKind.Meetings],
        ["actions"] = [LockKind.Meetings],
        ["capital_entries"] = [LockKind.Project, LockKind.Intake],
        ["fixed_investments"] = [LockKind.Project, LockKind.Intake],
        ["project_elements"] = [LockKind.Project],
        ["element_grants"] = [LockKind.Project],
        ["parcels"] = [LockKind.Resources],
        ["chains"] = [LockKind.Resources],
        ["chain_nodes"] = [LockKind.Resources],
        ["chain_reviews"] = [LockKind.Resources],
        ["chain_projects"] = [LockKind.Resources],
        ["events"] = [LockKind.Resources],
        ["event_results"] = [LockKind.Resources],
        ["financing_needs"] = [LockKind.Resources],
        ["matches"] = [LockKind.Resources],
        ["match_steps"] = [LockKind.Resources],
        ["office_leads"] = [LockKind.Resources],
        ["office_lead_steps"] = [LockKind.Resources],
        ["credit_agreements"] = [LockKind.Project],
        ["reason_templates"] = [LockKind.RuleSets],
        ["rule_set_drafts"] = [LockKind.RuleSets],
        ["indicators"] = [LockKind.Assessment],
        ["indicator_values"] = [LockKind.Assessment],
        ["targets"] = [LockKind.Assessment],
        ["score_models"] = [LockKind.Assessment],
        ["score_marks"] = [LockKind.Assessment],
        ["score_rehearsals"] = [LockKind.Assessment],
        ["posted_people"] = [LockKind.Assessment],
        ["periods"] = [LockKind.Assessment],
        ["snapshots"] = [LockKind.Assessment],
        ["snapshot_tables"] = [LockKind.Assessment],
        ["bulletins"] = [LockKind.Assessment],
        ["dwell_cohorts"] = [LockKind.Assessment],
        ["external_refs"] = [LockKind.Intake],
        ["library_entries"] = [LockKind.Library],
        ["library_search"] = [LockKind.Library],
        ["library_tags"] = [LockKind.Library],
        ["fund_investments"] = [LockKind.Library],
        ["foreign_facts"] = [LockKind.Library],
        ["foreign_visits"] = [LockKind.Library],
        ["referrers"] = [LockKind.Project],
        ["calendars"] = [LockKind.Views, LockKind.Calendar],
        ["calendar_entries"] = [LockKind.Views, LockKind.Calendar],
        ["disputes"] = [LockKind.Intake],
        ["co_negotiators"] = [LockKind.Intake, LockKind.Project],
        ["report_bars"] = [LockKind.Intake],
        ["stage_totals"] = [LockKind.Totals, LockKind.Seed],
        ["ledger"] = [LockKind.Ledger],
        ["ledger_head"] = [LockKind.Ledger],
        ["audit"] = [LockKind.Audit],
        ["audit_head"] = [LockKind.Audit],
        ["changes"] = [LockKind.Audit],
        ["change_readers"] = [LockKind.Audit],
        ["change_audiences"] = [LockKind.Project, LockKind.Intake],
    };

    /// <summary>Whether a lock may be taken while others are held: they come in the order of their kinds, and several of one kind only under <see cref="LockKind.Intake"/>, whose holder is alone.</summary>
    public static bool MayFollow(this LockName next, IReadOnlyCollection<LockName> held) =>
        held.All(one => one.Kind < next.Kind || (one.Kind == next.Kind && held.Contains(LockName.Intake)));
}
