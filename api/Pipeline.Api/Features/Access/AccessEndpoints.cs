using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Access;

public static class AccessEndpoints
{
    public static void MapAccess(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/auth")
            .Tagged("Access", "Signing in and out, one's own account, and who may do what.");
        auth.MapPost("/token", SignIn.Handle)
            .WithName("signIn")
            .WithSummary("Sign in with name and password")
            .Open()
            .WithMetadata(new SignInLimit())
            .Takes<SignIn.Request>()
            .Answers<TokenResponse>()
            .Refuses(400)
            .Refuses("account-locked", "invalid-credentials", "second-factor-invalid", "second-factor-required");
        auth.MapPost("/refresh", Refresh.Handle)
            .WithName("refreshToken")
            .WithSummary("Get a new access token for a refresh token")
            .Open()
            .Answers<TokenResponse>()
            .Refuses(401, 403);
        auth.MapPost("/logout", Refresh.SignOut)
            .WithName("signOut")
            .WithSummary("Sign out: the session ends at once")
            .Open()
            .Produces(204)
            .Refuses(403);
        auth.MapGet("/methods", Oidc.Methods)
            .WithName("listSignInMethods")
            .WithSummary("Tell how one can sign in here")
            .Open()
            .Answers<Oidc.MethodsResponse>();
        auth.MapGet("/oidc/start", Oidc.Start)
            .WithName("startSingleSignOn")
            .WithSummary("Begin to sign in with the organisation's account")
            .Open()
            .WithMetadata(new SignInLimit())
            .Reads(Query.Text("returnTo", "The page to open when the sign-in is done: a path of the pages."))
            .Produces(302)
            .Refuses(404)
            .Refuses("sign-on-unavailable");
        auth.MapGet("/oidc/callback", Oidc.Callback)
            .WithName("finishSingleSignOn")
            .WithSummary("Finish signing in with the organisation's account")
            .Open()
            .WithMetadata(new SignInLimit())
            .Reads(
                Query.Text("code", "The code of the issuer (RFC 6749, section 4.1.2)."),
                Query.Text("state", "What the sign-in began with."),
                Query.Text("error", "Why the issuer refused."),
                Query.Text("error_description", "The same in words."),
                Query.Text("iss", "Who answers (RFC 9207)."),
                Query.Text("session_state", "Not used; some issuers send it.")
            )
            .Produces(302)
            .Refuses(404)
            .TellsWithin(
                "sign-on-refused",
                "sign-on-expired",
                "sign-on-unknown-user",
                "sign-on-no-role",
                "sign-on-unavailable"
            );
        auth.MapPost("/set-up/check", SetUp.Check)
            .WithName("checkSetUpLink")
            .WithSummary("Tell whose set-up link this is, and whether it still holds")
            .Open()
            .WithMetadata(new SignInLimit())
            .Takes<SetUp.CheckRequest>()
            .Answers<SetUp.CheckResponse>()
            .Refuses(400, 429)
            .Refuses("link-invalid");
        auth.MapPost("/set-up", SetUp.Handle)
            .WithName("setUpPassword")
            .WithSummary("Set the first password by a set-up link")
            .Open()
            .WithMetadata(new SignInLimit())
            .Takes<SetUp.Request>()
            .Produces(204)
            .Refuses(400, 429)
            .Refuses("link-invalid");

        var me = api.MapGroup("/me").WithTags("Access");
        me.MapGet("/", Me.Handle)
            .WithName("getMe")
            .WithSummary("Tell who is calling, and what the caller may do")
            .Allows(Act.ReadSelf)
            .BeforeAnythingElse()
            .Answers<Me.Response>();
        me.MapPost("/password", ChangePassword.Handle)
            .WithName("changePassword")
            .WithSummary("Change one's own password")
            .Allows(Act.ManageSelf)
            .BeforeAnythingElse()
            .Takes<ChangePassword.Request>()
            .Produces(204)
            .Refuses(400)
            .Refuses("account-locked", "password-wrong");
        me.MapPost("/second-factor", SetUpSecondFactor.Begin)
            .WithName("beginSecondFactor")
            .WithSummary("Begin to set up a second factor")
            .Allows(Act.ManageSelf)
            .BeforeAnythingElse()
            .Takes<SetUpSecondFactor.BeginRequest>()
            .Answers<SetUpSecondFactor.BeginResponse>()
            .Refuses(400)
            .Refuses("account-locked", "password-wrong", "second-factor-set-up");
        me.MapPost("/second-factor/confirm", SetUpSecondFactor.Confirm)
            .WithName("confirmSecondFactor")
            .WithSummary("Confirm the second factor by its first code")
            .Allows(Act.ManageSelf)
            .BeforeAnythingElse()
            .Takes<SetUpSecondFactor.ConfirmRequest>()
            .Answers<SetUpSecondFactor.ConfirmResponse>()
            .Refuses(400, 409)
            .Refuses("account-locked", "second-factor-mismatch");
        me.MapPost("/second-factor/remove", SetUpSecondFactor.Remove)
            .WithName("removeSecondFactor")
            .WithSummary("Remove one's own second factor")
            .Allows(Act.ManageSelf)
            .Takes<SetUpSecondFactor.BeginRequest>()
            .Produces(204)
            .Refuses(400, 409)
            .Refuses("account-locked", "password-wrong");
        me.MapGet("/sessions", ManageSessions.Mine)
            .WithName("listMySessions")
            .WithSummary("List one's own sessions")
            .Allows(Act.ManageSelf)
            .Answers<Page<SessionView>>();
        me.MapPost("/sessions/{id}/revoke", ManageSessions.RevokeMine)
            .WithName("revokeMySession")
            .WithSummary("End one of one's own sessions")
            .Allows(Act.ManageSelf)
            .Produces(204)
            .Refuses(404);

        var users = api.MapGroup("/users").Tagged("Users", "Accounts of people, their sessions and second factors.");
        users
            .MapGet("/", ReadUsers.All)
            .WithName("listUsers")
            .WithSummary("List accounts")
            .Allows(Act.ManageUsers)
            .Reads([
                Query.Text("q", "A part of the sign-in name or of the person's name."),
                Query.Choice<Role>("role", "Only accounts of this role."),
                Query.Unit,
                Query.Flag("active", "Only accounts that may sign in, or only those that may not."),
                .. Query.CountedPages,
            ])
            .Answers<Page<UserAccount>>();
        users
            .MapPost("/", ChangeUser.Add)
            .WithName("createUser")
            .WithSummary("Create an account")
            .Allows(Act.ManageUsers)
            .Takes<UserBody>()
            .Answers<UserAccount>(201)
            .Refuses(400)
            .Refuses("duplicate-code");
        users
            .MapGet("/{id}", ReadUsers.Single)
            .WithName("getUser")
            .WithSummary("Get an account")
            .Allows(Act.ManageUsers)
            .Answers<UserAccount>()
            .Refuses(404);
        users
            .MapPatch("/{id}", ChangeUser.Edit)
            .WithName("editUser")
            .WithSummary("Change an account")
            .Allows(Act.ManageUsers)
            .TakesPatchOf<UserBody>()
            .Answers<UserAccount>()
            .Refuses(400, 404)
            .Refuses("last-admin", "second-person-required");
        users
            .MapPost("/{id}/set-up-link", ChangeUser.NewLink)
            .WithName("issueSetUpLink")
            .WithSummary("Issue a new set-up link")
            .Allows(Act.ManageUsers)
            .NeedsIfMatch()
            .Answers<UserAccount>()
            .Refuses(404)
            .Refuses("user-inactive");
        users
            .MapPost("/{id}/unlock", ChangeUser.Unlock)
            .WithName("unlockUser")
            .WithSummary("Unlock an account")
            .Allows(Act.ManageUsers)
            .NeedsIfMatch()
            .Answers<UserAccount>()
            .Refuses(404);
        users
            .MapPost("/{id}/reset-second-factor", ChangeUser.ResetSecondFactor)
            .WithName("resetSecondFactor")
            .WithSummary("Remove a person's second factor")
            .Allows(Act.ManageUsers)
            .NeedsIfMatch()
            .Answers<UserAccount>()
            .Refuses(404);
        users
            .MapGet("/{id}/sessions", ManageSessions.OfUser)
            .WithName("listUserSessions")
            .WithSummary("List the sessions of a person")
            .Allows(Act.ManageUsers)
            .Answers<Page<SessionView>>()
            .Refuses(404);
        users
            .MapPost("/{id}/sessions/{sessionId}/revoke", ManageSessions.RevokeOfUser)
            .WithName("revokeUserSession")
            .WithSummary("End a session of a person")
            .Allows(Act.ManageUsers)
            .Produces(204)
            .Refuses(404);

        var keys = api.MapGroup("/api-keys")
            .Tagged("API keys", "Keys for machines: scopes, unit, expiry, rotation, a second person's yes.");
        keys.MapGet("/", ReadKeys.All)
            .WithName("listApiKeys")
            .WithSummary("List the keys for machines")
            .Allows(Act.ManageKeys)
            .Reads(Query.CountedPages)
            .Answers<Page<ApiKeyView>>();
        keys.MapPost("/", ChangeKey.Add)
            .WithName("createApiKey")
            .WithSummary("Make a key for a machine")
            .Allows(Act.ManageKeys)
            .Takes<ApiKeyBody>()
            .Example(
                """
                { "name": "统计系统", "scopes": ["reports:read"] }
                """
            )
            .Answers<ApiKeyView>(201)
            .Refuses(400);
        keys.MapGet("/{id}", ReadKeys.Single)
            .WithName("getApiKey")
            .WithSummary("Get a key for a machine")
            .Allows(Act.ManageKeys)
            .Answers<ApiKeyView>()
            .Refuses(404);
        keys.MapPatch("/{id}", ChangeKey.Edit)
            .WithName("editApiKey")
            .WithSummary("Change a key for a machine")
            .Allows(Act.ManageKeys)
            .TakesPatchOf<ApiKeyBody>()
            .Answers<ApiKeyView>()
            .Refuses(400, 404)
            .Refuses("key-revoked");
        keys.MapPost("/{id}/rotate", ChangeKey.Rotate)
            .WithName("rotateApiKey")
            .WithSummary("Replace a key's secret; the old one holds for a while")
            .Allows(Act.ManageKeys)
            .Takes<ChangeKey.RotateRequest>()
            .NeedsIfMatch()
            .Answers<ApiKeyView>()
            .Refuses(404)
            .Refuses("key-revoked");
        keys.MapPost("/{id}/revoke", ChangeKey.Revoke)
            .WithName("revokeApiKey")
            .WithSummary("End a key at once")
            .Allows(Act.ManageKeys)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<ApiKeyView>()
            .Refuses(404)
            .Refuses("key-revoked");

        var unitKeys = api.MapGroup("/unit-keys").WithTags("API keys");
        unitKeys
            .MapGet("/", UnitKeys.All)
            .WithName("listUnitKeys")
            .WithSummary("List the keys of one's unit that wait for a second person")
            .Allows(Act.ConfirmKeys)
            .Reads(Query.CountedPages)
            .Answers<Page<ApiKeyView>>();
        unitKeys
            .MapGet("/{id}", UnitKeys.Single)
            .WithName("getUnitKey")
            .WithSummary("Get a key of one's unit")
            .Allows(Act.ConfirmKeys)
            .Answers<ApiKeyView>()
            .Refuses(404);
        unitKeys
            .MapPost("/{id}/confirm", UnitKeys.Confirm)
            .WithName("confirmUnitKey")
            .WithSummary("Confirm a key as a second person")
            .Allows(Act.ConfirmKeys)
            .NeedsIfMatch()
            .Answers<ApiKeyView>()
            .Refuses(404)
            .Refuses("key-confirmed", "key-revoked", "second-person-required");

        api.MapGet("/leaders", ReadUsers.Leaders)
            .WithName("listLeaders")
            .WithSummary("List the leaders who can be named")
            .WithTags("Users")
            .Allows(Act.ReadReference)
            .Answers<Page<PersonRef>>();
        api.MapGet("/permissions", PermissionTable.Handle)
            .WithName("readPermissions")
            .WithSummary("Read the table of who may do what")
            .WithTags("Access")
            .Allows(Act.ReadPermissions)
            .Answers<PermissionTable.Response>();
    }
}

/// <summary>A unit as people see it: id and name.</summary>
public sealed record JurisdictionRef(string Id, string Code, string Name);

/// <summary>The person who signed in, or the machine whose key calls.</summary>
/// <param name="Role">Null for a machine: its scopes say what it may do.</param>
public sealed record UserView(
    string Id,
    string Username,
    string DisplayName,
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never
    )]
        Role? Role,
    JurisdictionRef? Jurisdiction
)
{
    public static UserView Of(Caller caller) =>
        new(caller.UserId, caller.Username, caller.DisplayName, caller.Role, JurisdictionOf(caller));

    public static JurisdictionRef? JurisdictionOf(Caller caller) =>
        caller.JurisdictionId is { } id ? new(id, caller.JurisdictionCode!, caller.JurisdictionName!) : null;
}

/// <summary>Who the caller is and may do.</summary>
public static class Me
{
    public sealed record Response
    {
        public required UserView User { get; init; }

        [System.Text.Json.Serialization.JsonIgnore(
            Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never
        )]
        public Role? Role { get; init; }

        [System.Text.Json.Serialization.JsonIgnore(
            Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never
        )]
        public JurisdictionRef? Jurisdiction { get; init; }
        public required IReadOnlyList<string> Permissions { get; init; }

        /// <summary>What the key of a machine is for.</summary>
        public IReadOnlyList<string>? Scopes { get; init; }

        /// <summary>The slug of what has to be done before anything else is answered: `password-change-required`, `second-factor-set-up-required`, `key-confirmation-required`.</summary>
        public string? FirstStep { get; init; }
        public bool? SecondFactor { get; init; }
        public bool? HasPassword { get; init; }

        /// <summary>How many characters a new password of the person needs.</summary>
        public int? PasswordMinLength { get; init; }
    }

    public static Task<IResult> Handle(Call call) =>
        call.Read<IResult>(async session =>
        {
            var caller = call.Caller;
            var account = caller.IsKey ? null : await UserRow.ById(session, caller.UserId);
            return Reply.Plain(
                new Response
                {
                    User = UserView.Of(caller),
                    Role = caller.Role,
                    Jurisdiction = UserView.JurisdictionOf(caller),
                    Permissions = Store.People.Permissions.Of(caller),
                    Scopes = caller.IsKey ? [.. caller.Scopes.Select(Store.People.Scopes.Name)] : null,
                    FirstStep = caller.First,
                    SecondFactor = account?.TotpConfirmedAt is null
                        ? account is null
                            ? null
                            : false
                        : true,
                    HasPassword = account is null ? null : account.PasswordHash.Length > 0,
                    PasswordMinLength =
                        account is null ? null
                        : account.TotpConfirmedAt is null ? Passwords.MinLength
                        : Passwords.MinLengthWithSecondFactor,
                }
            );
        });
}

/// <summary>The one table of rights, as it is enforced: made from the code, for people to read.</summary>
public static class PermissionTable
{
    public sealed record RoleGrant(Role Role, IReadOnlyList<string> Relations);

    public sealed record ScopeGrant(string Scope, IReadOnlyList<string> Relations);

    public sealed record Operation(string Name, string Method, string Path);

    public sealed record Row(
        string Act,
        IReadOnlyList<RoleGrant> Roles,
        IReadOnlyList<ScopeGrant> Scopes,
        IReadOnlyList<Operation> Operations
    );

    public sealed record Response(IReadOnlyList<Row> Items);

    public static IResult Handle(Call call, EndpointDataSource endpoints)
    {
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        var operations = endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Needs>() is not null)
            .ToLookup(
                endpoint => endpoint.Metadata.GetMetadata<Needs>()!.Act,
                endpoint => new Operation(
                    endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IEndpointNameMetadata>()!.EndpointName,
                    endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0],
                    endpoint.RoutePattern.RawText!
                )
            );
        return Reply.Plain(
            new Response([
                .. Store
                    .People.Permissions.Table.OrderBy(row => row.Key)
                    .Select(row => new Row(
                        Slug.Of(row.Key),
                        [
                            .. row
                                .Value.Roles.OrderBy(grant => grant.Key)
                                .Select(grant => new RoleGrant(grant.Key, Names(grant.Value))),
                        ],
                        [
                            .. row
                                .Value.Scopes.OrderBy(grant => grant.Key)
                                .Select(grant => new ScopeGrant(
                                    Store.People.Scopes.Name(grant.Key),
                                    Names(grant.Value)
                                )),
                        ],
                        [
                            .. operations[row.Key]
                                .OrderBy(operation => operation.Path, StringComparer.Ordinal)
                                .ThenBy(operation => operation.Method, StringComparer.Ordinal),
                        ]
                    )),
            ])
        );
    }

    private static string[] Names(Relations relations) =>
        [
            .. Enum.GetValues<Relations>()
                .Where(relation => relation != Relations.None && relations.HasFlag(relation))
                .Select(Slug.Of),
        ];
}
