using System.Text;
using System.Text.Json.Nodes;
using FluentValidation;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>What one person drafts and another publishes (C13): only who drafted it changes it, so that who publishes has written none of it.</summary>
public readonly record struct Draft(string DraftedBy, long Version)
{
    /// <summary>Its body as a patch makes it.</summary>
    /// <param name="rules">What its members are held to; null where that takes more than the body.</param>
    public Result<T> Patched<T>(Call call, T body, Parsed<JsonObject> patch, IValidator<T>? rules, DateOnly today)
        where T : class
    {
        if (DraftedBy != call.Caller.UserId)
            return Refusal.Forbidden;
        if (ETags.Check(call.Request, Version) is { } stale)
            return stale;
        if (patch.Refusal is { } malformed)
            return malformed;
        var merged = Json.MergePatch(Json.Node(body), patch.Value)!;
        var parsed = Call.Parse(Encoding.UTF8.GetBytes(merged.ToJsonString()), rules, today);
        return parsed.Refusal is { } invalid ? invalid : parsed.Value!;
    }

    /// <summary>Why the caller may not publish it as it was read; null: it may be published.</summary>
    public Refusal? WhyNotPublished(Call call) =>
        DraftedBy == call.Caller.UserId
            ? new Refusal(RefusalKind.Forbidden, "second-person-required")
            : ETags.Check(call.Request, Version);
}
