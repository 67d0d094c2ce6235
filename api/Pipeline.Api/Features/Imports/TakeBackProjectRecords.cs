using System.Globalization;
using Pipeline.Data;
using Pipeline.Domain.Capital;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Rules;
using Pipeline.Domain.Signings;

namespace Pipeline.Api.Features.Imports;

/// <summary>Takes back what was told of projects: capital that waits is returned, open notices are cancelled, of statistics the account before stands again.</summary>
/// <param name="settle">Has projects be as they should be by now; null where nothing may be written.</param>
internal sealed class TakeBackProjectRecords(
    Session session,
    Caller caller,
    RecordKind kind,
    RuleSet rules,
    SettleClaims? settle
) : ITakeBackRecords
{
    public Task End() => Task.CompletedTask;

    public async Task<StandingRecord?> Find(KeptRecordRow row)
    {
        var projectId = kind == RecordKind.FixedInvestment ? row.RecordId! : row.Trace!.Key!;
        if (settle is not null)
            await settle.Project(session, projectId);
        var project = (await LoadProject.ById(session, projectId, caller.JurisdictionId))!;
        var found = kind switch
        {
            RecordKind.Capital => await Capital(row, project),
            RecordKind.SigningNotices => await Notice(row, project),
            _ => await Investment(row, project),
        };
        return found is not null && caller.Unit is { } unit && project.OwnerId != unit
            ? found with
            {
                By = [BuiltOn.Transfer],
            }
            : found;
    }

    private async Task<StandingRecord?> Capital(KeptRecordRow row, ProjectRow project)
    {
        var entry = (await CapitalRow.ById(session, row.RecordId!))!;
        return entry.At is CapitalStatus.Returned or CapitalStatus.Reversed
            ? null
            : new StandingRecord(
                row.RowNumber,
                entry.Id,
                $"{project.Code} {entry.VoucherNo}",
                entry.At == CapitalStatus.Verified ? [BuiltOn.Verification]
                    : entry.Version != row.Trace!.Version ? [BuiltOn.Edit]
                    : [],
                reason => EndCapital.Return(session, caller, entry, reason)
            );
    }

    private async Task<StandingRecord?> Notice(KeptRecordRow row, ProjectRow project)
    {
        var notice = (
            await session.One<SigningNoticeRow>(
                $"{SigningNoticeRow.Select} WHERE n.id = @id",
                new { id = row.RecordId }
            )
        )!;
        if (notice.At == NoticeStatus.Cancelled)
            return null;
        var trace = Json.Read<NoticeTrace>(row.Trace!.Facts!.ToJsonString());
        var by =
            notice.At == NoticeStatus.Used ? BuiltOn.Move
            : notice.At == NoticeStatus.Superseded ? BuiltOn.Replacement
            : notice.WaivedAt is not null ? BuiltOn.Signing
            : trace != NoticeTrace.Of(notice, trace.Superseded) ? BuiltOn.Edit
            : (BuiltOn?)null;
        return new StandingRecord(row.RowNumber, notice.Id, project.Code, by is { } kind ? [kind] : [], reason =>
            EndNotice.TakeBack(session, caller, notice, trace.Superseded, reason)
        );
    }

    private async Task<StandingRecord?> Investment(KeptRecordRow row, ProjectRow project)
    {
        var year = int.Parse(row.Trace!.Key!, CultureInfo.InvariantCulture);
        var trace = Json.Read<InvestmentTrace>(row.Trace.Facts!.ToJsonString());
        var now = await FixedInvestmentRow.Of(session, project.Id, year);
        return new StandingRecord(
            row.RowNumber,
            project.Id,
            $"{project.Code} {row.Trace.Key}",
            now.Amount == trace.Said.Amount && now.Source == trace.Said.Source ? [] : [BuiltOn.Replacement],
            reason =>
                RecordInvestment.TakeBack(
                    session,
                    caller,
                    project,
                    year,
                    trace.Said.Amount,
                    trace.Before,
                    reason,
                    rules.Id
                )
        );
    }
}

/// <summary>What a row said of a year's investment, and what was said before.</summary>
internal sealed record InvestmentTrace(StatedInvestment Said, StatedInvestment? Before);

/// <summary>What a row said of a signing.</summary>
/// <param name="Superseded">The notice that was open before.</param>
internal sealed record NoticeTrace(
    string? Superseded,
    DateOnly PlannedOn,
    string Parties,
    long Amount,
    string Currency,
    string? Place,
    string? Leaders
)
{
    public static NoticeTrace Of(SigningNoticeRow row, string? superseded) =>
        new(superseded, row.PlannedOn, row.Parties, row.Amount, row.Currency, row.Place, row.LeadersWanted);
}
