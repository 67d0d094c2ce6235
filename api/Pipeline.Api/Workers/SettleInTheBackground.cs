using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using CsvHelper.Configuration;
using Pipeline.Api.Features.Files;
using Pipeline.Api.Features.Lists;
using Pipeline.Api.Http;
using Pipeline.Api.Workers;
using Pipeline.Data;

namespace Pipeline.Api.Workers;

/// <summary>What has lost its use: kept answers after their day, tokens and links after their time, failures to sign in after a day, files that belong to nothing after a day. What is kept as long as the rule set says is removed by <see cref="RetainInTheBackground"/>.</summary>
public static class Expired
{
    public static async Task Forget(Database database)
    {
        await database.Write(async session =>
        {
            await session.Execute(Answers, new { before = session.Now - IdempotencyKey.Lifetime });
            await session.Execute(Tokens, new { now = session.Now });
            await session.Execute(Links, new { now = session.Now });
            await session.Execute(Failures, new { before = session.Now.AddDays(-1) });
        });
        await UploadFile.Forget(database);
    }

    private const string Answers =
        "DELETE FROM kept_reply_people WHERE key_hash IN (SELECT key_hash FROM idempotency_keys WHERE created_at < @before); DELETE FROM idempotency_keys WHERE created_at < @before";
    private const string Tokens = "DELETE FROM refresh_tokens WHERE expires_at < @now";
    private const string Links = "DELETE FROM one_time_links WHERE expires_at < @now";
    private const string Failures = "DELETE FROM sign_in_failures WHERE updated_at < @before";
}

/// <summary>Persists what fell due while nobody looked; the truth does not depend on it (R17). Forgets what is of no use any more.</summary>
public sealed class SettleInTheBackground(
    SettleClaims settle,
    SettleTransfers transfers,
    Database database,
    WorkerParts parts
) : TimedWorker(TimeSpan.FromMinutes(1), parts)
{
    private int hour = -1;

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await settle.WhatIsDue();
        await transfers.WhatIsDue();
        await CityInTalks.Keep(database);
        await StageTotals.Fold(database, stopping);
        database.Dialect.ReleaseMemory();
        if (hour != Time.GetUtcNow().Hour)
        {
            await Expired.Forget(database);
            hour = Time.GetUtcNow().Hour;
        }

        return true;
    }
}
