using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Pipeline.Api;
using Pipeline.Api.Commands;
using Pipeline.Api.Documents;
using Pipeline.Api.Features.Access;
using Pipeline.Api.Features.Audit;
using Pipeline.Api.Features.Bulletins;
using Pipeline.Api.Features.Calendars;
using Pipeline.Api.Features.Capital;
using Pipeline.Api.Features.Chains;
using Pipeline.Api.Features.Changes;
using Pipeline.Api.Features.Claims;
using Pipeline.Api.Features.Closing;
using Pipeline.Api.Features.Credit;
using Pipeline.Api.Features.Disputes;
using Pipeline.Api.Features.Due;
using Pipeline.Api.Features.Duties;
using Pipeline.Api.Features.Events;
using Pipeline.Api.Features.Exports;
using Pipeline.Api.Features.FaultTolerance;
using Pipeline.Api.Features.Figures;
using Pipeline.Api.Features.Files;
using Pipeline.Api.Features.Financing;
using Pipeline.Api.Features.ForeignLists;
using Pipeline.Api.Features.Funds;
using Pipeline.Api.Features.Imports;
using Pipeline.Api.Features.Indicators;
using Pipeline.Api.Features.Jurisdictions;
using Pipeline.Api.Features.Land;
using Pipeline.Api.Features.LeaderLinks;
using Pipeline.Api.Features.Libraries;
using Pipeline.Api.Features.Lights;
using Pipeline.Api.Features.Lists;
using Pipeline.Api.Features.Meetings;
using Pipeline.Api.Features.Moves;
using Pipeline.Api.Features.Notices;
using Pipeline.Api.Features.OfficeLeads;
using Pipeline.Api.Features.PersonalData;
using Pipeline.Api.Features.Problems;
using Pipeline.Api.Features.Projects;
using Pipeline.Api.Features.Reasons;
using Pipeline.Api.Features.Referrers;
using Pipeline.Api.Features.Removals;
using Pipeline.Api.Features.RuleSets;
using Pipeline.Api.Features.Scores;
using Pipeline.Api.Features.Service;
using Pipeline.Api.Features.Signings;
using Pipeline.Api.Features.Targets;
using Pipeline.Api.Features.Team;
using Pipeline.Api.Features.Transfers;
using Pipeline.Api.Features.Views;
using Pipeline.Api.Features.Webhooks;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Observability;
using Pipeline.Api.Queries;
using Pipeline.Api.Settings;
using Pipeline.Api.Workers;
using Pipeline.Data;

// No text keeps a regular expression at work for longer.
AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(5));
DatabaseEngines.PrepareProcess();
StartErrors.TellInASentence();
if (CommandLine.Offline(args) is { } done)
    return done;
var layout = Layout.Find();

// A demo city that was reset begins here once more.
begin:
var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
);
builder.WebHost.ConfigureKestrel(server =>
{
    server.Limits.MaxRequestBodySize = (20L << 20) + (1 << 16);
    server.Limits.MaxRequestLineSize = 2 * Methods.LongestTarget;
});
var mistakes = new SettingMistakes();
mistakes.Look(builder.Configuration, builder.Configuration);
builder.Configuration.AddInMemoryCollection(
    new Dictionary<string, string?>
    {
        ["ConnectionStrings:Pipeline"] = builder.Configuration.GetConnectionString("Pipeline")
            ?? DatabaseEngines.DefaultConnection,
        ["urls"] = builder.Configuration["urls"] ?? "http://localhost:5080",
    }
);

mistakes.Try(() => PdfFonts.Use(builder.Configuration["Documents:Fonts"]));
mistakes.Try(builder.AddObservability);
var services = builder.Services;
services.AddSingleton(layout);
services.AddSingleton(new SeedFolder(layout.Seeds));
services.AddSingleton(builder.Configuration.GetValue("Demo:Clock", false) ? new SandboxTime() : TimeProvider.System);
services.AddSingleton<Clock>();
services.AddSingleton(provider =>
{
    var configuration = provider.GetRequiredService<IConfiguration>();
    return DatabaseEngines.Choose(configuration["Database:Provider"], configuration.GetConnectionString("Pipeline"));
});
services.AddSubscribers();
services.AddDueSources();
services.AddSingleton<Database>();
services.AddSingleton<Secrets>();
services.AddSingleton(provider => new Presence(
    provider.GetRequiredService<Database>(),
    Pipeline.Api.Features.Service.Keeper.Version,
    Migrator.Newest(provider.GetRequiredService<Layout>().Migrations)
));
services.AddSingleton(provider => provider.GetRequiredService<Secrets>().Vault());
services.AddSingleton<AuditLog>();
services.AddSingleton<Anchors>();
services.AddAdmission();
services.AddSingleton<SecondFactorPolicy>();
services.AddSingleton<Sessions>();
services.AddSingleton<SecretAttempts>();
services.AddSingleton<PublicAddress>();
services.AddSingleton<Quotas>();
services.AddSingleton<OidcSettings>();
services.AddSingleton<Oidc>();
services.AddSingleton<OidcAccounts>();
services.AddSingleton(new Visibility(RecordKinds.All));
services.AddSingleton<Cursors>();
services.AddSingleton<Industries>();
services.AddSingleton<RuleBooks>();
services.AddSingleton<FigureSums>();
services.AddSingleton<PastFlows>();
services.AddSingleton<ProjectCodes>();
services.AddSingleton<StoreProject>();
services.AddSingleton<KeepLedger>();
services.AddSingleton<SettleClaims>();
services.AddSingleton<IDueWork>(provider => provider.GetRequiredService<SettleClaims>());
services.AddSingleton<SettleTransfers>();
services.AddSingleton<ProposeRemovals>();
services.AddSingleton<ReportProject>();
services.AddSingleton<ResolveClaim>();
services.AddSingleton<CompleteClaim>();
services.AddSingleton<SuspendClaim>();
services.AddSingleton<DecideDispute>();
services.AddSingleton<RegisterProject>();
services.AddSingleton<ChangeFacts>();
services.AddSingleton<WorkerStates>();
services.AddSingleton<WorkerParts>();
services.AddSingleton<DemoSettings>();
services.AddSingleton<Pipeline.Api.Features.Service.Keeper>();
services.AddSingleton<Sandbox>();
services.AddSingleton<Pipeline.Api.Features.Service.ServedDescription>();
services.AddSingleton<StartUp>();
services.AddSingleton<MoveTo>();
services.AddSingleton<Rehearsal>();
services.AddSingleton<CommandLine>();
services.AddSingleton<MailSettings>();
services.AddSingleton<MailServer>();
services.AddSingleton<Reminders>();
services.AddSingleton<DeliverMail>();
services.AddSingleton<NoticeRound>();
services.AddHostedService<Heartbeat>();
services.AddHostedService<CheckpointInTheBackground>();
services.AddHostedService<SettleInTheBackground>();
services.AddHostedService<TellInTheBackground>();
services.AddHostedService<AnchorInTheBackground>();
services.AddSingleton<IRetained, ForgetReadNotices>();
services.AddSingleton<ApplyRetention>();
services.AddHostedService<RetainInTheBackground>();
services.AddSingleton<IndexSpellings>();
services.AddHostedService(provider => provider.GetRequiredService<IndexSpellings>());
services.AddSingleton<BuildLedger>();
services.AddHostedService(provider => provider.GetRequiredService<BuildLedger>());
services.AddSingleton<JudgeLights>();
services.AddHostedService(provider => provider.GetRequiredService<JudgeLights>());
services.AddHostedService<WarmSums>();
services.AddSingleton<CountDwells>();
services.AddHostedService(provider => provider.GetRequiredService<CountDwells>());
services.AddSingleton<ProveInTheBackground>();
services.AddHostedService(provider => provider.GetRequiredService<ProveInTheBackground>());
services.AddSingleton<VisibleChanges>();
services.AddSingleton<ChangeWaker>();
services.AddHostedService(provider => provider.GetRequiredService<ChangeWaker>());
services.AddSingleton<TellTurns>();
services.AddHostedService(provider => provider.GetRequiredService<TellTurns>());
services.AddSingleton<ForgetChanges>();
services.AddHostedService(provider => provider.GetRequiredService<ForgetChanges>());
services.AddSingleton<Post>();
services.AddSingleton<DeliverWebhooks>();
services.AddHostedService<DeliverInTheBackground>();
services.AddImports();
services.AddHttpContextAccessor();
services.AddScoped(provider => new Call(
    provider.GetRequiredService<IHttpContextAccessor>().HttpContext!,
    provider.GetRequiredService<Database>(),
    provider.GetRequiredService<IDueWork>(),
    provider.GetRequiredService<Visibility>(),
    provider.GetRequiredService<AuditLog>()
));
services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
services.AddDocumentation();
services.AddCompression();

services.AddProblemDetails();
services.AddExceptionHandler<TellExceptions>();
services.AddHostProblems();
services.AddHealth();

// Workers end with the program, never it with them.
services.Configure<HostOptions>(host =>
    host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore
);
services.AddForwardedHeaders(builder.Configuration);
services.AddConfiguredOrigins(builder.Configuration);

var app = builder.Build();
void CheckSetting<T>()
    where T : notnull => mistakes.Try(() => app.Services.GetRequiredService<T>());
if (args is not ["openapi", ..])
{
    // Wrong settings are told now and all at once, not to the first who signs in.
    CheckSetting<MailSettings>();
    CheckSetting<OidcSettings>();
    mistakes.Try(() => _ = app.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value);
    CheckSetting<PublicAddress>();
    CheckSetting<SecondFactorPolicy>();
    CheckSetting<Quotas>();
    CheckSetting<IDialect>();
    mistakes.Refuse();
    CheckSetting<Secrets>();
    CheckSetting<Vault>();
    CheckSetting<Anchors>();
    CheckSetting<RateLimits>();
    CheckSetting<Oidc>();
    CheckSetting<Sandbox>();
    mistakes.Refuse();
}

if (args is [var command, ..] && CommandLine.Names.Contains(command))
    return await app.Services.GetRequiredService<CommandLine>().Run(args);

layout = app.Services.GetRequiredService<Layout>();
PublicAddress.UseForwarded(app);
app.UseSandboxDates();
app.UseProblems();
app.UseSecurityHeaders();
app.UseWhen(
    context => !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
    pages => pages.UseSpaFiles(layout).UseDocumentation()
);
app.UseHead();
app.UseRouting();
app.UseCors();
app.UseCompression();
app.UseAdmission();
app.UseOptions();
app.UseDeprecations();
app.UseSpaDocument(layout);

app.MapTokenScript();
app.MapReference();
var api = app.MapGroup("/api/v1");
api.MapAccess();
api.MapJurisdictions();
api.MapProjects();
api.MapMoves();
app.MapClaims(api);
api.MapFirmAliases();
api.MapReasonTemplates();
api.MapDisputes();
api.MapTransfers();
api.MapSigningNotices();
api.MapLights();
api.MapRemovals();
api.MapProblems();
api.MapLeaderLinks();
api.MapFaultTolerance();
api.MapTeam();
api.MapMeetings();
api.MapActions();
api.MapCapital();
api.MapCredit();
api.MapIndicators();
api.MapTargets();
api.MapClosing();
api.MapFigures();
api.MapBulletins();
api.MapScores();
api.MapDuties();
api.MapLand();
api.MapChains();
api.MapEvents();
api.MapFinancing();
api.MapOfficeLeads();
api.MapLibraries();
api.MapFunds();
api.MapForeignLists();
api.MapReferrers();
api.MapWorkCalendars();
api.MapFiles();
api.MapImports();
api.MapRecordImports();
api.MapLists();
api.MapExports();
api.MapRuleSets();
api.MapChanges();
api.MapWebhooks();
api.MapAudit();
api.MapPersonalData();
api.MapDue();
app.MapCalendars(api);
api.MapNotices();
api.MapViews();
app.MapService(api);
api.MapSystem();
api.MapDeprecations();
app.TellLongWrites();
app.MapMetrics();
if (args is ["openapi", ..])
{
    // Routes are described once they are served: on a port of their own, without touching a database.
    app.Urls.Clear();
    app.Urls.Add("http://127.0.0.1:0");
    await app.StartAsync();
    await File.WriteAllTextAsync(args.Length > 1 ? args[1] : layout.OpenApi, await Documentation.Yaml(app.Services));
    await app.StopAsync();
    return 0;
}

await app.Services.GetRequiredService<StartUp>().Run();
app.Lifetime.ApplicationStarted.Register(() =>
{
    StartErrors.AreOver();
    app.Services.GetRequiredService<StartUp>().Greet(app.Urls);
});
var (sandbox, database) = (app.Services.GetRequiredService<Sandbox>(), app.Services.GetRequiredService<Database>());
await app.RunAsync();
if (!sandbox.BeginsAnew)
    return 0;
database.Dialect.File!.Delete();
goto begin;

public partial class Program;
