using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http.Access;

/// <summary>Who calls, as the framework carries it through a request.</summary>
public sealed class CallerIdentity(Caller caller)
    : ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.UserId)], CallerScheme.Name)
{
    public Caller Caller => caller;

    /// <summary>The caller of a request; null while nobody is known.</summary>
    public static Caller? Of(HttpContext context) => (context.User.Identity as CallerIdentity)?.Caller;
}

/// <summary>The one way in which callers make themselves known: a bearer token of a session, or a key. Not asked for where anybody is answered.</summary>
public sealed class CallerScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Callers callers,
    AuditLog log
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";

    private AuditEntry? refused;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Admission.AsksWhoCalls(Context))
            return AuthenticateResult.NoResult();
        (var caller, refused) = await callers.Identify(Context);
        return caller is null
            ? AuthenticateResult.NoResult()
            : AuthenticateResult.Success(
                new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller)), Name)
            );
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (refused is not null)
            await log.Add(refused);
        await Problems.Write(Context, new Refusal(RefusalKind.Forbidden, "unauthenticated"));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Write(Context, Refusal.Forbidden);
}

/// <summary>Answers who may not, with the problem that says what is in the way.</summary>
public sealed class RefuseWithProblems : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    ) =>
        authorizeResult.Succeeded ? next(context)
        : authorizeResult.AuthorizationFailure?.FailureReasons.FirstOrDefault() is { } reason
            ? Problems.Write(context, new Refusal(RefusalKind.Forbidden, reason.Message))
        : context.ForbidAsync();
}
