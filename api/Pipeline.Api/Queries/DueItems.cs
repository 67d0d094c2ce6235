using System.Globalization;
using System.Text.Json.Serialization;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Queries;

/// <summary>What comes due (regime §15.3).</summary>
public enum DueKind
{
    /// <summary>The window of a claim ends (R15).</summary>
    ClaimEnds,

    /// <summary>The window of a claim ends and the next in the queue becomes active (R17); told to those who read the whole city.</summary>
    ClaimPassesOn,

    /// <summary>A report waits for the centre's review (R14a).</summary>
    ClaimToResolve,

    /// <summary>A report that was returned is to be completed, or it is withdrawn (R14b).</summary>
    ClaimToComplete,

    /// <summary>The last day on which the notice of a planned signing would be in time (R30).</summary>
    NoticeToFile,

    /// <summary>A signing of which the notice would be late (R32).</summary>
    SigningLate,

    /// <summary>A signing of which notice was given in time.</summary>
    SigningPlanned,

    /// <summary>A light turns (R93).</summary>
    LightTurns,

    /// <summary>The last instant at which a contact cancels a removal (R94).</summary>
    RemovalToContest,

    /// <summary>The instant after which the centre may confirm a removal (R94).</summary>
    RemovalToDecide,

    /// <summary>A problem is due (R70).</summary>
    ProblemDue,

    /// <summary>A problem was answered: whoever raised it closes or contests it (R70).</summary>
    ProblemToClose,

    /// <summary>A transfer waits for its receiver's answer (R43a).</summary>
    TransferToAnswer,

    /// <summary>A transfer waits for the centre (R43a).</summary>
    TransferToDecide,

    /// <summary>A move waits to be verified (R3).</summary>
    MoveToVerify,

    /// <summary>The leader of a linked project is to have a contact with it (R83).</summary>
    LeaderContact,

    /// <summary>A capital entry waits to be verified (R61).</summary>
    CapitalToVerify,

    /// <summary>What a meeting gave to do is due (R74).</summary>
    ActionDue,

    /// <summary>A dispute waits for the answer of the unit whose claim is contested (R23).</summary>
    DisputeToAnswer,

    /// <summary>A dispute is to be decided by the centre (R23).</summary>
    DisputeToDecide,

    /// <summary>A decision of a dispute becomes final unless one of its two sides appeals (R23).</summary>
    DisputeToAppeal,

    /// <summary>What became of a report may be contested until then (R23).</summary>
    ClaimToContest,

    /// <summary>A project in talks is to be reported (R10).</summary>
    ReportToFile,

    /// <summary>The next step of a project is planned for this day.</summary>
    StepPlanned,

    /// <summary>From this day on nothing was heard of a match for too long (R135).</summary>
    MatchSilent,

    /// <summary>What came of an event is to get its unit, carrier and person (R134).</summary>
    ResultToAssign,

    /// <summary>An industry chain is to be reviewed (R133).</summary>
    ChainToReview,

    /// <summary>A lead of an out-posted office waits for its next step (R137).</summary>
    LeadDue,

    /// <summary>From this day on an entry of a library is no longer to be trusted unless it is verified (R130).</summary>
    EntryToVerify,
}

/// <summary>The record that something is due on.</summary>
/// <param name="Kind">What it is: <c>claim</c>, <c>project</c>, <c>signing-notice</c>, <c>removal</c>, <c>problem</c>, <c>transfer</c>, <c>leader-link</c>, <c>move</c>, <c>capital</c>, <c>action</c>, <c>dispute</c>, <c>match</c>, <c>event-result</c>, <c>chain</c>, <c>office-lead</c>, <c>library-entry</c>.</param>
public sealed record DueSubject(string Kind, string Id);

/// <summary>The project that something is due on, as far as the caller may know it.</summary>
public sealed record DueProject
{
    /// <summary>Only for who may open it.</summary>
    public string? Id { get; init; }
    public string? Code { get; init; }

    /// <summary>Absent where a blind transfer does not tell it yet, and where something is due on no project.</summary>
    public string? Name { get; init; }
}

/// <summary>Something that comes due for a caller.</summary>
public sealed record DueItem
{
    public required DueKind Kind { get; init; }

    /// <summary>The day on which it is due; of what waits, since when it does.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The instant, where it is one.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether the day is past. What only waits has no day, and is not.</summary>
    public required bool Overdue { get; init; }

    /// <summary>Whether it has no day by which it must be done: <c>on</c> tells since when it waits.</summary>
    public required bool Waits { get; init; }
    public required DueSubject Subject { get; init; }
    public required DueProject Project { get; init; }

    /// <summary>The unit concerned, for who may know it.</summary>
    public UnitRef? Jurisdiction { get; init; }

    /// <summary>What a problem is, or what a meeting gave to do; of resources the match, result, chain, lead or entry.</summary>
    public string? Title { get; init; }

    /// <summary>To what a light turns.</summary>
    public Light? Light { get; init; }

    /// <summary>To what stage the step leads that is planned.</summary>
    public Stage? Stage { get; init; }

    /// <summary>How far an overdue problem or action was taken, and the day on which it is taken further (R71).</summary>
    public int? Level { get; init; }
    public DateOnly? EscalatesOn { get; init; }

    /// <summary>The day of the signing that a notice is for.</summary>
    public DateOnly? PlannedOn { get; init; }

    /// <summary>The page on which it is done, from the root of the site.</summary>
    public required string Link { get; init; }

    /// <summary>By which it stands in the list: the instant, or the end of the day.</summary>
    [JsonIgnore]
    public DateTimeOffset Sort => At ?? Shanghai.EndOf(On);

    [JsonIgnore]
    public long Seq { get; init; }

    /// <summary>The secret project that it is of; null: none.</summary>
    [JsonIgnore]
    public string? SecretProject { get; init; }
}

/// <summary>One row of what is due, as a feature's statement reads it.</summary>
public class DueRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public DateOnly? OnDay { get; init; }
    public DateTimeOffset? AtInstant { get; init; }
    public required string ProjectId { get; init; }
    public string? ProjectCode { get; init; }
    public string? ProjectName { get; init; }
    public bool Secret { get; init; }
    public string? UnitId { get; init; }
    public string? UnitName { get; init; }

    /// <summary>What is due, for a caller who may open the project.</summary>
    public DueItem Item(DueKind kind, string subject, string link, DueWindow window, bool waits = false) =>
        new()
        {
            Kind = kind,
            On = OnDay ?? Shanghai.DateOf(AtInstant!.Value),
            At = AtInstant,
            Overdue = !waits && (AtInstant ?? Shanghai.EndOf(OnDay!.Value)) < window.Now,
            Waits = waits,
            Subject = new DueSubject(subject, Id),
            Project = new DueProject
            {
                Id = ProjectId,
                Code = ProjectCode,
                Name = ProjectName,
            },
            Jurisdiction = UnitId is null ? null : new UnitRef(UnitId, UnitName!),
            Link = link,
            Seq = Seq,
            SecretProject = Secret ? ProjectId : null,
        };
}

/// <summary>Which part of what is due is asked for: up to an instant, behind the last item of the page before, so many at most.</summary>
public sealed record DueWindow(DateTimeOffset Now, DateTimeOffset Until, int Limit)
{
    /// <summary>Before everything.</summary>
    public DateTimeOffset AfterAt { get; init; } = Shanghai.StartOf(new DateOnly(1900, 1, 1));
    public long AfterSeq { get; init; } = -1;

    public DateOnly Today => Shanghai.DateOf(Now);

    /// <summary>The window of days from which so many later is due what this one asks for.</summary>
    public DueWindow Before(int days) => this with { AfterAt = AfterAt.AddDays(-days), Until = Until.AddDays(-days) };

    /// <summary>What is due by a day, and of no project that the caller opens from here.</summary>
    public DueItem OnDay(DueKind kind, DateOnly day, DueSubject subject, string title, string link, long seq) =>
        new()
        {
            Kind = kind,
            On = day,
            Overdue = Shanghai.EndOf(day) < Now,
            Waits = false,
            Subject = subject,
            Project = new DueProject(),
            Title = title,
            Link = link,
            Seq = seq,
        };

    /// <summary>The last day that is asked for.</summary>
    public DateOnly UntilDay => Shanghai.DateOf(Until);

    /// <summary>The rows of this window, of a statement that ends in its conditions, due at the instants of a column.</summary>
    public Task<List<T>> ByInstant<T>(Session session, string sql, Conditions where, string column, string seq)
    {
        where.Add($"{column} >= @afterAt AND ({column} > @afterAt OR {seq} > @afterSeq) AND {column} <= @untilAt");
        where.Values.AddAll(
            new
            {
                afterAt = AfterAt,
                afterSeq = AfterSeq,
                untilAt = Until,
            }
        );
        return Read<T>(session, sql, where, column, seq);
    }

    /// <summary>The same, due at the end of the days of a column.</summary>
    public Task<List<T>> ByDay<T>(Session session, string sql, Conditions where, string column, string seq)
    {
        var day = Shanghai.DateOf(AfterAt);
        where.Add($"{column} >= @afterOn AND ({column} > @afterOn OR {seq} > @afterSeq) AND {column} <= @untilOn");
        where.Values.AddAll(
            new
            {
                afterOn = day,
                afterSeq = AfterAt < Shanghai.EndOf(day) ? -1 : AfterSeq,
                untilOn = UntilDay,
            }
        );
        return Read<T>(session, sql, where, column, seq);
    }

    private Task<List<T>> Read<T>(Session session, string sql, Conditions where, string column, string seq)
    {
        where.Values.Add("limit", Limit);
        return session.Query<T>($"{sql} WHERE {where.Sql} ORDER BY {column}, {seq} {{page}}", where.Values);
    }
}

/// <summary>What a feature knows to come due. Each is asked in the order in which they are listed (<c>DueSources</c>); none knows of another.</summary>
public interface IDueSource
{
    /// <summary>The items of a window that the caller may know and is concerned by, by instant and number; nothing where the caller may not read them at all.</summary>
    Task<IEnumerable<DueItem>> Find(Session session, Caller caller, DueWindow window);
}

/// <summary>Everything that comes due for a caller, the first at first.</summary>
public sealed class DueItems(IEnumerable<IDueSource> sources)
{
    private readonly IReadOnlyList<IDueSource> inOrder = [.. sources];

    /// <summary>An item, and which source it is of.</summary>
    public readonly record struct Found(DueItem Item, int Source);

    /// <summary>At most <paramref name="limit"/> items up to the end of a day, behind a cursor.</summary>
    public async Task<IReadOnlyList<Found>> Find(
        Session session,
        Caller caller,
        DateOnly until,
        int limit,
        (DateTimeOffset At, int Source, long Seq)? after = null
    )
    {
        var found = new List<Found>();
        var window = new DueWindow(session.Now, Shanghai.EndOf(until), limit);
        foreach (var (source, part) in inOrder.Index())
        {
            // Of the instant of the last item, sources before its own were told whole, those behind it not at all.
            var mine = after is { } last
                ? window with
                {
                    AfterAt = last.At,
                    AfterSeq =
                        source < last.Source ? long.MaxValue
                        : source == last.Source ? last.Seq
                        : -1,
                }
                : window;
            found.AddRange((await part.Find(session, caller, mine)).Select(item => new Found(item, source)));
        }

        return
        [
            .. found.OrderBy(one => one.Item.Sort).ThenBy(one => one.Source).ThenBy(one => one.Item.Seq).Take(limit),
        ];
    }

    /// <summary>Where the page behind an item begins.</summary>
    public static string Key(Found last) =>
        string.Create(CultureInfo.InvariantCulture, $"{last.Item.Sort.UtcTicks} {last.Source}");

    /// <summary>What <see cref="Key"/> wrote.</summary>
    public static (DateTimeOffset At, int Source) Read(string key)
    {
        var parts = key.Split(' ');
        return (
            new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero),
            int.Parse(parts[1], CultureInfo.InvariantCulture)
        );
    }

    /// <summary>The projects (<c>p</c>) that need a leader (<c>@me</c>): linked, or named on; a secret one only where named.</summary>
    public const string OfLeader = $"(({LeaderLinkRow.LinkedToMe} AND p.secret = 0) OR {ProjectVisibility.Named})";

    /// <summary>The projects (<c>p</c>) of which a caller is told what comes due: a unit's own; a leader's linked ones and those that he or she is named on; the city's for the centre and auditors.</summary>
    public static Conditions Concerning(Caller caller, string unitColumn = "p.owner_id")
    {
        var where = new Conditions();
        if (caller.Role == Role.Leader)
            where.Add(OfLeader, "me", caller.UserId);
        else if (!Permissions.ReadsCity(caller))
            where.Add($"{unitColumn} = @mine", "mine", caller.Unit ?? "");
        return where;
    }
}
