using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes targets (R102) and what is stated of indicators (R100) in.</summary>
internal sealed class TakeAssessments(Session session, Caller caller, RecordKind kind, bool dryRun, string fileName)
    : ITakeRecords
{
    private readonly HashSet<string> once = new(StringComparer.Ordinal);
    private IReadOnlyList<JurisdictionRow>? units;
    private IReadOnlyList<IndicatorDefinition>? indicators;

    public Task End() => Task.CompletedTask;

    /// <summary>A target, or what is stated of an indicator: the unit and the indicator by their names, codes or ids.</summary>
    public async Task<TakenRecord> Take(RecordCells cells)
    {
        units ??= [.. (await JurisdictionRow.All(session)).Where(unit => unit.Reports)];
        indicators ??= await IndicatorRow.InUse(session);
        var unit = UnitOf(cells.Required("jurisdiction", 100));
        if (unit is null && cells.Errors.Count == 0)
            cells.Errors.Add(new FieldError("jurisdiction", "unit-unknown"));
        var named = cells.Required("indicator", 200) is { } words ? Written.Bare(words) : null;
        var indicator = indicators.FirstOrDefault(one =>
            new[] { one.Id, one.Name, one.NameEn ?? one.Name }.Any(name => Written.Bare(name) == named)
        );
        if (named is not null && indicator is null)
            cells.Errors.Add(new FieldError("indicator", "indicator"));
        var value = indicator is null ? null : cells.Value("value", indicator.Unit);
        return kind == RecordKind.Targets
            ? await Target(cells, unit, indicator, value)
            : await Statement(cells, unit, indicator, value);
    }

    /// <summary>The unit that a cell names, empty for the city; null where it names none that reports.</summary>
    private string? UnitOf(string? text)
    {
        if (text is null)
            return null;
        var plain = Written.Bare(text);
        string[] city =
        [
            TargetRow.City,
            Messages.Text(Messages.Chinese, "export.city"),
            Messages.Text(Messages.English, "export.city"),
            "全市",
        ];
        return city.Any(word => Written.Bare(word) == plain)
            ? ""
            : units!
                .FirstOrDefault(unit =>
                    unit.Id == text
                    || new[] { unit.Code, unit.Name, unit.NameEn ?? unit.Name }
                        .Concat(unit.AliasList)
                        .Any(name => Written.Bare(name) == plain)
                )
                ?.Id;
    }

    private async Task<TakenRecord> Target(
        RecordCells cells,
        string? unit,
        IndicatorDefinition? indicator,
        decimal? value
    )
    {
        var year = cells.Year("year");
        if (year is < TargetRow.FirstYear or > TargetRow.LastYear)
            cells.Errors.Add(new FieldError("year", "range", TargetRow.FirstYear, TargetRow.LastYear));
        var binding = cells.Flag("binding") ?? true;
        var reason = cells.Text("reason", 500) ?? Written.Cut(fileName, 200);
        if (cells.Errors.Count > 0)
            return TakenRecord.Refused([.. cells.Errors]);
        if (!once.Add($"{year}/{unit}/{indicator!.Id}"))
            return TakenRecord.Refused(new FieldError("indicator", "repeated"));
        var versions = await TargetRow.Versions(session, year!.Value, unit!, indicator.Id);
        var last = TargetRow.Standing(versions);
        if (last is not null && last.Number == value && last.Binding == binding)
            return new TakenRecord(RecordOutcome.Unchanged, null, []);
        var version = (versions.LastOrDefault()?.Version ?? 0) + 1;
        if (!dryRun)
            await TargetRow.Add(session, caller, year!.Value, unit!, indicator.Id, version, value, binding, reason);
        return new TakenRecord(
            RecordOutcome.Accepted,
            null,
            [],
            new RecordTrace(
                version,
                string.Join('/', year!.Value.ToString(CultureInfo.InvariantCulture), unit, indicator.Id)
            )
        );
    }

    private async Task<TakenRecord> Statement(
        RecordCells cells,
        string? unit,
        IndicatorDefinition? indicator,
        decimal? value
    )
    {
        var period = cells.Required("period", 10)?.TrimEnd('年');
        var months = period is null ? null : Domain.Credit.Periods.Months(period);
        if (period is not null && months is null)
            cells.Errors.Add(new FieldError("period", "period"));
        else if (
            months is { } known
            && string.CompareOrdinal(known.First, Domain.Credit.Periods.MonthOf(session.Today)) > 0
        )
            cells.Errors.Add(new FieldError("period", "future"));
        if (indicator is { IsStated: false })
            cells.Errors.Add(new FieldError("indicator", "indicator-of-ledger"));
        var source = cells.Text("source", 500) ?? Written.Cut(fileName, 200);
        if (cells.Errors.Count > 0)
            return TakenRecord.Refused([.. cells.Errors]);
        if (!once.Add($"{period}/{unit}/{indicator!.Id}"))
            return TakenRecord.Refused(new FieldError("indicator", "repeated"));
        var last = (await StatedRow.Versions(session, indicator.Id, unit!, period!)).LastOrDefault();
        if (last is not null && last.Number == value && last.Source == source)
            return new TakenRecord(RecordOutcome.Unchanged, null, []);
        var version = (last?.Version ?? 0) + 1;
        if (!dryRun)
            await StatedRow.Add(session, caller, indicator.Id, unit!, period!, version, value, source);
        return new TakenRecord(
            RecordOutcome.Accepted,
            null,
            [],
            new RecordTrace(version, string.Join('/', period, unit, indicator.Id))
        );
    }
}
