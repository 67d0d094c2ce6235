using Pipeline.Api.Data;
using Pipeline.Api.Features.Claims;
using Pipeline.Api.Features.Service;

namespace Pipeline.Api.Features.Notices;

/// <summary>One round of telling: what fell due is settled and told, reminders are given, mail is sent.</summary>
public sealed class NoticeRound(Database database, SettleClaims settle, Reminders reminders, DeliverMail mail)
{
    public async Task Run(CancellationToken cancel = default)
    {
        await settle.WhatIsDue();
        await reminders.Tell();
        await DisputeNotices.Due(database);
        await mail.WhatIsDue(cancel);
    }
}

/// <summary>Tells every minute. A round that fails is made up for by the next.</summary>
public sealed class TellInTheBackground(
    NoticeRound round,
    Readiness readiness,
    TimeProvider time,
    ILogger<TellInTheBackground> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (readiness.IsReady)
                    await round.Run(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(error, "Notices could not be told or mailed; it will be tried again");
            }
        }
    }
}
