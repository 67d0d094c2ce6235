using Microsoft.IdentityModel.JsonWebTokens;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Access;

/// <summary>Who a person becomes here for whom the issuer vouches.</summary>
public sealed class OidcAccounts(OidcSettings settings)
{
    /// <summary>The account of an identity: by issuer and subject, at first by user name, or a new one; role and unit as the claims say where they are mapped. Whoever is turned away leaves nothing changed.</summary>
    public async Task<(UserRow? User, string? Refusal)> Of(Session session, JsonWebToken token)
    {
        var key = new { issuer = token.Issuer, subject = token.Subject };
        var username = Claim(token, settings.UsernameClaim);
        var (role, unit) = (RoleOf(token), await Unit(session, token));
        var bound = await session.One<UserRow>(BySubject, key);
        if (bound is not null && (bound.OidcIssuer, bound.OidcSubject) != (token.Issuer, token.Subject))
            bound = null;
        var user = bound ?? (settings.Link && username is not null ? await Unbound(session, username) : null);
        if (user is null)
            return await Provision(session, token, username, role, unit);
        if (!user.Active)
            return (user, "sign-on-unknown-user");
        var becomes = settings.RoleClaim is null ? Slug.To<Role>(user.Role) : role;
        var sits = settings.JurisdictionClaim is null ? user.JurisdictionId : unit;
        if (becomes is null || (becomes == Role.Officer && sits is null))
            return (user, "sign-on-no-role");
        if (bound is null)
        {
            await session.Execute(
                Bind,
                new
                {
                    id = user.Id,
                    key.issuer,
                    key.subject,
                }
            );
            session.Note(new AuditEntry("single-sign-on-linked") { SubjectKind = "user", SubjectId = user.Id });
            await ChangeUser.Tell(session, AccountChange.Linked, user, null, null);
        }

        var now = new { role = Slug.Of(becomes.Value), unit = sits };
        if (now.role != user.Role || now.unit != user.JurisdictionId)
        {
            await session.Execute(
                Become,
                new
                {
                    id = user.Id,
                    now.role,
                    now.unit,
                    now = session.Now,
                }
            );
            session.Note(
                new AuditEntry("user-edited")
                {
                    SubjectKind = "user",
                    SubjectId = user.Id,
                    Reason = "single-sign-on",
                    Changes = AuditEntry.Between(
                        Json.Node(new { role = user.Role, jurisdictionId = user.JurisdictionId }),
                        Json.Node(new { now.role, jurisdictionId = now.unit })
                    ),
                }
            );
            await ChangeUser.Tell(
                session,
                AccountChange.ChangedBySignOn,
                (await UserRow.ById(session, user.Id))!,
                user.Standing(),
                null
            );
        }

        return (user, null);
    }

    /// <summary>The account of exactly this name that no identity is bound to: SQL Server would find it with blanks behind the name too.</summary>
    private static async Task<UserRow?> Unbound(Session session, string username) =>
        username.Length <= 64
        && await UserRow.ByName(session, username) is { OidcSubject: null } known
        && known.Username == username
            ? known
            : null;

    private async Task<(UserRow? User, string? Refusal)> Provision(
        Session session,
        JsonWebToken token,
        string? username,
        Role? role,
        string? unit
    )
    {
        if (!settings.Provision || username is null)
            return (null, "sign-on-unknown-user");
        if (role is null || (role == Role.Officer && unit is null))
            return (null, "sign-on-no-role");
        var name =
            Claim(token, "name") is { Length: > 0 and <= 100 } full && Validation.Readable(full) ? full : username;
        var wanted = new UserBody
        {
            Username = username,
            DisplayName = name,
            Role = role,
            JurisdictionId = unit,
        };
        if (
            !Validation.Of<UserBody.Validator>().Validate(wanted).IsValid
            || await UserRow.ByName(session, username) is not null
        )
            return (null, "sign-on-unknown-user");
        var id = Ids.New();
        await ChangeUser.Store(session, id, username, name, role.Value, unit, "", demo: false, mustChange: false);
        await session.Execute(
            Bind,
            new
            {
                id,
                issuer = token.Issuer,
                subject = token.Subject,
            }
        );
        session.Note(
            new AuditEntry("user-provisioned")
            {
                SubjectKind = "user",
                SubjectId = id,
                Changes = AuditEntry.Between(
                    null,
                    Json.Node(
                        new
                        {
                            username,
                            displayName = name,
                            role,
                            jurisdictionId = unit,
                        }
                    )
                ),
            }
        );
        var made = (await UserRow.ById(session, id))!;
        await ChangeUser.Tell(session, AccountChange.Created, made, null, null);
        return (made, null);
    }

    private Role? RoleOf(JsonWebToken token)
    {
        var values = settings.RoleClaim is { } claim
            ? token
                .Claims.Where(each => each.Type == claim)
                .Select(each => each.Value)
                .ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var (value, role) in settings.Roles)
        {
            if (values.Contains(value))
                return role;
        }

        return settings.DefaultRole;
    }

    private async Task<string?> Unit(Session session, JsonWebToken token) =>
        settings.JurisdictionClaim is { } claim
        && Claim(token, claim) is { Length: <= 64 } code
        && code.TrimEnd() == code
            ? await session.One<string>(UnitByCode, new { code })
            : null;

    private static string? Claim(JsonWebToken token, string name) =>
        token.Claims.FirstOrDefault(claim => claim.Type == name)?.Value is { Length: > 0 } value ? value : null;

    private const string BySubject = $"{UserRow.Select} WHERE u.oidc_subject = @subject AND u.oidc_issuer = @issuer";
    private const string Bind = "UPDATE users SET oidc_issuer = @issuer, oidc_subject = @subject WHERE id = @id";
    private const string Become =
        "UPDATE users SET role = @role, jurisdiction_id = @unit, version = version + 1, updated_at = @now WHERE id = @id";
    private const string UnitByCode = "SELECT id FROM jurisdictions WHERE code = @code AND active = 1";
}
