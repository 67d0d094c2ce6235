using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Assessment;

/// <summary>How long projects took from their first talks to landing, summed by unit and months: counted again each day, so that a forecast reads a few thousand rows whatever the library's size.</summary>
public static class DwellCohorts
{
    private const string MadeAtName = "dwells-counted";

    private static readonly BulkTable Table = new(
        "dwell_cohorts",
        "unit_id",
        "secret",
        "entered",
        "landed",
        "ended",
        "projects"
    );

    /// <summary>When they were counted last; null: not yet.</summary>
    public static async Task<DateTimeOffset?> MadeAt(Session session) =>
        await session.One<string>(SelectMadeAt, new { name = MadeAtName }) is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The cohorts of a unit, or of the city (null), and how many projects have not landed whose beginning nobody knows.</summary>
    /// <param name="withSecret">Whether secret projects are counted.</param>
    public static async Task<(IReadOnlyList<DwellCohort> Cohorts, long Unknown)> Read(
        Session session,
        string? unit,
        bool withSecret
    )
    {
        var parameters = new Parameters();
        var where = withSecret ? "1 = 1" : "secret = 0";
        if (unit is not null)
        {
            where += " AND unit_id = @unit";
            parameters.Add("unit", unit);
        }

        var rows = await session.Query<Row>(
            $"SELECT entered, landed, ended, SUM(projects) AS projects FROM dwell_cohorts WHERE {where} GROUP BY entered, landed, ended",
            parameters
        );
        return (
            [
                .. rows.Where(row => row.Entered.Length > 0)
                    .Select(row => new DwellCohort(row.Entered, Known(row.Landed), Known(row.Ended), row.Projects)),
            ],
            rows.Where(row => row is { Entered: "", Landed: "", Ended: "" }).Sum(row => row.Projects)
        );
    }

    /// <summary>Counts them again. The library is read without holding up anybody; what is written is a few thousand rows.</summary>
    public static async Task Count(Database database, RuleBooks ruleBooks)
    {
        var counts = new Dictionary<(string Unit, bool Secret, string Entered, string Landed, string Ended), long>();
        await database.Read(async session =>
        {
            session.TimeLimit = 0;
            var landing = (await ruleBooks.Current(session)).CreditStage;
            var landed = Dates[landing];
            await session.Each(
                $"SELECT owner_id, secret, in_talks_on, {landed}, terminated_on, stage, COUNT(*) FROM projects GROUP BY owner_id, secret, in_talks_on, {landed}, terminated_on, stage",
                row =>
                {
                    // What has landed or ended on an unknown day teaches nothing.
                    if (
                        Slug.To<Stage>(row.Text(5)) >= landing
                        && row.DateOrNull(3) is null
                        && row.DateOrNull(4) is null
                    )
                        return;
                    var key = (row.Text(0), row.Flag(1), Month(row, 2), Month(row, 3), Month(row, 4));
                    counts[key] = counts.GetValueOrDefault(key) + row.Number(6);
                }
            );
            return true;
        });
        await database.Write(async session =>
        {
            await session.Lock(LockName.Assessment);
            await session.Execute("DELETE FROM dwell_cohorts");
            session.Add(
                Table,
                counts.Select(count =>
                    new object?[]
                    {
                        count.Key.Unit,
                        count.Key.Secret ? 1 : 0,
                        count.Key.Entered,
                        count.Key.Landed,
                        count.Key.Ended,
                        count.Value,
                    }
                )
            );
            var value = new { name = MadeAtName, value = session.Now.ToString("O", CultureInfo.InvariantCulture) };
            if (await session.Execute("UPDATE settings SET value = @value WHERE name = @name", value) == 0)
                await session.Execute("INSERT INTO settings (name, value) VALUES (@name, @value)", value);
            return true;
        });
    }

    private static string Month(AnswerRow row, int at) => row.DateOrNull(at) is { } on ? Periods.MonthOf(on) : "";

    private static string? Known(string month) => month.Length == 0 ? null : month;

    /// <summary>The columns of the days on which stages that can be credited were reached.</summary>
    private static readonly IReadOnlyDictionary<Stage, string> Dates = new Dictionary<Stage, string>
    {
        [Stage.Signed] = "signed_on",
        [Stage.Registered] = "registered_on",
        [Stage.Started] = "started_on",
    };

    private sealed class Row
    {
        public required string Entered { get; init; }
        public required string Landed { get; init; }
        public required string Ended { get; init; }
        public long Projects { get; init; }
    }

    private const string SelectMadeAt = "SELECT value FROM settings WHERE name = @name";
}
