namespace Pipeline.Api.Features.Access;

/// <summary>Which issuer signs people in, and who they become here (<c>Auth:Oidc:…</c>).</summary>
public sealed class OidcSettings
{
    public OidcSettings(IConfiguration configuration)
    {
        var section = configuration.GetSection("Auth:Oidc");
        Authority = section["Authority"]?.TrimEnd('/') is { Length: > 0 } authority ? authority : null;
        ClientId = section["ClientId"] ?? "";
        ClientSecret = section["ClientSecret"];
        DisplayName = section["DisplayName"];
        Scope = section["Scope"] ?? "openid profile email";
        RedirectUri = section["RedirectUri"];
        UsernameClaim = section["UsernameClaim"] ?? "preferred_username";
        RoleClaim = section["RoleClaim"];
        JurisdictionClaim = section["JurisdictionClaim"];
        Link = section.GetValue("Link", true);
        Provision = section.GetValue("Provision", false);
        Roles =
        [
            .. (section["RoleMap"] ?? "")
                .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))
                .Select(pair => (pair[0], RoleOf("Auth:Oidc:RoleMap", pair.ElementAtOrDefault(1)))),
        ];
        DefaultRole = section["DefaultRole"] is { Length: > 0 } role ? RoleOf("Auth:Oidc:DefaultRole", role) : null;
        if (Authority is not null && ClientId.Length == 0)
            throw new InvalidOperationException("Auth:Oidc:ClientId is required with Auth:Oidc:Authority.");
        if (Authority is not null && !(Authority.Length <= 300 && Trusts(Authority)))
            throw new InvalidOperationException(
                "Auth:Oidc:Authority must be an https address (http on loopback alone) of at most 300 characters."
            );
    }

    /// <summary>The issuer; null: no single sign-on.</summary>
    public string? Authority { get; }
    public string ClientId { get; }
    public string? ClientSecret { get; }

    /// <summary>What the button on the sign-in page says.</summary>
    public string? DisplayName { get; }
    public string Scope { get; }

    /// <summary>Where the issuer sends people back to; by default this server's own address.</summary>
    public string? RedirectUri { get; }
    public string UsernameClaim { get; }

    /// <summary>The claim that tells the role, by <see cref="Roles"/>; null: roles are given here.</summary>
    public string? RoleClaim { get; }

    /// <summary>Values of that claim and their roles; of several, the first that somebody has counts.</summary>
    public IReadOnlyList<(string Value, Role Role)> Roles { get; }
    public Role? DefaultRole { get; }

    /// <summary>The claim that tells the unit, by its code.</summary>
    public string? JurisdictionClaim { get; }

    /// <summary>Whether a first sign-in finds its account by user name.</summary>
    public bool Link { get; }

    /// <summary>Whether a first sign-in without an account makes one.</summary>
    public bool Provision { get; }

    /// <summary>Whether this server may send people and secrets to an address: https, or http where the issuer itself is on loopback.</summary>
    public bool Trusts(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback && new Uri(Authority!).IsLoopback));

    private static Role RoleOf(string setting, string? slug) =>
        slug is not null && Slug.TryTo<Role>(slug, out var role)
            ? role
            : throw new InvalidOperationException($"{setting} names '{slug}', which is no role.");
}
