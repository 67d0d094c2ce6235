using Pipeline.Api.Data;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Data;

/// <summary>How often a request goes to the database. Counted is every statement of a session; not the look-up of the caller (which asks what is due, too), the head of the audit trail, nor what begins and ends a transaction.</summary>
public sealed class StatementCountTests
{
    [Test]
    public async Task One_project_is_read_with_its_row_and_the_rules()
    {
        using var app = new PipelineApp("sqlite");
        var claim = (await app.As("nanhu").Reports(Given.Project())).Is(201);
        (await Count(app, () => app.As("nanhu").Get($"projects/{claim["projectId"]}"))).Count.ShouldBe(2);
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
        var one = await Count(app, () => app.As("nanhu").Reports(Given.Another(2)));
        foreach (var n in new[] { 3, 4, 5, 6 })
            (await app.As("nanhu").Reports(Given.Another(n))).Is(201);
        var later = await Count(app, () => app.As("nanhu").Reports(Given.Another(7)));
        later.Count.ShouldBe(one.Count);
        later.Count.ShouldBeLessThanOrEqualTo(Reported);
    }

    private const int Reported = 12;

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
