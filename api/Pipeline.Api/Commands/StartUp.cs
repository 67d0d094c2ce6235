using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using CsvHelper.Configuration;
using Pipeline.Api.Features.Access;
using Pipeline.Api.Features.Closing;
using Pipeline.Api.Features.Imports;
using Pipeline.Api.Features.Jurisdictions;
using Pipeline.Api.Features.RuleSets;
using Pipeline.Api.Features.Scores;
using Pipeline.Api.Features.Service;
using Pipeline.Api.Features.Targets;
using Pipeline.Api.Workers;
using Pipeline.Data;
using Pipeline.Data.Moving;
using Pipeline.Domain;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Commands;

/// <summary>The file of the embedded database is damaged, or no database: the program does not start on it, nor touch it.</summary>
public sealed class DamagedDatabaseException(string file, Exception inner)
    : InvalidOperationException(
        $"The database {file} is damaged ({inner.Message}). Nothing was changed. Put a copy back with the command: restore FILE",
        inner
    );

/// <summary>Everything before the first request: schema, seeds, the demo city.</summary>
public sealed class StartUp(
    Database database,
    Layout layout,
    DemoSettings demo,
    IConfiguration configuration,
    Readiness readiness,
    RunImport imports,
    RuleBooks ruleBooks,
    ChangeFacts facts,
    Sandbox sandbox,
    Presence presence,
    ILogger<StartUp> log
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <exception cref="DamagedDatabaseException">The file cannot be read as a database; it was left as it is.</exception>
    public async Task<int> MigrateOnly()
    {
        try
        {
            foreach (var name in await Migrator.Migrate(database, layout.Migrations, TellOfNewer))
                log.LogInformation("Applied migration {Name}", name);
        }
        catch (DbException error) when (database.Dialect.File is { } file && file.IsDamaged(error))
        {
            throw new DamagedDatabaseException(file.Path, error);
        }
        catch (DbException error) when (database.Dialect.IsAway(error))
        {
            throw new DatabaseUnavailableException(error);
        }

        if (await database.Read(LibraryMove.IsUnfinished))
            throw new InvalidOperationException(LibraryMove.Unfinished);
        await database.WriteAnyway(SeedReference);
        await database.WriteAnyway(session => WorkCalendars.Seed(session, Path.Combine(layout.Seeds, "work-days.csv")));
        return 0;
    }

    private void TellOfNewer(string migration) =>
        log.LogWarning(
            "A newer program has added to this database ({Migration}); this one goes on, and should be replaced",
            migration
        );

    /// <summary>Makes everything ready. Nobody is kept waiting yet, so it has more patience with the database than a caller has: other processes may be hard at work on it.</summary>
    public async Task Run()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await Prepare();
                return;
            }
            catch (DatabaseUnavailableException error) when (TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                log.LogWarning(error, "The database is not to be had yet; it will be tried again");
                await Task.Delay(TimeSpan.FromMilliseconds(500));
            }
            catch (LockTimeoutException error)
            {
                // A large library takes minutes to migrate: whoever holds the lock is at work.
                log.LogInformation(
                    "Another process is preparing the database ({Lock}); waiting for it to end",
                    error.Name.ToString()
                );
            }
        }
    }

    private async Task Prepare()
    {
        await MigrateOnly();
        await sandbox.Begin(database);
        await WarnOfBlockingReads();
        await database.Hold();
        await database.WriteAnyway(StageTotals.Begin);
        await database.WriteAnyway(ProjectCodes.Begin);
        if (demo.Enabled)
        {
            await SeedDemo();
            if (demo.Register is not "")
            {
                string Seed(string name) => Path.Combine(layout.Seeds, name);

                // A register of one's own is not mixed with invented projects.
                var isOwn = demo.Register is not null;
                await DemoTargets.Seed(database, Seed("targets.csv"), ofThisYear: !isOwn);
                await DemoScores.Seed(database);
                await DemoRegister.Import(
                    database,
                    imports,
                    isOwn ? Path.GetFullPath(demo.Register!) : Seed("register.csv")
                );
                if (!isOwn)
                    await DemoRegister.ImportSampleYear(database, imports, Seed("sample-year.csv"));
                await DemoLibraries.Seed(database, Seed("libraries.csv"));
                await DemoResources.Seed(database, ruleBooks, layout.Seeds);
                await DemoFollowUps.Seed(database, facts);
                await DemoClosing.Seed(database, ruleBooks);
            }
        }
        else if (configuration["Bootstrap:AdminPassword"] is { Length: > 0 } password)
            await Bootstrap(password);
        else
            setUpToken = await database.WriteAnyway(FirstLink);
        await presence.Tell();
        readiness.IsReady = true;
        if (await database.Read(database.Clock.Behind) is { } behind)
            Console.Error.WriteLine(
                $"The clock of this host says {Iso.Text(behind.Now)}, which is before {Iso.Text(behind.Last)}, the last instant on record. Until it has caught up, or an administrator confirms that it is right (POST /api/v1/clock/confirm), nothing is reported or changed; reading goes on."
            );
    }

    /// <summary>Without row versions readers wait for writers: every list for each import.</summary>
    private async Task WarnOfBlockingReads()
    {
        if (database.Dialect.SnapshotSql is { } sql && !await database.Read(session => session.One<bool>(sql)))
            log.LogWarning(
                "READ_COMMITTED_SNAPSHOT is off in this database: readers will wait for writers. Set it: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON (see docs/sql-server.md)"
            );
    }

    private string? setUpToken;

    /// <summary>Says on the console where the system is, and how to sign in to a demo city.</summary>
    public void Greet(IEnumerable<string> urls)
    {
        foreach (var url in urls)
        {
            Console.WriteLine($"Pipeline: {url}  (API: {url}/api/v1, Swagger UI: {url}/swagger)");
            if (setUpToken is not null)
                Console.WriteLine(
                    $"First start: set the password of the user admin with this link, which works once: {url}/set-up#{setUpToken}"
                );
        }
        if (demo.Password is { } password)
            Console.WriteLine(
                $"Demo city: sign in as nanhu, xiuzhou, centre, leader, auditor, admin … with the password {password}"
            );
    }

    /// <summary>The rule sets of domain §6: the Jiaxing values for their period, and a successor with the same values without end.</summary>
    private static async Task SeedReference(Session session)
    {
        await session.Lock(LockName.Seed);
        if (await session.One<long>("SELECT COUNT(*) FROM rule_sets") > 0)
            return;
        var first = new DateOnly(2024, 4, 1);
        var second = new DateOnly(2026, 1, 1);
        var values = DefaultRules.Values;
        await session.Execute(
            PostRuleSet.Insert,
            new
            {
                id = Ids.New(),
                name = "嘉兴 2024–2025",
                startsAt = Shanghai.StartOf(first),
                endsAt = (DateTimeOffset?)Shanghai.StartOf(second),
                from = first,
                body = Json.Write(values with { Name = "嘉兴 2024–2025", EffectiveFrom = first }),
                now = session.Now,
            }
        );
        await session.Execute(
            PostRuleSet.Insert,
            new
            {
                id = Ids.New(),
                name = "嘉兴 2026 起",
                startsAt = Shanghai.StartOf(second),
                endsAt = (DateTimeOffset?)null,
                from = second,
                body = Json.Write(values with { Name = "嘉兴 2026 起", EffectiveFrom = second }),
                now = session.Now,
            }
        );
    }

    private async Task Bootstrap(string password)
    {
        if (await database.Read(NobodyYet) is false)
            return;
        var hash = await Passwords.Hash(password);
        await database.WriteAnyway(async session =>
        {
            await session.Lock(LockName.Seed);
            if (await NobodyYet(session))
                await AddAdmin(session, hash);
        });
    }

    private static async Task<bool> NobodyYet(Session session) =>
        await session.One<long>("SELECT COUNT(*) FROM users") == 0;

    /// <summary>The first administrator without a password: a link on the console, which works once, sets it.</summary>
    private async Task<string?> FirstLink(Session session)
    {
        await session.Lock(LockName.Seed);
        var id = await NobodyYet(session)
            ? await AddAdmin(session, "")
            : await session.One<string>(
                "SELECT id FROM users WHERE username = 'admin' AND password_hash = '' AND oidc_subject IS NULL AND last_sign_in_at IS NULL"
            );
        return id is null ? null : (await SetUp.Issue(session, id)).Token;
    }

    /// <summary>A password that came by the environment is known to whoever set it, so it has to be changed.</summary>
    private static async Task<string> AddAdmin(Session session, string hash)
    {
        var id = Ids.New();
        await ChangeUser.Store(
            session,
            id,
            "admin",
            "系统管理员",
            Role.Admin,
            null,
            hash,
            demo: false,
            mustChange: hash.Length > 0
        );
        session.Note(
            new AuditEntry("user-created")
            {
                SubjectKind = "user",
                SubjectId = id,
                Reason = "first start",
            }
        );
        return id;
    }

    /// <summary>The demo city: its units and one account each.</summary>
    private async Task SeedDemo()
    {
        var kept = await database.Read(DemoPassword);
        var fresh = demo.Configured ?? kept ?? RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 12);
        var hash = fresh == kept ? "" : await Passwords.Hash(fresh);
        demo.Password = await database.WriteAnyway(async session =>
        {
            await session.Lock(LockName.Seed);
            if (await DemoPassword(session) is { } known)
            {
                if (demo.Configured is not { } changed || changed == known || hash.Length == 0)
                    return known;
                await session.Execute(
                    "UPDATE settings SET value = @changed WHERE name = 'demo-password'",
                    new { changed }
                );
                await session.Execute(
                    "UPDATE users SET password_hash = @hash, must_change_password = 0 WHERE demo = 1",
                    new { hash }
                );
                return changed;
            }

            await session.Execute("INSERT INTO settings (name, value) VALUES ('demo-password', @fresh)", new { fresh });
            var units = await SeedUnits(session);
            await ChangeUser.Store(
                session,
                Ids.New(),
                "admin",
                "系统管理员",
                Role.Admin,
                null,
                hash,
                demo: true,
                mustChange: false
            );
            await ChangeUser.Store(
                session,
                Ids.New(),
                "centre",
                "市投促中心 王敏",
                Role.Coordinator,
                units["centre"].Id,
                hash,
                demo: true,
                mustChange: false
            );
            await ChangeUser.Store(
                session,
                Ids.New(),
                "centre2",
                "市投促中心 陈立",
                Role.Coordinator,
                units["centre"].Id,
                hash,
                demo: true,
                mustChange: false
            );
            await ChangeUser.Store(
                session,
                Ids.New(),
                "leader",
                "市领导",
                Role.Leader,
                null,
                hash,
                demo: true,
                mustChange: false
            );
            await ChangeUser.Store(
                session,
                Ids.New(),
                "auditor",
                "督查审计",
                Role.Auditor,
                null,
                hash,
                demo: true,
                mustChange: false
            );
            foreach (var (code, unit) in units.Where(unit => unit.Value.Body.Reports))
                await ChangeUser.Store(
                    session,
                    Ids.New(),
                    code,
                    $"{unit.Body.Name} 招商专员",
                    Role.Officer,
                    unit.Id,
                    hash,
                    demo: true,
                    mustChange: false
                );
            return fresh;
        });
    }

    private static Task<string?> DemoPassword(Session session) =>
        session.One<string>("SELECT value FROM settings WHERE name = 'demo-password'");

    private async Task<Dictionary<string, (string Id, JurisdictionBody Body)>> SeedUnits(Session session)
    {
        using var reader = new StreamReader(Path.Combine(layout.Seeds, "jurisdictions.csv"));
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
        var units = new Dictionary<string, (string Id, JurisdictionBody Body)>(StringComparer.Ordinal);
        await csv.ReadAsync();
        csv.ReadHeader();
        while (await csv.ReadAsync())
        {
            string? Text(string column) => csv.GetField(column) is { Length: > 0 } text ? text : null;
            var body = new JurisdictionBody
            {
                Code = Text("code"),
                Name = Text("name"),
                NameEn = Text("name_en"),
                Kind = Slug.To<JurisdictionKind>(Text("kind")!),
                ParentId = Text("parent_code") is { } parent ? units[parent].Id : null,
                Reports = Text("reports") == "true",
                ProvincialZone = Text("provincial_zone") is { } zone ? zone is "yes" or "true" : null,
                Aliases = Text("aliases")?.Split('|') ?? [],
            };
            var id = Ids.New();
            await session.Execute(ChangeJurisdiction.Insert, ChangeJurisdiction.Values(session, id, body));
            units.Add(body.Code!, (id, body));
        }

        return units;
    }
}

/// <summary>The numbers of the Jiaxing plan of 2024-02-28; what it leaves open is ours (domain.md marks it as design).</summary>
public static class DefaultRules
{
    public static readonly RuleSetBody Values = new()
    {
        ReportThresholds = [new Money(1_000_000_000m, "CNY"), new Money(100_000_000m, "USD")],
        Exclusivity = IsoDuration.Parse("P1M"),
        ExtensionsMax = 0,
        Extension = IsoDuration.Parse("P1M"),
        ContactMaxAge = IsoDuration.Parse("P90D"),
        Verification = [Stage.Signed, Stage.Registered, Stage.Started],
        NoticePeriod = IsoDuration.Parse("P7D"),
        NoticeEnforcement = Enforcement.Flag,
        CreditMode = CreditMode.BothFull,
        CreditStage = Stage.Registered,
        MaxTransfers = 1,
        TransferAcceptance = IsoDuration.Parse("P5D"),
        Coordination = [new Money(100_000_000m, "USD"), new Money(5_000_000_000m, "CNY")],
        LeaderLink = new LeaderLink(new Money(500_000_000m, "CNY")),
        Lights = new IdleLights(
            new IdleLimits(IsoDuration.Parse("P2M"), IsoDuration.Parse("P3M"), IsoDuration.Parse("P6M")),
            new IdleLimits(IsoDuration.Parse("P3M"), IsoDuration.Parse("P6M")),
            new IdleLimits(IsoDuration.Parse("P3M"), IsoDuration.Parse("P12M"))
        ),

        // One fixed rate a year; a year without one takes the nearest earlier. The city replaces these by its own.
        Rates =
        [
            new YearlyRate(2024, "USD", 7.1217m),
            new YearlyRate(2024, "EUR", 7.7m),
            new YearlyRate(2024, "HKD", 0.9127m),
            new YearlyRate(2024, "JPY", 0.047m),
            new YearlyRate(2024, "KRW", 0.0052m),
            new YearlyRate(2024, "GBP", 9.1m),
            new YearlyRate(2024, "TWD", 0.22m),
            new YearlyRate(2024, "SGD", 5.3m),
            new YearlyRate(2024, "CHF", 8.1m),
        ],
        MatchingHorizon = IsoDuration.Parse("P24M"),
        Reactivation = IsoDuration.Parse("P12M"),
        Disputes = Domain.Claims.DisputeRules.Default,
    };
}
