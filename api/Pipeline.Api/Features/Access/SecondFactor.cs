using System.Globalization;
using System.Security.Cryptography;
using FluentValidation;
using OtpNet;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

/// <summary>Time-based one-time passwords (RFC 6238: SHA-1, six digits, thirty seconds), as every authenticator knows them.</summary>
public static class Totp
{
    private const int Seconds = 30,
        Digits = 6,
        SecretBytes = 20;

    /// <summary>A new secret of 160 bits, Base32 (RFC 4648) without padding.</summary>
    public static string NewSecret() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes));

    /// <summary>The step an instant lies in.</summary>
    public static long Step(DateTimeOffset now) => now.ToUnixTimeSeconds() / Seconds;

    /// <summary>The six digits of a step (RFC 4226 §5.3).</summary>
    public static string Code(string secret, long step) =>
        Of(secret).ComputeTotp(DateTime.UnixEpoch.AddSeconds(step * Seconds));

    /// <summary>The step whose code this is: the present one, or one to either side for clocks that differ; null: none.</summary>
    public static long? Match(string secret, string code, DateTimeOffset now) =>
        Of(secret).VerifyTotp(now.UtcDateTime, code, out var step, new VerificationWindow(previous: 1, future: 1))
            ? step
            : null;

    private static OtpNet.Totp Of(string secret) =>
        new(Base32Encoding.ToBytes(secret), step: Seconds, mode: OtpHashMode.Sha1, totpSize: Digits);
}

/// <summary>What a person has beside the password: codes of an authenticator, each good once, and ten recovery codes.</summary>
public static class SecondFactor
{
    /// <summary>A code that fits: of an authenticator by its step, a recovery code by the others that are left.</summary>
    public sealed record Given(long? Step, string? Left);

    /// <summary>Whether a code fits, and as which; null when it is none.</summary>
    public static Given? Match(Vault vault, UserRow user, string code, DateTimeOffset now)
    {
        var typed = new string([.. code.Where(char.IsLetterOrDigit)]).ToLowerInvariant();
        if (user.TotpSecret is { } sealed_ && Totp.Match(vault.Open(sealed_), typed, now) is { } step)
            return new Given(step, null);
        var codes = (user.RecoveryCodes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var hash = Callers.HashOf(typed);
        return typed.Length == 10 && codes.Contains(hash)
            ? new Given(null, string.Join(' ', codes.Where(known => known != hash)))
            : null;
    }

    /// <summary>Takes a code that fits, so that it is good no more; false when somebody else took it meanwhile.</summary>
    public static async Task<bool> Take(Session session, UserRow user, Given given)
    {
        if (given.Step is { } step)
            return await session.Execute(UseStep, new { id = user.Id, step }) > 0;
        session.Note(new AuditEntry("recovery-code-used") { SubjectKind = "user", SubjectId = user.Id });
        return await session.Execute(
                UseRecovery,
                new
                {
                    id = user.Id,
                    known = user.RecoveryCodes,
                    left = given.Left,
                }
            ) > 0;
    }

    /// <summary>Ten codes to write down, and what is kept of them.</summary>
    public static (IReadOnlyList<string> Codes, string Kept) NewRecoveryCodes()
    {
        var codes = Enumerable
            .Range(0, 10)
            .Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 10))
            .ToList();
        return ([.. codes.Select(code => $"{code[..5]}-{code[5..]}")], string.Join(' ', codes.Select(Callers.HashOf)));
    }

    private const string UseStep =
        "UPDATE users SET totp_last_step = @step WHERE id = @id AND (totp_last_step IS NULL OR totp_last_step < @step)";
    private const string UseRecovery =
        "UPDATE users SET recovery_codes = @left WHERE id = @id AND recovery_codes = @known";
}

/// <summary>A person sets up, confirms and removes the own second factor; each needs the password again.</summary>
public static class SetUpSecondFactor
{
    public sealed record BeginRequest
    {
        public string? Password { get; init; }
    }

    /// <summary>The secret to type into an authenticator, and the same as an address to scan.</summary>
    public sealed record BeginResponse(string Secret, string Uri);

    public sealed record ConfirmRequest
    {
        public string? Code { get; init; }
    }

    /// <summary>Codes to write down: each works once where the authenticator is lost.</summary>
    public sealed record ConfirmResponse(IReadOnlyList<string> RecoveryCodes);

    public sealed class BeginValidator : AbstractValidator<BeginRequest>
    {
        public BeginValidator() =>
            RuleFor(request => request.Password)
                .Required()
                .Must(password => password!.Length <= Passwords.MaxLength)
                .Coded("length", 1, Passwords.MaxLength);
    }

    public sealed class ConfirmValidator : AbstractValidator<ConfirmRequest>
    {
        public ConfirmValidator() => RuleFor(request => request.Code).Required().Line(40);
    }

    public static async Task<IResult> Begin(Call call, Database database, SecretAttempts attempts)
    {
        var body = await call.Body(Validation.Of<BeginValidator>());
        return await call.Write(
            () => WithPassword(call, database, attempts, body),
            async (session, user) =>
            {
                var secret = Totp.NewSecret();
                if (await session.Execute(Keep, new { id = user.Id, secret = session.Vault.Seal(secret) }) == 0)
                    return new Refusal(RefusalKind.Conflict, "second-factor-set-up");
                session.Note(new AuditEntry("second-factor-begun") { SubjectKind = "user", SubjectId = user.Id });
                var uri =
                    $"otpauth://totp/Pipeline:{Uri.EscapeDataString(user.Username)}?secret={secret}&issuer=Pipeline&algorithm=SHA1&digits=6&period=30";
                return Reply.Plain(new BeginResponse(secret, uri)) with
                {
                    KeptBody = Reply.Plain(new BeginResponse("", "")).Body,
                };
            }
        );
    }

    public static async Task<IResult> Confirm(Call call, Database database, SecretAttempts attempts)
    {
        var body = await call.Body(Validation.Of<ConfirmValidator>());
        return await call.Write(
            () => WithCode(call, database, attempts, body),
            async (session, given) =>
            {
                var (user, step, codes, kept) = given;
                if (
                    await session.Execute(
                        Confirmed,
                        new
                        {
                            id = user.Id,
                            secret = user.TotpSecret,
                            step,
                            kept,
                            now = session.Now,
                        }
                    ) == 0
                )
                    return new Refusal(RefusalKind.Conflict, "second-factor-set-up");
                await SecretAttempts.GiveBack(session, user.Username);
                await EndOthers(session, call.Caller);
                session.Note(new AuditEntry("second-factor-confirmed") { SubjectKind = "user", SubjectId = user.Id });
                return Reply.Plain(new ConfirmResponse(codes)) with
                {
                    KeptBody = Reply.Plain(new ConfirmResponse([])).Body,
                };
            }
        );
    }

    public static async Task<IResult> Remove(Call call, Database database, SecretAttempts attempts)
    {
        var body = await call.Body(Validation.Of<BeginValidator>());
        return await call.Write(
            () => WithPassword(call, database, attempts, body, anew: false),
            async (session, user) =>
            {
                await session.Execute(Forget, new { id = user.Id, now = session.Now });
                await EndOthers(session, call.Caller);
                session.Note(new AuditEntry("second-factor-removed") { SubjectKind = "user", SubjectId = user.Id });
                return Reply.NoContent();
            }
        );
    }

    /// <summary>What somebody else may have begun with the password alone ends where the way to sign in changes, as it does with the password itself.</summary>
    private static Task EndOthers(Session session, Caller caller) =>
        session.Execute(
            Sessions.RevokeOthers,
            new
            {
                userId = caller.UserId,
                kept = caller.SessionId,
                now = session.Now,
            }
        );

    /// <summary>The person, who has given the password once more.</summary>
    /// <param name="anew">Whether there must be no second factor yet.</param>
    private static async Task<Result<UserRow>> WithPassword(
        Call call,
        Database database,
        SecretAttempts attempts,
        Parsed<BeginRequest> body,
        bool anew = true
    )
    {
        if (body.Refusal is { } malformed)
            return malformed;
        var user = (await database.Read(session => UserRow.ById(session, call.Caller.UserId)))!;
        if (anew && user.TotpConfirmedAt is not null)
            return new Refusal(RefusalKind.Conflict, "second-factor-set-up");
        return await attempts.Password(call, user, body.Value!.Password!, "password") is { } wrong ? wrong : user;
    }

    /// <summary>The person, who has given a code of the new authenticator, the step it is of, and codes to write down with what is kept of them.</summary>
    private static async Task<Result<(UserRow User, long Step, IReadOnlyList<string> Codes, string Kept)>> WithCode(
        Call call,
        Database database,
        SecretAttempts attempts,
        Parsed<ConfirmRequest> body
    )
    {
        if (body.Refusal is { } malformed)
            return malformed;
        var (user, now) = await database.Read(async session =>
            ((await UserRow.ById(session, call.Caller.UserId))!, session.Now)
        );
        if (user.TotpConfirmedAt is not null)
            return new Refusal(RefusalKind.Conflict, "second-factor-set-up");
        var entry = Origins.Entry(call.Context, AuditOutcome.Failed) with { SubjectKind = "user", SubjectId = user.Id };
        if (await attempts.Begin(call.Context, user.Username, entry) is { } locked)
            return locked;
        var code = new string([.. body.Value!.Code!.Where(char.IsAsciiDigit)]);
        if (user.TotpSecret is { } secret && Totp.Match(database.Vault.Open(secret), code, now) is { } step)
        {
            var (codes, kept) = SecondFactor.NewRecoveryCodes();
            return (user, step, codes, kept);
        }

        await attempts.Failed(entry with { Reason = "second-factor-mismatch" });
        return new Refusal(
            RefusalKind.Rule,
            "second-factor-mismatch",
            [new FieldError("code", "second-factor-mismatch")]
        );
    }

    private const string Keep =
        "UPDATE users SET totp_secret = @secret, totp_last_step = NULL, recovery_codes = NULL WHERE id = @id AND totp_confirmed_at IS NULL";
    private const string Confirmed =
        "UPDATE users SET totp_confirmed_at = @now, totp_last_step = @step, recovery_codes = @kept, version = version + 1, updated_at = @now WHERE id = @id AND totp_confirmed_at IS NULL AND totp_secret = @secret";
    internal const string Forget =
        "UPDATE users SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL, recovery_codes = NULL, version = version + 1, updated_at = @now WHERE id = @id";
}
