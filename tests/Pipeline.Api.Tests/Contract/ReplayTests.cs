using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Support;
using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Contract;

/// <summary>An answer that is kept for a repeated request is given to who may see all of it now, and to nobody else.</summary>
public sealed class ReplayTests(string engine) : OnEachEngine(engine)
{
    private const string Key = "ppl_all";

    [Test]
    public async Task Every_kept_answer_of_a_unit_is_given_again_as_it_was()
    {
        var day = await Day();
        foreach (var step in day.Steps.Where(Kept))
        {
            var again = await step.Again(day.Actor);
            (again.Status, again.ETag).ShouldBe(
                (step.Answer.Status, step.Answer.ETag),
                $"{step.Operation} {again.Text}"
            );
            if (step.Operation is not "beginSecondFactor" and not "confirmSecondFactor" and not "makeCalendar")
                again.Text.ShouldBe(step.Answer.Text, step.Operation);
            again.Headers.Contains("Idempotency-Replayed").ShouldBeTrue(step.Operation);
        }
    }

    [TestCase("another unit")]
    [TestCase("another role")]
    public async Task No_answer_is_given_again_to_who_has_left_the_unit(string change)
    {
        var day = await Day();
        var (user, _) = App.SpareSession("xiuzhou");
        var account = (await App.As("admin").Get($"users/{user}")).Is(200);
        object becomes =
            change == "another unit"
                ? new { jurisdictionId = App.As("haining").UnitId }
                : new { role = "coordinator", jurisdictionId = App.As("centre").UnitId };
        (await App.As("admin").Patch($"users/{user}", becomes, account.ETag)).Is(200);
        await NothingAgain(day);
    }

    [Test]
    public async Task No_answer_is_given_again_to_a_machine_that_acts_for_another_unit_now()
    {
        var id = App.AddKey(
            Key,
            "xiuzhou",
            "projects:read projects:write claims:write reports:read webhooks:manage library:read library:write"
        );
        await UnitsDay.Begin(App);
        var day = new UnitsDay(App, key: Key);
        await day.Run();
        foreach (var step in day.Steps.Where(Kept))
            (await step.Again(day.Actor)).Headers.Contains("Idempotency-Replayed").ShouldBeTrue(step.Operation);
        App.Sql(connection =>
            connection.Execute(
                "UPDATE api_keys SET jurisdiction_id = (SELECT id FROM jurisdictions WHERE code = 'haining') WHERE id = @id",
                new { id }
            )
        );
        await NothingAgain(day);
    }

    [Test]
    public async Task What_somebody_wrote_beside_the_holder_is_not_given_again_once_that_is_over()
    {
        var reported = (await App.As("nanhu").Reports(Given.Project())).Is(201);
        var waiting = (await App.As("xiuzhou").Reports(Given.Project())).Is(201);
        var dispute = (
            await App.As("xiuzhou").Post($"claims/{waiting["id"]}/disputes", new { grounds = "我们先到" })
        ).Is(201);
        (await App.As("nanhu").Post($"disputes/{dispute["id"]}/answer", new { answer = "x" })).Is(200);
        (
            await App.As("centre")
                .Post($"disputes/{dispute["id"]}/decide", new { outcome = "co-negotiate", reason = "共同洽谈" })
        ).Is(200);
        Task<Answer> Writes() =>
            App.As("xiuzhou")
                .Post(
                    $"projects/{reported["projectId"]}/progress",
                    new
                    {
                        occurredOn = "2026-05-04",
                        kind = "call",
                        note = "联合洽谈",
                    },
                    ("Idempotency-Key", "w")
                );
        (await Writes()).Is(201);
        (await Writes()).Is(201);
        (await App.As("centre").Act($"claims/{reported["id"]}", "revoke", new { reason = "材料不实" })).Is(200);
        (await App.As("xiuzhou").Act($"claims/{waiting["id"]}", "release", new { reason = "放弃" })).Is(200);
        (await App.As("haining").Reports(Given.Project())).Is(201);

        // xiuzhou was the owner in between: it keeps what it wrote. haining's is not told of it at all.
        (await Writes()).Is(201);
        (await App.As("haining").Get($"projects/{reported["projectId"]}/timeline")).Text.ShouldNotContain("联合洽谈");
    }

    [Test]
    public async Task Whoever_is_erased_is_erased_from_every_kept_answer_and_from_no_other_record_is_an_answer_lost()
    {
        var day = await Day();
        var before = await Bodies();
        before.Count(body => body.Contains("李总", StringComparison.Ordinal)).ShouldBeGreaterThan(4);
        before.Count(body => body.Contains("赵先生", StringComparison.Ordinal)).ShouldBeGreaterThan(4);

        // Taken out of a project by an edit: the record does not know him any more, the kept answer does.
        var project = day.Known["projects"][3];
        (
            await day.Actor.Patch(
                $"projects/{project}",
                new { contacts = Array.Empty<object>() },
                (await day.Actor.Get($"projects/{project}")).ETag
            )
        ).Is(200);
        foreach (var value in new[] { "0573-2", "赵先生", "王经理" })
            (await App.As("centre").Post("personal-data/erase", new { value, reason = "本人要求" })).Is(200);
        var after = await Bodies();
        foreach (var word in new[] { "李总", "0573-2", "赵先生", "王经理" })
            after.ShouldAllBe(body => !body.Contains(word, StringComparison.Ordinal));
        foreach (var step in day.Steps.Where(Kept))
        {
            var personal = new[] { "李总", "赵先生", "王经理" }.Any(word =>
                step.Answer.Text.Contains(word, StringComparison.Ordinal)
            );
            var again = await step.Again(day.Actor);
            if (!personal)
                again.Headers.Contains("Idempotency-Replayed").ShouldBeTrue($"{step.Operation} {again.Text}");
            else
                again.Text.ShouldNotBe(step.Answer.Text);
        }
    }

    [Test]
    public async Task A_kept_answer_leaves_nothing_behind_after_its_day()
    {
        await Day();
        Rows().ShouldBeGreaterThan(10);
        App.Time.Advance(TimeSpan.FromHours(25));
        await Workers.Expired.Forget(App.Services.GetRequiredService<Database>());
        Rows().ShouldBe(0);

        long Rows() =>
            App.Sql(connection =>
                connection.ExecuteScalar<long>(
                    "SELECT (SELECT COUNT(*) FROM idempotency_keys) + (SELECT COUNT(*) FROM kept_reply_people)"
                )
            );
    }

    private static bool Kept(Step step) =>
        step.Method == HttpMethod.Post && step.Operation != "parseRow" && step.Answer.Status < 300;

    private async Task<UnitsDay> Day()
    {
        await UnitsDay.Begin(App);
        var day = new UnitsDay(App);
        await day.Run();
        return day;
    }

    private static async Task NothingAgain(UnitsDay day)
    {
        foreach (var step in day.Steps.Where(Kept))
        {
            var again = await step.Again(day.Actor);
            again.Headers.Contains("Idempotency-Replayed").ShouldBeFalse($"{step.Operation}: {again.Text}");
            (again.Status is 403 or 404 || IsNothingOf(again)).ShouldBeTrue(
                $"{step.Operation}: {again.Status} {again.Text}"
            );
        }
    }

    /// <summary>Whether a batch is told of none of its items; each is kept for itself.</summary>
    private static bool IsNothingOf(Answer answer) =>
        answer.Status == 207 && answer["items"].AsArray().All(item => (int)item!["status"]! is 403 or 404);

    /// <summary>All that would be given again, opened.</summary>
    private Task<List<string>> Bodies() =>
        App
            .Services.GetRequiredService<Database>()
            .Read(async session =>
                (await session.Query<string>("SELECT body FROM idempotency_keys WHERE body IS NOT NULL"))
                    .Select(session.Vault.Open)
                    .ToList()
            );
}
