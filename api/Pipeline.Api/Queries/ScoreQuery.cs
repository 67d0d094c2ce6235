using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Queries;

/// <summary>What a request for scores names.</summary>
public sealed record ScoreQuery(string? Model, string? Period)
{
    public static readonly QueryParameter PeriodParameter = Query.Text(
        "period",
        "A month `YYYY-MM`, a quarter `YYYY-Qn` or a year `YYYY` of the model's year; without it the year of the model, or the last that has one. Scores are of the year to its end."
    );

    public static readonly QueryParameter ModelParameter = Query.Text(
        "model",
        "The id of a published model; without it the one in force for the year."
    );

    /// <summary>Those of a list of scores.</summary>
    public static QueryParameter[] Parameters =>
        [ModelParameter, PeriodParameter, Query.Text("group", "Only units of this group of the model.")];

    public static ScoreQuery Read(QueryReader query)
    {
        var (model, period) = (query.Text("model", 32), query.Text("period", 7));
        if (period is not null && Periods.Months(period) is null)
            query.Refuse("period", "period");
        return new ScoreQuery(model, period);
    }

    /// <summary>The model and the period that are asked for. Without a model the one in force for the year; without a period the model's year, or the last that has one.</summary>
    public async Task<Result<(ScoreModelRow? Row, FigurePeriod Period)>> Complete(Session session)
    {
        var row = Model is null ? null : await ScoreModelRow.ById(session, Model);
        if (Model is not null && row is not { At: ScoreModelStatus.Published })
            return Refusal.Invalid(new FieldError("model", "score-model"));
        var year = row?.Year
            ?? (
                Period is null
                    ? await ScoreModelRow.LastYear(session, session.Today.Year) ?? session.Today.Year
                    : int.Parse(Period.AsSpan(0, 4), CultureInfo.InvariantCulture)
            );
        var text = Period ?? year.ToString(CultureInfo.InvariantCulture);
        var period = new FigurePeriod(text, session.Today, ByOccurrence: false);
        return period.Year != year
            ? Refusal.Invalid(new FieldError("period", "period-of-model", year))
            : (row ?? await ScoreModelRow.InForce(session, year), period);
    }
}
