using Pipeline.Api.Queries;
using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Features.Notices;

/// <summary>One round of telling: what fell due is settled and told, reminders are given, mail is sent.</summary>
public sealed class NoticeRound(
    Database database,
    SettleClaims settle,
    RuleBooks ruleBooks,
    ProposeRemovals removals,
    Reminders reminders,
    DueItems due,
    DeliverMail mail
)
{
    public async Task Run(CancellationToken cancel = default)
    {
        await settle.WhatIsDue();
        await reminders.Tell();
        await ClaimNotices.Due(database);
        await DisputeNotices.Due(database);
        await ProblemNotices.Escalate(database, ruleBooks);
        await MeetingNotices.Escalate(database, ruleBooks);
        await LightNotices.Tell(database);
        await ResourceNotices.Tell(database, ruleBooks);
        await removals.WhatIsDue();
        await RemovalNotices.TellOfWaiting(database);
        await WeekNotices.Tell(database, due);
        await mail.WhatIsDue(cancel);
    }
}

/// <summary>Tells every minute.</summary>
public sealed class TellInTheBackground(NoticeRound round, WorkerParts parts)
    : TimedWorker(TimeSpan.FromMinutes(1), parts)
{
    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await round.Run(stopping);
        return true;
    }
}
