using Pipeline.Data;

namespace Pipeline.Store.Totals;

/// <summary>The texts of the statements by which what happens to projects and claims becomes totals. A total is a cell of <c>stage_totals</c>.</summary>
internal static class TotalCells
{
    public const string Keys = "r.dimension, r.scope, r.level, r.period, r.item, r.stage, r.kind, r.currency";
    public const string Columns =
        "dimension, scope, level, period, item, stage, kind, currency, projects, amount, entered, gone";
    public const string EventColumns =
        "subject, day, stage, owner_id, industry_class, entered_on, days, kind, currency, projects, amount, entered, gone, stayed";

    /// <summary>What was not folded yet.</summary>
    public const string Pending = $"SELECT {EventColumns} FROM total_changes";

    /// <summary>The totals that are kept by day, month and year too; the others are of all time.</summary>
    public const string ByDay = "r.dimension IN ('', 'class', 'month', 'light')";

    /// <summary>What totals are told apart by.</summary>
    public static readonly string[] Dimensions = ["", "class", "month", "since", "length", "claims", "light"];

    /// <summary>That it is one of them.</summary>
    public const string Known = "IN ('', 'class', 'month', 'since', 'length', 'claims', 'light')";

    /// <summary>The totals of one unit (<c>@scope</c>), each at the finest level it is kept at.</summary>
    public const string OfUnit =
        $"SELECT {Keys}, r.projects, r.amount, r.entered, r.gone FROM stage_totals r WHERE r.dimension {Known} AND r.scope = @scope AND r.level = {FinestLevel}";

    /// <summary>Those of the city in one dimension (<c>@dimension</c>).</summary>
    public const string OfCity =
        $"SELECT {Keys}, r.projects, r.amount, r.entered, r.gone FROM stage_totals r WHERE r.dimension = @dimension AND r.scope = '' AND r.level = {FinestLevel}";

    private const string FinestLevel = $"CASE WHEN {ByDay} THEN 'd' ELSE 'n' END";

    /// <summary>The coarser levels, the next finer one of each, and how many characters of a day they keep: a month, a year, all time.</summary>
    public static readonly (string Level, string Finer, int Length)[] Coarser =
    [
        ("m", "d", 7),
        ("y", "m", 4),
        ("n", "y", 0),
    ];

    /// <summary>All that ever happened to the projects and claims of a unit (<c>@scope</c>).</summary>
    public static string Events(IDialect dialect, string sign) =>
        $"{Stages(dialect, sign, "p.owner_id = @scope")} UNION ALL {Lights(dialect, sign, "p.owner_id = @scope")} UNION ALL {Claims(dialect, sign, "c.jurisdiction_id = @scope")}";

    /// <summary>What each history says: on a day a project entered a stage, or left it.</summary>
    public static string Stages(IDialect dialect, string sign, string which = "1 = 1") =>
        $"""
            SELECT 'stages' AS subject, {dialect.Day(
                "s.entered_on"
            )} AS day, s.stage, p.owner_id, COALESCE(p.industry_class, '') AS industry_class, {dialect.Day(
                "s.entered_on"
            )} AS entered_on, 0 AS days, {Kind} AS kind,
              COALESCE(p.currency, '') AS currency, {sign} AS projects, {sign} * COALESCE(p.amount, 0) AS amount, CASE WHEN {EntryIsKnown} THEN {sign} ELSE 0 END AS entered, 0 AS gone, 0 AS stayed
            FROM stage_spans s JOIN projects p ON p.id = s.project_id WHERE {which}
            UNION ALL
            SELECT 'stages', {dialect.Day(
                "s.left_on"
            )}, s.stage, p.owner_id, COALESCE(p.industry_class, ''), {dialect.Day("s.entered_on")}, {dialect.Days(
                "s.entered_on",
                "s.left_on"
            )}, {Kind},
              COALESCE(p.currency, ''), -({sign}), -({sign}) * COALESCE(p.amount, 0), 0, {sign}, CASE WHEN {EntryIsKnown} THEN {sign} ELSE 0 END
            FROM stage_spans s JOIN projects p ON p.id = s.project_id WHERE s.left_on IS NOT NULL AND {which}
            """;

    /// <summary>On which days projects turn yellow, and red and no longer yellow; the light stands where others have the class. Green ones are the rest of a stage.</summary>
    public static string Lights(IDialect dialect, string sign, string which = "1 = 1")
    {
        return $"{Turned("yellow", "p.yellow_on", sign)} UNION ALL {Turned("yellow", "p.red_on", $"-({sign})")} UNION ALL {Turned("red", "p.red_on", sign)}";

        string Turned(string light, string on, string by) =>
            $"""
                SELECT 'lights' AS subject, {dialect.Day(
                    on
                )} AS day, p.stage, p.owner_id, '{light}' AS industry_class, '' AS entered_on, 0 AS days, {KindNow} AS kind,
                  COALESCE(p.currency, '') AS currency, {by} AS projects, {by} * COALESCE(p.amount, 0) AS amount, 0 AS entered, 0 AS gone, 0 AS stayed
                FROM projects p WHERE {on} IS NOT NULL AND {which}
                """;
    }

    /// <summary>What became of claims: in a month one was received, activated, or ended after it had been active.</summary>
    public static string Claims(IDialect dialect, string sign, string which = "1 = 1")
    {
        return $"{Happened("'received'", "c.received_at", "c.received_at IS NOT NULL")} UNION ALL {Happened("'activated'", "c.activated_at", "c.activated_at IS NOT NULL")} UNION ALL {Happened("c.status", "c.ended_at", "c.activated_at IS NOT NULL AND c.ended_at IS NOT NULL")}";

        string Happened(string what, string at, string when) =>
            $"""
                SELECT 'claims' AS subject, {dialect.CityMonth(
                    at
                )} AS day, {what} AS stage, c.jurisdiction_id AS owner_id, '' AS industry_class, '' AS entered_on, 0 AS days,
                  CASE WHEN {ClaimRow.SecretSql} THEN 's' ELSE 'u' END AS kind, '' AS currency, {sign} AS projects, 0 AS amount, 0 AS entered, 0 AS gone, 0 AS stayed
                FROM claims c LEFT JOIN projects p ON p.id = c.project_id WHERE {when} AND {which}
                """;
    }

    /// <summary>What some events of one unit add to its totals, at the finest level of each.</summary>
    public static string Of(string events) => Cells(events, "d.finest", "", "0 AS wide");

    /// <summary>The totals of the city in one dimension (<c>@dimension</c>), from those of its units.</summary>
    public const string SumOfUnits = $"""
        SELECT {Keys}, SUM(r.projects) AS projects, SUM(r.amount) AS amount, SUM(r.entered) AS entered, SUM(r.gone) AS gone
        FROM (SELECT t.dimension, '' AS scope, t.level, t.period, t.item, t.stage, t.kind, t.currency, t.projects, t.amount, t.entered, t.gone
              FROM stage_totals t WHERE t.dimension = @dimension AND t.scope <> '' AND t.level = CASE WHEN t.dimension IN ('', 'class', 'month', 'light') THEN 'd' ELSE 'n' END) r
        GROUP BY {Keys} HAVING {Anything}
        """;

    /// <summary>What some events add to the totals of all levels.</summary>
    public static string OfAllLevels(string events) =>
        Cells(
            events,
            "l.level",
            "JOIN (SELECT 'n' AS level UNION ALL SELECT 'y' UNION ALL SELECT 'm' UNION ALL SELECT 'd') l ON l.level = 'n' OR d.finest = 'd'",
            "0 AS wide UNION ALL SELECT 1"
        );

    /// <summary>The totals of a level of one unit or the city (<c>@scope</c>), from those of the next finer one.</summary>
    public static string RolledUp(string level, string finer, int length) =>
        $"""
            SELECT {Keys}, SUM(r.projects) AS projects, SUM(r.amount) AS amount, SUM(r.entered) AS entered, SUM(r.gone) AS gone
            FROM (SELECT t.dimension, t.scope, '{level}' AS level, SUBSTRING(t.period, 1, {length}) AS period, t.item, t.stage, t.kind, t.currency, t.projects, t.amount, t.entered, t.gone
                  FROM stage_totals t WHERE t.dimension IN ('', 'class', 'month', 'light') AND t.scope = @scope AND t.level = '{finer}') r
            GROUP BY {Keys} HAVING {Anything}
            """;

    /// <summary>The totals of such a level.</summary>
    public static string Level(string level) =>
        $"SELECT {Keys}, r.projects, r.amount, r.entered, r.gone FROM stage_totals r WHERE {ByDay} AND r.scope = @scope AND r.level = '{level}'";

    /// <summary>The same totals, to be taken away from others.</summary>
    public static string Less(string cells) =>
        $"SELECT {Keys}, -r.projects, -r.amount, -r.entered, -r.gone FROM ({cells}) r";

    public static string Differing(string cells) =>
        $"SELECT r.stage FROM ({cells}) r GROUP BY {Keys} HAVING {Anything}";

    private static readonly string[] KeyColumns =
    [
        "dimension",
        "scope",
        "level",
        "period",
        "item",
        "stage",
        "kind",
        "currency",
    ];

    public static string Same(string totals) =>
        string.Join(" AND ", KeyColumns.Select(key => $"{totals}.{key} = r.{key}"));

    /// <summary>A number as an item is written.</summary>
    public static string Text(string number) => $"CAST({number} AS varchar(10))";

    /// <summary>What was not folded yet of a subject, as one dimension has it.</summary>
    public static readonly string Tail = $"""
        SELECT CASE w.wide WHEN 1 THEN '' ELSE c.owner_id END AS scope, {Item(
            "@dimension",
            "c"
        )} AS item, c.stage, c.kind, {Currency("@dimension", "c")} AS currency,
          {Projects("@dimension", "c")} AS projects, c.amount, c.entered, c.gone, c.day
        FROM total_changes c CROSS JOIN (SELECT 0 AS wide UNION ALL SELECT 1) w WHERE c.subject = @subject
        """;

    /// <summary>What some events add: for the owner and for the city, in each dimension.</summary>
    private static string Cells(string events, string level, string levels, string wide) =>
        $"""
            SELECT {Keys}, SUM(r.projects) AS projects, SUM(r.amount) AS amount, SUM(r.entered) AS entered, SUM(r.gone) AS gone
            FROM (SELECT d.dimension, CASE w.wide WHEN 1 THEN '' ELSE e.owner_id END AS scope, {level} AS level,
                    CASE {level} WHEN 'n' THEN '' WHEN 'y' THEN SUBSTRING(e.day, 1, 4) WHEN 'm' THEN SUBSTRING(e.day, 1, 7) ELSE e.day END AS period,
                    {Item("d.dimension", "e")} AS item, e.stage, e.kind, {Currency(
                "d.dimension",
                "e"
            )} AS currency, {Projects("d.dimension", "e")} AS projects,
                    CASE d.sums WHEN 1 THEN e.amount ELSE 0 END AS amount, CASE d.sums WHEN 1 THEN e.entered ELSE 0 END AS entered, CASE d.sums WHEN 1 THEN e.gone ELSE 0 END AS gone
                  FROM ({events}) e JOIN ({Spread}) d ON d.subject = e.subject AND (d.dimension <> 'length' OR e.stayed <> 0) CROSS JOIN (SELECT {wide}) w {levels}) r
            GROUP BY {Keys} HAVING {Anything}
            """;

    private static string Item(string dimension, string of) =>
        $"""
            CASE {dimension} WHEN 'class' THEN {of}.industry_class WHEN 'light' THEN {of}.industry_class WHEN 'month' THEN SUBSTRING({of}.entered_on, 1, 7) WHEN 'since' THEN {of}.entered_on WHEN 'length' THEN {Text(
                $"{of}.days"
            )} WHEN 'claims' THEN {of}.day ELSE '' END
            """;

    private static string Currency(string dimension, string of) =>
        $"CASE WHEN {dimension} IN ('since', 'length') THEN '' ELSE {of}.currency END";

    // Since a day stand those that entered and have not left; a length is of those that left.
    private static string Projects(string dimension, string of) =>
        $"CASE {dimension} WHEN 'since' THEN {of}.entered - {of}.stayed WHEN 'length' THEN {of}.stayed ELSE {of}.projects END";

    private const string Spread = """
        SELECT 'stages' AS subject, '' AS dimension, 'd' AS finest, 1 AS sums UNION ALL SELECT 'stages', 'class', 'd', 1 UNION ALL SELECT 'stages', 'month', 'd', 1
        UNION ALL SELECT 'stages', 'since', 'n', 0 UNION ALL SELECT 'stages', 'length', 'n', 0 UNION ALL SELECT 'claims', 'claims', 'n', 0
        UNION ALL SELECT 'lights', 'light', 'd', 1
        """;

    private const string Anything =
        "SUM(r.projects) <> 0 OR SUM(r.amount) <> 0 OR SUM(r.entered) <> 0 OR SUM(r.gone) <> 0";

    /// <summary>A backfilled project whose register gave no date is listed from the day of the import on; it entered its stage on another, unknown day.</summary>
    public const string EntryIsKnown = """
        (p.import_id IS NULL OR EXISTS (SELECT 1 FROM stage_spans e WHERE e.project_id = s.project_id AND e.seq < s.seq)
          OR CASE s.stage WHEN 'in-talks' THEN p.in_talks_on WHEN 'signed' THEN p.signed_on WHEN 'registered' THEN p.registered_on WHEN 'started' THEN p.started_on WHEN 'in-production' THEN p.in_production_on ELSE p.terminated_on END IS NOT NULL)
        """;

    private const string KindNow =
        $"CASE WHEN p.secret = 1 THEN 's' WHEN {ProjectVisibility.Published} THEN 'p' ELSE 'u' END";

    private const string Kind = $"""
        CASE WHEN p.secret = 1 THEN 's'
          WHEN {ProjectVisibility.Published} AND s.stage <> 'in-talks' AND (s.stage <> 'terminated' OR (s.left_on IS NULL AND p.signed_on IS NOT NULL)
            OR EXISTS (SELECT 1 FROM stage_spans b WHERE b.project_id = s.project_id AND b.stage = 'signed' AND b.seq < s.seq)) THEN 'p'
          ELSE 'u' END
        """;
}
