using System.Globalization;
using System.Net;
using Microsoft.OpenApi;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Workers;
using Pipeline.Data;
using Pipeline.Domain;
using Swashbuckle.AspNetCore.Swagger;

namespace Pipeline.Api.Features.Service;

public static class ServiceEndpoints
{
    public static void MapService(this WebApplication app, IEndpointRouteBuilder api)
    {
        app.MapHealth();
        app.MapGet("/problems/{slug}", ProblemPages.Handle)
            .WithName("problem")
            .WithTags("Service")
            .Open()
            .ExcludeFromDescription();
        app.MapGet("/openapi.yaml", (ServedDescription served, HttpContext context) => served.Yaml(context))
            .WithName("openapiYaml")
            .Open()
            .ExcludeFromDescription();
        app.MapGet("/openapi.json", (ServedDescription served, HttpContext context) => served.Json(context))
            .WithName("openapiJson")
            .Open()
            .ExcludeFromDescription();
        api.MapGet("/about", (Keeper keeper, Call call) => keeper.Tell(call))
            .WithName("getAbout")
            .WithSummary("Tell the version, and whom to ask for help")
            .WithTags("Service")
            .Open()
            .Answers<Keeper.Response>();
        api.MapGet("/demo", DemoCity.Handle)
            .WithName("getDemo")
            .WithSummary("Tell whether this is the demo city, and its accounts")
            .WithTags("Service")
            .Open()
            .Answers<DemoCity.Response>()
            .Refuses(404);
        api.MapPost("/demo/clock", (Call call, Sandbox sandbox) => sandbox.Move(call))
            .WithName("moveDemoClock")
            .WithSummary("Move the clock of the demo city forward")
            .WithDescription(
                "Windows, notices, lights and sessions end as they would if the time had passed; what the workers do is done at once. Only where `Demo__Clock` is set; it never goes back, but by a reset."
            )
            .WithTags("Service")
            .Allows(Act.ManageSandbox)
            .Takes<MoveClockRequest>()
            .Answers<ClockView>()
            .Refuses("no-sandbox");
        api.MapPost("/demo/reset", (Call call, Sandbox sandbox, IHostApplicationLifetime lifetime, Database database) =>
                sandbox.Reset(call, lifetime, database)
            )
            .WithName("resetDemo")
            .WithSummary("Begin anew with a fresh demo city")
            .WithDescription(
                "Everything in it is deleted, keys and accounts too; the service is away for some seconds, until `/health/ready` answers 200 again. Only where `Demo__Clock` is set and the database is the embedded file."
            )
            .WithTags("Service")
            .Allows(Act.ManageSandbox)
            .Produces(202)
            .Refuses("no-sandbox");
        api.MapPost("/clock/confirm", ConfirmClock)
            .WithName("confirmClock")
            .WithSummary("Confirm the clock after it went back")
            .Tagged("Service", "The service itself: the demo city, the clock.")
            .Allows(Act.ConfirmClock)
            .Produces(204);
    }

    /// <summary>The one write that must succeed while the clock is distrusted; it is none of the idempotent ones, and confirming twice is confirming.</summary>
    private static async Task<IResult> ConfirmClock(Call call, Database database, ILogger<Clock> log)
    {
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        if (call.ValidateOnly)
            return Reply.Only(new DryRun(true, Matching.NotRun));
        await database.ConfirmClock(
            Origins.Entry(call.Context, AuditOutcome.Done) with
            {
                Origin = Origins.Of(call.Context),
            }
        );
        log.LogWarning("The wall clock was confirmed by {User}", call.Caller.Username);
        return Reply.NoContent();
    }
}

/// <summary>The accounts of the demo city, for its sign-in page.</summary>
public static class DemoCity
{
    public sealed record Account(
        string Username,
        string DisplayName,
        Role Role,
        string? Jurisdiction,
        string? JurisdictionEn
    );

    /// <param name="Clock">What its clock says, where that can be moved; absent elsewhere.</param>
    public sealed record Response(string Password, IReadOnlyList<Account> Accounts, DateTimeOffset? Clock);

    public static async Task<IResult> Handle(DemoSettings demo, Sandbox sandbox, Call call, Database database)
    {
        if (demo.Password is not { } password)
            return (Reply)Refusal.NotFound;
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        var rows = await database.Read(session => session.Query<Row>(Select));
        return Reply.Plain(
            new Response(
                password,
                [
                    .. rows.Select(row => new Account(
                        row.Username,
                        row.DisplayName,
                        Slug.To<Role>(row.Role),
                        row.Jurisdiction,
                        row.JurisdictionEn
                    )),
                ],
                sandbox.Time?.GetUtcNow()
            )
        );
    }

    private sealed class Row
    {
        public required string Username { get; init; }
        public required string DisplayName { get; init; }
        public required string Role { get; init; }
        public string? Jurisdiction { get; init; }
        public string? JurisdictionEn { get; init; }
    }

    private const string Select = """
        SELECT u.username, u.display_name, u.role, j.name AS jurisdiction, j.name_en AS jurisdiction_en
        FROM users u LEFT JOIN jurisdictions j ON j.id = u.jurisdiction_id
        WHERE u.demo = 1 AND u.active = 1 ORDER BY u.seq
        """;
}

/// <summary>A page for every problem, so that its type can be opened.</summary>
public static class ProblemPages
{
    public static IResult Handle(string slug, HttpContext context)
    {
        if (!Http.Problems.Statuses.TryGetValue(slug, out var status))
            return (Reply)Refusal.NotFound;
        var language = Messages.Language(context.Request);
        static string Html(string text) => WebUtility.HtmlEncode(text);
        var other = language == Messages.Chinese ? Messages.English : Messages.Chinese;
        string Section(string lang) =>
            $"""
                <section lang="{lang}"><h1>{Html(Messages.Text(lang, $"problem.{slug}.title"))}</h1><p>{Html(
                    Messages.Text(lang, $"problem.{slug}.help")
                )}</p></section>
                """;
        return Results.Content(
            $"""
            <!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Html(
                Messages.Text(language, $"problem.{slug}.title")
            )}</title></head>
            <body>{Section(language)}{Section(other)}<p><code>{slug}</code> · HTTP {status}</p></body></html>
            """,
            "text/html; charset=utf-8"
        );
    }
}
