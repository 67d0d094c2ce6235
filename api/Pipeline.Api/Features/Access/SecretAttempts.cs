using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

/// <summary>
/// Counts attempts at a person's secrets, wherever they are asked for: password, code, recovery code; signing in, or signed in already. Five failures lock the name for fifteen
/// minutes, whether it exists or not. An attempt counts before the secret is looked at, so that of any number at once no more than five are looked at.
/// </summary>
public sealed class SecretAttempts(Database database, AuditLog log)
{
    private const int Allowed = 5;
    private static readonly TimeSpan LockOut = TimeSpan.FromMinutes(15);

    /// <summary>Counts an attempt; a refusal when the name is locked, and nothing may be looked at.</summary>
    public async Task<Refusal?> Begin(HttpContext context, string username, AuditEntry entry)
    {
        var name = new { nameHash = NameHash(username) };
        var (locked, now) = await database.Read(async session => (await LockedUntil(session, username), session.Now));
        if (locked is null)
            (locked, now) = await database.WriteAnyway(
                async session =>
                {
                    await session.Lock(LockName.SignIn(name.nameHash));
                    var row = await session.One<Row>(Select, name);
                    if (row?.LockedUntil > session.Now)
                        return (row.LockedUntil, session.Now);
                    var counted = row is null || row.LockedUntil is not null ? 1 : row.Failures + 1;
                    await session.Execute(
                        row is null ? Insert : Update,
                        new
                        {
                            name.nameHash,
                            failures = counted,
                            until = counted >= Allowed ? session.Now + LockOut : (DateTimeOffset?)null,
                            now = session.Now,
                        }
                    );
                    return ((DateTimeOffset?)null, session.Now);
                },
                attempt => attempt.Item1 is null
            );
        if (locked is not { } until)
            return null;
        context.Response.Headers.RetryAfter = Math.Ceiling((until - now).TotalSeconds)
            .ToString(CultureInfo.InvariantCulture);
        await Failed(entry with { Reason = "account-locked" });
        return new Refusal(RefusalKind.Conflict, "account-locked");
    }

    /// <summary>Puts a failure on the record; it is counted already.</summary>
    public Task Failed(AuditEntry entry) => log.Add(entry);

    /// <summary>The attempt was no failure after all, but proved nothing either: earlier failures still count.</summary>
    public static Task GiveBack(Session session, string username) =>
        session.Execute(Undo, new { nameHash = NameHash(username) });

    /// <summary>The person has proved to be that person: the count begins anew.</summary>
    public static Task Forgive(Session session, string username) =>
        session.Execute(Clear, new { nameHash = NameHash(username) });

    /// <summary>Until when a name is locked; null when it is not.</summary>
    public static Task<DateTimeOffset?> LockedUntil(Session session, string username) =>
        session.One<DateTimeOffset?>(SelectLock, new { nameHash = NameHash(username), now = session.Now });

    /// <summary>Asks a person who is signed in for the password once more; what refuses, or null.</summary>
    /// <remarks>Not to be called within a write: hashing takes its time.</remarks>
    public async Task<Refusal?> Password(Call call, UserRow user, string password, string field)
    {
        var entry = Origins.Entry(call.Context, AuditOutcome.Failed) with { SubjectKind = "user", SubjectId = user.Id };
        if (await Begin(call.Context, user.Username, entry) is { } locked)
            return locked;
        if (!await Passwords.Fits(user.PasswordHash, password))
        {
            await Failed(entry with { Reason = "password-wrong" });
            return new Refusal(RefusalKind.Rule, "password-wrong", [new FieldError(field, "password-wrong")]);
        }

        await database.WriteAnyway(session => Forgive(session, user.Username));
        return null;
    }

    /// <summary>Names are counted by their hash: what was typed there may be a password.</summary>
    private static string NameHash(string username) => Callers.HashOf(username);

    private sealed class Row
    {
        public int Failures { get; init; }
        public DateTimeOffset? LockedUntil { get; init; }
    }

    private const string Select = "SELECT failures, locked_until FROM sign_in_failures WHERE name_hash = @nameHash";
    private const string SelectLock =
        "SELECT locked_until FROM sign_in_failures WHERE name_hash = @nameHash AND locked_until > @now";
    private const string Insert =
        "INSERT INTO sign_in_failures (name_hash, failures, locked_until, updated_at) VALUES (@nameHash, @failures, @until, @now)";
    private const string Update =
        "UPDATE sign_in_failures SET failures = @failures, locked_until = @until, updated_at = @now WHERE name_hash = @nameHash";
    private const string Undo =
        "UPDATE sign_in_failures SET failures = failures - 1, locked_until = NULL WHERE name_hash = @nameHash AND failures > 0";
    private const string Clear = "DELETE FROM sign_in_failures WHERE name_hash = @nameHash";
}
