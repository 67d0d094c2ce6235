using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;

namespace Pipeline.Api.Features.Closing;

/// <summary>Opens the last closed period again (R109): an administrator asks, a coordinator confirms. Its snapshots stay; when it is closed again a further version is made.</summary>
public static class ReopenPeriod
{
    public static async Task<IResult> Ask(string period, Call call)
    {
        var body = await call.Body(Validation.Of<ReasonRequest.Validator>());
        return await call.Write(async session =>
        {
            var loaded = await ForWrite(session, call, period);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var row = loaded.Value;
            if (MayReopen(row, await ClosedBooks.Load(session)) is { } barred)
                return barred;
            if (row.AwaitsReopening)
                return new Refusal(RefusalKind.Conflict, "reopening-asked");
            var reason = body.Value!.Reason!.Trim();
            await PeriodRow.AskReopening(session, call.Caller, period, reason);
            Note(session, "period-reopening-asked", period, reason);
            await session.Raise(new PeriodReopenAsked(period, reason, call.Caller));
            return await ReadPeriods.Answer(session, call.Caller, period);
        });
    }

    public static Task<IResult> Confirm(string period, Call call) =>
        call.Write(async session =>
        {
            var loaded = await ForWrite(session, call, period);
            if (loaded.Refusal is { } refusal)
                return refusal;
            var row = loaded.Value;
            if (row.AwaitsReopening && row.ReopenAskedBy == call.Caller.UserId)
                return new Refusal(RefusalKind.Forbidden, "second-person-required");
            if (MayReopen(row, await ClosedBooks.Load(session)) is { } barred)
                return barred;
            if (!row.AwaitsReopening)
                return new Refusal(RefusalKind.Conflict, "reopening-not-asked");
            await PeriodRow.Reopen(session, call.Caller, period);
            Note(session, "period-reopened", period, row.ReopenReason!);
            await session.Raise(new PeriodReopened(period, row.ReopenReason!, call.Caller));
            return await ReadPeriods.Answer(session, call.Caller, period);
        });

    private static Refusal? MayReopen(PeriodRow row, ClosedMonths closed) =>
        row.At == PeriodStatus.Open ? new Refusal(RefusalKind.Conflict, "period-open") : closed.MayReopen(row.Period);

    /// <summary>The period, with nobody closing or booking meanwhile: 404 where it was never closed, 428, 412.</summary>
    private static async Task<Result<PeriodRow>> ForWrite(Session session, Call call, string period)
    {
        await session.Lock(LockName.Assessment);
        await session.Lock(LockName.Ledger);
        if (await PeriodRow.Of(session, period) is not { } row)
            return Refusal.NotFound;
        return ETags.Check(call.Request, row.Version) is { } stale ? stale : row;
    }

    private static void Note(Session session, string action, string period, string reason) =>
        session.Note(
            new AuditEntry(action)
            {
                SubjectKind = "period",
                SubjectId = period,
                Reason = reason,
            }
        );
}
