using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Figures;

/// <summary>Reads the forecast of landings (§15.12), with what its method would have said of the year before, and what came of it. A unit reads its own.</summary>
public static class ReadForecast
{
    private const int MostMonths = 12,
        UsualMonths = 6;

    public static async Task<IResult> Handle(Call call)
    {
        var query = new QueryReader(call.Request);
        var unit = query.Text("jurisdictionId", 32);
        var months = (int)(query.Whole("months", 1, MostMonths) ?? UsualMonths);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        var city = Permissions.ReadsCity(call.Caller);
        var mine = call.Caller.Unit ?? "";
        if (!city && unit is not null && unit != mine)
            return (Reply)Refusal.NotFound;
        return await call.Read<IResult>(async session =>
        {
            var withSecret = !city || Permissions.ReadsSecret(call.Caller);
            var (cohorts, unknown) = await DwellCohorts.Read(session, city ? unit : mine, withSecret);
            var last = Periods.MonthOf(session.Today.AddDays(1).AddMonths(-1));
            var forecast = LandingForecast.Of(cohorts, last, months);
            return Reply.Plain(
                new ForecastView
                {
                    MadeAt = await DwellCohorts.MadeAt(session),
                    LastMonth = last,
                    Items = forecast.Months,
                    Open = forecast.Open,
                    UnknownBeginning = unknown,
                    Past = forecast.Past,
                    Error = forecast.Error is { } error ? Math.Round(error, 6) : null,
                    WithoutSecret = !withSecret,
                }
            );
        });
    }
}

/// <summary>How many projects are expected to land in the next months, and what the method would have said before.</summary>
public sealed record ForecastView
{
    /// <summary>When the library was last counted for it; absent: not yet, so that there is no forecast.</summary>
    public DateTimeOffset? MadeAt { get; init; }

    /// <summary>The last month whose landings are known in full.</summary>
    public required string LastMonth { get; init; }

    /// <summary>Absent where fewer than ten landings were seen in three years, or nothing was counted yet.</summary>
    public IReadOnlyList<ForecastMonth>? Items { get; init; }

    /// <summary>The projects that have neither landed nor ended, which it carries on.</summary>
    public required long Open { get; init; }

    /// <summary>Further ones, of which nobody knows since when they are in talks; they are left out.</summary>
    public required long UnknownBeginning { get; init; }
    public required IReadOnlyList<PastForecast> Past { get; init; }

    /// <summary>The past error: Σ |forecast − landed| ÷ Σ landed; absent where it is not known.</summary>
    public decimal? Error { get; init; }

    /// <summary>Secret projects that are not open to the caller are not counted.</summary>
    public required bool WithoutSecret { get; init; }
}
