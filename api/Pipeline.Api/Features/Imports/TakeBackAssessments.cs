using System.Globalization;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain.Assessment;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes targets back that nobody has published, and what was stated of indicators: what was stated before stands again, as a version of its own, or nothing is known.</summary>
internal sealed class TakeBackAssessments(Session session, Caller caller, RecordKind kind, string language)
    : ITakeBackRecords
{
    private IReadOnlyDictionary<string, string>? units,
        indicators;

    public Task End() => Task.CompletedTask;

    public async Task<StandingRecord?> Find(KeptRecordRow row)
    {
        units ??= (await JurisdictionRow.All(session)).ToDictionary(
            unit => unit.Id,
            unit => Named(unit.Name, unit.NameEn)
        );
        indicators ??= (await IndicatorRow.InUse(session)).ToDictionary(
            one => one.Id,
            one => Named(one.Name, one.NameEn)
        );
        var key = row.Trace!.Key!.Split('/');
        var (of, unit, indicator) = (key[0], key[1], key[2]);
        var name = string.Join(
            ' ',
            of,
            unit.Length == 0 ? Messages.Text(language, "export.city") : units.GetValueOrDefault(unit, unit),
            indicators.GetValueOrDefault(indicator, indicator)
        );
        return kind == RecordKind.Targets
            ? await Target(row, name, int.Parse(of, CultureInfo.InvariantCulture), unit, indicator)
            : await Statement(row, name, of, unit, indicator);
    }

    private string Named(string name, string? english) => language == Messages.English ? english ?? name : name;

    private async Task<StandingRecord?> Target(KeptRecordRow row, string name, int year, string unit, string indicator)
    {
        var versions = await TargetRow.Versions(session, year, unit, indicator);
        var own = versions.First(version => version.Version == row.Trace!.Version);
        if (own.WithdrawnAt is not null)
            return null;
        List<BuiltOn> by = [];
        if (own.PublishedAt is not null)
            by.Add(BuiltOn.Publication);
        if (TargetRow.Standing(versions) != own)
            by.Add(BuiltOn.Replacement);
        return new StandingRecord(row.RowNumber, null, name, by, async reason =>
        {
            await TargetRow.Withdraw(session, own);
            Note("target", $"{year}/{(unit.Length == 0 ? TargetRow.City : unit)}/{indicator}", reason);
        });
    }

    private async Task<StandingRecord?> Statement(
        KeptRecordRow row,
        string name,
        string period,
        string unit,
        string indicator
    )
    {
        var versions = await StatedRow.Versions(session, indicator, unit, period);
        var own = versions.First(version => version.Version == row.Trace!.Version);
        var before = versions.LastOrDefault(version => version.Version < own.Version);
        return new StandingRecord(
            row.RowNumber,
            null,
            name,
            versions[^1].Value == own.Value && versions[^1].Source == own.Source ? [] : [BuiltOn.Replacement],
            async reason =>
            {
                await StatedRow.Add(
                    session,
                    caller,
                    indicator,
                    unit,
                    period,
                    versions[^1].Version + 1,
                    before?.Number,
                    before?.Value is null ? Written.Cut(Written.Tidy(reason), 500) : before.Source
                );
                Note("indicator-value", $"{indicator}/{period}/{(unit.Length == 0 ? TargetRow.City : unit)}", reason);
            }
        );
    }

    private void Note(string subject, string id, string reason) =>
        session.Note(
            new AuditEntry("import-undone")
            {
                SubjectKind = subject,
                SubjectId = id,
                Reason = reason,
            }
        );
}
