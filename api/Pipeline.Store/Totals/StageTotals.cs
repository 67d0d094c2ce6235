using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Totals;

/// <summary>What the sums of a total are told apart by.</summary>
public enum SumsBy
{
    /// <summary>The stage alone.</summary>
    Stage,

    /// <summary>The unit that owns the projects, too.</summary>
    Unit,

    /// <summary>The industry class of the projects, too.</summary>
    Class,

    /// <summary>The month in which the stage was entered, too.</summary>
    Month,

    /// <summary>The day since which those stand in it whose day of entry is known.</summary>
    Since,

    /// <summary>The days that those stayed who have left it, and whose day of entry is known.</summary>
    Length,

    /// <summary>The light that they show on a day, yellow or red; green ones are the rest.</summary>
    Light,

    /// <summary>Not projects but claims: the month in which they were received or activated, or in which active ones ended, and with what.</summary>
    Claims,
}

/// <summary>How many projects, and how many hundredths of one currency, stood in a stage.</summary>
public sealed class StageSum
{
    /// <summary>The owner's id; empty: the whole city.</summary>
    public required string Scope { get; init; }

    /// <summary>The industry class, the month, the day or the days, where the sums are told apart by it.</summary>
    public required string Item { get; init; }

    /// <summary>Or what became of a claim.</summary>
    public required string Stage { get; init; }

    /// <summary><c>p</c> published, <c>u</c> not published, <c>s</c> secret: as the projects are now. What was in talks is never published, nor what ended before it was signed.</summary>
    public required string Kind { get; init; }

    /// <summary>Empty where no amount is known.</summary>
    public required string Currency { get; init; }
    public long Count { get; init; }
    public long Amount { get; init; }
}

/// <summary>How many projects entered and left a stage in a month.</summary>
public sealed class Passages
{
    /// <summary>The owner's id; empty: the whole city.</summary>
    public required string Scope { get; init; }
    public required string Month { get; init; }
    public required string Stage { get; init; }
    public required string Kind { get; init; }

    /// <summary>Of those whose day of entry is known.</summary>
    public long Entered { get; init; }
    public long Gone { get; init; }
}

/// <summary>How many projects stand in each stage, or stood in it on a day, what they are worth, how long they stay, and what became of claims: kept by the transactions that change it, so that no total reads the library.</summary>
/// <remarks>A write only adds rows to <c>total_changes</c>, so that writers do not wait for each other; they are folded into <c>stage_totals</c> in the background. A total is the sum of both.</remarks>
public static class StageTotals
{
    private const int Batch = 1000;

    /// <summary>How many projects one statement counts.</summary>
    private const int MostCounted = 400;

    /// <summary>Says that the session is about to change what a project counts as: its stage or that of a past day, its owner, amount, class or secrecy. It is counted anew at the commit.</summary>
    public static async Task Changing(Session session, string projectId, bool isNew = false)
    {
        CountAtCommit(session);
        if (isNew)
            session.Entered.Add(projectId);
        else
            session.Entered.Remove(projectId);
        if (session.Counted.Add(projectId) && !isNew)
            await Count(session, [projectId], [], -1);
    }

    /// <summary>Says that the session is about to change what claims count as: what became of them, their project, or its secrecy. They are counted anew at the commit.</summary>
    public static async Task ChangingClaims(Session session, IReadOnlyList<string> ids, bool isNew = false)
    {
        if (ids.Count == 0)
            return;
        CountAtCommit(session);
        List<string> changing = [.. ids.Where(session.CountedClaims.Add)];
        if (!isNew)
            await Count(session, [], changing, -1);
    }

    private static void CountAtCommit(Session session)
    {
        if (session.Counted.Count + session.CountedClaims.Count == 0)
        {
            session.BeforeCommit.Add(() => Count(session, session.Counted, session.CountedClaims, 1));
            session.BeforeCommit.Add(() =>
                session.Raise(new ProjectsCounted([.. session.Counted.Except(session.Entered)]))
            );
        }
    }

    /// <summary>Folds the changes written down so far into the totals.</summary>
    public static async Task Fold(Database database, CancellationToken cancel = default)
    {
        if (await database.Read(session => session.One<long?>(SelectFirst), cancel) is not null)
            await database.WorkThrough(Batch, Some, cancel);
    }

    /// <summary>Makes the totals of a library that is older than they are.</summary>
    public static async Task Begin(Session session)
    {
        if (await session.One<long>(SelectFolded) == 0)
            await Rebuild(session);
    }

    /// <summary>Makes the totals anew from the projects and their histories.</summary>
    public static async Task Rebuild(Session session)
    {
        await session.Lock(LockName.Totals);
        session.TimeLimit = 0;
        await session.Execute("DELETE FROM total_changes");
        await session.Execute("DELETE FROM stage_totals");

        // Unit by unit, so that no more is sorted at once than the largest has.
        var units = await session.Query<string>(SelectUnits);
        foreach (var scope in units)
            await session.Execute(
                $"INSERT INTO stage_totals ({TotalCells.Columns}) {TotalCells.Of(TotalCells.Events(session.Dialect, "1"))}",
                new { scope }
            );
        foreach (var dimension in TotalCells.Dimensions)
            await session.Execute(
                $"INSERT INTO stage_totals ({TotalCells.Columns}) {TotalCells.SumOfUnits}",
                new { dimension }
            );
        foreach (var scope in units.Append(""))
        {
            foreach (var (level, finer, length) in TotalCells.Coarser)
                await session.Execute(
                    $"INSERT INTO stage_totals ({TotalCells.Columns}) {TotalCells.RolledUp(level, finer, length)}",
                    new { scope }
                );
        }

        await Folded(session);
        session.TimeLimit = null;
    }

    /// <summary>The sums that a caller may know, now or as of a past day, of one unit or of all (R20).</summary>
    public static async Task<List<StageSum>> Visible(
        Session session,
        Caller caller,
        SumsBy by,
        DateOnly? asOf,
        string? unit
    )
    {
        var readsCity = Permissions.ReadsCity(caller);
        if (by is SumsBy.Since or SumsBy.Length && OfAnother(caller, unit))
            return [];
        var sums = await Read(
            session,
            by,
            asOf,
            by == SumsBy.Unit ? unit : unit ?? (readsCity ? "" : caller.Unit ?? ""),
            alsoCity: unit is null && !readsCity
        );
        if (!readsCity)
            return sums.FindAll(sum =>
                MayCount(sum.Scope, sum.Kind, caller.Unit, wholeOfOwn: by == SumsBy.Unit || unit is not null)
            );
        if (Permissions.ReadsSecret(caller))
            return sums;
        var open = sums.FindAll(sum => sum.Kind != "s");
        open.AddRange(await Named(session, caller, by, asOf, unit));
        return open;
    }

    /// <summary>Who went through which stage in some months, as far as a caller may know, of one unit or of all (R20).</summary>
    /// <param name="from">The first month, <c>YYYY-MM</c>.</param>
    /// <param name="to">The last.</param>
    public static async Task<List<Passages>> Flow(Session session, Caller caller, string from, string to, string? unit)
    {
        var readsCity = Permissions.ReadsCity(caller);
        if (OfAnother(caller, unit))
            return [];
        var scope = unit ?? (readsCity ? "" : caller.Unit ?? "");
        var scopes = unit is null && !readsCity ? "x.scope IN ('', @scope)" : "x.scope = @scope";
        var passages = await WhileNotFolded(session, () => session.Query<Passages>(
                $"""
                SELECT u.scope, u.month, u.stage, u.kind, SUM(u.entered) AS entered, SUM(u.gone) AS gone
                FROM (SELECT x.scope, x.period AS month, x.stage, x.kind, x.entered, x.gone FROM stage_totals x WHERE x.dimension = '' AND {scopes} AND x.level = 'm' AND x.period >= @from AND x.period <= @to
                      UNION ALL
                      SELECT x.scope, SUBSTRING(x.day, 1, 7), x.stage, x.kind, x.entered, x.gone FROM ({TotalCells.Tail}) x WHERE {scopes} AND SUBSTRING(x.day, 1, 7) >= @from AND SUBSTRING(x.day, 1, 7) <= @to) u
                GROUP BY u.scope, u.month, u.stage, u.kind
                """,
                new
                {
                    scope,
                    from,
                    to,
                    dimension = "",
                    subject = Subject(SumsBy.Stage),
                }
            ));
        if (!readsCity)
            return passages.FindAll(passage =>
                MayCount(passage.Scope, passage.Kind, caller.Unit, wholeOfOwn: unit is not null)
            );
        if (Permissions.ReadsSecret(caller))
            return passages;
        var open = passages.FindAll(passage => passage.Kind != "s");
        open.AddRange(
            await session.Query<Passages>(
                $"""
                SELECT n.owner_id AS scope, SUBSTRING(n.day, 1, 7) AS month, n.stage, n.kind, SUM(n.entered) AS entered, SUM(n.gone) AS gone
                FROM ({TotalCells.Stages(
                    session.Dialect,
                    "1",
                    NamedSecret
                )}) n WHERE n.day >= @from AND SUBSTRING(n.day, 1, 7) <= @to{(
                    unit is null ? "" : " AND n.owner_id = @scope"
                )}
                GROUP BY n.owner_id, SUBSTRING(n.day, 1, 7), n.stage, n.kind
                """,
                new
                {
                    me = caller.UserId,
                    from,
                    to,
                    scope,
                }
            )
        );
        return open;
    }

    /// <summary>All projects of the city that were in talks on a day, secret ones included.</summary>
    public static async Task<long> CityInTalks(Session session, DateOnly asOf) =>
        (await Read(session, SumsBy.Stage, asOf, "", alsoCity: false))
            .Where(sum => sum.Stage == "in-talks")
            .Sum(sum => sum.Count);

    /// <summary>Where the totals are not what the projects and their histories say; empty when they agree.</summary>
    public static async Task<List<string>> Violations(Session session)
    {
        var found = await session.Query<string>(SelectStrangers);
        var units = await session.Query<string>(SelectUnits);
        foreach (var scope in units)
            found.AddRange(
                await session.Query<string>(
                    TotalCells.Differing(
                        $"{TotalCells.OfUnit} UNION ALL {TotalCells.Of($"{TotalCells.Pending} WHERE owner_id = @scope")} UNION ALL {TotalCells.Of(TotalCells.Events(session.Dialect, "-1"))}"
                    ),
                    new { scope }
                )
            );
        foreach (var dimension in TotalCells.Dimensions)
            found.AddRange(
                await session.Query<string>(
                    TotalCells.Differing($"{TotalCells.OfCity} UNION ALL {TotalCells.Less(TotalCells.SumOfUnits)}"),
                    new { dimension }
                )
            );
        foreach (var scope in units.Append(""))
        {
            foreach (var (level, finer, length) in TotalCells.Coarser)
                found.AddRange(
                    await session.Query<string>(
                        TotalCells.Differing(
                            $"{TotalCells.Level(level)} UNION ALL {TotalCells.Less(TotalCells.RolledUp(level, finer, length))}"
                        ),
                        new { scope }
                    )
                );
        }

        return found;
    }

    /// <summary>Whether it is one other unit that is asked for. The public summary of a project says where it stands, not since when: how long the projects of one unit take, and when they moved on, is that unit's alone. In the sums of the whole city they are counted.</summary>
    private static bool OfAnother(Caller caller, string? unit) =>
        unit is not null && !Permissions.ReadsCity(caller) && unit != caller.Unit;

    /// <summary>A unit counts all of its own, and of others what is published; what is in talks is its owner's alone, on past days too.</summary>
    private static bool MayCount(string scope, string kind, string? mine, bool wholeOfOwn) =>
        // Beside the city's sums, which have its published projects already, its own are the rest.
        scope.Length > 0
        && scope == mine
            ? wholeOfOwn || kind != "p"
            : kind == "p";

    private static async Task<List<StageSum>> Read(
        Session session,
        SumsBy by,
        DateOnly? asOf,
        string? scope,
        bool alsoCity
    )
    {
        var scopes = (scope, alsoCity) switch
        {
            (null, _) => "x.scope IN (SELECT j.id FROM jurisdictions j)",
            (_, true) => "x.scope IN ('', @scope)",
            _ => "x.scope = @scope",
        };
        var totals = asOf is null
            ? Of("x.level = 'n'")
            : $"{Of("x.level = 'y' AND x.period < @year")} UNION ALL {Of("x.level = 'm' AND x.period >= @year AND x.period < @month")} UNION ALL {Of("x.level = 'd' AND x.period >= @month AND x.period <= @day")}";
        var day = asOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var values = new
        {
            dimension = Dimension(by),
            subject = Subject(by),
            scope = scope ?? "",
            year = day?[..4],
            month = day?[..7],
            day,
        };
        var sql = $"""
            SELECT u.scope, u.item, u.stage, u.kind, u.currency, SUM(u.projects) AS count, SUM(u.amount) AS amount
            FROM ({totals} UNION ALL SELECT x.scope, x.item, x.stage, x.kind, x.currency, x.projects, x.amount FROM ({TotalCells.Tail}{(
                asOf is null ? "" : " AND c.day <= @day"
            )}) x WHERE {scopes}) u
            GROUP BY u.scope, u.item, u.stage, u.kind, u.currency HAVING SUM(u.projects) <> 0
            """;

        return await WhileNotFolded(session, () => session.Query<StageSum>(sql, values));

        string Of(string when) =>
            $"SELECT x.scope, x.item, x.stage, x.kind, x.currency, x.projects, x.amount FROM stage_totals x WHERE x.dimension = @dimension AND {scopes} AND {when}";
    }

    /// <summary>Reads again what was folded meanwhile: some of it could have been read twice, or not at all.</summary>
    private static async Task<List<T>> WhileNotFolded<T>(Session session, Func<Task<List<T>>> read)
    {
        while (true)
        {
            var before = await session.One<long>(SelectFolded);
            var rows = await read();
            if (await session.One<long>(SelectFolded) == before)
                return rows;
        }
    }

    /// <summary>The secret projects that a leader is named on, or their claims: few, so they are counted one by one.</summary>
    private static Task<List<StageSum>> Named(Session session, Caller caller, SumsBy by, DateOnly? asOf, string? unit)
    {
        var item = by switch
        {
            SumsBy.Class => "COALESCE(p.industry_class, '')",
            SumsBy.Month => session.Dialect.Month("s.entered_on"),
            SumsBy.Since => session.Dialect.Day("s.entered_on"),
            SumsBy.Length => TotalCells.Text(session.Dialect.Days("s.entered_on", "s.left_on")),
            _ => "''",
        };
        var standing = (by, asOf) switch
        {
            (SumsBy.Since, _) => $"s.left_on IS NULL AND {TotalCells.EntryIsKnown}",
            (SumsBy.Length, _) => $"s.left_on IS NOT NULL AND {TotalCells.EntryIsKnown}",
            (_, null) => "s.left_on IS NULL",
            _ => "s.entered_on <= @asOf AND (s.left_on IS NULL OR s.left_on > @asOf)",
        };
        var counted =
            by == SumsBy.Claims
                ? $"SELECT e.owner_id AS scope, e.day AS item, e.stage, e.currency, e.amount FROM ({TotalCells.Claims(session.Dialect, "1", "c.project_id IN (SELECT l.project_id FROM project_leaders l WHERE l.user_id = @me)")}) e WHERE e.kind = 's'"
            : by == SumsBy.Light
                ? """
                    SELECT p.owner_id AS scope, CASE WHEN p.red_on <= @asOf THEN 'red' ELSE 'yellow' END AS item, p.stage, COALESCE(p.currency, '') AS currency, COALESCE(p.amount, 0) AS amount
                    FROM project_leaders l JOIN projects p ON p.id = l.project_id WHERE l.user_id = @me AND p.secret = 1 AND p.yellow_on <= @asOf
                    """
            : $"""
                SELECT p.owner_id AS scope, {item} AS item, s.stage, COALESCE(p.currency, '') AS currency, COALESCE(p.amount, 0) AS amount
                FROM project_leaders l JOIN projects p ON p.id = l.project_id JOIN stage_spans s ON s.project_id = p.id WHERE l.user_id = @me AND p.secret = 1 AND {standing}
                """;
        return session.Query<StageSum>(
            $"SELECT n.scope, n.item, n.stage, 's' AS kind, n.currency, COUNT(*) AS count, SUM(n.amount) AS amount FROM ({counted}) n{(unit is null ? "" : " WHERE n.scope = @unit")} GROUP BY n.scope, n.item, n.stage, n.currency",
            new
            {
                me = caller.UserId,
                asOf,
                unit,
            }
        );
    }

    private static async Task Count(Session session, IEnumerable<string> projects, IEnumerable<string> claims, int sign)
    {
        var (waiting, more) = (
            new Queue<string[]>(projects.Chunk(MostCounted)),
            new Queue<string[]>(claims.Chunk(MostCounted))
        );
        while (waiting.Count + more.Count > 0)
        {
            waiting.TryDequeue(out var ids);
            more.TryDequeue(out var claimIds);
            string?[] events =
            [
                ids is null ? null : TotalCells.Stages(session.Dialect, "@sign", "s.project_id IN @ids"),
                ids is null ? null : TotalCells.Lights(session.Dialect, "@sign", "p.id IN @ids"),
                claimIds is null ? null : TotalCells.Claims(session.Dialect, "@sign", "c.id IN @claimIds"),
            ];
            session.Later(
                $"INSERT INTO total_changes ({TotalCells.EventColumns}, taken) SELECT e.*, 0 FROM ({string.Join(" UNION ALL ", events.OfType<string>())}) e",
                new
                {
                    ids,
                    claimIds,
                    sign,
                }
            );
        }
    }

    /// <summary>Folds some of the changes; whether there are more.</summary>
    private static async Task<bool> Some(Session session, int most)
    {
        await session.Lock(LockName.Totals);
        if (await session.One<long?>(SelectFirst) is not { } first)
            return false;

        // Those that are taken are marked: rows with smaller numbers may yet be committed.
        await session.Execute(Take, new { end = first + most });
        var cells = TotalCells.OfAllLevels($"{TotalCells.Pending} WHERE taken = 1");
        await session.Execute(
            $"INSERT INTO stage_totals ({TotalCells.Columns}) SELECT {TotalCells.Keys}, 0, 0, 0, 0 FROM ({cells}) r WHERE NOT EXISTS (SELECT 1 FROM stage_totals t WHERE {TotalCells.Same("t")})"
        );
        await session.Execute(
            $"UPDATE stage_totals SET projects = stage_totals.projects + r.projects, amount = stage_totals.amount + r.amount, entered = stage_totals.entered + r.entered, gone = stage_totals.gone + r.gone FROM ({cells}) r WHERE {TotalCells.Same("stage_totals")}"
        );
        await session.Execute(Forget);
        await Folded(session);
        return await session.One<long?>(SelectFirst) is not null;
    }

    private static async Task Folded(Session session)
    {
        if (await session.Execute(CountFold) == 0)
            await session.Execute(StartFolds);
    }

    private static string Subject(SumsBy by) =>
        by switch
        {
            SumsBy.Claims => "claims",
            SumsBy.Light => "lights",
            _ => "stages",
        };

    private static string Dimension(SumsBy by) =>
        by switch
        {
            SumsBy.Class => "class",
            SumsBy.Month => "month",
            SumsBy.Since => "since",
            SumsBy.Length => "length",
            SumsBy.Claims => "claims",
            SumsBy.Light => "light",
            _ => "",
        };

    private const string NamedSecret =
        "p.secret = 1 AND p.id IN (SELECT l.project_id FROM project_leaders l WHERE l.user_id = @me)";

    private const string SelectUnits = "SELECT id FROM jurisdictions ORDER BY id";
    private const string SelectStrangers =
        $"SELECT t.stage FROM stage_totals t WHERE NOT (t.dimension {TotalCells.Known}) OR (t.scope <> '' AND t.scope NOT IN (SELECT j.id FROM jurisdictions j))";
    private const string SelectFirst = "SELECT MIN(seq) FROM total_changes WHERE taken = 0";
    private const string Take = "UPDATE total_changes SET taken = 1 WHERE taken = 0 AND seq < @end";
    private const string Forget = "DELETE FROM total_changes WHERE taken = 1";
    private const string SelectFolded = "SELECT COALESCE(MAX(value), 0) FROM counters WHERE name = 'stage-totals'";
    private const string CountFold = "UPDATE counters SET value = value + 1 WHERE name = 'stage-totals'";
    private const string StartFolds = "INSERT INTO counters (name, value) VALUES ('stage-totals', 1)";
}
