using System.Globalization;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Targets;

/// <summary>A version of a target (R102).</summary>
public sealed record TargetVersion
{
    public required long Version { get; init; }

    /// <summary>Absent: there is to be no target.</summary>
    public decimal? Value { get; init; }

    /// <summary>Whether it counts for the bars of the year (R115).</summary>
    public required bool Binding { get; init; }
    public required string Reason { get; init; }
    public required PersonRef SetBy { get; init; }
    public required DateTimeOffset SetAt { get; init; }

    /// <summary>Absent as long as it waits for a second person.</summary>
    public PersonRef? PublishedBy { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When it was taken back, before anybody published it.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    public static TargetVersion Of(TargetRow row) =>
        new()
        {
            Version = row.Version,
            Value = row.Number,
            Binding = row.Binding,
            Reason = row.Reason,
            SetBy = new PersonRef(row.SetBy, row.SetByName),
            SetAt = row.SetAt,
            PublishedBy = row.PublishedBy is null ? null : new PersonRef(row.PublishedBy, row.PublishedByName!),
            PublishedAt = row.PublishedAt,
            WithdrawnAt = row.WithdrawnAt,
        };
}

/// <summary>A target: of a unit or the city, for a year and an indicator.</summary>
public sealed record TargetView
{
    public required int Year { get; init; }

    /// <summary>Absent: the city.</summary>
    public UnitRef? Unit { get; init; }
    public required string Indicator { get; init; }

    /// <summary>In force; absent: there is no target.</summary>
    public decimal? Value { get; init; }
    public bool? Binding { get; init; }
    public string? Reason { get; init; }

    /// <summary>The version in force.</summary>
    public long? InForce { get; init; }

    /// <summary>A later version that waits for a second person, for those who set or publish.</summary>
    public TargetVersion? Proposed { get; init; }

    /// <summary>The last version, whether or not it is in force; 0: none was ever set.</summary>
    public required long Version { get; init; }
}

/// <summary>The targets of a year. Σ units may differ from the city, and is shown beside it (R102).</summary>
public sealed record TargetPage
{
    public required int Year { get; init; }
    public required IReadOnlyList<TargetView> Items { get; init; }

    /// <summary>By indicator that both units and the city have a target for: how they compare.</summary>
    public required IReadOnlyList<TargetSum> Sums { get; init; }

    /// <summary>How many versions the caller may publish now.</summary>
    public required int Publishable { get; init; }
}

/// <summary>The targets of the units together beside the city's.</summary>
public sealed record TargetSum(string Indicator, decimal Units, decimal? City);

/// <summary>What a path names: a year, a unit or the city, an indicator in use.</summary>
internal sealed record TargetKey(int Year, string UnitId, string? UnitName, string Indicator)
{
    public static async Task<TargetKey?> Find(Session session, string year, string unit, string indicator)
    {
        if (YearOf(year) is not { } known || (await IndicatorRow.InUse(session)).All(one => one.Id != indicator))
            return null;
        if (unit == TargetRow.City)
            return new TargetKey(known, "", null, indicator);
        return (await JurisdictionRow.All(session)).FirstOrDefault(one => one.Id == unit && one.Reports) is { } of
            ? new TargetKey(known, of.Id, of.Name, indicator)
            : null;
    }

    private static int? YearOf(string year) =>
        int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var known)
        && known is >= TargetRow.FirstYear and <= TargetRow.LastYear
            ? known
            : null;
}

public static class ReadTargets
{
    public static async Task<IResult> All(Call call)
    {
        var query = new QueryReader(call.Request);
        var asked = (int?)query.Whole("year", TargetRow.FirstYear, TargetRow.LastYear);
        var unit = query.Text("jurisdictionId", 32);
        var indicator = query.Text("indicator", 40);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var year = asked ?? session.Today.Year;
            var rows = await TargetRow.OfYear(session, year);
            var units = (await JurisdictionRow.All(session)).ToDictionary(one => one.Id, one => one.Name);
            var views = rows.GroupBy(row => (row.UnitId, row.IndicatorId))
                .Select(versions => View([.. versions], units.GetValueOrDefault(versions.Key.UnitId), call.Caller))
                .ToList();
            return Reply.Plain(
                new TargetPage
                {
                    Year = year,
                    Items =
                    [
                        .. views.Where(view =>
                            (view.Value is not null || view.Proposed is not null)
                            && (unit is null || (view.Unit?.Id ?? TargetRow.City) == unit)
                            && (indicator is null || view.Indicator == indicator)
                        ),
                    ],
                    Sums =
                    [
                        .. views
                            .Where(view => view is { Value: not null })
                            .GroupBy(view => view.Indicator)
                            .Where(of => of.Any(view => view.Unit is not null))
                            .Select(of => new TargetSum(
                                of.Key,
                                of.Where(view => view.Unit is not null).Sum(view => view.Value!.Value),
                                of.FirstOrDefault(view => view.Unit is null)?.Value
                            )),
                    ],
                    Publishable = call.Has(Act.PublishTargets)
                        ? rows.GroupBy(row => (row.UnitId, row.IndicatorId))
                            .Count(versions => PublishTargets.Waits([.. versions], call.Caller))
                        : 0,
                }
            );
        });
    }

    public static Task<IResult> Single(string year, string unit, string indicator, Call call) =>
        call.Read<IResult>(async session =>
            await TargetKey.Find(session, year, unit, indicator) is { } key
                ? await Answer(session, call.Caller, key)
                : (Reply)Refusal.NotFound
        );

    public static Task<IResult> Versions(string year, string unit, string indicator, Call call) =>
        call.Read<IResult>(async session =>
        {
            if (await TargetKey.Find(session, year, unit, indicator) is not { } key)
                return (Reply)Refusal.NotFound;
            var rows = await TargetRow.Versions(session, key.Year, key.UnitId, key.Indicator);
            return Reply.Plain(
                new Page<TargetVersion>
                {
                    Items =
                    [
                        .. rows.Where(row => row.PublishedAt is not null || TargetRow.SeesProposals(call.Caller))
                            .Reverse()
                            .Select(TargetVersion.Of),
                    ],
                }
            );
        });

    internal static async Task<Reply> Answer(Session session, Caller caller, TargetKey key)
    {
        var rows = await TargetRow.Versions(session, key.Year, key.UnitId, key.Indicator);
        var view =
            rows.Count == 0
                ? new TargetView
                {
                    Year = key.Year,
                    Unit = key.UnitName is null ? null : new UnitRef(key.UnitId, key.UnitName),
                    Indicator = key.Indicator,
                    Version = 0,
                }
                : View(rows, key.UnitName, caller);
        return Reply.Resource(view, view.Version);
    }

    private static TargetView View(IReadOnlyList<TargetRow> versions, string? unitName, Caller caller)
    {
        var last = versions[^1];
        var inForce = versions.LastOrDefault(row => row.PublishedAt is not null);
        var sees = TargetRow.SeesProposals(caller);
        return new TargetView
        {
            Year = last.Year,
            Unit = last.UnitId.Length == 0 ? null : new UnitRef(last.UnitId, unitName ?? ""),
            Indicator = last.IndicatorId,
            Value = inForce?.Number,
            Binding = inForce?.Binding,
            Reason = inForce?.Reason,
            InForce = inForce?.Version,
            Proposed =
                sees && TargetRow.Standing(versions) is { PublishedAt: null } waiting
                    ? TargetVersion.Of(waiting)
                    : null,
            Version = sees ? last.Version : inForce?.Version ?? 0,
        };
    }
}

/// <summary>Sets a target (R102): a version of its own, with its reason, that waits for a second person (C13).</summary>
public static class PutTarget
{
    public sealed record Request
    {
        /// <summary>At most six places; null: there is to be no target.</summary>
        public decimal? Value { get; init; }

        /// <summary>Whether it counts for the bars of the year; without it true.</summary>
        public bool? Binding { get; init; }
        public string? Reason { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Value)
                .Must(value => value is null || Millionths.CanStore(value.Value))
                .Coded("indicator-value");
            RuleFor(request => request.Reason).Required().Line(500);
        }
    }

    public static async Task<IResult> Handle(string year, string unit, string indicator, Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Assessment);
            if (await TargetKey.Find(session, year, unit, indicator) is not { } key)
                return Refusal.NotFound;
            var versions = await TargetRow.Versions(session, key.Year, key.UnitId, key.Indicator);
            var version = versions.LastOrDefault()?.Version ?? 0;
            if (ETags.Check(call.Request, version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            var request = body.Value!;
            await TargetRow.Add(
                session,
                call.Caller,
                key.Year,
                key.UnitId,
                key.Indicator,
                version + 1,
                request.Value,
                request.Binding ?? true,
                request.Reason!.Trim()
            );
            session.Note(
                new AuditEntry("target-set")
                {
                    SubjectKind = "target",
                    SubjectId = $"{key.Year}/{unit}/{key.Indicator}",
                    Reason = request.Reason!.Trim(),
                }
            );
            return await ReadTargets.Answer(session, call.Caller, key);
        });
    }
}

/// <summary>Publishes the last versions of a year's targets that others have set (C13): nobody publishes the own.</summary>
public static class PublishTargets
{
    public sealed record Request
    {
        public int? Year { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() =>
            RuleFor(request => request.Year)
                .NotNull()
                .Coded("required")
                .InclusiveBetween(TargetRow.FirstYear, TargetRow.LastYear)
                .Coded("range", TargetRow.FirstYear, TargetRow.LastYear);
    }

    /// <summary>How many were published.</summary>
    /// <param name="Own">How many wait for another person still, as the caller has set them.</param>
    public sealed record Published(int Year, int Count, int Own);

    public static async Task<IResult> Handle(Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            await session.Lock(LockName.Assessment);
            var year = body.Value!.Year!.Value;
            var waiting = (await TargetRow.OfYear(session, year))
                .GroupBy(row => (row.UnitId, row.IndicatorId))
                .Select(TargetRow.Standing)
                .OfType<TargetRow>()
                .Where(row => row.PublishedAt is null)
                .ToList();
            var others = waiting.Where(row => row.SetBy != call.Caller.UserId).ToList();
            if (others.Count == 0)
                return waiting.Count > 0
                    ? new Refusal(RefusalKind.Forbidden, "second-person-required")
                    : new Refusal(RefusalKind.Conflict, "nothing-to-publish");
            foreach (var row in others)
                await TargetRow.Publish(session, call.Caller, row);
            session.Note(
                new AuditEntry("targets-published")
                {
                    SubjectKind = "targets",
                    SubjectId = year.ToString(CultureInfo.InvariantCulture),
                }
            );
            await session.Raise(
                new TargetsPublished(
                    year,
                    others.GroupBy(row => row.UnitId).ToDictionary(unit => unit.Key, unit => unit.Count()),
                    call.Caller
                )
            );
            return Reply.Plain(new Published(year, others.Count, waiting.Count - others.Count));
        });
    }

    /// <summary>Whether the last of a target's versions waits for this caller to publish it.</summary>
    internal static bool Waits(IReadOnlyList<TargetRow> versions, Caller caller) =>
        TargetRow.Standing(versions) is { PublishedAt: null } last && last.SetBy != caller.UserId;
}
