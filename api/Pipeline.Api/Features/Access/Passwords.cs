using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

/// <summary>Passwords are kept as PBKDF2-HMAC-SHA512 at the cost OWASP asks for, and judged as NIST SP 800-63B-4 §3.1.1.2 asks: by length and against known ones, never by composition.</summary>
public static class Passwords
{
    public const int MaxLength = 512;

    /// <summary>Alone, and together with a second factor.</summary>
    public const int MinLength = 15,
        MinLengthWithSecondFactor = 8;

    private static readonly PasswordHasher<object> Hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = 210_000 })
    );
    private static readonly Lazy<string> OfNobody = new(() =>
        Hasher.HashPassword(Hasher, Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)))
    );
    private static readonly Lazy<(HashSet<string> Words, int Longest)> Common = new(ReadCommon);

    /// <summary>How many known ones of a length that is taken are refused.</summary>
    internal static int KnownOnes => Common.Value.Words.Count(word => word.Length >= MinLengthWithSecondFactor);

    // Half of the processors at the most: who signs in waits for others who sign in, and nobody else does.
    private static readonly SemaphoreSlim Turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    public static Task<string> Hash(string password) => InTurn(() => Hasher.HashPassword(Hasher, Normal(password)));

    /// <summary>Whether the password fits; takes as long when there is no such user, or one without a password.</summary>
    public static Task<bool> Fits(string? hash, string password) =>
        InTurn(() =>
            Hasher.VerifyHashedPassword(Hasher, string.IsNullOrEmpty(hash) ? OfNobody.Value : hash, Normal(password))
                != PasswordVerificationResult.Failed
            && !string.IsNullOrEmpty(hash)
        );

    /// <summary>Hashing is made to take long. Within a write everybody else would wait for it.</summary>
    private static async Task<T> InTurn<T>(Func<T> hash)
    {
        if (Database.IsWriting)
            throw new InvalidOperationException("A password is hashed within a write.");
        await Turns.WaitAsync();
        try
        {
            return hash();
        }
        finally
        {
            Turns.Release();
        }
    }

    /// <summary>What is wrong with a password to be; null when nothing is.</summary>
    public static FieldError? Judge(string field, string password, string username, bool secondFactor)
    {
        var normal = Normal(password);
        var length = normal.EnumerateRunes().Count();
        var min = secondFactor ? MinLengthWithSecondFactor : MinLength;
        if (length < min || password.Length > MaxLength)
            return new FieldError(field, "password-length", min, MaxLength);
        var lower = normal.ToLowerInvariant();
        if (IsCommon(lower))
            return new FieldError(field, "password-common");
        return username.Length >= 3 && lower.Contains(username.ToLowerInvariant(), StringComparison.Ordinal)
            ? new FieldError(field, "password-name")
            : null;
    }

    /// <summary>Known from breaches, or known ones strung together, or a few characters over and over, or a run of the keyboard.</summary>
    private static bool IsCommon(string password)
    {
        if (IsOfKnownOnes(password) || password.Distinct().Count() < 4)
            return true;
        var steps = password.Zip(password.Skip(1), (first, second) => second - first).ToList();
        if (steps.Count(step => step is 1 or -1) >= steps.Count * 3 / 4)
            return true;
        return Enumerable
            .Range(1, Math.Min(MinLengthWithSecondFactor - 1, password.Length / 2))
            .Any(size =>
                password.Length % size == 0
                && string.Concat(Enumerable.Repeat(password[..size], password.Length / size)) == password
            );
    }

    /// <summary>Whether it is a known password, or several in a row: two short known ones do not make one that nobody tries.</summary>
    private static bool IsOfKnownOnes(string password)
    {
        var common = Common.Value;
        var ends = new bool[password.Length + 1];
        ends[0] = true;
        for (var from = 0; from < password.Length; from++)
        {
            if (!ends[from])
                continue;
            var longest = Math.Min(password.Length, from + common.Longest);
            for (var to = from + MinLengthWithSecondFactor; to <= longest; to++)
                ends[to] |= common.Words.Contains(password[from..to]);
        }

        return ends[^1];
    }

    private static (HashSet<string> Words, int Longest) ReadCommon()
    {
        using var reader = new StreamReader(
            typeof(Passwords).Assembly.GetManifestResourceStream("common-passwords.txt")!
        );
        var words = reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.Ordinal);
        return (words, words.Max(word => word.Length));
    }

    private static string Normal(string password) => password.Normalize(NormalizationForm.FormKC);
}

/// <summary>A person changes the own password; every other session ends.</summary>
public static class ChangePassword
{
    public sealed record Request
    {
        public string? CurrentPassword { get; init; }
        public string? NewPassword { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.CurrentPassword)
                .Required()
                .Must(password => password!.Length <= Passwords.MaxLength)
                .Coded("length", 1, Passwords.MaxLength);
            RuleFor(request => request.NewPassword).Required().Must(Well).Coded("characters");
        }

        internal static bool Well(string? password) => password is not null && Validation.Readable(password);
    }

    public static async Task<IResult> Handle(Call call, Database database, SecretAttempts attempts)
    {
        var body = await call.Body(Validation.Of<Validator>());
        async Task<Result<(UserRow User, string Hash)>> Check()
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var user = (await database.Read(session => UserRow.ById(session, call.Caller.UserId)))!;
            if (await attempts.Password(call, user, body.Value!.CurrentPassword!, "currentPassword") is { } wrong)
                return wrong;
            return
                Passwords.Judge("newPassword", body.Value.NewPassword!, user.Username, user.TotpConfirmedAt is not null)
                    is { } weak
                ? Refusal.Invalid(weak)
                : (user, await Passwords.Hash(body.Value.NewPassword!));
        }

        return await call.Write(Check, async (session, given) =>
        {
            var (user, hash) = given;
            if (await Set(session, user.Id, hash, user.PasswordHash) == 0)
                return new Refusal(
                    RefusalKind.Rule,
                    "password-wrong",
                    [new FieldError("currentPassword", "password-wrong")]
                );
            await session.Execute(
                Sessions.RevokeOthers,
                new
                {
                    userId = user.Id,
                    kept = call.Caller.SessionId,
                    now = session.Now,
                }
            );
            session.Note(new AuditEntry("password-changed") { SubjectKind = "user", SubjectId = user.Id });
            return Reply.NoContent();
        });
    }

    /// <summary>Sets a password, by its hash; how many were set: none when it is no longer the one it was.</summary>
    internal static Task<int> Set(Session session, string userId, string hash, string before) =>
        session.Execute(
            Update,
            new
            {
                userId,
                hash,
                before,
                now = session.Now,
            }
        );

    private const string Update =
        "UPDATE users SET password_hash = @hash, must_change_password = 0, version = version + 1, updated_at = @now WHERE id = @userId AND password_hash = @before";
}

/// <summary>A person sets the first password, or a new one, with a link that works once and for three days.</summary>
public static class SetUp
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    public sealed record CheckRequest
    {
        public string? Token { get; init; }
    }

    public sealed record CheckResponse(string Username, string DisplayName, DateTimeOffset ExpiresAt, int MinLength);

    public sealed record Request
    {
        public string? Token { get; init; }
        public string? Password { get; init; }
    }

    public sealed class CheckValidator : AbstractValidator<CheckRequest>
    {
        public CheckValidator() => RuleFor(request => request.Token).Required().Line(100);
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Token).Required().Line(100);
            RuleFor(request => request.Password).Required().Must(ChangePassword.Validator.Well).Coded("characters");
        }
    }

    /// <summary>Makes a link; earlier ones of the user no longer work. The token is kept as its hash.</summary>
    public static async Task<(string Token, DateTimeOffset ExpiresAt)> Issue(Session session, string userId)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var expires = session.Now + Lifetime;
        await session.Execute(Forget, new { userId });
        await session.Execute(
            Insert,
            new
            {
                hash = Callers.HashOf(token),
                userId,
                now = session.Now,
                expires,
            }
        );
        return (token, expires);
    }

    public static async Task<IResult> Check(Call call, Database database)
    {
        var body = await call.Body(Validation.Of<CheckValidator>());
        if ((body.Refusal ?? call.UnknownParameters()) is { } refusal)
            return (Reply)refusal;
        return await database.Read<IResult>(async session =>
            await Find(session, body.Value!.Token!) is { } link
                ? Reply.Plain(
                    new CheckResponse(
                        link.User.Username,
                        link.User.DisplayName,
                        link.ExpiresAt,
                        link.User.TotpConfirmedAt is null ? Passwords.MinLength : Passwords.MinLengthWithSecondFactor
                    )
                )
                : (Reply)new Refusal(RefusalKind.Rule, "link-invalid")
        );
    }

    public static async Task<IResult> Handle(Call call, Database database)
    {
        var body = await call.Body(Validation.Of<Validator>());
        if ((body.Refusal ?? call.UnknownParameters()) is { } refusal)
            return (Reply)refusal;
        if (await database.Read(session => Find(session, body.Value!.Token!)) is not { } link)
            return (Reply)new Refusal(RefusalKind.Rule, "link-invalid");
        var user = link.User;
        if (
            Passwords.Judge("password", body.Value!.Password!, user.Username, user.TotpConfirmedAt is not null) is
            { } weak
        )
            return (Reply)Refusal.Invalid(weak);
        var hash = await Passwords.Hash(body.Value.Password!);
        return await database.Write<Reply>(
            async session =>
            {
                if (
                    await session.Execute(Use, new { hash = Callers.HashOf(body.Value.Token!), now = session.Now }) == 0
                    || await ChangePassword.Set(session, user.Id, hash, user.PasswordHash) == 0
                )
                    return new Refusal(RefusalKind.Rule, "link-invalid");
                session.Origin = Origins.Of(call.Context, user.Doer());
                await session.Execute(
                    Sessions.RevokeOthers,
                    new
                    {
                        userId = user.Id,
                        kept = "",
                        now = session.Now,
                    }
                );
                await SecretAttempts.Forgive(session, user.Username);
                session.Note(new AuditEntry("password-set-up") { SubjectKind = "user", SubjectId = user.Id });
                return Reply.NoContent();
            },
            reply => reply.Refusal is null
        );
    }

    private static async Task<(UserRow User, DateTimeOffset ExpiresAt)?> Find(Session session, string token)
    {
        var row = await session.One<LinkRow>(Select, new { hash = Callers.HashOf(token), now = session.Now });
        return row is not null && await UserRow.ById(session, row.UserId) is { Active: true } user
            ? (user, row.ExpiresAt)
            : null;
    }

    private sealed class LinkRow
    {
        public required string UserId { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }
    }

    private const string Forget = "DELETE FROM one_time_links WHERE user_id = @userId";
    private const string Insert =
        "INSERT INTO one_time_links (token_hash, user_id, issued_at, expires_at) VALUES (@hash, @userId, @now, @expires)";
    private const string Select =
        "SELECT user_id, expires_at FROM one_time_links WHERE token_hash = @hash AND used_at IS NULL AND expires_at > @now";
    private const string Use =
        "UPDATE one_time_links SET used_at = @now WHERE token_hash = @hash AND used_at IS NULL AND expires_at > @now";
}
