using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Credit;
using Pipeline.Domain.Projects;

namespace Pipeline.Benchmarks;

/// <summary>Writes the ledger of a made city (R45) at once: the stages that its projects reached on known days, sealed as the product seals them. The product itself writes it in the background, a few hundred projects at a time.</summary>
public static class CityLedger
{
    private static readonly BulkTable Table = new(
        "ledger",
        "seq",
        "kind",
        "project_id",
        "subject",
        "occurred_on",
        "recorded_at",
        "period",
        "sign",
        "counted",
        "amount",
        "currency",
        "industry_code",
        "manufacturing",
        "is_foreign",
        "investor_flags",
        "provincial_zone",
        "secret",
        "landing_id",
        "rule_set_id",
        "cause_kind",
        "cause_id",
        "hash",
        "previous_hash"
    );

    private sealed record Project(
        string Id,
        string OwnerId,
        long Secret,
        long? Amount,
        string? Currency,
        string? IndustryCode,
        string? SignedOn,
        string? RegisteredOn,
        string? StartedOn,
        string? InProductionOn
    );

    /// <summary>Writes it where there is none.</summary>
    public static async Task Ensure(City city)
    {
        await using var reading = new SqliteConnection($"Data Source={city.File};Pooling=False");
        await using var writing = new SqliteConnection($"Data Source={city.File};Pooling=False");
        await reading.OpenAsync();
        await writing.OpenAsync();
        if (await reading.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM ledger_head WHERE seq > 0") > 0)
            return;
        Console.WriteLine($"Writing the ledger of {city.Projects} projects …");
        var ruleSet = await reading.ExecuteScalarAsync<string>("SELECT id FROM rule_sets ORDER BY starts_at");
        await using var transaction = await writing.BeginTransactionAsync();
        await using var insert = writing.CreateCommand();
        insert.CommandText = Table.Insert;
        insert.Transaction = (SqliteTransaction)transaction;
        for (var at = 0; at < Table.Columns.Count; at++)
            insert.Parameters.Add(new SqliteParameter { ParameterName = $"@p{at}" });
        var (seq, previous) = (0L, Canonical.Genesis);
        var projects = reading.QueryUnbufferedAsync<Project>(
            """
            SELECT id, owner_id AS OwnerId, secret AS Secret, amount AS Amount, currency AS Currency, industry_code AS IndustryCode, signed_on AS SignedOn, registered_on AS RegisteredOn,
              started_on AS StartedOn, in_production_on AS InProductionOn
            FROM projects WHERE stage <> 'terminated' AND signed_on IS NOT NULL ORDER BY seq
            """
        );
        await foreach (var project in projects)
        {
            foreach (
                var (stage, on) in new[]
                {
                    (Stage.Signed, project.SignedOn),
                    (Stage.Registered, project.RegisteredOn),
                    (Stage.Started, project.StartedOn),
                    (Stage.InProduction, project.InProductionOn),
                }
            )
            {
                if (on is null)
                    continue;
                var day = DateOnly.ParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture);
                var row = new LedgerRow(
                    ++seq,
                    project.Id,
                    new CountedFact
                    {
                        Kind = LedgerRow.KindOf(stage)!.Value,
                        Subject = "",
                        OccurredOn = day,
                        Counted = 1,
                        Amount = project.Amount is { } amount ? Money.FromHundredths(amount, project.Currency!) : null,
                        IndustryCode = project.IndustryCode,
                        Manufacturing = Industries.IsManufacturing(project.IndustryCode),
                        LandingId = project.OwnerId,
                    },
                    Shanghai.StartOf(day),
                    Periods.MonthOf(day),
                    null,
                    1,
                    project.Secret == 1,
                    null,
                    ruleSet!,
                    "project",
                    project.Id,
                    null
                );
                var hash = LedgerRows.Seal(row, previous);
                object?[] values =
                [
                    row.Seq,
                    Slug.Of(row.Fact.Kind),
                    row.ProjectId,
                    "",
                    on,
                    CityMaker.Instant(day),
                    row.Period,
                    1,
                    1,
                    row.Fact.Amount?.Hundredths,
                    row.Fact.Amount?.Currency,
                    row.Fact.IndustryCode,
                    row.Fact.Manufacturing ? 1 : 0,
                    0,
                    "",
                    0,
                    project.Secret,
                    row.Fact.LandingId,
                    row.RuleSetId,
                    row.CauseKind,
                    row.CauseId,
                    hash,
                    previous,
                ];
                for (var at = 0; at < values.Length; at++)
                    insert.Parameters[at].Value = values[at] ?? DBNull.Value;
                await insert.ExecuteNonQueryAsync();
                previous = hash;
            }
        }

        await writing.ExecuteAsync(
            """
            UPDATE ledger_head SET seq = @seq, hash = @previous;
            DELETE FROM settings WHERE name = 'ledger-below'
            """,
            new { seq, previous },
            transaction
        );
        await transaction.CommitAsync();
        Console.WriteLine($"… {seq} rows");
    }
}
