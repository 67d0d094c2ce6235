using System.Globalization;
using FluentValidation;
using Pipeline.Api.Data;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
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
    private const int FailuresAllowed = 5;
    private static readonly TimeSpan LockOut = TimeSpan.FromMinutes(15);

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
            RuleFor(request => request.Username).Required().Text(64);
            RuleFor(request => request.Password)
                .Required()
                .Must(password => password!.Length <= Passwords.MaxLength)
                .Coded("length", 1, Passwords.MaxLength);
            RuleFor(request => request.Code).Text(40);
        }
    }

    public static async Task<IResult> Handle(Call call, Database database, Sessions sessions, AuditLog log)
    {
        var body = await call.Body(Validation.Of<Validator>());
        if ((body.Refusal ?? call.UnknownParameters()) is { } refusal)
            return (Reply)refusal;
        var (username, password) = (body.Value!.Username!, body.Value.Password!);
        var nameHash = NameHash(username);

        var (user, failures, now) = await database.Read(async session =>
            (
                await UserRow.ByName(session, username),
                await session.One<FailuresRow>(SelectFailures, new { nameHash }),
                session.Now
            )
        );
        if (failures?.LockedUntil > now)
        {
            call.Context.Response.Headers.RetryAfter = Math.Ceiling((failures.LockedUntil.Value - now).TotalSeconds)
                .ToString(CultureInfo.InvariantCulture);
            await log.Add(Failed("account-locked"));
            return (Reply)new Refusal(RefusalKind.Conflict, "account-locked");
        }

        if (!Passwords.Fits(user?.PasswordHash, password) || !user!.Active)
            return await Fail("invalid-credentials");
        if (user.TotpConfirmedAt is not null && string.IsNullOrWhiteSpace(body.Value.Code))
            return (Reply)new Refusal(RefusalKind.Forbidden, "second-factor-required");

        return await database.Write<IResult>(async session =>
        {
            session.Origin = Origins.Of(call.Context, user.Doer());
            if (user.TotpConfirmedAt is not null && !await SecondFactor.Takes(session, user, body.Value.Code!))
            {
                await Count(session, nameHash);
                session.Note(Failed("second-factor-invalid"));
                return (Reply)new Refusal(RefusalKind.Forbidden, "second-factor-invalid");
            }

            await session.Execute(ClearFailures, new { nameHash });
            return await sessions.Begin(session, call.Context, user.Id, "password");
        });

        async Task<IResult> Fail(string slug)
        {
            await database.Write(async session =>
            {
                await Count(session, nameHash);
                session.Note(Failed(slug));
            });
            return (Reply)new Refusal(RefusalKind.Forbidden, slug);
        }

        // The name is told only where it is somebody's: people type passwords into the wrong field.
        AuditEntry Failed(string why) =>
            new("sign-in")
            {
                Outcome = AuditOutcome.Failed,
                SubjectKind = user is null ? null : "user",
                SubjectId = user?.Id,
                Reason = why,
                Origin = Origins.Of(call.Context, user?.Doer() ?? Doer.Nobody),
            };
    }

    /// <summary>Names are counted by their hash: what was typed there may be a password.</summary>
    public static string NameHash(string username) => Callers.HashOf(username);

    private static async Task Count(Session session, string nameHash)
    {
        await session.Lock(LockName.SignIn(nameHash));
        var row = await session.One<FailuresRow>(SelectFailures, new { nameHash });
        var counted = row is null || row.LockedUntil <= session.Now ? 1 : row.Failures + 1;
        var parameters = new
        {
            nameHash,
            failures = counted,
            until = counted >= FailuresAllowed ? session.Now + LockOut : (DateTimeOffset?)null,
            now = session.Now,
        };
        await session.Execute(row is null ? InsertFailures : UpdateFailures, parameters);
    }

    private sealed class FailuresRow
    {
        public int Failures { get; init; }
        public DateTimeOffset? LockedUntil { get; init; }
    }

    internal const string ClearFailures = "DELETE FROM sign_in_failures WHERE name_hash = @nameHash";
    private const string SelectFailures =
        "SELECT failures, locked_until FROM sign_in_failures WHERE name_hash = @nameHash";
    private const string InsertFailures =
        "INSERT INTO sign_in_failures (name_hash, failures, locked_until, updated_at) VALUES (@nameHash, @failures, @until, @now)";
    private const string UpdateFailures =
        "UPDATE sign_in_failures SET failures = @failures, locked_until = @until, updated_at = @now WHERE name_hash = @nameHash";
}
