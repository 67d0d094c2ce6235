using Dapper;
using Pipeline.Api.Tests.Support;

namespace Pipeline.Api.Tests.Service;

/// <summary>The check of a database finds what must not be.</summary>
public sealed class InvariantTests(string engine) : OnEachEngine(engine)
{
    [Test]
    public async Task A_city_in_which_everything_happened_holds()
    {
        await SampleCity.Build(App, SampleCity.Situations);
        (await Violations()).ShouldBeEmpty();
    }

    [TestCase(
        "UPDATE claims SET status = 'queued', ended_at = NULL WHERE status = 'active' AND sequence = 1",
        "waits behind nobody"
    )]
    [TestCase(
        "UPDATE projects SET claim_id = NULL WHERE id = (SELECT project_id FROM claims WHERE sequence = 1)",
        "its project does not know"
    )]
    [TestCase(
        "UPDATE projects SET owner_id = (SELECT id FROM jurisdictions WHERE code = 'haining') WHERE id = (SELECT project_id FROM claims WHERE sequence = 1)",
        "its project does not know"
    )]
    [TestCase(
        "UPDATE projects SET owner_id = 'nobody' WHERE id = (SELECT project_id FROM claims WHERE sequence = 1)",
        "without owner"
    )]
    [TestCase("UPDATE claims SET ended_at = received_at WHERE sequence = 1", "end and status disagree")]
    [TestCase("UPDATE claims SET received_at = @early WHERE sequence = 2", "received before its predecessor")]
    [TestCase(
        "UPDATE stage_spans SET left_on = entered_on WHERE project_id = (SELECT project_id FROM claims WHERE sequence = 1)",
        "history ends in another stage"
    )]
    [TestCase(
        "INSERT INTO stage_spans (project_id, stage, entered_on) SELECT project_id, stage, entered_on FROM stage_spans",
        "two stages at once"
    )]
    [TestCase(
        "INSERT INTO team_members (id, project_id, jurisdiction_id, name, role, from_on, added_by, added_by_name, added_at, version, updated_at) SELECT 'm', project_id, 'nobody', 'n', 'lead', '2026-05-04', 'n', 'n', @early, 1, @early FROM claims WHERE sequence = 1",
        "member of the team"
    )]
    [TestCase("DELETE FROM file_contents", "without content")]
    [TestCase("DELETE FROM total_changes", "sum of the projects")]
    [TestCase(
        "INSERT INTO stage_totals (dimension, scope, level, period, item, stage, kind, currency, projects, amount, entered, gone) VALUES ('', '', 'n', '', '', 'signed', 'p', 'CNY', 1, 1, 0, 0)",
        "sum of the projects"
    )]
    [TestCase(
        "INSERT INTO notice_recipients (user_id, seq, notice_id, mail, mail_due, mail_attempts) VALUES ('nobody', 1, 'none', 'none', @early, 0)",
        "nobody known"
    )]
    [TestCase(
        "INSERT INTO notices (id, notice_key, kind, project_id, facts, at) VALUES ('n', 'n', 'queue-moved', 'p', '{}', @early)",
        "names the project"
    )]
    [TestCase("DELETE FROM claims WHERE sequence = 2", "receipts")]
    [TestCase("DELETE FROM audit WHERE seq = 2", "audit trail")]
    [TestCase(
        "DROP INDEX {ux_claims_active}; UPDATE claims SET status = 'active', activated_at = received_at, ended_at = NULL WHERE sequence = 2",
        "active at once"
    )]
    public async Task What_must_not_be_is_found(string statement, string words)
    {
        await App.As("nanhu").Uploads();
        (await App.As("nanhu").Reports(Given.Project())).Is(201);
        App.Time.Advance(TimeSpan.FromMinutes(1));
        (await App.As("xiuzhou").Reports(Given.Project())).Is(201);
        (await Violations()).ShouldBeEmpty();
        var sql = statement.Replace(
            "{ux_claims_active}",
            Engine == "sqlite" ? "ux_claims_active" : "ux_claims_active ON claims",
            StringComparison.Ordinal
        );
        App.Sql(connection => connection.Execute(sql, new { early = PipelineApp.Start.AddDays(-1) }));
        (await Violations()).ShouldContain(violation => violation.Contains(words, StringComparison.Ordinal));
    }
}
