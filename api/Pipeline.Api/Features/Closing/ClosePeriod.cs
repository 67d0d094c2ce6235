using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Closing;

/// <summary>Closes a period into a snapshot (R105, R108): in order, when it is over. What still waits does not bar it.</summary>
/// <remarks>The figures are counted before the transaction, so that nobody waits while that lasts; under the locks only what has come since is counted.</remarks>
public static class ClosePeriod
{
    public static Task<IResult> Handle(string period, Call call, Database database, RuleBooks ruleBooks) =>
        call.Write<CountedSnapshot?>(
            async () => await Prepare(period, call, database, ruleBooks),
            async (session, counted) =>
            {
                await session.Lock(LockName.Assessment);
                await session.Lock(LockName.Ledger);
                if (!ReadPeriods.IsOne(period, session.Today))
                    return Refusal.NotFound;
                var row = await PeriodRow.Of(session, period);
                if (ETags.Check(call.Request, row?.Version ?? 0) is { } stale)
                    return stale;
                if ((await ClosedBooks.Load(session)).MayClose(period, session.Today) is { } refusal)
                    return refusal;
                if (await KeepLedger.IsBeingBuilt(session))
                    return new Refusal(RefusalKind.Conflict, "ledger-incomplete");
                if (call.ValidateOnly)
                    return Reply.NothingStored;
                counted ??= await MakeSnapshot.Count(session, call.Caller, ruleBooks, period);
                await Store(
                    session,
                    call.Caller,
                    await MakeSnapshot.CatchUp(session, call.Caller, ruleBooks, counted),
                    row
                );
                return await ReadPeriods.Answer(session, call.Caller, period);
            }
        );

    /// <summary>Stores a snapshot that was counted, and that its period is closed with it. The caller holds the locks of assessment and ledger.</summary>
    internal static async Task Store(Session session, Caller by, CountedSnapshot counted, PeriodRow? before)
    {
        var (id, version, hash) = await MakeSnapshot.Store(session, by, counted);
        await PeriodRow.Close(session, by, counted.Period, id, before);
        session.Note(
            new AuditEntry("period-closed")
            {
                SubjectKind = "snapshot",
                SubjectId = id,
                Changes = AuditEntry.Between(
                    null,
                    new JsonObject
                    {
                        ["period"] = counted.Period,
                        ["version"] = version,
                        ["ledgerSeq"] = counted.LedgerSeq,
                        ["hash"] = hash,
                    }
                ),
            }
        );
        await session.Raise(new PeriodClosed(counted.Period, id, by));
    }

    /// <summary>What the period comes to; null where it cannot be closed, which the transaction then refuses.</summary>
    private static async Task<Result<CountedSnapshot?>> Prepare(
        string period,
        Call call,
        Database database,
        RuleBooks ruleBooks
    )
    {
        if (call.ValidateOnly)
            return (CountedSnapshot?)null;
        var counted = await database.Read(
            async session =>
                ReadPeriods.IsOne(period, session.Today)
                && (await ClosedBooks.Load(session)).MayClose(period, session.Today) is null
                && ETags.Check(call.Request, (await PeriodRow.Of(session, period))?.Version ?? 0) is null
                    ? await MakeSnapshot.Count(session, call.Caller, ruleBooks, period)
                    : null,
            call.Context.RequestAborted
        );

        // Counting takes a while in a large city: most of what has come meanwhile is counted before the transaction too.
        return counted is null
            ? null
            : await database.Read(
                session => MakeSnapshot.CatchUp(session, call.Caller, ruleBooks, counted),
                call.Context.RequestAborted
            );
    }
}
