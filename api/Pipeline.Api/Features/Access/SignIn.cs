using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

/// <summary>An access token; the refresh token travels in a cookie only.</summary>
public sealed record TokenResponse
{
    public required string AccessToken { get; init; }
    public required string TokenType { get; init; }
    public required int ExpiresIn { get; init; }
    public required UserView User { get; init; }

    /// <summary>See `firstStep` of `GET /me`.</summary>
    public string? FirstStep { get; init; }
}

/// <summary>Signing in with name, password and, where there is one, the second factor. Five failures lock the name for fifteen minutes, whether it exists or not.</summary>
public static class SignIn
{
    public sealed record Request
    {
        public string? Username { get; init; }
        public string? Password { get; init; }

        /// <summary>The six digits of the second factor, or a recovery code; asked for by 401 `second-factor-required`.</summary>
        public string? Code { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Username).Required().Line(64);
            RuleFor(request => request.Password)
                .Required()
                .Must(password => password!.Length <= Passwords.MaxLength)
                .Coded("length", 1, Passwords.MaxLength);
            RuleFor(request => request.Code).Line(40);
        }
    }

    public static async Task<IResult> Handle(Call call, Database database, Sessions sessions, SecretAttempts attempts)
    {
        var body = await call.Body(Validation.Of<Validator>());
        if ((body.Refusal ?? call.UnknownParameters()) is { } refusal)
            return (Reply)refusal;
        var (username, password, code) = (body.Value!.Username!, body.Value.Password!, body.Value.Code);
        var (user, now) = await database.Read(async session => (await UserRow.ByName(session, username), session.Now));

        // The name is told only where it is somebody's: people type passwords into the wrong field.
        var failed = new AuditEntry("sign-in")
        {
            Outcome = AuditOutcome.Failed,
            SubjectKind = user is null ? null : "user",
            SubjectId = user?.Id,
            Origin = Origins.Of(call.Context, user?.Doer() ?? Doer.Nobody),
        };
        if (await attempts.Begin(call.Context, username, failed) is { } locked)
            return (Reply)locked;
        if (!await Passwords.Fits(user?.PasswordHash, password) || !user!.Active)
            return await Refuse("invalid-credentials");
        if (user.TotpConfirmedAt is null)
            return await Begin(null);
        if (string.IsNullOrWhiteSpace(code))
        {
            // Who knows the password is told so, but must not begin to guess codes anew by it.
            await database.WriteAnyway(async session =>
            {
                await SecretAttempts.GiveBack(session, username);
                session.Note(failed with { Reason = "second-factor-required" });
            });
            return (Reply)new Refusal(RefusalKind.Forbidden, "second-factor-required");
        }

        return SecondFactor.Match(database.Vault, user, code, now) is { } match
            ? await Begin(match)
            : await Refuse("second-factor-invalid");

        async Task<IResult> Refuse(string slug)
        {
            await attempts.Failed(failed with { Reason = slug });
            return (Reply)new Refusal(RefusalKind.Forbidden, slug);
        }

        Task<IResult> Begin(SecondFactor.Given? match) =>
            database.WriteAnyway<IResult>(async session =>
            {
                session.Origin = Origins.Of(call.Context, user.Doer());
                if (match is not null && !await SecondFactor.Take(session, user, match))
                {
                    session.Note(failed with { Reason = "second-factor-invalid" });
                    return (Reply)new Refusal(RefusalKind.Forbidden, "second-factor-invalid");
                }

                await SecretAttempts.Forgive(session, username);
                return await sessions.Begin(session, call.Context, user.Id, "password");
            });
    }
}
