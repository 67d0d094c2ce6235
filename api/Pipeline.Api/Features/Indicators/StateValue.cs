using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Indicators;

/// <summary>What was stated once.</summary>
public sealed record StatedVersion
{
    public required long Version { get; init; }

    /// <summary>Absent: it was taken back, nothing is known.</summary>
    public decimal? Value { get; init; }
    public required string Source { get; init; }
    public required PersonRef StatedBy { get; init; }
    public required DateTimeOffset StatedAt { get; init; }
}

/// <summary>What is stated of an indicator, of one unit or the city, for one period.</summary>
public sealed record StatedValueView
{
    public required string Indicator { get; init; }

    /// <summary>Absent: the city.</summary>
    public UnitRef? Unit { get; init; }
    public required string Period { get; init; }

    /// <summary>Absent: nothing is known.</summary>
    public decimal? Value { get; init; }
    public string? Source { get; init; }

    /// <summary>0 as long as nothing was ever stated.</summary>
    public required long Version { get; init; }
    public required IReadOnlyList<StatedVersion> Versions { get; init; }
}

/// <summary>States the value of an indicator whose source is statistics or the centre's own count (R100). Nothing is overwritten: each is a version of its own.</summary>
public static class StateValue
{
    public sealed record Request
    {
        /// <summary>At most six places; null takes back what was stated.</summary>
        public decimal? Value { get; init; }

        /// <summary>Whose figure it is: a report, its number.</summary>
        public string? Source { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Value)
                .Must(value => value is null || Millionths.CanStore(value.Value))
                .Coded("indicator-value");
            RuleFor(request => request.Source).Required().Line(500);
        }
    }

    public static Task<IResult> Read(string indicator, string period, string unit, Call call) =>
        call.Read<IResult>(async session =>
            await Find(session, indicator, period, unit) is { } found
                ? Reply.Resource(await View(session, found), await VersionOf(session, found))
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Handle(string indicator, string period, string unit, Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Assessment);
            if (await Find(session, indicator, period, unit) is not { } found)
                return Refusal.NotFound;
            var version = await VersionOf(session, found);
            if (ETags.Check(call.Request, version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            if (string.CompareOrdinal(Periods.Months(period)!.Value.First, Periods.MonthOf(session.Today)) > 0)
                return Refusal.Invalid(new FieldError("period", "future"));
            await StatedRow.Add(
                session,
                call.Caller,
                found.Indicator,
                found.UnitId,
                period,
                version + 1,
                body.Value!.Value,
                body.Value!.Source!.Trim()
            );
            session.Note(
                new AuditEntry("indicator-value-stated")
                {
                    SubjectKind = "indicator-value",
                    SubjectId = $"{found.Indicator}/{period}/{unit}",
                    Reason = body.Value!.Source!.Trim(),
                }
            );
            return Reply.Resource(await View(session, found), version + 1);
        });
    }

    private sealed record Found(string Indicator, string Period, string UnitId, string? UnitName);

    /// <summary>What the path names; null where that is no stated indicator, no period or no unit that reports.</summary>
    private static async Task<Found?> Find(Session session, string indicator, string period, string unit)
    {
        if (
            Periods.Months(period) is null
            || (await IndicatorRow.InUse(session)).FirstOrDefault(one => one.Id == indicator) is not { IsStated: true }
        )
            return null;
        if (unit == TargetRow.City)
            return new Found(indicator, period, "", null);
        return (await JurisdictionRow.All(session)).FirstOrDefault(one => one.Id == unit && one.Reports) is { } known
            ? new Found(indicator, period, known.Id, known.Name)
            : null;
    }

    private static async Task<long> VersionOf(Session session, Found found) =>
        (await StatedRow.Versions(session, found.Indicator, found.UnitId, found.Period)).LastOrDefault()?.Version ?? 0;

    private static async Task<StatedValueView> View(Session session, Found found)
    {
        var versions = await StatedRow.Versions(session, found.Indicator, found.UnitId, found.Period);
        var last = versions.LastOrDefault();
        return new StatedValueView
        {
            Indicator = found.Indicator,
            Unit = found.UnitName is null ? null : new UnitRef(found.UnitId, found.UnitName),
            Period = found.Period,
            Value = last?.Number,
            Source = last?.Source,
            Version = last?.Version ?? 0,
            Versions =
            [
                .. versions.Select(row => new StatedVersion
                {
                    Version = row.Version,
                    Value = row.Number,
                    Source = row.Source,
                    StatedBy = new PersonRef(row.StatedBy, row.StatedByName),
                    StatedAt = row.StatedAt,
                }),
            ],
        };
    }
}
