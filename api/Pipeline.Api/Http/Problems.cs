using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Http;

/// <summary>RFC 9457 problem document.</summary>
public sealed record Problem
{
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required int Status { get; init; }
    public required string Detail { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Help { get; init; }
    public required string Instance { get; init; }
    public required string TraceId { get; init; }

    /// <summary>What is wrong, by the path of the member in the request.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ProblemError>>? Errors { get; init; }
}

/// <summary>One thing that is wrong with a member: a stable code and a message for people.</summary>
public sealed record ProblemError(string Code, string Message);

/// <summary>Every problem the API answers, by slug; each is a page below <c>/problems</c>.</summary>
public static class Problems
{
    /// <summary>The tag of <c>http.server.request.duration</c> that tells which refusal was answered.</summary>
    public const string SlugTag = "pipeline.problem";

    /// <summary>Slugs and their status.</summary>
    public static readonly IReadOnlyDictionary<string, int> Statuses = new Dictionary<string, int>(
        StringComparer.Ordinal
    )
    {
        ["validation-failed"] = 400,
        ["malformed-request"] = 400,
        ["cursor-invalid"] = 400,
        ["cursor-expired"] = 410,
        ["webhook-target-refused"] = 422,
        ["webhook-consent-missing"] = 422,
        ["unauthenticated"] = 401,
        ["invalid-credentials"] = 401,
        ["account-locked"] = 429,
        ["second-factor-required"] = 401,
        ["second-factor-invalid"] = 401,
        ["password-change-required"] = 403,
        ["second-factor-set-up-required"] = 403,
        ["password-wrong"] = 422,
        ["link-invalid"] = 422,
        ["second-factor-set-up"] = 409,
        ["second-factor-mismatch"] = 422,
        ["user-inactive"] = 409,
        ["last-admin"] = 409,
        ["key-revoked"] = 409,
        ["no-sandbox"] = 409,
        ["key-confirmed"] = 409,
        ["key-confirmation-required"] = 403,
        ["second-person-required"] = 403,
        ["period-closed"] = 409,
        ["period-open"] = 409,
        ["period-order"] = 409,
        ["period-not-over"] = 409,
        ["ledger-incomplete"] = 409,
        ["reopening-asked"] = 409,
        ["reopening-not-asked"] = 409,
        ["snapshot-with-instant"] = 400,
        ["period-not-closed"] = 409,
        ["bulletin-issued"] = 409,
        ["bulletin-superseded"] = 409,
        ["sign-on-refused"] = 401,
        ["sign-on-expired"] = 401,
        ["sign-on-unavailable"] = 503,
        ["sign-on-unknown-user"] = 401,
        ["sign-on-no-role"] = 401,
        ["forbidden"] = 403,
        ["not-found"] = 404,
        ["method-not-allowed"] = 405,
        ["not-acceptable"] = 406,
        ["payload-too-large"] = 413,
        ["uri-too-long"] = 414,
        ["unsupported-media-type"] = 415,
        ["range-not-satisfiable"] = 416,
        ["illegal-move"] = 409,
        ["move-pending"] = 409,
        ["move-decided"] = 409,
        ["evidence-missing"] = 422,
        ["date-order"] = 422,
        ["self-verification"] = 403,
        ["report-required"] = 422,
        ["below-threshold"] = 422,
        ["report-incomplete"] = 422,
        ["claim-already-held"] = 409,
        ["project-already-signed"] = 409,
        ["claim-held-by-another"] = 409,
        ["claim-not-active"] = 409,
        ["claim-decided"] = 409,
        ["reason-known"] = 409,
        ["too-many-reasons"] = 409,
        ["claim-returned"] = 409,
        ["claim-not-returned"] = 409,
        ["alias-known"] = 409,
        ["review-order"] = 409,
        ["extension-limit"] = 409,
        ["not-contestable"] = 409,
        ["contest-period-over"] = 409,
        ["dispute-open"] = 409,
        ["dispute-decided"] = 409,
        ["answer-awaited"] = 409,
        ["too-many-views"] = 409,
        ["too-many-calendars"] = 409,
        ["too-many-files"] = 409,
        ["too-many-imports"] = 409,
        ["import-ended"] = 409,
        ["import-running"] = 409,
        ["import-continued"] = 409,
        ["import-stored"] = 409,
        ["import-undone"] = 409,
        ["project-undone"] = 409,
        ["import-built-on"] = 409,
        ["import-untraced"] = 409,
        ["nothing-to-undo"] = 409,
        ["undo-too-large"] = 409,
        ["import-rows-removed"] = 409,
        ["import-file-removed"] = 409,
        ["dry-run-only"] = 409,
        ["no-update-proposed"] = 409,
        ["nothing-to-accept"] = 409,
        ["report-waiting"] = 409,
        ["update-decided"] = 409,
        ["update-outdated"] = 409,
        ["own-decision"] = 403,
        ["unit-barred"] = 409,
        ["transfer-not-allowed"] = 409,
        ["transfer-ended"] = 409,
        ["offer-ended"] = 409,
        ["transfer-not-accepted"] = 409,
        ["notice-required"] = 422,
        ["notice-ended"] = 409,
        ["flag-not-set"] = 409,
        ["removal-decided"] = 409,
        ["removal-contestable"] = 409,
        ["not-tolerable"] = 409,
        ["parcel-taken"] = 409,
        ["parcel-state"] = 409,
        ["parcel-elsewhere"] = 422,
        ["project-not-signed"] = 409,
        ["chain-exists"] = 409,
        ["on-node"] = 409,
        ["event-cancelled"] = 409,
        ["result-known"] = 409,
        ["result-closed"] = 409,
        ["result-follows-project"] = 409,
        ["need-retired"] = 409,
        ["match-open"] = 409,
        ["match-order"] = 409,
        ["match-ended"] = 409,
        ["office-people-only"] = 422,
        ["lead-state"] = 409,
        ["lead-incomplete"] = 422,
        ["amount-missing"] = 422,
        ["on-team"] = 409,
        ["membership-over"] = 409,
        ["batch-too-soon"] = 409,
        ["batch-empty"] = 409,
        ["batch-issued"] = 409,
        ["not-eligible"] = 422,
        ["agenda-issued"] = 409,
        ["agenda-not-issued"] = 409,
        ["cut-off-ahead"] = 409,
        ["meeting-ended"] = 409,
        ["action-done"] = 409,
        ["action-open"] = 409,
        ["decision-not-possible"] = 422,
        ["problem-closed"] = 409,
        ["problem-answered"] = 409,
        ["problem-not-answered"] = 409,
        ["answer-contestable"] = 409,
        ["not-blocking"] = 409,
        ["blocked-by-problem"] = 409,
        ["secret-project"] = 422,
        ["voucher-missing"] = 422,
        ["capital-not-counted"] = 422,
        ["landing-not-correctable"] = 409,
        ["landing-unfit"] = 422,
        ["project-unknown"] = 404,
        ["capital-not-due"] = 409,
        ["entry-decided"] = 409,
        ["entry-reversed"] = 409,
        ["shares-not-whole"] = 422,
        ["agreement-decided"] = 409,
        ["agreement-in-force"] = 409,
        ["rule-set-overlap"] = 422,
        ["rule-set-in-force"] = 409,
        ["rule-set-published"] = 409,
        ["draft-decided"] = 409,
        ["indicator-exists"] = 409,
        ["indicators-full"] = 409,
        ["model-published"] = 409,
        ["not-scored"] = 409,
        ["ranks-withheld"] = 403,
        ["expression-invalid"] = 422,
        ["nothing-to-publish"] = 409,
        ["draft-outdated"] = 409,
        ["duplicate-code"] = 409,
        ["external-ref-taken"] = 409,
        ["entry-known"] = 409,
        ["entry-retired"] = 409,
        ["referrer-named"] = 409,
        ["referrer-too-late"] = 409,
        ["referrer-confirmed"] = 409,
        ["referrer-barred"] = 422,
        ["investment-decided"] = 409,
        ["precondition-required"] = 428,
        ["precondition-failed"] = 412,
        ["idempotency-key-reused"] = 422,
        ["request-in-progress"] = 409,
        ["rate-limited"] = 429,
        ["internal-error"] = 500,
        ["database-unavailable"] = 503,
        ["record-unreadable"] = 503,
        ["clock-unreliable"] = 503,
        ["starting"] = 503,
    };

    /// <summary>The refusals that any operation may answer; all others are told by the operations that answer them.</summary>
    public static readonly IReadOnlySet<string> Everywhere = new HashSet<string>(StringComparer.Ordinal)
    {
        "validation-failed",
        "malformed-request",
        "cursor-invalid",
        "unauthenticated",
        "forbidden",
        "key-confirmation-required",
        "password-change-required",
        "second-factor-set-up-required",
        "not-found",
        "method-not-allowed",
        "not-acceptable",
        "precondition-failed",
        "payload-too-large",
        "uri-too-long",
        "unsupported-media-type",
        "range-not-satisfiable",
        "precondition-required",
        "rate-limited",
        "request-in-progress",
        "idempotency-key-reused",
        "internal-error",
        "database-unavailable",
        "record-unreadable",
        "clock-unreliable",
        "starting",
    };

    /// <summary>The problem document of a refusal.</summary>
    public static Problem Of(HttpContext context, Refusal refusal)
    {
        var language = Messages.Language(context.Request);
        return new Problem
        {
            Type = $"/problems/{refusal.Slug}",
            Title = Messages.Text(language, $"problem.{refusal.Slug}.title"),
            Status = Statuses[refusal.Slug],
            Detail = Messages.Text(language, $"problem.{refusal.Slug}.detail", [.. refusal.Args]),
            Help = Messages.Text(language, $"problem.{refusal.Slug}.help"),
            Instance = context.Request.Path,
            TraceId = TraceId(context),
            Errors =
                refusal.Errors.Count == 0
                    ? null
                    : refusal
                        .Errors.GroupBy(error => error.Field)
                        .ToDictionary(
                            group => group.Key,
                            group =>
                                (IReadOnlyList<ProblemError>)
                                    [
                                        .. group.Select(error => new ProblemError(
                                            error.Code,
                                            Messages.Text(language, $"code.{error.Code}", error.Args)
                                        )),
                                    ]
                        ),
        };
    }

    /// <summary>Writes the problem document of a refusal.</summary>
    public static async Task Write(HttpContext context, Refusal refusal)
    {
        var (problem, language) = (Of(context, refusal), Messages.Language(context.Request));
        var status = problem.Status;
        var response = context.Response;
        response.StatusCode = status;
        context.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new(SlugTag, refusal.Slug));
        if (status == 503 && !response.Headers.ContainsKey("Retry-After"))
            response.Headers.RetryAfter = "2";
        if (status == 401)
            response.Headers.WWWAuthenticate = "Bearer";
        response.ContentType = "application/problem+json";
        response.Headers.ContentLanguage = language;
        response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
            await JsonSerializer.SerializeAsync(response.Body, problem, Json.Options);
    }

    public static string TraceId(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>Turns what the framework answers by itself, and what nobody foresaw, into problem documents.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.Use(
            (context, next) =>
            {
                context.Response.Headers["X-Request-Id"] = TraceId(context);
                return next(context);
            }
        );
        app.UseExceptionHandler();
        app.UseStatusCodePages(pages => Write(pages.HttpContext, Unwritten(pages.HttpContext.Response.StatusCode)));
    }

    /// <summary>What an answer without a body is about.</summary>
    private static Refusal Unwritten(int status) =>
        new(
            RefusalKind.Invalid,
            status switch
            {
                401 => "unauthenticated",
                403 => "forbidden",
                404 => "not-found",
                405 => "method-not-allowed",
                406 => "not-acceptable",
                413 => "payload-too-large",
                414 => "uri-too-long",
                415 => "unsupported-media-type",
                416 => "range-not-satisfiable",
                >= 500 => "internal-error",
                _ => "malformed-request",
            }
        );
}
