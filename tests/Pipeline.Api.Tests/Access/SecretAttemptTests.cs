using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Features.Access;
using Pipeline.Api.Tests.Support;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Access;

/// <summary>Secrets are guessed five times and no more, wherever they are asked for and however many guesses come at once.</summary>
public sealed class SecretAttemptTests(string engine) : OnEachEngine(engine)
{
    private const int AtOnce = 24;

    private Task<Answer> SignsIn(string password, string? code = null) =>
        App.Nobody()
            .Post(
                "auth/token",
                new
                {
                    username = "nanhu",
                    password,
                    code,
                }
            );

    private Task<Answer> Guesses(string where) =>
        where switch
        {
            "sign-in" => SignsIn("wrong"),
            "code" => SignsIn(PipelineApp.Password, "no code"),
            "recovery" => SignsIn(PipelineApp.Password, "aaaaa-aaaaa"),
            "password" => App.As("nanhu")
                .Post("me/password", new { currentPassword = "wrong", newPassword = "ein ganz anderes wort" }),
            "begin" => App.As("nanhu").Post("me/second-factor", new { password = "wrong" }),
            "confirm" => App.As("nanhu").Post("me/second-factor/confirm", new { code = "no code" }),
            _ => App.As("nanhu").Post("me/second-factor/remove", new { password = "wrong" }),
        };

    /// <summary>Brings the account to where the guess is possible; the secret of its authenticator.</summary>
    private async Task<string?> Prepare(string where)
    {
        if (where is not ("code" or "recovery" or "confirm"))
            return null;
        var secret = (string)
            (await App.As("nanhu").Post("me/second-factor", new { password = PipelineApp.Password })).Is(200)[
                "secret"
            ]!;
        if (where != "confirm")
            (await App.As("nanhu").Post("me/second-factor/confirm", new { code = CodeOf(secret) })).Is(200);
        App.Time.Advance(TimeSpan.FromMinutes(1));
        return secret;
    }

    private string CodeOf(string secret) => Totp.Code(secret, Totp.Step(App.Time.GetUtcNow()));

    [TestCase("sign-in", 401, "invalid-credentials")]
    [TestCase("code", 401, "second-factor-invalid")]
    [TestCase("recovery", 401, "second-factor-invalid")]
    [TestCase("password", 422, "password-wrong")]
    [TestCase("begin", 422, "password-wrong")]
    [TestCase("confirm", 422, "second-factor-mismatch")]
    [TestCase("remove", 422, "password-wrong")]
    public async Task Of_any_number_of_guesses_at_once_five_are_looked_at(string where, int status, string slug)
    {
        var secret = await Prepare(where);
        _ = App.As("nanhu"); // both are made once, before many ask for them
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => Guesses(where))));
        answers.Count(answer => answer.Status == status && answer.Slug == slug).ShouldBe(5);
        answers.Count(answer => answer.Slug == "account-locked").ShouldBe(AtOnce - 5);

        // Nor is the right one looked at now, here or anywhere else.
        var right = secret is null || where == "confirm" ? null : CodeOf(secret);
        var locked = (await SignsIn(PipelineApp.Password, right)).IsProblem(429, "account-locked");
        locked.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(15));
        foreach (var other in new[] { "password", "remove" })
            (await Guesses(other)).IsProblem(429, "account-locked");
        App.Time.Advance(TimeSpan.FromMinutes(15));
        (await SignsIn(PipelineApp.Password, right is null ? null : CodeOf(secret!))).Is(200);
    }

    [Test]
    public async Task Failures_in_different_places_add_up_and_what_was_right_begins_anew()
    {
        async Task Fail(params string[] places)
        {
            foreach (var place in places)
                (await Guesses(place)).Status.ShouldBeOneOf(401, 422);
        }

        await Fail("sign-in", "password", "begin", "remove");
        (await App.As("nanhu").Post("me/second-factor", new { password = PipelineApp.Password })).Is(200);
        await Fail("password", "confirm", "remove", "sign-in");
        (await SignsIn(PipelineApp.Password)).Is(200);
        await Fail("password", "sign-in", "remove", "confirm", "password");
        (await SignsIn(PipelineApp.Password)).IsProblem(429, "account-locked");
    }

    [Test]
    public async Task Knowing_the_password_alone_is_recorded_and_gives_no_new_guesses_at_the_code()
    {
        var secret = await Prepare("code");
        for (var guess = 0; guess < 5; guess++)
        {
            (await SignsIn(PipelineApp.Password)).IsProblem(401, "second-factor-required");
            (await Guesses("code")).IsProblem(401, "second-factor-invalid");
        }

        (await SignsIn(PipelineApp.Password, CodeOf(secret!))).IsProblem(429, "account-locked");
        var reasons = (await App.As("auditor").Get("audit?action=sign-in&outcome=failed"))
            .Is(200)["items"]
            .AsArray()
            .Select(entry => (string)entry!["reason"]!);
        reasons
            .GroupBy(reason => reason)
            .ToDictionary(group => group.Key, group => group.Count())
            .ShouldBe(
                new Dictionary<string, int>
                {
                    ["account-locked"] = 1,
                    ["second-factor-invalid"] = 5,
                    ["second-factor-required"] = 5,
                },
                ignoreOrder: true
            );
    }

    [Test]
    public async Task A_wrong_password_of_somebody_who_is_signed_in_is_on_the_record()
    {
        foreach (var place in new[] { "password", "begin", "remove" })
            (await Guesses(place)).Is(422);
        var entries = (await App.As("auditor").Get("audit?outcome=failed")).Is(200)["items"].AsArray();
        entries
            .Select(entry => $"{entry!["action"]} {entry["reason"]} {entry["subject"]!["kind"]}")
            .ShouldBe([
                "remove-second-factor password-wrong user",
                "begin-second-factor password-wrong user",
                "change-password password-wrong user",
            ]);
    }

    [Test]
    public async Task No_password_is_hashed_while_everybody_else_waits_to_write()
    {
        var database = App.Services.GetRequiredService<Database>();
        foreach (var hash in new Func<Task>[] { () => Passwords.Hash("a word"), () => Passwords.Fits(null, "a word") })
        {
            await hash();
            await Should.ThrowAsync<InvalidOperationException>(() => database.Write(_ => hash()));
        }
    }

    [Test]
    public async Task A_repeated_change_of_the_password_is_answered_as_before_and_is_no_failure()
    {
        var request = new { currentPassword = PipelineApp.Password, newPassword = "ein ganz anderes wort" };
        (await App.As("nanhu").Post("me/password", request, ("Idempotency-Key", "once"))).Is(204);
        for (var again = 0; again < 6; again++)
            (await App.As("nanhu").Post("me/password", request, ("Idempotency-Key", "once")))
                .Is(204)
                .Headers.GetValues("Idempotency-Replayed")
                .Single()
                .ShouldBe("true");
        (await SignsIn("ein ganz anderes wort")).Is(200);
    }
}
