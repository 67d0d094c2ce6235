using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Data;

/// <summary>How often a request goes to the database. Counted is every statement of a session; not the look-up of the caller (which asks what is due, too), the head of the audit trail, nor what begins and ends a transaction. What waits to be written goes with what is asked next.</summary>
public sealed class StatementCountTests
{
    [Test]
    public async Task One_project_is_read_with_a_look_at_what_is_due_its_row_and_the_rules()
    {
        using var app = new PipelineApp("sqlite");
        var claim = (await app.As("nanhu").Reports(Given.Project())).Is(201);
        (await Count(app, () => app.As("nanhu").Get($"projects/{claim["projectId"]}"))).Count.ShouldBe(3);
    }

    [Test]
    public async Task A_page_of_projects_takes_no_more_for_more_projects()
    {
        using var app = new PipelineApp("sqlite");
        (await app.As("nanhu").Reports(Given.Another(1))).Is(201);
        var one = await Count(app, () => app.As("nanhu").Get("projects"));
        foreach (var n in new[] { 2, 3, 4, 5 })
            (await app.As("nanhu").Reports(Given.Another(n))).Is(201);
        (await Count(app, () => app.As("nanhu").Get("projects"))).Count.ShouldBe(one.Count);
    }

    [Test]
    public async Task A_report_takes_no_more_for_more_projects()
    {
        using var app = new PipelineApp("sqlite");
        (await app.As("nanhu").Reports(Given.Another(1))).Is(201);
        var one = await RoundTripsUnderIntake(app, () => app.As("nanhu").Reports(Given.Another(2)));
        foreach (var n in new[] { 3, 4, 5, 6 })
            (await app.As("nanhu").Reports(Given.Another(n))).Is(201);
        (await RoundTripsUnderIntake(app, () => app.As("nanhu").Reports(Given.Another(7)))).ShouldBe(one);
    }

    /// <summary>The lock of the intake is one for the city, so what is done under it bounds how many reports a second there can be.</summary>
    [Test]
    public async Task A_report_holds_up_the_others_for_six_round_trips_and_one_that_joins_a_project_for_ten()
    {
        using var app = new PipelineApp("sqlite");
        (await app.As("nanhu").Reports(Given.Another(1))).Is(201);
        (await RoundTripsUnderIntake(app, () => app.As("nanhu").Reports(Given.Another(2)))).ShouldBeLessThanOrEqualTo(
            6
        );
        (await RoundTripsUnderIntake(app, () => app.As("xiuzhou").Reports(Given.Another(2)))).ShouldBeLessThanOrEqualTo(
            10
        );
    }

    /// <summary>How often a server would be asked between the lock and the commit, that included.</summary>
    private static async Task<int> RoundTripsUnderIntake(PipelineApp app, Func<Task<Answer>> work)
    {
        var log = await StatementLog.Of(app, async () => (await work()).Is(201));

        // The lock of the trail and the reading of its head are one.
        var trips = log.Entries.Count(entry => entry.Held.Contains(LockName.Intake) && entry.Lock != LockName.Audit);
        trips.ShouldBeGreaterThan(0);
        return trips + 1;
    }

    private static async Task<List<string>> Count(PipelineApp app, Func<Task<Answer>> work)
    {
        var log = await StatementLog.Of(app, async () => (await work()).Status.ShouldBeLessThan(300));
        return
        [
            .. log.Statements.Where(sql =>
                !sql.Contains("FROM sessions s", StringComparison.Ordinal)
                && !sql.Contains("audit_head", StringComparison.Ordinal)
            ),
        ];
    }
}
