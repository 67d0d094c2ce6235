using System.Globalization;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Service;

/// <summary>Whether this demo city may be reset and its clock moved (`Demo:Clock`), and whether a reset was asked for.</summary>
/// <exception cref="InvalidOperationException">It is asked for outside a demo city.</exception>
public sealed class Sandbox
{
    public Sandbox(DemoSettings demo, TimeProvider time)
    {
        Time = time as SandboxTime;
        if (Time is not null && !demo.Enabled)
            throw new InvalidOperationException(
                "Demo:Clock moves the clock of a demo city only: set Demo:Enabled as well, or leave it out."
            );
    }

    /// <summary>The clock that can be moved; null where this is no sandbox.</summary>
    public SandboxTime? Time { get; }

    /// <summary>Whether the city is to begin anew once the service has come to its end.</summary>
    public bool BeginsAnew { get; private set; }

    /// <summary>Takes up the clock where it was left.</summary>
    public async Task Begin(Database database)
    {
        if (
            Time is { } time
            && await database.Read(session => session.One<string>(Select)) is { } kept
            && long.TryParse(kept, CultureInfo.InvariantCulture, out var ticks)
        )
            time.MoveTo(TimeSpan.FromTicks(ticks));
    }

    /// <summary>Moves the clock forward. Sessions, tokens and windows end as they would if the time had passed.</summary>
    public async Task<IResult> Move(Call call)
    {
        var body = await call.Body(Validation.Of<MoveClockRequest.Validator>());
        TimeSpan? ahead = null;
        var reply = await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            if (Time is not { } time)
                return None;
            var to = body.Value!.To ?? Later(session.Now, body.Value.By!.Value);
            if (to <= session.Now)
                return Refusal.Invalid(new FieldError(body.Value.To is null ? "by" : "to", "past"));
            if (to > session.Now.AddYears(MostYears))
                return Refusal.Invalid(
                    new FieldError(
                        body.Value.To is null ? "by" : "to",
                        "date-range",
                        Iso.Text(session.Now.AddYears(MostYears))
                    )
                );
            var moved = time.Ahead + (to - time.GetUtcNow());
            await session.Lock(LockName.Seed);
            var text = moved.Ticks.ToString(CultureInfo.InvariantCulture);
            if (await session.Execute(Update, new { value = text }) == 0)
                await session.Execute(Insert, new { value = text });
            ahead = moved;
            return Reply.Plain(new ClockView(to));
        });
        if (ahead is { } stands && !call.ValidateOnly)
            Time!.MoveTo(stands);
        return reply;
    }

    /// <summary>Ends the service when the answer is out; it then begins with a new demo city.</summary>
    public IResult Reset(Call call, IHostApplicationLifetime lifetime, Database database)
    {
        if (call.UnknownParameters() is { } unknown)
            return (Reply)unknown;
        if (Time is null || database.Dialect.File is null)
            return (Reply)None;
        if (call.ValidateOnly)
            return Reply.Only(new DryRun(true, Matching.NotRun));
        BeginsAnew = true;
        call.Context.Response.OnCompleted(() =>
        {
            lifetime.StopApplication();
            return Task.CompletedTask;
        });
        return Reply.Accepted("/health/ready");
    }

    private static Refusal None => new(RefusalKind.Conflict, "no-sandbox");

    private static DateTimeOffset Later(DateTimeOffset now, IsoDuration by) =>
        now.AddMonths(by.Months).AddDays(by.Days) + by.Time;

    private const int MostYears = 20;
    private const string Select = "SELECT value FROM settings WHERE name = 'demo-clock'";
    private const string Update = "UPDATE settings SET value = @value WHERE name = 'demo-clock'";
    private const string Insert = "INSERT INTO settings (name, value) VALUES ('demo-clock', @value)";
}

internal static class SandboxDates
{
    /// <summary>Says in `Date` what the moved clock says, so that pages count from it.</summary>
    public static void UseSandboxDates(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Sandbox>().Time is not { } time)
            return;
        app.Use(
            (context, next) =>
            {
                context.Response.Headers.Date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
                return next(context);
            }
        );
    }
}

/// <summary>What the clock of a demo city says.</summary>
public sealed record ClockView(DateTimeOffset Now);

/// <summary>Where the clock of a demo city is moved to: one of the two.</summary>
public sealed record MoveClockRequest
{
    /// <summary>The instant that it is to say.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>How much later it is to be: `P1M`, `P3D`, `PT2H`.</summary>
    public IsoDuration? By { get; init; }

    public sealed class Validator : AbstractValidator<MoveClockRequest>
    {
        public Validator()
        {
            RuleFor(request => request.To).Instant();
            RuleFor(request => request.By).NotNull().Coded("to-or-by").When(request => request.To is null);
            RuleFor(request => request.By).Null().Coded("to-or-by").When(request => request.To is not null);
        }
    }
}
