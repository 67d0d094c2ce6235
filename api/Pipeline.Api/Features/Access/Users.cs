using System.Text.Json.Serialization;
using Dapper;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

/// <summary>An account as it is posted and edited.</summary>
public sealed record UserBody
{
    public string? Username { get; init; }
    public string? DisplayName { get; init; }
    public string? Email { get; init; }
    public Role? Role { get; init; }

    /// <summary>The unit of an officer, a coordinator or a department's member.</summary>
    public string? JurisdictionId { get; init; }
    public bool Active { get; init; } = true;

    /// <summary>On creation only: a first password, to be changed at the first sign-in. Without it there is a link.</summary>
    public string? Password { get; init; }

    public sealed class Validator : AbstractValidator<UserBody>
    {
        public Validator()
        {
            RuleFor(user => user.Username)
                .Required()
                .Matches(@"^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}\z")
                .Coded("username");
            RuleFor(user => user.DisplayName).Required().Line(100);
            RuleFor(user => user.Email)
                .Line(200)
                .Must(email => email is null || System.Net.Mail.MailAddress.TryCreate(email, out _))
                .Coded("email");
            RuleFor(user => user.Role).Required();
            RuleFor(user => user.JurisdictionId).Line(32);
            RuleFor(user => user.JurisdictionId).Required().When(user => user.Role is Store.People.Role.Officer);
            RuleFor(user => user.Password)
                .Must(ChangePassword.Validator.Well)
                .Coded("characters")
                .When(user => user.Password is not null);
        }
    }
}

/// <summary>An account as the administrator sees it.</summary>
public sealed record UserAccount
{
    public required string Id { get; init; }
    public required string Username { get; init; }
    public required string DisplayName { get; init; }
    public string? Email { get; init; }
    public required Role Role { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JurisdictionRef? Jurisdiction { get; init; }
    public required bool Active { get; init; }
    public required bool HasPassword { get; init; }
    public required bool MustChangePassword { get; init; }
    public required bool SecondFactor { get; init; }
    public required bool SingleSignOn { get; init; }
    public DateTimeOffset? LockedUntil { get; init; }
    public DateTimeOffset? LastSignInAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required long Version { get; init; }

    /// <summary>Once, where it was made by this request: the link by which the person sets the password.</summary>
    public SetUpLink? SetUpLink { get; init; }
}

/// <summary>A link that works once.</summary>
/// <param name="Url">In full where the address of the pages is known (<c>Public:Url</c>), else from the host on: <c>/set-up#…</c>.</param>
public sealed record SetUpLink(string Url, DateTimeOffset ExpiresAt);

/// <summary>An account as it is stored.</summary>
public sealed class UserRow
{
    public long Seq { get; init; }
    public required string Id { get; init; }
    public required string Username { get; init; }
    public required string DisplayName { get; init; }
    public string? Email { get; init; }
    public required string Role { get; init; }
    public string? JurisdictionId { get; init; }
    public string? JurisdictionCode { get; init; }
    public string? JurisdictionName { get; init; }
    public required string PasswordHash { get; init; }
    public bool Active { get; init; }
    public bool MustChangePassword { get; init; }
    public string? TotpSecret { get; init; }
    public DateTimeOffset? TotpConfirmedAt { get; init; }
    public string? RecoveryCodes { get; init; }
    public string? OidcIssuer { get; init; }
    public string? OidcSubject { get; init; }
    public DateTimeOffset? LastSignInAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public long Version { get; init; }

    public Doer Doer() => new("person", Id, DisplayName, Role, JurisdictionName);

    /// <summary>What the account may do.</summary>
    public Standing Standing() => new(Slug.To<Role>(Role), JurisdictionId);

    public UserBody Body() =>
        new()
        {
            Username = Username,
            DisplayName = DisplayName,
            Email = Email,
            Role = Slug.To<Role>(Role),
            JurisdictionId = JurisdictionId,
            Active = Active,
        };

    public UserAccount View(DateTimeOffset? lockedUntil = null, SetUpLink? link = null) =>
        new()
        {
            Id = Id,
            Username = Username,
            DisplayName = DisplayName,
            Email = Email,
            Role = Slug.To<Role>(Role),
            Jurisdiction = JurisdictionId is null
                ? null
                : new JurisdictionRef(JurisdictionId, JurisdictionCode!, JurisdictionName!),
            Active = Active,
            HasPassword = PasswordHash.Length > 0,
            MustChangePassword = MustChangePassword,
            SecondFactor = TotpConfirmedAt is not null,
            SingleSignOn = OidcSubject is not null,
            LockedUntil = lockedUntil,
            LastSignInAt = LastSignInAt,
            CreatedAt = CreatedAt,
            Version = Version,
            SetUpLink = link,
        };

    public static Task<UserRow?> ById(Session session, string id) =>
        session.One<UserRow>($"{Select} WHERE u.id = @id", new { id });

    /// <summary>The account of exactly this name: SQL Server takes one with blanks behind it for the same, the lock-out does not.</summary>
    public static async Task<UserRow?> ByName(Session session, string username) =>
        await session.One<UserRow>($"{Select} WHERE u.username = @username", new { username }) is { } user
        && user.Username == username
            ? user
            : null;

    public const string Select = """
        SELECT u.seq, u.id, u.username, u.display_name, u.email, u.role, u.jurisdiction_id, j.code AS jurisdiction_code, j.name AS jurisdiction_name, u.password_hash, u.active,
          u.must_change_password, u.totp_secret, u.totp_confirmed_at, u.recovery_codes, u.oidc_issuer, u.oidc_subject, u.last_sign_in_at, u.created_at, u.version
        FROM users u LEFT JOIN jurisdictions j ON j.id = u.jurisdiction_id
        """;
}

/// <summary>Reads accounts, by name.</summary>
public static class ReadUsers
{
    public static Task<IResult> Single(string id, Call call) =>
        call.Read<IResult>(async session =>
            await UserRow.ById(session, id) is { } row
                ? Reply.Resource(row.View(await SecretAttempts.LockedUntil(session, row.Username)), row.Version)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> All(Call call, Cursors cursors)
    {
        var query = new QueryReader(call.Request);
        var words = query.Text("q", 100);
        var role = query.Choice<Role>("role");
        var unit = query.Text("jurisdictionId", 32);
        var active = query.FlagOrNull("active");
        var page = query.Page(cursors);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;

        var where = new Conditions();
        where.Add(
            "(u.username LIKE @pattern ESCAPE '!' OR u.display_name LIKE @pattern ESCAPE '!')",
            "pattern",
            words is null ? null : $"%{Like.Escaped(words)}%"
        );
        where.Add("u.role = @role", "role", role is { } wanted ? Slug.Of(wanted) : null);
        where.Add("u.jurisdiction_id = @unit", "unit", unit);
        where.Add(
            "u.active = @active",
            "active",
            active is { } works
                ? works
                    ? 1
                    : 0
                : (int?)null
        );
        return await call.Read<IResult>(async session =>
        {
            var rows = await session.Query<UserRow>(
                $"{UserRow.Select} WHERE {where.Sql}{page.Behind("u.seq", where.Values)} ORDER BY u.seq {{page}}",
                where.Values
            );
            var total = await page.Total(session, $"SELECT COUNT(*) FROM users u WHERE {where.Sql}", where.Values);
            return Reply.Plain(page.Of(rows, row => row.Seq, row => row.View(), total));
        });
    }

    /// <summary>The leaders who can be named on a project.</summary>
    public static Task<IResult> Leaders(Call call) =>
        call.Read<IResult>(async session =>
            Reply.Plain(new Page<PersonRef> { Items = await session.Query<PersonRef>(SelectLeaders) })
        );

    private const string SelectLeaders =
        "SELECT id AS Id, display_name AS Name FROM users WHERE role = 'leader' AND active = 1 ORDER BY seq";
}

/// <summary>Adds, edits, unlocks accounts. A role that changed holds from the next request; a disabled account's sessions end at once.</summary>
public static class ChangeUser
{
    public static async Task<IResult> Add(Call call)
    {
        var body = await call.Body(Validation.Of<UserBody.Validator>());
        async Task<Result<string>> Hash() =>
            body.Refusal is { } malformed ? malformed
            : body.Value!.Password is not { } password ? ""
            : Passwords.Judge("password", password, body.Value.Username!, secondFactor: false) is { } weak
                ? Refusal.Invalid(weak)
            : await Passwords.Hash(password);
        return await call.Write(Hash, async (session, hash) =>
        {
            var user = body.Value!;
            var id = Ids.New();
            if (await Wrong(session, id, user) is { } refusal)
                return refusal;
            await session.Execute(
                Insert,
                new
                {
                    id,
                    username = user.Username,
                    displayName = user.DisplayName,
                    email = user.Email,
                    role = Slug.Of(user.Role!.Value),
                    unit = user.JurisdictionId,
                    hash,
                    mustChange = user.Password is null ? 0 : 1,
                    active = user.Active ? 1 : 0,
                    demo = 0,
                    now = session.Now,
                }
            );
            session.Note(Entry("user-created", id, null, user));
            var link = user.Password is null ? await Link(session, call, id) : null;
            var row = (await UserRow.ById(session, id))!;
            await Tell(session, AccountChange.Created, row, null, call.Caller);
            return Answer(row, null, link, 201, $"/api/v1/users/{id}");
        });
    }

    public static async Task<IResult> Edit(string id, Call call)
    {
        var patch = await call.Patch();
        return await call.Write(async session =>
        {
            if (await UserRow.ById(session, id) is not { } row)
                return Refusal.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (patch.Refusal is { } malformed)
                return malformed;
            var merged = Json.MergePatch(Json.Node(row.Body()), patch.Value)!;
            var parsed = Call.Parse(merged, Validation.Of<UserBody.Validator>(), session.Today);
            if (parsed.Refusal is { } invalid)
                return invalid;
            var user = parsed.Value!;
            if (user.Password is not null)
                return Refusal.Invalid(new FieldError("password", "unknown-member"));
            if (await Wrong(session, id, user) is { } refusal)
                return refusal;
            if (
                row is { Active: true, Role: "admin" }
                && !(user.Active && user.Role == Role.Admin)
                && await session.One<long>(OtherAdmins, new { id }) == 0
            )
                return new Refusal(RefusalKind.Conflict, "last-admin");

            // Whoever gives roles to others takes none himself: else the administrator has project data whenever he likes.
            if (
                id == call.Caller.UserId
                && row.Standing() != new Standing(user.Role!.Value, user.JurisdictionId)
                && !await UnitKeys.IsDemo(session, call.Caller)
            )
                return new Refusal(RefusalKind.Forbidden, "second-person-required");
            await session.Execute(
                Update,
                new
                {
                    id,
                    username = user.Username,
                    displayName = user.DisplayName,
                    email = user.Email,
                    role = Slug.Of(user.Role!.Value),
                    unit = user.JurisdictionId,
                    active = user.Active ? 1 : 0,
                    now = session.Now,
                }
            );
            if (!user.Active)
                await session.Execute(
                    Sessions.RevokeOthers,
                    new
                    {
                        userId = id,
                        kept = "",
                        now = session.Now,
                    }
                );
            session.Note(Entry("user-edited", id, row.Body(), user));
            var before = row.Body();
            if (
                before with { DisplayName = user.DisplayName, Active = user.Active } != user
                || (user.Active && !before.Active)
            )
                await Tell(
                    session,
                    AccountChange.Changed,
                    (await UserRow.ById(session, id))!,
                    row.Standing(),
                    call.Caller
                );
            return await Answer(session, id);
        });
    }

    public static Task<IResult> NewLink(string id, Call call) =>
        Do(id, call, "set-up-link-issued", async (session, row) =>
        {
            if (!row.Active)
                return (new Refusal(RefusalKind.Conflict, "user-inactive"), null);
            await session.Execute(Forgotten, new { id, now = session.Now });
            await session.Execute(
                Sessions.RevokeOthers,
                new
                {
                    userId = id,
                    kept = "",
                    now = session.Now,
                }
            );
            await Tell(session, AccountChange.LinkIssued, row, null, call.Caller);
            return (null, await Link(session, call, id));
        });

    public static Task<IResult> Unlock(string id, Call call) => Do(id, call, "user-unlocked", async (session, row) =>
        {
            await SecretAttempts.Forgive(session, row.Username);
            return (null, null);
        });

    public static Task<IResult> ResetSecondFactor(string id, Call call) =>
        Do(id, call, "second-factor-reset", async (session, row) =>
        {
            await session.Execute(SetUpSecondFactor.Forget, new { id, now = session.Now });
            await Tell(session, AccountChange.SecondFactorReset, row, null, call.Caller);
            return (null, null);
        });

    /// <summary>Adds an account without a request: demo, first administrator, single sign-on.</summary>
    public static Task<int> Store(
        Session session,
        string id,
        string username,
        string displayName,
        Role role,
        string? unitId,
        string passwordHash,
        bool demo,
        bool mustChange
    ) =>
        session.Execute(
            Insert,
            new
            {
                id,
                username,
                displayName,
                email = (string?)null,
                role = Slug.Of(role),
                unit = unitId,
                hash = passwordHash,
                mustChange = mustChange ? 1 : 0,
                active = 1,
                demo = demo ? 1 : 0,
                now = session.Now,
            }
        );

    private static Task<IResult> Do(
        string id,
        Call call,
        string action,
        Func<Session, UserRow, Task<(Refusal? Refusal, SetUpLink? Link)>> work
    ) =>
        call.Write(async session =>
        {
            if (await UserRow.ById(session, id) is not { } row)
                return Refusal.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            var (refusal, link) = await work(session, row);
            if (refusal is not null)
                return refusal;
            session.Note(new AuditEntry(action) { SubjectKind = "user", SubjectId = id });
            return await Answer(session, id, link);
        });

    private static async Task<Reply> Answer(Session session, string id, SetUpLink? link = null)
    {
        var row = (await UserRow.ById(session, id))!;
        return Answer(row, await SecretAttempts.LockedUntil(session, row.Username), link, 200, null);
    }

    /// <summary>Tells whom it concerns that somebody could act under this account's name now.</summary>
    internal static Task Tell(Session session, AccountChange change, UserRow now, Standing? before, Caller? by) =>
        session.Raise(
            new AccountChanged(
                change,
                now.Id,
                now.DisplayName,
                $"{now.Version}:{Slug.Stamp(session.Now)}",
                before is null ? [now.Standing()] : [now.Standing(), before],
                by
            )
        );

    /// <summary>A replay comes without the link.</summary>
    private static Reply Answer(UserRow row, DateTimeOffset? lockedUntil, SetUpLink? link, int status, string? location)
    {
        var kept = Reply.Resource(row.View(lockedUntil), row.Version, status, location);
        return link is null
            ? kept
            : Reply.Resource(row.View(lockedUntil, link), row.Version, status, location) with
            {
                KeptBody = kept.Body,
            };
    }

    private static async Task<SetUpLink> Link(Session session, Call call, string id)
    {
        var (token, expires) = await SetUp.Issue(session, id);
        var address = call.Context.RequestServices.GetRequiredService<PublicAddress>().Of(call.Request);
        return new SetUpLink($"{address}/set-up#{token}", expires);
    }

    private static AuditEntry Entry(string action, string id, UserBody? before, UserBody after) =>
        new(action)
        {
            SubjectKind = "user",
            SubjectId = id,
            Changes = AuditEntry.Between(
                before is null ? null : Json.Node(before with { Password = null }),
                Json.Node(after with { Password = null })
            ),
        };

    private static async Task<Refusal?> Wrong(Session session, string id, UserBody body)
    {
        if (body.JurisdictionId is { } unit)
        {
            if (await JurisdictionRow.ById(session, unit) is not { } row)
                return Refusal.Invalid(new FieldError("jurisdictionId", "unknown-jurisdiction"));
            if (body.Role == Role.Officer && !row.Reports)
                return Refusal.Invalid(new FieldError("jurisdictionId", "unit-does-not-report"));
        }

        return
            await session.One<string>(
                "SELECT id FROM users WHERE username = @username AND id <> @id",
                new { username = body.Username, id }
            )
                is null
            ? null
            : new Refusal(RefusalKind.Conflict, "duplicate-code", [new FieldError("username", "taken")]);
    }

    private const string Insert = """
        INSERT INTO users (id, username, display_name, email, role, jurisdiction_id, password_hash, must_change_password, active, demo, version, created_at, updated_at)
        VALUES (@id, @username, @displayName, @email, @role, @unit, @hash, @mustChange, @active, @demo, 1, @now, @now)
        """;

    private const string Update = """
        UPDATE users SET username = @username, display_name = @displayName, email = @email, role = @role, jurisdiction_id = @unit, active = @active, version = version + 1, updated_at = @now
        WHERE id = @id
        """;

    private const string Forgotten =
        "UPDATE users SET password_hash = '', version = version + 1, updated_at = @now WHERE id = @id";
    private const string OtherAdmins = "SELECT COUNT(*) FROM users WHERE role = 'admin' AND active = 1 AND id <> @id";
}
