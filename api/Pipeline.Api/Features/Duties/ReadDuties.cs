using Pipeline.Api.Http;
using Pipeline.Domain.Duties;

namespace Pipeline.Api.Features.Duties;

/// <summary>A duty of a unit (R117): green or red by its numbers, or unknown with what is missing.</summary>
public sealed record DutyView
{
    public required DutyKind Kind { get; init; }
    public required DutyState State { get; init; }

    /// <summary>What is certain to count; absent where nothing is known.</summary>
    public decimal? Part { get; init; }

    /// <summary>Of what it is a part: people, m², tonnes, projects; absent of a duty that only counts.</summary>
    public decimal? Whole { get; init; }

    /// <summary>The part of the whole, a decimal text of up to six places; absent where it is not known.</summary>
    public string? Share { get; init; }

    /// <summary>How much may count besides, as far as anybody knows.</summary>
    public required decimal Unknown { get; init; }

    /// <summary>How many there must be at least; absent where a share is asked for.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Which share there must be at least, a decimal text.</summary>
    public string? LimitShare { get; init; }

    /// <summary>What would decide it, where it is unknown.</summary>
    public required IReadOnlyList<DutyGap> Missing { get; init; }

    public static DutyView Of(Duty duty)
    {
        var counts = duty.Limit >= 1;
        return new DutyView
        {
            Kind = duty.Kind,
            State = duty.State,
            Part = duty.Part,
            Whole = duty.Whole,
            Share = Ratios.Text(duty.Share),
            Unknown = duty.Unknown,
            Limit = counts ? duty.Limit : null,
            LimitShare = counts ? null : Ratios.Text(duty.Limit),
            Missing = duty.Missing,
        };
    }
}

/// <summary>The duties of a unit.</summary>
public sealed record UnitDuties(UnitRef Unit, IReadOnlyList<DutyView> Duties);

/// <summary>The duties of a year, unit by unit.</summary>
public sealed record DutyPage
{
    public required int Year { get; init; }

    /// <summary>The day as of which they are judged: today, or the last of a year that is over.</summary>
    public required DateOnly On { get; init; }
    public required IReadOnlyList<UnitDuties> Items { get; init; }

    /// <summary>Whether secret projects that are not open to the caller are left out, if there are any.</summary>
    public required bool WithoutSecret { get; init; }

    /// <summary>Whether facts of an older library are still being written into the ledger, so that landed projects are not complete.</summary>
    public required bool Incomplete { get; init; }
}

/// <summary>Reads the duties of a year (R117): a unit its own, who reads the city all.</summary>
public static class ReadDuties
{
    public const int FirstYear = 2000;

    public static async Task<IResult> Handle(Call call, RuleBooks ruleBooks)
    {
        var query = new QueryReader(call.Request);
        var asked = (int?)query.Whole("year", FirstYear, 2200);
        var unitId = query.Text("jurisdictionId", 32);
        if (query.Refusal() is { } refusal)
            return (Reply)refusal;
        return await call.Read<IResult>(async session =>
        {
            var year = asked ?? session.Today.Year;
            if (year > session.Today.Year)
                return (Reply)Domain.Refusal.Invalid(new Domain.FieldError("year", "future"));
            var city = Permissions.ReadsCity(call.Caller);
            var units = (await JurisdictionRow.All(session))
                .Where(unit =>
                    unit is { Reports: true, Active: true }
                    && (city || unit.Id == call.Caller.Unit)
                    && (unitId is null || unit.Id == unitId)
                )
                .OrderBy(unit => unit.Code, StringComparer.Ordinal)
                .ToList();
            var facts = units.Count == 0 ? null : await DutyFacts.Load(session, call.Caller, ruleBooks, year, units);
            return Reply.Plain(
                new DutyPage
                {
                    Year = year,
                    On = facts?.On ?? session.Today,
                    Items =
                    [
                        .. units.Select(unit => new UnitDuties(
                            new UnitRef(unit.Id, unit.Name),
                            [.. facts!.Judge(unit.Id).Select(DutyView.Of)]
                        )),
                    ],
                    WithoutSecret = city && !Permissions.ReadsSecret(call.Caller),
                    Incomplete = await KeepLedger.IsBeingBuilt(session),
                }
            );
        });
    }
}
