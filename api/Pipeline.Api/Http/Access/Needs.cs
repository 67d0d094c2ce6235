using Microsoft.AspNetCore.Authorization;
using Pipeline.Domain;

namespace Pipeline.Api.Http.Access;

/// <summary>Says on a route what the caller must be allowed to do; asked of <see cref="Permissions"/> before anything else.</summary>
public sealed record Needs(Act Act) : IAuthorizationRequirementData, IAuthorizationRequirement
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>A route that answers without a caller.</summary>
public sealed record OpenToAll : IAllowAnonymous;

/// <summary>A route that a caller may use who still has to change a password or set up a second factor.</summary>
public sealed record BeforeAnythingElse;

/// <summary>Whether a caller may do what the route needs, by the permission table; and whether something has to be done first.</summary>
public sealed class AskPermissions : AuthorizationHandler<Needs>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Needs requirement)
    {
        if (context.Resource is not HttpContext request || CallerIdentity.Of(request) is not { } caller)
            context.Fail();
        else if (!Permissions.Allows(caller, requirement.Act))
            context.Fail(new AuthorizationFailureReason(this, Refusal.Forbidden.Slug));
        else if (caller.First is { } first && request.GetEndpoint()?.Metadata.GetMetadata<BeforeAnythingElse>() is null)
            context.Fail(new AuthorizationFailureReason(this, first));
        else
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
